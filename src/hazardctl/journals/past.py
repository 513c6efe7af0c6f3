"""Hold a unit's rows and figures against what its journal knew earlier, in whatever way a program has laid them out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from hazardctl import text
from hazardctl.journals import replay
from hazardctl.journals.journal import Line
from hazardctl.journals.replay import Rows

_DAY = re.compile(r"([0-9]{4})[^0-9]([0-9]{1,2})[^0-9]([0-9]{1,2})[^0-9]?(?:0{1,2}:00(?::00)?)?")


def unspelled(cell: str) -> str:
    """Give a cell without what spreadsheets change when they save it: 2022/9/6 for 2022-09-06, 12 for 0012."""
    said = text.trim(cell)
    if day := _DAY.fullmatch(said):
        return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    if said.isascii() and said.isdigit():
        return said.lstrip("0") or "0"
    return "\n".join(said.splitlines())


def apart(lines: Sequence[Line], wanted: Rows, spelled: Callable[[str], str] = lambda cell: cell) -> Iterator[int]:
    """Tell after each line by how many cells the entries were not as wanted."""
    goal = {entry: _plain(cells, spelled) for entry, cells in wanted.items()}
    state, there = replay.State(), dict[str, dict[str, str]]()
    away = sum(map(len, goal.values()))
    for line in lines:
        replay.apply(state, line.change, line.kind)
        for entry in {line.change.entry, line.change.of} - {""}:
            aim, before = goal.get(entry, {}), there.get(entry, {})
            there[entry] = _plain(state.entries.get(entry, {}), spelled)
            away += _differing(there[entry], aim) - _differing(before, aim)
        yield away


def _plain(cells: Mapping[str, str], spelled: Callable[[str], str]) -> dict[str, str]:
    return {key: spelled(value) for key, value in cells.items()}


def _differing(cells: Mapping[str, str], goal: Mapping[str, str]) -> int:
    return sum(cells.get(key, "") != goal.get(key, "") for key in cells.keys() | goal.keys())


def stood(lines: Sequence[Line], rows: Rows) -> Line | None:
    """Give the last line after which the entries said what they say now, where changes since then are missing.

    What one hand has undone of what hands did to one entry is a change like any other.
    """
    own = [line for line in lines if not line.change.figure]
    found = None
    for number, away in enumerate(apart(own, rows, unspelled), 1):
        if not away and _ends(own, number, "ledger"):
            found = number
    if found is None or found == len(own):
        return None
    undone = [line for line in own[found:] if line.change.row != "new"]  # a row that is gone is missed for itself
    return own[found - 1] if _missed(undone, {line.change.entry for line in undone}) else None


def unknown(since: Line, lines: Sequence[Line]) -> list[Line]:
    """Give the lines that one who wrote a line did not know: what came later, and what others did elsewhere."""
    known = {name: _number(mark) for name, mark in since.others.items()} | {since.writer: since.seq}
    return [line for line in lines if line.seq > known.get(line.writer, 0)]


def _number(mark: str) -> int:
    seq = mark.partition(":")[0]
    return int(seq) if seq.isdecimal() and len(seq) < 12 else 0


def stood_figures(lines: Sequence[Line], now: Mapping[str, str], sha256: str) -> Line | None:
    """Give the last line after which the figures said what they say now, where changes since then are missing."""
    own = [line for line in lines if line.change.figure]
    goal = {name: unspelled(value) for name, value in now.items()}
    state, found = replay.State(), None
    for number, line in enumerate(own, 1):
        replay.apply(state, line.change, line.kind)
        if _ends(own, number, "figures") and goal == {name: unspelled(cell) for name, cell in state.figures.items()}:
            found = number
    if not goal or found is None or found == len(own):
        return None
    undone = own[found:]
    before = own[found - 1]
    same = sha256 == before.figures
    return before if same or _missed(undone, {line.change.figure for line in undone}) else None


def _ends(lines: Sequence[Line], number: int, file: str) -> bool:
    """Tell whether a line is the last of those that led to one version of a file."""
    return number == len(lines) or getattr(lines[number], file) != getattr(lines[number - 1], file)


def _missed(undone: Sequence[Line], touched: set[str]) -> bool:
    return len(touched - {""}) > 1 or any(line.kind != "seen" for line in undone)
