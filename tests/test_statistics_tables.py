"""Tables a checklist may define: their conditions, rates, rows and layouts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from campaigns import FOUND, TODAY, campaign, ledger, numbers, rolled
from conftest import Run
from hazardctl import load
from hazardctl.errors import UsageError
from hazardctl.publishing.published import Wanted, publish
from hazardctl.returns.returned import is_nil
from hazardctl.rollup import BrokenTableError
from hazardctl.statistics import printed
from hazardctl.statistics.compiling import problems
from hazardctl.statistics.table import rounded

# Rates


@pytest.mark.parametrize(
    ("top", "bottom", "decimals", "printed"),
    [
        *[(1, 8, 1, "12.5"), (1, 8, 0, "13"), (5, 1000, 0, "1"), (2, 3, 2, "66.67"), (1, 3, 0, "33")],
        *[(199, 200, 0, "100"), (9995, 10000, 1, "100.0")],
    ],
)  # fmt: skip
def test_percentages_are_rounded_half_up_once(top: int, bottom: int, decimals: int, printed: str) -> None:
    assert str(rounded(Fraction(top, bottom) * 100, decimals)) == printed


def test_rounding_is_symmetric_about_zero() -> None:
    assert rounded(Fraction(-5, 2), 0) == Decimal(-3)


@pytest.mark.parametrize(
    ("column", "table", "policy", "expected"),
    [
        ("", "", "", None),
        ("", "", "100", "100.0"),
        ("", "0", "100", "0.0"),
        ("blank", "0", "100", None),
        ("100", "", "", "100.0"),
    ],
)
def test_a_zero_denominator_prints_what_column_table_or_campaign_says(
    tmp_path: Path, column: str, table: str, policy: str, expected: str | None
) -> None:
    zeros = [f", zero: '{zero}'" if zero else "" for zero in (table, column)]
    definition = (
        f"- {{id: t, title: 表{zeros[0]}, columns: [{{label: 总数, key: found, count: {{}}}}, "
        f"{{label: 率, ratio: [done, found], percent: 1{zeros[1]}}}, "
        "{label: 办结, key: done, count: {status: done}}]}"
    )
    more = f"policies: {{zero: '{policy}'}}\n" if policy else ""
    found = campaign(tmp_path, definition, "a,甲,,,,\nb,乙,,,,\n", {"a/ledger.csv": "编号,问题类别\n,无\n"}, more=more)
    assert numbers(rolled(found), "a") == ["0", expected, "0"]
    assert numbers(rolled(found), "b") == [None, None, None]


# Definitions


def test_every_mistake_in_a_table_is_said_at_once(tmp_path: Path) -> None:
    found = campaign(
        tmp_path,
        """\
        - id: t
          title: 表
          rows: ships
          columns:
            - {label: 一, count: {stauts: done, status: fixed, category: C, open: maybe, found: today, blank: nothing}}
            - {label: 二, count: {}, figure: boats}
            - {label: 三, sum: status}
            - {label: 四, ratio: [boats]}
            - {label: 五, ratio: [nobody, rate], percent: 9}
            - {label: 六, key: rate, add: [rate]}
            - {label: 七, key: rate, value: colour}
            - {label: 八, figure: fish, where: {status: done}, percent: 1}
            - {label: 九, sum: cost, where: {overdue: "true"}}
        """,
        "a,甲,,,,\n",
    )
    with pytest.raises(BrokenTableError) as caught:
        rolled(found)
    assert caught.value.exit_code == 3
    said = str(caught.value)
    for words in (
        *("stauts", "fixed", "“C”", "maybe", "today", "nothing", "ships", "nobody", "fish", "colour"),
        *(
            "columns[1]: a column is exactly one",
            "columns[2].sum",
            "columns[3].ratio",
            "made of itself",
            "percent: 9 decimals",
        ),
        *("columns[6].key", "columns[7].where", "columns[7].percent", "columns[8].where.overdue"),
    ):
        assert words in said


def test_columns_get_keys_that_say_what_they_hold(tmp_path: Path) -> None:
    found = campaign(
        tmp_path,
        """\
        - id: t
          title: 表
          columns:
            - {label: 单位, value: unit}
            - {label: 总数, count: {}}
            - {label: 办结, count: {status: done}}
            - {label: 再一次, count: {status: done}}
            - {label: 在办, count: {status: [not_started, in_progress]}}
            - {label: 逾期, count: {overdue: "true", category: A}}
            - {label: 船, figure: boats}
            - {label: 费用, sum: cost}
            - {label: 率, ratio: [checked, boats]}
            - {label: 和, add: [done, boats]}
            - {label: 自己的, key: mine, count: {blank: item}}
        """,
        "a,甲,,,,\n",
    )
    assert [column.key for column in rolled(found).columns] == [
        "unit", "count", "done", "done_2", "not_started_in_progress", "overdue_A", "boats", "cost", "rate", "sum",
        "mine",
    ]  # fmt: skip


def test_conditions_choose_entries(tmp_path: Path) -> None:
    headings = "编号,问题类别,办理情况,检查项,查出日期,办结日期,泊位性质,是否投保"
    found = campaign(
        tmp_path,
        """\
        - id: t
          title: 表
          columns:
            - {label: 码头, count: {category: A}}
            - {label: 照明, count: {category: A.2}}
            - {label: 灯, count: {item: A.2}}
            - {label: 两类, count: {category: [A.1, B]}}
            - {label: 公用, count: {berth: public}}
            - {label: 投保, count: {insured: "yes"}}
            - {label: 新发现, count: {found: in_period}}
            - {label: 新办结, count: {done: in_period}}
            - {label: 无泊位, count: {blank: berth}}
            - {label: 有泊位未结, count: {filled: berth, open: "true"}}
        """,
        "a,甲,,,,\n",
        {
            "a/ledger.csv": ledger(
                "A,办结,A.1,2024-03-05,2024-05-02,公用,是",
                "码头,办结,A.2.a,2024-05-05,2024-05-20,自用,否",
                "A.2,办理中,,2024-05-31,,公用,√",
                "B,尚未办理,B.1,2024-06-01,,/,",
                ",办理中,B.1,2024-05-01,,,",
                headings=headings,
            )
        },
    )
    may = rolled(found, period="2024-05")
    assert numbers(may, "a") == ["3", "2", "2", "2", "2", "2", "3", "2", "1", "1"]
    assert numbers(rolled(found), "a") == ["3", "2", "2", "3", "2", "2", "5", "2", "2", "1"]


def test_fixed_in_the_period_counts_what_was_found_in_any_earlier_one(tmp_path: Path) -> None:
    found = campaign(
        tmp_path,
        FOUND % ", {label: 办结, count: {done: in_period}}",
        "a,甲,,,,\n",
        {
            "a/ledger.csv": ledger(
                "A,办结,2024-03-05,2024-05-02", "A,办结,2024-05-05,2024-06-20", "A,办结,2024-05-05,",
                headings="编号,问题类别,办理情况,查出日期,办结日期",
            )
        },
    )  # fmt: skip
    table = rolled(found, period="2024-05")
    assert numbers(table, "a") == ["3", "1"]
    assert table.remarks.uncounted == (("甲", "done_on", 1),)


@pytest.mark.parametrize("name", load.checklist_files(None))
def test_every_shipped_table_can_be_counted(name: str) -> None:
    path = load.find_checklist(name, None)
    checklist, _ = load.load_checklist(path, path.name)
    assert checklist.tables
    assert [(table.id, problem) for table in checklist.tables for problem in problems(table, checklist)] == []


# Other layouts


def test_categories_by_status(tmp_path: Path) -> None:
    found = campaign(
        tmp_path,
        """\
        - id: t
          title: 表
          rows: categories
          columns:
            - {label: 类别, value: name}
            - {label: 代码, value: code}
            - {label: 总数, count: {}}
            - {label: 办结, count: {status: done}}
            - {label: 率, ratio: [done, count], percent: 0}
        """,
        "x,总,,,,\na,甲,x,,,\nb,乙,x,,,\n",
        {
            "a/ledger.csv": ledger("A,办结", "A.1,办理中", "B,办结"),
            "b/ledger.csv": ledger("二,办结", "码头,办结", "C,办结"),
        },
    )
    table = rolled(found)
    assert [(found.unit, *map(str, found.values.values())) for found in table.rows] == [
        ("A", "3", "2", "67"), ("B", "2", "2", "100"), ("/unplaced", "1", "1", "100"), ("", "6", "5", "83"),
    ]  # fmt: skip
    assert [found.kind for found in table.rows] == ["data", "data", "data", "total"]
    assert table.remarks.uncounted == (("乙", "category", 1),)
    assert numbers(rolled(found, unit="a"), "B") == ["1", "1", "100"]


def test_items_stand_under_their_categories(tmp_path: Path) -> None:
    found = campaign(
        tmp_path,
        "- {id: t, title: 表, rows: items, total: first, columns: [{label: 项, value: name}, {label: 数, count: {}}]}",
        "a,甲,,,,\n",
        {
            "a/ledger.csv": ledger(
                "A,办结,A.1", "A,办结,", "A,办结,A.2.a", "B.1,办结,", headings="编号,问题类别,办理情况,检查项"
            )
        },
    )
    assert [(one.unit, one.level, one.kind, one.values["count"]) for one in rolled(found).rows] == [
        ("", 0, "total", 4), ("A", 1, "subtotal", 3), ("A/own", 2, "own", 1), ("A.1", 2, "data", 1),
        ("A.2", 2, "data", 1), ("B", 1, "subtotal", 1), ("B.1", 2, "data", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("statuses", {"unable": 0, "not_started": 0, "in_progress": 1, "done": 2, "": 3}),
        ("berth", {"public": 1, "private": 1, "/unplaced": 1, "": 3}),
        ("insured", {"yes": 1, "no": 1, "/unplaced": 1, "": 3}),
    ],
)
def test_rows_may_be_statuses_or_choices(tmp_path: Path, rows: str, expected: dict[str, int]) -> None:
    found = campaign(
        tmp_path,
        f"- {{id: t, title: 表, rows: {rows}, columns: [{{label: 项, value: name}}, {{label: 总数, count: {{}}}}]}}",
        "a,甲,,,,\n",
        {
            "a/ledger.csv": ledger(
                "A,办结,公用,是", "A,办理中,自用,", "B,办结,,否", headings="编号,问题类别,办理情况,泊位性质,是否投保"
            )
        },
    )
    assert {one.unit: one.values["count"] for one in rolled(found).rows} == expected


def test_subtotals_and_the_total_may_be_left_out(tmp_path: Path) -> None:
    tables = "".join(
        f"- {{id: {name}, title: 表, {option}, columns: [{{label: 单位, value: unit}}, {{label: 数, count: {{}}}}]}}\n"
        for name, option in (("plain", "subtotals: false"), ("bare", "total: none"), ("first", "total: first"))
    )
    found = campaign(tmp_path, tables, "x,总,,,,\na,甲,x,,,\nb,乙,x,,,\n", {"a/ledger.csv": ledger("A,办结")})
    assert [one.unit for one in rolled(found, "plain").rows] == ["a", "b", ""]
    assert [one.unit for one in rolled(found, "bare").rows] == ["x", "a", "b"]
    assert [one.unit for one in rolled(found, "first").rows] == ["", "x", "a", "b"]


@pytest.mark.parametrize("trails", [False, True])
def test_a_ledger_without_a_needed_column_is_blank_there_and_never_nought(tmp_path: Path, trails: bool) -> None:
    columns = (
        ", {label: 办结, count: {status: done}}, {label: 未结, count: {open: true}}, "
        "{label: 未逾期, count: {overdue: false}}, {label: 办结率, ratio: [done, count], percent: 1}, "
        "{label: 费用, sum: cost}"
    )
    found = campaign(
        tmp_path,
        FOUND % columns,
        "a,甲,,,,\nb,乙,,,,\n",
        {
            "a/ledger.csv": ledger("A,办结", "B,无法办理"),
            "b/ledger.csv": ledger("A,办结", "B,办结", "B,办结", headings="编号,问题类别,现在怎么样"),
        },
    )
    table = publish(found, Wanted(trails=trails), language="zh", files="zh", today=TODAY).table
    assert numbers(table, "a") == ["2", "1", "1", "2", "50.0", None]
    assert numbers(table, "b") == ["3", None, None, None, None, None]
    assert numbers(table, "") == ["5", "1", "1", "2", "50.0", None]
    assert table.remarks.lacking == (("乙", "status", 3),)
    assert table.remarks.uncounted == ()
    assert table.exit_code == 1
    assert any("乙：台账没有“办理情况”栏，3条" in line for line in printed.troubles(table, "zh"))


def test_a_unit_without_a_status_column_is_not_nought_in_rows_by_category(tmp_path: Path) -> None:
    columns = "[{label: 总数, count: {}}, {label: 未结, count: {open: true}}]"
    tables = f"- {{id: t, title: 表, rows: categories, columns: {columns}}}"
    files = {"a/ledger.csv": ledger("A,办结", headings="编号,问题类别,现在怎么样")}
    alone = rolled(campaign(tmp_path, tables, "a,甲,,,,\n", files))
    assert [numbers(alone, name) for name in ("A", "B", "")] == [["1", None], ["0", None], ["1", None]]
    beside = rolled(campaign(tmp_path, tables, "a,甲,,,,\nb,乙,,,,\n", {**files, "b/ledger.csv": ledger("A,办理中")}))
    assert [numbers(beside, name) for name in ("A", "B", "")] == [["2", "1"], ["0", "0"], ["2", "1"]]


# What the notes tell

FIGURES = FOUND % ", {label: 船, figure: boats}"


def test_a_unit_without_a_ledger_whose_figures_count_is_not_said_to_be_blank(tmp_path: Path) -> None:
    files = {"a/figures.csv": "period,key,value\n2024-05,boats,3\n"}
    table = rolled(campaign(tmp_path, FIGURES, "a,甲,,,,\nb,乙,,,,\n", files))
    assert numbers(table, "") == [None, "3"]
    notes = printed.remarks(table, "zh")
    assert "未报台账，只计入填报数：甲。" in notes
    assert "未报单位：乙，表中留空。" in notes


@pytest.mark.parametrize(
    ("units", "said"), [(3, "未填报的有单位1、单位2。"), (8, "船：应报8个单位中1个已填报，7个未填报。")]
)
def test_a_figure_that_some_have_not_reported_is_told(tmp_path: Path, units: int, said: str) -> None:
    listed = "".join(f"u{at},单位{at},,,,\n" for at in range(units)) + "x,停用,,,,2024-01-31\n"
    found = campaign(tmp_path, FIGURES, listed, {"u0/figures.csv": "period,key,value\n2024-05,boats,3\n"})
    notes = printed.remarks(rolled(found, period="2024-05"), "zh")
    assert len([line for line in notes if line.endswith(said)]) == 1


def test_a_period_that_has_not_begun_is_told(tmp_path: Path) -> None:
    found = campaign(tmp_path, FIGURES, "a,甲,,,,\n")
    table = rolled(found, period="2024-06", today=date(2024, 5, 31))
    assert any("2024-06-01才开始" in line for line in printed.troubles(table, "zh"))
    assert not rolled(found, period="2024-06", today=date(2024, 6, 1)).remarks.begins


def test_a_period_outside_the_campaign_is_refused_with_its_days(tmp_path: Path) -> None:
    found = campaign(tmp_path, FIGURES, "a,甲,,,,\n")
    for period in ("2024-02", "2024-07", "2030"):
        with pytest.raises(UsageError, match=r"2024-03-01.*2024-06-30"):
            rolled(found, period=period)
    assert rolled(found, period="2024").rows


def test_a_nil_return_for_one_month_does_not_make_the_campaign_nil(tmp_path: Path) -> None:
    found = campaign(tmp_path, FIGURES, "a,甲,,,,\n", {"a/returns.yaml": sent("2024-05")})
    assert not is_nil(found, "a", "", "")
    assert is_nil(found, "a", "2024-05-01", "2024-05-31")
    (tmp_path / "units/a/returns.yaml").write_text(sent("2024-06") + sent("2024-05"), encoding="utf-8")
    assert is_nil(found, "a", "", "")


def sent(period: str) -> str:
    return f"- period: {period}\n  number: 1\n  state: nil\n  rows: 0\n  by: 甲\n  at: 2024-06-30\n"


@pytest.mark.parametrize(("form", "stream"), [("table", "out"), ("md", "out"), ("csv", "err"), ("json", "err")])
def test_a_trouble_is_told_once(tmp_path: Path, run: Run, form: str, stream: str) -> None:
    campaign(tmp_path, FIGURES, "a,甲,,,,\n", {"a/figures.csv": "period,key,value\n2024-05,boats,-3\n"})
    told = run("--campaign", str(tmp_path), "--lang", "zh", "rollup", "--format", form)
    assert told.code == 1
    assert (told.out + told.err).count("是负数") == 1
    assert "是负数" in getattr(told, stream)
