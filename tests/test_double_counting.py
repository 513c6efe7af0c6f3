"""One hazard in two units, one unit under two names: pointed out with both places, and nothing is dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from hazardctl import load, rollup
from hazardctl.cells.unit_names import bones
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
