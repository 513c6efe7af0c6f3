"""Twins: one hazard in the ledgers of two units, under two ids.

X104: A hazard stands in two units' ledgers.

    Description and place are the same, and nothing says that it was found on two days: it would be counted twice. Where
    no place is given the description has to name one, or the same person has to answer for both. Blocked corridors in
    different places are as it should be, and so is a sentence that many units write.

    Fails::

        # units/a/ledger.csv
        编号,风险隐患基本情况,隐患部位
        H2,三楼安全出口上锁,人民路12号商场
        # units/b/ledger.csv
        编号,风险隐患基本情况,隐患部位
        H3,三楼安全出口上锁。,人民路１２号商场

    Passes::

        # units/a/ledger.csv
        编号,风险隐患基本情况,隐患部位
        H2,消防通道堵塞,人民路12号商场
        # units/b/ledger.csv
        编号,风险隐患基本情况,隐患部位
        H3,消防通道堵塞,解放路8号商场
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from hazardctl import text, wording
from hazardctl.findings import Finding, Severity
from hazardctl.reading import Reading
from hazardctl.records import immutable
from hazardctl.rules import across
from hazardctl.rules.across import Marks, Shown, packed
from hazardctl.rules.duplicates import on_two_days
from hazardctl.wording import ALONE, OWNED, PLACED

CODES: Mapping[str, Severity] = {"X104": Severity.WARNING}
COMMON = 3  # units: what more of them write is a usual phrase


def marks(reading: Reading) -> Marks:
    """Reduce a ledger to all that has to be compared across units: its ids, and each hazard that tells where it is."""
    numbers, days = reading.derived("X104", _numbers), bytes(reading.derived("X104 days", _days))
    if len(set(numbers)) < len(numbers) or not all(numbers):
        day_of: dict[int, int] = {}
        for number, day in zip(numbers, days, strict=True):
            if day_of.setdefault(number, day) != day:  # of one that was found on several days the day is left open
                day_of[number] = 0
        day_of.pop(0, None)
        numbers, days = list(day_of), bytes(list(day_of.values()))  # a list is taken over many times as quickly
    return across.marks(reading, packed(numbers), days if days.count(0) < len(days) else b"")


def _numbers(reading: Reading) -> list[int]:
    """Give each hazard a number that is the same on every machine, 0 where it could be anybody's."""
    columns = (wording.numbers(reading, key) for key in ("description", "location", "owner"))
    return [
        (said ^ place if said >= PLACED else 0) if place
        else said if said >= ALONE
        else said ^ owner if owner and said >= OWNED
        else 0
        for said, place, owner in zip(*columns, strict=True)
    ]  # fmt: skip


def _days(reading: Reading) -> Any:  # bytes, which are parted as a list is
    """Give the day of each row as one of 255, 0 where none is given."""
    if not reading.has("found_on"):
        return bytes(len(reading))
    known = reading.terms.judged(("found_on",), lambda cell: _day(cell.value), "X104", single=True)
    return bytes(list(map(known.__getitem__, reading.raw("found_on"))))


def _day(value: object) -> int:
    return 1 + value.toordinal() % 255 if isinstance(value, date) else 0


Asked = dict[int, dict[int, set[int]]]
"""Hazards that may be the same, by the place of the unit among all, and by that of another before it."""


def check(shown: Shown, open_reading: Callable[[str], Reading | None]) -> Iterator[Finding]:
    """Find hazards that stand in two units; `open_reading` is asked where there may be some, once for each."""
    asked = _asked(shown)
    firsts: dict[int, set[int]] = {}
    for others in asked.values():
        for other, hazards in others.items():
            firsts.setdefault(other, set()).update(hazards)
    kept: dict[int, dict[int, list[_Entry]]] = {}
    found: dict[tuple[int, int], list[Finding]] = {}
    for number in sorted(asked.keys() | firsts.keys()):
        reading = open_reading(shown.units[number].unit)
        if reading is None:  # changed while we looked
            continue
        for other, hazards in asked.get(number, {}).items():
            if other in kept:
                found[other, number] = list(_shared(kept[other], reading, hazards))
        if number in firsts:
            kept[number] = _entries(reading, firsts[number])
    for _, told in sorted(found.items(), key=lambda pair: pair[0]):
        yield from told


def _asked(shown: Shown) -> Asked:
    """Find what may be the same, but for what more units write; copies of whole ledgers are told as such."""
    owners: dict[int, list[tuple[int, int]]] = {}
    for number, held in shown.hazards.holders(shown.hazards.repeated(COMMON)):
        days = shown.units[number].days
        for one, at in held.items():
            owners.setdefault(one, []).append((number, days[at] if days else 0))
    files = [unit.sha256 for unit in shown.units]
    asked: Asked = {}
    for one, ((first, day), *others) in owners.items():
        for other, another in others:
            if not (files[first] and files[first] == files[other]) and not on_two_days(day, another):
                asked.setdefault(other, {}).setdefault(first, set()).add(one)
    return asked


@immutable
class _Entry:
    """What another unit's ledger is held against."""

    line: str
    entry: str
    found: object
    unit: str
    path: str


def _rows(reading: Reading, hazards: set[int]) -> list[tuple[int, int]]:
    """Give the rows of some hazards, with the number of each."""
    return [(row, one) for row, one in enumerate(reading.derived("X104", _numbers)) if one in hazards]


def _entries(reading: Reading, hazards: set[int]) -> dict[int, list[_Entry]]:
    known: dict[int, list[_Entry]] = {}
    ledger = reading.ledger
    for row, number in _rows(reading, hazards):
        entry = _Entry(
            reading.line(row, "description"), _id(reading, row), _found(reading, row), ledger.unit, ledger.path
        )
        known.setdefault(number, []).append(entry)
    return known


def _shared(known: Mapping[int, Sequence[_Entry]], reading: Reading, hazards: set[int]) -> Iterator[Finding]:
    for row, number in _rows(reading, hazards):
        others, entry, found = known.get(number, ()), _id(reading, row), _found(reading, row)
        if entry and entry in [one.entry for one in others]:
            continue  # told as one entry in two ledgers
        one = next((one for one in others if not on_two_days(one.found, found)), None)
        if one is None:
            continue
        yield reading.finding(
            "X104", CODES["X104"], row, "description", other=one.unit, other_path=one.path, other_line=one.line,
            other_entry=one.entry,
        )  # fmt: skip


def _id(reading: Reading, row: int) -> str:
    return text.fold(reading.ledger.cell(row, "id").strip())


def _found(reading: Reading, row: int) -> object:
    return reading.terms.read("found_on", reading.raw("found_on")[row]).value if reading.has("found_on") else None
