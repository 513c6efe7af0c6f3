"""A partial (单位分量): what one unit, or any number of units together, adds to a table.

Partials add up in any order and any grouping to the same sum. No figure of them knows of today: open entries are kept
as a histogram of their deadlines, and who is overdue is decided when the table is printed. Only the number of findings
may depend on the day of the run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from hazardctl.records import immutable

Number = int | Decimal
Spot = tuple[str, int, str]
"""Group of the table's rows, number of the measure, and a day: a deadline, or the end of a figure's period."""

Remark = tuple[str, ...]
"""A kind, what it is about, and for some kinds where and what: `uncounted` field (rows), `lacking` field (rows of a
ledger without its column), `closed` (rows of a unit that is not asked), `half` figures (reported without the rest of
their rate), `figure` figure, why it is left out, places, values; `broken` rule, place; `rows` (read)."""

BLANK = "blank"  # stands for the day where entries have a field left blank that is added up
LACKING = "lacking"  # stands for the day where a unit's ledger has no column for what is counted; how many units
EXACT = Context(prec=400, rounding=ROUND_HALF_UP)


@immutable
class Partial:
    """Sums that add up; every part is a mapping to numbers, and a key that is there was reported, be it with 0."""

    states: Mapping[str, int] = field(default_factory=dict)  # how many units gave entries, nil, nothing …
    amounts: Mapping[Spot, Number] = field(default_factory=dict)
    remarks: Mapping[Remark, int] = field(default_factory=dict)  # what a reader of the table has to be told
    findings: Mapping[str, int] = field(default_factory=dict)  # severity → findings in the files read

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel light: there are many."""
        return Partial, (dict(self.states), dict(self.amounts), dict(self.remarks), dict(self.findings))


NOTHING = Partial()


def add(one: Partial, other: Partial) -> Partial:
    """Add two partials."""
    return total((one, other))


def total(partials: Iterable[Partial]) -> Partial:
    """Add up any number of partials."""
    given = list(partials)
    return Partial(
        summed([one.states for one in given]), summed([one.amounts for one in given]),
        summed([one.remarks for one in given]), summed([one.findings for one in given]),
    )  # fmt: skip


def summed(parts: Iterable[Mapping[Any, Any]]) -> dict[Any, Any]:
    """Add up numbers by their keys."""
    sums: dict[Any, Any] = {}
    for more in parts:
        for key, number in more.items():
            known = sums.get(key)
            if known is None:
                sums[key] = number
            else:
                sums[key] = known + number if type(known) is int is type(number) else plus(known, number)
    return sums


def plus(one: Number, other: Number) -> Number:
    """Add two numbers without rounding."""
    if type(one) is int and type(other) is int:
        return one + other
    return EXACT.add(Decimal(one), Decimal(other))


def by_group(partial: Partial) -> Mapping[str, Partial]:
    """Take a partial apart by the groups its figures belong to."""
    groups: dict[str, dict[Spot, Number]] = {}
    for (group, measure, day), number in partial.amounts.items():
        groups.setdefault(group, {})["", measure, day] = number
    return {group: Partial(amounts=amounts) for group, amounts in groups.items()}
