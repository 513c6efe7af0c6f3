"""Kill clerks while they add to a journal, and tear its last line: it verifies after each, with all acknowledged."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from datetime import date
from pathlib import Path

from trial import Trial, arguments, scratch, skipped, told

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hazardctl import lifecycle, load
from hazardctl.journals import chain, journal, losses, restore
from hazardctl.load import Opened
from hazardctl.workspace import Workspace
from office import SOUND, campaign, ledger

TODAY, ENTRY = date(2022, 10, 1), SOUND.partition(",")[0]


def main() -> int:
    """Run the trial."""
    if not hasattr(os, "fork"):
        return skipped("journal", "it forks its clerks")
    given = arguments(500)
    chance, trial, folder = random.Random(given.seed), Trial("journal"), scratch("journal")
    campaign(folder, {"units/a/ledger.csv": ledger(SOUND)})
    opened = load.opened(Workspace(folder))
    change(opened, 0)
    while trial.tried < given.cycles:
        one_cycle(trial, opened, chance)
        if trial.tried % 100 == 0:
            shutil.rmtree(journal.folder(opened.workspace.unit("a")))
            change(opened, 0)
    shutil.rmtree(folder)
    return trial.end("kills and torn lines")


def change(opened: Opened, number: int) -> None:
    """Change one cell."""
    lifecycle.set_fields(opened, "a", [ENTRY], {"notes": f"w{number}w"}, by="clerk", today=TODAY)


def one_cycle(trial: Trial, opened: Opened, chance: random.Random) -> None:
    """Kill a clerk, at times tear the last line, and look; the next change goes on."""
    trial.tried += 1
    unit, first = opened.workspace.unit("a"), trial.tried * 10_000
    heads = journal.head(unit)
    saved = killed(opened, first, chance.uniform(0.02, 0.4))
    (path,) = journal.files(unit)
    data = path.read_bytes()
    if chance.random() < 0.3:
        path.write_bytes(data + data[: chance.randrange(1, 200)].rpartition(b"\n")[2])
    torn = chain.is_torn(path.read_bytes())
    broken = journal.verify(unit, heads)[0]
    reasons = {each.reason for breaks in broken.values() for each in breaks}
    trial.check(reasons <= ({"torn"} if torn else set()), f"the journal is {reasons}")
    known = b"".join(path.read_bytes() for path in journal.files(unit))
    lacking = [number for number in saved if b"w%dw" % number not in known]
    trial.check(not lacking, f"the journal lacks {lacking}")
    restore.restore(opened, "a", by="clerk", today=TODAY)
    change(opened, first + 9_999)
    trial.check(not journal.verify(unit, heads)[0], "the journal does not hold after the next change")
    found = load.load_ledger(opened.workspace, "a", opened.terms)
    sight = losses.look(opened.workspace, "a", *found)
    missed = [one.code for one in sight.findings if one.code != "J109"]  # a piece that was cut off is kept, and told
    trial.check(not missed, f"{missed} after the next change")
    trial.notes = [f"{len(saved) + (int(trial.notes[0].split()[0]) if trial.notes else 0)} changes acknowledged"]


def killed(opened: Opened, first: int, seconds: float) -> list[int]:
    """Let a clerk change a cell again and again, and kill it; gives what it acknowledged."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            for number in range(first, first + 9_000):
                change(opened, number)
                os.write(writing, b"%d\n" % number)
        finally:
            os._exit(1)
    os.close(writing)
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return [int(word) for word in told(reading)]


if __name__ == "__main__":
    sys.exit(main())
