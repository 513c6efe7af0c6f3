"""A document: what a report says, as values that every writer can draw (Markdown, HTML, a terminal, a spreadsheet)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import Any, Literal

from hazardctl.i18n import t_in
from hazardctl.records import Columnar, immutable, many

RowKind = Literal["total", "subtotal", "data", "own"]
Align = Literal["left", "right", "center"]


@immutable
class Cell:
    """One cell: as people read it, and as programs do. A number is never taken for a formula; text may be."""

    text: str = ""
    plain: str = ""  # for programs: no percent sign, no mark of a missing return
    number: bool = False
    link: str = ""  # the trail that leads to what stands behind it


@immutable
class Trail:
    """What stands behind a cell, by the name its link bears."""

    name: str
    title: str
    lines: tuple[str, ...]


@immutable
class GridColumn:
    """A leaf column: the headings above it, outermost first, and how its cells are set."""

    key: str
    path: tuple[str, ...]
    align: Align = "left"
    plain: tuple[str, ...] = ()  # the same for programs, where it differs
    width: int = 0  # characters, where the form says
    adds: bool = False  # a total is the sum of the rows it stands for


@immutable
class GridRow:
    """A row of cells; `level` tells how deep it stands in a tree, 0 for the total."""

    cells: tuple[Cell, ...]
    kind: RowKind = "data"
    level: int = 1


@immutable
class Texts:
    """A column of cells as texts: as people read them, and as programs do."""

    text: Sequence[str]
    plain: Sequence[str]
    number: bool = False

    def cells(self) -> list[Cell]:
        """Give the cells; there are many, and few numbers."""
        pairs = list(zip(self.text, self.plain, strict=True))
        made = {pair: Cell(*pair, self.number) for pair in {*pairs}}
        return list(map(made.__getitem__, pairs))


class Laid(Columnar[GridRow]):
    """Rows given by their columns: data files are drawn by these."""

    def __init__(self, columns: Sequence[Texts], kinds: Sequence[RowKind], levels: Sequence[int]) -> None:
        self.columns, self._kinds, self._levels = columns, kinds, levels

    def _records(self) -> Sequence[GridRow]:
        cells = zip(*(column.cells() for column in self.columns), strict=True) if self.columns else [()] * len(self)
        return many(GridRow, list(cells), self._kinds, self._levels)

    def __len__(self) -> int:
        return len(self._kinds)


@immutable
class Grid:
    """A table with headings at several levels, its notes printed under it."""

    id: str
    columns: tuple[GridColumn, ...]
    rows: Sequence[GridRow]
    title: str = ""
    notes: tuple[str, ...] = ()
    trails: tuple[Trail, ...] = ()  # printed after the table, where a page can hold links


class Later(Mapping[str, Any]):
    """Data that is worked out when it is first asked for: of most documents it never is."""

    def __init__(self, make: Callable[[], Mapping[str, Any]]) -> None:
        self._make = make

    @cached_property
    def _given(self) -> Mapping[str, Any]:
        return self._make()

    def __getitem__(self, key: str) -> Any:
        return self._given[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)


@immutable
class Document:
    """A report: title, facts by name, paragraphs, tables, notes. `data` is what programs get instead."""

    title: str
    language: str = "zh"
    number: str = ""  # 附件3
    facts: Mapping[str, str] = field(default_factory=dict)
    head: Mapping[str, str] = field(default_factory=dict)  # the form's head line: 填报单位 填报人 填报时间
    paragraphs: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    notes: tuple[str, ...] = ()  # the form's own
    remarks: tuple[str, ...] = ()  # what has to be said of these figures
    landscape: bool = True
    data: Mapping[str, Any] = field(default_factory=dict)


def facts(document: Document) -> Mapping[str, str]:
    """Give the facts and the form's head line, for writers that set both in one place."""
    return {**document.facts, **document.head}


def numbered(notes: Sequence[str], language: str) -> tuple[str, ...]:
    """Head the notes of a form as official forms do: one by 注, several by 说明 and numbers."""
    if len(notes) == 1:
        return (t_in(language, "document.note", note=notes[0]),)
    return tuple(
        t_in(language, "document.further" if number > 1 else "document.notes", number=number, note=note)
        for number, note in enumerate(notes, 1)
    )


@immutable
class Heading:
    """A cell of the heading rows, merged over `across` columns and `down` rows."""

    text: str
    across: int = 1
    down: int = 1


@immutable
class Block:
    """Headings as a tree: a leaf stands over one column, a group over the blocks inside it."""

    text: str
    inside: tuple[Block, ...] = ()
    column: int = 0


def blocks(columns: Sequence[GridColumn], depth: int = 0, first: int = 0) -> tuple[Block, ...]:
    """Merge neighbouring columns that stand under one heading."""
    found: list[Block] = []
    at = 0
    while at < len(columns):
        path = columns[at].path
        text = path[depth] if depth < len(path) else ""
        end = at + 1
        if len(path) <= depth + 1:
            found.append(Block(text, (), first + at))
        else:
            while end < len(columns) and _beside(columns[end].path, path, depth + 1):
                end += 1
            found.append(Block(text, blocks(columns[at:end], depth + 1, first + at), first + at))
        at = end
    return tuple(found)


def _beside(path: tuple[str, ...], other: tuple[str, ...], depth: int) -> bool:
    return len(path) > depth and path[:depth] == other[:depth]


def headings(grid: Grid) -> tuple[tuple[Heading, ...], ...]:
    """Give the rows of heading cells from the top down; a cell that begins in a row above is not given again."""
    height = max((len(column.path) for column in grid.columns), default=1) or 1
    rows: list[list[Heading]] = [[] for _ in range(height)]
    for block, depth in _walk(blocks(grid.columns), 0):
        rows[depth].append(Heading(block.text, _leaves(block), 1 if block.inside else height - depth))
    return tuple(tuple(row) for row in rows)


def _walk(level: Sequence[Block], depth: int) -> Iterator[tuple[Block, int]]:
    for block in level:
        yield block, depth
        yield from _walk(block.inside, depth + 1)


def _leaves(block: Block) -> int:
    return sum(map(_leaves, block.inside)) if block.inside else 1
