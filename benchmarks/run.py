"""Measure roll-ups and checks of many units, side by side with what a user would do instead.

`python benchmarks/run.py [--units 4000] [--rows 100] [--rounds 3] [--write]`. Whole processes in turn, medians with
their spread, the largest memory of any process. Rivals that are not installed are left out; pandas is installed anyway.
`--write` puts the figures into docs/measurements.md.
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
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from generate import Wish, generate

PAGE = Path(__file__).resolve().parents[1] / "docs" / "measurements.md"
PANDAS = """
import glob, pandas as pd
paths = sorted(glob.glob("units/*/ledger.csv"))
rows = pd.concat([pd.read_csv(path, dtype=str).assign(unit=path.split("/")[1]) for path in paths])
print(rows.groupby(["unit", "整改状态"]).size().unstack(fill_value=0).to_csv())
"""
POLARS = """
import polars as pl
rows = pl.scan_csv("units/*/ledger.csv", infer_schema=False, include_file_paths="path")
print(rows.group_by("path", "整改状态").len().collect().write_csv())
"""
DUCKDB = """
import duckdb
print(duckdb.sql('''select filename, "整改状态", count(*) from read_csv('units/*/ledger.csv', all_varchar=true,
filename=true) group by all''').fetchall())
"""


def programs() -> dict[str, tuple[Sequence[str], bool]]:
    """Give what is measured: name → command, and whether the cache is thrown away before."""
    ours = shutil.which("hazardctl", path=sysconfig.get_path("scripts"))
    if ours is None:
        sys.exit("hazardctl is not installed beside this Python: make bench")
    found: dict[str, tuple[Sequence[str], bool]] = {
        "hazardctl rollup, all checks, nothing cached": ((ours, "rollup", "--format", "csv"), True),
        "hazardctl rollup, nothing changed": ((ours, "rollup", "--format", "csv"), False),
        "hazardctl check, nothing cached": ((ours, "check", "--format", "csv", "--fail-on", "never"), True),
        "pandas concat + groupby, no checks": ((sys.executable, "-c", PANDAS), False),
    }
    for name, code in (("polars scan_csv, no checks", POLARS), ("duckdb read_csv, no checks", DUCKDB)):
        if (
            subprocess.run((sys.executable, "-c", code.splitlines()[1]), capture_output=True, check=False).returncode
            == 0
        ):
            found[name] = ((sys.executable, "-c", code), False)
    return found


def measure(folder: Path, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Run every program in turn; seconds and megabytes."""
    taken: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        env = {**os.environ, "XDG_CACHE_HOME": scratch, "NO_COLOR": "1"}
        for _ in range(rounds):
            for name, (command, cold) in programs().items():
                if cold:
                    shutil.rmtree(Path(scratch) / "hazardctl", ignore_errors=True)
                taken.setdefault(name, []).append(_once(command, folder, env))
    return taken


def _once(command: Sequence[str], folder: Path, env: dict[str, str]) -> tuple[float, float]:
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not hasattr(os, "wait4"):
        process.wait()
        return time.perf_counter() - begun, 0.0
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        sys.exit(f"{command}: exit {process.returncode}")
    return time.perf_counter() - begun, used.ru_maxrss / 1024


def table(taken: dict[str, list[tuple[float, float]]], wish: Wish) -> str:
    """Draw the figures as a section of the page."""
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    load = f", load {os.getloadavg()[0]:.1f} when it ended" if hasattr(os, "getloadavg") else ""
    lines = [
        "## Speed", "",
        f"{datetime.now(UTC).date()}, {machine}{load}.",
        f"{wish.units:,} units × {wish.rows} rows, CSV.", "",
        "| program | seconds, median (spread) | MB |", "|---|---|---|",
    ]  # fmt: skip
    for name, runs in taken.items():
        seconds = [one for one, _ in runs]
        spread = f"{min(seconds):.2f}–{max(seconds):.2f}"
        lines.append(f"| {name} | {statistics.median(seconds):.2f} ({spread}) | {max(most for _, most in runs):.0f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=4000)
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    wish = Wish(units=asked.units, rows=asked.rows)
    with tempfile.TemporaryDirectory() as scratch:
        generate(Path(scratch) / "campaign", wish)
        said = table(measure(Path(scratch) / "campaign", asked.rounds), wish)
    print(said)
    if asked.write:
        before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# Measurements\n\n"
        start = before.find("## Speed")
        end = before.find("\n## ", start + 1)
        rest = before[end + 1 :] if start >= 0 and end >= 0 else ""
        PAGE.write_text(before[: start if start >= 0 else None] + said + rest, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
