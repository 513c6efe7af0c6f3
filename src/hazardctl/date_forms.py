"""Know the forms in which a day is written, and what each of them means.

The forms work on prepared text (`dates.prepare`): ASCII digits, no gaps at separators.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

FIRST_YEAR: Final = 1950  # a cell that held 15 and was formatted as a date says 1900-01-15
LAST_YEAR: Final = 2199
FIRST_SERIAL: Final = 20000
LAST_SERIAL: Final = 80000

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


@dataclass(frozen=True, slots=True)
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
    for pattern, reader in _FORMS:
        if found := pattern.fullmatch(plain):
            day = reader(found, years)
            return _with_time(day, found.groupdict()) if day.date else day
    return UNCLEAR


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


def _serial(found: re.Match[str], _years: tuple[int, ...]) -> Day:
    number = int(found["n"])
    if number in (0, _SERIAL_1970):
        return _ZERO
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        return UNCLEAR
    value = _SERIAL_ZERO + timedelta(days=number)
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
_CLOCK = r"(?P<h>\d{1,2})(?::(?P<min>\d{2})(?::(?P<sec>\d{2})(?:\.\d{1,9})?)?|[时点](?:(?P<min2>\d{1,2})分?|半|整)?)"
_TAIL = (
    r"(?:\(?(?:星期|周|礼拜)(?P<w>[一二三四五六日天])\)?)?"
    rf"(?:(?:[Tt ]|(?<=[日号)一二三四五六天])|{_HALF_DAY}){_HALF_DAY}?{_CLOCK}"
    r"(?: ?[AaPp][Mm])?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_D = r"(?P<d>\d{1,2})[日号]?"
_M = r"(?P<m>\d{1,2})"
_Y = r"(?P<y>\d{4})"
_CENTURIES = "(?:19|20|21)"


def _form(pattern: str, reader: Reader) -> tuple[re.Pattern[str], Reader]:
    return re.compile(pattern.replace(r"\d", "[0-9]")), reader


_FORMS: Final = (
    _form(rf"{_Y}(?P<s>[-./,、\\—]){_M}(?P=s){_D}{_TAIL}", _year_first),
    _form(rf"{_Y}年{_M}[月./]{_D}{_TAIL}", _year_first),
    _form(rf"{_Y}[-./ ]{_M}月{_D}{_TAIL}", _year_first),
    _form(rf"{_Y} {_M} {_D}{_TAIL}", _year_first),
    _form(rf"{_Y}(?P<m>\d\d)(?P<d>\d\d)(?:(?P<h>\d\d)(?P<min>\d\d)(?P<sec>\d\d)?)?", _year_first),
    _form(rf"{_M}月{_D}{_TAIL}", _no_year),
    _form(rf"(?P<a>\d{{1,2}})(?P<s>[-./])(?P<b>\d{{1,2}})(?P=s){_Y}{_TAIL}", _year_last),
    _form(rf"(?P<y>\d{{2}})年{_M}月{_D}{_TAIL}", _short_year),
    _form(rf"(?P<y>\d{{1,2}})(?P<s>[-./]){_M}(?P=s){_D}{_TAIL}", _short_year),
    _form(r"(?P<y>\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])", _short_year),
    _form(rf"{_CENTURIES}\d\d(?:[-./年]\d{{1,2}}(?:月份?)?|年)?|\d{{1,2}}月份?", _month_only),
    _form(rf"{_M}(?P<s>[./]){_D}", _no_year_bare),
    _form(r"(?P<n>\d{1,5})(?P<f>\.\d{1,12})?", _serial),
    _form(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[-, ](?P<name>[A-Za-z]{3,9})\.?(?:[-, ](?P<y>\d{4}|\d{2}))?", _named_month),
    _form(r"(?P<name>[A-Za-z]{3,9})[. ](?P<d>\d{1,2})(?:st|nd|rd|th)?(?:[, ](?P<y>\d{4}))?", _named_month),
)
