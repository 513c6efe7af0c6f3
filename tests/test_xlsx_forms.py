"""The campaign's forms, filled in: the ledger of annex 1, the register of annex 2 as counts, the table of annex 3."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from hazardctl.reports import small_counts
from hazardctl.reports.register import _total
from hazardctl.statistics.table import Row, RowKind

HEAD = "编号,风险隐患类别,风险隐患基本情况,整改措施,责任部门,责任人,完成时限,整改状态,整改完成时间,整改结果\r\n"
ROWS = (
    'HABC-DEFG-HJKM,2.8,"=1+1\n第二行",补签,值班室,赵一,2022-09-01,整改中,,\r\n'
    "HABC-DEFG-HJKN,(二),007,更换,装备科,钱二,9月12日前,未整改,,\r\n"
)
REGISTER = "个案编号,重点人员类型,管控措施,责任人,复核时间,姓名\r\n"


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    (tmp_path / "campaign.yaml").write_text(
        "name: 测试活动\nchecklist: community-correction@2022.1\n", encoding="utf-8"
    )
    units = "id,name,parent\nqu,区局,\njia,甲所,qu\nyi,乙所,qu\nbing,丙所,qu\n"
    (tmp_path / "units.csv").write_text(units, encoding="utf-8")
    for unit, text in (("jia", HEAD + ROWS), ("yi", HEAD + "无" + "," * 9 + "\r\n")):
        write(tmp_path / "units" / unit / "ledger.csv", text)
    cases = "".join(f"A{at},{6 if at < 7 else 9},定期走访,赵一,2022-10-01,某某\r\n" for at in range(9))
    write(tmp_path / "units" / "jia" / "register.csv", REGISTER + cases)
    write(tmp_path / "units" / "yi" / "register.csv", REGISTER + "B1,6类,走访,钱二,,某某\r\n" * 5)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8-sig", newline="")


def report(run: Run, *words: str) -> list[list[Any]]:
    said = run("--lang", "zh", "--today", "2022-09-07", "report", *words, "-o", "out.xlsx")
    assert said.code == 0, said.err
    sheet: Any = openpyxl.load_workbook("out.xlsx").worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.usefixtures("campaign")
def test_annex_1_of_a_unit_stands_cell_for_cell_as_in_the_document(run: Run) -> None:
    cells = report(run, "annex1", "--unit", "jia")
    assert cells[0][0] == "附件1"
    assert cells[1][0] == "社区矫正隐患排查整治专项活动工作台账"
    assert [cell for cell in cells[2] if cell] == ["填报单位：甲所", "填报人：", "填报时间：2022年9月7日"]
    assert cells[3] == [
        "序号", "风险隐患类别", "风险隐患基本情况", "整改措施", "责任部门", "责任人", "完成时限", "整改状态",
    ]  # fmt: skip
    assert cells[4] == [1, "2.8", "=1+1\n第二行", "补签", "值班室", "赵一", "2022-09-01", "整改中"]
    assert cells[5] == [2, "2", "007", "更换", "装备科", "钱二", "9月12日前", "未整改"]
    assert [row[0] for row in cells[6:]] == [
        "说明：1. 工作台账于9月6日前报区社区矫正管理局。",
        "2. 风险隐患类别填“排查整治重点”中的类别。",
        "3. 整改状态按实时情况填“无法整改、未整改、整改中、已整改”之一。",
    ]


@pytest.mark.usefixtures("campaign")
def test_annex_1_of_all_units_names_the_unit_of_each_row_and_who_has_none(run: Run) -> None:
    cells = report(run, "annex1")
    assert cells[2][0] == "填报单位：区局"
    assert cells[3][:3] == ["序号", "单位", "风险隐患类别"]
    assert [row[:3] for row in cells[4:6]] == [[1, "甲所", "2.8"], [2, "甲所", "2"]]
    assert [row[0] for row in cells[9:]] == ["未报台账的单位：丙所。", "零报告单位：乙所。"]


def test_an_entry_too_long_for_one_row_stands_whole_in_several(campaign: Path, run: Run) -> None:
    long = "门锁损坏，多次报修未果。" * 200
    write(campaign / "units" / "jia" / "ledger.csv", HEAD + ROWS.replace("007", long))
    report(run, "annex1", "--unit", "jia")
    sheet: Any = openpyxl.load_workbook("out.xlsx").worksheets[0]
    assert sheet["C6"].value == long
    assert sheet["C6"].alignment.vertical == "top"
    merged = next(one for one in sheet.merged_cells.ranges if "C6" in one)
    rows = range(merged.min_row, merged.max_row + 1)
    heights = [sheet.row_dimensions[row].height for row in rows]
    assert max(heights) <= 409
    assert sum(heights) > len(long) / 19 * 14, "19 characters to a line"
    assert sheet.cell(merged.max_row + 1, 1).value.startswith("说明")
    (campaign / "units" / "jia" / "ledger.csv").unlink()
    said = run("import", "out.xlsx", "--unit", "jia", "--dry-run", "--format", "json")
    assert [one["row"] for one in json.loads(said.out)["imports"][0]["added"]] == [5, 6], "and is one entry"


@pytest.mark.usefixtures("campaign")
def test_a_nil_return_says_so_on_the_form(run: Run) -> None:
    assert report(run, "annex1", "--unit", "yi")[4] == [None, "无", *[None] * 6]


@pytest.mark.usefixtures("campaign")
def test_annex_2_leaves_a_unit_only_as_counts_and_small_ones_are_suppressed(run: Run) -> None:
    cells = report(run, "annex2")
    body = {row[0]: row[1:3] for row in cells[5:9]}
    assert cells[3] == ["单位", "各类人数", None]
    assert cells[4] == [None, "6类", "9类"]
    assert body == {"甲所": [7, "<5"], "乙所": [5, 0], "丙所": [None, None], "合计": [12, "*"]}
    assert "某某" not in str(cells)
    assert "走访" not in str(cells)


@pytest.mark.usefixtures("campaign")
def test_annex_2_of_its_own_unit_has_the_smallest_columns_and_no_name(run: Run) -> None:
    cells = report(run, "annex2", "--unit", "jia")
    assert cells[3] == ["序号", "个案编号", "重点人员类型", "管控措施", "责任人", "复核时间"]
    assert cells[4] == [1, "A0", "6", "定期走访", "赵一", "2022-10-01"]
    assert "某某" not in str(cells)


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [([7, 5], "12"), ([7, 3], "*"), ([1, 1], "*"), ([4, 4], "*"), ([1, 2], "<5"), ([3, 2, 9], "14"), ([0, 0], "0")],
)
def test_no_total_gives_a_suppressed_count_away(numbers: list[int], shown: str) -> None:
    assert _total(numbers, 5).text == shown


@pytest.mark.usefixtures("campaign")
def test_annex_3_is_the_roll_up_under_its_form(run: Run) -> None:
    cells = report(run, "annex3")
    assert [cell for cell in cells[2] if cell][:1] == ["填报单位：区局"]
    assert cells[5][:5] == ["区局", "=SUM(B7:B9)", "=SUM(C7:C9)", "=SUM(D7:D9)", "=SUM(E7:E9)"]
    assert cells[6][:5] == ["甲所", 0, 1, 1, 0]


def test_annex_3_gives_no_small_count_of_persons_away(campaign: Path, run: Run) -> None:
    for unit, count in (("jia", 12), ("yi", 3), ("bing", 0)):
        text = f"报告期,指标,数值\r\nannex3,“6+9”类重点社区矫正对象数,{count}\r\n"
        write(campaign / "units" / unit / "figures.csv", text)
    body = {row[0]: row[5] for row in report(run, "annex3")[5:10]}
    assert body == {
        "区局": 15,
        "甲所": "*",
        "乙所（零报告）": "<5",
        "丙所（未报）": 0,
        "合计": "=SUM(F6)",
    }
    told = json.loads(run("report", "annex3", "--format", "json").out)
    assert [row["values"]["key_persons"] for row in told["rows"]] == [15, "*", "<5", 0, 15]
    rolled = json.loads(run("rollup", "--format", "json").out)
    assert [row["values"]["key_persons"] for row in rolled["rows"]] == [15, 12, 3, 0, 15], "the bureau's own view"


BELOW = 3
leaves = st.lists(st.integers(0, 5), min_size=1, max_size=3)


@given(st.lists(leaves, min_size=1, max_size=3), st.booleans())
def test_nobody_can_work_a_small_count_out(counts: list[list[int]], rooted: bool) -> None:
    rows = []
    for number, inside in enumerate(counts):
        rows.append(row(f"p{number}", 1, "subtotal", sum(inside)))
        rows += [row(f"p{number}l{at}", 2, "data", count) for at, count in enumerate(inside)]
    if rooted:
        rows.append(row("", 0, "total", sum(map(sum, counts))))
    said = {node.row.unit: node.said for node in small_counts._settled(rows, "n", BELOW)}
    wholes = [said.get(f"p{number}") or sum(inside) for number, inside in enumerate(counts)]
    possible = [
        [found for found in product(*(values(said.get(f"p{number}l{at}"), count) for at, count in enumerate(inside)))
         if fits(sum(found), wholes[number])]
        for number, inside in enumerate(counts)
    ]  # fmt: skip
    whole = said.get("") or sum(map(sum, counts))
    worlds = [found for found in product(*possible) if not rooted or fits(sum(map(sum, found)), whole)]
    for number, inside in enumerate(counts):
        for at, count in enumerate(inside):
            if 0 < count < BELOW:
                assert len({world[number][at] for world in worlds}) > 1


def row(unit: str, level: int, kind: RowKind, count: int) -> Row:
    return Row(unit, unit, level, kind, "entries", {"n": count})


def values(said: str | None, count: int) -> list[int]:
    """Give what a printed cell can stand for."""
    return [count] if said is None else list(range(1, BELOW) if said == f"<{BELOW}" else range(BELOW, 16))


def fits(whole: int, printed: int | str) -> bool:
    return whole == printed if isinstance(printed, int) else printed == "*" or 0 < whole < BELOW


@pytest.mark.usefixtures("campaign")
@pytest.mark.parametrize("form", ["csv", "md", "html", "json", "text"])
def test_a_form_is_drawn_by_every_writer(form: str, run: Run) -> None:
    said = run("--lang", "zh", "report", "annex1", "--unit", "jia", "--format", form)
    assert said.code == 0, said.err
    assert "更换" in said.out
    if form == "json":
        assert json.loads(said.out)["rows"][1]["description"] == "007"


@pytest.mark.usefixtures("campaign")
def test_what_cannot_be_meant_is_said(run: Run) -> None:
    assert "annex1" in run("report", "annex9").err
    assert run("report", "annex1", "--period", "2022-08").code == 2
    assert run("report", "annex1", "--unit", "nowhere").code == 2
    assert run("report", "annex1", "-o", "a.doc").code == 2
    assert run("report", "annex1", "--format", "xlsx").code == 2
    assert run("report", "weekly", "-o", "a.xlsx").code == 2
    assert "annex3" in run("report", "--list").out


@pytest.mark.usefixtures("campaign")
def test_a_dry_run_writes_nothing(run: Run) -> None:
    assert run("report", "annex1", "-o", "a.xlsx", "--dry-run").code == 4
    assert not Path("a.xlsx").exists()


def test_a_ledger_that_cannot_be_read_is_named_and_the_exit_code_says_so(campaign: Path, run: Run) -> None:
    (campaign / "units" / "jia" / "ledger.csv").write_bytes(b"")
    said = run("--lang", "zh", "report", "annex1", "-o", "a.xlsx")
    assert said.code == 3
    assert "jia/ledger.csv" in said.err
