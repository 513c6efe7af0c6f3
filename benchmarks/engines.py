"""Measure what an engine costs beside the work, and work out from that what a larger cluster would take.

`python benchmarks/engines.py [--units 4000] [--rows 100] [--rounds 3] [--engines local=1,local,dask,spark]`.
An engine's own start-up (a scheduler, a JVM, executors, their Pythons) is measured apart; opening the campaign on each
worker and starting its process counts as work. Engines run in turn (A B A B …); medians, cache left out.
"""

from __future__ import annotations

import argparse
import heapq
import pickle
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from generate import Wish, generate

from hazardctl.engines import cluster, local
from hazardctl.load import Opened, opened
from hazardctl.rollup import CHUNK, Asked, assemble, prepare
from hazardctl.statistics.kernel import Counted, Counting
from hazardctl.workspace import Workspace

TODAY = date(2022, 9, 20)
WORKERS = (2, 8, 32, 128, 512)
MANY = 100_000


@dataclass(slots=True)
class Measured:
    """Seconds of one engine, one figure a round."""

    started: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)


def main() -> None:
    """Measure and tell."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "campaign"
        generate(root, Wish(units=given.units, rows=given.rows))
        campaign = opened(Workspace(root))
        asked = prepare(campaign)
        found = {name: Measured() for name in given.engines.split(",")}
        tables = set()
        for _ in range(given.rounds):
            for name, measured in found.items():
                tables.add(_round(name, campaign, asked, measured))
        assert len(tables) == 1, "the engines do not agree"
        _tell(found)
        _simulate(campaign, asked, found)


def _arguments() -> Any:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=4000)
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engines", default="local=1,local,dask,spark")
    return parser.parse_args()


def _round(name: str, campaign: Opened, asked: Asked, measured: Measured) -> str:
    """Roll up once; gives the table, to be compared."""
    task = Counting(campaign, asked.compiled.plan, TODAY)
    begun = time.perf_counter()
    with _mapping(name) as run:
        measured.started.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        counted = {one.unit: one for one in run(task, asked.chosen)}
        table = assemble(campaign, asked, counted, asked.as_of(TODAY))
        measured.worked.append(time.perf_counter() - begun)
    return repr(table.rows)


@contextmanager
def _mapping(name: str) -> Iterator[Any]:
    """Start an engine, and have each of its processors do nothing once."""
    engine, _, address = name.partition("=")
    if engine == "local":
        processes = int(address) if address else None
        yield lambda task, units: local.run(task, _chunks(units), processes)
        return
    with import_module(f"hazardctl.engines.{engine}").connected(address) as found:
        for future in [found.send(("", "", "", b""), []) for _ in range(4 * found.slots)]:
            future.result()
        yield lambda task, units: cluster.run(task, units, found)


def _chunks(units: Sequence[str]) -> list[Sequence[str]]:
    return [units[at : at + CHUNK] for at in range(0, len(units), CHUNK)]


def _tell(found: dict[str, Measured]) -> None:
    base = statistics.median(found["local"].worked) if "local" in found else None
    print(f"{'engine':<10} {'start-up':>9} {'work':>9}  (spread)        of local")
    for name, measured in found.items():
        start, work = statistics.median(measured.started), statistics.median(measured.worked)
        ratio = f"{work / base:.2f}" if base else ""
        print(
            f"{name:<10} {start:>8.2f}s {work:>8.2f}s  ({min(measured.worked):.2f}–{max(measured.worked):.2f})  {ratio}"
        )


def _simulate(campaign: Opened, asked: Asked, found: dict[str, Measured]) -> None:
    """Simulate clusters: chunks of measured cost go to whoever is free; the driver takes all results in."""
    task = Counting(campaign, asked.compiled.plan, TODAY)
    chunks = cluster.cut(asked.chosen, cluster.weights(campaign, asked.chosen), 2)
    costs, sizes, partials = [], [], list[Counted]()
    for chunk in chunks:
        begun = time.perf_counter()
        counted = list(task(chunk))
        costs.append((time.perf_counter() - begun) / len(chunk))
        sizes.append(len(pickle.dumps(counted)) / len(chunk))
        partials += counted
    packed = pickle.dumps(partials)
    begun = time.perf_counter()
    taken = {one.unit: one for one in pickle.loads(packed)}
    assemble(campaign, asked, taken, asked.as_of(TODAY))
    fold = (time.perf_counter() - begun) / len(partials)
    print(f"\nper unit: {statistics.median(costs) * 1e6:.0f} µs of work, {fold * 1e6:.0f} µs at the driver, ", end="")
    print(f"{statistics.median(sizes):.0f} bytes sent back")
    for name in found.keys() - {"local", "local=1"}:
        sending = _sending(name)
        print(f"\nSIMULATION, {name}, {MANY} units; a chunk costs {sending * 1000:.1f} ms to send and receive")
        for workers in WORKERS:
            print(f"{workers:>5} workers: {_duration(workers, costs, sending, fold):7.1f} s")


def _sending(name: str) -> float:
    """Measure what it costs to send an order and get its answer, with nothing to do in it, one after the other."""
    with _mapping(name), import_module(f"hazardctl.engines.{name.partition('=')[0]}").connected("") as found:
        order = ("", "", "", bytes(4096))
        begun = time.perf_counter()
        for _ in range(20):
            found.send(order, [f"u{number:06}" for number in range(100)]).result()
        return (time.perf_counter() - begun) / 20


def _duration(workers: int, costs: Sequence[float], sending: float, fold: float) -> float:
    """Let chunks go to the first worker that is free; each waits for its turn at the driver."""
    chance = random.Random(1)
    size = max(MANY // (workers * cluster.TURNS), 50)
    free = [0.0] * workers
    driver = done = 0.0
    for _ in range(-(-MANY // size)):
        begun = max(heapq.heappop(free), driver)
        driver += sending / 4  # sending is done for several chunks at once, in threads or by an event loop
        ended = begun + sending + size * chance.choice(costs)
        heapq.heappush(free, ended)
        done = max(done, ended)
    return max(done, driver) + fold * MANY


if __name__ == "__main__":
    main()
