"""Lay a checklist out for reading in a terminal: what it asks, what it wants filled in, and by when."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from hazardctl import i18n
from hazardctl.checklist import Checklist, FieldUse, Stage, Table, leaves
from hazardctl.fields import campaign_fields
from hazardctl.i18n import t


def lines(checklist: Checklist) -> Iterator[tuple[int, str]]:
    """Give the lines of a checklist with their depth; depth 0 is a heading."""
    yield 0, f"{checklist.id}@{checklist.version}  {i18n.pick(checklist.title)}"
    if checklist.issued:
        issued = checklist.issued
        yield 1, t("checklist.issued", by=issued.by, number=issued.number, date=issued.date or "").rstrip()
    yield from chain(
        _stages(checklist.stages), _items(checklist), _fields(checklist), _papers(checklist), _duties(checklist)
    )


def _stages(stages: tuple[Stage, ...]) -> Iterator[tuple[int, str]]:
    if stages:
        yield 0, t("checklist.stages")
    for stage in stages:
        days = "—".join(day.isoformat() for day in (stage.from_, stage.to) if day)
        yield (
            1,
            "  ".join(filter(None, (i18n.pick(stage.name), days, t("checklist.uncertain") if stage.uncertain else ""))),
        )


def _items(checklist: Checklist) -> Iterator[tuple[int, str]]:
    count = sum(len(category.items) for category in checklist.categories)
    yield 0, t("checklist.counted", categories=len(checklist.categories), items=count)
    for category in checklist.categories:
        yield 1, f"{category.code}  {i18n.pick(category.title)}"
        for item in category.items:
            yield 2, f"{item.code}  {i18n.pick(item.check)}  [{item.source}]"
            for circumstance in item.circumstances:
                yield 3, f"{circumstance.code}  {i18n.pick(circumstance.check)}"


def _fields(checklist: Checklist) -> Iterator[tuple[int, str]]:
    yield 0, t("checklist.fields")
    labels = {field.key: i18n.pick(field.label) for field in campaign_fields(checklist)}
    for use in checklist.fields:
        yield 1, "  ".join(filter(None, (labels[use.key], f"({use.key})", _when(use, checklist, labels))))


def _when(use: FieldUse, checklist: Checklist, labels: dict[str, str]) -> str:
    if use.required:
        return t("checklist.required")
    conditions = []
    for key, when in use.required_when.items():
        words = [i18n.pick(checklist.statuses.get(one, one)) for one in ((when,) if isinstance(when, str) else when)]
        conditions.append(t("checklist.required_when", field=labels.get(key, key), values=i18n.join(words)))
    return i18n.join(conditions)


def _papers(checklist: Checklist) -> Iterator[tuple[int, str]]:
    if checklist.forms:
        yield 0, t("checklist.forms")
    for form in checklist.forms:
        due = t("checklist.due", day=form.due) if form.due else ""
        yield 1, "  ".join(filter(None, (form.id, i18n.pick(form.number), i18n.pick(form.title), due)))
    if checklist.tables:
        yield 0, t("checklist.tables")
    for table in checklist.tables:
        yield 1, f"{table.id}  {i18n.pick(table.title)}  {t('checklist.leaf_columns', count=_width(table))}"
    if checklist.figures:
        yield 0, t("checklist.figures")
    for figure in checklist.figures:
        yield (
            1,
            "  ".join(
                filter(None, (i18n.pick(figure.label), f"({figure.key})", figure.unit, t(f"checklist.{figure.kind}")))
            ),
        )


def _width(table: Table) -> int:
    return sum(1 for _ in leaves(table.columns))


def _duties(checklist: Checklist) -> Iterator[tuple[int, str]]:
    if checklist.duties:
        yield 0, t("checklist.duties")
    for duty in checklist.duties:
        yield 1, f"{t(f'checklist.every_{duty.every}', times=duty.times)}  {i18n.pick(duty.what)}  [{duty.source}]"
