"""Where the kernel runs: each engine maps it over chunks of units and gives back what it says of each unit."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from typing import Protocol, cast

from hazardctl.statistics.kernel import Counted, Kernel

ENGINES: tuple[str, ...] = ("local",)


class Engine(Protocol):
    """What a module of this package offers."""

    def run(self, kernel: Kernel, chunks: Sequence[Sequence[str]]) -> Iterator[Counted]:
        """Map the kernel over chunks of units, in any order."""
        ...


def named(name: str) -> Engine:
    """Give an engine by its name; its module, and what it needs, is imported now."""
    return cast("Engine", importlib.import_module(f"hazardctl.engines.{name}"))
