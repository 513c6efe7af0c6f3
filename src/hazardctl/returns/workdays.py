"""Count working days: the published calendar of each year, and the campaign's own days in `calendar/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, timedelta

from hazardctl.cells.dates import parse_day
from hazardctl.findings import Finding, Severity
from hazardctl.formats import csv
from hazardctl.records import immutable
from hazardctl.workspace import Workspace

_WORK = frozenset({"workday", "work", "工作日", "上班", "班", "调休上班"})
_REST = frozenset({"holiday", "rest", "休息日", "节假日", "放假", "休", "假"})


class UnpublishedYearError(ValueError):
    """The holidays of a year are not published yet, and the campaign does not give them."""


@immutable
class Calendar:
    """Working days. `own` holds the campaign's own days and wins over the published calendar.

    `provisional` counts Monday to Friday in a year whose holidays are not published; otherwise such a year is refused.
    """

    own: Mapping[date, bool] = field(default_factory=dict)
    provisional: bool = False

    def is_workday(self, day: date) -> bool:
        """Tell whether a day is a working day; raises UnpublishedYearError where nobody knows yet."""
        if day in self.own:
            return self.own[day]
        import chinese_calendar

        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            if self.provisional or any(known.year == day.year for known in self.own):
                return day.weekday() < 5
            raise UnpublishedYearError(day.year) from None

    def after(self, day: date, number: int) -> date:
        """Give the n-th working day after a day."""
        while number > 0:
            day += timedelta(days=1)
            number -= self.is_workday(day)
        return day


def load(workspace: Workspace, *, provisional: bool = False) -> tuple[Calendar, list[Finding]]:
    """Load the campaign's own days: `calendar/*.csv` with the columns date and kind (workday or holiday)."""
    own: dict[date, bool] = {}
    found: list[Finding] = []
    for path in sorted((workspace.root / "calendar").glob("*.csv")):
        sheet = csv.read(path.read_bytes(), workspace.name(path))
        found += sheet.findings
        for number, row in enumerate(sheet.rows):
            day, kind = parse_day(row[0]).date, row[1].strip().lower() if len(row) > 1 else ""
            if day is None or kind not in _WORK | _REST:
                line, column = sheet.place(number, 0 if day is None else 1)
                found.append(
                    Finding("C260", Severity.ERROR, sheet.path, line, column, value=row[0 if day is None else 1])
                )
            else:
                own[day] = kind in _WORK
    return Calendar(own, provisional), found
