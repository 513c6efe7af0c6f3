"""Keep what was found in each unit's files, in the user's cache folder: a weekly run reads what has changed.

Never trusted over the files: a result is used only if every file of the unit has the name, size and times it had, the
campaign, the program and the question are the same, and the day makes no difference. It can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import pickle
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hazardctl import cachefile, engines, load
from hazardctl.engines import Task
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.stores import is_url
from hazardctl.today import Today

if TYPE_CHECKING:
    import sqlite3

Signatures = Mapping[str, bytes]
Run = Callable[[Task[Any], Sequence[Sequence[str]]], Iterator[Any]]
FEW = 200  # units that are gone through as quickly as a cache is opened
KEPT = 6  # questions kept of one campaign
TOGETHER = 500
KNOWN = "SELECT unit, files, first, last FROM results WHERE question=?"


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


def signatures(opened: Opened, units: Sequence[str]) -> Signatures:
    """Give the signature of each unit's files."""
    if is_url(opened.workspace.place):
        from hazardctl import mirror

        return mirror.signatures(opened.workspace, units)
    now = time.time_ns()
    root = opened.workspace.root
    return {unit: cachefile.signature(f"{root}/units/{unit}", now) for unit in units}


def run(task: Any, units: Sequence[str], size: int, engine: Run, known: Signatures | None = None) -> Iterator[Any]:
    """Give a task's result for each unit, in order: those that still hold, and the others from the engine.

    `known` are signatures of units' folders, where somebody has looked at them already.
    """
    base = None if len(units) < FEW else cachefile.connect(file_of(task.opened))
    if base is None:
        yield from engine(task, engines.chunked(units, size))
        return
    try:
        seen = known or {}
        seen = {**signatures(task.opened, [unit for unit in units if unit not in seen]), **seen}
        yield from _through(base, task, size, engine, {unit: seen[unit] for unit in units})
    finally:
        with suppress(cachefile.errors()):
            base.close()


def _through(base: sqlite3.Connection, task: Any, size: int, engine: Run, files: Signatures) -> Iterator[Any]:
    asked, units = question(task), list(files)
    today = task.today.isoformat()
    held = {
        unit
        for unit, known, first, last in cachefile.rows(base, KNOWN, asked)
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
        self._waiting.append((self._asked, unit, files, first, last, cachefile.sealed(packed)))
        if len(self._waiting) >= TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write what has been taken."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            with suppress(cachefile.errors()), self._base:
                self._base.execute("INSERT OR REPLACE INTO asked VALUES (?, ?)", (self._asked, time.time_ns()))
                self._base.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?)", waiting)
                old = "SELECT question FROM asked ORDER BY at DESC LIMIT -1 OFFSET ?"
                self._base.execute(f"DELETE FROM results WHERE question IN ({old})", (KEPT,))  # noqa: S608
                self._base.execute(f"DELETE FROM asked WHERE question IN ({old})", (KEPT,))  # noqa: S608


def _fetch(base: sqlite3.Connection, asked: bytes, units: Sequence[str]) -> dict[str, Any]:
    """Fetch results; one that is damaged is none."""
    marks = ",".join("?" * len(units))
    found: dict[str, Any] = {}
    query = f"SELECT unit, result FROM results WHERE question=? AND unit IN ({marks})"  # noqa: S608
    for unit, sealed in cachefile.rows(base, query, asked, *units) if units else ():
        if (result := _opened(sealed)) is not None:
            found[unit] = result
    return found


def _opened(sealed: object) -> Any:
    """Take a result out of its seal; None where it is damaged, or another version wrote it."""
    packed = cachefile.unsealed(sealed)
    with suppress(Exception):
        return None if packed is None else pickle.loads(packed)  # noqa: S301 -- sealed, in the user's own folder
    return None


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
    whole.update(repr(cachefile.program()).encode())
    return whole.digest()


def file_of(opened: Opened) -> Path:
    """Give the file of a campaign's cache."""
    place = opened.workspace.place
    return cachefile.file_of(place if is_url(place) else str(opened.workspace.root.resolve()))
