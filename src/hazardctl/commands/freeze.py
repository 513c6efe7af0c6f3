"""`hazardctl freeze`: keep a period's tables as they are published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hazardctl import i18n
from hazardctl.errors import UsageError
from hazardctl.i18n import join, t
from hazardctl.session import Session

if TYPE_CHECKING:
    from hazardctl.load import Opened
    from hazardctl.publishing.frozen import Manifest

BASES = ("live", "submitted")


def run(  # noqa: PLR0917 -- typer gives options by name
    ctx: typer.Context,
    period: Annotated[str, typer.Option("--period", metavar="P", help=t("freeze.period"))],
    table: Annotated[list[str] | None, typer.Option("--table", metavar="ID", help=t("freeze.table"))] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=t("freeze.by"))] = "",
    basis: Annotated[str, typer.Option("--basis", metavar="|".join(BASES), help=t("freeze.basis"))] = "live",
    files: Annotated[list[str] | None, typer.Option("--from", metavar="[UNIT=]FILE", help=t("rollup.from"))] = None,
    allow: Annotated[str, typer.Option("--allow-incomplete", metavar="REASON", help=t("freeze.allow"))] = "",
) -> int:
    """Freeze."""
    from hazardctl.publishing import federation, frozen, partials
    from hazardctl.publishing import freeze as verb

    session: Session = ctx.obj
    if basis not in BASES:
        raise UsageError(sentence=t("options.one_of", option="--basis", value=basis, allowed="|".join(BASES)))
    opened = session.open()
    said = verb.freeze(
        opened, period, table or (), today=session.today, by=by, basis=basis, incomplete=allow.strip(),
        letters=federation.letters(files or ()),
    )  # fmt: skip
    if said.end > session.today.isoformat():  # asked for all the same
        session.console.complain(t("freeze.early", period=said.period, end=said.end))
    _tell_twins(session, opened, said)
    place = frozen.folder(opened.workspace, said.period)
    digest = frozen.digest((place / frozen.MANIFEST).read_bytes())
    done = t("freeze.done", period=said.period, tables=join(said.tables), digest=digest)
    session.console.ended(read=t("freeze.read", tables=len(said.tables), files=len(said.sources)), changed=done)
    session.console.say(t("freeze.send", file=opened.workspace.name(place / partials.NAME)))
    return 0


def _tell_twins(session: Session, opened: Opened, said: Manifest) -> None:
    """Say which hazards stand in two units; the notes of the tables say it too."""
    from hazardctl.publishing import frozen
    from hazardctl.statistics import printed

    tables = [frozen.record(opened.workspace, said, name).table for name in said.tables]
    for words in dict.fromkeys(words for table in tables for words in printed.twins(table, i18n.language())):
        session.console.complain(words)
