"""The campaign's own forms (附件) as documents: a ledger, the person register, or a statistics table under its form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hazardctl import i18n, load, text
from hazardctl.cells.terms import label_of
from hazardctl.checklist import Form, FormColumn
from hazardctl.document import Align, Cell, Document, Grid, GridColumn, GridRow, numbered
from hazardctl.findings import Finding
from hazardctl.i18n import t_in
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.records import immutable
from hazardctl.reports.asked import Asked
from hazardctl.texts import Text

COUNTED = "number"  # 序号: counted, not kept
UNIT = "unit"
_UNIT_WORDS, _DAY_WORDS = ("单位", "unit"), ("时间", "日期", "date", "reported on")
_CENTRED = ("status", "track", "choice", "day", "deadline", "category", "item", "id", "yes_no")
_RIGHT = ("number", "integer", "money", "percent")


@immutable
class Filled:
    """A form filled in: the document, what was read, and what keeps it from being whole."""

    document: Document
    units: int = 0
    entries: int = 0
    findings: tuple[Finding, ...] = ()
    troubles: tuple[str, ...] = ()
    exit_code: int = 0


def known(opened: Opened) -> dict[str, Form]:
    """Give every form by its id; a statistics table that no form prints is one by itself."""
    forms = {form.id: form for form in opened.checklist.forms}
    printed = {form.of for form in forms.values()}
    for defined in opened.checklist.tables:
        if defined.id not in printed:
            form = Form(defined.id, defined.title, defined.id, defined.number, defined.head, notes=defined.notes)
            forms.setdefault(defined.id, form)
    return forms


def table(opened: Opened, form: Form, asked: Asked, language: str) -> Filled:
    """Roll up the statistics table a form prints."""
    from hazardctl.reports import small_counts
    from hazardctl.rollup import roll_up
    from hazardctl.statistics import printed

    rolled = roll_up(opened, form.of, asked.period, None, asked.unit or None, today=asked.today)
    made = printed.document(rolled, language, opened.campaign.locale, asked.today.isoformat())
    document = replace(framed(opened, form, asked, language), grids=made.grids, facts=made.facts, remarks=made.remarks,
                       data=made.data)  # fmt: skip
    below = opened.campaign.policies.suppress_below
    document = small_counts.without(document, rolled, small_counts.hidden(opened, rolled), below)
    return Filled(document, rolled.units, rolled.entries, rolled.findings, printed.troubles(rolled, i18n.language()),
                  rolled.exit_code)  # fmt: skip


def framed(opened: Opened, form: Form, asked: Asked, language: str) -> Document:
    """Give a form's frame: number, title, head line with what is known of it, notes; no rows yet."""
    return Document(
        _text(form.title, language), language, _text(form.number, language), {},
        {_text(label, language): _head(label, opened, asked, language) for label in form.head},
        notes=numbered([_text(note, language) for note in form.notes], language),
        landscape=form.orientation == "landscape",
    )  # fmt: skip


def _head(label: Text, opened: Opened, asked: Asked, language: str) -> str:
    """Fill in the reporting unit and the day; who reports signs by hand."""
    words = label.lower() if isinstance(label, str) else " ".join(label.values()).lower()
    if any(word in words for word in _DAY_WORDS):
        return day(asked.today, language)
    if any(word in words for word in _UNIT_WORDS):
        roots = opened.units.children.get("", ())
        unit = asked.unit or (roots[0] if len(roots) == 1 else "")
        return _shown(opened.units.units[unit].name) if unit else ""
    return ""


def day(when: date, language: str) -> str:
    """Write a day as official papers do: no leading zero."""
    return t_in(language, "report.day", year=when.year, month=when.month, day=when.day)


def ledger(opened: Opened, form: Form, asked: Asked, language: str) -> Filled:
    """List the entries of one unit, or of a unit and those below it."""
    chosen = scope(opened, asked)
    several = len(chosen) > 1
    columns = list(columns_of(opened, form.columns, language))
    if several:
        place = 1 if columns and columns[0].key == COUNTED else 0
        columns.insert(place, GridColumn(UNIT, (t_in(language, "report.unit_column"),)))
    rows: list[GridRow] = []
    told: dict[str, list[str]] = {"missing": [], "nil": [], "unreadable": []}
    findings: list[Finding] = []
    for name in chosen:
        unit = opened.units.units[name]
        kept, found = load.load_ledger(opened.workspace, name, opened.terms)
        if kept is None:
            findings += found
            if found or _reports(opened, name, asked):
                told["unreadable" if found else "missing"].append(_shown(unit.name))
            continue
        reading = Reading(kept, opened.terms, asked.today)
        if kept.nil:
            told["nil"].append(_shown(unit.name))
        rows += _entries(reading, columns, _shown(unit.name), len(rows))
    entries = len(rows)
    if not rows and told["nil"] and not several:
        rows = [_nil(columns, language)]
    remarks = [t_in(language, f"report.form_{key}", names=_listed(names, language))
               for key, names in told.items() if names and not (key == "nil" and not several)]  # fmt: skip
    grid = Grid(form.id, tuple(columns), tuple(rows))
    frame = framed(opened, form, asked, language)
    document = replace(frame, grids=(grid,), remarks=tuple(remarks), data=data(form, grid))
    return Filled(document, len(chosen), entries, tuple(findings), exit_code=3 if findings else 0)


def data(form: Form, grid: Grid) -> dict[str, Any]:
    """Give a form's rows as programs get them."""
    columns = [{"key": column.key, "label": column.path[-1], "path": column.path} for column in grid.columns]
    rows = [{column.key: cell.plain for column, cell in zip(grid.columns, row.cells, strict=True)} for row in grid.rows]
    return {"form": form.id, "columns": columns, "rows": rows}


def scope(opened: Opened, asked: Asked) -> tuple[str, ...]:
    """Give the units asked for, in the tree's order."""
    return opened.units.under(asked.unit) if asked.unit else tuple(unit.id for unit, _ in opened.units.walk())


def _reports(opened: Opened, name: str, asked: Asked) -> bool:
    unit = opened.units.units[name]
    return opened.units.is_leaf(name) and unit.open_on(asked.today, asked.today)


def columns_of(
    opened: Opened, columns: Sequence[FormColumn], language: str, above: tuple[str, ...] = ()
) -> Iterator[GridColumn]:
    """Give a form's leaf columns."""
    for column in columns:
        path = (*above, _text(column.label, language))
        if column.columns:
            yield from columns_of(opened, column.columns, language, path)
        else:
            yield GridColumn(column.field or path[-1], path, _align(opened, column.field), width=column.width)


def _align(opened: Opened, key: str) -> Align:
    used = opened.terms.by_key.get(key)
    if key in (COUNTED, "case", "group", "review_on") or (used and used.type in _CENTRED):
        return "center"
    return "right" if used and used.type in _RIGHT else "left"


def _entries(reading: Reading, columns: Sequence[GridColumn], unit: str, before: int) -> Iterator[GridRow]:
    for row in range(len(reading)):
        yield GridRow(tuple(_cell(reading, column.key, row, unit, before + row + 1) for column in columns))


def _cell(reading: Reading, key: str, row: int, unit: str, number: int) -> Cell:
    if key == COUNTED:
        return Cell(str(number), str(number), number=True)
    if key == UNIT:
        return Cell(unit, unit)
    raw = reading.ledger.cell(row, key)
    if reading.uses(key) and raw:
        read = reading.terms.read(key, raw)
        kind = reading.terms.by_key[key].type
        if kind == "category" and read.spelled:
            raw = read.spelled
        elif kind in _RIGHT and str(read.value) == raw.strip():
            return Cell(raw.strip(), raw.strip(), number=True)
    shown = _shown(raw)
    return Cell(shown, shown)


def _nil(columns: Sequence[GridColumn], language: str) -> GridRow:
    """Say on a form that there is nothing, as clerks do."""
    first = next((at for at, column in enumerate(columns) if column.key != COUNTED), 0)
    word = t_in(language, "report.nil")
    return GridRow(tuple(Cell(word, word) if at == first else Cell() for at, _ in enumerate(columns)))


def _shown(words: str) -> str:
    """Keep lines and tabs of a text, and show what cannot be seen or acts on the reader's program."""
    return "\n".join("\t".join(map(text.escape, line.split("\t"))) for line in words.splitlines())


def _text(words: Text, language: str) -> str:
    return _shown(label_of(words, language))


def _listed(names: Sequence[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(names)
