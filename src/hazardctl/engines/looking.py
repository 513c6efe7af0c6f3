"""Look at the folders of units; at those of very many by all processors."""

from __future__ import annotations

from collections.abc import Sequence

from hazardctl import signatures
from hazardctl.engines import chunked

MANY = 10_000  # units: with fewer another process comes too late
AT_ONCE = 1_000  # units looked at before the next are taken


def look(folder: str, units: Sequence[str], now: int) -> dict[str, bytes]:
    """Give the signature of each unit's files, by unit; `now` is the time in nanoseconds, taken before."""
    looking = signatures.looking(folder, now)
    if len(units) < MANY:
        return dict(zip(units, looking(units), strict=True))
    from hazardctl.engines import local

    return dict(zip(units, local.run(looking, chunked(units, AT_ONCE)), strict=True))
