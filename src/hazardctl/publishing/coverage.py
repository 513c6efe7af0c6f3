"""Coverage (指标对照): what the tables of a checklist ask for, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hazardctl.cells.terms import label_of
from hazardctl.checklist import Checklist, FormColumn, bare, sides
from hazardctl.document import Cell, Document, Grid, GridColumn, GridRow
from hazardctl.fields import campaign_fields
from hazardctl.i18n import join_in, t_in
from hazardctl.records import immutable
from hazardctl.statistics import compiling
from hazardctl.statistics.compiling import Window
from hazardctl.statistics.plan import Column, Measure, Plan, Terms
from hazardctl.texts import Text

Meaning = tuple[object, ...]
CORE = ("id", "number", "category", "item", "status", "measures", "department", "owner", "deadline")


@immutable
class Indicator:
    """One indicator of one table; `same` names those of other tables that ask for the same thing."""

    table: str
    key: str
    path: tuple[Text, ...]
    source: str  # derived from ledgers, reported as figures, or both
    figures: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    differs: bool = False  # they ask for it under other names


@immutable
class Coverage:
    """What the tables ask for; and the figures and fields that are asked of units and that nobody uses."""

    indicators: tuple[Indicator, ...] = ()
    figures: tuple[tuple[str, Text], ...] = ()
    fields: tuple[tuple[str, Text], ...] = ()


def cover(checklist: Checklist) -> Coverage:
    """Hold all tables of a checklist against what units are asked."""
    found: list[tuple[str, Column, Meaning, Plan]] = []
    for table in checklist.tables:
        compiled, _ = compiling.compiled(table, checklist, Window(), "blank")
        found += [
            (table.id, column, (table.rows, *_meaning(column, compiled.plan)), compiled.plan)
            for column in compiled.columns
            if not column.value
        ]
    indicators = tuple(_indicator(table, column, meaning, plan, found) for table, column, meaning, plan in found)
    measures = [measure for *_, plan in found for measure in plan.measures]
    return Coverage(indicators, tuple(_idle_figures(checklist, measures)), tuple(_idle_fields(checklist, measures)))


def _meaning(column: Column, plan: Plan) -> Meaning:
    """Tell what an indicator counts, whatever it is called."""

    def said(terms: Terms) -> frozenset[tuple[int, Measure]]:
        return frozenset((sign, plan.measures[at]) for sign, at in terms)

    return said(column.terms), said(column.over)


def _indicator(
    table: str, column: Column, meaning: Meaning, plan: Plan, every: list[tuple[str, Column, Meaning, Plan]]
) -> Indicator:
    used = [plan.measures[at] for _, at in (*column.terms, *column.over)]
    figures = tuple(dict.fromkeys(measure.key for measure in used if measure.kind == "figure"))
    counted = any(measure.kind != "figure" for measure in used)
    source = "both" if figures and counted else "figure" if figures else "derived"
    alike = [(name, one) for name, one, other, _ in every if other == meaning]
    others = [(name, one) for name, one in alike if (name, one.key) != (table, column.key)]
    label = _names(column.path[-1])
    return Indicator(
        table, column.key, column.path, source, figures, tuple(f"{name}/{one.key}" for name, one in others),
        any(not label & _names(one.path[-1]) for _, one in others),
    )  # fmt: skip


def _names(label: Text) -> set[str]:
    return {label} if isinstance(label, str) else set(label.values())


def _idle_figures(checklist: Checklist, measures: list[Measure]) -> Iterator[tuple[str, Text]]:
    used = {measure.key for measure in measures if measure.kind == "figure"}
    rules = (*checklist.figure_rules, *(rule for table in checklist.tables for rule in table.rules))
    used |= {bare(key) for rule in rules for side in sides(rule) for key in side}
    yield from ((figure.key, figure.label) for figure in checklist.figures if figure.key not in used)


def _idle_fields(checklist: Checklist, measures: list[Measure]) -> Iterator[tuple[str, Text]]:
    used = {*CORE, *(measure.key for measure in measures)}
    used |= {one.facet.rpartition(":")[2] for measure in measures for one in measure.where}
    for form in checklist.forms:
        used |= set(_form_fields(form.columns))
    for field in checklist.fields:
        used |= set(field.required_when)
    yield from (
        (field.key, field.label)
        for field in campaign_fields(checklist)
        if field.key not in used and not field.required and not _needed(checklist, field.key)
    )


def _needed(checklist: Checklist, key: str) -> bool:
    return any(field.key == key and field.required_when for field in checklist.fields)


def _form_fields(columns: tuple[FormColumn, ...]) -> Iterator[str]:
    for column in columns:
        yield column.field
        yield from _form_fields(column.columns)


def document(coverage: Coverage, title: Text, language: str) -> Document:
    """Lay coverage out."""
    heads = ("table", "key", "label", "source", "same")
    columns = tuple(GridColumn(name, (t_in(language, f"coverage.{name}"),), plain=(name,)) for name in heads)
    rows = tuple(GridRow(tuple(_cells(one, language))) for one in coverage.indicators)
    idle = tuple(
        t_in(language, f"coverage.idle_{kind}", name=key, label=label_of(label, language))
        for kind, listed in (("figure", coverage.figures), ("field", coverage.fields))
        for key, label in listed
    )
    return Document(
        t_in(language, "coverage.title", title=label_of(title, language)), language,
        grids=(Grid("coverage", columns, rows),), remarks=idle, data=data(coverage, language),
    )  # fmt: skip


def _cells(one: Indicator, language: str) -> Iterator[Cell]:
    source = t_in(language, f"coverage.source_{one.source}", figures=join_in(language, one.figures))
    label = "/".join(label_of(step, language) for step in one.path)
    same = join_in(language, one.same)
    same = t_in(language, "coverage.other_name", same=same) if one.differs else same
    yield from (Cell(words, words) for words in (one.table, one.key, label))
    yield Cell(source, one.source)
    yield Cell(same, " ".join(one.same))


def data(coverage: Coverage, language: str) -> Mapping[str, Any]:
    """Give coverage as programs get it."""
    return {
        "indicators": [
            {
                "table": one.table,
                "key": one.key,
                "label": "/".join(label_of(step, language) for step in one.path),
                "source": one.source,
                "figures": list(one.figures),
                "same": list(one.same),
                "other_name": one.differs,
            }
            for one in coverage.indicators
        ],
        "unused": {
            "figures": [key for key, _ in coverage.figures],
            "fields": [key for key, _ in coverage.fields],
        },
    }
