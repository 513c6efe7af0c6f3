"""A file is the whole old or the whole new version, whatever fails, and nobody's change is overwritten unseen."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hazardctl.errors import (
    ChangedByOthers,
    DiskFull,
    FileFault,
    HazardError,
    InUse,
    KeepsChanging,
    Missing,
    NotAFile,
    NotAllowed,
    NotConfirmed,
    OutsideCampaign,
    SystemRefused,
)
from hazardctl.files import disk, store

OLD, NEW = b"id,status\r\n1,old\r\n", b"id,status\r\n1,new\r\n2,new\r\n" * 300
posix_only = pytest.mark.skipif(os.name == "nt", reason="POSIX rights and links")
root_may_all = pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root is refused nothing")


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


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait less long for programs that keep files open."""
    monkeypatch.setattr(disk, "PATIENCE", 0.05)


def names(folder: Path) -> list[str]:
    """List a folder."""
    return sorted(path.name for path in folder.iterdir())


# Reading


def test_a_snapshot_holds_the_bytes_and_their_hash(ledger: Path) -> None:
    seen = store.read(ledger)
    assert seen.data == OLD
    assert seen.size == len(OLD)
    assert seen.mtime_ns == ledger.stat().st_mtime_ns
    assert len(seen.sha256) == 64


def test_a_missing_file_is_not_an_empty_one(folder: Path) -> None:
    (folder / "empty.csv").touch()
    assert store.read(folder / "none.csv").data is None
    assert store.read(folder / "empty.csv").data == b""
    assert store.read(folder / "none.csv").sha256 != store.read(folder / "empty.csv").sha256


def test_a_file_that_moves_while_it_is_read_is_read_again(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, moves = disk.read_rest, iter(range(3))

    def read(descriptor: int) -> bytes:
        data = real(descriptor)
        for number in moves:
            ledger.write_bytes(OLD + b"%d" % number)
            break
        return data

    monkeypatch.setattr(disk, "read_rest", read)
    assert store.read(ledger).data == OLD + b"2"


def test_a_file_that_never_rests_is_refused(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, numbers = disk.read_rest, iter(range(1000))

    def read(descriptor: int) -> bytes:
        ledger.write_bytes(OLD + b"%d" % next(numbers))
        return real(descriptor) + b"?%d" % next(numbers)

    monkeypatch.setattr(disk, "read_rest", read)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    with pytest.raises(KeepsChanging):
        store.read(ledger)


def test_a_share_that_numbers_files_anew_each_time_can_be_read(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = iter(range(1000))
    monkeypatch.setattr(disk, "_marks", lambda _: (next(numbers), 0, 0))
    assert store.read(ledger).data == OLD


@posix_only
def test_a_pipe_does_not_hang_the_reader_nor_is_it_replaced(folder: Path) -> None:
    os.mkfifo(folder / "pipe.csv")
    for attempt in (
        lambda: store.read(folder / "pipe.csv"),
        lambda: store.write(folder / "pipe.csv", NEW, expected=None),
        lambda: store.append(folder / "pipe.csv", b"{}\n"),
    ):
        with pytest.raises(NotAFile):
            attempt()
    assert stat.S_ISFIFO((folder / "pipe.csv").stat().st_mode)


def test_a_folder_is_not_read_as_a_file(folder: Path) -> None:
    with pytest.raises(FileFault):
        store.read(folder)


# Writing


def test_a_written_file_is_what_was_meant(ledger: Path, folder: Path) -> None:
    before = store.read(ledger)
    after = store.write(ledger, NEW, expected=before)
    assert ledger.read_bytes() == NEW
    assert after == store.read(ledger)
    assert names(folder) == ["ledger.csv"]


def test_a_new_file_gets_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "新.csv"
    store.write(path, NEW, expected=store.read(path))
    assert path.read_bytes() == NEW


def test_a_file_changed_by_others_is_left_as_they_left_it(ledger: Path, folder: Path) -> None:
    before = store.read(ledger)
    ledger.write_bytes(OLD + b"2,theirs\r\n")
    with pytest.raises(ChangedByOthers):
        store.write(ledger, NEW, expected=before)
    assert ledger.read_bytes() == OLD + b"2,theirs\r\n"
    assert names(folder) == ["ledger.csv"]


def test_a_file_that_appeared_or_vanished_counts_as_changed(ledger: Path, folder: Path) -> None:
    missing = store.read(folder / "figures.csv")
    (folder / "figures.csv").write_bytes(b"")
    with pytest.raises(ChangedByOthers):
        store.write(folder / "figures.csv", NEW, expected=missing)
    before = store.read(ledger)
    ledger.unlink()
    with pytest.raises(ChangedByOthers):
        store.write(ledger, NEW, expected=before)
    assert not ledger.exists()


def test_a_file_saved_by_others_while_ours_is_written_beside_it_is_kept(
    ledger: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for expected in (store.read(ledger), None):
        ledger.write_bytes(OLD)
        monkeypatch.setattr(disk, "sync", lambda _: ledger.write_bytes(b"theirs"))
        with pytest.raises(ChangedByOthers):
            store.write(ledger, NEW, expected=expected)
        assert ledger.read_bytes() == b"theirs"
        assert names(folder) == ["ledger.csv"]


def test_touching_a_file_without_changing_it_is_no_change(ledger: Path) -> None:
    before = store.read(ledger)
    os.utime(ledger)
    store.write(ledger, NEW, expected=before)
    assert ledger.read_bytes() == NEW


def test_an_update_that_changes_nothing_writes_nothing(ledger: Path) -> None:
    before = store.read(ledger)
    assert store.update(ledger, lambda _: None) == before
    assert store.update(ledger, lambda seen: seen.data) == before
    assert store.read(ledger) == before


def test_an_update_that_fails_leaves_file_and_folder_alone(ledger: Path, folder: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        store.update(ledger, lambda _: bytes([1 // 0]))
    assert ledger.read_bytes() == OLD
    assert names(folder) == ["ledger.csv"]


@posix_only
def test_the_rights_of_a_file_are_kept_and_a_new_one_follows_the_umask(ledger: Path, folder: Path) -> None:
    ledger.chmod(0o640)
    store.update(ledger, lambda _: NEW)
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o640
    before = os.umask(0o027)
    try:
        store.write(folder / "new.csv", NEW, expected=None)
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "new.csv").stat().st_mode) == 0o640


@root_may_all
def test_a_file_marked_read_only_is_left_alone(ledger: Path) -> None:
    ledger.chmod(0o444)
    with pytest.raises(NotAllowed):
        store.update(ledger, lambda _: NEW)
    assert ledger.read_bytes() == OLD


def test_a_file_that_may_not_be_written_is_left_alone(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(NotAllowed):
        store.update(ledger, lambda _: NEW)
    assert ledger.read_bytes() == OLD


@posix_only
def test_a_link_stays_a_link(folder: Path, ledger: Path) -> None:
    (folder / "link.csv").symlink_to("ledger.csv")
    store.update(folder / "link.csv", lambda _: NEW)
    assert (folder / "link.csv").is_symlink()
    assert ledger.read_bytes() == NEW


def test_long_chinese_names_can_be_written(folder: Path) -> None:
    path = folder / ("隐" * 83 + ".csv")  # 253 of the 255 bytes a name can have
    store.write(path, NEW, expected=None)
    store.update(path, lambda seen: (seen.data or b"") + b"x")
    assert path.read_bytes() == NEW + b"x"
    assert len(names(folder)) == 2


def test_bytes_written_a_few_at_a_time_arrive_whole(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data[:7])))
    store.update(ledger, lambda _: NEW)
    store.append(ledger.with_name("j.jsonl"), b'{"n": 1}\n')
    assert ledger.read_bytes() == NEW
    assert ledger.with_name("j.jsonl").read_bytes() == b'{"n": 1}\n'


def test_a_write_that_lies_about_its_length_is_found_out(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(descriptor: int, data: bytes) -> int:
        real(descriptor, bytes(data[:-1]))
        return len(data)

    journal = ledger.with_name("j.jsonl")
    store.append(journal, b'{"n": 1}\n')
    real = os.write
    monkeypatch.setattr(os, "write", write)
    with pytest.raises(SystemRefused):
        store.write(ledger, NEW, expected=None)
    with pytest.raises(SystemRefused):
        store.append(journal, b'{"n": 2}\n')
    assert ledger.read_bytes() == OLD
    assert journal.read_bytes() == b'{"n": 1}\n'
    assert names(ledger.parent) == ["j.jsonl", "ledger.csv"]


def test_a_failed_sync_is_reported_and_not_repeated(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def fsync(descriptor: int) -> None:
        calls.append(descriptor)
        raise OSError(errno.EIO, "no")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(SystemRefused, match="EIO"):
        store.update(ledger, lambda _: NEW)
    assert len(calls) == 1
    assert ledger.read_bytes() == OLD


@posix_only
def test_a_name_the_disk_did_not_confirm_is_reported(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = os.fsync, iter(range(10))
    monkeypatch.setattr(os, "fsync", lambda d: _refuse(errno.EIO) if next(calls) else real(d))
    with pytest.raises(NotConfirmed):
        store.update(ledger, lambda _: NEW)
    assert ledger.read_bytes() == NEW


@posix_only
def test_a_share_without_folder_syncs_can_be_written(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = os.fsync, iter(range(10))
    monkeypatch.setattr(os, "fsync", lambda d: _refuse(errno.EINVAL) if next(calls) else real(d))
    store.update(ledger, lambda _: NEW)
    assert ledger.read_bytes() == NEW


def _refuse(number: int) -> None:
    raise OSError(number, os.strerror(number))


# A file kept open


def test_a_file_kept_open_for_a_moment_is_replaced_when_it_is_let_go(
    ledger: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = disk.move, iter(range(10))
    monkeypatch.setattr(disk, "move", lambda a, b: _refuse(errno.EBUSY) if next(calls) < 3 else real(a, b))
    store.update(ledger, lambda _: NEW)
    assert ledger.read_bytes() == NEW
    assert names(folder) == ["ledger.csv"]


@pytest.mark.usefixtures("impatient")
def test_a_file_kept_open_stays_and_the_new_version_is_left_beside_it(
    ledger: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = disk.move
    monkeypatch.setattr(disk, "move", lambda a, b: _refuse(errno.EACCES) if b == str(ledger) else real(a, b))
    for _ in range(2):  # within one second: the second must not replace the first
        with pytest.raises(InUse, match="pending"):
            store.update(ledger, lambda _: NEW)
    assert ledger.read_bytes() == OLD
    left = [path for path in folder.iterdir() if path != ledger]
    assert [path.read_bytes() for path in left] == [NEW, NEW]
    assert [each.kind for each in store.leftovers(folder)] == ["pending", "pending"]
    monkeypatch.undo()
    store.update(ledger, lambda _: NEW)
    assert [each.clears_itself for each in store.leftovers(folder)] == [False, False]


def test_a_file_saved_while_we_wait_for_it_is_not_overwritten(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def move(_: str, target: str) -> None:
        Path(target).write_bytes(b"saved in the spreadsheet")
        _refuse(errno.EBUSY)

    monkeypatch.setattr(disk, "move", move)
    with pytest.raises(ChangedByOthers):
        store.update(ledger, lambda _: NEW)
    assert ledger.read_bytes() == b"saved in the spreadsheet"


# Every call, every error

CALLS = ["open", "close", "read", "write", "fsync", "stat", "lstat", "fstat", "lseek", "ftruncate", "fchmod", "utime"]
CALLS += ["listdir", "mkdir", "rmdir", "rename", "replace", "unlink"]
ERRORS = [errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EBUSY]


Check = Callable[[HazardError | None], None]
Scene = Callable[[], tuple[Callable[[], object], Check]]


class Fault:
    """Make the n-th call of one function of the system fail; `hit` tells whether there was an n-th."""

    def __init__(self, name: str, number: int, when: int) -> None:
        self.name, self.number, self.left, self.real = name, number, when, getattr(os, name)
        self.hit = False

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.left -= 1
        if self.left:
            return self.real(*args, **kwargs)
        self.hit = True
        if self.name == "close":  # the descriptor is gone all the same
            self.real(*args, **kwargs)
        raise OSError(self.number, os.strerror(self.number))


def played(action: Callable[[], object], fault: Fault) -> HazardError | None:
    """Play an action with one fault in it; anything but a sentence for the user is not caught."""
    setattr(os, fault.name, fault)
    try:
        action()
    except HazardError as error:
        return error
    finally:
        setattr(os, fault.name, fault.real)
    return None


def sweep(name: str, scene: Scene) -> int:
    """Play a scene with each error in the first, second, … call of a function, until there is no such call."""
    for number in ERRORS:
        for when in range(1, 200):
            action, check = scene()
            fault = Fault(name, number, when)
            refusal = played(action, fault)
            check(refusal)
            if not fault.hit:
                assert refusal is None
                break
    return when - 1


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("name", [name for name in CALLS if hasattr(os, name)])
def test_whatever_fails_in_an_update_the_file_is_the_old_one_or_saved(name: str, ledger: Path, folder: Path) -> None:
    def check(refusal: HazardError | None) -> None:
        assert ledger.read_bytes() == (NEW if refusal is None or isinstance(refusal, NotConfirmed) else OLD)

    def scene() -> tuple[Callable[[], object], Check]:
        store.update(ledger, lambda _: NEW)
        store.update(ledger, lambda _: OLD)
        assert names(folder) == ["ledger.csv"]  # what the last fault left behind is gone
        return lambda: store.update(ledger, lambda _: NEW), check

    assert sweep(name, scene) or name in {"lseek", "ftruncate", "fchmod"}


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("name", [name for name in CALLS if hasattr(os, name)])
def test_whatever_fails_in_adding_a_line_no_line_is_lost_or_torn_unseen(name: str, tmp_path: Path) -> None:
    journal = tmp_path / "journal" / "a.jsonl"

    def check(refusal: HazardError | None) -> None:
        data = journal.read_bytes() if journal.exists() else b""
        if refusal is None:
            assert data.endswith(b'{"n": 2}\n')
        else:
            whole = (b"", b'{"n": 2}\n') if isinstance(refusal, NotConfirmed) else (b"",)
            assert data.removeprefix(b'{"n": 1}\n') in (*whole, b'{"n":')

    def scene() -> tuple[Callable[[], object], Check]:
        if journal.exists():
            store.append(journal, b"{}\n")
            assert not [each for each in names(journal.parent) if each != "a.jsonl" and "torn" not in each]
            journal.write_bytes(b'{"n": 1}\n{"n":')
        return lambda: store.append(journal, b'{"n": 2}\n'), check

    assert sweep(name, scene) or name == "fchmod"


def test_each_refusal_is_said_in_its_own_words(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {errno.ENOSPC: DiskFull, errno.EDQUOT: DiskFull, errno.EFBIG: DiskFull, errno.EIO: SystemRefused}
    said |= {errno.EROFS: NotAllowed, errno.EACCES: NotAllowed, errno.ENAMETOOLONG: SystemRefused}
    for number, kind in said.items():
        monkeypatch.setattr(os, "fsync", lambda _, number=number: _refuse(number))
        with pytest.raises(kind) as caught:
            store.update(ledger, lambda _: NEW)
        assert str(ledger) in str(caught.value)
        assert caught.value.exit_code == 3
        assert caught.value.remedy()


# Adding lines


def test_added_lines_stand_at_the_end(folder: Path) -> None:
    journal = folder / "journal" / "a.jsonl"
    assert store.append(journal, b'{"n": 1}\n') == b""
    assert store.append(journal, b'{"n": 2}\n{"n": 3}\n') == b""
    assert journal.read_bytes() == b'{"n": 1}\n{"n": 2}\n{"n": 3}\n'
    assert names(journal.parent) == ["a.jsonl"]


def test_a_torn_last_line_is_cut_off_kept_and_reported(folder: Path) -> None:
    journal = folder / "a.jsonl"
    torn = b'{"n": 2, "note": "' + "隐患".encode() * 3000
    journal.write_bytes(b'{"n": 1}\n' + torn)
    assert store.append(journal, b'{"n": 3}\n') == torn
    assert journal.read_bytes() == b'{"n": 1}\n{"n": 3}\n'
    (left,) = store.leftovers(folder)
    assert left.kind == "torn"
    assert left.path.read_bytes() == torn
    store.append(journal, b'{"n": 4}\n')
    assert [left] == list(store.leftovers(folder))


def test_a_file_of_nothing_but_a_torn_line_is_mended(folder: Path) -> None:
    journal = folder / "a.jsonl"
    journal.write_bytes(b"\0" * 9000)
    assert store.append(journal, b"{}\n") == b"\0" * 9000
    assert journal.read_bytes() == b"{}\n"


def test_a_last_line_without_a_line_end_is_not_torn_if_it_is_whole(folder: Path) -> None:
    journal = folder / "a.jsonl"
    journal.write_bytes(b'{"n": 1}\n{"n": 2}')
    assert store.append(journal, b'{"n": 3}\n') == b""
    assert journal.read_bytes() == b'{"n": 1}\n{"n": 2}\n{"n": 3}\n'


def test_half_a_line_cannot_be_added(folder: Path) -> None:
    with pytest.raises(ValueError, match="whole lines"):
        store.append(folder / "a.jsonl", b"{}")
    assert names(folder) == ["ledger.csv"]


def test_lines_added_to_a_file_that_was_replaced_meanwhile_are_not_called_saved(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, other = folder / "a.jsonl", folder / "other"
    journal.write_bytes(b"{}\n")
    other.write_bytes(b"{}\n")
    monkeypatch.setattr(disk, "sync", lambda _: other.replace(journal) if other.exists() else None)
    if os.name == "nt":
        pytest.skip("Windows does not let go of an open file")
    with pytest.raises(ChangedByOthers):
        store.append(journal, b'{"n": 2}\n')


def test_a_failed_addition_does_not_cut_off_the_lines_of_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = folder / "a.jsonl"
    journal.write_bytes(b"{}\n")

    def write(*_: object) -> None:
        with journal.open("ab") as stream:
            stream.write(b'{"theirs": 1}\n')
        _refuse(errno.ENOSPC)

    monkeypatch.setattr(disk, "write_all", write)
    with pytest.raises(DiskFull):
        store.append(journal, b'{"ours": 1}\n')
    assert journal.read_bytes() == b'{}\n{"theirs": 1}\n'


# Folders, moves, paths


def test_folders_are_made_once_and_a_file_in_the_way_is_named(folder: Path) -> None:
    made = store.make_folder(folder / "a" / "b")
    assert store.make_folder(made) == made
    assert made.is_dir()
    with pytest.raises(HazardError):
        store.make_folder(folder / "ledger.csv" / "x")
    with pytest.raises(HazardError):
        store.make_folder(folder / "ledger.csv")


def test_a_copy_is_moved_under_its_own_name_and_never_over_another(folder: Path) -> None:
    goal = folder / "merged"
    for number in range(3):
        copy = folder / "ledger (1).csv"
        copy.write_bytes(b"%d" % number)
        store.move_into(copy, goal, expected=store.read(copy))
    assert names(goal) == ["ledger (1)-2.csv", "ledger (1)-3.csv", "ledger (1).csv"]
    assert {path.read_bytes() for path in goal.iterdir()} == {b"0", b"1", b"2"}
    assert names(folder) == ["ledger.csv", "merged"]


def test_a_copy_that_changed_after_it_was_merged_is_not_moved(folder: Path, ledger: Path) -> None:
    seen = store.read(ledger)
    ledger.write_bytes(NEW)
    with pytest.raises(ChangedByOthers):
        store.move_into(ledger, folder / "merged", expected=seen)
    assert ledger.read_bytes() == NEW
    with pytest.raises(Missing):
        store.move_into(folder / "none.csv", folder / "merged")


@posix_only
def test_links_and_dots_that_lead_out_of_the_campaign_are_refused(tmp_path: Path) -> None:
    root, outside = tmp_path / "campaign", tmp_path / "outside"
    for each in (root / "units" / "a", outside):
        each.mkdir(parents=True)
    (root / "units" / "b").symlink_to(outside)
    (root / "units" / "c").symlink_to("a")
    (root / "loop").symlink_to("loop")
    for path in ("units/b/ledger.csv", "../outside", "units/../../x", "/etc/passwd", "x\0y"):
        with pytest.raises(OutsideCampaign):
            store.inside(root, root / path)
    assert store.inside(root, root / "units" / "c" / "ledger.csv") == root / "units" / "a" / "ledger.csv"
    assert store.inside(root, root / "units" / "." / "new" / "ledger.csv") == root / "units" / "new" / "ledger.csv"
    assert store.inside(root, root) == root


# Several processes


def _count_up(path: str, times: int) -> None:
    for _ in range(times):
        store.update(path, lambda seen: b"%d" % (int(seen.data or b"0") + 1))


def test_eight_processes_lose_no_update(ledger: Path) -> None:
    ledger.write_bytes(b"0")
    context = multiprocessing.get_context("spawn")
    clerks = [context.Process(target=_count_up, args=(str(ledger), 30)) for _ in range(8)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    assert [clerk.exitcode for clerk in clerks] == [0] * 8
    assert ledger.read_bytes() == b"240"
    assert names(ledger.parent) == ["ledger.csv"]


CLERK = """
import sys
from hazardctl.files import store
ledger, journal, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
while True:
    number += 1
    with store.lock(ledger):
        store.append(journal, b'{"n": %d}\\n' % number)
        store.write(ledger, b"%d\\n" % number * 3000, expected=store.read(ledger))
    print(number, flush=True)
"""


def test_a_clerk_killed_at_any_moment_leaves_whole_files_and_no_litter(tmp_path: Path) -> None:
    ledger, journal = tmp_path / "ledger.csv", tmp_path / "a.jsonl"
    ledger.write_bytes(b"0\n" * 3000)
    journal.write_bytes(b'{"n": 0}\n')
    source = str(Path(store.__file__).parents[1])
    for cycle in range(40):
        number = int(ledger.read_bytes().split(b"\n")[0])
        command = [sys.executable, "-c", CLERK, str(ledger), str(journal), str(number)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": source}) as clerk:
            assert clerk.stdout
            acknowledged = int(clerk.stdout.readline())
            time.sleep(0.0007 * (cycle % 10))
            clerk.kill()
            acknowledged = int((clerk.stdout.read().split(b"\n")[:-1] or [b"%d" % acknowledged])[-1])
        data = ledger.read_bytes()
        assert data in (b"%d\n" % acknowledged * 3000, b"%d\n" % (acknowledged + 1) * 3000)
        lines = [json.loads(line)["n"] for line in journal.read_bytes().splitlines()]
        assert lines[-1] - acknowledged in (0, 1)
        store.update(ledger, lambda seen: (seen.data or b"")[:-1] + b"\n\n")
        store.append(journal, b'{"n": %d}\n' % lines[-1])
        store.write(ledger, data, expected=None)
        assert names(tmp_path) == ["a.jsonl", "ledger.csv"]
