"""Draw a document as a workbook of official sheets: number, title, head line, merged headings, sums, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from math import ceil

from hazardctl import document as documents
from hazardctl import text
from hazardctl.document import Document, Grid, GridColumn, GridRow
from hazardctl.formats import book_layout as layout
from hazardctl.formats.book import FANG_SONG, SONG, Book, Cell, Line, Sheet, Style, Value, across, sheet_name
from hazardctl.formats.book_sums import formulas, number_format
from hazardctl.formats.book_xml import write
from hazardctl.i18n import t_in

TITLE_SIZE, BODY_SIZE, SMALL_SIZE = 18, 10.5, 9
TALLEST = 400  # points; a spreadsheet allows 409
LONGEST_NUMBER = 15  # digits a spreadsheet keeps
_LATIN = "Calibri"
_ROOM = "\u3000" * 7  # to write in


def file(document: Document) -> bytes:
    """Draw a document as the bytes of a workbook, one sheet for each table."""
    return write(book(document))


def book(document: Document) -> Book:
    """Lay a document out as a workbook."""
    sheets: list[Sheet] = []
    for grid in document.grids or (Grid("", (), ()),):
        several = len(document.grids) > 1
        wanted = (grid.title if several else document.number) or document.title
        name = sheet_name(wanted, [sheet.name for sheet in sheets])
        sheets.append(_Page(document, grid, several=several).sheet(name))
    return Book(document.title, sheets)


class _Page:
    """One sheet while it is being filled from the top down."""

    def __init__(self, document: Document, grid: Grid, *, several: bool) -> None:
        self._document, self._grid, self._several = document, grid, several
        title = text.width(document.title) * TITLE_SIZE / BODY_SIZE + 4
        head = sum(text.width(self._said(name, value)) + 8 for name, value in document.head.items())
        self._widths = layout.widths(grid, landscape=document.landscape, needed=max(title, head))
        self._lines: list[Line] = []
        self._merges: list[str] = []
        song, fang_song = (SONG, FANG_SONG) if document.language == "zh" else (_LATIN, _LATIN)
        self._title = Style(song, TITLE_SIZE, bold=True, align="center")
        self._plain = Style(fang_song, 11)
        self._small = Style(fang_song, SMALL_SIZE, color="555555", top=True)
        self._heading = Style(song, BODY_SIZE, bold=True, align="center", border=True, fill="F2F2F2")
        self._body = Style(fang_song, BODY_SIZE, border=True)

    def sheet(self, name: str) -> Sheet:
        said = self._document
        if said.number:
            self._lines.append(Line([Cell(said.number, replace(self._plain, wrap=False))], 18, fixed=True))
        self._across(said.title, self._title, least=34)
        if self._several and self._grid.title:
            self._across(self._grid.title, replace(self._plain, bold=True))
        for paragraph in said.paragraphs:
            self._across(paragraph, self._plain)
        if said.head:
            self._head_line()
        top = len(self._lines)
        self._headings()
        frozen = len(self._lines)
        self._rows()
        for number, note in enumerate((*self._grid.notes, *said.notes)):
            self._across(note, replace(self._plain, indent=3 if number else 0))
        facts = t_in(said.language, "xlsx.gap").join(self._said(name, value) for name, value in said.facts.items())
        for remark in (facts, *said.remarks):
            if remark:
                self._across(remark, self._small)
        has_table = frozen > top
        return Sheet(
            name, self._lines, self._widths, self._merges, frozen=frozen if has_table else 0,
            repeated=(top + 1, frozen) if has_table else (0, 0), landscape=said.landscape,
            footer=t_in(said.language, "xlsx.page"),
        )  # fmt: skip

    def _said(self, name: str, value: str) -> str:
        return t_in(self._document.language, "xlsx.said", name=name, value=value)

    def _across(self, words: str, style: Style, least: float = 0) -> None:
        """Write a line over the whole width of the table."""
        height = layout.height([(words, sum(self._widths))], style.size, least)
        if len(self._widths) > 1:
            self._merges.append(across(len(self._lines), 0, len(self._widths) - 1))
        self._lines.append(Line([Cell(words, style)], height, fixed=True))

    def _head_line(self) -> None:
        """Share the width out among the words of the head line, so that there is room to write behind each."""
        words = [self._said(name, value) for name, value in self._document.head.items()]
        style = replace(self._plain, wrap=False)
        columns = len(self._widths)
        starts = _shared(self._widths, len(words)) if columns >= len(words) else []
        blocks = list(zip(words, starts, [*starts[1:], columns], strict=False))
        if not starts or any(text.width(said) + 1 > sum(self._widths[first:after]) for said, first, after in blocks):
            self._across(_ROOM.join(words), self._plain, least=22)
            return
        cells: list[Cell | None] = [None] * columns
        for said, first, after in blocks:
            cells[first] = Cell(said, style)
            if after - first > 1:
                self._merges.append(across(len(self._lines), first, after - 1))
        self._lines.append(Line(cells, 22, fixed=True))

    def _headings(self) -> None:
        taken: set[tuple[int, int]] = set()
        rows = documents.headings(self._grid) if self._grid.columns else ()
        top = len(self._lines)
        for down, row in enumerate(rows):
            cells: list[Cell | None] = [Cell(None, self._heading) for _ in self._grid.columns]
            spread = []
            at = 0
            for heading in row:
                while (down, at) in taken:
                    at += 1
                taken |= {(down + y, at + x) for y in range(heading.down) for x in range(heading.across)}
                cells[at] = Cell(heading.text, self._heading)
                spread.append((heading.text, sum(self._widths[at : at + heading.across]), heading.down))
                if heading.across > 1 or heading.down > 1:
                    self._merges.append(across(top + down, at, at + heading.across - 1, heading.down))
                at += heading.across
            alone = [(words, width) for words, width, deep in spread if deep == 1]
            shared = max(
                (layout.height([(words, width)], BODY_SIZE) / deep for words, width, deep in spread), default=0
            )
            self._lines.append(Line(cells, max(layout.height(alone, BODY_SIZE, 22), shared), fixed=True))

    def _rows(self) -> None:
        sums = formulas(self._grid, len(self._lines))
        styles = _Styles(self._body)
        for number, row in enumerate(self._grid.rows):
            cells = [
                self._cell(column, row, at, styles, sums.get((number, at), ""))
                for at, column in enumerate(self._grid.columns)
            ]
            texts = [(cell.text, width) for cell, width in zip(row.cells, self._widths, strict=True)]
            height = layout.height(texts, BODY_SIZE, 20)
            if height > TALLEST and not sums:  # a sum counts rows
                self._spread(cells, height)
            else:
                self._lines.append(Line(cells, height))

    def _spread(self, cells: Sequence[Cell], height: float) -> None:
        """Give an entry several rows, merged in every column: one row cannot be high enough for all its text."""
        parts = ceil(height / TALLEST)
        tops = [replace(cell, style=replace(cell.style, top=True)) for cell in cells]
        self._merges += [across(len(self._lines), at, at, parts) for at in range(len(cells))]
        for part in range(parts):
            blanks = [replace(cell, value=None) for cell in tops]
            self._lines.append(Line(tops if part == 0 else blanks, round(height / parts, 1), fixed=True))

    def _cell(self, column: GridColumn, row: GridRow, at: int, styles: _Styles, formula: str) -> Cell:
        given = row.cells[at]
        value, form = _value(given)
        style = styles.of(column.align, row.kind, max(row.level - 1, 0) if at == 0 else 0, form)
        return Cell(value, style, formula if not isinstance(value, str) else "")


class _Styles:
    """The looks of the body, each made once."""

    def __init__(self, body: Style) -> None:
        self._body = body
        self._known: dict[tuple[documents.Align, str, int, str], Style] = {}

    def of(self, align: documents.Align, kind: str, indent: int, form: str) -> Style:
        key = (align, kind, indent, form)
        if key not in self._known:
            fill = "F7F7F7" if kind == "total" else ""
            self._known[key] = replace(
                self._body,
                align=align,
                bold=kind in ("total", "subtotal"),
                indent=indent,
                number=form,
                fill=fill,
                wrap=not form.startswith("0"),
            )
        return self._known[key]


def _value(cell: documents.Cell) -> tuple[Value, str]:
    """Give what a cell holds, and its number format. A number too long for a spreadsheet stays text, digit by digit."""
    percent = cell.text == f"{cell.plain}%"
    if cell.number and cell.plain and (percent or cell.text == cell.plain):
        number = Decimal(cell.plain)
        if len(number.as_tuple().digits) <= LONGEST_NUMBER:
            return (number.scaleb(-2) if percent else number), number_format(cell.plain, percent=percent)
    return cell.text or None, "@"


def _shared(widths: Sequence[float], parts: int) -> list[int]:
    """Give the first column of each of so many parts of about one width."""
    starts, whole = [0], sum(widths)
    for part in range(1, parts):
        goal = whole * part / parts
        at = min(range(starts[-1] + 1, len(widths) - (parts - part) + 1), key=lambda at: abs(sum(widths[:at]) - goal))
        starts.append(at)
    return starts
