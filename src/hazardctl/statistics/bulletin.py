"""A published table as it is printed: headings, rows and sums, each number with the digits it shows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from hazardctl import text
from hazardctl.cells import quantities
from hazardctl.records import immutable

TOTAL = re.compile(
    r"^(?:全?[省市区县州校局]|本[级市区县局]|各\w{1,4})?(?:合计|总计|共计|总数|平均)|^全[省市区县州局]$"
    r"|^(?:grand )?total",
    re.IGNORECASE,
)
SUBTOTAL = re.compile(r"小计|subtotal", re.IGNORECASE)
OF_THESE = re.compile(r"^其中|^of (?:these|which)", re.IGNORECASE)
_RATE = re.compile(r"率|比例|占比|比重|百分比|%|％|rate|share|percent", re.IGNORECASE)
_SHARE = re.compile(r"占|比重|份额|share", re.IGNORECASE)
_SUM = re.compile(r"合\s*计|小\s*计|总\s*[计数量]|共\s*计|\b(?:total|sum|all)\b", re.IGNORECASE)
_NO_NUMBER = re.compile(r"序号|排名|名次|位次|行次|代码|电话|日期|时间|备注|rank|no\.", re.IGNORECASE)
_PLAIN = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,6})?")
_DATED = re.compile(r"[年月日季周]")
_LEAST = 2
_ERRING = 4
_TELLING = 3


@immutable
class Shown:
    """A number as it is printed: its value (of a rate in per cent), its decimals, and whether it is a rate."""

    raw: str
    value: Decimal
    decimals: int
    rate: bool


@immutable
class Line:
    """A row of numbers; `sums` is empty for a plain one, else `subtotal` or `total`."""

    row: int
    name: str
    sums: str
    cells: Mapping[int, Shown]


@immutable
class Nest:
    """A row that adds up the rows below it; not `fully` where a few columns differ."""

    line: Line
    parts: tuple[Line, ...]
    fully: bool


@dataclass(frozen=True)
class Printed:
    """A table: what stands over its columns, and its rows; places count from 0."""

    sheet: str
    heads: Sequence[str]
    lines: tuple[Line, ...]
    unread: tuple[tuple[int, int, str], ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def rates(self) -> tuple[int, ...]:
        """Name the columns of rates."""
        return self._columns(rates=True)

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """Name the columns of counts."""
        return self._columns(rates=False)

    def _columns(self, *, rates: bool) -> tuple[int, ...]:
        kinds: dict[int, list[bool]] = {}
        for line in self.lines:
            for column, shown in line.cells.items():
                kinds.setdefault(column, []).append(shown.rate)
        return tuple(sorted(column for column, said in kinds.items() if (sum(said) * 2 > len(said)) is rates))

    def is_share(self, column: int) -> bool:
        """Tell whether a column says which part of the total each row is."""
        total = [line.cells[column].value for line in self.lines if line.sums == "total" and column in line.cells]
        return bool(_SHARE.search(self.heads[column])) or total == [Decimal(100)]

    def is_called_sum(self, column: int) -> bool:
        """Tell whether a column's own heading, not that of its group, says that it adds others up."""
        return _SUM.search(self.heads[column].rpartition("/")[2]) is not None

    @cached_property
    def nests(self) -> tuple[Nest, ...]:
        """Give the rows that add up those below them without saying so, as a county does with its offices."""
        plain = [line for line in self.lines if not line.sums]
        found = _nested(plain, self.counts, fully=False)
        proven = any(nest.fully and len(nest.parts) >= _LEAST for nest in found)
        return found if proven else _nested(plain, self.counts, fully=True)

    def _tops(self, plain: Sequence[Line]) -> list[Line]:
        """Leave out the rows that a row above them adds up."""
        inside = {part.row for nest in self.nests for part in nest.parts}
        return [line for line in plain if line.row not in inside]

    def parts(self, at: int) -> list[list[Line]]:
        """Give the rows a sum may be made of, each way it may be meant: the likeliest first."""
        lines = self.lines
        if lines[at].sums == "total":
            subtotals = [line for line in lines if line.sums == "subtotal"]
            plain = [line for line in lines if not line.sums]
            return [rows for rows in (plain, subtotals, self._tops(plain)) if rows]
        above = _until_a_sum(lines[:at][::-1])
        below = _until_a_sum(lines[at + 1 :])
        return [rows for rows in (above, below) if rows]


def _nested(lines: Sequence[Line], counts: Sequence[int], *, fully: bool) -> tuple[Nest, ...]:
    """Find from below which rows add up the rows under them, at any depth; `fully`: in every column, without error."""
    found: list[Nest] = []
    tops: list[Line] = []  # the last one stands uppermost
    for line in reversed(lines):
        number, whole = _covered(line.cells, tops[::-1], counts)
        if number and (whole or not fully):
            found.append(Nest(line, tuple(tops[: -number - 1 : -1]), whole))
            del tops[-number:]
        tops.append(line)
    return tuple(reversed(found))


def _covered(cells: Mapping[int, Shown], rows: Sequence[Line], counts: Sequence[int]) -> tuple[int, bool]:
    """Count the rows below one that add up to it, none where they do not; and tell whether in every column.

    In every fourth column they may err, if that leaves enough to know them by.
    """
    wanted = {column: cells[column].value for column in counts if column in cells}
    sums = dict.fromkeys(wanted, Decimal())
    if not any(wanted.values()):
        return 0, False
    best, fewest, allowed = 0, len(wanted), len(wanted) // _ERRING
    for number, row in enumerate(rows, 1):
        for column in wanted:
            sums[column] += row.cells[column].value if column in row.cells else 0
        if sums == wanted:
            return number, True
        wrong = sum(sums[column] != value for column, value in wanted.items())
        telling = sum(sums[column] == value != 0 for column, value in wanted.items())
        if wrong <= allowed and wrong < fewest and telling >= _TELLING and number >= _LEAST:
            best, fewest = number, wrong
        if sum(sums[column] > value for column, value in wanted.items()) > allowed:
            break
    return best, False


def _until_a_sum(lines: Sequence[Line]) -> list[Line]:
    rows: list[Line] = []
    for line in lines:
        if line.sums:
            break
        rows.append(line)
    return rows


def read(sheet: str, rows: Sequence[Sequence[str]], merges: Sequence[Sequence[int]] = ()) -> Printed | None:
    """Read a table; None where a sheet has none: no two numbers under a heading."""
    filled = [list(row) for row in rows]
    for top, left, bottom, right in merges:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                filled[row][column] = rows[top][left]
    first = next((at for at, row in enumerate(filled) if _is_body(row)), None)
    if first is None:
        return None
    start = first
    while start and _is_heading(filled[start - 1]):
        start -= 1
    heads = [_head(filled, start, first, column) for column in range(len(filled[0]))]
    return _body(sheet, heads, filled, first)


def _is_body(row: Sequence[str]) -> bool:
    """Tell a row of numbers from headings, and from the row that numbers the columns."""
    given = [cell for cell in row if cell.strip()]
    numbers = [found.value for cell in given[1:] if (found := _number(cell, rate=False)) is not None]
    words = [cell for cell in given if not _PLAIN.fullmatch(text.halfwidth(text.clean(cell)).replace(",", ""))]
    counted = len(numbers) > _LEAST and all(later - one == 1 for one, later in pairwise(numbers))
    short = all(len(text.clean(word)) == 1 for word in words)  # 甲 乙 丙 1 2 3
    return bool(numbers) and bool(words) and not (counted and short)


def _is_heading(row: Sequence[str]) -> bool:
    """Tell headings from a title, and from a head line: 填报单位：… 单位：处."""
    words = {cell for cell in row if cell.strip()}
    return len(words) > 1 and not any(":" in text.halfwidth(word) for word in words)


def _head(rows: Sequence[Sequence[str]], start: int, first: int, column: int) -> str:
    words: list[str] = []
    for row in range(start, first):
        word = text.clean(rows[row][column])
        if word and word not in words[-1:] and not word.isdigit():
            words.append(word)
    return "/".join(words)


def _body(sheet: str, heads: Sequence[str], rows: Sequence[Sequence[str]], first: int) -> Printed | None:
    lines: list[Line] = []
    unread: list[tuple[int, int, str]] = []
    names: dict[int, str] = {}
    named = next((at for at, head in enumerate(heads) if not _NO_NUMBER.search(head)), 0)
    labels = [at for at in range(len(heads)) if at == named or _is_label(heads[at], [row[at] for row in rows[first:]])]
    for at in range(first, len(rows)):
        if len({cell.strip() for cell in rows[at]} - {""}) < _LEAST:  # a note over the whole width
            continue
        said_first = [text.clean(rows[at][column]) for column in labels if rows[at][column].strip()]
        name = next((word for word in said_first if not word.isdigit()), said_first[0] if said_first else "")
        cells: dict[int, Shown] = {}
        for column, raw in enumerate(rows[at]):
            if column in labels or not raw.strip() or text.mark(raw) or _NO_NUMBER.search(heads[column]):
                continue
            shown = _number(raw, rate=bool(_RATE.search(heads[column])))
            if shown is not None:
                cells[column] = shown
            elif name:
                unread.append((at, column, raw))
        if name:
            names[at] = name
        if cells and name and not OF_THESE.search(name):
            lines.append(Line(at, name, _sums(name), cells))
    numbers = {column for line in lines for column in line.cells}
    kept = tuple(one for one in unread if one[1] in numbers and one[0] in names)
    return Printed(sheet, heads, tuple(lines), kept, names) if lines else None


def _sums(name: str) -> str:
    return "subtotal" if SUBTOTAL.search(name) else "total" if TOTAL.search(name) else ""


def _is_label(head: str, cells: Sequence[str]) -> bool:
    """Tell a column of names from one of numbers."""
    given = [cell for cell in cells if cell.strip() and not text.mark(cell)]
    numbers = sum(_number(cell, rate=False) is not None for cell in given)
    return numbers * 2 < len(given) or not given or bool(_NO_NUMBER.search(head))


def _number(raw: str, *, rate: bool) -> Shown | None:
    plain = text.halfwidth(text.clean(raw)).replace(",", "")
    percent = plain.endswith("%")
    plain = plain.rstrip("%").strip()
    if not _PLAIN.fullmatch(plain):
        if _DATED.search(plain):
            return None
        found = quantities.parse_number(raw, kind="number").value
        return None if found is None or percent else Shown(raw, found, 0, rate=False)
    decimals = len(plain.partition(".")[2])
    return Shown(raw, Decimal(plain), decimals, rate=percent or rate)
