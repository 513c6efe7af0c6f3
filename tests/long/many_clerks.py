"""Many people and programs at one folder, in any order: `python tests/long/many_clerks.py [COUNT] [SEED]`.

Each run is a list of steps out of one seed. Of a run that fails, the steps that are not needed for it are left out, and
the rest is told.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from conftest import machine
from shared_folder import LEDGERS, PLACES, SharedFolder

Step = tuple[str, str, str, int]
KINDS = (
    *("add", "change", "change", "change", "close", "edit", "edit", "open_book", "save_book", "crash", "crash"),
    *("meddle", "meddle", "settle", "cron", "stale", "half", "sync", "sync", "pull", "pull", "replay", "replay"),
)


def steps(seed: int) -> list[Step]:
    """Make up a run."""
    chance = random.Random(seed)
    return [
        (chance.choice(KINDS), chance.choice(PLACES), chance.choice([*LEDGERS]), chance.randrange(1 << 20))
        for _ in range(chance.randrange(3, 40))
    ]


def play(run: Sequence[Step], folder: Path) -> None:
    """Do what a run says, and come to its end; raises whatever goes wrong."""
    shared = SharedFolder(folder)
    for step in run:
        one(shared, *step)
        shared.check()
    shared.end(random.Random(1))


def one(shared: SharedFolder, kind: str, place: str, unit: str, seed: int) -> None:
    """Do one step."""
    chance = random.Random(seed)
    match kind:
        case "add" | "close":
            shared.add(place, unit, real=seed % 20 == 0)
        case "change":
            shared.change(place, unit, chance, real=seed % 20 == 0)
        case "open_book":
            shared.open_book(place, unit)
        case "cron":
            shared.cron(place, chance, real=seed % 10 == 0)
        case "sync":
            shared.sync(chance)
        case "replay":
            shared.replay("office" if place == "peer" else place, chance)
        case "pull":
            shared.pull("office" if place == "peer" else place)
        case _:
            getattr(shared, kind)(place, unit, chance)


def fault(run: Sequence[Step]) -> str:
    """Play a run; gives what went wrong, nothing if it went well."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            play(run, Path(folder))
        except Exception as error:  # noqa: BLE001 -- whatever goes wrong is what is looked for
            last = traceback.extract_tb(error.__traceback__)
            return f"{type(error).__name__} {[f'{f.name}:{f.lineno}' for f in last][-3:]} {error}"
    return ""


def shortened(run: list[Step], seconds: float) -> list[Step]:
    """Leave out the steps without which a run fails as well."""
    started, size = time.monotonic(), max(len(run) // 2, 1)
    while size and time.monotonic() - started < seconds:
        at = 0
        while at < len(run) and time.monotonic() - started < seconds:
            less = run[:at] + run[at + size :]
            if fault(less):
                run = less
            else:
                at += size
        size //= 2
    return run


def main() -> int:
    """Play runs; tells those that fail."""
    given = [int(word) for word in sys.argv[1:]]
    count, first = [*given, *(200, 0)[len(given) :]]
    wrong, played, started = 0, 0, time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "tmp").mkdir()
        os.environ.update(machine(Path(home)))
        tempfile.tempdir = None
        for seed in range(first, first + count):
            run = steps(seed)
            played += len(run)
            if fault(run):
                wrong += 1
                run = shortened(run, 40)
                sys.stdout.write(f"seed {seed}: {fault(run)[:6000]}\n{run}\n\n")
            if (done := seed - first + 1) % 50 == 0:
                sys.stdout.write(f"{done} of {count}, {wrong} violations, {time.monotonic() - started:.0f} s\n")
            sys.stdout.flush()
    took = time.monotonic() - started
    sys.stdout.write(f"many clerks: {count} runs, {played} steps, {wrong} violations ({took:.0f} s)\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
