"""The rules between figures as a check holds them: against the rows of all tables of the whole campaign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from hazardctl import rollup
from hazardctl.campaign import named
from hazardctl.checklist import Checklist, FigureRule, bare, rules_of, sides
from hazardctl.findings import Finding
from hazardctl.i18n import language
from hazardctl.inspection import Inspected
from hazardctl.load import Opened
from hazardctl.publishing import history
from hazardctl.records import immutable
from hazardctl.returns import periods
from hazardctl.returns.periods import Period
from hazardctl.returns.reasons import excused
from hazardctl.rollup import Asked, assemble
from hazardctl.rules import returns, tabled
from hazardctl.statistics import conditions, contradictions, kernel
from hazardctl.statistics.kernel import Counted
from hazardctl.statistics.plan import Column, Compiled, Measure, Plan
from hazardctl.statistics.table import Contradiction, Table


@immutable
class Ruled:
    """A table of which only the columns are counted that rules have to be held against."""

    asked: Asked
    rules: tuple[FigureRule, ...]


def tables(opened: Opened, period: Period | None = None) -> tuple[Ruled, ...]:
    """Choose the tables with rules that the way they are counted does not fulfil already, for a period or for all."""
    kept = opened.terms.kept
    if (tables, period) not in kept:
        kept[tables, period] = tuple(_tables(opened, period))
    found: tuple[Ruled, ...] = kept[tables, period]
    return found


def _tables(opened: Opened, period: Period | None) -> Iterator[Ruled]:
    for definition in opened.checklist.tables:
        rules = rules_of(opened.checklist, definition)
        if not rules:
            continue
        try:
            asked = rollup.prepare(opened, definition.id, period.key if period else None)
        except rollup.BrokenTableError:  # said where the checklist is checked
            continue
        known = contradictions.names(asked.compiled)
        rules = tuple(
            rule
            for rule in contradictions.applicable(rules, known)
            if (period or not contradictions.needs_last(rule))
            and not is_certain(rule, asked.compiled, known, opened.checklist)
        )
        if rules:
            wanted = {known[bare(key)] for rule in rules for key in contradictions.keys(rule) if not key.isdigit()}
            yield Ruled(replace(asked, compiled=contradictions.narrowed(asked.compiled, wanted)), rules)


def is_certain(rule: FigureRule, compiled: Compiled, known: Mapping[str, str], checklist: Checklist) -> bool:
    """Tell whether a rule cannot fail in a table that is counted: parts of the entries that the other side counts."""
    columns = {column.key: column for column in compiled.columns}
    left, right = sides(rule)
    if (
        len(right) != 1
        or rule.op not in ("<=", "==")
        or any(key.isdigit() or bare(key) != key for key in (*left, *right))
    ):
        return False
    parts = [_count(columns[known[bare(key)]], compiled.plan) for key in left]
    whole = _count(columns[known[bare(right[0])]], compiled.plan)
    if whole is None or any(part is None or set(whole.where) - set(part.where) for part in parts):
        return False
    if len(parts) == 1 and rule.op == "<=":
        return True
    more = [set(part.where) - set(whole.where) for part in parts if part]
    if any(len(one) != 1 for one in more):
        return False
    extra = [one.pop() for one in more]
    words = [word for one in extra for word in one.accept]
    apart = len({one.facet for one in extra}) == 1 and len(set(words)) == len(words)
    return apart and (rule.op == "<=" or set(words) == _all_words(extra[0].facet, checklist))


def _all_words(facet: str, checklist: Checklist) -> set[str]:
    """Give everything a field that has to be filled in can say; nothing where it may be blank."""
    if facet == "status":
        return set(checklist.statuses)
    if facet == "category" and any(field.key == facet and field.required for field in checklist.fields):
        return set(conditions.below(checklist))
    return set()


def _count(column: Column, plan: Plan) -> Measure | None:
    if column.over or len(column.terms) != 1:
        return None
    measure = plan.measures[column.terms[0][1]]
    return measure if measure.kind == "count" else None


def counted(opened: Opened, seen: Inspected, period: Period | None = None) -> tuple[Counted, ...]:
    """Count one unit for the tables that have rules."""
    unit = opened.units.units.get(seen.unit)
    if unit is None:
        return ()
    return tuple(kernel.counted(opened, unit, ruled.asked.compiled.plan, seen) for ruled in tables(opened, period))


def findings(opened: Opened, units: Mapping[str, Sequence[Counted]], today: date) -> Iterator[Finding]:
    """Hold every row of every table against the rules; `units` has what `counted` gave for all of them."""
    for at, ruled in enumerate(tables(opened)):
        counts = {unit: given[at] for unit, given in units.items() if len(given) > at}
        if counts.keys() >= set(ruled.asked.chosen):
            table = assemble(opened, ruled.asked, counts, ruled.asked.as_of(today))
            for one in table.against:
                if not _by_itself(opened, one):
                    yield _finding(opened, table, one)


def findings_of(
    opened: Opened, unit: str, given: Sequence[Counted], today: date, period: Period | None = None
) -> Iterator[Finding]:
    """Hold one unit's own rows against the rules, for a period against those before it too."""
    if not opened.units.is_leaf(unit):
        return
    for ruled, count in zip(tables(opened, period), given, strict=bool(given)):
        if not ruled.asked.compiled.plan.group:
            asked = replace(ruled.asked, chosen=(unit,), unit=unit)
            table = assemble(opened, asked, {unit: count}, asked.as_of(today))
            for one in history.judged(opened, asked, table, today).against:
                if one.row == unit and not _by_itself(opened, one):
                    yield _finding(opened, table, one)


def lapsed(opened: Opened, seen: Inspected, today: date) -> Iterator[Finding]:
    """Find reasons given for rows of tables, in a unit's last return, whose numbers are others now (P112).

    Only rules within a period are looked at: what stands against earlier ones is known where all of them are.
    """
    if not seen.returns or not any(rules_of(opened.checklist, table) for table in opened.checklist.tables):
        return
    given = returns.gathered(opened, seen.unit, None, today)
    last = given.sent[-1] if given.sent else None
    known = {table.id for table in opened.checklist.tables}
    answers = [one for one in last.answers if one.entry.partition("/")[0] in known] if last else []
    period = periods.parse(last.period, named(opened.campaign, opened.checklist)) if last and answers else None
    if last is None or period is None:
        return
    now: dict[tuple[str, str], str] = {}
    for ruled, count in zip(tables(opened, period), counted(opened, seen, period), strict=False):
        asked = replace(ruled.asked, chosen=(seen.unit,), unit=seen.unit)
        if not asked.compiled.plan.group:
            table = assemble(opened, asked, {seen.unit: count}, asked.as_of(today))
            told = (_finding(opened, table, one) for one in table.against if one.row == seen.unit)
            now |= {(one.code, one.entry): excused(one) for one in told}
    for one in answers:
        value = now.get((one.code, one.entry), one.value)
        if value != one.value:
            yield given.finding("P112", last, "answers", one.value, entry=one.entry, now=value)


def _by_itself(opened: Opened, one: Contradiction) -> bool:
    """Tell whether a unit's row breaks a rule of figures alone, for which its figures.csv is checked by period."""
    figures = {figure.key for figure in opened.checklist.figures}
    leaf = bool(one.row) and one.row in opened.units.units and opened.units.is_leaf(one.row)
    return leaf and all(key in figures or key.isdigit() for key in (*one.left, *one.right))


def _finding(opened: Opened, table: Table, one: Contradiction) -> Finding:
    """Place a finding in the unit's own file, or at the line of units.csv that makes the sum."""
    unit = opened.units.units.get(one.row.removesuffix("/own"))
    if unit is None:
        return tabled.finding(table, one, opened.workspace.name(opened.workspace.units), language())
    if opened.units.is_leaf(unit.id) or one.row.endswith("/own"):
        folder = opened.workspace.unit(unit.id)
        paths = [*opened.workspace.ledgers(unit.id), folder / "figures.csv"]
        path = next((path for path in paths if path.is_file()), folder)
        return tabled.finding(table, one, opened.workspace.name(path), language())
    return tabled.finding(table, one, opened.workspace.name(opened.workspace.units), language(), unit.line)
