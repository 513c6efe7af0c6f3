"""Measure what synced folders wait for: git's merge driver, `conflicts`, the verification of journals.

`python benchmarks/syncing.py [--units 4000] [--rounds 9] [--best] [--json]`. Whole processes in turn, medians of the
time on the clock and of the processor's; the bars are 150 ms a file beyond Python's start, 1 s over 4,000 units,
150,000 lines of a journal a second.
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
from collections.abc import Callable, Iterable
from pathlib import Path

from generate import Wish, generate

from hazardctl.formats import yaml
from hazardctl.journals import chain
from hazardctl.journals.chain import Head

LINES = 100_000
Pick = Callable[[Iterable[float]], float]
DRIVER = (sys.executable, "-m", "hazardctl.merging.gitdriver", "merge")


# Two people's changes of a ledger: rows, and what is put into which column.
CASES = {
    "two rows": ((5, {"责任人": "张小三"}), (50, {"责任人": "李小四"})),
    "one row, two columns": ((5, {"责任人": "张小三"}), (5, {"整改措施": "更换全部门禁"})),
    "a cell asked": ((5, {"责任人": "张小三"}), (5, {"责任人": "李小四"})),
    "a later deadline asked": ((5, {"完成时限": "2022-12-20"}), (50, {"责任人": "李小四"})),
    "a row deleted and changed": ((5, {}), (5, {"责任人": "李小四"})),
    "a deadline in words": ((5, {"责任人": "张小三", "完成时限": "立即"}), (5, {"责任人": "李小四"})),
    "a year guessed: the whole program": (
        (5, {"责任人": "张小三", "完成时限": "9月30日前"}),
        (5, {"责任人": "李小四"}),
    ),
    "the whole program, and a check": ((5, {"完成时限": "2022-11-10"}), (5, {"风险隐患类别": "2", "检查项": "2.1"})),
}


ASKED = CASES["a cell asked"]
MOVED, TWICE, FIRST, YAML = (
    "columns in another order", "one new id on both sides", "the first time in a clone", "a YAML ledger",
)  # fmt: skip
CASES |= dict.fromkeys((MOVED, TWICE, FIRST, YAML), ASKED)  # a cell is asked, and something else besides


def prepared(folder: Path, name: str) -> list[str]:
    """Make the versions of a case by its name; gives what git would say."""
    *given, path = versions(folder, CASES[name])
    tables = {one: list(csv.reader(io.StringIO(_text(folder / one), newline=""))) for one in given[:3]}
    if name == MOVED:
        tables["B"] = [[*row[1:3], row[0], *row[3:]] for row in tables["B"]]
    if name == TWICE:
        for one in ("A", "B"):
            tables[one].append(["HNEW-2222-3333", *tables[one][7][1:]])
    if name != YAML:
        for one, rows in tables.items():
            text = io.StringIO(newline="")
            csv.writer(text).writerows(rows)
            (folder / one).write_bytes(text.getvalue().encode("utf-8-sig"))
        return [*given, path]
    for one, (titles, *rows) in tables.items():
        entries = [{title: cell for title, cell in zip(titles, row, strict=True) if cell} for row in rows]
        (folder / one).write_text(yaml.dump({"entries": entries}), encoding="utf-8")
    (folder / path).rename((folder / path).with_suffix(".yaml"))
    return [*given, path.removesuffix("csv") + "yaml"]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def versions(folder: Path, case: tuple[tuple[int, dict[str, str]], ...]) -> list[str]:
    """Make a clone with a ledger of 200 rows, and two people's versions of it; gives what git would say."""
    generate(folder, Wish(units=1, rows=200))
    subprocess.run(("git", "init", "-q"), cwd=folder, check=True)
    path = next(folder.glob("units/*/ledger.csv"))
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    rows[5][rows[0].index("完成时限")] = "2022-11-20"
    names = []
    for name, (row, cells) in zip("OAB", ((0, {"责任人": "责任人"}), *case), strict=True):
        own = [list(each) for each in rows]
        for heading, value in cells.items():
            own[row][rows[0].index(heading)] = value
        if not cells:
            del own[row]
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


def measure(units: int, rounds: int, pick: Pick) -> dict[str, tuple[float, float]]:
    """Run everything in turn; medians of seconds or the best of them, and lines a second for the journal."""
    program = shutil.which("hazardctl", path=sysconfig.get_path("scripts")) or "hazardctl"
    with tempfile.TemporaryDirectory() as scratch:
        many = Path(scratch) / "many"
        asked = {name: (Path(scratch) / name, prepared(Path(scratch) / name, name)) for name in CASES}
        generate(many, Wish(units=units, rows=5))
        found: dict[str, list[tuple[float, float]]] = {}
        for number in range(rounds + 1):
            found.setdefault("python alone", []).append(timed((sys.executable, "-c", "pass"), Path(scratch)))
            for name, (folder, given) in asked.items():
                shutil.copy(folder / "A", folder / "ours")
                for left in folder.glob("units/*/*.conflicts.*"):
                    left.unlink()
                if name == FIRST:
                    shutil.rmtree(folder / ".git" / "hazardctl", ignore_errors=True)
                found.setdefault(f"driver: {name}", []).append(timed((*DRIVER, given[0], "ours", *given[2:]), folder))
            if number % 3 == 0:
                found.setdefault(f"conflicts over {units} units", []).append(timed((program, "conflicts"), many))
    told = {
        name: (pick(clock for clock, _ in each[1:]), pick(busy for _, busy in each[1:])) for name, each in found.items()
    }
    return {**told, "journal lines a second": verification()}


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
    parser.add_argument("--best", action="store_true", help="the best of all rounds, for a machine that others use too")
    given = parser.parse_args()
    found = measure(given.units, given.rounds, min if given.best else statistics.median)
    if given.json:
        print(json.dumps(found))
    else:
        for name, (clock, busy) in found.items():
            print(f"{name:<36}{clock:12.3f} clock {busy:12.3f} processor")


if __name__ == "__main__":
    main()
