"""Merge the rows of a ledger that both sides touched, or that a rule takes notice of, without the rest of the program.

For `quick`: the rules are those of `merge`, applied to cells that are beyond doubt: plain text, days written as
2022-09-06 or 2022/9/6, deadlines in words that mean one thing, the campaign's own words. Whatever else is met is
Unclear, and the whole program does it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from hazardctl import text
from hazardctl.merging import threeway
from hazardctl.merging.guarded import GROUPS, Unclear, Words, is_entry
from hazardctl.merging.lines import Lines, rewritten, woven, written
from hazardctl.merging.threeway import Cells, Merged, Rules, Version, Why

if TYPE_CHECKING:
    from hazardctl.cells.deadline_forms import Deadline

_DAY = re.compile(r"(20[0-9]{2})([-/.])(0?[1-9]|1[0-2])\2(0?[1-9]|1[0-9]|2[0-8])")


class Care:
    """What cells mean the same, and what is never taken unasked; all raise Unclear where that needs the terms."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def same(self, column: str, one: str, other: str) -> bool:
        """Tell whether two cells mean the same."""
        if text.trim(one) == text.trim(other):
            return True
        kind, cells = self.words.kinds.get(column), [cell for cell in (one, other) if cell]
        if kind is None:  # a column of the clerk's own
            return False
        if column in self.words.meanings:
            return self.words.meaning(column, one) == self.words.meaning(column, other)
        if kind in ("day", "deadline"):
            if kind == "deadline" and not all(map(_DAY.fullmatch, cells)):
                meant = list(map(_deadline, cells))
                return len(meant) == 2 and (meant[0][0] == meant[1][0] or meant[0][1] == meant[1][1])
            days = list(map(_day, cells))
            return len(days) == 2 and days[0] == days[1]
        sure = kind in ("text", "names", "id") and all(_says(cell, kind) for cell in cells)
        if not sure or (kind == "names" and len(set(map(_letters, cells))) < len(cells)):
            raise Unclear
        return False

    def guard(self, column: str, base: Cells, side: Cells) -> Why | None:
        """Find what is never taken over unasked although only one side did it."""
        if column in ("verified_by", "verified_on"):
            return "verified"
        if column == "status":
            backwards = self.words.stage(side.get("status", "")) < self.words.stage(base.get("status", ""))
            return "backwards" if backwards else None
        if column in ("deadline", "extended_to"):
            before, after = _due(base), _due(side)
            return "later" if before and (not after or after > before) else None
        return None

    def as_sound(self, row: Cells, version: Cells | None) -> bool:
        """Tell whether no rule can find fault with a row that it does not find with a version of it."""
        return version is not None and as_sound(row, version, self.words.kinds, self.words.free)


def as_sound(row: Cells, version: Cells, known: Container[str], free: Container[str]) -> bool:
    """Tell whether no rule finds fault with a row, made of versions' cells, that it does not find with one of them.

    `known` are the campaign's fields, `free` those whose words decide nothing.
    """
    return all(
        (value := row.get(column, "")) == (was := version.get(column, ""))
        or column not in known
        or (column in free and _says(value, "names") and _says(was, "names"))
        for column in dict.fromkeys((*row, *version))
    )


def _says(cell: str, kind: str) -> bool:
    """Tell whether a text says something, and nothing is wrong with it."""
    return text.plain(cell) or not (text.mark(cell) or text.unsafe(cell, single_line=kind != "text"))


def _letters(cell: str) -> str:
    return "".join(letter for letter in cell if letter.isalnum())


def _due(cells: Cells) -> str:
    for key in ("extended_to", "deadline"):
        if said := cells.get(key, ""):
            return _day(said) if _DAY.fullmatch(said) else _due_in_words(said, cells.get("found_on", ""))
    return ""


def _due_in_words(said: str, found_on: str) -> str:
    from datetime import date

    from hazardctl.cells import deadlines

    day = deadlines.due(_deadline(said)[0], date.fromisoformat(_day(found_on)) if found_on else None)
    return day.isoformat() if day else ""


def _deadline(cell: str) -> tuple[Deadline, str]:
    """Read a deadline in words, of which nothing is to be said whatever the campaign, and give its proper spelling.

    Raises Unclear for any other.
    """
    from hazardctl.cells import deadlines

    found = deadlines.parse_deadline(cell) if text.plain(cell) else None
    if found is None or found.problem or found.liberties or found.kind == "empty":
        raise Unclear
    return found, deadlines.spelling(found)


def _day(cell: str) -> str:
    """Give a day that is written in one of the usual ways as 2022-09-06; raises Unclear for anything else."""
    found = _DAY.fullmatch(cell)
    if not found:
        raise Unclear
    return f"{found[1]}-{int(found[3]):02}-{int(found[4]):02}"


def merged(versions: Sequence[Lines], keys: Sequence[str], words: Words) -> tuple[list[str], Merged]:
    """Merge base, ours and theirs; gives the records of the result, and what came of the rows that needed care."""
    base, ours, theirs = versions
    care = Care(words)
    names = [key or f"={title}" for key, title in zip(keys, ours.titles, strict=True)]
    if len({*names}) < len(names):
        raise Unclear
    gentle = _gentle(versions, keys, words)
    met = {
        key
        for key in (*ours.rows, *base.rows, *theirs.rows)
        if key not in gentle and not ours.rows.get(key) == base.rows.get(key) == theirs.rows.get(key)
    }
    for side in (ours, theirs):
        met |= _witness(base, side, gentle, names, care)
    tables = [_table(version, met, dict(zip(ours.titles, names, strict=True))) for version in versions]
    done = threeway.merge(tables[0], tables[1], tables[2], Rules(care.same, GROUPS, care.guard))
    clashing = {one.key for one in done.conflicts if one.why == "same_id"}
    for key, row in done.rows.items():
        if key in clashing:  # blank where they differ, and nothing is said of that
            sound = is_entry(row.values(), len(names))
        else:
            sound = any(care.as_sound(row, table.rows.get(key)) for table in tables)
        if not sound:
            raise Unclear
    rows = {key[0]: [row.get(name, "") for name in names] for key, row in done.rows.items()}
    rows |= {key: theirs.rows[key] for key in gentle - met if theirs.rows[key] != base.rows[key]}
    return _records(versions, rows, {key[0] for key in done.gone}, met), done


def _gentle(versions: Sequence[Lines], keys: Sequence[str], words: Words) -> set[str]:
    """Name the rows that one side alone has changed, in a way of which no rule takes notice."""
    base, ours, theirs = versions
    found = set()
    for key, old in base.rows.items():
        sides = [side.rows[key] for side in (ours, theirs) if side.rows.get(key, old) != old]
        if len(sides) == 1 and key in ours.rows and key in theirs.rows and not words.notice(keys, old, sides[0]):
            found.add(key)
    return found


def _witness(base: Lines, side: Lines, gentle: Iterable[str], names: Sequence[str], care: Care) -> set[str]:
    """Name a row that shows that a side did something: no rule takes notice where the other one did nothing at all."""
    changed = [key for key in base.rows if key in gentle and side.rows[key] != base.rows[key]]
    for key in changed:
        try:
            pairs = zip(names, base.rows[key], side.rows[key], strict=True)
            told = [care.same(*pair) for pair in pairs]  # of all: one that is unclear makes the row no witness
            if not all(told):
                return {key}
        except Unclear:
            continue
    if changed:
        raise Unclear
    return set()


def _table(version: Lines, met: set[str], names: Mapping[str, str]) -> Version:
    """Give rows of a version, their columns by name in the order they have in it; `names` are in the order of ours."""
    rows = {key: dict(zip(names, row, strict=True)) for key, row in version.rows.items() if key in met}
    return Version({(key,): {names[title]: row[title] for title in version.titles} for key, row in rows.items()})


def _records(versions: Sequence[Lines], rows: Mapping[str, Sequence[str]], gone: set[str], met: set[str]) -> list[str]:
    """Give the records of the result in an order that does not depend on the side, where the whole program would."""
    base, ours, theirs = versions
    kept = [key for key in ours.rows if key in base.rows and key not in gone]
    back = [key for key in theirs.rows if key in met and key in base.rows and key in rows and key not in ours.rows]
    result = [rewritten(ours.records[key], ours.rows[key], rows.get(key, ours.rows[key])) for key in kept]
    result += [written(rows[key]) for key in back]
    return result + woven(base, ours, theirs, rows)
