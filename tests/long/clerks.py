"""Let many clerks change one ledger at once: no update is lost."""

from __future__ import annotations

import multiprocessing
import shutil
import sys
import time
from functools import partial
from pathlib import Path

from trial import Trial, arguments, scratch, store


def add(path: str, name: int, times: int) -> None:
    """Add rows to a ledger, one update each."""
    for row in (b"%d-%d\r\n" % (name, number) for number in range(times)):
        store.update(path, partial(_with_row, row))


def _with_row(row: bytes, seen: store.Snapshot) -> bytes:
    return (seen.data or b"") + row


def main() -> int:
    """Run the trial with two clerks and with eight."""
    given = arguments(1000)
    failures = 0
    for many in (2, 8):
        trial, folder = Trial(f"{many} clerks × {given.cycles} updates"), scratch("clerks")
        take_part(trial, folder / "ledger.csv", many, given.cycles)
        shutil.rmtree(folder)
        failures += trial.end("updates")
    return min(failures, 1)


def take_part(trial: Trial, ledger: Path, many: int, times: int) -> None:
    """Start the clerks, wait for them, count the rows."""
    context = multiprocessing.get_context("spawn")
    clerks = [context.Process(target=add, args=(str(ledger), name, times)) for name in range(many)]
    started = time.monotonic()
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
        trial.check(clerk.exitcode == 0, "a clerk gave up")
    rate = many * times / (time.monotonic() - started)
    rows = ledger.read_bytes().split(b"\r\n")[:-1]
    wanted = {b"%d-%d" % (name, number) for name in range(many) for number in range(times)}
    trial.tried = many * times
    trial.notes.append(f"{rate:.0f} updates/s")
    trial.check(set(rows) == wanted and len(rows) == len(wanted), f"{len(wanted - set(rows))} rows lost")
    trial.check([path.name for path in ledger.parent.iterdir()] == ["ledger.csv"], "something is left lying about")


if __name__ == "__main__":
    sys.exit(main())
