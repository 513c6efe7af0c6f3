"""Random merges by git in two clones: `python tests/long/git_merges.py [COUNT]`; no false conflict, no lost row."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import clones
import ledgers
from clones import commit, git, pull, write
from conftest import machine
from ledgers import as_csv, content, edited, edits


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    chance, false, lost, spent = random.Random(1), 0, 0, 0.0
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "home"
        (home / "tmp").mkdir(parents=True)
        os.environ.update(machine(home))
        base = ledgers.new_rows(chance, 30)
        one = clones.origin(Path(place) / "one", as_csv(base))
        two = clones.clone(one, Path(place) / "two")
        for _ in range(count):
            write(one, as_csv(base))
            commit_if_needed(one, "base")
            git(two, "fetch", "-q")
            git(two, "reset", "-q", "--hard", "origin/main")
            mine, yours = edits(chance, base), edits(chance, base)
            apart = {entry for entry, _ in mine.cells} | mine.deleted
            yours.cells = {place: value for place, value in yours.cells.items() if place[0] not in apart}
            yours.deleted -= apart
            mine.cells = {place: value for place, value in mine.cells.items() if place[0] not in yours.deleted}
            write(one, as_csv(edited(base, mine), chance))
            write(two, as_csv(edited(base, yours)))
            commit_if_needed(one, "one")
            commit_if_needed(two, "two")
            started = time.perf_counter()
            done = pull(two)
            spent += time.perf_counter() - started
            false += done.returncode != 0
            both = edited(edited(base, mine), yours)
            lost += content((two / "units/a/ledger.csv").read_bytes()).keys() != both.keys()
            git(two, "merge", "--abort")
            git(two, "clean", "-qfd")
    each = 1000 * spent / count
    print(f"{count} merges, {each:.0f} ms each with git; {false} false conflicts, {lost} lost rows")  # noqa: T201
    return 1 if false or lost else 0


def commit_if_needed(folder: Path, message: str) -> None:
    if git(folder, "status", "--porcelain").stdout.strip():
        commit(folder, message)


if __name__ == "__main__":
    sys.exit(main())
