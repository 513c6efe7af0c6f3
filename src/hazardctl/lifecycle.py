"""The life of an entry: added, changed, closed; never removed. Every change of every entry goes through `change`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from hazardctl import amend, entry, parsing, selection, spelling, text, units
from hazardctl.cells.terms import Terms
from hazardctl.errors import FileFault
from hazardctl.files import store
from hazardctl.findings import Finding, Severity
from hazardctl.forms import blanks
from hazardctl.journals import recording
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.records import immutable
from hazardctl.returns import workdays
from hazardctl.selection import Filter
from hazardctl.workspace import LEDGERS

Cells = Mapping[str, str]
Changes = Mapping[int, Cells]
Chooser = Callable[[Reading], Changes]  # looks at the ledger while it is locked and says what to change
ASIDE = "replaced"  # the folder in which a ledger that cannot be read is kept
_LATELY = 4  # versions of ledgers that are remembered with what their checks found


class UnknownUnitError(FileFault):
    """The campaign has no such unit. Values: `unit`, `guess`."""

    key = "entry.unknown_unit"
    exit_code = 2


class FixedIdError(FileFault):
    """An id never changes. Values: `id`."""

    key = "entry.fixed_id"
    exit_code = 2


class TakenIdError(FileFault):
    """An id is never used twice. Values: `id`, `unit`."""

    key = "entry.taken_id"


class BringsErrorsError(FileFault):
    """The ledger would have errors after the change that it has not now; nothing was written. Values: `path`."""

    key = "entry.brings_errors"
    exit_code = 1

    def __init__(self, brought: Iterable[Finding], path: str, new: Sequence[str] = ()) -> None:
        super().__init__(path=path)
        self.brought, self.new = tuple(brought), new

    def __str__(self) -> str:
        """Say what would be wrong, and which values there are; not where, since nothing of it stands in the file."""
        lines = (
            " ".join(
                filter(
                    None, ("" if found.entry in self.new else found.entry, found.code, found.message(), _instead(found))
                )
            )
            for found in self.brought
        )
        return "\n  ".join([super().__str__(), *lines])


def _instead(found: Finding) -> str:
    """Say what to write instead of a value that cannot be read; other remedies name a file that has not changed."""
    return found.remedy() if found.code.startswith("L2") else ""


@immutable
class Edit:
    """One cell that changed."""

    entry: str
    row: int
    key: str
    old: str
    new: str


@immutable
class Changed:
    """What a change did, or would do: cells that differ, ids that are new, and the findings that came with it."""

    unit: str
    path: str
    by: str
    edits: tuple[Edit, ...]
    added: tuple[str, ...]
    chosen: int  # entries that were to change, those that were as asked already among them
    findings: tuple[Finding, ...]  # those the ledger did not have before
    old: bytes | None
    new: bytes

    @property
    def idle(self) -> bool:
        """Tell whether everything already was as asked."""
        return self.old == self.new


@immutable
class _Examined:
    """A version of a ledger, what was found in reading it, and all that was found."""

    ledger: Ledger
    unsure: tuple[Finding, ...]
    findings: tuple[Finding, ...]


_lately: dict[tuple[bytes, str, str, Terms, date], _Examined] = {}


def unit_of(opened: Opened, word: str) -> str:
    """Find a unit by its id or its name; raises UnknownUnitError."""
    found = units.named(opened.units, word)
    if not found or units.unsafe_id(found):
        raise UnknownUnitError(unit=word, guess=units.guess(opened.units, word))
    return found


def ledger_path(opened: Opened, unit: str) -> Path:
    """Give the path of a unit's ledger, of the one to be made where there is none."""
    workspace = opened.workspace
    folder, there = workspace.unit(unit), workspace.ledgers(unit)
    path = there[0] if there else folder / (_set_aside(folder) or f"ledger.{opened.campaign.policies.ledger_format}")
    return store.inside(workspace.root, path)


def _set_aside(folder: Path) -> str:
    """Name the ledger that was set aside last: should the rest of it arrive, it must not become a second ledger."""
    aside = [path for path in (folder / ASIDE).glob("ledger*") if f"ledger{path.suffix}" in LEDGERS]
    return f"ledger{max(aside, key=lambda path: path.stat().st_mtime_ns).suffix}" if aside else ""


def change(
    opened: Opened,
    unit: str,
    changes: Changes | Chooser,
    added: Sequence[Cells] = (),
    *,
    by: str,
    today: date,
    force: bool = False,
    dry_run: bool = False,
    command: str = "",
    kind: str = "",
) -> Changed:
    """Change and add entries of a unit under its lock; the one way by which any entry of a ledger ever changes.

    The result is checked like any ledger: errors it did not have before are refused, unless forced. Errors:
    BringsErrorsError, TakenIdError, FixedIdError, what amend.apply raises, and what the store raises. The journal has
    the change before the ledger; `command` and `kind` are what it says of it. `restore` and `merge` bring back an id it
    knows.
    """
    path = ledger_path(opened, unit)
    made: list[Changed] = []

    def revise(before: store.Snapshot) -> recording.Revision | None:
        result, old, new = _revised(
            opened, unit, before.data, changes, added, by=by, today=today, again=kind in ("restore", "merge")
        )
        if not force and (errors := [found for found in result.findings if found.severity is Severity.ERROR]):
            raise BringsErrorsError(errors, path=result.path, new=result.added)
        made.append(result)
        return None if result.idle else recording.Revision(result.new, old if before.data is not None else None, new)

    if dry_run:
        revise(store.read(path))
    else:
        recording.update(opened, unit, path, revise, by=by, command=command, kind=kind)
    return made[-1]


def add_entry(
    opened: Opened,
    unit: str,
    cells: Cells | Sequence[Cells],
    *,
    by: str,
    today: date,
    force: bool = False,
    dry_run: bool = False,
) -> Changed:
    """Add one entry or several; values are read like a ledger's cells and written in their proper spelling."""
    records = [cells] if isinstance(cells, Mapping) else cells
    new = [spelling.proper(opened.terms, spelling.complete(opened.terms, record, today)) for record in records]
    return change(opened, unit, {}, new, by=by, today=today, force=force, dry_run=dry_run)


def set_fields(
    opened: Opened,
    unit: str,
    which: Sequence[str] | Filter,
    values: Cells,
    *,
    by: str,
    today: date,
    force: bool = False,
    dry_run: bool = False,
) -> Changed:
    """Set fields of the entries with these ids, or of all a filter chooses; the checks are the same for one or many."""
    written = spelling.proper(opened.terms, values)
    calendar, _ = workdays.load(opened.workspace)

    def choose(reading: Reading) -> Changes:
        rows = (
            selection.rows(reading, which, calendar)
            if isinstance(which, Filter)
            else list(dict.fromkeys(selection.row_of(reading, word) for word in which))
        )
        return dict.fromkeys(rows, written)

    return change(opened, unit, choose, by=by, today=today, force=force, dry_run=dry_run)


def _revised(
    opened: Opened,
    unit: str,
    data: bytes | None,
    changes: Changes | Chooser,
    added: Sequence[Cells],
    *,
    by: str,
    today: date,
    again: bool,
) -> tuple[Changed, Ledger, Ledger]:
    path = ledger_path(opened, unit)
    name, terms = opened.workspace.name(path), opened.terms
    base = blanks.fresh_ledger(opened, path.suffix[1:]) if data is None else data
    known = _examined(base, name, unit, terms, today)
    before = known.ledger
    chosen = changes(Reading(before, terms, today)) if callable(changes) else changes
    for row, cells in chosen.items():
        if cells.get("id", before.cell(row, "id")) != before.cell(row, "id") and before.cell(row, "id").strip():
            raise FixedIdError(id=before.cell(row, "id"))
    new = _with_ids(before, added, opened.workspace.unit(unit), again=again)
    amend.certain(before, known.unsure, name)
    result, after, unsure = amend.amended(before, terms, chosen, new)
    fresh = _fresh(known.findings, _remembered(after, unsure, terms, today).findings)
    edits = tuple(
        Edit(before.cell(row, "id"), row, key, _cell(before, row, key), value)
        for row, cells in sorted(chosen.items())
        for key, value in cells.items()
        if value != _cell(before, row, key)
    )
    ids = tuple(cells["id"] for cells in new)
    made = Changed(unit, name, by, edits, ids, len(chosen), fresh, data, result if edits or ids else base)
    return made, before, after


def _cell(found: Ledger, row: int, key: str) -> str:
    """Give a cell by its field's key, or by the heading of a column that stands for no field."""
    if key in found.index or key not in found.headings:
        return found.cell(row, key)
    return found.rows[row][found.headings.index(key)]


def _examined(data: bytes, name: str, unit: str, terms: Terms, today: date) -> _Examined:
    """Read and check a ledger; the version a change has just made is known already when the next change comes."""
    if lately := _lately.get((data, name, unit, terms, today)):
        return lately
    found, findings = parsing.parse(data, name, unit, terms)
    if found is None:
        raise amend.UneditableError([_placed(one, unit) for one in findings], path=name)
    return _remembered(found, findings, terms, today)


def _remembered(found: Ledger, unsure: Sequence[Finding], terms: Terms, today: date) -> _Examined:
    from hazardctl.check import check_ledger

    own = tuple(_placed(one, found.unit) for one in unsure)
    examined = _Examined(found, own, (*own, *check_ledger(found, terms, today)))
    while len(_lately) >= _LATELY:
        _lately.pop(next(iter(_lately)), None)
    _lately[found.data, found.path, found.unit, terms, today] = examined
    return examined


def _placed(finding: Finding, unit: str) -> Finding:
    return finding if finding.unit else replace(finding, unit=unit)


def _with_ids(before: Ledger, added: Sequence[Cells], folder: Path, *, again: bool) -> list[dict[str, str]]:
    if not added:
        return []
    taken = {text.fold(text.trim(raw)): raw for raw in before.column("id") or ()}
    past = recording.Past(folder, {raw.upper() for raw in taken.values()})
    number = _next_number(before)
    records: list[dict[str, str]] = []
    for cells in added:
        given = text.trim(cells.get("id", ""))
        made = given or entry.new_id(past)
        if text.fold(made) in taken or (given and not again and past.has(given)):
            raise TakenIdError(id=made, unit=before.unit)
        taken[text.fold(made)] = made
        past.present.add(made.upper())
        counted = {} if number is None or cells.get("number") else {"number": str(number + len(records))}
        records.append({**cells, "id": made, **counted})
    return records


def _next_number(before: Ledger) -> int | None:
    """Give the running number of the next row, where the ledger has such a column and counts in it."""
    numbers = [raw.strip() for raw in before.column("number") or () if raw.strip()]
    if not numbers or not all(raw.isdecimal() and len(raw) < 9 for raw in numbers):
        return None
    return max(map(int, numbers)) + 1


def _fresh(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give the findings that were not there before, wherever their lines have moved to."""
    known: dict[tuple[str, ...], int] = {}
    for finding in before:
        known[_what(finding)] = known.get(_what(finding), 0) + 1
    fresh = []
    for finding in after:
        if known.get(_what(finding), 0):
            known[_what(finding)] -= 1
        else:
            fresh.append(finding)
    return tuple(fresh)


def _what(finding: Finding) -> tuple[str, ...]:
    return (finding.code, finding.entry, finding.field, finding.value)
