"""Lay text out in a sheet: how wide columns are and how high rows, in terminal cells and points."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil

from hazardctl import text
from hazardctl.document import Cell, Grid, GridColumn

NARROWEST, WIDEST = 6, 42  # cells of a column whose form says nothing
PAGE = {True: 126, False: 86}  # cells across A4, landscape or not, at the body's size
_STRETCH = 1.6  # a small table grows that much to fill its page, and no more
_AROUND = 2  # cells a spreadsheet keeps free beside a text
_MEASURED = 2_000  # rows looked at to choose a width
LINE = 1.34  # height of a line in sizes of its type


def widths(grid: Grid, *, landscape: bool, needed: float = 0) -> list[float]:
    """Choose the widths of a table's columns: what the form says, else what they hold, at least `needed` together."""
    rows = grid.rows[:_MEASURED]
    chosen = [_width(column, [row.cells[at] for row in rows]) for at, column in enumerate(grid.columns)]
    whole = sum(chosen) or 1
    goal = max(whole, needed, min(PAGE[landscape], whole * _STRETCH))
    return [round(width * goal / whole, 1) for width in chosen]


def _width(column: GridColumn, cells: Sequence[Cell]) -> float:
    if column.width:
        return column.width
    longest = max((_longest(cell.text) for cell in cells), default=0)
    label = column.path[-1] if column.path else ""
    heading = ceil(text.width(label) / 2)  # a heading may stand on two lines, and not break inside a word
    words = max((text.width(word) for word in label.split() if word.isascii()), default=0)
    return max(min(max(longest, heading), WIDEST), words, NARROWEST) + _AROUND


def _longest(words: str) -> int:
    return max(map(text.width, words.splitlines()), default=0)


def height(cells: Sequence[tuple[str, float]], size: float, least: float = 0) -> float:
    """Give the height in points of a row of texts, each with the width it is wrapped to."""
    lines = max((_lines(words, width) for words, width in cells), default=1)
    return round(max(lines * size * LINE + 5, least), 1)


@lru_cache(4096)
def _lines(words: str, width: float) -> int:
    room = max(width - 1, 1)
    return sum(max(ceil(text.width(line) / room), 1) for line in words.splitlines()) or 1
