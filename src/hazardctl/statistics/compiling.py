"""A table's definition made into a plan; every mistake in it is a problem, all of them in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from hazardctl.checklist import Checklist, Table, TableColumn, Where
from hazardctl.i18n import join
from hazardctl.records import immutable
from hazardctl.statistics import conditions
from hazardctl.statistics.plan import Column, Compiled, Condition, Measure, Plan, Problem, Terms, facets_of
from hazardctl.texts import Text

KINDS = ("value", "count", "sum", "figure", "ratio", "add")
VALUES = ("unit", "name", "code", "kind", "number")
NUMBERS = ("number", "integer", "money", "percent")
GROUPS: Mapping[str, str] = {
    "categories": "category", "items": "item", "statuses": "status", "tracks": "track",
}  # fmt: skip
MOST_DECIMALS = 6

Place = tuple[str | int, ...]
Sum = tuple[tuple[int, Measure], ...]  # measures with their signs


@immutable
class Window:
    """The days asked for; empty ends leave a side open. `opens` and `closes` bound the whole campaign."""

    start: str = ""
    end: str = ""
    opens: str = ""
    closes: str = ""


@immutable
class _Leaf:
    column: TableColumn
    place: Place
    path: tuple[Text, ...]


@dataclass(slots=True)
class _Compiler:
    table: Table
    checklist: Checklist
    known: conditions.Words
    leaves: dict[str, _Leaf] = field(default_factory=dict)
    numbers: dict[Measure, int] = field(default_factory=dict)
    problems: dict[tuple[Place, str], Problem] = field(default_factory=dict)

    def problem(self, place: Place, reason: str, **args: str) -> None:
        self.problems.setdefault((place, reason), Problem(place, reason, args))

    def name_leaves(self) -> None:
        """Give every leaf its key: the one it has, else a word for what it holds, made unique."""
        found = list(_leaves(self.table.columns, ("columns",), ()))
        taken = {leaf.column.key for leaf in found}
        for leaf in found:
            key = leaf.column.key
            if key in self.leaves:
                self.problem((*leaf.place, "key"), "key_twice", value=key)
            if not key or key in self.leaves:
                key = _unique(key or self._word(leaf.column), taken)
            taken.add(key)
            self.leaves[key] = leaf

    def _word(self, column: TableColumn) -> str:
        asked = column.where if column.sum else column.count
        said = conditions.read(asked, self.known).name if asked else ""
        plain = "count" if column.count is not None else "rate" if column.ratio else "sum" if column.add else "unit"
        return column.figure or said or column.sum or column.value or plain

    def column(self, key: str, zero: str) -> Column:
        leaf = self.leaves[key]
        column = leaf.column
        self._check_shape(leaf)
        top, bottom = self._ratio(leaf) if column.ratio else (self._sum(key, (key,)), ())
        figures = tuple(sorted({measure.key for _, measure in top + bottom if measure.kind == "figure"}))
        if figures and self.table.rows != "units":
            self.problem(leaf.place, "figure_without_units", value=join(figures))
        given = figures if column.ratio else ()
        facets = frozenset[str]().union(*(facets_of(measure) for _, measure in top + bottom))
        return Column(
            key, leaf.path, column.unit or ("" if column.ratio else self._unit_of(top)), column.code, column.value,
            self._numbered(top, given, facets), self._numbered(bottom, given, facets), given,
            column.percent, column.decimals,
            column.zero or (self.table.zero if self.table.zero != "blank" else zero),
        )  # fmt: skip

    def _numbered(self, parts: Sum, given: tuple[str, ...], facets: frozenset[str]) -> Terms:
        whole = (
            (sign, replace(measure, given=given, beside=tuple(sorted(facets - facets_of(measure)))))
            for sign, measure in parts
        )
        return tuple((sign, self.numbers.setdefault(measure, len(self.numbers))) for sign, measure in whole)

    def _unit_of(self, parts: Sum) -> str:
        units = {figure.key: figure.unit for figure in self.checklist.figures}
        said = {units.get(measure.key, "") for _, measure in parts}
        return said.pop() if len(said) == 1 else ""

    def _check_shape(self, leaf: _Leaf) -> None:
        column = leaf.column
        given = [kind for kind in KINDS if getattr(column, kind) not in ("", (), None)]
        if len(given) != 1:
            self.problem(leaf.place, "column_kind", value=join(given), allowed=join((*KINDS, "columns")))
        if column.value and column.value not in VALUES:
            self.problem((*leaf.place, "value"), "value", value=column.value, allowed=join(VALUES))
        if column.where and not column.sum:
            self.problem((*leaf.place, "where"), "where_without_sum")
        if column.percent is not None and not column.ratio:
            self.problem((*leaf.place, "percent"), "percent_without_ratio")
        for name, decimals in (("percent", column.percent), ("decimals", column.decimals)):
            if not 0 <= (decimals or 0) <= MOST_DECIMALS:
                self.problem((*leaf.place, name), "decimals", value=str(decimals), allowed=f"0–{MOST_DECIMALS}")

    def _sum(self, key: str, above: tuple[str, ...]) -> Sum:
        """Resolve a column that is no ratio; `above` are the columns that lead here, so that a circle is noticed."""
        leaf = self.leaves[key]
        column = leaf.column
        if column.count is not None:
            return self._counted(leaf, "count", column.count)
        if column.sum:
            return self._field(leaf)
        if column.figure:
            return self._figure(column.figure, (*leaf.place, "figure"))
        parts = (self._named(name, (*leaf.place, "add", at), above) for at, name in enumerate(column.add))
        return tuple(term for part in parts for term in part)

    def _ratio(self, leaf: _Leaf) -> tuple[Sum, Sum]:
        names = leaf.column.ratio
        if len(names) != 2:
            self.problem((*leaf.place, "ratio"), "ratio_of_two", value=join(names))
            return (), ()
        top, bottom = (self._named(name, (*leaf.place, "ratio", at), ()) for at, name in enumerate(names))
        return top, bottom

    def _named(self, name: str, place: Place, above: tuple[str, ...]) -> Sum:
        """Resolve the key of another column or of a figure."""
        other = self.leaves.get(name)
        if other is None or name in above or other.column.ratio or other.column.value:
            known = any(figure.key == name for figure in self.checklist.figures)
            if other is None or known:  # a rate may bear the name of the figure it is made of
                return self._figure(name, place)
            self.problem(place, "circle" if name in above else "not_a_sum", value=name)
            return ()
        return self._sum(name, (*above, name))

    def _field(self, leaf: _Leaf) -> Sum:
        key = leaf.column.sum
        numbers = [name for name, used in self.known.fields.items() if used.type in NUMBERS]
        if key not in numbers:
            self.problem((*leaf.place, "sum"), "sum", value=key, allowed=join(numbers))
            return ()
        return self._counted(leaf, "sum", leaf.column.where)

    def _figure(self, key: str, place: Place) -> Sum:
        figures = [figure.key for figure in self.checklist.figures]
        if key not in figures:
            self.problem(place, "unknown_figure", value=key, allowed=join([*figures, *self.leaves]))
            return ()
        return ((1, Measure("figure", key)),)

    def _counted(self, leaf: _Leaf, kind: str, where: Where) -> Sum:
        sieve = conditions.read(where, self.known)
        place = (*leaf.place, "count" if kind == "count" else "where")
        for found in sieve.problems:
            self.problem((*place, *found.where), found.reason, **found.args)
        if kind == "sum":
            if sieve.late is not None or sieve.due is not None:
                self.problem((*place, "overdue"), "sum_of_overdue")
            return ((1, Measure("sum", leaf.column.sum, sieve.conditions)),)
        still_open = (*sieve.conditions, *conditions.read({"open": "true"}, self.known).conditions)
        late = Measure("late", sieve.due or "", still_open)
        if sieve.late:
            return ((1, late),)
        count = (1, Measure("count", "", sieve.conditions))
        if sieve.due is not None:
            count = (1, Measure("late", sieve.due, sieve.conditions))
        return (count,) if sieve.late is None else (count, (-1, late))


def _leaves(columns: tuple[TableColumn, ...], place: Place, above: tuple[Text, ...]) -> Iterator[_Leaf]:
    for at, column in enumerate(columns):
        if column.columns:
            yield from _leaves(column.columns, (*place, at, "columns"), (*above, column.label))
        else:
            yield _Leaf(column, (*place, at), (*above, column.label))


def _unique(word: str, taken: set[str]) -> str:
    key, number = word, 2
    while key in taken:
        key, number = f"{word}_{number}", number + 1
    return key


def compiled(table: Table, checklist: Checklist, window: Window, zero: str) -> tuple[Compiled, tuple[Problem, ...]]:
    """Make a table ready to be counted; `zero` is what the campaign prints for a zero denominator."""
    compiler = _Compiler(table, checklist, conditions.words(checklist))
    group = GROUPS.get(table.rows, table.rows) if table.rows != "units" else ""
    rows = [name for name, key in GROUPS.items() if key in compiler.known.fields]
    choices = [key for key in compiler.known.choices if key not in GROUPS.values()]
    if group and table.rows not in (*rows, *choices):
        compiler.problem(("rows",), "rows", value=table.rows, allowed=join(["units", *rows, *choices]))
    compiler.name_leaves()
    columns = tuple(compiler.column(key, zero) for key in compiler.leaves)
    measures = tuple(_within(measure, window) for measure in compiler.numbers)
    asked = {measure.key for measure in measures} | {key for measure in measures for key in measure.given}
    stocks = tuple(figure.key for figure in checklist.figures if figure.kind == "stock" and figure.key in asked)
    plan = Plan(measures, stocks, group, window.start, window.end, window.opens, window.closes)
    return Compiled(table, plan, columns), tuple(compiler.problems.values())


def _within(measure: Measure, window: Window) -> Measure:
    """Leave out of every count what was found after the period's end."""
    if not window.end or measure.kind == "figure":
        return measure
    return replace(measure, where=(*measure.where, Condition("known_by", ("in",))))


def problems(table: Table, checklist: Checklist) -> tuple[Problem, ...]:
    """Give every mistake in a table's definition, each with its path inside the table."""
    return compiled(table, checklist, Window(), "blank")[1]
