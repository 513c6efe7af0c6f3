"""`hazardctl trace`: what stands behind a cell."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl.errors import UsageError
from hazardctl.i18n import t
from hazardctl.publishing import BASES
from hazardctl.session import Session

FORMATS = ("text", "json", "csv")


def run(  # noqa: PLR0917 -- typer gives options by name
    ctx: typer.Context,
    table: Annotated[str, typer.Argument(metavar="TABLE", help=t("trace.table_id"))],
    row: Annotated[str, typer.Argument(metavar="ROW", help=t("trace.row"))],
    column: Annotated[str, typer.Argument(metavar="COLUMN", help=t("trace.column"))],
    period: Annotated[str | None, typer.Option("--period", metavar="P", help=t("trace.period"))] = None,
    basis: Annotated[str, typer.Option("--basis", metavar="|".join(BASES), help=t("trace.basis"))] = "live",
    files: Annotated[list[str] | None, typer.Option("--from", metavar="[UNIT=]FILE", help=t("rollup.from"))] = None,
    form: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help=t("trace.format"))] = "text",
) -> int:
    """Trace."""
    from hazardctl.publishing import trace as verb
    from hazardctl.writers import named, text

    session: Session = ctx.obj
    for option, value, allowed in (("--basis", basis, BASES), ("--format", form, FORMATS)):
        if value not in allowed:
            raise UsageError(sentence=t("options.one_of", option=option, value=value, allowed="|".join(allowed)))
    opened = session.open()
    traced = verb.trace(opened, table, row, column, period, today=session.today, basis=basis, files=files or ())
    document = verb.document(traced, opened, session.language_of(opened))
    if form == "text":
        session.console.out(text.draw(document, session.console))
    else:
        session.console.data(named(form).draw(document))
    pieces = (*traced.behind.top, *traced.behind.over)
    session.console.ended(read=t("trace.read", units=len(traced.record.units), rows=len(pieces)))
    return 0
