"""Leave the words of a campaign beside git's own files, for `quick` to merge the next ledger without loading it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from hazardctl import load
from hazardctl.cells.terms import Terms, every
from hazardctl.errors import HazardError
from hazardctl.fields import heading
from hazardctl.files import store
from hazardctl.formats import csv
from hazardctl.merge import STAGES
from hazardctl.merging import quick
from hazardctl.workspace import Workspace


def leave(workspace: Workspace, terms: Terms, ledger: bytes, name: str) -> None:
    """Write down what headings and statuses mean; where that cannot be, every merge takes its time."""
    place = quick.words_file(str(workspace.root))
    checklist = terms.campaign.checklist
    if not place or "@" not in checklist or not name.endswith(".csv"):
        return
    with suppress(HazardError, OSError):
        path = load.find_checklist(checklist, workspace.root)
        beside = "checklists/{}/{}.yaml".format(*checklist.split("@", 1))
        own = path == workspace.root / beside
        program = quick.program()
        told = {
            "program": program, "stamp": quick.stamp(str(workspace.root), str(path), program), "own": own,
            "beside": beside, "checklist": str(path), "headings": _headings(terms, ledger, name),
            "stages": _stages(terms),
        }  # fmt: skip
        store.update(Path(place), lambda before: _written(told, before.data))


def _written(told: Mapping[str, object], before: bytes | None) -> bytes:
    """Write the words, with the headings that other ledgers of the same campaign have."""
    with suppress(ValueError, KeyError, TypeError):
        old = json.loads(before or b"{}")
        if old["stamp"] == told["stamp"]:
            told = {**told, "headings": {**old["headings"], **told["headings"]}}  # type: ignore[dict-item]
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _headings(terms: Terms, ledger: bytes, name: str) -> dict[str, str]:
    known = [word for field in terms.fields for word in (field.key, *every(field.label), *field.aliases)]
    seen = csv.read(ledger, name).header
    return {title: terms.headings.get(heading(title), "") for title in (*known, *seen) if title.strip()}


def _stages(terms: Terms) -> dict[str, int]:
    """Give how far along each of the campaign's own words for a status is."""
    words = [word for key, label in terms.checklist.statuses.items() for word in (key, *every(label))]
    read = {word: terms.read("status", word).value for word in words} if "status" in terms.by_key else {}
    return {word: STAGES[value] for word, value in read.items() if value in STAGES}
