"""The weekly report: who has reported, the statistics table, what is late, what is due, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hazardctl.load import Opened
from hazardctl.reports import facts
from hazardctl.reports.asked import Asked, Report
from hazardctl.returns import status
from hazardctl.returns.status import Status

if TYPE_CHECKING:
    from hazardctl.statistics.table import Table

NAME = "weekly"
NEEDS_UNIT = False
KNOWN = facts.HEAD | {"unit", "units", "found", "done"}


def build(opened: Opened, asked: Asked) -> Report:
    """Gather the whole campaign, or a unit and those below it, unit by unit."""
    from hazardctl.rollup import roll_up

    chosen = opened.units.under(asked.unit) if asked.unit else [unit.id for unit, _ in opened.units.walk()]
    leaves = [unit for unit in chosen if opened.units.is_leaf(unit) or opened.workspace.ledgers(unit)]
    units = facts.gather(opened, leaves, asked)
    table = None
    if opened.checklist.tables:
        unit = asked.unit or None
        table = roll_up(opened, period=asked.period, unit=unit, today=asked.today, engine=asked.engine)
    spared = _not_required(table)
    expected = [one for one in units if (one.unit.id not in spared if table else _open(one, asked))]
    found = status.status(opened, asked.period, asked.today, engine=asked.engine) if asked.period else None
    found = status.below(found, opened, asked.unit) if found and asked.unit else found
    gathered: dict[str, Any] = facts.head(opened, asked.today) | {
        "period": asked.period or "",
        "unit": opened.units.units[asked.unit].name if asked.unit else "",
        "units": _returns(found) if found else _ledgers(expected),
        "statuses": facts.statuses(opened, units),
        "entries": sum(one.entries for one in units),
        "found": facts.since(units, "found_on"),
        "done": facts.since(units, "done_on"),
        "late": facts.dues(units, "late"),
        "soon": facts.dues(units, "soon"),
        "wrong": [
            {"unit": one.unit.name, "errors": one.errors, "warnings": one.warnings}
            for one in units
            if one.errors or one.warnings
        ],
    }
    return Report(gathered, {"table": table} if table else {}, len(units))


def _returns(found: Status) -> dict[str, Any]:
    """Tell who has sent a return for the period: the figures of `status`."""
    own = [row.standing for row in found.rows if row.standing is not None]
    return {
        "by": "returns",
        "expected": found.total.expected,
        "reported": found.total.received - found.total.nil,
        "nil": [one.unit.name for one in own if one.state == "nil"],
        "missing": [one.unit.name for one in found.chase],
        "late": found.total.late,
        "due": found.clock.due.isoformat(),
    }


def _ledgers(expected: Sequence[facts.UnitFacts]) -> dict[str, Any]:
    """Tell, for no period in particular, which units have a ledger that says something."""
    return {
        "by": "ledgers",
        "expected": len(expected),
        "reported": sum(one.state == "entries" for one in expected),
        "nil": [one.unit.name for one in expected if one.state == "nil"],
        "missing": [one.unit.name for one in expected if one.state in ("missing", "unread")],
        "late": 0,
        "due": "",
    }


def _not_required(table: Table | None) -> frozenset[str]:
    """Name the units the table asks nothing of, so that the report's sentences and its table count the same units."""
    rows = table.rows if table else ()
    return frozenset(row.unit.removesuffix("/own") for row in rows if row.state == "not_required")


def _open(one: facts.UnitFacts, asked: Asked) -> bool:
    return one.unit.open_on(asked.today, asked.today)
