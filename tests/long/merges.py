"""Random merges in process, each compared with the other side's: `python tests/long/merges.py [COUNT] [SEED]`."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import ledgers
from hazardctl.merge import merge
from ledgers import as_csv, content, edited, edits, terms


def one(seed: int) -> tuple[int, int]:
    """Merge one random history both ways; gives the cells in question, and 1 where anything is lost or differs."""
    chance = random.Random(seed)
    base = ledgers.new_rows(chance, chance.randrange(1, 13))
    mine, yours = edits(chance, base), edits(chance, base)
    files = [as_csv(rows, chance) for rows in (base, edited(base, mine), edited(base, yours))]
    here = merge(files[0], files[1], files[2], "ledger.csv", terms=terms())
    there = merge(files[0], files[2], files[1], "ledger.csv", terms=terms())
    one, other = content(here.data), content(there.data)
    kept = base.keys() - mine.deleted - yours.deleted | mine.added.keys() | yours.added.keys()
    asked = {(q.id, q.field) for q in here.questions}
    double = {
        place
        for place in mine.cells.keys() & yours.cells.keys()
        if place[0] not in mine.deleted | yours.deleted
        and len({mine.cells[place].strip(), yours.cells[place].strip(), base[place[0]][place[1]].strip()}) == 3
    }
    missed = {(entry, column.replace("=x", "本所自加")) for entry, column in double} - asked
    differ = one != other or asked != {(q.id, q.field) for q in there.questions}
    return len(asked), int(bool(missed or differ or not kept <= one.keys()))


def main() -> int:
    given = [int(word) for word in sys.argv[1:]]
    count, first = [*given, *(10_000, 0)[len(given) :]]
    started, asked, wrong = time.perf_counter(), 0, []
    for seed in range(first, first + count):
        cells, bad = one(seed)
        asked += cells
        if bad:
            wrong.append(seed)
    took = time.perf_counter() - started
    seeds = f": seeds {wrong[:10]}" if wrong else ""
    print(f"{count} merges in {took:.0f} s; {asked} cells asked; {len(wrong)} wrong{seeds}")  # noqa: T201 -- its result
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
