"""Write the example campaign into a folder of its own: what is missing there is added, what is there stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from hazardctl import resources
from hazardctl.errors import FileFault
from hazardctl.files import store
from hazardctl.records import immutable
from hazardctl.workspace import CAMPAIGN_FILE, LEDGERS

EXAMPLE = "dachuan-2022"
TODAY = date(2022, 9, 7)  # the day the example is told on: annex 1 was due the day before
MARK = b"# made by: hazardctl demo"
_NOTHING = frozenset({"thumbs.db", "desktop.ini"})  # what Windows leaves in an empty folder


class NotADemoError(FileFault):
    """The folder holds something else than the example. Values: `folder`."""

    key = "demo.not_a_demo"


@immutable
class Copied:
    """The files that were written, and those that were there and say something else by now."""

    made: tuple[str, ...]
    changed: tuple[str, ...]


def copy(folder: Path) -> Copied:
    """Write the example campaign; raises NotADemoError where the folder holds anything else.

    No file that is there is written to. campaign.yaml comes first: a copy that was cut short is known for what it is,
    and the next one completes it.
    """
    if not _empty(folder) and not _is_demo(folder):
        raise NotADemoError(folder=str(folder))
    store.make_folder(folder)
    made, changed = [], []
    for name, data in files():
        path = store.inside(folder, folder / name)
        if path.name in LEDGERS and path.parent.is_dir() and _other_ledger(path):
            changed.append(name)
            continue
        there = store.read(path).data
        if there is None:
            store.update(path, lambda before, new=data: new if before.data is None else None)  # type: ignore[misc]
            made.append(name)
        elif there != data:
            changed.append(name)
    return Copied(tuple(made), tuple(changed))


def files() -> Iterator[tuple[str, bytes]]:
    """Give the example's files by path, campaign.yaml first, and the schemas an editor reads beside it."""
    top = resources.folder("examples") / EXAMPLE
    names = [path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()]
    for name in sorted(names, key=lambda name: (name != CAMPAIGN_FILE, name)):
        yield name, (top / name).read_bytes()
    for path in sorted(resources.folder("schemas").glob("*.json")):
        yield f"schemas/{path.name}", path.read_bytes()


def _empty(folder: Path) -> bool:
    if not folder.is_dir():
        return not folder.exists()
    return all(path.name.startswith(".") or path.name.lower() in _NOTHING for path in folder.iterdir())


def _is_demo(folder: Path) -> bool:
    return folder.is_dir() and MARK in (store.read(folder / CAMPAIGN_FILE).data or b"")


def _other_ledger(path: Path) -> bool:
    """Tell whether the unit keeps its ledger in the other format by now."""
    return any((path.parent / name).exists() for name in LEDGERS if name != path.name)
