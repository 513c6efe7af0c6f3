"""Folders: what lies in units/ has to belong to a unit.

U111: A folder in units/ belongs to no unit.

    Its ledger is not counted anywhere. Either the unit is missing in units.csv, or the folder is misnamed.

    Fails::

        # units.csv
        id,name
        cg,城关镇司法所
        # units/cgz/ledger.csv
        编号,整改措施

    Passes::

        # units.csv
        id,name
        cg,城关镇司法所
        # units/cg/ledger.csv
        编号,整改措施

U114: A unit's folder leads elsewhere.

    The folder is a link out of the campaign's folder. It is not followed: what is counted has to be in the campaign.

U116: A unit has no ledger, and other tables lie in its folder.

    Only ledger.csv and ledger.yaml are read. `hazardctl import` takes in what a clerk's own file holds.

    Fails::

        # units/a/隐患台账.csv
        编号,整改措施

    Passes::

        # units/a/ledger.csv
        编号,整改措施
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from hazardctl.findings import Finding, Severity
from hazardctl.load import Opened
from hazardctl.units import look
from hazardctl.workspace import folders_in

CODES: Mapping[str, Severity] = {
    "U111": Severity.ERROR,
    "U114": Severity.ERROR,
    "U116": Severity.WARNING,
}
_TABLES = (".csv", ".yaml", ".yml", ".xlsx", ".xls", ".et", ".ods", ".tsv")
_OTHERS = ("figures.csv", "register.csv", "returns.yaml", "accepted.yaml")


def check(opened: Opened) -> Iterator[Finding]:
    """Find folders that belong to no unit, or lead elsewhere."""
    folder = opened.workspace.root / "units"
    root = opened.workspace.root.resolve()
    straight = os.name == "posix" and folder.resolve() == root / "units"  # Windows has links that do not say so
    looks: dict[str, str] = {}
    for inside in folders_in(folder, opened.units.units if straight else ()):  # of most units there is nothing to say
        path, name = folder / inside, f"units/{inside}"
        if inside.startswith((".", "~")):
            continue
        if not (straight and not path.is_symlink()) and not path.resolve().is_relative_to(root):
            yield Finding("U114", CODES["U114"], name, unit=inside, value=inside)
        elif inside not in opened.units.units and any(path.iterdir()):
            looks = looks or {look(unit): unit for unit in opened.units.units}
            yield Finding("U111", CODES["U111"], name, value=inside, args=(("guess", looks.get(look(inside), "")),))


def stray(opened: Opened, unit: str) -> Iterator[Finding]:
    """Find tables in the folder of a unit that has no ledger."""
    folder = opened.workspace.unit(unit)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        hidden = path.name.startswith((".", "~"))
        if path.suffix.lower() in _TABLES and path.name not in _OTHERS and not hidden and path.is_file():
            yield Finding("U116", CODES["U116"], opened.workspace.name(path), unit=unit, value=path.name)
