"""Random merges by git in two clones: `python tests/long/git_merges.py [COUNT] [SEED]`; nothing lost, nothing damaged.

Merges, criss-cross merges, rebases and cherry-picks of a CSV and a YAML ledger; rows sorted, columns moved, encodings
mixed, entries deleted here and changed there. Each result is compared with a plain account of what either side did.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import clones
import ledgers
from clones import git
from conftest import machine
from ledgers import Rows, as_csv, as_yaml, asked_in, content, edited, edits, mistakes

Both = Mapping[str, Rows]  # by file
FILES = ("units/a/ledger.csv", "units/b/ledger.yaml")
KINDS = ("merge", "merge", "rebase", "cherry-pick", "criss-cross")


@dataclass(slots=True)
class Trial:
    """Two clones, and what came of the merges in them."""

    one: Path
    two: Path
    chance: random.Random
    done: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    spent: float = 0.0

    def play(self) -> None:
        """Merge once."""
        kind = self.chance.choice(KINDS)
        names = self.chance.choice((FILES[:1], FILES[:1], FILES[1:], FILES))
        base: Both = {name: ledgers.new_rows(self.chance, self.chance.randrange(1, 25)) for name in names}
        self.write(self.one, base)
        self.take(self.two)
        if kind == "criss-cross":
            base = self.crossed(base)
        mine, yours = self.changed(base), self.changed(base)
        self.write(self.one, yours)
        self.write(self.two, mine)
        git(self.two, "fetch", "-q")
        command = {"rebase": ("rebase", "-q", "origin/main"), "cherry-pick": ("cherry-pick", "origin/main")}
        started = time.perf_counter()
        done = git(self.two, *command.get(kind, ("merge", "-q", "--no-edit", "origin/main")))
        self.spent += time.perf_counter() - started
        self.done[kind] += 1
        asked = self.judge(kind, base, mine, yours)
        if (done.returncode != 0) != asked and "now empty" not in done.stdout + done.stderr:
            self.wrong.append(f"{kind}: git ended with {done.returncode}: {done.stdout} {done.stderr}")
        self.done["in question"] += asked
        git(self.two, kind if kind in command else "merge", "--abort")

    def judge(self, kind: str, base: Both, mine: Both, yours: Both) -> bool:
        """Compare what there is with what either side did; tells whether anything is in question."""
        asked = False
        for name in base:
            path = self.two / name
            questions = path.with_name("ledger.conflicts.csv")
            asked |= questions.exists()
            try:
                found = content(path.read_bytes(), path.name)
                told = asked_in(questions.read_bytes() if questions.exists() else b"")
                faults = mistakes(base[name], mine[name], yours[name], found, told, crossed=kind == "criss-cross")
            except Exception as error:  # noqa: BLE001 -- a file nobody can read is damaged
                faults = [f"{type(error).__name__} {error}"]
            self.wrong += [f"{kind}, {name}: {fault}" for fault in faults]
        return asked

    def crossed(self, base: Both) -> Both:
        """Let each clone merge the other's work and settle it; then there is no one base any more."""
        mine, yours = self.changed(base), self.changed(base)
        self.write(self.one, yours)
        self.write(self.two, mine)
        settled = {name: edited(yours[name], ledgers.Edits()) | mine[name] for name in base}
        git(self.two, "fetch", "-q")
        git(self.one, "fetch", "-q", str(self.two), "main")
        theirs = {self.one: "FETCH_HEAD", self.two: "origin/main"}
        for clone, other in theirs.items():
            git(clone, "merge", "-q", "--no-edit", "--no-ff", "--no-commit", other)
            self.write(clone, settled)
            git(clone, "clean", "-qfdx")
        return settled

    def changed(self, base: Both) -> Both:
        """Change both files as one person does."""
        return {name: edited(rows, edits(self.chance, rows)) for name, rows in base.items()}

    def write(self, clone: Path, both: Both) -> None:
        """Commit both files, looking as another program would have them."""
        for name, rows in both.items():
            look = self.chance if self.chance.random() < 0.7 else None
            (clone / name).write_bytes(as_csv(rows, look) if name.endswith(".csv") else as_yaml(rows))
        clones.git(clone, "add", "-A")
        done = clones.git(clone, "commit", "-q", "--no-verify", "--allow-empty", "-m", "work")
        assert done.returncode == 0, done.stderr

    def take(self, clone: Path) -> None:
        """Begin anew with what the origin has."""
        git(clone, "fetch", "-q")
        done = git(clone, "reset", "-q", "--hard", "origin/main")
        assert done.returncode == 0, done.stderr
        git(clone, "clean", "-qfdx")


def prepared(seed: int, place: Path) -> Trial:
    """Make the two clones."""
    one = clones.origin(place / "one")
    (one / "units/b").mkdir()
    (one / FILES[1]).write_text("entries:\n", encoding="utf-8")
    clones.commit(one, "more")
    git(one, "config", "gc.auto", "0")
    return Trial(one, clones.clone(one, place / "two"), random.Random(seed))


def play(made: Trial, count: int) -> int:
    """Merge so many times, or until somebody has had enough; gives how often it was."""
    for number in range(count):
        before = len(made.wrong)
        try:
            made.play()
        except KeyboardInterrupt:
            return number
        if len(made.wrong) > before:
            sys.stderr.write(f"  {number}: {made.wrong[before:][:4]}\n")
    return count


def main() -> int:
    """Run the trial."""
    given = [int(word) for word in sys.argv[1:]]
    count, seed = [*given, *(1000, 1)[len(given) :]]
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "home"
        (home / "tmp").mkdir(parents=True)
        os.environ.update(machine(home))
        made = prepared(seed, Path(place))
        count = play(made, count)
    kinds = ", ".join(f"{number} {kind}" for kind, number in made.done.most_common())
    sys.stdout.write(
        f"git merges: {count}, {len(made.wrong)} violations, {kinds}, {1000 * made.spent / max(count, 1):.0f} ms each "
        f"({time.monotonic() - started:.0f} s)\n"
    )
    return 1 if made.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
