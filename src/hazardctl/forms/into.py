"""Put a campaign's figures into a superior's workbook (`report --into`), by headings or by a mapping kept as data."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from hazardctl import load
from hazardctl.errors import ChangedByOthers, FileFault, UsageError
from hazardctl.files import store
from hazardctl.formats import sheet_edit, sheet_parts, workbooks
from hazardctl.formats.package import DamagedError
from hazardctl.formats.sheet_edit import Part, Value
from hazardctl.formats.workbook import Workbook, a1
from hazardctl.forms.into_places import Missed, Target, Wanted, targets
from hazardctl.i18n import join, t
from hazardctl.ledger import FILLERS
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.statistics.table import Table
from hazardctl.texts import STRICT

FOLDER = "mappings"


class NotXlsxError(FileFault):
    """A workbook of a kind that cannot be changed in place. Values: `path`."""

    key = "into.not_xlsx"


class NoMappingError(FileFault):
    """The campaign keeps no mapping of this name. Values: `name`."""

    key = "into.no_mapping"


@immutable
class CellMapping:
    """One cell by its name: a figure of a unit ("" or total: the whole), or a text of its own."""

    __pydantic_config__: ClassVar[Any] = STRICT
    cell: str
    column: str = ""
    unit: str = ""
    text: str = ""


@immutable
class SheetMapping:
    """What goes into one sheet. Without `columns` the table's own headings are looked for."""

    __pydantic_config__: ClassVar[Any] = STRICT
    sheet: str = ""  # the first one that is not hidden
    units: str = ""  # heading or letter of the column of units' names
    columns: Mapping[str, str] = field(default_factory=dict)  # heading (group/heading) or letter → key
    rows: Mapping[str, str] = field(default_factory=dict)  # what stands in their column of units → our unit's id
    cells: tuple[CellMapping, ...] = ()


@immutable
class Map:
    """A mapping file: which table goes where."""

    __pydantic_config__: ClassVar[Any] = STRICT
    table: str = ""
    period: str = ""
    sheets: tuple[SheetMapping, ...] = (SheetMapping(),)


@immutable
class Outcome:
    """The workbook with its cells filled, how many by sheet, and which could not be."""

    data: bytes
    filled: Mapping[str, int]
    missed: tuple[Missed, ...]
    replaced: tuple[tuple[str, str, str, str], ...] = ()  # sheet, cell, what stood there, what stands there now


@immutable
class _Theirs:
    """Their workbook, taken apart."""

    files: Mapping[str, bytes]
    names: Mapping[str, str]  # sheet → part of the package
    parts: Mapping[str, Part]
    percents: frozenset[str]  # styles
    unlocked: frozenset[str]


def mapping(opened: Opened, name: str, theirs: Path) -> Map:
    """Give the mapping asked for, else the one named like the workbook, else headings alone."""
    folder = opened.workspace.root / FOLDER
    path = store.inside(opened.workspace.root, folder / f"{name or theirs.stem}.yaml")
    if not path.is_file():
        if name:
            raise NoMappingError(name=name, path=str(path))
        return Map()
    found, _ = load.read_as(Map, path, opened.workspace.name(path))
    return found


def table_of(opened: Opened, kept: Map, name: str) -> str:
    """Give the table that goes in: the one asked for (a form of it will do), else the mapping's."""
    tables = {table.id for table in opened.checklist.tables}
    forms = {form.id: form.of for form in opened.checklist.forms}
    meant = forms.get(name, name) or kept.table
    if meant not in tables:
        raise UsageError(sentence=t("into.no_table", known=join(sorted(tables))))
    return meant


def fill(theirs: Path, kept: Map, table: Table, withheld: Collection[tuple[str, str]] = ()) -> Outcome:
    """Fill a workbook; raises what stands in the way of reading it, and NotXlsxError.

    `withheld` are figures that must not leave the bureau, by the table's row and column.
    """
    book = workbooks.read(theirs, str(theirs))
    data = store.read(theirs).data or b""
    if book.kind != "xlsx":
        raise NotXlsxError(path=str(theirs))
    if hashlib.sha256(data).hexdigest() != book.sha256:
        raise ChangedByOthers(path=str(theirs))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name.startswith("xl/")}
    try:
        found, missed = _found(book, kept, table)
        return _filled(data, _taken_apart(files), found, missed, withheld)
    except sheet_edit.NotEditableError as error:
        raise DamagedError(path=str(theirs), part=str(error)[:80]) from None


def _taken_apart(files: Mapping[str, bytes]) -> _Theirs:
    names = sheet_parts.sheets(files)
    parts = {
        name: sheet_edit.scan(files[path]) for name, path in names.items() if path in files and "worksheets/" in path
    }
    styles = files.get("xl/styles.xml", b"")
    return _Theirs(files, names, parts, sheet_parts.percent_styles(styles), sheet_parts.open_styles(styles))


def _found(book: Workbook, kept: Map, table: Table) -> tuple[list[Target], list[Missed]]:
    found: list[Target] = []
    missed: list[Missed] = []
    for one in kept.sheets:
        wanted = Wanted(one.sheet, one.units, one.columns, one.rows,
                        tuple((cell.cell, cell.unit, cell.column, cell.text) for cell in one.cells))  # fmt: skip
        cells, more = targets(book, wanted, table)
        found += cells
        missed += more
    return found, missed


def _filled(
    data: bytes, theirs: _Theirs, found: Sequence[Target], missed: list[Missed], withheld: Collection[tuple[str, str]]
) -> Outcome:
    values: dict[str, dict[tuple[int, int], Value]] = {}
    replaced: list[tuple[str, str, str, str]] = []
    for target in found:
        place, name = (target.row, target.column), a1(target.row, target.column)
        reason, what = ("withheld", "") if target.source in withheld else _obstacle(theirs, target)
        if reason:
            missed.append(Missed(target.sheet, name, reason, what))
            continue
        new = _value(theirs, target)
        values.setdefault(target.sheet, {})[place] = new
        if target.standing not in FILLERS and target.standing not in (str(new), str(target.value), f"{target.value}%"):
            replaced.append((target.sheet, name, target.standing, str(target.value)))
    changed = _changed(theirs, values)
    return Outcome(
        sheet_edit.repack(data, changed) if changed else data,
        {sheet: len(cells) for sheet, cells in values.items()}, tuple(missed), tuple(replaced),
    )  # fmt: skip


def _changed(theirs: _Theirs, values: Mapping[str, Mapping[tuple[int, int], Value]]) -> dict[str, bytes]:
    stale = sheet_parts.stale(theirs.parts, values)
    changed = {
        theirs.names[sheet]: sheet_edit.put(part, values.get(sheet, {}), stale[sheet])
        for sheet, part in theirs.parts.items() if values.get(sheet) or stale[sheet]
    }  # fmt: skip
    if any(stale.values()):
        changed["xl/workbook.xml"] = sheet_parts.recalculated(theirs.files["xl/workbook.xml"])
    return changed


def _obstacle(theirs: _Theirs, target: Target) -> tuple[str, str]:  # noqa: PLR0911 -- one line an obstacle
    """Say why a cell is left alone; empty where it can be filled."""
    part, place = theirs.parts.get(target.sheet), (target.row, target.column)
    if part is None:
        return "no_sheet", target.sheet
    if target.value is None:
        return "no_figure", ""
    found = part.cells.get(place)
    if found and found.formula is not None:
        return "formula", ""
    inside = [(a, b) for a, b, c, d in part.merges if a <= target.row <= c and b <= target.column <= d]
    if inside and place not in inside:
        return "merged", ""
    if part.protected and sheet_edit.style_at(part, *place) not in theirs.unlocked:
        return "locked", ""
    words = isinstance(target.value, str) or target.standing in FILLERS or _is_number(target.standing)
    if not words:
        return "text", target.standing[:20]
    broken = sheet_parts.refuses(part.rules, place, _value(theirs, target))
    return ("rule", broken) if broken else ("", "")


def _is_number(standing: str) -> bool:
    return standing.rstrip("%").replace(".", "", 1).replace(",", "").lstrip("-").isdigit()


def _value(theirs: _Theirs, target: Target) -> Value:
    """Give what is stored: a rate as a fraction where their cell shows a percentage, else as it is printed."""
    value = target.value
    assert value is not None
    if target.percent and not isinstance(value, str):
        style = sheet_edit.style_at(theirs.parts[target.sheet], target.row, target.column)
        return Decimal(value).scaleb(-2) if style in theirs.percents else value
    return value
