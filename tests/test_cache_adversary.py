"""The cache against everything that can befall files, clocks and disks: it says, byte for byte, what none would say."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from generate import Wish, generate

import hazardctl
from conftest import Result, Run
from hazardctl import again, cache, cachefile, signatures

COMMANDS = (
    ("check", "--format", "json"),
    ("rollup", "--format", "csv"),
    ("rollup", "--period", "2022-08"),
)
A_YEAR = 365 * 24 * 3600 * 10**9
Said = list[Result]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made") / "c"
    generate(root, Wish(units=12, rows=4, broken=0.2, yaml=0.2, figures=0.4))
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a campaign with a checklist of its own; a file is old once it is a hundredth of a second old."""
    root = tmp_path / "c"
    shutil.copytree(made, root)
    shipped = next((Path(hazardctl.__file__).parents[2] / "checklists" / "community-correction").glob("2022.1.yaml"))
    (root / "checklists" / "own").mkdir(parents=True)
    text = shipped.read_text(encoding="utf-8").replace("id: community-correction", "id: own")
    (root / "checklists" / "own" / "2022.1.yaml").write_text(text, encoding="utf-8")
    campaign = (root / "campaign.yaml").read_text(encoding="utf-8").replace("community-correction@", "own@")
    (root / "campaign.yaml").write_text(campaign, encoding="utf-8")
    monkeypatch.setattr(cache, "FEW", 1)
    monkeypatch.setattr(again, "FEW", 1)
    monkeypatch.setattr(signatures, "RACY", 10**7)
    time.sleep(0.03)
    return root


@pytest.fixture
def said(root: Path, run: Run) -> Callable[..., Said]:
    """Give what is said with the cache as it is, or without any."""

    def saying(*, cold: bool = False) -> Said:
        words = ("--campaign", root, "--today", "2022-09-20", "--lang", "zh")
        if not cold:
            return [run(*words, *command) for command in COMMANDS]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(cache, "FEW", 10**9)
            patch.setattr(again, "said", lambda seen: None)
            patch.setattr(again, "keep", lambda *_: None)
            return [run(*words, *command) for command in COMMANDS]

    return saying


def ledger(root: Path, number: int) -> Path:
    (path,) = (root / "units" / f"u{number:05}").glob("ledger.*")
    return path


def edited(path: Path, chance: random.Random) -> None:
    """Change a file's content and keep its size."""
    data = bytearray(path.read_bytes())
    at = data.rindex("整".encode())
    data[at : at + 3] = chance.choice(("说", "改", "完", "无")).encode()
    path.write_bytes(data)


def keeping_times(path: Path, deed: Callable[[], object]) -> None:
    before = path.stat()
    deed()
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _same_size_and_time(root: Path, chance: random.Random) -> None:
    path = ledger(root, 3)
    keeping_times(path, lambda: edited(path, chance))


def _future(root: Path, chance: random.Random) -> None:
    path = ledger(root, 3)
    edited(path, chance)
    os.utime(path, ns=(time.time_ns() + A_YEAR, time.time_ns() + A_YEAR))


def _past(root: Path, chance: random.Random) -> None:
    path = ledger(root, 4)
    edited(path, chance)
    os.utime(path, ns=(0, 0))


def _another_file_in_its_place(root: Path, chance: random.Random) -> None:
    path = ledger(root, 3)
    beside = path.with_name("beside")
    shutil.copy2(path, beside)
    keeping_times(beside, lambda: edited(beside, chance))
    beside.replace(path)


def _swapped(root: Path, chance: random.Random) -> None:
    one, two = (root / "units" / name for name in ("u00003", "u00007"))
    aside = root / "units" / "aside"
    one.rename(aside)
    two.rename(one)
    aside.rename(two)


def _link_to_another_unit(root: Path, chance: random.Random) -> None:
    path = ledger(root, 3)
    path.unlink()
    other = ledger(root, 5)
    path.with_name(other.name).symlink_to(other)


def _edited_behind_a_link(root: Path, chance: random.Random) -> None:
    path = ledger(root, 5)
    keeping_times(path, lambda: edited(path, chance))


def _folder_is_a_link(root: Path, chance: random.Random) -> None:
    shutil.rmtree(root / "units" / "u00003")
    (root / "units" / "u00003").symlink_to(root / "units" / "u00006", target_is_directory=True)


def _two_names_of_one_file(root: Path, chance: random.Random) -> None:
    path, other = ledger(root, 6), ledger(root, 8)
    path.unlink()
    os.link(other, path.with_name(other.name))
    keeping_times(other, lambda: edited(other, chance))


def _checklist(root: Path, chance: random.Random) -> None:
    path = root / "checklists" / "own" / "2022.1.yaml"
    text = path.read_text(encoding="utf-8")
    keeping_times(path, lambda: path.write_text(text.replace("整改中", "整改完"), encoding="utf-8"))


def _campaign(root: Path, chance: random.Random) -> None:
    path = root / "campaign.yaml"
    text = path.read_text(encoding="utf-8")
    keeping_times(path, lambda: path.write_text(text.replace("2022-09-30", "2022-08-20"), encoding="utf-8"))


def _units(root: Path, chance: random.Random) -> None:
    path = root / "units.csv"
    data = path.read_bytes()
    keeping_times(path, lambda: path.write_bytes(data.replace("第3司法所".encode(), "第三司法".encode())))


def _stranger(root: Path, chance: random.Random) -> None:
    (root / "units" / "nobody").mkdir()
    shutil.copy(ledger(root, 2), root / "units" / "nobody")


def _copy(root: Path, chance: random.Random) -> None:
    path = ledger(root, 2)
    shutil.copy(path, path.with_name(f"ledger.sync-conflict-20220905-101530-ABCDEFG{path.suffix}"))


def _questions_at_the_top(root: Path, chance: random.Random) -> None:
    (root / "units.conflicts.csv").write_text("id,field,choose\n", encoding="utf-8")


def _copy_of_units(root: Path, chance: random.Random) -> None:
    shutil.copy(root / "units.csv", root / "units.sync-conflict-20220905-101530-ABCDEFG.csv")


def _nil(root: Path, chance: random.Random) -> None:
    ledger(root, 9).unlink()
    told = "- {period: 2022-08, number: 1, state: nil, sha256: '', by: x, at: 2022-08-31}\n"
    (root / "units" / "u00009" / "returns.yaml").write_text(told, encoding="utf-8")


def _accepted(root: Path, chance: random.Random) -> None:
    (root / "units" / "office1").mkdir(exist_ok=True)
    (root / "units" / "office1" / "accepted.yaml").write_text("- {unit: u00009, period: x}\n", encoding="utf-8")


def _calendar(root: Path, chance: random.Random) -> None:
    (root / "calendar").mkdir()
    (root / "calendar" / "2022.yaml").write_text("nonsense: [", encoding="utf-8")


def _gone(root: Path, chance: random.Random) -> None:
    shutil.rmtree(root / "units" / "u00010")


def _empty(root: Path, chance: random.Random) -> None:
    ledger(root, 11).write_bytes(b"")


DEEDS = [
    *(_same_size_and_time, _future, _past, _another_file_in_its_place, _swapped, _edited_behind_a_link),
    *(_link_to_another_unit, _edited_behind_a_link, _two_names_of_one_file, _checklist, _campaign, _units, _stranger),
    *(_copy, _questions_at_the_top, _copy_of_units, _nil, _accepted, _calendar, _gone, _empty, _folder_is_a_link),
]


@pytest.mark.skipif(os.name == "nt", reason="there a file's times can be set so that no change shows")
def test_whatever_is_done_to_files_shows_in_the_next_run(root: Path, said: Callable[..., Said]) -> None:
    chance = random.Random(7)
    before = said()
    assert said() == before == said(cold=True)
    for deed in DEEDS:
        deed(root, chance)
        time.sleep(0.03)
        found = [said(), said(), said(cold=True)]
        assert found[0] == found[2], deed.__name__
        assert found[1] == found[2], deed.__name__
    assert said() != before


def test_a_clock_that_jumps_makes_no_difference(
    root: Path, said: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    now, chance = time.time_ns, random.Random(7)
    for jump in (-A_YEAR, A_YEAR, 0, -2 * A_YEAR, 0):
        monkeypatch.setattr(time, "time_ns", lambda jump=jump: now() + jump)
        edited(ledger(root, chance.randrange(1, 12)), chance)
        expected = said(cold=True)
        assert said() == expected
        assert said() == expected


def damages(path: Path, chance: random.Random) -> Iterator[str]:
    """Damage the cache's file in one way after the other."""
    whole = path.read_bytes()
    for cut in (0, 15, 4096, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:cut])
        yield f"cut at {cut}"
    for seed in range(6):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 30, 3000))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data)
        yield f"noise {seed}"
    path.write_bytes(chance.randbytes(len(whole)))
    yield "another file"
    path.unlink()
    path.mkdir()
    yield "a folder"
    path.rmdir()


def test_a_damaged_cache_says_nothing_wrong(root: Path, said: Callable[..., Said]) -> None:
    expected = said(cold=True)
    assert said() == expected
    (path,) = cachefile.folder().glob("*.sqlite")
    for damage in damages(path, random.Random(3)):
        assert said() == expected, damage


@pytest.mark.parametrize(
    "schema",
    [
        "CREATE TABLE results (question BLOB, unit TEXT, result BLOB)",
        "CREATE TABLE asked (question BLOB); CREATE TABLE results (unit TEXT)",
        "CREATE TABLE answers (name BLOB PRIMARY KEY, answer BLOB); CREATE TABLE said (name TEXT)",
        "CREATE VIEW results AS SELECT 1 AS question, 2 AS unit, 3 AS files, 4 AS first, 5 AS last, 6 AS result",
        "PRAGMA user_version = 99; PRAGMA application_id = 7",
    ],
)
def test_a_cache_of_another_make_is_none(root: Path, said: Callable[..., Said], schema: str) -> None:
    import sqlite3

    expected = said(cold=True)
    said()
    (path,) = cachefile.folder().glob("*.sqlite")
    path.unlink()
    base = sqlite3.connect(path)
    base.executescript(schema)
    base.close()
    assert said() == said() == expected


def test_where_the_disk_is_full_nothing_is_missing(root: Path, said: Callable[..., Said]) -> None:
    resource = pytest.importorskip("resource", reason="no such limit here")
    expected = said(cold=True)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    for most in (0, 4096, 20_000, 60_000):
        shutil.rmtree(cachefile.folder(), ignore_errors=True)
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
            found = [said(), said()]
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert found == [expected, expected], most
    assert said() == expected


@pytest.mark.parametrize("home", ["/nowhere/at/all", "", "/dev/null"])
def test_without_a_home_nothing_is_missing(
    root: Path, said: Callable[..., Said], monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    expected = said(cold=True)
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", home)
    monkeypatch.setenv("USERPROFILE", home)
    assert said() == said() == expected


def test_somebody_who_holds_the_cache_holds_nobody_up(
    root: Path, said: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **given: connect(path, **given | {"timeout": 0.01}))
    expected = said()
    (path,) = cachefile.folder().glob("*.sqlite")
    for order in ("BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"):
        base = sqlite3.connect(path, isolation_level=None)
        base.execute(order)
        try:
            assert said() == expected
            edited(ledger(root, 2), random.Random(1))
            assert said() == (expected := said(cold=True))
        finally:
            base.close()


TOGETHER = """
import sys
from hazardctl import again, cache, cachefile, signatures
cache.FEW, again.FEW, signatures.RACY = 1, 1, 10**7
from hazardctl.app import main
sys.exit(main(sys.argv[1:]))
"""


def test_runs_at_once_say_what_one_says(root: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(Path(hazardctl.__file__).parents[1])}
    words = ["--campaign", str(root), "--today", "2022-09-20"]
    commands = [[sys.executable, "-c", TOGETHER, *words, *command] for command in COMMANDS * 2]
    first: dict[tuple[str, ...], tuple[int, bytes]] = {}
    for _ in range(2):  # with a cache to be made, and one to be read
        started = [
            subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for command in commands
        ]
        for command, process in zip(commands, started, strict=True):
            out, err = process.communicate()
            assert b"fault of hazardctl" not in err, err
            assert first.setdefault(tuple(command), (process.returncode, out)) == (process.returncode, out)
