"""Tasks of the tests' own for engines: they give each unit back, and do what some units ask for."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Echo:
    """Gives each unit back; `dies` ends its process, `fails` raises, `kills` ends the process above as well."""

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
            time.sleep(self.takes)
            yield unit

    def lost(self, unit: str) -> str:
        return f"lost {unit}"
