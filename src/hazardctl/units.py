"""The unit tree (单位): who reports to whom, since when and until when."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date

from hazardctl import text
from hazardctl.records import immutable

LONGEST_ID = 64
_SAFE = re.compile(r"[^\W_][\w.\-]*", re.UNICODE)
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


@immutable
class Unit:
    """A node of the unit tree; one without children keeps a ledger and is expected to report."""

    id: str
    name: str
    parent: str = ""
    kind: str = ""
    opened: date | None = None
    closed: date | None = None
    line: int = 0  # where it stands in units.csv

    def open_on(self, start: date, end: date) -> bool:
        """Tell whether the unit exists on any day from `start` to `end`."""
        return (self.opened is None or self.opened <= end) and (self.closed is None or self.closed >= start)


@immutable
class UnitTree:
    """All units of a campaign, in the order of the file, children below their parents."""

    units: Mapping[str, Unit] = field(default_factory=dict)
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # "" holds the roots

    def walk(self, top: str = "", level: int = 1) -> Iterator[tuple[Unit, int]]:
        """Give every unit below `top` with its level, parents before children; level 1 is directly below `top`."""
        stack = [(name, level) for name in reversed(self.children.get(top, ()))]
        while stack:
            name, depth = stack.pop()
            yield self.units[name], depth
            stack.extend((child, depth + 1) for child in reversed(self.children.get(name, ())))

    def is_leaf(self, unit: str) -> bool:
        """Tell whether a unit has no units below it."""
        return not self.children.get(unit)

    def under(self, unit: str) -> tuple[str, ...]:
        """Give a unit and everything below it."""
        return (unit, *(below.id for below, _ in self.walk(unit)))

    def above(self, unit: str) -> tuple[str, ...]:
        """Give the units above one, the nearest first."""
        chain: list[str] = []
        while (unit := self.units[unit].parent) and unit in self.units and unit not in chain:
            chain.append(unit)
        return tuple(chain)


def tree(units: tuple[Unit, ...]) -> UnitTree:
    """Make the tree; a unit whose parent is unknown or part of a circle stands at the top (the checks report it)."""
    known = {unit.id: unit for unit in units}
    children: dict[str, list[str]] = {}
    for unit in known.values():
        parent = unit.parent if unit.parent in known and not _circular(unit, known) else ""
        children.setdefault(parent, []).append(unit.id)
    return UnitTree(known, {name: tuple(below) for name, below in children.items()})


def named(known: UnitTree, word: str) -> str:
    """Find a unit by its id or its name, whatever its case and width; empty where none or several are meant."""
    if word in known.units:
        return word
    asked = text.fold(text.trim(word))
    found = [unit for unit in known.units if text.fold(unit) == asked]
    found = found or [unit.id for unit in known.units.values() if text.fold(text.clean(unit.name)) == asked]
    return found[0] if len(found) == 1 else ""


def guess(known: UnitTree, word: str) -> str:
    """Give the id of the unit that somebody may have meant by a word; empty where none is near."""
    ids = {name: unit.id for unit in known.units.values() for name in (unit.name, unit.id)}
    near = text.nearest(word, ids)
    return ids[near[0]] if near else ""


def _circular(unit: Unit, known: Mapping[str, Unit]) -> bool:
    seen, name = set(), unit.id
    while name in known:
        if name in seen:
            return True
        seen.add(name)
        name = known[name].parent
    return False


def look(unit_id: str) -> str:
    """Give what an id looks like: two ids of one look are a collision, on any disk and to any reader."""
    return text.fold(unit_id).replace("0", "o").replace("1", "l").replace("i", "l")


def unsafe_id(unit_id: str) -> str:
    """Name what keeps an id from being a folder name on every system, or give an empty string."""
    if not unit_id:
        return "blank"
    if len(unit_id) > LONGEST_ID:
        return "long"
    if unicodedata.normalize("NFC", unit_id) != unit_id:
        return "characters"
    if not _SAFE.fullmatch(unit_id) or unit_id.endswith(".") or ".." in unit_id:
        return "characters"
    if unit_id.partition(".")[0].lower() in _RESERVED:
        return "reserved"
    return ""
