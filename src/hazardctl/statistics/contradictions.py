"""Hold the rows of a table against the rules between figures, the period before, and their own past."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from fractions import Fraction

from hazardctl.cells.terms import label_of
from hazardctl.checklist import LAST, FigureRule, bare, sides
from hazardctl.findings import Severity
from hazardctl.records import immutable
from hazardctl.rules.outliers import EARLIER, is_far, usual
from hazardctl.statistics.partial import EXACT, Number, plus
from hazardctl.statistics.plan import Column, Compiled
from hazardctl.statistics.table import USUAL_DECIMALS, Contradiction, Row, Table, rounded

_HOLDS: Mapping[str, Callable[[Number, Number], bool]] = {
    "<=": operator.le, "<": operator.lt, "==": operator.eq, ">=": operator.ge, ">": operator.gt,
}  # fmt: skip
Values = Mapping[str, Number | None]


@immutable
class Past:
    """What is known of earlier periods: rows of the one before, and of earlier tables that were frozen."""

    last: Mapping[str, Values] | None = None
    frozen: Sequence[Mapping[str, Values]] = field(default_factory=tuple)


NO_PAST = Past()


def names(compiled: Compiled) -> Mapping[str, str]:
    """Map what a rule may name to the column of a table: its key, or the figure that stands in it."""
    found: dict[str, str] = {}
    for column in compiled.columns:
        if not column.value:
            if len(column.terms) == 1 and not column.over:
                measure = compiled.plan.measures[column.terms[0][1]]
                if measure.kind == "figure":
                    found.setdefault(measure.key, column.key)
            found[column.key] = column.key
    return found


def applicable(rules: Iterable[FigureRule], known: Mapping[str, str]) -> tuple[FigureRule, ...]:
    """Choose the rules that a table has everything for."""
    return tuple(rule for rule in rules if _reach(rule, known))


def _reach(rule: FigureRule, known: Mapping[str, str]) -> bool:
    words = [key for key in keys(rule) if not key.isdigit()]
    return bool(words) and all(bare(key) in known for key in words)


def narrowed(compiled: Compiled, wanted: Collection[str]) -> Compiled:
    """Leave out of a plan what the rules do not ask for."""
    columns = [column for column in compiled.columns if column.key in wanted]
    numbers = list(dict.fromkeys(at for column in columns for _, at in (*column.terms, *column.over)))
    renumbered = {at: number for number, at in enumerate(numbers)}
    measures = tuple(compiled.plan.measures[at] for at in numbers)
    return Compiled(
        compiled.table,
        replace(compiled.plan, measures=measures),
        tuple(
            replace(
                column,
                terms=tuple((sign, renumbered[at]) for sign, at in column.terms),
                over=tuple((sign, renumbered[at]) for sign, at in column.over),
            )
            for column in columns
        ),
    )


def keys(rule: FigureRule) -> tuple[str, ...]:
    """Give the keys of both sides."""
    left, right = sides(rule)
    return *left, *right


def needs_last(rule: FigureRule) -> bool:
    """Tell whether a rule looks at the period before."""
    return any(key.startswith(LAST) for key in keys(rule))


def judged(table: Table, compiled: Compiled, rules: Sequence[FigureRule], past: Past = NO_PAST) -> list[Contradiction]:
    """Find what contradicts the rules in each row of a table; a row without a number in it says nothing."""
    known = names(compiled)
    found: list[Contradiction] = []
    for rule in applicable(rules, known):
        if past.last is None and needs_last(rule):
            continue
        judge = _Judge(rule, table, compiled, known, past.last or {})
        found += judge.rows()
    if len(past.frozen) >= EARLIER:
        found += _far(table, past.frozen)
    return found


@immutable
class _Judge:
    """One rule and the table it is held against."""

    rule: FigureRule
    table: Table
    compiled: Compiled
    known: Mapping[str, str]
    last: Mapping[str, Values]

    def rows(self) -> Iterator[Contradiction]:
        """Judge every row; a sum is told for what the rows below it do not explain."""
        unread = self._unread()
        waiting: dict[int, Fraction] = {}
        told: list[Contradiction] = []
        for at, row in sorted(enumerate(self.table.rows), key=_from_below):
            inner = row.kind in ("subtotal", "total")
            explained = Fraction(unread.get(at, 0))
            if inner:
                explained += sum(waiting.pop(level) for level in list(waiting) if level > row.level)
            given = self._row(row)
            if given is not None and given.missing:
                told += [] if inner else [given]
            elif given is not None:
                excess = _excess(given)
                if (excess > explained or not explained) and (inner or not self._told(row, given)):
                    told.append(given)
                explained = max(explained, excess)
            waiting[row.level] = waiting.get(row.level, Fraction()) + explained
        yield from reversed(told)

    def _row(self, row: Row) -> Contradiction | None:
        left, right = sides(self.rule)
        values = {key: self._value(key, row) for key in (*left, *right)}
        said = [value for key, value in values.items() if not key.isdigit()]
        if all(value is None for value in said) or (None in said and not any(said)):
            return None  # nothing was reported, or nothing but 0 of which the rest cannot be a part
        made = Contradiction(
            self.rule.id, self.rule.severity, row.unit, row.name, left, self.rule.op, right, (), self.rule.why
        )
        missing = tuple(key for key, value in values.items() if value is None)
        if missing and self.rule.when_missing != "zero":
            return replace(made, missing=missing) if self.rule.when_missing == "report" else None
        sums = tuple(_added(values[key] or 0 for key in side) for side in (left, right))
        return None if self._holds(sums) else replace(made, sums=sums)

    def _value(self, key: str, row: Row) -> Number | None:
        if key.isdigit():
            return int(key)
        column = self.known[bare(key)]
        values = self.last.get(row.unit, {}) if key.startswith(LAST) else row.values
        return values.get(column)

    def _holds(self, sums: tuple[Number, ...]) -> bool:
        one, other = sums
        if self.rule.op == "==" and (digits := self._digits(sums)) is not None:
            one, other = (rounded(Fraction(number), digits) for number in sums)
        return _HOLDS[self.rule.op](one, other)

    def _digits(self, sums: tuple[Number, ...]) -> int | None:
        """Give the decimals at which a rate is held against another number: no more than both of them have."""
        columns = {column.key: column for column in self.compiled.columns}
        found: list[int] = []
        rates = False
        for side, whole in zip(sides(self.rule), sums, strict=True):
            used = [columns[self.known[bare(key)]] for key in side if not key.isdigit()]
            printed = [_decimals(column) for column in used if column.over]
            rates = rates or bool(printed)
            found.append(min(printed) if printed else _places(whole))
        return min(found) if rates else None

    def _told(self, row: Row, given: Contradiction) -> bool:
        """Tell whether the unit's figures have been found to contradict each other by themselves."""
        names = label_of(row.name, "zh"), label_of(row.name, "en")
        said = [_by_figures(self.table, given, language) for language in ("zh", "en")]
        return any(unit in names and rule in said for unit, rule, *_ in self.table.remarks.broken)

    def _unread(self) -> Mapping[int, int]:
        """Give the entries of each row that could not be read: the table says so, and what is amiss by them is told."""
        rows: dict[str, int] = {}
        for unit, _, number in self.table.remarks.uncounted:
            rows[unit] = rows.get(unit, 0) + number
        if self.compiled.plan.group:
            whole = sum(rows.values())
            return dict.fromkeys(range(len(self.table.rows)), whole) if whole else {}
        return {at: rows[name] for at, row in enumerate(self.table.rows) if (name := _one(row.name)) in rows}


def _one(name: object) -> str:
    return name if isinstance(name, str) else ""


def _from_below(numbered: tuple[int, Row]) -> tuple[bool, int]:
    """Sort what is below before what adds it up, the total last."""
    at, row = numbered
    return row.kind == "total", -at


def _excess(given: Contradiction) -> Fraction:
    one, other = map(Fraction, given.sums)
    return abs(one - other)


def _added(numbers: Iterable[Number]) -> Number:
    whole: Number = 0
    for number in numbers:
        whole = plus(whole, number)
    return whole


def _decimals(column: Column) -> int:
    own = column.decimals if column.percent is None else column.percent
    return USUAL_DECIMALS if own is None else own


def _places(number: Number) -> int:
    if isinstance(number, int):
        return 0
    exponent = number.normalize(EXACT).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _far(table: Table, earlier: Sequence[Mapping[str, Values]]) -> Iterator[Contradiction]:
    """Find units whose sums are far from their own earlier ones."""
    columns = [column for column in table.columns if not column.value and not column.over]
    for row in table.rows:
        for column in columns if row.kind in ("data", "own") else ():
            value = row.values.get(column.key)
            past = [said for rows in earlier if (said := rows.get(row.unit, {}).get(column.key)) is not None]
            if value is None or len(past) < EARLIER:
                continue
            if is_far(value, past):
                yield Contradiction(
                    "", Severity.WARNING.value, row.unit, row.name, (column.key,),
                    sums=(value, usual(past).normalize(EXACT)), earlier=len(past),
                )  # fmt: skip


def _by_figures(table: Table, one: Contradiction, language: str) -> str:
    """Say a rule as the unit's own figures are called."""
    left, right = (
        " + ".join(label_of(table.labels.get(key, key), language) for key in side) for side in (one.left, one.right)
    )
    return f"{left} {one.op} {right}"
