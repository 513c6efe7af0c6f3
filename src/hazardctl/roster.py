"""Change the list of units: add one, close one. A unit is never removed, since its entries stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from hazardctl import amend, load, units
from hazardctl.errors import FileFault
from hazardctl.files import store
from hazardctl.formats import csv
from hazardctl.formats.encoding import encode
from hazardctl.i18n import t
from hazardctl.start import UNIT_HEADINGS
from hazardctl.units import Unit, UnitTree
from hazardctl.workspace import Workspace


class UnitIdError(FileFault):
    """An id cannot be a unit's. Values: `id`, `why`."""

    key = "unit.bad_id"
    exit_code = 2


class NoSuchParentError(FileFault):
    """The unit above is not in the list. Values: `parent`."""

    key = "unit.no_parent"
    exit_code = 2


class AlreadyClosedError(FileFault):
    """A closed unit is not closed again. Values: `unit`, `day`."""

    key = "unit.already_closed"
    exit_code = 2


class ClosedBeforeOpenedError(FileFault):
    """A unit closes after it has opened. Values: `unit`, `opened`, `day`."""

    key = "unit.closed_before_opened"
    exit_code = 2


def add(workspace: Workspace, unit: Unit, *, dry_run: bool = False) -> str:
    """Add a unit to the list; gives the line that was written."""

    def place(sheet: csv.Sheet, tree: UnitTree) -> str:
        _sound(unit, tree)
        cells = {"id": unit.id, "name": unit.name, "parent": unit.parent, "kind": unit.kind,
                 "opened": unit.opened.isoformat() if unit.opened else "", "closed": ""}  # fmt: skip
        return _edited(sheet, None, {key: value for key, value in cells.items() if value})

    return _update(workspace, place, dry_run=dry_run)


def close(workspace: Workspace, unit: str, day: date, *, dry_run: bool = False) -> str:
    """Close a unit on a day, its last; gives the line that was written."""

    def place(sheet: csv.Sheet, tree: UnitTree) -> str:
        known = tree.units[unit]
        if known.closed:
            raise AlreadyClosedError(unit=unit, day=known.closed.isoformat())
        if known.opened and known.opened > day:
            raise ClosedBeforeOpenedError(unit=unit, opened=known.opened.isoformat(), day=day.isoformat())
        return _edited(sheet, sheet.lines.index(known.line), {"closed": day.isoformat()})

    return _update(workspace, place, dry_run=dry_run)


def _sound(unit: Unit, tree: UnitTree) -> None:
    if reason := units.unsafe_id(unit.id):
        raise UnitIdError(id=unit.id, why=t(f"unit.id_{reason}", other=""))
    if unit.id in tree.units:
        raise UnitIdError(id=unit.id, why=t("unit.id_taken", other=""))
    alike = next((known for known in tree.units if units.look(known) == units.look(unit.id)), "")
    if alike:
        raise UnitIdError(id=unit.id, why=t("unit.id_alike", other=alike))
    if unit.parent and unit.parent not in tree.units:
        raise NoSuchParentError(parent=unit.parent)


def _update(workspace: Workspace, place: Callable[[csv.Sheet, UnitTree], str], *, dry_run: bool) -> str:
    name = workspace.name(workspace.units)
    written: list[str] = []

    def revise(before: store.Snapshot) -> bytes | None:
        data = before.data or csv.write(UNIT_HEADINGS, [])
        sheet = csv.read(data, name)
        listed, _ = load.load_units(workspace)
        if sheet.findings or (sheet.header and "id" not in load.unit_keys(sheet.header)):
            raise amend.UneditableError(sheet.findings, path=name)
        text = place(sheet, units.tree(tuple(listed)))
        written.append(_new_line(sheet.text, text))
        return None if dry_run else encode(text, sheet.dress)

    if dry_run:
        revise(store.read(workspace.units))
    else:
        store.update(workspace.units, revise)
    return written[-1]


def _new_line(old: str, new: str) -> str:
    known = set(old.splitlines())
    return next((line for line in reversed(new.splitlines()) if line not in known), "")


def _edited(sheet: csv.Sheet, row: int | None, cells: Mapping[str, str]) -> str:
    keys = load.unit_keys(sheet.header)
    headings = [key for key in cells if key not in keys]
    at = {key: number for number, key in reversed(list(enumerate([*keys, *headings]))) if key}
    if row is not None:
        return csv.edit(sheet, {row: {at[key]: value for key, value in cells.items()}}, (), headings)
    new = [""] * (len(keys) + len(headings))
    for key, value in cells.items():
        new[at[key]] = value
    return csv.edit(sheet, {}, [new], headings, after=len(sheet.rows) - 1)
