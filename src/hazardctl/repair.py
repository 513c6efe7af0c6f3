"""`check --fix`: rewrite cells whose proper spelling means the same beyond doubt, and list each of them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from hazardctl import amend, load, parsing
from hazardctl.files import processes, store
from hazardctl.findings import Finding
from hazardctl.formats.encoding import decode
from hazardctl.journals import recording
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.records import immutable
from hazardctl.rules.liberties import CODES
from hazardctl.scope import Scope


@immutable
class Repair:
    """One cell: the finding it answers, and what stands there afterwards; the finding's value is what stood there."""

    finding: Finding
    row: int
    after: str


@immutable
class Repaired:
    """One ledger with its repairs: its bytes as they were and as they are to be."""

    path: Path
    name: str
    before: bytes
    after: bytes
    repairs: tuple[Repair, ...]

    def diff(self) -> str:
        """Show what changes, line by line."""
        old, new = (decode(data)[0].splitlines() for data in (self.before, self.after))
        return "\n".join(difflib.unified_diff(old, new, self.name, self.name, lineterm="", n=1))


def plan(opened: Opened, scope: Scope, today: date) -> Iterator[Repaired]:
    """Say what would be rewritten, ledger by ledger."""
    for path, unit in _ledgers(opened, scope):
        name = opened.workspace.name(path)
        ledger, found = load.read_ledger(path, name, unit, opened.terms)
        if ledger is None or found:  # what cannot be read for certain is not written to
            continue
        repairs = tuple(repairs_of(ledger, opened, today))
        if repairs:
            data = path.read_bytes()
            yield Repaired(path, name, data, _rewritten(data, ledger, opened, repairs), repairs)


def repairs_of(ledger: Ledger, opened: Opened, today: date) -> Iterator[Repair]:
    """Find the cells of a ledger that may be rewritten."""
    reading = Reading(ledger, opened.terms, today)
    for field in opened.terms.fields:
        if not reading.has(field.key):
            continue
        sound = {raw: cell for raw, cell in reading.noticed(field.key).items() if cell.repair}
        for row, raw in enumerate(reading.raw(field.key)) if sound else ():
            if cell := sound.get(raw):
                found = reading.finding(cell.liberty, CODES[cell.liberty], row, field.key, **dict(cell.args))
                yield Repair(found, row, cell.spelled)


def _rewritten(data: bytes, ledger: Ledger, opened: Opened, repairs: Iterable[Repair]) -> bytes:
    changes: dict[int, dict[str, str]] = {}
    for repair in repairs:
        changes.setdefault(repair.row, {})[repair.finding.field] = repair.after
    return amend.apply(data, ledger.path, ledger.unit, opened.terms, changes)


def write(opened: Opened, repaired: Repaired, today: date) -> Repaired:
    """Write one ledger's repairs; planned anew if the file changed meanwhile."""
    done: list[Repaired] = []
    unit = repaired.repairs[0].finding.unit

    def change(snapshot: store.Snapshot) -> bytes | None:
        data = snapshot.data or b""
        if data == repaired.before:
            done.append(repaired)
            return repaired.after
        ledger, found = _parsed(data, repaired, opened)
        repairs = tuple(repairs_of(ledger, opened, today)) if ledger and not found else ()
        after = _rewritten(data, ledger, opened, repairs) if ledger and repairs else data
        done.append(replace(repaired, before=data, after=after, repairs=repairs))
        return after

    def revise(snapshot: store.Snapshot) -> recording.Revision | None:
        after = change(snapshot)
        before, new = (_parsed(data or b"", repaired, opened)[0] for data in (snapshot.data, after))
        return recording.Revision(after, before, new) if after is not None and new is not None else None

    if unit:
        recording.update(opened, unit, repaired.path, revise, by=processes.user_name(), command="check --fix")
    else:  # a ledger that stands in no unit's folder has no journal
        store.update(repaired.path, change)
    return done[-1]


def _parsed(data: bytes, repaired: Repaired, opened: Opened) -> tuple[Ledger | None, list[Finding]]:
    return parsing.parse(data, repaired.name, repaired.repairs[0].finding.unit, opened.terms)


def _ledgers(opened: Opened, scope: Scope) -> Iterator[tuple[Path, str]]:
    units = [unit.id for unit, _ in opened.units.walk()] if scope.units is None else scope.units
    for unit in units:
        for path in opened.workspace.ledgers(unit)[:1]:
            if scope.covers(opened.workspace.name(path)):
                yield path, unit
    yield from ((path, "") for path in scope.loose)
