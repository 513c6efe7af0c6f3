"""Where work on units runs: each engine maps one task over chunks of units and gives back what it says of each unit."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar, cast

ENGINES: tuple[str, ...] = ("local",)
R_co = TypeVar("R_co", covariant=True)
R = TypeVar("R")


class Task(Protocol[R_co]):
    """What is mapped: plain data that another process can be sent."""

    def __call__(self, units: Sequence[str]) -> Iterable[R_co]:
        """Give a result for each unit."""
        ...

    def lost(self, unit: str) -> R_co:
        """Give the result for a unit whose files end every process that reads them."""
        ...


class Engine(Protocol):
    """What a module of this package offers."""

    def run(self, task: Task[R], chunks: Sequence[Sequence[str]]) -> Iterator[R]:
        """Map a task over chunks of units; done in any order, given in theirs."""
        ...


def named(name: str) -> Engine:
    """Give an engine by its name; its module, and what it needs, is imported now."""
    return cast("Engine", importlib.import_module(f"hazardctl.engines.{name}"))


def chunked(units: Sequence[str], size: int) -> list[Sequence[str]]:
    """Cut units into chunks."""
    return [units[at : at + size] for at in range(0, len(units), size)]
