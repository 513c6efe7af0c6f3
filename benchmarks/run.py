"""Measure roll-ups and checks of many units, side by side with what a user would do instead.

`python benchmarks/run.py [--units 4000] [--rows 100] [--rounds 3] [--slow] [--clean] [--write]`. Whole processes in
turn, medians with their spread, the largest memory of any process. What they are held against is in `rivals.txt`; a
program that is not installed is left out, and said so. `--slow` adds those that take minutes, `--clean` leaves out the
messy campaign and the checks. `--write` puts the figures into docs/measurements.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import rivals
from generate import Wish, generate

PAGE = Path(__file__).resolve().parents[1] / "docs" / "measurements.md"
SLOW = ("frictionless validate", "frictionless, ledger by ledger", "csvkit csvstack, csvcut")
LONG_AGO = 3600  # seconds: a file that changed just now is read again, whatever the cache knows


@dataclass
class Program:
    """One program that is measured, what is done before each run, and what its runs took."""

    name: str
    command: Sequence[str]
    folder: Path
    before: Callable[[], None] = lambda: None
    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Give the median time in seconds."""
        return statistics.median(self.seconds)


def hazardctl() -> str:
    """Find the program beside this Python."""
    found = shutil.which("hazardctl", path=sysconfig.get_path("scripts"))
    if found is None:
        sys.exit("hazardctl is not installed beside this Python: make bench")
    return found


def environment(home: Path) -> dict[str, str]:
    """Give the environment of what is measured: a cache of its own, and modules compiled once."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "XDG_CACHE_HOME": str(home / "cache"), "NO_COLOR": "1", "PYTHONUTF8": "1"}


def measure(programs: Sequence[Program], rounds: int, home: Path) -> None:
    """Run every program in turn, `rounds` times after one that is not counted."""
    env = environment(home)
    for round_ in range(rounds + 1):
        for program in programs:
            if round_ and program.name in SLOW and program.seconds:
                continue
            program.before()
            seconds, megabytes = _once(program, env)
            if round_ or program.name in SLOW:
                program.seconds.append(seconds)
                program.megabytes.append(megabytes)


def _once(program: Program, env: dict[str, str]) -> tuple[float, float]:
    begun = time.perf_counter()
    process = subprocess.Popen(
        program.command, cwd=program.folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    with _watched(process.pid) as most:
        code = process.wait()
        taken = time.perf_counter() - begun
    if code not in {0, 1, 3}:  # 1 and 3: findings, which are what was asked for
        sys.exit(f"{program.name}: exit {code}")
    return taken, max(most)


@contextmanager
def _watched(pid: int) -> Iterator[list[float]]:
    """Follow the memory of a process and its children together: their resident pages, shared ones counted once."""
    most, done = [0.0], threading.Event()

    def follow() -> None:
        while not done.wait(0.2):
            most.append(sum(_megabytes(one) for one in _family(pid)))

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    try:
        yield most
    finally:
        done.set()
        thread.join()


def _family(pid: int) -> list[int]:
    """Name a process and those below it: a thread of its own may have started them."""
    children: list[str] = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            children += listed.read_text(encoding="ascii").split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def rolled(campaign: Path, messy: Path | None, home: Path) -> list[Program]:
    """Give the roll-ups that are measured, that of a messy campaign among them where there is one."""
    ours = (hazardctl(), "rollup", "--format", "csv")

    def cold() -> None:
        shutil.rmtree(home / "cache", ignore_errors=True)

    mess = "rollup, a tenth YAML, a tenth GBK with other headings, a twentieth from XLSX"
    return [
        Program("rollup, all checks, nothing cached", ours, campaign, cold),
        Program("rollup, nothing changed", ours, campaign),
        Program("rollup, 1 % of the files changed", ours, campaign, lambda: edit(campaign)),
        *([Program(mess, ours, messy, cold)] if messy else []),
        *(Program(name, command, campaign) for name, command in rivals.tables().items()),
    ]


def edit(campaign: Path) -> None:
    """Change a row in every hundredth ledger, as if an hour ago."""
    then = time.time() - LONG_AGO
    for path in sorted(campaign.glob("units/*/ledger.csv"))[::100]:
        data = path.read_bytes()
        old, new = ("（第", "（计") if "（第".encode() in data else ("（计", "（第")
        path.write_bytes(data.replace(old.encode(), new.encode()))
        os.utime(path, (then, then))


def checked(campaign: Path, rows: Path, home: Path) -> list[Program]:
    """Give the checks that are measured."""
    ours = (hazardctl(), "check", "--format", "csv", "--fail-on", "never")
    cold = rolled(campaign, campaign, home)[0].before
    others = rivals.checks(rows, campaign).items()
    return [Program("check, nothing cached", ours, campaign, cold)] + [
        Program(name, command, rows.parent) for name, command in others
    ]


def table(programs: Sequence[Program], rows: int) -> list[str]:
    """Draw what was measured; the ratio is to the first."""
    lines = ["| program | seconds, median (spread) | rows/s | ratio | MB |", "|---|---|---|---|---|"]
    first = programs[0].median
    for one in programs:
        spread = f"{min(one.seconds):.2f}–{max(one.seconds):.2f}"
        lines.append(
            f"| {one.name} | {one.median:.2f} ({spread}) | {rows / one.median:,.0f} | {one.median / first:.2f} "
            f"| {max(one.megabytes):.0f} |"
        )
    return lines


def machine() -> str:
    """Say when and on what this was measured."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{datetime.now(UTC).date()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores{load}, "
        f"Python {platform.python_version()}"
    )


def section(title: str, lines: Sequence[str]) -> None:
    """Put a section into the page of measurements, in place of the one of that title."""
    said = "\n".join([f"## {title}", "", *lines, ""])
    before = PAGE.read_text(encoding="utf-8")
    start = before.find(f"## {title}\n")
    end = before.find("\n## ", start + 1) if start >= 0 else -1
    rest = before[end + 1 :] if end >= 0 else ""
    head = before[:start] if start >= 0 else before.rstrip() + "\n\n"
    PAGE.write_text(f"{head}{said}\n{rest}".rstrip() + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=4000)
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--campaign", type=Path, help="one that has been made already, with that many units and rows")
    parser.add_argument("--slow", action="store_true", help="programs that take minutes too")
    parser.add_argument("--clean", action="store_true", help="leave out the messy campaign and the checks")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    rows = asked.units * asked.rows
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        campaign, messy, one = asked.campaign or home / "campaign", home / "messy", home / "rows.csv"
        if asked.campaign is None:
            generate(campaign, Wish(units=asked.units, rows=asked.rows))
        sets = [rolled(campaign, None if asked.clean else messy, home)]
        if not asked.clean:
            mess = Wish(units=asked.units, rows=asked.rows, yaml=0.1, gbk=0.1, drifted=0.1, broken=0.01, xlsx=0.05)
            generate(messy, mess)
            rivals.one_file(campaign, one)
            sets.append(checked(campaign, one, home))
        for programs in sets:
            programs[:] = [program for program in programs if asked.slow or program.name not in SLOW]
            measure(programs, asked.rounds, home)
    size = f"{asked.units:,} units × {asked.rows} rows"
    command = f"python benchmarks/run.py --units {asked.units} --rows {asked.rows}{' --clean' if asked.clean else ''}"
    lines = [f"{machine()}; `{command}`, whole processes in turn."]
    lines += [line for programs in sets for line in ("", *table(programs, rows))]
    print("\n".join(lines))
    if asked.write:
        section(f"Speed: {size}", lines)


if __name__ == "__main__":
    main()
