"""Keep the journal: a command's changes are in it before the ledger has them, those of hands once they are seen."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hazardctl import load, text
from hazardctl.errors import FileFault, HazardError
from hazardctl.figures import Figures
from hazardctl.files import store
from hazardctl.findings import Finding
from hazardctl.journals import journal, losses, replay
from hazardctl.journals.journal import Change, Line, Tail
from hazardctl.journals.replay import State
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.records import immutable

WAITING = frozenset({"J103", "J104", "J105", "J108"})  # findings after which what a file says is no change


@immutable
class Revision:
    """A ledger's next version, and what was read in both; None where there was no ledger."""

    data: bytes
    before: Ledger | None
    after: Ledger


Revise = Callable[[store.Snapshot], Revision | None]  # None leaves the file alone


class UnreadLedgerError(FileFault):
    """A loss cannot be accepted while the ledger cannot be read: nobody knows what is lost. Values: `path`."""

    key = "journal.unread_ledger"

    def __init__(self, findings: Sequence[Finding], path: str) -> None:
        super().__init__(path=path)
        self.findings = list(findings)


class OlderLedgerError(FileFault):
    """A ledger is older than its journal, or breaks off; nothing was written. Values: `path`, `unit`."""

    key = "journal.older_ledger"


class Past:
    """The ids a unit has ever used, `present` ones in its ledger among them: none is used again."""

    def __init__(self, folder: Path, present: set[str]) -> None:
        self.folder, self.present = folder, present
        self._names: frozenset[str] | None = None

    def __contains__(self, entry: object) -> bool:
        return entry in self.present or journal.mentions(self.folder, str(entry))

    def has(self, entry: str) -> bool:
        """Tell whether an id was used, in whatever case or width it is written."""
        if self._names is None:
            state = replay.play(journal.read(self.folder))
            self._names = frozenset(text.fold(name) for name in (*state.entries, *state.lost, *state.gone))
        return text.fold(entry) in self._names


@immutable
class Seen:
    """A unit's files and journals at one moment, while its ledger is locked."""

    ends: tuple[Tail, ...]
    state: State
    lines: tuple[Line, ...]  # that the journals lack; empty where they know everything
    last: Line | None
    figures: str


def update(
    opened: Opened, unit: str, path: Path, revise: Revise, *, by: str, command: str = "", kind: str = ""
) -> None:
    """Change a unit's ledger as store.update does, with every change in the journal first.

    Errors: OlderLedgerError, those of the store. A change that could not be written is taken back in the journal; one
    that was cut off between journal and ledger is taken back by the next command that comes.
    """
    store.make_folder(path.parent)
    with store.lock(path) as held:
        before = store.read(path)
        if held.took_over:
            _take_back(opened, unit, path, before.sha256)
        revision = revise(before)
        if revision is None or revision.data == before.data:
            return
        after = hashlib.sha256(revision.data).hexdigest()
        seen = _seen(opened, unit, revision.before, before.sha256, by=by, command=command)
        if seen.lines and kind not in ("restore", "merge") and _is_older(opened, unit, path, revision.before):
            raise OlderLedgerError(path=opened.workspace.name(path), unit=unit)
        changes = list(replay.ledger_differences(revision.before, revision.after)) or [Change()]
        if kind == "restore":
            changes = [_brought_back(change, seen.state) for change in changes]
        for change in changes:
            replay.apply(seen.state, change)
        lines = [
            _line(change, kind or ("add" if change.row == "new" else "set"), by, command, (before.sha256, after), seen)
            for change in changes
        ]
        written, _ = journal.append(opened.workspace.root, _folder(opened, unit), seen.ends, [*seen.lines, *lines])
        try:
            store.write(path, revision.data, expected=before)
        except BaseException:
            _void(opened, unit, path, after, written[len(seen.lines) :])
            raise


def update_figures(
    opened: Opened,
    unit: str,
    change: Callable[[store.Snapshot], bytes | None],
    *,
    by: str,
    command: str,
    kind: str,
) -> None:
    """Change a unit's figures.csv as store.update does, with every change in the journal first.

    Errors: those of the store. A change that could not be written is taken back in the journal.
    """
    folder = _folder(opened, unit)
    paths = opened.workspace.ledgers(unit)
    store.make_folder(folder)
    path = folder / "figures.csv"
    with (
        store.lock(store.inside(opened.workspace.root, paths[0] if paths else folder / "ledger.csv")),
        store.lock(path),
    ):
        before = store.read(path)
        data = change(before)
        if data is None or data == before.data:
            return
        ledger, _ = load.load_ledger(opened.workspace, unit, opened.terms)
        sha256 = ledger.sha256 if ledger else ""
        if kind != "restore" and _are_older(opened, unit):
            raise OlderLedgerError(path=opened.workspace.name(path), unit=unit)
        seen = _seen(opened, unit, ledger, sha256, by=by, command=command, older=True)
        old, new = (replay.reported(load.figures_of(version, unit, path.name)) for version in (before.data, data))
        changes = list(replay.figure_differences(old, new)) or [Change()]
        for each in changes:
            replay.apply(seen.state, each, kind)
        after = hashlib.sha256(data).hexdigest()
        lines = [replace(_line(each, kind, by, command, (sha256, sha256), seen), figures=after) for each in changes]
        written, _ = journal.append(opened.workspace.root, folder, seen.ends, [*seen.lines, *lines])
        try:
            store.write(path, data, expected=before)
        except BaseException:
            _void(
                opened, unit, path, after, [replace(line, figures=before.sha256) for line in written[len(seen.lines) :]]
            )
            raise


def _is_older(opened: Opened, unit: str, path: Path, ledger: Ledger | None) -> bool:
    """Tell whether a ledger is an older version, or breaks off: to go on from it would take that for the truth."""
    return ledger is not None and losses.behind(path, ledger, journal.read(_folder(opened, unit)))


def _are_older(opened: Opened, unit: str) -> bool:
    """Tell whether the figures are an older version."""
    lines = journal.read(_folder(opened, unit))
    found, _ = _figures(opened, unit)
    return losses.older_figures(opened.workspace, unit, found, lines, replay.play(lines)) is not None


def _brought_back(change: Change, state: State) -> Change:
    """Say of an entry that came back under an id that it is the one that had none."""
    cells = {key: after for key, (_, after) in change.changes.items()}
    for name, was in state.lost.items():
        if change.row == "new" and name.startswith(replay.NAMELESS) and replay.said(was) == replay.said(cells):
            return Change(change.entry, "named", change.changes, of=name)
    return change


def _void(opened: Opened, unit: str, path: Path, after: str, written: Sequence[Line]) -> None:
    """Take back lines whose change never reached the ledger; where that fails too, the next look tells."""
    with suppress(HazardError, OSError):
        if store.read(path).sha256 == after:
            return
        ends = journal.tails(_folder(opened, unit))
        back = [_inverse(line) for line in reversed(written)]
        journal.append(opened.workspace.root, _folder(opened, unit), ends, back)


def _take_back(opened: Opened, unit: str, path: Path, sha256: str) -> None:
    """Take back the change of a process that was ended before the ledger had it: nobody was told that it was saved."""
    folder = _folder(opened, unit)
    last = journal.newest(journal.tails(folder))
    if last is None or not last.ledger or last.ledger == sha256 or last.was != sha256:
        return
    cut = [
        line
        for line in journal.read(folder)
        if (line.turn, line.writer, line.was, line.ledger) == (last.turn, last.writer, sha256, last.ledger)
    ]
    if not any(line.kind in ("seen", "void") for line in cut):
        _void(opened, unit, path, last.ledger, cut)


def _inverse(line: Line) -> Line:
    change = line.change
    swapped = {key: (after, before) for key, (before, after) in change.changes.items()}
    entry, row, of = change.entry, change.row, ""
    if row == "named":
        entry, of = change.of, change.entry
    elif row == "new":
        row = "gone"
    back = Change(entry, row, swapped, change.figure, of)
    return Line("", 0, 0, "", line.by, line.command, "void", back, line.ledger, line.was, line.figures, lost=line.lost)


def _folder(opened: Opened, unit: str) -> Path:
    return store.inside(opened.workspace.root, opened.workspace.unit(unit))


def _figures(opened: Opened, unit: str) -> tuple[Figures | None, bool]:
    """Give a unit's figures, and whether nobody can say what they are: unread is not gone."""
    found, findings = load.load_figures(opened.workspace, unit)
    return found, any(finding.code in losses.UNREAD and finding.code != "F101" for finding in findings)


def _seen(
    opened: Opened,
    unit: str,
    ledger: Ledger | None,
    sha256: str,
    *,
    by: str,
    command: str,
    meant: bool = False,
    older: bool = False,
) -> Seen:
    """Look at a unit, and say in lines what the journals do not know yet.

    `meant` figures that went were to go; figures that are an older version are a change only where `older` says so.
    """
    folder = _folder(opened, unit)
    ends = tuple(journal.tails(folder))
    figures = losses.digest(folder / "figures.csv")
    last = journal.newest(ends)
    if losses.settled(ends, sha256, figures):
        return Seen(ends, State(), (), last, figures)
    known = journal.read(folder)
    state = replay.play(known)
    changes = list(replay.differences(state.entries, replay.rows(ledger)))
    there, unclear = _figures(opened, unit)
    if not (unclear or meant or older):
        unclear = losses.older_figures(opened.workspace, unit, there, known, state) is not None
    if unclear:
        figures = last.figures if last else ""  # looked at again once it can be read
    else:
        rows = None if meant else replay.listed(there)
        changes += replay.figure_differences(state.figures, replay.reported(there), rows)
    for change in changes:
        replay.apply(state, change, "seen")
    if unclear and not changes and last and (last.ledger, last.others) == (sha256, journal.others(ends, last.writer)):
        return Seen(ends, state, (), last, figures)
    if not changes and last is None and not sha256 and not figures:
        return Seen(ends, state, (), last, figures)
    seen = Seen(ends, state, (), last, figures)
    lines = tuple(
        _line(change, "seen", by, command, (last.ledger if last else "", sha256), seen)
        for change in changes or [Change()]
    )
    return Seen(ends, state, lines, last, figures)


def _line(  # noqa: PLR0917 -- what happened, by whose hand, and between which two versions
    change: Change, kind: str, by: str, command: str, versions: tuple[str, str], seen: Seen
) -> Line:
    lost = seen.state.missing
    return Line("", 0, 0, "", by, command or kind, kind, change, *versions, seen.figures, lost=lost)


def take_note(opened: Opened, unit: str, *, by: str, command: str, wait: float = 5.0, meant: bool = False) -> bool:
    """Record what hands have changed in one unit; tells whether there was anything.

    `meant` is for a command that has just written figures.csv itself: figures that went were to go.
    """
    folder = _folder(opened, unit)
    paths = opened.workspace.ledgers(unit)
    path = paths[0] if paths else folder / "ledger.csv"
    if not folder.is_dir() or not ours(folder):
        return False
    with store.lock(store.inside(opened.workspace.root, path), wait=wait) as held:
        if held.took_over:
            _take_back(opened, unit, path, store.read(path).sha256)
        ledger, found = load.load_ledger(opened.workspace, unit, opened.terms)
        if (ledger is None and paths) or any(finding.code in losses.UNREAD for finding in found):
            return False
        lines = journal.read(folder)
        waiting = losses.lost(opened.workspace, unit, ledger, found, lines) if lines else ()
        if any(finding.code in WAITING and not (meant and finding.code == "J108") for finding in waiting):
            return False
        sha256 = ledger.sha256 if ledger else ""
        seen = _seen(opened, unit, ledger, sha256, by=by, command=command, meant=meant)
        journal.append(opened.workspace.root, folder, seen.ends, seen.lines)
        return bool(seen.lines)


def ours(folder: Path) -> bool:
    """Tell whether a folder is this user's: a superior's cron must leave no files there that its clerk cannot write."""
    if sys.platform == "win32":
        return True
    return folder.stat().st_uid == os.geteuid()


def accept(
    opened: Opened, unit: str, entries: Sequence[str], *, by: str, command: str = "", dry_run: bool = False
) -> list[str]:
    """Record that entries and figures are meant to be gone, all that are missing where none is named; gives their ids.

    The ledger counts as it stands from then on. Errors: UnreadLedgerError, those of the store.
    """
    folder = _folder(opened, unit)
    paths = opened.workspace.ledgers(unit)
    path = paths[0] if paths else folder / "ledger.csv"
    store.make_folder(path.parent)
    with store.lock(store.inside(opened.workspace.root, path)):
        ledger, found = load.load_ledger(opened.workspace, unit, opened.terms)
        unread = [finding for finding in found if finding.code in losses.UNREAD]
        if (ledger is None and paths) or unread:
            raise UnreadLedgerError(unread or found, path=opened.workspace.name(path))
        sha256 = ledger.sha256 if ledger else ""
        seen = _seen(opened, unit, ledger, sha256, by=by, command=command, older=True)
        chosen = [name for name in seen.state.lost if not entries or name in entries]
        figures = [name for name in seen.state.lost_figures if not entries or name in entries]
        changes = [Change(name, "gone", replay.changes(seen.state.lost[name], {})) for name in chosen]
        changes += [
            Change(row="gone", changes={"value": (seen.state.lost_figures[name], "")}, figure=name) for name in figures
        ]
        for change in changes:
            replay.apply(seen.state, change, "accept")
        lines = [_line(change, "accept", by, command, (sha256, sha256), seen) for change in changes]
        if not dry_run:
            journal.append(opened.workspace.root, folder, seen.ends, [*seen.lines, *lines])
        return [*chosen, *figures]
