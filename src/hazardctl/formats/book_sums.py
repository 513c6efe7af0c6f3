"""Write totals as formulas, wherever the rows they stand for give exactly the figure that was rolled up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from hazardctl.document import Grid, GridRow
from hazardctl.formats.book import rows_of

_ARGUMENTS, _CHARACTERS = 200, 8_000  # a formula holds 255 and 8,192
_SUMS = ("total", "subtotal")


def formulas(grid: Grid, first: int) -> dict[tuple[int, int], str]:
    """Give the formulas of a grid whose first row stands in row `first` of the sheet, by row and column of the grid.

    A figure that is not the sum of rows in sight (a level was cut, a return is missing) has none.
    """
    adding = [at for at, column in enumerate(grid.columns) if column.adds]
    values = {at: [_number(row, at) for row in grid.rows] for at in adding}
    found: dict[tuple[int, int], str] = {}
    for number, row in enumerate(grid.rows):
        if row.kind not in _SUMS or not adding:
            continue
        parts = list(_parts(grid.rows, number))
        for at in adding:
            if formula := _formula(parts, values[at], number, at, first):
                found[number, at] = formula
    return found


def _number(row: GridRow, at: int) -> Decimal | None:
    cell = row.cells[at]
    return Decimal(cell.plain) if cell.number and cell.plain and cell.text == cell.plain else None


def _parts(rows: Sequence[GridRow], number: int) -> Iterator[list[int]]:
    """Give the rows a sum may be made of: those directly below it, or everything below it that is no sum itself."""
    row = rows[number]
    if row.kind == "total":
        below = [at for at, other in enumerate(rows) if other.kind != "total"]
    else:
        end = next((at for at in range(number + 1, len(rows)) if rows[at].level <= row.level), len(rows))
        below = [at for at in range(number + 1, end) if rows[at].kind != "total"]
    yield [at for at in below if rows[at].level == row.level + 1]
    yield [at for at in below if rows[at].kind not in _SUMS]


def _formula(parts: list[list[int]], values: Sequence[Decimal | None], number: int, at: int, first: int) -> str:
    meant = values[number]
    for rows in parts:
        if meant is not None and rows and sum((values[row] or Decimal(0) for row in rows), Decimal(0)) == meant:
            return _sum(rows_of([first + row for row in rows], at))
    return ""


def _sum(arguments: str) -> str:
    listed = arguments.split(",")
    pieces = [",".join(listed[at : at + _ARGUMENTS]) for at in range(0, len(listed), _ARGUMENTS)]
    written = f"SUM({pieces[0]})" if len(pieces) == 1 else f"SUM({','.join(f'SUM({piece})' for piece in pieces)})"
    return written if len(written) <= _CHARACTERS and len(pieces) <= _ARGUMENTS else ""


def decimals(plain: str) -> int:
    """Count the decimals of a number as it is written."""
    return len(plain.partition(".")[2])


def number_format(plain: str, *, percent: bool) -> str:
    """Give the number format that shows a number with the decimals it has."""
    places = decimals(plain)
    return ("0." + "0" * places if places else "0") + ("%" if percent else "")
