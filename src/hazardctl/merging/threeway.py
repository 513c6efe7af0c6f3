"""Three versions of a table into one, row by row and cell by cell: what one side changed is taken, the rest is asked.

Pure: rows are mappings from a column's name to text, and know nothing of files. Nothing here depends on which side is
called ours, except the names on a conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Literal

from hazardctl.records import immutable

OPEN = "\ufffd?\ufffd"
"""Stands in a base that git makes out of several where their merge left a cell open: nobody's value is the same."""

Key = tuple[str, ...]  # what identifies a row, with a number where a file holds it twice
Cells = Mapping[str, str]
Why = Literal[
    "two_values", "group", "deleted", "same_id", "backwards", "later", "verified", "column", "row", "check", "no_base"
]


@immutable
class Version:
    """One version of a table: its rows in order, and its columns where rows do not name them themselves."""

    rows: Mapping[Key, Cells]
    columns: frozenset[str] | None = None


@immutable
class Rules:
    """What the kind of table adds: which cells mean the same, which belong together, what is never automatic."""

    same: Callable[[str, str, str], bool] = lambda _, one, other: one == other
    groups: tuple[frozenset[str], ...] = ()
    guard: Callable[[str, Cells, Cells], Why | None] = lambda _column, _base, _side: None
    rows_may_go: bool = True
    keeps_base: bool = True  # what a cell in question says meanwhile; else OPEN


@immutable
class Conflict:
    """One cell that is for a person to settle; `whole` names the side on which the whole row is gone."""

    key: Key
    column: str
    base: str
    ours: str
    theirs: str
    why: Why
    gone: Literal["", "base", "ours", "theirs"] = ""


@immutable
class Merged:
    """The rows of the result (those that are gone left out), the cells in question, and the rows one side deleted."""

    rows: Mapping[Key, Cells]
    conflicts: tuple[Conflict, ...] = ()
    gone: tuple[Key, ...] = ()
    touched: Mapping[Key, frozenset[str]] = field(default_factory=dict)


def merge(
    base: Version | None, ours: Version, theirs: Version, rules: Rules, held: frozenset[Key] = frozenset()
) -> Merged:
    """Merge two versions; rows in `held` stay as they were in the base, with every change of either side in question.

    Without a base only what both have alike is settled: the rest stays as ours has it, and is in question.
    """
    if base is None:
        return _without_base(ours, theirs, rules)
    work = _Work(base, ours, theirs, rules, held)
    if alike(base, ours, rules) or alike(base, theirs, rules):
        work.strict = False  # only one side did anything: there is nothing to merge
    rows: dict[Key, Cells] = {}
    for key in dict.fromkeys((*ours.rows, *base.rows, *theirs.rows)):
        row = work.row(key)
        if row is not None:
            rows[key] = row
    return Merged(rows, tuple(work.conflicts), tuple(work.gone), work.touched)


def alike(one: Version, other: Version, rules: Rules) -> bool:
    """Tell whether two versions say the same, in whatever order."""
    return one.rows.keys() == other.rows.keys() and all(
        not any(_touched(one.rows[key], other.rows[key], rules)) for key in one.rows
    )


def _touched(base: Cells, side: Cells, rules: Rules) -> Iterator[str]:
    for column in dict.fromkeys((*base, *side)):
        before, after = base.get(column, ""), side.get(column, "")
        if before != after and not rules.same(column, before, after):
            yield column


class _Work:
    """One merge under way."""

    def __init__(self, base: Version, ours: Version, theirs: Version, rules: Rules, held: frozenset[Key]) -> None:
        self.base, self.ours, self.theirs, self.rules, self.held = base, ours, theirs, rules, held
        self.strict = True
        self.conflicts: list[Conflict] = []
        self.gone: list[Key] = []
        self.touched: dict[Key, frozenset[str]] = {}
        known = [version.columns for version in (base, ours, theirs)]
        self.common = (
            None if any(columns is None for columns in known) else frozenset.intersection(*filter(None, known))
        )

    def row(self, key: Key) -> Cells | None:
        base, ours, theirs = (version.rows.get(key) for version in (self.base, self.ours, self.theirs))
        if base is None:
            return self._added(key, ours, theirs)
        if ours is not None and theirs is not None:
            return self._changed(key, base, ours, theirs)
        if ours is None and theirs is None:
            return None
        return self._deleted(key, base, ours, theirs)

    def _added(self, key: Key, ours: Cells | None, theirs: Cells | None) -> Cells | None:
        if ours is not None and theirs is not None:
            return self._changed(key, {}, ours, theirs)
        row = ours if ours is not None else theirs or {}
        if not self.strict or self.common is None:
            return row
        side: Literal["ours", "theirs"] = "ours" if ours is not None else "theirs"
        strange = [column for column, value in row.items() if value and column not in self.common]
        for column in strange:
            self._ask(
                key,
                column,
                "",
                row[column] if side == "ours" else "",
                row[column] if side == "theirs" else "",
                "column",
            )
        return {column: value for column, value in row.items() if column not in strange}

    def _deleted(self, key: Key, base: Cells, ours: Cells | None, theirs: Cells | None) -> Cells | None:
        left = ours if ours is not None else theirs or {}
        side: Literal["ours", "theirs"] = "ours" if ours is None else "theirs"
        changed = list(_touched(base, left, self.rules))
        if not changed and (self.rules.rows_may_go or not self.strict):
            self.gone.append(key)
            return None
        columns = changed or [next((column for column, value in base.items() if value), next(iter(base), ""))]
        why: Why = "deleted" if changed else "row"
        for column in columns:
            value = left.get(column, "")
            self._ask(
                key,
                column,
                base.get(column, ""),
                "" if side == "ours" else value,
                "" if side == "theirs" else value,
                why,
                side,
            )
        return _plain(base) if self.rules.keeps_base else {**base, **dict.fromkeys(changed, OPEN)}

    def _changed(self, key: Key, base: Cells, ours: Cells, theirs: Cells) -> Cells:
        mine, other = (set(_touched(base, side, self.rules)) for side in (ours, theirs))
        self.touched[key] = frozenset(mine | other)
        asked = self._asked(key, base, (ours, mine), (theirs, other)) if mine or other else {}
        row: dict[str, str] = {}
        for column in dict.fromkeys((*ours, *base, *theirs)):
            before, one, two = (cells.get(column, "") for cells in (base, ours, theirs))
            open_ = _said(before) if self.rules.keeps_base else OPEN
            row[column] = open_ if column in asked else _settled(before, one, two, column in mine, column in other)
        for column in row:
            if column in asked:
                self._ask(
                    key, column, base.get(column, ""), ours.get(column, ""), theirs.get(column, ""), asked[column]
                )
        return row

    def _asked(
        self, key: Key, base: Cells, ours: tuple[Cells, set[str]], theirs: tuple[Cells, set[str]]
    ) -> dict[str, Why]:
        """Name the cells that are for a person, and why."""
        (one, mine), (two, other) = ours, theirs
        if key in self.held:
            return dict.fromkeys(sorted(mine | other), "check")
        same = self.rules.same
        differ = {
            c for c in mine | other if one.get(c, "") != two.get(c, "") and not same(c, one.get(c, ""), two.get(c, ""))
        }
        if key not in self.base.rows:
            return dict.fromkeys(sorted(differ), "same_id")
        if not self.rules.keeps_base:  # the merge that comes after cannot know whether what one side did was kept
            return dict.fromkeys(sorted(differ), "two_values")
        asked: dict[str, Why] = dict.fromkeys(sorted(differ & mine & other), "two_values")
        for group in self.rules.groups:
            if mine & group and other & group:
                for column in sorted(differ & group):
                    asked.setdefault(column, "group")
        if self.strict:
            self._guard(asked, base, differ, ours, theirs)
        return asked

    def _guard(
        self,
        asked: dict[str, Why],
        base: Cells,
        differ: set[str],
        ours: tuple[Cells, set[str]],
        theirs: tuple[Cells, set[str]],
    ) -> None:
        caught: dict[str, Why] = {}
        for cells, touched in (ours, theirs):
            for column in sorted(touched & differ):
                if self.common is not None and column not in self.common:
                    caught[column] = "column"
                elif why := self.rules.guard(column, base, cells):
                    caught[column] = why
        for column, why in caught.items():
            asked.setdefault(column, why)
            for group in self.rules.groups:
                if column in group and why != "column":
                    for together in sorted(differ & group):
                        asked.setdefault(together, why)

    def _ask(  # noqa: PLR0917 -- one cell of three versions
        self,
        key: Key,
        column: str,
        base: str,
        ours: str,
        theirs: str,
        why: Why,
        gone: Literal["", "base", "ours", "theirs"] = "",
    ) -> None:
        self.conflicts.append(Conflict(key, column, _said(base), ours, theirs, why, gone))


def _said(cell: str) -> str:
    """Give what a cell of a base says: nothing where it was left open."""
    return "" if cell == OPEN else cell


def _plain(row: Cells) -> Cells:
    return {column: _said(cell) for column, cell in row.items()} if OPEN in row.values() else row


def _settled(base: str, ours: str, theirs: str, mine: bool, other: bool) -> str:
    """Give the text of a settled cell; where only the spelling differs, one that does not depend on the side."""
    if mine and other:
        return min(ours, theirs)
    if mine or other:
        return ours if mine else theirs
    if theirs in (ours, base):
        return ours
    return theirs if ours == base else base


def _without_base(ours: Version, theirs: Version, rules: Rules) -> Merged:
    conflicts: list[Conflict] = []
    for key, cells in theirs.rows.items():
        mine = ours.rows.get(key)
        if mine is None:
            said = [(column, value) for column, value in cells.items() if value]
            conflicts += [Conflict(key, column, "", "", value, "no_base", "ours") for column, value in said]
        else:
            differ = _touched(mine, cells, rules)
            conflicts += [
                Conflict(key, column, "", mine.get(column, ""), cells.get(column, ""), "no_base") for column in differ
            ]
    return Merged(dict(ours.rows), tuple(conflicts))
