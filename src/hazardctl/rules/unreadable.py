"""Unreadable values: a cell says something that cannot be read for certain, so it is not read at all.

L201: The status is not one of the campaign's.

    A status is written with the campaign's own words; words that mean the same are read, others are not guessed.

    Fails::

        编号,整改状态
        H2,正在研究

    Passes::

        编号,整改状态
        H2,整改中

L202: The category is not in the checklist.

    A category is written by its code, its numeral or its title, as in the checklist version the campaign pins.

    Fails::

        编号,风险隐患类别
        H2,九

    Passes::

        编号,风险隐患类别
        H2,(一)

L203: The item is not in the checklist.

    Fails::

        编号,检查项
        H2,7.7

    Passes::

        编号,检查项
        H2,1.2

L204: The cell is not a day.

    Whatever can be read in two ways is not read: 6/9/2022 is June or September.

    Fails::

        编号,发现时间
        H2,2022-02-30

    Passes::

        编号,发现时间
        H2,2022-02-28

L205: The deadline cannot be read.

    A day, a day with 前, the end of a month, 3日内, 立即, 长期 and an event are deadlines; 尽快 is none.

    Fails::

        编号,完成时限
        H2,尽快

    Passes::

        编号,完成时限
        H2,2022年9月底前

L206: The cell is not a number.

    What is not a number is never taken for 0.

    Fails::

        编号,整改资金
        H2,若干

    Passes::

        编号,整改资金
        H2,12.5

L207: The value is not one of those the checklist allows.

    Fails::

        编号,隐患等级
        H2,超大

    Passes::

        编号,隐患等级
        H2,重大

L208: The cell holds a character that nobody sees.

    Control characters and marks that turn the direction of writing make a cell look like what it is not.

    Fails::

        编号,整改措施
        H2,更换\u202e门禁

    Passes::

        编号,整改措施
        H2,更换门禁

L209: Characters of the cell are lost.

    The file was once saved in an encoding that does not know them; what is gone cannot be guessed.

    Fails::

        编号,整改措施
        H2,检查单?584家

    Passes::

        编号,整改措施
        H2,检查单位584家

L210: A track stands in the status column.

    立行立改, 限期整改 and 长期整改 say how a hazard is to be fixed, not how far the fix has come.

    Fails::

        编号,整改状态
        H2,立行立改

    Passes::

        编号,整改状态
        H2,整改中

L211: The cell refers to another cell.

    同上 means something else as soon as the ledger is sorted.

    Fails::

        编号,整改措施
        H2,更换门禁
        H3,同上

    Passes::

        编号,整改措施
        H2,更换门禁
        H3,更换门禁
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hazardctl import i18n
from hazardctl.cells.terms import label_of
from hazardctl.findings import Finding, Severity
from hazardctl.reading import Reading
from hazardctl.rules.structure import misplaced

CODES: Mapping[str, Severity] = {
    f"L{number}": Severity.ERROR for number in (201, 202, 203, 204, 205, 206, 207, 208, 209, 210, 211)
}


def check(reading: Reading) -> Iterator[Finding]:
    """Find cells that could not be read; a column that holds another field's values has been named as a whole."""
    slipped: dict[str, str] | None = None
    for field in reading.terms.fields:
        if field.key not in reading.remarkable or not reading.has(field.key):
            continue
        bad = {raw: cell for raw, cell in reading.noticed(field.key).items() if cell.problem}
        here = reading.often(field.key) if bad else {}
        bad = {raw: cell for raw, cell in bad.items() if raw in here}  # the others stand in other ledgers
        if not bad:
            continue
        slipped = misplaced(reading) if slipped is None else slipped
        if other := slipped.get(field.key):
            bad = {raw: cell for raw, cell in bad.items() if reading.terms.read(other, raw).value is None}
        known = _known(reading, field.key)
        yield from reading.each(
            field.key,
            {raw: (cell.problem, CODES[cell.problem], {**known, **dict(cell.args)}) for raw, cell in bad.items()},
        )


def _known(reading: Reading, key: str) -> dict[str, str]:
    """Name what may be written, for the remedy."""
    checklist = reading.terms.checklist
    locale = reading.terms.campaign.locale
    words = {
        "status": [label_of(label, locale) for label in checklist.statuses.values()],
        "track": [label_of(label, locale) for label in checklist.tracks.values()],
        "category": [
            f"{code} {label_of(category.title, locale)}" for code, category in reading.terms.categories.items()
        ],
    }.get(reading.terms.by_key[key].type)
    if key == "item":
        return {"example": next(iter(reading.terms.items), "")}
    return {"allowed": i18n.join(words)} if words else {}
