"""Check what is about to be committed, as it is staged: ledgers, figures, units.csv, campaign.yaml, checklists."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from hazardctl import check, load, parsing, workspace
from hazardctl.errors import HazardError
from hazardctl.findings import Finding
from hazardctl.formats import csv
from hazardctl.load import Opened
from hazardctl.merging.gitsetup import git
from hazardctl.rules import figures
from hazardctl.workspace import CAMPAIGN_FILE, LEDGERS, Workspace

_OWN = (CAMPAIGN_FILE, "units.csv", "checklists/", "calendar/")  # what makes a campaign; nobody is named in it


def findings(folder: Path, today: date) -> list[Finding]:
    """Find what is wrong with the staged files of every campaign in the repository that a folder lies in."""
    top = Path(git(folder, "rev-parse", "--show-toplevel").decode().strip())
    staged = _names(top, "diff", "--cached", "--name-only", "--diff-filter=ACMR", "-z")
    roots: dict[str, list[str]] = {}
    for name in staged:
        root = _root(top, name)
        if root is not None:
            roots.setdefault(root, []).append(name.removeprefix(root))
    return [found for root, names in roots.items() for found in _campaign(top, root, names, today)]


def _names(top: Path, *words: str) -> list[str]:
    return [name for name in git(top, *words).decode("utf-8", "surrogateescape").split("\0") if name]


def _root(top: Path, name: str) -> str | None:
    """Give the folder of the campaign a file belongs to, below the repository's top and with a slash at its end."""
    try:
        root = workspace.find((top / name).parent).root.resolve().relative_to(top.resolve())
    except (HazardError, ValueError):
        return None
    return "" if root == Path() else f"{root.as_posix()}/"


def _campaign(top: Path, root: str, names: Sequence[str], today: date) -> Iterator[Finding]:
    """Check the staged files of one campaign under its staged campaign.yaml, which git writes out for the moment."""
    own = [
        name for name in _names(top, "ls-files", "-z", "--", root or ".") if name.removeprefix(root).startswith(_OWN)
    ]
    if f"{root}{CAMPAIGN_FILE}" not in own:
        return  # git does not look after this campaign
    with tempfile.TemporaryDirectory(prefix="hazardctl-") as scratch:
        git(top, "checkout-index", "-q", f"--prefix={Path(scratch).as_posix()}/", "--", *own)
        place = Workspace(Path(scratch, root))
        try:
            opened = load.opened(place)
        except load.BrokenFileError as error:
            yield from (replace(found, path=root + found.path) for found in error.findings)
            return
        if any(name.startswith(_OWN) for name in names):
            for found in check.campaign_findings(opened):
                if found.path.startswith(_OWN):
                    yield replace(found, path=root + found.path)
        for name in names:
            yield from _unit_file(opened, name, root + name, git(top, "show", f":{root}{name}"), today)


def _unit_file(opened: Opened, name: str, shown: str, data: bytes, today: date) -> Iterator[Finding]:
    parts = PurePosixPath(name).parts
    if len(parts) != 3 or parts[0] != "units":
        return
    unit, file = parts[1:]
    if file in LEDGERS:
        ledger, found = parsing.parse(data, shown, unit, opened.terms)
        yield from found
        yield from check.check_ledger(ledger, opened.terms, today) if ledger else ()
    elif file == "figures.csv":
        yield from csv.read(data, shown).findings
        yield from figures.check(figures.report(load.figures_of(data, unit, shown), opened, unit, today))
