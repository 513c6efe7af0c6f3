"""Map a task over a cluster: chunks of about the same size go out, partials come back, in the units' order.

Where a worker is lost, another does its chunk. Where several are lost over one chunk, its units are tried one at a
time, with nothing else under way, and the one that ends every worker is told as a finding.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from hazardctl import engines
from hazardctl.engines import remote
from hazardctl.engines.remote import Answer, Order
from hazardctl.errors import HazardError
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.stores import store
from hazardctl.units import unsafe_id
from hazardctl.workspace import LEDGERS

if TYPE_CHECKING:
    from concurrent.futures import Future

    from hazardctl.engines.task import Task

R = TypeVar("R")
TURNS = 6  # chunks for each processor, if an adapter says nothing else: the last even out what bytes do not tell
LEAST = 1 << 20  # bytes: a smaller chunk costs as much to send as to do
MOST = 32 << 20
OPENING = 8 << 10  # bytes that are read in the time it takes to open a unit's files
AHEAD = 4  # chunks sent out for each processor
PROBES = 8  # processes that start while the units are weighed


class ClusterError(HazardError):
    """A cluster cannot be used. Values: `address`, `reason`."""

    key = "engines.unusable"


class UnreachableError(HazardError):
    """Nobody answers there as a cluster would, or it has no workers. Values: `address`, `reason`."""

    key = "engines.unreachable"


class NotThereError(HazardError):
    """The workers do not have this program. Values: `address`."""

    key = "engines.not_there"


@immutable
class Cluster:
    """What an adapter offers: `send` has `remote.work` done on one of so many processors, again where a worker is lost.

    Where workers are lost over it several times, its future raises one of `lost`.
    """

    address: str
    send: Callable[[Order, list[str]], Future[Answer]]
    slots: int
    lost: tuple[type[BaseException], ...]
    turns: int = TURNS
    check: Callable[[], None] = lambda: None  # raises UnreachableError once nobody is left to wait for


def run(task: Task[R], units: Sequence[str], cluster: Cluster) -> Iterator[R]:
    """Map a task over units; results come in order. Raises HazardError where the cluster cannot be used."""
    yield from _Mapping(task, units, cluster).results()


def cut(units: Sequence[str], weights: Sequence[int], slots: int, turns: int = TURNS) -> list[Sequence[str]]:
    """Cut units into chunks for so many processors; each has its turn so often, as long as chunks stay small."""
    whole = sum(weights)
    size = min(max(-(-whole // (slots * turns)), LEAST), MOST)
    return engines.balanced(units, weights, max(-(-whole // size), 1))


def weights(opened: Opened, units: Sequence[str]) -> list[int]:
    """Weigh units by the bytes of their ledgers, from one listing."""
    folders = [f"units/{unit}" for unit in units if not unsafe_id(unit)]
    found = [seen for below in store(opened.workspace.place).below(folders) for seen in below.items()]
    sizes = {name: seen.size for name, seen in found}
    return [OPENING + sum(sizes.get(f"units/{unit}/{ledger}", 0) for ledger in LEDGERS) for unit in units]


class _Mapping(Generic[R]):
    def __init__(self, task: Task[R], units: Sequence[str], cluster: Cluster) -> None:
        self._task, self._units, self._cluster, self._order = task, units, cluster, remote.order(task)
        self._probes: list[Future[Answer]] = []
        self._waiting: deque[Sequence[str]] = deque()
        self._under_way: deque[tuple[Sequence[str], Future[Answer]]] = deque()

    def results(self) -> Iterator[R]:
        """Give all results; whoever wants no more of them ends what is under way."""
        try:
            self._probes += [self._send([]) for _ in range(min(self._cluster.slots, PROBES))]
            self._waiting += self._cut()
            self._fill()
            self._see(*self._probes)
            while self._under_way:
                yield from self._received(*self._under_way.popleft())
                self._fill()
        finally:
            for future in (*self._probes, *(future for _, future in self._under_way)):
                future.cancel()

    def _send(self, units: Sequence[str]) -> Future[Answer]:
        return self._cluster.send(self._order, list(units))

    def _received(self, chunk: Sequence[str], future: Future[Answer]) -> list[R]:
        try:
            return self._unpacked(self._answer(future))
        except self._cluster.lost:
            self._rest()
            return [result for unit in chunk for result in self._alone(unit)]

    def _alone(self, unit: str) -> list[R]:
        """Have one unit done with nothing else under way: if a worker is lost now, it is lost over this unit."""
        try:
            return self._unpacked(self._answer(self._send([unit])))
        except self._cluster.lost:
            self._probe()  # it was not the cluster
            return [self._task.lost(unit)]

    def _cut(self) -> list[Sequence[str]]:
        opened = engines.campaign_of(self._task)
        weighed = weights(opened, self._units) if opened else [OPENING] * len(self._units)
        return cut(self._units, weighed, self._cluster.slots, self._cluster.turns)

    def _fill(self) -> None:
        """Send out as many chunks as may be under way."""
        while self._waiting and len(self._under_way) < AHEAD * self._cluster.slots:
            chunk = self._waiting.popleft()
            self._under_way.append((chunk, self._send(chunk)))

    def _rest(self) -> None:
        """Wait until nothing is under way."""
        from concurrent.futures import wait

        others = [*self._probes, *(future for _, future in self._under_way)]
        while wait(others, timeout=2).not_done:
            self._cluster.check()

    def _see(self, *probes: Future[Answer]) -> None:
        """See that the program, the folder and a process are there; a probe may be lost with a chunk beside it."""
        try:
            for probe in probes:
                self._unpacked(self._answer(probe))
        except self._cluster.lost:
            self._rest()
            self._probe()

    def _probe(self) -> None:
        """Have nothing done, with nothing else under way: if that is lost, it is the cluster."""
        try:
            self._unpacked(self._answer(self._send([])))
        except self._cluster.lost as error:
            raise _unusable(self._cluster.address, error) from error

    def _answer(self, future: Future[Answer]) -> Answer:
        from concurrent.futures import CancelledError

        while True:
            try:
                return future.result(timeout=2)
            except TimeoutError:
                if future.done():  # the timeout is the work's own
                    raise
                self._cluster.check()
            except CancelledError as error:
                raise _unusable(self._cluster.address, error) from error

    def _unpacked(self, answer: Answer) -> list[R]:
        pieces, fault = answer
        if fault:
            raise pickle.loads(fault)  # noqa: S301 -- from our own program on a worker
        found: list[R] = []
        for units, results in pieces:
            found += pickle.loads(results) if results else map(self._task.lost, units)  # noqa: S301
        return found


def _unusable(address: str, error: Any) -> HazardError:
    said, at = [], error
    while at is not None:
        said.append(str(at))
        at = at.__cause__
    if any("No module named 'hazardctl" in words for words in said):
        return NotThereError(address=address)
    lines = [line.strip() for line in said[-1].splitlines() if line.strip()]
    return ClusterError(address=address, reason=lines[-1] if lines else type(error).__name__)
