"""Hold a published table against itself: a bulletin as a workbook, a web page, a text with commas or tabs."""

from __future__ import annotations

from pathlib import Path

from hazardctl.check import Checked, UnitResult
from hazardctl.errors import FileFault
from hazardctl.findings import order
from hazardctl.formats import workbooks
from hazardctl.rules import bulletin as rules
from hazardctl.statistics import bulletin


class NoNumbersError(FileFault):
    """A file holds no table with numbers. Values: `path`."""

    key = "check.no_numbers"


def check(path: Path) -> Checked:
    """Find what contradicts itself in the tables of a file. Raises the HazardError that says why it cannot be read."""
    book = workbooks.read(path, str(path))
    tables = [
        table
        for sheet in book.sheets
        if not sheet.hidden and (table := bulletin.read(sheet.name, sheet.rows, [tuple(one) for one in sheet.merges]))
    ]
    if not tables:
        raise NoNumbersError(path=str(path))
    found = tuple(sorted((one for table in tables for one in rules.check(table, str(path))), key=order))
    rows = sum(len(table.lines) for table in tables)
    return Checked(found, (UnitResult("", path.name, found, rows, "entries", (str(path),)),))
