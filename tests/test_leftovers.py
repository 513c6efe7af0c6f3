"""What runs that broke off, or could not finish, have left: cleared by the next command, or told with what to do."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Run
from hazardctl import lifecycle, load, workspace
from hazardctl.errors import InUse
from hazardctl.files import disk, processes, store
from hazardctl.journals import journal, recording
from hazardctl.workspace import Workspace
from office import SOUND, TODAY, campaign, ledger
from test_locks import ended_process

ENTRY = "H7K3-M9QX-2FPD"
COMMANDS = (
    ("check",), ("rollup",), ("list",), ("status", "--period", "2022-08"), ("set", "a", "H7K3", "notes=甲"),
    ("weekly",), ("history", "a"), ("conflicts", "--merge"), ("restore", "a"),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    campaign(tmp_path, {"units/a/ledger.csv": ledger(SOUND), "units/a/figures.csv": "period,key,value\n"})
    recording.take_note(load.opened(Workspace(tmp_path)), "a", by="clerk", command="check")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "units" / "a"


def broken_off(folder: Path, name: str) -> None:
    """Leave behind what a program leaves that is ended while it writes."""
    dead = replace(processes.new(), pid=ended_process())
    (folder / f".~{name}.{dead}.tmp").write_bytes(b"half")
    (folder / f"{name}.lock.d").mkdir()
    (folder / f"{name}.lock.d" / str(dead)).write_text("{}", encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_the_next_command_clears_what_a_run_that_broke_off_left(
    folder: Path, run: Run, command: tuple[str, ...]
) -> None:
    places = {folder: "figures.csv", folder / "journal": "x.jsonl", folder.parents[1]: "units.csv"}
    for place, name in places.items():
        broken_off(place, name)
    assert all(store.odd(path.name for path in place.iterdir()) for place in places)
    assert run(*command).code in (0, 1)
    reads = command[0] in ("check", "rollup", "list", "status", "weekly", "history")
    assert not [place for place in (places if reads else [folder]) if store.odd(path.name for path in place.iterdir())]


def test_a_roll_up_clears_them_in_a_unit_without_a_journal_and_begins_none(folder: Path, run: Run) -> None:
    shutil.rmtree(folder / "journal")
    broken_off(folder, "ledger.csv")
    run("rollup")
    assert sorted(path.name for path in folder.iterdir()) == ["figures.csv", "ledger.csv"]


def test_a_lock_somebody_holds_is_left_alone(folder: Path, run: Run) -> None:
    with store.lock(folder / "figures.csv") as held:
        assert run("check").code in (0, 1)
        assert Path(held.inside).is_file()


def refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let a program keep the ledger open while a clerk changes it; gives the version that was left beside it."""
    move = disk.move

    def busy(source: str, target: str) -> None:
        if target == str(folder / "ledger.csv"):
            raise OSError(16, "busy")
        move(source, target)

    opened = load.opened(workspace.find(folder))
    with monkeypatch.context() as patch:
        patch.setattr(disk, "move", busy)
        patch.setattr(disk, "PATIENCE", 0.0)
        with pytest.raises(InUse) as raised:
            lifecycle.set_fields(opened, "a", [ENTRY], {"notes": "新"}, by="clerk", today=TODAY)
    store.kept()
    return Path(str(raised.value.values["pending"]))


@pytest.mark.parametrize("command", COMMANDS[:7], ids=lambda words: words[0])
def test_a_version_that_could_not_be_put_in_place_is_told_by_the_next_command(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    pending = refused(folder, monkeypatch)
    told = run(*command)
    assert pending.name in told.err + told.out
    assert "hazardctl conflicts --merge" in told.err + told.out


def test_what_such_a_version_holds_is_brought_in_and_the_version_put_aside(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    pending = refused(folder, monkeypatch)
    assert "新" not in (folder / "ledger.csv").read_text(encoding="utf-8")
    assert "M104" in run("check").out
    assert pending.name in run("conflicts").out
    assert run("conflicts", "--merge").code == 0
    assert "新" in (folder / "ledger.csv").read_text(encoding="utf-8")
    assert (folder / "merged" / pending.name).is_file()
    done = run("check")
    assert "M104" not in done.out
    assert pending.name not in done.err


def test_a_piece_of_a_line_is_told_and_put_aside(folder: Path, run: Run) -> None:
    (path,) = journal.files(folder)
    path.write_bytes(path.read_bytes() + b'{"prev":"12')
    assert run("set", "a", "H7K3", "notes=甲").code == 0
    told = run("check", "--fail-on", "never")
    assert "J109" in told.out
    (piece,) = (folder / "journal").glob("*.torn-*")
    assert piece.name in told.err
    whole = path.read_bytes()
    assert run("conflicts", "--merge").code == 0
    assert path.read_bytes() == whole
    assert not piece.exists()
    assert (folder / "journal" / "merged" / piece.name).read_bytes() == b'{"prev":"12'
    done = run("check", "--fail-on", "never")
    assert "J109" not in done.out
    assert piece.name not in done.err
