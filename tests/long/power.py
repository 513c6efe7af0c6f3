"""Cut the power under ext4 and XFS while clerks write: what was acknowledged is there, and whole.

The disk is a file mounted through a loop device; `xfs_io -x -c shutdown` makes either file system drop everything
it has not written out. `--naive` leaves out the syncs, to show that the trial notices.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from trial import Trial, arguments, lacking, number_of, numbers_in, scratch, skipped, store, tidy, told, version, work

SIZES = {"ext4": 64, "xfs": 320}  # MB; mkfs.xfs refuses less than 300


def main() -> int:
    """Run the trial on each file system."""
    given = arguments(500, naive="write without syncing", xfs="on XFS alone")
    if missing := lacking({"xfs_io": "xfsprogs", "mkfs.xfs": "xfsprogs", "mkfs.ext4": "e2fsprogs"}):
        return skipped("power cut", f"not installed: {missing}")
    if given.naive:
        os.fsync = lambda fd: None
    chance = random.Random(given.seed)
    name = "power cut, no syncs" if given.naive else "power cut"
    return max(on(kind, given.cycles, chance, name) for kind in (["xfs"] if given.xfs else SIZES))


def on(kind: str, cycles: int, chance: random.Random, name: str) -> int:
    """Run the trial on one file system."""
    trial, place = Trial(f"{name}, {kind}"), scratch("power")
    image, folder = place / "image", place / "mounted"
    folder.mkdir()
    with image.open("wb") as stream:
        stream.truncate(SIZES[kind] << 20)
    subprocess.run([f"mkfs.{kind}", "-q", str(image)], check=True)
    if subprocess.run(["mount", "-o", "loop", str(image), str(folder)], capture_output=True, check=False).returncode:
        shutil.rmtree(place)
        return skipped(f"{name}, {kind}", "loop mounts are not permitted here")
    with suppress(OSError):
        (folder / "lost+found").rmdir()
    subprocess.run(["umount", str(folder)], check=True)
    for _ in range(cycles):
        acknowledged = cut(image, folder, chance)
        with mounted(image, folder):
            look(trial, folder, acknowledged)
    shutil.rmtree(place)
    return trial.end("cuts")


@contextmanager
def mounted(image: Path, folder: Path) -> Iterator[None]:
    """Have the disk mounted."""
    subprocess.run(["mount", "-o", "loop", str(image), str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def cut(image: Path, folder: Path, chance: random.Random) -> dict[str, list[int]]:
    """Let two clerks work, and cut the power; gives what they acknowledged."""
    with mounted(image, folder):
        for path in folder.iterdir():
            if path.name.startswith("unit-") or path.name == "journal":
                shutil.rmtree(path)
        (folder / "ledger.csv").write_bytes(version(1))
        os.sync()
        clerks = {name: hire(folder, name) for name in "ab"}
        begun = time.monotonic()
        while not [*folder.glob("unit-*")] and time.monotonic() < begun + 30:  # on a busy machine they begin late
            time.sleep(0.01)
        time.sleep(chance.uniform(0.02, 0.25))
        subprocess.run(["xfs_io", "-x", "-c", "shutdown", str(folder)], check=True)
        time.sleep(0.05)  # a dead disk gives nobody an acknowledgement any more: those would count as lost
        for pid, _ in clerks.values():
            os.kill(pid, signal.SIGKILL)
        ended = {name: os.waitpid(pid, 0) and told(pipe) for name, (pid, pipe) in clerks.items()}
    return {name: [int(word) for word in words] for name, words in ended.items()}


def hire(folder: Path, name: str) -> tuple[int, int]:
    """Start a clerk who works until the disk is gone; what it says before that was acknowledged."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    try:
        work(folder, name, lambda number: os.write(writing, b"%d\n" % number))
    finally:
        os._exit(1)


def look(trial: Trial, folder: Path, acknowledged: dict[str, list[int]]) -> None:
    """Compare the disk with what was acknowledged."""
    trial.tried += 1
    last = max([1, *(number for numbers in acknowledged.values() for number in numbers)])
    total = sum(map(len, acknowledged.values()))
    trial.notes = [f"{total + (int(trial.notes[0].split()[0]) if trial.notes else 0)} writes acknowledged"]
    try:
        now = number_of(store.read(folder / "ledger.csv").data)
        trial.check(last <= now <= last + 2, f"the ledger is version {now}, {last} was acknowledged")
        for name, numbers in acknowledged.items():
            lacking = set(numbers) - set(whole_numbers(folder / "journal" / f"{name}.jsonl"))
            trial.check(not lacking, f"the journal of {name} lacks {sorted(lacking)}")
        written = {f"unit-{name}{number % 4}": number for name in acknowledged for number in acknowledged[name]}
        for unit, number in written.items():
            data = store.read(folder / unit / "figures.csv").data
            trial.check(bool(data) and number_of(data) >= number, f"{unit} is older than {number}: {data!r:.20}")
        strangers = [path for path in tidy(folder) if ".torn-" not in path]
        trial.check(not strangers, f"left lying about: {strangers}")
    except ValueError as error:
        trial.check(False, str(error))


def whole_numbers(journal: Path) -> list[int]:
    """Give the numbers of a journal's whole lines; a torn one was not acknowledged, and is set aside."""
    if journal.exists():
        store.append(journal, b'{"n": 0}\n')
    return numbers_in(journal)


if __name__ == "__main__":
    sys.exit(main())
