"""Read what stands below a table's headings and around it: entries, and what is none; the head line's facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from hazardctl import text
from hazardctl.entry import ID_LOOK
from hazardctl.formats.workbook import Sheet
from hazardctl.ledger import FILLERS
from hazardctl.spreadsheets.headings import Vocabulary, match
from hazardctl.spreadsheets.table import Aside, Row, Table
from hazardctl.spreadsheets.words import (
    EXAMPLE,
    FACT,
    FACT_END,
    MEASURES,
    NIL_TEXT,
    NOTE,
    NOTHING,
    SEAL,
    STEMS,
    SUM,
    TOTAL,
)

clean = lru_cache(1 << 14)(text.clean)  # most cells of a table say what others said before
_LONGEST_HEADING = 16
_LONGEST_COUNTER = 6


def with_body(table: Table, words: Vocabulary) -> Table:
    """Read the rows below a table's headings."""
    sheet = table.sheet
    filled = _filled(table)
    table = replace(table, filled=filled)
    merged = {row for row, _ in filled}
    rows: list[Row] = []
    aside: list[Aside] = []
    facts, title = _above(table)
    second = -1
    for number in range(table.body, len(sheet.rows)):
        cells = list(sheet.rows[number])
        for at in range(len(cells)) if number in merged else ():
            if (number, at) in filled:
                top, left = filled[number, at]
                cells[at] = sheet.rows[top][left]
        kind = _kind(table, number, cells, words, first=not rows)
        if kind == "second":
            second = number
            break
        if kind == "facts":
            facts |= {name: value for name, value in facts_in(sheet.rows[number]).items() if name not in facts}
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
    reached: dict[int, int] = {}  # ranges that overlap are a hostile file's
    for top, left, bottom, _ in sorted(table.sheet.merges):
        if top >= table.body and bottom > top > reached.get(left, -1) and left not in own and left < table.sheet.width:
            reached[left] = bottom
            for row in range(top + 1, min(bottom, len(table.sheet.rows) - 1) + 1):
                filled[row, left] = (top, left)
    return filled


def _above(table: Table) -> tuple[dict[str, str], str]:
    facts: dict[str, str] = {}
    title = ""
    for row in table.sheet.rows[: table.top]:
        found = facts_in(row)
        facts |= {name: value for name, value in found.items() if name not in facts}
        said = [cell.strip() for cell in row if cell.strip()]
        if not title and not found and said:
            title = " ".join(max(said, key=len).split())
    return facts, title


def facts_in(row: Sequence[str], *, bare: bool = True) -> dict[str, str]:
    """Read 填报单位：… 填报人：… 填报时间：… wherever the value stands: after the colon, or in the next filled cell."""
    facts: dict[str, str] = {}
    said = [cell for cell in row if cell and not cell.isspace()]
    names = [bool(_is_name(cell)) for cell in said]
    bare = bare and any(names) and not any(one and two for one, two in pairwise(names))  # else these are headings
    if not bare and not any("\uff1a" in cell or ":" in cell for cell in said):
        return facts
    for number, cell in enumerate(said):
        found = list(_named(cell)) or ([(_is_name(cell), 0, len(cell))] if bare and _is_name(cell) else [])
        for at, (name, _, end) in enumerate(found):
            until = found[at + 1][1] if at + 1 < len(found) else len(cell)
            value = text.trim(cell[end:until])
            if not value and at + 1 == len(found) and number + 1 < len(said) and not _names_a_fact(said[number + 1]):
                value = text.trim(said[number + 1])
            if value and name == "unit":
                value = SEAL.sub("", value)
            if value:
                facts.setdefault("measure" if name == "unit" and text.clean(value) in MEASURES else name, value)
    return facts


def _names_a_fact(cell: str) -> bool:
    return bool(_is_name(cell)) or any(True for _ in _named(cell))


@lru_cache(1 << 12)
def _is_name(cell: str) -> str:
    """Give which fact a cell names without a colon, its value being in the next cell; empty where it names none."""
    if len(cell) > _LONGEST_HEADING:
        return ""
    found = FACT.fullmatch(SEAL.sub("", text.clean(cell)))
    return (found.lastgroup or "other") if found else ""


def _named(cell: str) -> Iterator[tuple[str, int, int]]:
    """Give each name of a fact in a cell: which, where it begins, and where its value does."""
    for found in FACT.finditer(cell):
        end = FACT_END.match(cell, found.end())
        if end and (not found.start() or not cell[found.start() - 1].isalnum()):
            yield found.lastgroup or "other", found.start(), end.end()


def _kind(table: Table, number: int, cells: Sequence[str], known: Vocabulary, *, first: bool) -> str:  # noqa: PLR0911 -- one line a kind
    numbered = {column.number for column in table.columns if column.key == "number"}
    said = [(at, word) for at, cell in enumerate(cells) if cell and (word := text.trim(cell)) and at not in numbered]
    if not said:
        return _unnumbered(cells, numbered)
    if table.filled and all((number, at) in table.filled for at, _ in said) and not _is_counted(cells, numbered):
        return "blank"
    if any(column.key == "id" and ID_LOOK.fullmatch(cells[column.number].strip()) for column in table.columns):
        return "entry"  # whatever else it says: the ledger knows it
    if first and is_numbering([cell.strip() for cell in cells if cell.strip()]):
        return "numbering"
    words = [word for _, word in said]
    opening = clean(next(cell for cell in cells if cell.strip()))
    if repeated := _repeats(table, cells, known):
        return repeated
    kind = _beside(cells, words, opening)
    if kind:
        return kind
    return _few(table, number, said[0][0], numbered, cells) if len(words) < 3 else "entry"


def _beside(cells: Sequence[str], words: Sequence[str], opening: str) -> str:
    """Tell by its words which kind of row that is no entry this is; empty where it may be one."""
    if len(words) <= 3 and NOTE.match(words[0]):
        return "note"
    if facts_in(cells) and sum(_names_a_fact(word) for word in words) * 2 >= len(words):
        return "facts"
    if _is_total(opening, words):
        return "total"
    if EXAMPLE.fullmatch(opening) or EXAMPLE.fullmatch(words[0]):
        return "example"
    return "nil" if says_nil(words) else ""


def _unnumbered(cells: Sequence[str], numbered: set[int]) -> str:
    """Tell what a row is that says nothing but in the column of running numbers: words there are a heading."""
    words = [word for at in numbered if (word := text.trim(cells[at]))]
    if words and says_nil(words):
        return "nil"
    if not words or all(_is_figure(word) for word in words):
        return "blank"
    return "total" if _is_total(clean(words[0]), words) else "note" if NOTE.match(words[0]) else "section"


def _is_counted(cells: Sequence[str], numbered: set[int]) -> bool:
    return any(_is_counter(word) for at in numbered if (word := text.trim(cells[at])))


def _is_counter(word: str) -> bool:
    return len(word) <= _LONGEST_COUNTER and not word.endswith((":", "\uff1a"))


def _is_total(opening: str, words: Sequence[str]) -> bool:
    folded = text.fold("".join(opening.split())) if opening else ""
    if len(opening) >= 30 or not TOTAL.match(folded):
        return False
    if SUM.fullmatch(folded):
        return True
    return len([word for word in words if not _is_figure(word) and text.fold("".join(word.split())) != folded]) <= 1


def _few(table: Table, number: int, column: int, numbered: set[int], cells: Sequence[str]) -> str:
    """Tell what a row of one or two cells is: an entry only where it is counted like one, or nothing is counted."""
    counters = [word for at in numbered if (word := text.trim(cells[at]))]
    if not all(_is_counter(word) for word in counters):
        return "stray"
    if sum(bool(text.trim(cell)) for at, cell in enumerate(cells) if at not in numbered) > 1:
        return "entry"
    if _is_wide(table.sheet, number, column):
        return "section"
    described = next((each.number for each in table.columns if each.key == "description"), -1)
    if numbered and not _is_counted(cells, numbered):
        return "stray"
    return "entry" if column == described or numbered or table.fields < 3 else "stray"


def is_numbering(said: Sequence[str]) -> bool:
    """Tell whether a row only numbers the columns: 1 2 3, or \u7532 \u4e59 1 2."""
    if len(said) < 3:
        return False
    plain = [text.halfwidth(word).strip("()（）[]") for word in said]
    letters = [word for word in plain if word in STEMS or (len(word) == 1 and word.isalpha() and word.isascii())]
    figures = [int(word) for word in plain if word.isdecimal() and len(word) < 4]
    if len(letters) + len(figures) != len(plain):
        return False
    begin = figures[0] if figures else 1
    return begin in (0, 1) and figures == list(range(begin, begin + len(figures)))


def _repeats(table: Table, cells: Sequence[str], words: Vocabulary) -> str:
    """Tell whether a row says the headings once more: `headings`, or `second` where columns have changed places."""
    known = [(column.number, column.path, column.key) for column in table.columns if column.path]
    same, other = 0, []
    for at, path, key in known:
        if not cells[at] or cells[at].isspace():
            continue
        if clean(cells[at]) in path:
            same += 1
        else:
            other.append((at, key))
            if len(other) > len(known) // 2:
                return ""
    if same < 2 or same < (len(known) // 2 if other else 2):
        return ""
    moved = any(key not in ("", match(at, (clean(cells[at]),), words).key) for at, key in other)
    return "second" if moved and any(match(at, (clean(cells[at]),), words).key for at, _ in other) else "headings"


@lru_cache(1 << 14)
def _is_figure(word: str) -> bool:
    plain = text.halfwidth(word).strip("%")
    return (
        word in FILLERS
        or plain.replace(",", "").replace(".", "", 1).isdecimal()
        or (len(word) <= 6 and word[:1].isdecimal())
    )


def says_nil(words: Sequence[str]) -> bool:
    """Tell whether some cells say that nothing was found, and nothing else."""
    distinct = {word for word in words if word not in FILLERS or word == NOTHING}
    if not distinct or len(distinct) > 4:
        return False
    spoken = {text.fold(word).rstrip("\u3002.!\uff01") for word in distinct}
    return len(spoken) <= 2 and all(NIL_TEXT.fullmatch(word) for word in spoken)


def _is_wide(sheet: Sheet, row: int, column: int) -> bool:
    return any(
        top == row and left == column and (right - left + 1) * 2 >= sheet.width and right > left
        for top, left, _, right in sheet.merges
    )


def _another_heading(cells: Sequence[str], words: Vocabulary) -> bool:
    short = [clean(cell) for cell in cells if cell and len(cell) < _LONGEST_HEADING and not cell.isspace()]
    if len(short) < 3:
        return False
    known = {key for cell in short if not _is_figure(cell) and (key := match(0, (cell,), words).key)}
    return len(known) >= 3 and len(known) * 2 >= sum(bool(cell and not cell.isspace()) for cell in cells)
