"""The figures a unit reported (填报数), settled for one period: stocks take the last value, flows add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from decimal import Decimal

from hazardctl import figures, load
from hazardctl.figures import Figures, Reported
from hazardctl.findings import Finding
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.returns.periods import Period, overlaps
from hazardctl.rules import agreement
from hazardctl.rules.figures import Report
from hazardctl.statistics.partial import EXACT, Remark, Spot
from hazardctl.statistics.plan import Plan

Found = tuple[tuple[str, Decimal], list[Period]]
"""The end of a figure's period and its value, and the periods it was reported for."""


@immutable
class Settled:
    """One unit's figures as the plan's measures take them, and which figures it reported at all."""

    amounts: Mapping[Spot, Decimal] = field(default_factory=dict)
    keys: frozenset[str] = frozenset()
    remarks: Counter[Remark] = field(default_factory=Counter)
    findings: tuple[Finding, ...] = ()
    counted: Mapping[str, tuple[Reported, ...]] = field(default_factory=dict)  # the rows each figure was taken from


def settled(opened: Opened, unit: str, plan: Plan) -> Settled:
    """Settle one unit's figures; a figure that is reported in two ways that do not go together is left out and told."""
    asked = {measure.key for measure in plan.measures if measure.kind == "figure"}
    if not asked:
        return Settled()
    sheet, found = load.load_figures(opened.workspace, unit)
    return replace(settle(opened, sheet, plan) if sheet else Settled(), findings=tuple(found))


def settle(opened: Opened, sheet: Figures, plan: Plan) -> Settled:
    """Settle the figures of one sheet."""
    asked = {measure.key for measure in plan.measures if measure.kind == "figure"}
    rows = tuple(figures.read(sheet, opened.terms.figures))
    by_key: dict[str, list[Reported]] = {}
    for row in rows:
        outside = row.period is not None and not _within(row.period, plan)
        if row.figure is not None and row.figure.key in asked and not row.number.mark and not outside:
            by_key.setdefault(row.figure.key, []).append(row)
    values: dict[str, tuple[str, Decimal]] = {}
    counted: dict[str, tuple[Reported, ...]] = {}
    remarks: Counter[Remark] = Counter()
    for key, reports in by_key.items():
        certain = {(row.period, row.value) for row in reports if row.period is not None and row.value is not None}
        unread = [(row, why) for row in reports if (why := _unusable(row))]
        settle = _last if key in plan.stocks else _flow
        found = None if unread else settle(certain)
        if found is None:
            told = [_told(sheet, key, why, [row]) for row, why in unread]
            remarks.update(told or [_clash(sheet, key, reports, stock=key in plan.stocks)])
        else:
            values[key], periods = found
            first = {row.period: row for row in reversed(reports)}
            counted[key] = tuple(first[period] for period in periods)
    remarks.update(_half(plan, values.keys()))
    remarks.update(_astride(plan, [row for row in rows if row.figure and row.figure.key in asked], by_key))
    remarks.update(_broken(opened, sheet, [row for row in rows if row.period and _within(row.period, plan)], asked))
    return Settled(_amounts(plan, values), frozenset(values), remarks, counted=counted)


def _astride(plan: Plan, rows: Sequence[Reported], inside: Mapping[str, Sequence[Reported]]) -> Iterator[Remark]:
    """Name the flows that begin in a table's period and end after it, or began before it: they are in no such table.

    One that holds the whole period is of another kind, and one that is reported for the very period says it all.
    """
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        key = row.figure.key if row.figure else ""
        if row.period is None or row.number.mark or key in plan.stocks or not _crosses(row.period, plan):
            continue
        if not any(one.period and _bounds(one.period) == (plan.start, plan.end) for one in inside.get(key, ())):
            found.setdefault(key, {})[row.period.key] = None
    yield from (("astride", key, *periods) for key, periods in found.items())


def _bounds(period: Period) -> tuple[str, str]:
    return period.start.isoformat(), period.end.isoformat()


def _crosses(period: Period, plan: Plan) -> bool:
    """Tell whether a period lies partly in the plan's, and partly before or after it; days of both lie outside."""
    start, end = _bounds(period)
    if not plan.start or not plan.end or end < plan.start or plan.end < start:
        return False
    return (start < plan.start) != (plan.end < end) and (plan.start < start or end < plan.end)


def _unusable(row: Reported) -> str:
    """Tell why a row cannot be counted."""
    if row.period is None:
        return "undated"
    return "unread" if row.value is None else "below_zero" if row.value < 0 else ""


def _told(sheet: Figures, key: str, why: str, rows: Sequence[Reported]) -> Remark:
    name = "period" if why in ("undated", "crossing") else "value"
    places = (f"{sheet.path}:{sheet.where(row.row, name)[0]}" for row in rows)
    return "figure", key, why, ", ".join(places), " / ".join(sheet.cell(row.row, name).strip() for row in rows)


def _clash(sheet: Figures, key: str, reports: Sequence[Reported], *, stock: bool) -> Remark:
    """Name the rows that do not go together: two values for the same days, or periods that overlap."""
    dated = [(row.period, row) for row in reports if row.period]
    pairs = [(one, other, period, later) for at, (period, one) in enumerate(dated) for later, other in dated[at + 1 :]]
    latest = max((period.end, period.start) for period, _ in dated)
    for one, other, period, later in pairs:
        same = (period.end, period.start) == (later.end, later.start)
        if same and one.value != other.value and (not stock or (period.end, period.start) == latest):
            return _told(sheet, key, "twice", [one, other])
    crossing = (
        [one, other]
        for one, other, period, later in pairs
        if overlaps(period, later) and not (period.start <= later.start and later.end <= period.end)
        and not (later.start <= period.start and period.end <= later.end)
    )  # fmt: skip
    return _told(sheet, key, "crossing", next(crossing, [row for _, row in dated]))


def _broken(opened: Opened, sheet: Figures, rows: Sequence[Reported], asked: Collection[str]) -> Iterator[Remark]:
    """Tell which rules between figures do not hold, where an error of figures that are asked for; they still count."""
    given = Report(sheet.unit, sheet, tuple(rows) if sheet.index else (), opened, date.max)
    for rule in opened.checklist.figure_rules:
        if rule.severity == "error" and not set(asked).isdisjoint(agreement.keys_of(rule)):
            for found in agreement.judged(given, rule):
                if found.code == "G111":
                    said = dict(found.args)
                    name = f"{said['left']} {said['op']} {said['right']}"
                    yield "broken", name, f"{found.path}:{found.line}", said["sums"]


def _within(period: Period, plan: Plan) -> bool:
    return plan.start <= period.start.isoformat() and (not plan.end or period.end.isoformat() <= plan.end)


def _last(reports: set[tuple[Period, Decimal]]) -> Found | None:
    """Take the value of the latest end, and of the shorter period where two end together."""
    latest = max((period.end, period.start) for period, _ in reports)
    chosen = [(period, value) for period, value in reports if (period.end, period.start) == latest]
    if len({value for _, value in chosen}) > 1:
        return None
    return (latest[0].isoformat(), chosen[0][1]), [min(period for period, _ in chosen)]


def _outermost_first(report: tuple[Period, Decimal]) -> tuple[int, int, str]:
    return report[0].start.toordinal(), -report[0].end.toordinal(), report[0].key


def _flow(reports: set[tuple[Period, Decimal]]) -> Found | None:
    """Add up a flow; a week inside a month that is reported too is part of that month, and not added again."""
    whole, before, periods = Decimal(0), None, list[Period]()
    for period, value in sorted(reports, key=_outermost_first):
        if before is not None and period.start <= before[0].end:
            same = (period.start, period.end) == (before[0].start, before[0].end)
            if period.end > before[0].end or (same and value != before[1]):
                return None
            continue
        whole, before = EXACT.add(whole, value), (period, value)
        periods.append(period)
    return ("", whole), periods


def _half(plan: Plan, keys: Collection[str]) -> Counter[Remark]:
    """Tell which rates a unit gives one part of only."""
    wanted = {measure.given for measure in plan.measures}
    return Counter(
        {("half", "+".join(given)): 1 for given in wanted if set(given) & set(keys) and not set(given) <= set(keys)}
    )


def _amounts(plan: Plan, values: Mapping[str, tuple[str, Decimal]]) -> dict[Spot, Decimal]:
    return {
        ("", number, values[measure.key][0]): values[measure.key][1]
        for number, measure in enumerate(plan.measures)
        if measure.kind == "figure" and measure.key in values and values.keys() >= set(measure.given)
    }
