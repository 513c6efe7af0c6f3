"""Gather what reports speak of, as plain facts: texts, numbers and lists that a template can use by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hazardctl import engines, i18n, text
from hazardctl.campaign import named
from hazardctl.cells.terms import category_of, label_of
from hazardctl.findings import Severity
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.records import immutable
from hazardctl.reports.asked import Asked
from hazardctl.returns import due, periods, returned, workdays
from hazardctl.returns.workdays import Calendar
from hazardctl.units import Unit

if TYPE_CHECKING:  # a list of what reports may use needs none of it
    from hazardctl.inspection import Inspected

SOON = 7  # days ahead and back that a weekly report looks
HEAD = frozenset(("lang", "today", "campaign", "checklist", "issued", "starts", "ends", "stage", "period")) | frozenset(
    ("statuses", "entries", "late", "soon", "wrong", "drawn")
)
"""Names of facts that every report's template can use."""
CHUNK = 50  # units sent out at a time
LONGEST = 60  # cells of a description in a list


RECENT = ("found_on", "done_on")
"""Fields whose entries of the last week are counted."""


@immutable
class UnitFacts:
    """One unit as reports see it; small, since there may be many."""

    unit: Unit
    state: str
    entries: int = 0
    statuses: Mapping[str, int] = field(default_factory=dict)  # entries by status, "" for those that cannot be read
    recent: Mapping[str, int] = field(default_factory=dict)  # entries of the last week, by the field its ledger has
    late: tuple[dict[str, Any], ...] = ()
    soon: tuple[dict[str, Any], ...] = ()
    errors: int = 0
    warnings: int = 0


@immutable
class Gathering:
    """The facts of units as a task that another process can be sent."""

    opened: Opened
    asked: Asked
    language: str = field(default_factory=i18n.language)

    def __call__(self, units: Sequence[str]) -> Iterator[UnitFacts]:
        """Read some units."""
        from hazardctl.inspection import inspect_all

        i18n.use(self.language)
        calendar, _ = workdays.load(self.opened.workspace)
        for seen in inspect_all(self.opened, units, self.asked.today):
            yield _told(self.opened, seen, self.asked, calendar)

    def lost(self, unit: str) -> UnitFacts:
        """Tell of a unit whose files end every process that reads them."""
        return UnitFacts(self.opened.units.units[unit], "unread", errors=1)


def gather(opened: Opened, units: Sequence[str], asked: Asked) -> list[UnitFacts]:
    """Read units for a report, wherever the engine that is asked for does it."""
    return list(engines.named(asked.engine).run(Gathering(opened, asked), engines.chunked(units, CHUNK)))


def of_unit(opened: Opened, unit: Unit, asked: Asked, calendar: Calendar) -> tuple[UnitFacts, Reading | None]:
    """Read one unit for a report, and its ledger."""
    from hazardctl.inspection import inspect

    seen = inspect(opened, unit.id, asked.today)
    return _told(opened, seen, asked, calendar), seen.reading


def _told(opened: Opened, seen: Inspected, asked: Asked, calendar: Calendar) -> UnitFacts:
    """Tell of a unit that was inspected; what it has reported is told the way the roll-up tells it."""
    unit, reading, today = opened.units.units[seen.unit], seen.reading, asked.today
    counts = Counter(found.severity for found in seen.findings)
    found = UnitFacts(
        unit, _state(opened, unit, seen.state, 0 if reading is None else len(reading), asked),
        errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING],
    )  # fmt: skip
    if reading is None:
        return found
    dues = list(due.find(reading, calendar, within=SOON))
    return replace(
        found, entries=len(reading), statuses=_by_status(opened, reading), recent=_recent(reading, today),
        late=tuple(_due(opened, unit, reading, one) for one in dues if one.days < 0),
        soon=tuple(_due(opened, unit, reading, one) for one in dues if one.days >= 0),
    )  # fmt: skip


def _by_status(opened: Opened, reading: Reading) -> Mapping[str, int]:
    known = opened.checklist.statuses
    cells = reading.cells("status") if reading.uses("status") else ()
    return Counter(cell.value if cell.value in known else "" for cell in cells)


def _recent(reading: Reading, today: date) -> Mapping[str, int]:
    begun = today - timedelta(days=SOON)
    return {
        key: sum(cell.value is not None and begun < cell.value <= today for cell in reading.cells(key))
        for key in RECENT
        if reading.has(key)
    }


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
    counts: Counter[str] = Counter()
    for unit in units:
        counts.update(unit.statuses)
    rows = [
        {"key": key, "label": i18n.pick(label), "count": counts[key]}
        for key, label in opened.checklist.statuses.items()
    ]
    unread = counts[""]
    return [*rows, {"key": "unread", "label": i18n.t("report.unread_status"), "count": unread}] if unread else rows


def since(units: Iterable[UnitFacts], key: str) -> int | None:
    """Count the entries whose day lies in the last week; None where no ledger has the field."""
    counts = [unit.recent[key] for unit in units if key in unit.recent]
    return sum(counts) if counts else None


def entry(opened: Opened, reading: Reading, row: int) -> dict[str, Any]:
    """Give one entry's fields by key, as a person reads them, and its place."""
    facts: dict[str, Any] = {field.key: reading.ledger.cell(row, field.key).strip() for field in opened.terms.fields}
    line, _, _ = reading.ledger.where(row, "id")
    return facts | {"path": reading.ledger.path, "line": line}


def _due(opened: Opened, unit: Unit, reading: Reading, one: due.Due) -> dict[str, Any]:
    """Tell of one entry that is late or soon due. Departments are named, people are not."""
    return {
        "unit": unit.name,
        "id": reading.ledger.cell(one.row, "id"),
        "day": one.day.isoformat(),
        "days": abs(one.days),
        "extended": one.extended,
        "category": _category(opened, reading, one.row),
        "description": short(reading.ledger.cell(one.row, "description")),
        "department": reading.ledger.cell(one.row, "department").strip(),
    }


def dues(units: Iterable[UnitFacts], kind: str) -> list[dict[str, Any]]:
    """List what is `late` or `soon`, the most urgent first."""
    rows = (row for unit in units for row in getattr(unit, kind))
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
