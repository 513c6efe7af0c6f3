"""Leave the words of a campaign beside git's own files, for `quick` to merge the next ledger without loading it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from hazardctl import load
from hazardctl.cells.terms import Terms, every
from hazardctl.errors import HazardError
from hazardctl.fields import Field, heading
from hazardctl.formats import csv
from hazardctl.merging import guarded, kept, quick
from hazardctl.workspace import Workspace


def leave(workspace: Workspace, terms: Terms, ledger: bytes, name: str) -> None:
    """Write down what headings and statuses mean; where that cannot be, every merge takes its time."""
    place = quick.words_file(str(workspace.root))
    checklist = terms.campaign.checklist
    if not place or "@" not in checklist:
        return
    told = quick.told_of(str(workspace.root))
    seen = csv.read(ledger, name).header if name.endswith(".csv") else ()
    if (
        told
        and kept.is_there(workspace, told["stamp"])
        and all(map(told["headings"].__contains__, filter(str.strip, seen)))
    ):
        return
    with suppress(HazardError, OSError):
        path = load.find_checklist(checklist, workspace.root)
        beside = "checklists/{}/{}.yaml".format(*checklist.split("@", 1))
        own = path == workspace.root / beside
        program = quick.program()
        told = {
            "program": program, "stamp": quick.stamp(str(workspace.root), str(path), program), "own": own,
            "beside": beside, "checklist": str(path), "headings": _headings(terms, seen),
            "meanings": _meanings(terms), "kinds": {field.key: field.type for field in terms.fields},
            "free": guarded.free(terms.fields), "labels": {field.key: field.label for field in terms.fields},
        }  # fmt: skip
        written = Path(place)
        written.parent.mkdir(exist_ok=True)
        kept.leave(workspace, terms, told["stamp"])
        written.write_bytes(_written(told, written.read_bytes() if written.is_file() else b""))  # torn, it is no JSON


def _written(told: Mapping[str, object], before: bytes) -> bytes:
    """Write the words, with the headings that other ledgers of the same campaign have."""
    with suppress(ValueError, KeyError, TypeError):
        old = json.loads(before or b"{}")
        if old["stamp"] == told["stamp"]:
            told = {**told, "headings": {**old["headings"], **told["headings"]}}  # type: ignore[dict-item]
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _headings(terms: Terms, seen: Sequence[str]) -> dict[str, str]:
    known = [word for field in terms.fields for word in (field.key, *every(field.label), *field.aliases)]
    return {title: terms.headings.get(heading(title), "") for title in (*known, *seen) if title.strip()}


def _meanings(terms: Terms) -> dict[str, dict[str, str]]:
    """Give what the words that a campaign itself uses mean, for fields that have such words."""
    found: dict[str, dict[str, str]] = {}
    for field in terms.fields:
        read = {word: terms.read(field.key, word) for word in _own_words(terms, field)}
        found[field.key] = {
            word: cell.value for word, cell in read.items() if isinstance(cell.value, str) and not cell.liberty
        }
    return {key: words for key, words in found.items() if words}


def _own_words(terms: Terms, field: Field) -> list[str]:
    checklist = terms.checklist
    named = {"status": checklist.statuses, "track": checklist.tracks}.get(field.type, {})
    if field.type == "choice":
        named = {choice.key: choice.label for choice in field.values}
    codes = {"category": terms.categories, "item": terms.items}.get(field.type, {})
    return [*codes, *(word for key, label in named.items() for word in (key, *every(label)))]
