"""Find what a table counts in two units (重复计数): hazards in the same words, ledgers that are copies of each other.

A check finds the same in the ledgers as they stand; here they are looked at as they are counted: as units sent them,
and without what a table leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from hazardctl import text
from hazardctl.findings import Finding
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.publishing.evidence import Record, Sources
from hazardctl.reading import Reading
from hazardctl.returns import returned
from hazardctl.returns.periods import Period
from hazardctl.returns.reasons import excused
from hazardctl.rules import across, twins
from hazardctl.statistics.plan import ENTRIES
from hazardctl.statistics.table import Table, Twins
from hazardctl.statistics.tracing import Traced

TWIN, COPY = "X104", "X103"
Pair = tuple[str, str]
"""An entry of one unit, and the same of another."""


def findings(opened: Opened, units: Sequence[str], sources: Sources, today: date) -> list[Finding]:
    """Find hazards in two units (X104) and ledgers without ids that are copies (X103), as the sources give them."""
    marks = (
        twins.marks(Reading(ledger, opened.terms, today))
        for unit in units
        if (ledger := _ledger(sources, unit)) is not None and ledger.rows
    )

    def reading_of(unit: str) -> Reading | None:
        ledger = _ledger(sources, unit)
        return Reading(ledger, opened.terms, today) if ledger is not None else None

    with across.Shown(marks) as shown:
        copies = [one for one in across.check(shown, lambda unit: _ledger(sources, unit)) if one.code == COPY]
        return [*copies, *twins.check(shown, reading_of)]


def _ledger(sources: Sources, unit: str) -> Ledger | None:
    source = sources(unit)
    return None if source.faults else source.ledger


def told(opened: Opened, record: Record, found: Sequence[Finding], period: Period | None) -> Table:
    """Give a record's table with remarks on what it counts in two units, and on what was said of it."""
    names = {unit.id: unit.name for unit in opened.units.units.values()}
    counted = [
        Twins(names[first], names[second], tuple(entries), sure=True)
        for (first, second), entries in sure(record, found).items()
    ] + [
        Twins(names[first], names[second], tuple(entries), reason)
        for (first, second, reason), entries in _alike(opened, record, found, period).items()
    ]
    return (
        replace(record.table, remarks=replace(record.table.remarks, twins=tuple(counted))) if counted else record.table
    )


def _alike(
    opened: Opened, record: Record, found: Sequence[Finding], period: Period | None
) -> dict[tuple[str, str, str], list[Pair]]:
    """Name the entries of two units that are told in the same words, by the two and what the second says of it."""
    at = {unit.unit: _counted(unit) for unit in record.units if unit.state == ENTRIES} if found else {}
    pairs: dict[tuple[str, str, str], list[Pair]] = {}
    for one in (one for one in found if one.code == TWIN):
        args = dict(one.args)
        here = at.get(one.unit, {}).get(_key(one.entry, str(one.line)))
        there = at.get(args["other"], {}).get(_key(args["other_entry"], args["other_line"]))
        if here and there:
            reason = _answer(opened, one, period) if period else ""
            pairs.setdefault((args["other"], one.unit, reason), []).append((there, here))
    return pairs


def sure(record: Record, found: Iterable[Finding]) -> dict[tuple[str, str], list[Pair]]:
    """Name the entries that two units have under one id, or in ledgers that are copies, by the two."""
    owners: dict[str, tuple[str, str]] = {}
    pairs: dict[tuple[str, str], list[Pair]] = {}
    for line in (line for unit in record.units for line in unit.lines if line.kind == "entry" and line.id):
        owner, name = owners.setdefault(text.fold(line.id), (line.unit, line.id))
        if owner != line.unit:
            pairs.setdefault((owner, line.unit), []).append((name, line.id))
    rows = {unit.unit: _counted(unit).values() for unit in record.units}
    for one in (one for one in found if one.code == COPY):
        if lines := rows.get(one.unit, ()):
            pairs[dict(one.args)["other"], one.unit] = [(name, name) for name in lines]
    return pairs


def _counted(unit: Traced) -> dict[str, str]:
    """Name the entries of a unit that a table counts somewhere: by id, or by line where they have none."""
    lines = (unit.lines[at] for at in {share.line for share in unit.shares})
    return {_key(line.id, str(line.line)): line.id or str(line.line) for line in lines if line.kind == "entry"}


def _key(entry: str, line: str) -> str:
    return text.fold(entry.strip()) or line


def _answer(opened: Opened, one: Finding, period: Period) -> str:
    """Give what a unit has answered for the very same words."""
    sent = returned.for_period(returned.of_unit(opened.workspace, one.unit)[0], period, opened)
    about = (one.code, one.entry, one.field, excused(one))
    given = sent[-1].answers if sent else ()
    return next((each.reason for each in given if (each.code, each.entry, each.field, each.value) == about), "")
