"""CSV to cells that know their place, and back record by record, so that untouched records stay byte for byte."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from hazardctl.findings import Finding, Severity
from hazardctl.formats.encoding import Dress, UndecodableError, decode, encode

csv.field_size_limit(1 << 20)
LARGEST_ROWS = 200_000
LARGEST_COLUMNS = 256
WEIGHTS = ",;\t"


@dataclass(slots=True)
class Sheet:
    """The cells of one CSV file: a heading row, rows of strings, and where each row begins."""

    path: str
    text: str = ""
    dress: Dress = field(default_factory=Dress)
    delimiter: str = ","
    header: tuple[str, ...] = ()
    header_line: int = 1
    rows: list[list[str]] = field(default_factory=list)
    lines: Sequence[int] = ()  # the line each row begins on, from 1
    findings: list[Finding] = field(default_factory=list)
    _starts: list[int] | None = None

    def place(self, row: int, column: int) -> tuple[int, int]:
        """Give line and column (in characters, from 1) of a cell; row -1 is the heading row."""
        record_line = self.header_line if row < 0 else self.lines[row]
        text = self.record(record_line)
        at = _field_starts(text, self.delimiter)
        start = at[column] if column < len(at) else max(at[-1], len(text.rstrip("\r\n")))
        before = text[:start]
        breaks = before.count("\n")
        return record_line + breaks, start - (before.rfind("\n") + 1) + 1

    def line(self, number: int) -> str:
        """Give a physical line without its end, for showing it."""
        starts = self._line_starts()
        if not 1 <= number < len(starts):
            return ""
        return self.text[starts[number - 1] : starts[number]].rstrip("\r\n")

    def record(self, line: int) -> str:
        """Give the text of the record that begins on a line, its line end included."""
        start, end = self.span(line)
        return self.text[start:end]

    def span(self, line: int) -> tuple[int, int]:
        """Give the offsets of the record that begins on a line."""
        starts = self._line_starts()
        start, last = starts[line - 1], line
        while last < len(starts) - 1 and self.text.count('"', start, starts[last]) % 2:
            last += 1
        return start, starts[last]

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            starts, position = [0], 0
            for piece in self.text.splitlines(keepends=True) if "\x0b" not in self.text else _plain_lines(self.text):
                position += len(piece)
                starts.append(position)
            if any(mark in self.text for mark in "\x0c\x1c\x1d\x1e\x85\u2028\u2029"):
                starts = [0]
                for piece in _plain_lines(self.text):
                    starts.append(starts[-1] + len(piece))
            self._starts = starts
        return self._starts


def _plain_lines(text: str) -> list[str]:
    return list(io.StringIO(text, newline=""))


def _field_starts(record: str, delimiter: str) -> list[int]:
    starts, quoted = [0], False
    for at, char in enumerate(record):
        if char == '"':
            quoted = not quoted
        elif char == delimiter and not quoted:
            starts.append(at + 1)
    return starts


def read(data: bytes, path: str) -> Sheet:
    """Read a CSV file; what cannot be read for certain is a finding, and its rows are kept as far as they are certain."""
    sheet = Sheet(path)
    try:
        sheet.text, sheet.dress = decode(data)
    except UndecodableError:
        sheet.findings.append(Finding("F102", Severity.ERROR, path))
        return sheet
    if "\0" in sheet.text:
        _find(sheet, "F103", sheet.text[: sheet.text.index("\0")].count("\n") + 1)
        return sheet
    if not sheet.text.strip():
        _find(sheet, "F101", 0)
        return sheet
    _fill(sheet)
    return sheet


def _fill(sheet: Sheet) -> None:
    sheet.delimiter = _delimiter(sheet.text)
    reader = csv.reader(io.StringIO(sheet.text, newline=""), delimiter=sheet.delimiter, strict=True)
    records: list[list[str]] = []
    begins: list[int] = []
    line = 0
    try:
        for record in reader:
            records.append(record)
            begins.append(line + 1)
            line = reader.line_num
    except csv.Error as error:
        _find(sheet, "F104", line + 1, problem=str(error))
    kept = [(begin, record) for begin, record in zip(begins, records, strict=True) if any(record)]
    if not kept:
        if not sheet.findings:
            _find(sheet, "F101", 0)
        return
    sheet.header_line, header = kept[0]
    sheet.header = tuple(header)
    sheet.lines = [begin for begin, _ in kept[1:]]
    sheet.rows = [record for _, record in kept[1:]]
    _same_width(sheet)


def _same_width(sheet: Sheet) -> None:
    width = len(sheet.header)
    if width > LARGEST_COLUMNS or len(sheet.rows) > LARGEST_ROWS:
        _find(sheet, "F105", 0, rows=str(len(sheet.rows)), columns=str(width))
        sheet.rows, sheet.lines = [], ()
        return
    for index, row in enumerate(sheet.rows):
        if len(row) == width:
            continue
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            _find(sheet, "F106", sheet.lines[index], cells=str(len(row)), columns=str(width))
        elif len(row) < width:
            _find(sheet, "F107", sheet.lines[index], cells=str(len(row)), columns=str(width))
        sheet.rows[index] = (row + [""] * width)[:width]


def _delimiter(text: str) -> str:
    first = next((line for line in io.StringIO(text) if line.strip(" \t\r\n,;")), "")
    best = max(WEIGHTS, key=first.count)
    return best if best in first else ","


def _find(sheet: Sheet, code: str, line: int, **args: str) -> None:
    source = sheet.line(line) if line else ""
    sheet.findings.append(
        Finding(code, Severity.ERROR, sheet.path, line, 1 if line else 0, args=tuple(sorted(args.items())), source=source)
    )


def record(cells: Sequence[str], delimiter: str = ",", newline: str = "\r\n") -> str:
    """Write one record."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerow(cells)
    return out.getvalue()


def write(header: Sequence[str], rows: Sequence[Sequence[str]], dress: Dress | None = None) -> bytes:
    """Write a whole CSV file, by default as Excel and WPS open it: UTF-8 with BOM, CRLF, comma."""
    dress = dress or Dress()
    return encode("".join(record(cells, newline=dress.newline) for cells in (header, *rows)), dress)


def edit(sheet: Sheet, changed: dict[int, Sequence[str]], added: Sequence[Sequence[str]] = ()) -> bytes:
    """Rewrite some rows and append others; every other record keeps its bytes, the file its encoding and line ends."""
    text, newline = sheet.text, sheet.dress.newline
    for index in sorted(changed, reverse=True):
        start, end = sheet.span(sheet.lines[index])
        ended = sheet.text[start:end].endswith(("\n", "\r"))
        new = record(changed[index], sheet.delimiter, newline)
        text = text[:start] + (new if ended else new.removesuffix(newline)) + text[end:]
    if added and text and not text.endswith(("\n", "\r")):
        text += newline
    text += "".join(record(cells, sheet.delimiter, newline) for cells in added)
    return encode(text, sheet.dress)
