"""Columns that are each named after a status, one of them ticked in every row: 已整改 | 整改中 | 未整改."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hazardctl import text
from hazardctl.cells import statuses
from hazardctl.cells.terms import Terms
from hazardctl.spreadsheets.headings import COMMON, Column
from hazardctl.spreadsheets.table import Table


def columns_of(table: Table, columns: Sequence[Column], terms: Terms) -> tuple[Column, ...]:
    """Give the columns that tell the status by a tick: two or more, and none where a column is the status itself."""
    if "status" not in terms.by_key or any(column.key == "status" for column in columns):
        return ()
    found = [column for column in columns if column.path and not column.key and status_of(column, terms)]
    said = [row.cells[column.number] for column in found for row in table.rows]
    if len(found) < 2 or not any(map(is_ticked, said)) or not all(map(_is_plain, said)):
        return ()
    return tuple(replace(column, key="status", strength=COMMON) for column in found)


def status_of(column: Column, terms: Terms) -> str:
    """Give the status a column is named after; a word that only resembles one is none."""
    cell = terms.read("status", text.clean(column.path[-1]))
    certain = cell.value is not None and not cell.problem and cell.liberty in ("", "L401")
    return str(cell.value) if certain else ""


def is_ticked(raw: str) -> bool:
    """Tell whether a cell is ticked."""
    return statuses.read_yes_no(raw).value == "yes"


def _is_plain(raw: str) -> bool:
    return not text.trim(raw) or not statuses.read_yes_no(raw).problem
