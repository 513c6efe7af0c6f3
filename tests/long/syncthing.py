"""Let two offices edit one campaign offline, each in a folder of a live Syncthing pair: nothing accepted is lost.

Both programs run inside name spaces of their own and end with the trial. In every round both are stopped, each office
changes the same ledger by commands and by hand, and they meet again: the `.sync-conflict-` copy is found, merged and
put aside, and at the end both folders hold the same, with every word that was accepted.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from trial import SOURCE, Trial, arguments, lacking, scratch, skipped

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import hands
from office import CHECKLIST, HEADINGS, campaign

ROW = "H22{0}-2222-3333,1,隐患,更换门禁,办公室,张三,2022-12-06,整改中"
IDS = [f"H22{letter}-2222-3333" for letter in "2345"]
HALF = re.compile(r"^(\.syncthing\.|~syncthing~)")


@dataclass(slots=True)
class Office:
    """One side of the pair."""

    home: Path
    folder: Path
    port: int
    device: str = ""
    said: set[bytes] = field(default_factory=set)

    def run(self, *arguments: str) -> int:
        """Run a command; none ends as a bug of ours."""
        command = [sys.executable, "-m", "hazardctl", "--campaign", str(self.folder), "--today", "2022-10-01"]
        env = {**os.environ, "PYTHONPATH": str(SOURCE)}
        return subprocess.run([*command, *arguments], env=env, capture_output=True, check=False).returncode

    def ledger(self) -> Path:
        """Give the path of the ledger both work at."""
        return self.folder / "units/a/ledger.csv"


def main() -> int:
    """Run the trial in name spaces of its own."""
    given = arguments(10, inside="(used by the trial itself)")
    if not given.inside:
        if missing := lacking({"syncthing": "syncthing", "unshare": "util-linux"}):
            return skipped("syncthing", f"not installed: {missing}")
        apart = ["unshare", "--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child"]
        if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
            return skipped("syncthing", "name spaces of its own are not permitted here")
        return subprocess.run([*apart, sys.executable, __file__, *sys.argv[1:], "--inside"], check=False).returncode
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    place = scratch("syncthing")
    try:
        return pair(place, given.cycles, random.Random(given.seed))
    finally:
        shutil.rmtree(place)


def pair(place: Path, rounds: int, chance: random.Random) -> int:
    """Set up two offices, let them work."""
    trial = Trial("syncthing, a live pair")
    offices = [Office(place / f"home-{name}", place / name, port) for name, port in (("one", 22001), ("two", 22002))]
    rows = "".join(ROW.format(entry[3]) + "\n" for entry in IDS)
    checklist = CHECKLIST.read_text(encoding="utf-8")
    files: dict[str, str | bytes] = {"units/a/ledger.csv": f"{HEADINGS}\n{rows}", "checklists/trial/1.yaml": checklist}
    campaign(offices[0].folder, files)
    offices[1].folder.mkdir()
    offices[0].run("list", "a")
    configured(offices)
    with running(offices):
        trial.check(settled(offices), "the folders never met at first")
    copies = 0
    for number in range(rounds):
        for name, office in zip("xy", offices, strict=True):
            edit(office, f"{number}{name}", chance)
        with running(offices):
            during = meet(trial, offices)
            copies += during
        look(trial, offices)
        trial.tried += 1
    trial.notes += [f"{copies} conflict copies", f"{sum(len(office.said) for office in offices)} changes accepted"]
    trial.check(copies > 0, "there was no conflict at all")
    return trial.end("rounds offline")


def configured(offices: list[Office]) -> None:
    """Give both programs keys, each other's names, and the folder."""
    for office in offices:
        subprocess.run(
            ["syncthing", "generate", f"--home={office.home}", "--no-default-folder"], capture_output=True, check=True
        )
        told = subprocess.run(
            ["syncthing", "serve", f"--home={office.home}", "--device-id"], capture_output=True, check=True
        )
        office.device = told.stdout.decode().strip()
    devices = "".join(
        f'<device id="{each.device}" name="{each.port}"><address>tcp://127.0.0.1:{each.port}</address></device>'
        for each in offices
    )
    shared = "".join(f'<device id="{each.device}"></device>' for each in offices)
    for office in offices:
        (office.folder / ".stfolder").mkdir(exist_ok=True)
        (office.home / "config.xml").write_text(
            f'<configuration version="36"><folder id="hazard" label="" path="{office.folder}" type="sendreceive" '
            f'rescanIntervalS="3" fsWatcherEnabled="true" fsWatcherDelayS="1">{shared}<maxConflicts>-1</maxConflicts>'
            f'</folder>{devices}<gui enabled="true"><address>127.0.0.1:{office.port + 100}</address><apikey>trial'
            f"</apikey></gui><options><listenAddress>tcp://127.0.0.1:{office.port}</listenAddress>"
            "<globalAnnounceEnabled>false</globalAnnounceEnabled><localAnnounceEnabled>false</localAnnounceEnabled>"
            "<relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled><urAccepted>-1</urAccepted>"
            "<reconnectionIntervalS>1</reconnectionIntervalS><crashReportingEnabled>false</crashReportingEnabled>"
            "<autoUpgradeIntervalH>0</autoUpgradeIntervalH></options></configuration>",
            encoding="utf-8",
        )


@contextmanager
def running(offices: list[Office]) -> Iterator[None]:
    """Let both programs run."""
    started = [
        subprocess.Popen(
            ["syncthing", "serve", f"--home={office.home}", "--no-browser", "--no-restart", "--no-upgrade"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for office in offices
    ]
    try:
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(30)


def tree(office: Office) -> dict[str, bytes]:
    """Give all files of a side, but those that are on their way."""
    return {
        path.relative_to(office.folder).as_posix(): path.read_bytes()
        for path in office.folder.rglob("*")
        if path.is_file() and not HALF.match(path.name) and ".stfolder" not in path.parts
    }


def settled(offices: list[Office], seconds: float = 90) -> bool:
    """Wait until both sides hold the same, and go on doing so."""
    ends, same = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        try:
            one, two = (tree(office) for office in offices)
        except FileNotFoundError:
            one, two = {}, {"?": b""}
        same = same + 1 if one == two and one else 0
        if same > 8:
            return True
        time.sleep(0.5)
    return False


def edit(office: Office, mark: str, chance: random.Random) -> None:
    """Change the ledger by commands, and by hand once the commands are done."""
    for number in range(chance.randrange(1, 4)):
        word = f"w{mark}c{number}w".replace("x", "1").replace("y", "2").replace("c", "3")
        cell = chance.choice(("notes", "measures", "owner"))
        if office.run("set", "a", chance.choice(IDS), f"{cell}={word}") == 0:
            office.said.add(word.encode())
    word = f"w9{mark}w".replace("x", "1").replace("y", "2")
    path = office.ledger()
    path.write_bytes(hands.rewritten(path.read_bytes(), path.name, chance, word))
    if word.encode() in path.read_bytes() and office.run("list", "a") == 0:
        office.said.add(word.encode())


def meet(trial: Trial, offices: list[Office]) -> int:
    """Let the sides meet, with commands running meanwhile; merge what they disagree on; gives the number of copies."""
    office = offices[0]
    for _ in range(3):  # half-synced files lie about: none is ever read as a ledger, none makes a command fail
        trial.check(office.run("check") in (0, 1, 3), "a command failed while files were arriving")
        time.sleep(1)
    trial.check(settled(offices), "the folders never met")
    names = [name for name in tree(office) if ".sync-conflict-" in name and "/merged/" not in name]
    ledgers = [name for name in names if name.startswith("units/a/ledger.sync-conflict")]
    trial.check(not ledgers or office.run("rollup") in (0, 1, 3), "a roll-up failed beside a copy")
    for _ in range(4):
        office.run("conflicts", "--merge")
        office.run("resolve", "a", "--choose", "theirs", "--force")
        office.run("restore", "a")
    trial.check(office.run("conflicts") == 0, "copies are left")
    trial.check(settled(offices), "the folders never met again")
    return len(ledgers)


def look(trial: Trial, offices: list[Office]) -> None:
    """Make sure that both sides hold the same, and every word."""
    one, two = (tree(office) for office in offices)
    trial.check(
        one == two,
        f"the sides differ: {sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))}",
    )
    said = set.union(*(office.said for office in offices))
    places = ("ledger.csv", ".conflicts.csv", ".jsonl")
    found = set().union(*(hands.words(data) for name, data in one.items() if name.endswith(places)))
    trial.check(said <= found, f"lost: {said - found}")
    trial.check(offices[1].run("journal", "verify", "a") == 0, "the journal does not hold")


if __name__ == "__main__":
    sys.exit(main())
