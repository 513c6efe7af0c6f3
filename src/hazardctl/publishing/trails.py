"""Links from the cells of a printed table to the entries and figures behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hazardctl import text
from hazardctl.cells.terms import label_of
from hazardctl.document import Cell, Document, Trail
from hazardctl.i18n import t_in
from hazardctl.publishing import evidence
from hazardctl.publishing.evidence import Behind, Piece, Record
from hazardctl.statistics import printed
from hazardctl.statistics.plan import Column
from hazardctl.statistics.table import Row

LONGEST = 200  # rows behind a cell that a page still lists; `trace` lists them all


def laid(document: Document, record: Record) -> Document:
    """Link each cell of a table to its rows, which are listed below; a cell with very many has no link."""
    table = record.table
    laying = _Laying(record, document.language)
    lines = []
    if table.layout == "columns":
        for at, (line, row) in enumerate(zip(document.grids[0].rows, table.rows, strict=True)):
            pairs = zip(line.cells, table.columns, strict=True)
            lines.append(replace(line, cells=tuple(laying.cell(cell, at, row, column) for cell, column in pairs)))
    else:
        shown = list(enumerate(printed.beside(table)))
        columns = [column for column in table.columns if not column.value]
        for line, column in zip(document.grids[0].rows, columns, strict=True):
            heads, amounts = line.cells[: -len(shown)], line.cells[-len(shown) :]
            linked = (laying.cell(cell, at, row, column) for cell, (at, row) in zip(amounts, shown, strict=True))
            lines.append(replace(line, cells=(*heads, *linked)))
    grid = replace(document.grids[0], rows=tuple(lines), trails=tuple(laying.found))
    return replace(document, grids=(grid, *document.grids[1:]))


class _Laying:
    """The links of one table on their way into it."""

    def __init__(self, record: Record, language: str) -> None:
        self.record, self.language, self.found = record, language, list[Trail]()

    def cell(self, cell: Cell, at: int, row: Row, column: Column) -> Cell:
        """Give a cell with its link."""
        behind = Behind(None) if column.value else evidence.behind(self.record, row.unit, column)
        if not cell.text or not 0 < len(behind.top) + len(behind.over) <= LONGEST:
            return cell
        name = f"{self.record.table.id}-{at}-{column.key}"
        self.found.append(_trail(name, cell, row, column, behind, self.language))
        return replace(cell, link=name)


def _trail(name: str, cell: Cell, row: Row, column: Column, behind: Behind, language: str) -> Trail:  # noqa: PLR0917
    label = "/".join(label_of(step, language) for step in column.path)
    title = t_in(language, "table.behind", row=label_of(row.name, language), column=label, value=cell.text)
    return Trail(name, text.escape(title), tuple(_lines(behind, bool(column.over), language)))


def _lines(behind: Behind, halved: bool, language: str) -> Iterator[str]:
    for part, pieces in (("top", behind.top), ("over", behind.over)):
        for piece in pieces:
            head = f"{t_in(language, f'table.part_{part}')} " if halved else ""
            yield text.escape(f"{head}{printed.digits(piece.adds)}  {line(piece)}")


def line(piece: Piece) -> str:
    """Say where an entry or figure stands, and what it says."""
    given = piece.line
    place = f"{given.path}:{given.line}" if given.line else given.path
    said = " · ".join(value for key, value in given.values.items() if value and not key.startswith("filled:"))
    return f"{given.id}  {place}  {said}"
