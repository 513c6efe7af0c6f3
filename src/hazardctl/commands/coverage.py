"""`hazardctl coverage`: what the tables ask for, and where it comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl.errors import UsageError
from hazardctl.i18n import t
from hazardctl.session import Session

FORMATS = ("text", "json", "csv")


def run(
    ctx: typer.Context,
    form: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help=t("coverage.format"))] = "text",
) -> int:
    """Show coverage."""
    from hazardctl.publishing import coverage
    from hazardctl.writers import named, text

    session: Session = ctx.obj
    if form not in FORMATS:
        raise UsageError(sentence=t("options.one_of", option="--format", value=form, allowed="|".join(FORMATS)))
    opened = session.open()
    found = coverage.cover(opened.checklist)
    document = coverage.document(found, opened.checklist.title, session.language_of(opened))
    if form == "text":
        session.console.out(text.draw(document, session.console))
    else:
        session.console.data(named(form).draw(document))
    tables = len(opened.checklist.tables)
    session.console.ended(read=t("coverage.read", tables=tables, indicators=len(found.indicators)))
    return 0
