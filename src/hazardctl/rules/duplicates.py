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

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, repeat

from hazardctl import wording
from hazardctl.findings import Finding, Severity
from hazardctl.reading import Reading

CODES: Mapping[str, Severity] = {"L501": Severity.WARNING}


def check(reading: Reading) -> Iterator[Finding]:
    """Find entries that say the same as an earlier one."""
    if not reading.has("description"):
        return
    told = reading.derived("L501", _told)
    if len(set(told)) == len(told):
        return
    seen: dict[tuple[int, str], int] = {}
    for row in _repeated(told):
        first = seen.setdefault((told[row], str(_value(reading, "location", row))), row)
        if first == row or on_two_days(*(_value(reading, "found_on", one) for one in (first, row))):
            continue
        line, other = reading.line(first, "description"), reading.ledger.cell(first, "id")
        yield reading.finding("L501", CODES["L501"], row, "description", first=line, other=other)


def _repeated(told: Sequence[int]) -> list[int]:
    """Give the rows that have the number of another."""
    first = dict(zip(reversed(told), reversed(range(len(told))), strict=True))
    later = [row for row, one in enumerate(told) if one and first[one] != row]
    return sorted({*later, *(first[told[row]] for row in later)})


def _told(reading: Reading) -> list[int]:
    """Give each row a number for its description and category, the same where these are; 0 where nothing is said."""
    said = wording.folded(reading, "description")
    codes: Iterable[str] = repeat("", len(said))
    if reading.has("category"):
        known = reading.terms.judged(("category",), lambda cell: str(cell.value), "L501", single=True)
        codes = map(known.__getitem__, reading.raw("category"))
    rows: dict[tuple[str, str], int] = {}
    told = list(map(rows.setdefault, zip(said, codes, strict=True), count(1)))
    return told if all(said) else [row if one else 0 for row, one in zip(told, said, strict=True)]


def _value(reading: Reading, key: str, row: int) -> object:
    return reading.terms.read(key, reading.raw(key)[row]).value if reading.has(key) else None


def on_two_days(first: object, second: object) -> bool:
    """Tell whether two days are given and differ."""
    return bool(first and second and first != second)
