"""Ledgers joined (合看的台账): several units' rows as one ledger, so that work is done once for all of them.

What each unit is told is what it would be told alone: here it is only found out what nothing has to be said of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from hazardctl import ledger as ledgers
from hazardctl.cells.terms import Terms
from hazardctl.formats.turned import Turned
from hazardctl.ledger import Ledger, Place
from hazardctl.reading import Part, Survey
from hazardctl.records import immutable

FEWEST = 2


@immutable
class Batch:
    """Ledgers that were read in one go, with the columns of all their rows by field."""

    ledgers: tuple[Ledger, ...]
    columns: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, ledger: Ledger) -> Batch:
        """Make a batch of a ledger that was read alone."""
        turned = list(zip(*ledger.rows, strict=True))
        return cls((ledger,), {key: turned[at] for key, at in ledger.index.items()})


@immutable
class Joined:
    """Ledgers that are looked at as one, each with its share of the rows."""

    whole: Survey
    ledgers: tuple[Ledger, ...]
    parts: tuple[Part, ...]


def join(batches: Iterable[Batch], terms: Terms, today: date) -> Iterator[Joined]:
    """Join ledgers that have the same fields, whatever their headings, their order and their encodings."""
    groups: dict[object, list[Batch]] = {}
    for batch in batches:
        first = batch.ledgers[0]
        if first.index:
            groups.setdefault((first.format, frozenset(first.index)), []).append(batch)
    for group in groups.values():
        members = tuple(ledger for batch in group for ledger in batch.ledgers)
        if len(members) >= FEWEST:
            yield _joined(group, members, terms, today)


def _joined(group: Sequence[Batch], members: tuple[Ledger, ...], terms: Terms, today: date) -> Joined:
    columns = group[0].columns
    if len(group) > 1:
        columns = {key: list(chain.from_iterable(batch.columns[key] for batch in group)) for key in columns}
    whole = Survey(titled(members[0], columns), terms, today, columns=columns)
    parts, end = [], 0
    for ledger in members:
        begin, end = end, end + len(ledger.rows)
        parts.append(Part(whole, slice(begin, end)))
    return Joined(whole, members, tuple(parts))


def titled(like: Ledger, columns: Mapping[str, Sequence[str]]) -> Ledger:
    """Make a ledger of all the rows, under the headings by which one of them calls the fields."""
    keys, headings = tuple(like.index), tuple(like.headings[at] for at in like.index.values())
    rows = Turned([columns[key] for key in keys])
    return Ledger("", "", like.format, headings, keys, rows, _nowhere, index=ledgers.first_of_each(keys))


def _nowhere(row: int, column: int) -> Place:  # noqa: ARG001 -- nobody is shown a place in several files
    return 0, 0, ""
