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
from collections.abc import Iterator, Mapping
from itertools import compress, count
from operator import ne

from hazardctl.cells.terms import LARGEST
from hazardctl.findings import Finding, Severity
from hazardctl.reading import Reading

CODES: Mapping[str, Severity] = {"L501": Severity.WARNING}
_IDLE = re.compile(r"[^\w\0]+|_+")


def check(reading: Reading) -> Iterator[Finding]:
    """Find entries that say the same as an earlier one."""
    if not reading.has("description"):
        return
    plain = folded(reading, "description")
    last = dict(zip(plain, range(len(plain)), strict=True))
    if len(last) == len(plain):
        return
    earlier = list(compress(count(), map(ne, map(last.__getitem__, plain), count())))  # rows that come again
    rows = sorted({*earlier, *(last[plain[row]] for row in earlier)})
    raws = reading.raw("description")
    said_nothing = {raw for raw, cell in reading.noticed("description").items() if cell.value is None}
    keys = [key for key in ("category", "location") if reading.has(key)]
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        if not plain[row] or raws[row] in said_nothing:
            continue
        same = (plain[row], *[str(_value(reading, key, row)) for key in keys])
        first = seen.setdefault(same, row)
        if first == row or on_two_days(*(_value(reading, "found_on", one) for one in (first, row))):
            continue
        line, other = reading.line(first, "description"), reading.ledger.cell(first, "id")
        yield reading.finding("L501", CODES["L501"], row, "description", first=line, other=other)


def _value(reading: Reading, key: str, row: int) -> object:
    return reading.terms.read(key, reading.raw(key)[row]).value if reading.has(key) else None


def folded(reading: Reading, key: str) -> list[str]:
    """Give each text of a field without what makes no difference."""
    return reading.derived(("folded", key), lambda whole: _folded(whole, key))


def _folded(reading: Reading, key: str) -> list[str]:
    """Fold all new texts in one go, since there may be many."""
    raws = reading.raw(key)
    known = reading.terms.judged((key,), lambda cell: cell.raw, "L501", single=True)
    if new := [raw for raw in set(raws) if raw not in known]:
        whole = unicodedata.normalize("NFKC", "\0".join(new)).casefold()  # NUL is in no ledger that could be read
        known.update(zip(new, _IDLE.sub("", whole).split("\0"), strict=True))
    plain = list(map(known.__getitem__, raws))
    if len(known) > LARGEST:
        known.clear()
    return plain


def on_two_days(first: object, second: object) -> bool:
    """Tell whether two days are given and differ."""
    return bool(first and second and first != second)
