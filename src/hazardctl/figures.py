"""Figures (填报数): numbers a unit reports because its ledger cannot give them, one a row: period, key, value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from functools import lru_cache

from hazardctl.cells import quantities
from hazardctl.cells.quantities import Number
from hazardctl.checklist import Checklist, Figure
from hazardctl.fields import heading
from hazardctl.ledger import Place
from hazardctl.records import immutable
from hazardctl.returns import periods
from hazardctl.returns.periods import Named, Period
from hazardctl.texts import Text

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "period": ("period", "报告期", "期间", "时间", "统计时间", "填报时间"),
    "key": ("key", "指标", "填报项", "项目", "指标名称", "figure"),
    "value": ("value", "数值", "数量", "值", "填报数"),
}
HEADINGS: Mapping[str, str] = {heading(name): key for key, names in COLUMNS.items() for name in names}


@immutable
class Figures:
    """The figures of one unit as they stand in figures.csv; `keys[i]` says what column i is, empty where not known."""

    unit: str
    path: str
    headings: tuple[str, ...]
    keys: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    place: Callable[[int, int], Place]  # row, column → line, column, text; row -1 is the heading row
    index: Mapping[str, int] = field(default_factory=dict)

    def cell(self, row: int, key: str) -> str:
        """Give one raw cell, blank where there is no such column."""
        at = self.index.get(key)
        return "" if at is None else self.rows[row][at]

    def where(self, row: int, key: str) -> Place:
        """Give the place of a cell; of the row's first cell where there is no such column."""
        return self.place(row, self.index.get(key, 0))


@immutable
class Reported:
    """One row as it was read; what could not be read is None, and `number` says why there is no value."""

    row: int
    period: Period | None
    figure: Figure | None
    number: Number

    @property
    def value(self) -> Decimal | None:
        """Give the value, in the unit of the figure."""
        return self.number.value

    @property
    def id(self) -> str:
        """Name the row as answers and traces do: `2022-08/visits`; empty where period or figure is not known."""
        return f"{self.period.key}/{self.figure.key}" if self.period and self.figure else ""


class Vocabulary:
    """How one campaign's figures are read; holds what it has read, since units write the same periods and names."""

    def __init__(self, checklist: Checklist, named: Named) -> None:
        self.words = words(checklist)
        self.period = lru_cache(4096)(lambda raw: periods.parse(raw, named))
        self.figure = lru_cache(4096)(lambda raw: self.words.get(heading(raw)))
        self.number = lru_cache(4096)(self._number)

    def _number(self, raw: str, key: str) -> Number:
        figure = self.figure(key)
        return quantities.parse_number(
            raw, kind=figure.type if figure else "number", unit=figure.unit if figure else ""
        )


def read(figures: Figures, known: Vocabulary) -> Iterator[Reported]:
    """Read every row that says anything."""
    for row, cells in enumerate(figures.rows):
        if any(cell.strip() for cell in cells):
            key = figures.cell(row, "key")
            period, number = figures.cell(row, "period"), figures.cell(row, "value")
            yield Reported(row, known.period(period), known.figure(key), known.number(number, key))


def words(checklist: Checklist) -> Mapping[str, Figure]:
    """Map every way to write a figure's name, folded, to the figure: key, label, alias."""
    known: dict[str, Figure] = {}
    for figure in checklist.figures:
        for name in (figure.key, *_texts(figure.label), *figure.aliases):
            known.setdefault(heading(name), figure)
    return known


def _texts(label: Text) -> tuple[str, ...]:
    return (label,) if isinstance(label, str) else tuple(label.values())
