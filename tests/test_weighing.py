"""Few units with very much in them are as much work as many usual ones, and are done by as many processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from generate import Wish, generate

from campaigns import TODAY
from conftest import Run
from hazardctl import again, cache, cachefile, engines
from hazardctl.check import Checking
from hazardctl.engines import local, warming, weighing
from hazardctl.journals import noticing
from hazardctl.load import Opened, opened
from hazardctl.workspace import Workspace


def campaign(folder: Path, units: int, rows: int, **wish: float) -> Opened:
    generate(folder, Wish(units=units, rows=rows, **wish))  # type: ignore[arg-type]
    return opened(Workspace(folder))


def units_of(given: Opened) -> list[str]:
    return [unit.id for unit, _ in given.units.walk()]


def journals(given: Opened) -> list[str]:
    return sorted(path.parent.parent.name for path in given.workspace.root.glob("units/*/journal/*.jsonl"))


@pytest.mark.parametrize("count", [1, 2, 15, 16, 17, 100])
def test_units_are_worth_what_is_in_them(tmp_path: Path, count: int) -> None:
    units = [f"u{number}" for number in range(count)]
    assert weighing.worth(str(tmp_path), units) == pytest.approx(weighing.OPENING / weighing.USUAL)  # there are none
    for unit in units:
        (tmp_path / unit / "journal").mkdir(parents=True)
        (tmp_path / unit / "ledger.csv").write_bytes(bytes(10 * weighing.USUAL - weighing.OPENING - 7))
        (tmp_path / unit / "figures.csv").write_bytes(bytes(7))
    assert weighing.worth(str(tmp_path), units) == pytest.approx(10)
    with mock.patch.object(os, "scandir", side_effect=os.scandir) as looked:
        weighing.worth(str(tmp_path), units)
    assert looked.call_count <= weighing.ASKED
    assert weighing.are_many(str(tmp_path)) is (count * 10 >= weighing.FEW)


@pytest.mark.parametrize("unit", ["", ".", "\0", "x" * 300, "\udcff", "no/such"])
def test_what_cannot_be_looked_at_is_worth_what_it_takes_to_open_it(tmp_path: Path, unit: str) -> None:
    assert weighing.worth(str(tmp_path / "nowhere"), [unit]) == pytest.approx(weighing.OPENING / weighing.USUAL)
    assert not weighing.are_many(str(tmp_path / "nowhere" / unit.replace("\0", "")))


def test_nothing_is_worth_nothing() -> None:
    assert weighing.worth("", []) == 1.0


def cut(given: Opened, chunks: Sequence[Sequence[str]], monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """Give the chunks that are sent to processes; none where all is done here."""
    sent: list[Sequence[str]] = []

    class Pool:
        def __init__(self, task: Any, chunks: Sequence[Sequence[str]], helpers: int) -> None:
            sent.extend(chunks)

        def results(self) -> list[Any]:
            return []

    monkeypatch.setattr(local, "_Pool", Pool)
    monkeypatch.setattr(local, "processors", lambda: 2)
    list(local.run(Checking(given, TODAY), chunks))
    return sent


def test_few_units_with_much_in_them_are_cut_finer_and_go_to_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = campaign(tmp_path / "small", 12, 5), campaign(tmp_path / "large", 12, 300)
    monkeypatch.setattr(local, "FEW", 15)
    chunks = engines.chunked(units_of(small), 6)
    assert cut(small, chunks, monkeypatch) == []
    sent = cut(large, chunks, monkeypatch)
    assert [unit for chunk in sent for unit in chunk] == units_of(large)
    assert len(sent) > len(chunks)


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_what_is_cut_finer_gives_what_it_gives_as_it_was(tmp_path: Path, processes: int) -> None:
    given = campaign(tmp_path / "c", 10, 200, broken=0.1, yaml=0.3)
    task, units = Checking(given, TODAY), units_of(given)
    assert list(local.run(task, engines.chunked(units, 5), processes)) == list(task(units))


def test_processes_begin_with_the_command_where_much_lies_in_few_units(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = campaign(tmp_path / "c", 5, 50)
    for few, begun in ((1, True), (1000, False)):
        monkeypatch.setattr(weighing, "FEW", few)
        with warming.helped(given.workspace) as warm:
            assert (warm is not warming.nothing) is begun


def test_of_large_ledgers_note_is_taken_of_less_but_of_one_at_least(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = campaign(tmp_path / "c", 4, 20)
    units = [unit for unit in units_of(given) if noticing.ledger_size(given, unit)]
    size = noticing.ledger_size(given, units[0])
    monkeypatch.setattr(noticing, "USUAL", size)
    assert noticing.all_at_once(given, units)
    monkeypatch.setattr(noticing, "USUAL", size // 40)  # 100 of these are less than three
    assert not noticing.all_at_once(given, units)
    for done in range(1, 5):
        assert noticing.notice(given, units, most=20) == 1  # one is more than 20 usual ones may be
        assert journals(given) == units[:done]
    assert noticing.notice(given, units, most=20) == 0


@pytest.mark.parametrize("rows", [5, 300])
def test_what_takes_long_to_read_is_kept_however_few_units_it_is(
    tmp_path: Path, rows: int, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = campaign(tmp_path / "c", 12, rows)
    monkeypatch.setattr(cache, "FEW", 20)
    monkeypatch.setattr(again, "FEW", 20)
    said = [run("--campaign", given.workspace.root, "--today", TODAY.isoformat(), "rollup") for _ in range(3)]
    assert said[0].code == 0
    assert said[1:] == said[:2]
    assert cachefile.is_there(str(given.workspace.root.resolve())) is (rows == 300)


@pytest.mark.parametrize("few", [1, 10, 11, 100])
def test_small_ledgers_are_few_where_their_units_are(tmp_path: Path, few: int) -> None:
    assert weighing.are_few(str(tmp_path), [f"u{number}" for number in range(10)], few) is (few > 10)


def test_the_week_s_work_takes_note_of_all(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given = campaign(tmp_path / "c", 3, 20)
    monkeypatch.setattr(noticing, "USUAL", 1)
    assert run("--campaign", given.workspace.root, "--today", TODAY.isoformat(), "weekly").code in (0, 1)
    assert len(journals(given)) == 3


@pytest.mark.parametrize("where", ["check", "list"])
def test_every_run_takes_note_of_more_until_all_is_known(
    tmp_path: Path, where: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = campaign(tmp_path / "c", 3, 20)
    monkeypatch.setattr(noticing, "USUAL", 1)
    for done in (1, 2, 3, 3):
        assert run("--campaign", given.workspace.root, where).code == 0
        assert len(journals(given)) == done


def test_to_look_at_folders_no_campaign_is_loaded(tmp_path: Path) -> None:
    asked = f"""
import sys
from hazardctl import signatures
from hazardctl.engines import local
looking = signatures.looking({str(tmp_path)!r}, 0, ())
assert list(local.run(looking, [["a"], ["b"]])) == [b"none", b"none"]
sys.exit("hazardctl.load" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
