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
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import filterfalse, repeat
from typing import Any
from zlib import adler32, crc32

from hazardctl import text
from hazardctl.cells.terms import LARGEST
from hazardctl.findings import Finding, Severity
from hazardctl.reading import Reading
from hazardctl.records import immutable
from hazardctl.rules import across
from hazardctl.rules.across import Marks, Shown, distinct, packed
from hazardctl.rules.duplicates import fold, on_two_days

CODES: Mapping[str, Severity] = {"X104": Severity.WARNING}
COMMON = 3  # units: what more of them write is a usual phrase
_NAMES_A_PLACE = re.compile(
    r"[路街巷村镇乡公大商广小酒宾]"  # first what any of these begins with: it is looked for many times as quickly
    r"(?:(?<=[路街巷村镇乡])\w{0,4}\d+号|(?<=公)司|(?<=大)厦|(?<=商)场|(?<=广)场|(?<=小)区|(?<=酒)店|(?<=宾)馆)"
)
_POST = re.compile(r"[长任科股室办部组员]|书记|负责")
_LEAST = 4  # characters of a description that tells one hazard from another
_LONG = 12  # and of one whose place is not given beside it
_COMPARED = ("description", "location", "owner")
Told = tuple[str, str, str]


def marks(reading: Reading) -> Marks:
    """Reduce a ledger to all that has to be compared across units: its ids, and each hazard that tells where it is."""
    numbers: Any = reading.derived("X104", _numbers)
    days: Any = reading.derived("X104 days", _days)
    hazards = distinct(numbers)
    if len(hazards) < len(numbers):
        day_of: dict[int, int] = {}
        for number, day in zip(numbers, days, strict=True):
            if day_of.setdefault(number, day) != day:  # of one that was found on several days the day is left open
                day_of[number] = 0
        days = bytes(map(day_of.__getitem__, hazards))
    return across.marks(reading, packed(hazards), days if days.count(0) < len(days) else b"")


def _numbers(reading: Reading) -> Any:  # an array, which is parted as a list is
    """Give each hazard a number that is the same on every machine, 0 where it could be anybody's.

    It only sorts out what has to be compared in full.
    """
    told = _told(reading)
    known: dict[Told, int] = reading.terms.kept.setdefault("X104", {})
    if new := list(set(filterfalse(known.__contains__, told))):  # as is the rule, many are known
        known.update(zip(new, map(_hash, _keys(reading, new)), strict=True))
    found = array("Q", list(map(known.__getitem__, told)))
    if len(known) > LARGEST:
        known.clear()
    return found


def _hash(key: str) -> int:
    said = key.encode("utf-8", "surrogatepass")
    return adler32(said) << 32 | crc32(said) if key else 0


def _days(reading: Reading) -> Any:  # bytes, which are parted as a list is
    """Give the day of each row as one of 255, 0 where none is given."""
    if not reading.has("found_on"):
        return bytes(len(reading))
    known = reading.terms.judged(("found_on",), lambda cell: _day(cell.value), "X104", single=True)
    return bytes(list(map(known.__getitem__, reading.raw("found_on"))))  # a list is taken over many times as quickly


def _day(value: object) -> int:
    return 1 + value.toordinal() % 255 if isinstance(value, date) else 0


def _told(reading: Reading) -> list[Told]:
    """Give what is compared of each row, as it is written: what was found, where, and who answers for it."""
    said, places, owners = (reading.raw(key) if reading.uses(key) else ("",) * len(reading) for key in _COMPARED)
    return list(zip(said, places, owners, strict=True))


def keys(reading: Reading) -> list[str]:
    """Give what tells each hazard apart, blank where it could be anybody's."""
    return _keys(reading, _told(reading))


def _keys(reading: Reading, told: Sequence[Told]) -> list[str]:
    """Give what tells some of its hazards apart."""
    columns = zip(*told, strict=True) if told else ((), (), ())
    said, places, owners = (_said(reading, key, raws) for key, raws in zip(_COMPARED, columns, strict=True))
    return list(map(_key, said, places, owners))


def _said(reading: Reading, key: str, raws: Sequence[str]) -> list[str]:
    """Give cells of a field as they are compared, blank where they only fill the place."""
    if not reading.has(key):
        return [""] * len(raws)
    blank = {raw for raw, cell in reading.noticed(key).items() if cell.value is None}
    plain = fold(reading.terms, key, raws)
    return ["" if raw in blank else one for raw, one in zip(raws, plain, strict=True)] if blank else plain


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
    told = _told(reading)
    return zip(rows, _keys(reading, [told[row] for row in rows]), strict=True)


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
