"""Dates of a campaign and its checklist: stages, reporting periods, recurring reports.

C240: Two dates are in the wrong order.

    A stage ends before it begins, a return is due before its period begins, or a late limit lies before the due day.

    Fails::

        stages:
          - {name: 排查整治, from: 2022-09-08, to: 2022-08-11}

    Passes::

        stages:
          - {name: 排查整治, from: 2022-08-11, to: 2022-09-08}

C241: A named period cannot be told from a calendar one.

    `2022-08` always means August 2022; the name of a period of the campaign's own begins with a letter.

    Fails::

        periods:
          - {id: 2022-08, label: 八月}

    Passes::

        periods:
          - {id: annex1, label: 附件1报送}

C242: A recurring report does not say when it is due.

    It takes `every: month` with a `day`, or fixed days such as `on: [06-30, 01-15]`; where the document has
    lost the day, `uncertain: true` says so.

    Fails::

        schedules:
          - {id: monthly, label: 月报, on: [6月30日]}

    Passes::

        schedules:
          - {id: monthly, label: 月报, every: month, day: 30}
          - {id: summary, label: 总结报告, uncertain: true}

C243: Two of a kind have the same id.

    Stages have none; periods, recurring reports, forms, tables, duties, roles and notices are told apart by their ids.

    Fails::

        periods:
          - {id: annex1, label: 附件1报送}
          - {id: annex1, label: 附件3报送}

    Passes::

        periods:
          - {id: annex1, label: 附件1报送}
          - {id: annex3, label: 附件3报送}

C260: A row of the working-day calendar cannot be read.

    Files in `calendar/` have the columns date and kind; a kind is workday or holiday.

    Fails::

        # calendar/2022.csv
        date,kind
        2022-10-01,夜班

    Passes::

        # calendar/2022.csv
        date,kind
        2022-10-01,holiday
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from hazardctl.findings import Finding, Severity
from hazardctl.formats.yaml import Tree
from hazardctl.outline import Outline, listed, plain, words

CODES: Mapping[str, Severity] = {
    "C240": Severity.ERROR,
    "C241": Severity.ERROR,
    "C242": Severity.ERROR,
    "C243": Severity.ERROR,
    "C260": Severity.ERROR,
}
# In which order days of one mapping have to follow each other.
_ORDER = (
    ("starts", "ends"),
    ("from", "to"),
    ("from", "due"),
    ("due", "late_until"),
    ("due", "locks_on"),
    ("late_until", "locks_on"),
)
_WITH_IDS = (
    "periods",
    "schedules",
    "forms",
    "tables",
    "duties",
    "roles",
    "notices",
    "ledgers",
    "requirements",
    "figure_rules",
)
_NAME = re.compile(r"[^\W\d_][\w.\-]*", re.UNICODE)
_FIXED = re.compile(r"(?:\d{4}-)?(\d{2})-(\d{2})")
_LONGEST_DAY = {"week": 7, "month": 31, "quarter": 92, "half-year": 184, "year": 366, "day": 1}


def check(tree: Tree, path: str) -> Iterator[Finding]:
    """Find dates out of order, names of periods and reports that clash."""
    outline = Outline(tree, path, CODES)
    yield from _order(outline, tree.value, ())
    for section in ("stages", "periods"):
        for where, inner in listed(tree.value, section):
            yield from _order(outline, inner, where)
    for where, period in listed(tree.value, "periods"):
        if (name := plain(period, "id")) and not _NAME.fullmatch(name):
            yield outline.finding("C241", (*where, "id"), name)
    for where, schedule in listed(tree.value, "schedules"):
        yield from _schedule(outline, where, schedule)
    yield from _ids(outline)


def _order(outline: Outline, value: object, where: tuple[str | int, ...]) -> Iterator[Finding]:
    for first, second in _ORDER:
        before, after = (_day(plain(value, key)) for key in (first, second))
        if before and after and after < before:
            yield outline.finding(
                "C240", (*where, second), after.isoformat(), first=first, second=second, before=before.isoformat()
            )


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:  # the schema says so
        return None


def _schedule(outline: Outline, where: tuple[str | int, ...], schedule: object) -> Iterator[Finding]:
    every, day, days = plain(schedule, "every"), plain(schedule, "day"), words(schedule, "on")
    if not every and not days and plain(schedule, "uncertain") != "true":
        yield outline.finding("C242", where, plain(schedule, "id"))
    if day.isdigit() and not 1 <= int(day) <= _LONGEST_DAY.get(every, 31):
        yield outline.finding("C242", (*where, "day"), day)
    for at, given in enumerate(days):
        if not _is_day_of_year(given):
            yield outline.finding("C242", (*where, "on", at), given)


def _is_day_of_year(given: str) -> bool:
    if not (found := _FIXED.fullmatch(given)):
        return False
    year = given[:4] if len(given) == 10 else "2000"  # a year with a 29 February
    return _day(f"{year}-{found[1]}-{found[2]}") is not None


def _ids(outline: Outline) -> Iterator[Finding]:
    for section in _WITH_IDS:
        seen: set[str] = set()
        for where, inner in listed(outline.tree.value, section):
            name = plain(inner, "id")
            if name and name in seen:
                yield outline.finding("C243", (*where, "id"), name, section=section)
            seen.add(name)
