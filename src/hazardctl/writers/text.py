"""Draw a document for a terminal: columns by cell width, merged headings, nothing cut where nothing is a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import Final, Protocol

from hazardctl import document as documents
from hazardctl import text
from hazardctl.console import UNLIMITED, wrap
from hazardctl.document import Align, Block, Document, Grid, GridColumn, GridRow, blocks

HEADING_WIDTHS: Final = (12, 8, 6, 4)  # cells a heading may take beyond its column's own; the first that fits is used
_LINES: Final = {True: ("│", "─", "┌┬┐├┼┤└┴┘"), False: ("|", "-", "+" * 9)}
GAP = "  "
PADDED: Final = 48  # cells a column is made wide at most where no terminal sets a limit


class Terminal(Protocol):
    """What a terminal can show."""

    @property
    def width(self) -> int:
        """Give its width in cells."""
        ...

    @property
    def unicode(self) -> bool:
        """Tell whether it shows box-drawing characters."""
        ...


class Paper:
    """No terminal: as wide as needed, in Unicode."""

    width, unicode = UNLIMITED, True


def draw(document: Document, terminal: Terminal = Paper()) -> str:  # noqa: B008 -- paper never changes
    """Draw a document."""
    colon, gap = ("：", "　") if document.language == "zh" else (": ", GAP)
    facts = gap.join(f"{name}{colon}{value}" for name, value in documents.facts(document).items())
    lines = [document.number, document.title, *_wrapped([facts, *document.paragraphs], terminal)]
    for grid in document.grids:
        drawn = [line for part in parts(grid, terminal) for line in table(part, terminal)]
        lines += [grid.title, *drawn, *_notes(grid.notes, terminal)]
    lines += _notes((*document.notes, *document.remarks), terminal)
    return "\n".join(text.escape(line) for line in lines if line) + "\n"


def file(document: Document) -> bytes:
    """Draw a document as the bytes of a text file."""
    return draw(document).encode()


def columns(heads: Sequence[str], rows: Iterable[Sequence[str]], terminal: Terminal) -> str:
    """Draw a plain list: headings (in lines, where they hold line breaks), a rule, rows; the last column runs on.

    Where there is no terminal no cell is cut, so one long cell must not make every row as long: the column is as wide
    as most cells need at most, and a longer cell pushes its own row aside.
    """
    above = [[text.escape(line) for line in head.split("\n")] for head in heads]
    high = max(map(len, above), default=1)
    standing = zip(*([""] * (high - len(lines)) + lines for lines in above), strict=True)
    lines = [*map(list, standing), *([text.escape(cell) for cell in row] for row in rows)]
    most = PADDED if terminal.width >= UNLIMITED else terminal.width
    widths = [min(max(text.width(row[at]) for row in lines), most) for at in range(len(heads))]
    rule = ("─" if terminal.unicode else "-") * (sum(widths) + len(GAP) * (len(widths) - 1))
    drawn = [GAP.join(text.pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in lines]
    return "\n".join([*drawn[:high], rule[: terminal.width], *drawn[high:]])


def _wrapped(paragraphs: Sequence[str], terminal: Terminal) -> list[str]:
    return [line for paragraph in paragraphs if paragraph for line in wrap(paragraph, terminal.width)]


def _notes(notes: Sequence[str], terminal: Terminal) -> list[str]:
    lines = []
    for note in notes:
        first, *rest = wrap(note, max(terminal.width - 2, 20))
        lines += [first, *(f"  {line}" for line in rest)]
    return lines


def table(grid: Grid, terminal: Terminal) -> list[str]:
    """Draw a table as lines."""
    if not grid.columns:
        return []
    rows = [_texts(row) for row in grid.rows]
    needed = _needed(grid, rows)
    for beyond in HEADING_WIDTHS:
        widths = [_width(column, most, beyond) for column, most in zip(grid.columns, needed, strict=True)]
        if _whole(widths) <= terminal.width:
            break
    aligned = [column.align for column in grid.columns]
    bar, dash, corners = _LINES[terminal.unicode]
    rules = ["".join(_rule(corners[at : at + 3], dash, widths)) for at in (0, 3, 6)]
    head = _head(blocks(grid.columns), widths, bar)
    lines = [rules[0], *(f"{bar} {line} {bar}" for line in head), rules[1]]
    between, put = f" {bar} ", lru_cache(4096)(_set)
    for number, (row, words) in enumerate(zip(grid.rows, rows, strict=True)):
        if row.kind == "total" and number:
            lines.append(rules[1])
        lines.append(f"{bar} {between.join(map(put, words, widths, aligned))} {bar}")
        if row.kind == "total" and not number and len(grid.rows) > 1:
            lines.append(rules[1])
    return [*lines, rules[2]]


def parts(grid: Grid, terminal: Terminal) -> list[Grid]:
    """Cut a table that is too wide for a terminal into several below each other, each with the names of the rows.

    No figure is cut, and what stands under one heading stays together where it fits; the headings are as narrow as
    makes the fewest parts.
    """
    needed = _needed(grid, [_texts(row) for row in grid.rows])
    cuts: list[list[list[int]]] = []
    for beyond in HEADING_WIDTHS:
        widths = [_width(column, most, beyond) for column, most in zip(grid.columns, needed, strict=True)]
        cuts.append(_cut(grid, widths, terminal.width))
    fewest = min(cuts, key=len)
    return [grid] if len(fewest) < 2 else [_part(grid, columns) for columns in fewest]


def _cut(grid: Grid, widths: Sequence[int], most: int) -> list[list[int]]:
    """Name the columns of each part: the first column, and as many groups of columns as fit."""
    found: list[list[int]] = [[0]]
    for _, group in groupby(range(1, len(widths)), lambda at: grid.columns[at].path[:-1] or at):
        columns = list(group)
        together = _whole([widths[at] for at in (0, *columns)]) <= most
        for some in [columns] if together else [[at] for at in columns]:
            if found[-1] != [0] and _whole([widths[at] for at in (*found[-1], *some)]) > most:
                found.append([0])
            found[-1] += some
    return found


def _part(grid: Grid, columns: Sequence[int]) -> Grid:
    rows = tuple(replace(row, cells=tuple(row.cells[at] for at in columns)) for row in grid.rows)
    return replace(grid, columns=tuple(grid.columns[at] for at in columns), rows=rows)


def _needed(grid: Grid, rows: Sequence[Sequence[str]]) -> list[int]:
    """Give the cells that the widest text of each column takes."""
    if not rows:
        return [0] * len(grid.columns)
    return [max(map(text.width, set(cells)), default=0) for cells in zip(*rows, strict=True)]


def _whole(widths: Sequence[int]) -> int:
    """Give the cells a table takes with its lines."""
    return sum(widths) + 3 * len(widths) + 1


def _texts(row: GridRow) -> list[str]:
    first, *rest = [cell.text if cell.number else " ".join(cell.text.splitlines()) for cell in row.cells]
    return ["  " * max(row.level - 1, 0) + first, *rest]


def _width(column: GridColumn, most: int, beyond: int) -> int:
    """Make room for every cell, `most` at most; the heading is broken into lines, but not inside a word."""
    label = column.path[-1] if column.path else ""
    needed = max((text.width(line) for line in wrap(label, 1)), default=0)
    return max(most, min(text.width(label), beyond), needed, 1)


def _head(level: Sequence[Block], widths: Sequence[int], bar: str) -> list[str]:
    """Draw headings side by side, standing on one line: a group above what it holds."""
    drawn: list[list[str]] = []
    sizes: list[int] = []
    for block in level:
        inside = _head(block.inside, widths, bar) if block.inside else []
        size = text.width(inside[0]) if inside else widths[block.column]
        label = [_set(line, size, "center") for line in broken(block.text, size)]
        drawn.append([*label, *inside])
        sizes.append(size)
    height = max(map(len, drawn), default=0)
    standing = [[" " * size] * (height - len(lines)) + lines for lines, size in zip(drawn, sizes, strict=True)]
    return [f" {bar} ".join(parts) for parts in zip(*standing, strict=True)]


def broken(words: str, size: int) -> list[str]:
    """Break a heading into lines; of two, the second is not a single character."""
    lines = wrap(words, size)
    for narrower in range(size - 1, size // 2, -1):
        if len(lines) != 2 or len(lines[-1]) > 1:
            break
        closer = wrap(words, narrower)
        lines = closer if len(closer) == len(lines) else lines
    return lines


def _rule(corners: str, dash: str, widths: Sequence[int]) -> list[str]:
    return [corners[0], corners[1].join(dash * (width + 2) for width in widths), corners[2]]


def _set(words: str, width: int, align: Align) -> str:
    room = width - text.width(words)
    left = room if align == "right" else room // 2 if align == "center" else 0
    return " " * left + words + " " * (room - left)
