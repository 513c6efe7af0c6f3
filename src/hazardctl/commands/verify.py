"""`hazardctl verify`: who signed the returns of a period, and whether they are what was signed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from hazardctl.commands.accept import Allowed
from hazardctl.commands.submit import ForPeriod
from hazardctl.errors import UsageError
from hazardctl.i18n import labelled, t
from hazardctl.session import Session

if TYPE_CHECKING:
    from hazardctl.returns.signed import Verdict

FORMATS = ("text", "json")


def run(
    ctx: typer.Context,
    period: ForPeriod,
    units: Annotated[list[str] | None, typer.Argument(metavar="[UNIT]...", help=t("verify.units"))] = None,
    allowed: Allowed = None,
    form: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help=t("verify.format"))] = "text",
) -> int:
    """Verify signatures; 1 where something stands against one."""
    if form not in FORMATS:
        raise UsageError(sentence=t("options.one_of", option="--format", value=form, allowed="|".join(FORMATS)))
    from hazardctl import lifecycle
    from hazardctl.returns import clock, returned, signed
    from hazardctl.units import unsafe_id

    session: Session = ctx.obj
    opened = session.open()
    asked = clock.read(opened, period)
    tops = [lifecycle.unit_of(opened, word) for word in units or ()] or [unit.id for unit, _ in opened.units.walk()]
    names = list(dict.fromkeys(below for top in tops for below in opened.units.under(top) if not unsafe_id(below)))
    sent = [returned.for_period(returned.of_unit(opened.workspace, name)[0], asked, opened) for name in names]
    verdicts = [signed.verify(opened, one[-1], allowed) for one in sent if one]
    if form == "json":
        session.console.data(json.dumps(list(map(_plain, verdicts)), ensure_ascii=False, indent=2) + "\n")
    for verdict in verdicts if form == "text" else ():
        one = verdict.sent
        name = opened.units.units[one.unit].name
        told = t(f"verify.{verdict.state}", unit=name, period=one.period, number=one.number)
        reasons = " ".join(each.message() for each in verdict.troubles)
        session.console.out(labelled(told, reasons) if reasons else told)
    session.console.ended(read=t("verify.read", count=len(verdicts)))
    return int(any(verdict.grave for verdict in verdicts))


def _plain(verdict: Verdict) -> dict[str, object]:
    one = verdict.sent
    troubles = [{"reason": each.reason, "about": each.about, "harmless": each.harmless} for each in verdict.troubles]
    return {
        "unit": one.unit, "period": one.period, "number": one.number, "signature": verdict.state, "troubles": troubles,
    }  # fmt: skip
