"""Three-way merges where histories crossed and have several last common versions: all of them have to agree.

A base that git makes out of them says for many a cell what only one of them said. Whoever changed such a cell back
would be taken for one who did nothing. So the versions are merged once from each, and what differs is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hazardctl.merging import threeway
from hazardctl.merging.threeway import Cells, Conflict, Key, Merged, Rules, Version

Asked = dict[tuple[Key, str], Conflict]


def merge(
    bases: Sequence[Version], ours: Version, theirs: Version, rules: Rules, held: frozenset[Key] = frozenset()
) -> Merged:
    """Merge two versions from each of their bases; what does not come to the same from all of them is in question.

    A cell in question says what the first of the bases that has it says.
    """
    if len(bases) < 2:
        return threeway.merge(bases[0] if bases else None, ours, theirs, rules, held)
    done = [threeway.merge(base, ours, theirs, rules, held) for base in bases]
    asked: Asked = {}
    for one in done:
        for conflict in one.conflicts:
            asked.setdefault((conflict.key, conflict.column), conflict)
    rows: dict[Key, Cells] = {}
    for key in dict.fromkeys(key for one in done for key in one.rows):
        found = [one.rows[key] for one in done if key in one.rows]
        _disagreeing(key, found, len(done), (ours.rows.get(key), theirs.rows.get(key)), rules, asked)
        rows[key] = _row(key, found, bases, asked)
    conflicts = [_from_the_first(conflict, rows) for conflict in asked.values()]
    gone = dict.fromkeys(key for one in done for key in one.gone if key not in rows)
    touched = {key: frozenset().union(*(one.touched.get(key, ()) for one in done)) for key in rows}
    return Merged(rows, tuple(conflicts), tuple(gone), touched)


def _disagreeing(  # noqa: PLR0917 -- one row of all merges and of both sides
    key: Key,
    found: Sequence[Cells],
    count: int,
    sides: tuple[Cells | None, Cells | None],
    rules: Rules,
    asked: Asked,
) -> None:
    """Ask about the cells of a row that the merges do not have alike, and about a row that only some of them have."""
    ours, theirs = (side or {} for side in sides)
    columns = list(dict.fromkeys(column for cells in found for column in cells))
    first = found[0]
    differ = {
        column
        for column in columns
        for cells in found[1:]
        if cells.get(column, "") != first.get(column, "")
        and not rules.same(column, cells.get(column, ""), first.get(column, ""))
    }
    open_ = differ | {column for column in columns if (key, column) in asked}
    for group in rules.groups:
        if open_ & group:  # what belongs together is settled together
            differ |= {c for c in group if not rules.same(c, ours.get(c, ""), theirs.get(c, ""))}
    if None in sides:
        differ = set()  # who deleted the row did not decide about each cell of it
    for column in (column for column in columns if column in differ):
        conflict = Conflict(key, column, "", ours.get(column, ""), theirs.get(column, ""), "two_values")
        asked.setdefault((key, column), conflict)
    if len(found) < count and not open_:
        column = next((column for column in columns if first.get(column)), columns[0])
        asked[key, column] = Conflict(
            key,
            column,
            "",
            ours.get(column, ""),
            theirs.get(column, ""),
            "row",
            "ours" if sides[0] is None else "theirs",
        )


def _row(key: Key, found: Sequence[Cells], bases: Sequence[Version], asked: Asked) -> Cells:
    """Give a row with what was before in the cells in question."""
    before = [base.rows[key] for base in bases if key in base.rows]
    row: dict[str, str] = {}
    for column in dict.fromkeys(column for cells in found for column in cells):
        if (key, column) in asked:
            row[column] = next((cells[column] for cells in before if cells.get(column)), "")
        else:
            row[column] = min(cells.get(column, "") for cells in found)  # spellings of the same
    return row


def _from_the_first(conflict: Conflict, rows: Mapping[Key, Cells]) -> Conflict:
    base = rows[conflict.key].get(conflict.column, "")
    return Conflict(conflict.key, conflict.column, base, conflict.ours, conflict.theirs, conflict.why, conflict.gone)
