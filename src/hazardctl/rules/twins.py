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

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import repeat
from typing import Any
from zlib import adler32, crc32

from hazardctl import text
from hazardctl.cells.terms import LARGEST
from hazardctl.findings import Finding, Severity
from hazardctl.reading import Reading
from hazardctl.records import immutable
from hazardctl.rules import across
from hazardctl.rules.across import Marks, Shown, packed
from hazardctl.rules.duplicates import folded, on_two_days

CODES: Mapping[str, Severity] = {"X104": Severity.WARNING}
COMMON = 3  # units: what more of them write is a usual phrase
_NAMES_A_PLACE = re.compile(
    r"[路街巷村镇乡公大商广小酒宾]"  # first what any of these begins with: it is looked for many times as quickly
    r"(?:(?<=[路街巷村镇乡])\w{0,4}\d+号|(?<=公)司|(?<=大)厦|(?<=商)场|(?<=广)场|(?<=小)区|(?<=酒)店|(?<=宾)馆)"
)
_POST = re.compile(r"[长任科股室办部组员]|书记|负责")
_LEAST = 4  # characters of a description that tells one hazard from another
_LONG = 12  # and of one whose place is not given beside it


def marks(reading: Reading) -> Marks:
    """Reduce a ledger to all that has to be compared across units: its ids, and each hazard that tells where it is."""
    numbers, days = reading.derived("X104", _numbers), reading.derived("X104 days", _days)
    day_of = dict(zip(numbers, days, strict=True))
    if list(map(day_of.__getitem__, numbers)) != days:
        for number, day in zip(numbers, days, strict=True):
            if day_of[number] != day:  # of one that was found on several days the day is left open
                day_of[number] = 0
    day_of.pop(0, None)
    hazards = sorted(day_of)
    shown = bytes(list(map(day_of.__getitem__, hazards)))  # a list is taken over many times as quickly
    return across.marks(reading, packed(hazards), shown if any(shown) else b"")


def _numbers(reading: Reading) -> list[int]:
    """Give each hazard a number that is the same on every machine, 0 where it could be anybody's.

    It only sorts out what has to be compared in full.
    """
    told = list(_told(reading))
    known: dict[tuple[str, str, str], int] = reading.terms.kept.setdefault("X104", {})
    found: list[Any] = list(map(known.get, told))  # as is the rule, many are known
    if None in found:
        known.update(_hashed(list({cells for cells, number in zip(told, found, strict=True) if number is None})))
        found = list(map(known.__getitem__, told))
    if len(known) > LARGEST:
        known.clear()
    return found


def _hashed(told: Sequence[tuple[str, str, str]]) -> Iterator[tuple[tuple[str, str, str], int]]:
    """Give each of some hazards with its number."""
    keys = [_key(*cells) for cells in told]
    said = list(map(str.encode, keys, repeat("utf-8"), repeat("surrogatepass")))
    hashes = zip(keys, map(crc32, said), map(adler32, said), strict=True)
    return zip(told, [first << 32 | second if key else 0 for key, first, second in hashes], strict=True)


def keys(reading: Reading) -> list[str]:
    """Give what tells each hazard apart, blank where it could be anybody's."""
    return [_key(*cells) for cells in _told(reading)]


def _days(reading: Reading) -> list[int]:
    """Give the day of each row as one of 255, 0 where none is given."""
    if not reading.has("found_on"):
        return [0] * len(reading)
    raws = reading.raw("found_on")
    known = {raw: _day(reading.terms.read("found_on", raw).value) for raw in {*raws}}
    return list(map(known.__getitem__, raws))


def _day(value: object) -> int:
    return 1 + value.toordinal() % 255 if isinstance(value, date) else 0


def _told(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Give what is compared of each row: what was found, where, and who answers for it."""
    said, places, owners = (_said(reading, key) for key in ("description", "location", "owner"))
    return zip(said, places, owners, strict=True)


def _said(reading: Reading, key: str) -> list[str]:
    """Give a field's cells as they are compared, blank where they only fill the place."""
    if not reading.has(key):
        return [""] * len(reading)
    blank = {raw for raw, cell in reading.noticed(key).items() if cell.value is None}
    plain = folded(reading, key)
    return ["" if raw in blank else one for raw, one in zip(reading.raw(key), plain, strict=True)] if blank else plain


def _key(said: str, place: str, owner: str) -> str:
    if place:
        return f"{said}\0{place}" if len(said) >= _LEAST else ""
    if len(said) < _LONG:
        return ""
    if _NAMES_A_PLACE.search(said):
        return said
    return f"{said}\0\0{owner}" if owner and not _POST.search(owner) else ""  # a person works in one unit


Asked = dict[int, dict[int, set[int]]]
"""Hazards that may be the same, by the place of the unit among all, and by that of another before it."""


def check(shown: Shown, open_reading: Callable[[str], Reading | None]) -> Iterator[Finding]:
    """Find hazards that stand in two units; `open_reading` is asked where there may be some, once for each."""
    asked = _asked(shown)
    firsts: dict[int, set[int]] = {}
    for others in asked.values():
        for other, hazards in others.items():
            firsts.setdefault(other, set()).update(hazards)
    kept: dict[int, dict[str, list[_Entry]]] = {}
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
    """Find what may be the same; copies of whole ledgers are told as such."""

    @lru_cache(2 * COMMON)
    def days(unit: int) -> dict[int, int]:
        return dict(zip(shown.hazards.run(unit), shown.units[unit].days or repeat(0)))  # noqa: B905 -- without end

    asked: Asked = {}
    for (here, there), hazards in sorted(_pairs(shown).items()):
        first, second = days(here), days(there)
        same = {one for one in hazards if not on_two_days(first[one], second[one])}
        if same:
            asked.setdefault(there, {})[here] = same
    return asked


def _pairs(shown: Shown) -> dict[tuple[int, int], list[int]]:
    """Give the hazards that units share, two by two, but for what more of them write."""
    owners: dict[int, list[int]] = {}
    for number, hazards in shown.hazards.holders(shown.hazards.repeated(COMMON)):
        for one in hazards:
            owners.setdefault(one, []).append(number)
    files = [unit.sha256 for unit in shown.units]
    pairs: dict[tuple[int, int], list[int]] = {}
    for one, (first, *others) in owners.items():
        for other in others:
            if not files[first] or files[first] != files[other]:
                pairs.setdefault((first, other), []).append(one)
    return pairs


@immutable
class _Entry:
    """What another unit's ledger is held against."""

    line: str
    entry: str
    found: object
    unit: str
    path: str


def _rows(reading: Reading, hazards: set[int]) -> Iterator[tuple[int, str]]:
    """Give the rows of some hazards, with what tells these apart."""
    rows = [row for row, one in enumerate(reading.derived("X104", _numbers)) if one in hazards]
    told = list(_told(reading))
    return ((row, _key(*told[row])) for row in rows)


def _entries(reading: Reading, hazards: set[int]) -> dict[str, list[_Entry]]:
    known: dict[str, list[_Entry]] = {}
    ledger = reading.ledger
    for row, key in _rows(reading, hazards):
        entry = _Entry(
            reading.line(row, "description"), _id(reading, row), _found(reading, row), ledger.unit, ledger.path
        )
        known.setdefault(key, []).append(entry)
    return known


def _shared(known: Mapping[str, Sequence[_Entry]], reading: Reading, hazards: set[int]) -> Iterator[Finding]:
    for row, key in _rows(reading, hazards):
        others, entry, found = known.get(key, ()), _id(reading, row), _found(reading, row)
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
