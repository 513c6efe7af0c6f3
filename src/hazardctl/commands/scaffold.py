"""`hazardctl scaffold`: a unit's files, ready to be filled in."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl import i18n, lifecycle
from hazardctl import scaffold as verb
from hazardctl.errors import UsageError
from hazardctl.files import processes
from hazardctl.i18n import labelled, t
from hazardctl.session import Session


def run(
    ctx: typer.Context,
    units: Annotated[list[str] | None, typer.Argument(metavar="[UNIT]...", help=t("scaffold.units"))] = None,
    form: Annotated[str, typer.Option("--format", metavar="csv|yaml|xlsx", help=t("scaffold.format"))] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("scaffold.dry_run"))] = False,
) -> int:
    """Make ledgers ready to be filled in."""
    if form not in ("", "csv", "yaml", "xlsx"):
        raise UsageError(sentence=t("options.one_of", option="--format", value=form, allowed="csv|yaml|xlsx"))
    session: Session = ctx.obj
    opened = session.open()
    chosen = [lifecycle.unit_of(opened, word) for word in units or []] or verb.units(opened, session.today)
    steps = [
        step
        for unit in chosen
        for step in verb.scaffold(
            opened, unit, form=form, by=processes.user_name(), today=session.today, dry_run=dry_run
        )
    ]
    for step in steps:
        if step.what != "kept":
            session.console.out(labelled(step.path, t(f"scaffold.{step.what}", detail=step.detail)))
    changed = [step for step in steps if step.what not in ("kept", "unreadable")]
    unreadable = [step.path for step in steps if step.what == "unreadable"]
    kept = sum(step.what == "kept" for step in steps)
    session.console.ended(
        read=t("scaffold.read", count=len(chosen)),
        changed=t("scaffold.would" if dry_run else "scaffold.did", count=len(changed)) if changed else "",
        skipped=i18n.join([*unreadable, *([t("scaffold.kept", count=kept)] if kept else [])]),
    )
    if unreadable:
        return 3
    return 4 if dry_run and changed else 0
