"""`hazardctl accept`: a superior's word that returns stand as they are."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl.commands.submit import ForPeriod, Unit
from hazardctl.i18n import join, t
from hazardctl.session import Session


def run(
    ctx: typer.Context,
    unit: Unit,
    period: ForPeriod,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=t("accept.by"))] = "",
) -> int:
    """Accept returns; 1 where some are still to come."""
    from hazardctl import lifecycle
    from hazardctl.files import processes
    from hazardctl.returns import submit

    session: Session = ctx.obj
    opened = session.open()
    name = lifecycle.unit_of(opened, unit)
    done = submit.accept(opened, name, period, by=by or processes.user_name(), today=session.today)

    def names(units: tuple[str, ...]) -> str:
        return join([opened.units.units[each].name for each in units])

    if done.new:
        session.console.out(t("accept.done", units=names(done.new)))
    if done.before:
        session.console.out(t("accept.before", units=names(done.before)))
    if done.missing:
        session.console.complain(t("accept.missing", units=names(done.missing)))
    session.console.ended(read=opened.units.units[name].name, changed=names(done.new), skipped=names(done.missing))
    return int(bool(done.missing))
