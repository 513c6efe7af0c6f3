"""The unit tree (单位): who reports to whom, since when and until when."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from operator import attrgetter

from hazardctl import text
from hazardctl.records import immutable

LONGEST_ID = 64
_ID, _PARENT = attrgetter("id"), attrgetter("parent")
_SAFE = re.compile(r"[^\W_][\w.\-]*", re.UNICODE)
_NOT_PLAIN = re.compile(rf"^(?![^\W_][\w\-]{{0,{LONGEST_ID - 1}}}$).*", re.MULTILINE)
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
        names, levels = _below(self.children, top, level)
        return zip(map(self.units.__getitem__, names), levels, strict=True)

    def is_leaf(self, unit: str) -> bool:
        """Tell whether a unit has no units below it."""
        return not self.children.get(unit)

    def under(self, unit: str) -> tuple[str, ...]:
        """Give a unit and everything below it."""
        return (unit, *_below(self.children, unit, 1)[0]) if unit in self.children else (unit,)

    def above(self, unit: str) -> tuple[str, ...]:
        """Give the units above one, the nearest first."""
        chain: dict[str, None] = {}
        while (unit := self.units[unit].parent) and unit in self.units and unit not in chain:
            chain[unit] = None
        return tuple(chain)


def _below(children: Mapping[str, Sequence[str]], top: str, level: int) -> tuple[list[str], list[int]]:
    """Give the ids below `top`, parents before children, and the level of each."""
    names: list[str] = []
    levels: list[int] = []
    stack = [(iter(children.get(top, ())), level)]
    while stack:
        waiting, depth = stack[-1]
        for name in waiting:
            names.append(name)
            levels.append(depth)
            if below := children.get(name):
                if children.keys().isdisjoint(below):  # as is the rule: they keep ledgers
                    names += below
                    levels += [depth + 1] * len(below)
                else:
                    stack.append((iter(below), depth + 1))
                    break
        else:
            stack.pop()
    return names, levels


def tree(units: tuple[Unit, ...]) -> UnitTree:
    """Make the tree; a unit whose parent is unknown or part of a circle stands at the top (the checks report it).

    One without an id is left out: nobody could name it, and its ledger could have no folder.
    """
    known = dict(zip(map(_ID, units), units, strict=True))
    known.pop("", None)
    above = list(map(_PARENT, known.values()))
    if not all(map(known.__contains__, set(above) - {""})):
        above = [parent if parent in known else "" for parent in above]
    children = _children(known, above)
    reached = [""]
    for name in reached:  # it grows on the way, by those that have units below them
        reached += filter(children.__contains__, children.get(name, ()))
    standing = frozenset(reached)
    if not children.keys() <= standing:  # some stand in a circle, or below one
        above = [parent if parent in standing else "" for parent in above]
        children = _children(known, above)
    return UnitTree(known, {name: tuple(below) for name, below in children.items()})


def _children(names: Iterable[str], above: Iterable[str]) -> dict[str, list[str]]:
    children: dict[str, list[str]] = {}
    for name, parent in zip(names, above, strict=True):
        if parent in children:
            children[parent].append(name)
        else:
            children[parent] = [name]
    return children


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


def unsafe_ids(unit_ids: Sequence[str]) -> set[str]:
    """Choose quickly those of many ids of which `unsafe_id` has something to say."""
    whole = "\n".join(unit_ids)
    if whole.count("\n") >= len(unit_ids) or not unicodedata.is_normalized("NFC", whole):
        doubtful = set(unit_ids)
    else:
        lowered = text.each(str.lower, unit_ids)
        doubtful = {unit for unit, low in zip(unit_ids, lowered, strict=True) if low in _RESERVED}
        doubtful.update(found.group() for found in _NOT_PLAIN.finditer(whole))
    return {unit for unit in doubtful if unsafe_id(unit)}
