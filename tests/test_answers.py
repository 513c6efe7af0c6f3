"""A warning is answered with a reason for the value it excuses: it says something, and it lapses with the value."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigns import ledger
from conftest import Run
from hazardctl import check, load
from hazardctl.findings import Finding
from hazardctl.returns.reasons import is_hollow
from hazardctl.workspace import Workspace
from test_contradictions import JUNE, figures, ruled_campaign

RULES = "  - {id: r, left: trips, op: <=, right: boats, severity: warning}\n"


@pytest.mark.parametrize(
    "words",
    [
        "已核实",
        "已核实。",
        "经核实，数据无误",
        "已 核 实",
        "情况属实，已确认！",
        "Verified.",
        "checked and verified",
        "同上",
        "/",
        "",
        "无误",
        "核对正确",
        "数据真实准确",
        "All values verified",
        "已经核查完毕，没有问题",
    ],
)
def test_a_reason_that_only_says_it_was_looked_at_is_hollow(words: str) -> None:
    assert is_hollow(words)


@pytest.mark.parametrize(
    "words",
    [
        "两条船同时出海两次",
        "已核实，三号码头八月停用",
        "停电两天",
        "等待采购",
        "checked: two boats were repaired in April",
        "换人",
        "春汛提前",
    ],
)
def test_a_reason_that_says_something_is_not(words: str) -> None:
    assert not is_hollow(words)


def of_a(root: Path, code: str) -> list[Finding]:
    return [one for one in check.check_unit(ruled_campaign(root, RULES), "a", JUNE).findings if one.code == code]


def submitted(run: Run, root: Path, *answers: str) -> tuple[int, str]:
    words = [word for answer in answers for word in ("--answer", answer)]
    given = ("submit", "a", "--period", "2024-04", "--by", "李", "--override", "台账另行补正", *words)
    done = run("--campaign", root, "--today", "2024-04-30", *given)
    return done.code, done.err + done.out


def test_each_figure_is_answered_for_by_itself(tmp_path: Path, run: Run) -> None:
    sheet = figures("2024-W15,trips,9", "2024-W15,boats,4", "2024-W16,trips,8", "2024-W16,boats,4")
    ruled_campaign(tmp_path, RULES, {"a/ledger.csv": ledger("A,办结"), "a/figures.csv": sheet})
    assert [one.entry for one in of_a(tmp_path, "G112")] == ["2024-W15/trips", "2024-W16/trips"]
    code, _ = submitted(
        run, tmp_path, "G112:2024-W15/trips=春汛，每船出海两次", "G112:2024-W16/trips=春汛 每船出海两次。"
    )
    assert code == 0
    assert [dict(one.args)["second"] for one in of_a(tmp_path, "P111")] == ["2024-W16/trips"], "copied, but for signs"
    assert submitted(run, tmp_path, "G112:=一句话管全部")[0] == 2


def test_a_reason_lapses_when_either_number_of_a_relation_changes(tmp_path: Path, run: Run) -> None:
    sheet = figures("2024-W15,trips,9", "2024-W15,boats,4")
    ruled_campaign(tmp_path, RULES, {"a/ledger.csv": ledger("A,办结"), "a/figures.csv": sheet})
    assert submitted(run, tmp_path, "G112:2024-W15/trips=春汛，每船出海两次")[0] == 0
    assert not of_a(tmp_path, "P112")
    (tmp_path / "units/a/figures.csv").write_text(sheet.replace("boats,4", "boats,3"), encoding="utf-8")
    (found,) = of_a(tmp_path, "P112")
    assert (dict(found.args)["entry"], found.value, dict(found.args)["now"]) == ("2024-W15/trips", "9 <= 4", "9 <= 3")
    (tmp_path / "units/a/figures.csv").write_text(sheet.replace("boats,4", "boats,9"), encoding="utf-8")
    assert not of_a(tmp_path, "P112"), "nothing is left to be excused"


def test_a_hollow_answer_is_pointed_out_at_once_and_by_the_check(tmp_path: Path, run: Run) -> None:
    sheet = figures("2024-W15,trips,9", "2024-W15,boats,4")
    ruled_campaign(tmp_path, RULES, {"a/ledger.csv": ledger("A,办结"), "a/figures.csv": sheet})
    code, told = submitted(run, tmp_path, "G112:2024-W15/trips=经核实，数据无误")
    assert code == 0
    assert "经核实，数据无误" in told
    assert [one.value for one in of_a(tmp_path, "P110")] == ["经核实，数据无误"]


def test_a_reason_for_a_row_of_a_table_lapses_when_either_of_its_numbers_changes(tmp_path: Path, run: Run) -> None:
    rules = "  - {id: r, left: found, op: <=, right: boats, severity: warning}\n"
    sheet, held = figures("2024-04,boats,1"), ledger("A,办结", "A,办结")
    ruled_campaign(tmp_path, rules, {"a/ledger.csv": held, "a/figures.csv": sheet})
    code, told = submitted(run, tmp_path, "G121:t/r=一条船上有两处隐患")
    assert code == 0, told

    def lapsed() -> list[tuple[str, str, str]]:
        found = check.check(load.opened(Workspace(tmp_path)), JUNE).findings
        told = [(one, dict(one.args)) for one in found if one.code == "P112"]
        return [(args["entry"], one.value, args["now"]) for one, args in told]

    assert not lapsed()
    (tmp_path / "units/a/ledger.csv").write_text(ledger("A,办结", "A,办结", "A,办结"), encoding="utf-8")
    assert lapsed() == [("t/r", "2 <= 1", "3 <= 1")]
    (tmp_path / "units/a/ledger.csv").write_text(ledger("A,办结"), encoding="utf-8")
    assert not lapsed(), "nothing is left to be excused"
