"""Read the tables of an HTML page, as business systems hand them out under the name of a spreadsheet."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hazardctl.formats.csv import LARGEST_COLUMNS, LARGEST_ROWS
from hazardctl.formats.encoding import UndecodableError, decode
from hazardctl.formats.workbook import Range, Sheet
from hazardctl.limited import TaskError

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_SILENT = ("script", "style", "title", "head")
_BREAKS = ("br", "p", "div", "li")


def parse(data: bytes) -> list[Sheet]:
    """Read every table that is not inside another one; raises TaskError where the bytes are no text."""
    reader = _Tables()
    reader.feed(_decoded(data))
    reader.close()
    reader.leave_table(all_of_them=True)
    return [_sheet(number, table) for number, table in enumerate(reader.tables, 1)]


def _decoded(data: bytes) -> str:
    try:
        return decode(data)[0].removeprefix("\ufeff")
    except UndecodableError:
        named = _CHARSET.search(data[:2048])
        try:
            return data.decode(named[1].decode() if named else "")
        except (UnicodeDecodeError, LookupError):
            raise TaskError(code="encoding") from None


class _Cell:
    """One cell: its text so far, how far it reaches, and the format the maker gave its number."""

    def __init__(self, down: int, right: int) -> None:
        self.pieces: list[str] = []
        self.down, self.right = down, right

    def text(self) -> str:
        lines = "".join(self.pieces).split("\n")
        return "\n".join(words for line in lines if (words := re.sub(r"[ \t\r\xa0]+", " ", line).strip()))


class _Tables(HTMLParser):
    """Gather the rows of the outermost tables; a table inside a cell is text of the cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[_Cell]]] = []
        self.depth = 0
        self.silent = 0
        self.cell: _Cell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append([])
        elif tag in _SILENT:
            self.silent += 1
        elif self.depth == 1 and tag == "tr":
            self.cell = None
            self.tables[-1].append([])
        elif self.depth == 1 and tag in ("td", "th"):
            self._open(dict(attrs))
        elif tag in _BREAKS and self.cell is not None:
            self.cell.pieces.append("\n")

    def _open(self, said: dict[str, str | None]) -> None:
        if not self.tables[-1]:
            self.tables[-1].append([])
        self.cell = _Cell(_count(said.get("rowspan"), LARGEST_ROWS), _count(said.get("colspan"), LARGEST_COLUMNS))
        self.tables[-1][-1].append(self.cell)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.leave_table()
        elif tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif self.depth == 1 and tag in ("td", "th", "tr"):
            self.cell = None

    def leave_table(self, *, all_of_them: bool = False) -> None:
        self.depth = 0 if all_of_them else max(0, self.depth - 1)
        if not self.depth:
            self.cell = None

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.silent:
            self.cell.pieces.append(re.sub(r"\s*[\r\n]\s*", " ", data))


def _count(said: str | None, most: int) -> int:
    return max(1, min(int(said), most)) if said and said.strip().isdecimal() else 1


def _sheet(number: int, table: list[list[_Cell]]) -> Sheet:
    if len(table) > LARGEST_ROWS:
        raise TaskError(code="too_large")
    taken: dict[tuple[int, int], str] = {}
    merges: list[Range] = []
    for row, cells in enumerate(table):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            down, right = min(cell.down, len(table) - row), cell.right
            if column + right > LARGEST_COLUMNS:
                raise TaskError(code="too_large")
            for below in range(down):
                for beside in range(right):
                    taken[row + below, column + beside] = ""
            taken[row, column] = cell.text()
            if down > 1 or right > 1:
                merges.append((row, column, row + down - 1, column + right - 1))
            column += right
    width = max((column for _, column in taken), default=-1) + 1
    rows = [[taken.get((row, column), "") for column in range(width)] for row in range(len(table))]
    return Sheet(f"{number}", rows, tuple(merges))
