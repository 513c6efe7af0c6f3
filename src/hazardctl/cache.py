"""Keep what was found in each unit's files, in the user's cache folder: a weekly run reads what has changed.

Never trusted over the files: a result is used only if every file of the unit has the name, size and times it had, the
campaign, the program and the question are the same, and the day makes no difference. It can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from hazardctl import engines, load
from hazardctl.engines import Task
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.stores import is_url
from hazardctl.today import Today

if TYPE_CHECKING:
    import sqlite3

R = TypeVar("R")
Signatures = Mapping[str, bytes]
Run = Callable[[Task[Any], Sequence[Sequence[str]]], Iterator[Any]]
FEW = 200  # units that are gone through as quickly as a cache is opened
RACY = 2_000_000_000  # nanoseconds: a file changed so shortly before it is looked at may change again unseen
KEPT = 6  # questions kept of one campaign
TOGETHER = 500
CHANGES = os.name == "posix"  # elsewhere a file's ctime is the day it was made
KNOWN = "SELECT unit, files, first, last FROM results WHERE question=?"
SCHEMA = """
CREATE TABLE IF NOT EXISTS asked (question BLOB PRIMARY KEY, at INTEGER);
CREATE TABLE IF NOT EXISTS results (
    question BLOB, unit TEXT, files BLOB, first TEXT, last TEXT, result BLOB, PRIMARY KEY (question, unit)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (name BLOB PRIMARY KEY, answer BLOB);
"""


@immutable
class Watching:
    """A task whose results come with the first and last day on which they hold."""

    task: Any  # a task with a field `today`

    def __call__(self, units: Sequence[str]) -> Iterator[tuple[Any, str, str]]:
        """Give each unit's result and its days."""
        day = Today.of(self.task.today)
        results = iter(replace(self.task, today=day)(units))
        for _ in units:
            day.reset()
            result = next(results)
            yield result, date.isoformat(day.first), date.isoformat(day.last)

    def lost(self, unit: str) -> tuple[Any, str, str]:
        """Give a result that holds on no day."""
        return self.task.lost(unit), "9999-12-31", "0001-01-01"


def whole(task: Any, units: Sequence[str], about: object, make: Callable[[Signatures | None], R]) -> R:
    """Give an answer about all units together: the one kept where nothing at all has changed, not even the day.

    `about` tells apart what is asked of the same results; `make` works the answer out, and is given what is known of
    the units' files, for `run`.
    """
    base = None if len(units) < FEW else _open(file_of(task.opened))
    if base is None:
        return make(None)
    try:
        files = signatures(task.opened, units)
        asked = question(task)
        name = hashlib.blake2b(repr((asked, about, task.today.isoformat(), files)).encode(), digest_size=16).digest()
        sure = all(files.values())
        for (sealed,) in _rows(base, "SELECT answer FROM answers WHERE name=?", name) if sure else ():
            if (found := _opened(sealed)) is not None:
                return cast("R", found)
        answer = make(files)
        if sure:
            with suppress(_errors()), base:
                base.execute("DELETE FROM answers")  # the last one asked for is the one that is asked for again
                base.execute("INSERT INTO answers VALUES (?, ?)", (name, _sealed(pickle.dumps(answer, -1))))
        return answer
    finally:
        with suppress(_errors()):
            base.close()


def signatures(opened: Opened, units: Sequence[str]) -> Signatures:
    """Give the signature of each unit's files."""
    if is_url(opened.workspace.place):
        from hazardctl import mirror

        return mirror.signatures(opened.workspace, units)
    now = time.time_ns()
    root = opened.workspace.root
    return {unit: signature(f"{root}/units/{unit}", now) for unit in units}


def run(task: Any, units: Sequence[str], size: int, engine: Run, known: Signatures | None = None) -> Iterator[Any]:
    """Give a task's result for each unit, in order: those that still hold, and the others from the engine."""
    base = None if len(units) < FEW else _open(file_of(task.opened))
    if base is None:
        yield from engine(task, engines.chunked(units, size))
        return
    try:
        yield from _through(base, task, size, engine, known or signatures(task.opened, units))
    finally:
        with suppress(_errors()):
            base.close()


def _through(base: sqlite3.Connection, task: Any, size: int, engine: Run, files: Signatures) -> Iterator[Any]:
    asked, units = question(task), list(files)
    today = task.today.isoformat()
    held = {
        unit
        for unit, known, first, last in _rows(base, KNOWN, asked)
        if known and known == files.get(unit) and first <= today <= last
    }
    missing = [unit for unit in units if unit not in held]
    fresh = iter(engine(Watching(task), engines.chunked(missing, size))) if missing else iter(())
    writing = _Writing(base, asked)
    for chunk in engines.chunked(units, TOGETHER):
        found = _fetch(base, asked, [unit for unit in chunk if unit in held])
        for unit in chunk:
            if unit not in held:
                result, first, last = next(fresh)
                if files[unit] and first <= last:
                    writing.keep(unit, files[unit], first, last, result)
                yield result
            elif unit in found:
                yield found[unit]
            else:  # gone from the cache, or damaged in it
                yield from task([unit])
    writing.flush()


class _Writing:
    """Results on their way into the cache; whatever goes wrong there is nobody's business."""

    def __init__(self, base: sqlite3.Connection, asked: bytes) -> None:
        self._base, self._asked, self._waiting = base, asked, list[tuple[Any, ...]]()

    def keep(self, unit: str, files: bytes, first: str, last: str, result: Any) -> None:
        """Take a result."""
        packed = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        self._waiting.append((self._asked, unit, files, first, last, _sealed(packed)))
        if len(self._waiting) >= TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write what has been taken."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            with suppress(_errors()), self._base:
                self._base.execute("INSERT OR REPLACE INTO asked VALUES (?, ?)", (self._asked, time.time_ns()))
                self._base.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?)", waiting)
                old = "SELECT question FROM asked ORDER BY at DESC LIMIT -1 OFFSET ?"
                self._base.execute(f"DELETE FROM results WHERE question IN ({old})", (KEPT,))  # noqa: S608
                self._base.execute(f"DELETE FROM asked WHERE question IN ({old})", (KEPT,))  # noqa: S608


def _sealed(packed: bytes) -> bytes:
    return hashlib.blake2b(packed, digest_size=16).digest() + packed


def _fetch(base: sqlite3.Connection, asked: bytes, units: Sequence[str]) -> dict[str, Any]:
    """Fetch results; one that is damaged is none."""
    marks = ",".join("?" * len(units))
    found: dict[str, Any] = {}
    query = f"SELECT unit, result FROM results WHERE question=? AND unit IN ({marks})"  # noqa: S608
    for unit, sealed in _rows(base, query, asked, *units) if units else ():
        if (result := _opened(sealed)) is not None:
            found[unit] = result
    return found


def _opened(sealed: object) -> Any:
    """Take a result out of its seal; None where it is damaged, or another version wrote it."""
    if isinstance(sealed, bytes) and _sealed(sealed[16:]) == sealed:
        with suppress(Exception):
            return pickle.loads(sealed[16:])  # noqa: S301 -- sealed, in the user's own folder
    return None


def _rows(base: sqlite3.Connection, query: str, *values: Any) -> list[Any]:
    try:
        return base.execute(query, values).fetchall()
    except _errors():
        return []


def _errors() -> type[Exception]:
    import sqlite3

    return sqlite3.Error


def signature(folder: str, now: int) -> bytes:
    """Give a hash of the names, sizes and times of a unit's files; empty where they cannot be relied on."""
    if os.path.islink(folder):  # noqa: PTH114 -- there are thousands
        return b""
    told: list[str] = []
    try:
        newest = _look(folder, told)
    except FileNotFoundError:
        return b"none"
    except OSError:
        return b""
    told.sort()
    said = "\n".join(told).encode("utf-8", "surrogateescape")
    return b"" if newest > now - RACY else hashlib.blake2b(said, digest_size=16).digest()


def _look(folder: str, told: list[str], under: str = "") -> int:
    newest = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            stat = entry.stat()
            size, written, changed = stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns if CHANGES else 0
            told.append(f"{under}{entry.name}/{size}/{written}/{changed}/{stat.st_ino}/{entry.is_symlink()}")
            newest = max(newest, written, changed)
            if entry.is_dir():
                newest = max(newest, _look(entry.path, told, f"{under}{entry.name}/"))
    return newest


def question(task: Any) -> bytes:
    """Name what is asked: the task, the campaign's own files, and this very program."""
    whole = hashlib.blake2b(digest_size=16)
    opened: Opened = task.opened
    plan = getattr(task, "plan", None)
    parts = [type(task).__qualname__, load.stamp(opened), task.language, plan, opened.workspace.place]
    whole.update(repr(parts).encode())
    for path in sorted((opened.workspace.root / "calendar").glob("*")):
        with suppress(OSError):
            whole.update(path.name.encode() + path.read_bytes())
    program: list[str] = []
    with suppress(OSError):
        _look(str(Path(__file__).resolve().parent), program)
    whole.update(repr(sorted(one.rsplit("/", 3)[0] for one in program if ".py/" in one)).encode())
    return whole.digest()


def folder() -> Path:
    """Give the folder of all caches."""
    from platformdirs import user_cache_path

    return user_cache_path("hazardctl", appauthor=False) / "results"


def file_of(opened: Opened) -> Path:
    """Give the file of a campaign's cache."""
    place = opened.workspace.place
    root = (place if is_url(place) else str(opened.workspace.root.resolve())).encode("utf-8", "surrogatepass")
    return folder() / f"{hashlib.blake2b(root, digest_size=12).hexdigest()}.sqlite"


def _open(path: Path) -> sqlite3.Connection | None:
    """Open a cache; one that is damaged is made anew, and where none can be kept we do without."""
    import sqlite3

    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            base = sqlite3.connect(path, timeout=0.2)
            base.executescript(SCHEMA)
            base.execute("PRAGMA synchronous = OFF")
            base.execute("SELECT question, unit, files, first, last, result FROM results LIMIT 1").fetchone()
        except sqlite3.OperationalError:  # read-only, locked, or of another make
            return None
        except sqlite3.DatabaseError:
            with suppress(OSError):
                path.unlink()
        except OSError:
            return None
        else:
            return base
    return None


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
