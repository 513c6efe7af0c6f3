"""Find the table in a sheet: title and head line above it, its heading rows, its entries, and what is none of these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hazardctl import text
from hazardctl.formats.workbook import Sheet, a1
from hazardctl.ledger import FILLERS
from hazardctl.spreadsheets.headings import Column, Vocabulary, match
from hazardctl.spreadsheets.words import FACT, FACT_END, IGNORED, NIL_TEXT, NOTE, NOTHING, STEMS, TOTAL

SEARCHED = 40  # rows in which a heading may begin
TALLEST = 4
FURTHER = 12  # rows below the best heading row so far in which a better one is looked for
FEWEST = 2  # fields that make a row a heading row


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table's body that is an entry: its number in the sheet, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that is no entry; blank lines are not listed. `kind`: total, note, numbering, headings, section, nil."""

    number: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table as found in a sheet."""

    sheet: Sheet
    top: int  # first heading row
    body: int  # first row below the headings
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    aside: tuple[Aside, ...] = ()
    filled: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # cell → the merged cell it is of
    facts: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    turned: bool = False  # the fields are rows in the sheet
    second: int = -1  # the row at which another table begins

    @property
    def fields(self) -> int:
        """Count the fields that are known."""
        return len({column.key for column in self.columns if column.key not in ("", IGNORED)})

    @property
    def nil(self) -> bool:
        """Tell whether the table says in so many words that nothing was found."""
        return not self.rows and any(aside.kind == "nil" for aside in self.aside)

    def place(self, row: int, column: int) -> str:
        """Name a cell as the sheet does."""
        return a1(column, row) if self.turned else a1(row, column)


def find(sheet: Sheet, words: Vocabulary) -> Table | None:
    """Find a sheet's table; entries may be its rows or, where the fields stand one below the other, its columns."""
    upright = _headings(sheet, words)
    if upright is None or upright.fields < 4:
        turned = _headings(_turned(sheet), words)
        if turned and turned.fields > (upright.fields if upright else 0) + 1 and turned.fields >= 3:
            upright = replace(turned, turned=True)
    if upright is None or upright.fields < FEWEST:
        return None
    return _with_body(upright, words)


def _turned(sheet: Sheet) -> Sheet:
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
    owners = _owners(sheet)
    for top in range(min(SEARCHED, len(sheet.rows))):
        if sum(bool(cell.strip()) for cell in sheet.rows[top]) < FEWEST:
            continue
        if best and best.fields >= FEWEST and top > best.body + FURTHER:
            break
        for height in range(1, _tallest(sheet, top) + 1):
            columns = tuple(
                match(number, _path(sheet, owners, top, height, number), words) for number in range(sheet.width)
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
        match(number, _path(sheet, owners, top, bottom - top, number), words) for number in range(sheet.width)
    )
    grown = Table(sheet, top, bottom, columns)
    return grown if grown.fields >= table.fields else replace(table, body=max(table.body, bottom))


def _is_group_row(sheet: Sheet, row: int, below: int) -> bool:
    """Tell whether a row above the headings holds groups: a cell merged over some columns, or down into them."""
    if any(FACT.search(cell) and FACT_END.search(cell) for cell in sheet.rows[row]):
        return False
    across = [area for area in sheet.merges if area[0] == row == area[2] and area[3] - area[1] + 1 < sheet.width]
    down = any(top == row and bottom >= below for top, _, bottom, _ in sheet.merges)
    said = sum(bool(cell.strip()) for cell in sheet.rows[row])
    return said > 1 and (down or (bool(across) and all(len(cell) <= 20 for cell in sheet.rows[row])))


def _owners(sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Give for each cell inside a merged range the cell that holds its text; the first rows only."""
    return {
        (row, column): (top, left)
        for top, left, bottom, right in sheet.merges
        if top < SEARCHED + TALLEST
        for row in range(top, min(bottom, SEARCHED + TALLEST) + 1)
        for column in range(left, min(right, sheet.width - 1) + 1)
    }


def _path(
    sheet: Sheet, owners: Mapping[tuple[int, int], tuple[int, int]], top: int, height: int, column: int
) -> tuple[str, ...]:
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
    return text.clean(sheet.rows[row][column])


def _with_body(table: Table, words: Vocabulary) -> Table:
    sheet = table.sheet
    filled = _filled(table)
    rows: list[Row] = []
    aside: list[Aside] = []
    facts, title = _above(table)
    second = -1
    for number in range(table.body, len(sheet.rows)):
        cells = [
            sheet.rows[filled[number, at][0]][filled[number, at][1]] if (number, at) in filled else cell
            for at, cell in enumerate(sheet.rows[number])
        ]
        kind = _kind(table, number, cells, first=not rows)
        if kind == "facts":
            facts |= {name: value for name, value in _facts(sheet.rows[number]).items() if name not in facts}
        elif kind == "entry":
            if _another_heading(cells, words):
                second = number
                break
            rows.append(Row(number, tuple(cells)))
        elif kind != "blank":
            said = [cell.strip() for cell in cells if cell.strip()]
            aside.append(Aside(number, kind, next((cell for cell in said if not cell.isdecimal()), said[0])))
    return replace(table, rows=tuple(rows), aside=tuple(aside), filled=filled, facts=facts, title=title, second=second)


def _filled(table: Table) -> dict[tuple[int, int], tuple[int, int]]:
    """Give for each body cell of a range merged downwards the cell whose text it shares."""
    filled: dict[tuple[int, int], tuple[int, int]] = {}
    own = {column.number for column in table.columns if column.key in ("id", "number")}
    for top, left, bottom, _ in table.sheet.merges:
        if top >= table.body and bottom > top and left not in own and left < table.sheet.width:
            for row in range(top + 1, min(bottom, len(table.sheet.rows) - 1) + 1):
                filled[row, left] = (top, left)
    return filled


def _above(table: Table) -> tuple[dict[str, str], str]:
    facts: dict[str, str] = {}
    title = ""
    for row in table.sheet.rows[: table.top]:
        found = _facts(row)
        facts |= {name: value for name, value in found.items() if name not in facts}
        said = [cell.strip() for cell in row if cell.strip()]
        if not title and not found and said:
            title = " ".join(max(said, key=len).split())
    return facts, title


def _facts(row: Sequence[str]) -> dict[str, str]:
    """Read 填报单位：… 填报人：… 填报时间：… wherever the value stands: after the colon, or in the next filled cell."""
    facts: dict[str, str] = {}
    said = [cell for cell in row if cell.strip()]
    for number, cell in enumerate(said):
        found = list(_named(cell))
        for at, (name, _, end) in enumerate(found):
            until = found[at + 1][1] if at + 1 < len(found) else len(cell)
            value = text.trim(cell[end:until])
            if not value and at + 1 == len(found) and number + 1 < len(said) and not list(_named(said[number + 1])):
                value = text.trim(said[number + 1])
            if value:
                facts.setdefault(name, value)
    return facts


def _named(cell: str) -> Iterator[tuple[str, int, int]]:
    """Give each name of a fact in a cell: which, where it begins, and where its value does."""
    for found in FACT.finditer(cell):
        end = FACT_END.match(cell, found.end())
        if end and (not found.start() or not cell[found.start() - 1].isalnum()):
            yield found.lastgroup or "other", found.start(), end.end()


def _kind(table: Table, number: int, cells: Sequence[str], *, first: bool) -> str:  # noqa: PLR0911 -- one line a kind
    numbered = {column.number for column in table.columns if column.key == "number"}
    said = [(at, text.trim(cell)) for at, cell in enumerate(cells) if text.trim(cell) and at not in numbered]
    if not said:
        return "blank"
    own = [cell for at, cell in said if (number, at) not in table.filled]
    if not own and not any(text.trim(cells[at]) for at in numbered):
        return "blank"
    if first and _is_numbering([cell.strip() for cell in cells if cell.strip()]):
        return "numbering"
    words = [word for _, word in said]
    opening = text.clean(next(cell for cell in cells if cell.strip()))
    if _repeats(table, cells):
        return "headings"
    if len(words) <= 3 and NOTE.match(words[0]):
        return "note"
    if _facts(cells) and sum(bool(list(_named(word))) for word in words) * 2 >= len(words):
        return "facts"
    folded = text.fold("".join(opening.split()))
    texts = [word for _, word in said if not _is_figure(word) and text.fold("".join(word.split())) != folded]
    if TOTAL.match(folded) and len(texts) <= 1 and len(opening) < 30:
        return "total"
    if says_nil(words):
        return "nil"
    return "section" if len(words) == 1 and _is_wide(table.sheet, number, said[0][0]) else "entry"


def _is_numbering(said: Sequence[str]) -> bool:
    if len(said) < 3:
        return False
    plain = [text.halfwidth(word).strip("()（）[]") for word in said]
    letters = [word for word in plain if word in STEMS or (len(word) == 1 and word.isalpha() and word.isascii())]
    figures = [int(word) for word in plain if word.isdecimal() and len(word) < 4]
    if len(letters) + len(figures) != len(plain):
        return False
    begin = figures[0] if figures else 1
    return begin in (0, 1) and figures == list(range(begin, begin + len(figures)))


def _repeats(table: Table, cells: Sequence[str]) -> bool:
    leaves = {column.number: column.path[-1] for column in table.columns if column.path}
    same = sum(text.clean(cells[at]) == leaf for at, leaf in leaves.items())
    return same >= max(2, len(leaves) // 2)


def _is_figure(word: str) -> bool:
    plain = text.halfwidth(word).strip("%")
    return (
        word in FILLERS
        or plain.replace(",", "").replace(".", "", 1).isdecimal()
        or (len(word) <= 6 and word[:1].isdecimal())
    )


def says_nil(words: Sequence[str]) -> bool:
    """Tell whether some cells say that nothing was found, and nothing else."""
    plain = [text.fold(word).rstrip("。.!！") for word in words]
    spoken = [word for word in plain if word not in FILLERS or word == NOTHING]
    return bool(spoken) and len(set(spoken)) <= 2 and all(NIL_TEXT.fullmatch(word) for word in spoken)


def _is_wide(sheet: Sheet, row: int, column: int) -> bool:
    return any(
        top == row and left == column and (right - left + 1) * 2 >= sheet.width and right > left
        for top, left, _, right in sheet.merges
    )


def _another_heading(cells: Sequence[str], words: Vocabulary) -> bool:
    short = sum(bool(cell) and len(cell) < 16 for cell in cells)
    if short < 3:
        return False
    found = [
        match(at, (text.clean(cell),), words).key for at, cell in enumerate(cells) if cell.strip() and len(cell) < 16
    ]
    known = {key for key in found if key}
    return len(known) >= 3 and len(known) * 2 >= len([cell for cell in cells if cell.strip()])
