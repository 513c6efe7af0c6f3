"""Draw a document's tables for spreadsheets: one heading row, groups joined by `/`."""

from __future__ import annotations

from collections.abc import Sequence

from hazardctl.document import Document, Grid, Laid
from hazardctl.formats import csv
from hazardctl.formats.encoding import Dress, encode

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula; text that begins so gets a ' in front, numbers never."""


def draw(document: Document) -> str:
    """Draw the tables as CSV for programs."""
    return _drawn(document, "\n")


def file(document: Document) -> bytes:
    """Draw the tables as the bytes of a CSV file that Excel and WPS open: UTF-8 with BOM, CRLF."""
    dress = Dress()
    return encode(_drawn(document, dress.newline), dress)


def _drawn(document: Document, newline: str) -> str:
    return newline.join(_table(grid, newline) for grid in document.grids)


def _table(grid: Grid, newline: str) -> str:
    header = csv.record([_safe("/".join(column.plain or column.path)) for column in grid.columns], newline=newline)
    if isinstance(grid.rows, Laid):
        columns = [each.plain if each.number else list(map(_safe, each.plain)) for each in grid.rows.columns]
        if body := _plainly(columns, len(grid.rows), newline):
            return header + body
    rows = [[cell.plain if cell.number else _safe(cell.plain) for cell in row.cells] for row in grid.rows]
    return header + "".join(csv.record(row, newline=newline) for row in rows)


def _plainly(columns: Sequence[Sequence[str]], rows: int, newline: str) -> str:
    """Draw all records at once where no cell needs quotes; nothing where that is not certain."""
    if len(columns) < 2:
        return ""
    body = "".join([line + newline for line in map(",".join, zip(*columns, strict=True))])
    marks = body.count('"'), body.count(","), body.count("\n"), body.count("\r")
    return body if marks == (0, rows * (len(columns) - 1), rows, rows * newline.count("\r")) else ""


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
