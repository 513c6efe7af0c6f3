"""A workbook as text: cells that know their place, merged ranges, what is hidden, and what a cell cannot vouch for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

Range = tuple[int, int, int, int]  # first row, first column, last row, last column, counted from 0

FORMULA = "formula"  # a formula whose result was never stored
DAMAGED = "damaged"  # a number with more digits than a spreadsheet keeps
EPOCH = "epoch"  # a bare number in a workbook that counts its days from 1904: as a day it would be four years off
FAILED = "failed"  # a formula that ended in #REF! or the like
MOST_DIGITS = 10**14  # from here on a spreadsheet may have lost digits


class Sheet(NamedTuple):  # not a dataclass: the child that parses would start a tenth slower
    """One sheet: rows of text, all of one width; places count from 0."""

    name: str
    rows: list[list[str]]
    merges: tuple[Range, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    flags: Mapping[tuple[int, int], str] = MappingProxyType({})
    untold: bool = False  # what is hidden and how numbers show cannot be told of this file

    @property
    def width(self) -> int:
        """Give the number of columns."""
        return len(self.rows[0]) if self.rows else 0


class Workbook(NamedTuple):
    """All sheets of a file that people keep tables in, whatever its kind."""

    path: str
    kind: str
    sheets: tuple[Sheet, ...]
    sha256: str = ""


@lru_cache(512)
def column_name(column: int) -> str:
    """Name a column as spreadsheets do: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def a1(row: int, column: int) -> str:
    """Name a cell as spreadsheets do: B7."""
    return f"{column_name(column)}{row + 1}"


def column_number(name: str) -> int:
    """Give the number, from 0, of the column a spreadsheet calls so."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Cut blank rows and columns off the end and make all rows one width: a formatted tail holds nothing."""
    height = len(rows)
    while height and not any(cell and not cell.isspace() for cell in rows[height - 1]):
        height -= 1
    kept = rows[:height]
    width = max((_last(row) for row in kept), default=0)
    return [row[:width] + [""] * (width - len(row)) for row in kept]


def _last(row: list[str]) -> int:
    width = len(row)
    while width and (not row[width - 1] or row[width - 1].isspace()):
        width -= 1
    return width


def packed(sheet: Sheet) -> dict[str, Any]:
    """Give a sheet as JSON can hold it, to leave the process that parsed it."""
    return {
        "name": sheet.name,
        "rows": sheet.rows,
        "merges": sheet.merges,
        "hidden": sheet.hidden,
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": sorted(sheet.hidden_columns),
        "flags": [[row, column, flag] for (row, column), flag in sheet.flags.items()],
        "untold": sheet.untold,
    }


def unpacked(given: Mapping[str, Any]) -> Sheet:
    """Make a sheet of what another process packed."""
    return Sheet(
        given["name"],
        given["rows"],
        tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in given["merges"]),
        given["hidden"],
        frozenset(given["hidden_rows"]),
        frozenset(given["hidden_columns"]),
        {(row, column): flag for row, column, flag in given["flags"]},
        given["untold"],
    )


def number(value: float) -> str:
    """Write a number with the digits it has, and no more than a spreadsheet keeps."""
    if value.is_integer() and abs(value) < 10**21:
        return str(int(value))
    written = repr(value)
    if "e" not in written:
        return written
    from decimal import Decimal

    return f"{Decimal(written):f}"


def reach(rows: list[list[str]], row: int, column: int) -> None:
    """Make room for a cell that has no value and yet means something."""
    while len(rows) <= row:
        rows.append([])
    rows[row] += [""] * (column + 1 - len(rows[row]))


def marked(
    sheet: Sheet, flags: Mapping[tuple[int, int], str], shown: Iterable[tuple[int, int, Callable[[str], str | None]]]
) -> Sheet:
    """Give a sheet its flags, and to cells the words that their formats show."""
    for row, column in flags:
        reach(sheet.rows, row, column)
    for row, column, show in shown:
        if row < len(sheet.rows) and column < len(sheet.rows[row]) and (said := show(sheet.rows[row][column])):
            sheet.rows[row][column] = said
    return sheet._replace(flags=flags)


def counted_from_1904(sheet: Sheet) -> Sheet:
    """Mark the bare numbers: cells formatted as days have been read as days already."""
    flags = dict(sheet.flags)
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if len(cell) == 5 and cell.isdecimal():
                flags.setdefault((row, column), EPOCH)
    return sheet._replace(flags=flags)


def tidy(sheet: Sheet) -> Sheet:
    """Cut the blank tail off a sheet, but nothing that is flagged."""
    rows = sheet.rows
    for row, column in sheet.flags:
        reach(rows, row, column)
        rows[row][column] = rows[row][column] or "\0"
    cut = trimmed(rows)
    for row, column in sheet.flags:
        if cut[row][column] == "\0":
            cut[row][column] = ""
    return sheet._replace(rows=cut)
