"""Bring a clerk's workbook into a unit's ledger: read, plan, and, where nothing is refused, write; all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from datetime import date
from pathlib import Path

from hazardctl import i18n, lifecycle, load, text
from hazardctl.amend import UneditableError
from hazardctl.errors import ChangedByOthers, FileFault, HazardError
from hazardctl.findings import Finding, Severity
from hazardctl.formats import workbooks
from hazardctl.formats.workbook import Workbook
from hazardctl.i18n import t
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.records import immutable
from hazardctl.spreadsheets import frame, indicators, mapping, plan, reporting
from hazardctl.spreadsheets.choosing import Chosen, choose, settled
from hazardctl.spreadsheets.headings import Vocabulary, vocabulary
from hazardctl.spreadsheets.indicators import Spread
from hazardctl.spreadsheets.plan import Plan, Saved
from hazardctl.spreadsheets.reporting import FigurePlan
from hazardctl.spreadsheets.values import Reader, Refusal, Taken
from hazardctl.spreadsheets.words import UNIT_COLUMN

LEDGER = 4  # fields that make a table a ledger, whatever figures stand beside it
MOST_STRANGERS = 5  # units that are named, of those nobody knows
NEIGHBOURS = ("~$", ".~", "._", ".")
LACKING = ("L111", "L112", "L113", "L114")  # something is still to be filled in: the ledger says so until it is
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt", ".html", ".htm", ".docx", ".yaml", ".json")


class OtherUnitError(FileFault):
    """The head line names another unit of the campaign. Values: `path`, `said`, `meant`, `unit`."""

    key = "import.other_unit"
    exit_code = 1


class WhichUnitError(FileFault):
    """Neither the head line nor the file's name tells the unit. Values: `path`, `said`."""

    key = "import.which_unit"
    exit_code = 1


class TwiceError(FileFault):
    """Two files of one run are of the same unit. Values: `path`, `first`, `unit`."""

    key = "import.unit_twice"
    exit_code = 1


class ElsewhereError(FileFault):
    """Ids of the table belong to another unit's entries. Values: `path`, `ids`, `unit`."""

    key = "import.ids_elsewhere"
    exit_code = 1


@immutable
class Asked:
    """What the clerk asks of an import."""

    unit: str = ""
    sheet: str = ""
    map: Mapping[str, str] = field(default_factory=dict)
    mapping: str = ""
    key: tuple[str, ...] = ()
    period: str = ""  # of figures
    by: str = ""
    force: bool = False
    partial: bool = False
    dry_run: bool = False


@immutable
class Outcome:
    """What came of one file: a plan, done or to be done, or the fault that stopped it."""

    path: str
    unit: str = ""
    chosen: Chosen | None = None
    taken: tuple[Taken, ...] = ()
    plan: Plan = field(default_factory=Plan)
    fault: HazardError | None = None
    written: bool = False
    partly: bool = False  # the rest would be written although some rows are refused
    saved: Saved | None = None  # what was written
    figures: FigurePlan | None = None  # where the table is one of figures
    mapping: str = ""  # the kept mapping that was used
    sha256: str = ""  # of the workbook

    @property
    def stopped(self) -> bool:
        """Tell whether nothing can be written as things stand."""
        return self.fault is not None or bool(self.refused)

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """Give what cannot be imported, of entries or figures."""
        return self.figures.refused if self.figures else self.plan.refused

    @property
    def idle(self) -> bool:
        """Tell whether nothing would change."""
        return self.figures.idle if self.figures else self.plan.idle

    @property
    def facts(self) -> Mapping[str, str]:
        """Give what the head line tells."""
        if self.figures:
            return self.figures.taken.facts
        return self.chosen.table.facts if self.chosen else {}


def files_in(paths: Sequence[Path]) -> list[Path]:
    """Give the workbooks meant by files and folders; lock files and other neighbours are passed over."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                inner for inner in path.iterdir()
                if inner.is_file() and inner.suffix.lower() in SUFFIXES and not inner.name.startswith(NEIGHBOURS)
            )  # fmt: skip
        else:
            found.append(path)
    return found


def run(
    opened: Opened, files: Sequence[Path], asked: Asked, today: date, advance: Callable[[int], None] | None = None
) -> Iterator[Outcome]:
    """Import files one after another, each all or nothing; a file that cannot be read does not stop the others."""
    desk = Desk(opened, asked, today)
    for number, (path, read) in enumerate(
        zip(files, workbooks.read_all([(path, str(path)) for path in files]), strict=True), 1
    ):
        if isinstance(read, HazardError):
            yield Outcome(str(path), fault=read)
        else:
            yield desk.take(read)
        if advance:
            advance(number)


class Desk:
    """Imports one workbook after another into one campaign; keeps what does not change from one to the next."""

    def __init__(self, opened: Opened, asked: Asked, today: date) -> None:
        self.opened, self.asked, self.today = opened, asked, today
        self.words = vocabulary(opened.terms, asked.map)
        self.names = _unit_names(opened)
        self.done: dict[str, str] = {}  # unit → the file it was filled from
        self._owners: dict[str, str] | None = None

    def take(self, workbook: Workbook) -> Outcome:
        """Import one workbook."""
        outcome = Outcome(workbook.path, sha256=workbook.sha256)
        try:
            spread = self._figures(workbook)
            if spread is not None:
                return self._reported(workbook, spread, outcome)
            outcome = self._planned(workbook, outcome)
            return self._written(outcome)
        except HazardError as error:
            return replace(outcome, fault=error)

    def _figures(self, workbook: Workbook) -> Spread | None:
        """Find a table of figures, unless the workbook holds a ledger."""
        found = indicators.choose(workbook, self.opened.terms, self.asked.sheet)
        if found is None:
            return None
        sheets = (found.sheet,) if self.asked.sheet else workbook.sheets
        tables = [frame.find(sheet, self.words) for sheet in sheets if not sheet.hidden and sheet.rows]
        return None if any(table and table.fields >= LEDGER for table in tables) else found

    def _reported(self, workbook: Workbook, spread: Spread, outcome: Outcome) -> Outcome:
        """Bring a table of figures into figures.csv."""
        opened, asked = self.opened, self.asked
        facts, _ = indicators.around(spread)
        unit = self._unit(workbook, facts.get("unit", ""))
        outcome = replace(outcome, unit=unit)
        said = {**mapping.kept(opened, asked.mapping or unit), **asked.map}
        taken = indicators.read(workbook.path, spread, opened.terms, (unit, self.names), asked.period, said)
        made = reporting.plan(opened, unit, taken, self.today, force=asked.force)
        outcome = replace(outcome, figures=made)
        if made.refused and not asked.partial:
            return outcome
        if made.refused:
            made = reporting.without_refused(opened, unit, made, self.today)
            outcome = replace(outcome, figures=made, partly=not made.idle)
        if made.idle or asked.dry_run:
            return outcome
        return replace(outcome, saved=reporting.write(opened, unit, made, asked.by), written=True)

    def _planned(self, workbook: Workbook, outcome: Outcome) -> Outcome:
        opened, asked = self.opened, self.asked
        table, notes = choose(workbook, self.words, asked.sheet)
        unit = self._unit(workbook, table.facts.get("unit", ""))
        words, used = self._words(unit)
        if used:
            table, notes = choose(workbook, words, asked.sheet)
        before, findings = load.load_ledger(opened.workspace, unit, opened.terms)
        if before is None and findings:
            raise UneditableError(findings, path=findings[0].path)
        chosen = settled(workbook, table, words, opened.terms, before)
        said = table.facts.get("unit", "")
        if said and text.fold(text.clean(said)) not in self.names:
            notes = (*notes, t("import.note_unit_said", said=said, unit=opened.units.units[unit].name))
        chosen = replace(chosen, notes=(*notes, *chosen.notes, *self._strangers(chosen)))
        taken = Reader(chosen, opened.terms, unit, self.names).read()
        self._at_home(workbook.path, taken, before, unit)
        made = plan.compare(taken, before, opened.terms, asked.key, force=asked.force)
        return replace(outcome, unit=unit, chosen=chosen, taken=tuple(taken), plan=made, mapping=used)

    def _strangers(self, chosen: Chosen) -> list[str]:
        """Name the units of rows that the campaign does not know: perhaps places that were inspected, perhaps not."""
        columns = chosen.settled.chosen.get(UNIT_COLUMN, ())
        said = [text.clean(row.cells[column.number]) for column in columns for row in chosen.table.rows]
        strange = dict.fromkeys(name for name in said if name and text.fold(name) not in self.names)
        if not strange:
            return []
        shown = i18n.join([f"\u201c{name}\u201d" for name in list(strange)[:MOST_STRANGERS]])
        return [t("import.note_strangers", heading=columns[0].title, names=shown, count=len(strange))]

    def _unit(self, workbook: Workbook, said: str) -> str:
        """Tell the unit: as asked, else from the head line, else from the file's name; two that differ are a fault."""
        named = self.names.get(text.fold(text.clean(said)), "")
        if self.asked.unit:
            unit = lifecycle.unit_of(self.opened, self.asked.unit)
            if named and named != unit and not self.asked.force:
                raise OtherUnitError(path=workbook.path, said=said, meant=named, unit=unit)
            return unit
        stem = text.fold(text.clean(Path(workbook.path).stem))
        inside = sorted((name for name in self.names if len(name) > 1 and name in stem), key=len)
        from_name = self.names[inside[-1]] if inside else ""
        if named and from_name and named != from_name and named not in self.opened.units.under(from_name):
            raise OtherUnitError(path=workbook.path, said=said, meant=named, unit=from_name)
        unit = named or from_name
        if not unit:
            raise WhichUnitError(path=workbook.path, said=said or "—")
        if unit in self.done:
            raise TwiceError(path=workbook.path, first=self.done[unit], unit=unit)
        self.done[unit] = workbook.path
        return unit

    def _words(self, unit: str) -> tuple[Vocabulary, str]:
        name = self.asked.mapping or unit
        kept = mapping.kept(self.opened, name)
        if not kept:
            return self.words, ""
        return vocabulary(self.opened.terms, {**kept, **self.asked.map}), name

    def _at_home(self, path: str, taken: Sequence[Taken], before: Ledger | None, unit: str) -> None:
        """Make sure that ids this ledger does not have are nobody else's: a workbook laid on the wrong desk."""
        own = {text.fold(text.trim(raw)) for raw in (before.column("id") or ())} if before else set()
        strange = [name for one in taken if (name := text.fold(text.trim(one.cells.get("id", "")))) and name not in own]
        if not strange:
            return
        if self._owners is None:
            self._owners = _owners(self.opened)
        elsewhere = [name for name in strange if self._owners.get(name, unit) != unit]
        if elsewhere:
            ids = "\u3001".join(name.upper() for name in elsewhere[:3])
            raise ElsewhereError(path=path, ids=ids, unit=self._owners[elsewhere[0]])

    def _written(self, outcome: Outcome) -> Outcome:
        asked, made = self.asked, outcome.plan
        if made.idle and not made.refused:
            return outcome
        fresh = not self.opened.workspace.unit(outcome.unit).exists()  # what is refused leaves no folder behind
        if not (made.refused or asked.dry_run or fresh):
            with suppress(lifecycle.BringsErrorsError):
                return self._done(outcome, self._change(outcome, made, force=asked.force, dry_run=False))
        seen = self._change(outcome, made, force=True, dry_run=True)
        outcome = _checked(outcome, seen.findings, forced=asked.force)
        if not (outcome.plan.refused or asked.dry_run):  # all that is wrong is what is still to be filled in
            return self._done(outcome, self._change(outcome, made, force=True, dry_run=False))
        return self._in_part(outcome) if asked.partial else outcome

    def _in_part(self, outcome: Outcome) -> Outcome:
        """Write the rows that are not refused, or say that they would be."""
        refused = outcome.plan.refused
        rest = plan.without(outcome.plan, {one.row for one in refused})
        if not refused or rest.idle or any(one.row < 0 for one in refused):
            return outcome
        if self.asked.dry_run:
            return replace(outcome, plan=rest, partly=True)
        done = self._change(outcome, rest, force=True, dry_run=False)
        return replace(outcome, plan=rest, written=True, saved=Saved(done.path, done.old, done.new))

    @staticmethod
    def _done(outcome: Outcome, done: lifecycle.Changed) -> Outcome:
        outcome = _checked(outcome, done.findings, forced=True)
        return outcome if done.idle else replace(outcome, written=True, saved=Saved(done.path, done.old, done.new))

    def _change(self, outcome: Outcome, made: Plan, *, force: bool, dry_run: bool) -> lifecycle.Changed:
        changes = {one.at: {key: new for key, (_, new) in one.cells.items()} for one in made.changed}

        def choose_rows(reading: Reading) -> lifecycle.Changes:
            if reading.ledger.sha256 != made.sha256 if made.sha256 else reading.ledger.rows:
                raise ChangedByOthers(path=reading.ledger.path)
            return changes

        return lifecycle.change(
            self.opened, outcome.unit, choose_rows, [one.cells for one in made.added],
            by=self.asked.by, today=self.today, force=force, dry_run=dry_run, command="import", kind="import",
        )  # fmt: skip


def _unit_names(opened: Opened) -> dict[str, str]:
    """Give each way to name a unit; a name that two units share names none."""
    names: dict[str, set[str]] = {}
    for unit in opened.units.units.values():
        for name in {unit.id, unit.name}:
            names.setdefault(text.fold(text.clean(name)), set()).add(unit.id)
    return {name: next(iter(found)) for name, found in names.items() if len(found) == 1 and name}


def _owners(opened: Opened) -> dict[str, str]:
    owners: dict[str, str] = {}
    for unit in opened.units.units:
        found, _ = load.load_ledger(opened.workspace, unit, opened.terms)
        for raw in (found.column("id") or ()) if found else ():
            owners.setdefault(text.fold(text.trim(raw)), unit)
    return owners


def _line(outcome: Outcome, row: int) -> str:
    """Name an entry's row; its first cell where the entries are columns."""
    table = outcome.chosen.table if outcome.chosen else None
    return table.place(row, 0) if table and table.turned else f"{row + 1}"


def _checked(outcome: Outcome, findings: Sequence[Finding], *, forced: bool = False) -> Outcome:
    """Turn what the check says of the result into refusals and warnings about the table's own cells."""
    rows: dict[str, tuple[int, Mapping[str, str]]] = {
        text.fold(one.cells["id"]): (one.row, one.places) for one in outcome.plan.added
    }
    rows |= {text.fold(one.entry): (one.row, one.places) for one in outcome.plan.changed}
    refused: list[Refusal] = []
    warned: list[tuple[Finding, str]] = []
    known = {(one.row, one.key) for one in outcome.plan.refused}
    for finding in findings:
        row, places = rows.get(text.fold(text.trim(finding.entry)), (-1, {}))
        place = places.get(finding.field, "") or (_line(outcome, row) if row >= 0 else "")
        if finding.severity is Severity.ERROR and not (forced or finding.code in LACKING):
            if (row, finding.field) not in known:
                refused.append(Refusal(place, row, finding.field, finding.value, finding.code, finding.args))
        elif finding.severity is not Severity.NOTE:
            warned.append((finding, place))
    made = outcome.plan
    return replace(outcome, plan=replace(made, refused=(*made.refused, *refused), warnings=tuple(warned)))
