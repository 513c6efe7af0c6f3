"""Tasks of the tests' own for engines: they give each unit back, and do what some units ask for."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hazardctl import windows

MEMORY = 1 << 30  # bytes


class OddError(Exception):
    """An exception that neither leaves a process nor comes into one."""

    def __init__(self, one: object, two: object) -> None:
        super().__init__("odd")
        self.values = one, two


def _limit_memory() -> None:
    """Bound this process's memory, where it is a process of its own."""
    if sys.platform == "win32":
        windows.limit_memory(MEMORY)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))


@dataclass(frozen=True)
class Echo:
    """Gives each unit back; `dies` ends its process, `fails` raises, `kills` ends the process above as well.

    `eats` asks for more memory than its process may have, `starves` for more than any has, `odd` raises what cannot be
    sent to another process.
    """

    home: int = 0  # the process in which nobody dies
    takes: float = 0.005

    def __call__(self, units: Sequence[str]) -> Iterator[str]:
        for unit in units:
            if unit == "dies" and os.getpid() != self.home:
                os._exit(9)
            if unit == "kills" and os.getpid() != self.home:
                os.kill(os.getppid(), signal.SIGKILL)
                os._exit(9)
            if unit == "fails":
                raise ValueError(unit)
            if unit == "odd":
                raise OddError(len, lambda: None)
            if unit == "eats" and os.getpid() != self.home:
                _limit_memory()
                bytearray(MEMORY + 1)
            if unit == "starves":
                raise MemoryError
            time.sleep(self.takes)
            yield unit

    def lost(self, unit: str) -> str:
        return f"lost {unit}"
