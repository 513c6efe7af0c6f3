"""Name a reporting period (报告期): 2022-08-03, 2022-W36, 2022-08, 2022-Q3, 2022-H1, 2022, or the campaign's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from hazardctl.cells.date_forms import FIRST_YEAR, LAST_YEAR, month_end
from hazardctl.text import clean, fold, halfwidth

Kind = Literal["day", "week", "month", "quarter", "half", "year", "named"]
CALENDAR_KINDS: Final[tuple[Kind, ...]] = ("day", "week", "month", "quarter", "half", "year")
Named = Mapping[str, tuple[date, date]]
"""The campaign's own periods: name, first day, last day."""

_NONE: Final[Named] = {}
_Y = "(?P<y>[0-9]{4})"
_N = "(?P<n>[0-9]{1,2})"
_FORMS: Final[tuple[tuple[Kind, str], ...]] = (
    ("year", rf"{_Y}年?度?"),
    ("month", rf"{_Y}[-/]{_N}"),
    ("month", rf"{_Y}(?:\.(?P<n>[0-9]{{2}}|[2-9]))"),  # 2022.1 may have been 2022.10
    ("month", rf"{_Y}(?P<n>0[1-9]|1[0-2])"),
    ("month", rf"{_Y}年{_N}月份?"),
    ("week", rf"{_Y}-?w{_N}"),
    ("week", rf"{_Y}年?第?{_N}周"),
    ("quarter", rf"{_Y}-?q(?P<n>[1-4])"),
    ("quarter", rf"{_Y}年?第?(?P<n>[1-4一二三四])季度?"),
    ("half", rf"{_Y}-?h(?P<n>[12])"),
    ("half", rf"{_Y}年?(?P<n>[上下])半年"),
    ("day", rf"{_Y}(?P<s>[-/.])(?P<m>[0-9]{{1,2}})(?P=s){_N}"),
    ("day", rf"{_Y}年(?P<m>[0-9]{{1,2}})月{_N}日"),
    ("day", rf"{_Y}(?P<m>[0-9]{{2}})(?P<n>[0-9]{{2}})"),
)
_WORDS: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A run of days with a name; periods sort by their first day, then by their last."""

    start: date
    end: date
    key: str
    kind: Kind


def parse(text: str, named: Named = _NONE) -> Period | None:
    """Read a period as people write it, the campaign's own names first; none if it is not one."""
    wanted = fold(clean(text))
    for name, (start, end) in named.items():
        if fold(clean(name)) == wanted and start <= end:
            return Period(start, end, name, "named")
    return _calendar(text)


@lru_cache(4096)
def _calendar(text: str) -> Period | None:
    """Read a calendar period: every unit's returns name the same ones."""
    plain = fold(clean(halfwidth(text)))
    for kind, pattern in _FORMS:
        if found := re.fullmatch(pattern, plain):
            return _build(kind, found.groupdict())
    return None


def of(day: date, kind: Kind) -> Period:
    """Give the calendar period of a kind in which a day lies; a week belongs to the year of its Thursday."""
    if kind == "day":
        return Period(day, day, day.isoformat(), kind)
    if kind == "week":
        year, week, weekday = day.isocalendar()
        monday = day - timedelta(days=weekday - 1)
        return Period(monday, monday + timedelta(days=6), f"{year:04}-W{week:02}", kind)
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[kind]
    number = (day.month - 1) // months
    first = number * months + 1
    key = {"month": f"-{first:02}", "quarter": f"-Q{number + 1}", "half": f"-H{number + 1}", "year": ""}[kind]
    return Period(date(day.year, first, 1), month_end(day.year, first + months - 1), f"{day.year:04}{key}", kind)


def contains(period: Period, other: Period | date) -> bool:
    """Tell whether a day, or all of another period, lies in a period."""
    start, end = (other.start, other.end) if isinstance(other, Period) else (other, other)
    return period.start <= start and end <= period.end


def overlaps(period: Period, other: Period) -> bool:
    """Tell whether two periods share a day."""
    return period.start <= other.end and other.start <= period.end


def previous(period: Period, named: Named = _NONE) -> Period | None:
    """Give the period before: of the same kind, or the campaign's own one before it; none before the first."""
    if period.kind == "named":
        earlier = [other for other in _all(named) if other < period]
        return earlier[-1] if earlier else None
    return _in_range(period.start - timedelta(days=1), period.kind)


def following(period: Period, named: Named = _NONE) -> Period | None:
    """Give the period after: of the same kind, or the campaign's own one after it; none after the last."""
    if period.kind == "named":
        return next((other for other in _all(named) if other > period), None)
    return _in_range(period.end + timedelta(days=1), period.kind)


def _all(named: Named) -> list[Period]:
    return sorted(Period(start, end, name, "named") for name, (start, end) in named.items() if start <= end)


def _in_range(day: date, kind: Kind) -> Period | None:
    found = of(day, kind)
    return found if FIRST_YEAR <= int(found.key[:4]) <= LAST_YEAR else None


def _build(kind: Kind, groups: Mapping[str, str | None]) -> Period | None:
    year, number = int(groups["y"] or 0), groups.get("n") or "1"
    n = _WORDS.get(number) or int(number)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        if kind == "week":
            return of(date.fromisocalendar(year, n, 1), kind)
        month = {"day": int(groups.get("m") or 0), "month": n, "quarter": n * 3, "half": n * 6, "year": 1}[kind]
        return of(date(year, month, n if kind == "day" else 1), kind)
    except ValueError:
        return None
