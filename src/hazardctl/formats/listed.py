"""Read tables that are plain text: CSV and TSV, YAML, JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from typing import Any

from hazardctl.formats import yaml
from hazardctl.formats.csv import LARGEST_COLUMNS, LARGEST_ROWS
from hazardctl.formats.encoding import UndecodableError, decode, merge_mark
from hazardctl.formats.kinds import unmarked_utf16
from hazardctl.formats.workbook import Sheet
from hazardctl.limited import TaskError

_GUARDED = re.compile(r"'[=+\-@\t\r\n＝＋－＠']")


def parse(data: bytes, kind: str) -> list[Sheet]:
    """Read the one table of a text file; raises TaskError where it cannot be read for certain."""
    text = _decoded(data)
    if "\0" in text:
        raise TaskError(code="nul")
    if merge_mark(text):
        raise TaskError(code="unfinished_merge")
    if kind == "csv":
        return [_csv(text)]
    value = _json(text) if kind == "json" else _yaml(text)
    return [_records(value)]


def _decoded(data: bytes) -> str:
    if codec := unmarked_utf16(data):
        return data.decode(codec, "strict") if len(data) % 2 == 0 else data[:-1].decode(codec)
    try:
        return decode(data)[0].removeprefix("\ufeff")
    except UndecodableError:
        raise TaskError(code="encoding") from None


def _csv(text: str) -> Sheet:
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    try:
        rows.extend([unguarded(cell) for cell in record] for record in reader)
    except csv.Error as error:
        raise TaskError(code="csv", line=str(reader.line_num), problem=str(error)) from None
    width = max(map(len, rows), default=0)
    if len(rows) > LARGEST_ROWS + 20 or width > LARGEST_COLUMNS:
        raise TaskError(code="too_large")
    return Sheet("", [row + [""] * (width - len(row)) for row in rows])


def unguarded(cell: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from calculating `=…` in a CSV file."""
    return cell[1:] if cell[:1] == "'" and _GUARDED.match(cell) else cell


def delimiter(text: str) -> str:
    """Find what stands between cells: the sign that occurs most evenly in the first lines, not only in the first."""
    lines = [line for line in text[: 1 << 16].splitlines()[:40] if line.strip()]
    best, weight = ",", 0
    for sign in (",", "\t", ";"):
        counts = Counter(line.count(sign) for line in lines if sign in line)
        if counts and (found := max(count * often for count, often in counts.items())) > weight:
            best, weight = sign, found
    return best


def _json(text: str) -> Any:
    try:
        if text.lstrip()[:1] == "{" and re.search(r"\}\s*\n\s*\{", text):
            return [json.loads(line, parse_float=str, parse_int=str) for line in text.splitlines() if line.strip()]
        return json.loads(text, parse_float=str, parse_int=str)
    except json.JSONDecodeError as error:
        raise TaskError(code="json", line=str(error.lineno)) from None
    except RecursionError:
        raise TaskError(code="json", line="1") from None


def _yaml(text: str) -> Any:
    tree = yaml.read(text, "")
    if tree.findings:
        first = tree.findings[0]
        raise TaskError(code="yaml", line=str(first.line), finding=first.code, **dict(first.args))
    return tree.value


def _records(value: Any) -> Sheet:
    """Lay entries out as a table, the names of their fields in the first row."""
    nil = isinstance(value, dict) and str(value.get("nil", "")).lower() == "true"
    entries = value.get("entries", "") if isinstance(value, dict) else value
    if nil and not entries:
        return Sheet("", [["\u65e0\u9690\u60a3"]])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise TaskError(code="no_entries")
    names = list(dict.fromkeys(name for entry in entries for name in entry))
    if len(entries) > LARGEST_ROWS or len(names) > LARGEST_COLUMNS:
        raise TaskError(code="too_large")
    return Sheet("", [names, *([_word(entry.get(name)) for name in names] for entry in entries)])


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return "\u3001".join(value)
    if isinstance(value, str | int | float):
        return str(value)
    raise TaskError(code="nested")
