"""A lock keeps everybody else out, shows who holds it, and does not outlive its holder for long."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from hazardctl.errors import Locked, LockLost, Missing
from hazardctl.files import lockfiles, locks, processes, store
from hazardctl.files.processes import Holder, State

OLD, NEW = b"id,status\r\n1,old\r\n", b"id,status\r\n1,new\r\n2,new\r\n" * 300


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a unit's folder with a ledger in it."""
    unit = tmp_path / "units" / "城东"
    unit.mkdir(parents=True)
    (unit / "ledger.csv").write_bytes(OLD)
    return unit


@pytest.fixture
def ledger(folder: Path) -> Path:
    """Give the ledger of that unit."""
    return folder / "ledger.csv"


def names(folder: Path) -> list[str]:
    """List a folder."""
    return sorted(path.name for path in folder.iterdir())


def plant_lock(path: Path, holder: Holder, age: float = 0.0) -> Path:
    """Put a lock of somebody else on a file."""
    directory = path.with_name(path.name + ".lock.d")
    directory.mkdir()
    inside = directory / str(holder)
    inside.write_text(json.dumps({"host": "PC-07", "user": "张三", "pid": holder.pid, "since": "2022-09-06 10:15:00"}))
    for each in (inside, directory):
        os.utime(each, (time.time() - age, time.time() - age))
    return directory


def somebody(**changes: Any) -> Holder:
    """Name a holder who runs on this machine, this process's parent if nothing else is said."""
    pid = os.getppid()
    given = {
        "machine": processes.machine(),
        "boot": processes.boot(),
        "pid": pid,
        "start": processes._start(pid) or "0",
        "token": "0123456789abcdef",
    }
    return Holder(**{**given, **changes})


def ended_process() -> int:
    """Give the number of a process that has ended."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


# Locks


def test_a_lock_shows_its_holder_and_goes_away(ledger: Path, folder: Path) -> None:
    with store.lock(ledger):
        (inside,) = (folder / "ledger.csv.lock.d").iterdir()
        told = json.loads(inside.read_text(encoding="utf-8"))
        assert told["pid"] == os.getpid()
        assert set(told) == {"host", "pid", "start", "user", "token", "since"}
    assert names(folder) == ["ledger.csv"]


def test_a_lock_held_is_held_again_at_no_cost_and_several_files_are_written_under_it(ledger: Path) -> None:
    journal = ledger.with_name("j.jsonl")
    with store.lock(ledger) as outer:
        before = store.read(ledger)
        store.append(journal, b"{}\n")
        with store.lock(str(ledger)) as inner:
            assert inner is outer
        store.write(ledger, NEW, expected=before)
        store.update(ledger, lambda seen: (seen.data or b"") + b"x")
    assert ledger.read_bytes() == NEW + b"x"
    assert names(ledger.parent) == ["j.jsonl", "ledger.csv"]


def test_a_folder_a_missing_file_and_a_file_can_be_locked(folder: Path) -> None:
    with store.lock(folder), store.lock(folder / "weekly"), store.lock(folder / "ledger.csv"):
        assert names(folder) == [".lock.d", "ledger.csv", "ledger.csv.lock.d", "weekly.lock.d"]
    assert names(folder) == ["ledger.csv"]


def test_a_lock_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Missing), store.lock(tmp_path / "none" / "x.csv"):
        pass


def test_a_running_process_on_this_machine_keeps_its_lock(ledger: Path, folder: Path) -> None:
    plant_lock(ledger, somebody(), age=100_000)
    with pytest.raises(Locked) as caught, store.lock(ledger, wait=0.05):
        pass
    assert "张三 on PC-07" in str(caught.value)
    assert "2022-09-06 10:15:00" in str(caught.value)
    assert "--break-lock" in caught.value.remedy()
    assert names(folder) == ["ledger.csv", "ledger.csv.lock.d"]


@pytest.mark.parametrize(
    "gone",
    [{"pid": "ended"}, {"start": "1"}, {"boot": "ffffffff"}, {"pid": "own"}],
    ids=["ended", "number used again", "before the restart", "our own, let go"],
)
def test_a_lock_nobody_on_this_machine_stands_behind_is_taken_over(ledger: Path, folder: Path, gone: Any) -> None:
    if gone == {"start": "1"} and processes._start(os.getppid()) == "":
        pytest.skip("start times are not known here")
    if gone == {"pid": "ended"}:
        gone = {"pid": ended_process()}
    elif gone == {"pid": "own"}:
        gone = {"pid": os.getpid(), "start": processes._own_start(os.getpid())}
    plant_lock(ledger, somebody(**gone))
    with store.lock(ledger, wait=0):
        pass
    assert names(folder) == ["ledger.csv"]


def test_a_lock_of_another_machine_is_not_taken_over_before_ten_minutes(ledger: Path, folder: Path) -> None:
    elsewhere = somebody(machine="0" * 12, pid=ended_process())
    plant_lock(ledger, elsewhere, age=590)
    with pytest.raises(Locked), store.lock(ledger, wait=0.02):
        pass
    with store.lock(ledger, wait=0, break_lock=True):
        pass
    plant_lock(ledger, elsewhere, age=610)
    with store.lock(ledger, wait=0):
        pass
    assert names(folder) == ["ledger.csv"]


def test_a_lock_without_a_holder_is_treated_like_one_of_another_machine(ledger: Path) -> None:
    directory = ledger.with_name("ledger.csv.lock.d")
    for inside in (None, "owner.json", str(somebody(token="nonsense"))):
        directory.mkdir()
        if inside:
            (directory / inside).write_text("{")
        with pytest.raises(Locked), store.lock(ledger, wait=0.02):
            pass
        with store.lock(ledger, wait=0, break_lock=True):
            pass
        assert not directory.exists()


def test_a_file_in_the_place_of_a_lock_holds_like_one(ledger: Path) -> None:
    ledger.with_name("ledger.csv.lock.d").write_text("")
    with pytest.raises(Locked), store.lock(ledger, wait=0):
        pass
    with store.lock(ledger, wait=0, break_lock=True):
        pass


def test_a_lock_made_by_a_process_that_died_before_it_came_in_is_taken_over_at_once(ledger: Path, folder: Path) -> None:
    dead = somebody(pid=ended_process())
    (folder / f".~ledger.csv.{dead}.claim").write_text("{}")
    (folder / "ledger.csv.lock.d").mkdir()
    with store.lock(ledger, wait=0):
        pass
    assert names(folder) == ["ledger.csv"]


def test_a_lock_just_being_made_by_a_running_process_is_waited_for(ledger: Path, folder: Path) -> None:
    (folder / f".~ledger.csv.{somebody()}.claim").write_text("{}")
    (folder / "ledger.csv.lock.d").mkdir()
    with pytest.raises(Locked), store.lock(ledger, wait=0.02):
        pass


def test_a_lock_taken_over_is_noticed_before_anything_is_written(ledger: Path, folder: Path) -> None:
    before = store.read(ledger)
    with store.lock(ledger) as held:
        Path(held.inside).rename(Path(held.directory) / str(somebody()))
        with pytest.raises(LockLost):
            store.write(ledger, NEW, expected=before)
        with pytest.raises(LockLost):
            store.append(ledger, NEW)
    assert ledger.read_bytes() == OLD
    assert names(folder) == ["ledger.csv", "ledger.csv.lock.d"]  # not ours to remove


def test_breaking_a_lock_breaks_the_one_that_was_there_and_not_the_next(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant_lock(ledger, somebody())
    real = lockfiles.clear

    def clear(wanted: lockfiles.Lock, obstacle: lockfiles.Obstacle) -> bool:
        done = real(wanted, obstacle)
        plant_lock(ledger, somebody(token="f" * 16))  # somebody is quicker
        return done

    monkeypatch.setattr(locks, "clear", clear)
    with pytest.raises(Locked), store.lock(ledger, wait=0.02, break_lock=True):
        pass


def test_who_judged_a_lock_stale_and_comes_late_does_not_move_the_next_holders_lock_away(
    ledger: Path, folder: Path
) -> None:
    dead = somebody(pid=ended_process())
    plant_lock(ledger, dead)
    late = lockfiles.Lock(str(folder), "ledger.csv", somebody(token="e" * 16))
    Path(late.claim).write_text("{}")  # it is seen waiting
    judged = lockfiles.look(late, time.time())
    assert judged
    assert judged.stale
    with store.lock(ledger, wait=0) as held:
        assert not lockfiles.clear(late, judged)
        locks.confirm(held)
    Path(late.claim).unlink()
    with store.lock(ledger, wait=0):
        pass
    assert names(folder) == ["ledger.csv"]


def test_a_lock_given_back_while_somebody_judges_it_is_not_taken_for_one_left_behind(
    ledger: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaving, real = somebody(pid=ended_process()), processes.state
    directory = plant_lock(ledger, leaving)

    def state(holder: Holder) -> State:
        if holder == leaving and (directory / str(leaving)).exists():  # it goes, and the next one comes
            (directory / str(leaving)).rename(directory / str(somebody()))
        return real(holder)

    monkeypatch.setattr(processes, "state", state)
    with pytest.raises(Locked), store.lock(ledger, wait=0.02):
        pass
    assert names(directory) == [str(somebody())]
    assert names(folder) == ["ledger.csv", "ledger.csv.lock.d"]


def test_who_clears_another_files_lock_is_seen_wanting_it(
    ledger: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant_lock(folder / "figures.csv", somebody(pid=ended_process()))
    real = lockfiles.clear
    seen: list[str] = []

    def clear(wanted: lockfiles.Lock, obstacle: lockfiles.Obstacle) -> bool:
        seen.extend(name for name in names(folder) if name.startswith(".~figures.csv") and name.endswith(".claim"))
        return real(wanted, obstacle)

    monkeypatch.setattr(lockfiles, "clear", clear)
    with store.lock(ledger):
        pass
    assert len(seen) == 1
    assert names(folder) == ["ledger.csv"]


def test_two_who_come_in_at_once_both_step_back(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, times = os.listdir, iter(range(100))
    intruder = str(somebody(token="d" * 16))

    def listdir(path: str) -> list[str]:
        listed = real(path)
        return [*listed, intruder] if str(path).endswith(".lock.d") and next(times) < 2 else listed

    monkeypatch.setattr(os, "listdir", listdir)
    with store.lock(ledger):
        pass
    assert names(ledger.parent) == ["ledger.csv"]


def test_threads_of_one_process_keep_each_other_out(ledger: Path) -> None:
    ledger.write_bytes(b"0")

    def add() -> None:
        for _ in range(25):
            store.update(ledger, lambda seen: b"%d" % (int(seen.data or b"0") + 1))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ledger.read_bytes() == b"100"


# What runs leave behind


def test_what_dead_runs_left_is_cleared_by_the_next_writer_and_nothing_else_is(ledger: Path, folder: Path) -> None:
    dead, far, alive = somebody(pid=ended_process()), somebody(machine="0" * 12), somebody()
    for name in (f".~ledger.csv.{dead}.tmp", f".~figures.csv.{dead}.tmp", f".~ledger.csv.{dead}.claim"):
        (folder / name).write_bytes(b"x")
    plant_lock(folder / "figures.csv", dead)
    (folder / ".~ledger.csv.0123456789abcdef.gone").mkdir()
    kept = [f".~ledger.csv.{far}.tmp", f".~ledger.csv.{alive}.tmp", "~$ledger.xlsx", ".~lock.ledger.csv#", "x.tmp"]
    kept += ["ledger.csv.pending-PC-07-20220906T101500", "a.jsonl.torn-PC-07-20220906T101500-2", ".~x.claim"]
    for name in kept:
        (folder / name).write_bytes(b"x")
    found = {(each.path.name, each.kind, each.clears_itself) for each in store.leftovers(folder)}
    assert found == {
        (f".~ledger.csv.{dead}.tmp", "temporary", True),
        (f".~figures.csv.{dead}.tmp", "temporary", True),
        (f".~ledger.csv.{dead}.claim", "temporary", True),
        (".~ledger.csv.0123456789abcdef.gone", "lock", True),
        ("figures.csv.lock.d", "lock", True),
        (f".~ledger.csv.{far}.tmp", "temporary", False),
        ("ledger.csv.pending-PC-07-20220906T101500", "pending", False),
        ("a.jsonl.torn-PC-07-20220906T101500-2", "torn", False),
    }
    store.update(ledger, lambda _: NEW)
    assert names(folder) == sorted([*kept, "ledger.csv"])


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_what_looks_like_a_lock_on_its_way_out_is_not_cleared_if_it_is_anything_else(
    ledger: Path, folder: Path, tmp_path: Path
) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / str(somebody(pid=ended_process()))).write_text("not a lock")
    (folder / ".~a.0123456789abcdef.gone").symlink_to(precious)
    (folder / ".~b.0123456789abcdef.gone").mkdir()
    (folder / ".~b.0123456789abcdef.gone" / "notes.txt").write_text("mine")
    (folder / "c.lock.d").symlink_to(precious)
    store.update(ledger, lambda _: NEW)
    store.update(ledger, lambda _: OLD)
    assert len(names(precious)) == 1
    assert names(folder / ".~b.0123456789abcdef.gone") == ["notes.txt"]
    assert {(each.kind, each.clears_itself) for each in store.leftovers(folder)} == {("lock", False)}


def test_a_folder_nobody_left_anything_in_has_no_leftovers(folder: Path, ledger: Path) -> None:
    assert store.leftovers(folder) == ()
    with store.lock(ledger):
        assert store.leftovers(folder) == ()  # in use, not left over
    with pytest.raises(Missing):
        store.leftovers(folder / "none")


# Holders


def test_a_holder_survives_being_written_as_a_name() -> None:
    holder = processes.new()
    assert processes.parse(str(holder)) == holder
    assert processes.state(holder) is State.ALIVE
    processes.forget(holder)
    assert processes.state(holder) is State.GONE
    for text in ("", "x", "ledger.csv", f"{holder}x", str(holder).upper() + "G"):
        assert processes.parse(text) is None


def test_a_process_that_has_ended_but_not_been_collected_is_gone() -> None:
    if not Path("/proc/self/stat").exists():
        pytest.skip("no /proc")
    child = subprocess.Popen([sys.executable, "-c", ""])
    deadline = time.monotonic() + 30
    while processes._start(child.pid) != "ended" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert processes.state(somebody(pid=child.pid, start="0")) is State.GONE
    child.wait()


def test_a_user_and_a_machine_always_have_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    import getpass

    def unknown() -> str:
        raise OSError(errno.ENOENT, "no such account")

    monkeypatch.setattr(getpass, "getuser", unknown)
    processes.user_name.cache_clear()
    assert processes.user_name() == "?"
    processes.user_name.cache_clear()
    assert processes.host_name()
