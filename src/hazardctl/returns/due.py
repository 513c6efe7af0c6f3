"""Find what is overdue and what is due soon: open entries whose deadline has a date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from hazardctl.cells import deadlines
from hazardctl.cells.terms import Cell
from hazardctl.reading import Reading
from hazardctl.records import immutable
from hazardctl.returns.workdays import Calendar, UnpublishedYearError

CLOSED = "done"


@immutable
class Due:
    """An open entry with a day on which it is due. `days` left until then, negative once it is overdue."""

    unit: str
    row: int
    day: date
    days: int
    extended: bool  # the day comes from a granted extension


def due_day(reading: Reading, row: int, calendar: Calendar) -> tuple[date | None, bool]:
    """Give the last day in time of a row, and whether it is an extended one; None where the deadline has no date."""
    for key, extended in (("extended_to", True), ("deadline", False)):
        if reading.uses(key):
            cell = reading.terms.read(key, reading.ledger.cell(row, key))
            if cell.value is not None:
                found = _cell(reading, row, "found_on").value if reading.uses("found_on") else None
                try:
                    return deadlines.due(cell.value, found, calendar.after), extended
                except UnpublishedYearError:
                    return None, extended
    return None, False


def is_open(reading: Reading, row: int) -> bool:
    """Tell whether an entry still has to be fixed; one whose status cannot be read is not fixed."""
    return not reading.uses("status") or _cell(reading, row, "status").value != CLOSED


def find(reading: Reading, calendar: Calendar, *, within: int = 0) -> Iterator[Due]:
    """Give the open entries that are overdue today or due within so many days, in the ledger's order."""
    last = reading.today + timedelta(days=within)
    for row in range(len(reading)):
        if is_open(reading, row):
            day, extended = due_day(reading, row, calendar)
            if day is not None and (day < reading.today or day <= last):
                yield Due(reading.ledger.unit, row, day, (day - reading.today).days, extended)


def _cell(reading: Reading, row: int, key: str) -> Cell:
    return reading.terms.read(key, reading.ledger.cell(row, key))
