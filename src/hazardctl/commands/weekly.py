"""`hazardctl weekly`: the week's work in one command, for cron."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl import campaign, engines
from hazardctl.engines import ENGINES
from hazardctl.i18n import join, t
from hazardctl.session import Session


def run(
    ctx: typer.Context,
    period: Annotated[str, typer.Option("--period", metavar="P", help=t("weekly.period"))] = "",
    engine: Annotated[
        str, typer.Option("--engine", metavar=f"{'|'.join(ENGINES)}[=ADDRESS]", help=t("engines.option"))
    ] = "local",
) -> int:
    """Do the week's work."""
    engines.named(engine)
    from hazardctl import weekly
    from hazardctl.files import processes

    session: Session = ctx.obj
    opened = session.open()
    done = weekly.weekly(opened, session.today, period, by=processes.user_name(), engine=engine)
    for step in done.steps:
        session.console.out(t("weekly.line", step=t(f"weekly.step_{step.name}"), said=step.said))
    called = campaign.called(opened.campaign, opened.checklist, done.period.key)
    read = t("weekly.read", today=session.today, period=called, units=len(opened.units.units))
    skipped = "" if done.written else t("weekly.unchanged")
    session.console.ended(read=read, changed=join(done.written), skipped=skipped)
    return done.code
