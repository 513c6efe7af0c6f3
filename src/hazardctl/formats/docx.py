"""Read the tables of a Word document, each as a sheet; the words above a table are its first rows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from hazardctl.formats.csv import LARGEST_COLUMNS, LARGEST_ROWS
from hazardctl.formats.workbook import Range, Sheet
from hazardctl.limited import TaskError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_ABOVE = 6  # paragraphs above a table that may be its title and head line
_LONGEST = 400


def parse(data: bytes) -> list[Sheet]:
    """Read every table; raises TaskError where the document is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            written = archive.read("word/document.xml").replace(_STRICT[1:-1].encode(), _W[1:-1].encode())
            body = ET.fromstring(written).find(f"{_W}body")  # noqa: S314 -- no document type, checked before
    except (zipfile.BadZipFile, KeyError, ET.ParseError) as error:
        raise TaskError(code="damaged", part=str(error)[:80]) from None
    sheets: list[Sheet] = []
    above: list[str] = []
    for block in _blocks(body if body is not None else ()):
        if block.tag == f"{_W}p":
            above.append(_text(block))
            continue
        head = [words for words in above if words.strip()][-_ABOVE:]
        sheets.append(_sheet(block, f"{len(sheets) + 1}", [words for words in head if len(words) <= _LONGEST]))
        above = []
    return sheets


def _blocks(body: Any) -> Iterator[ET.Element]:
    for child in body:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag", f"{_W}customXml"):
            yield from _blocks(child)


def _sheet(table: ET.Element, name: str, head: list[str]) -> Sheet:
    rows: list[list[str]] = [[words] for words in head]
    merges: list[Range] = []
    open_above: dict[int, int] = {}  # column → the row in which its vertical merge begins
    for row in _children(table, "tr"):
        cells, here = _row(row, len(rows), merges, open_above)
        open_above = here
        rows.append(cells)
        if len(rows) > LARGEST_ROWS or len(cells) > LARGEST_COLUMNS:
            raise TaskError(code="too_large")
    width = max(map(len, rows), default=0)
    merges += [(number, 0, number, width - 1) for number in range(len(head)) if width > 1]
    return Sheet(name, [row + [""] * (width - len(row)) for row in rows], tuple(_joined(merges)))


def _row(
    row: ET.Element, number: int, merges: list[Range], open_above: dict[int, int]
) -> tuple[list[str], dict[int, int]]:
    cells: list[str] = []
    here: dict[int, int] = {}
    before = row.find(f"{_W}trPr/{_W}gridBefore")
    if before is not None:
        cells += [""] * int(before.get(f"{_W}val", "0"))
    for cell in _children(row, "tc"):
        at = len(cells)
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        wide = max(1, int(span.get(f"{_W}val", "1"))) if span is not None else 1
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        continued = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
        top = open_above.get(at, number) if continued else number
        if merge is not None:
            here[at] = top
        if wide > 1 or top < number:
            merges.append((top, at, number, at + wide - 1))
        words = "" if continued else "\n".join(_text(part) for part in cell.iter(f"{_W}p"))
        cells += [words.strip("\n"), *[""] * (wide - 1)]
    return cells, here


def _children(element: ET.Element, name: str) -> Iterator[ET.Element]:
    for child in element:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _children(child, name)


def _joined(merges: list[Range]) -> list[Range]:
    """Keep the largest of the ranges that begin in one cell: a vertical merge was noted row by row."""
    largest: dict[tuple[int, int], Range] = {}
    for top, left, bottom, right in merges:
        kept = largest.get((top, left), (top, left, top, left))
        largest[top, left] = (top, left, max(bottom, kept[2]), max(right, kept[3]))
    return list(largest.values())


def _text(paragraph: ET.Element) -> str:
    """Give a paragraph's text as it stands after all tracked changes."""
    pieces = []
    for part in paragraph.iter():
        if part.tag == f"{_W}t":
            pieces.append(part.text or "")
        elif part.tag == f"{_W}tab":
            pieces.append("\t")
        elif part.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
    return "".join(pieces)
