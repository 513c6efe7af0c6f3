"""Keep what was found in each unit's files, in the user's cache folder: a weekly run reads what has changed.

Never trusted over the files: a result is used only if every file of the unit has the name, size and times it had, the
campaign, the program and the question are the same, and the day makes no difference. It can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import pickle
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hazardctl import cachefile, engines, memory
from hazardctl.engines import looking, weighing
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.stores import is_url
from hazardctl.today import Today

if TYPE_CHECKING:
    import sqlite3

    from hazardctl.again import Look
    from hazardctl.engines.task import Task

Signatures = Mapping[str, bytes]
Known = Sequence[tuple[str, bytes, str, str]]  # units, with their files and the first and last day
Block = dict[str, tuple[bytes, str, str, Any]]  # the same, and the result
Run = Callable[["Task[Any]", Sequence[Sequence[str]]], Iterator[Any]]
FEW = 200  # usual units that are gone through as quickly as a cache is opened
KEPT = 6  # questions kept of one campaign
FEWEST = 20  # units sent out at a time: as many as are read together
PORTIONS = 20  # sent out at least, where that leaves enough for each
BLOCK = 50  # units whose results are kept together: they share most of their words
SHELF = 32  # blocks whose changes are kept together
PART = 8  # of a shelf's units: where more have changed, their blocks are written anew
TOGETHER = 10  # blocks written at a time


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


def looked(opened: Opened, units: Sequence[str], links: Iterable[str] | None = None) -> Signatures:
    """Give the signature of each unit's files; `links` as for `signatures.looking`."""
    if is_url(opened.workspace.place):
        from hazardctl import mirror

        return mirror.signatures(opened.workspace, units)
    return looking.look(f"{opened.workspace.root}/units", units, time.time_ns(), links)


def run(task: Any, units: Sequence[str], size: int, engine: Run, known: Look | None = None) -> Iterator[Any]:
    """Give a task's result for each unit, in order: those that still hold, and the others from the engine.

    `known` is what is known of units' folders, where somebody has looked at them already.
    """
    base = None if _are_few(task.opened, units) else cachefile.connect(file_of(task.opened))
    if base is None:
        yield from engine(task, engines.chunked(units, size))
        return
    try:
        seen = known.units if known else {}
        unseen = [unit for unit in units if unit not in seen]
        more = looked(task.opened, unseen, known.links if known else None) if unseen else {}
        yield from _through(base, task, size, engine, {unit: seen.get(unit) or more.get(unit, b"") for unit in units})
    finally:
        with suppress(cachefile.errors()):
            base.close()


def _are_few(opened: Opened, units: Sequence[str]) -> bool:
    place = opened.workspace.place
    return len(units) < FEW if is_url(place) else weighing.are_few(f"{place}/units", units, FEW)


def _through(base: sqlite3.Connection, task: Any, size: int, engine: Run, files: Signatures) -> Iterator[Any]:
    asked, today = question(task), task.today.isoformat()
    order = {unit: at // BLOCK for at, unit in enumerate(task.opened.units.under("")[1:])}
    blocks = [(number, list(some)) for number, some in groupby(files, lambda unit: order.get(unit, 0))]
    with memory.not_looking():
        known = _known(base, asked)
    held = {
        unit: number for number, (_, each) in known.items() for unit, of, first, last in each
        if of and of == files.get(unit) and first <= today <= last
    }  # fmt: skip
    missing = [unit for unit in files if unit not in held]
    few = min(size, max(FEWEST, len(missing) // PORTIONS // FEWEST * FEWEST))  # so few that no process waits long
    fresh = iter(engine(Watching(task), engines.chunked(missing, few))) if missing else iter(())
    library = _Library(base, asked, known, _Writing(base, asked))
    with memory.not_looking() if len(missing) <= len(files) // PART else nullcontext():
        for shelf, some in groupby(blocks, lambda block: block[0] // SHELF):
            yield from library.shelf(shelf, list(some), held, files, fresh, task)
    library.writing.flush()


@immutable
class _Library:
    """What there is in the cache for a question: blocks of results, and for each shelf of them what has changed since.

    Of few changed units only these are written, and not the blocks they belong to.
    """

    base: sqlite3.Connection
    asked: bytes
    known: Mapping[int, tuple[bytes, Known]]
    writing: _Writing

    def shelf(  # noqa: PLR0917 -- what is on it, which of that holds, and where the rest comes from
        self, shelf: int, blocks: Sequence[tuple[int, Sequence[str]]], held: Mapping[str, int], files: Signatures,
        fresh: Iterator[tuple[Any, str, str]], task: Any,
    ) -> Iterator[Any]:  # fmt: skip
        """Give the results of the units of some blocks, and keep those that are new.

        Of what is given none is held here for long but what has changed: there may be much of it.
        """
        fetched = self._fetch(_late(shelf))
        late = self._block(_late(shelf), fetched)
        changed = False
        for number, some in blocks:
            kept, new = self._fetch(number), Block()
            for unit in some:
                where = held.get(unit)
                if where is None:
                    result, first, last = next(fresh)
                    if files[unit] and first <= last:
                        new[unit] = (files[unit], first, last, result)
                    yield result
                elif unit in (here := kept if where == number else fetched):
                    yield here[unit]
                else:  # gone from the cache meanwhile, or damaged in it
                    yield from task([unit])
            changed, late = changed or bool(new), late | new
            if len(new) > len(some) // PART:
                self._move(number, some, kept, late)
        if changed:
            self._keep(shelf, blocks, late)

    def _keep(self, shelf: int, blocks: Sequence[tuple[int, Sequence[str]]], late: Block) -> None:
        """Keep what has changed beside the blocks, or where that is much of them, in them."""
        if len(late) > sum(len(some) for _, some in blocks) // PART:
            for number, some in blocks:
                if not late.keys().isdisjoint(some):
                    self._move(number, some, self._fetch(number), late)
        if late or _late(shelf) in self.known:
            self.writing.keep(_late(shelf), late)

    def _move(self, number: int, some: Sequence[str], kept: Mapping[str, Any], late: Block) -> None:
        """Put what has changed of a block into it."""
        new = {unit: late.pop(unit) for unit in some if unit in late}
        self.writing.keep(number, self._block(number, kept) | new)

    def _fetch(self, number: int) -> Mapping[str, Any]:
        return _fetch(self.base, self.asked, number, *self.known[number]) if number in self.known else {}

    def _block(self, number: int, results: Mapping[str, Any]) -> Block:
        """Put results to what is known of them."""
        return {unit: (*of, results[unit]) for unit, *of in self.known[number][1]} if results else {}


def _late(shelf: int) -> int:
    """Give the number under which a shelf's changes are kept: blocks are numbered from 0."""
    return -1 - shelf


class _Writing:
    """Results on their way into the cache; whatever goes wrong there is nobody's business."""

    def __init__(self, base: sqlite3.Connection, asked: bytes) -> None:
        self._base, self._asked, self._waiting = base, asked, list[tuple[Any, ...]]()

    def keep(self, number: int, block: Block) -> None:
        """Take a block of results."""
        known, results = [(unit, *of[:3]) for unit, of in block.items()], [of[3] for of in block.values()]
        packed = (cachefile.sealed(pickle.dumps(one, pickle.HIGHEST_PROTOCOL)) for one in (known, results))
        self._waiting.append((self._asked, number, *packed))
        if len(self._waiting) >= TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write what has been taken."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            with suppress(cachefile.errors()), self._base:
                self._base.execute("INSERT OR REPLACE INTO asked VALUES (?, ?)", (self._asked, time.time_ns()))
                self._base.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", waiting)
                old = "SELECT question FROM asked ORDER BY at DESC LIMIT -1 OFFSET ?"
                self._base.execute(f"DELETE FROM results WHERE question IN ({old})", (KEPT,))  # noqa: S608
                self._base.execute(f"DELETE FROM asked WHERE question IN ({old})", (KEPT,))  # noqa: S608


def _known(base: sqlite3.Connection, asked: bytes) -> dict[int, tuple[bytes, Known]]:
    """Give what there is a result of, by block, with the seal on it."""
    found = cachefile.rows(base, "SELECT block, known FROM results WHERE question=?", asked)
    return {
        number: (cachefile.seal(sealed), known) for number, sealed in found if (known := _opened(sealed)) is not None
    }


def _fetch(base: sqlite3.Connection, asked: bytes, number: int, seal: bytes, known: Known) -> dict[str, Any]:
    """Fetch a block's results by unit; none where it is damaged, or no longer the one that is known."""
    query = "SELECT known, results FROM results WHERE question=? AND block=?"
    for now, sealed in cachefile.rows(base, query, asked, number):
        results = _opened(sealed) if cachefile.seal(now) == seal else None
        if results is not None and len(results) == len(known):
            return dict(zip([unit for unit, *_ in known], results, strict=True))
    return {}


def _opened(sealed: object) -> Any:
    """Take something out of its seal; None where it is damaged, or another version wrote it."""
    packed = cachefile.unsealed(sealed)
    with suppress(Exception):
        return None if packed is None else pickle.loads(packed)  # noqa: S301 -- sealed, in the user's own folder
    return None


def question(task: Any) -> bytes:
    """Name what is asked: the task, the campaign's own files, and this very program."""
    whole = hashlib.blake2b(digest_size=16)
    opened: Opened = task.opened
    plan = getattr(task, "plan", None)
    parts = [type(task).__qualname__, opened.sha256, task.language, plan, opened.workspace.place]
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
