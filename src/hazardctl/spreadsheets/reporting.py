"""Bring the figures of a workbook into a unit's figures.csv: what is added, changed, refused; all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from hazardctl import ledger, parsing
from hazardctl.errors import ChangedByOthers, FileFault
from hazardctl.figures import COLUMNS, HEADINGS, Figures, read
from hazardctl.files import store
from hazardctl.findings import Finding, Severity
from hazardctl.formats import csv
from hazardctl.formats.encoding import encode
from hazardctl.forms import blanks
from hazardctl.journals import recording
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.rules import figures as rules
from hazardctl.spreadsheets.indicators import Said, Taken
from hazardctl.spreadsheets.plan import Saved
from hazardctl.spreadsheets.values import Refusal


class UnreadFiguresError(FileFault):
    """A unit's figures.csv cannot be read for certain, so nothing is written into it. Values: `path`."""

    key = "import.unread_figures"
    exit_code = 1


@immutable
class FigurePlan:
    """What an import would do to one figures.csv: figures with what they were, blank where they were not reported."""

    taken: Taken
    added: tuple[Said, ...] = ()
    changed: tuple[tuple[Said, str], ...] = ()
    same: tuple[Said, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()  # figures of the same periods that only figures.csv has, with values
    refused: tuple[Refusal, ...] = ()
    warnings: tuple[tuple[Finding, str], ...] = ()
    sha256: str = ""  # of the file that was compared
    data: bytes = b""  # the file as it would be

    @property
    def idle(self) -> bool:
        """Tell whether nothing would change."""
        return not (self.added or self.changed)


def plan(opened: Opened, unit: str, taken: Taken, today: date, *, force: bool) -> FigurePlan:
    """Compare what a workbook says with what the unit has reported so far."""
    path = opened.workspace.unit(unit) / "figures.csv"
    before = store.read(path)
    name = opened.workspace.name(path)
    sheet = csv.read(before.data, name) if before.data is not None else csv.Sheet(name)
    figures = _figures(sheet, unit)
    if before.data is not None and (sheet.findings or not {"period", "key", "value"} <= figures.index.keys()):
        raise UnreadFiguresError(path=name)
    known = {one.id: one for one in read(figures, opened.terms.figures) if one.id}
    refused = list(taken.refusals)
    bad = {(one.row, one.key) for one in refused}
    said = [one for one in taken.said if (one.row, one.figure.key) not in bad]
    added, changed, same = [], [], []
    for one in said:
        old = known.get(one.id)
        was = figures.cell(old.row, "value").strip() if old else ""
        if old is None:
            added.append(one)
        elif was == one.value or (old.value is not None and f"{old.value:f}" == one.value):
            same.append(one)
        else:
            changed.append((one, was))
    found = FigurePlan(taken, tuple(added), tuple(changed), tuple(same), refused=tuple(refused), sha256=before.sha256)
    return _checked(opened, unit, found, sheet, figures, today, force=force)


def _figures(sheet: csv.Sheet, unit: str) -> Figures:
    keys = ledger.match(sheet.header, HEADINGS)
    place = partial(parsing.csv_place, sheet, None)
    return Figures(unit, sheet.path, sheet.header, keys, sheet.rows, place, ledger.first_of_each(keys))


def _checked(  # noqa: PLR0917 -- the file before, and what comes of it
    opened: Opened, unit: str, made: FigurePlan, sheet: csv.Sheet, figures: Figures, today: date, *, force: bool
) -> FigurePlan:
    """Check the file as it would be: what is wrong about a figure of the workbook is refused or said."""
    known = {one.id: one.row for one in read(figures, opened.terms.figures) if one.id}
    data = _written(opened, sheet, figures, made, known)
    after = csv.read(data, sheet.path)
    places = {one.id: one for one in (*made.added, *(one for one, _ in made.changed))}
    refused, warned = list(made.refused), []
    for finding in rules.check(rules.report(_figures(after, unit), opened, unit, today)):
        one = places.get(finding.entry)
        if one is None:
            continue
        if finding.severity is Severity.ERROR and not force:
            refused.append(Refusal(one.cell, one.row, one.figure.key, finding.value, finding.code, finding.args))
        elif finding.severity is not Severity.NOTE:
            warned.append((finding, one.cell))
    told = {one.id for one in made.taken.said}
    periods = {one.period.key for one in made.taken.said}
    missing = [
        (one.id, figures.cell(one.row, "value"))
        for one in read(figures, opened.terms.figures)
        if one.id and one.id not in told and one.period and one.period.key in periods and one.value is not None
    ]
    return FigurePlan(
        made.taken,
        made.added,
        made.changed,
        made.same,
        tuple(missing),
        tuple(refused),
        tuple(warned),
        made.sha256,
        data,
    )


def without_refused(opened: Opened, unit: str, made: FigurePlan, today: date) -> FigurePlan:
    """Leave out what is refused, for an import in part."""
    bad = {(one.row, one.key) for one in made.refused}
    taken = made.taken
    kept = Taken(taken.spread, taken.facts, taken.title, columns=taken.columns)
    kept.said = [one for one in taken.said if (one.row, one.figure.key) not in bad]
    rest = plan(opened, unit, kept, today, force=True)
    return FigurePlan(
        taken, rest.added, rest.changed, rest.same, made.missing, made.refused, made.warnings, rest.sha256, rest.data
    )


def _written(opened: Opened, sheet: csv.Sheet, figures: Figures, made: FigurePlan, known: Mapping[str, int]) -> bytes:
    new = [{"period": one.period.key, "key": blanks.figure_name(one.figure, opened), "value": one.value}
           for one in made.added]  # fmt: skip
    if not sheet.header:
        language = opened.campaign.locale
        heads = [COLUMNS[key][1 if language == "zh" else 0] for key in COLUMNS]
        return csv.write(heads, [[row[key] for key in COLUMNS] for row in new])
    cells = {known[one.id]: {figures.index["value"]: one.value} for one, _ in made.changed}
    rows = [[row.get(key, "") for key in figures.keys] for row in new]
    return encode(csv.edit(sheet, cells, rows, after=len(sheet.rows) - 1), sheet.dress)


def write(opened: Opened, unit: str, made: FigurePlan, by: str) -> Saved:
    """Write the figures, unless somebody else has changed them since they were compared."""
    path = store.inside(opened.workspace.root, opened.workspace.unit(unit) / "figures.csv")
    name = opened.workspace.name(path)
    store.make_folder(path.parent)
    with store.lock(path):
        before = store.read(path)
        if before.sha256 != made.sha256:
            raise ChangedByOthers(path=name)
        store.write(path, made.data, expected=before)
    recording.take_note(opened, unit, by=by, command="import")
    return Saved(name, before.data, made.data)


def restore(  # noqa: PLR0917 -- the file, what it was, what it must be, who takes it back
    opened: Opened, unit: str, data: bytes | None, after: str, undone: Path, by: str
) -> bool:
    """Put figures.csv back to what it was; False, and nothing done, where it has changed since."""
    path = store.inside(opened.workspace.root, opened.workspace.unit(unit) / "figures.csv")
    before = store.read(path)
    if before.data is None or before.sha256 != after:
        return False
    if data is None:
        store.move_into(path, undone, expected=before)
    else:
        with store.lock(path):
            store.write(path, data, expected=before)
    recording.take_note(opened, unit, by=by, command="import --undo", meant=True)
    return True
