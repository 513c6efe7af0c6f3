"""Keep what an import did beside the ledger, and take it back: `units/<id>/imports/`."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from hazardctl import parsing
from hazardctl.amend import UneditableError
from hazardctl.errors import FileFault
from hazardctl.files import store
from hazardctl.files.store import Snapshot
from hazardctl.forms import blanks
from hazardctl.journals import recording
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.spreadsheets import reporting
from hazardctl.spreadsheets.plan import Saved

FOLDER = "imports"


class NothingToUndoError(FileFault):
    """No import of this unit is on record. Values: `unit`."""

    key = "import.nothing_to_undo"


class ChangedSinceError(FileFault):
    """The ledger is no longer what the import made of it. Values: `path`, `record`."""

    key = "import.changed_since"


@immutable
class Undone:
    """An import that was taken back."""

    path: str
    record: str


def keep(opened: Opened, unit: str, told: Mapping[str, Any], saved: Saved | None, today: date) -> str:
    """Write the record of an import, and the ledger as it was before; gives the record's name."""
    folder = store.make_folder(store.inside(opened.workspace.root, opened.workspace.unit(unit) / FOLDER))
    with store.lock(folder):  # two imports at once must not take one name
        number = 1 + sum(path.suffix == ".json" for path in folder.rglob("*"))
        while (path := folder / f"{today}-{number:02}-{_slug(str(told['file']))}.json").exists():
            number += 1
        ledger = _copied(path, saved) if saved else {}
        record = {**told, "at": datetime.now(UTC).isoformat(timespec="seconds"), "number": number, "ledger": ledger}
        store.write(path, _written(record).encode(), expected=None)
    return opened.workspace.name(path)


def _copied(path: Path, saved: Saved) -> dict[str, str]:
    """Keep what a file was before beside the record, and say what became of it."""
    told = {"path": saved.path, "before": "", "after": hashlib.sha256(saved.new).hexdigest(), "copy": ""}
    if saved.old is not None:
        copy = path.with_suffix(f".before{Path(saved.path).suffix}")
        store.write(copy, saved.old, expected=None)
        told |= {"before": hashlib.sha256(saved.old).hexdigest(), "copy": copy.name}
    return told


def _written(record: Mapping[str, Any]) -> str:
    """Write a record so that people can read it: a line for each fact, and one for each member of a list."""
    lines = []
    for key, value in record.items():
        said = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list) and value:
            said = "[\n" + ",\n".join(f"  {json.dumps(one, ensure_ascii=False)}" for one in value) + "\n ]"
        lines.append(f" {json.dumps(key)}: {said}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _slug(file: str) -> str:
    return re.sub(r"[^\w\-]+", "-", Path(file).stem).strip("-_")[:40] or "workbook"


def undo(opened: Opened, unit: str, by: str) -> Undone:
    """Put the ledger back to the bytes it had before the last import; refused where it has changed since."""
    folder = opened.workspace.unit(unit) / FOLDER
    found = _last(folder)
    if found is None:
        raise NothingToUndoError(unit=unit)
    path, ledger = found
    record = opened.workspace.name(path)
    target = store.inside(opened.workspace.root, opened.workspace.root / str(ledger["path"]))
    copy = store.inside(opened.workspace.root, folder / str(ledger["copy"])) if ledger["copy"] else None
    data = store.read(copy).data if copy else None
    if copy and (data is None or hashlib.sha256(data).hexdigest() != ledger["before"]):
        raise ChangedSinceError(path=opened.workspace.name(copy), record=record)
    if target.name == "figures.csv":
        if not reporting.restore(opened, unit, data, str(ledger["after"]), folder / "undone", by):
            raise ChangedSinceError(path=str(ledger["path"]), record=record)
    else:
        _restore(opened, unit, target, data, (str(ledger["after"]), record), by)
    for done in filter(None, (copy, path)):
        store.move_into(done, folder / "undone")
    return Undone(str(ledger["path"]), record)


def _restore(  # noqa: PLR0917 -- the ledger, what it was, what it must be, who takes it back
    opened: Opened, unit: str, target: Path, data: bytes | None, then: tuple[str, str], by: str
) -> None:
    """Put a ledger back to what it was, unless it is no longer what the import made of it."""
    goal = blanks.fresh_ledger(opened, target.suffix[1:]) if data is None else data

    def restore(before: Snapshot) -> recording.Revision:
        name = opened.workspace.name(target)
        if before.data is None or before.sha256 != then[0]:
            raise ChangedSinceError(path=name, record=then[1])
        return recording.Revision(goal, _read(before.data, name, unit, opened), _read(goal, name, unit, opened))

    recording.update(opened, unit, target, restore, by=by, command="import --undo", kind="void")
    if data is None:  # there was no ledger: the blank one goes too
        store.move_into(target, opened.workspace.unit(unit) / FOLDER / "undone")


def _read(data: bytes, name: str, unit: str, opened: Opened) -> Ledger:
    found, findings = parsing.parse(data, name, unit, opened.terms)
    if found is None:
        raise UneditableError(findings, path=name)
    return found


@immutable
class HeadLine:
    """What the head line of the workbook that was imported last says of its sender, and where that is on record."""

    record: str
    day: str  # of the import, ISO
    facts: Mapping[str, str]


def head_line(opened: Opened, unit: str) -> HeadLine | None:
    """Read the head line of a unit's last import that has not been taken back."""
    found = max(_records(opened.workspace.unit(unit) / FOLDER), key=lambda one: one[0], default=None)
    if found is None:
        return None
    _, path, record = found
    facts = record.get("facts")
    said = {str(key): str(value) for key, value in facts.items()} if isinstance(facts, dict) else {}
    return HeadLine(opened.workspace.name(path), path.name[:10], said)


def _last(folder: Path) -> tuple[Path, Mapping[str, Any]] | None:
    """Find the newest record that changed a file."""
    records = [(number, path, record["ledger"]) for number, path, record in _records(folder) if _wrote(record)]
    return max(records, key=lambda found: found[0])[1:] if records else None


def _wrote(record: Mapping[str, Any]) -> bool:
    ledger = record.get("ledger")
    return isinstance(ledger, dict) and {"path", "before", "after", "copy"} <= ledger.keys()


def _records(folder: Path) -> Iterator[tuple[int, Path, Mapping[str, Any]]]:
    """Give the records that can be read, each with its number."""
    for path in folder.glob("*.json"):
        with suppress(ValueError, AttributeError, TypeError, KeyError):
            record = json.loads(store.read(path).data or b"{}")
            yield int(record["number"]), path, record
