"""CSV files of one make: those that share a heading row and need no quotes are read in one go, many times as quickly.

What comes out is what each would give by itself; where that is not certain nothing comes out.
"""

from __future__ import annotations

import codecs
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import accumulate, chain, pairwise

from hazardctl.formats.csv import LARGEST_CELL, LARGEST_COLUMNS, LARGEST_ROWS, columns_of, delimiter_of, lines_of
from hazardctl.formats.encoding import Dress, UndecodableError, decode, merge_mark
from hazardctl.formats.turned import Turned
from hazardctl.records import immutable


@immutable
class Alike:
    """The cells of several files: the columns of all, one file after another, and the rows of each."""

    text: str
    delimiter: str
    header: tuple[str, ...]
    columns: list[list[str]]
    each: tuple[Turned, ...]


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
    if dress.newline == "\r" or not 1 < width <= LARGEST_COLUMNS:
        return None
    lines = lines_of(text, dress.newline)
    heads = _heads(lines, "\ufeff" if head.startswith(codecs.BOM_UTF8) else "")
    if len(heads) != len(files) or len(lines) - len(heads) > LARGEST_ROWS:
        return None
    header = tuple(lines[0].split(delimiter))
    for at in reversed(heads):
        del lines[at]
    columns = columns_of(lines, delimiter, width)
    if not columns or _is_blank(header[0]) or header[0] in columns[0]:  # a heading row in the midst of entries
        return None
    ends = [at - number for number, at in enumerate([*heads, len(lines) + len(heads)])]
    each = tuple(Turned(columns, range(begin, end)) for begin, end in pairwise(ends))
    return Alike(text, delimiter, header, columns, each)


def _heads(lines: Sequence[str], mark: str) -> list[int]:
    """Tell which lines are heading rows; before all but the first stands the mark of their encoding."""
    heads, head = [0], mark + lines[0]
    with suppress(ValueError):
        while True:
            heads.append(lines.index(head, heads[-1] + 1))
    return heads


def _is_blank(heading: str) -> bool:
    """Tell that a file may begin with no heading row: it is then read by its rows, which differ."""
    said = heading.strip(" \t\r\n,;")
    return not said or said.isspace()


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
    whole = b"".join(files)
    if len(whole) <= LARGEST_CELL:
        with suppress(UndecodableError):
            text, dress = decode(whole)
            if (b"<" in whole or b">" in whole) and merge_mark(text):
                return "", dress
            if dress.codec != "gb18030" or decode(head)[1].codec == "gb18030":  # else some are UTF-8, perhaps
                return text, dress
    return "", Dress()
