"""Facets of a row: what a cell (or a few cells together) comes to for counting, worked out once per spelling.

A ledger of thousands of rows has a few dozen facets, so rows are counted by the combination of their facets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from hazardctl.cells.deadlines import due
from hazardctl.cells.terms import Cell, Terms
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.returns import workdays
from hazardctl.statistics.conditions import CLOSED, below
from hazardctl.statistics.plan import Plan

BAD = "\0"
"""The cell cannot be read, or is blank where it may not be: no file can hold this value."""
WAITS = "\0\0"
"""A deadline counted from the finding, before that is looked up."""
LARGEST = 100_000
SECOND = date.min + timedelta(days=1)
BLANK = Cell("")
_FROM_THE_FINDING = ("days", "workdays", "at_once")

Judge = Callable[..., str]


class Facet(dict[Any, str]):
    """One facet: raw cells to what they come to. Fields the campaign does not use are blank."""

    __hash__ = object.__hash__  # type: ignore[assignment]  # each is like itself alone
    __eq__ = object.__eq__

    def __init__(self, name: str, fields: tuple[str, ...], judge: Judge, terms: Terms) -> None:
        super().__init__()
        self.name, self.fields = name, fields
        self._judge, self._terms = judge, terms
        self._used = tuple(key for key in fields if key in terms.by_key)

    def __missing__(self, raw: Any) -> str:
        """Work out the facet of cells not met before."""
        if len(self) > LARGEST:
            self.clear()
        cells = dict(zip(self._used, (raw,) if len(self._used) == 1 else raw, strict=True))
        found = self[raw] = self._judge(
            *(self._terms.read(key, cells[key]) if key in cells else BLANK for key in self.fields)
        )
        return found

    def column(self, reading: Reading) -> list[str]:
        """Give the facet of every row."""
        raws = [reading.raw(key) for key in self._used]
        if not raws:
            return [self[()]] * len(reading)
        return list(map(self.__getitem__, raws[0] if len(raws) == 1 else zip(*raws, strict=True)))


def facet(name: str, plan: Plan, opened: Opened) -> Facet:
    """Make the facet of a name."""
    terms = opened.terms
    kind, _, key = name.partition(":")  # a field's own name has no colon
    special: Mapping[str, tuple[tuple[str, ...], Callable[[], Judge]]] = {
        "category": (("category", "item"), lambda: _category(terms)),
        "item": (("item", "category"), lambda: _item(terms)),
        "known_by": (("found_on",), lambda: _known_by(plan)),
        "day:done_on": (("done_on", "status"), lambda: _done(plan)),
        "day:carried_in": (("found_on", "done_on", "status"), lambda: _carried(plan.start, "")),
        "day:carried_over": (("found_on", "done_on", "status"), lambda: _carried("", plan.end)),
    }
    if kind == "due":
        return _Due(opened, key)
    if kind == "day" and key.startswith(("due_", "on_time_")):
        return _passing(name, plan, opened)
    if name in special:
        fields, make = special[name]
        return Facet(name, fields, make(), terms)
    if kind == "filled":
        return Facet(name, (key,), lambda cell: "no" if cell.blank else "yes", terms)
    return Facet(name, (key or name,), _day(plan) if kind == "day" else _plain(terms, key or name), terms)


def is_needed(terms: Terms, key: str) -> bool:
    """Tell whether a field has to say something."""
    return key == "status" or (key in terms.by_key and terms.by_key[key].required)


def _plain(terms: Terms, key: str) -> Judge:
    needed = is_needed(terms, key)

    def judge(cell: Cell) -> str:
        if cell.problem or (needed and cell.value is None):
            return BAD
        return "" if cell.value is None else str(cell.value)

    return judge


def _category(terms: Terms) -> Judge:
    """Give the finest code within the category that is written; an item alone tells its category."""
    needed = is_needed(terms, "category")
    inside = below(terms.checklist)

    def judge(category: Cell, item: Cell) -> str:
        if category.problem:
            return BAD
        fine = item.value or ""
        if category.value is None:
            return str(fine) or (BAD if needed or item.problem else "")
        return str(fine if fine in inside[category.value] else category.value)

    return judge


def _item(terms: Terms) -> Judge:
    needed = is_needed(terms, "item")

    def judge(item: Cell, category: Cell) -> str:
        if item.problem:
            return BAD
        if item.value is not None:
            return str(item.value)
        if category.value is not None and category.value not in terms.categories:
            return str(category.value)
        return BAD if needed or category.problem else str(category.value or "")

    return judge


def _known_by(plan: Plan) -> Judge:
    """Tell whether an entry was found by the period's end; one that does not say when is taken to be."""
    return lambda cell: "out" if cell.value is not None and cell.value.isoformat() > plan.end else "in"


def _day(plan: Plan) -> Judge:
    """Tell whether a day lies in the period; without a period every row does."""

    def judge(cell: Cell) -> str:
        if not plan.start and not plan.end:
            return "in"
        return BAD if cell.value is None else _inside(cell.value, plan)

    return judge


def _done(plan: Plan) -> Judge:
    """Tell whether an entry was fixed in the period: fixed in this one counts, whenever it was found."""

    def judge(done_on: Cell, status: Cell) -> str:
        if status.problem or status.value not in (None, *CLOSED):
            return "out"
        if not plan.start and not plan.end:
            return "in" if status.value or done_on.value else "out"
        if done_on.value is not None:
            return _inside(done_on.value, plan)
        return BAD if status.value or done_on.problem else "out"

    return judge


def _inside(day: date, plan: Plan) -> str:
    return "in" if plan.start <= day.isoformat() <= (plan.end or "9") else "out"


def _carried(start: str, end: str) -> Judge:
    """Tell whether an entry was open when the period began, or when it ended."""

    def judge(found_on: Cell, done_on: Cell, status: Cell) -> str:
        found, done = (cell.value.isoformat() if cell.value else "" for cell in (found_on, done_on))
        if not end and not start:
            return "out"
        if start and not found:
            return BAD
        if start and found >= start:
            return "out"
        if status.value not in CLOSED:
            return "in"
        if not done:
            return BAD
        return "out" if (done < start if start else done <= end) else "in"

    return judge


def _passing(name: str, plan: Plan, opened: Opened) -> Facet:
    """Tell whether a deadline passes in the period, or whether the entry was fixed by then.

    A deadline passes on the day after it: the last day of one period passes in the next.
    """
    original = name.endswith("_original")
    calendar = cache(lambda: workdays.load(opened.workspace)[0])
    due = _due(is_needed(opened.terms, "deadline"), lambda start, number: calendar().after(start, number))
    first = (max(date.fromisoformat(plan.start), SECOND) - timedelta(days=1)).isoformat() if plan.start else ""

    def in_time(done_on: Cell, status: Cell, *cells: Cell) -> str:
        day = due(cells[0], BLANK if original else cells[1], cells[2])
        if status.value not in CLOSED or day in ("", BAD):
            return "out"
        return BAD if done_on.value is None else "in" if done_on.value.isoformat() <= day else "out"

    def passes(*cells: Cell) -> str:
        day = due(cells[0], BLANK if original else cells[1], cells[2])
        return "in" if day == BAD or (day and day >= first) else "out"  # what cannot be read is told by the deadline

    fields = ("deadline", "extended_to", "found_on")
    if name.startswith("day:on_time"):
        return Facet(name, ("done_on", "status", *fields), in_time, opened.terms)
    return Facet(name, fields, passes, opened.terms)


class _Due(Facet):
    """The day an entry falls due; only deadlines counted from the finding have to know when that was."""

    def __init__(self, opened: Opened, kind: str) -> None:
        calendar = cache(lambda: workdays.load(opened.workspace)[0])
        judge = _due(is_needed(opened.terms, "deadline"), lambda start, number: calendar().after(start, number))
        name, fields = f"due:{kind}", ("deadline", "extended_to", "found_on")

        def whole(first: Cell, later: Cell, found: Cell | None) -> str:
            return judge(first, BLANK if kind else later, found)  # a kind: the deadline that was set first

        super().__init__(name, fields[:2], lambda first, later: whole(first, later, None), opened.terms)
        self._from_finding = Facet(name, fields, whole, opened.terms)

    def column(self, reading: Reading) -> list[str]:
        """Give the facet of every row."""
        days = super().column(reading)
        if WAITS in set(days):
            return [
                day if day != WAITS else later
                for day, later in zip(days, self._from_finding.column(reading), strict=True)
            ]
        return days


def _due(needed: bool, workday: Callable[[date, int], date]) -> Callable[[Cell, Cell, Cell | None], str]:
    """Give the day; WAITS where it is counted from the finding and that is not asked yet. An extension comes first."""

    def judge(deadline: Cell, extended_to: Cell, found_on: Cell | None) -> str:
        said = deadline if extended_to.value is None else extended_to
        if extended_to.problem or said.problem or (needed and said.value is None):
            return BAD
        if said.value is None:
            return ""
        if said.value.kind not in _FROM_THE_FINDING:
            return said.value.end.isoformat() if said.value.end else ""
        if found_on is None:
            return WAITS
        try:
            day = due(said.value, found_on.value, workday)
        except workdays.UnpublishedYearError:
            return BAD
        return day.isoformat() if day else BAD

    return judge
