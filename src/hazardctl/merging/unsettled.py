"""What a merge has left in a folder: conflict copies beside a file, and conflict files nobody has filled in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from hazardctl import load, text
from hazardctl.cells.terms import Terms
from hazardctl.findings import Finding, Severity
from hazardctl.load import Opened
from hazardctl.merging.copies import OURS, Copy, copy_of
from hazardctl.records import immutable
from hazardctl.workspace import LEDGERS, Home, Workspace, folders_in

QUESTIONS, BOOK = ".conflicts.csv", ".conflicts.xlsx"
OWN = frozenset({*LEDGERS, "figures.csv", "register.csv", "returns.yaml", "units.csv", "campaign.yaml"})
OPEN = "M103"
"""After this a unit cannot be counted: cells of its ledger are in question."""


@immutable
class Stray:
    """A file that is a copy of another one: by its name, or by the ids it holds."""

    path: Path
    original: Path
    product: str = ""  # empty: told by the ids


def strays(folder: Path, terms: Terms, names: frozenset[str] | None = None) -> Iterator[Stray]:
    """Find the copies in a folder; a weak name, or any other, counts only beside the original with the same ids."""
    if names is None:
        names = _names(folder)
    odd = [name for name in names - OWN if not name.startswith((".", "~")) and not name.endswith(QUESTIONS)]
    for name in sorted(odd):
        copy = copy_of(name)
        if copy and _is_proof(copy, names):
            yield Stray(folder / name, folder / copy.original, copy.product)
        elif original := _same_inside(folder, name, copy, names, terms):
            yield Stray(folder / name, folder / original, copy.product if copy else "")


def journal_copies(folder: Path) -> Iterator[Stray]:
    """Find the copies among a unit's journals."""
    for name in sorted(_names(folder / "journal")):
        copy = copy_of(name)
        if copy and copy.strength == "strong":
            yield Stray(folder / "journal" / name, folder / "journal" / copy.original, copy.product)


def of_periods(root: Path) -> Iterator[Stray]:
    """Find the copies among frozen periods and what the superior has accepted, by names that are proof."""
    top = root / "periods"
    for folder in (top, *(top / name for name in folders_in(top))):
        if folder.name == "merged" or folder.is_symlink():
            continue
        names = _names(folder)
        for name in sorted(names):
            copy = copy_of(name)
            if copy and copy.strength == "strong":
                yield Stray(folder / name, folder / copy.original, copy.product)


def findings(opened: Opened, unit: str, home: Home | None = None) -> Iterator[Finding]:
    """Find what is unsettled in a unit's folder."""
    workspace = opened.workspace
    names = (home or workspace.home(unit)).files
    if names <= OWN:  # as is the rule
        return
    folder = workspace.unit(unit)
    for stray in strays(folder, opened.terms, names):
        yield _copied(workspace, stray, unit)
    yield from open_questions(workspace, folder, unit, names)


def campaign_findings(opened: Opened) -> Iterator[Finding]:
    """Find what is unsettled beside campaign.yaml."""
    root = opened.workspace.root
    for stray in strays(root, opened.terms):
        if stray.original.name in OWN:
            yield _copied(opened.workspace, stray, "")
    for stray in of_periods(root):
        yield _copied(opened.workspace, stray, "")
    yield from open_questions(opened.workspace, root, "")


def open_questions(
    workspace: Workspace, folder: Path, unit: str, names: frozenset[str] | None = None
) -> Iterator[Finding]:
    """Find conflict files that still stand beside their files."""
    there = _names(folder) if names is None else names
    for name in sorted(there):
        original = name.removesuffix(QUESTIONS).removesuffix(BOOK)
        if name != original and (name.endswith(QUESTIONS) or original + QUESTIONS not in there) and not copy_of(name):
            path = folder / name
            yield Finding(OPEN, Severity.ERROR, workspace.name(path), unit=unit, args=(("original", original),))


def _copied(workspace: Workspace, stray: Stray, unit: str) -> Finding:
    args = (("original", stray.original.name), ("product", stray.product))
    code = {"": "M102", OURS: "M104"}.get(stray.product, "M101")
    return Finding(code, Severity.ERROR, workspace.name(stray.path), unit=unit, value=stray.path.name, args=args)


def _names(folder: Path) -> frozenset[str]:
    try:
        with os.scandir(folder) as found:
            return frozenset(entry.name for entry in found if not entry.is_dir())
    except (FileNotFoundError, NotADirectoryError):
        return frozenset()


def _is_proof(copy: Copy, names: frozenset[str]) -> bool:
    known = copy.original in names or copy.original in OWN or copy.original.endswith(QUESTIONS)
    return copy.strength == "strong" and known


def _same_inside(folder: Path, name: str, copy: Copy | None, names: frozenset[str], terms: Terms) -> str:
    """Give the ledger that holds the same ids as another file of its folder, or the original a weak name points to."""
    if copy and copy.original in ("figures.csv", "register.csv", "units.csv") and copy.original in names:
        sheets = [load.load_sheet(folder / one, one)[0] for one in (name, copy.original)]
        return copy.original if sheets[0].header and sheets[0].header == sheets[1].header else ""
    if not name.endswith((".csv", ".yaml", ".yml")):
        return ""
    beside = [one for one in LEDGERS if one in names]
    mine = _ids(folder / name, terms) if beside else frozenset()
    return next((one for one in beside if mine & _ids(folder / one, terms)), "") if mine else ""


def _ids(path: Path, terms: Terms) -> frozenset[str]:
    found, _ = load.read_ledger(path, path.name, "", terms)
    return frozenset(text.fold(text.trim(raw)) for raw in (found.column("id") if found else None) or ()) - {""}
