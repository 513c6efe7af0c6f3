"""`hazardctl git`: what a clone needs so that git merges ledgers row by row."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl import manual
from hazardctl.i18n import join, t
from hazardctl.merging import gitsetup
from hazardctl.session import Session

app = manual.group()


@manual.member(app, "git", "setup")
def setup(
    ctx: typer.Context,
    hook: Annotated[bool, typer.Option("--hook", help=t("git.hook"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("git.dry_run"))] = False,
) -> int:
    """Set up a clone."""
    session: Session = ctx.obj
    root = session.workspace().root
    steps = gitsetup.steps(root, hook=hook)
    todo = [step for step in steps if not step.idle]
    for step in todo:
        session.console.out(t("git.would" if dry_run else "git.did", place=step.place))
        if not dry_run:
            gitsetup.apply(root, step)
    places = join(step.place for step in todo)
    skipped = t("git.as_it_is", count=len(steps) - len(todo))
    session.console.ended(read=str(root), changed="" if dry_run else places, skipped=skipped)
    return 4 if dry_run and todo else 0
