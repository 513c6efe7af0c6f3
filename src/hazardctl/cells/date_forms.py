"""Know the forms in which a day is written, and what each of them means.

The forms work on prepared text (`dates.prepare`): ASCII digits, no gaps at separators.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from hazardctl.records import immutable

FIRST_YEAR: Final = 1950  # a cell that held 15 and was formatted as a date says 1900-01-15
LAST_YEAR: Final = 2199
FIRST_SERIAL: Final = 22000  # in March 1960; below, 20229 is rather a slip for 2022.9 than a day in 1955
LAST_SERIAL: Final = 80000  # in January 2119
MOST_YEARS_AWAY: Final = 30
"""A day number further from the campaign's years is no day number."""

_ZERO_DATES: Final = frozenset(
    [(0, 0, 0), (1, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 0), (1900, 1, 1), (1904, 1, 1), (1970, 1, 1)]
)
_SERIAL_ZERO: Final = date(1899, 12, 30)
_SERIAL_1970: Final = 25569
_WEEKDAYS: Final = "一二三四五六日"
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


@immutable
class Day:
    """One day as it was read; `problem` and `mark` are empty where there is one.

    `mark` names what stands there instead: blank, filler, ditto, not_applicable, zero_date.
    """

    date: date | None = None
    spelling: str = ""  # 2022-09-06
    liberties: tuple[str, ...] = ()
    mark: str = ""
    problem: str = ""
    args: tuple[tuple[str, str], ...] = ()

    @property
    def guessed_year(self) -> bool:
        """Tell whether the year was taken from the campaign."""
        return "guessed_year" in self.liberties


UNCLEAR: Final = Day(problem="unclear")
_ZERO: Final = Day(mark="zero_date", liberties=("zero_date",))
Reader = Callable[["re.Match[str]", tuple[int, ...]], Day]


def read(plain: str, years: tuple[int, ...]) -> Day:
    """Read prepared text as one day; `unclear` if it is not one. The liberties are those of the form alone."""
    found = re.fullmatch(_TIMED, plain) if not _TIME_SIGNS.isdisjoint(plain) else None
    core, time = (found["core"], found.groupdict()) if found else (plain, {})
    for pattern, reader in _forms_for(core):
        if form := re.fullmatch(pattern, core):
            day = reader(form, years)
            return _with_time(day, time | form.groupdict()) if day.date else day
    return UNCLEAR


def _forms_for(core: str) -> tuple[tuple[str, Reader], ...]:
    """Give the forms worth trying: a pattern is compiled on its first use, and most ledgers use three of them."""
    if core[-1:] in _NEVER_LAST:
        return ()
    if "月" in core or "年" in core:
        return _CHINESE
    return _NAMED if any("a" <= c <= "z" for c in core.lower()) else _NUMERIC


def on(year: int, month: int, day: int, *liberties: str) -> Day:
    """Give the day of these numbers, or say why there is none."""
    if (year, month, day) in _ZERO_DATES:
        return _ZERO
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Day(problem="year_out_of_range")
    try:
        value = date(year, month, day)
    except ValueError:
        return Day(problem="no_such_day")
    return Day(value, value.isoformat(), liberties)


def month_end(year: int, month: int) -> date:
    """Give the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def in_years(month: int, day: int, years: tuple[int, ...]) -> Day:
    """Give the day in the only one of `years` that has it."""
    if not on(2000, month, day).date:
        return Day(problem="no_such_day")
    fitting = [year for year in years if on(year, month, day).date]
    if len(fitting) == 1:
        return on(fitting[0], month, day, "guessed_year")
    return Day(problem="no_such_day" if years and not fitting else "no_year")


def short_year(year: int, month: int, day: int, years: tuple[int, ...]) -> Day:
    """Refuse a year of two digits, and suggest the day where no other is likely."""
    meant = on(2000 + year, month, day).spelling
    likely = 2000 + year in years if years else year > 12  # up to 12 it may as well be the month
    return Day(problem="two_digit_year", args=(("suggestion", meant if likely else ""),))


def _numbers(found: re.Match[str]) -> tuple[int, int, int]:
    return int(found["y"]), int(found["m"]), int(found["d"])


def _year_first(found: re.Match[str], _years: tuple[int, ...]) -> Day:
    return on(*_numbers(found))


def _short_year(found: re.Match[str], years: tuple[int, ...]) -> Day:
    return short_year(*_numbers(found), years)


def _year_last(found: re.Match[str], _years: tuple[int, ...]) -> Day:
    first, second, year = int(found["a"]), int(found["b"]), int(found["y"])
    if first == second:
        return on(year, first, second)
    if second > 12:
        return on(year, first, second, "month_first")
    if first > 12:
        return on(year, second, first, "day_first")
    readings = (("first", on(year, first, second).spelling), ("second", on(year, second, first).spelling))
    return Day(problem="ambiguous", args=readings)


def _no_year(found: re.Match[str], years: tuple[int, ...]) -> Day:
    return in_years(int(found["m"]), int(found["d"]), years)


def _no_year_bare(found: re.Match[str], years: tuple[int, ...]) -> Day:
    month, day = int(found["m"]), found["d"]
    if not 1 <= month <= 12:
        return UNCLEAR
    if found["s"] == "." and day in ("1", "2", "3"):  # 9.10 typed into a number cell comes back as 9.1
        return Day(problem="ambiguous", args=(("first", f"{month}月{day}日"), ("second", f"{month}月{day}0日")))
    read_as = in_years(month, int(day), years)
    return replace(read_as, liberties=(*read_as.liberties, "month_first")) if read_as.date else read_as


def _named_month(found: re.Match[str], years: tuple[int, ...]) -> Day:
    name = found["name"].lower()
    month = next((n for n, full in enumerate(_MONTHS, 1) if name in (full, full[:3]) or name == "sept" == full[:4]), 0)
    if not month:
        return UNCLEAR
    year, day = found["y"], int(found["d"])
    if not year:
        return in_years(month, day, years)
    return short_year(int(year), month, day, years) if len(year) == 2 else on(int(year), month, day)


def _serial(found: re.Match[str], years: tuple[int, ...]) -> Day:
    number = int(found["n"])
    if number in (0, _SERIAL_1970):
        return _ZERO
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        return UNCLEAR
    value = _SERIAL_ZERO + timedelta(days=number)
    if years and not min(years) - MOST_YEARS_AWAY <= value.year <= max(years) + MOST_YEARS_AWAY:
        return UNCLEAR
    timed = ("time",) if (found["f"] or "").strip(".0") else ()
    return Day(value, value.isoformat(), ("serial", *timed))


def _month_only(_found: re.Match[str], _years: tuple[int, ...]) -> Day:
    return Day(problem="no_day")


def _with_time(day: Day, groups: dict[str, str | None]) -> Day:
    """Check the weekday and the time of day written beside a day, and drop them."""
    value, said = day.date, (groups.get("w") or "").replace("天", "日")
    assert value is not None
    if said and _WEEKDAYS.index(said) != value.weekday():
        return Day(problem="weekday", args=(("said", said), ("is", _WEEKDAYS[value.weekday()])))
    if not groups.get("h"):
        return day
    hour = int(groups["h"] or 0)
    minute = int(groups.get("min") or groups.get("min2") or 0)
    if hour > 24 or minute > 59 or int(groups.get("sec") or 0) > 59:
        return Day(problem="no_such_time")
    if (zone := groups.get("zone")) and (moved := _moved(hour * 60 + minute, zone)):
        return Day(problem="time_zone", args=(("suggestion", (value + timedelta(days=moved)).isoformat()),))
    return replace(day, liberties=(*day.liberties, "time")) if hour or minute else day


def _moved(minutes: int, zone: str) -> int:
    """Count the days between the date written and the date in China at that moment."""
    digits = zone[1:].replace(":", "")
    offset = int(digits[:2]) * 60 + int(digits[2:]) if digits else 0
    return (minutes + (offset if zone[0] == "-" else -offset) + 8 * 60) // (24 * 60)


_HALF_DAY = "(?:上午|下午|晚上?|早上?|中午|凌晨)"
_CLOCK = (
    r"(?P<h>[0-9]{1,2})(?::(?P<min>[0-9]{2})(?::(?P<sec>[0-9]{2})(?:\.[0-9]{1,9})?)?"
    "|[时点](?:(?P<min2>[0-9]{1,2})分?|半|整)?)"
)
_TIMED = (
    r"(?P<core>.+?)(?:\(?(?:星期|周|礼拜)(?P<w>[一二三四五六日天])\)?)?"
    rf"(?:(?:[Tt ]|(?<=[日号)一二三四五六天])|{_HALF_DAY}){_HALF_DAY}?{_CLOCK}"
    r"(?: ?[AaPp][Mm])?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_TIME_SIGNS: Final = frozenset(":时点周期拜")
_NEVER_LAST: Final = frozenset("前内底末旬")
_D = "(?P<d>[0-9]{1,2})[日号]?"
_M = "(?P<m>[0-9]{1,2})"
_Y = "(?P<y>[0-9]{4})"
_YY = "(?P<y>[0-9]{2})"
_CENTURIES = "(?:19|20|21)[0-9][0-9]"
_CHINESE: Final = (
    (rf"{_Y}年{_M}[月./]{_D}", _year_first),
    (rf"{_M}月{_D}", _no_year),
    (rf"{_Y}[-./ ]{_M}月{_D}", _year_first),
    (rf"{_YY}年{_M}月{_D}", _short_year),
    (rf"{_CENTURIES}[-./年](?:[0-9]{{1,2}}(?:月份?)?)?|[0-9]{{1,2}}月份?", _month_only),
)
_NUMERIC: Final = (
    (rf"{_Y}(?P<s>[-./,、\\—]){_M}(?P=s){_D}", _year_first),
    (rf"{_Y} {_M} {_D}", _year_first),
    (
        rf"{_Y}(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})(?:(?P<h>[0-9]{{2}})(?P<min>[0-9]{{2}})(?P<sec>[0-9]{{2}})?)?",
        _year_first,
    ),
    (rf"(?P<a>[0-9]{{1,2}})(?P<s>[-./])(?P<b>[0-9]{{1,2}})(?P=s){_Y}", _year_last),
    (rf"(?P<y>[0-9]{{1,2}})(?P<s>[-./]){_M}(?P=s){_D}", _short_year),
    (rf"{_YY}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])", _short_year),
    (rf"{_CENTURIES}(?:[-./][0-9]{{1,2}})?", _month_only),
    (rf"{_M}(?P<s>[./]){_D}", _no_year_bare),
    (r"(?P<n>[0-9]{1,5})(?P<f>\.[0-9]{1,12})?", _serial),
)
_ORDINAL = "(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?"
_NAMED: Final = (
    (rf"{_ORDINAL}[-, ](?P<name>[A-Za-z]{{3,9}})\.?(?:[-, ](?P<y>[0-9]{{4}}|[0-9]{{2}}))?", _named_month),
    (rf"(?P<name>[A-Za-z]{{3,9}})[. ]{_ORDINAL}(?:[, ](?P<y>[0-9]{{4}}))?", _named_month),
)
