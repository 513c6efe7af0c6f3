"""What a journal says, played back: the entries and figures of a unit as they were after any of its lines."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from hazardctl import text
from hazardctl.figures import Figures
from hazardctl.journals.journal import Change, Changes, Line
from hazardctl.ledger import Ledger

Cells = dict[str, str]
Rows = dict[str, Cells]
NAMELESS = "~"  # begins the name of an entry that has no id: a hash of what it says


@dataclass(slots=True)
class State:
    """A unit at one moment; `lost` went from the ledger and nobody has said why, `gone` was meant to go."""

    entries: Rows = field(default_factory=dict)
    lost: Rows = field(default_factory=dict)
    gone: Rows = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    lost_figures: dict[str, str] = field(default_factory=dict)  # whose rows went, and nobody has said why

    @property
    def missing(self) -> int:
        """Count what is lost."""
        return len(self.lost) + len(self.lost_figures)


def rows(ledger: Ledger | None) -> Rows:
    """Give a ledger's entries by their ids, blank cells left out; an entry without an id is named by what it says."""
    found: Rows = {}
    if ledger is None:
        return found
    names = _columns(ledger)
    at = ledger.index.get("id")
    for row in ledger.rows:
        cells = {name: cell for name, cell in zip(names, row, strict=True) if cell}
        entry = text.trim(row[at]) if at is not None else ""
        name = entry or NAMELESS + _hash(cells)
        found[_free(name, found)] = cells
    return found


def _columns(ledger: Ledger) -> list[str]:
    """Name the columns: by field, by heading where a field has none or has another column already."""
    names: list[str] = []
    for at, (key, title) in enumerate(zip(ledger.keys, ledger.headings, strict=True)):
        names.append(_free(key if key and ledger.index.get(key) == at else title, names))
    return names


def _free(name: str, taken: Iterable[str]) -> str:
    known = taken if isinstance(taken, dict) else set(taken)
    number, free = 1, name
    while free in known:
        number += 1
        free = f"{name} ({number})"
    return free


def _hash(cells: Mapping[str, str]) -> str:
    words = "\x1f".join(f"{key}\x1e{cells[key]}" for key in sorted(cells))
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:12]


def reported(figures: Figures | None) -> dict[str, str]:
    """Give a unit's figures as `period/key`, as they are written; those without a value are not reported."""
    found: dict[str, str] = {}
    for row in range(len(figures.rows)) if figures else ():
        assert figures is not None
        value = figures.cell(row, "value").strip()
        if value:
            name = f"{figures.cell(row, 'period').strip()}/{figures.cell(row, 'key').strip()}"
            found[_free(name, found)] = value
    return found


def listed(figures: Figures | None) -> frozenset[str]:
    """Name the figures that have a row, with a value or without."""
    rows = range(len(figures.rows)) if figures else range(0)
    names = [(figures.cell(row, "period").strip(), figures.cell(row, "key").strip()) for row in rows if figures]
    return frozenset("/".join(name) for name in names)


def play(lines: Iterable[Line]) -> State:
    """Give the state after some lines."""
    state = State()
    for line in lines:
        apply(state, line.change, line.kind)
    return state


def apply(state: State, change: Change, how: str = "") -> None:
    """Let one change happen; `how` is the kind of its line."""
    entry = change.entry
    if change.figure:
        _apply_figure(state, change, how)
    if not entry:
        return
    if change.row == "gone":
        was = state.entries.pop(entry, None) or state.lost.pop(entry, None) or {}
        if how != "void":
            (state.gone if how == "accept" else state.lost)[entry] = was
        return
    known = state.entries.get(entry)
    if known is not None and change.row == "new" and how == "seen":
        # Two journals began apart: what one of them saw first undoes no change that stands in the other.
        _put(known, {key: pair for key, pair in change.changes.items() if key not in known})
        return
    if change.row == "named":
        _rename(state, change.of, entry)
    elif known is None:
        state.entries[entry] = {}
    state.lost.pop(entry, None)
    state.gone.pop(entry, None)
    _put(state.entries[entry], change.changes)


def _apply_figure(state: State, change: Change, how: str) -> None:
    name, (before, after) = change.figure, change.changes.get("value", ("", ""))
    if how == "seen" and not before and name in state.figures:  # as for entries
        return
    was = state.lost_figures.pop(name, "")
    _put(state.figures, {name: (before, after)})
    if change.row == "gone" and how not in ("accept", "void"):
        state.lost_figures[name] = was or before


def _put(cells: Cells, changes: Changes) -> None:
    """Put the later values where the earlier ones stood."""
    for key, (_, after) in changes.items():
        if after:
            cells[key] = after
        else:
            cells.pop(key, None)


def _rename(state: State, old: str, new: str) -> None:
    """Give an entry another name in its old place; one that was lost comes back under it."""
    if old in state.entries:
        state.entries = {new if name == old else name: cells for name, cells in state.entries.items()}
    else:
        state.entries[new] = state.lost.pop(old, {})


def differences(before: Rows, after: Rows) -> Iterator[Change]:
    """Tell what happened between two states, entry by entry, in the order of the later one."""
    gone = {name: cells for name, cells in before.items() if name not in after}
    named = dict(_named(gone, {name: cells for name, cells in after.items() if name not in before}))
    for name, cells in after.items():
        if name in before:
            if before[name] != cells and (found := changes(before[name], cells)):
                yield Change(name, changes=found)
        elif name in named:
            old = named[name]
            yield Change(name, "named", changes(before[old], cells), of=old)
        else:
            yield Change(name, "new", changes({}, cells))
    kept = set(named.values())
    for name, cells in gone.items():
        if name not in kept:
            yield Change(name, "gone", changes(cells, {}))


def ledger_differences(before: Ledger | None, after: Ledger) -> Iterator[Change]:
    """Tell what happened between two versions of a ledger; looks only at rows that differ where that is enough."""
    touched = None if before is None else _touched(before, after)
    if before is None or touched is None:
        yield from differences(rows(before), rows(after))
        return
    at = after.index["id"]
    for row in touched:
        cells = _said(after, row)
        name = text.trim(after.rows[row][at])
        if row >= len(before.rows):
            yield Change(name, "new", changes({}, cells))
        elif found := changes(_said(before, row), cells):
            yield Change(name, changes=found)


def _touched(before: Ledger, after: Ledger) -> list[int] | None:
    """Give the rows that differ; None where more than cells and rows at the end have changed, or ids are not clear."""
    at, count = after.index.get("id"), len(before.rows)
    if at is None or before.headings != after.headings or len(after.rows) < count:
        return None
    ids = [text.trim(row[at]) for row in after.rows]
    if len(set(ids)) < len(ids) or not all(ids) or any(name.startswith(NAMELESS) for name in ids):
        return None
    differ = [row for row, (old, new) in enumerate(zip(before.rows, after.rows, strict=False)) if old != new]
    if any(before.rows[row][at] != after.rows[row][at] for row in differ):
        return None
    return [*differ, *range(count, len(after.rows))]


def _said(ledger: Ledger, row: int) -> Cells:
    return {name: cell for name, cell in zip(_columns(ledger), ledger.rows[row], strict=True) if cell}


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Tell which cells differ, and how."""
    if not before:
        return {key: ("", new) for key, new in after.items() if new}
    keys = [*after, *(key for key in before if key not in after)]
    return {key: (old, new) for key in keys if (old := before.get(key, "")) != (new := after.get(key, ""))}


def _named(gone: Rows, new: Rows) -> Iterator[tuple[str, str]]:
    """Pair entries that got another name: an id spelled otherwise, a first id, or a nameless entry that was edited."""
    if not gone:
        return
    left = dict(gone)
    folded = {text.fold(name): name for name in reversed(list(left)) if not name.startswith(NAMELESS)}
    known = {said(cells): name for name, cells in reversed(list(left.items())) if name.startswith(NAMELESS)}
    waiting = []
    for name, cells in new.items():
        own = not name.startswith(NAMELESS)
        old = folded.get(text.fold(name)) if own else None
        old = old or (known.get(said(cells)) if own and known else None)
        if old in left and old is not None:
            del left[old]
            yield name, old
        elif not own:
            waiting.append(name)
    nameless = [name for name in left if name.startswith(NAMELESS)]
    yield from zip(waiting, nameless, strict=False)


def said(cells: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Give what an entry says apart from its name and number."""
    return tuple(sorted((key, cell) for key, cell in cells.items() if key not in ("id", "number")))


def figure_differences(
    before: Mapping[str, str], after: Mapping[str, str], rows: Collection[str] | None = None
) -> Iterator[Change]:
    """Tell what happened to a unit's figures; those without a row are gone, where `rows` names those that have one."""
    for name in [*after, *(name for name in before if name not in after)]:
        old, new = before.get(name, ""), after.get(name, "")
        if old != new:
            row = "gone" if rows is not None and not new and name not in rows else ""
            yield Change(row=row, changes={"value": (old, new)}, figure=name)
