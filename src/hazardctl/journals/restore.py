"""Bring back (恢复) a row, a field or a whole ledger out of the journal, as a change like any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from hazardctl import figures, lifecycle, load, text
from hazardctl.amend import UneditableError, dressed
from hazardctl.fields import heading
from hazardctl.files import store
from hazardctl.formats import csv
from hazardctl.journals import history, journal, losses, past, recording, replay
from hazardctl.journals.replay import Cells, Rows
from hazardctl.ledger import Ledger
from hazardctl.lifecycle import Changed
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.records import immutable


@immutable
class Restored:
    """What was brought back, or would be; `aside` is where a ledger that could not be read is kept."""

    changed: Changed | None
    entries: tuple[str, ...] = ()
    aside: str = ""


def restore(
    opened: Opened,
    unit: str,
    entries: Sequence[str] = (),
    fields: Sequence[str] = (),
    at: datetime | None = None,
    *,
    by: str,
    today: date,
    dry_run: bool = False,
) -> Restored:
    """Bring back entries and figures as the journal knows them, last or at a moment; all missing where none is named.

    Without a moment and without a name, entries that are there stay as they are, unless the ledger is an older version
    or breaks off. Entries that came later stay. A figure is named `period/key`. Errors: those of lifecycle.change,
    UnknownEntryError.
    """
    named = bool(entries)
    brought_back = _figures_back(opened, unit, entries, at, by=by, dry_run=dry_run) if not fields else ()
    entries = [name for name in entries if name not in brought_back]
    if brought_back and named and not entries:
        return Restored(None, brought_back)
    done = _entries_back(opened, unit, entries, fields, at, by=by, today=today, dry_run=dry_run)
    return replace(done, entries=(*done.entries, *brought_back))


def _entries_back(
    opened: Opened,
    unit: str,
    entries: Sequence[str],
    fields: Sequence[str],
    at: datetime | None,
    *,
    by: str,
    today: date,
    dry_run: bool,
) -> Restored:
    ledger, found = load.load_ledger(opened.workspace, unit, opened.terms)
    lines = journal.read(opened.workspace.unit(unit))
    then = replay.play(history.until(lines, at))
    target: Rows = {**then.lost, **then.entries}
    if entries:
        every = {**then.gone, **target}
        target = {name: every[name] for name in entries if name in every}
    if missing := [name for name in entries if name not in target]:
        raise history.UnknownEntryError(id=missing[0], unit=unit)
    unread = bool(opened.workspace.ledgers(unit)) and (
        ledger is None or any(finding.code in losses.UNREAD for finding in found)
    )
    here = None if unread else ledger
    whole = bool(entries or at) or bool(here and _behind(here, lines, replay.play(lines)))
    rows = replay.rows(here)
    names = dict(zip(rows, range(len(rows)), strict=True))
    added = [cells | _named(name) for name, cells in target.items() if name not in names]
    changes = {
        names[name]: cells
        for name, was in target.items()
        if name in names and whole and (cells := _back(was, rows[name], fields))
    }
    brought = tuple(name for name in target if name not in names or names[name] in changes)
    if not brought:
        return Restored(None)
    aside = _set_aside(opened, unit, dry_run=dry_run) if unread else ""
    if unread and dry_run:
        return Restored(None, brought, aside)
    given = _keyed(changes, here)

    def choose(reading: Reading) -> lifecycle.Changes:
        now = replay.rows(reading.ledger)
        return {at: given[row] for at, name in enumerate(now) if (row := names.get(name)) is not None and row in given}

    done = lifecycle.change(
        opened, unit, choose, added, by=by, today=today, force=True, dry_run=dry_run, command="restore", kind="restore"
    )
    return Restored(done, brought, aside)


def _figures_back(
    opened: Opened, unit: str, names: Sequence[str], at: datetime | None, *, by: str, dry_run: bool
) -> tuple[str, ...]:
    """Put figures back into figures.csv: those named; at a moment or from older ones all that differ; else the lost."""
    lines = journal.read(opened.workspace.unit(unit))
    then = replay.play(history.until(lines, at))
    known = {name: value for name, value in (then.lost_figures | then.figures).items() if value}
    found, _ = load.load_figures(opened.workspace, unit)
    there, now = replay.listed(found), replay.reported(found)
    whole = at is not None or bool(losses.older_figures(opened.workspace, unit, found, lines, then))
    wanted = {
        name: value
        for name, value in known.items()
        if now.get(name, "") != value and (name in names if names else whole or name not in there)
    }
    if wanted and not dry_run:
        recording.update_figures(
            opened, unit, lambda before: _with_figures(before.data, wanted), by=by, command="restore", kind="restore"
        )
    return tuple(wanted)


def _with_figures(data: bytes | None, wanted: Mapping[str, str]) -> bytes:
    """Write figures into the rows they had, or into new ones at the end."""
    base = data or csv.write(("period", "key", "value"), [])
    sheet = csv.read(base, "figures.csv")
    keys = [figures.HEADINGS.get(heading(title), "") for title in sheet.header]
    at = {key: number for number, key in reversed(list(enumerate(keys))) if key}
    if not {"period", "key", "value"} <= at.keys():
        raise UneditableError(sheet.findings, path="figures.csv")
    rows = {f"{row[at['period']].strip()}/{row[at['key']].strip()}": number for number, row in enumerate(sheet.rows)}
    changed = {rows[name]: {at["value"]: value} for name, value in wanted.items() if name in rows}
    added = [
        [dict(zip(("period", "key", "value"), (*name.split("/", 1), value), strict=True)).get(key, "") for key in keys]
        for name, value in wanted.items()
        if name not in rows
    ]
    return dressed(csv.edit(sheet, changed, added, after=len(sheet.rows) - 1), sheet.dress, base)


def _behind(ledger: Ledger, lines: Sequence[journal.Line], state: replay.State) -> bool:
    rows = replay.rows(ledger)
    found = losses.outdated(ledger.sha256, lines, state, rows) or past.stood(lines, rows)
    return bool(found or losses.broken_off(ledger, state, rows))


def _named(name: str) -> Cells:
    return {} if name.startswith(replay.NAMELESS) else {"id": name}


def _back(was: Mapping[str, str], there: Mapping[str, str], fields: Sequence[str]) -> Cells:
    """Give the cells that differ from what they were, those of some fields where any are named."""
    keys = [key for key in {**there, **was} if key != "id" and (not fields or key in fields)]
    return {key: was.get(key, "") for key in keys if was.get(key, "") != there.get(key, "")}


def _keyed(changes: Mapping[int, Cells], ledger: Ledger | None) -> dict[int, Cells]:
    """Leave out columns that share their heading with another: no name leads to them."""
    once = set(ledger.keys) | set(ledger.headings) if ledger else set()
    return {
        row: {key: cell for key, cell in cells.items() if key in once or not key.endswith(")")}
        for row, cells in changes.items()
    }


def _set_aside(opened: Opened, unit: str, *, dry_run: bool) -> str:
    """Move a ledger that cannot be read out of the way; nothing is deleted."""
    path = lifecycle.ledger_path(opened, unit)
    folder = opened.workspace.unit(unit) / lifecycle.ASIDE
    if dry_run:
        return opened.workspace.name(folder / path.name)
    return opened.workspace.name(store.move_into(path, folder, expected=store.read(path)))


def chosen(opened: Opened, unit: str, words: Sequence[str]) -> list[str]:
    """Find entries of the journal by the first letters of their ids, and figures by `period/key`."""
    state = history.state(opened, unit)
    known = {**state.figures, **state.lost_figures}
    return list(
        dict.fromkeys(word if word in known else history.entry_of(opened, unit, word) for word in map(text.trim, words))
    )
