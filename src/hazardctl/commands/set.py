"""`hazardctl set`: change fields of one entry, of several, or of all that a filter chooses."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl import lifecycle, load, text
from hazardctl.commands.add import By, DryRun, Force, assignments, report, respelled
from hazardctl.commands.list import Category, Department, Overdue, Owner, Status, Within, Words
from hazardctl.errors import UsageError
from hazardctl.files import processes
from hazardctl.i18n import labelled, t
from hazardctl.load import Opened
from hazardctl.selection import Filter
from hazardctl.session import Session


def run(  # noqa: PLR0917 -- typer gives options by name
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help=t("set.unit"))],
    words: Annotated[list[str], typer.Argument(metavar="[ID]... FIELD=VALUE...", help=t("set.words"))],
    status: Status = None,
    category: Category = None,
    owner: Owner = None,
    department: Department = None,
    containing: Words = None,
    overdue: Overdue = False,
    within: Within = None,
    by: By = "",
    force: Force = False,
    dry_run: DryRun = False,
) -> int:
    """Change fields of entries."""
    session: Session = ctx.obj
    opened = session.open()
    name = lifecycle.unit_of(opened, unit)
    ids = [word for word in words if "=" not in word]
    found, _ = load.load_ledger(opened.workspace, name, opened.terms)
    values = assignments(opened.terms, [word for word in words if "=" in word], found.headings if found else ())
    respelled(session, opened.terms, [values])
    wanted = Filter(status or (), category or (), owner or (), department or (), containing or (), overdue, within)
    if not values:
        raise UsageError(sentence=t("set.no_values"))
    if bool(ids) == bool(wanted):
        raise UsageError(sentence=t("set.which"))
    done = lifecycle.set_fields(
        opened,
        name,
        ids or wanted,
        values,
        by=by or processes.user_name(),
        today=session.today,
        force=force,
        dry_run=dry_run,
    )
    for edit in done.edits:
        session.console.out(_line(opened, edit))
    skipped = t("set.as_asked", count=done.chosen - len({edit.row for edit in done.edits}))
    report(
        session, done, dry_run=dry_run, skipped=skipped if done.chosen > len({edit.row for edit in done.edits}) else ""
    )
    return 4 if dry_run and not done.idle else 0


def _line(opened: Opened, edit: lifecycle.Edit) -> str:
    label = text.escape(opened.terms.label(edit.key))
    old, new = (text.escape(words) or t("set.blank") for words in (edit.old, edit.new))
    return f"{edit.entry}  " + labelled(label, f"{old} → {new}")
