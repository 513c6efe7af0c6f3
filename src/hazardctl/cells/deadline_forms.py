"""Know the forms in which a deadline is written, other than a plain day, and what each of them means.

The forms work on prepared text (`dates.prepare`): ASCII digits, no gaps at separators.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from hazardctl.cells.date_forms import FIRST_YEAR, LAST_YEAR, month_end
from hazardctl.records import immutable

MOST: Final = 999
"""The longest term in days, weeks or months; anything longer is a slip of the hand."""


@immutable
class Deadline:
    """A deadline as it was read; `problem` is empty where it could be.

    `kind` is one of `deadlines.KINDS`. `end` is the last day in time where the kind has one; `number` and `unit` (day,
    week, month, workday) are a term that runs from the finding; `text` keeps the words of at_once, standing and event.
    """

    kind: str = ""
    end: date | None = None
    start: date | None = None  # of a range
    number: int = 0
    unit: str = ""
    text: str = ""
    standing_after: bool = False  # 并长期坚持
    mark: str = ""  # of an empty one: blank, filler, ditto, not_applicable, zero_date
    liberties: tuple[str, ...] = ()
    problem: str = ""
    args: tuple[tuple[str, str], ...] = ()


Builder = Callable[["re.Match[str]", tuple[int, ...]], Deadline]


def trouble(code: str, **args: str) -> Deadline:
    """Give a deadline that could not be read, and why."""
    return Deadline(problem=code, args=tuple(args.items()))


def read(plain: str, years: tuple[int, ...]) -> Deadline | None:
    """Read prepared text as one of the forms, or none."""
    for sign, pattern, builder in _FORMS:
        if sign in plain and (found := re.fullmatch(pattern, plain)):
            return builder(found, years)
    return None


def _at_end(found: re.Match[str], years: tuple[int, ...], kind: str, month: int, day: int = 0) -> Deadline:
    """Give the deadline on a day of a month or at its end, in the year that is written or the only one there is."""
    written = found.groupdict().get("y")
    if written and len(written) == 2:
        return trouble("two_digit_year", suggestion="")
    if not 1 <= month <= 12:
        return trouble("no_such_day")
    if not written and len(years) != 1:
        return trouble("no_year")
    year = int(written) if written else years[0]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return trouble("year_out_of_range")
    liberties: tuple[str, ...] = () if written else ("guessed_year",)
    if "whole" in found.groupdict() and not found["whole"]:
        liberties += ("whole_period",)
    return Deadline(kind, date(year, month, day) if day else month_end(year, month), liberties=liberties)


def _month(found: re.Match[str], years: tuple[int, ...]) -> Deadline:
    return _at_end(found, years, "month_end", int(found["m"]))


def _part(found: re.Match[str], years: tuple[int, ...]) -> Deadline:
    last_day = {"上": 10, "early": 10, "中": 20, "mid": 20}.get(found["part"].lower(), 0)
    return _at_end(found, years, "part", int(found["m"]), last_day)


def _quarter(found: re.Match[str], years: tuple[int, ...]) -> Deadline:
    return _at_end(found, years, "quarter_end", int(found["q"]) * 3)


def _half(found: re.Match[str], years: tuple[int, ...]) -> Deadline:
    return _at_end(found, years, "half_end", 6 if found["half"] in "上1" else 12)


def _year(found: re.Match[str], years: tuple[int, ...]) -> Deadline:
    return _at_end(found, years, "year_end", 12)


def _before_period(found: re.Match[str], _years: tuple[int, ...]) -> Deadline:
    """Refuse 9月前: it may be before September begins or before it ends."""
    body = found["body"]
    return trouble("before_period", suggestion=body if body.endswith("旬") else f"{body}底前")


def _term(found: re.Match[str], _years: tuple[int, ...]) -> Deadline:
    number, unit = int(found["n"]), _UNITS[found["unit"].lower().removesuffix("s")]
    if unit == "year":
        number, unit = number * 12, "month"
    if not 1 <= number <= MOST:
        return trouble("too_long" if number else "unclear")
    return Deadline("workdays" if unit == "workday" else "days", number=number, unit=unit)


def _hours(found: re.Match[str], _years: tuple[int, ...]) -> Deadline:
    days = -(-int(found["n"]) // 24)
    if not days:
        return trouble("unclear")
    return Deadline("days", number=days, unit="day", liberties=("hours",)) if days <= MOST else trouble("too_long")


def _half_term(found: re.Match[str], _years: tuple[int, ...]) -> Deadline:
    if found["unit"] == "年":
        return Deadline("days", number=6, unit="month")
    return Deadline("days", number=15, unit="day", liberties=("half_month",))


def _bare_number(found: re.Match[str], _years: tuple[int, ...]) -> Deadline:
    return Deadline("days", number=int(found["n"]), unit="day", liberties=("bare_number",))


def _months_or_month(found: re.Match[str], _years: tuple[int, ...]) -> Deadline:
    """Read 1月内 as one month; 2月内 is as likely the month of that name, and so are 1月, 2月 and 3月 alone."""
    number = int(found["n"])
    if number == 1 and found["within"]:
        return Deadline("days", number=1, unit="month", liberties=("month_count",))
    return trouble("ambiguous", first=f"{number}个月内", second=f"{number}月底前")


def _day_without_month(found: re.Match[str], _years: tuple[int, ...]) -> Deadline:
    return trouble("no_month", suggestion=f"{found['n']}日内")


_UNITS: Final = {
    "日": "day", "天": "day", "day": "day", "工作日": "workday", "工作天": "workday", "working day": "workday",
    "周": "week", "星期": "week", "礼拜": "week", "week": "week", "个月": "month", "month": "month",
    "年": "year", "year": "year",
}  # fmt: skip
_BEFORE = "(?:之前|以前|前)"
_WITHIN = "(?:之内|以内|内)"
_WHOLE = rf"(?P<whole>(?:底|末|结束|{_WITHIN}){_BEFORE}?)"
_NO_WHOLE = r"(?P<whole>(?!))?"
_N = "(?P<n>[0-9]{1,4})"
_Y = "(?P<y>[0-9]{4}|[0-9]{2})年度?"
_M = "(?P<m>[0-9]{1,2})"
_MONTH = rf"(?:(?P<y>[0-9]{{4}}|[0-9]{{2}})[-年./])?{_M}月份?"
_ISO = "(?P<y>[0-9]{4})-"
_LONGER = "(?:[0-9]{1,2}月份?[上中下]旬|[0-9]{1,2}月份?|第?[1-4]季度|[上下]半年)"

# A sign that must be there, the form, its meaning. The sign spares the compiling of forms a ledger does not use.
_FORMS: Final = (
    ("", r"(?P<n>[1-9][0-9]{0,2})(?:\.0)?", _bare_number),
    ("日", rf"{_N}(?P<unit>日){_WITHIN}", _term),
    ("天", rf"{_N}(?P<unit>天){_WITHIN}?", _term),
    ("工作", rf"{_N}个?(?P<unit>工作[日天]){_WITHIN}?", _term),
    ("周", rf"{_N}(?P<unit>周){_WITHIN}?", _term),
    ("星期", rf"{_N}个?(?P<unit>星期){_WITHIN}?", _term),
    ("礼拜", rf"{_N}个?(?P<unit>礼拜){_WITHIN}?", _term),
    ("个月", rf"{_N}(?P<unit>个月){_WITHIN}?", _term),
    ("年", rf"(?P<n>[0-9]{{1,2}})(?P<unit>年){_WITHIN}", _term),
    (" ", rf"(?i:(?:within )?{_N} (?P<unit>(?:day|working day|week|month|year)s?))", _term),
    ("小时", rf"{_N}个?小时{_WITHIN}?", _hours),
    ("hour", rf"(?i:(?:within )?{_N} hours?)", _hours),
    ("半", rf"半个?(?P<unit>[年月]){_WITHIN}?", _half_term),
    ("月", rf"(?P<n>[0-9]{{1,2}})月(?P<within>{_WITHIN})", _months_or_month),
    ("月", "(?P<n>[1-3])月(?P<within>(?!))?", _months_or_month),
    ("日", rf"(?P<n>[0-9]{{1,2}})日{_BEFORE}?", _day_without_month),
    ("号", rf"(?P<n>[0-9]{{1,2}})号{_BEFORE}?", _day_without_month),
    ("旬", rf"{_MONTH}(?P<part>[上中下])旬(?:底|末|{_WITHIN})?", _part),
    (" ", rf"(?i:(?P<part>early|mid|late)[- ]{_ISO}{_M})", _part),
    ("月", rf"{_MONTH}(?:月?{_WHOLE})?", _month),
    ("end of ", rf"end of {_ISO}{_M}", _month),
    ("-", rf"{_ISO}{_M}{_NO_WHOLE}", _month),
    ("/", rf"(?P<y>[0-9]{{4}})/{_M}{_NO_WHOLE}", _month),
    (".", rf"(?P<y>[0-9]{{4}})\.(?P<m>[0-9]{{2}}|[2-9]){_NO_WHOLE}", _month),  # 2022.1 may have been 2022.10
    ("季", rf"(?:{_Y})?第?(?P<q>[1-4])季度?{_WHOLE}?", _quarter),
    ("end of ", rf"end of {_ISO}Q(?P<q>[1-4])", _quarter),
    ("Q", rf"(?:(?P<y>[0-9]{{4}})[-年]?)?Q(?P<q>[1-4]){_NO_WHOLE}", _quarter),
    ("半年", rf"(?:{_Y})?(?P<half>[上下])半年{_WHOLE}?", _half),
    ("end of ", rf"end of {_ISO}H(?P<half>[12])", _half),
    ("H", rf"{_ISO}H(?P<half>[12]){_NO_WHOLE}", _half),
    ("年", rf"{_Y}年?{_WHOLE}?", _year),
    ("年", rf"(?:[今本当]年度?年?|年){_WHOLE}", _year),
    ("end of ", r"end of (?P<y>[0-9]{4})", _year),
    ("前", rf"(?P<body>(?:[0-9]{{2,4}}年度?)?{_LONGER}|[0-9]{{2,4}}年度?){_BEFORE}", _before_period),
)
