"""CSV to cells that know their place, and back record by record, so that untouched records stay byte for byte."""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from hazardctl.findings import Finding, Severity
from hazardctl.formats.encoding import Dress, UndecodableError, decode, encode, merge_mark, newline_of

LARGEST_CELL = 1 << 20
csv.field_size_limit(LARGEST_CELL)
LARGEST_ROWS = 200_000
LARGEST_COLUMNS = 256
WEIGHTS = ",;\t"
HEADING = 1 << 16  # characters: no heading row is longer
_QUOTED = re.compile(r'(?:(?<=[,;\t\n])|^)"(?:[^"]|"")*"(?=[,;\t\r\n]|\Z)')


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
    header_end: int = 1
    ends: Sequence[int] = ()  # the line each row ends on
    _starts: list[int] | None = None

    def place(self, row: int, column: int) -> tuple[int, int]:
        """Give line and column (in characters, from 1) of a cell; row -1 is the heading row."""
        record_line = self.header_line if row < 0 else self.lines[row]
        text = self.record(record_line)
        at = _field_starts(text, self.delimiter)
        start = at[column] if column < len(at) else max(at[-1], len(_unended(text)))
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
        last = self.header_end if line == self.header_line else self.ends[bisect_left(self.lines, line)]
        return starts[line - 1], starts[last]

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
    """Give where each field begins; a quote inside a field that did not begin with one is a character like others."""
    if '"' not in record:
        starts = [0]
        while (at := record.find(delimiter, starts[-1])) >= 0:
            starts.append(at + 1)
        return starts
    starts, opened, quoted = [0], False, False
    for at, char in enumerate(record):
        if char == '"' and (opened or at == starts[-1]):
            opened, quoted = True, not quoted
        elif char == delimiter and not quoted:
            starts.append(at + 1)
            opened = False
    return starts


def _unended(record: str) -> str:
    return record.removesuffix("\n").removesuffix("\r")


def read(data: bytes, path: str) -> Sheet:
    """Read a CSV file; what cannot be read for certain is a finding; the rows before it are kept."""
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
    if line := merge_mark(sheet.text):
        _find(sheet, "F108", line)
        return sheet
    _fill(sheet)
    return sheet


def _fill(sheet: Sheet) -> None:
    sheet.delimiter = delimiter_of(sheet.text)
    records = _split(sheet.text, sheet.delimiter) or _whole(sheet)
    if not records or not all(map(any, records)):
        _fill_slowly(sheet)
    else:  # as is the rule, each line is a record
        sheet.header_line, sheet.header_end, sheet.header = 1, 1, tuple(records[0])
        sheet.lines = sheet.ends = range(2, len(records) + 1)
        sheet.rows = records[1:]
    if sheet.header:
        _same_width(sheet)


def _split(text: str, delimiter: str) -> list[list[str]]:
    """Read a file in which no cell needs quotes, many times as quickly; nothing where that is not certain."""
    newline = newline_of(text)
    if '"' in text or newline == "\r" or len(text) > LARGEST_CELL:
        return []
    ends, returns = text.count("\n"), text.count("\r")
    if returns and not returns == ends == text.count("\r\n"):
        return []
    return [line.split(delimiter) for line in lines_of(text, newline)]


def lines_of(text: str, newline: str) -> list[str]:
    """Give the lines of a text without their ends."""
    return text.removesuffix(newline).split(newline)


def columns_of(lines: Sequence[str], delimiter: str, width: int) -> list[list[str]]:
    """Give the cells of lines by column; nothing where one has another width, or an end of another kind in it."""
    text, step = f"{delimiter}\0{delimiter}".join(lines), width + 1  # NUL is in no text that can be read
    flat = text.split(delimiter)
    marks = flat[width::step]  # or cells, where a line is longer or shorter: two short ones may fill one
    even = len(flat) == len(lines) * step - 1 and marks.count("\0") == len(lines) - 1
    return [flat[at::step] for at in range(width)] if even and not ("\n" in text or "\r" in text) else []


def _whole(sheet: Sheet) -> list[list[str]]:
    """Read a file in which every line is a record; nothing where that is not so."""
    reader = _reader(sheet)
    try:
        records = list(reader)
    except csv.Error:
        return []
    return records if reader.line_num == len(records) else []


def _reader(sheet: Sheet) -> Any:
    return csv.reader(io.StringIO(sheet.text, newline=""), delimiter=sheet.delimiter, strict=True)


def _fill_slowly(sheet: Sheet) -> None:
    """Read records over several lines, blank lines, and up to the place where a file breaks off."""
    reader = _reader(sheet)
    records: list[list[str]] = []
    begins: list[int] = []
    ends: list[int] = []
    line = 0
    try:
        for record in reader:
            records.append(record)
            begins.append(line + 1)
            line = reader.line_num
            ends.append(line)
    except csv.Error as error:
        _find(sheet, "F104", line + 1, problem=str(error))
    kept = [found for found in zip(begins, ends, records, strict=True) if any(found[2])]
    if not kept:
        if not sheet.findings:
            _find(sheet, "F101", 0)
        return
    sheet.header_line, sheet.header_end, header = kept[0]
    sheet.header = tuple(header)
    sheet.lines = [begin for begin, _, _ in kept[1:]]
    sheet.ends = [end for _, end, _ in kept[1:]]
    sheet.rows = [record for _, _, record in kept[1:]]


def _same_width(sheet: Sheet) -> None:
    width = len(sheet.header)
    if width > LARGEST_COLUMNS or len(sheet.rows) > LARGEST_ROWS:
        _find(sheet, "F105", 0, rows=str(len(sheet.rows)), columns=str(width))
        sheet.rows, sheet.lines, sheet.ends = [], (), ()
        return
    if set(map(len, sheet.rows)) <= {width}:
        return
    for index, row in enumerate(sheet.rows):
        if len(row) == width:
            continue
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            _find(sheet, "F106", sheet.lines[index], cells=str(len(row)), columns=str(width))
        elif len(row) < width:
            _find(sheet, "F107", sheet.lines[index], cells=str(len(row)), columns=str(width))
        sheet.rows[index] = (row + [""] * width)[:width]


def delimiter_of(text: str) -> str:
    """Tell by its first line what stands between a text's cells; what is in quotes does not count."""
    first = text[: text.find("\n") + 1] or text
    if not first.strip(" \t\r\n,;"):
        first = next((line for line in io.StringIO(text) if line.strip(" \t\r\n,;")), "")
    if '"' in first:
        start = text.find(first)
        first = _QUOTED.sub("", text[start : start + HEADING]).partition("\n")[0]  # a cell may go on in the next line
    best = max(WEIGHTS, key=first.count)
    return best if best in first else ","


def _find(sheet: Sheet, code: str, line: int, **args: str) -> None:
    source = sheet.line(line) if line else ""
    sheet.findings.append(
        Finding(
            code, Severity.ERROR, sheet.path, line, 1 if line else 0, args=tuple(sorted(args.items())), source=source
        )
    )


def cell(value: str, delimiter: str = ",") -> str:
    """Write one cell, in quotes where it needs them; a line break of any kind always does."""
    if '"' in value or delimiter in value or "\n" in value or "\r" in value:
        return '"' + value.replace('"', '""') + '"'
    return value


def record(cells: Sequence[str], delimiter: str = ",", newline: str = "\r\n") -> str:
    """Write one record."""
    if len(cells) == 1 and not cells[0]:
        return f'""{newline}'  # an empty line is no record
    plain = delimiter.join(cells)
    if '"' not in plain and "\n" not in plain and "\r" not in plain and plain.count(delimiter) == len(cells) - 1:
        return plain + newline
    return delimiter.join(cell(value, delimiter) for value in cells) + newline


def write(header: Sequence[str], rows: Sequence[Sequence[str]], dress: Dress | None = None) -> bytes:
    """Write a whole CSV file, by default as Excel and WPS open it: UTF-8 with BOM, CRLF, comma."""
    dress = dress or Dress()
    return encode("".join(record(cells, newline=dress.newline) for cells in (header, *rows)), dress)


def edit(
    sheet: Sheet,
    changed: Mapping[int, Mapping[int, str]],
    added: Sequence[Sequence[str]] = (),
    headings: Sequence[str] = (),
    after: int = -1,
) -> str:
    """Change cells, given by row and column, add columns at the end, and add rows after one (-1: the heading row).

    Every other cell keeps its characters, quotes included, and every record its line end.
    """
    pieces: list[str] = []
    done = 0
    for row in range(-1, len(sheet.rows)):
        cells = dict(enumerate(headings, len(sheet.header))) if row < 0 else changed.get(row, {})
        if not (cells or headings or row == after):
            continue
        start, end = sheet.span(sheet.header_line if row < 0 else sheet.lines[row])
        text = sheet.text[start:end]
        if cells or headings:
            text = _amended(text, cells, len(sheet.header), len(headings), sheet.delimiter)
        pieces += [sheet.text[done:start], text]
        if row == after and added:
            newline = text[len(_unended(text)) :]
            pieces.append("" if newline else sheet.dress.newline)
            pieces += [record(values, sheet.delimiter, newline or sheet.dress.newline) for values in added]
        done = end
    return "".join([*pieces, sheet.text[done:]])


def _amended(text: str, cells: Mapping[int, str], width: int, columns: int, delimiter: str) -> str:
    body = _unended(text)
    starts = [*_field_starts(body, delimiter), len(body) + 1]
    pieces = [body[start : end - 1] for start, end in pairwise(starts)]
    if len(pieces) >= width:  # a row that is too short stays so: it reads as blanks
        pieces[width:width] = [""] * columns
    for column, value in cells.items():
        pieces += [""] * (column + 1 - len(pieces))
        pieces[column] = cell(value, delimiter)
    return (delimiter.join(pieces) if pieces != [""] else '""') + text[len(body) :]
