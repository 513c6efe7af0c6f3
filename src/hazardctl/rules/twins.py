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
from dataclasses import replace

from hazardctl import text
from hazardctl.cells.terms import LARGEST
from hazardctl.findings import Finding, Severity
from hazardctl.reading import Reading
from hazardctl.rules import across
from hazardctl.rules.across import Marks, digests_of, repeated
from hazardctl.rules.duplicates import folded, on_two_days

CODES: Mapping[str, Severity] = {"X104": Severity.WARNING}
COMMON = 3  # units: what more of them write is a usual phrase
_NAMES_A_PLACE = re.compile(r"[路街巷村镇乡]\w{0,4}\d+号|(?:公司|大厦|商场|广场|小区|酒店|宾馆)")
_POST = re.compile(r"[长任科股室办部组员]|书记|负责")
_LEAST = 4  # characters of a description that tells one hazard from another
_LONG = 12  # and of one whose place is not given beside it


def marks(reading: Reading) -> Marks:
    """Reduce a ledger to all that has to be compared across units: its ids, and each hazard that tells where it is."""
    return replace(across.marks(reading), hazards=b"".join(sorted({*reading.derived("X104", _digests)} - {b""})))


def _digests(reading: Reading) -> list[bytes]:
    """Give each hazard's digest, nothing where it could be anybody's."""
    known: dict[tuple[str, ...], bytes] = reading.terms.kept.setdefault("X104", {})
    told = list(_told(reading))
    new = [(cells, _key(*cells)) for cells in {*told} - known.keys()]
    known.update((cells, b"") for cells, key in new if not key)
    whole = [(cells, key) for cells, key in new if key]
    known.update(zip([cells for cells, _ in whole], digests_of([key for _, key in whole]), strict=True))
    found = [known[cells] for cells in told]
    if len(known) > LARGEST:
        known.clear()
    return found


def keys(reading: Reading) -> list[str]:
    """Give what tells each hazard apart, blank where it could be anybody's."""
    return [_key(*cells) for cells in _told(reading)]


def _told(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Give what is compared of each row: what was found, where, and who answers for it."""
    if reading.has("description"):
        said, places, owners = (_said(reading, key) for key in ("description", "location", "owner"))
        yield from zip(said, places, owners, strict=True)


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


def check(units: Sequence[Marks], open_reading: Callable[[str], Reading | None]) -> Iterator[Finding]:
    """Find hazards that stand in two units; `open_reading` is asked only where there are some."""
    for here, there in _pairs(units):
        first, second = open_reading(units[here].unit), open_reading(units[there].unit)
        if first is not None and second is not None:  # else changed while we looked
            yield from _shared(first, second)


def _pairs(units: Sequence[Marks]) -> list[tuple[int, int]]:
    """Name the units that share a hazard, two by two; copies of whole ledgers are told as such."""
    twice = repeated([unit.hazards for unit in units])
    owners: dict[bytes, list[int]] = {one: [] for one in twice}
    for number, unit in enumerate(units) if twice else ():
        for one in twice.intersection(across.cut(unit.hazards)):
            owners[one].append(number)
    pairs = {(some[0], other) for some in owners.values() if len(some) <= COMMON for other in some[1:]}
    return sorted(pair for pair in pairs if not _same_file(units[pair[0]], units[pair[1]]))


def _same_file(one: Marks, other: Marks) -> bool:
    return bool(one.sha256) and one.sha256 == other.sha256


def _shared(first: Reading, second: Reading) -> Iterator[Finding]:
    known: dict[str, int] = {}
    for row, key in enumerate(keys(first)):
        known.setdefault(key, row)
    for row, key in enumerate(keys(second)):
        if not key or key not in known:
            continue
        at = known[key]
        if _id(first, at) == _id(second, row) != "" or on_two_days(_found(first, at), _found(second, row)):
            continue
        ledger = first.ledger
        line = str(ledger.where(at, "description")[0])
        yield second.finding(
            "X104", CODES["X104"], row, "description", other=ledger.unit, other_path=ledger.path, other_line=line,
            other_entry=_id(first, at),
        )  # fmt: skip


def _id(reading: Reading, row: int) -> str:
    return text.fold(reading.ledger.cell(row, "id").strip())


def _found(reading: Reading, row: int) -> object:
    return reading.terms.read("found_on", reading.raw("found_on")[row]).value if reading.has("found_on") else None
