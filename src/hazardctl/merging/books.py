"""Copies of workbooks: compared row by row, never merged, since what counts stands in the ledger."""

from __future__ import annotations

from pathlib import Path

from hazardctl.errors import HazardError
from hazardctl.formats import workbooks
from hazardctl.i18n import t
from hazardctl.merging.unsettled import Stray

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods"})


def compared(stray: Stray) -> str:
    """Say how far a copy of a workbook differs from its original, or why that cannot be said."""
    if not stray.original.exists():
        return t("conflicts.no_original", original=stray.original.name)
    try:
        ours, theirs = _rows(stray.original), _rows(stray.path)
    except HazardError as error:
        return str(error)
    if ours == theirs:
        return t("conflicts.same_book", original=stray.original.name)
    return t("conflicts.book", original=stray.original.name, ours=len(ours - theirs), theirs=len(theirs - ours))


def _rows(path: Path) -> set[tuple[str, ...]]:
    sheets = workbooks.read(path, path.name).sheets
    return {(sheet.name, *row) for sheet in sheets for row in sheet.rows if any(cell.strip() for cell in row)}
