"""Conflict copies (冲突副本): found in every folder of a campaign, compared, merged, and put aside; never deleted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from hazardctl import lifecycle, merge, parsing
from hazardctl.errors import HazardError
from hazardctl.files import store
from hazardctl.i18n import t
from hazardctl.journals import recording
from hazardctl.load import Opened
from hazardctl.merge import Result
from hazardctl.merging import ancestor, asked_book, books, grids, questions, records, unsettled
from hazardctl.merging.copies import OURS
from hazardctl.merging.settle import FOLDER
from hazardctl.merging.unsettled import Stray
from hazardctl.records import immutable


@immutable
class Found:
    """One copy, and what differs; `trouble` says why it cannot be compared."""

    unit: str
    path: str
    original: str
    product: str
    based: bool = False  # the journal knows what both began with
    cells: tuple[questions.Question, ...] = ()  # that need a person
    taken: int = 0  # entries the copy adds or changes that can be taken as they are
    trouble: str = ""
    moved: str = ""  # where it is now
    waiting: bool = False  # an earlier merge has to be settled first


def find(opened: Opened, unit: str) -> Iterator[Stray]:
    """Find every copy in a unit's folder, or beside campaign.yaml where no unit is named, in the order of their names.

    A folder that is a link is somebody else's.
    """
    if not unit:
        for stray in unsettled.strays(opened.workspace.root, opened.terms):
            if stray.original.name in unsettled.OWN:
                yield stray
        yield from unsettled.of_periods(opened.workspace.root)
        return
    folder = opened.workspace.unit(unit)
    if not folder.is_symlink():
        yield from unsettled.strays(folder, opened.terms)
        yield from unsettled.journal_copies(folder)


def named(opened: Opened, unit: str, stray: Stray, today: date) -> Found:  # noqa: ARG001 -- as `look`
    """Name a copy without looking into it."""
    return _found(opened, unit, stray)


def look(opened: Opened, unit: str, stray: Stray, today: date) -> Found:
    """Say what a copy holds that its original does not."""
    found = _found(opened, unit, stray)
    if stray.original.suffix.lower() in books.SUFFIXES:
        return _with(found, trouble=books.compared(stray))
    if _is_piece(stray):
        return found
    if _is_frozen(opened, stray):
        return _with(found, trouble="" if _same(stray) else t("conflicts.frozen", original=stray.original.name))
    try:
        if _asks(stray):
            return _with(found, taken=len(_questions(stray.path)))
        result, based = _merged(opened, unit, stray, _read(stray.original), today)
    except HazardError as error:
        return _with(found, trouble=str(error))
    return _with(found, based=based, cells=result.questions, taken=_taken(opened, stray, result))


def bring_in(opened: Opened, unit: str, stray: Stray, today: date, *, by: str) -> Found:
    """Merge a copy into its original and put it aside; what is in question goes to the conflict file first."""
    found = _found(opened, unit, stray)
    if stray.original.suffix.lower() in books.SUFFIXES:
        return _with(found, trouble=books.compared(stray))
    if questions.path_of(stray.original).exists():
        return _with(found, waiting=True)
    try:
        copy = store.read(stray.path)
        if _is_piece(stray) or _asks(stray) or (_is_frozen(opened, stray) and _same(stray)):
            taken = _ask_again(stray) if _asks(stray) else 0
            return _with(found, taken=taken, moved=opened.workspace.name(_aside(stray, copy)))
        if not stray.original.exists() or _is_frozen(opened, stray):
            key = "conflicts.frozen" if stray.original.exists() else "conflicts.no_original"
            return _with(found, trouble=t(key, original=stray.original.name))
        result, based, taken = _bring_in(opened, unit, stray, today, by=by)
        moved = _aside(stray, copy)
    except HazardError as error:
        return _with(found, trouble=str(error))
    return _with(found, based=based, cells=result.questions, taken=taken, moved=opened.workspace.name(moved))


def _asks(stray: Stray) -> bool:
    """Tell whether a copy is one of a conflict file."""
    return stray.original.name.endswith(questions.SUFFIX)


def _is_piece(stray: Stray) -> bool:
    """Tell whether a file is a piece of a line that was cut off in the middle: nothing was saved with it."""
    return stray.product == OURS and f"{stray.original.name}.torn-" in stray.path.name


def _is_frozen(opened: Opened, stray: Stray) -> bool:
    """Tell whether a copy is one of a file that was published: such a file is never changed."""
    periods = opened.workspace.root / "periods"
    return stray.path.is_relative_to(periods) and not records.merges(stray.original.name)


def _same(stray: Stray) -> bool:
    return _read(stray.path) == _read(stray.original)


def _questions(path: Path) -> list[questions.Question]:
    return questions.read(store.read(path).data or b"", path.name)


def _ask_again(stray: Stray) -> int:
    """Put what a copy of a conflict file asks into the conflict file; gives the number of its cells."""
    asked = _questions(stray.path)
    known = _questions(stray.original) if stray.original.exists() else []
    cells = {replace(one, line=0) for one in known}
    questions.add(stray.original, [one for one in asked if replace(one, line=0) not in cells])
    asked_book.leave(stray.original)
    return len(asked)


def _aside(stray: Stray, copy: store.Snapshot) -> Path:
    return store.move_into(stray.path, stray.original.parent / FOLDER, expected=copy)


def _found(opened: Opened, unit: str, stray: Stray) -> Found:
    return Found(unit, opened.workspace.name(stray.path), stray.original.name, stray.product)


def _with(found: Found, **known: object) -> Found:
    return replace(found, **known)  # type: ignore[arg-type]


def _bring_in(opened: Opened, unit: str, stray: Stray, today: date, *, by: str) -> tuple[Result, bool, int]:
    if stray.original.stem in ("ledger", "figures") and unit:
        recording.take_note(opened, unit, by=by, command="conflicts --merge")
    whole = lifecycle.ledger_path(opened, unit) if unit else stray.original  # the one everybody locks comes first
    with store.lock(whole), store.lock(stray.original):
        before = store.read(stray.original)
        result, based = _merged(opened, unit, stray, before.data or b"", today)
        taken = _taken(opened, stray, result)
        place = questions.record(stray.original, result.questions)
        if place:
            asked_book.leave(place)
        if stray.original.stem == "ledger" and unit:
            _write_ledger(opened, unit, stray.original, result, by=by)
        elif stray.original.name == "figures.csv" and unit:
            recording.update_figures(
                opened, unit, lambda _: result.data, by=by, command="conflicts --merge", kind="merge"
            )
        elif result.data != before.data:
            store.write(stray.original, result.data, expected=before)
    return result, based, taken


def _write_ledger(opened: Opened, unit: str, path: Path, result: Result, *, by: str) -> None:
    name = opened.workspace.name(path)

    def revise(before: store.Snapshot) -> recording.Revision | None:
        old, _ = parsing.parse(before.data or b"", name, unit, opened.terms)
        new, findings = parsing.parse(result.data, name, unit, opened.terms)
        if new is None:
            raise grids.UnmergeableError(findings, path=name)
        return recording.Revision(result.data, old, new)

    recording.update(opened, unit, path, revise, by=by, command="conflicts --merge", kind="merge")


def _read(path: Path) -> bytes:
    return store.read(path).data or b""


def _merged(opened: Opened, unit: str, stray: Stray, ours: bytes, today: date) -> tuple[Result, bool]:
    theirs = _read(stray.path)
    base = None
    named = stray.path if stray.path.suffix == stray.original.suffix else stray.original
    names = (f"{stray.original.stem}.csv", stray.original.name, named.name)
    if stray.original.stem == "ledger" and unit:
        parsed = [
            parsing.parse(data, name, unit, opened.terms)[0] for name, data in ((names[1], ours), (names[2], theirs))
        ]
        if parsed[0] is not None and parsed[1] is not None:
            base = ancestor.common(opened.workspace.unit(unit), parsed[0], parsed[1])
    elif stray.original.name == "figures.csv" and unit:
        base = ancestor.common_figures(opened.workspace.unit(unit), ours, theirs)
    result = merge.merge(
        base, ours, theirs, stray.original.name, terms=opened.terms, today=today, paths=names, rows_may_go=False
    )
    return result, base is not None


def _taken(opened: Opened, stray: Stray, result: Result) -> int:
    """Count the rows that the merge would change or add."""
    if stray.original.suffix == ".jsonl":
        return result.data.count(b"\n") - _read(stray.original).count(b"\n")
    name = stray.original.name
    if records.merges(name):
        return max(result.data.count(b"\n") - _read(stray.original).count(b"\n"), 0)
    before, after = (
        grids.read(data, name, grids.kind_of(name, data), opened.terms).version.rows
        for data in (_read(stray.original), result.data)
    )
    return sum(before.get(key) != cells for key, cells in after.items())
