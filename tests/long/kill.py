"""Kill clerks at any moment: each file is whole, nothing acknowledged is lost, nothing is left lying about."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from trial import Trial, arguments, number_of, numbers_in, scratch, skipped, store, tidy, told, version, work


def main() -> int:
    """Run the trial."""
    if not hasattr(os, "fork"):
        return skipped("kill loop", "it forks its clerks")
    given = arguments(2000)
    chance, trial, folder = random.Random(given.seed), Trial("kill loop"), scratch("kill")
    store.write(folder / "ledger.csv", version(1), expected=None)
    while trial.tried < given.cycles:
        one_cycle(trial, folder, chance)
    shutil.rmtree(folder)
    return trial.end("kills")


def one_cycle(trial: Trial, folder: Path, chance: random.Random) -> None:
    """Let one to three clerks work, and kill them one after the other."""
    first = number_of(store.read(folder / "ledger.csv").data)
    clerks = [hire(folder, name) for name in "abc"[: chance.choice((1, 1, 2, 3))]]
    acknowledged = [first]
    for name, pid, pipe in clerks:
        time.sleep(chance.uniform(0.001, 0.02))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        trial.tried += 1
        own = [int(word) for word in told(pipe)]
        acknowledged += own
        try:
            written = set(numbers_in(folder / "journal" / f"{name}.jsonl"))
        except ValueError as error:
            trial.check(False, str(error))
        else:
            trial.check(written >= set(own), f"the journal of {name} lacks {set(own) - written}")
    try:
        now = number_of(store.read(folder / "ledger.csv").data)
    except ValueError as error:
        trial.check(False, str(error))
        store.write(folder / "ledger.csv", version(max(acknowledged)), expected=None)
    else:
        trial.check(max(acknowledged) <= now <= max(acknowledged) + len(clerks), f"{now} after {max(acknowledged)}")
    started = time.monotonic()
    strangers = tidy(folder)
    trial.check(not strangers, f"left lying about: {strangers}")
    took, again = time.monotonic() - started, time.monotonic()
    tidy(folder)  # as much work with no dead clerks about: a busy machine is slow at both
    waited = took > 4 + 3 * (time.monotonic() - again)
    trial.check(not waited, f"the next command had to wait for a dead clerk's lock: {took:.1f} s")
    for journal in (folder / "journal").glob("*.jsonl"):
        if journal.stat().st_size > 100_000:
            journal.unlink()


def hire(folder: Path, name: str) -> tuple[str, int, int]:
    """Start a clerk; gives its number and the pipe it acknowledges through."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return name, pid, reading
    try:
        work(folder, name, lambda number: os.write(writing, b"%d\n" % number))
    finally:
        os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
