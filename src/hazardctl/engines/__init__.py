"""Where work on units runs: each engine maps one task over chunks of units and gives back what it says of each unit.

An engine is asked for by its name, and a cluster by its address behind it: `local`, `local=1`, `dask`,
`dask=tcp://10.0.0.5:8786`, `spark=spark://10.0.0.5:7077`.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from hazardctl.errors import HazardError, UsageError
from hazardctl.i18n import t
from hazardctl.records import immutable

if TYPE_CHECKING:  # who only names an engine opens no campaign
    from hazardctl.engines.task import Engine, Task
    from hazardctl.load import Opened

ENGINES: tuple[str, ...] = ("local", "dask", "spark")
R = TypeVar("R")


class NotInstalledError(HazardError):
    """What an engine stands on is not installed here. Values: `engine`, `module`."""

    key = "engines.not_installed"


@immutable
class _Local:
    processes: int | None

    def run(self, task: Task[R], chunks: Sequence[Sequence[str]]) -> Iterator[R]:
        local: Any = importlib.import_module("hazardctl.engines.local")
        fetching = _with_files(task)
        try:
            yield from local.run(fetching, chunks, self.processes)
        finally:
            if fetching is not task:
                from hazardctl.mirror import sweep

                sweep()  # what the processes had fetched that are ended now


@immutable
class _Cluster:
    name: str
    address: str

    def run(self, task: Task[R], chunks: Sequence[Sequence[str]]) -> Iterator[R]:
        cluster: Any = importlib.import_module("hazardctl.engines.cluster")
        adapter: Any = importlib.import_module(f"hazardctl.engines.{self.name}")
        try:
            with adapter.connected(self.address) as found:
                yield from cluster.run(_with_files(task), list(chain.from_iterable(chunks)), found)
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in adapter.NEEDS:
                raise
            raise NotInstalledError(engine=self.name, module=error.name) from None


def campaign_of(task: Any) -> Opened | None:
    """Give the campaign a task works on, or the task it is made of."""
    while task is not None:
        if (found := getattr(task, "opened", None)) is not None:
            from hazardctl.load import Opened

            if isinstance(found, Opened):
                return found
        task = getattr(task, "task", None)
    return None


def _with_files(task: Any) -> Any:
    """Have the files of a campaign that is kept elsewhere fetched for a task."""
    from hazardctl.workspace import Workspace

    opened = campaign_of(task)
    if opened is None or type(opened.workspace) is Workspace:
        return task
    from hazardctl.mirror import Fetching

    return Fetching(task, opened)


def named(asked: str) -> Engine:
    """Give an engine by its name and, behind `=`, its address; what it needs is imported when it runs."""
    name, equals, address = asked.partition("=")
    if name not in ENGINES:
        raise UsageError(sentence=t("options.one_of", option="--engine", value=name, allowed="|".join(ENGINES)))
    if equals and not address.strip():
        raise UsageError(sentence=t("engines.no_address", engine=name))
    if name != "local":
        return _Cluster(name, address.strip())
    if equals and not (address.isascii() and address.isdigit() and int(address)):
        raise UsageError(sentence=t("engines.no_number", value=address))
    return _Local(int(address) if equals else None)


def chunked(units: Sequence[str], size: int) -> list[Sequence[str]]:
    """Cut units into chunks."""
    return [units[at : at + size] for at in range(0, len(units), size)]


def balanced(units: Sequence[str], weights: Sequence[int], parts: int) -> list[Sequence[str]]:
    """Cut units into at most so many runs of about the same weight; their order stays, none is empty."""
    left, held, start = sum(weights), 0, 0
    cut: list[Sequence[str]] = []
    for at, weight in enumerate(weights):
        if at > start and (2 * held + weight) * (parts - len(cut)) > 2 * left:  # its middle lies in the next part
            cut.append(units[start:at])
            left, held, start = left - held, 0, at
        held += weight
    return [*cut, units[start:]] if units else []
