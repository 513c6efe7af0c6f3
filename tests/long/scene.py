"""One action of the store in a process of its own: `scene.py NAME FOLDER` ends with 0, or with 3 and the reason."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from trial import HazardError, store, version

MARK = "/begin-of-the-action"
LINE = b'{"n": 2}\n'


def both(folder: Path) -> None:
    """Write journal and ledger under one lock, as a command does."""
    with store.lock(folder / "ledger.csv"):
        before = store.read(folder / "ledger.csv")
        store.append(folder / "a.jsonl", LINE)
        store.write(folder / "ledger.csv", version(2), expected=before)


SCENES: dict[str, Callable[[Path], object]] = {
    "replace": lambda folder: store.update(folder / "ledger.csv", lambda _: version(2)),
    "take over": lambda folder: store.update(folder / "ledger.csv", lambda _: version(2)),
    "create": lambda folder: store.write(folder / "new" / "unit" / "figures.csv", version(2), expected=None),
    "append": lambda folder: store.append(folder / "a.jsonl", LINE),
    "begin": lambda folder: store.append(folder / "journal" / "b.jsonl", LINE),
    "mend": lambda folder: store.append(folder / "torn.jsonl", LINE),
    "move": lambda folder: store.move_into(folder / "copy.csv", folder / "merged"),
    "both": both,
}

if __name__ == "__main__":
    os.access(MARK, os.F_OK)
    try:
        SCENES[sys.argv[1]](Path(sys.argv[2]))
    except HazardError as error:
        with suppress(OSError):
            os.write(1, type(error).__name__.encode())
        os._exit(error.exit_code)
    os._exit(0)
