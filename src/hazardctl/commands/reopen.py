"""`hazardctl reopen`: a named exception from a period's limits."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl import campaign
from hazardctl.commands.submit import ForPeriod, Unit
from hazardctl.errors import UsageError
from hazardctl.i18n import t
from hazardctl.session import Session


def run(  # noqa: PLR0917 -- typer gives options by name
    ctx: typer.Context,
    unit: Unit,
    period: ForPeriod,
    until: Annotated[str, typer.Option("--until", metavar="DATE", help=t("reopen.until"))],
    reason: Annotated[str, typer.Option("--reason", metavar="REASON", help=t("reopen.reason"))],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=t("reopen.by"))] = "",
) -> int:
    """Reopen a period for one unit."""
    from hazardctl import lifecycle
    from hazardctl.cells.dates import parse_day
    from hazardctl.files import processes
    from hazardctl.returns import clock, decide, returned

    session: Session = ctx.obj
    opened = session.open()
    name = lifecycle.unit_of(opened, unit)
    day = parse_day(until).date
    if day is None:
        raise UsageError(sentence=t("options.no_date", value=until))
    who = by or processes.user_name()
    new = decide.reopen(opened, name, period, day, reason=reason, by=who, today=session.today)
    title, key = opened.units.units[name].name, clock.read(opened, period).key
    called = campaign.called(opened.campaign, opened.checklist, key)
    session.console.out(t("reopen.done", unit=title, period=called, until=day) if new else t("reopen.repeated"))
    path = opened.workspace.name(returned.exceptions_file(opened.workspace, key))
    session.console.ended(read=title, changed=path if new else "")
    return 0
