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

from collections.abc import Iterator, Mapping

from hazardctl.findings import Finding, Severity
from hazardctl.reading import Reading
from hazardctl.terms import word

CODES: Mapping[str, Severity] = {"L501": Severity.WARNING}


def check(reading: Reading) -> Iterator[Finding]:
    """Find entries that say the same as an earlier one."""
    if not reading.has("description"):
        return
    described = reading.distinct("description")
    folded = {raw: word(raw) if cell.value else "" for raw, cell in described.items()}
    keys = [key for key in ("category", "location") if reading.has(key)]
    others = [[str(cell.value) for cell in reading.cells(key)] for key in keys]
    found_on = reading.cells("found_on") if reading.has("found_on") else None
    seen: dict[tuple[str, ...], int] = {}
    for row, raw in enumerate(reading.raw("description")):
        if not folded[raw]:
            continue
        same = (folded[raw], *(column[row] for column in others))
        first = seen.setdefault(same, row)
        if first == row or (found_on and _on_two_days(found_on[first].value, found_on[row].value)):
            continue
        line, _, _ = reading.ledger.where(first, "description")
        yield reading.finding(
            "L501", CODES["L501"], row, "description", first=str(line), other=reading.ledger.cell(first, "id")
        )


def _on_two_days(first: object, second: object) -> bool:
    return bool(first and second and first != second)
