"""Read a day as clerks write it, without guessing.

Whatever can be read in two ways is a problem, and every reading of what is not the plain ISO spelling says which
liberty was taken. Times of day are checked and dropped: ledgers count in days. Deadlines are in `deadlines`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from hazardctl.cells import numerals
from hazardctl.cells.date_forms import UNCLEAR, Day, read
from hazardctl.text import clean, halfwidth, has_fullwidth, mark, unsafe

__all__ = ["LIBERTIES", "LONGEST", "PROBLEMS", "SAFE", "Day", "explain", "parse_day", "prepare"]

PROBLEMS: Final = (
    "unclear",  # nothing in it reads as a day
    "broken",  # characters are lost or hidden
    "no_such_day",  # 2022-02-30
    "no_such_time",  # 25:00
    "no_day",  # 2022年9月
    "no_year",  # 9月6日, and the campaign's years leave it open
    "two_digit_year",  # 22.9.6 (suggestion, may be empty)
    "year_out_of_range",  # outside FIRST_YEAR to LAST_YEAR
    "ambiguous",  # 6/9/2022 (first, second: the two readings)
    "weekday",  # 2022-09-06（星期一） (said, is)
    "time_zone",  # the time zone moves it to another day (suggestion)
    "extra_text",  # a day with words around it (suggestion)
    "several_days",  # two days or more
)
LIBERTIES: Final = (
    "spelling",  # another way to write the same day
    "fullwidth",
    "chinese_numerals",
    "serial",  # Excel's day number
    "guessed_year",
    "day_first",
    "month_first",
    "time",  # a time of day was dropped
    "zero_date",  # 1900-01-01 and the like: read as nothing
    "filler",
    "ditto",
    "not_applicable",
)
SAFE: Final = frozenset(["spelling", "fullwidth", "chinese_numerals"])
"""The liberties that leave no doubt: only these may be repaired without being asked."""
LONGEST: Final = 120
"""Longer cells are prose in the wrong column."""

_SEPARATORS: Final = str.maketrans({"–": "-", "−": "-", "‐": "-", "‑": "-", "‒": "-", "。": ".", "·": ".", "•": "."})
_GAP = r"\s*([-./:,、;—―~～〜])\s*"
_NUMERALS: Final = frozenset(numerals.CHARACTERS)
_NUMERAL = (
    rf"(?<![0-9{numerals.CHARACTERS}])([{numerals.CHARACTERS}]+)"
    "(?=年|个?月|[日号天周]|个?(?:星期|礼拜|季度|工作日|小时))"
)
_INSIDE = r"(?<![0-9])[0-9]{4}(?:年[0-9]{1,2}月|([-./])[0-9]{1,2}\1)[0-9]{1,2}日?(?![0-9])"


def parse_day(text: str, *, years: tuple[int, ...] = ()) -> Day:
    """Read one day; a day without a year takes it from `years` if exactly one of them fits."""
    if stands_for := mark(text):
        return Day(mark=stands_for, liberties=() if stands_for == "blank" else (stands_for,))
    if len(text) > LONGEST:
        return UNCLEAR
    plain, liberties = prepare(text)
    day = read(plain, years)
    if day.problem == "unclear":
        return explain(text, plain)
    if not day.date:
        return day
    taken = liberties + day.liberties
    return replace(day, liberties=taken or (() if text == day.spelling else ("spelling",)))


def prepare(text: str) -> tuple[str, tuple[str, ...]]:
    """Give text with ASCII digits and no gaps at separators, and the liberties that took."""
    plain = clean(halfwidth(text).translate(_SEPARATORS))
    if " " in plain:
        plain = re.sub(_GAP, r"\1", plain)
    arabic = plain if _NUMERALS.isdisjoint(plain) else re.sub(_NUMERAL, _to_arabic, plain)
    taken = (("fullwidth", has_fullwidth(text)), ("chinese_numerals", arabic != plain))
    return arabic.rstrip(".;,、") or arabic, tuple(name for name, was in taken if was)


def _to_arabic(found: re.Match[str]) -> str:
    written = found.group()
    is_year = len(written) == 4 and found.string.startswith("年", found.end())
    number = numerals.year(written) if is_year else None
    if number is None:
        number = numerals.integer(written)
    return written if number is None else str(number)


def explain(text: str, plain: str) -> Day:
    """Say why nothing was read: characters are lost, or words stand around a day, or there are several."""
    if "?" in plain or unsafe(text):
        return Day(problem="broken")
    inside = [read(found.group(), ()) for found in re.finditer(_INSIDE, plain)]
    if len(inside) == 1 and inside[0].date:
        return Day(problem="extra_text", args=(("suggestion", inside[0].spelling),))
    return Day(problem="several_days") if len(inside) > 1 else UNCLEAR
