"""The cache's file: one SQLite base for each campaign, in the user's cache folder, and how files are looked at for it.

Whatever goes wrong in it is nobody's business. What it holds is sealed: damaged, it is as if it were not there.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

RACY = 2_000_000_000  # nanoseconds: a file changed so shortly before it is looked at may change again unseen
CHANGES = os.name == "posix"  # elsewhere a file's ctime is the day it was made
SCHEMA = """
CREATE TABLE IF NOT EXISTS asked (question BLOB PRIMARY KEY, at INTEGER);
CREATE TABLE IF NOT EXISTS results (
    question BLOB, block INTEGER, known BLOB, results BLOB, PRIMARY KEY (question, block)
);
CREATE TABLE IF NOT EXISTS said (name BLOB PRIMARY KEY, at INTEGER, words BLOB);
"""


def folder() -> Path:
    """Give the folder of all caches."""
    from platformdirs import user_cache_path

    return user_cache_path("hazardctl", appauthor=False) / "results"


def file_of(place: str) -> Path:
    """Give the file of a campaign's cache, by its folder or URL."""
    name = hashlib.blake2b(place.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    return folder() / f"{name}.sqlite"


def connect(path: Path) -> sqlite3.Connection | None:
    """Open a cache; one that is damaged is made anew, and where none can be kept we do without."""
    import sqlite3

    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            base = sqlite3.connect(path, timeout=0.2)
            base.executescript(SCHEMA)
            base.execute("PRAGMA synchronous = OFF")
            base.execute("SELECT question, block, known, results FROM results LIMIT 1").fetchone()
        except sqlite3.OperationalError as error:  # read-only, locked, or of another make
            if "no such column" not in str(error):
                return None
            base.close()
            with suppress(OSError):
                path.unlink()
        except sqlite3.DatabaseError:
            with suppress(OSError):
                path.unlink()
        except OSError:
            return None
        else:
            return base
    return None


def errors() -> type[Exception]:
    """Give what SQLite raises."""
    import sqlite3

    return sqlite3.Error


def rows(base: sqlite3.Connection, query: str, *values: Any) -> list[Any]:
    """Give what a query finds; nothing where it fails."""
    try:
        return base.execute(query, values).fetchall()
    except errors():
        return []


def sealed(packed: bytes) -> bytes:
    """Put a seal on something."""
    return hashlib.blake2b(packed, digest_size=16).digest() + packed


def unsealed(given: object) -> bytes | None:
    """Take something out of its seal; None where it is damaged."""
    return given[16:] if isinstance(given, bytes) and sealed(given[16:]) == given else None


def signatures(folder: str, units: Iterable[str], now: int) -> dict[str, bytes]:
    """Give a hash of the names, sizes and times of each unit's files; empty where they cannot be relied on."""
    links: set[str] = set()
    with suppress(OSError), os.scandir(folder) as found:
        links = {entry.name.casefold() for entry in found if entry.is_symlink()}
    return {unit: b"" if links and unit.casefold() in links else _signature(f"{folder}/{unit}", now) for unit in units}


def _signature(folder: str, now: int) -> bytes:
    told: list[str] = []
    try:
        newest = look(folder, told)
    except OSError:  # it is not there, or something in it cannot be looked at, as a link that leads nowhere
        return b"" if os.path.lexists(folder) else b"none"
    told.sort()
    said = "\n".join(told).encode("utf-8", "surrogateescape")
    return b"" if newest > now - RACY else hashlib.blake2b(said, digest_size=16).digest()


def look(folder: str, told: list[str], under: str = "", *, deep: bool = True) -> int:
    """Tell the names, sizes and times of all files in a folder and below; gives the latest of the times.

    Raises OSError, also where a link leads to another folder: nobody knows where that ends.
    """
    newest = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            stat, below = entry.stat(), deep and entry.is_dir()
            size, written, changed = stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns if CHANGES else 0
            if deep or not entry.is_dir():  # a folder's own time changes with what is in it, which nobody asked for
                told.append(f"{under}{entry.name}/{size}/{written}/{changed}/{stat.st_ino}/{entry.is_symlink()}")
                newest = max(newest, written, changed)
            if below and entry.is_symlink():
                raise NotADirectoryError(entry.path)
            if below:
                newest = max(newest, look(entry.path, told, f"{under}{entry.name}/"))
    return newest


def program() -> list[str]:
    """Tell what this very program is made of: its modules by name, size and time."""
    told: list[str] = []
    with suppress(OSError):
        look(str(Path(__file__).resolve().parent), told)
    return sorted(one.rsplit("/", 3)[0] for one in told if ".py/" in one)


def sizes() -> dict[str, int]:
    """Give the size of each campaign's cache in bytes."""
    return {path.name: path.stat().st_size for path in sorted(folder().glob("*.sqlite*"))}


def clear() -> int:
    """Delete all caches; gives how many."""
    gone = 0
    for path in folder().glob("*.sqlite*"):
        with suppress(OSError):
            path.unlink()
            gone += path.suffix == ".sqlite"
    return gone
