"""What the long trials have in common: files that show any damage, clerks who write them, and one line of result."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
sys.path.insert(0, str(SOURCE))

from hazardctl.errors import DiskFull, HazardError  # noqa: E402
from hazardctl.files import processes, store  # noqa: E402 -- found in the working tree, installed or not

# The other files here take these from this one, which knows where to find them.
__all__ = ["DiskFull", "HazardError", "Trial", "arguments", "lacking", "number_of", "numbers_in", "processes"]
__all__ += ["scratch", "skipped", "store", "tidy", "told", "version", "work"]


@dataclass(slots=True)
class Trial:
    """Count what was tried and what went wrong."""

    name: str
    started: float = field(default_factory=time.monotonic)
    tried: int = 0
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def check(self, right: bool, what: str) -> None:
        """Note something that must not happen."""
        if not right:
            self.wrong.append(what)
            sys.stderr.write(f"  {self.name} {self.tried}: {what}\n")

    def end(self, unit: str) -> int:
        """Print the one line, and give the exit code."""
        notes = "".join(f", {note}" for note in self.notes)
        seconds = time.monotonic() - self.started
        sys.stdout.write(f"{self.name}: {self.tried} {unit}, {len(self.wrong)} violations{notes} ({seconds:.0f} s)\n")
        return 1 if self.wrong else 0


def arguments(cycles: int, **more: str) -> argparse.Namespace:
    """Read `--cycles N` and whatever else a trial takes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cycles", type=int, default=cycles)
    parser.add_argument("--seed", type=int, default=1)
    for name, meaning in more.items():
        parser.add_argument(f"--{name}", action="store_true", help=meaning)
    return parser.parse_args()


def scratch(name: str) -> Path:
    """Make a folder for one trial."""
    return Path(tempfile.mkdtemp(prefix=f"hazardctl-{name}-"))


def skipped(name: str, reason: str) -> int:
    """Say why a trial cannot run here."""
    sys.stdout.write(f"{name}: skipped, {reason}\n")
    return 0


def lacking(tools: Mapping[str, str]) -> str:
    """Install the Debian packages of programs that are not there, where possible; says what is still missing."""
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing and shutil.which("apt-get") and os.geteuid() == 0:
        packages = [tools[tool] for tool in missing]
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "install", "-y", "-qq", *packages], env=quiet, capture_output=True, check=False)
    return " ".join(tool for tool in missing if not shutil.which(tool))


def version(number: int) -> bytes:
    """Make the ledger's version of a number: of another length than its neighbours, and ending in its own hash."""
    rows = 20 + number * 7919 % 400
    body = b"id,status\r\n" + b"".join(b"%d-%d,done\r\n" % (number, row) for row in range(rows)) + b"%d\r\n" % number
    return body + hashlib.sha256(body).hexdigest().encode() + b"\r\n"


def number_of(data: bytes | None) -> int:
    """Tell which version a file is; raises ValueError for anything but a whole one."""
    lines = (data or b"").split(b"\r\n")
    if len(lines) < 4 or version(int(lines[-3])) != data:
        message = f"damaged: {len(data or b'')} bytes, {(data or b'')[-80:]!r}"
        raise ValueError(message)
    return int(lines[-3])


def numbers_in(journal: Path) -> list[int]:
    """Give the numbers a journal holds; raises ValueError if a line is torn."""
    if not journal.exists():
        return []
    data = journal.read_bytes()
    if data and not data.endswith(b"\n"):
        message = f"torn: {data[-80:]!r}"
        raise ValueError(message)
    return [json.loads(line)["n"] for line in data.splitlines()]


def work(folder: Path, clerk: str, acknowledge: Callable[[int], object], rounds: int = 1 << 60) -> None:
    """Write as a clerk does: journal before ledger, now and then a new file; acknowledge what was saved."""
    ledger, journal = folder / "ledger.csv", folder / "journal" / f"{clerk}.jsonl"
    for _ in range(rounds):
        with store.lock(ledger, wait=60):
            before = store.read(ledger)
            number = number_of(before.data) + 1
            store.append(journal, b'{"n": %d}\n' % number)
            store.write(ledger, version(number), expected=before)
        store.write(folder / f"unit-{clerk}{number % 4}" / "figures.csv", version(number), expected=None)
        acknowledge(number)


def tidy(folder: Path) -> list[str]:
    """Write once more in each folder, and list whatever is there that should not be."""
    store.update(folder / "ledger.csv", lambda seen: version(number_of(seen.data) + 1))
    strangers = []
    for journal in (folder / "journal").glob("*.jsonl"):
        store.append(journal, b'{"n": %d}\n' % (numbers_in(journal) or [0])[-1])
    for unit in folder.glob("unit-*"):
        store.write(unit / "figures.csv", version(0), expected=None)
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix not in (".csv", ".jsonl"):
            strangers.append(str(path.relative_to(folder)))
        if path.is_dir() and path.name != "journal" and not path.name.startswith("unit-"):
            strangers.append(str(path.relative_to(folder)))
    return strangers


def told(descriptor: int) -> list[str]:
    """Read what a clerk acknowledged, up to its last whole word."""
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read().decode().split("\n")[:-1]
