"""Take note of what hands have changed, for commands that only read; and clear away what crashed runs left."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from hazardctl.errors import HazardError
from hazardctl.files import processes, store
from hazardctl.journals import journal, recording
from hazardctl.load import Opened

AT_ONCE = 100  # units of which note is taken in one run: a command that only reads must not become slow
GLANCE = 10  # the same, for a command that is waited for: as many as `check` has time for while it compares all units
USUAL = 25_000  # bytes of a usual ledger: of larger ones note is taken of so many less


def notice(
    opened: Opened,
    units: Iterable[str],
    *,
    by: str = "",
    command: str = "",
    most: float = AT_ONCE,
    begin: bool = True,
) -> int:
    """Record what hands have changed in some units, for a command that only reads: never in the way, never long.

    A ledger that is an older version, or breaks off, waits for a person: what it shows is no change. At most so many
    units are done, of larger ones so many less; without `begin` only those that have a journal. Gives the number of
    units of which note was taken.
    """
    taken = size = 0
    for unit in units:
        if taken >= most:
            break
        folder = opened.workspace.unit(unit)
        if begin or journal.folder(folder).is_dir():
            size += ledger_size(opened, unit)
            if taken and size > most * USUAL:
                break
            with suppress(HazardError, OSError):
                taken += recording.take_note(opened, unit, by=by or processes.user_name(), command=command, wait=0.2)
        tidy(folder)
    store.tidy(opened.workspace.root)
    return taken


def all_at_once(opened: Opened, units: Sequence[str]) -> bool:
    """Tell whether note of all these may be taken in one run: with more a first run would take twice as long."""
    return len(units) <= AT_ONCE and sum(ledger_size(opened, unit) for unit in units) <= AT_ONCE * USUAL


def ledger_size(opened: Opened, unit: str) -> int:
    """Give the bytes of a unit's ledger; 0 where there is none, or nobody may look."""
    try:
        return sum(path.stat().st_size for path in opened.workspace.ledgers(unit))
    except OSError:
        return 0


def tidy_up(opened: Opened) -> None:
    """Clear away what crashed runs left in the folders of all units, for a command that looks at no ledger."""
    root = opened.workspace.root
    for unit in opened.units.units:
        folder = f"{root}/units/{unit}"
        with suppress(OSError):
            names = os.listdir(folder)  # noqa: PTH208 -- there are thousands
            if store.odd(names) or (journal.FOLDER in names and store.odd(os.listdir(f"{folder}/{journal.FOLDER}"))):  # noqa: PTH208
                tidy(opened.workspace.unit(unit))
    store.tidy(root)


def tidy(folder: Path) -> None:
    """Clear away what crashed runs left in a unit's folder and beside its journals."""
    with suppress(OSError):
        if recording.ours(folder):
            store.tidy(folder)
            store.tidy(journal.folder(folder))
