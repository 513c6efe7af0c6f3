"""Agreement: the figures of one unit, held against each other and against what has to be reported.

The examples report for a checklist with the figures visits (走访人次), supervised and located (人), the latter never
more than the former, and checked, which is required.

G110: A required figure is not reported.

    Fails::

        period,key,value
        2022-08,visits,12

    Passes::

        period,key,value
        2022-08,visits,12
        2022-08,checked,7

G111: Figures contradict each other.

    The checklist says how they stand to each other, or to those of the period before.

    Fails::

        period,key,value
        2022-08,supervised,10
        2022-08,located,11

    Passes::

        period,key,value
        2022-08,supervised,11
        2022-08,located,11

G112: Figures hardly agree with each other.

    As G111, for a relation that has exceptions.

    Fails::

        period,key,value
        2022-08,supervised,10
        2022-08,visits,2

    Passes::

        period,key,value
        2022-08,supervised,10
        2022-08,visits,12

G113: A figure is missing that another has to be compared with.

    Fails::

        period,key,value
        2022-08,checked,10

    Passes::

        period,key,value
        2022-08,checked,10
        2022-08,supervised,10
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from hazardctl import campaign, i18n
from hazardctl.checklist import LAST, FigureRule, bare, sides
from hazardctl.figures import Figures, Reported
from hazardctl.findings import Finding, Severity
from hazardctl.returns import periods
from hazardctl.rules.figures import Report

CODES: Mapping[str, Severity] = {
    "G110": Severity.ERROR,
    "G111": Severity.ERROR,
    "G112": Severity.WARNING,
    "G113": Severity.WARNING,
}
_HOLDS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<=": operator.le, "<": operator.lt, "==": operator.eq, ">=": operator.ge, ">": operator.gt,
}  # fmt: skip


def check(given: Report) -> Iterator[Finding]:
    """Find figures that are missing, and figures that contradict each other."""
    yield from _required(given)
    if given.figures:
        for rule in given.opened.checklist.figure_rules:
            yield from judged(given, rule)


def judged(given: Report, rule: FigureRule) -> Iterator[Finding]:
    """Find where one rule between figures does not hold."""
    labels = {figure.key: i18n.pick(figure.label) for figure in given.opened.checklist.figures}
    if given.figures and all(bare(key) in labels or key.isdigit() for key in keys_of(rule)):
        labels |= {f"{LAST}{key}": i18n.t("table.last", label=label) for key, label in labels.items()}
        by_period = _by_period(given.sound)
        for reported in by_period.values():
            if (whole := _with_last(given, rule, reported, by_period)) is not None:
                yield from _judge(given.figures, rule, whole, labels)


def keys_of(rule: FigureRule) -> tuple[str, ...]:
    """Name the figures, and numbers, a rule compares."""
    left, right = sides(rule)
    return *left, *right


def _with_last(
    given: Report, rule: FigureRule, reported: Mapping[str, Reported], by_period: Mapping[str, Mapping[str, Reported]]
) -> Mapping[str, Reported] | None:
    """Add what the rule needs of the period before; None for the first period a unit reports, which has none."""
    if not any(key.startswith(LAST) for key in keys_of(rule)):
        return reported
    period = next(row.period for row in reported.values() if row.period)
    earlier = (row.period for rows in by_period.values() for row in rows.values() if row.period)
    if not any(one.kind == period.kind and one.end < period.start for one in earlier):
        return None
    before = periods.previous(period, campaign.named(given.opened.campaign, given.opened.checklist))
    last = by_period.get(before.key, {}) if before else {}
    return {**reported, **{f"{LAST}{key}": row for key, row in last.items()}}


def _required(given: Report) -> Iterator[Finding]:
    opened = given.opened
    if not any(figure.required for figure in opened.checklist.figures):
        return
    known = opened.units.units.get(given.unit)
    silent = given.figures is None and not opened.workspace.ledgers(given.unit)  # missing as a whole
    if silent or not opened.units.is_leaf(given.unit) or (known and known.closed):
        return
    reported = {row.figure.key for row in given.rows if row.figure}
    line = 1 if given.figures else 0
    path = opened.workspace.name(opened.workspace.unit(given.unit) / "figures.csv")
    empty = Finding("G110", CODES["G110"], path, line, line, given.unit)
    for figure in opened.checklist.figures:
        if figure.required and figure.key not in reported:
            yield replace(empty, field=figure.key, args=(("figure", i18n.pick(figure.label)),))


def _by_period(rows: Sequence[Reported]) -> Mapping[str, Mapping[str, Reported]]:
    found: dict[str, dict[str, Reported]] = {}
    for row in rows:
        if row.period and row.figure:
            found.setdefault(row.period.key, {}).setdefault(row.figure.key, row)
    return found


def _judge(
    figures: Figures, rule: FigureRule, given: Mapping[str, Reported], labels: Mapping[str, str]
) -> Iterator[Finding]:
    left, right = sides(rule)
    here = [given[key] for key in (*left, *right) if key in given and not key.startswith(LAST)]
    if not here or here[0].period is None:
        return
    args = {"period": here[0].period.key, "op": rule.op, "why": i18n.pick(rule.why)}
    for name, side in (("left", left), ("right", right)):
        args[name] = " + ".join(labels.get(key, key) for key in side)
    missing = [labels[key] for key in (*left, *right) if key not in given and not key.isdigit()]
    if missing and rule.when_missing != "zero":
        if rule.when_missing == "report":
            yield _found(figures, "G113", here[0], "key", {**args, "missing": i18n.join(missing)})
        return
    sums = [sum((_value(key, given) for key in side), Decimal()) for side in (left, right)]
    if not _HOLDS[rule.op](*sums):
        code = "G111" if rule.severity == "error" else "G112"
        yield _found(figures, code, here[0], "value", {**args, "sums": f"{sums[0]:f} {rule.op} {sums[1]:f}"})


def _found(figures: Figures, code: str, row: Reported, key: str, args: Mapping[str, str]) -> Finding:
    line, column, source = figures.where(row.row, key)
    given = tuple(sorted(args.items()))
    return Finding(
        code, CODES[code], figures.path, line, column, figures.unit, row.id, key, figures.cell(row.row, key), given,
        source,
    )  # fmt: skip


def _value(key: str, given: Mapping[str, Reported]) -> Decimal:
    return Decimal(key) if key.isdigit() else (given[key].value if key in given else None) or Decimal()
