"""Liberties: a cell was understood, though it is not written the way the campaign writes it.

`hazardctl check --fix` rewrites those whose meaning is beyond doubt.

L401: Another word for the same.

    The cell says what the campaign says with another word. `check --fix` writes the campaign's word.

    Fails::

        编号,整改状态
        H2,已完成

    Passes::

        编号,整改状态
        H2,已整改

L402: A status was understood with a consequence.

    待验收 is counted as still open, 已销号 as fixed, 退回 as not fixed: look whether that is what was meant. It is not
    rewritten, since the word says more than the status.

    Fails::

        编号,整改状态
        H2,待验收

    Passes::

        编号,整改状态
        H2,整改中

L403: Another spelling of a date.

    Fails::

        编号,完成时限
        H2,2022.9.6

    Passes::

        编号,完成时限
        H2,2022-09-06

L404: The year was guessed.

    The date has no year, and only one year of the campaign fits. Nobody else will be able to tell later.

    Fails::

        编号,发现时间
        H2,9月6日

    Passes::

        编号,发现时间
        H2,2022-09-06

L405: Spaces stand around the value.

    Fails::

        编号,整改措施
        H2,"更换门禁　"

    Passes::

        编号,整改措施
        H2,更换门禁

L406: A number has a unit, a separator or full-width digits.

    Fails::

        编号,整改资金
        H2,"1,234万元"

    Passes::

        编号,整改资金
        H2,1234

L407: A deadline or day was understood with something left out or added.

    15 is taken as 15 days, 2022年9月 as its last day, 48小时内 as two days, and a time of day is left out. It is not
    rewritten, since the cell says more or less than the reading.

    Fails::

        编号,完成时限
        H2,15

    Passes::

        编号,完成时限
        H2,15日内
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hazardctl.findings import Finding, Severity
from hazardctl.reading import Reading

CODES: Mapping[str, Severity] = {
    "L401": Severity.NOTE,
    "L402": Severity.WARNING,
    "L403": Severity.NOTE,
    "L404": Severity.WARNING,
    "L405": Severity.NOTE,
    "L406": Severity.NOTE,
    "L407": Severity.WARNING,
}


def check(reading: Reading) -> Iterator[Finding]:
    """Find cells that were understood and ought to be written otherwise."""
    for field in reading.terms.fields:
        if field.key not in reading.remarkable or not reading.has(field.key):
            continue
        yield from reading.each(
            field.key,
            {
                raw: (cell.liberty, CODES[cell.liberty], {"meant": cell.spelled, **dict(cell.args)})
                for raw, cell in reading.noticed(field.key).items()
                if cell.liberty
            },
        )
