"""What a task and an engine are: a matter of types, which no run has to load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

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
    """What an engine offers."""

    def run(self, task: Task[R], chunks: Sequence[Sequence[str]]) -> Iterator[R]:
        """Map a task over chunks of units; done in any order, given in theirs."""
        ...
