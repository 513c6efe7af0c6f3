"""Measure what a clerk waits for: start-up, one ledger checked, twenty units rolled up.

Whole processes, start-up included, in turn (A B A B …) so that a busy moment of the machine meets all of them; medians.
`python benchmarks/startup.py [--rounds 15] [--json]`. The bars are the ones in docs/measurements.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from generate import Wish, generate

BARE = (
    "import typer\napp = typer.Typer(add_completion=False, rich_markup_mode=None)\n"
    "@app.command()\ndef hello(name: str = 'x'): print(name)\napp(['--help'])\n"
)


def programs(folder: Path) -> dict[str, tuple[list[str], Path]]:
    """Give the programs that are measured: name → command line and folder."""
    found = shutil.which("hazardctl", path=sysconfig.get_path("scripts"))
    if found is None:
        sys.exit("hazardctl is not installed beside this Python: make bench")
    one, twenty = folder / "one", folder / "twenty"
    generate(one, Wish(units=1, rows=50))
    generate(twenty, Wish(units=20, rows=50))
    return {
        "python alone": ([sys.executable, "-c", "pass"], folder),
        "bare typer program --help": ([sys.executable, "-c", BARE], folder),
        "hazardctl --help": ([found, "--help"], folder),
        "check one ledger of 50 rows": ([found, "check", "--fail-on", "never"], one),
        "rollup of 20 units x 50 rows": ([found, "rollup"], twenty),
    }


def measure(rounds: int) -> dict[str, list[float]]:
    """Run every program `rounds` times in turn; seconds."""
    seconds: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        asked = programs(Path(scratch))
        env = {**os.environ, "XDG_CACHE_HOME": str(Path(scratch) / "cache"), "NO_COLOR": "1"}
        for round_ in range(rounds + 1):  # the first fills the page cache and Python's own, and is not counted
            for name, (command, folder) in asked.items():
                begun = time.perf_counter()
                done = subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False)
                took = time.perf_counter() - begun
                if done.returncode:
                    sys.exit(f"{name}: exit {done.returncode}\n{done.stderr.decode(errors='replace')}")
                if round_:
                    seconds.setdefault(name, []).append(took)
    return seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    seconds = measure(asked.rounds)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    if asked.json:
        print(json.dumps(medians, indent=2))
        return
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    print(f"Python {platform.python_version()}, {machine}, {asked.rounds} rounds")
    for name, median in medians.items():
        spread = f"{min(seconds[name]) * 1000:.0f}–{max(seconds[name]) * 1000:.0f}"
        print(f"{median * 1000:7.0f} ms  ({spread})  {name}")
    factor = medians["hazardctl --help"] / medians["bare typer program --help"]
    print(f"{factor:7.2f} x  --help against a bare typer program")


if __name__ == "__main__":
    main()
