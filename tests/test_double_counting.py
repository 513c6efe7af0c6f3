"""One hazard in two units, one unit under two names: pointed out with both places, and nothing is dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Run
from hazardctl import load, rollup
from hazardctl.cells.unit_names import bones
from hazardctl.returns.doubles import doubles
from hazardctl.workspace import Workspace
from office import TODAY, campaign, checked

HEADINGS = "编号,风险隐患基本情况,隐患部位,发现时间,责任人"


def twins(folder: Path, first: str, second: str, third: str = "") -> list[tuple[str, int, str]]:
    """Say which twins are found in the ledgers of two units, or three."""
    ledgers = {"a": first, "b": second, "c": third}
    files = {f"units/{unit}/ledger.csv": f"{HEADINGS}\n{rows}\n" for unit, rows in ledgers.items() if rows}
    files["units.csv"] = "id,name,parent\n" + "".join(f"{unit},{unit}所,\n" for unit in "abcd")
    found = checked(campaign(folder, files)).findings
    return [(one.path, one.line, dict(one.args)["other_path"]) for one in found if one.code == "X104"]


BOTH = [("units/b/ledger.csv", 2, "units/a/ledger.csv")]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("H2,三楼安全出口上锁,宏达商场,2022-08-03,", "H3,三楼安全出口上锁。,宏达　商场,2022-8-3,", BOTH),
        ("H2,三楼安全出口上锁,宏达商场,,", "H3,三楼安全出口上锁,宏达商场,2022-08-03,", BOTH),
        ("H2,三楼安全出口上锁,宏达商场,2022-08-03,", "H3,三楼安全出口上锁,宏达商场,2022-08-17,", []),
        ("H2,消防通道堵塞,1号楼,2022-08-03,", "H3,消防通道堵塞,2号楼,2022-08-03,", []),
        ("H2,消防通道堵塞,,2022-08-03,张三", "H3,消防通道堵塞,,2022-08-03,张三", []),
        ("H2,灭火器过期未及时更换且无检查记录,,2022-08-03,", "H3,灭火器过期未及时更换且无检查记录,,2022-08-03,", []),
        ("H2,灭火器过期未及时更换且无检查记录,/,,张三", "H3,灭火器过期未及时更换且无检查记录,无,,张三", BOTH),
        ("H2,灭火器过期未及时更换且无检查记录,,,所长", "H3,灭火器过期未及时更换且无检查记录,,,所长", []),
        ("H2,人民路12号宏达公司仓库无喷淋,,,", "H3,人民路１２号宏达公司仓库无喷淋,,,", BOTH),
        ("H2,三楼安全出口上锁,宏达商场,,", "H2,三楼安全出口上锁,宏达商场,,", []),  # X102: the same entry, a copy
        ("H2,无,宏达商场,,", "H3,无,宏达商场,,", []),
    ],
)
def test_one_hazard_in_two_units_is_pointed_out_and_usual_words_are_not(
    tmp_path: Path, first: str, second: str, found: list[tuple[str, int, str]]
) -> None:
    assert twins(tmp_path, first, second) == found


def test_what_many_units_write_is_a_usual_phrase(tmp_path: Path) -> None:
    row = "H{},应急照明灯损坏,一楼走廊,2022-08-03,"
    files = {f"units/u{number}/ledger.csv": f"{HEADINGS}\n{row.format(number)}\n" for number in range(2, 7)}
    files["units.csv"] = "id,name,parent\n" + "".join(f"u{number},{number}号所,\n" for number in range(2, 7))
    assert not [one for one in checked(campaign(tmp_path, files)).findings if one.code == "X104"]


def test_a_twin_is_pointed_out_and_stays_counted(tmp_path: Path) -> None:
    same = "三楼安全出口上锁,宏达商场,2022-08-03,"
    assert twins(tmp_path, f"H2,{same}", f"H3,{same}\nH4,{same}") == [*BOTH, ("units/b/ledger.csv", 3, BOTH[0][2])]
    table = rollup.roll_up(load.opened(Workspace(tmp_path)), "found", today=TODAY)
    assert table.rows[-1].values["found"] == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("城关镇司法所", "城关镇　司法所"), ("城关镇司法所", "城關鎮司法所"), ("城东街道", "城东街道办事处"),
        ("城东公安局", "城东公安分局"), ("达川区第一小学", "达川区第１小学"), ("第一小学", "一小"),
        ("宏达(达州)有限公司", "宏达（达州）有限责任公司"), ("百节镇司法所", "达州市达川区百节镇司法所"),
        ("百节镇人民政府", "百节镇"), ("区市场监督管理局", "区市场监管局"), ("城东", "城东街道"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("turned", [False, True])
def test_a_unit_under_two_spellings_is_pointed_out(tmp_path: Path, one: str, other: str, turned: bool) -> None:
    names = (other, one) if turned else (one, other)
    units = f"id,name,parent\np,总局,\nx,{names[0]},p\ny,{names[1]},p\n"
    found = [
        finding for finding in checked(campaign(tmp_path, {"units.csv": units})).findings if finding.code == "U108"
    ]
    assert [(finding.line, dict(finding.args)["other"]) for finding in found] == [(4, names[0])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("城关镇司法所", "城关街道司法所"), ("第一小学", "第二小学"), ("第十一中学", "第一中学"), ("一中队", "二中队"),
        ("达川区第一小学", "通川区第一小学"), ("东区所", "西区所"), ("教育局", "司法局"), ("城东派出所", "城东司法所"),
        ("第一小学", "第一中学"), ("三监区", "十三监区"),
    ],
)  # fmt: skip
def test_units_that_only_sound_alike_are_left_alone(tmp_path: Path, one: str, other: str) -> None:
    units = f"id,name,parent\np,总局,\nx,{one},p\ny,{other},p\n"
    assert not [found for found in checked(campaign(tmp_path, {"units.csv": units})).findings if found.code == "U108"]


def test_a_school_of_one_name_in_two_counties_is_two_schools(tmp_path: Path) -> None:
    units = "id,name,parent\np,达川区,\nq,通川区,\nx,第一小学,p\ny,通川区第一小学,q\n"
    assert not [found for found in checked(campaign(tmp_path, {"units.csv": units})).findings if found.code == "U108"]
    assert bones("") == ""


UNITS = "id,name,parent\na,甲所,\nb,乙所,\nc,丙所,\n"
SAID = "编号,风险隐患类别,风险隐患基本情况,隐患部位,发现时间,整改措施,责任部门,责任人,完成时限,整改状态"
TOLD = "{id},1,{said},{place},2022-08-03,加锁,办公室,张三,2022-09-30,整改中"
DAY = ("--today", "2022-09-05", "--lang", "zh")


def office_of(folder: Path, more: str = "", **rows: str) -> Path:
    """Make a campaign whose units have these rows."""
    files = {f"units/{unit}/ledger.csv": f"{SAID}\n{text}\n" for unit, text in rows.items()}
    files |= {
        f"units/{unit}/figures.csv": "period,key,value\n2022-08,checked,1\n2022-08,supervised,1\n" for unit in rows
    }
    limits = "name: 隐患排查整治\nchecklist: trial@1\n"
    return campaign(folder, {"units.csv": UNITS, "campaign.yaml": limits + more, **files})


def told(entry: str, said: str = "三楼安全出口上锁", place: str = "宏达商场") -> str:
    return TOLD.format(id=entry, said=said, place=place)


def test_who_sends_a_hazard_that_another_unit_has_too_is_told_and_may_have_to_answer(tmp_path: Path, run: Run) -> None:
    office_of(
        tmp_path, "policies: {warnings: answer}\n", a=told("H2"), b=told("H3", "三楼 安全出口上锁。", "宏达　商场")
    )
    first = run(*DAY, "submit", "a", "--period", "2022-08", "--by", "张三")
    assert (first.code, "units/b/ledger.csv:2" in first.err) == (0, True), "the other one is told to mend"
    second = run(*DAY, "submit", "b", "--period", "2022-08", "--by", "李四")
    assert (second.code, "X104" in second.err) == (1, True)
    answered = run(
        *DAY, "submit", "b", "--period", "2022-08", "--by", "李四", "--answer", "X104:H3=西门，与甲所的不是同一处"
    )
    assert answered.code == 0, answered.err


def test_of_hazards_told_in_other_words_or_letters_the_same_are_found_as_by_a_whole_check(tmp_path: Path) -> None:
    alike = {
        "a": [
            told("H2"),
            told("H20", "Exit locked on floor 3", "Café Zoë"),
            told("H200", "配电箱无盖，门坏", "⼈民路12号"),
        ],
        "b": [told("H3", "三楼安全、出口　上锁"), told("H30", "EXIT LOCKED ON FLOOR ３", "CAFE\u0301 ZOE\u0308")],
        "c": [told("H4", "配电箱无盖门坏", "人民路１２号"), told("H40", "配电箱无盖", "人民路12号")],
    }  # fmt: skip
    folder = office_of(tmp_path, **{unit: "\n".join(rows) for unit, rows in alike.items()})
    gbk = folder / "units/b/ledger.csv"
    gbk.write_bytes(gbk.read_text(encoding="utf-8").replace("e\u0301", "é").replace("e\u0308", "ë").encode("gb18030"))
    opened = load.opened(Workspace(folder))
    whole = [one for one in checked(folder).findings if one.code == "X104"]
    assert len(whole) == 3
    for unit in "abc":
        ledger, _ = load.load_ledger(opened.workspace, unit, opened.terms)
        assert ledger
        found = [one for one in doubles(opened, ledger, TODAY) if one.code == "X104"]
        assert found == [one for one in whole if unit in (one.unit, dict(one.args)["other"])]


def test_a_frozen_table_names_the_hazards_it_counts_in_two_units_and_what_was_said_of_them(
    tmp_path: Path, run: Run
) -> None:
    later = told("H9", "四楼安全出口上锁").replace("2022-08-03", "2022-09-03")
    office_of(tmp_path, a=f"{told('H2')}\n{later}", b=f"{told('H3')}\n{later.replace('H9', 'H8')}")
    run(*DAY, "submit", "b", "--period", "2022-08", "--by", "李四", "--answer", "X104:H3=西门，与甲所的不是同一处")
    done = run(*DAY, "freeze", "--period", "2022-08", "--allow-incomplete", "丙所未报")
    assert done.code == 0, done.err
    assert "甲所与乙所有1条隐患描述和位置相同（H2=H3）。乙所说明：西门，与甲所的不是同一处" in done.err
    assert "H8" not in done.err, "what came after the period is not counted"
    printed = run(*DAY, "rollup", "--period", "2022-08", "--basis", "frozen")
    assert "H2=H3" in printed.out
    run(*DAY, "set", "b", "H3", "description=西门安全出口上锁")
    again = run(*DAY, "restate", "--period", "2022-08", "--dry-run")
    assert (again.code, "没有变化" in again.err) == (0, True), "a note is no cell"


def test_a_copy_of_a_ledger_without_ids_keeps_a_table_from_being_frozen(tmp_path: Path, run: Run) -> None:
    office_of(tmp_path, a=told("", place=""), b=told("", place=""), c=told("H5", "门坏", "西门"))
    done = run(*DAY, "freeze", "--period", "2022-08")
    assert done.code != 0
    assert "有1条隐患同时在甲所和乙所的台账里" in done.err
    assert run(*DAY, "freeze", "--period", "2022-08", "--allow-incomplete", "上级要求先报").code == 0
    printed = run(*DAY, "rollup", "--period", "2022-08", "--basis", "frozen")
    assert "甲所与乙所的台账里都有1条隐患（2），重复计数。" in printed.out


def test_hazards_of_the_same_words_do_not_keep_a_table_from_being_frozen(tmp_path: Path, run: Run) -> None:
    office_of(tmp_path, a=told("H2"), b=told("H3"), c=told("H5", "门坏", "西门"))
    done = run(*DAY, "freeze", "--period", "2022-08")
    assert (done.code, "如是同一处则重复计数" in done.err) == (0, True)


def test_of_very_many_pairs_of_units_a_table_names_some_and_counts_the_others(tmp_path: Path, run: Run) -> None:
    units = [f"u{number:02}" for number in range(44)]
    rows = {unit: told(f"H{unit}", place=f"宏达商场{int(unit[1:]) // 2}号楼") for unit in units}
    office_of(tmp_path, **rows)
    (tmp_path / "units.csv").write_text("id,name\n" + "".join(f"{unit},{unit}所\n" for unit in units), encoding="utf-8")
    done = run(*DAY, "freeze", "--period", "2022-08")
    assert done.code == 0, done.err
    assert done.err.count("如是同一处则重复计数") == 20
    assert "另有2对单位" in done.err
