"""The kernel: a plan and some units in, one small partial per unit out. Every engine maps this and nothing else."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from hazardctl import i18n, load
from hazardctl.findings import Finding, Severity
from hazardctl.inspection import Inspected, inspect_all, lost
from hazardctl.journals import losses
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.merging import unsettled
from hazardctl.reading import Reading, Tally
from hazardctl.records import immutable
from hazardctl.returns.returned import is_nil
from hazardctl.statistics import lacking
from hazardctl.statistics.facets import BAD, LARGEST, Facet, facet
from hazardctl.statistics.partial import BLANK, EXACT, Number, Partial, Remark, Spot, plus
from hazardctl.statistics.plan import ENTRIES, MISSING, NIL, NOT_REQUIRED, Measure, Plan, subject_of
from hazardctl.statistics.reported import Settled, settle
from hazardctl.units import Unit, unsafe_id
from hazardctl.workspace import Workspace

WHOLE_FILE = frozenset({"F100", "F101", "F102", "F103", "F104", "F105", "F109", "F110"})
"""After these nobody can say that every row was read (F110: nor which of two ledgers holds)."""

Kernel = Callable[[Sequence[str]], Iterable["Counted"]]
Combination = tuple[str, ...]


@immutable
class Counted:
    """What the kernel says of one unit; `faults` are the findings for which its ledger could not be read whole."""

    unit: str
    partial: Partial
    faults: tuple[Finding, ...] = ()
    news: bool = False  # there is something its journal has not recorded, or a run that broke off has left something
    flawed: int = 0  # errors of its files, not of what they say


@immutable
class Counting:
    """The kernel as a task that another process can be sent."""

    opened: Opened
    plan: Plan
    today: date
    language: str = dataclasses.field(default_factory=i18n.language)

    def __call__(self, units: Sequence[str]) -> Iterator[Counted]:
        """Count some units."""
        i18n.use(self.language)
        return partials(self.opened.workspace.root, units, self.plan, self.today, self.opened)

    def lost(self, unit: str) -> Counted:
        """Tell of a unit whose files end every process that reads them."""
        found = lost(self.opened, unit)
        return Counted(unit, Partial({MISSING: 1}, findings={Severity.ERROR.value: 1}), (found,), flawed=1)


def partials(
    root: Path, units: Sequence[str], plan: Plan, today: date, at_hand: Opened | None = None
) -> Iterator[Counted]:
    """Count some units of the campaign in a folder; `at_hand` spares opening it again in the same process."""
    opened = at_hand or load.opened(Workspace(root))
    blocks = _kept(plan, opened)
    known = opened.units.units
    unsafe = {unit for unit in units if unsafe_id(unit)}  # it could name a folder anywhere; the checks say so
    seen = inspect_all(opened, (unit for unit in units if unit not in unsafe), today, Tally)
    for unit in units:
        if unit in unsafe:
            yield Counted(unit, Partial({MISSING: 1}, findings={Severity.ERROR.value: 1}), flawed=1)
        else:
            yield _counted(opened, known[unit], plan, blocks, next(seen))


def counted(opened: Opened, unit: Unit, plan: Plan, seen: Inspected) -> Counted:
    """Count a unit that has been inspected."""
    return _counted(opened, unit, plan, _kept(plan, opened), seen)


def _kept(plan: Plan, opened: Opened) -> Sequence[Block]:
    """Give a plan's blocks; found by the very plan, since hashing one for each unit takes long."""
    kept: tuple[Plan, Sequence[Block]] | None = opened.terms.kept.get(("blocks", id(plan)))
    if kept is None or kept[0] is not plan:
        kept = opened.terms.kept["blocks", id(plan)] = (plan, _blocks(plan, opened))
    return kept[1]


def _counted(opened: Opened, unit: Unit, plan: Plan, blocks: Sequence[Block], seen: Inspected) -> Counted:
    ledger = None if seen.reading is None else seen.reading.ledger
    times = Counter(map(id, seen.findings)) if seen.findings else {}  # one object stands for all of its code
    found = [(finding, times[at]) for at, finding in {id(finding): finding for finding in seen.findings}.items()]
    faults = tuple(finding for finding, _ in found if _is_fault(finding, ledger))
    keeps = opened.units.is_leaf(unit.id) or ledger is not None or bool(faults)
    state = _state(unit, None if faults else ledger, plan) if keeps else ""  # one that only holds others has none
    if state == MISSING and not faults and is_nil(opened, unit.id, plan.start, plan.end):
        state = NIL
    figures = settle(opened, seen.figures, plan) if seen.figures and state != NOT_REQUIRED else Settled()
    rows = len(ledger.rows) if ledger else 0
    amounts: dict[Spot, Number] = dict(figures.amounts)
    flawed = sum(often for one, often in found if one.code[0] in "FJM" and one.severity == Severity.ERROR)
    remarks: dict[Remark, int] = {("rows", ""): rows} if rows else {}
    remarks.update(figures.remarks)
    if state == ENTRIES and seen.reading is not None:
        remarks.update(_tally(seen.reading, blocks, figures.keys, amounts))
        if lacking.fields(seen.reading.ledger, seen.reading.terms) and (
            lost := lacking.facets({one.name: one for block in blocks for one in block.facets}.values(), seen.reading)
        ):
            lacking.blanked(amounts, lacking.measures(plan, lost))
            remarks = {**_without(remarks, lost), **lacking.remarks(plan, lost, rows)}
    elif state == NOT_REQUIRED and rows:
        remarks["closed", ""] = rows
    severities: dict[str, int] = {}
    for finding, often in found:
        severities[finding.severity.value] = severities.get(finding.severity.value, 0) + often
    return Counted(
        unit.id, Partial({state: 1} if state else {}, amounts, remarks, severities), faults,
        (seen.news and seen.begun) or seen.left, flawed,
    )  # fmt: skip


def _without(remarks: Mapping[Remark, int], lost: Mapping[str, str]) -> Mapping[Remark, int]:
    """Leave out what is told of a whole column already; rows of a table may depend on it all the same."""
    return {one: rows for one, rows in remarks.items() if one[0] != "uncounted" or one[1] not in lost.values()}


def _is_fault(finding: Finding, ledger: Ledger | None) -> bool:
    """Tell whether a ledger cannot be counted because of a finding: it is not whole, or cells of it are in question."""
    if finding.code in losses.LOSSES or finding.code == unsettled.OPEN:
        return True
    own = not finding.path.endswith("/figures.csv")
    return own and (finding.code in WHOLE_FILE or (ledger is None and finding.code.startswith("F")))


def _state(unit: Unit, ledger: Ledger | None, plan: Plan) -> str:
    """Tell what a unit's ledger says; headings alone are no answer."""
    start, end = plan.start or plan.opens, plan.end or plan.closes
    if not unit.open_on(date.fromisoformat(start) if start else date.min, date.fromisoformat(end) if end else date.max):
        return NOT_REQUIRED
    if ledger is not None and ledger.rows:
        return ENTRIES
    return NIL if ledger is not None and ledger.nil else MISSING


def _tally(
    reading: Reading, blocks: Sequence[Block], given: frozenset[str], amounts: dict[Spot, Number]
) -> Mapping[Remark, int]:
    uncounted: dict[Remark, int] = {}
    for block in blocks:
        unread: dict[Remark, int] = {}
        for combination, rows in block.combinations(reading).items():
            shares, bad = block.shared(combination)
            for share in shares:
                if given.issuperset(share.given):
                    more = rows if share.number is None else EXACT.multiply(share.number, Decimal(rows))
                    amounts[share.spot] = plus(amounts.get(share.spot, 0), more)
            for field in bad:
                unread["uncounted", field] = unread.get(("uncounted", field), 0) + rows
        for one, rows in unread.items():
            uncounted[one] = max(rows, uncounted.get(one, 0))  # the same rows, as a rule
    return uncounted


@immutable
class Share:
    """What each row of one combination adds to one measure: its number, or one."""

    spot: Spot
    given: tuple[str, ...]
    number: Decimal | None = None


class Block:
    """Measures that look at some facets: rows are counted by the combination of these, then shared out."""

    def __init__(self, facets: Sequence[Facet], measures: Sequence[tuple[int, Measure]], plan: Plan) -> None:
        self.facets, self.measures, self.group = facets, measures, plan.group
        self._memo: dict[Combination, tuple[list[Share], list[str]]] = {}

    def combinations(self, reading: Reading) -> Mapping[Combination, int]:
        """Count a ledger's rows by the combination of their facets."""
        if len(self.facets) == 1:  # as in most tables; a value alone is counted many times as quickly
            counted = Counter(reading.derived(self.facets[0], self.facets[0].column))
            return {(value,): rows for value, rows in counted.items()}
        return Counter(reading.derived(self, self._rows)) if self.facets else {(): len(reading)}

    def _rows(self, reading: Reading) -> list[Combination]:
        return list(zip(*(reading.derived(one, one.column) for one in self.facets), strict=True))

    def shared(self, combination: Combination) -> tuple[list[Share], list[str]]:
        """Tell what a row with this combination adds to, and the fields that kept it from being counted."""
        if combination not in self._memo:
            if len(self._memo) > LARGEST:
                self._memo.clear()
            self._memo[combination] = self._shared(combination)
        return self._memo[combination]

    def _shared(self, combination: Combination) -> tuple[list[Share], list[str]]:
        values = {one.name: value for one, value in zip(self.facets, combination, strict=True)}
        if values.get("known_by") == "out":
            return [], []
        unread = {name for name, value in values.items() if value == BAD}
        bad = {name for name in unread if ":" not in name or name.startswith("day:")}
        group = values[self.group].replace(BAD, "") if self.group else ""
        shares: list[Share] = []
        for number, measure in self.measures:
            if all(values[wanted.facet] in wanted.accept for wanted in measure.where):
                subject = subject_of(measure)
                bad |= unread & {subject}
                shares += _share(measure, number, group, values.get(subject, ""))
        return shares, [*dict.fromkeys(one.fields[0] for one in self.facets if one.name in bad)]


def _share(measure: Measure, number: int, group: str, value: str) -> list[Share]:
    if measure.kind == "count":
        return [Share((group, number, ""), measure.given)]
    if value == BAD:
        return []
    if measure.kind == "late":
        return [Share((group, number, value), measure.given)] if value else []
    return [Share((group, number, "" if value else BLANK), measure.given, Decimal(value) if value else None)]


def _blocks(plan: Plan, opened: Opened) -> list[Block]:
    """Put measures with one subject into one block, and all that only count into another."""
    wanted: dict[str, tuple[set[str], list[tuple[int, Measure]]]] = {}
    for number, measure in enumerate(plan.measures):
        if measure.kind != "figure":
            subject = subject_of(measure)
            names = {one.facet for one in measure.where} | {plan.group, subject} - {""}
            if "status" in opened.terms.by_key and "day:done_on" in names:
                names.add("status")  # where it cannot be read, nothing is known to be fixed: the reader is told
            everything, members = wanted.setdefault(subject, (set(), []))
            everything |= names
            members.append((number, measure))
    facets: dict[str, Facet] = {}
    blocks = []
    for names, measures in wanted.values():
        for name in sorted(names - facets.keys()):
            facets[name] = facet(name, plan, opened)
        blocks.append(Block([facets[name] for name in sorted(names)], measures, plan))
    return blocks
