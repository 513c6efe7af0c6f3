"""A table as found in a sheet: its headings, its entries, and the rows that are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from hazardctl.formats.workbook import Sheet, a1
from hazardctl.records import immutable
from hazardctl.spreadsheets.headings import Column
from hazardctl.spreadsheets.words import IGNORED


@immutable
class Row:
    """One row of the table's body that is an entry: its number in the sheet, and its cells."""

    number: int
    cells: tuple[str, ...]


@immutable
class Aside:
    """A row that is no entry; blank lines are not listed.

    `kind`: total, note, numbering, headings, section, stray, example, nil.
    """

    number: int
    kind: str
    words: str


@immutable
class Table:
    """A table as found in a sheet."""

    sheet: Sheet
    top: int  # first heading row
    body: int  # first row below the headings
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    aside: tuple[Aside, ...] = ()
    filled: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # cell → the merged cell it is of
    facts: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    turned: bool = False  # the fields are rows in the sheet
    second: int = -1  # the row at which another table begins

    @property
    def fields(self) -> int:
        """Count the fields that are known."""
        return len({column.key for column in self.columns if column.key not in ("", IGNORED)})

    @property
    def nil(self) -> bool:
        """Tell whether the table says in so many words that nothing was found."""
        return not self.rows and any(aside.kind == "nil" for aside in self.aside)

    def place(self, row: int, column: int) -> str:
        """Name a cell as the sheet does."""
        return a1(column, row) if self.turned else a1(row, column)
