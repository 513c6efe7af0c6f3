"""Figures: what stands in a unit's figures.csv.

The examples report for a checklist with the figure visits (走访人次, a flow).

G101: A column is missing in figures.csv.

    Fails::

        period,key
        2022-08,visits

    Passes::

        period,key,value
        2022-08,visits,12

G102: Two columns of figures.csv stand for the same thing.

    Fails::

        period,key,value,数值
        2022-08,visits,12,13

    Passes::

        period,key,value,备注
        2022-08,visits,12,上门

G103: A figure is not in the checklist.

    Fails::

        period,key,value
        2022-08,vistis,12

    Passes::

        period,key,value
        2022-08,走访人次,12

G104: A period cannot be read.

    Fails::

        period,key,value
        八月份,visits,12

    Passes::

        period,key,value
        2022-08,visits,12

G105: A figure is not a number of its kind.

    What is not a number is never taken for 0.

    Fails::

        period,key,value
        2022-08,visits,约12

    Passes::

        period,key,value
        2022-08,visits,12

G106: A figure is below zero.

    Fails::

        period,key,value
        2022-08,visits,-12

    Passes::

        period,key,value
        2022-08,visits,12

G107: A figure's value is blank.

    Nothing reported is not 0: write 0 where there was none. Until the period is over the cell may wait for its figure.

    Fails::

        period,key,value
        2022-08,visits,

    Passes::

        period,key,value
        2022-08,visits,0

G108: A figure is reported twice for one period.

    Fails::

        period,key,value
        2022-08,visits,12
        2022-08,走访人次,13

    Passes::

        period,key,value
        2022-08,visits,12
        2022-09,visits,13

G109: Two periods of a flow overlap.

    Flows add up, so what happened on the days both hold would be counted twice.

    Fails::

        period,key,value
        2022-08,visits,12
        2022-W33,visits,3

    Passes::

        period,key,value
        2022-W32,visits,12
        2022-W33,visits,3

G114: A figure is reported for days that have not come.

    Fails::

        period,key,value
        2023-08,visits,12

    Passes::

        period,key,value
        2022-08,visits,12

G115: A figure was understood, and is not written as a plain number.

    Fails::

        period,key,value
        2022-08,visits,12人次

    Passes::

        period,key,value
        2022-08,visits,12
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from hazardctl import i18n
from hazardctl.cells.quantities import format_number
from hazardctl.figures import Figures, Reported, read
from hazardctl.findings import Finding, Severity
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.returns import periods

CODES: Mapping[str, Severity] = {
    "G101": Severity.ERROR,
    "G102": Severity.ERROR,
    "G103": Severity.ERROR,
    "G104": Severity.ERROR,
    "G105": Severity.ERROR,
    "G106": Severity.ERROR,
    "G107": Severity.WARNING,
    "G108": Severity.ERROR,
    "G109": Severity.ERROR,
    "G114": Severity.ERROR,
    "G115": Severity.NOTE,
}
_COLUMNS = ("period", "key", "value")


@immutable
class Report:
    """What one unit reports, as read: no figures and no rows where it has no figures.csv."""

    unit: str
    figures: Figures | None
    rows: tuple[Reported, ...]
    opened: Opened
    today: date

    @property
    def sound(self) -> list[Reported]:
        """Give the rows that say something for certain."""
        return [row for row in self.rows if row.period and row.figure and row.value is not None]


def report(figures: Figures | None, opened: Opened, unit: str, today: date) -> Report:
    """Read a unit's figures for the rules to look at."""
    rows = tuple(read(figures, opened.terms.figures)) if figures and figures.index else ()
    return Report(unit, figures, rows, opened, today)


def check(given: Report) -> Iterator[Finding]:
    """Find what is wrong with the rows of figures.csv."""
    if given.figures is None:
        return
    yield from _columns(given.figures)
    for row in given.rows:
        yield from _row(given.figures, row, given.opened, given.today)
    yield from _twice(given.figures, given.sound)


def _found(figures: Figures, code: str, given: int | Reported, key: str, **args: str) -> Finding:
    row, entry = (given, "") if isinstance(given, int) else (given.row, given.id)
    line, column, source = figures.where(row, key)
    value = figures.cell(row, key) if row >= 0 else ""
    return Finding(
        code,
        CODES[code],
        figures.path,
        line,
        column,
        figures.unit,
        entry,
        field=key,
        value=value,
        args=tuple(sorted(args.items())),
        source=source,
    )


def _columns(figures: Figures) -> Iterator[Finding]:
    for key in _COLUMNS:
        if key not in figures.index:
            yield _found(figures, "G101", -1, key, column=key)
    for at, (key, title) in enumerate(zip(figures.keys, figures.headings, strict=True)):
        if key and figures.index[key] != at:
            line, column, source = figures.place(-1, at)
            first = figures.headings[figures.index[key]]
            yield Finding(
                "G102",
                CODES["G102"],
                figures.path,
                line,
                column,
                figures.unit,
                field=key,
                value=title,
                args=(("first", first),),
                source=source,
            )


def _row(figures: Figures, row: Reported, opened: Opened, today: date) -> Iterator[Finding]:
    if row.figure is None and "key" in figures.index:
        yield _unknown(figures, row, opened)
    if row.period is None and "period" in figures.index:
        yield _found(figures, "G104", row, "period")
    elif row.period and row.period.start > today and not _waiting(row, today):
        yield _found(figures, "G114", row, "period", today=today.isoformat())
    if "value" not in figures.index:
        return
    number, unit = row.number, row.figure.unit if row.figure else ""
    if number.problem:
        yield _found(figures, "G105", row, "value", **{**dict(number.args), "reason": number.problem, "unit": unit})
    elif number.value is None:
        if not _waiting(row, today):
            yield _found(figures, "G107", row, "value")
    elif number.value < 0:
        yield _found(figures, "G106", row, "value")
    elif number.liberties:
        yield _found(figures, "G115", row, "value", meant=format_number(number.value))


def _waiting(row: Reported, today: date) -> bool:
    """Tell whether a row was made ready for a period that is not over: blank means not reported yet."""
    return row.period is not None and row.period.end >= today and row.value is None and not row.number.problem


def _unknown(figures: Figures, row: Reported, opened: Opened) -> Finding:
    known = opened.terms.figures.words
    near = difflib.get_close_matches(figures.cell(row.row, "key"), known, 1, 0.6)
    names = {figure.key: f"{i18n.pick(figure.label)} ({figure.key})" for figure in opened.checklist.figures}
    guess = names[known[near[0]].key] if near else ""
    return _found(figures, "G103", row, "key", known=i18n.join(list(names.values())), guess=guess)


def _twice(figures: Figures, rows: Sequence[Reported]) -> Iterator[Finding]:
    earlier: dict[str, list[Reported]] = {}
    for row in rows:
        assert row.figure
        assert row.period
        before = earlier.setdefault(row.figure.key, [])
        same = next((other for other in before if other.period == row.period), None)
        crossing = [other for other in before if other.period and periods.overlaps(other.period, row.period)]
        clash = same or (crossing[0] if crossing and row.figure.kind == "flow" else None)
        if clash and clash.period:
            line = str(figures.where(clash.row, "period")[0])
            yield _found(
                figures,
                "G108" if same else "G109",
                row,
                "period",
                figure=i18n.pick(row.figure.label),
                first=line,
                other=clash.period.key,
            )
        before.append(row)
