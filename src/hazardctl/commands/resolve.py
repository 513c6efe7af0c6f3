"""`hazardctl resolve`: what somebody has chosen in a conflict file goes into the ledger."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl import lifecycle
from hazardctl.commands.add import By, Force
from hazardctl.errors import UsageError
from hazardctl.files import processes
from hazardctl.i18n import join, t
from hazardctl.merging.settle import settle
from hazardctl.session import Session

SIDES = ("ours", "theirs", "base")


def run(
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(metavar="[UNIT]", help=t("resolve.unit"))] = "",
    choose: Annotated[str, typer.Option("--choose", metavar="|".join(SIDES), help=t("resolve.choose"))] = "",
    by: By = "",
    force: Force = False,
) -> int:
    """Resolve."""
    session: Session = ctx.obj
    if choose and choose not in SIDES:
        raise UsageError(sentence=t("options.one_of", option="--choose", value=choose, allowed="|".join(SIDES)))
    opened = session.open()
    name = lifecycle.unit_of(opened, unit) if unit else ""
    done = settle(opened, name, by=by or processes.user_name(), today=session.today, rest=choose, force=force)
    for one in done:
        if one.left:
            session.console.complain(t("resolve.open", path=one.path, count=one.left))
        session.console.out(t("resolve.done", path=one.path, count=one.done))
    read = join(one.path for one in done)
    session.console.ended(
        read=read, changed=read if any(one.done for one in done) else "", skipped="" if done else t("resolve.nothing")
    )
    return 1 if any(one.left for one in done) else 0
