"""Changes shown in a printed table: against another period, and by errata."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from hazardctl.document import Cell, Document, Grid, GridColumn, GridRow
from hazardctl.i18n import t_in
from hazardctl.statistics import printed
from hazardctl.statistics.partial import EXACT, Number
from hazardctl.statistics.plan import Column
from hazardctl.statistics.table import Table


def change(now: Number | None, before: Number | None) -> Number | None:
    """Give the change of a figure; none where one of the two is blank."""
    if now is None or before is None:
        return None
    if isinstance(now, int) and isinstance(before, int):
        return now - before
    return EXACT.subtract(Decimal(now), Decimal(before))


def compared(document: Document, table: Table, other: Table, language: str, files: str) -> Document:
    """Add to each figure its change against another period; of a percentage that is in percentage points."""
    before = {row.unit: row.values for row in other.rows}
    changes = {
        row.unit: {key: change(number, before.get(row.unit, {}).get(key)) for key, number in row.values.items()}
        for row in table.rows
    }
    fact = {t_in(language, "table.compared"): printed.period(other, language)}
    rows = [{**given, "changes": changes[given["unit"]]} for given in document.data["rows"]]
    data = {**document.data, "compare": other.period, "rows": rows}
    grids = document.grids
    if table.layout == "columns":
        grids = (_with_changes(grids[0], table, changes, (language, files)), *grids[1:])
    return replace(document, facts={**document.facts, **fact}, grids=grids, data=data)


def _with_changes(
    grid: Grid, table: Table, changes: Mapping[str, Mapping[str, Number | None]], languages: tuple[str, str]
) -> Grid:
    columns: list[GridColumn] = []
    for column, leaf in zip(grid.columns, table.columns, strict=True):
        columns.append(column)
        if not leaf.value:
            path, plain = column.path, column.plain or column.path
            columns.append(
                GridColumn(
                    f"{column.key}_change",
                    (*path[:-1], t_in(languages[0], "table.change", label=path[-1])), "right",
                    (*plain[:-1], t_in(languages[1], "table.change", label=plain[-1])),
                )
            )  # fmt: skip
    rows = tuple(
        replace(row, cells=tuple(_cells(row, table.columns, changes[given.unit])))
        for row, given in zip(grid.rows, table.rows, strict=True)
    )
    return replace(grid, columns=tuple(columns), rows=rows)


def _cells(row: GridRow, columns: Sequence[Column], changes: Mapping[str, Number | None]) -> Iterator[Cell]:
    for cell, column in zip(row.cells, columns, strict=True):
        yield cell
        if not column.value:
            yield _signed(changes[column.key])


def _signed(number: Number | None) -> Cell:
    if number is None:
        return Cell(number=True)
    plain = printed.digits(number)
    return Cell(f"+{plain}" if number > 0 else plain, plain, number=True)


def marked(document: Document, table: Table, changed: Collection[tuple[str, str]], remarks: Sequence[str]) -> Document:
    """Mark cells, by row and column, and say under the table what has changed."""
    grids = document.grids
    if table.layout == "columns":
        rows = tuple(
            replace(row, cells=tuple(
                replace(cell, text=t_in(document.language, "table.restated_mark", text=cell.text))
                if (given.unit, column.key) in changed else cell
                for cell, column in zip(row.cells, table.columns, strict=True)
            ))
            for row, given in zip(grids[0].rows, table.rows, strict=True)
        )  # fmt: skip
        grids = (replace(grids[0], rows=rows), *grids[1:])
    return replace(document, grids=grids, remarks=(*document.remarks, *remarks))
