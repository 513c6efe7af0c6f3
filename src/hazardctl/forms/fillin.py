"""The workbook a unit fills in: its entries and blank rows under the official form, with lists to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from math import ceil

from hazardctl import text
from hazardctl.amend import in_language, official
from hazardctl.checklist import Form, form_leaves
from hazardctl.fields import BY_KEY, Field
from hazardctl.formats import book_layout as layout
from hazardctl.formats import book_xml
from hazardctl.formats.book import (
    DAY_FORMAT,
    FANG_SONG,
    SONG,
    TEXT_FORMAT,
    Book,
    Cell,
    Choices,
    Emphasis,
    Line,
    Sheet,
    Style,
    Value,
    across,
    sheet_name,
)  # fmt: skip
from hazardctl.formats.workbook import a1, column_name
from hazardctl.forms import fillin_guide as guide
from hazardctl.forms.fillin_lists import Lists
from hazardctl.forms.offered import shown
from hazardctl.i18n import t_in
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.text import width

BLANK_ROWS = 60
LAST_ROW = 2_000  # lists to choose from reach down to here
_NUMBERS = ("number", "integer", "money", "percent")
COUNTED = "number"  # 序号: counted by the workbook, kept by no ledger
_WIDTHS = {
    "text": 22, "day": 13, "deadline": 15, "names": 12, "status": 11, "category": 18, "item": 30, "id": 18, COUNTED: 6,
}  # fmt: skip
_CLOSE = {"text": 15, "category": 16, "item": 22}  # where there are so many columns that a page gets small
_ROOMY = 280
_LONGEST_TITLE, _LONGEST_WORDS = 32, 255  # of what is said beside a cell
_LATE_FILL, _LATE_COLOR = "FFC7CE", "9C0006"
_TITLE = Style(SONG, 18, bold=True, align="center")
_HEAD = Style(FANG_SONG, 11, wrap=False, locked=False)
_HEADING = Style(SONG, 10.5, bold=True, align="center", border=True, fill="F2F2F2")
_BODY = Style(FANG_SONG, 10.5, border=True, locked=False)


def workbook(opened: Opened, unit: str, found: Ledger | None) -> bytes:
    """Write a unit's fill-in workbook; entries it has already keep their ids, blank rows have none."""
    return book_xml.write(_Workbook(opened, unit, found).book())


class _Workbook:
    """A fill-in workbook while it is laid out."""

    def __init__(self, opened: Opened, unit: str, found: Ledger | None) -> None:
        self._opened, self._unit, self._found = opened, unit, found
        self._language = opened.campaign.locale
        self._counts = COUNTED not in opened.terms.by_key
        self._fields = _in_order(opened.terms.fields, counts=self._counts)
        forms = [form for form in opened.checklist.forms if form.of == "ledger"]
        self._form = forms[0] if forms else Form("", opened.checklist.title)
        self._title = in_language(self._form.title, self._language)
        self._lists = Lists(opened, self._said("lists"))
        self._widths = [float(self._width(field, _WIDTHS)) for field in self._fields]
        if sum(self._widths[1:]) > _ROOMY:
            self._widths = [float(self._width(field, _WIDTHS | _CLOSE)) for field in self._fields]
        self._styles = [self._style(field) for field in self._fields]
        self._at = {field.key: at for at, field in enumerate(self._fields)}
        self._shown = {field.key: shown(opened.terms, field.key) for field in self._fields}

    def _said(self, key: str, **values: object) -> str:
        return t_in(self._language, f"fillin.{key}", **values)

    def book(self) -> Book:
        sheets = [self._ledger(), guide.sheet(self._opened, self._unit, self._title), self._lists.sheet()]
        return Book(self._title, [sheet for sheet in sheets if sheet], self._lists.names())

    def _ledger(self) -> Sheet:
        last = len(self._fields) - 1
        lines, merges = self._above(last)
        headings = [Cell(self._heading(field), _marked(field)) for field in self._fields]
        labels = [(str(cell.value), at) for cell, at in zip(headings, self._widths, strict=True)]
        lines.append(Line(headings, layout.height(labels, 10.5, 30), fixed=True))
        top = len(lines)
        raws = [*self._entries(), *([""] * len(self._fields) for _ in range(BLANK_ROWS))]
        lines += [self._line(cells, number, top) for number, cells in enumerate(raws)]
        return Sheet(
            sheet_name(self._said("sheet"), []), lines, self._widths, merges, frozenset({0}),
            dict(enumerate(replace(style, border=False) for style in self._styles)), top, (top, top),
            self._form.orientation == "landscape", t_in(self._language, "xlsx.page"), protected=True,
            choices=list(self._choices(top)), emphases=list(self._late(top)),
        )  # fmt: skip

    def _above(self, last: int) -> tuple[list[Line], list[str]]:
        """Write number, title and head line; the first column is hidden, so they begin in the second."""
        lines = []
        if number := in_language(self._form.number, self._language):
            lines.append(Line([None, Cell(number, replace(_HEAD, locked=True))], 18, fixed=True))
        merges = [across(len(lines), 1, last)]
        lines.append(Line([None, Cell(self._title, _TITLE)], 36, fixed=True))
        words = [self._head(in_language(label, self._language), at) for at, label in enumerate(self._form.head)]
        if words:
            step = max(ceil(last / len(words)), 1)
            cells: list[Cell | None] = [None] * (last + 1)
            for at, said in enumerate(words):
                first, end = 1 + at * step, min((at + 1) * step, last)
                cells[first] = Cell(said, _HEAD)
                if end > first:
                    merges.append(across(len(lines), first, end))
            lines.append(Line(cells, 22, fixed=True))
        return lines, merges

    def _head(self, label: str, at: int) -> str:
        unit = self._opened.units.units[self._unit].name if at == 0 else ""
        return t_in(self._language, "xlsx.said", name=label, value=unit)

    def _heading(self, field: Field) -> str:
        label = official(field.key, self._opened.terms)
        return f"{label}*" if field.required else label

    def _width(self, field: Field, usual: Mapping[str, int]) -> int:
        columns = {column.field: column.width for column in form_leaves(self._form.columns)}
        label = width(official(field.key, self._opened.terms)) // 2 + 4
        chosen = usual.get(COUNTED if self._is_count(field) else field.type, 14)
        return max(columns.get(field.key, 0) or max(chosen, label), chosen if field.type == "category" else 0)

    def _is_count(self, field: Field) -> bool:
        return self._counts and field.key == COUNTED

    def _style(self, field: Field) -> Style:
        return replace(_BODY, align="center", number="0") if self._is_count(field) else _style(field)

    def _entries(self) -> Iterator[list[str]]:
        """Give the cells of the entries there are, words from a list as the list shows them."""
        found = self._found
        for row in range(len(found.rows)) if found else ():
            assert found is not None
            raws = [found.cell(row, field.key) for field in self._fields]
            yield [self._shown[field.key].get(raw, raw) for field, raw in zip(self._fields, raws, strict=True)]

    def _line(self, raws: Sequence[str], number: int, top: int) -> Line:
        cells = [Cell(value(raw, field), style)
                 for raw, field, style in zip(raws, self._fields, self._styles, strict=True)]  # fmt: skip
        if self._counts:
            at, last = self._at[COUNTED], len(self._fields) - 1
            inside = f"${a1(top + number, at + 1)}:${a1(top + number, last)}"
            counted: Value = number + 1 if any(raws) else ""
            cells[at] = Cell(counted, self._styles[at], f'IF(COUNTA({inside})=0,"",ROW()-{top})')
        return Line(cells, layout.height(list(zip(raws, self._widths, strict=True)), 10.5, 24))

    def _choices(self, top: int) -> Iterator[Choices]:
        category = next((field.key for field in self._fields if field.type == "category"), "")
        beside = f"${a1(top, self._at[category])}" if category else ""
        for at, field in enumerate(self._fields):
            cells = f"{a1(top, at)}:{a1(LAST_ROW - 1, at)}"
            title = text.clean(official(field.key, self._opened.terms))[:_LONGEST_TITLE]
            words = in_language(field.help, self._language)[:_LONGEST_WORDS] if field.help else ""
            if source := self._lists.source(field, beside):
                coded = field.type in ("category", "item")  # the code alone will do as well
                refusal = self._said("not_listed_code" if coded else "not_listed")
                yield Choices(cells, source, strict=not coded, title=title, words=words, refusal=refusal)
            elif field.type == "day":
                yield Choices(cells, strict=False, title=title, words=words, refusal=self._said("no_day"), days=True)
            elif words:
                yield Choices(cells, title=title, words=words)

    def _late(self, top: int) -> Iterator[Emphasis]:
        """Colour a deadline that has passed while the hazard is open."""
        at = {key: f"${column_name(number)}{top + 1}" for key, number in self._at.items()}
        if not {"deadline", "status"} <= at.keys():
            return
        due = at["deadline"]
        if "extended_to" in at:
            due = f"IF(ISNUMBER({at['extended_to']}),{at['extended_to']},{due})"
        labels = [
            in_language(label, self._language)
            for key, label in self._opened.checklist.statuses.items()
            if key != "done"
        ]
        quoted = [label.replace('"', '""') for label in labels]
        is_open = ",".join(f'{at["status"]}="{label}"' for label in (*quoted, ""))
        column = self._at["deadline"]
        yield Emphasis(
            f"{a1(top, column)}:{a1(LAST_ROW - 1, column)}",
            f"AND(ISNUMBER({due}),{due}<TODAY(),OR({is_open}))", _LATE_FILL, _LATE_COLOR,
        )  # fmt: skip


def _in_order(fields: Sequence[Field], *, counts: bool) -> tuple[Field, ...]:
    """Put the id first, where it is hidden, and the running number behind it."""
    rest = [field for field in fields if field.key != "id"]
    return (next(field for field in fields if field.key == "id"), *([BY_KEY[COUNTED]] if counts else []), *rest)


def _marked(field: Field) -> Style:
    return replace(_HEADING, fill="FFF2CC") if field.required else _HEADING


def _style(field: Field) -> Style:
    """Days are shown as we write them; everything else that is no number is text, or a spreadsheet would guess."""
    if field.type in ("day", "deadline"):
        return replace(_BODY, number=DAY_FORMAT, align="center")
    if field.type in _NUMBERS:
        return replace(_BODY, align="right")
    centred = field.type in ("status", "track", "choice", "yes_no", "id")
    return replace(_BODY, number=TEXT_FORMAT, align="center" if centred else "left")


def value(raw: str, field: Field) -> Value:
    """Give what a cell of the workbook holds for a raw cell of the ledger; it reads back as the very same text."""
    if field.type in ("day", "deadline"):
        try:
            day = date.fromisoformat(raw)
        except ValueError:
            return raw
        return day if day.isoformat() == raw and book_xml.holds_day(day) else raw
    if field.type in _NUMBERS and raw.isascii():
        try:
            number = Decimal(raw)
        except InvalidOperation:
            return raw
        fits = number.is_finite() and len(number.as_tuple().digits) <= 14 and -number.as_tuple().exponent <= 6  # type: ignore[operator]
        return number if fits and (number or raw == "0") and f"{number.normalize():f}" == raw else raw
    return raw
