"""A unit's sheet: its entries in the form's order, its figures of status, what is late and what is due."""

from __future__ import annotations

from typing import Any

from hazardctl import i18n
from hazardctl.load import Opened
from hazardctl.reports import facts
from hazardctl.reports.asked import Asked, Report
from hazardctl.returns.workdays import load as load_calendar

NAME = "unit"
NEEDS_UNIT = True
KNOWN = facts.HEAD | {"unit", "above", "state", "fields", "rows"}


def build(opened: Opened, asked: Asked) -> Report:
    """Gather one unit."""
    unit = opened.units.units[asked.unit]
    calendar, _ = load_calendar(opened.workspace)
    one, reading = facts.of_unit(opened, unit, asked, calendar)
    shown = [field for field in opened.terms.fields if reading is None or field.key in reading.ledger.index]
    rows = [facts.entry(opened, reading, row) for row in range(len(reading))] if reading else []
    gathered: dict[str, Any] = facts.head(opened, asked.today) | {
        "period": asked.period or "",
        "unit": unit.name,
        "above": [opened.units.units[name].name for name in reversed(opened.units.above(unit.id))],
        "state": one.state,
        "statuses": facts.statuses(opened, [one]),
        "entries": len(rows),
        "fields": [{"key": field.key, "label": i18n.pick(field.label)} for field in shown],
        "rows": rows,
        "late": facts.dues([one], "late"),
        "soon": facts.dues([one], "soon"),
        "wrong": {"errors": one.errors, "warnings": one.warnings},
    }
    return Report(gathered, {}, 1)
