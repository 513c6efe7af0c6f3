"""Look back: the life of an entry, and a ledger as it was at some moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from hazardctl import text
from hazardctl.cells.dates import parse_day
from hazardctl.errors import HazardError
from hazardctl.journals import journal, replay
from hazardctl.journals.journal import Line
from hazardctl.journals.replay import Cells, State
from hazardctl.load import Opened


class UnknownTimeError(HazardError):
    """A moment is not written as one. Values: `time`."""

    key = "history.unknown_time"
    exit_code = 2


class UnknownEntryError(HazardError):
    """The journal knows no such entry. Values: `id`, `unit`."""

    key = "history.unknown_entry"
    exit_code = 2


class SeveralKnownError(HazardError):
    """The letters given begin several ids. Values: `id`, `unit`, `ids`."""

    key = "selection.several_entries"
    exit_code = 2


def moment(words: str) -> datetime:
    """Read a moment: a day means its end, a time without a zone is this machine's; raises UnknownTimeError."""
    day = parse_day(words)
    if day.date is not None:
        return datetime.combine(day.date + timedelta(days=1), time()).astimezone() - timedelta(microseconds=1)
    try:
        return datetime.fromisoformat(words.strip()).astimezone()
    except ValueError:
        raise UnknownTimeError(time=words) from None


def until(lines: Sequence[Line], at: datetime | None) -> list[Line]:
    """Give the lines up to a moment, all where none is given."""
    if at is None:
        return list(lines)
    last = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return [line for line in lines if line.at <= last]


def state(opened: Opened, unit: str, at: datetime | None = None) -> State:
    """Give a unit's entries and figures as the journal knows them, now or at a moment."""
    return replay.play(until(journal.read(opened.workspace.unit(unit)), at))


def known(opened: Opened, unit: str) -> dict[str, Cells]:
    """Give every entry the journal ever knew, with what it said last."""
    now = state(opened, unit)
    return {**now.gone, **now.lost, **now.entries}


def entry_of(opened: Opened, unit: str, word: str) -> str:
    """Find an entry of the journal by the first letters of its id; raises UnknownEntryError, SeveralKnownError."""
    names = known(opened, unit)
    asked = _bare(word)
    exact = [name for name in names if _bare(name) == asked]
    found = exact or [name for name in names if asked and _bare(name).startswith(asked)]
    if not found:
        raise UnknownEntryError(id=word, unit=unit)
    if len(found) > 1:
        raise SeveralKnownError(id=word, unit=unit, ids=" ".join(found[:6]))
    return found[0]


def _bare(name: str) -> str:
    return text.fold(text.trim(name)).replace("-", "")


def life(opened: Opened, unit: str, entry: str = "") -> list[Line]:
    """Give what happened to one entry, under whatever name it stood; without one, to all of a unit."""
    lines = journal.read(opened.workspace.unit(unit))
    if not entry:
        return lines
    names = {entry}
    for line in reversed(lines):
        if line.change.row == "named" and line.change.entry in names:
            names.add(line.change.of)
    return [line for line in lines if line.change.entry in names]
