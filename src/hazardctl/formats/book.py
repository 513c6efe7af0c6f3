"""A workbook to be written: sheets of cells with a style each; nothing here knows about XML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Literal

from hazardctl.formats.workbook import a1, column_name
from hazardctl.records import immutable

SONG, FANG_SONG = "宋体", "仿宋"
"""Every Chinese Windows has both, and so has WPS; elsewhere the character set that goes with them is what counts."""
DAY_FORMAT = "yyyy\\-mm\\-dd"
TEXT_FORMAT = "@"
LONGEST_TEXT = 32_767  # UTF-16 units in a cell
Value = str | int | float | Decimal | date | None


@immutable
class Style:
    """How a cell looks, and whether it may be typed into once its sheet is protected."""

    face: str = SONG
    size: float = 10.5
    bold: bool = False
    color: str = ""  # RRGGBB
    fill: str = ""
    align: Literal["left", "center", "right"] = "left"
    top: bool = False  # else in the middle
    indent: int = 0
    wrap: bool = True
    border: bool = False
    number: str = "General"
    locked: bool = True


@immutable
class Cell:
    """One cell; with a formula, `value` is the result that is stored beside it."""

    value: Value
    style: Style
    formula: str = ""


@immutable
class Line:
    """One row from column A on; `height` in points, `fixed` where no program may choose another."""

    cells: Sequence[Cell | None] = ()
    height: float = 0
    fixed: bool = False


@immutable
class Choices:
    """What may be typed into some cells: `source` is a defined name, a formula or a quoted list, each a drop-down.

    `strict` refuses anything else, otherwise the program asks; `words` are shown beside the cell that is chosen,
    `refusal` where something else is typed. With `days` the cells hold days.
    """

    cells: str
    source: str = ""
    strict: bool = True
    title: str = ""
    words: str = ""
    refusal: str = ""
    days: bool = False


@immutable
class Emphasis:
    """Colour cells for which a formula holds; the formula is written for the first of them."""

    cells: str
    formula: str
    fill: str
    color: str


@immutable
class Sheet:
    """One sheet. Ranges are written as spreadsheets do: A1:C3."""

    name: str
    lines: Sequence[Line]
    widths: Sequence[float] = ()
    merges: Sequence[str] = ()
    hidden_columns: frozenset[int] = frozenset()
    column_styles: Mapping[int, Style] = field(default_factory=dict)  # of cells that are not there yet
    frozen: int = 0  # rows that stay in sight
    repeated: tuple[int, int] = (0, 0)  # rows printed on each page, from 1
    landscape: bool = True
    footer: str = ""
    hidden: bool = False
    protected: bool = False
    choices: Sequence[Choices] = ()
    emphases: Sequence[Emphasis] = ()


@immutable
class Book:
    """A workbook; `names` are ranges by name, for lists that are too long for a drop-down's own."""

    title: str
    sheets: Sequence[Sheet]
    names: Mapping[str, str] = field(default_factory=dict)


def across(row: int, first: int, last: int, down: int = 1) -> str:
    """Name a range of a row, counted from 0, and of those below it."""
    return f"{a1(row, first)}:{a1(row + down - 1, last)}"


def sheet_name(wanted: str, taken: Sequence[str]) -> str:
    """Make a name a sheet may have: 31 characters, none that stands for something in a formula, none given twice."""
    plain = "".join(" " if char in "[]:*?/\\" or not char.isprintable() else char for char in wanted).strip(" '")
    plain = _cut(plain, 31) or f"Sheet{len(taken) + 1}"
    known = {name.casefold() for name in taken}
    name, number = plain, 2
    while name.casefold() in known:
        mark = f" ({number})"
        name, number = _cut(plain, 31 - len(mark)) + mark, number + 1
    return name


def _cut(name: str, units: int) -> str:
    while len(name.encode("utf-16-le")) > 2 * units:
        name = name[:-1]
    return name.rstrip(" '")


def rows_of(numbers: Sequence[int], column: int) -> str:
    """Write the arguments of a sum over some rows of a column, neighbours as ranges."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    letter = column_name(column)
    return ",".join(f"{letter}{a + 1}" if a == b else f"{letter}{a + 1}:{letter}{b + 1}" for a, b in runs)
