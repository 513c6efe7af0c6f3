"""Pair the entries of a frozen table with those of today (对应): by id, those without one by what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from hazardctl.journals import replay
from hazardctl.publishing.evidence import Record
from hazardctl.statistics.tracing import Line

Values = Mapping[str, str]
PROGRESS = frozenset({"status", "done_on", "verified_on", "extended_to", "track", "review_on"})
"""What goes on changing when a period is over."""
_COUNTED_ONLY = "filled:"  # says whether a field is filled, and not with what


def paired(old: Sequence[Values], new: Sequence[Values]) -> dict[int, int]:
    """Pair entries by what they say, new with old, by their places: each of them once, those that come first first.

    Those that say the same go together, then those that differ in nothing but what goes on changing.
    """
    found: dict[int, int] = {}
    for form in (_whole, _lasting):
        waiting: dict[object, list[int]] = {}
        taken = set(found.values())
        for at, values in enumerate(old):
            if at not in taken:
                waiting.setdefault(form(values), []).append(at)
        for at, values in enumerate(new):
            if at not in found and (same := waiting.get(form(values))):
                found[at] = same.pop(0)
    return found


def _whole(values: Values) -> object:
    return tuple(sorted((key, value) for key, value in values.items() if not key.startswith(_COUNTED_ONLY)))


def _lasting(values: Values) -> object:
    return _whole({key: value for key, value in values.items() if key not in PROGRESS})


def turned(lines: Iterable[Line], rows: Sequence[Values]) -> dict[int, Values]:
    """Give what was frozen of today's rows, by their number."""
    entries = [line for line in lines if line.kind == "entry"]
    known = {line.id: line.values for line in entries if line.id}
    ids = [row.get("id", "").strip() for row in rows]
    found = {at: known[name] for at, name in enumerate(ids) if name in known}
    bare = [line.values for line in entries if not line.id]
    if not bare:
        return found
    keys = [key for key in bare[0] if not key.startswith(_COUNTED_ONLY)]
    left = sorted((at for at in range(len(rows)) if at not in found), key=lambda at: bool(ids[at]))
    now = [{key: rows[at].get(key, "") for key in keys} for at in left]
    return found | {left[new]: bare[old] for new, old in paired(bare, now).items()}


def names(before: Record, after: Record) -> dict[int, str]:
    """Name the lines without an id of two versions of a table, each by its identity; a pair has one name.

    An entry that was given an id since bears the name of the line it was.
    """
    found: dict[int, str] = {}
    now = {unit.unit: unit.lines for unit in after.units}
    for unit in before.units:
        old = [line for line in unit.lines if not line.id]
        ids = {line.id for line in unit.lines}
        new = sorted(
            (line for line in now.get(unit.unit, ()) if not line.id or (old and line.id not in ids)),
            key=lambda line: bool(line.id),
        )
        if old or new:
            found |= _named(old, new)
    known = {unit.unit for unit in before.units}
    for unit in (one for one in after.units if one.unit not in known):
        found |= _named([], [line for line in unit.lines if not line.id])
    return found


def _named(old: Sequence[Line], new: Sequence[Line]) -> Iterator[tuple[int, str]]:
    yield from ((id(line), f"{replay.NAMELESS}{at}") for at, line in enumerate(old))
    pairs = paired([line.values for line in old], [line.values for line in new])
    for at, line in enumerate(new):
        if at in pairs:
            yield id(line), f"{replay.NAMELESS}{pairs[at]}"
        elif not line.id:
            yield id(line), f"{replay.NAMELESS}+{at}"
