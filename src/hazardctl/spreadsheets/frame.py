"""Find the table in a sheet: where its headings begin, how many rows they take, which way it lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hazardctl.formats.workbook import Sheet
from hazardctl.spreadsheets.body import clean, with_body
from hazardctl.spreadsheets.headings import Vocabulary, match
from hazardctl.spreadsheets.table import Table
from hazardctl.spreadsheets.words import FACT, FACT_END

SEARCHED = 40  # rows in which a heading may begin
TALLEST = 4
FURTHER = 12  # rows below the best heading row so far in which a better one is looked for
NEAR = 3  # the same, where that row has
ENOUGH = 5  # fields
FEWEST = 2  # fields that make a row a heading row


def find(sheet: Sheet, words: Vocabulary) -> Table | None:
    """Find a sheet's table; entries may be its rows or, where the fields stand one below the other, its columns."""
    upright = _headings(sheet, words)
    if upright is None or upright.fields < 4:
        lying = _headings(turned(sheet), words)
        if lying and lying.fields > (upright.fields if upright else 0) + 1 and lying.fields >= 3:
            upright = replace(lying, turned=True)
    if upright is None or upright.fields < FEWEST:
        return None
    return with_body(upright, words)


def turned(sheet: Sheet) -> Sheet:
    """Give a sheet with its rows as columns."""
    return Sheet(
        sheet.name,
        [list(column) for column in zip(*sheet.rows, strict=True)],
        tuple((left, top, right, bottom) for top, left, bottom, right in sheet.merges),
        sheet.hidden,
        sheet.hidden_columns,
        sheet.hidden_rows,
        {(column, row): flag for (row, column), flag in sheet.flags.items()},
    )


def _headings(sheet: Sheet, words: Vocabulary) -> Table | None:
    best: Table | None = None
    owners = owners_of(sheet)
    for top in range(min(SEARCHED, len(sheet.rows))):
        if sum(bool(cell.strip()) for cell in sheet.rows[top]) < FEWEST:
            continue
        if best and best.fields >= FEWEST and top > best.body + (NEAR if best.fields >= ENOUGH else FURTHER):
            break
        for height in range(1, _tallest(sheet, top) + 1):
            columns = tuple(
                match(number, path_of(sheet, owners, top, height, number), words) for number in range(sheet.width)
            )
            found = Table(sheet, top, top + height, columns)
            if best is None or (found.fields, top - found.body) > (best.fields, best.top - best.body):
                best = found
    return _whole(best, owners, words) if best else None


def _tallest(sheet: Sheet, top: int) -> int:
    """Give the most rows headings that begin here can have: one, where no cell is merged or blank."""
    merged = any(first <= top + TALLEST and last >= top for first, _, last, _ in sheet.merges)
    if not merged and all(cell.strip() for cell in sheet.rows[top]):
        return 1
    return min(TALLEST, len(sheet.rows) - top)


def _whole(table: Table, owners: Mapping[tuple[int, int], tuple[int, int]], words: Vocabulary) -> Table:
    """Take in heading rows that add no field but belong to the headings by their merged cells."""
    sheet, bottom = table.sheet, table.body
    known = {column.number for column in table.columns if column.key}
    for first, left, last, _ in sheet.merges:
        if left in known and table.top <= first < table.body <= last < table.top + TALLEST:
            bottom = max(bottom, last + 1)
    top = table.top
    while top > 0 and table.top - top < 2 and _is_group_row(sheet, top - 1, top):
        top -= 1
    if (top, bottom) == (table.top, table.body):
        return table
    columns = tuple(
        match(number, path_of(sheet, owners, top, bottom - top, number), words) for number in range(sheet.width)
    )
    grown = Table(sheet, top, bottom, columns)
    if grown.fields >= table.fields:
        return grown
    keys = [column.key for column in table.columns if column.key]
    if len(set(keys)) == len(keys):
        return replace(table, body=max(table.body, bottom))
    kept = tuple(  # all their headings, so that one can be told from the next
        replace(new, key=old.key, strength=old.strength, second=old.second)
        for old, new in zip(table.columns, grown.columns, strict=True)
    )
    return replace(table, body=max(table.body, bottom), columns=kept)


def _is_group_row(sheet: Sheet, row: int, below: int) -> bool:
    """Tell whether a row above the headings holds groups: a cell merged over some columns, or down into them."""
    if any(FACT.search(cell) and FACT_END.search(cell) for cell in sheet.rows[row]):
        return False
    across = [area for area in sheet.merges if area[0] == row == area[2] and area[3] - area[1] + 1 < sheet.width]
    down = any(top == row and bottom >= below for top, _, bottom, _ in sheet.merges)
    said = sum(bool(cell.strip()) for cell in sheet.rows[row])
    return said > 1 and (down or (bool(across) and all(len(cell) <= 20 for cell in sheet.rows[row])))


def owners_of(sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Give for each cell inside a merged range the cell that holds its text; the first rows only."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for top, left, bottom, right in sheet.merges:
        if top >= SEARCHED + TALLEST or (top, left) in owners:  # ranges that overlap are a hostile file's
            continue
        for row in range(top, min(bottom, SEARCHED + TALLEST) + 1):
            for column in range(left, min(right, sheet.width - 1) + 1):
                owners[row, column] = (top, left)
    return owners


def path_of(
    sheet: Sheet, owners: Mapping[tuple[int, int], tuple[int, int]], top: int, height: int, column: int
) -> tuple[str, ...]:
    """Give the headings of a column from the top down, groups first."""
    if height == 1 and not owners:
        return (said,) if (said := _cell(sheet, top, column)) else ()
    path: list[str] = []
    for row in range(top, top + height):
        at = owners.get((row, column), (row, column))
        said = _cell(sheet, *at)
        if not said and not sheet.merges and row < top + height - 1 and _cell(sheet, row + 1, column):
            said = _to_the_left(sheet, row, column)
        if said and (not path or path[-1] != said):
            path.append(said)
    return tuple(path)


def _to_the_left(sheet: Sheet, row: int, column: int) -> str:
    """Find the group of a column where the format knows no merged cells: the last words to the left of a blank."""
    while column > 0 and _cell(sheet, row + 1, column):
        column -= 1
        if said := _cell(sheet, row, column):
            return said if _cell(sheet, row + 1, column) else ""
    return ""


def _cell(sheet: Sheet, row: int, column: int) -> str:
    if row >= len(sheet.rows) or column >= sheet.width:
        return ""
    return clean(sheet.rows[row][column])
