"""Measure what synced folders wait for: git's merge driver, `conflicts`, the verification of journals.

`python benchmarks/syncing.py [--units 4000] [--rounds 9] [--json]`. Whole processes in turn, medians of the time on
the clock and of the processor's; the bars are 150 ms a file beyond Python's start, 1 s over 4,000 units, 150,000 lines
of a journal a second.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from generate import Wish, generate

from hazardctl.journals import chain
from hazardctl.journals.chain import Head

LINES = 100_000
DRIVER = (sys.executable, "-m", "hazardctl.merging.gitdriver", "merge")


def versions(folder: Path, clash: bool) -> list[str]:
    """Make a clone with a ledger of 200 rows, and two people's versions of it; gives what git would say."""
    generate(folder, Wish(units=1, rows=200))
    subprocess.run(("git", "init", "-q"), cwd=folder, check=True)
    path = next(folder.glob("units/*/ledger.csv"))
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    owner = rows[0].index("责任人")
    names = []
    for name, row, value in (("O", 0, ""), ("A", 5, "张小三"), ("B", 5 if clash else 50, "李小四")):
        own = [list(cells) for cells in rows]
        own[row][owner] = value or own[row][owner]
        text = io.StringIO(newline="")
        csv.writer(text).writerows(own)
        (folder / name).write_bytes(text.getvalue().encode("utf-8-sig"))
        names.append(name)
    return [*names, "7", path.relative_to(folder).as_posix()]


def timed(command: list[str] | tuple[str, ...], folder: Path) -> tuple[float, float]:
    """Run a command; gives seconds on the clock and of the processor."""
    before, spent = time.perf_counter(), os.times()
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    after = os.times()
    busy = after.children_user - spent.children_user + after.children_system - spent.children_system
    return time.perf_counter() - before, busy


def measure(units: int, rounds: int) -> dict[str, tuple[float, float]]:
    """Run everything in turn; medians of seconds, and lines a second for the journal."""
    program = shutil.which("hazardctl", path=sysconfig.get_path("scripts")) or "hazardctl"
    with tempfile.TemporaryDirectory() as scratch:
        clean, clash, many = (Path(scratch) / name for name in ("clean", "clash", "many"))
        asked = {
            "driver": (clean, versions(clean, clash=False)),
            "driver, a cell asked": (clash, versions(clash, clash=True)),
        }
        generate(many, Wish(units=units, rows=5))
        found: dict[str, list[tuple[float, float]]] = {}
        for number in range(rounds + 1):
            found.setdefault("python alone", []).append(timed((sys.executable, "-c", "pass"), clean))
            for name, (folder, given) in asked.items():
                shutil.copy(folder / "A", folder / "ours")
                found.setdefault(name, []).append(timed((*DRIVER, given[0], "ours", *given[2:]), folder))
            if number % 3 == 0:
                found.setdefault(f"conflicts over {units} units", []).append(timed((program, "conflicts"), many))
    medians = {
        name: (statistics.median(clock for clock, _ in each[1:]), statistics.median(busy for _, busy in each[1:]))
        for name, each in found.items()
    }
    return {**medians, "journal lines a second": verification()}


def verification() -> tuple[float, float]:
    """Verify a journal of many lines; gives lines a second by the clock and by the processor."""
    head, lines = Head(), []
    for number in range(LINES):
        told = {
            "turn": number + 1, "at": "2022-09-01T00:00:00.000Z", "by": "张三", "command": "set", "kind": "set",
            "id": "H7K3-M9QX-2FPD", "changes": {"owner": [f"张{number}", "李四"]}, "was": "a" * 64, "ledger": "b" * 64,
        }  # fmt: skip
        line, head = chain.sealed(told, head)
        lines.append(line)
    whole = b"".join(lines)
    before, spent = time.perf_counter(), time.process_time()
    broken, end = chain.verify(whole)
    assert not broken
    assert end == head
    return LINES / (time.perf_counter() - before), LINES / (time.process_time() - spent)


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = measure(given.units, given.rounds)
    if given.json:
        print(json.dumps(found))
    else:
        for name, (clock, busy) in found.items():
            print(f"{name:<28}{clock:12.3f} clock {busy:12.3f} processor")


if __name__ == "__main__":
    main()
