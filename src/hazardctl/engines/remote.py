"""What a cluster's worker does with an order: a process of its own works on it, so that no unit can end the worker.

An order and its answer are tuples of plain values: a worker with another version of this program can read them too, and
say so.
"""

from __future__ import annotations

import hashlib
import pickle
import platform
import threading
import time
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from hazardctl.engines import campaign_of
from hazardctl.engines.worker import DiedError, NotStartedError, Worker, packed
from hazardctl.errors import HazardError
from hazardctl.records import immutable
from hazardctl.stores import is_url
from hazardctl.workspace import CAMPAIGN_FILE

IDLE = 20.0  # seconds a process waits for more of the same order
Order = tuple[str, str, str, bytes]  # the program's print, the campaign's folder and its hash, the task
Piece = tuple[tuple[str, ...], bytes]  # units and their results; no bytes where a unit ended every process
Answer = tuple[list[Piece], bytes]  # or the fault in the way


class OtherProgramError(HazardError):
    """A worker runs another version. Values: `host`, `theirs`, `ours`."""

    key = "engines.other_program"


class NoFolderError(HazardError):
    """A worker does not see the campaign's folder. Values: `host`, `folder`."""

    key = "engines.no_folder"


class OtherCampaignError(HazardError):
    """A worker sees other files than we do under the same path. Values: `host`, `folder`."""

    key = "engines.other_campaign"


class NoProcessError(HazardError):
    """A worker cannot start a process. Values: `host`."""

    key = "engines.no_process"


@cache
def program() -> str:
    """Give the print of this very program: its version, a hash of its source, the version of Python."""
    from importlib.metadata import version

    folder = Path(__file__).resolve().parents[1]
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    python = ".".join(platform.python_version_tuple()[:2])
    return f"hazardctl {version('hazardctl')} ({whole.hexdigest()[:12]}), Python {python}"


def order(task: Any) -> Order:
    """Make an order of a task; one that works on a campaign has it in `opened`, or its own task has."""
    opened = campaign_of(task)
    where = ("", "") if opened is None else (opened.workspace.place, opened.sha256)
    return (program(), *where, pickle.dumps(task, pickle.HIGHEST_PROTOCOL))


def work(ordered: Order, units: Sequence[str]) -> Answer:
    """Do some units of an order; raises nothing: a fault travels as a value, since a cluster would try it again."""
    child: Worker | None = None
    try:
        if ordered[0] != program():
            raise OtherProgramError(host=platform.node(), theirs=program(), ours=ordered[0])  # noqa: TRY301
        child = _take(ordered)
        pieces = list(_pieces(child, tuple(units)))
    except Exception as error:  # noqa: BLE001 -- raised by who gave the order
        if child is not None:
            _put_away(child)
        return [], packed(NoProcessError(host=platform.node()) if isinstance(error, NotStartedError) else error)
    _give_back(child)
    return pieces, b""


def _pieces(child: Worker, units: tuple[str, ...]) -> Iterator[Piece]:
    """Have units done; where the process dies over them, one at a time, so that only one is lost."""
    try:
        yield units, child.ask(units)[0]
    except DiedError:
        for unit in units:
            try:
                yield (unit,), child.ask([unit])[0]
            except DiedError:
                yield (unit,), b""


@immutable
class Sealed:
    """An order as its process gets it: the campaign is opened there, and results leave as bytes."""

    ordered: Order

    def __call__(self, units: Sequence[str]) -> Iterator[bytes]:
        """Give the results of some units, together."""
        yield pickle.dumps(list(_opened(self.ordered)(units)), pickle.HIGHEST_PROTOCOL)


@lru_cache(1)
def _opened(ordered: Order) -> Any:
    """Open what an order is about; raises NoFolderError and OtherCampaignError."""
    _, folder, stamp, given = ordered
    values = {"host": platform.node(), "folder": folder}
    if not folder:
        return pickle.loads(given)  # noqa: S301 -- an order of our own program
    if not is_url(folder) and not (Path(folder) / CAMPAIGN_FILE).is_file():
        raise NoFolderError(**values)
    try:
        task = pickle.loads(given)  # noqa: S301
    except HazardError:
        if is_url(folder):  # it says itself what is in the way
            raise
        raise OtherCampaignError(**values) from None
    except NotImplementedError:  # a path of Windows elsewhere, or the other way round
        raise NoFolderError(**values) from None
    opened = campaign_of(task)
    if opened is None or opened.sha256 != stamp:
        raise OtherCampaignError(**values)
    return task


_idle: list[tuple[float, Order, Worker]] = []
_busy: dict[Worker, Order] = {}
_changing = threading.Lock()


def _take(ordered: Order) -> Worker:
    """Take a process that knows the order, or a new one."""
    with _changing:
        at = next((at for at, (_, known, _) in enumerate(_idle) if known == ordered), None)
        worker = Worker(Sealed(ordered)) if at is None else _idle.pop(at)[2]
        _busy[worker] = ordered
    return worker


def _give_back(worker: Worker) -> None:
    with _changing:
        ordered = _busy.pop(worker, None)
        if ordered is None:  # it was stopped meanwhile
            return
        _idle.append((time.monotonic(), ordered, worker))
    timer = threading.Timer(IDLE + 1, rest, (IDLE,))
    timer.daemon = True
    timer.start()


def _put_away(worker: Worker) -> None:
    with _changing:
        ordered = _busy.pop(worker, None)
    _end([(worker, ordered)] if ordered else [])


def rest(longer: float = 0.0) -> None:
    """End the processes that have had nothing to do for so many seconds."""
    now = time.monotonic()
    with _changing:
        over = [(worker, ordered) for since, ordered, worker in _idle if now - since >= longer]
        _idle[:] = [one for one in _idle if now - one[0] < longer]
    _end(over)


def stop() -> None:
    """End all processes, whatever they do."""
    rest()
    with _changing:
        busy = list(_busy.items())
        _busy.clear()
    _end(busy)


def _end(workers: Sequence[tuple[Worker, Order]]) -> None:
    for worker, _ in workers:
        worker.stop()
    if any(is_url(ordered[1]) for _, ordered in workers):
        from hazardctl import mirror

        mirror.sweep()  # what they had fetched
