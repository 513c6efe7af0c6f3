"""Resolve (定夺): write what a person has chosen in a conflict file into the file it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from hazardctl import lifecycle, text
from hazardctl.errors import FileFault
from hazardctl.files import store
from hazardctl.journals import recording, replay
from hazardctl.ledger import Ledger
from hazardctl.lifecycle import Cells, Changes
from hazardctl.load import Opened
from hazardctl.merging import asked_book, grids, questions, recast, records
from hazardctl.merging.copies import copy_of
from hazardctl.merging.grids import Grid
from hazardctl.merging.questions import Question
from hazardctl.merging.threeway import Key, Version
from hazardctl.reading import Reading
from hazardctl.records import immutable

FOLDER = "merged"  # where copies and conflict files go once they are settled; nothing is deleted


class UnknownCellError(FileFault):
    """A conflict file names a cell that is not there. Values: `path`, `line`, `id`, `field`, `file`."""

    key = "resolve.unknown_cell"


@immutable
class Settled:
    """What became of one conflict file."""

    path: str
    done: int
    left: int


def settle(opened: Opened, unit: str, *, by: str, today: date, rest: str = "", force: bool = False) -> list[Settled]:
    """Apply every conflict file of a unit, of the campaign's own files where `unit` is empty.

    `rest` is the side that stands for what nobody has chosen. What is settled is put aside, in the end the whole file
    with its workbook. Errors: UnclearChoiceError, TwoAnswersError, UnknownCellError, UnreadableQuestionsError, and
    those of lifecycle.change and the store.
    """
    workspace = opened.workspace
    folder = store.inside(workspace.root, workspace.unit(unit)) if unit else workspace.root
    done = []
    for path in _files(folder):
        with store.lock(path):
            done.append(_one(opened, unit, path, by=by, today=today, rest=rest, force=force))
    return done


def _files(folder: Path) -> list[Path]:
    """Give the conflict files of a folder; one of which only the workbook is left is made anew from it."""
    for book in sorted(folder.glob(f"*{asked_book.SUFFIX}")):
        path = book.with_name(book.name.removesuffix(asked_book.SUFFIX) + questions.SUFFIX)
        if not path.exists() and not copy_of(book.name):
            store.write(path, questions.write(asked_book.read(book)), expected=store.read(path))
    return sorted(folder.glob(f"*{questions.SUFFIX}"))


def _one(opened: Opened, unit: str, path: Path, *, by: str, today: date, rest: str, force: bool) -> Settled:
    name = opened.workspace.name(path)
    before, book = store.read(path), asked_book.path_of(path)
    known = asked_book.chosen(book) if book.exists() else {}
    asked = asked_book.together(questions.read(before.data or b"", name), known, name)
    filled = [replace(one, choose=one.choose or rest) for one in asked]
    values = [questions.chosen(one, name) for one in filled]
    chosen = {one: value for one, value in zip(filled, values, strict=True) if value is not None}
    target = _target(path)
    if target.stem == "ledger" and unit:
        _into_ledger(opened, unit, name, chosen, by=by, today=today, force=force)
    else:
        _into_table(opened, unit, target, name, chosen, by)
    left = [one for one, value in zip(asked, values, strict=True) if value is None]
    if left:
        if len(left) < len(asked):
            done = [one for one, value in zip(filled, values, strict=True) if value is not None]
            questions.add(path.parent / FOLDER / path.name, done)
        store.write(path, questions.write(left), expected=before)
        if book.exists():
            asked_book.leave(path)
    else:
        store.move_into(path, path.parent / FOLDER, expected=before)
        if book.exists():
            store.move_into(book, path.parent / FOLDER)
    return Settled(name, len(chosen), len(left))


def _target(path: Path) -> Path:
    stem = path.name.removesuffix(questions.SUFFIX)
    return next(
        (found for end in (".csv", ".yaml") if (found := path.with_name(stem + end)).is_file()),
        path.with_name(f"{stem}.csv"),
    )


def _into_ledger(
    opened: Opened, unit: str, name: str, chosen: Mapping[Question, str], *, by: str, today: date, force: bool
) -> None:
    if not chosen:
        return
    path = lifecycle.ledger_path(opened, unit)
    data = store.read(path).data or b""
    grid = grids.read(data, path.name, "ledger", opened.terms)
    there = {label: number for number, label in enumerate(grid.labels.values())}
    changes: dict[int, dict[str, str]] = {}
    added: dict[str, dict[str, str]] = {}
    for one, value in chosen.items():
        entry = text.trim(one.id)
        if not entry:
            raise UnknownCellError(path=name, line=one.line, id=one.id, field=one.field, file=path.name)
        if entry in there:
            if one.field != "id" and not _left_out(one, value):
                changes.setdefault(there[entry], {})[one.field] = value
        elif value:
            new = {} if entry.startswith(replay.NAMELESS) else {"id": entry}
            added.setdefault(entry, new)[one.field] = value

    def choose(reading: Reading) -> Changes:
        then = list(replay.rows(grid.ledger))
        now = {entry: row for row, entry in enumerate(replay.rows(reading.ledger))}
        return {now[then[row]]: _as_needed(reading.ledger, cells) for row, cells in changes.items() if then[row] in now}

    lifecycle.change(
        opened, unit, choose, list(added.values()), by=by, today=today, force=force, command="resolve", kind="merge"
    )


def _left_out(one: Question, value: str) -> bool:
    """Tell whether a choice means the side that had no such entry: one that is there by now stays as it is."""
    return not value and one.why in ("no_base:ours", "no_base:theirs")


def _as_needed(ledger: Ledger, cells: Cells) -> dict[str, str]:
    """Leave out blanks for columns the ledger does not have."""
    return {key: value for key, value in cells.items() if value or key in ledger.index or key in ledger.headings}


def _into_table(  # noqa: PLR0917 -- what goes where, in whose name
    opened: Opened, unit: str, target: Path, name: str, chosen: Mapping[Question, str], by: str
) -> None:
    def change(before: store.Snapshot) -> bytes | None:
        grid = grids.read(before.data or b"", target.name, grids.kind_of(target.name, before.data or b""), opened.terms)
        rows = {key: dict(cells) for key, cells in grid.version.rows.items()}
        by_label = {text.fold(label): key for key, label in grid.labels.items()}
        added: dict[Key, dict[str, str]] = {}
        for one, value in chosen.items():
            entry, column = text.fold(text.trim(one.id)), _column(grid, one.field)
            if not column:
                raise UnknownCellError(path=name, line=one.line, id=one.id, field=one.field, file=target.name)
            if entry in by_label:
                rows[by_label[entry]][column] = value
            else:
                added.setdefault(("", entry), {})[column] = value
        new = {key: cells for key, cells in added.items() if _whole(grid, cells, chosen, name, target)}
        longer = replace(grid, version=Version({**rows, **new}, grid.version.columns))
        return recast.result(grid, [longer], {**rows, **new}, opened.terms)

    if target.name == records.KEYED:
        answers = {one.field: value for one, value in chosen.items()}
        store.update(target, lambda before: records.settled(before.data or b"", answers, target.name))
    elif target.name == "figures.csv" and unit:
        recording.update_figures(opened, unit, change, by=by, command="resolve", kind="merge")
    else:
        store.update(target, change)


def _whole(grid: Grid, cells: Cells, chosen: Mapping[Question, str], name: str, target: Path) -> bool:
    """Tell whether a row is to be added: none that was chosen away, and none that nothing would identify."""
    identity = [column for column in grids.IDENTITY[grid.kind] if column in grid.names]
    if not any(cells.values()):
        return False
    if missing := [column for column in identity if not cells.get(column)]:
        first = next(iter(chosen))
        raise UnknownCellError(path=name, line=first.line, id=first.id, field=missing[0], file=target.name)
    return True


def _column(grid: Grid, field: str) -> str:
    if field in grid.names:
        return field
    return next((name for name, title in grid.headings.items() if title == field), "")
