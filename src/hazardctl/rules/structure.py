"""Structure: the columns of a ledger, and rows that are no entries.

A ledger is read by its headings, so nothing else can be trusted until they are right.

L101: A required column is missing.

    The checklist asks for this field in every entry, and no column of the ledger holds it. The heading may be the
    field's key, its official label, or one of the names clerks use for it.

    Fails::

        编号,风险隐患类别,风险隐患基本情况,责任部门,责任人,完成时限,整改状态
        H2,1,门禁损坏,办公室,张三,2022-09-06,整改中

    Passes::

        编号,风险隐患类别,风险隐患基本情况,整改措施,责任部门,责任人,完成时限,整改状态
        H2,1,门禁损坏,更换门禁,办公室,张三,2022-09-06,整改中

L102: Two columns stand for the same field.

    Only the first is read; what the second says would be lost without a word.

    Fails::

        编号,整改状态,整改情况
        H2,整改中,已整改

    Passes::

        编号,整改状态,备注
        H2,整改中,已整改

L103: A heading is not known.

    The column is kept and not read. Where the heading nearly is a known one, that one is named.

    Fails::

        编号,整改措旋
        H2,更换门禁

    Passes::

        编号,整改措施
        H2,更换门禁

L104: A column holds another field's values.

    Nearly every cell of the column reads as a value of another field: the columns have slipped, or two headings were
    exchanged. Counting such a ledger would give figures that look right.

    Fails::

        编号,完成时限,整改状态
        H2,整改中,2022-09-06
        H3,已整改,2022-09-07

    Passes::

        编号,完成时限,整改状态
        H2,2022-09-06,整改中
        H3,2022-09-07,已整改

L105: A total row stands in the ledger.

    The row is set aside and not counted as a hazard. Totals are made by `hazardctl rollup`.

    Fails::

        编号,风险隐患类别,风险隐患基本情况,整改措施
        H2,1,门禁损坏,更换门禁
        合计,1,,

    Passes::

        编号,风险隐患类别,风险隐患基本情况,整改措施
        H2,1,门禁损坏,更换门禁

L106: A row says that there is nothing, and others list hazards.

    The row is set aside. One of the two cannot be true.

    Fails::

        编号,风险隐患类别,风险隐患基本情况,整改措施
        H2,1,门禁损坏,更换门禁
        ,无,,

    Passes::

        编号,风险隐患类别,风险隐患基本情况,整改措施
        ,无,,

L107: A row repeats the headings or numbers the columns.

    Such rows come with pages pasted from a printed form. They would be counted as hazards.

    Fails::

        编号,风险隐患类别,风险隐患基本情况,整改措施
        1,2,3,4
        H2,1,门禁损坏,更换门禁

    Passes::

        编号,风险隐患类别,风险隐患基本情况,整改措施
        H2,1,门禁损坏,更换门禁

L109: The first row is not the heading row.

    None of its cells, or one of many, is a heading of this campaign: as a rule a title line stands above the table.
    `hazardctl import` finds the table inside such a file.

    Fails::

        隐患排查整治工作台账,,,
        编号,风险隐患类别,风险隐患基本情况,整改措施
        H2,1,门禁损坏,更换门禁

    Passes::

        编号,风险隐患类别,风险隐患基本情况,整改措施
        H2,1,门禁损坏,更换门禁
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import partial

from hazardctl import text
from hazardctl.fields import heading
from hazardctl.findings import Finding, Severity
from hazardctl.ledger import TOTAL_WORDS
from hazardctl.reading import Reading

CODES: Mapping[str, Severity] = {
    "L101": Severity.ERROR,
    "L102": Severity.ERROR,
    "L103": Severity.NOTE,
    "L104": Severity.ERROR,
    "L105": Severity.NOTE,
    "L106": Severity.WARNING,
    "L107": Severity.ERROR,
    "L109": Severity.ERROR,
}
# Which kinds of value are tried on a column that cannot be read as its own; free text reads as anything.
_TELLING = ("status", "day", "deadline", "category", "item", "track", "money", "number", "integer")
_NEARLY_ALL = 0.8
_TITLE_LINES = 10
_SAMPLE = 200


def check(reading: Reading) -> Iterator[Finding]:
    """Find what is wrong with the columns and with rows that are no entries."""
    if lost(reading):
        yield _no_headings(reading)
        return
    yield from _columns(reading)
    yield from _misplaced(reading)
    yield from _set_aside(reading)
    yield from _repeated(reading)


def lost(reading: Reading) -> bool:
    """Tell whether the heading row was not found: no other rule has anything to stand on then."""
    ledger = reading.ledger
    return bool(ledger.headings) and (not ledger.index or (len(ledger.index) == 1 and len(ledger.headings) > 3))


def misplaced(reading: Reading) -> dict[str, str]:
    """Give each column that holds another field's values, with the field whose values they are."""
    found: dict[str, str] | None = reading.kept.get(misplaced)
    if found is None:
        keys = [key for key in reading.ledger.index if key in reading.remarkable]
        found = reading.kept[misplaced] = {key: other for key in keys if (other := _other(reading, key))}
    return found


def _no_headings(reading: Reading) -> Finding:
    known = reading.terms.headings
    for row, cells in enumerate(reading.ledger.rows[:_TITLE_LINES]):
        if sum(heading(cell) in known for cell in cells if cell) > 1:
            line = str(reading.ledger.place(row, 0)[0])
            return reading.finding("L109", CODES["L109"], -1, line=line)
    return reading.finding("L109", CODES["L109"], -1, line="?")


def _columns(reading: Reading) -> Iterator[Finding]:
    ledger = reading.ledger
    if not ledger.nil:
        for field in reading.terms.fields:
            if field.required and reading.no_column(field.key) and field.key != "id":
                yield reading.finding("L101", CODES["L101"], -1, field.key)
    if len(ledger.index) == len(ledger.keys):  # as is the rule, every heading is known, and none twice
        return
    for at, (title, key) in enumerate(zip(ledger.headings, ledger.keys, strict=True)):
        if key and ledger.index[key] != at:
            first = ledger.headings[ledger.index[key]]
            yield reading.on_heading("L102", CODES["L102"], at, first=partial(str, first))
        elif not key and title.strip():
            yield reading.on_heading("L103", CODES["L103"], at, guess=partial(_guess, title, reading))


def _guess(title: str, reading: Reading) -> str:
    folded = heading(title)
    taken = {name for name, key in reading.terms.headings.items() if key in reading.ledger.index}
    near = difflib.get_close_matches(folded, reading.terms.headings.keys() - taken, 1, 0.7)
    return reading.label(reading.terms.headings[near[0]]) if near else ""


def _misplaced(reading: Reading) -> Iterator[Finding]:
    for key, other in misplaced(reading).items():
        example = next(raw for raw in reading.raw(key) if not _blank(reading, key, raw))
        yield reading.finding("L104", CODES["L104"], -1, key, other=reading.label(other), example=example)


def _other(reading: Reading, key: str) -> str:
    """Find the field whose values a column holds instead of its own; almost always none, and that is told quickly."""
    if reading.terms.by_key[key].type in ("text", "names", "id"):
        return ""  # a result may well say 已整改; where columns have slipped, the one that has rules of its own tells
    noticed = reading.noticed(key)
    if not any(cell.problem for cell in noticed.values()):
        return ""
    often = reading.often(key)
    given = len(reading) - sum(often.get(raw, 0) for raw, cell in noticed.items() if cell.blank)
    odd = sum(often.get(raw, 0) for raw, cell in noticed.items() if cell.problem)
    if given < 2 or odd < given * _NEARLY_ALL:  # as is the rule
        return ""
    return _telling(reading, key, [raw for raw in reading.raw(key) if not _blank(reading, key, raw)][:_SAMPLE])


def _blank(reading: Reading, key: str, raw: str) -> bool:
    noticed = reading.noticed(key)
    return raw in noticed and noticed[raw].blank


def _telling(reading: Reading, key: str, raws: list[str]) -> str:
    """Find the field that reads nearly all of some cells."""
    read = reading.terms.read
    most = len(raws) * (1 - _NEARLY_ALL)
    for kind in _TELLING:
        fields = [field for field in reading.terms.fields if field.type == kind and field.key != key]
        for field in fields[:1] if kind in ("status", "day") else fields:  # these read the same, whatever their field
            if sum(read(field.key, raw).value is None for raw in raws) <= most:
                return field.key
    return ""


def _set_aside(reading: Reading) -> Iterator[Finding]:
    ledger = reading.ledger
    for line, word in ledger.set_aside:
        total = "".join(text.fold(word).split()).rstrip(":：") in TOTAL_WORDS
        code = "L105" if total else "L106"
        yield Finding(code, CODES[code], ledger.path, line, 1, ledger.unit, value=word)


def _repeated(reading: Reading) -> Iterator[Finding]:
    ledger = reading.ledger
    if len(ledger.headings) < 3:
        return
    key = ledger.keys[0]
    first = reading.raw(key) if key else [cells[0] for cells in ledger.rows]
    if "1" not in first and ledger.headings[0] not in first:
        return
    few = [row for row, cell in enumerate(first) if cell in ("1", ledger.headings[0])]
    titles = [heading(title) for title in ledger.headings] if few else []
    for row in few:
        cells = ledger.rows[row]
        numbered = all(cell.strip() == str(at) for at, cell in enumerate(cells, 1))
        if numbered or [heading(cell) for cell in cells] == titles:
            yield reading.finding("L107", CODES["L107"], row)
