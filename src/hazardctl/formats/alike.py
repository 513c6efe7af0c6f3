"""CSV files of one make: those that share a heading row and need no quotes are read in one go, many times as quickly.

What comes out is what each would give by itself; where that is not certain nothing comes out.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise

from hazardctl.formats.csv import LARGEST_CELL, LARGEST_COLUMNS, LARGEST_ROWS, delimiter_of, flat_cells
from hazardctl.formats.encoding import Dress, UndecodableError, decode, merge_mark
from hazardctl.records import immutable

Rows = list[list[str]]


@immutable
class Alike:
    """The cells of several files, one after another: `counts` has the number of rows of each."""

    text: str
    delimiter: str
    header: tuple[str, ...]
    rows: Rows
    columns: Rows
    counts: tuple[int, ...]


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
    begins = [at * step for at, first in enumerate(flat[::step]) if first == flat[0]]
    if len(begins) != len(files) or not flat[0] or len(flat) > LARGEST_ROWS * step or merge_mark(text):
        return None
    cells: list[str] = []
    counts = []
    for begin, end in pairwise([*begins, len(flat)]):
        cells += flat[begin + step : end]
        counts.append((end - begin) // step - 1)
    columns = [cells[at::step] for at in range(width)]
    rows = [cells[at : at + width] for at in range(0, len(cells), step)]
    return Alike(text, delimiter, tuple(flat[:width]), rows, columns, tuple(counts))


def _text(files: Sequence[bytes], head: bytes) -> tuple[str, Dress]:
    """Decode files, one after another, as each would be by itself; an empty text where they may differ."""
    mark = codecs.BOM_UTF8 if head.startswith(codecs.BOM_UTF8) else b""
    whole = mark + b"".join([data[len(mark) :] for data in files])
    if len(whole) <= LARGEST_CELL:
        with suppress(UndecodableError):
            text, dress = decode(whole)
            if dress.codec != "gb18030" or decode(head)[1].codec == "gb18030":  # else some are UTF-8, perhaps
                return text, dress
    return "", Dress()
