"""Make every system call of every action fail in every way, or kill the process there: nothing is damaged or lost."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from scene import LINE, MARK, SCENES
from trial import Trial, arguments, lacking, processes, scratch, skipped, store, version

KINDS = ("error=EIO", "error=ENOSPC", "error=EDQUOT", "error=EACCES", "error=EBUSY", "signal=KILL")
CALLS = {
    *("openat", "close", "read", "write", "lseek", "fsync", "ftruncate", "fchmod", "fchown", "utimensat", "rename"),
    *("unlink", "mkdir", "rmdir", "newfstatat", "fstat", "stat", "lstat", "getdents64", "access", "readlink", "getcwd"),
}
FIRST = b'{"n": 1}\n'
# The file each scene is about, what it may be before, and what it is after.
FILES: dict[str, tuple[str, list[bytes], bytes]] = {
    "replace": ("ledger.csv", [version(1)], version(2)),
    "take over": ("ledger.csv", [version(1)], version(2)),
    "both": ("ledger.csv", [version(1)], version(2)),
    "create": ("new/unit/figures.csv", [b""], version(2)),
    "append": ("a.jsonl", [FIRST], FIRST + LINE),
    "begin": ("journal/b.jsonl", [b""], LINE),
    "mend": ("torn.jsonl", [FIRST + b'{"n"', FIRST], FIRST + LINE),
}
SCRIPT = [sys.executable, "-S", str(Path(__file__).with_name("scene.py"))]


def main() -> int:
    """Run the trial: all faults there are, or a random choice of `--cycles`."""
    if lacking({"strace": "strace"}):
        return skipped("fault sweep", "strace is not installed")
    given = arguments(100_000)
    trial, folder = Trial("fault sweep"), scratch("faults")
    faults = [fault for scene in SCENES for fault in faults_of(scene, folder)]
    random.Random(given.seed).shuffle(faults)
    trial.notes.append(f"of {len(faults)} there are")
    ended: Counter[str] = Counter()
    for scene, call, kind, when in faults[: given.cycles]:
        prepare(scene, folder)
        hit, said = play(scene, folder, f"{call}:{kind}:when={when}")
        trial.tried += hit
        ended[said or "killed"] += hit
        for what in harm(scene, folder, said):
            trial.check(False, f"{scene}, {call}:{kind}:when={when}, {said}: {what}")
    shutil.rmtree(folder)
    trial.notes.append(", ".join(f"{number} {said}" for said, number in ended.most_common()))
    return trial.end("faults")


def faults_of(scene: str, folder: Path) -> list[tuple[str, str, str, int]]:
    """List the faults that can happen in a scene: each of its calls after the start, in each way."""
    prepare(scene, folder)
    log = folder.with_suffix(".log")
    subprocess.run(["strace", "-o", str(log), *SCRIPT, scene, str(folder)], capture_output=True, env=env(), check=True)
    before, after = log.read_text(errors="replace").split(MARK)
    log.unlink()
    early, late = (Counter(re.findall(r"^(\w+)\(", part, re.MULTILINE)) for part in (before, after))
    early["access"] -= 1  # the mark itself
    return [
        (scene, call, kind, early[call] + number)
        for call in sorted(CALLS & set(late))
        for number in range(1, late[call] + 1 + (call == "access"))
        for kind in KINDS
    ]


def env() -> dict[str, str]:
    """Give an environment in which the same program makes the same calls."""
    return {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": ""}


def prepare(scene: str, folder: Path) -> None:
    """Lay out the files a scene begins with."""
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "ledger.csv").write_bytes(version(1))
    (folder / "a.jsonl").write_bytes(FIRST)
    (folder / "torn.jsonl").write_bytes(FIRST + b'{"n"')
    (folder / "copy.csv").write_bytes(version(3))
    if scene == "take over":
        dead = processes.Holder(processes.machine(), "ffffffff", 1, "1", "0123456789abcdef")
        (folder / "ledger.csv.lock.d").mkdir()
        (folder / "ledger.csv.lock.d" / str(dead)).write_text("{}")
        (folder / f".~ledger.csv.{dead}.tmp").write_bytes(version(4))
        (folder / "torn.jsonl.lock.d").mkdir()
        (folder / "torn.jsonl.lock.d" / str(dead)).write_text("{}")


def play(scene: str, folder: Path, fault: str) -> tuple[bool, str]:
    """Run a scene with a fault; tells whether it was met, and what the scene said: nothing if it was killed."""
    call = fault.partition(":")[0]
    log = folder.with_suffix(".log")
    command = ["strace", "-o", str(log), "-e", f"trace={call}", "-e", f"inject={fault}", *SCRIPT, scene, str(folder)]
    done = subprocess.run(command, capture_output=True, env=env(), check=False, timeout=120)
    traced = log.read_text(errors="replace")
    log.unlink()
    hit = "(INJECTED)" in traced or "killed by SIGKILL" in traced
    if "killed by SIGKILL" in traced:
        return hit, ""
    if done.returncode not in (0, 3):
        return hit, f"crashed: {done.stderr.decode()[-300:]}"
    return hit, "saved" if done.returncode == 0 else done.stdout.decode() or "refused"


def harm(scene: str, folder: Path, said: str) -> list[str]:
    """List what must not be, after a scene that said this: the files first, then what the next command finds."""
    if said.startswith("crashed"):
        return [said]
    outcome = "new" if said == "saved" else "old" if said else "either"
    if said == "NotConfirmed":  # what is not confirmed may be a new folder, before anything is written in it
        outcome = "either" if scene in ("create", "begin", "move", "mend") else "new"
    found = [] if right(scene, folder, outcome) else [f"the files are not {outcome}"]
    store.update(folder / "ledger.csv", lambda seen: (seen.data or b"") + b"x")
    for name in ("a.jsonl", "torn.jsonl", "journal/b.jsonl"):
        store.append(folder / name, b"{}\n")
    for name in ("new/unit/figures.csv", "merged/any.csv"):
        store.write(folder / name, b"", expected=None)
    return found + [
        f"{path.relative_to(folder)} is left"
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".csv", ".jsonl") and ".torn-" not in path.name
    ] + [f"{path.relative_to(folder)} is left" for path in folder.rglob("*.d")]  # fmt: skip


def right(scene: str, folder: Path, outcome: str) -> bool:
    """Tell whether the files a scene touches are what they may be."""
    if scene == "move":
        places = data(folder, "copy.csv"), data(folder, "merged/copy.csv")
        return places == (b"", version(3)) or (outcome != "new" and places == (version(3), b""))
    if scene == "both" and data(folder, "ledger.csv") == version(2) and data(folder, "a.jsonl") != FIRST + LINE:
        return False
    name, old, new = FILES[scene]
    return data(folder, name) in {"old": old, "new": [new], "either": [*old, new]}[outcome]


def data(folder: Path, name: str) -> bytes:
    """Read a file; nothing if there is none."""
    return (folder / name).read_bytes() if (folder / name).exists() else b""


if __name__ == "__main__":
    sys.exit(main())
