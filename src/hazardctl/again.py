"""Say again what a command said, where nothing has changed: no file of the campaign, not the day, not the program.

Kept in the cache's file, never trusted over the files: see `cachefile`.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from hazardctl import cachefile, resources, signatures
from hazardctl.engines import looking, weighing
from hazardctl.records import immutable

if TYPE_CHECKING:
    import sqlite3

FOLDERS = ("units", "periods", "checklists", "calendar", "templates")
FEW = 200  # usual units: what few of them say is said as quickly anew
LARGEST = 1 << 24  # bytes of what is kept
KEPT = 4
Words = Sequence[Sequence[str]]  # stream and text, in order


@immutable
class Look:
    """One look at a campaign's files: what names them all, empty while they cannot be relied on, and each unit's."""

    place: str
    name: bytes
    units: Mapping[str, bytes]
    links: Sequence[str] = ()  # what leads elsewhere from among the units' folders


def look(root: Path, about: Sequence[object]) -> Look:
    """Look at all files of a campaign; `about` is what else the words of a command depend on."""
    now = time.time_ns()
    whole = hashlib.blake2b(digest_size=16)
    units: dict[str, bytes] = {}
    sure, links = False, list[str]()
    with suppress(OSError):
        told: list[str] = []
        names, links = _folders(root / "units", told)
        if weighing.are_few(f"{root}/units", names, FEW):
            return Look("", b"", units)
        units = looking.look(f"{root}/units", names, now, links)  # in their order
        newest = _others(root, told)
        said = [sorted(told), [*units], [*about], _program()]  # each by its own words, so that none runs into another
        whole.update(repr(said).encode("utf-8", "surrogateescape"))
        whole.update(b"".join(units.values()))
        relied = set(map(len, units.values())) == {signatures.SIZE}
        sure = newest <= now - signatures.RACY and relied  # last: only what has been taken in counts
    return Look(str(root.resolve()), whole.digest() if sure else b"", units, links)


def _folders(folder: Path, told: list[str]) -> tuple[list[str], list[str]]:
    """Name the units' folders, and the links; what else lies there, as systems leave it, belongs to no unit."""
    names: list[str] = []
    links: list[str] = []
    try:
        with os.scandir(folder) as found:
            for entry in found:
                (names if entry.is_dir() else told).append(entry.name)
                if entry.is_symlink():
                    links.append(entry.name)
    except FileNotFoundError:
        return [], []
    return sorted(names), links


def _others(root: Path, told: list[str]) -> int:
    """Tell of what lies beside the units' folders."""
    newest = signatures.look(str(root), told, deep=False)
    for name in FOLDERS:
        if name != "units" and (root / name).is_dir():
            newest = max(newest, signatures.look(str(root / name), told, f"{name}/"))
    return newest


def _program() -> list[str]:
    """Name this program and what it stands on, wherever that is installed, with what is shipped beside it."""
    told = [sys.version, *cachefile.program()]
    for name in ("checklists", "templates"):
        signatures.look(str(resources.folder(name)), told, f"{name}/")
    for folder in sys.path:
        with suppress(OSError):  # not all of them are there
            told += sorted(name for name in os.listdir(folder or ".") if name.endswith(".dist-info"))  # noqa: PTH208
    return told


def said(seen: Look) -> tuple[Words, int] | None:
    """Give what was said of the very same files, and the exit code; None where nothing was, or it is damaged."""
    if not seen.name or not cachefile.is_there(seen.place):
        return None
    import json

    found: tuple[Words, int] | None = None
    with suppress(cachefile.errors(), ValueError), _base(seen) as base:
        for (given,) in cachefile.rows(base, "SELECT words FROM said WHERE name=?", seen.name):
            if (packed := cachefile.unsealed(given)) is not None:
                words, code = json.loads(packed)
                found = words, code
    return found


def keep(seen: Look, words: Words, code: int) -> None:
    """Keep what was said of files as they were looked at before."""
    if not seen.name:
        return
    import json

    packed = json.dumps([words, code]).encode()
    if len(packed) > LARGEST:
        return
    kept = seen.name, time.time_ns(), cachefile.sealed(packed)
    with suppress(cachefile.errors()), _base(seen) as base, base:
        base.execute("INSERT OR REPLACE INTO said VALUES (?, ?, ?)", kept)
        base.execute("DELETE FROM said WHERE name NOT IN (SELECT name FROM said ORDER BY at DESC LIMIT ?)", (KEPT,))


@contextmanager
def _base(seen: Look) -> Iterator[sqlite3.Connection]:
    """Open the campaign's cache for a moment; where there can be none it is an empty one that goes at once."""
    import sqlite3

    base = cachefile.connect(cachefile.file_of(seen.place)) or sqlite3.connect(":memory:")
    try:
        yield base
    finally:
        base.close()
