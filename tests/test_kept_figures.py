"""Figures are kept like entries: what was reported is missed when its row goes, and comes back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Run
from hazardctl import load
from hazardctl.journals import history, journal, losses, recording
from hazardctl.load import Opened
from hazardctl.merging import questions
from hazardctl.merging.questions import Question
from hazardctl.workspace import Workspace
from office import SOUND, campaign, ledger

ROWS = ("2022-08,走访人次,4", "2022-09,走访人次,7")


def table(*rows: str) -> str:
    return "\n".join(["period,key,value", *rows]) + "\n"


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    campaign(tmp_path, {"units/a/ledger.csv": ledger(SOUND), "units/a/figures.csv": table(*ROWS)})
    found = load.opened(Workspace(tmp_path))
    assert note(found)
    return found


def note(opened: Opened) -> bool:
    return recording.take_note(opened, "a", by="clerk", command="check")


def path_of(opened: Opened) -> Path:
    return opened.workspace.unit("a") / "figures.csv"


def codes(opened: Opened) -> list[str]:
    found = load.load_ledger(opened.workspace, "a", opened.terms)
    return [finding.code for finding in losses.look(opened.workspace, "a", *found).findings]


def test_a_row_that_is_gone_is_missed_through_every_later_change_until_it_is_back(opened: Opened, run: Run) -> None:
    path_of(opened).write_text(table(ROWS[1]), encoding="utf-8")
    assert codes(opened) == ["J107"]
    assert run("set", "a", "H7K3", "notes=甲").code == 0
    assert codes(opened) == ["J107"]
    assert run("rollup").code == 3
    told = run("check")
    assert "2022-08/走访人次 (4)" in told.out
    assert run("restore", "a", "--dry-run").code == 4
    assert run("restore", "a").code == 0
    assert path_of(opened).read_text(encoding="utf-8") == table(ROWS[1], ROWS[0])
    assert codes(opened) == []
    last = journal.read(opened.workspace.unit("a"))[-1]
    assert (last.kind, last.change.figure, dict(last.change.changes)) == (
        "restore",
        "2022-08/走访人次",
        {"value": ("", "4")},
    )


@pytest.mark.parametrize("data", [None, "", "period,key,value\n"])
def test_a_file_that_is_gone_or_empty_has_lost_its_figures(opened: Opened, run: Run, data: str | None) -> None:
    path = path_of(opened)
    if data is None:
        path.unlink()
    else:
        path.write_text(data, encoding="utf-8")
    assert codes(opened) == ["J107"]
    assert run("restore", "a", "2022-09/走访人次").code == 0
    assert history.state(opened, "a").figures == {"2022-09/走访人次": "7"}
    assert codes(opened) == ["J107"]
    assert run("restore", "a", "--accept-loss").code == 0
    assert codes(opened) == []
    note(opened)
    assert codes(opened) == []


def test_a_value_that_was_taken_back_is_no_loss(opened: Opened) -> None:
    path_of(opened).write_text(table("2022-08,走访人次,", ROWS[1]), encoding="utf-8")
    assert codes(opened) == []
    note(opened)
    assert codes(opened) == []
    assert history.state(opened, "a").figures == {"2022-09/走访人次": "7"}


def test_figures_that_cannot_be_read_are_not_gone(opened: Opened) -> None:
    count = len(journal.read(opened.workspace.unit("a")))
    path_of(opened).write_bytes(table(*ROWS).encode() + b'2022-10,"half')
    for _ in range(2):
        assert "J107" not in codes(opened)
        note(opened)
    assert len(journal.read(opened.workspace.unit("a"))) == count
    path_of(opened).write_text(table(*ROWS), encoding="utf-8")
    assert codes(opened) == []


def test_a_figure_that_is_settled_is_in_the_journal_in_the_clerks_name(opened: Opened, run: Run) -> None:
    questions.record(path_of(opened), [Question("2022-08 走访人次", "value", "value", "4", "4", "5", "", "two_values")])
    assert run("resolve", "a", "--choose", "theirs", "--by", "张三").code == 0
    last = journal.read(opened.workspace.unit("a"))[-1]
    assert (last.kind, last.by, last.change.figure) == ("merge", "张三", "2022-08/走访人次")
    assert not note(opened)
    assert codes(opened) == []


def test_a_copy_of_figures_is_merged_by_the_journal_in_one_change(opened: Opened, run: Run) -> None:
    copy = path_of(opened).with_name("figures.sync-conflict-20260105-101530-ABCDEFG.csv")
    copy.write_text(table(ROWS[0], "2022-09,走访人次,8", "2022-10,走访人次,9"), encoding="utf-8")
    path_of(opened).write_text(table(*ROWS, "2022-11,走访人次,3"), encoding="utf-8")
    assert run("conflicts", "--merge").code == 0
    wanted = table(ROWS[0], "2022-09,走访人次,8", "2022-11,走访人次,3", "2022-10,走访人次,9")
    assert sorted(path_of(opened).read_text(encoding="utf-8").split()) == sorted(wanted.split())
    kinds = [line.kind for line in journal.read(opened.workspace.unit("a")) if line.change.figure]
    assert kinds == ["seen", "seen", "seen", "merge", "merge"]
    assert codes(opened) == []


def test_a_copy_of_figures_with_columns_nobody_knows_is_settled_row_by_row(opened: Opened, run: Run) -> None:
    copy = path_of(opened).with_name("figures.sync-conflict-20260105-101530-ABCDEFG.csv")
    rows = [
        "period,key,value,备注",
        f"{ROWS[0]},",
        "2022-09,走访人次,8,改",
        "2022-10,走访人次,9,新",
        "2022-12,走访人次,1,",
    ]
    copy.write_text("\n".join(rows) + "\n", encoding="utf-8")
    path_of(opened).write_text(
        "\n".join(["period,key,value,备注", f"{ROWS[0]},", f"{ROWS[1]},"]) + "\n", encoding="utf-8"
    )
    assert run("conflicts", "--merge").code == 1
    asked = questions.read((path_of(opened).with_name("figures.conflicts.csv")).read_bytes(), "")
    answers = {"2022-12 走访人次": "ours"}
    filled = [replace(one, choose=answers.get(one.id, "theirs")) for one in asked]
    path_of(opened).with_name("figures.conflicts.csv").write_bytes(questions.write(filled))
    done = run("resolve", "a")
    assert done.code == 0, done.err
    assert path_of(opened).read_text(encoding="utf-8").splitlines() == rows[:-1]


def revised(opened: Opened, value: str) -> None:
    recording.update_figures(
        opened, "a", lambda _: table(ROWS[0], f"2022-09,走访人次,{value}").encode(), by="clerk", command="import",
        kind="import",
    )  # fmt: skip


@pytest.mark.parametrize("layout", [table(*ROWS), table(*reversed(ROWS)).replace("\n", "\r\n")])
def test_older_figures_are_asked_and_not_taken_for_a_change(opened: Opened, run: Run, layout: str) -> None:
    revised(opened, "9")
    path_of(opened).write_text(layout, encoding="utf-8", newline="")
    assert codes(opened) == ["J108"]
    assert not note(opened)
    assert run("set", "a", "H7K3", "notes=甲").code == 0
    assert codes(opened) == ["J108"]
    assert run("rollup").code == 3
    assert "2022-09/走访人次 (9)" in run("check").out
    with pytest.raises(recording.OlderLedgerError):
        revised(opened, "11")
    assert run("restore", "a").code == 0
    assert codes(opened) == []
    assert "走访人次,9" in path_of(opened).read_text(encoding="utf-8")
    assert history.state(opened, "a").figures["2022-09/走访人次"] == "9"


def test_older_figures_that_are_to_stay_are_accepted(opened: Opened, run: Run) -> None:
    revised(opened, "9")
    path_of(opened).write_text(table(*ROWS), encoding="utf-8")
    assert run("restore", "a", "--accept-loss").code == 0
    assert codes(opened) == []
    assert history.state(opened, "a").figures["2022-09/走访人次"] == "7"


def test_figures_that_wait_for_a_person_are_no_older_version(opened: Opened) -> None:
    revised(opened, "9")
    path_of(opened).write_text(table(*ROWS), encoding="utf-8")
    questions.record(path_of(opened), [Question("2022-09 走访人次", "value", "数值", "7", "9", "8")])
    assert codes(opened) == []
    assert note(opened)
