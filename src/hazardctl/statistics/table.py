"""A statistics table (统计表) as values: columns, a row per unit or group with its state, and what is to be told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from hazardctl.findings import Finding, Severity
from hazardctl.records import immutable
from hazardctl.statistics.partial import BLANK, EXACT, LACKING, Number, Spot, plus
from hazardctl.statistics.plan import Column, Compiled, Measure, Terms
from hazardctl.texts import Text

if TYPE_CHECKING:
    from pandas import DataFrame

RowKind = Literal["total", "subtotal", "data", "own"]
USUAL_DECIMALS = 2  # of a ratio that does not say
_WHOLE = frozenset({int, type(None)})


@immutable
class Row:
    """One row; a figure is None where nothing was reported, and 0 where nothing was found.

    `own` is what an inner unit has in its own ledger, beside the units below it. `states` tells how many units of a sum
    gave entries, nothing to report (nil), no return (missing), or were not asked (not_required).
    """

    unit: str
    name: Text
    level: int
    kind: RowKind
    state: str
    values: Mapping[str, Number | None]
    states: Mapping[str, int] = field(default_factory=dict)
    code: str = ""
    of: str = ""  # the kind of unit


Partly = tuple[tuple[str, ...], int, tuple[str, ...]]
"""Columns of figures, how many units are asked for them, and those that have not reported them."""


@immutable
class Received:
    """A file with the partials of a unit and of those below it, as another campaign froze them; hashes are SHA-256."""

    unit: str
    name: Text
    file: str
    sha256: str  # its seal
    manifest: str  # of the frozen period it was made from, or the last of its errata
    frozen_on: str
    units: int
    erratum: int = 0  # the number of that


@immutable
class Twins:
    """Two units, by name, and the entries that both have in the same words; `reason` is what the second says of it.

    They are `sure` to be the same ones where they have the same ids, or stand in copies of one ledger.
    """

    first: str
    second: str
    entries: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    sure: bool = False


@immutable
class Remarks:
    """What a reader of the table has to know about the units behind it, by name."""

    missing: tuple[str, ...] = ()
    fed: tuple[str, ...] = ()  # missing, but their figures are counted
    unreadable: tuple[str, ...] = ()
    unread_fed: tuple[str, ...] = ()  # unreadable too, but their figures are counted
    uncounted: tuple[tuple[str, str, int], ...] = ()  # unit, field, rows
    lacking: tuple[tuple[str, str, int], ...] = ()  # unit, field its ledger has no column for, rows
    closed: tuple[tuple[str, int], ...] = ()  # unit not asked, rows in its ledger
    half: tuple[tuple[str, str], ...] = ()  # unit, figures reported without the rest of their rate
    astride: tuple[tuple[str, ...], ...] = ()  # unit, figure, periods that lie only partly in the table's
    figures: tuple[tuple[str, ...], ...] = ()  # unit, figure that is left out, why, places, values
    broken: tuple[tuple[str, ...], ...] = ()  # unit, rule between its figures, place, what it comes to
    flawed: tuple[tuple[str, int], ...] = ()  # unit, errors in files that were counted as far as they go
    strangers: tuple[str, ...] = ()  # folders of units that are not in units.csv
    partly: tuple[Partly, ...] = ()
    begins: str = ""  # the first day of a period that has not begun
    received: tuple[Received, ...] = ()  # what came as partials
    accepted: tuple[str, ...] = ()  # counted as accepted, although their files have changed since
    twins: tuple[Twins, ...] = ()  # hazards that are counted in two units if they are one


@immutable
class Contradiction:
    """A row that breaks a rule between figures: `left op right` (keys of columns and figures), and what they come to.

    `missing` names the keys without a value where the rule asks to be told. Without a rule the row is far from its own
    earlier ones: `sums` are its value and the usual one, over `earlier` periods. `reason` is what its unit has said.
    """

    rule: str
    severity: str
    row: str
    name: Text
    left: tuple[str, ...]
    op: str = ""
    right: tuple[str, ...] = ()
    sums: tuple[Number, ...] = ()
    why: Text = ""
    missing: tuple[str, ...] = ()
    earlier: int = 0
    reason: str = ""


@immutable
class Table:
    """A rolled-up table; `period` is what was asked for, empty for the whole campaign."""

    id: str
    title: Text
    period: str
    start: str
    end: str
    basis: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    number: Text = ""
    head: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    layout: str = "columns"
    spread: bool = False  # indicators as rows: a column for each unit beside the total
    labels: Mapping[str, Text] = field(default_factory=dict)  # of the fields and figures the remarks name
    states: Mapping[str, int] = field(default_factory=dict)
    remarks: Remarks = field(default_factory=Remarks)
    findings: tuple[Finding, ...] = ()  # for which a ledger could not be counted
    units: int = 0  # units asked
    entries: int = 0  # rows read in their ledgers
    news: tuple[str, ...] = ()  # units with something their journals have not recorded
    against: tuple[Contradiction, ...] = ()

    @property
    def unread(self) -> frozenset[str]:
        """Give the rows whose ledger could not be read."""
        units = [finding.unit for finding in self.findings if finding.unit]
        return frozenset((*units, *(f"{unit}/own" for unit in units)))

    @property
    def exit_code(self) -> int:
        """Tell whether the table is whole: 3 where a file could not be read, 1 where rows could not be counted."""
        said = self.remarks
        if self.findings:
            return 3
        troubles = (said.uncounted, said.lacking, said.closed, said.figures, said.broken, said.flawed, said.strangers)
        return 1 if any(troubles) or any(one.severity == Severity.ERROR for one in self.against) else 0

    def frame(self) -> DataFrame:
        """Give the table as a pandas DataFrame: unit, name, level, state, then one column per figure."""
        import pandas as pd

        from hazardctl import i18n

        keys = [column.key for column in self.columns if not column.value]
        rows = [
            {"unit": row.unit, "name": i18n.pick(row.name), "level": row.level, "state": row.state}
            | {key: _for_pandas(number) for key, number in row.values.items()}  # noqa: PD011 -- a mapping
            for row in self.rows
        ]
        return pd.DataFrame(rows, columns=["unit", "name", "level", "state", *keys])


def _for_pandas(number: Number | None) -> float | int | None:
    return float(number) if isinstance(number, Decimal) else number


class Arithmetic:
    """How the figures of rows are worked out; `as_of` is the day of overdue."""

    def __init__(self, compiled: Compiled, as_of: str) -> None:
        self._measures, self._as_of = compiled.plan.measures, as_of
        self._columns = [column for column in compiled.columns if not column.value]

    def columns(
        self, amounts: Sequence[Mapping[Spot, Number]], reported: Sequence[int]
    ) -> dict[str, Sequence[Number | None]]:
        """Work out the figures of many rows, column by column; `reported`: units of each that said anything."""
        spots: set[Spot] = set().union(*amounts)
        measured = self._plainly(amounts, reported, spots)
        blank: Sequence[Number | None] = [None] * len(amounts)
        found = {column.key: _column(column, measured) or blank for column in self._columns}
        odd = spots.difference(("", at, "") for at in range(len(self._measures)))
        careful = {
            row: self._carefully(given, reported[row])
            for row, given in enumerate(amounts)
            if given and (reported[row] <= 0 or (odd and not odd.isdisjoint(given)))
        }
        return {key: _amended(figures, careful, key) for key, figures in found.items()} if careful else found

    def _plainly(
        self, amounts: Sequence[Mapping[Spot, Number]], reported: Sequence[int], spots: Collection[Spot]
    ) -> list[Sequence[Number | None]]:
        """Give the number of each measure in each row, 0 where there is none, for those that are counts."""
        blanks, zeros = [None] * len(amounts), [0 if units > 0 else None for units in reported]
        measured: list[Sequence[Number | None]] = []
        for at, measure in enumerate(self._measures):
            absent: Sequence[Number | None] = blanks if measure.kind == "figure" else zeros
            spot = ("", at, "")
            if spot in spots:
                absent = [given.get(spot, usual) for given, usual in zip(amounts, absent, strict=True)]
            measured.append(absent)
        return measured

    def _carefully(self, amounts: Mapping[Spot, Number], reported: int) -> dict[str, Number | None]:
        """Do so where days stand beside numbers: deadlines, blanks, ledgers without a column."""
        by_measure: list[dict[str, Number]] = [{} for _ in self._measures]
        for (_, measure, day), number in amounts.items():
            by_measure[measure][day] = number
        measured = [
            _measured(measure, found, reported=reported, as_of=self._as_of)
            for measure, found in zip(self._measures, by_measure, strict=True)
        ]
        return {column.key: _value(column, measured) for column in self._columns}


def _amended(
    figures: Sequence[Number | None], rows: Mapping[int, Mapping[str, Number | None]], key: str
) -> Sequence[Number | None]:
    """Put what some rows have instead into a column."""
    amended = list(figures)
    for row, values in rows.items():
        amended[row] = values[key]
    return amended


def _column(column: Column, measured: Sequence[Sequence[Number | None]]) -> Sequence[Number | None] | None:
    """Give the figures of a column, from the numbers of each measure; none where all are blank."""
    parts = {at for _, at in (*column.terms, *column.over)}
    if all(measured[at].count(None) == len(measured[at]) for at in parts):
        return None
    if len(column.terms) == 1 and column.terms[0][0] > 0 and not column.over and column.decimals is None:
        shown = measured[column.terms[0][1]]  # one measure as it is, as most columns are
        if _WHOLE.issuperset(map(type, shown)):
            return shown
    return [_value(column, row) for row in zip(*measured, strict=True)]


def _measured(measure: Measure, found: Mapping[str, Number], *, reported: int, as_of: str) -> Number | None:
    lacking = found.get(LACKING, 0)
    if measure.kind == "figure":
        told = [number for day, number in found.items() if day != LACKING]
        return _sum(told) if told else None
    if reported <= lacking:
        return None
    if measure.kind == "late":
        return _sum(number for day, number in found.items() if day < as_of)
    return found.get("", None if BLANK in found else 0)


def _sum(numbers: Iterable[Number]) -> Number:
    whole: Number = 0
    for number in numbers:
        whole = plus(whole, number)
    return whole


def _value(column: Column, measured: Sequence[Number | None]) -> Number | None:
    top = _combined(column.terms, measured)
    if not column.over:
        return None if top is None else _tidy(top, column.decimals)
    bottom = _combined(column.over, measured)
    if top is None or bottom is None:
        return None
    scale, decimals = (1, column.decimals) if column.percent is None else (100, column.percent)
    decimals = USUAL_DECIMALS if decimals is None else decimals
    if bottom == 0:
        return None if column.zero == "blank" else rounded(Fraction(int(column.zero) * scale, 100), decimals)
    return rounded(Fraction(top) / Fraction(bottom) * scale, decimals)


def _combined(terms: Terms, measured: Sequence[Number | None]) -> Number | None:
    """Add measures up; nothing was reported only where none of them was."""
    if len(terms) == 1 and terms[0][0] > 0:
        return measured[terms[0][1]]
    said = [(sign, number) for sign, at in terms if (number := measured[at]) is not None]
    return _sum(number if sign > 0 else EXACT.minus(Decimal(number)) for sign, number in said) if said else None


def rounded(number: Fraction, decimals: int) -> Decimal:
    """Round a fraction half up (away from zero), exactly: 2.5 % of rounding twice is how totals come to differ."""
    whole, half = divmod(abs(number) * 10**decimals, 1)
    digits = int(whole) + (half >= Fraction(1, 2))
    return EXACT.scaleb(Decimal(-digits if number < 0 else digits), -decimals)


def _tidy(number: Number, decimals: int | None) -> Number:
    if decimals is not None:
        return EXACT.quantize(Decimal(number), Decimal(1).scaleb(-decimals))
    if isinstance(number, Decimal) and number == number.to_integral_value():
        return int(number)
    return number.normalize(EXACT) if isinstance(number, Decimal) else number
