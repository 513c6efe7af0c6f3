"""Take note of what hands have changed while a command goes on: in a process that waits, where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from hazardctl.engines import local
from hazardctl.journals import noticing
from hazardctl.load import Opened
from hazardctl.records import immutable


@immutable
class Noting:
    """The note as a task that another process can be sent."""

    opened: Opened
    command: str
    most: float

    def __call__(self, units: Sequence[str]) -> Iterator[int]:
        """Give how many units there was something new of."""
        yield noticing.notice(self.opened, units, command=self.command, most=self.most)


def noted(opened: Opened, units: Sequence[str], command: str, most: float) -> Callable[[], object]:
    """Begin to take note as `noticing.notice` does; gives what waits until that is done."""
    return local.meanwhile(Noting(opened, command, most), units)
