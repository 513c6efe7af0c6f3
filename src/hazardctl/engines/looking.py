"""Look at the folders of units; at those of very many by all processors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hazardctl import signatures
from hazardctl.engines import chunked

MANY = 10_000  # units: with fewer another process comes too late
AT_ONCE = 1_000  # units looked at before the next are taken


def look(folder: str, units: Sequence[str], now: int, links: Iterable[str] | None = None) -> dict[str, bytes]:
    """Give the signature of each unit's files, by unit; for `now` and `links` see `signatures.looking`."""
    looking = signatures.looking(folder, now, links)
    if len(units) < MANY:
        return dict(zip(units, looking(units), strict=True))
    from hazardctl.engines import local

    return dict(zip(units, local.run(looking, chunked(units, AT_ONCE)), strict=True))
