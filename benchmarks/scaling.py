"""Measure how a roll-up grows with units, rows and processes, and draw it: `python benchmarks/scaling.py [--write]`.

Nothing is cached. The slope is that of a straight line through the points on logarithmic scales: 1 means twice the work
takes twice the time. `--write` puts the figures into docs/measurements.md and the drawing into docs/scaling.svg.
"""

from __future__ import annotations

import argparse
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from generate import Wish, generate
from run import PAGE, environment, hazardctl, machine, section

UNITS = (250, 500, 1000, 2000, 4000, 8000)  # of 100 rows
ROWS = (25, 50, 100, 200, 400, 800)  # in each of 500 units
PROCESSES = (1, 2)
DRAWING = PAGE.with_name("scaling.svg")
COLOURS = ("#1f5fa8", "#b3541e", "#2e7d32")
ALONE = """
import sys
from hazardctl.engines import local
from hazardctl import app
whole = local.run
local.run = lambda task, chunks, processes=None: whole(task, chunks, {processes})
sys.exit(app.main(["rollup", "--format", "csv"]))
"""
Points = Sequence[tuple[float, float]]


def timed(command: Sequence[str], folder: Path, home: Path, rounds: int) -> float:
    """Give the median seconds of a command with an empty cache."""
    taken = []
    for _ in range(rounds):
        shutil.rmtree(home / "cache", ignore_errors=True)
        begun = time.perf_counter()
        subprocess.run(command, cwd=folder, env=environment(home), capture_output=True, check=True)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def curve(wishes: Mapping[int, Wish], command: Sequence[str], home: Path, rounds: int) -> Points:
    """Measure campaigns of growing size; size → seconds."""
    points = []
    for size, wish in wishes.items():
        folder = home / f"{wish.units}x{wish.rows}"
        if not folder.exists():
            generate(folder, wish)
        points.append((float(size), timed(command, folder, home, rounds)))
    return points


def slope(points: Points, beyond: float) -> float:
    """Give the slope of the times beyond a start, on logarithmic scales, over the larger half of the sizes."""
    kept = [(math.log(size), math.log(max(seconds - beyond, 1e-3))) for size, seconds in points[len(points) // 2 :]]
    return statistics.linear_regression([x for x, _ in kept], [y for _, y in kept]).slope


def drawing(curves: Mapping[str, Points]) -> str:
    """Draw curves on logarithmic scales."""
    wide, high, edge = 720, 420, 60
    every = [point for points in curves.values() for point in points]
    across = _scale([x for x, _ in every], edge, wide - 20)
    upward = _scale([y for _, y in every], high - edge, 20)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12">',
        f'<rect width="{wide}" height="{high}" fill="white"/>',
    ]
    for (name, points), colour in zip(curves.items(), COLOURS, strict=False):
        path = " ".join(f"{across(x):.1f},{upward(y):.1f}" for x, y in points)
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for x, y in points:
            lines.append(f'<circle cx="{across(x):.1f}" cy="{upward(y):.1f}" r="3" fill="{colour}"/>')
            lines.append(f'<text x="{across(x):.1f}" y="{upward(y) - 8:.1f}" text-anchor="middle">{y:.2f} s</text>')
        last = points[-1]
        place = f'x="{across(last[0]):.1f}" y="{upward(last[1]) + 18:.1f}" text-anchor="end"'
        lines.append(f'<text {place} fill="{colour}">{name}</text>')
    lines += [
        f'<text x="{across(size):.1f}" y="{high - edge + 30}" text-anchor="middle">{size:,.0f}</text>'
        for size in sorted({x for x, _ in every})
    ]
    lines.append(f'<text x="{wide / 2}" y="{high - 10}" text-anchor="middle">thousand rows</text>')
    return "\n".join([*lines, "</svg>", ""])


def _scale(values: Sequence[float], start: float, end: float) -> Callable[[float], float]:
    low, high = math.log(min(values)), math.log(max(values))
    return lambda value: start + (end - start) * (math.log(value) - low) / (high - low)


def main() -> None:
    """Measure, print, draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    ours = (hazardctl(), "rollup", "--format", "csv")
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        generate(home / "one", Wish(units=1, rows=1))
        start = timed(ours, home / "one", home, asked.rounds)
        by_units = curve({units: Wish(units=units, rows=100) for units in UNITS}, ours, home, asked.rounds)
        by_rows = curve({rows: Wish(units=500, rows=rows) for rows in ROWS}, ours, home, asked.rounds)
        by_processes = [
            (count, timed((sys.executable, "-c", ALONE.format(processes=count)), home / "4000x100", home, asked.rounds))
            for count in PROCESSES
        ]
    lines = [
        f"{machine()}; `python benchmarks/scaling.py`, medians of {asked.rounds}, nothing cached; start {start:.2f} s.",
        "", "![Roll-ups of growing campaigns](scaling.svg)", "",
        "| units × 100 rows | seconds | | rows × 500 units | seconds | | processes, 4,000 × 100 | seconds |",
        "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for at in range(max(len(by_units), len(by_rows))):
        units, rows = (f"{x:,.0f} | {y:.2f}" for x, y in (by_units[at], by_rows[at]))
        processes = f"{by_processes[at][0]} | {by_processes[at][1]:.2f}" if at < len(by_processes) else " | "
        lines.append(f"| {units} | | {rows} | | {processes} |")
    slopes = f"Beyond the start the time grows with units to the power of {slope(by_units, start):.2f}"
    lines += ["", f"{slopes}, with rows to that of {slope(by_rows, start):.2f} (1: twice the work, twice the time)."]
    print("\n".join(lines))
    if asked.write:
        section("How it grows", lines)
        thousands = {
            "more units of 100 rows": [(units * 0.1, seconds) for units, seconds in by_units],
            "500 units of more rows": [(rows * 0.5, seconds) for rows, seconds in by_rows],
        }
        DRAWING.write_text(drawing(thousands), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
