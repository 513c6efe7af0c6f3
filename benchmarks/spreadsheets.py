"""Measure spreadsheets: writing against openpyxl's plain write, reading against python-calamine alone, importing many.

python benchmarks/spreadsheets.py [ROUNDS]

Writing and reading: 5,000 rows × 20 columns, in turn in one run, medians. Reading is from the file to its cells, the
limited child process included; calamine alone is a process that only reads. Importing: one command, 200 workbooks of
100 rows, the whole process with its children; its memory is the peak of the largest of them.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from generate import Wish, generate

from hazardctl.document import Cell, Document, Grid, GridColumn, GridRow
from hazardctl.formats import workbooks
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


CALAMINE = "import python_calamine as c; c.CalamineWorkbook.from_path({path!r}).get_sheet_by_index(0).to_python()"


def in_turn(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """Give the median time of each work in seconds; they take turns, so that a busy moment meets all of them."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def program(*words: str) -> Callable[[], object]:
    """Give a work that runs a Python program as a process of its own."""
    return lambda: subprocess.run([sys.executable, *words], check=True, capture_output=True)


def reading(folder: Path, cells: list[list[str]], rounds: int) -> None:
    """Print how long a workbook takes to be read, and calamine alone."""
    path = folder / "big.xlsx"
    path.write_bytes(plain([[f"\u680f{at}" for at in range(COLUMNS)], *cells]))
    works = (
        lambda: workbooks.read(path, "big.xlsx"),
        program("-c", CALAMINE.format(path=str(path))),
        program("-c", "import python_calamine"),
        program("-c", "import hazardctl.limited, hazardctl.formats.tables, python_calamine"),
    )
    mine, alone, start, child = in_turn(works, rounds)
    limit = 1.5 * (alone - start) + child
    print(
        f"reading: ours {mine:.2f} s; calamine alone {alone:.2f} s, {start:.2f} s of it the start of its process; "
        f"our child starts in {child:.2f} s; 1.5 x reading + start = {limit:.2f} s; ours is {mine / limit:.2f} of that"
    )


def inbox(folder: Path) -> None:
    """Make a campaign of 200 units, their ledgers in workbooks that are named after them."""
    import openpyxl

    generate(folder, Wish(units=200, rows=100))
    (folder / "inbox").mkdir()
    for path in sorted(folder.glob("units/*/ledger.csv")):
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))):
            sheet.append(row[1:])
        book.save(folder / "inbox" / f"{path.parent.name}.xlsx")
    shutil.rmtree(folder / "units")


def importing(folder: Path) -> None:
    """Print how long one command takes to import all workbooks, and the memory of its largest process."""
    inbox(folder)
    found = shutil.which("hazardctl", path=sysconfig.get_path("scripts"))
    assert found, "hazardctl is not installed beside this Python"
    command = [found, "--today", "2022-12-31", "import", "inbox"]
    before, start = processor(), time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    seconds = time.perf_counter() - start
    ledgers = len(list(folder.glob("units/*/ledger.csv")))
    print(f"importing: {ledgers} of 200 workbooks in {seconds:.1f} s (limit 15), exit {done.returncode}")
    if os.name != "nt":
        import resource

        unit = 1 << (20 if sys.platform == "darwin" else 10)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // unit
        print(f"  processor {processor() - before:.1f} s, peak {peak} MB (limit 400)")


def processor() -> float:
    """Give the processor seconds of all children so far; 0 where the system does not count them."""
    times = os.times()
    return times.children_user + times.children_system


def main(rounds: int = 3) -> None:
    """Print all of it."""
    cells = texts()
    mine, theirs = in_turn((lambda: ours(cells), lambda: plain(cells)), rounds)
    print(f"writing: ours {mine:.2f} s, openpyxl {theirs:.2f} s, ratio {mine / theirs:.2f} (limit 1.5)")
    with tempfile.TemporaryDirectory() as scratch:
        reading(Path(scratch), cells, rounds)
        importing(Path(scratch) / "campaign")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
