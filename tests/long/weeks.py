"""A year of weekly runs over 200 units under a moving clock gives the same figures as one recount from the journal.

python tests/long/weeks.py [UNITS] [WEEKS] [SEED]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from year import Year, recount

MEMORY = Path("/dev/shm")  # the figures are what is tried here, not the disk


def main() -> int:
    """Live through the year, recount it, and say what was looked at."""
    units, weeks, seed = (*map(int, sys.argv[1:]), *(200, 52, 0)[len(sys.argv) - 1 :])
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        year = Year(Path(folder), units, seed)
        for week in range(weeks):
            year.live(1, week)
            sys.stdout.write(f"week {week + 1}: {time.monotonic() - begun:.0f} s\n")
            sys.stdout.flush()
        recount(year)
        entries = sum(map(len, year.entries.values()))
    sys.stdout.write(f"{units} units, {entries:,} entries, {time.monotonic() - begun:.0f} s\n")
    sys.stdout.write("".join(f"{often:>9,} {what}\n" for what, often in sorted(year.tally.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
