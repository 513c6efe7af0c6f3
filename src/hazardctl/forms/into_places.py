"""Find which cells of a foreign sheet a table's figures belong into: units by name, columns by heading."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from hazardctl import text
from hazardctl.cells.terms import every
from hazardctl.fields import heading
from hazardctl.formats.workbook import Sheet, Workbook, a1, column_number
from hazardctl.ledger import FILLERS, TOTAL_WORDS
from hazardctl.records import immutable
from hazardctl.statistics.plan import NOT_REQUIRED, Column
from hazardctl.statistics.table import Row, Table

AMOUNTS = ("数量", "数值", "填报数", "本期数", "本期", "数据", "amount", "value", "figure")
"""Headings of the one column that is to be filled where the indicators are rows."""
NO_UNITS = frozenset((
    "单位", "计量单位", "代码", "编码", "编号", "序号", "行次", "栏次", "备注", "指标", "指标名称", "指标代码", "项目",
    "项目名称", "unit", "code", "no.", "notes", "indicator",
))  # fmt: skip
"""Headings beside those of the units where the indicators are rows, and columns that wait for no figure."""
_WHOLE = re.compile(r".{1,6}(?:合计|总计|共计)")
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
TOTAL = "合计"
_LINE = re.compile(r"[A-Z]{1,3}|[1-9]\d{0,6}")


@immutable
class Wanted:
    """What a mapping says of one sheet; `cells` are cell, unit, column, text."""

    sheet: str = ""
    units: str = ""
    columns: Mapping[str, str] | None = None
    rows: Mapping[str, str] | None = None
    cells: tuple[tuple[str, str, str, str], ...] = ()


@immutable
class Target:
    """A cell that is to get a value; `standing` is what stands there now."""

    sheet: str
    row: int
    column: int
    value: int | Decimal | str | None
    percent: bool = False
    standing: str = ""
    source: tuple[str, str] = ("", "")  # the table's row and column


@immutable
class Missed:
    """A cell, heading or row that got nothing, and why (`into.<reason>` says it)."""

    sheet: str
    place: str
    reason: str
    what: str = ""


def targets(book: Workbook, wanted: Wanted, table: Table) -> tuple[list[Target], list[Missed]]:
    """Give the cells of one sheet and what could not be placed; units may be its rows or its columns."""
    shown = [sheet for sheet in book.sheets if not sheet.hidden]
    meant = [one for one in book.sheets if one.name == wanted.sheet] if wanted.sheet else shown
    sheet = next(iter(meant), None)
    if sheet is None:
        return [], [Missed(wanted.sheet, "", "no_sheet", wanted.sheet)]
    single = _Matcher(sheet, wanted, table)
    cells = list(single.single())
    if wanted.cells and not (wanted.columns or wanted.units or wanted.rows):
        return cells, single.missed
    upright = _Matcher(sheet, wanted, table)
    found = upright.grid()
    if not found:
        turned = _Matcher(sheet, wanted, table, turned=True)
        found = turned.grid()
        upright = turned if turned.reached > upright.reached else upright
    if not (cells or found or upright.missed):
        upright.missed.append(Missed(sheet.name, "", "nothing"))
    return cells + found, single.missed + upright.missed


class _Matcher:
    """Looks for a table in one sheet; `turned` on its side, the units across and the indicators down."""

    def __init__(self, sheet: Sheet, wanted: Wanted, table: Table, *, turned: bool = False) -> None:
        self._sheet = _turned(sheet) if turned else sheet
        self._wanted, self._table, self._is_turned = wanted, table, turned
        self.missed: list[Missed] = []
        self._columns = {column.key: column for column in table.columns if not column.value}
        self._rows = _rows_by_name(table)
        if turned:
            whole = next((row for row in table.rows if row.kind == "total"), table.rows[0] if table.rows else None)
            self._rows |= {_name(word): whole for word in AMOUNTS if whole and _name(word) not in self._rows}
        self._whole = _filled(self._sheet)
        self._lowest = 0  # the lowest row that holds a heading we know
        self._twice: set[str] = set()
        self.reached = 0  # rows that name units

    def grid(self) -> list[Target]:
        """Give the cells where a unit's row and a figure's column meet."""
        placed = list(self._placed())
        columns = {at: key for at, key in placed if [other for other, _ in placed].count(at) == 1}
        at = self._unit_column() if columns else None
        if at is None:
            return []
        rows = self._own_rows(at)
        self.reached = len(rows) + len(self._twice)
        beside = {unit.unit for unit in rows.values() if unit.kind != "total"} | self._twice
        for unit in _uncovered(self._table, beside) if beside else ():  # else they ask for the whole alone
            self._miss("", "no_row", every(unit.name)[0])
        self._tell_waiting(at, rows, columns)
        return [
            self._target(row, column, unit, self._columns[key])
            for row, unit in rows.items() for column, key in columns.items()
        ]  # fmt: skip

    def _own_rows(self, at: int) -> dict[int, Row]:
        """Give the rows that get figures; a total is ours only where all it adds up is ours, and all of it in sight."""
        named = list(self._unit_rows(at))
        often = [unit.unit for _, unit in named]
        for row, unit in named:
            if often.count(unit.unit) > 1:
                self._twice.add(unit.unit)
                self._miss(self._place(row, at), "twice", self._cell(row, at))
        rows = {row: unit for row, unit in named if often.count(unit.unit) == 1}
        others = any(missed.reason in ("no_unit", "twice") for missed in self.missed)
        beside = {unit.unit for unit in rows.values() if unit.kind != "total"}
        for row, unit in list(rows.items()):
            said = self._cell(row, at).strip() in (self._wanted.rows or {})
            lacking = others or (beside and any(any(one.values.values()) for one in _uncovered(self._table, beside)))
            if unit.kind == "total" and lacking and not said:
                self._miss(self._place(row, at), "other_total", self._cell(row, at))
                del rows[row]
        return rows

    def _tell_waiting(self, at: int, rows: Collection[int], columns: Collection[int]) -> None:
        """Tell columns of theirs that wait for a figure which the table does not have."""
        said = {missed.what for missed in self.missed if missed.reason == "two_headings"}
        for column in range(at + 1, self._sheet.width):
            name = self._whole[self._lowest][column].strip()
            empty = all(self._cell(row, column).strip() in FILLERS for row in rows)
            if column not in columns and name and empty and rows and _name(name) not in NO_UNITS and name not in said:
                self._miss(self._place(self._lowest, column), "no_figure_of_ours", name[:30])

    def _miss(self, place: str, reason: str, what: str = "") -> None:
        self.missed.append(Missed(self._sheet.name, place, reason, what))

    def _cell(self, row: int, column: int) -> str:
        rows = self._sheet.rows
        return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""

    def _place(self, row: int, column: int) -> str:
        return a1(column, row) if self._is_turned else a1(row, column)

    def _target(self, row: int, column: int, unit: Row, meant: Column) -> Target:
        value = unit.values[meant.key]
        standing, source = self._cell(row, column), (unit.unit, meant.key)
        place = (column, row) if self._is_turned else (row, column)
        return Target(self._sheet.name, *place, value, meant.percent is not None, standing, source)

    def single(self) -> Iterator[Target]:
        """Give the cells the mapping names one by one."""
        for cell, unit, column, words in self._wanted.cells:
            place = _CELL.fullmatch(cell)
            if not place:
                self._miss(cell, "no_cell", cell)
                continue
            at = int(place[2]) - 1, column_number(place[1])
            if words:
                yield Target(self._sheet.name, *at, words, standing=self._cell(*at))
            elif column not in self._columns:
                self._miss(cell, "no_column", column)
            elif (
                row := next((one for one in self._table.rows if unit in (one.unit, one.unit or "total")), None)
            ) is None:
                self._miss(cell, "no_unit", unit)
            else:
                yield self._target(*at, row, self._columns[column])

    def _placed(self) -> Iterator[tuple[int, str]]:
        """Give the columns of the sheet that get figures, by heading or letter."""
        given = self._wanted.columns
        if given:
            for name, key in given.items():
                if key not in self._columns:
                    self._miss("", "no_column", key)
                elif (line := self._line(name)) is not None:
                    yield line, key
                elif (at := self._heading([tuple(name.split("/"))], name)) is not None:
                    yield at, key
            return
        for key, column in self._columns.items():
            paths = [tuple(step) for step in _paths(column)]
            if (at := self._heading(paths, "/".join(paths[0]), needed=False)) is not None:
                yield at, key

    def _line(self, name: str) -> int | None:
        """Give the column a letter means; where units are columns, the row a number means."""
        if not _LINE.fullmatch(name) or name.isdecimal() != self._is_turned:
            return None
        return int(name) - 1 if name.isdecimal() else column_number(name)

    def _heading(self, paths: list[tuple[str, ...]], name: str, *, needed: bool = True) -> int | None:
        """Find the one column under a heading; its group has to stand above where another column is called the same."""
        folded = [tuple(map(heading, path)) for path in paths]
        leaves = {path[-1] for path in folded}
        found = [
            (row, column)
            for row, cells in enumerate(self._sheet.rows) for column, cell in enumerate(cells)
            if cell and heading(cell) in leaves
        ]  # fmt: skip
        several = len({column for _, column in found}) > 1
        if several:
            groups = {step for path in folded for step in path[:-1]}
            found = [place for place in found if groups & set(self._above(*place))]
        if len({column for _, column in found}) != 1:
            if needed or several:
                self._miss("", "two_headings" if several else "no_heading", name)
            return None
        self._lowest = max(self._lowest, *(row for row, _ in found))
        return found[0][1]

    def _above(self, row: int, column: int) -> list[str]:
        return [heading(self._whole[at][column]) for at in range(row) if column < len(self._whole[at])]

    def _unit_column(self) -> int | None:
        given = self._wanted.units
        if given and (line := self._line(given)) is not None:
            return line
        if given:
            return self._heading([(given,)], given)
        hits: dict[int, int] = {}
        for cells in self._sheet.rows:
            for column, cell in enumerate(cells):
                if cell and self._unit(cell):
                    hits[column] = hits.get(column, 0) + 1
        if not hits:
            for unit in self._table.rows[:1]:
                self._miss("", "no_row", every(unit.name)[0])
            return None
        return max(hits, key=lambda column: (hits[column], -column))

    def _unit(self, cell: str) -> Row | None:
        meant = (self._wanted.rows or {}).get(cell.strip())
        if meant is not None:
            return next((row for row in self._table.rows if row.unit == ("" if meant == "total" else meant)), None)
        name = _name(cell)
        return self._rows.get(name) or (self._rows.get(TOTAL) if _WHOLE.fullmatch(name) else None)

    def _unit_rows(self, at: int) -> Iterator[tuple[int, Row]]:
        """Give the rows that name a unit; a name nobody knows is told, down to the end of the table."""
        rows = [(row, self._cell(row, at)) for row in range(self._lowest + 1, len(self._sheet.rows))]
        rows = [(row, cell) for row, cell in rows if _name(cell) not in NO_UNITS]
        known = [row for row, cell in rows if cell and self._unit(cell)]
        last = len(self._sheet.rows) if self._is_turned else max(known, default=-1)
        for row, cell in rows:
            if not cell.strip():
                continue
            unit = self._unit(cell)
            if unit:
                yield row, unit
            elif row <= last:
                self._miss(self._place(row, at), "no_unit", cell.strip()[:30])


def _rows_by_name(table: Table) -> dict[str, Row]:
    """Give the rows by every name that is theirs alone."""
    found: dict[str, Row | None] = {}
    for row in table.rows:
        names = {_name(name) for name in every(row.name)} | ({_name(row.unit)} if row.unit else set())
        if row.kind == "total":
            names |= {*TOTAL_WORDS, TOTAL}
        for name in names:
            found[name] = None if name in found else row
    return {name: row for name, row in found.items() if row is not None}


def _uncovered(table: Table, units: Collection[str]) -> list[Row]:
    """Give the units of the tree that neither have a row of their own nor one above them."""
    lacking: list[Row] = []
    covered = -1
    for row in table.rows:
        if row.kind == "total":
            continue
        if 0 <= covered < row.level:
            continue
        covered = row.level if row.unit in units else -1
        if row.unit not in units and row.kind != "subtotal" and row.state != NOT_REQUIRED:
            lacking.append(row)
    return lacking


def _turned(sheet: Sheet) -> Sheet:
    merges = tuple((left, top, right, bottom) for top, left, bottom, right in sheet.merges)
    return Sheet(sheet.name, [list(column) for column in zip(*sheet.rows, strict=True)], merges)


def _name(words: str) -> str:
    return "".join(text.fold(words).split())


def _paths(column: Column) -> list[list[str]]:
    languages = max(len(every(step)) for step in column.path)
    return [[every(step)[min(at, len(every(step)) - 1)] for step in column.path] for at in range(languages)]


def _filled(sheet: Sheet) -> list[list[str]]:
    """Give the rows with merged cells filled."""
    rows = [list(row) for row in sheet.rows]
    for a, b, c, d in sheet.merges:
        if a < len(rows) and b < len(rows[a]):
            for row in rows[a : c + 1]:
                row[b : d + 1] = [sheet.rows[a][b]] * len(row[b : d + 1])
    return rows
