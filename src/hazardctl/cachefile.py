"""The cache's file: one SQLite base for each campaign, in the user's cache folder.

Whatever goes wrong in it is nobody's business. What it holds is sealed: damaged, it is as if it were not there.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hazardctl import signatures

if TYPE_CHECKING:
    import sqlite3

SEAL = 16  # bytes
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


def is_there(place: str) -> bool:
    """Tell whether a campaign has a cache; where nobody may look it is as if there were none."""
    try:
        return file_of(place).exists()
    except OSError:
        return False


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
    return hashlib.blake2b(packed, digest_size=SEAL).digest() + packed


def seal(given: object) -> bytes:
    """Give the seal on something: that of no other thing."""
    return given[:SEAL] if isinstance(given, bytes) else b""


def unsealed(given: object) -> bytes | None:
    """Take something out of its seal; None where it is damaged."""
    return given[SEAL:] if isinstance(given, bytes) and sealed(given[SEAL:]) == given else None


def program() -> list[str]:
    """Tell what this very program is made of: its modules by name, size and time."""
    told: list[str] = []
    with suppress(OSError):
        signatures.look(str(Path(__file__).resolve().parent), told)
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
