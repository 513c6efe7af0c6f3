"""Findings as a table, for Excel and WPS."""

from __future__ import annotations

from hazardctl import text
from hazardctl.check import Checked
from hazardctl.findings import as_json
from hazardctl.formats import csv

COLUMNS = ("code", "severity", "path", "line", "column", "unit", "entry", "field", "value", "message", "remedy")
_ACTS = tuple("=+-@\t\r\n＝＋－＠")


def write(checked: Checked) -> str:
    """Write one row a finding; a value that a spreadsheet would run as a formula is led by an apostrophe."""
    told = map(as_json, checked.findings)
    rows = ([_safe(str(said[column])) for column in COLUMNS] for said in told)
    return "\ufeff" + "".join(csv.record(cells) for cells in (COLUMNS, *rows))


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_ACTS) else text.escape(cell)
