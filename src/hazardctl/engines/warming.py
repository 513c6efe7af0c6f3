"""Begin the processes of a large campaign while this one still reads what is asked: they take as long to be ready."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from hazardctl.workspace import Workspace

LARGE = 24_000  # bytes of units.csv: with less there are too few units for more than one process


@contextmanager
def warmed(workspace: Workspace, *modules: str) -> Iterator[None]:
    """Begin the processes that the local engine will want for a large campaign; those it did not want end with this."""
    if not _is_large(workspace):
        yield
        return
    from hazardctl.engines import local
    from hazardctl.engines.worker import Warming

    local.begin(Warming(workspace, modules))
    try:
        yield
    finally:
        local.end()


def _is_large(workspace: Workspace) -> bool:
    try:
        return workspace.units.stat().st_size > LARGE
    except OSError:
        return False
