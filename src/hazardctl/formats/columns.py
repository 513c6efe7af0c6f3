"""A CSV file by column: what is asked of each distinct value, or of all of them at once, needs no rows."""

from __future__ import annotations

from collections.abc import Sequence

from hazardctl.formats import csv
from hazardctl.formats.csv import Sheet
from hazardctl.formats.encoding import UndecodableError, decode, merge_mark
from hazardctl.records import immutable

LARGEST_TEXT = 1 << 23  # characters: of a longer text the cells take much memory, and it is as a rule refused


@immutable
class Columns:
    """The cells of one CSV file, column by column, and its sheet, which knows their places; the sheet may lack rows."""

    sheet: Sheet
    cells: tuple[list[str], ...] = ()


def read(data: bytes, path: str) -> Columns:
    """Read a CSV file by column: the same cells, places and findings as `csv.read` gives."""
    if quick := _quickly(data, path):
        return quick
    sheet = csv.read(data, path)
    return Columns(sheet, tuple([row[at] for row in sheet.rows] for at in range(len(sheet.header))))


def stripped(given: Columns, keys: Sequence[str]) -> dict[str, list[str]]:
    """Give the cells of each field without blanks around them, by the keys of the columns; of two the last counts."""
    return {key: list(map(str.strip, column)) for key, column in zip(keys, given.cells, strict=True) if key}


def once(column: list[str]) -> list[str]:
    """Give a column in which what is said many times is kept once."""
    return list(map(dict(zip(column, column, strict=True)).__getitem__, column))


def _quickly(data: bytes, path: str) -> Columns | None:
    """Read a file in which each line is a record and no cell needs quotes; None where that is not certain."""
    try:
        text, dress = decode(data)
    except UndecodableError:
        return None
    if '"' in text or "\0" in text or text.isspace() or dress.newline == "\r" or merge_mark(text) or not _even(text):
        return None
    delimiter = csv.delimiter_of(text)
    width = text.count(delimiter, 0, text.find("\n")) + 1
    if not 1 < width <= csv.LARGEST_COLUMNS:
        return None
    cells = tuple(csv.columns_of(csv.lines_of(text, dress.newline), delimiter, width))
    if not (cells and len(cells[0]) <= csv.LARGEST_ROWS):
        return None
    if not (any(map(all, cells)) or all(map(any, zip(*cells, strict=True)))):
        return None  # a line without a cell is no row
    lines = range(2, len(cells[0]) + 1)
    header = tuple(column.pop(0) for column in cells)
    return Columns(Sheet(path, text, dress, delimiter, header, lines=lines, ends=lines), cells)


def _even(text: str) -> bool:
    """Tell that no line is so long that a cell of it could be too large."""
    step = csv.LARGEST_CELL // 2
    whole = range(0, len(text) - step, step)
    return len(text) <= LARGEST_TEXT and all(text.find("\n", at, at + step) >= 0 for at in whole)
