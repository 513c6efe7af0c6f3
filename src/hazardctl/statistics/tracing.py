"""What stands behind a table's figures: each entry and reported figure with what it adds to which measure.

Counts row by row and apart from the kernel, so that the one is the proof of the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal

from hazardctl.figures import Figures, Reported
from hazardctl.findings import Finding
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.records import immutable
from hazardctl.statistics import lacking
from hazardctl.statistics.facets import BAD, Facet, facet
from hazardctl.statistics.partial import BLANK, LACKING, Number, Partial, Remark, total
from hazardctl.statistics.plan import ENTRIES, MISSING, NIL, NOT_REQUIRED, Measure, Plan, subject_of
from hazardctl.statistics.reported import Settled, settle
from hazardctl.units import Unit


@immutable
class Source:
    """What of a unit is counted: its ledger and figures as they stand, were sent, or were frozen."""

    ledger: Ledger | None = None
    figures: Figures | None = None
    nil: bool = False  # the unit has said in its return that there is nothing to report
    faults: tuple[Finding, ...] = ()  # for which its ledger cannot be counted


@immutable
class Line:
    """An entry, or a reported figure: where it stands, and the cells that decide where it counts.

    Of fields of which only is asked whether they are filled, the answer is kept under `filled:FIELD` and no content.
    """

    unit: str
    kind: str  # entry, figure
    id: str  # of the entry; the figure's period and key
    path: str
    line: int
    values: Mapping[str, str] = field(default_factory=dict)


@immutable
class Share:
    """What the line of a number adds to one measure; `day` and `group` as in a partial's spots."""

    line: int
    group: str
    measure: int
    day: str
    amount: Number


@immutable
class Traced:
    """One unit counted line by line: every entry of its ledger, and the figures that count."""

    unit: str
    state: str = ""
    lines: tuple[Line, ...] = ()
    shares: tuple[Share, ...] = ()
    remarks: Mapping[Remark, int] = field(default_factory=dict)
    faults: tuple[Finding, ...] = ()
    lacking: tuple[int, ...] = ()  # the measures its ledger has no column for

    def partial(self) -> Partial:
        """Add the shares up: the partial that the kernel gives for the same unit."""
        states = {self.state: 1} if self.state else {}
        parts = (Partial(amounts={(one.group, one.measure, one.day): one.amount}) for one in self.shares)
        lacking = {("", number, LACKING): 1 for number in self.lacking}
        return Partial(states, {**total(parts).amounts, **lacking}, dict(self.remarks))


def trace(opened: Opened, unit: Unit, plan: Plan, source: Source, today: date) -> Traced:
    """Count one unit line by line."""
    ledger = None if source.faults else source.ledger
    keeps = opened.units.is_leaf(unit.id) or source.ledger is not None or bool(source.faults) or source.nil
    state = _state(unit, ledger, plan, nil=source.nil and not source.faults) if keeps else ""
    settled = settle(opened, source.figures, plan) if source.figures and state != NOT_REQUIRED else Settled()
    rows = len(source.ledger.rows) if source.ledger else 0
    remarks = Counter(settled.remarks) + Counter({("rows", ""): rows})
    lines: list[Line] = []
    shares: list[Share] = []
    lost: Mapping[str, str] = {}
    if state == ENTRIES and ledger is not None:
        reading = Reading(ledger, opened.terms, today)
        remarks += _entries(reading, opened, plan, settled.keys, (lines, shares))
        lost = lacking.facets((facet(name, plan, opened) for name in sorted(_facets(plan, opened))), reading)
    elif state == NOT_REQUIRED:
        remarks += Counter({("closed", ""): rows})
    if source.figures:
        _figures(source.figures, plan, settled, (lines, shares))
    gone = lacking.measures(plan, lost)
    told = {one: often for one, often in remarks.items() if one[0] != "uncounted" or one[1] not in lost.values()}
    told |= lacking.remarks(plan, lost, rows)
    kept = tuple(share for share in shares if share.measure not in gone)
    return Traced(unit.id, state, tuple(lines), kept, told, source.faults, gone)


def _state(unit: Unit, ledger: Ledger | None, plan: Plan, *, nil: bool) -> str:
    start, end = plan.start or plan.opens, plan.end or plan.closes
    if not unit.open_on(date.fromisoformat(start) if start else date.min, date.fromisoformat(end) if end else date.max):
        return NOT_REQUIRED
    if ledger is not None and ledger.rows:
        return ENTRIES
    return NIL if nil or (ledger is not None and ledger.nil) else MISSING


Found = tuple[list[Line], list[Share]]


def _entries(reading: Reading, opened: Opened, plan: Plan, given: frozenset[str], found: Found) -> Counter[Remark]:
    """Add the entries that count anywhere; gives how many rows could not be read where they would have."""
    facets = {name: facet(name, plan, opened) for name in sorted(_facets(plan, opened))}
    columns = {name: one.column(reading) for name, one in facets.items()}
    lines, shares = found
    lines += [_line(reading, facets, columns, row) for row in range(len(reading))]
    unread: set[tuple[str, int]] = set()
    for number, measure in enumerate(plan.measures):
        if measure.kind == "figure":
            continue
        subject = subject_of(measure)
        unread.update(_out_of_reach(measure, plan, columns, len(reading)))
        for row in _matching(measure, columns, len(reading)):
            if subject and columns[subject][row] == BAD:
                unread.add((subject, row))
            elif given.issuperset(measure.given) and (share := _share(measure, columns, subject, row)):
                group = columns[plan.group][row].replace(BAD, "") if plan.group else ""
                shares.append(Share(row, group, number, *share))
    fields = {name: facets[name].fields[0] for name, _ in unread}
    return Counter(
        {("uncounted", key): len({row for name, row in unread if fields[name] == key}) for key in fields.values()}
    )


def _facets(plan: Plan, opened: Opened) -> set[str]:
    names = {plan.group} - {""}
    for measure in plan.measures:
        if measure.kind != "figure":
            names |= {one.facet for one in measure.where} | {subject_of(measure)} - {""}
    if "day:done_on" in names and "status" in opened.terms.by_key:
        names.add("status")
    return names


def _matching(measure: Measure, columns: Mapping[str, list[str]], rows: int) -> Iterator[int]:
    """Give the rows that meet every condition of a measure."""
    wanted = [(columns[one.facet], frozenset(one.accept)) for one in measure.where]
    return (row for row in range(rows) if all(column[row] in accept for column, accept in wanted))


def _out_of_reach(
    measure: Measure, plan: Plan, columns: Mapping[str, list[str]], rows: int
) -> Iterator[tuple[str, int]]:
    """Give the cells that keep a row from being judged: of fields that have to say something, and of days."""
    names = {one.facet for one in measure.where} | ({plan.group} - {""})
    if "day:done_on" in names and "status" in columns:
        names.add("status")
    for name in names:
        if ":" not in name or name.startswith("day:"):
            known = columns.get("known_by") if "known_by" in names else None
            for row in range(rows):
                if columns[name][row] == BAD and (known is None or known[row] != "out"):
                    yield name, row


def _share(measure: Measure, columns: Mapping[str, list[str]], subject: str, row: int) -> tuple[str, Number] | None:
    """Give the day and the amount one row adds to a measure, none where it adds nothing."""
    if measure.kind == "count":
        return "", 1
    value = columns[subject][row]
    if measure.kind == "late":
        return (value, 1) if value else None
    return ("", Decimal(value)) if value else (BLANK, 1)


def _line(reading: Reading, facets: Mapping[str, Facet], columns: Mapping[str, list[str]], row: int) -> Line:
    ledger = reading.ledger
    values: dict[str, str] = {}
    for name, one in facets.items():
        if name.startswith("filled:"):
            values[name] = columns[name][row]
        else:
            values |= {key: ledger.cell(row, key) for key in one.fields if key in ledger.index}
    if "status" in values and "done_on" in ledger.index:  # since when it has been as its status says
        values["done_on"] = ledger.cell(row, "done_on")
    known = {key: values[key] for key in reading.terms.by_key if key in values}
    return Line(
        ledger.unit, "entry", ledger.cell(row, "id").strip(), ledger.path, ledger.where(row, "id")[0],
        known | {key: value for key, value in values.items() if key not in known},
    )  # fmt: skip


def _figures(sheet: Figures, plan: Plan, settled: Settled, found: Found) -> None:
    """Add the figures that count."""
    lines, shares = found
    at: dict[int, int] = {}
    for number, measure in enumerate(plan.measures):
        if measure.kind != "figure" or not settled.keys >= {measure.key, *measure.given}:
            continue
        rows: Sequence[Reported] = settled.counted.get(measure.key, ())
        for row in rows:
            if row.row not in at:
                at[row.row] = len(lines)
                lines.append(_figure(sheet, row))
            day = next(spot[2] for spot in settled.amounts if spot[1] == number)
            shares.append(Share(at[row.row], "", number, day, row.value or Decimal()))


def _figure(sheet: Figures, row: Reported) -> Line:
    assert row.figure is not None
    assert row.period is not None
    values = {"period": row.period.key, "key": row.figure.key, "value": sheet.cell(row.row, "value")}
    name = f"{row.period.key}/{row.figure.key}"
    return Line(sheet.unit, "figure", name, sheet.path, sheet.where(row.row, "value")[0], values)
