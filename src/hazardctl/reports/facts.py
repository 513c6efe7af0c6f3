"""Gather what reports speak of, as plain facts: texts, numbers and lists that a template can use by name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from hazardctl import i18n, text
from hazardctl.campaign import named
from hazardctl.cells.terms import category_of, label_of
from hazardctl.findings import Severity
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.records import immutable
from hazardctl.reports.asked import Asked
from hazardctl.returns import due, periods, returned
from hazardctl.returns.workdays import Calendar
from hazardctl.units import Unit

SOON = 7  # days ahead and back that a weekly report looks
HEAD = frozenset(("lang", "today", "campaign", "checklist", "issued", "starts", "ends", "stage", "period")) | frozenset(
    ("statuses", "entries", "late", "soon", "wrong", "drawn")
)
"""Names of facts that every report's template can use."""
LONGEST = 60  # cells of a description in a list


@immutable
class UnitFacts:
    """One unit as reports see it."""

    unit: Unit
    state: str
    reading: Reading | None
    late: tuple[due.Due, ...]
    soon: tuple[due.Due, ...]
    errors: int
    warnings: int


def of_unit(opened: Opened, unit: Unit, asked: Asked, calendar: Calendar) -> UnitFacts:
    """Read one unit for a report; what it has reported is told the way the roll-up tells it."""
    from hazardctl.inspection import inspect

    today = asked.today
    result = inspect(opened, unit.id, today)
    counts = {severity: sum(found.severity is severity for found in result.findings) for severity in Severity}
    reading = result.reading
    dues = tuple(due.find(reading, calendar, within=SOON)) if reading else ()
    return UnitFacts(
        unit,
        _state(opened, unit, result.state, 0 if reading is None else len(reading), asked),
        reading,
        tuple(one for one in dues if one.days < 0),
        tuple(one for one in dues if one.days >= 0),
        counts[Severity.ERROR],
        counts[Severity.WARNING],
    )


def _state(opened: Opened, unit: Unit, state: str, entries: int, asked: Asked) -> str:
    if state not in ("entries", "missing") or entries:
        return state
    period = periods.parse(asked.period, named(opened.campaign, opened.checklist)) if asked.period else None
    start, end = (period.start.isoformat(), period.end.isoformat()) if period else ("", "")
    return "nil" if returned.is_nil(opened, unit.id, start, end) else "missing"


def head(opened: Opened, today: date) -> dict[str, Any]:
    """Give what every report begins with."""
    checklist, campaign = opened.checklist, opened.campaign
    issued = checklist.issued
    return {
        "lang": i18n.language(),
        "today": today.isoformat(),
        "campaign": i18n.pick(campaign.name),
        "checklist": i18n.pick(checklist.title),
        "issued": " ".join(filter(None, (issued.by, issued.number))) if issued else "",
        "starts": _day(campaign.starts or checklist.starts),
        "ends": _day(campaign.ends or checklist.ends),
        "stage": _stage(opened, today),
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _stage(opened: Opened, today: date) -> str:
    for stage in opened.campaign.stages or opened.checklist.stages:
        if stage.from_ and stage.to and stage.from_ <= today <= stage.to:
            return i18n.pick(stage.name)
    return ""


def statuses(opened: Opened, units: Iterable[UnitFacts]) -> list[dict[str, Any]]:
    """Count entries by status; those whose status cannot be read stand last, so that the sum is the whole."""
    counts: dict[str, int] = dict.fromkeys(opened.checklist.statuses, 0)
    unread = 0
    for unit in units:
        for cell in unit.reading.cells("status") if unit.reading and unit.reading.uses("status") else ():
            if cell.value in counts:
                counts[cell.value] += 1
            else:
                unread += 1
    rows = [
        {"key": key, "label": i18n.pick(opened.checklist.statuses[key]), "count": count}
        for key, count in counts.items()
    ]
    return [*rows, {"key": "unread", "label": i18n.t("report.unread_status"), "count": unread}] if unread else rows


def since(units: Iterable[UnitFacts], key: str, today: date) -> int | None:
    """Count the entries whose day lies in the last week; None where no ledger has the field."""
    count, known = 0, False
    for unit in units:
        if unit.reading and unit.reading.has(key):
            known = True
            count += sum(
                cell.value is not None and today - timedelta(days=SOON) < cell.value <= today
                for cell in unit.reading.cells(key)
            )
    return count if known else None


def entry(opened: Opened, reading: Reading, row: int) -> dict[str, Any]:
    """Give one entry's fields by key, as a person reads them, and its place."""
    facts: dict[str, Any] = {field.key: reading.ledger.cell(row, field.key).strip() for field in opened.terms.fields}
    line, _, _ = reading.ledger.where(row, "id")
    return facts | {"path": reading.ledger.path, "line": line}


def dues(opened: Opened, units: Iterable[UnitFacts], kind: str) -> list[dict[str, Any]]:
    """List what is `late` or `soon`, the most urgent first. Departments are named, people are not."""
    rows = []
    for unit in units:
        for one in getattr(unit, kind):
            reading = unit.reading
            if reading is None:
                continue
            rows.append(
                {
                    "unit": unit.unit.name,
                    "id": reading.ledger.cell(one.row, "id"),
                    "day": one.day.isoformat(),
                    "days": abs(one.days),
                    "extended": one.extended,
                    "category": _category(opened, reading, one.row),
                    "description": short(reading.ledger.cell(one.row, "description")),
                    "department": reading.ledger.cell(one.row, "department").strip(),
                }
            )
    return sorted(rows, key=lambda row: (row["day"], row["unit"], row["id"]))


def _category(opened: Opened, reading: Reading, row: int) -> str:
    if not reading.uses("category"):
        return ""
    code = reading.terms.read("category", reading.ledger.cell(row, "category")).value
    known = opened.terms.categories.get(category_of(code, opened.terms)) if code else None
    return label_of(known.title, i18n.language()) if known else reading.ledger.cell(row, "category")


def short(words: str) -> str:
    """Cut a text for a list, on one line."""
    words = " ".join(words.split())
    if text.width(words) <= LONGEST:
        return words
    kept = ""
    for char in words:
        if text.width(kept + char) > LONGEST - 2:
            break
        kept += char
    return kept + "…"
