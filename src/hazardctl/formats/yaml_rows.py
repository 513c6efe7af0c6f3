"""Read a list of entries in YAML as a table: many times as fast as by YAML's events, and faster than line by line.

A ledger's entries name the same fields in the same order, some leaving a few out; so one search that knows the order
reads an entry. Whatever is laid out in any other way is not read here: this reader says nothing rather than anything
else than YAML says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from hazardctl.formats.yaml_lines import KEY, bare, filled, plain
from hazardctl.records import immutable

MOST = 64  # fields of an entry
_TOP = re.compile(r"(?: *(?:#[^\n]*)?\n)*(entries:\n)?( *)- ")
# A word begins with a letter, a digit or a character that YAML does not know of; a colon in it has no blank after it.
_WORD = r"(?:[^\W_]|[^\x00-\xa0])[^:#\n]*(?::[^:# \n][^:#\n]*)*(?<! )"
_VALUE = rf"'[^'\n]*(?:''[^'\n]*)*'|\"[^\"\\\n]*\"|{_WORD}"


@immutable
class Table:
    """Entries as a table: the titles in the order in which they first come, and a row of cells for each entry."""

    listed: bool  # under `entries`; else the list is all there is
    titles: tuple[str, ...]
    rows: list[list[str]]


def read(text: str) -> Table | None:
    """Give a document's entries; None where it is laid out in another way, or anything is odd."""
    text = text.replace("\r\n", "\n")
    top = _TOP.match(text)
    if top is None or text[-1] != "\n" or not plain(text):
        return None
    pad = top[2]
    body = text[top.start(2) :]
    if "#" in body or "\n\n" in body:
        body = filled(body)
    columns = _columns(body, pad, _last[-1])
    if columns is None:
        order = _order(body, pad)
        columns = _columns(body, pad, order) if 0 < len(order) <= MOST else None
        if columns is None:
            return None
        _last[:] = [order]
    return _table(columns, _last[-1], listed=bool(top[1]))


_last: list[tuple[str, ...]] = [()]  # the order of titles in the document before: most have the same


def _columns(body: str, pad: str, order: tuple[str, ...]) -> list[Sequence[str]] | None:
    """Give what stands after each title, the colon with it, blank where an entry leaves it out."""
    entry = _entry(pad, order)
    rows, at = [], 0
    while at < len(body):
        found = entry.match(body, at)
        if found is None:
            return None
        rows.append(found.groups(""))
        at = found.end()
    return list(zip(*rows, strict=True))


@lru_cache(32)
def _entry(pad: str, order: tuple[str, ...]) -> re.Pattern[str]:
    """Make the search for one entry: after each field another one begins, or the next entry, or nothing."""
    ends = rf"\n(?:{pad}  |(?={pad}- |\Z))"
    fields = "".join(f"(?:{re.escape(title)}(:(?: (?:{_VALUE}))?){ends})?+" for title in order)
    return re.compile(rf"{pad}- {fields}(?<=\n)")


@lru_cache(32)
def _titles(pad: str) -> re.Pattern[str]:
    return re.compile(rf"^{pad}(?:(- )|  )({KEY}):", re.MULTILINE)


def _order(body: str, pad: str) -> tuple[str, ...]:
    """Give the titles in an order in which each entry may have them: a new one comes after the one it stands under."""
    order: list[str] = []
    at = 0
    for dash, title in _titles(pad).findall(body):
        at = 0 if dash else at
        if title in order:
            at = order.index(title) + 1
        else:
            order.insert(at, title)
            at += 1
        if len(order) > MOST:
            break
    return tuple(order)


def _table(columns: Sequence[Sequence[str]], order: Sequence[str], *, listed: bool) -> Table | None:
    """Put the columns that are used into the order in which their titles come, and cells without their quotes."""
    first = {at: next((row for row, said in enumerate(column) if said), -1) for at, column in enumerate(columns)}
    used = sorted((at for at, row in first.items() if row >= 0), key=first.__getitem__)
    titles = tuple(bare(order[at]) for at in used)
    if len(set(titles)) < len(titles):
        return None
    cells = []
    for at in used:
        said = {written: bare(written[2:]) for written in set(columns[at])}
        cells.append(map(said.__getitem__, columns[at]))
    return Table(listed, titles, list(map(list, zip(*cells, strict=True))))
