"""A published table is held against itself; what is right is left alone, however it is laid out."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT, Run
from hazardctl.rules.bulletin import check
from hazardctl.statistics.bulletin import read


def found(*rows: str, merges: tuple[tuple[int, ...], ...] = ()) -> list[tuple[str, int, int]]:
    """Say what is found in a table: code, line, column."""
    table = read("", [row.split(",") for row in rows], merges)
    return [(one.code, one.line, one.column) for one in check(table, "x.csv")] if table else [("none", 0, 0)]


def rate(part: int, whole: int, digits: int) -> str:
    if not whole:
        return "—"
    share = (Decimal(part) * 100 / whole).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{share}%"


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 900), st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=8),
    st.integers(0, 2), st.sampled_from(["first", "last"]),
)  # fmt: skip
def test_a_table_that_adds_up_is_left_alone(units: list[tuple[int, int, int]], digits: int, place: str) -> None:
    rows = [(whole + done + going, done, going, whole) for whole, done, going in units]
    total = tuple(sum(column) for column in zip(*rows, strict=True))
    lines = [
        f"{name},{','.join(map(str, row))},{rate(row[1], row[0], digits)}"
        for name, row in [*((f"{number}县", row) for number, row in enumerate(rows)), ("合计", total)]
    ]
    lines = [lines[-1], *lines[:-1]] if place == "first" else lines
    assert found("单位,总数,已整改,整改中,未整改,整改率", *lines) == []


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(1, 900), min_size=2, max_size=8), st.integers(0, 7), st.integers(1, 50))
def test_one_number_that_is_changed_is_found(counts: list[int], at: int, more: int) -> None:
    at %= len(counts)
    printed = [*counts, sum(counts)]
    printed[at] += more
    names = [*(f"{row}县" for row in range(len(counts))), "合计"]
    lines = [f"{name},{number}" for name, number in zip(names, printed, strict=True)]
    assert [code for code, *_ in found("单位,排查数", *lines)] == ["B101"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("单位,户数,占比", "甲,1,33.3%", "乙,1,33.3%", "丙,1,33.3%", "合计,3,100%"), []),  # shares add to 99.9
        (("单位,排查,整改率", "甲,12,100%", "其中：乡镇,9,50%", "乙,8,50%", "合计,20,80%"), []),
        (("单位,数", "甲,１２", "乙,1 234", "合计,1246"), [("B107", 3, 2), ("B101", 4, 2)]),
        (("单位,排查", "甲,12", "乙,/", "丙,", "合计,12"), []),
        (("单位,排查", "甲,6.7万", "合计,67000"), []),
        (("单位,排查", "合计,12"), []),
        (("单位,排查,整改", "甲县,7,5", "一所,3,2", "二所,4,3", "乙县,5,5", "合计,12,10"), []),
        (("单位,排查,整改", "甲县,7,5", "一所,3,2", "二所,4,3", "乙县,5,5", "合计,13,10"), [("B101", 6, 2)]),
        (("单位,学校,未改,接入率", "甲,1,0,0%", "乙,1,1,100%", "丙,1,1,0%", "合计,3,2,33.3%"), []),
        (("名称,电话", "甲,13812345678", "乙,13912345678", "合计,2"), [("none", 0, 0)]),
        (("单位,得分,排名", "甲,95,1", "乙,90,2"), []),
        (("单位,整改率", "甲,0.97", "乙,0.95", "全市,0.99"), [("B103", 4, 2)]),
        (("单位,排查,整改", "甲,3,2", "小计,3,2", "乙,4,4", "丙,5,5", "小计,9,9", "总计,12,11"), []),
        (("单位,已整改,未整改,合计", "甲,3,2,5", "乙,4,4,9", "丙,5,5,10"), [("B105", 3, 4)]),
        (("单位,已整改,总 数,整改中,未整改", "甲,3,6,2,1", "乙,4,9,4,1", "丙,5,12,5,1"), [("B105", 4, 3)]),
        (("单位,已整改,未整改,走访", "甲,3,2,5", "乙,4,4,8", "丙,5,5,11"), []),  # nobody says that it is a sum
        (("单位,总数/已整改,总数/未整改,总数/无法整改", "甲,3,2,5", "乙,4,4,8", "丙,5,5,11"), []),
        (("单位,排查,整改", "小计,7,6", "甲,3,2", "乙,4,4", "小计,5,5", "丙,5,5", "总计,12,11"), []),
    ],
)  # fmt: skip
def test_what_clerks_publish(rows: tuple[str, ...], expected: list[tuple[str, int, int]]) -> None:
    assert found(*rows) == expected


NESTED = (
    "地区,未整改,整改中,已整改,走访", "某区,15,30,75,10", "中心,1,2,3,4", "东片,6,11,22,3", "一所,2,4,7,1",
    "二所,4,7,15,2", "西片,8,17,50,3", "三所,3,8,20,2", "四所,5,9,30,1", "合计,15,30,75,10",
)  # fmt: skip


def test_rows_of_three_levels_are_not_added_three_times() -> None:
    assert found(*NESTED) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9), st.integers(1, 4), st.integers(1, 15))
def test_in_rows_of_three_levels_one_number_that_is_changed_is_found(row: int, column: int, more: int) -> None:
    rows = [line.split(",") for line in NESTED]
    rows[row][column] = str(int(rows[row][column]) + more)
    told = found(*(",".join(line) for line in rows))
    assert told
    assert {(code, at) for code, _, at in told} == {("B101", column + 1)}


def test_the_tools_own_table_of_every_level_has_no_false_sum(tmp_path: Path, run: Run) -> None:
    folder = ROOT / "examples" / "dachuan-2022"
    for form in ("csv", "xlsx", "html"):
        path = tmp_path / f"t.{form}"
        run("--campaign", folder, "--today", "2022-09-07", "--lang", "zh", "rollup", "-o", path)
        told = run("--lang", "zh", "check", "--table", path)
        assert "B101" not in told.out
        assert "B102" in told.out


def test_a_total_is_not_held_against_rates_of_which_one_is_over_100() -> None:
    assert found("单位,监管率", "甲,109.1%", "乙,88.9%", "丙,96.6%", "合计,97.3%") == [("B102", 2, 2)]
    assert found("单位,监管率", "甲,99.1%", "乙,88.9%", "丙,96.6%", "合计,99.3%") == [("B103", 5, 2)]


def test_the_rows_of_a_published_table_are_no_entries_of_units(tmp_path: Path, run: Run) -> None:
    (tmp_path / "b.csv").write_text("单位,排查\n甲县,12\n合计,12\n", encoding="utf-8")
    assert "公布的统计表，2 行" in run("--lang", "zh", "check", "--table", "b.csv").err


def test_a_word_file_and_a_campaign_folder_are_no_different(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "通报.csv"
    path.write_bytes("单位,整改率\r\n甲,96.61%\r\n乙,96.93%\r\n合计,97.28%\r\n".encode("gb18030"))
    told = run("--lang", "zh", "check", "--table", path)
    assert told.code == 1
    assert "97.28%，不在所含各行的范围（96.61至96.93）之内" in told.out
    assert run("check", "--table", path, "--fix").code == 2
    assert run("check", "--table", tmp_path / "none.csv").code == 3
    assert run("check", "--table", path, "--fail-on", "never", "--format", "json").code == 0
