"""What of a campaign a command is asked to look at: units, files, or everything."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hazardctl import units
from hazardctl.errors import HazardError
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.workspace import LEDGERS

UNIT_FILES = (*LEDGERS, "figures.csv", "returns.yaml")


class NoTargetError(HazardError):
    """What is asked for is neither a unit nor a file of the kinds we check. Values: `target`, `guess`."""

    key = "check.no_target"


@immutable
class Scope:
    """A part of a campaign; by default all of it."""

    units: tuple[str, ...] | None = None  # None: all of them, and what holds across them
    campaign: bool = True  # campaign.yaml, the checklist, units.csv
    names: frozenset[str] = frozenset()  # the files that were named
    folders: frozenset[str] = frozenset()  # the units whose whole folder was named
    loose: tuple[Path, ...] = ()  # ledgers that stand in no unit's folder

    def covers(self, name: str) -> bool:
        """Tell whether a file, named as findings name it, was asked for."""
        if self.units is None or name in self.names:
            return True
        top, _, rest = name.partition("/")
        return top == "units" and rest.partition("/")[0] in self.folders


EVERYTHING = Scope()


def scope(opened: Opened, targets: Iterable[str]) -> Scope:
    """Tell what is meant by unit ids and names, files and folders; raises NoTargetError where nothing is."""
    folders: set[str] = set()
    names: set[str] = set()
    loose: list[Path] = []
    for target in targets:
        meant = _meant(opened, target)
        if meant is None:
            return EVERYTHING
        below, name, path = meant
        folders.update(below)
        if name:
            names.add(name)
        if path:
            loose.append(path)
    if not folders and not names:
        return EVERYTHING
    touched = folders | {name.split("/")[1] for name in names if name.startswith("units/")}
    order = [unit.id for unit, _ in opened.units.walk() if unit.id in touched]
    chosen = (*order, *sorted(touched - set(order) - {path.parent.name for path in loose}))
    own = any(not name.startswith("units/") for name in names)
    return Scope(chosen, own, frozenset(names), frozenset(folders), tuple(loose))


def _meant(  # noqa: PLR0911 -- one return a kind of target
    opened: Opened, target: str
) -> tuple[tuple[str, ...], str, Path | None] | None:
    """Give the units whose folders are meant, a file's name, its path if it is a loose ledger; None is everything."""
    if target in opened.units.units:
        return opened.units.under(target), "", None
    path = Path(target).resolve()
    root = opened.workspace.root
    if not path.exists():
        return _by_name(opened, target), "", None
    if path == root:
        return None
    name = opened.workspace.name(path)
    steps = name.split("/")
    inside = path.is_relative_to(root)
    if inside and steps[0] == "units" and path.is_dir() and len(steps) < 3:
        return (tuple(opened.units.units) if len(steps) == 1 else _below(opened, steps[1])), "", None
    if inside and (
        len(steps) == 3 and steps[0] == "units" and steps[2] in UNIT_FILES and steps[1] in opened.units.units
    ):
        return (), name, None
    if path in (opened.workspace.campaign, opened.workspace.units, opened.checklist_path):
        return (), name, None
    if path.is_file() and path.suffix in (".csv", ".yaml"):
        return (), name, path
    raise NoTargetError(target=target)


def _by_name(opened: Opened, target: str) -> tuple[str, ...]:
    if named := units.named(opened.units, target):
        return opened.units.under(named)
    raise NoTargetError(target=target, guess=units.guess(opened.units, target))


def _below(opened: Opened, unit: str) -> tuple[str, ...]:
    return opened.units.under(unit) if unit in opened.units.units else (unit,)
