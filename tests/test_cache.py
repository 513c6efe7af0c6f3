"""The cache: whatever happens to the files, a run with it says what a run without it says."""

from __future__ import annotations

import gc
import os
import random
import shutil
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from generate import Wish, generate

from campaigns import TODAY
from conftest import Run
from hazardctl import cache, cachefile, signatures
from hazardctl.check import Checked, Checking, UnitResult, check
from hazardctl.engines import local
from hazardctl.engines.task import Task
from hazardctl.load import opened
from hazardctl.rollup import roll_up
from hazardctl.statistics.table import Table
from hazardctl.today import Today
from hazardctl.workspace import Workspace

LONG_AGO = 10**9 * 60 * 60  # nanoseconds


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    generate(tmp_path / "c", Wish(units=8, rows=4, broken=0.2))
    monkeypatch.setattr(cache, "FEW", 1)
    monkeypatch.setattr(signatures, "RACY", 0)
    yield tmp_path / "c"
    cachefile.clear()


def both(root: Path, today: date = TODAY) -> tuple[Checked, Table]:
    campaign = opened(Workspace(root))
    return check(campaign, today), roll_up(campaign, today=today)


def without(root: Path, today: date = TODAY) -> tuple[Checked, Table]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "FEW", 10**9)
        return both(root, today)


def computed(root: Path, today: date = TODAY) -> int:
    """Count the units that are gone through."""
    campaign = opened(Workspace(root))
    done: list[str] = []

    def engine(task: Task[object], chunks: list[list[str]]) -> Iterator[object]:
        done.extend(unit for chunk in chunks for unit in chunk)
        return local.run(task, chunks)

    units = [unit.id for unit, _ in campaign.units.walk()]
    assert len(list(cache.run(Checking(campaign, today), units, 3, engine))) == len(units)  # type: ignore[arg-type]
    return len(done)


def test_what_has_not_changed_is_not_read_again(root: Path) -> None:
    first = computed(root)
    assert first > 8
    assert computed(root) == 0
    path = root / "units" / "u00003" / "ledger.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    assert computed(root) == 1


@pytest.mark.parametrize(("block", "shelf", "part"), [(50, 32, 8), (3, 2, 2), (2, 100, 1), (1, 1, 1)])
def test_a_random_life_of_files_shows_in_every_run(
    root: Path, monkeypatch: pytest.MonkeyPatch, block: int, shelf: int, part: int
) -> None:
    for name, number in {"BLOCK": block, "SHELF": shelf, "PART": part}.items():
        monkeypatch.setattr(cache, name, number)
    chance = random.Random(5)
    for _ in range(25):
        something_happens(root, chance)
        assert both(root) == without(root)
    assert computed(root) == 0


def kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, list[str]]]:
    """Run once; gives what is written into the cache: numbers of blocks, and the units in them."""
    written: list[tuple[int, list[str]]] = []
    keep = cache._Writing.keep

    def noted(self: cache._Writing, number: int, block: cache.Block) -> None:
        written.append((number, sorted(block)))
        keep(self, number, block)

    with monkeypatch.context() as patch:
        patch.setattr(cache._Writing, "keep", noted)
        computed(root)
    return written


def test_of_few_changed_units_only_these_are_written_and_of_many_their_blocks(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, number in {"BLOCK": 5, "SHELF": 2, "PART": 3}.items():
        monkeypatch.setattr(cache, name, number)
    blocks = dict(kept(root, monkeypatch))
    assert {len(units) for units in blocks.values()} <= {5, *range(1, 5)}
    assert min(blocks) == 0
    of = {unit: number for number, units in blocks.items() for unit in units}
    shelf = [unit for unit, number in of.items() if number < 2 and unit.startswith("u")]
    changed: list[str] = []
    for unit in shelf[:4]:  # of ten a third may stand beside their blocks
        path = root / "units" / unit / "ledger.csv"
        path.write_bytes(path.read_bytes() + b"\n")
        changed.append(unit)
        written = kept(root, monkeypatch)
        assert computed(root) == 0
        assert both(root) == without(root)
        if len(changed) < 4:
            assert written == [(-1, sorted(changed))]
    assert written == [*((number, blocks[number]) for number in sorted({of[unit] for unit in changed})), (-1, [])]


def test_a_part_of_the_tree_leaves_what_has_changed_elsewhere(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*units: str) -> int:
        done: list[str] = []

        def engine(task: Task[object], chunks: list[list[str]]) -> Iterator[object]:
            done.extend(unit for chunk in chunks for unit in chunk)
            return local.run(task, chunks)

        list(cache.run(Checking(opened(Workspace(root)), TODAY), units, 3, engine))  # type: ignore[arg-type]
        return len(done)

    def changed(unit: str) -> None:
        path = root / "units" / unit / "ledger.csv"
        path.write_bytes(path.read_bytes() + b"\n")

    computed(root)
    changed("u00006")
    assert [number for number, _ in kept(root, monkeypatch)] == [-1]  # beside the block, where the next ones are not
    for unit in ("u00003", "u00004", "u00005"):
        changed(unit)
        assert asked(unit, "u00002") == 1
    assert asked("u00003", "u00004", "u00005") == 0
    assert computed(root) == 0


def something_happens(root: Path, chance: random.Random) -> None:
    one, two = (root / "units" / f"u{chance.randint(1, 8):05}" / "ledger.csv" for _ in "ab")
    deed = chance.choice(["edit", "same size", "swap", "touch", "remove", "copy", "rename", "figures", "units"])
    if deed == "edit" and one.exists():
        one.write_bytes(one.read_bytes().replace("整改中".encode(), "未整改".encode(), 1))
    elif deed == "same size" and one.exists():  # the same size and the same time as before
        before = one.stat()
        one.write_bytes(one.read_bytes().replace("整改中".encode(), "说不清".encode(), 1))
        os.utime(one, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif deed == "swap" and one.exists() and two.exists() and one != two:
        beside = one.with_name("beside")
        one.rename(beside)
        two.rename(one)
        beside.rename(two)
    elif deed == "touch" and one.exists():
        shift = chance.choice([-1, 1]) * LONG_AGO
        os.utime(one, ns=(time.time_ns() + shift, time.time_ns() + shift))
    elif deed == "remove" and one.exists():
        one.unlink()
    elif deed == "copy" and two.exists() and one != two:
        shutil.copy2(two, one)
    elif deed == "rename" and one.exists():
        one.rename(one.with_name("ledger.txt"))
    elif deed == "figures":
        (one.parent / "figures.csv").write_text("period,key,value\n2022-09-29,visits,7\n", encoding="utf-8")
    elif deed == "units":
        text = (root / "units.csv").read_text(encoding="utf-8-sig")
        (root / "units.csv").write_text(text.replace("station", "office", 1), encoding="utf-8")


def test_no_more_results_are_held_than_a_block_has(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = opened(Workspace(root))
    units = [unit.id for unit, _ in campaign.units.walk()]
    monkeypatch.setattr(cache, "BLOCK", 2)
    for _ in ("cold", "warm"):
        held = [
            sum(isinstance(one, UnitResult) for one in gc.get_objects())
            for _ in cache.run(Checking(campaign, TODAY), units, 3, local.run)
        ]
        assert len(held) > 8
        assert max(held) <= 5  # a block, the one before it, and the one that is given


def test_no_cycles_are_looked_for_in_what_is_fetched_and_afterwards_as_before(root: Path) -> None:
    campaign = opened(Workspace(root))
    units = [unit.id for unit, _ in campaign.units.walk()]

    def looking() -> list[bool]:
        return [gc.isenabled() for _ in cache.run(Checking(campaign, TODAY), units, 3, local.run)]

    assert set(looking()) == {True}  # nothing is there: files are read, and leave cycles behind
    assert set(looking()) == {False}
    assert gc.isenabled()
    given = cache.run(Checking(campaign, TODAY), units, 3, local.run)
    next(given)
    given.close()  # type: ignore[attr-defined]
    assert gc.isenabled()


def test_what_changed_a_moment_ago_is_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures, "RACY", 10**12)
    computed(root)
    assert computed(root) == 8  # the units without files of their own are kept


def test_a_day_on_which_it_would_come_out_otherwise_is_another_question(root: Path) -> None:
    for days in (0, 400, -400, -410, 0, 3000):
        today = TODAY + timedelta(days)
        assert both(root, today) == without(root, today)


def test_a_day_that_makes_no_difference_is_no_other_question(root: Path) -> None:
    late = date(2023, 1, 1)
    computed(root, late)
    assert computed(root, late + timedelta(7)) == 0


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_cache_is_made_anew(root: Path, content: bytes) -> None:
    expected = both(root)
    path = cache.file_of(opened(Workspace(root)))
    path.write_bytes(content)
    assert both(root) == expected


@pytest.mark.parametrize("column", ["known", "results"])
def test_a_damaged_result_is_worked_out_again(root: Path, column: str) -> None:
    import sqlite3

    expected = both(root)
    base = sqlite3.connect(cache.file_of(opened(Workspace(root))))
    with base:
        base.execute(f"UPDATE results SET {column} = zeroblob(40)")
    base.close()
    assert both(root) == expected


def test_where_no_cache_can_be_kept_nothing_is_missing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = without(root)
    (root.parent / "file").touch()
    monkeypatch.setattr(cachefile, "folder", lambda: root.parent / "file" / "results")
    assert both(root) == expected


def test_somebody_else_writing_is_not_waited_for(root: Path) -> None:
    import sqlite3

    expected = both(root)
    base = sqlite3.connect(cache.file_of(opened(Workspace(root))), isolation_level=None)
    base.execute("BEGIN EXCLUSIVE")
    try:
        assert both(root) == expected
    finally:
        base.close()


def test_a_watched_day_knows_when_it_would_have_answered_otherwise() -> None:
    day = Today.of(date(2022, 9, 6))
    assert date(2022, 9, 1) < day <= date(2022, 9, 20)
    assert (day.first, day.last) == (date(2022, 9, 2), date(2022, 9, 19))
    day.reset()
    assert max(day, date(2022, 8, 1)) == day
    day.reset()
    assert day.isoformat() == "2022-09-06"
    assert day.first == day.last == date(2022, 9, 6)
    day.reset()
    assert (day - date(2022, 9, 1)).days == 5
    assert day.first == day.last


def test_the_cache_is_told_of_and_thrown_away(root: Path, run: Run) -> None:
    both(root)
    assert "1" in run("cache", "info").out
    assert "1" in run("cache", "clear").out
    assert not cachefile.sizes()
