"""Read a deadline that is written as a range of days or months: 8月1日—8月10日. Its last day is the one that counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from hazardctl.cells.date_forms import month_end, on
from hazardctl.cells.deadline_forms import Deadline, trouble

_JOINTS = "[—―~～〜]+|--+|-|至|到| to "
_JOINT_SIGNS: Final = frozenset("—―~～〜-至到t")
_ENDS: Final = (
    r"(?P<y>[0-9]{4})(?P<s>[-./])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})日?",
    r"(?P<y>[0-9]{4})年(?P<m>[0-9]{1,2})[月./](?P<d>[0-9]{1,2})[日号]?",
    r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
    r"(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})[日号]?",
    r"(?P<m>[0-9]{1,2})[./](?P<d>[0-9]{1,2})[日号]?",
    r"(?P<y>[0-9]{4})[-./年](?P<m>[0-9]{1,2})月(?:份|底|末)?",
    r"(?P<m>[0-9]{1,2})月(?:份|底|末)?",
)
_LONGEST_ACROSS: Final = 183  # 12月20日—1月10日 runs into the next year; 8月10日—8月1日 is a slip
_DAY_ONLY = "(?P<d>[0-9]{1,2})[日号]?"
_YEAR_MONTH_BARE = "(?:(?P<y>[0-9]{4})年)?(?P<m>[0-9]{1,2})"


class _End(NamedTuple):
    """One end of a range, as far as it is written: 0 stands for what is left out."""

    year: int
    month: int
    day: int


def read(plain: str, years: tuple[int, ...]) -> Deadline | None:
    """Read prepared text as a range if it is one in exactly one way."""
    splits = [] if _JOINT_SIGNS.isdisjoint(plain) else list(_splits(plain))
    if len(splits) != 1:
        return trouble("unclear") if splits else None
    return _between(*splits[0], years)


def _splits(plain: str) -> Iterator[tuple[_End, _End]]:
    for joint in re.finditer(_JOINTS, plain):
        left, right = plain[: joint.start()], plain[joint.end() :]
        first, last = _end(left), _end(right)
        if first and first.day and not last:
            last = _from(re.fullmatch(_DAY_ONLY, right))
        if last and last.month and not last.day and not first:  # 8-10月
            first = _from(re.fullmatch(_YEAR_MONTH_BARE, left))
        if first and last and bool(first.day) == bool(last.day):
            yield first, last


def _end(written: str) -> _End | None:
    return next((_from(found) for pattern in _ENDS if (found := re.fullmatch(pattern, written))), None)


def _from(found: re.Match[str] | None) -> _End | None:
    if not found:
        return None
    groups = found.groupdict()
    return _End(*(int(groups.get(name) or 0) for name in "ymd"))


def _between(first: _End, last: _End, years: tuple[int, ...]) -> Deadline:
    """Fill in what the ends leave to each other; a second end before the first lies in the next year."""
    last_month = last.month or first.month
    crosses = (last_month, last.day) < (first.month, first.day)
    if not last.month and crosses:
        return trouble("range_backwards")
    written = first.year or (last.year - crosses if last.year else 0)
    year = written or _only_year(crosses=crosses, years=years)
    if not year:
        return trouble("no_year")
    start = on(year, first.month, first.day or 1)
    end_year = last.year or year + crosses
    end = on(end_year, last_month, last.day or 1)
    if start.date is None or end.date is None:
        return trouble(start.problem or end.problem or "unclear")
    due = end.date if last.day else month_end(end_year, last_month)
    if due < start.date or (crosses and not last.year and (due - start.date).days > _LONGEST_ACROSS):
        return trouble("range_backwards")
    guessed = not written or (crosses and not last.year)
    return _range(start.date, due, guessed=guessed, whole=not last.day)


def _only_year(*, crosses: bool, years: tuple[int, ...]) -> int:
    fitting = [year for year in years if not crosses or year + 1 in years]
    return fitting[0] if len(fitting) == 1 else 0


def _range(start: date, due: date, *, guessed: bool, whole: bool) -> Deadline:
    taken = (("guessed_year", guessed), ("whole_period", whole))
    return Deadline("range", due, start, liberties=tuple(name for name, was in taken if was))
