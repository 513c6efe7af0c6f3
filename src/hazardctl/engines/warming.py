"""Begin the processes of a large campaign while this one still reads what is asked: they take as long to be ready."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hazardctl.engines.weighing import are_many
from hazardctl.workspace import Workspace

LARGE = 24_000  # bytes of units.csv: with less there are too few usual units for more than one process
VAST = 300_000  # with more there are so many that looking at their folders takes more than one

Warm = Callable[..., None]
"""What has the processes load some modules, by name, and open the campaign, when it is known that they are wanted."""


@contextmanager
def helped(workspace: Workspace, *wanted: str) -> Iterator[Warm]:
    """Offer the processes that the local engine will want for a large campaign; they end with this.

    Where nothing of the campaign is cached they load the modules that are `wanted` at once.
    """
    size = _size(workspace)
    if size <= LARGE and not are_many(str(workspace.root / "units")):
        yield nothing
        return
    from hazardctl import cachefile
    from hazardctl.engines import local
    from hazardctl.engines.worker import Warming

    known: set[str] = set()

    def warm(*modules: str) -> None:
        if not known.issuperset(modules):
            known.update(modules)
            local.begin()
            local.warm(Warming(workspace, modules))

    try:
        if size > VAST:
            local.begin()
        if wanted and not cachefile.is_there(str(workspace.root.resolve())):
            warm(*wanted)
        yield warm
    finally:
        local.end()


def _size(workspace: Workspace) -> int:
    try:
        return workspace.units.stat().st_size
    except OSError:
        return 0


def nothing(*modules: str) -> None:
    """Get nothing ready."""
