from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Run

HEAD = "编号,风险隐患类别,风险隐患基本情况,整改措施,责任部门,责任人,完成时限,整改状态,整改完成时间,整改结果\r\n"
ROWS = (
    "HABC-DEFG-HJKM,2.8,值班记录缺签|<b>&amp;,补签,值班室,赵一,2022-09-01,整改中,,\r\n"
    "HABC-DEFG-HJKN,2.9,灭火器过期,更换,装备科,钱二,2022-09-12,未整改,,\r\n"
    "HABC-DEFG-HJKP,1.4,预案未修订,修订,办公室,孙三,2022-08-20,已整改,2022-09-05,已修订\r\n"
)


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    (tmp_path / "campaign.yaml").write_text(
        "name: 测试活动\nchecklist: community-correction@2022.1\n", encoding="utf-8"
    )
    (tmp_path / "units.csv").write_text(
        "id,name,parent\nqu,区局,\njia,甲所,qu\nyi,乙所,qu\nbing,丙所,qu\n", encoding="utf-8"
    )
    for unit, text in (("jia", HEAD + ROWS), ("yi", HEAD + "无" + "," * 9 + "\r\n")):
        (tmp_path / "units" / unit).mkdir(parents=True)
        (tmp_path / "units" / unit / "ledger.csv").write_text(text, encoding="utf-8-sig", newline="")
    return tmp_path


def test_the_weekly_report_names_who_has_not_reported_and_what_is_late(campaign: Path, run: Run) -> None:
    said = run("--lang", "zh", "--today", "2022-09-07", "report", "weekly")
    assert said.code == 0
    assert "应报单位 3 个，已报 2 个（其中零报告 1 个），未报 1 个。" in said.out
    assert "**未报：丙所。**" in said.out
    assert "无法整改 0 条，未整改 1 条，整改中 1 条，已整改 1 条" in said.out
    assert "逾期未整改（1 条）" in said.out
    assert "| 2022-09-01 | 6 天 |" in said.out
    assert "| 2022-09-12 | 5 天 |" in said.out
    assert "赵一" not in said.out, "a list that leaves the unit names departments, not people"


def test_the_same_report_speaks_english(campaign: Path, run: Run) -> None:
    said = run("--lang", "en", "--today", "2022-09-07", "report", "weekly")
    assert "3 units are expected to report; 2 have reported (1 of them nil), 1 have not." in said.out
    assert "## 4. Overdue (1)" in said.out


def test_data_is_escaped_in_both_kinds_of_file(campaign: Path, run: Run) -> None:
    assert r"值班记录缺签\|\<b\>&amp;" in run("--today", "2022-09-07", "report", "unit", "--unit", "jia").out
    page = run("--today", "2022-09-07", "report", "unit", "--unit", "jia", "--format", "html").out
    assert "值班记录缺签|&lt;b&gt;&amp;amp;" in page
    assert "default-src &#39;none&#39;" not in page
    assert "default-src 'none'" in page


@pytest.mark.parametrize(("unit", "words"), [("yi", "本单位零报告"), ("bing", "本单位尚未填报")])
def test_a_sheet_tells_nil_from_missing(campaign: Path, run: Run, unit: str, words: str) -> None:
    assert words in run("--lang", "zh", "report", "unit", "--unit", unit).out


def test_a_report_is_written_by_suffix_and_twice_the_same(campaign: Path, run: Run) -> None:
    page = campaign / "reports" / "周报.html"
    for _ in range(2):
        assert run("--today", "2022-09-07", "report", "weekly", "-o", page).code == 0
        first = page.read_bytes()
    assert page.read_bytes() == first
    assert first.startswith(b"<!doctype html>")


def test_a_dry_run_writes_nothing(campaign: Path, run: Run) -> None:
    assert run("report", "weekly", "-o", "x.md", "--dry-run").code == 4
    assert not (campaign / "x.md").exists()


def test_the_bureaus_own_template_wins(campaign: Path, run: Run) -> None:
    (campaign / "templates").mkdir()
    (campaign / "templates" / "weekly.md.j2").write_text("{{ campaign }}：{{ entries }} 条\n", encoding="utf-8")
    assert run("report", "weekly").out == "测试活动：3 条\n"
    assert "this campaign's templates/" in run("report", "--list").out


def test_a_template_of_a_new_name_has_the_facts_of_the_weekly_report(campaign: Path, run: Run) -> None:
    (campaign / "templates").mkdir()
    (campaign / "templates" / "brief.md.j2").write_text("{{ late | length }}\n", encoding="utf-8")
    assert run("--today", "2022-09-07", "report", "brief").out == "1\n"


def test_lint_says_what_is_wrong_with_a_template(campaign: Path, run: Run) -> None:
    (campaign / "templates").mkdir()
    (campaign / "templates" / "weekly.md.j2").write_text("｛｛ campaign ｝｝\n{{ campaing }}\n", encoding="utf-8")
    said = run("report", "weekly", "--lint")
    assert said.code == 1
    assert "weekly.md.j2:1:1" in said.out
    assert "T102" in said.out
    assert "T103" in said.out


def test_the_shipped_templates_have_no_mistakes(campaign: Path, run: Run) -> None:
    for name in ("weekly", "unit"):
        assert run("report", name, "--lint").code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("report",), "Which report?"),
        (("report", "unit"), "needs --unit"),
        (("report", "unit", "--unit", "ding"), "There is no unit “ding”."),
        (("report", "nothing"), "There is no report “nothing”"),
        (("report", "weekly", "-o", "x.exe"), "written as"),
    ],
)
def test_what_cannot_be_meant_is_said(campaign: Path, run: Run, words: tuple[str, ...], sentence: str) -> None:
    said = run(*words)
    assert said.code in (2, 3)
    assert sentence in said.err


def test_a_nil_return_is_an_answer_and_a_heading_alone_is_none(campaign: Path, run: Run) -> None:
    folder = campaign / "units" / "bing"
    folder.mkdir(parents=True)
    (folder / "ledger.csv").write_text(HEAD, encoding="utf-8-sig", newline="")
    assert "**未报：丙所。**" in run("--lang", "zh", "--today", "2022-09-07", "report", "weekly").out
    for words in (("bing", "--nil"), ("yi",)):
        assert run("--today", "2022-09-07", "submit", *words, "--period", "2022-08").code == 0
    said = run("--lang", "zh", "--today", "2022-09-07", "report", "weekly", "--period", "2022-08").out
    assert "应报单位 3 个，已报 2 个（其中零报告 2 个），未报 1 个。以上按报送统计，" in said
    assert "应于 2022-08-31 前报送，迟报 2 个。" in said
    assert "零报告：乙所、丙所。" in said
    assert "**未报：甲所。**" in said
    counted = json.loads(run("--today", "2022-09-07", "status", "--period", "2022-08", "--format", "json").out)["total"]
    assert [counted[key] for key in ("expected", "received", "nil", "missing", "late")] == [3, 2, 2, 1, 2]


def test_the_weekly_report_of_a_unit_is_of_it_and_of_those_below_it(campaign: Path, run: Run) -> None:
    units = "id,name,parent\nshi,市局,\nqu,区局,shi\njia,甲所,qu\nyi,乙所,qu\nbing,丙所,shi\n"
    (campaign / "units.csv").write_text(units, encoding="utf-8")
    words = ("--today", "2022-09-07", "--lang", "zh", "report", "weekly")
    part = run(*words, "--unit", "qu").out
    assert "# 测试活动区局周报" in part
    assert "应报单位 2 个，已报 2 个（其中零报告 1 个），未报 0 个。" in part
    assert "丙所" not in part
    assert "市局" not in part
    assert run("--today", "2022-09-07", "submit", "yi", "--period", "2022-08").code == 0
    part = run(*words, "--unit", "qu", "--period", "2022-08").out
    assert "应报单位 2 个，已报 1 个（其中零报告 1 个），未报 1 个。" in part
    assert "**未报：甲所。**" in part
    one = run(*words, "--unit", "bing", "--format", "html").out
    assert "共登记" not in one
    assert "甲所" not in one
    assert "**未报：甲所、丙所。**" in run(*words, "--period", "2022-08").out, "without a unit it is of all"
