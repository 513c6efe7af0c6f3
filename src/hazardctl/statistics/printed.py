"""A table as it is printed: a document any writer can draw, and the plain data programs get."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache, partial
from itertools import accumulate
from typing import Any

from hazardctl import text
from hazardctl.cells.terms import label_of
from hazardctl.document import Align, Cell, Document, Grid, GridColumn, GridRow, Laid, Later, Texts, numbered
from hazardctl.i18n import t_in
from hazardctl.rules import tabled
from hazardctl.statistics.partial import Number
from hazardctl.statistics.plan import MISSING, NIL, NOT_REQUIRED, STATES, Column
from hazardctl.statistics.rows import Rows, rows_of
from hazardctl.statistics.table import Row, Table
from hazardctl.texts import Text

Say = Callable[..., str]
FEW = 5  # units that are named, rather than counted, where they have not reported a figure
MANY = 20  # pairs of units with the same hazards that are named
SHORT = 12  # digits of a hash that a note shows
_MARKED = frozenset({MISSING, NIL, NOT_REQUIRED})
BLANK = Cell(number=True)
_COUNTS = frozenset({int, type(None)})


def document(table: Table, language: str, files: str, today: str) -> Document:
    """Make a table a document; `language` is what people read, `files` the campaign's, which its data files speak."""
    say = partial(t_in, language)
    notes = numbered([_text(note, language) for note in table.notes], language)
    facts = {
        say("table.period"): period(table, language),
        say("table.basis"): say(f"table.{table.basis}"),
        say("table.as_of"): today,
    }
    return Document(
        _text(table.title, language), language, _text(table.number, language),
        facts, {_text(line, language): "" for line in table.head},
        grids=(grid(table, language, files),), notes=notes, remarks=remarks(table, language),
        data=Later(lambda: data(table, files)),
    )  # fmt: skip


def period(table: Table, language: str) -> str:
    """Say which period a table is of."""
    if not table.period:
        return t_in(language, "table.whole")
    days = table.start if table.start == table.end else f"{table.start}—{table.end}"
    if days == table.period:
        return days
    return f"{table.period}（{days}）" if language == "zh" else f"{table.period} ({days})"


def grid(table: Table, language: str, files: str | None = None) -> Grid:
    """Lay a table out: one row per unit or group, or one per indicator where the checklist says so."""
    make = _indicators if table.layout == "indicators" else _units
    return make(table, language, files or language)


def _units(table: Table, language: str, files: str) -> Grid:
    columns = tuple(
        GridColumn(
            column.key,
            _path(column, language),
            _align(column),
            _path(column, files),
            adds=not column.value and not column.over,
        )
        for column in table.columns
    )
    return Grid(table.id, columns, _laid(table, language, files))


def _laid(table: Table, language: str, files: str) -> Laid:
    rows = rows_of(table.rows, [column.key for column in table.columns if not column.value])
    columns = [
        _said(rows, column, table.unread, (language, files))
        if column.value
        else _figures(column, rows.figures[column.key])
        for column in table.columns
    ]
    return Laid(columns, rows.kinds, rows.levels)


def _figures(column: Column, values: Sequence[Number | None]) -> Texts:
    """Give a column of figures; there are many cells, and few numbers: often none."""
    if values.count(None) == len(values):
        blank = [""] * len(values)
        return Texts(blank, blank, number=True)
    if not _COUNTS.issuperset(map(type, values)):
        cells = [cell(column, given) for given in values]
        return Texts([one.text for one in cells], [one.plain for one in cells], number=True)
    counts = {given: cell(column, given) for given in {*values}}
    plain = [*map({given: one.plain for given, one in counts.items()}.__getitem__, values)]
    shown = plain if column.percent is None else [counts[given].text for given in values]
    return Texts(shown, plain, number=True)


def _said(rows: Rows, column: Column, unread: frozenset[str], languages: tuple[str, str]) -> Texts:
    """Give a column that says what the rows are, as people read it and as the campaign's files speak."""
    if column.value in ("unit", "name"):
        language, files = languages
        plain = _names(rows.names, files)
        names = plain if language == files else _names(rows.names, language)
        if unread or not _MARKED.isdisjoint(rows.states):
            given = zip(rows.units, rows.kinds, rows.states, names, strict=True)
            names = [_marked((unit, kind, state), name, language, unread) for unit, kind, state, name in given]
        return Texts(names, plain)
    if column.value == "number":
        counted = accumulate(int(kind != "total") for kind in rows.kinds)
        said: Sequence[str] = ["" if kind == "total" else str(at) for kind, at in zip(rows.kinds, counted, strict=True)]
    else:
        said = rows.codes if column.value == "code" else rows.of
    return Texts(said, said)


def _names(given: Sequence[Text], language: str) -> list[str]:
    """Give the rows' names as they are shown; of very many hardly any has to be looked at."""
    names = [label_of(name, language) for name in given]
    if not (whole := "".join(names)).isprintable() or text.escape(whole) != whole:
        return list(map(_shown, names))
    return [_shown(name) if " " in name else name for name in names]


def _indicators(table: Table, language: str, files: str) -> Grid:
    """Lay indicators out as rows: name, unit of count, code, and the total; with a level, every unit beside it."""
    shown = beside(table)
    aligned: tuple[tuple[str, Align], ...] = (
        ("indicator", "left"), ("unit", "center"), ("code", "center"), ("amount", "right"),
    )  # fmt: skip
    columns = [
        GridColumn(name, (t_in(language, f"table.{name}"),), align, (t_in(files, f"table.{name}"),))
        for name, align in aligned
    ]
    if len(shown) > 1:
        amount, unread = columns.pop(), table.unread
        for row in shown:
            shown_as = _marked((row.unit, row.kind, row.state), _text(row.name, language), language, unread)
            path, plain = (*amount.path, shown_as), (*amount.plain, _text(row.name, files))
            columns.append(GridColumn(row.unit or "total", path, "right", plain))
    rows = tuple(_indicator(column, shown, language, files) for column in table.columns if not column.value)
    return Grid(table.id, tuple(columns), rows)


def beside(table: Table) -> list[Row]:
    """Give the rows that stand side by side where indicators are rows: the total, or every unit too."""
    return [row for row in table.rows if table.spread or row.kind == "total"] or list(table.rows)


def _indicator(column: Column, shown: Sequence[Row], language: str, files: str) -> GridRow:
    unit = column.unit or ("%" if column.percent is not None else "")
    name = Cell("/".join(_path(column, language)), "/".join(_path(column, files)))
    amounts = (cell(column, row.values[column.key]) for row in shown)
    return GridRow((name, Cell(unit, unit), Cell(column.code, column.code), *amounts))


def _path(column: Column, language: str) -> tuple[str, ...]:
    return tuple(_text(step, language) for step in column.path)


def _marked(row: tuple[str, str, str], name: str, language: str, unread: frozenset[str]) -> str:
    """Mark a row's name where the unit gave nothing, nothing to report, or is not asked: its unit, kind and state."""
    unit, kind, state = row
    if kind not in ("data", "own"):
        return name
    if unit in unread:
        return t_in(language, "table.marked_unreadable", name=name)
    return t_in(language, f"table.marked_{state}", name=name) if unit and state in _MARKED else name


def cell(column: Column, value: Number | None) -> Cell:
    """Give a figure as a table shows it."""
    if value is None:
        return BLANK
    plain = digits(value)
    return Cell(f"{plain}%" if column.percent is not None else plain, plain, number=True)


def digits(value: Number) -> str:
    """Write a number with every digit it has."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _align(column: Column) -> Align:
    return "right" if not column.value else "center" if column.value == "number" else "left"


def _text(words: Text, language: str) -> str:
    return _shown(label_of(words, language))


@lru_cache(8192)
def _shown(words: str) -> str:
    return text.escape(text.clean(words))


def data(table: Table, language: str) -> dict[str, Any]:
    """Give a table as programs get it (`rollup --format json`)."""
    return {
        "table": table.id,
        "period": table.period or None,
        "basis": table.basis,
        "columns": [
            {"key": column.key, "label": path[-1], "path": path}
            for column in table.columns
            if (path := _path(column, language))
        ],
        "rows": [_plain(row, language) for row in table.rows],
    }


def _plain(row: Row, language: str) -> dict[str, Any]:
    is_sum = row.kind in ("subtotal", "total")
    return {
        "unit": row.unit,
        "name": _text(row.name, language),
        "level": row.level,
        "state": row.state,
        **({"states": {state: row.states.get(state, 0) for state in STATES}} if is_sum else {}),
        "values": dict(row.values),
    }


def remarks(table: Table, language: str) -> tuple[str, ...]:
    """Say what a reader has to know of the units behind a table: how many reported, who did not, what is left out."""
    say = partial(t_in, language)
    asked = {state: table.states.get(state, 0) for state in STATES}
    lines = [say("table.states", **asked, expected=sum(asked.values()) - asked[NOT_REQUIRED])]
    if table.remarks.missing:
        lines.append(say("table.missing", names=_listed(table.remarks.missing, language)))
    if table.remarks.fed:
        lines.append(say("table.fed", names=_listed(table.remarks.fed, language)))
    lines += _partly(table, language)
    for unit, keys in table.remarks.half:
        figures = _listed([_label(table, key, language) for key in keys.split("+")], language)
        lines.append(say("table.half", unit=unit, figures=figures))
    lines += _astride(table, language)
    if table.remarks.accepted:
        lines.append(say("table.accepted", names=_listed(table.remarks.accepted, language)))
    for one in table.remarks.received:
        said = {"unit": _text(one.name, language), "units": one.units, "file": one.file, "day": one.frozen_on}
        form = "table.received_restated" if one.erratum else "table.received"
        lines.append(say(form, **said, number=one.erratum, hash=one.manifest[:SHORT]))
    return (*map(text.escape, lines), *twins(table, language), *troubles(table, language))


def twins(table: Table, language: str) -> tuple[str, ...]:
    """Say which hazards a table counts in two units, and which if they are one."""
    lines = []
    for one in table.remarks.twins[:MANY]:
        pairs = [first if first == second else f"{first}={second}" for first, second in one.entries[:FEW]]
        pairs += ["…"] if len(one.entries) > FEW else []
        said = {"first": one.first, "second": one.second, "count": len(one.entries), "reason": one.reason}
        form = "table.doubled" if one.sure else "table.twins_said" if one.reason else "table.twins"
        lines.append(t_in(language, form, entries=_listed(pairs, language), **said))
    if (further := len(table.remarks.twins) - MANY) > 0:
        lines.append(t_in(language, "table.twins_further", count=further))
    return tuple(map(text.escape, lines))


def _astride(table: Table, language: str) -> list[str]:
    """Say which figures lie only partly in the period, and whose they are."""
    units: dict[tuple[str, ...], list[str]] = {}
    for unit, *figure in table.remarks.astride:
        units.setdefault(tuple(figure), []).append(unit)
    lines = []
    for (key, *periods), names in units.items():
        said = {"figure": _label(table, key, language), "periods": _listed(periods, language), "count": len(names)}
        few = len(names) <= FEW
        lines.append(t_in(language, "table.astride" if few else "table.astride_many",
                          names=_listed(names, language), **said))  # fmt: skip
    return lines


def _partly(table: Table, language: str) -> list[str]:
    """Say how many units have reported a column of figures, where not all have."""
    names = {column.key: "/".join(_path(column, language)) for column in table.columns}
    lines = []
    for keys, asked, silent in table.remarks.partly:
        said = {"columns": _listed([names[key] for key in keys], language), "asked": asked}
        few = len(silent) <= FEW
        said |= {"names": _listed(silent, language)} if few else {"count": len(silent)}
        form = "table.partly" if few else "table.partly_many"
        lines.append(t_in(language, form, given=asked - len(silent), **said))
    return lines


def troubles(table: Table, language: str) -> tuple[str, ...]:
    """Say what keeps a table from being whole."""
    say, told = partial(t_in, language), table.remarks
    lists = {"unreadable": told.unreadable, "unread_fed": told.unread_fed, "strangers": told.strangers}
    lines = [say("table.ahead", start=told.begins)] if told.begins else []
    lines += [say(f"table.{key}", names=_listed(names, language)) for key, names in lists.items() if names]
    for unit, key, rows in told.uncounted:
        lines.append(say("table.uncounted", unit=unit, field=_label(table, key, language), rows=rows))
    for unit, key, rows in told.lacking:
        lines.append(say("table.lacking", unit=unit, field=_label(table, key, language), rows=rows))
    lines += [say("table.closed", unit=unit, rows=rows) for unit, rows in told.closed]
    for unit, key, why, place, value in told.figures:
        figure = _label(table, key, language)
        lines.append(say(f"table.figure_{why}", unit=unit, figure=figure, value=value, place=place))
    for unit, rule, place, sums in told.broken:
        lines.append(say("table.broken", unit=unit, rule=rule, place=place, sums=sums))
    lines += [tabled.sentence(table, one, language) for one in table.against]
    lines += [say("table.flawed", unit=unit, errors=errors) for unit, errors in told.flawed]
    return tuple(map(text.escape, lines))


def _listed(names: Sequence[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(names)


def _label(table: Table, key: str, language: str) -> str:
    return _text(table.labels.get(key, key), language)
