"""`hazardctl accept`: a superior's word that returns stand as they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hazardctl import campaign
from hazardctl.commands.submit import ForPeriod, Unit
from hazardctl.i18n import join, t
from hazardctl.session import Session

if TYPE_CHECKING:
    from hazardctl.load import Opened
    from hazardctl.returns.signed import Verdict

Allowed = Annotated[Path | None, typer.Option("--allowed-signers", metavar="FILE", help=t("accept.allowed"))]


def run(
    ctx: typer.Context,
    unit: Unit,
    period: ForPeriod,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=t("accept.by"))] = "",
    allowed: Allowed = None,
) -> int:
    """Accept returns; 1 where some are still to come, or something stands against a signature."""
    from hazardctl import lifecycle
    from hazardctl.files import processes
    from hazardctl.returns import decide

    session: Session = ctx.obj
    opened = session.open()
    name = lifecycle.unit_of(opened, unit)
    done = decide.accept(opened, name, period, by=by or processes.user_name(), today=session.today, allowed=allowed)

    def names(units: tuple[str, ...]) -> str:
        return join([opened.units.units[each].name for each in units])

    if done.new:
        session.console.out(t("accept.done", units=names(done.new)))
    if done.before:
        session.console.out(t("accept.before", units=names(done.before)))
    if done.missing:
        session.console.complain(t("accept.missing", units=names(done.missing)))
    if done.moved:
        session.console.complain(t("accept.moved", units=names(done.moved)))
    for verdict in (*done.refused, *done.noted):
        for words in said(opened, verdict):
            session.console.complain(words)
    if done.refused:
        session.console.complain(t("accept.refused", units=names(tuple(one.sent.unit for one in done.refused))))
    skipped = names((*done.missing, *(one.sent.unit for one in done.refused)))
    session.console.ended(read=opened.units.units[name].name, changed=names(done.new), skipped=skipped)
    return int(bool(done.missing or done.refused))


def said(opened: Opened, verdict: Verdict) -> list[str]:
    """Say what is to be said of a return's signature, a line each."""
    sent = verdict.sent
    called = campaign.called(opened.campaign, opened.checklist, sent.period)
    told = {"unit": opened.units.units[sent.unit].name, "period": called, "number": sent.number}
    return [t("signing.about", sentence=one.message(), **told) for one in verdict.troubles]
