"""How much work units are, told by the files of a few of them: to look at all takes as long as to read some."""

from __future__ import annotations

import os
from collections.abc import Sequence

FEW = 800  # usual units: a process more takes as long to start as these take
USUAL = 30_000  # bytes of a usual unit, with those that could be read while its files are opened
OPENING = 8_000  # of these
ASKED = 16  # units whose files are looked at


def worth(folder: str, units: Sequence[str]) -> float:
    """Tell how many usual units one of some units in a folder is worth; names and sizes are all that is looked at."""
    if not units:
        return 1.0
    from hazardctl.units import unsafe_id

    some = units[:: -(-len(units) // ASKED)]
    sizes = [0 if unsafe_id(unit) else _size(f"{folder}/{unit}") for unit in some]
    return (OPENING + sum(sizes) / len(sizes)) / USUAL


def are_few(folder: str, units: Sequence[str], few: int) -> bool:
    """Tell whether units are less than so many, and less work than so many usual ones."""
    return len(units) < few and len(units) * worth(folder, units) < few


def _size(folder: str) -> int:
    """Give the bytes of the files in a unit's folder; 0 where nobody may look, or it is elsewhere."""
    try:
        with os.scandir(folder) as found:
            return sum(entry.stat().st_size for entry in found if entry.is_file())
    except (OSError, ValueError):
        return 0


def are_many(folder: str) -> bool:
    """Tell whether the units in a folder are worth a process more."""
    try:
        units = os.listdir(folder)  # noqa: PTH208 -- asked before anything else is loaded
    except OSError:
        return False
    return len(units) * worth(folder, units) >= FEW
