"""Outliers: a figure that is far from what the unit itself has reported before.

The examples report for a checklist with the figure visits (走访人次, a flow).

G116: A figure is far from the unit's own earlier ones.

    Held against at least six earlier periods of the same kind: their median, and how far they usually lie from it.

    Fails::

        period,key,value
        2022-01,visits,12
        2022-02,visits,14
        2022-03,visits,11
        2022-04,visits,13
        2022-05,visits,12
        2022-06,visits,15
        2022-07,visits,130

    Passes::

        period,key,value
        2022-01,visits,12
        2022-02,visits,14
        2022-03,visits,11
        2022-04,visits,13
        2022-05,visits,12
        2022-06,visits,15
        2022-07,visits,19
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from hazardctl import i18n
from hazardctl.cells.quantities import format_number
from hazardctl.figures import Figures, Reported
from hazardctl.findings import Finding, Severity
from hazardctl.rules.figures import Report

Number = int | Decimal
CODES: Mapping[str, Severity] = {"G116": Severity.WARNING}
EARLIER = 6  # fewer say nothing of what is usual
FAR = Decimal("8.9")  # median distances: six standard deviations of figures that scatter evenly
LEAST = Decimal(5)  # small figures double from one month to the next without meaning anything


def check(given: Report) -> Iterator[Finding]:
    """Find figures that are far from the unit's own earlier ones."""
    if given.figures is None:
        return
    series: dict[tuple[str, str], list[Reported]] = {}
    for row in given.sound:
        if row.period and row.figure and row.period.kind != "named":
            series.setdefault((row.figure.key, row.period.kind), []).append(row)
    for rows in series.values():
        yield from _far(
            given.figures, sorted(rows, key=lambda row: (row.period is not None and row.period.start, row.row))
        )


def _far(figures: Figures, rows: Sequence[Reported]) -> Iterator[Finding]:
    values = [row.value or Decimal() for row in rows]
    for at in range(EARLIER, len(rows)):
        if is_far(values[at], values[:at]):
            yield _finding(figures, rows[at], usual(values[:at]), at)


def usual(earlier: Sequence[Number]) -> Decimal:
    """Give what is usual: the median."""
    return statistics.median([Decimal(one) for one in earlier])


def is_far(value: Number, earlier: Sequence[Number]) -> bool:
    """Tell whether a number is far from earlier ones, measured by how far these usually are from what is usual."""
    middle = usual(earlier)
    scatter = statistics.median([abs(one - middle) for one in earlier])
    return abs(value - middle) > max(FAR * scatter, abs(middle) / 2, LEAST)


def _finding(figures: Figures, row: Reported, usual: Decimal, earlier: int) -> Finding:
    line, column, source = figures.where(row.row, "value")
    label = i18n.pick(row.figure.label) if row.figure else ""
    args = (("earlier", str(earlier)), ("figure", label), ("usual", format_number(usual)))
    value = figures.cell(row.row, "value")
    return Finding(
        "G116", CODES["G116"], figures.path, line, column, figures.unit, row.id, "value", value, args, source
    )
