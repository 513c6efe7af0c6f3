"""Measure the writing of spreadsheets: our writer against openpyxl's plain write, 5,000 rows × 20 columns.

python benchmarks/spreadsheets.py [ROUNDS]
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable

from hazardctl.document import Cell, Document, Grid, GridColumn, GridRow
from hazardctl.writers import xlsx

ROWS, COLUMNS = 5_000, 20
WORDS = (
    "消防通道堆放杂物",
    "2022-09-06",
    "整改中",
    "张三、李四",
    "007",
    "城关镇司法所",
    "已制定方案，限期整改到位",
    "12",
)


def texts() -> list[list[str]]:
    """Give the cells, partly repeated as in a ledger."""
    return [[f"{WORDS[at % 8]}{row}" if at % 4 == 0 else WORDS[at % 8] for at in range(COLUMNS)] for row in range(ROWS)]


def ours(cells: list[list[str]]) -> bytes:
    """Draw a document of one table."""
    columns = tuple(GridColumn(str(at), (f"栏{at}",)) for at in range(COLUMNS))
    rows = tuple(GridRow(tuple(Cell(cell, cell) for cell in row)) for row in cells)
    return xlsx.file(Document("台账", grids=(Grid("t", columns, rows),)))


def plain(cells: list[list[str]]) -> bytes:
    """Write the same texts with openpyxl, without any style."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in cells:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def measured(write: Callable[[list[list[str]]], bytes], cells: list[list[str]], rounds: int) -> float:
    """Give the median time in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        write(cells)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main(rounds: int = 3) -> None:
    """Print both medians and their ratio."""
    cells = texts()
    mine, theirs = measured(ours, cells, rounds), measured(plain, cells, rounds)
    print(f"ours {mine:.2f} s, openpyxl {theirs:.2f} s, ratio {mine / theirs:.2f} (limit 1.5)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
