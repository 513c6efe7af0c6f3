"""A CSV ledger of which every line is a record with an id: read quickly, or not at all."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from hazardctl.merging.guarded import Unclear, is_entry

K = TypeVar("K", str, tuple[str, ...])
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,59}")
_BOM = b"\xef\xbb\xbf"
_ODD = ("\0", "<<<<<<<", ">>>>>>>")


class Lines:
    """One version: its heading row, its records as they stand in the file, and their cells by id."""

    def __init__(self, data: bytes) -> None:
        """Read a version; raises Unclear, UnicodeDecodeError, csv.Error."""
        text, self.codec = _decoded(data)
        self.newline = "\r\n" if "\r\n" in text else "\n"
        lines = text.split(self.newline)
        plain = "\r" not in text.replace("\r\n", "") and "\n" not in "".join(lines)
        if not plain or lines.pop() or len(lines) < 2 or any(odd in text for odd in _ODD):
            raise Unclear
        self.head, *self._lines = lines
        if "," not in self.head or any(mark in self.head for mark in '";\t，；'):
            raise Unclear
        self._cells = _cells(text, lines)
        self.titles = self._cells[0]
        self.records: dict[str, str] = {}  # id → the record as it stands in the file
        self.rows: dict[str, list[str]] = {}

    def by_id(self, at: int) -> None:
        """Sort the records by id, which stands in a column; raises Unclear."""
        width = len(self.titles)
        for record, row in zip(self._lines, self._cells[1:], strict=True):
            sure = len(row) == width and row[0].strip() and is_entry(row, width)
            if not sure or not _ID.fullmatch(row[at]) or row[at].lower() in self.rows:
                raise Unclear
            self.records[row[at].lower()] = record
            self.rows[row[at].lower()] = row

    def arrange(self, titles: Sequence[str]) -> None:
        """Put the cells, sorted by id already, into the order of the same headings in another version."""
        order = [self.titles.index(title) for title in titles]
        self.rows = {key: [row[at] for at in order] for key, row in self.rows.items()}

    def with_records(self, records: Sequence[str]) -> bytes:
        """Give the file with other records, dressed as it is."""
        text = "".join(line + self.newline for line in (self.head, *records))
        return text.encode(self.codec)


def _decoded(data: bytes) -> tuple[str, str]:
    """Decode a file, and name its encoding, as `formats.encoding` does."""
    if data.startswith(_BOM):
        return data[len(_BOM) :].decode("utf-8"), "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unclear
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("gb18030"), "gb18030"


def _cells(text: str, lines: Sequence[str]) -> list[list[str]]:
    if '"' not in text:
        return [line.split(",") for line in lines]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    cells = list(reader)
    if reader.line_num != len(cells) or len(cells) != len(lines):
        raise Unclear
    return cells


def rewritten(record: str, mine: Sequence[str], cells: Sequence[str]) -> str:
    """Put cells into a record; those that are as they were keep their characters. Raises Unclear for odd quotes."""
    if list(cells) == list(mine):
        return record
    if '"' in record and record != written(mine):
        raise Unclear
    return written(cells)


def written(cells: Sequence[str]) -> str:
    """Write a record, in quotes what needs them, as `formats.csv` does."""
    return ",".join(
        '"' + cell.replace('"', '""') + '"' if '"' in cell or "," in cell or "\n" in cell else cell for cell in cells
    )


def woven(base: Lines, ours: Lines, theirs: Lines, merged: Mapping[str, Sequence[str]]) -> list[str]:
    """Give the rows that are new on either side in an order that does not depend on the side.

    `merged` are those that came of two. Raises Unclear where ours stand among the others.
    """
    left = [key for key in ours.rows if key not in base.rows]
    right = [key for key in theirs.rows if key not in base.rows]
    if left != list(ours.rows)[len(ours.rows) - len(left) :]:
        raise Unclear
    return [
        rewritten(ours.records[key], ours.rows[key], merged.get(key, ours.rows[key]))
        if key in ours.rows
        else written(theirs.rows[key])
        for key in (left if ours.rows.keys() >= set(right) else weave(left, right))
    ]


def weave(one: Sequence[K], other: Sequence[K]) -> list[K]:
    """Put two sequences into one that is the same whichever comes first; each keeps its order, as far as both can."""
    woven: list[K] = []
    mine, others, done = set(one), set(other), set[K]()
    left: list[K] = list(one)[::-1]
    right: list[K] = list(other)[::-1]
    while left and right:
        first, second = left[-1], right[-1]
        if first in done or second in done:
            (left if first in done else right).pop()
            continue
        waits = first in others, second in mine  # what stands in the other as well, until it is met there
        taken = min(first, second) if waits[0] == waits[1] else second if waits[0] else first
        woven.append(taken)
        done.add(taken)
    return woven + [key for key in reversed(left or right) if key not in done]
