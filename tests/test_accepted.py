"""What a superior accepted stands as it was accepted: changes behind it are told, and the frozen table has it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from campaigns import ledger
from conftest import Run
from hazardctl import check, load
from hazardctl.returns import decide, returned
from hazardctl.workspace import Workspace
from test_returns import DAY, OPEN, edit, office, send

LATE = ("--today", "2024-06-21")
FREEZE = ("freeze", "--period", "spring", "--allow-incomplete", "西港已撤")


def codes(root: Path) -> set[str]:
    return {one.code for one in check.check(load.opened(Workspace(root)), DAY).findings if one.code.startswith("P12")}


@pytest.mark.parametrize("basis", ["live", "submitted"])
def test_the_frozen_table_has_what_was_accepted_and_says_so(tmp_path: Path, run: Run, basis: str) -> None:
    opened = office(tmp_path)
    send(opened)
    decide.accept(opened, "bay", "spring", by="王五", today=DAY)
    assert codes(tmp_path) == set()
    assert run(*LATE, "--lang", "zh", "set", "a", "H200", "status=办理中").code == 0
    edit(opened, (tmp_path / "units/a/ledger.csv").read_text(encoding="utf-8") + "H777-2222-3333,A,尚未办理\n")
    assert codes(tmp_path) == {"P128"}
    assert run(*LATE, *FREEZE, "--basis", basis).code == 0
    told = run(*LATE, "--lang", "zh", "rollup", "--period", "spring", "--basis", "frozen")
    assert "仍按认可的报送数计入的单位：东港" in told.out
    rows = run(*LATE, "rollup", "--period", "spring", "--basis", "frozen", "--format", "csv").out.splitlines()
    assert "东港,2" in rows, "not the third entry, which nobody has accepted"
    traced = run(*LATE, "trace", "t", "a", "总数", "--period", "spring", "--basis", "frozen", "--format", "json")
    assert traced.out.count('"id"') == 2
    assert codes(tmp_path) == set(), "what is frozen is no news any more"
    restated = run(*LATE, "restate", "--period", "spring", "--dry-run")
    assert restated.code == (4 if basis == "live" else 0), "the bureau sees that the ledger says otherwise"


def test_a_reopened_return_is_no_longer_what_stands(tmp_path: Path, run: Run) -> None:
    opened = office(tmp_path)
    send(opened)
    decide.accept(opened, "bay", "spring", by="王五", today=DAY)
    edit(opened, ledger(OPEN, OPEN, OPEN))
    decide.reopen(opened, "a", "spring", DAY, reason="漏报一条", by="王五", today=DAY)
    assert codes(tmp_path) == set()
    assert run(*LATE, *FREEZE).code == 0
    rows = run(*LATE, "rollup", "--period", "spring", "--basis", "frozen", "--format", "csv").out.splitlines()
    assert "东港,3" in rows


def test_who_accepts_is_told_that_the_ledger_has_gone_on(tmp_path: Path, run: Run) -> None:
    opened = office(tmp_path)
    send(opened)
    edit(opened, ledger(OPEN, OPEN, OPEN))
    done = run("--today", "2024-05-21", "--lang", "zh", "accept", "bay", "--period", "spring", "--by", "王五")
    assert "报送后台账或填报数又有改动，认可和封存的是当时报送的内容：东港" in done.err


def test_a_return_that_is_rewritten_after_it_was_accepted_is_told_and_not_counted(tmp_path: Path, run: Run) -> None:
    opened = office(tmp_path)
    send(opened)
    decide.accept(opened, "bay", "spring", by="王五", today=DAY)
    first, held = ledger(OPEN, OPEN), load.load_ledger(opened.workspace, "a", opened.terms)[0]
    assert held
    edit(opened, ledger(OPEN, OPEN, OPEN))
    assert run(*LATE, "history", "a").code == 0  # the journal takes the change down
    now = load.load_ledger(opened.workspace, "a", opened.terms)[0]
    assert now
    path = returned.file_of(opened.workspace, "a")
    path.write_text(path.read_text(encoding="utf-8").replace(held.sha256, now.sha256), encoding="utf-8")
    assert codes(tmp_path) == {"P127"}
    assert first.count("\n") == 3
    assert run(*LATE, *FREEZE).code == 0
    rows = run(*LATE, "rollup", "--period", "spring", "--basis", "frozen", "--format", "csv").out.splitlines()
    assert "东港,2" in rows


def test_a_nil_return_that_was_accepted_stays_nil_whatever_is_written_later(tmp_path: Path, run: Run) -> None:
    opened = office(tmp_path, b_ledger="编号,问题类别,办理情况\n无,,\n")
    send(opened)
    send(opened, "b", nil=True)
    decide.accept(opened, "bay", "spring", by="王五", today=DAY)
    edit(opened, ledger(OPEN), "b")
    assert run(*LATE, "freeze", "--period", "spring").code == 0
    rows = run(*LATE, "rollup", "--period", "spring", "--basis", "frozen", "--format", "csv").out.splitlines()
    assert "西港,0" in rows


def test_what_was_accepted_and_cannot_be_told_any_more_is_said_and_not_made_up(tmp_path: Path, run: Run) -> None:
    opened = office(tmp_path, a_figures="period,key,value\n2024-05,boats,3\n")
    send(opened)
    decide.accept(opened, "bay", "spring", by="王五", today=DAY)
    shutil.rmtree(tmp_path / "units/a/journal")
    edit(opened, ledger(OPEN, OPEN, OPEN))
    refused = run(*LATE, "--lang", "zh", "freeze", "--period", "spring")
    assert refused.code == 1
    assert "留痕" in refused.err
    assert run(*LATE, *FREEZE).code == 0
    printed = run(*LATE, "--lang", "zh", "rollup", "--period", "spring", "--basis", "frozen").out
    assert "仍按认可的报送数计入" not in printed
    assert "东港（无法读取）" in printed
