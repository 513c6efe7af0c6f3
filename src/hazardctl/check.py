"""Check a campaign: every file once, every rule on it, everything that was found in one list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path

from hazardctl import cache, engines, i18n, inspection, load, resources, verbs
from hazardctl.cells.terms import Terms
from hazardctl.errors import HazardError
from hazardctl.findings import Finding, order
from hazardctl.formats import yaml
from hazardctl.formats.encoding import UndecodableError, decode
from hazardctl.inspection import Inspected, State
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.publishing import ruled
from hazardctl.reading import Reading
from hazardctl.records import immutable
from hazardctl.returns import workdays
from hazardctl.returns.periods import Period
from hazardctl.rules import across, calendar, campaign, checklist, decisions, folders, merging, twins, units
from hazardctl.scope import EVERYTHING, Scope
from hazardctl.statistics.kernel import Counted
from hazardctl.workspace import Workspace

CHUNK = 60  # units sent out at a time: a multiple of those that are read together


@immutable
class UnitResult:
    """What one unit's files hold and what is wrong with them; small, since there may be many."""

    unit: str
    name: str = ""
    findings: tuple[Finding, ...] = ()
    entries: int = 0
    state: State = "missing"
    files: tuple[str, ...] = ()
    marks: across.Marks | None = None
    news: bool = False  # there is something its journal has not recorded, or a run that broke off has left something
    counted: tuple[Counted, ...] = ()  # for the tables that rules are held against


@immutable
class Checked:
    """What was checked and everything that was found, sorted by place."""

    findings: tuple[Finding, ...] = ()
    results: tuple[UnitResult, ...] = ()

    @property
    def entries(self) -> int:
        """Count the entries that were read."""
        return sum(result.entries for result in self.results)

    @property
    def files(self) -> tuple[str, ...]:
        """Name the files of units that were read."""
        return tuple(path for result in self.results for path in result.files)


def check(
    opened: Opened,
    today: date,
    scope: Scope = EVERYTHING,
    advance: Callable[[int], None] | None = None,
    engine: str = "local",
    *,
    read: Callable[[Sequence[UnitResult]], None] | None = None,
) -> Checked:
    """Check a campaign, or a part of it; `advance` is told how many units are done.

    `read` is given the units' results when all files have been read, before they are held against one another.
    """
    chosen = [unit.id for unit, _ in opened.units.walk()] if scope.units is None else scope.units
    own: list[Finding] = []
    if scope.campaign:  # first, while nothing is held of units: it needs as much again for a while
        own = [*campaign_findings(opened), *decisions.check(opened, today)]
    results: list[UnitResult] = []
    checking = cache.run(Checking(opened, today), chosen, CHUNK, engines.named(engine).run)
    with across.Shown() as shown:
        for number, result in enumerate(checking, 1):
            results.append(kept := _kept(opened, result))
            if result.marks is not None and scope.units is None:
                shown.add(result.marks, kept.unit)
            if advance:
                advance(number)
        if read:
            read(results)
        results += [check_loose(opened, path, today) for path in scope.loose]
        found = [finding for result in results for finding in result.findings]
        found += own
        found += across.check(shown, lambda unit: _ledger(opened, unit))
        found += twins.check(shown, lambda unit: _reading(opened, unit, today))
    if scope.units is None:
        found += ruled.findings(opened, {result.unit: result.counted for result in results}, today)
    else:
        for result in results:
            found += ruled.findings_of(opened, result.unit, result.counted, today) if result.counted else ()
    return Checked(
        tuple(sorted((finding for finding in found if scope.covers(finding.path)), key=order)), tuple(results)
    )


def _kept(opened: Opened, result: UnitResult) -> UnitResult:
    """Keep a result without its marks, and with the words that are here already: there may be very many."""
    known, marks = opened.units.units.get(result.unit), result.marks
    unit, name, files = result.unit, result.name, result.files
    if known is not None:
        unit, name = known.id, known.name
        files = tuple([marks.path if marks and path == marks.path else path for path in files])
    return UnitResult(
        unit, name, result.findings, result.entries, result.state, files, None, result.news, result.counted
    )


@immutable
class Checking:
    """The checks of units as a task that another process can be sent."""

    opened: Opened
    today: date
    language: str = field(default_factory=i18n.language)

    def __call__(self, units: Sequence[str]) -> Iterator[UnitResult]:
        """Check some units."""
        i18n.use(self.language)
        for seen in inspection.inspect_all(self.opened, units, self.today):
            yield _checked(self.opened, seen, self.today)

    def lost(self, unit: str) -> UnitResult:
        """Tell of a unit whose files end every process that reads them."""
        name = self.opened.units.units[unit].name
        return UnitResult(unit, name, (inspection.lost(self.opened, unit),), state="unread")


def check_unit(opened: Opened, unit: str, today: date, period: Period | None = None) -> UnitResult:
    """Check one unit: its files, and its rows of the tables, of a period where one is asked for."""
    seen = inspection.inspect(opened, unit, today)
    counted = ruled.counted(opened, seen, period)
    more = tuple(ruled.findings_of(opened, unit, counted, today, period)) if counted else ()
    more += tuple(ruled.lapsed(opened, seen, today))
    return _result(opened, seen, more, counted)


def _checked(opened: Opened, seen: Inspected, today: date) -> UnitResult:
    """Give what was found in one unit's files; depends on nothing but these files, the campaign and the day."""
    return _result(opened, seen, tuple(ruled.lapsed(opened, seen, today)), ruled.counted(opened, seen))


def _result(opened: Opened, seen: Inspected, more: tuple[Finding, ...], counted: tuple[Counted, ...]) -> UnitResult:
    known = opened.units.units.get(seen.unit)
    ledger = None if seen.reading is None else seen.reading.ledger
    marks = None
    if seen.reading is not None and ledger is not None and ledger.rows:
        marks = twins.marks(seen.reading)
    return UnitResult(
        seen.unit, known.name if known else seen.unit, seen.findings + more, len(ledger.rows) if ledger else 0,
        seen.state, seen.files, marks, seen.news or seen.left, counted,
    )  # fmt: skip


def check_ledger(ledger: Ledger, terms: Terms, today: date) -> list[Finding]:
    """Run every rule for ledgers on one."""
    return list(inspection.check_ledger(Reading(ledger, terms, today)))


def check_loose(opened: Opened, path: Path, today: date) -> UnitResult:
    """Check a ledger that stands in no unit's folder, by the campaign's rules."""
    name = opened.workspace.name(path)
    ledger, found = load.read_ledger(path, name, "", opened.terms)
    if ledger is not None:
        found += check_ledger(ledger, opened.terms, today)
    state: State = "unread" if ledger is None else "nil" if ledger.nil else "entries"
    return UnitResult("", path.name, tuple(found), len(ledger.rows) if ledger else 0, state, (name,))


def _ledger(opened: Opened, unit: str) -> Ledger | None:
    return load.load_ledger(opened.workspace, unit, opened.terms)[0]


def _reading(opened: Opened, unit: str, today: date) -> Reading | None:
    ledger = _ledger(opened, unit)
    return Reading(ledger, opened.terms, today) if ledger is not None else None


def campaign_findings(opened: Opened) -> Iterator[Finding]:
    """Find what is wrong in the campaign's own files: campaign.yaml, its own checklist, units.csv."""
    yield from opened.findings
    yield from _campaign_file(opened.workspace)
    if not opened.checklist_path.is_relative_to(resources.folder("checklists")):  # the shipped ones have been checked
        yield from checklist.check_file(opened.checklist_path, opened.workspace.name(opened.checklist_path))
    yield from units.check(opened)
    yield from folders.check(opened)
    yield from merging.check_campaign(opened)
    yield from workdays.load(opened.workspace)[1]


def _campaign_file(workspace: Workspace) -> Iterator[Finding]:
    name = workspace.name(workspace.campaign)
    try:
        text, _ = decode(workspace.campaign.read_bytes())
    except (OSError, UndecodableError):  # said when it was opened
        return
    tree = yaml.read(text, name)
    if tree.findings:
        return
    lines = text.splitlines()
    for finding in (*campaign.check(tree, name, workspace.root), *calendar.check(tree, name)):
        yield replace(finding, source=lines[finding.line - 1]) if 0 < finding.line <= len(lines) else finding


def unopened(workspace: Workspace, error: HazardError) -> Checked:
    """Find what else is wrong where campaign.yaml or the checklist cannot be used: all that does not need them."""
    found: list[Finding] = [*getattr(error, "findings", ()), *_campaign_file(workspace), *load.load_units(workspace)[1]]
    own = workspace.root / "checklists"
    for path in sorted(own.glob("*/*.yaml")):
        found += checklist.check_file(path, workspace.name(path))
    once = {(finding.path, finding.line, finding.column, finding.code): finding for finding in found}
    return Checked(tuple(sorted(once.values(), key=order)))


def verb(campaign: Opened, today: date | None = None) -> Checked:
    """Check a whole campaign: `hazardctl.check(campaign)`."""
    return check(campaign, verbs.day(today))


verbs.named_after(__name__)
