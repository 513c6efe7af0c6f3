"""Ledgers of one make (同一表头的台账): many units' ledgers read as one, so that work is done once for all of them.

What each unit is told is what it would be told alone: here it is only found out what nothing has to be said of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate, islice

from hazardctl import ledger as ledgers
from hazardctl.cells.terms import Terms
from hazardctl.formats import alike, csv
from hazardctl.ledger import Ledger, Place
from hazardctl.parsing import csv_place
from hazardctl.reading import Part, Tally
from hazardctl.records import immutable

FEWEST = 2


@immutable
class Raw:
    """A ledger file as it was read."""

    unit: str
    name: str  # as findings name it
    data: bytes


def together(raws: Iterable[Raw], terms: Terms, today: date) -> Iterator[tuple[Raw, Ledger, Part]]:
    """Read those ledgers together that can be; the others are left to be read alone."""
    groups: dict[bytes, list[Raw]] = {}
    for raw in raws:
        if head := alike.head_of(raw.data):
            groups.setdefault(head, []).append(raw)
    for head, group in groups.items():
        yield from _group(group, head, terms, today)


def _group(raws: Sequence[Raw], head: bytes, terms: Terms, today: date) -> Iterator[tuple[Raw, Ledger, Part]]:
    """Read a group; where one of them is out of the rule, its half is tried again without the others."""
    if len(raws) < FEWEST:
        return
    found = alike.read([raw.data for raw in raws], head)
    if found is None or not _entries_only(found):
        middle = len(raws) // 2
        yield from _group(raws[:middle], head, terms, today)
        yield from _group(raws[middle:], head, terms, today)
        return
    keys = ledgers.match(found.header, terms.headings)
    index = ledgers.first_of_each(keys)
    everything = Ledger("", "", "csv", found.header, keys, found.rows, _nowhere, index=index)
    whole = Tally(everything, terms, today, columns={key: found.columns[at] for key, at in index.items()})
    ends = accumulate(map(len, found.each))
    for raw, rows, end in zip(raws, found.each, ends, strict=True):
        ledger = Ledger(raw.unit, raw.name, "csv", found.header, keys, rows, _Places(raw), index=index, data=raw.data)
        yield raw, ledger, Part(whole, slice(end - len(rows), end))


def _entries_only(found: alike.Alike) -> bool:
    first, width = found.columns[0], len(found.header)
    most = ledgers.most_blanks(found.header)
    if not all(first) or any(map(str.isspace, first)) or most < 0:
        return False
    if sum(1 for _ in islice(filter(all, found.columns), width - most)) == width - most:
        return True  # as is the rule: so many columns without a blank leave too few for one row
    least = -(-(most + 1) // (width - most - 1))  # so many blanks stand side by side in a row with more
    return found.delimiter * least not in found.text or ledgers.all_entries(found.rows, first)


def _nowhere(row: int, column: int) -> Place:  # noqa: ARG001 -- nobody is shown a place in several files
    return 0, 0, ""


class _Places:
    """The places of a file's cells; it is only read again where one is asked for."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self._sheet: csv.Sheet | None = None

    def __call__(self, row: int, column: int) -> Place:
        if self._sheet is None:
            self._sheet = csv.read(self._raw.data, self._raw.name)
        return csv_place(self._sheet, None, row, column)
