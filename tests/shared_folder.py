"""One campaign in three places: an office's folder, a colleague's synced copy, a clone in git; and all who work there.

Every change carries a word of its own. `kept` looks for the words of everything that was accepted: in a ledger, a
conflict file, a journal, or a copy nobody has merged yet.
"""

from __future__ import annotations

import json
import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import clones
import conftest
import hands
from accidents import at_call
from conftest import Result, call, spawn
from hazardctl.files import store
from hazardctl.journals import journal
from office import CHECKLIST, HEADINGS, UNITS, campaign

TABLES = """\
tables:
  - id: many
    title: 表
    columns:
      - {label: 单位, value: unit}
      - {key: found, label: 总数, count: {}}
      - {key: done, label: 已整改, count: {status: done}}
"""
LEDGERS = {"a": "ledger.csv", "b": "ledger.yaml", "c": "ledger.csv"}
PLACES = ("office", "peer", "clone")
ROW = "H{0}{0}{0}-2222-333{1},1,隐患{1},更换门禁,办公室,张三,2022-12-06,整改中"


class SharedFolder:
    """The three places, what was accepted in any of them, and what other programs are in the middle of."""

    def __init__(self, root: Path) -> None:
        """Begin with a campaign of three units, in git, cloned once and synced once."""
        self.folders = {place: root / place for place in PLACES}
        files: dict[str, str | bytes] = {
            "checklists/trial/1.yaml": CHECKLIST.read_text(encoding="utf-8").replace("tables:\n", TABLES),
            "units.csv": f"{UNITS}c,南区所,\n",
            ".gitignore": "reports/\n",
        }
        for unit, name in LEDGERS.items():
            data = "\n".join([HEADINGS, *(ROW.format(unit.upper(), number) for number in range(2, 6))]) + "\n"
            found = hands.rows(data.encode(), "ledger.csv")
            files[f"units/{unit}/{name}"] = hands.written(found, list(hands.COLUMNS), name, random.Random(1))
        office = campaign(self.folders["office"], files)
        clones.git(office, "init", "-q", "-b", "main")
        clones.setup(office)
        clones.commit(office, "base")
        clones.clone(office, self.folders["clone"])
        self.count = 0
        self.accepted: set[bytes] = set()
        self.by_hand: set[bytes] = set()
        self.synced: dict[str, bytes] = {}
        self.halves: dict[Path, tuple[bytes, bytes]] = {}
        self.books: dict[Path, bytes] = {}
        self.past: dict[Path, list[bytes]] = {}
        self.story: list[str] = []
        campaign(self.folders["peer"], {name: data for name, data in files.items() if not name.startswith("units/")})
        self.sync(random.Random(1))

    # What people and programs say and see

    def word(self, *, by_hand: bool) -> str:
        """Make a word that nothing else holds."""
        self.count += 1
        word = f"w{self.count}w"
        if by_hand:
            self.by_hand.add(word.encode())
        return word

    def ledger(self, place: str, unit: str) -> Path:
        """Give the path of a unit's ledger in one place."""
        return self.folders[place] / "units" / unit / LEDGERS[unit]

    def run(self, place: str, *args: str, real: bool = False) -> Result:
        """Run a command in one place; none ever ends as a bug of ours."""
        command: tuple[str | Path, ...] = ("--campaign", self.folders[place], "--today", "2022-10-01", *args)
        with mock.patch.object(conftest, "FACE", ()):  # one language throughout: nothing has to be loaded anew
            done = (spawn if real else call)(*command)
        self.story.append(f"{place}: {' '.join(args)} = {done.code} {done.err[:300] if done.code == 3 else ''}")
        assert done.code in (0, 1, 2, 3), (args, done)
        return done

    def accept(self, place: str, unit: str, word: str) -> None:
        """Take note that a command said it had saved a word: its journal has it by then."""
        assert word.encode() in hands.words_in(journal.files(self.folders[place] / "units" / unit)), self.story
        self.accepted.add(word.encode())

    def journaled(self) -> set[bytes]:
        """Give the words in all journals of all places."""
        return hands.words_in(path for folder in self.folders.values() for path in folder.glob("units/*/journal/*"))

    def kept(self) -> set[bytes]:
        """Give the words in all ledgers, copies, conflict files and journals, and what is still on its way."""
        found = {word for whole, _ in self.halves.values() for word in hands.words(whole)}
        for folder in self.folders.values():
            found |= hands.words_in(path for path in folder.glob("units/*/*"))
            found |= hands.words_in(folder.glob("units/*/journal/*"))
            found |= hands.words_in(folder.glob("units/*/merged/*.conflicts*.csv"))
            found |= hands.words_in(folder.glob("units/*/replaced/*"))
        return found

    def check(self) -> None:
        """Make sure that nothing accepted is gone."""
        assert not self.accepted - self.kept(), (self.accepted - self.kept(), self.story)

    # Clerks

    def add(self, place: str, unit: str, *, real: bool = False) -> None:
        """Add an entry by a command."""
        word = self.word(by_hand=False)
        if self.run(place, *self._adding(unit, word), real=real).code == 0:
            self.accept(place, unit, word)

    def change(self, place: str, unit: str, chance: random.Random, *, real: bool = False) -> None:
        """Change a cell of an entry, or close it, by a command."""
        word = self.word(by_hand=False)
        if (setting := self._setting(place, unit, chance, word)) and self.run(place, *setting, real=real).code == 0:
            self.accept(place, unit, word)

    @staticmethod
    def _adding(unit: str, word: str) -> list[str]:
        cells = ("category=1", f"description={word}", "measures=m", "department=d", "owner=o", "deadline=2022-11-30")
        return ["add", unit, *cells, "status=整改中"]

    def _setting(self, place: str, unit: str, chance: random.Random, word: str) -> list[str]:
        try:
            there = [row.get("编号") for row in self._rows(place, unit)]
        except Exception:  # noqa: BLE001 -- half a file
            return []
        names = [name for name in there if name]
        if not names:
            return []
        done = ["status=已整改", "done_on=2022-09-30", f"result={word}"]
        cells = chance.choice(([f"notes={word}"], [f"measures={word}"], done))
        return ["set", unit, chance.choice(names), *cells]

    def _rows(self, place: str, unit: str) -> list[dict[str, str]]:
        path = self.ledger(place, unit)
        return hands.rows(path.read_bytes(), path.name) if path.exists() else []

    def crash(self, place: str, unit: str, chance: random.Random) -> None:
        """Kill a clerk's command at one of its system calls."""
        word = self.word(by_hand=False)
        command = self._command(place, unit, chance, word)
        when, torn = chance.randrange(1, 120), chance.random() < 0.5
        pid = os.fork()
        if not pid:
            try:
                with at_call(when, lambda: os.kill(os.getpid(), signal.SIGKILL), torn=torn):
                    code = self.run(place, *command).code
                os._exit(code)
            finally:
                os._exit(99)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        self.story.append(f"{place}: {' '.join(command)} killed at {when} = {code}")
        assert code in (0, 1, 2, 3, -signal.SIGKILL), (code, self.story)
        if code == 0 and word in " ".join(command):
            self.accept(place, unit, word)

    def _command(self, place: str, unit: str, chance: random.Random, word: str) -> list[str]:
        others = (["conflicts", "--merge"], ["resolve", unit, "--choose", "theirs"], ["restore", unit], ["check"])
        if chance.random() < 0.25:
            return chance.choice(others)
        return chance.choice((self._setting(place, unit, chance, word), [])) or self._adding(unit, word)

    def meddle(self, place: str, unit: str, chance: random.Random) -> None:
        """Let somebody save the ledger in Excel while a command is at work: the command merges or refuses."""
        word = self.word(by_hand=False)
        command = self._command(place, unit, chance, word)
        with at_call(chance.randrange(1, 60), lambda: self.edit(place, unit, chance), only=("open", "write", "mkdir")):
            done = self.run(place, *command)
        if done.code == 0 and word in " ".join(command):
            self.accept(place, unit, word)

    def settle(self, place: str, unit: str, chance: random.Random) -> None:
        """Do what the findings ask for: merge copies, fill in conflict files, bring back or accept what is gone."""
        self.run(place, "conflicts", "--merge")
        for path in self.folders[place].glob(f"units/{unit}/*.conflicts.csv"):
            if chance.random() < 0.5:
                self.hand(path, _filled_in(path.read_bytes(), chance))
        self.run(place, "resolve", unit, *chance.choice(([], ["--choose", "ours"], ["--choose", "theirs"])), "--force")
        self.run(place, "restore", unit, *chance.choice(([], [], ["--accept-loss"])))

    def cron(self, place: str, chance: random.Random, *, real: bool = False) -> None:
        """Do the nightly work: whatever is counted is counted right, whatever is not is said."""
        self.run(place, chance.choice(("weekly", "check", "status")), real=real)
        self.totals(place)

    def totals(self, place: str) -> int:
        """Compare a roll-up with a plain recount; where it cannot be made, at least the units that are in it."""
        command = ("rollup", "--table", "many", "--format", "json")
        done = self.run(place, *command)
        whole = done.code
        if whole == 3:
            done = self.run(place, *command, "--allow-incomplete")
        again = hands.recount(self.folders[place])
        counted = {row["unit"]: row for row in json.loads(done.out)["rows"] if row["unit"]}
        for unit, row in counted.items():
            if row["state"] in ("entries", "nil") and row["values"]["found"] is not None:
                told = (row["values"]["found"], row["values"]["done"])
                assert told == again[unit], (unit, row, again, self.story)
            else:
                assert whole in (1, 3) or again.get(unit, (0, 0)) == (0, 0), (unit, row, again, self.story)
        return whole

    # Other programs

    def hand(self, path: Path, data: bytes) -> None:
        """Write a file without asking us. What only hands had written, and no command had seen, may be gone with it."""
        old = path.read_bytes() if path.exists() else b""
        self.past.setdefault(path, []).append(old)
        path.write_bytes(data)
        self.accepted -= ((hands.words(old) - hands.words(data)) & self.by_hand) - self.journaled()
        self.accepted |= hands.words(data) & self.by_hand

    def edit(self, place: str, unit: str, chance: random.Random) -> None:
        """Open a ledger in Excel or an editor, change something, save."""
        self.open_book(place, unit)
        self.save_book(place, unit, chance)

    def open_book(self, place: str, unit: str) -> None:
        """Open a ledger in Excel."""
        path = self.ledger(place, unit)
        if path.exists():
            self.books[path] = path.read_bytes()

    def save_book(self, place: str, unit: str, chance: random.Random) -> None:
        """Save what was opened some time ago, with a change, over whatever is there now."""
        path = self.ledger(place, unit)
        if data := self.books.pop(path, b""):
            self.story.append(f"{place}: {unit} saved in Excel")
            try:
                new = hands.rewritten(data, path.name, chance, self.word(by_hand=True))
            except Exception:  # noqa: BLE001 -- half a file: who sees that does not save it
                return
            self.hand(path, new)

    def stale(self, place: str, unit: str, chance: random.Random) -> None:
        """Let an older version come back, as a sync client does with a laptop that was off for a week."""
        path = self.ledger(place, unit)
        if older := [data for data in self.past.get(path, ()) if data]:
            self.story.append(f"{place}: {unit} is an older version")
            self.hand(path, chance.choice(older))

    def half(self, place: str, unit: str, chance: random.Random) -> None:
        """Let a file arrive in part; the rest comes with the next sync."""
        path = self.ledger(place, unit)
        if path.exists() and path not in self.halves and (data := path.read_bytes()):
            cut = data[: chance.randrange(len(data))]
            self.halves[path] = (data, cut)
            path.write_bytes(cut)
            self.story.append(f"{place}: {unit} is cut to {len(cut)} of {len(data)}")

    def arrive(self) -> None:
        """Let the rest of every file arrive; what somebody wrote meanwhile becomes a conflict copy."""
        for path, (data, cut) in self.halves.items():
            if path.exists() and path.read_bytes() != cut:
                path.replace(self._copy_name(path))
            path.write_bytes(data)
        self.halves = {}

    def _copy_name(self, path: Path) -> Path:
        self.count += 1
        return path.with_name(f"{path.stem}.sync-conflict-20220930-{self.count:06}-ABCDEFG{path.suffix}")

    def sync(self, chance: random.Random) -> None:
        """Sync office and peer as Syncthing does: of two versions one wins, the other becomes a copy."""
        self.arrive()
        self.story.append("office and peer sync")
        one, two = self.folders["office"], self.folders["peer"]
        for name in sorted({*_files(one), *_files(two)} | self.synced.keys()):
            mine, yours = (folder / name for folder in (one, two))
            here, there = (path.read_bytes() if path.exists() else None for path in (mine, yours))
            known = self.synced.get(name)
            if here != there and known not in (here, there) and here is not None and there is not None:
                winner, loser = chance.choice(((here, there), (there, here)))
                for path in (mine, yours):
                    (copy := self._copy_name(path)).write_bytes(loser)
                    self.synced[name.replace(path.name, copy.name)] = loser
                    self.count -= 1
                    self._place(path, winner)
                self.count += 1
                here = winner
            elif here != there:
                here = there if here == known or (here is None and known != there) else here
                self._place(mine, here)
                self._place(yours, here)
            self.synced.pop(name, None)
            if here is not None:
                self.synced[name] = here

    def _place(self, path: Path, data: bytes | None) -> None:
        if data is None:
            path.unlink(missing_ok=True)
        elif not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists():
                self.past.setdefault(path, []).append(path.read_bytes())
            path.write_bytes(data)

    def pull(self, place: str) -> None:
        """Commit in the office and in the clone, and merge one into the other with the installed driver."""
        self.arrive()
        for name in ("office", "clone"):
            if clones.git(self.folders[name], "status", "--porcelain").stdout.strip():
                clones.commit(self.folders[name], "work")
        here = self.folders[place]
        other = self.folders["office" if place == "clone" else "clone"]
        done = clones.git(here, "pull", "-q", "--no-rebase", "--no-edit", str(other), "main")
        self.story.append(f"{place}: pull = {done.returncode} {done.stderr[-200:]}")
        if done.returncode:
            left = clones.git(here, "diff", "--name-only", "--diff-filter=U").stdout.split()
            assert left, (done, self.story)
            if all(_asked(here / name) for name in left):
                clones.commit(here, "merge")
            else:
                clones.git(here, "merge", "--abort")

    def replay(self, place: str, chance: random.Random) -> None:
        """Pull as those do who like a straight history: by a rebase, by taking single commits, or out of a stash."""
        self.arrive()
        here = self.folders[place]
        other = self.folders["office" if place == "clone" else "clone"]
        if clones.git(other, "status", "--porcelain").stdout.strip():
            clones.commit(other, "work")
        clones.git(here, "fetch", "-q", str(other), "main")
        kind = chance.choice(("rebase", "rebase --rebase-merges", "cherry-pick", "stash"))
        if kind == "stash":
            self._stash(place, here)
            return
        if clones.git(here, "status", "--porcelain").stdout.strip():
            clones.commit(here, "work")
        words = kind.split()
        done = clones.git(
            here, *words, *(["-m", "1"] if self._merged(here) and kind == "cherry-pick" else []), "FETCH_HEAD"
        )
        self.story.append(f"{place}: {kind} = {done.returncode} {done.stderr[-200:]}")
        for _ in range(40):
            if not (here / ".git" / "CHERRY_PICK_HEAD").exists() and not (here / ".git" / "rebase-merge").exists():
                break
            left = clones.git(here, "diff", "--name-only", "--diff-filter=U").stdout.split()
            if not all(_asked(here / name) for name in left):
                clones.git(here, words[0], "--abort")
                break
            clones.git(here, "add", "-A")
            empty = not clones.git(here, "status", "--porcelain").stdout.strip()
            step = "--skip" if empty else "--continue"
            done = clones.git(here, "-c", "core.editor=true", words[0], step)
            self.story.append(f"{place}: {kind} {step} = {done.returncode} {done.stderr[-200:]}")

    @staticmethod
    def _merged(here: Path) -> bool:
        return len(clones.git(here, "rev-list", "--parents", "-n", "1", "FETCH_HEAD").stdout.split()) > 2

    def _stash(self, place: str, here: Path) -> None:
        """Put work away, take another's, and bring the work back; what cannot be merged becomes a copy."""
        stashed = clones.git(here, "stash", "push", "-q", "-u")
        if not clones.git(here, "stash", "list").stdout.strip():
            return
        pulled = clones.git(here, "merge", "-q", "--no-edit", "FETCH_HEAD")
        if pulled.returncode:
            left = clones.git(here, "diff", "--name-only", "--diff-filter=U").stdout.split()
            if all(_asked(here / name) for name in left):
                clones.commit(here, "merge")
            else:
                clones.git(here, "merge", "--abort")
        done = clones.git(here, "stash", "pop")
        self.story.append(
            f"{place}: stash {stashed.returncode} {pulled.returncode} {done.returncode} {done.stderr[-200:]}"
        )
        if done.returncode:
            left = clones.git(here, "diff", "--name-only", "--diff-filter=U").stdout.split()
            if left and all(_asked(here / name) for name in left):
                clones.git(here, "reset", "-q")
            else:
                clones.git(here, "reset", "-q", "--hard")
                names = clones.git(here, "diff", "--name-only", "HEAD", "stash@{0}").stdout.split()
                for name in names:
                    self._copy_name(here / name).write_bytes(
                        clones.git(here, "show", f"stash@{{0}}:{name}").stdout.encode()
                    )
            clones.git(here, "stash", "drop", "-q")

    def _in_question(self, place: str) -> list[str]:
        return [unit for unit in LEDGERS if [*self.folders[place].glob(f"units/{unit}/*.conflicts.csv")]]

    # The end

    def end(self, chance: random.Random) -> None:
        """Do what is asked until nothing is; then nothing is lost, every total is right, and nothing lies about."""
        for _ in range(6):
            self.sync(chance)
            for place in PLACES:
                while self.run(place, "conflicts", "--merge").code and (left := self._in_question(place)):
                    for unit in left:
                        assert self.run(place, "resolve", unit, "--choose", "ours", "--force").code == 0, self.story
                for unit in LEDGERS:
                    self.run(place, "restore", unit)
            self.pull("clone")
            self.pull("office")
            self.check()
            if all(self.totals(place) != 3 for place in PLACES):
                break
        for place in PLACES:
            for unit in LEDGERS:
                self.add(place, unit)
            assert self.totals(place) != 3, (place, self.run(place, "check").out, self.story)
        self.sync(chance)  # a torn journal that was handed on is whole once its own writer's next line has arrived
        self.pull("clone")
        self.pull("office")
        self.sync(chance)
        self._tidy()
        self.check()

    def _tidy(self) -> None:
        """Make sure that every journal holds, and that nothing lies about."""
        for place, folder in self.folders.items():
            for unit in LEDGERS:
                assert not journal.verify(folder / "units" / unit)[0], (place, unit, self.story)
                over = [each for each in store.leftovers(folder / "units" / unit) if each.kind != "torn"]
                assert not over, (over, self.story)


def _files(folder: Path) -> Iterator[str]:
    for path in folder.glob("units/**/*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and ".lock.d" not in name and "/.~" not in name:
            yield name


def _asked(path: Path) -> bool:
    return path.with_name(f"{path.stem}.conflicts.csv").exists()


def _filled_in(data: bytes, chance: random.Random) -> bytes:
    """Fill in some of a conflict file's rows."""
    found = hands.rows(data, "x.csv")
    for row in found:
        row["choose"] = chance.choice(("", "ours", "theirs", "对方"))
    columns = list(found[0]) if found else []
    return hands.written(found, columns, "x.csv", chance) if found else data
