"""Ledgers of one make (同一表头的台账): files under one heading row are read in one go, many times as quickly.

What comes out is what each would give by itself; a file of which that is not certain is left to be read alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice

from hazardctl import ledger as ledgers
from hazardctl.cells.terms import Terms
from hazardctl.formats import alike, csv
from hazardctl.formats.alike import Alike
from hazardctl.joined import Batch
from hazardctl.ledger import Ledger, Place
from hazardctl.parsing import csv_place
from hazardctl.records import immutable

FEWEST = 2


@immutable
class Raw:
    """A ledger file as it was read."""

    unit: str
    name: str  # as findings say it
    data: bytes


def read(raws: Iterable[Raw], terms: Terms) -> Iterator[Batch]:
    """Read those ledgers together that can be; the others are left out."""
    groups: dict[bytes, list[Raw]] = {}
    for raw in raws:
        if raw.name.endswith(".csv") and (head := alike.head_of(raw.data)):
            groups.setdefault(head, []).append(raw)
    for head, group in groups.items():
        yield from _group(group, head, terms)


def _group(raws: Sequence[Raw], head: bytes, terms: Terms) -> Iterator[Batch]:
    """Read a group; where one of them is out of the rule, the others are tried without it."""
    if len(raws) < FEWEST:
        return
    found = alike.read([raw.data for raw in raws], head)
    if found is None:
        even = [raw for raw in raws if alike.is_even(raw.data, head)]
        halves = [even] if len(even) < len(raws) else [raws[: len(raws) // 2], raws[len(raws) // 2 :]]
        for some in halves:
            yield from _group(some, head, terms)
        return
    keys = ledgers.match(found.header, terms.headings)
    if odd := _with_other_rows(found, keys):
        raws = [raw for at, raw in enumerate(raws) if at not in odd]
        found = alike.without(found, odd)
    if not raws:
        return
    index = ledgers.first_of_each(keys)
    made = tuple(
        Ledger(raw.unit, raw.name, "csv", found.header, keys, rows, _Places(raw), index=index, data=raw.data)
        for raw, rows in zip(raws, found.each, strict=True)
    )
    yield Batch(made, {key: found.columns[at] for key, at in index.items()})


def _with_other_rows(found: Alike, keys: Sequence[str]) -> set[int]:
    """Give the numbers of the files that hold rows which are no entries."""
    doubtful = _doubtful(found)
    ends = list(accumulate(map(len, found.each))) if doubtful else []
    rows = {row: [column[row] for column in found.columns] for row in doubtful}
    return {bisect_right(ends, row) for row, cells in rows.items() if not ledgers.sort_out([cells], keys)[0]}


def _doubtful(found: Alike) -> Sequence[int]:
    """Give the rows, few as a rule, that may be something else than entries."""
    first, width = found.columns[0], len(found.header)
    most = ledgers.most_blanks(found.header)
    if most < 0:
        return range(len(first))
    sound = _is_filled(first)
    rows = [] if sound else [row for row, cell in enumerate(first) if not cell.strip()]
    enough = width - most - sound
    if sum(1 for _ in islice(filter(_is_filled, found.columns[1:]), enough)) == enough:
        return rows  # as is the rule: so many columns without a blank leave too few for one row
    least = -(-(most + 1) // (width - most - 1))  # so many blanks stand side by side in a row with more
    if found.delimiter * least in found.text or any(map(str.isspace, chain.from_iterable(found.columns))):
        each = enumerate(zip(*found.columns, strict=True))
        rows += [row for row, cells in each if width - len(list(filter(str.strip, cells))) > most]
    return rows


def _is_filled(column: Sequence[str]) -> bool:
    """Tell that no cell of a column is blank."""
    return all(column) and not any(map(str.isspace, column))


class _Places:
    """The places of a file's cells; it is only read again where one is asked for."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self._sheet: csv.Sheet | None = None

    def __call__(self, row: int, column: int) -> Place:
        if self._sheet is None:
            self._sheet = csv.read(self._raw.data, self._raw.name)
        return csv_place(self._sheet, None, row, column)
