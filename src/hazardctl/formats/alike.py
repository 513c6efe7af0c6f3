"""CSV files of one make: those that share a heading row and need no quotes are read in one go, many times as quickly.

What comes out is what each would give by itself; where that is not certain nothing comes out.
"""

from __future__ import annotations

import codecs
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import accumulate, chain, pairwise
from typing import overload

from hazardctl.formats.csv import LARGEST_CELL, LARGEST_COLUMNS, LARGEST_ROWS, delimiter_of, flat_cells
from hazardctl.formats.encoding import Dress, UndecodableError, decode, merge_mark
from hazardctl.records import immutable


@immutable
class Alike:
    """The cells of several files: the columns of all, one file after another, and the rows of each."""

    text: str
    delimiter: str
    header: tuple[str, ...]
    columns: list[list[str]]
    each: tuple[Rows, ...]


class Rows(Sequence[list[str]]):
    """Some rows of a list of cells, by where they begin; put together when somebody asks, which hardly anybody does."""

    def __init__(self, flat: list[str], begins: Sequence[int], width: int) -> None:
        self._flat, self._begins, self._width = flat, begins, width

    def __len__(self) -> int:
        return len(self._begins)

    @overload
    def __getitem__(self, at: int) -> list[str]: ...
    @overload
    def __getitem__(self, at: slice) -> Rows: ...
    def __getitem__(self, at: int | slice) -> list[str] | Rows:
        """Give a row, or some."""
        if isinstance(at, slice):
            return Rows(self._flat, self._begins[at], self._width)
        begin = self._begins[at]
        return self._flat[begin : begin + self._width]

    def __iter__(self) -> Iterator[list[str]]:
        flat, width = self._flat, self._width
        return (flat[begin : begin + width] for begin in self._begins)


def head_of(data: bytes) -> bytes:
    """Give the heading row of a file that may be read together with others; empty where it has to be read alone."""
    head = data[: data.find(b"\n") + 1]
    if b'"' in data or b"\0" in data or data[-1:] != b"\n" or len(head) == len(data):
        return b""
    return b"" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else head


def read(files: Sequence[bytes], head: bytes) -> Alike | None:
    """Read files that begin with one heading row; none where a record has another width, or a text cannot be told."""
    text, dress = _text(files, head)
    delimiter = delimiter_of(text)
    width = text.count(delimiter, 0, text.find("\n")) + 1
    flat = flat_cells(text, dress.newline, delimiter, width) if text and width <= LARGEST_COLUMNS else []
    step = width + 1
    columns = [flat[at::step] for at in range(width)]
    heads = [row for row, first in enumerate(columns[0]) if first == flat[0]]
    if len(heads) != len(files) or not flat[0] or len(flat) > LARGEST_ROWS * step:
        return None
    for row in reversed(heads):
        for column in columns:
            del column[row]
    places = [row * step for row in (*heads, len(flat) // step)]
    each = tuple(Rows(flat, range(begin + step, end, step), width) for begin, end in pairwise(places))
    return Alike(text, delimiter, tuple(flat[:width]), columns, each)


def is_even(data: bytes, head: bytes) -> bool:
    """Tell quickly, by counting, that each line of a file may have as many cells as the heading row."""
    breaks, returns = data.count(b"\n"), data.count(b"\r")
    if returns != (breaks if head.endswith(b"\r\n") else 0) or returns != data.count(b"\r\n"):
        return False
    delimiter = max(b",", b";", b"\t", key=head.count)  # no character of GB 18030 has one of them inside it
    return data.count(delimiter) == breaks * head.count(delimiter)


def without(found: Alike, files: Collection[int]) -> Alike:
    """Leave out some of the files, given by their numbers."""
    ends = [0, *accumulate(map(len, found.each))]
    spans = [(begin, end) for at, (begin, end) in enumerate(pairwise(ends)) if at not in files]
    columns = [list(chain.from_iterable(column[begin:end] for begin, end in spans)) for column in found.columns]
    each = tuple(rows for at, rows in enumerate(found.each) if at not in files)
    return replace(found, columns=columns, each=each)


def _text(files: Sequence[bytes], head: bytes) -> tuple[str, Dress]:
    """Decode files, one after another, as each would be by itself; an empty text where they may differ."""
    mark = codecs.BOM_UTF8 if head.startswith(codecs.BOM_UTF8) else b""
    whole = b"".join([mark, *(data[len(mark) :] for data in files)])
    if len(whole) <= LARGEST_CELL:
        with suppress(UndecodableError):
            text, dress = decode(whole)
            if (b"<" in whole or b">" in whole) and merge_mark(text):
                return "", dress
            if dress.codec != "gb18030" or decode(head)[1].codec == "gb18030":  # else some are UTF-8, perhaps
                return text, dress
    return "", Dress()
