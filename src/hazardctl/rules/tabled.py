"""Tables: the numbers of a row, held against each other, against the period before, and against the row's own past.

The rules are the checklist's `figure_rules`; they hold in every row of every table that has all they name: of a unit,
a category, a subtotal, a total. The examples report for a checklist with a table of the funds for major hazards,
the figures budget (安排资金, to be explained where the funds pass it), supervised and located (人, an error).

G120: A row of a table contradicts a rule.

    The checklist says how the numbers stand to each other. A sum is named only for what the rows below it do not
    explain.

    Fails::

        # units/a/figures.csv
        period,key,value
        2022-08,located,11
        2022-08,checked,1
        # units/b/figures.csv
        period,key,value
        2022-08,supervised,10
        2022-08,checked,1

    Passes::

        # units/a/figures.csv
        period,key,value
        2022-08,located,11
        2022-08,supervised,11
        2022-08,checked,1
        # units/b/figures.csv
        period,key,value
        2022-08,supervised,10
        2022-08,checked,1

G121: A row of a table has to be explained.

    As G120, for a relation that has exceptions. A unit answers for its own row when it sends its return.

    Fails::

        # units/a/ledger.csv
        编号,风险隐患类别,隐患等级,整改措施,整改资金
        H7K3-M9QX-2FPD,1,重大,换锁,30
        # units/a/figures.csv
        period,key,value
        2022-08,checked,1
        2022-08,budget,20

    Passes::

        # units/a/ledger.csv
        编号,风险隐患类别,隐患等级,整改措施,整改资金
        H7K3-M9QX-2FPD,1,重大,换锁,30
        # units/a/figures.csv
        period,key,value
        2022-08,checked,1
        2022-08,budget,30

G122: A number is missing that a row has to be compared with.

    Fails::

        # units/a/ledger.csv
        编号,风险隐患类别,隐患等级,整改措施,整改资金
        H7K3-M9QX-2FPD,1,重大,换锁,30
        # units/a/figures.csv
        period,key,value
        2022-08,checked,1

    Passes::

        # units/a/ledger.csv
        编号,风险隐患类别,隐患等级,整改措施,整改资金
        H7K3-M9QX-2FPD,1,重大,换锁,30
        # units/a/figures.csv
        period,key,value
        2022-08,checked,1
        2022-08,budget,30

G123: A row of a table is far from what it was in earlier periods.

    Held against the same row in at least six earlier tables that were frozen, as G116 does with reported figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from hazardctl.cells.terms import label_of
from hazardctl.checklist import LAST, bare
from hazardctl.findings import Finding, Severity
from hazardctl.i18n import t_in
from hazardctl.statistics.table import Contradiction, Table

CODES: Mapping[str, Severity] = {
    "G120": Severity.ERROR,
    "G121": Severity.WARNING,
    "G122": Severity.WARNING,
    "G123": Severity.WARNING,
}


def code_of(one: Contradiction) -> str:
    """Give the code of a finding about a row."""
    if not one.rule:
        return "G123"
    if one.missing:
        return "G122"
    return "G120" if one.severity == Severity.ERROR else "G121"


def words(table: Table, one: Contradiction, language: str) -> str:
    """Say a rule as the table's headings have it: `已整改 + 整改中 <= 总数`."""
    left, right = (" + ".join(_label(table, key, language) for key in side) for side in (one.left, one.right))
    return f"{left} {one.op} {right}" if one.op else left


def _label(table: Table, key: str, language: str) -> str:
    column = next((column for column in table.columns if column.key == bare(key)), None)
    if column is not None:
        said = label_of(column.path[-1], language)
    else:
        said = label_of(table.labels[bare(key)], language) if bare(key) in table.labels else key
    return t_in(language, "table.last", label=said) if key.startswith(LAST) else said


def shown(one: Contradiction) -> str:
    """Say both numbers."""
    said = [format(number, "f") if isinstance(number, Decimal) else str(number) for number in one.sums]
    return f" {one.op or '/'} ".join(said)


def sentence(table: Table, one: Contradiction, language: str) -> str:
    """Say one contradiction in a language."""
    told = {
        "row": label_of(one.name, language), "rule": words(table, one, language), "sums": shown(one),
        "why": label_of(one.why, language), "reason": one.reason, "earlier": one.earlier,
        "missing": _missing(table, one, language),
        "value": shown(one).partition(" / ")[0], "usual": shown(one).partition(" / ")[2],
    }  # fmt: skip
    key = {"G120": "error", "G121": "warning", "G122": "missing", "G123": "far"}[code_of(one)]
    said = t_in(language, f"table.against_{key}", **told).rstrip()
    return f"{said} {t_in(language, 'table.explained', reason=one.reason)}" if one.reason else said


def _missing(table: Table, one: Contradiction, language: str) -> str:
    return ("、" if language == "zh" else ", ").join(_label(table, key, language) for key in one.missing)


def finding(table: Table, one: Contradiction, path: str, language: str, line: int = 0) -> Finding:
    """Make a finding of a contradiction, about a row of a table; its entry is `TABLE/COLUMN`."""
    args = {
        "table": table.id, "row": label_of(one.name, language), "rule": words(table, one, language),
        "sums": shown(one) if one.op else "", "why": label_of(one.why, language), "earlier": str(one.earlier),
        "missing": _missing(table, one, language),
        "usual": shown(one).partition(" / ")[2],
    }  # fmt: skip
    code = code_of(one)
    column = bare(one.left[0])
    value = shown(one) if one.op or not one.sums else shown(one).partition(" / ")[0]
    return Finding(
        code, CODES[code], path, line, 0, one.row.removesuffix("/own"), f"{table.id}/{one.rule or column}", column,
        value, tuple(sorted(args.items())),
    )  # fmt: skip
