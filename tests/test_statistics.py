"""The roll-up against figures computed by hand, and against the bugs of other people's systems."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from campaigns import FOUND, TODAY, campaign, ledger, numbers, rolled, row
from conftest import ROOT
from hazardctl.load import opened
from hazardctl.rollup import roll_up
from hazardctl.statistics import printed
from hazardctl.statistics.table import Table
from hazardctl.workspace import Workspace

ANNEX3 = ROOT / "tests" / "cases" / "rollup" / "annex3"
COLUMNS = (
    *("unable", "not_started", "in_progress", "done", "key_persons", "not_received", "absconded", "location_rate"),
    *("visits", "penalties", "education", "support"),
)


def annex3(tmp_path: Path, **asked: object) -> Table:
    shutil.copytree(ANNEX3 / "campaign", tmp_path, dirs_exist_ok=True)
    return roll_up(opened(Workspace(tmp_path)), today=date(2022, 9, 29), **asked)  # type: ignore[arg-type]


def by_hand(heading: str) -> dict[str, list[str]]:
    """Read a table of the README: the last figure of each cell is the one that counts."""
    page = (ANNEX3 / "README.md").read_text(encoding="utf-8").split(f"## {heading}")[1].split("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("| ")
    ]
    return {
        cells[0].replace("*", ""): [re.split("[= ]+", cell)[-1].strip("*") for cell in cells[1:]] for cells in rows[1:]
    }


def test_annex_3_matches_the_arithmetic_to_the_digit_at_every_level(tmp_path: Path) -> None:
    table = annex3(tmp_path)
    units = {"west, own": "west/own", "dachuan = total": ""}
    expected = by_hand("The whole campaign")
    assert len(expected) == 11
    for name, cells in expected.items():
        values = row(table, units.get(name, name)).values
        assert [str(values[key]) if values[key] is not None else "" for key in COLUMNS] == cells, name
    assert row(table, "").values == row(table, "dachuan").values
    assert len(table.rows) == 12


def test_annex_3_of_one_month_takes_the_figures_of_that_month(tmp_path: Path) -> None:
    table = annex3(tmp_path, period="2022-08")
    keys = ("key_persons", "location_rate", "visits", "penalties", "education", "support")
    for name, cells in by_hand("August alone").items():
        values = row(table, "" if name == "total" else name).values
        assert [str(values[key]) if values[key] is not None else "" for key in keys] == cells, name


def test_every_unit_is_in_one_of_four_states(tmp_path: Path) -> None:
    table = annex3(tmp_path)
    states = {found.unit: found.state for found in table.rows if found.kind in ("data", "own")}
    assert states == {
        "cuiping": "entries", "nanwai": "nil", "sanliping": "missing", "west/own": "entries", "shiqiao": "entries",
        "shiti": "entries", "caojia": "not_required", "centre": "nil",
    }  # fmt: skip
    assert row(table, "west").states == {"entries": 3, "not_required": 1}
    assert row(table, "").states == {"entries": 4, "nil": 2, "missing": 1, "not_required": 1}
    assert table.remarks.missing == ("三里坪司法所",)


def test_a_level_cuts_the_tree_and_changes_no_figure(tmp_path: Path) -> None:
    whole = annex3(tmp_path)
    for level in (1, 2, 3):
        cut = roll_up(opened(Workspace(tmp_path)), level=level, today=TODAY)
        assert {found.unit for found in cut.rows} <= {found.unit for found in whole.rows}
        for found in cut.rows:
            assert found.values == row(whole, found.unit).values
    assert [found.unit for found in roll_up(opened(Workspace(tmp_path)), level=1, today=TODAY).rows] == ["dachuan", ""]


def test_one_unit_is_a_table_of_what_is_below_it(tmp_path: Path) -> None:
    whole, west = annex3(tmp_path), roll_up(opened(Workspace(tmp_path)), unit="west", today=TODAY)
    assert [found.unit for found in west.rows] == ["west/own", "shiqiao", "shiti", "caojia", ""]
    assert row(west, "").values == row(whole, "west").values
    leaf = roll_up(opened(Workspace(tmp_path)), unit="shiti", today=TODAY)
    assert [found.unit for found in leaf.rows] == ["shiti", ""]


def test_the_frame_has_a_column_for_each_figure(tmp_path: Path) -> None:
    frame = annex3(tmp_path).frame()
    assert list(frame.columns) == ["unit", "name", "level", "state", *COLUMNS]
    assert frame.set_index("unit").loc["east", "location_rate"] == pytest.approx(98.3)
    assert frame["visits"].isna().sum() == 3


# What goes wrong elsewhere


def test_a_unit_closed_in_mid_period_never_drives_a_rate_above_100(tmp_path: Path) -> None:
    found = campaign(
        tmp_path,
        "- {id: t, title: 表, columns: [{label: 单位, value: unit}, {label: 率, ratio: [checked, boats], percent: 1}]}",
        "a,甲,,,,\nb,乙,,,,2024-04-15\nc,丙,,,,2024-02-01\n",
        {
            "a/figures.csv": "period,key,value\n2024-05,boats,10\n2024-05,checked,10\n",
            "b/figures.csv": "period,key,value\n2024-04,checked,7\n",
            "c/figures.csv": "period,key,value\n2024-01,checked,5\n",
        },
    )
    table = rolled(found)
    assert numbers(table, "") == ["100.0"]
    assert row(table, "b").state == "missing"
    assert row(table, "c").state == "not_required"
    assert table.remarks.half == (("乙", "boats+checked"),)


def test_overdue_entries_are_still_open_in_every_total(tmp_path: Path) -> None:
    headings = "编号,问题类别,办理情况,限期,延期至"
    found = campaign(
        tmp_path,
        FOUND % ", {label: 未结, count: {open: true}}, {label: 逾期, count: {overdue: true}}, "
        "{label: 未逾期, count: {open: true, overdue: false}}",
        "a,甲,,,,\n",
        {
            "a/ledger.csv": ledger(
                "A,办理中,2024-06-29,", "A,尚未办理,2024-06-30,", "B,无法办理,2024-05-01,", "B,办结,2024-05-01,",
                "B,办理中,2024-05-01,2024-12-31", "A,办理中,长期坚持,",
                headings=headings,
            )
        },
    )  # fmt: skip
    assert numbers(rolled(found), "") == ["6", "5", "2", "3"]
    assert numbers(rolled(found, today=date(2024, 7, 1)), "") == ["6", "5", "3", "2"]
    assert numbers(rolled(found, period="2024-05", today=date(2025, 1, 1)), "") == ["6", "5", "1", "4"]


def test_zero_blank_and_not_applicable_stay_three_values(tmp_path: Path) -> None:
    found = campaign(
        tmp_path,
        FOUND % ", {label: 费用, sum: cost, decimals: 2}, {label: 船, figure: boats}",
        "a,甲,,,,\nb,乙,,,,\nc,丙,,,,\nd,丁,,,,\n",
        {
            "a/ledger.csv": ledger("A,办结,0", headings="编号,问题类别,办理情况,整改费用"),
            "a/figures.csv": "period,key,value\n2024-05,boats,0\n",
            "b/ledger.csv": ledger("A,办结,", "A,办结,不适用", headings="编号,问题类别,办理情况,整改费用"),
            "b/figures.csv": "period,key,value\n2024-05,boats,\n",
            "c/ledger.csv": "编号,问题类别,办理情况\n,无,\n",
            "c/figures.csv": "period,key,value\n2024-05,boats,不适用\n",
        },
    )
    table = rolled(found)
    assert numbers(table, "a") == ["1", "0.00", "0"]
    assert numbers(table, "b") == ["2", None, None]
    assert numbers(table, "c") == ["0", "0.00", None]
    assert numbers(table, "d") == [None, None, None]
    assert numbers(table, "") == ["3", "0.00", "0"]


def test_a_quantity_that_is_no_number_is_told_and_never_zero(tmp_path: Path) -> None:
    found = campaign(
        tmp_path,
        FOUND % ", {label: 费用, sum: cost}, {label: 船, figure: boats}",
        "a,甲,,,,\n",
        {
            "a/ledger.csv": ledger(
                "A,办结,1.5", "A,办结,约2万元", "A,办结,2", headings="编号,问题类别,办理情况,整改费用"
            ),
            "a/figures.csv": "period,key,value\n2024-05,boats,十几艘\n",
        },
    )
    table = rolled(found)
    assert numbers(table, "a") == ["3", "3.5", None]
    assert table.remarks.uncounted == (("甲", "cost", 1),)
    assert table.remarks.figures == (("甲", "boats", "unread", "units/a/figures.csv:2", "十几艘"),)
    assert table.exit_code == 1


def test_two_spellings_of_a_units_name_do_not_become_two_units(tmp_path: Path) -> None:
    found = campaign(
        tmp_path,
        FOUND % "",
        "east,东港,,,,\n",
        {"east/ledger.csv": ledger("A,办结"), "東港/ledger.csv": ledger("A,办结", "B,办结")},
    )
    table = rolled(found)
    assert numbers(table, "") == ["1"]
    assert table.remarks.strangers == ("東港",)
    assert table.exit_code == 1


def test_a_status_that_cannot_be_read_is_told_and_counted_where_it_does_not_matter(tmp_path: Path) -> None:
    found = campaign(
        tmp_path,
        FOUND % ", {label: 办结, count: {status: done}}, {label: 未结, count: {open: true}}",
        "a,甲,,,,\n",
        {"a/ledger.csv": ledger("A,办结", "A,差不多了", "B,", "B,办理中")},
    )
    table = rolled(found)
    assert numbers(table, "a") == ["4", "1", "1"]
    assert table.remarks.uncounted == (("甲", "status", 2),)
    assert table.exit_code == 1


def test_a_ledger_that_cannot_be_read_whole_is_no_figure_at_all(tmp_path: Path) -> None:
    found = campaign(
        tmp_path,
        FOUND % "",
        "a,甲,,,,\nb,乙,,,,\nc,丙,,,,\nd,丁,,,,\n",
        {
            "a/ledger.csv": ledger("A,办结"),
            "b/ledger.csv": ledger("A,办结", 'B,"办理中'),
            "c/ledger.csv": "",
            "d/ledger.csv": ledger("A,办结"),
            "d/ledger.yaml": "entries: []\n",
        },
    )
    table = rolled(found)
    assert [numbers(table, unit) for unit in "abcd"] == [["1"], [None], [None], [None]]
    assert table.remarks.unreadable == ("乙", "丙", "丁")
    assert table.remarks.missing == ()
    assert sorted(finding.code for finding in table.findings) == ["F101", "F104", "F110"]
    assert table.exit_code == 3


def test_a_closed_units_entries_are_told_and_not_counted(tmp_path: Path) -> None:
    found = campaign(
        tmp_path, FOUND % "", "a,甲,,,,2024-01-31\nb,乙,,,2024-07-15,\n", {"a/ledger.csv": ledger("A,办理中")}
    )
    table = rolled(found)
    assert numbers(table, "") == [None]
    assert table.remarks.closed == (("甲", 1),)
    assert [row(table, unit).state for unit in "ab"] == ["not_required", "not_required"]


def test_an_unsafe_unit_id_reads_nothing_outside_the_campaign(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "ledger.csv").write_text(ledger("A,办结"), encoding="utf-8")
    found = campaign(tmp_path / "campaign", FOUND % "", "../../outside,外,,,,\n")
    table = rolled(found)
    assert numbers(table, "") == [None]
    assert table.exit_code == 1


# Figures


def figures(tmp_path: Path, rows: str, period: str | None = None) -> list[object]:
    found = campaign(
        tmp_path,
        "- {id: t, title: 表, columns: [{label: 船, figure: boats}, {label: 出海, figure: trips}]}",
        "a,甲,,,,\n",
        {"a/figures.csv": f"period,key,value\n{rows}"},
    )
    return numbers(rolled(found, period=period), "a")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("2024-05,boats,3\n2024-04,boats,9\n2024-05,trips,3\n2024-04,trips,9\n", ["3", "12"]),
        ("2024-05,trips,10\n2024-W20,trips,4\n2024-W21,trips,6\n", [None, "10"]),  # weeks inside the month
        ("2024-05,trips,10\n2024-05,trips,10\n", [None, "10"]),  # sent twice
        ("2024-05,trips,10\n2024-05,trips,11\n", [None, None]),  # two answers
        ("2024-05,trips,10\n2024-W22,trips,4\n", [None, None]),  # a week across the month's end
        ("2024-05,boats,3\n2024-05-31,boats,4\n", ["4", None]),  # the day itself says more than the month it ends
        ("2024-05,boats,3\n三季度,boats,4\n", [None, None]),
        ("2024-05,boats,3\n2024-05,cats,4\n", ["3", None]),
    ],
)
def test_stocks_take_the_last_value_and_flows_add_up(tmp_path: Path, rows: str, expected: list[object]) -> None:
    assert figures(tmp_path, rows) == expected


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("2024-05,boats,-3\n", ("below_zero", "2", "-3")),
        ("2024-05,boats,约十\n", ("unread", "2", "约十")),
        ("三季度,boats,4\n", ("undated", "2", "三季度")),
        ("2024-04,boats,1\n2024-05,boats,3\n2024-05,boats,4\n", ("twice", "3 4", "3 / 4")),
        ("2024-05,trips,10\n2024-W22,trips,4\n", ("crossing", "2 3", "2024-05 / 2024-W22")),
    ],
)
def test_a_figure_that_is_left_out_is_told_with_its_value_and_line(
    tmp_path: Path, rows: str, told: tuple[str, str, str]
) -> None:
    tables = "- {id: t, title: 表, columns: [{label: 船, figure: boats}, {label: 出海, figure: trips}]}"
    table = rolled(campaign(tmp_path, tables, "a,甲,,,,\n", {"a/figures.csv": f"period,key,value\n{rows}"}))
    why, lines, values = told
    places = ", ".join(f"units/a/figures.csv:{line}" for line in lines.split())
    assert [(*found[2:],) for found in table.remarks.figures] == [(why, places, values)]
    assert numbers(table, "") == [None, None]
    assert table.exit_code == 1
    for language in ("zh", "en"):
        assert any(places in line and values in line for line in printed.troubles(table, language))


def test_figures_that_break_a_rule_are_counted_and_told(tmp_path: Path) -> None:
    tables = "- {id: t, title: 表, columns: [{label: 率, ratio: [checked, boats], percent: 1}]}"
    files = {"a/figures.csv": "period,key,value\n2024-05,boats,33\n2024-05,checked,36\n"}
    found = campaign(tmp_path, tables, "a,甲,,,,\n", files)
    path = tmp_path / "checklists/harbours/1.yaml"
    rule = 'figure_rules:\n  - {id: whole, left: checked, op: "<=", right: boats, severity: error}\n'
    path.write_text(path.read_text(encoding="utf-8") + rule, encoding="utf-8")
    table = rolled(opened(found.workspace))
    assert numbers(table, "") == ["109.1"]
    assert table.remarks.broken == (("甲", "已查船数 <= 渔船数", "units/a/figures.csv:3", "36 <= 33"),)
    assert table.exit_code == 1
    assert not rolled(opened(found.workspace), period="2024-04").remarks.broken


def test_a_figures_period_lies_inside_the_one_asked_for(tmp_path: Path) -> None:
    rows = "2024-05,trips,10\n2024-W21,trips,4\n2024-Q2,trips,40\n2024-04,trips,7\n2024-05,boats,1\n2024-04,boats,2\n"
    assert figures(tmp_path, rows, period="2024-05") == ["1", "10"]
    assert figures(tmp_path, rows, period="2024-W21") == [None, "4"]
    assert figures(tmp_path, rows, period="2024-Q2") == ["1", "40"]
    assert figures(tmp_path, rows, period="2024-06") == [None, None]


def test_a_unit_that_only_holds_others_has_no_state_of_its_own(tmp_path: Path) -> None:
    units = "x,总,,,,2024-01-01\na,甲,x,,,\ny,东,,,,\nb,乙,y,,,\n"
    files = {"a/ledger.csv": ledger("A,办结"), "y/ledger.csv": "", "b/ledger.csv": ledger("A,办结")}
    table = rolled(campaign(tmp_path, FOUND % "", units, files))
    assert row(table, "x").states == {"entries": 1}
    assert row(table, "y").states == {"entries": 1, "missing": 1}
    assert numbers(table, "y/own") == [None]
    assert table.remarks.unreadable == ("东",)
