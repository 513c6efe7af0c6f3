"""Measure how a roll-up grows with units, rows and processes, and draw it: `python benchmarks/scaling.py [--write]`.

Nothing is cached. The slope is that of a straight line through the points on logarithmic scales: 1 means twice the work
takes twice the time. `--units` and `--rows` name the largest campaigns, from which sizes are halved. `--write` puts the
figures into docs/measurements.md and the drawing into docs/scaling.svg.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from generate import Wish, generate
from run import PAGE, environment, hazardctl, machine, section

STEPS = 6  # sizes, each half of the next
ROWS = 100  # in each unit of campaigns of growing numbers of units
UNITS = 500  # of campaigns of growing ledgers
DRAWING = PAGE.with_name("scaling.svg")
COLOURS = ("#1f5fa8", "#b3541e")
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
    across = _scale([x for x, _ in every], edge, wide - 40)
    upward = _scale([y for _, y in every], high - edge, 40)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12">',
        f'<rect width="{wide}" height="{high}" fill="white"/>',
    ]
    for (name, points), colour, beside in zip(curves.items(), COLOURS, (-8, 18), strict=False):
        path = " ".join(f"{across(x):.1f},{upward(y):.1f}" for x, y in points)
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for x, y in points:
            lines.append(f'<circle cx="{across(x):.1f}" cy="{upward(y):.1f}" r="3" fill="{colour}"/>')
            place = f'x="{across(x):.1f}" y="{upward(y) + beside:.1f}" text-anchor="middle"'
            lines.append(f'<text {place} fill="{colour}">{y:.2f} s</text>')
        last = points[-1]
        place = f'x="{across(last[0]):.1f}" y="{upward(last[1]) + 2.5 * beside:.1f}" text-anchor="end"'
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


def sizes(largest: int) -> list[int]:
    """Give sizes up to the largest, each half of the next."""
    return [largest >> step for step in reversed(range(STEPS)) if largest >> step]


def table(by_units: Points, by_rows: Points, by_processes: Points, units: int) -> list[str]:
    """Set the figures side by side."""
    heads = (f"units × {ROWS} rows", f"rows × {UNITS} units", f"processes, {units:,} × {ROWS}")
    lines = [f"| {' | | '.join(f'{head} | seconds' for head in heads)} |", "|---|---" * 3 + "|---" * 2 + "|"]
    for at in range(max(map(len, (by_units, by_rows, by_processes)))):
        cells = [
            f"{points[at][0]:,.0f} | {points[at][1]:.2f}" if at < len(points) else " | "
            for points in (by_units, by_rows, by_processes)
        ]
        lines.append(f"| {' | | '.join(cells)} |")
    return lines


def main() -> None:
    """Measure, print, draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--units", type=int, default=8000, help="of the largest campaign")
    parser.add_argument("--rows", type=int, default=800, help="in each unit of the largest ledgers")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    ours = (hazardctl(), "rollup", "--format", "csv")
    middle = asked.units // 2
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        generate(home / "one", Wish(units=1, rows=1))
        start = timed(ours, home / "one", home, asked.rounds)
        by_units = curve(
            {units: Wish(units=units, rows=ROWS) for units in sizes(asked.units)}, ours, home, asked.rounds
        )
        by_rows = curve({rows: Wish(units=UNITS, rows=rows) for rows in sizes(asked.rows)}, ours, home, asked.rounds)
        by_processes = [
            (count, timed((*ours, "--engine", f"local={count}"), home / f"{middle}x{ROWS}", home, asked.rounds))
            for count in range(1, (os.cpu_count() or 1) + 1)
        ]
    told = f"`python benchmarks/scaling.py --units {asked.units} --rows {asked.rows}`, medians of {asked.rounds}"
    grown = f"Beyond the start the time grows with units to the power of {slope(by_units, start):.2f}"
    lines = [
        f"{machine()}; {told}, nothing cached; start {start:.2f} s.", "",
        "![Roll-ups of growing campaigns](scaling.svg)", "", *table(by_units, by_rows, by_processes, middle), "",
        f"{grown}, with rows to that of {slope(by_rows, start):.2f} (1: twice the work, twice the time).",
    ]  # fmt: skip
    print("\n".join(lines))
    if asked.write:
        section("How it grows", lines)
        DRAWING.write_text(drawing(thousands(by_units, by_rows)), encoding="utf-8", newline="\n")


def thousands(by_units: Points, by_rows: Points) -> Mapping[str, Points]:
    """Give the curves over thousands of rows."""
    return {
        f"more units of {ROWS} rows": [(units * ROWS / 1000, seconds) for units, seconds in by_units],
        f"{UNITS} units of more rows": [(rows * UNITS / 1000, seconds) for rows, seconds in by_rows],
    }


if __name__ == "__main__":
    main()
