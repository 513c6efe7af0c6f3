"""Read OpenDocument spreadsheets: values as stored, repeated cells written out, merges and what is hidden."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from hazardctl.formats.csv import LARGEST_COLUMNS, LARGEST_ROWS
from hazardctl.formats.workbook import DAMAGED, FAILED, FORMULA, MOST_DIGITS, Range, Sheet, number
from hazardctl.limited import TaskError

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_REPEAT_LIMIT = 1024  # a longer repetition is the empty rest of a sheet


def parse(data: bytes) -> list[Sheet]:
    """Read every sheet; raises TaskError where the document is damaged or encrypted."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise TaskError(code="password")
            root = ET.fromstring(archive.read("content.xml"))  # noqa: S314 -- no document type, checked before
    except (zipfile.BadZipFile, KeyError, ET.ParseError) as error:
        raise TaskError(code="damaged", part=str(error)[:80]) from None
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}table-properties")
        if properties.get(f"{_TABLE}display") == "false"
    }
    return [_sheet(table, hidden) for table in root.iter(f"{_TABLE}table")]


class _Filling:
    """A sheet while it is being read."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.merges: list[Range] = []
        self.flags: dict[tuple[int, int], str] = {}


def _sheet(table: ET.Element, hidden: set[str | None]) -> Sheet:
    filling = _Filling()
    hidden_rows: set[int] = set()
    for row in _below(table, "table-row"):
        repeat = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        cells = _cells(row, len(filling.rows), filling)
        if not any(cells) and repeat > _REPEAT_LIMIT:
            continue
        if len(filling.rows) + repeat > LARGEST_ROWS + 1:
            raise TaskError(code="too_large")
        if row.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            hidden_rows.update(range(len(filling.rows), len(filling.rows) + repeat))
        filling.rows += [list(cells) for _ in range(repeat)]
    columns: set[int] = set()
    at = 0
    for column in _below(table, "table-column"):
        repeat = int(column.get(f"{_TABLE}number-columns-repeated", "1"))
        if column.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            columns.update(range(at, min(at + repeat, LARGEST_COLUMNS)))
        at += repeat
    return Sheet(
        table.get(f"{_TABLE}name", ""), filling.rows, tuple(filling.merges),
        table.get(f"{_TABLE}style-name") in hidden, frozenset(hidden_rows), frozenset(columns), filling.flags,
    )  # fmt: skip


def _below(table: ET.Element, name: str) -> Iterator[ET.Element]:
    """Give rows or columns, those inside header groups among them, but none of a table inside a cell."""
    for child in table:
        if child.tag == f"{_TABLE}{name}":
            yield child
        elif child.tag in {
            f"{_TABLE}table-{kind}"
            for kind in ("header-rows", "row-group", "rows", "header-columns", "column-group", "columns")
        }:
            yield from _below(child, name)


def _cells(row: ET.Element, number_of_row: int, filling: _Filling) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        text, flag = _value(cell)
        repeat = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        if not text and repeat > LARGEST_COLUMNS:
            continue
        if len(cells) + repeat > LARGEST_COLUMNS and text:
            raise TaskError(code="too_large")
        if flag:
            filling.flags |= {(number_of_row, len(cells) + offset): flag for offset in range(repeat)}
        down, right = (int(cell.get(f"{_TABLE}number-{kind}-spanned", "1")) for kind in ("rows", "columns"))
        if down > 1 or right > 1:
            filling.merges.append((number_of_row, len(cells), number_of_row + down - 1, len(cells) + right - 1))
        cells += [text] * repeat
    return cells


def _value(cell: ET.Element) -> tuple[str, str]:  # noqa: PLR0911 -- one line a type
    kind = cell.get(f"{_OFFICE}value-type", "")
    shown = "\n".join(_paragraph(part) for part in cell if part.tag == f"{_TEXT}p")
    if shown.startswith(("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "Err:")) and cell.get(f"{_TABLE}formula"):
        return "", FAILED
    if not kind:
        return shown, FORMULA if cell.get(f"{_TABLE}formula") and not shown else ""
    if kind in ("float", "percentage", "currency"):
        value = float(cell.get(f"{_OFFICE}value", "nan"))
        if kind == "percentage":
            return f"{number(round(value * 100, 10))}%", ""
        return number(value), DAMAGED if abs(value) >= MOST_DIGITS else ""
    if kind == "date":
        day, _, hour = cell.get(f"{_OFFICE}date-value", "").partition("T")
        return (f"{day} {hour[:8].removesuffix(':00')}" if hour.strip("0:") else day), ""
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", "").upper(), ""
    return shown, ""


def _paragraph(element: Any) -> str:
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            pieces.append(" " * int(child.get(f"{_TEXT}c", "1")))
        elif child.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif child.tag != f"{_OFFICE}annotation":
            pieces.append(_paragraph(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
