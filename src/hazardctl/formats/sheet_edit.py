"""Put values into cells of another's workbook and touch nothing else: a sheet's XML is spliced, not rewritten."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final
from xml.parsers import expat

from hazardctl.formats.book_xml import number, plain
from hazardctl.formats.workbook import Range, a1, column_number

Value = str | int | Decimal
_PLACE: Final = re.compile(r"([A-Z]{1,3})(\d+)")
_CACHED: Final = re.compile(rb"<((?:\w+:)?)v(?:\s[^>]*)?>[^<]+</(?:\w+:)?v>")


@dataclass(slots=True)
class Found:
    """A cell of a sheet's XML: where its element begins and ends, its style, whether it holds a formula."""

    start: int
    end: int
    style: str = ""
    kind: str = ""
    formula: str | None = None
    shared: bool = False


@dataclass(slots=True)
class Line:
    """A row of a sheet's XML; `inside` is where cells can be put in, -1 in a row written without an end tag."""

    start: int
    inside: int
    end: int = -1
    style: str = ""


@dataclass(slots=True)
class Rule:
    """What a sheet allows in some cells (数据有效性): kind and operator as the file names them, and the limits."""

    cells: list[Range]
    kind: str
    operator: str
    first: str = ""
    second: str = ""


@dataclass(slots=True)
class Part:
    """A sheet's XML with the place of everything in it."""

    xml: bytes
    prefix: str = ""
    lines: dict[int, Line] = field(default_factory=dict)
    cells: dict[tuple[int, int], Found] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    columns: list[tuple[int, int, str]] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    protected: bool = False
    inside: int = -1  # where rows can be put in
    empty: tuple[int, int] | None = None  # <sheetData/>, written without an end tag


class NotEditableError(ValueError):
    """A sheet's XML is not laid out as XML of a workbook is."""


def scan(xml: bytes) -> Part:
    """Find every row, cell and merged range of a sheet."""
    part = Part(xml)
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")) or re.match(
        rb'<\?xml[^>]*encoding=["\'](?!utf-?8)', xml, re.IGNORECASE
    ):
        raise NotEditableError
    _Scanner(part).run()
    return part


class _Scanner:
    def __init__(self, part: Part) -> None:
        self._part, self._row, self._column = part, -1, -1
        self._cell: Found | None = None
        self._rule: Rule | None = None
        self._text: list[str] | None = None
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._said
        self._parser.StartDoctypeDeclHandler = self._doctype

    def run(self) -> None:
        try:
            self._parser.Parse(self._part.xml, True)
        except expat.ExpatError as error:
            raise NotEditableError(str(error)) from None
        if self._part.inside < 0 and not self._part.empty:
            raise NotEditableError

    def _doctype(self, *_: object) -> None:
        raise NotEditableError

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        prefix, _, name = tag.rpartition(":")
        at = self._parser.CurrentByteIndex
        part = self._part
        if name == "sheetData":
            part.prefix = f"{prefix}:" if prefix else ""
            after = self._after(at)
            part.empty = (at, after) if part.xml[after - 2 : after] == b"/>" else None
            part.inside = after
        elif name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            after = self._after(at)
            closed = part.xml[after - 2 : after] == b"/>"
            style = attributes.get("s", "") if attributes.get("customFormat") in ("1", "true") else ""
            part.lines[self._row] = Line(at, -1 if closed else after, after if closed else -1, style)
        elif name == "c" and self._row >= 0:
            place = _PLACE.fullmatch(attributes.get("r", ""))
            self._column = column_number(place[1]) if place else self._column + 1
            self._cell = Found(at, self._after(at), attributes.get("s", ""), attributes.get("t", ""))
            part.cells[self._row, self._column] = self._cell
        elif name == "f" and self._cell:
            self._cell.formula, self._text = "", []
            self._cell.shared = attributes.get("t") in ("shared", "array")
        elif name == "v" and self._cell:
            self._text = []
        elif name == "sheetProtection":
            part.protected = attributes.get("sheet") in ("1", "true")
        elif name == "mergeCell":
            part.merges += [(a, b, c, d) for a, b, c, d in ranges(attributes.get("ref", ""))]
        elif name == "col":
            first, last = int(attributes["min"]) - 1, int(attributes["max"]) - 1
            part.columns.append((first, last, attributes.get("style", "")))
        else:
            self._start_rule(name, attributes)

    def _start_rule(self, name: str, attributes: dict[str, str]) -> None:
        refuses = attributes.get("errorStyle", "stop") == "stop" and attributes.get("showErrorMessage") in ("1", "true")
        if name == "dataValidation" and refuses:
            cells = list(ranges(attributes.get("sqref", "")))
            self._rule = Rule(cells, attributes.get("type", ""), attributes.get("operator", "between"))
            self._part.rules.append(self._rule)
        elif name in ("formula1", "formula2") and self._rule:
            self._text = []

    def _said(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        at = self._parser.CurrentByteIndex
        if name == "f" and self._cell and self._text is not None:
            self._cell.formula = "".join(self._text)
            self._text = None
        elif name == "v":
            self._text = None
        elif name in ("formula1", "formula2") and self._rule and self._text is not None:
            said, self._text = "".join(self._text), None
            if name == "formula1":
                self._rule.first = said
            else:
                self._rule.second = said
        elif name == "dataValidation":
            self._rule = None
        elif name == "c" and self._cell:
            if self._part.xml[self._cell.end - 2 : self._cell.end] != b"/>":  # else the next tag is not its own
                self._cell.end = self._after(at)
            self._cell = None
        elif name == "row" and self._part.lines[self._row].end < 0:
            self._part.lines[self._row].end = self._after(at)

    def _after(self, at: int) -> int:
        """Give where the tag that begins here ends; `>` may stand inside an attribute."""
        xml, quote = self._part.xml, 0
        for place in range(at, len(xml)):
            char = xml[place]
            if quote:
                quote = 0 if char == quote else quote
            elif char in (0x22, 0x27):
                quote = char
            elif char == 0x3E:
                return place + 1
        raise NotEditableError


def ranges(written: str) -> Iterator[Range]:
    """Read ranges as spreadsheets write them: A1:C3, $B$2."""
    for one in written.replace("$", "").split():
        first, _, last = one.partition(":")
        a, b = _PLACE.fullmatch(first), _PLACE.fullmatch(last or first)
        if a and b:
            yield int(a[2]) - 1, column_number(a[1]), int(b[2]) - 1, column_number(b[1])


def style_at(part: Part, row: int, column: int) -> str:
    """Give the style of a cell, or the one it would get where there is none yet."""
    if found := part.cells.get((row, column)):
        return found.style
    if row in part.lines and part.lines[row].style:
        return part.lines[row].style
    return next((style for first, last, style in part.columns if first <= column <= last and style), "")


def put(part: Part, values: Mapping[tuple[int, int], Value], stale: frozenset[tuple[int, int]] = frozenset()) -> bytes:
    """Write a sheet's XML with values put in, and without the stored results of formulas that are `stale`."""
    splices: list[tuple[int, int, bytes]] = []
    missing: dict[int, list[tuple[int, bytes]]] = {}
    for (row, column), value in sorted(values.items()):
        written = _element(part, row, column, value)
        if found := part.cells.get((row, column)):
            splices.append((found.start, found.end, written))
        else:
            missing.setdefault(row, []).append((column, written))
    for row, cells in missing.items():
        splices += _into_row(part, row, cells)
    for place in stale:
        found = part.cells[place]
        for cached in _CACHED.finditer(part.xml, found.start, found.end):
            splices.append((cached.start(), cached.end(), b""))
    if part.empty and values:
        start, end = part.empty
        rows = b"".join(new for _, _, new in splices)
        tag = f"{part.prefix}sheetData".encode()
        splices = [(start, end, b"<%b>%b</%b>" % (tag, rows, tag))]
    pieces, at = [], 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        pieces += [part.xml[at:start], new]
        at = end
    return b"".join([*pieces, part.xml[at:]])


def _into_row(part: Part, row: int, cells: list[tuple[int, bytes]]) -> Iterator[tuple[int, int, bytes]]:
    line = part.lines.get(row)
    if line is None:
        after = [other.end for number, other in part.lines.items() if number < row]
        at = max(after, default=part.inside)
        tag = f"{part.prefix}row"
        inner = b"".join(written for _, written in cells)
        yield at, at, f'<{tag} r="{row + 1}">'.encode() + inner + f"</{tag}>".encode()
    elif line.inside < 0:
        opening = part.xml[line.start : line.end - 2].rstrip()
        inner = b"".join(written for _, written in cells)
        yield line.start, line.end, opening + b">" + inner + f"</{part.prefix}row>".encode()
    else:
        for column, written in cells:
            before = [found.end for (other, at), found in part.cells.items() if other == row and at < column]
            place = max(before, default=line.inside)
            yield place, place, written


def _element(part: Part, row: int, column: int, value: Value) -> bytes:
    style = style_at(part, row, column)
    look = f' s="{style}"' if style else ""
    tag, place = part.prefix, a1(row, column)
    if isinstance(value, str):
        inner = f'<{tag}is><{tag}t xml:space="preserve">{plain(value)}</{tag}t></{tag}is>'
        return f'<{tag}c r="{place}"{look} t="inlineStr">{inner}</{tag}c>'.encode()
    return f'<{tag}c r="{place}"{look}><{tag}v>{number(value)}</{tag}v></{tag}c>'.encode()


def repack(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """Write a package anew with some parts changed; the others keep contents, order and dates."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info, changed.get(info.filename, old.read(info)), info.compress_type)
    return stream.getvalue()
