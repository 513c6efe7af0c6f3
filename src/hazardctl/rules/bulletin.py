"""Bulletins: a published table held against itself, to the digit it prints. For `hazardctl check --table FILE`.

Which column is made of which is taken from what most rows do. The examples are tables as they are published.

B101: The rows do not add up to the printed total.

    A subtotal is the sum of the rows above it up to the one before, or of those below it up to the next. A row that
    adds up those below it without saying so, as a county does with its offices, is known by its numbers.

    Fails::

        单位,排查,整改
        甲县,120,100
        乙县,80,70
        合计,210,170

    Passes::

        单位,排查,整改
        甲县,120,100
        乙县,80,70
        合计,200,170

B102: A rate is over 100 %.

    Fails::

        单位,排查,整改,整改率
        甲县,120,126,105.0%

    Passes::

        单位,排查,整改,整改率
        甲县,120,114,95.0%

B103: The rate of a total lies outside the rates of its parts.

    A total cannot be better than its best part, nor worse than its worst. While a part is over 100 % (B102), what it
    should be is not known, and nothing is said of the total.

    Fails::

        单位,整改率
        甲县,96.61%
        乙县,96.93%
        合计,97.28%

    Passes::

        单位,整改率
        甲县,96.61%
        乙县,96.93%
        合计,96.77%

B104: A rate cannot come from the counts beside it.

    Fails::

        单位,排查,整改,整改率
        甲县,120,100,83.3%
        乙县,80,70,87.5%
        丙县,60,50,83.5%

    Passes::

        单位,排查,整改,整改率
        甲县,120,100,83.3%
        乙县,80,70,87.5%
        丙县,60,50,83.3%

B105: The parts of a row do not add up to its whole.

    The parts stand behind the whole; before or around a column that is called a sum.

    Fails::

        单位,总数,已整改,整改中,未整改
        甲县,120,100,12,8
        乙县,80,70,6,4
        丙县,60,50,8,4

    Passes::

        单位,总数,已整改,整改中,未整改
        甲县,120,100,12,8
        乙县,80,70,6,4
        丙县,62,50,8,4

B106: No count gives this rate.

    The table prints the rate and what it is a share of; no whole number of them comes to it.

    Fails::

        单位,应整改数,整改率
        甲县,7,71.4%
        乙县,6,84.0%

    Passes::

        单位,应整改数,整改率
        甲县,7,71.4%
        乙县,6,83.3%

B107: A number of the table cannot be read.

    It takes part in nothing that is checked.

    Fails::

        单位,排查
        甲县,12
        乙县,约80

    Passes::

        单位,排查
        甲县,12
        乙县,80
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING

from hazardctl.findings import Finding, Severity
from hazardctl.statistics.table import rounded

if TYPE_CHECKING:  # its patterns take long to make, and few commands read a published table
    from hazardctl.statistics.bulletin import Line, Printed, Shown

CODES: Mapping[str, Severity] = {
    "B101": Severity.ERROR,
    "B102": Severity.ERROR,
    "B103": Severity.ERROR,
    "B104": Severity.ERROR,
    "B105": Severity.ERROR,
    "B106": Severity.ERROR,
    "B107": Severity.WARNING,
}
MOST = Fraction(2, 3)  # of the rows have to do what the columns are taken to do
HALF = Fraction(1, 2)  # that two counts give a rate to its last digit is no accident
WHOLE = 100


def check(table: Printed, path: str) -> Iterator[Finding]:
    """Find what in a published table contradicts itself."""
    for row, column, raw in table.unread:
        yield _find("B107", path, table, row, column, raw)
    yield from _sums(table, path)
    yield from _rates(table, path)
    yield from _parts(table, path)


def _said(number: Decimal) -> str:
    """Write a number without an exponent."""
    return f"{number:f}"


def _find(code: str, path: str, table: Printed, row: int, column: int, value: str, **args: str) -> Finding:  # noqa: PLR0917
    told = {"row": table.names.get(row, ""), "column": table.heads[column], "sheet": table.sheet, **args}
    return Finding(
        code, CODES[code], path, row + 1, column + 1, entry=told["row"], field=told["column"], value=value,
        args=tuple(sorted(told.items())),
    )  # fmt: skip


def _sums(table: Printed, path: str) -> Iterator[Finding]:
    for at, line in enumerate(table.lines):
        if not line.sums:
            continue
        for column, shown in line.cells.items():
            found = [_added(rows, column) for rows in table.parts(at)] if not shown.rate else []
            sums = [whole for whole in found if whole is not None]
            if sums and shown.value not in sums:
                nearest = min(sums, key=lambda whole: abs(whole - shown.value))
                yield _find("B101", path, table, line.row, column, shown.raw, comes_to=_said(nearest))
    for nest in table.nests:
        for column in () if nest.fully else table.counts:
            whole = _added(nest.parts, column)
            if whole is not None and column in nest.line.cells and nest.line.cells[column].value != whole:
                raw = nest.line.cells[column].raw
                yield _find("B101", path, table, nest.line.row, column, raw, comes_to=_said(whole))


def _added(rows: Sequence[Line], column: int) -> Decimal | None:
    values = [row.cells[column].value for row in rows if column in row.cells]
    return sum(values, Decimal()) if values else None


def _rates(table: Printed, path: str) -> Iterator[Finding]:
    for column in table.rates:
        rows = [line for line in table.lines if column in line.cells]
        share = table.is_share(column)
        for line in rows:
            shown = line.cells[column]
            if shown.value > WHOLE:
                yield _find("B102", path, table, line.row, column, shown.raw)
        pair = _made_of(table, column, rows)
        yield from _against_counts(table, path, column, pair, rows)
        for at, line in enumerate(table.lines):
            if line.sums and column in line.cells and not share:
                parts = [row.cells[column] for rows in table.parts(at)[:1] for row in rows if column in row.cells]
                yield from _outside(table, path, line, column, parts)


def _outside(table: Printed, path: str, line: Line, column: int, parts: Sequence[Shown]) -> Iterator[Finding]:
    values = [one.value for one in parts]
    if len(values) > 1 and max(values) <= WHOLE and not min(values) <= line.cells[column].value <= max(values):
        lowest, highest = min(values), max(values)
        yield _find(
            "B103", path, table, line.row, column, line.cells[column].raw, low=f"{lowest:f}", high=f"{highest:f}"
        )


def _made_of(table: Printed, column: int, rows: Sequence[Line]) -> tuple[int, int] | None:
    """Find the two columns of counts that most rows' rates come from."""
    best, most = None, 0
    for top, over in permutations(table.counts, 2):
        whole = [row for row in rows if top in row.cells and over in row.cells and row.cells[over].value]
        fits = [row for row in whole if _comes_from(row, column, top, over)]
        fitting = len(fits)
        telling = {row.cells[column].value for row in fits} - {0, WHOLE}  # none and all are of anything
        if fitting > most and fitting >= HALF * len(whole) and len(telling) > 1:
            best, most = (top, over), fitting
    return best


def _comes_from(row: Line, column: int, top: int, over: int) -> bool:
    shown = row.cells[column]
    return rounded(_ratio(row, top, over), shown.decimals) == shown.value


def _ratio(row: Line, top: int, over: int) -> Fraction:
    return Fraction(row.cells[top].value) / Fraction(row.cells[over].value) * 100


def _against_counts(
    table: Printed, path: str, column: int, pair: tuple[int, int] | None, rows: Sequence[Line]
) -> Iterator[Finding]:
    if pair is not None:
        top, over = pair
        names = {"top": table.heads[top], "over": table.heads[over]}
        for row in rows:
            if top in row.cells and over in row.cells and row.cells[over].value and not _comes_from(row, column, *pair):
                due = f"{rounded(_ratio(row, top, over), row.cells[column].decimals):f}"
                yield _find("B104", path, table, row.row, column, row.cells[column].raw, comes_to=due, **names)
    elif len(table.counts) == 1 and not table.is_share(column):
        (over,) = table.counts
        for row in rows:
            if over in row.cells and not _possible(row.cells[column], row.cells[over].value):
                number = _said(row.cells[over].value)
                yield _find("B106", path, table, row.row, column, row.cells[column].raw, over=table.heads[over],
                            number=number)  # fmt: skip


def _possible(shown: Shown, over: Decimal) -> bool:
    if over <= 0 or over != over.to_integral_value() or over > 10 ** (shown.decimals + 3):
        return True
    near = int(Fraction(shown.value) * Fraction(over) / 100)
    return any(rounded(Fraction(top) / Fraction(over) * 100, shown.decimals) == shown.value for top in (near, near + 1))


def _parts(table: Printed, path: str) -> Iterator[Finding]:
    """Find columns that are the sum of others, in most rows, and the rows where they are not."""
    rows = [line for line in table.lines if line.cells]
    for whole in table.counts:
        best, most = list[int](), 0
        for parts in _candidates(table, whole):
            full = [row for row in rows if all(column in row.cells for column in (whole, *parts))]
            fitting = sum(row.cells[whole].value == _across(row, parts) != 0 for row in full)
            if fitting > most and fitting > 1 and fitting >= MOST * len(full):
                best, most = parts, fitting
        for row in rows if best else ():
            if all(column in row.cells for column in (whole, *best)) and row.cells[whole].value != _across(row, best):
                names = " + ".join(table.heads[column] for column in best)
                yield _find("B105", path, table, row.row, whole, row.cells[whole].raw, parts=names,
                            comes_to=_said(_across(row, best)))  # fmt: skip


def _candidates(table: Printed, whole: int) -> Iterator[list[int]]:
    """Give the columns that one may be the sum of: those that follow; where it is called a sum, those before it too."""
    counts = list(table.counts)
    at = counts.index(whole)
    yield from (counts[at + 1 : last] for last in range(at + 3, len(counts) + 1))
    if table.is_called_sum(whole):
        yield from (counts[first:at] for first in range(at - 2, -1, -1))
        if 0 < at < len(counts) - 1:
            yield [column for column in counts if column != whole]


def _across(row: Line, columns: Sequence[int]) -> Decimal:
    return sum((row.cells[column].value for column in columns), Decimal())
