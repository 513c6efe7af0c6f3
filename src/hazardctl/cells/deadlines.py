"""Read a deadline as clerks write it, and say on which day it falls due.

A deadline has a kind, and only some kinds have a date: 十九大召开前 and 长期坚持 are never overdue. The reading of
every form that is not the plain spelling says which liberty was taken; what can be read in two ways is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from hazardctl.cells import date_forms, dates, deadline_forms, deadline_ranges, deadline_words
from hazardctl.cells.date_forms import month_end
from hazardctl.cells.deadline_forms import Deadline, trouble
from hazardctl.text import clean, mark

__all__ = ["KINDS", "LIBERTIES", "PROBLEMS", "Deadline", "due", "parse_deadline", "spelling"]

KINDS: Final = (
    "day",  # 2022-09-06
    "by",  # 2022-09-06前: that day is the last
    "range",  # 2022-08-01—2022-08-10: the end counts
    "part",  # 2022年9月下旬: its last day
    "month_end", "quarter_end", "half_end", "year_end",
    "days",  # 3日内, 2周内, 1个月内, from the finding
    "workdays",  # 5个工作日内
    "at_once",  # 立即, 立行立改, 检查当日: the day of the finding
    "standing",  # 长期坚持: never due
    "event",  # 十九大召开前: never due
    "empty",
)  # fmt: skip
PROBLEMS: Final = (
    *dates.PROBLEMS,
    "vague",  # 尽快, 限期整改
    "relative",  # 月底前, 明年春节前: counted from a day that is not written
    "no_month",  # 15日前 (suggestion)
    "before_period",  # 9月前: before it begins or before it ends? (suggestion)
    "range_backwards",
    "too_long",  # a term of more than MOST
)
LIBERTIES: Final = (
    *dates.LIBERTIES,
    "whole_period",  # 2022年9月: taken as its end
    "bare_number",  # 15: taken as days
    "month_count",  # 1月内: taken as one month, not as January
    "hours",  # 48小时内: taken as whole days
    "half_month",  # taken as 15 days
    "extra_words",  # 于…完成整改: left out
)

_BY = (
    r"(?i:截至|截止到?|至|到|最迟|不晚于|不迟于|by |until |no later than )(?P<after>.+?)(?:之?前|以前|止|为止|截止)?"
    r"|(?P<before>.+?)(?:之前|以前|前|止|为止|截止|之内|内)"
)
_BY_FIRST: Final = frozenset("截至到最不bBuUnN")
_BY_LAST: Final = frozenset("前止内")
_DOTTED = "([0-9]{1,2})[./]([0-9]{1,2})"
_AFTER: Final = {"zh": ("，并长期坚持", "，长期坚持", "并长期坚持"), "en": (", then standing",)}


def parse_deadline(text: str, *, years: tuple[int, ...] = ()) -> Deadline:
    """Read one deadline; a year left out is taken from `years` if exactly one of them fits."""
    if stands_for := mark(text):
        return Deadline("empty", mark=stands_for, liberties=() if stands_for == "blank" else (stands_for,))
    if len(text) > dates.LONGEST:
        return trouble("unclear")
    whole = clean(text)
    body = deadline_words.without_standing(whole)
    plain, liberties = dates.prepare(body)
    found = _read(plain, body, years)
    if found.problem == "unclear":
        why = dates.explain(text, plain)
        return trouble(why.problem, **dict(why.args))
    if found.problem:
        return found
    if body != whole:
        found = replace(found, text=whole) if found.kind == "standing" else replace(found, standing_after=True)
    if text in _spellings(found):
        return replace(found, liberties=())
    taken = found.liberties if found.kind == "event" else liberties + found.liberties
    return replace(found, liberties=taken or ("spelling",))


def due(deadline: Deadline, found_on: date | None, workday: Callable[[date, int], date] | None = None) -> date | None:
    """Give the last day in time, or none where the deadline has no date or the finding's is unknown.

    `workday(day, n)` gives the n-th working day after a day; without it deadlines in working days have no date.
    """
    if deadline.kind not in ("days", "workdays", "at_once"):
        return deadline.end
    if found_on is None:
        return None
    try:
        if deadline.kind == "workdays":
            return workday(found_on, deadline.number) if workday else None
        if deadline.unit == "month":
            return _months_after(found_on, deadline.number)
        return found_on + timedelta(days=deadline.number * (7 if deadline.unit == "week" else 1))
    except (OverflowError, ValueError):  # beyond the year 9999
        return None


def spelling(deadline: Deadline, lang: str = "zh") -> str:
    """Give the one way to write a deadline that is read back as the same without a liberty."""
    form = _zh(deadline) if lang == "zh" else _en(deadline)
    return form + (_AFTER[lang][0] if deadline.standing_after else "")


def _months_after(day: date, number: int) -> date:
    months = day.year * 12 + day.month - 1 + number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def _read(plain: str, body: str, years: tuple[int, ...]) -> Deadline:
    """Read prepared text as whatever it is; `body` is the same as it was typed."""
    if word := deadline_words.kind(plain):
        return trouble("vague") if word == "vague" else Deadline(word, text=plain)
    day = _day(plain, years, "day")
    if not day.problem:
        return day
    by = _by(plain, years)
    if not by.problem:
        return by
    found = deadline_ranges.read(plain, years) or deadline_forms.read(plain, years)
    if found := found or _without_verbs(plain, body, years):
        return found
    if by.problem != "unclear":
        return by
    return day if day.problem != "unclear" else _wordy(plain, body)


def _day(plain: str, years: tuple[int, ...], kind: str) -> Deadline:
    day = date_forms.read(plain, years)
    if day.mark:
        return Deadline("empty", mark=day.mark, liberties=day.liberties)
    if day.problem:
        return trouble(day.problem, **dict(day.args))
    return Deadline(kind, day.date, liberties=day.liberties)


def _by(plain: str, years: tuple[int, ...]) -> Deadline:
    likely = plain and (plain[0] in _BY_FIRST or plain[-1] in _BY_LAST)
    found = re.fullmatch(_BY, plain) if likely else None
    if not found:
        return trouble("unclear")
    said = found["after"] or found["before"]
    dotted = re.fullmatch(_DOTTED, said)
    return _day(f"{dotted[1]}月{dotted[2]}日" if dotted else said, years, "by")


def _without_verbs(plain: str, body: str, years: tuple[int, ...]) -> Deadline | None:
    bare = deadline_words.without_verbs(plain)
    if bare == plain:
        return None
    if not bare:
        return trouble("vague")
    found = _read(bare, body, years)
    if found.problem == "unclear" or "bare_number" in found.liberties:  # 19完成: 19 days, or the 19th?
        return None
    if found.problem or found.kind == "event" or "extra_words" in found.liberties:
        return found
    return replace(found, liberties=(*found.liberties, "extra_words"))


def _wordy(plain: str, body: str) -> Deadline:
    if problem := deadline_words.looseness(plain):
        return trouble(problem)
    return Deadline("event", text=body) if deadline_words.is_event(plain) else trouble("unclear")


def _spellings(deadline: Deadline) -> set[str]:
    """Give every way to write a deadline that counts as plain, in either language."""
    return {
        form.removesuffix(ending) + after
        for lang, form, ending in (("zh", _zh(deadline), ""), ("zh", _zh(deadline), "前"), ("en", _en(deadline), ""))
        for after in (_AFTER[lang] if deadline.standing_after else ("",))
        if ending == "" or deadline.kind.endswith("_end")
    }


def _zh(deadline: Deadline) -> str:
    end, number = deadline.end, deadline.number
    if deadline.kind == "days":
        return f"{number}{ {'day': '日', 'week': '周', 'month': '个月'}[deadline.unit] }内"
    if deadline.kind == "workdays":
        return f"{number}个工作日内"
    if end is None:
        return deadline.text
    forms = {
        "day": f"{end}",
        "by": f"{end}前",
        "range": f"{deadline.start}—{end}",
        "part": f"{end.year}年{end.month}月{ {10: '上', 20: '中'}.get(end.day, '下') }旬",
        "month_end": f"{end.year}年{end.month}月底前",
        "quarter_end": f"{end.year}年第{'一二三四'[end.month // 3 - 1]}季度末前",
        "half_end": f"{end.year}年{'上' if end.month == 6 else '下'}半年结束前",
        "year_end": f"{end.year}年底前",
    }
    return forms[deadline.kind]


def _en(deadline: Deadline) -> str:
    end, number = deadline.end, deadline.number
    if number:
        unit = "working day" if deadline.unit == "workday" else deadline.unit
        return f"within {number} {unit}{'' if number == 1 else 's'}"
    if end is None:
        return deadline.text
    forms = {
        "day": f"{end}",
        "by": f"by {end}",
        "range": f"{deadline.start} to {end}",
        "part": f"{ {10: 'early', 20: 'mid'}.get(end.day, 'late') } {end:%Y-%m}",
        "month_end": f"end of {end:%Y-%m}",
        "quarter_end": f"end of {end.year}-Q{end.month // 3}",
        "half_end": f"end of {end.year}-H{end.month // 6}",
        "year_end": f"end of {end.year}",
    }
    return forms[deadline.kind]
