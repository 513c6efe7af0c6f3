"""Counts of persons under watch that are too small to leave the bureau, and those they could be worked out from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any

from hazardctl import checklist
from hazardctl.checklist import Checklist, TableColumn
from hazardctl.document import Cell, Document, Grid, GridRow
from hazardctl.i18n import t_in
from hazardctl.load import Opened
from hazardctl.statistics.table import Row, Table

Hidden = Mapping[tuple[str, str], str]
"""What stands in place of a figure, by the row's unit and the column's key: `<5`, or `*` for what gives that away."""
GIVES_AWAY = "*"


@dataclass(slots=True)
class _Node:
    """A row in the tree of sums, while it is settled which of them can be shown."""

    row: Row
    value: int
    inside: list[_Node] = field(default_factory=list)
    said: str = ""

    @property
    def open_at_the_bottom(self) -> bool:
        """Tell whether hiding this row hides anything: the rows it adds up must not all be in sight."""
        return not self.inside or any(node.said for node in self.inside)

    @property
    def leaves(self) -> int:
        """Count the rows below this one that are no sums and not 0."""
        return sum(node.leaves for node in self.inside) if self.inside else int(self.value > 0)


def hidden(opened: Opened, table: Table) -> Hidden:
    """Give what cannot be shown of a table: a figure counts the person register's cases if it names groups of it."""
    kept = {figure.key for figure in opened.checklist.figures if figure.groups}
    plain, made = _columns(opened.checklist, table.id, kept)
    found: dict[tuple[str, str], str] = {}
    for key in plain:
        for node in _settled(table.rows, key, opened.campaign.policies.suppress_below):
            found[node.row.unit, key] = node.said
    rows = {unit for unit, _ in found}
    return found | {(unit, key): GIVES_AWAY for unit in rows for key in made}


def _columns(given: Checklist, table: str, kept: set[str]) -> tuple[list[str], list[str]]:
    """Give the columns that are such a figure, and those that are made of one."""
    leaves = [leaf for one in given.tables if one.id == table for _, leaf in checklist.leaves(one.columns)]
    plain = [_key(leaf) for leaf in leaves if leaf.figure in kept]
    told = kept | set(plain)
    made = [_key(leaf) for leaf in leaves if told & {*leaf.ratio, *leaf.add}]
    return plain, made


def _key(column: TableColumn) -> str:
    return column.key or column.figure


def _settled(rows: Sequence[Row], key: str, below: int) -> Iterator[_Node]:
    nodes: list[_Node] = []
    for node in _trees(rows, key):
        nodes += _hide(node, below)
    return (node for node in nodes if node.said)


def _trees(rows: Sequence[Row], key: str) -> list[_Node]:
    """Make a tree of the rows: each stands under the nearest row above it with a lower level, the total over all."""
    total = next((_node(row, key) for row in rows if row.kind == "total"), None)
    roots: list[_Node] = []
    above: list[_Node] = []
    for row in rows:
        if row.kind == "total":
            continue
        node = _node(row, key)
        while above and above[-1].row.level >= row.level:
            above.pop()
        (above[-1].inside if above else roots).append(node)
        above.append(node)
    if total is None:
        return roots
    total.inside = roots
    return [total]


def _node(row: Row, key: str) -> _Node:
    return _Node(row, int(row.values.get(key) or 0))


def _hide(node: _Node, below: int) -> list[_Node]:
    """Hide small counts from the bottom up; where one follows from its sum, another one beside it as well."""
    nodes = [one for inner in node.inside for one in _hide(inner, below)]
    if 0 < node.value < below:
        ones = bool(node.inside) and node.leaves == below - 1  # so many parts of so small a sum are all 1
        node.said = GIVES_AWAY if ones else f"<{below}"
    while node.inside and not node.said and _follows([one for one in node.inside if one.said], below):
        beside = [one for one in node.inside if not one.said and one.value and one.open_at_the_bottom]
        if beside:
            min(beside, key=lambda one: one.value).said = GIVES_AWAY
        else:
            node.said = GIVES_AWAY
    return [*nodes, node]


def _follows(parts: Sequence[_Node], below: int) -> bool:
    """Tell whether hidden parts follow from their sum: there is one, or all have to be the least or the most."""
    whole, bounds = sum(one.value for one in parts), [_bounds(one, below) for one in parts]
    least, most = sum(low for low, _ in bounds), sum(high for _, high in bounds)
    return len(parts) == 1 or (bool(parts) and whole in (least, most))


def _bounds(node: _Node, below: int) -> tuple[int, float]:
    """Give between what a reader knows a row's figure to lie."""
    if not node.said:
        return node.value, node.value
    small = node.said != GIVES_AWAY
    if not node.inside:
        return (1, below - 1) if small else (below, inf)
    bounds = [_bounds(one, below) for one in node.inside]
    high = sum(most for _, most in bounds)
    return sum(least for least, _ in bounds), min(high, below - 1) if small else high


def without(document: Document, table: Table, given: Hidden, below: int) -> Document:
    """Print a table's document without the figures that cannot be shown; programs get the same words."""
    if not given:
        return document
    grid = document.grids[0]
    if table.layout == "columns":
        rows = tuple(
            replace(printed, cells=tuple(
                _said(given.get((row.unit, column.key), ""), cell)
                for column, cell in zip(table.columns, printed.cells, strict=True)
            ))
            for row, printed in zip(table.rows, grid.rows, strict=True)
        )  # fmt: skip
    else:
        rows = tuple(_indicator(table, given, grid, number) for number in range(len(grid.rows)))
    remark = t_in(document.language, "report.register_counts", below=below)
    return replace(document, grids=(replace(grid, rows=rows), *document.grids[1:]),
                   remarks=(*document.remarks, remark), data=_data(document.data, given))  # fmt: skip


def _indicator(table: Table, given: Hidden, grid: Grid, number: int) -> GridRow:
    """Print one indicator's row: its amounts stand in the last columns, one for each row of the table that is shown."""
    key = [column.key for column in table.columns if not column.value][number]
    shown = [row for row in table.rows if table.spread or row.kind == "total"] or list(table.rows)
    cells = grid.rows[number].cells
    first = len(cells) - len(shown)
    amounts = (_said(given.get((row.unit, key), ""), cell) for row, cell in zip(shown, cells[first:], strict=True))
    return replace(grid.rows[number], cells=(*cells[:first], *amounts))


def _said(words: str, cell: Cell) -> Cell:
    return Cell(words, words) if words else cell


def _data(data: Mapping[str, Any], given: Hidden) -> dict[str, Any]:
    rows = [
        {**row, "values": {key: given.get((row["unit"], key), value) for key, value in row["values"].items()}}
        for row in data.get("rows", ())
    ]
    return {**data, "rows": rows}
