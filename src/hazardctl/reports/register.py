"""The person register (附件2) in its smallest form: for the unit that keeps it, its cases; for others, counts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hazardctl import ledger, load, text
from hazardctl.cells.terms import every, label_of
from hazardctl.checklist import Form
from hazardctl.document import Cell, Grid, GridColumn, GridRow
from hazardctl.fields import heading
from hazardctl.findings import Finding
from hazardctl.forms.blanks import REGISTER
from hazardctl.i18n import t_in
from hazardctl.load import Opened
from hazardctl.reports import forms
from hazardctl.reports.asked import Asked
from hazardctl.reports.forms import Filled

Cases = list[dict[str, str]]


def fill(opened: Opened, form: Form, asked: Asked, language: str) -> Filled:
    """Fill the register's form: the cases of one unit, or how many each unit has, small counts suppressed."""
    chosen = forms.scope(opened, asked)
    cases: dict[str, Cases] = {}
    findings: list[Finding] = []
    for unit in chosen:
        found, more = _cases(opened, form, unit)
        findings += more
        if found is not None:
            cases[unit] = found
    frame = forms.framed(opened, form, asked, language)
    if len(chosen) == 1:
        grid = _listing(opened, form, cases.get(chosen[0], []), language)
        remarks = (t_in(language, "report.register_stays"),)
    else:
        grid = _counts(opened, chosen, cases, language)
        remarks = (t_in(language, "report.register_counts", below=opened.campaign.policies.suppress_below),)
    document = replace(frame, grids=(grid,), remarks=remarks, data=forms.data(form, grid))
    entries = sum(map(len, cases.values()))
    return Filled(document, len(chosen), entries, tuple(findings), exit_code=3 if findings else 0)


def _cases(opened: Opened, form: Form, unit: str) -> tuple[Cases | None, list[Finding]]:
    path = opened.workspace.unit(unit) / "register.csv"
    if not path.is_file():
        return None, []
    sheet, findings = load.load_sheet(path, opened.workspace.name(path))
    if findings:
        return None, [replace(finding, unit=unit) for finding in findings]
    keys = ledger.match(sheet.header, _headings(form))
    rows = [dict(zip(keys, row, strict=True)) for row in sheet.rows]
    return [row for row in rows if any(row.get(key, "").strip() for key in REGISTER)], []


def _headings(form: Form) -> Mapping[str, str]:
    known = {heading(key): key for key in REGISTER}
    for column in form.columns:
        if column.field in REGISTER:
            known |= {heading(name): column.field for name in (*every(column.label), *column.aliases)}
    return known


def _listing(opened: Opened, form: Form, cases: Cases, language: str) -> Grid:
    """List one unit's cases: only the columns the register keeps, whatever else its file may hold."""
    allowed = (forms.COUNTED, *REGISTER)
    columns = [column for column in forms.columns_of(opened, form.columns, language) if column.key in allowed]
    rows = [GridRow(tuple(_cell(case, column.key, at) for column in columns)) for at, case in enumerate(cases, 1)]
    return Grid(form.id, tuple(columns), tuple(rows))


def _cell(case: Mapping[str, str], key: str, number: int) -> Cell:
    if key == forms.COUNTED:
        return Cell(str(number), str(number), number=True)
    words = text.escape(case.get(key, "").strip())
    return Cell(words, words)


def _counts(opened: Opened, chosen: Sequence[str], cases: Mapping[str, Cases], language: str) -> Grid:
    groups = opened.checklist.register_groups
    words = {
        text.fold(name): key for key, label in groups.items() for name in (key, *every(label))
    }  # what a register may call each group
    label = t_in(language, "report.register_group")
    columns = [GridColumn("unit", (t_in(language, "report.unit_column"),))]
    columns += [GridColumn(key, (label, label_of(name, language)), "right") for key, name in groups.items()]
    below = opened.campaign.policies.suppress_below
    counted = {unit: Counter(words.get(text.fold(case.get("group", "").strip()), "") for case in cases[unit])
               for unit in chosen if unit in cases}  # fmt: skip
    leaves = [unit for unit in chosen if unit in counted or opened.units.is_leaf(unit)]
    rows = [
        GridRow((_name(opened, unit), *(_count(counted[unit][key], below) if unit in counted else Cell(number=True)
                                        for key in groups)))
        for unit in leaves
    ]  # fmt: skip
    total = t_in(language, "report.register_total")
    sums = (_total([counts[key] for counts in counted.values()], below) for key in groups)
    rows.append(GridRow((Cell(total, total), *sums), "total", 0))
    return Grid("register", tuple(columns), tuple(rows))


def _name(opened: Opened, unit: str) -> Cell:
    name = text.escape(opened.units.units[unit].name)
    return Cell(name, name)


def _count(number: int, below: int) -> Cell:
    """Print a count; a small one would point at people."""
    said = f"<{below}" if 0 < number < below else str(number)
    return Cell(said, said, number=said.isdecimal())


def _total(numbers: Sequence[int], below: int) -> Cell:
    """Print a total, unless somebody could work out a suppressed count from it."""
    small = [number for number in numbers if 0 < number < below]
    if small and (len(small) == 1 or sum(small) in (len(small), len(small) * (below - 1))):
        return Cell("*", "*")
    return _count(sum(numbers), below)
