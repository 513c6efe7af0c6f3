"""What of a unit is counted: its files as they stand."""

from __future__ import annotations

from hazardctl import load
from hazardctl.journals import losses
from hazardctl.load import Opened
from hazardctl.merging import unsettled
from hazardctl.returns import returned
from hazardctl.statistics.kernel import WHOLE_FILE
from hazardctl.statistics.plan import Plan
from hazardctl.statistics.tracing import Source
from hazardctl.units import unsafe_id


def live(opened: Opened, unit: str, plan: Plan) -> Source:
    """Give a unit's ledger and figures as they stand."""
    if unsafe_id(unit):
        return Source()
    ledger, found = load.load_ledger(opened.workspace, unit, opened.terms)
    faults = tuple(finding for finding in found if finding.code in WHOLE_FILE or ledger is None)
    sight = losses.look(opened.workspace, unit, ledger, found)
    faults += tuple(finding for finding in sight.findings if finding.code in losses.LOSSES)
    faults += tuple(one for one in unsettled.findings(opened, unit) if one.code == unsettled.OPEN)
    figures, _ = load.load_figures(opened.workspace, unit)
    return Source(ledger, figures, returned.is_nil(opened, unit, plan.start, plan.end), faults)
