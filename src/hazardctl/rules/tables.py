"""A checklist's forms, statistics tables and figure rules: they may only name what the checklist has.

C220: A table's column says nothing, or two things.

    A column is exactly one of value, count, sum, figure, ratio, add, or a group of columns.

    Fails::

        tables: [{id: t, title: 表, columns: [{label: 总数, count: {}, figure: visits}]}]
        figures: [{key: visits, label: 走访人次}]

    Passes::

        tables: [{id: t, title: 表, columns: [{label: 总数, count: {}}]}]

C221: A column names a figure that the checklist does not have.

    Fails::

        figures: [{key: visits, label: 走访人次}]
        tables: [{id: t, title: 表, columns: [{label: 走访, figure: visit}]}]

    Passes::

        figures: [{key: visits, label: 走访人次}]
        tables: [{id: t, title: 表, columns: [{label: 走访, figure: visits}]}]

C222: A rate or a sum of columns names something that is neither a figure nor a column.

    Fails::

        tables:
          - id: t
            title: 表
            columns: [{key: done, label: 已整改, count: {status: done}}, {label: 整改率, ratio: [done, found]}]

    Passes::

        tables:
          - id: t
            title: 表
            columns:
              - {key: found, label: 总数, count: {}}
              - {key: done, label: 已整改, count: {status: done}}
              - {label: 整改率, ratio: [done, found]}

C223: A condition names a field or a value that the checklist does not have.

    Fails::

        fields: [{key: status}]
        tables: [{id: t, title: 表, columns: [{label: 已整改, count: {status: fixed}}]}]

    Passes::

        fields: [{key: status}]
        tables: [{id: t, title: 表, columns: [{label: 已整改, count: {status: done}}]}]

C224: A column adds up something that is not a number.

    Fails::

        fields: [{key: owner}]
        tables: [{id: t, title: 表, columns: [{label: 资金, sum: owner}]}]

    Passes::

        fields: [{key: funds}]
        tables: [{id: t, title: 表, columns: [{label: 资金, sum: funds}]}]

C225: A table's rows are made of something that the checklist does not have.

    Rows are units, categories, items, statuses, tracks, or the key of a field with fixed values.

    Fails::

        tables: [{id: t, title: 表, rows: levels, columns: [{label: 总数, count: {}}]}]

    Passes::

        tables: [{id: t, title: 表, rows: categories, columns: [{label: 总数, count: {}}]}]

C226: A rate does not have two parts.

    Fails::

        figures: [{key: located, label: 定位人数}]
        tables: [{id: t, title: 表, columns: [{label: 定位率, ratio: [located]}]}]

    Passes::

        figures: [{key: located, label: 定位人数}, {key: supervised, label: 在册人数}]
        tables: [{id: t, title: 表, columns: [{label: 定位率, ratio: [located, supervised]}]}]

C227: Two columns of a table have the same key.

    Fails::

        tables: [{id: t, title: 表, columns: [{key: a, label: 总数, count: {}}, {key: a, label: 总计, count: {}}]}]

    Passes::

        tables: [{id: t, title: 表, columns: [{key: a, label: 总数, count: {}}, {key: b, label: 总计, count: {}}]}]

C228: Columns are made of each other in a circle.

    Fails::

        tables: [{id: t, title: 表, columns: [{key: a, label: 甲, add: [b]}, {key: b, label: 乙, add: [a]}]}]

    Passes::

        tables: [{id: t, title: 表, columns: [{key: a, label: 甲, count: {}}, {key: b, label: 乙, add: [a]}]}]

C230: A figure rule names something that is neither a figure nor a column.

    `last.` before a key means its value in the period before; a whole number stands for itself.

    Fails::

        figures: [{key: located, label: 定位人数}]
        figure_rules: [{id: r, left: located, op: <=, right: supervised}]

    Passes::

        figures: [{key: located, label: 定位人数}, {key: supervised, label: 在册人数}]
        figure_rules: [{id: r, left: located, op: <=, right: supervised}]

C231: A form's column names a field that the checklist does not have.

    Fails::

        fields: [{key: owner}]
        forms: [{id: annex1, title: 台账, columns: [{label: 时限, field: deadline}]}]

    Passes::

        fields: [{key: owner}]
        forms: [{id: annex1, title: 台账, columns: [{label: 责任人, field: owner}]}]

C232: A form is of something that the checklist does not have.

    A form is of the ledger, of the register, or of one of the tables.

    Fails::

        forms: [{id: annex3, title: 统计表, of: annex3}]

    Passes::

        forms: [{id: annex1, title: 台账, of: ledger}]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hazardctl import fields, i18n
from hazardctl.checklist import bare
from hazardctl.findings import Finding, Severity
from hazardctl.formats.yaml import Path, Tree
from hazardctl.outline import Outline, listed, mapping, plain, words

CODES: Mapping[str, Severity] = {
    "C220": Severity.ERROR,
    "C221": Severity.ERROR,
    "C222": Severity.ERROR,
    "C223": Severity.ERROR,
    "C224": Severity.ERROR,
    "C225": Severity.ERROR,
    "C226": Severity.ERROR,
    "C227": Severity.ERROR,
    "C228": Severity.ERROR,
    "C230": Severity.ERROR,
    "C231": Severity.ERROR,
    "C232": Severity.ERROR,
}
_KINDS = ("value", "count", "sum", "figure", "ratio", "add", "columns")
_ROWS = ("units", "categories", "items", "statuses", "tracks")
_NUMBERS = ("number", "integer", "money", "percent")
_REGISTER = ("number", "case", "group", "measures", "owner", "review_on")
STATUSES = ("unable", "not_started", "in_progress", "done")


def check(tree: Tree, path: str) -> Iterator[Finding]:
    """Find mistakes in the forms, tables and figure rules of a checklist, whatever else is wrong with it."""
    outline = Outline(tree, path, CODES)
    value = tree.value
    for where, table in listed(value, "tables"):
        yield from _rows(outline, where, table, value)
        yield from _columns(outline, where, table, value)
    for where, form in listed(value, "forms"):
        yield from _form(outline, where, form, value)
    keys = {key for _, table in listed(value, "tables") for key in _keys(table)} | _figures(value)
    yield from _rules(outline, listed(value, "figure_rules"), keys, value)
    for where, table in listed(value, "tables"):
        yield from _rules(outline, listed(table, "rules", where), set(_keys(table)) | _figures(value), value)


def _rules(outline: Outline, rules: Iterable[tuple[Path, Any]], keys: set[str], value: Any) -> Iterator[Finding]:
    for where, rule in rules:
        for side in ("left", "right"):
            for at, name in enumerate(words(rule, side)):
                if bare(name) not in keys and not name.isdigit():
                    yield outline.finding("C230", (*where, side, at), name, known=i18n.join(sorted(_figures(value))))


def values_of(key: str, value: Any) -> tuple[str, ...]:
    """Give the values a field of this checklist can have, where they are fixed."""
    if key == "status":
        return STATUSES
    if key in ("category", "item"):
        return tuple(code for _, category in listed(value, "categories") for code in _codes(category))
    if key in ("track", "level"):
        return tuple(mapping(value, f"{key}s"))
    for _, use in listed(value, "fields"):
        if plain(use, "key") == key:
            return tuple(plain(choice, "key") for _, choice in listed(use, "values"))
    return ()


def _codes(category: Any) -> Iterator[str]:
    yield plain(category, "code")
    for _, item in listed(category, "items"):
        yield plain(item, "code")
        yield from (plain(circumstance, "code") for _, circumstance in listed(item, "circumstances"))


def _figures(value: Any) -> set[str]:
    return {plain(figure, "key") for _, figure in listed(value, "figures")}


def _fields(value: Any) -> set[str]:
    return {plain(use, "key") for _, use in listed(value, "fields")} | {"id", "number"}


def _leaves(table: Any, where: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for place, column in listed(table, "columns", where):
        yield place, column
        yield from _leaves(column, place)


def _keys(table: Any) -> list[str]:
    return [key for _, column in _leaves(table, ()) if (key := plain(column, "key"))]


def _rows(outline: Outline, where: Path, table: Any, value: Any) -> Iterator[Finding]:
    rows = plain(table, "rows")
    if rows and rows not in _ROWS and not values_of(rows, value):
        yield outline.finding("C225", (*where, "rows"), rows)


def _columns(outline: Outline, where: Path, table: Any, value: Any) -> Iterator[Finding]:
    seen: set[str] = set()
    made_of: dict[str, list[str]] = {}
    figures = _figures(value)
    known = figures | set(_keys(table))
    for place, column in _leaves(table, where):
        said = [kind for kind in _KINDS if kind in column]
        if len(said) != 1:
            yield outline.finding("C220", place, plain(column, "key"), said=i18n.join(said))
        key = plain(column, "key")
        if key and key in seen:
            yield outline.finding("C227", (*place, "key"), key)
        seen.add(key)
        yield from _parts(outline, place, column, known)
        yield from _conditions(outline, place, column, value)
        made_of[key] = [part for part in (*words(column, "ratio"), *words(column, "add")) if part not in figures]
        yield from _sums(outline, place, column, value)
    yield from _circles(outline, where, table, made_of)


def _parts(outline: Outline, place: Path, column: Any, known: set[str]) -> Iterator[Finding]:
    parts = words(column, "ratio")
    if "ratio" in column and len(parts) != 2:
        yield outline.finding("C226", (*place, "ratio"), i18n.join(parts))
    for kind in ("ratio", "add"):
        for at, name in enumerate(words(column, kind)):
            if name not in known:
                yield outline.finding("C222", (*place, kind, at), name)


def _sums(outline: Outline, place: Path, column: Any, value: Any) -> Iterator[Finding]:
    figures = _figures(value)
    if (name := plain(column, "figure")) and name not in figures:
        yield outline.finding("C221", (*place, "figure"), name, known=i18n.join(sorted(figures)))
    if name := plain(column, "sum"):
        kinds = {plain(use, "key"): plain(use, "type") for _, use in listed(value, "fields")}
        standard = fields.BY_KEY.get(name)
        if name not in kinds or (kinds[name] or (standard.type if standard else "")) not in _NUMBERS:
            yield outline.finding("C224", (*place, "sum"), name)


def _conditions(outline: Outline, place: Path, column: Any, value: Any) -> Iterator[Finding]:
    from hazardctl.statistics.conditions import DAYS, FLAGS, FLOWS, flows  # only a bureau's own checklist needs it

    known = _fields(value) | {*FLAGS, *DAYS, *flows(_fields(value)), "blank", "filled"}
    for kind in ("count", "where"):
        for key, wanted in mapping(column, kind).items():
            where = (*place, kind, key)
            if key not in known:
                yield outline.on_key("C223", where, allowed=i18n.join(sorted(known)))
                continue
            allowed = FLOWS.get(key) or values_of(key, value)
            for at, one in enumerate(words({key: wanted}, key)):
                if allowed and one not in allowed:
                    yield outline.finding("C223", (*where, at), one, allowed=i18n.join(allowed))


def _circles(outline: Outline, where: Path, table: Any, made_of: Mapping[str, list[str]]) -> Iterator[Finding]:
    for place, column in _leaves(table, where):
        key = plain(column, "key")
        if key and _reaches(key, key, made_of, set()):
            yield outline.finding("C228", place, key)


def _reaches(start: str, goal: str, made_of: Mapping[str, list[str]], seen: set[str]) -> bool:
    for part in made_of.get(start, ()):
        if part == goal:
            return True
        if part not in seen:
            seen.add(part)
            if _reaches(part, goal, made_of, seen):
                return True
    return False


def _form(outline: Outline, where: Path, form: Any, value: Any) -> Iterator[Finding]:
    of = plain(form, "of") or "ledger"
    tables = [plain(table, "id") for _, table in listed(value, "tables")]
    if of not in ("ledger", "register", *tables):
        yield outline.finding("C232", (*where, "of"), of, known=i18n.join(("ledger", "register", *tables)))
        return
    known = set(_REGISTER) if of == "register" else _fields(value) if of == "ledger" else None
    for place, column in _leaves(form, where):
        name = plain(column, "field")
        if known is not None and name and name not in known:
            yield outline.finding("C231", (*place, "field"), name, known=i18n.join(sorted(known)))
