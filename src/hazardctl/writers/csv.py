"""Draw a document's tables for spreadsheets: one heading row, groups joined by `/`."""

from __future__ import annotations

from hazardctl.document import Document
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
    pieces = []
    for grid in document.grids:
        records = [[_safe("/".join(column.plain or column.path)) for column in grid.columns]]
        records += [[cell.plain if cell.number else _safe(cell.plain) for cell in row.cells] for row in grid.rows]
        pieces.append("".join(csv.record(record, newline=newline) for record in records))
    return newline.join(pieces)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
