"""`hazardctl submit`: a unit's return for a period."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hazardctl import campaign
from hazardctl.i18n import join, t
from hazardctl.session import Session

if TYPE_CHECKING:
    from hazardctl.load import Opened
    from hazardctl.returns.submit import Done

Unit = Annotated[str, typer.Argument(metavar="UNIT", help=t("submit.unit"))]
_LONGEST_NAME = 40
ForPeriod = Annotated[str, typer.Option("--period", metavar="P", help=t("submit.period"))]


def run(  # noqa: PLR0917 -- typer gives options by name
    ctx: typer.Context,
    unit: Unit,
    period: ForPeriod,
    nil: Annotated[bool, typer.Option("--nil", help=t("submit.nil"))] = False,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=t("submit.by"))] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="REASON", help=t("submit.reason"))] = "",
    override: Annotated[str, typer.Option("--override", metavar="REASON", help=t("submit.override"))] = "",
    answers: Annotated[
        list[str] | None, typer.Option("--answer", metavar="CODE:ENTRY=REASON", help=t("submit.answer"))
    ] = None,
    key: Annotated[Path | None, typer.Option("--sign", metavar="KEY", help=t("submit.sign"))] = None,
) -> int:
    """Send a return."""
    from hazardctl import lifecycle
    from hazardctl.returns import submit

    session: Session = ctx.obj
    opened = session.open()
    name = lifecycle.unit_of(opened, unit)
    asking = session.console.interactive
    order = submit.Order(nil, by or _sender(session, opened, name), reason, override, tuple(answers or ()), key, asking)
    done = submit.submit(opened, name, period, order, today=session.today)
    title = opened.units.units[name].name
    called = campaign.called(opened.campaign, opened.checklist, done.sent.period)
    session.console.out(_told(title, called, done))
    _remark(session, opened, called, name, done)
    if done.signed:
        session.console.out(t("submit.signed", path=done.signed[1]))
    changed = () if done.repeated else (opened.workspace.name(opened.workspace.unit(name) / "returns.yaml"),)
    session.console.ended(read=title, changed=join((*changed, *done.signed)))
    return 0


def _sender(session: Session, opened: Opened, unit: str) -> str:
    """Name who sends: who filled in the workbook that was imported since the last return, else who is logged in."""
    from hazardctl import text
    from hazardctl.files import processes
    from hazardctl.returns import returned
    from hazardctl.spreadsheets import keeping

    said = keeping.head_line(opened, unit)
    sent, _ = returned.of_unit(opened.workspace, unit)
    if said is None or any(one.at and one.at.isoformat() > said.day for one in sent):
        return processes.user_name()
    named = text.clean(said.facts.get("unit", ""))
    if named and named not in (unit, text.clean(opened.units.units[unit].name)):
        session.console.complain(t("submit.head_line_unit", said=named, unit=opened.units.units[unit].name))
    by = text.trim(said.facts.get("by", ""))
    if not by or len(by) > _LONGEST_NAME or text.unsafe(by):
        return processes.user_name()
    on = text.trim(said.facts.get("on", ""))[:_LONGEST_NAME] or "—"
    session.console.complain(t("submit.head_line", by=by, on=text.escape(on), record=said.record))
    return by


def _told(unit: str, period: str, done: Done) -> str:
    sent = done.sent
    if done.repeated:
        return t("submit.repeated", unit=unit, period=period)
    if sent.state == "nil":
        return t("submit.done_nil", unit=unit, period=period, number=sent.number)
    return t("submit.done_entries", unit=unit, period=period, rows=sent.rows, number=sent.number)


def _remark(session: Session, opened: Opened, period: str, unit: str, done: Done) -> None:
    """Say what is not as it should be, and did not stand in the way."""
    complain = session.console.complain
    if done.standing == "late":
        complain(t("submit.late", period=period, due=done.clock.due))
    elif done.standing == "reopened":
        complain(t("submit.reopened", period=period, due=done.clock.due))
    if done.clock.provisional:
        complain(t("submit.provisional"))
    if done.sent.later:
        complain(t("submit.later", count=done.sent.later, period=period))
    for one in done.twice:
        said = "submit.twin" if one.code == "X104" else "submit.twice"
        complain(t(said, other=opened.units.units[one.unit].name, path=one.path, line=one.line))
    for words in done.hollow:
        complain(t("submit.hollow", words=words))
    if done.unanswered:
        complain(t("submit.warnings", count=len(done.unanswered), unit=unit))
