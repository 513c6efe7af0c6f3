"""Merging: what a synced folder or a merge has left for a person to settle.

M101: A conflict copy stands beside the file.

    A sync product found two versions and kept both. The copy is counted nowhere; what it holds may be missing in the
    ledger. `hazardctl conflicts --merge` merges it and puts it aside.

    Fails::

        # units/a/ledger.csv
        编号,整改措施
        H2,更换门禁
        # units/a/ledger.sync-conflict-20260105-101530-ABCDEFG.csv
        编号,整改措施
        H2,加装监控

    Passes::

        # units/a/ledger.csv
        编号,整改措施
        H2,更换门禁

M102: Another file in the folder holds the same entries.

    Whatever it is called, it is a copy of the ledger: two people may be writing, each in one of them.

    Fails::

        # units/a/ledger.csv
        编号,整改措施
        H2,更换门禁
        # units/a/八月台账.csv
        编号,整改措施
        H2,加装监控

    Passes::

        # units/a/ledger.csv
        编号,整改措施
        H2,更换门禁
        # units/a/八月台账.csv
        编号,整改措施
        H3,加装监控

M103: Cells of a merge are still in question.

    Two sides changed what belongs together. The file holds the value from before; both candidates stand in the
    conflict file. Until somebody has chosen, the unit is not counted: fill in the column choose, then
    `hazardctl resolve`.

    Fails::

        # units/a/ledger.csv
        编号,整改措施
        H2,更换门禁
        # units/a/ledger.conflicts.csv
        id,field,label,base,ours,theirs,choose,why
        H2,measures,整改措施,更换门禁,加装监控,培训,,two_values

    Passes::

        # units/a/ledger.csv
        编号,整改措施
        H2,更换门禁

M104: A new version could not be put in its place.

    A program kept the file open while it was written, so the new version was left beside it and the command said that
    it failed. What it holds is counted nowhere; `hazardctl conflicts --merge` brings it in.

    Fails::

        # units/a/ledger.csv
        编号,整改措施
        H2,更换门禁
        # units/a/ledger.csv.pending-PC3-20260105T101530
        编号,整改措施
        H2,加装监控

    Passes::

        # units/a/ledger.csv
        编号,整改措施
        H2,更换门禁
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hazardctl.findings import Finding, Severity
from hazardctl.load import Opened
from hazardctl.merging import unsettled
from hazardctl.workspace import Home

CODES: Mapping[str, Severity] = dict.fromkeys(("M101", "M102", "M103", "M104"), Severity.ERROR)


def check(opened: Opened, unit: str, home: Home | None = None) -> Iterator[Finding]:
    """Find what is unsettled in a unit's folder."""
    return unsettled.findings(opened, unit, home)


def check_campaign(opened: Opened) -> Iterator[Finding]:
    """Find what is unsettled beside campaign.yaml."""
    return unsettled.campaign_findings(opened)
