"""A table with everything that stands behind it (依据): which entries and figures add up to which cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.rollup import Asked, assemble
from hazardctl.statistics import tracing, tree
from hazardctl.statistics.kernel import Counted
from hazardctl.statistics.partial import BLANK, EXACT, Number, plus
from hazardctl.statistics.plan import Column, Measure, Terms
from hazardctl.statistics.table import Row, Table
from hazardctl.statistics.tracing import Line, Source, Traced

Sources = Callable[[str], Source]


@immutable
class Reach:
    """What a row adds up: the shares of these units, and of these groups; None stands for all of them."""

    units: tuple[str, ...] | None = None
    groups: tuple[str, ...] | None = None


@immutable
class Record:
    """A table, its measures, and every unit counted line by line; deadlines before `as_of` have passed."""

    table: Table
    measures: tuple[Measure, ...]
    as_of: str
    reach: Mapping[str, Reach] = field(default_factory=dict)
    units: tuple[Traced, ...] = ()


@immutable
class Piece:
    """An entry or figure behind a cell, and what it adds."""

    line: Line
    adds: Number


@immutable
class Behind:
    """What stands behind a cell; `over` is the denominator of a ratio."""

    value: Number | None
    top: tuple[Piece, ...] = ()
    over: tuple[Piece, ...] = ()

    @property
    def sums(self) -> tuple[Number, Number]:
        """Add up what stands over and under the line."""
        return _sum(self.top), _sum(self.over)


def record(
    opened: Opened, asked: Asked, sources: Sources, today: date, *, basis: str = "live", as_of: str = "",
    given: Mapping[str, Traced] = MappingProxyType({}),
) -> Record:  # fmt: skip
    """Count line by line what is asked for, but for the units that are given."""
    plan = asked.compiled.plan
    units = tuple(
        given.get(name) or tracing.trace(opened, opened.units.units[name], plan, sources(name), today)
        for name in asked.chosen
    )
    counted = {one.unit: Counted(one.unit, one.partial(), one.faults) for one in units}
    day = as_of or asked.as_of(today)
    table = assemble(opened, asked, counted, day, basis)
    return Record(table, plan.measures, day, dict(_reach(opened, asked, table.rows, units)), units)


def _reach(opened: Opened, asked: Asked, rows: Sequence[Row], units: Sequence[Traced]) -> Iterable[tuple[str, Reach]]:
    if not asked.compiled.plan.group:
        for row in rows:
            own = row.unit.removesuffix(tree.OWN)
            alone = row.kind == "own" or (row.unit == asked.unit and opened.units.is_leaf(own))
            yield row.unit, Reach(None if not row.unit else (own,) if alone else opened.units.under(own))
        return
    nodes, home = tree.group_nodes(opened.checklist, asked.compiled.plan.group, asked.words)
    groups = dict.fromkeys(share.group for unit in units for share in unit.shares)
    for row in rows:
        inside = _inside(nodes, row.unit)
        yield (
            row.unit,
            Reach(
                groups=None
                if not row.unit
                else tuple(code for code in groups if home.get(code, tree.UNPLACED) in inside)
            ),
        )


def _inside(nodes: Sequence[tree.Node], row: str) -> set[str]:
    """Name the nodes a row adds up."""
    if row.endswith(tree.OWN) or row == tree.UNPLACED:
        return {row.removesuffix(tree.OWN) if row != tree.UNPLACED else row}
    inside: set[str] = set()
    level = 0
    for node in nodes:
        if node.id == row:
            level, inside = node.level, {row}
        elif level and node.level > level:
            inside.add(node.id)
        else:
            level = 0
    return inside


def behind(record: Record, row: str, column: Column) -> Behind:
    """Give the entries and figures behind a cell; nothing stands behind one that is blank."""
    value = next(each for each in record.table.rows if each.unit == row).values.get(column.key)
    if value is None and not column.over:
        return Behind(None)
    return Behind(value, _pieces(record, row, column.terms), _pieces(record, row, column.over))


def _pieces(record: Record, row: str, terms: Terms) -> tuple[Piece, ...]:
    reach = record.reach[row]
    pieces: list[Piece] = []
    for unit in record.units:
        if reach.units is None or unit.unit in reach.units:
            adds: dict[int, Number] = {}
            for share in unit.shares:
                if reach.groups is not None and share.group not in reach.groups:
                    continue
                for sign, measure in terms:
                    if measure == share.measure and _counts(record, measure, share.day):
                        more = share.amount if sign > 0 else EXACT.minus(Decimal(share.amount))
                        adds[share.line] = plus(adds.get(share.line, 0), more)
            several = len(terms) > 1  # taken by one part and given back by another
            pieces += [Piece(unit.lines[at], tidy(amount)) for at, amount in adds.items() if amount or not several]
    return tuple(pieces)


def _counts(record: Record, measure: int, day: str) -> bool:
    if record.measures[measure].kind == "late":
        return day < record.as_of
    return day != BLANK


def tidy(number: Number) -> Number:
    """Give a whole number as one."""
    return int(number) if isinstance(number, Decimal) and number == number.to_integral_value() else number


def _sum(pieces: Sequence[Piece]) -> Number:
    whole: Number = 0
    for piece in pieces:
        whole = plus(whole, piece.adds)
    return tidy(whole)
