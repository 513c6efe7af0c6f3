"""Hold a unit's ledger against its journal: what is gone, cut off or out of date, and what the journal has not seen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from hazardctl import load
from hazardctl.figures import Figures
from hazardctl.files import store
from hazardctl.findings import Finding, Severity
from hazardctl.journals import journal, past, replay
from hazardctl.journals.journal import Line, Tail
from hazardctl.journals.replay import Rows, State
from hazardctl.ledger import Ledger
from hazardctl.records import immutable
from hazardctl.workspace import Home, Workspace

LOSSES = frozenset({"J101", "J102", "J103", "J104", "J105", "J107", "J108"})
"""After these a unit cannot be counted: the journal knows of entries or changes that its ledger does not have."""
MANY = 10  # so many entries that are gone are told one by one
UNREAD = ("F100", "F101", "F102", "F103", "F104", "F105", "F108")


@immutable
class Sight:
    """What one look at a unit shows."""

    findings: tuple[Finding, ...] = ()
    news: bool = False  # the journal has not recorded something
    left: bool = False  # by a run that broke off


def look(
    workspace: Workspace, unit: str, ledger: Ledger | None, found: Sequence[Finding] = (), home: Home | None = None
) -> Sight:
    """Compare a unit's ledger, with what was found when it was loaded, with its journals; quick where all is well."""
    home = home or workspace.home(unit)
    left = store.odd(home.files) or store.odd(home.folders)
    unrecorded = bool(ledger and ledger.rows)
    if journal.FOLDER not in home.folders:
        return Sight(news=unrecorded, left=left)
    folder = workspace.unit(unit)
    try:
        names = journal.listed(folder)
        ends = journal.tails(folder, names)
        left = left or store.odd(names)
        if not ends:
            return Sight(news=unrecorded, left=left)
        torn = tuple(_torn(workspace, unit, end) for end in ends if not end.sound)
        sha256 = ledger.sha256 if ledger else ""
        if settled(ends, sha256, digest(folder / "figures.csv")):
            return Sight((*torn, *_pieces(workspace, unit, names)), left=left)
        lines = journal.read(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        name = workspace.name(journal.folder(folder))
        return Sight((Finding("F100", Severity.ERROR, name, unit=unit, args=(("reason", reason),)),))
    missing = list(lost(workspace, unit, ledger, found, lines))
    return Sight((*torn, *_pieces(workspace, unit, names), *missing), news=True, left=left)


def digest(path: Path) -> str:
    """Give a file's SHA-256; empty where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def settled(ends: Sequence[Tail], ledger: str, figures: str) -> bool:
    """Tell whether the last line of all knew every other journal, and these very files, and missed nothing."""
    last = journal.newest(ends)
    return (
        last is not None
        and (last.ledger, last.figures, last.lost) == (ledger, figures, 0)
        and last.others == journal.others(ends, last.writer)
        and all(end.sound for end in ends)
    )


def lost(
    workspace: Workspace, unit: str, ledger: Ledger | None, found: Sequence[Finding], lines: Sequence[Line]
) -> Iterator[Finding]:
    """Find what a unit's journals know and its ledger does not have."""
    state = replay.play(lines)
    known = state.lost | state.entries
    paths = workspace.ledgers(unit)
    path = workspace.name(paths[0] if paths else workspace.unit(unit) / "ledger.csv")
    yield from _figures_gone(workspace, unit, lines, state)
    empty = not paths or any(finding.code == "F101" for finding in found)
    if empty and known:
        yield Finding("J104", Severity.ERROR, path, unit=unit, args=(("count", str(len(known))),))
    if ledger is None or empty or any(finding.code in UNREAD for finding in found):
        return
    rows = replay.rows(ledger)
    yield from _outdated(workspace, unit, ledger, lines, state, rows)
    if _unended(paths[0]) and (cut := broken_off(ledger, state, rows)):
        line, column, source = ledger.where(len(ledger.rows) - 1, "id")
        yield Finding("J103", Severity.ERROR, path, line, column, unit, cut, source=source)
    yield from _gone(unit, path, gone(state, rows), known)


def _figures_gone(workspace: Workspace, unit: str, lines: Sequence[Line], state: State) -> Iterator[Finding]:
    """Find figures that were reported and have no row any more, and those that are what they once were."""
    known = {name: value for name, value in (state.lost_figures | state.figures).items() if value}
    if not known:
        return
    figures, findings = load.load_figures(workspace, unit)
    if any(finding.code in UNREAD and finding.code != "F101" for finding in findings):
        return
    there = replay.listed(figures)
    missing = [f"{name} ({value})" for name, value in known.items() if name not in there]
    if missing:
        path = workspace.name(workspace.unit(unit) / "figures.csv")
        args = (("count", str(len(missing))), ("names", "、".join(missing[:MANY])))
        yield Finding("J107", Severity.ERROR, path, unit=unit, args=args)
    if since := older_figures(workspace, unit, figures, lines, state):
        path = workspace.name(workspace.unit(unit) / "figures.csv")
        names = [f"{name} ({value})" for name, value in changed_figures(figures, state).items()]
        args = (("at", _local_minute(since.at)), ("names", "、".join(names[:MANY])))
        yield Finding("J108", Severity.ERROR, path, unit=unit, args=args)


def changed_figures(figures: Figures | None, state: State) -> dict[str, str]:
    """Give the figures that have a row which says something else than the journal knows, as it knows them."""
    there, now = replay.listed(figures), replay.reported(figures)
    return {name: value for name, value in state.figures.items() if name in there and now.get(name, "") != value}


def older_figures(
    workspace: Workspace, unit: str, figures: Figures | None, lines: Sequence[Line], state: State
) -> Line | None:
    """Give the last line after which figures.csv said what it says now, where changes since then are missing in it."""
    if figures is None or not changed_figures(figures, state) or in_question(workspace.unit(unit), "figures"):
        return None
    sha256 = digest(workspace.unit(unit) / "figures.csv")
    last = [line for line in lines if line.change.figure]
    return past.stood_figures(last, replay.reported(figures), sha256) if last and last[-1].figures != sha256 else None


def in_question(folder: Path, stem: str) -> bool:
    """Tell whether cells of a unit's file wait for a person: what they say meanwhile is what was before."""
    return (folder / f"{stem}.conflicts.csv").exists()


def _local_minute(at: str) -> str:
    """Show a moment of a journal as the clock on the wall showed it."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return at


def _outdated(  # noqa: PLR0917 -- a unit, its ledger, and what its journal says
    workspace: Workspace, unit: str, ledger: Ledger, lines: Sequence[Line], state: State, rows: Rows
) -> Iterator[Finding]:
    """Find a ledger that is a version the journal has gone on from, byte for byte or saved by another program."""
    if since := outdated(ledger.sha256, lines, state, rows) or _stood(workspace.unit(unit), ledger, lines, state, rows):
        missing = len(past.unknown(since, lines)) + (since.was == ledger.sha256 != since.ledger)
        args = (("at", _local_minute(since.at)), ("count", str(missing)))
        yield Finding("J105", Severity.ERROR, ledger.path, unit=unit, args=args)


def outdated(sha256: str, lines: Sequence[Line], state: State, rows: Rows) -> Line | None:
    """Give the last line after which a ledger stood as it stands now, where the journal has gone on since.

    Where git merged journals and took one side's ledger whole, the last line may be that side's: it did not know all.
    """
    if not lines or not _differs(state, rows):
        return None
    if lines[-1].ledger == sha256:
        return lines[-1] if past.unknown(lines[-1], lines) else None
    before = [line for line in lines if line.ledger == sha256]
    return before[-1] if before else next((line for line in lines if line.was == sha256), None)


def _stood(folder: Path, ledger: Ledger, lines: Sequence[Line], state: State, rows: Rows) -> Line | None:
    """Give the last line after which a ledger stood as it stands now, saved by a program the journal does not know."""
    unknown = bool(lines) and lines[-1].ledger != ledger.sha256 and bool(rows)
    return past.stood(lines, rows) if unknown and _differs(state, rows) and not in_question(folder, "ledger") else None


def _differs(state: State, rows: Rows) -> bool:
    """Tell whether rows are not what the journal knows; those that were missed and have come back are what it knows."""
    back = {name: cells for name, cells in state.lost.items() if rows.get(name) == cells}
    return next(replay.differences(state.entries | back, rows), None) is not None


def behind(path: Path, ledger: Ledger, lines: Sequence[Line]) -> bool:
    """Tell whether a ledger breaks off, or is a version that its journal has gone on from."""
    state, rows = replay.play(lines), replay.rows(ledger)
    if _unended(path) and broken_off(ledger, state, rows):
        return True
    if outdated(ledger.sha256, lines, state, rows) is None:
        return _stood(path.parent, ledger, lines, state, rows) is not None
    came_from: dict[str, str] = {}
    for line in lines:
        if line.ledger and line.ledger != line.was:
            came_from.setdefault(line.ledger, line.was)
    version, older = lines[-1].ledger, set[str]()
    while (version := came_from.get(version, "")) and version not in older:
        older.add(version)
    return ledger.sha256 in older


def gone(state: State, rows: Rows) -> Rows:
    """Give the entries that a ledger ought to have and has not, by id."""
    went = {change.entry for change in replay.differences(state.entries, rows) if change.row == "gone"}
    missing = {name: cells for name, cells in state.lost.items() if name not in rows}
    return missing | {name: cells for name, cells in state.entries.items() if name in went}


def broken_off(ledger: Ledger, state: State, rows: Rows) -> str:
    """Name the entry in which a file breaks off: its last, which begins as the journal knows it and says no more."""
    if ledger.format != "csv" or not rows:
        return ""
    name = next(reversed(rows))
    there, known = rows[name], state.entries.get(name)
    if known is None:  # cut off within the id
        missing = gone(state, rows)
        return next((entry for entry in missing if set(there) == {"id"} and entry.startswith(there["id"])), "")
    names = [key for key in ledger.keys if key]
    short = next((key for key in names if there.get(key, "") != known.get(key, "")), "")
    if not short or not known.get(short, "").startswith(there.get(short, "")):
        return ""
    return "" if any(there.get(key) for key in names[names.index(short) + 1 :]) else name


def _unended(path: Path) -> bool:
    """Tell whether a file's last line has no end; a program that saves a table gives it one."""
    return not path.read_bytes().endswith(b"\n")


def _gone(unit: str, path: str, missing: Rows, known: Rows) -> Iterator[Finding]:
    if len(missing) > MANY:
        ids = [*missing][:MANY]
        args = (("count", str(len(missing))), ("known", str(len(known))), ("ids", " ".join(ids)))
        yield Finding("J102", Severity.ERROR, path, unit=unit, args=args)
        return
    for name, cells in missing.items():
        said = next((cells[key] for key in ("description", "measures", "item", "category") if cells.get(key)), "")
        yield Finding("J101", Severity.ERROR, path, unit=unit, entry=name, args=(("said", said),))


def _pieces(workspace: Workspace, unit: str, names: Sequence[str]) -> list[Finding]:
    """Find pieces of lines that were cut off and kept."""
    pieces = [name for name in names if f"{journal.SUFFIX}.torn-" in name]
    if not pieces:  # as is the rule
        return []
    folder = journal.folder(workspace.unit(unit))
    return [Finding("J109", Severity.NOTE, workspace.name(folder / name), unit=unit) for name in pieces]


def _torn(workspace: Workspace, unit: str, end: Tail) -> Finding:
    path = journal.folder(workspace.unit(unit)) / f"{end.writer}{journal.SUFFIX}"
    return Finding("J106", Severity.WARNING, workspace.name(path), unit=unit)
