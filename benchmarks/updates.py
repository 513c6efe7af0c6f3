"""Measure one change of one entry: locked, journaled, synced, through the Python API of one process.

`python benchmarks/updates.py [--rows 200] [--updates 300] [--folder DIR] [--json]`. DIR lies on the disk that is
measured; the bars are 60 ms an update and 100 updates a second (docs/measurements.md).
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from generate import Wish, generate

from hazardctl import lifecycle, load
from hazardctl.journals import journal
from hazardctl.workspace import Workspace

TODAY = date(2022, 9, 1)


def measure(folder: Path, rows: int, updates: int) -> dict[str, float]:
    """Change one entry after another; gives milliseconds and changes a second."""
    generate(folder, Wish(units=1, rows=rows))
    opened = load.opened(Workspace(folder))
    unit = next(unit for unit in opened.units.units if opened.workspace.ledgers(unit))
    ledger, _ = load.load_ledger(opened.workspace, unit, opened.terms)
    assert ledger is not None
    ids = list(ledger.column("id") or ())
    seconds, started = [], 0.0
    for number in range(updates + 1):
        before = time.perf_counter()
        values = {"owner": f"张三{number}"}
        lifecycle.set_fields(opened, unit, [ids[number % len(ids)]], values, by="bench", today=TODAY)
        seconds.append(time.perf_counter() - before)
        started = started or time.process_time()
    busy = time.process_time() - started
    own = seconds[1:]  # the first one also records the whole ledger as seen
    kept = len(journal.read(opened.workspace.unit(unit)))
    assert kept == rows + updates + 1, f"{kept} lines in the journal"
    return {
        "first ms": 1000 * seconds[0], "median ms": 1000 * statistics.median(own), "slowest ms": 1000 * max(own),
        "cpu ms": 1000 * busy / len(own), "updates/s": len(own) / sum(own),
    }  # fmt: skip


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--updates", type=int, default=300)
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as scratch:
        found = measure(Path(scratch) / "campaign", given.rows, given.updates)
    if given.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name:<12}{value:8.1f}")


if __name__ == "__main__":
    main()
