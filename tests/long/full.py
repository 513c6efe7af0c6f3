"""Let the disk fill up, at every size, by a small disk and by a limit on file sizes: the old files stand."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

from trial import DiskFull, Trial, arguments, number_of, numbers_in, scratch, skipped, store, tidy, version

SIZE = 512 * 1024


def main() -> int:
    """Run both trials."""
    given = arguments(200)
    return max(on_a_small_disk(given.cycles), under_a_limit(given.cycles))


def on_a_small_disk(cycles: int) -> int:
    """Leave from nothing to 28 kB free, and write."""
    trial, folder = Trial("full disk"), scratch("full")
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        return skipped("full disk", "mounting a small disk is not permitted here")
    try:
        for cycle in range(cycles):
            lay_out(folder)
            fill(folder / "ballast.csv", leave=cycle * 28_672 // cycles)
            saved = attempt(trial, folder)
            trial.notes = [note_of(trial, saved)]
            (folder / "ballast.csv").unlink()
            after(trial, folder)
    finally:
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()
    return trial.end("full disks")


def under_a_limit(cycles: int) -> int:
    """Let no file grow beyond 0 to 20 kB, in a process of its own."""
    trial, folder = Trial("size limit"), scratch("limit")
    for cycle in range(cycles):
        lay_out(folder)
        pid = os.fork()
        if not pid:
            limit = cycle * 20_480 // cycles
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            inner = Trial("size limit", tried=cycle)
            saved = attempt(inner, folder)
            os._exit(2 if inner.wrong else int(not saved))
        outcome = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        trial.check(outcome in (0, 1), f"the writer ended with {outcome}")
        trial.tried += 1
        trial.notes = [note_of(trial, outcome == 0)]
        after(trial, folder)
    shutil.rmtree(folder)
    return trial.end("limits")


def lay_out(folder: Path) -> None:
    """Begin with a ledger, a journal and a unit's figures."""
    for path in list(folder.iterdir()):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name in ("journal", "unit-0"):
        (folder / name).mkdir()
    (folder / "ledger.csv").write_bytes(version(1))
    (folder / "journal" / "a.jsonl").write_bytes(b'{"n": 1}\n' * 900)
    (folder / "unit-0" / "figures.csv").write_bytes(b"")


def fill(path: Path, leave: int) -> None:
    """Fill the disk up to the last page, then give some room back."""
    with path.open("wb", buffering=0) as stream:
        try:
            while stream.write(b"x" * 4096):
                pass
        except OSError:
            pass
        stream.truncate(max(0, stream.tell() - leave))


def attempt(trial: Trial, folder: Path) -> bool:
    """Write ledger and journal; each is saved, or refused for want of room and as it was."""
    trial.tried += 1
    every = True
    try:
        store.update(folder / "ledger.csv", lambda _: version(2))
        wanted = 2
    except DiskFull:
        wanted, every = 1, False
    trial.check(number_of((folder / "ledger.csv").read_bytes()) == wanted, "the ledger is not what was said")
    try:
        store.append(folder / "journal" / "a.jsonl", b'{"n": 2}\n' * 500)
        wanted = 1400
    except DiskFull:
        wanted, every = 900, False
    trial.check(len(numbers_in(folder / "journal" / "a.jsonl")) == wanted, "the journal is not what was said")
    return every


def after(trial: Trial, folder: Path) -> None:
    """Make sure that work goes on where there is room again."""
    strangers = tidy(folder)
    trial.check(not strangers, f"left lying about: {strangers}")


def note_of(trial: Trial, saved: bool) -> str:
    """Count how often everything could be saved."""
    before = int(trial.notes[0].split()[0]) if trial.notes else 0
    return f"{before + saved} with room enough"


if __name__ == "__main__":
    sys.exit(main())
