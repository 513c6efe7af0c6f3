"""Make a unit's files ready to be filled in; run again, add what is missing and touch nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Literal

from hazardctl import amend, entry, figures, ledger, lifecycle, load
from hazardctl.fields import heading
from hazardctl.files import store
from hazardctl.formats import csv
from hazardctl.formats.encoding import encode
from hazardctl.forms import blanks, fillin
from hazardctl.lifecycle import Changes
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.records import immutable

WORKBOOK, WORKBOOK_FORM = "fill-in.xlsx", "xlsx"
What = Literal["made", "columns", "ids", "rows", "kept", "unreadable"]


@immutable
class Step:
    """What happened to one file: made, given columns, ids or rows it lacked, kept as it was, or not readable."""

    path: str
    what: What
    detail: str = ""


def units(opened: Opened, today: date) -> list[str]:
    """Give the units that keep a ledger today: those without units below them that are open."""
    tree = opened.units
    return [unit.id for unit, _ in tree.walk() if tree.is_leaf(unit.id) and unit.open_on(today, today)]


def scaffold(opened: Opened, unit: str, *, form: str = "", by: str, today: date, dry_run: bool = False) -> list[Step]:
    """Make ledger, figures and register of one unit, or add to them what they lack; rows are never taken away.

    With `form` xlsx also its fill-in workbook, unless there is one: somebody may have typed into it.
    """
    wants_workbook = form == WORKBOOK_FORM
    folder = opened.workspace.unit(unit)
    there = opened.workspace.ledgers(unit)
    if there:
        steps = _completed(opened, unit, there[0], by=by, today=today, dry_run=dry_run)
    else:
        form = form if form in ("csv", "yaml") else opened.campaign.policies.ledger_format
        new = blanks.fresh_ledger(opened, form)
        steps = [_make(opened, folder / f"ledger.{form}", lambda data: new if data is None else None, dry_run=dry_run)]
    if opened.checklist.figures:
        steps.append(_figures(opened, folder / "figures.csv", today, dry_run=dry_run))
    if opened.checklist.register_groups:
        register = blanks.fresh_register(opened)
        fill = _only_if_absent(register)
        steps.append(_make(opened, folder / "register.csv", fill, dry_run=dry_run))
    if wants_workbook and not any(step.what == "unreadable" for step in steps):
        found, _ = load.load_ledger(opened.workspace, unit, opened.terms)
        fill = _only_if_absent(fillin.workbook(opened, unit, found))
        steps.append(_make(opened, folder / WORKBOOK, fill, dry_run=dry_run))
    return steps


def _only_if_absent(new: bytes) -> Callable[[bytes | None], bytes | None]:
    return lambda data: new if data is None else None


def _make(
    opened: Opened,
    path: Path,
    change: Callable[[bytes | None], bytes | None],
    *,
    dry_run: bool,
    detail: str = "",
    what: What = "rows",
) -> Step:
    path = store.inside(opened.workspace.root, path)
    name = opened.workspace.name(path)
    was: list[tuple[bytes | None, bytes | None]] = []

    def revise(before: store.Snapshot) -> bytes | None:
        new = change(before.data)
        was.append((before.data, new))
        return None if dry_run else new

    if dry_run:
        revise(store.read(path))
    else:
        store.update(path, revise)
    old, new = was[-1]
    if new is None or new == old:
        return Step(name, "kept")
    return Step(name, "made") if old is None else Step(name, what, detail)


def _completed(opened: Opened, unit: str, path: Path, *, by: str, today: date, dry_run: bool) -> list[Step]:
    name, terms = opened.workspace.name(path), opened.terms
    found, findings = load.read_ledger(path, name, unit, terms)
    if found is None or any(finding.code not in amend.READABLE for finding in findings):
        return [Step(name, "unreadable")]
    steps = []
    missing = [field.key for field in terms.fields if field.required and field.key not in found.index]
    if missing and found.format == "csv":
        labels = [amend.official(key, terms) for key in missing]
        steps.append(_make(opened, path, lambda data: _with_columns(data, labels), dry_run=dry_run,
                           what="columns", detail="、".join(labels)))  # fmt: skip
    if lacking := [row for row in range(len(found.rows)) if not found.cell(row, "id").strip()]:
        # Findings of a row change their name with its id, so none of them is new.
        lifecycle.change(opened, unit, _give_ids, by=by, today=today, force=True, dry_run=dry_run)
        steps.append(Step(name, "ids", str(len(lacking))))
    return steps or [Step(name, "kept")]


def _give_ids(reading: Reading) -> Changes:
    taken = {raw.strip().upper() for raw in reading.raw("id")}
    changes = {}
    for row, raw in enumerate(reading.raw("id")):
        if not raw.strip():
            made = entry.new_id(taken)
            taken.add(made)
            changes[row] = {"id": made}
    return changes


def _with_columns(data: bytes | None, labels: list[str]) -> bytes | None:
    if data is None:
        return None
    sheet = csv.read(data, "")
    known = {heading(title) for title in sheet.header}
    missing = [label for label in labels if heading(label) not in known]
    return encode(csv.edit(sheet, {}, (), missing), sheet.dress) if missing else None


def _figures(opened: Opened, path: Path, today: date, *, dry_run: bool) -> Step:
    period = blanks.current_period(opened, today)
    new = blanks.fresh_figures(opened, period)

    def fill(data: bytes | None) -> bytes | None:
        return new if data is None else _with_rows(data, period, opened)

    return _make(opened, path, fill, dry_run=dry_run, detail=period)


def _with_rows(data: bytes, period: str, opened: Opened) -> bytes | None:
    """Add the figures a period lacks, without values; a file whose columns are not the usual ones is left alone."""
    sheet = csv.read(data, "")
    columns = ledger.match(sheet.header, figures.HEADINGS)
    if sheet.findings or not {"period", "key"} <= set(columns):
        return None
    at, of = columns.index("period"), columns.index("key")
    known = figures.words(opened.checklist)
    there = {figure.key for row in sheet.rows if row[at].strip() == period and (figure := known.get(heading(row[of])))}
    rows = [
        [{"period": period, "key": blanks.figure_name(figure, opened)}.get(column, "") for column in columns]
        for figure in opened.checklist.figures
        if figure.key not in there
    ]
    return encode(csv.edit(sheet, {}, rows, after=len(sheet.rows) - 1), sheet.dress) if rows else None
