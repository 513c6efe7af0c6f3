"""Ids: an entry is known for ever by its id, within its ledger and in the whole campaign.

L120: An entry has no id.

    Merging, the journal and every figure's proof go by ids; `hazardctl scaffold UNIT` gives one to each row that
    lacks it.

    Fails::

        编号,整改措施
        ,更换门禁

    Passes::

        编号,整改措施
        H7K3-M9QX-2FPD,更换门禁

L121: The ledger has no ids.

    The form as the documents print it has no column for them. `hazardctl scaffold UNIT` adds it and touches nothing
    else.

    Fails::

        整改措施,责任人
        更换门禁,张三

    Passes::

        编号,整改措施,责任人
        H7K3-M9QX-2FPD,更换门禁,张三

L122: The id cannot be used.

    An id is a letter or digit followed by letters, digits and the signs - . _ ( ) 〔 〕 [ ] # /, at most 64 characters:
    it is typed in commands and compared by machines.

    Fails::

        编号,整改措施
        隐患 1 号,更换门禁

    Passes::

        编号,整改措施
        隐患1号,更换门禁

L123: The id was damaged by a spreadsheet.

    A spreadsheet keeps 15 digits of a number; of a longer one the rest becomes zeros, or the whole 3.5E+17.

    Fails::

        编号,整改措施
        3.70102E+17,更换门禁

    Passes::

        编号,整改措施
        H7K3-M9QX-2FPD,更换门禁

L124: Two entries have the same id.

    Ids are compared without regard to case and width.

    Fails::

        编号,整改措施
        H2,更换门禁
        h2,加装监控

    Passes::

        编号,整改措施
        H2,更换门禁
        H3,加装监控

L125: Two ids look the same.

    O and 0, l, I and 1 are told apart by machines only.

    Fails::

        编号,整改措施
        HO1,更换门禁
        H01,加装监控

    Passes::

        编号,整改措施
        HO1,更换门禁
        HP1,加装监控
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from hazardctl import text
from hazardctl.cells.quantities import damaged_id
from hazardctl.findings import Finding, Severity
from hazardctl.reading import Reading
from hazardctl.rules.structure import lost
from hazardctl.units import LONGEST_ID, look

CODES: Mapping[str, Severity] = {
    "L120": Severity.ERROR,
    "L121": Severity.WARNING,
    "L122": Severity.ERROR,
    "L123": Severity.ERROR,
    "L124": Severity.ERROR,
    "L125": Severity.WARNING,
}
_SOUND = re.compile(r"[^\W_][\w.\-()〔〕\[\]#/]*", re.UNICODE)


def check(reading: Reading) -> Iterator[Finding]:
    """Find ids that are missing, unusable, damaged or used twice."""
    ledger = reading.ledger
    if "id" not in ledger.index:
        if ledger.rows and not lost(reading):
            yield reading.finding("L121", CODES["L121"], -1, "id", count=str(len(ledger.rows)))
        return
    raws = reading.raw("id")
    seen: dict[str, int] = {}
    looks: dict[str, int] = {}
    for row in reading.doubtful_ids:
        cell = reading.terms.read("id", raws[row])
        if cell.value is None:
            if not cell.problem:
                yield reading.finding("L120", CODES["L120"], row, "id")
            continue
        if code := _unsound(cell.value):
            yield reading.finding(code, CODES[code], row, "id")
            continue
        yield from _again(reading, row, cell.value, seen, looks)


def _unsound(entry: str) -> str:
    if damaged_id(entry):
        return "L123"
    return "L122" if len(entry) > LONGEST_ID or not _SOUND.fullmatch(entry) else ""


def _again(reading: Reading, row: int, entry: str, seen: dict[str, int], looks: dict[str, int]) -> Iterator[Finding]:
    folded, likeness = text.fold(entry), look(entry)
    code, first = ("L124", seen[folded]) if folded in seen else ("L125", looks.get(likeness, -1))
    if first >= 0:
        line = reading.line(first, "id")
        yield reading.finding(code, CODES[code], row, "id", first=line, other=reading.ledger.cell(first, "id"))
    seen.setdefault(folded, row)
    looks.setdefault(likeness, row)
