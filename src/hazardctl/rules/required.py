"""Required fields: what every entry has to say, and what it has to say in certain states.

L110: A required cell is blank.

    The checklist asks for this field in every entry. A dash, 无 or 不适用 says nothing either.

    Fails::

        编号,整改措施
        H2,

    Passes::

        编号,整改措施
        H2,更换门禁

L111: A cell that this entry needs is blank.

    The checklist asks for the field when another field has a certain value: a result when the status is 已整改.

    Fails::

        编号,整改状态,整改类型,应急预案
        H2,整改中,长期整改,

    Passes::

        编号,整改状态,整改类型,应急预案
        H2,整改中,长期整改,值班备勤

L112: A column that some entries need is missing.

    As L111, said once for the whole ledger because it has no such column.

    Fails::

        编号,整改状态,整改类型
        H2,整改中,长期整改

    Passes::

        编号,整改状态,整改类型
        H2,整改中,限期整改

L113: An entry that is closed does not say how.

    A fix has a date and a result, and what cannot be fixed has a reason; a hazard is not written off before the fix is
    complete. The rule holds where the campaign uses the field and its checklist does not say otherwise.

    Fails::

        编号,整改状态,整改完成时间,整改结果
        H2,已整改,,已换新锁

    Passes::

        编号,整改状态,整改完成时间,整改结果
        H2,已整改,2022-09-06,已换新锁

L114: A hazard that cannot be fixed is left without care.

    Unable needs more than a reason: an interim control, the level that can solve it, and a day to look at it again.
    Otherwise it is where hazards go to be forgotten.

    Fails::

        编号,整改状态,无法整改原因,临时管控措施
        H2,无法整改,产权不在本单位,

    Passes::

        编号,整改状态,无法整改原因,临时管控措施
        H2,无法整改,产权不在本单位,安排专人值守
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hazardctl import i18n
from hazardctl.cells.terms import Cell
from hazardctl.fields import Field
from hazardctl.findings import Finding, Severity
from hazardctl.reading import Reading

CODES: Mapping[str, Severity] = {
    "L110": Severity.ERROR,
    "L111": Severity.ERROR,
    "L112": Severity.ERROR,
    "L113": Severity.ERROR,
    "L114": Severity.WARNING,
}
# What the closed loop asks for, whatever the checklist leaves unsaid: field → status, code.
_IMPLIED: Mapping[str, tuple[str, str]] = {
    "done_on": ("done", "L113"),
    "result": ("done", "L113"),
    "reason": ("unable", "L113"),
    "interim_control": ("unable", "L114"),
    "solved_by_level": ("unable", "L114"),
    "review_on": ("unable", "L114"),
}


def check(reading: Reading) -> Iterator[Finding]:
    """Find blank cells that ought to say something."""
    for field in reading.terms.fields:
        if field.key == "id":
            continue
        if field.required:
            yield from _always(reading, field.key)
        elif field.required_when:
            for key, values in field.required_when:
                yield from _when(reading, field, key, values)
        elif field.key in _IMPLIED:
            yield from _implied(reading, field.key)


def _always(reading: Reading, key: str) -> Iterator[Finding]:
    if reading.no_column(key) or key not in reading.remarkable:  # no column: said of the heading row
        return
    blank = [raw for raw, cell in reading.noticed(key).items() if cell.blank]
    yield from reading.each(key, dict.fromkeys(blank, ("L110", CODES["L110"], {})))


def _when(reading: Reading, field: Field, key: str, values: tuple[str, ...]) -> Iterator[Finding]:
    if not reading.has(key):
        return

    def judge(given: Cell, asked: Cell) -> str | None:
        return str(given.value) if asked.blank and given.value in values else None

    lacking = list(reading.rows_where((key, field.key), judge, ("L111", values)))
    if lacking and reading.no_column(field.key):
        yield _no_column(reading, field.key, len(lacking), key, lacking[0][1])
        return
    for row, value in lacking:
        yield reading.finding(
            "L111", CODES["L111"], row, field.key, when=reading.label(key), is_=said(reading, key, value)
        )


def _implied(reading: Reading, key: str) -> Iterator[Finding]:
    status, code = _IMPLIED[key]
    if not reading.has("status"):
        return

    def judge(given: Cell, asked: Cell) -> bool | None:
        return True if asked.blank and given.value == status else None

    rows = [row for row, _ in reading.rows_where(("status", key), judge, ("L113", status))]
    if not reading.has(key) and CODES[code] != Severity.ERROR:
        return
    if rows and reading.no_column(key):
        yield _no_column(reading, key, len(rows), "status", status)
        return
    for row in rows:
        yield reading.finding(code, CODES[code], row, key, is_=said(reading, "status", status))


def _no_column(reading: Reading, key: str, count: int, when: str, value: str) -> Finding:
    return reading.finding(
        "L112", CODES["L112"], -1, key, count=str(count), when=reading.label(when), is_=said(reading, when, value)
    )


def said(reading: Reading, key: str, value: str) -> str:
    """Give the label of a coded value, as the campaign words it."""
    checklist = reading.terms.checklist
    named = {"status": checklist.statuses, "track": checklist.tracks, "level": checklist.levels}.get(key, {})
    choices = {choice.key: choice.label for choice in reading.terms.by_key[key].values}
    return i18n.pick(named.get(value) or choices.get(value) or value)
