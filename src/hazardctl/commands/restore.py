"""`hazardctl restore`: bring back a row, a field or a ledger out of the journal; or accept that something is gone."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl import lifecycle, spelling
from hazardctl.commands.add import By, DryRun
from hazardctl.commands.set import _line
from hazardctl.errors import UsageError
from hazardctl.files import processes
from hazardctl.i18n import t
from hazardctl.journals import history, noticing, recording
from hazardctl.journals import restore as verb
from hazardctl.session import Session


def run(  # noqa: PLR0917 -- typer gives options by name
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help=t("restore.unit"))],
    entries: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help=t("restore.ids"))] = None,
    fields: Annotated[list[str] | None, typer.Option("--field", metavar="F", help=t("restore.field"))] = None,
    at: Annotated[str, typer.Option("--at", metavar="TIME", help=t("restore.at"))] = "",
    accept: Annotated[bool, typer.Option("--accept-loss", help=t("restore.accept"))] = False,
    by: By = "",
    dry_run: DryRun = False,
) -> int:
    """Bring back what was lost."""
    session: Session = ctx.obj
    opened = session.open()
    name = lifecycle.unit_of(opened, unit)
    who = by or processes.user_name()
    noticing.tidy(opened.workspace.unit(name))
    if accept and (fields or at):
        raise UsageError(sentence=t("restore.accept_alone"))
    if fields and not entries:
        raise UsageError(sentence=t("restore.field_of"))
    if accept:
        given = verb.chosen(opened, name, entries or ())
        gone = recording.accept(opened, name, given, by=who, command="restore", dry_run=dry_run)
        for entry in gone:
            session.console.out(t("restore.accepted", entry=entry))
        session.console.ended(read=name, changed=t("restore.did_accept", count=len(gone)))
        return 4 if dry_run and gone else 0
    chosen = verb.chosen(opened, name, entries or ())
    keys = [spelling.field_of(opened.terms, field) for field in fields or ()]
    moment = history.moment(at) if at else None
    done = verb.restore(opened, name, chosen, keys, moment, by=who, today=session.today, dry_run=dry_run)
    for entry in done.entries:
        session.console.out(t("restore.back", entry=entry))
    for edit in done.changed.edits if done.changed else ():
        session.console.out(f"  {_line(opened, edit)}")
    if done.aside:
        session.console.say(t("restore.aside", path=done.aside))
    count = len(done.entries)
    changed = t("restore.would" if dry_run else "restore.did", count=count) if count else ""
    session.console.ended(read=name, changed=changed, skipped="" if count else t("restore.nothing"))
    return 4 if dry_run and count else 0
