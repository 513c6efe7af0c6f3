"""What two versions of a ledger have in common, as the journal knows it: the base of their merge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from hazardctl import load
from hazardctl.formats import csv
from hazardctl.journals import journal, past, replay
from hazardctl.journals.journal import Line
from hazardctl.journals.replay import Rows
from hazardctl.ledger import Ledger


def common(unit_folder: Path, ours: Ledger, copy: Ledger) -> bytes | None:
    """Give the last state both versions come from as a CSV ledger; None where the journal does not know it."""
    lines = [line for line in journal.read(unit_folder) if not line.change.figure]
    mine = _lineage(ours.sha256, lines)
    if not mine:
        return None
    yours = _lineage(copy.sha256, lines)
    shared = next((version for version in yours if version in mine), "")
    rows = _state(lines, mine, shared) if shared else _nearest(lines, mine, replay.rows(copy))
    return None if rows is None else _written(rows, ours)


def common_figures(unit_folder: Path, ours: bytes, copy: bytes) -> bytes | None:
    """Give the last state two versions of figures.csv come from; None where the journal does not know it.

    The journal knows values alone: where a file has columns besides, nobody can say what stood in them.
    """
    mine, yours = (load.figures_of(data, "", "figures.csv") for data in (ours, copy))
    if mine is None or yours is None or any(sorted(each.keys) != ["key", "period", "value"] for each in (mine, yours)):
        return None
    lines = [line for line in journal.read(unit_folder) if line.figures]
    last = max((at for at, line in enumerate(lines, 1) if line.figures == sha256(ours).hexdigest()), default=0)
    wanted = replay.reported(yours)
    state, best, chosen = replay.State(), len(wanted), dict[str, str]()
    for at, line in enumerate(lines[:last], 1):
        replay.apply(state, line.change, line.kind)
        ends = at == last or lines[at].figures != line.figures
        away = sum(state.figures.get(name) != wanted.get(name) for name in {**state.figures, **wanted})
        if ends and state.figures and away <= best:
            best, chosen = away, dict(state.figures)
    if not chosen:
        return None
    order = [mine.headings[mine.index[key]] for key in ("period", "key", "value")]
    return csv.write(order, [[*name.split("/", 1), value] for name, value in chosen.items() if "/" in name])


def _lineage(version: str, lines: Sequence[Line]) -> dict[str, None]:
    """Give the versions a version has come from, itself first, as far as the journal knows it."""
    came_from: dict[str, str] = {}
    for line in lines:
        if line.ledger and line.ledger != line.was and line.kind != "void":  # what was taken back leads nowhere
            came_from.setdefault(line.ledger, line.was)
    chain: dict[str, None] = {}
    known = set(came_from) | set(came_from.values())
    while version and version in known and version not in chain:
        chain[version] = None
        version = came_from.get(version, "")
    return chain


def _state(lines: Sequence[Line], lineage: Mapping[str, None], until: str) -> Rows:
    older = list(lineage)[list(lineage).index(until) :]
    return replay.play(line for line in lines if line.ledger in older).entries


def _nearest(lines: Sequence[Line], lineage: Mapping[str, None], copy: Rows) -> Rows | None:
    """Give the state from which the fewest cells have to change to make the copy, the latest of several.

    A ledger that was there before its journal has a past nobody knows: the copy may be from then.
    """
    best, chosen = sum(map(len, copy.values())), 0
    own = [line for line in lines if line.ledger in lineage]
    for number, away in enumerate(past.apart(own, copy), 1):
        ends = number == len(own) or own[number].ledger != own[number - 1].ledger
        if ends and away <= best:
            best, chosen = away, number
    found = [line for line in own if line.ledger == own[0].ledger] if own and own[0].kind == "seen" else []
    return replay.play(own[:chosen]).entries if chosen > len(found) else None


def _written(rows: Rows, like: Ledger) -> bytes:
    """Write a state under the columns of the ledger it belongs to, and any it has besides."""
    own = [
        key if key and like.index.get(key) == at else title
        for at, (key, title) in enumerate(zip(like.keys, like.headings, strict=True))
    ]
    names = list(dict.fromkeys([*own, *(name for cells in rows.values() for name in cells)]))
    return csv.write(names, [[cells.get(name, "") for name in names] for cells in rows.values()])
