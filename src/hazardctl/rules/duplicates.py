"""Duplicates: one hazard that is listed twice is counted twice.

L501: Two entries describe the same hazard.

    Category, description and place are the same under two ids, and nothing says that it was found on two days. Width,
    blanks and punctuation make no difference.

    Fails::

        编号,风险隐患类别,风险隐患基本情况
        H2,1,东门门禁损坏
        H3,1,东门门禁损坏。

    Passes::

        编号,风险隐患类别,风险隐患基本情况
        H2,1,东门门禁损坏
        H3,1,西门门禁损坏
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress, count, pairwise
from operator import add

from hazardctl import wording
from hazardctl.findings import Finding, Severity
from hazardctl.reading import Reading

CODES: Mapping[str, Severity] = {"L501": Severity.WARNING}
# What an entry says on a day is one number: that of its description, and above it that of the day.
_DAY = 40
_BUT_DAY = (1 << _DAY) - 1
_ANY = -1  # stands for whatever day
OPEN = 0  # a day that nobody knows


def check(reading: Reading) -> Iterator[Finding]:
    """Find entries that say the same as an earlier one."""
    if not reading.has("description"):
        return
    told, days = reading.derived("L501", _told), reading.derived("L501 days", _days)
    if OPEN in days:  # which may be that of any other
        told = [one & _BUT_DAY for one in told]
    if len(set(told)) == len(told):  # as is the rule
        return
    places = wording.same(reading, "location")
    firsts: dict[tuple[object, ...], dict[int, int]] = {}  # what is said of what and where → day → row
    for row in _repeated(told):
        earlier = firsts.setdefault((told[row], _category(reading, row), places[row]), {})
        known = [earlier[day] for day in ((_ANY,) if days[row] == OPEN else (days[row], OPEN)) if day in earlier]
        earlier.setdefault(days[row], row)
        earlier.setdefault(_ANY, row)
        if known:
            first = min(known)
            line, other = reading.line(first, "description"), reading.ledger.cell(first, "id")
            yield reading.finding("L501", CODES["L501"], row, "description", first=line, other=other)


def _repeated(told: Sequence[int]) -> list[int]:
    """Give the rows that have the number of another; 0 is no number."""
    again = {one for one, other in pairwise(sorted(told)) if one == other} - {0}
    return list(compress(count(), map(again.__contains__, told)))


def _category(reading: Reading, row: int) -> object:
    return reading.terms.read("category", reading.raw("category")[row]).value if reading.has("category") else None


def _told(reading: Reading) -> list[int]:
    """Give each row a number, the same where description and day are; 0 where nothing is said."""
    said = wording.same(reading, "description")
    told = list(map(add, said, reading.derived("L501 days", _days)))
    return told if all(said) else [row if one else 0 for row, one in zip(told, said, strict=True)]


def _days(reading: Reading) -> list[int]:
    """Give each row a number for the day on which it was found."""
    if not reading.has("found_on"):
        return [OPEN] * len(reading)
    codes: dict[object, int] = {None: OPEN}
    fresh = count(1)  # no two threads get one number
    known = reading.terms.judged(
        ("found_on",), lambda cell: codes.setdefault(cell.value, next(fresh)) << _DAY, "L501", single=True
    )
    return list(map(known.__getitem__, reading.raw("found_on")))


def on_two_days(first: object, second: object) -> bool:
    """Tell whether two days are given and differ."""
    return bool(first and second and first != second)
