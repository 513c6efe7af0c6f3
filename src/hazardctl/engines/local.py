"""Run a task on this machine: here and now for few units, on all processors for many."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from hazardctl import engines, memory
from hazardctl.engines.weighing import FEW, worth
from hazardctl.engines.worker import DiedError, NotStartedError, Warming, Worker
from hazardctl.stores import is_url

if TYPE_CHECKING:
    from hazardctl.engines.task import Task

R = TypeVar("R")
SOME = 200  # usual units that are worth a process which has begun already
PATIENCE = 5.0  # seconds in which a process that does something may finish it when the command ends


def run(task: Task[R], chunks: Sequence[Sequence[str]], processes: int | None = None) -> Iterator[R]:
    """Map a task over chunks of units; results come in order."""
    memory.keep_room()
    helpers = processors() if processes is None else processes
    units = list(chain.from_iterable(chunks))
    each = _worth(task, units)
    if len(units) * each < (SOME if _idle else FEW) and processes is None:
        helpers = 1
    if each > 1:  # chunks of as much work as usual ones
        chunks = [some for chunk in chunks for some in engines.chunked(chunk, max(int(len(chunk) / each), 1))]
    if helpers < 2 or len(chunks) < 2:
        for chunk in chunks:
            yield from _here(task, chunk)
        return
    yield from _Pool(task, chunks, helpers - 1).results()


def _worth(task: Any, units: Sequence[str]) -> float:
    """Tell how many usual units one of some units is worth; in a store elsewhere as many as any other."""
    opened = engines.campaign_of(task)
    if opened is None or len(units) < 2 or is_url(opened.workspace.place):
        return 1.0
    return worth(f"{opened.workspace.root}/units", units)


def processors() -> int:
    """Count the processors this process may use: a container or a batch system may leave it fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_idle: list[Worker] = []  # that wait for a task
_away: list[tuple[Worker, threading.Event]] = []  # that do something meanwhile, each with whether it is done
_keeping = False  # whether they are kept when they have done one


def begin() -> None:
    """Begin as many processes as there are processors beside this one's, and keep them for more than one task."""
    global _keeping  # noqa: PLW0603 -- there is one machine
    if not _keeping:
        _keeping = True
        for _ in range(processors() - 1):
            _idle.append(Worker(None))
            _idle[-1].begin()


def warm(warming: Warming) -> None:
    """Have the processes that have begun load something."""
    for worker in _idle:
        worker.warm(warming)


def end() -> None:
    """End those that have begun; one that does something may finish it, since cut off it would leave locks behind."""
    global _keeping  # noqa: PLW0603
    _keeping = False
    while _idle:
        _idle.pop().stop()
    while _away:
        worker, finished = _away.pop()
        try:
            finished.wait(PATIENCE)
        finally:
            worker.stop()


def meanwhile(task: Callable[[Sequence[str]], Iterable[R]], units: Sequence[str]) -> Callable[[], Sequence[R]]:
    """Have a process that waits do some units while this one goes on; gives what waits for their results.

    Where none waits, or it comes to nothing, they are done here, when they are waited for.
    """
    if not _idle or not units:
        return lambda: list(task(units))
    worker, done = _idle.pop(), list[Sequence[R]]()
    worker.take(task)
    finished = threading.Event()  # a thread whose `join` is broken off by ^C seems to have ended
    _away.append((worker, finished))

    def ask() -> None:
        with suppress(Exception):  # whatever it was is raised when it is done here
            done.append(worker.ask(units))
        finished.set()

    threading.Thread(target=ask, daemon=True).start()

    def wait() -> Sequence[R]:
        finished.wait()
        _away.remove((worker, finished))
        _idle.append(worker)
        return done[0] if done else list(task(units))

    return wait


def _taken(task: Any, number: int) -> list[Worker]:
    """Take so many processes for a task: those that have begun, and others."""
    taken = [_idle.pop() for _ in range(min(number, len(_idle)))]
    for worker in taken:
        worker.take(task)
    return taken + [Worker(task) for _ in range(number - len(taken))]


def _here(task: Task[R], chunk: Sequence[str]) -> Iterator[R]:
    """Do a chunk in this process; a unit whose files no memory suffices for is lost, and no other."""
    done = 0
    try:
        for result in task(chunk):
            yield result
            done += 1
    except MemoryError:
        for unit in chunk[done:]:
            yield _alone(task, unit)


def _alone(task: Task[R], unit: str) -> R:
    try:
        (result,) = task([unit])
    except MemoryError:
        return task.lost(unit)
    return result


class _Pool(Generic[R]):
    """Some processes and this one, which take the chunks from one queue: whoever is done first takes the next."""

    def __init__(self, task: Task[R], chunks: Sequence[Sequence[str]], helpers: int) -> None:
        self._task, self._chunks = task, chunks
        self._waiting = deque(range(len(chunks)))
        self._done: dict[int, list[R] | BaseException] = {}  # a fault is raised where its results would have come
        self._changed = threading.Condition()
        self._workers = _taken(task, helpers)

    def results(self) -> Iterator[R]:
        """Give all results in the order of the chunks."""
        with memory.looking_seldom():
            yield from self._all()

    def _all(self) -> Iterator[R]:
        threads = [threading.Thread(target=self._serve, args=(worker,), daemon=True) for worker in self._workers]
        for thread in threads:
            thread.start()
        try:
            for number in range(len(self._chunks)):
                found = self._await(number)
                if number == len(self._chunks) - 1:
                    self._release(threads)
                yield from found
        finally:
            self._waiting.clear()
            for worker in self._workers:
                worker.stop()

    def _release(self, threads: Sequence[threading.Thread]) -> None:
        """Let the processes wait for another task, before the last results are taken: nothing is left for them."""
        for thread in threads:
            thread.join()
        if _keeping:
            _idle.extend(self._workers)
            self._workers = []

    def _await(self, number: int) -> list[R]:
        """Wait for a chunk by doing one: the wanted one as a rule, or those after it."""
        while number not in self._done:
            if (mine := self._next()) is not None:
                self._done[mine] = list(_here(self._task, self._chunks[mine]))
                continue
            with self._changed:
                self._changed.wait_for(lambda: number in self._done or self._waiting)
        found = self._done.pop(number)
        if isinstance(found, BaseException):
            raise found
        return found

    def _next(self) -> int | None:
        try:
            return self._waiting.popleft()
        except IndexError:
            return None

    def _serve(self, worker: Worker) -> None:
        """Feed one process until nothing is left."""
        while (number := self._next()) is not None:
            found: list[R] | BaseException
            try:
                found = self._ask(worker, self._chunks[number])
            except NotStartedError:
                with self._changed:
                    self._waiting.appendleft(number)
                    self._changed.notify_all()
                return
            except BaseException as error:  # noqa: BLE001 -- raised again by who waits for it
                found = error
            with self._changed:
                self._done[number] = found
                self._changed.notify_all()

    def _ask(self, worker: Worker, chunk: Sequence[str]) -> list[R]:
        """Have a chunk done; where the process dies over it, one unit at a time, so that only one is lost."""
        try:
            return worker.ask(chunk)
        except DiedError:
            found: list[R] = []
            for unit in chunk:
                try:
                    found += worker.ask([unit])
                except DiedError:
                    found.append(self._task.lost(unit))
            return found
