"""Rules between figures hold in the rows of tables: of units, of their sums, and against the period before."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from unittest import mock

import pytest

import campaigns
from campaigns import campaign, ledger, rolled
from conftest import Run
from hazardctl import check, i18n, weekly
from hazardctl.load import Opened
from hazardctl.publishing import freeze, history, published, ruled
from hazardctl.publishing.published import Wanted
from hazardctl.rollup import Asked, prepare
from hazardctl.rules import tabled
from hazardctl.statistics import printed
from hazardctl.statistics.table import Table

TABLE = """\
- id: t
  title: 表
  columns:
    - {label: 单位, value: unit}
    - {label: 总数, key: found, count: {}}
    - {label: 未办, key: open, count: {status: [not_started, in_progress]}}
    - {label: 办结, key: done, count: {status: done}}
    - {label: 渔船, figure: boats}
    - {label: 已查, figure: checked}
    - {label: 出海, figure: trips}
    - {label: 检查率, key: rate, ratio: [checked, boats], percent: 1}
"""
UNITS = "p,全市,,,,\na,甲,p,,,\nb,乙,p,,,\n"
JUNE = date(2024, 6, 30)


def ruled_campaign(
    root: Path, rules: str, files: dict[str, str] | None = None, more: str = "", units: str = UNITS
) -> Opened:
    """Make a campaign whose checklist has these rules."""
    with mock.patch.object(
        campaigns, "HARBOURS", campaigns.HARBOURS.replace("tables:\n", f"figure_rules:\n{rules}tables:\n")
    ):
        return campaign(root, TABLE, units, files, more)


def figures(*rows: str) -> str:
    return "\n".join(("period,key,value", *rows)) + "\n"


def told(table: Table) -> list[tuple[str, str, str]]:
    """Give what is against a table: code, row, both numbers."""
    return [(tabled.code_of(one), one.row, tabled.shown(one)) for one in table.against]


def test_a_sum_of_units_that_each_report_one_half_is_held_against_the_rule(tmp_path: Path) -> None:
    opened = ruled_campaign(tmp_path, "  - {id: r, left: checked, op: <=, right: boats}\n", {
        "a/figures.csv": figures("2024-04,checked,9"), "b/figures.csv": figures("2024-04,boats,2"),
    })  # fmt: skip
    table = rolled(opened)
    assert told(table) == [("G120", "p", "9 <= 2")], "the total says no more than the subtotal"
    assert table.exit_code == 1
    (found,) = [one for one in check.check(opened, JUNE).findings if one.code == "G120"]
    assert (found.path, found.line, found.entry, found.value) == ("units.csv", 2, "t/r", "9 <= 2")
    assert "9 <= 2" in found.message()


def test_a_count_is_held_against_a_figure_in_the_row_of_the_unit(tmp_path: Path) -> None:
    opened = ruled_campaign(tmp_path, "  - {id: r, left: found, op: <=, right: checked, severity: warning}\n", {
        "a/ledger.csv": ledger("A,办结", "A,办结", "B,办结"), "a/figures.csv": figures("2024-04,checked,2"),
        "b/ledger.csv": ledger("A,办结"), "b/figures.csv": figures("2024-04,checked,2"),
    })  # fmt: skip
    assert told(rolled(opened)) == [("G121", "a", "3 <= 2")]
    assert rolled(opened).exit_code == 0, "a relation with exceptions is to be explained; the table stands"
    found = check.check_unit(opened, "a", JUNE).findings
    assert [one.entry for one in found if one.code == "G121"] == ["t/r"]
    assert not [one for one in check.check_unit(opened, "b", JUNE).findings if one.code == "G121"]


def test_what_two_units_break_together_is_told_once_for_each_and_the_rest_for_their_sum(tmp_path: Path) -> None:
    opened = ruled_campaign(tmp_path, "  - {id: r, left: found, op: ==, right: checked}\n", {
        "a/ledger.csv": ledger("A,办结", "A,办结"), "a/figures.csv": figures("2024-04,checked,3"),
        "b/ledger.csv": ledger("A,办结"),
    }, units="p,全市,,,,\na,甲,p,,,\nb,乙,p,,,\n")  # fmt: skip
    assert told(rolled(opened)) == [("G120", "a", "2 == 3")]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("skip", []), ("report", [("G122", "a", "")]), ("zero", [("G120", "a", "2 <= 0")])],
)
def test_what_is_missing_is_skipped_told_or_taken_for_nothing_as_the_rule_says(
    tmp_path: Path, policy: str, expected: list[tuple[str, str, str]]
) -> None:
    rule = f"  - {{id: r, left: found, op: <=, right: checked, when_missing: {policy}}}\n"
    opened = ruled_campaign(tmp_path, rule, {"a/ledger.csv": ledger("A,办结", "A,办结")})
    assert told(rolled(opened)) == expected


def test_a_rate_that_is_reported_agrees_with_the_counts_to_the_digit_both_have(tmp_path: Path) -> None:
    rule = "  - {id: r, left: rate, op: ==, right: trips}\n"  # reported under another name
    sheet = figures("2024-04,checked,2", "2024-04,boats,3", "2024-04,trips,67")
    assert told(rolled(ruled_campaign(tmp_path / "1", rule, {"a/figures.csv": sheet}))) == []
    other = sheet.replace("67", "66")
    assert told(rolled(ruled_campaign(tmp_path / "2", rule, {"a/figures.csv": other})))[0] == (
        "G120",
        "a",
        "66.7 == 66",
    )


def test_rows_that_cannot_be_read_are_told_as_such_and_not_as_a_contradiction_as_well(tmp_path: Path) -> None:
    opened = ruled_campaign(tmp_path, "  - {id: r, left: [open, done], op: ==, right: found}\n", {
        "a/ledger.csv": ledger("A,办结", "A,莫名其妙"),
    })  # fmt: skip
    table = rolled(opened)
    assert table.against == ()
    assert table.remarks.uncounted == (("甲", "status", 1),)


def test_what_counting_makes_true_costs_a_check_nothing(tmp_path: Path) -> None:
    rules = "  - {id: a, left: done, op: <=, right: found}\n  - {id: b, left: [open, done], op: <=, right: found}\n"
    assert ruled.tables(ruled_campaign(tmp_path / "1", rules)) == ()
    more = rules + "  - {id: c, left: found, op: <=, right: done}\n"
    (one,) = ruled.tables(ruled_campaign(tmp_path / "2", more))
    assert [rule.id for rule in one.rules] == ["c"]
    assert [column.key for column in one.asked.compiled.columns] == ["found", "done"]


OPENING = "  - {id: r, left: checked, op: ==, right: last.boats, why: 期初数等于上期期末数}\n"


def test_an_opening_stock_is_held_against_the_closing_stock_that_was_published(tmp_path: Path) -> None:
    files = {
        "a/figures.csv": figures("2024-04,boats,7", "2024-05,checked,7", "2024-05,boats,9"),
        "b/figures.csv": figures("2024-04,boats,5", "2024-05,checked,4", "2024-05,boats,4"),
    }
    opened = ruled_campaign(tmp_path, OPENING, files)
    freeze.freeze(opened, "2024-04", ["t"], today=date(2024, 5, 3), incomplete="未报台账")
    wanted = Wanted("t", "2024-05")
    made = published.publish(opened, wanted, language="zh", files="zh", today=JUNE)
    assert told(made.table) == [("G120", "b", "4 == 5")]
    assert "乙：“已查 == 上期渔船”不成立（4 == 5）。期初数等于上期期末数" in made.document.remarks
    assert told(history.judged(opened, _asked(opened, "2024-04"), rolled(opened, "t", period="2024-04"), JUNE)) == []
    with pytest.raises(freeze.IncompleteTableError, match=r"4 == 5"):
        freeze.freeze(opened, "2024-05", ["t"], today=JUNE)
    (found,) = [one for one in check.check(opened, JUNE).findings if one.code == "G111"]
    assert (found.path, found.line, found.entry) == ("units/b/figures.csv", 3, "2024-05/checked")
    assert "last" not in found.message()


def _asked(opened: Opened, period: str) -> Asked:
    return prepare(opened, "t", period)


def test_an_opening_stock_is_held_against_what_was_sent_where_nothing_is_frozen(tmp_path: Path, run: Run) -> None:
    opened = ruled_campaign(tmp_path, OPENING, {
        "b/ledger.csv": "编号,问题类别,办理情况\n无,,\n",
        "b/figures.csv": figures("2024-04,boats,5", "2024-05,checked,4", "2024-05,boats,4"),
    })  # fmt: skip
    sent = ("submit", "b", "--period", "2024-04", "--nil", "--by", "李", "--override", "五月的数另行更正")
    assert run("--campaign", tmp_path, "--today", "2024-04-30", *sent).code == 0
    table = history.judged(opened, _asked(opened, "2024-05"), rolled(opened, "t", period="2024-05"), JUNE)
    assert told(table) == [("G120", "b", "4 == 5")]


def test_a_row_far_from_its_own_frozen_ones_is_told(tmp_path: Path) -> None:
    months = range(1, 8)
    rows = [f"2024-{month:02},trips,{20 + month}" for month in months]
    other = [f"2024-{month:02},trips,{90 if month == 7 else 20 + month}" for month in months]
    opened = ruled_campaign(
        tmp_path, "  - {id: x, left: done, op: <=, right: found}\n",
        {"a/figures.csv": figures(*rows), "b/figures.csv": figures(*other)}, "starts: 2024-01-01\nends: 2024-12-31\n",
    )  # fmt: skip
    for month in range(1, 7):
        freeze.freeze(opened, f"2024-{month:02}", today=date(2024, 8, 1), incomplete="未报台账")
    table = history.judged(opened, _asked(opened, "2024-07"), rolled(opened, "t", period="2024-07"), date(2024, 8, 1))
    assert told(table) == [("G123", "b", "90 / 23.5")]
    assert "此前6期通常在23.5左右" in tabled.sentence(table, table.against[0], "zh")


def test_a_reason_shows_under_the_table_until_the_numbers_change(tmp_path: Path, run: Run) -> None:
    rule = "  - {id: r, left: found, op: <=, right: checked, severity: warning}\n"
    opened = ruled_campaign(tmp_path, rule, {
        "a/ledger.csv": ledger("A,办结", "A,办结", "B,办结"), "a/figures.csv": figures("2024-04,checked,2"),
    })  # fmt: skip
    face = ("--campaign", tmp_path, "--today", "2024-04-30")
    done = run(*face, "submit", "a", "--period", "2024-04", "--by", "李", "--override", "试报", "--answer",
               "G121:t/r=两处隐患在同一条船上")  # fmt: skip
    assert done.code == 0, done.err
    assert "两处隐患在同一条船上" in run(*face, "--lang", "zh", "rollup", "--period", "2024-04").out
    (tmp_path / "units/a/ledger.csv").write_text(ledger("A,办结", "A,办结", "B,办结", "B,办结"), encoding="utf-8")
    assert "两处隐患在同一条船上" not in run(*face, "--lang", "zh", "rollup", "--period", "2024-04").out
    opened = ruled_campaign(tmp_path, rule)
    assert [one.code for one in check.check_unit(opened, "a", JUNE).findings if one.code[0] in "GP"].count("G121") == 1


def test_the_weekly_job_names_the_rows_that_contradict_a_rule(tmp_path: Path) -> None:
    opened = ruled_campaign(tmp_path, "  - {id: r, left: checked, op: <=, right: boats}\n", {
        "a/figures.csv": figures("2024-05,checked,9"), "b/figures.csv": figures("2024-05,boats,2"),
    })  # fmt: skip
    step = next(step for step in weekly.weekly(opened, JUNE, "2024-05").steps if step.name == "tables")
    i18n.use("zh")
    assert "9 <= 2" in step.said
    assert step.code == 1


def test_rules_hold_in_rows_of_categories_too(tmp_path: Path) -> None:
    table = (
        TABLE
        + """\
- id: k
  title: 分类表
  rows: categories
  columns:
    - {label: 类别, value: name}
    - {label: 总数, key: found, count: {}}
    - {label: 投保, key: insured, count: {insured: "yes"}}
"""
    )
    with mock.patch.object(
        campaigns,
        "HARBOURS",
        campaigns.HARBOURS.replace(
            "tables:\n", "figure_rules:\n  - {id: r, left: found, op: ==, right: insured, severity: warning}\ntables:\n"
        ),
    ):
        opened = campaign(tmp_path, table, UNITS, {
            "a/ledger.csv": ledger("A,办结,是", "B,办结,否", headings="编号,问题类别,办理情况,是否投保"),
        })  # fmt: skip
    assert told(rolled(opened, "k")) == [("G121", "B", "1 == 0")]
    assert "船只" in printed.troubles(rolled(opened, "k"), "zh")[0]
    assert [one.path for one in check.check(opened, JUNE).findings if one.code == "G121"] == ["units.csv"]


def test_a_unit_whose_ledger_cannot_be_read_is_said_to_count_by_its_figures(tmp_path: Path) -> None:
    opened = campaign(tmp_path, TABLE, UNITS, {
        "a/ledger.csv": "", "a/figures.csv": figures("2024-04,boats,5"), "b/ledger.csv": "",
    })  # fmt: skip
    lines = printed.troubles(rolled(opened), "zh")
    assert "台账无法完整读取：甲，只计入填报数，其余各格留空。" in lines
    assert "台账无法完整读取：乙，表中留空。" in lines


@pytest.mark.parametrize("typed", ["-30", "－30", "-0.5万", "负30"])
def test_money_below_zero_in_a_field_of_the_bureaus_own_is_found(tmp_path: Path, typed: str) -> None:
    text = f"编号,问题类别,办理情况,整改费用\nH203-2222-3333,A,办结,{typed}\n"
    opened = campaign(tmp_path, TABLE, UNITS, {"a/ledger.csv": text})
    found = {(one.code, one.line, one.value) for one in check.check(opened, JUNE).findings if one.field == "cost"}
    assert found & {("L315", 2, typed), ("L206", 2, typed)}, "below zero, or no number at all"
