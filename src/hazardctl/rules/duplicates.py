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

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, filterfalse, repeat

from hazardctl.cells.terms import LARGEST, Terms
from hazardctl.findings import Finding, Severity
from hazardctl.reading import Reading

CODES: Mapping[str, Severity] = {"L501": Severity.WARNING}
_IDLE = re.compile(r"[^\w\0]+|_+")


def check(reading: Reading) -> Iterator[Finding]:
    """Find entries that say the same as an earlier one."""
    if not reading.has("description"):
        return
    told = reading.derived("L501", _told)
    if len(set(told)) == len(told):
        return
    often = Counter(told)
    seen: dict[tuple[int, str], int] = {}
    for row, same in enumerate(told):
        if often[same] == 1 or not same:
            continue
        first = seen.setdefault((same, str(_value(reading, "location", row))), row)
        if first == row or on_two_days(*(_value(reading, "found_on", one) for one in (first, row))):
            continue
        line, other = reading.line(first, "description"), reading.ledger.cell(first, "id")
        yield reading.finding("L501", CODES["L501"], row, "description", first=line, other=other)


def _told(reading: Reading) -> list[int]:
    """Give each row a number for its description and category, the same where these are; 0 where nothing is said."""
    said_nothing = {raw for raw, cell in reading.noticed("description").items() if cell.value is None}
    plain = folded(reading, "description")
    if said_nothing:
        plain = ["" if raw in said_nothing else one for raw, one in zip(reading.raw("description"), plain, strict=True)]
    codes: Iterable[str] = repeat("", len(plain))
    if reading.has("category"):
        known = reading.terms.judged(("category",), lambda cell: str(cell.value), "L501", single=True)
        codes = map(known.__getitem__, reading.raw("category"))
    numbers: dict[tuple[str, str], int] = {}
    told = list(map(numbers.setdefault, zip(plain, codes, strict=True), count(1)))
    return [number if one else 0 for number, one in zip(told, plain, strict=True)] if "" in plain else told


def _value(reading: Reading, key: str, row: int) -> object:
    return reading.terms.read(key, reading.raw(key)[row]).value if reading.has(key) else None


def folded(reading: Reading, key: str) -> list[str]:
    """Give each text of a field without what makes no difference."""
    return reading.derived(("folded", key), lambda whole: fold(whole.terms, key, whole.raw(key)))


def fold(terms: Terms, key: str, raws: Sequence[str]) -> list[str]:
    """Fold texts of a field, all new ones in one go, since there may be many."""
    known = terms.judged((key,), lambda cell: cell.raw, "L501", single=True)
    if new := list(filterfalse(known.__contains__, set(raws))):
        whole = unicodedata.normalize("NFKC", "\0".join(new)).casefold()  # NUL is in no ledger that could be read
        known.update(zip(new, _IDLE.sub("", whole).split("\0"), strict=True))
    plain = list(map(known.__getitem__, raws))
    if len(known) > LARGEST:
        known.clear()
    return plain


def on_two_days(first: object, second: object) -> bool:
    """Tell whether two days are given and differ."""
    return bool(first and second and first != second)
