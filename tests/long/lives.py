"""1,000 random histories: every frozen table stays, every difference is in one erratum, every cell adds up.

python tests/long/lives.py [HOW MANY] [FIRST SEED] [PROCESSES]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from test_freeze import history

MEMORY = Path("/dev/shm")  # syncing to a disk a thousand files that are thrown away proves nothing here


def life(seed: int) -> tuple[int, str, Counter[str]]:
    """Live through one history; gives its seed, what went wrong, and what was looked at."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        try:
            return seed, "", history(seed, Path(folder))
        except Exception as error:  # noqa: BLE001 -- whatever it is, the next seed is tried
            return seed, f"{type(error).__name__}: {str(error)[:300]}", Counter()


def lives(seeds: range, processes: int) -> Iterator[tuple[int, str, Counter[str]]]:
    """Live through all of them, in no order."""
    if processes < 2:
        yield from map(life, seeds)
        return
    with ProcessPoolExecutor(processes) as pool:
        for done in as_completed([pool.submit(life, seed) for seed in seeds]):
            yield done.result()


def say(words: str) -> None:
    """Print a line at once: it may be the last for minutes."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main() -> int:
    """Say what went wrong, by seed, and what was looked at; ends with 1 where something did."""
    count, first, processes = (*map(int, sys.argv[1:]), *(1000, 0, 2)[len(sys.argv) - 1 :])
    begun, wrong, tally = time.monotonic(), 0, Counter[str]()
    for number, (seed, fault, told) in enumerate(lives(range(first, first + count), processes), 1):
        if fault:
            wrong += 1
            say(f"seed {seed}: {fault}")
        tally += told
        if number % 50 == 0:
            say(f"{number} of {count}, {wrong} wrong, {time.monotonic() - begun:.0f} s")
    say(f"{count} histories, {wrong} wrong, {time.monotonic() - begun:.0f} s")
    say("\n".join(f"{often:>9,} {what}" for what, often in sorted(tally.items())))
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
