"""What flows from period to period, against tables worked out by hand."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from campaigns import TODAY, campaign, ledger, numbers, rolled
from conftest import Run
from hazardctl import check
from hazardctl.load import Opened, opened
from hazardctl.workspace import Workspace

TABLE = """\
- id: flows
  title: 流转
  columns:
    - {label: 单位, value: unit}
    - {label: 总数, key: all, count: {}}
    - {label: 期初, key: carried, count: {carried: in}}
    - {label: 新增, key: new, count: {found: in_period}}
    - {label: 办结, key: fixed, count: {done: in_period}}
    - {label: 验收, key: verified, count: {verified_on: in_period}}
    - {label: 期末, key: left, count: {carried: over}}
    - {label: 在办, key: open, count: {open: "true"}}
    - {label: 逾期, key: late, count: {overdue: "true"}}
    - {label: 滑期, key: slipped, count: {slipped: in_period}}
    - {label: 到期, key: due, count: {due: original}}
    - {label: 按期, key: on_time, count: {on_time: original}}
    - {label: 延期后到期, key: due_later, count: {due: extended}}
    - {label: 延期后按期, key: on_time_later, count: {on_time: extended}}
    - {label: 按期率, key: rate, ratio: [on_time, due], percent: 1}
    - {label: 延期后按期率, key: rate_later, ratio: [on_time_later, due_later], percent: 1}
"""
HEADINGS = "编号,问题类别,办理情况,查出日期,限期,延期至,办结日期,验收日期"
ROWS = (
    # found in March, fixed in April: fixed counts whenever it was found. Its deadline passed in March
    "A,办结,2024-03-05,2024-03-20,,2024-04-10,2024-04-20",
    "A,办结,2024-03-10,2024-04-15,,2024-04-12,2024-05-02",
    # late against its first deadline, in time against the extended one
    "A,办结,2024-03-15,2024-04-10,2024-04-25,2024-04-20,",
    # never fixed: overdue, and still open in every total
    "B,尚未办理,2024-04-02,2024-04-20,,,",
    # due on the last day of April: that day passes on 1 May
    "B,办理中,2024-04-03,2024-04-30,,,",
    "B,办结,2024-04-05,2024-04-08,,2024-04-08,2024-04-09",
    # found in May: April knows nothing of it
    "B,尚未办理,2024-05-02,2024-05-20,,,",
    # over before April began; its deadline, the last day of March, passes on 1 April
    "A,办结,2024-03-01,2024-03-31,,2024-03-15,2024-03-16",
    # fixed in May: in April it was open, and slipped
    "A,办结,2024-03-20,2024-04-05,,2024-05-03,",
)
MARCH = ["5", "0", "5", "1", "1", "4", "0", "0", "1", "1", "0", "1", "0", "0.0", "0.0"]
APRIL = ["8", "4", "3", "4", "2", "3", "2", "1", "2", "6", "3", "6", "4", "50.0", "66.7"]
MAY = ["9", "3", "1", "1", "1", "3", "3", "3", "2", "2", "0", "2", "0", "0.0", "0.0"]
JUNE = ["9", "3", "0", "0", "0", "3", "3", "3", "0", "0", "0", "0", "0", None, None]


def office(root: Path) -> Opened:
    """Give two units with the same hazards under other ids, so that every sum is twice the unit's."""
    rows = ledger(*ROWS, headings=HEADINGS)
    own = {"a/ledger.csv": rows, "b/ledger.csv": rows.replace("2222", "3333")}
    found = campaign(root, TABLE, "bay,海湾局,,,,\na,东港,bay,,,\nb,西港,bay,,,\n", own)
    path = root / "checklists/harbours/1.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("statuses:", "  - {key: verified_on, label: 验收日期}\nstatuses:", 1),
        encoding="utf-8",
    )
    return opened(found.workspace)


@pytest.mark.parametrize(
    ("period", "wanted"), [("2024-03", MARCH), ("2024-04", APRIL), ("2024-05", MAY), ("2024-06", JUNE)]
)
def test_a_months_flows_are_those_worked_out_by_hand(tmp_path: Path, period: str, wanted: list[str | None]) -> None:
    table = rolled(office(tmp_path), period=period)
    assert numbers(table, "a") == wanted
    sums = [value and (value if "." in value else str(2 * int(value))) for value in wanted]
    assert numbers(table, "bay") == numbers(table, "") == sums


def test_the_checks_know_every_flow_that_tables_can_count(tmp_path: Path) -> None:
    found = check.check(office(tmp_path), TODAY).findings
    assert not [one for one in found if one.code == "C223"]
    path = tmp_path / "checklists/harbours/1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("{carried: in}", "{carried: out}"), encoding="utf-8")
    (wrong,) = [one for one in check.campaign_findings(opened(Workspace(tmp_path))) if one.code == "C223"]
    assert (wrong.value, dict(wrong.args)["allowed"]) == ("out", "in, over")


def test_what_is_carried_over_is_carried_in_and_nothing_is_lost_between_periods(tmp_path: Path) -> None:
    found = office(tmp_path)
    months = [rolled(found, period=f"2024-{month:02}").rows[-1].values for month in (3, 4, 5, 6)]
    for one, following in pairwise(months):
        assert one["left"] == following["carried"]
    for one in months:
        assert int(one["carried"] or 0) + int(one["new"] or 0) - int(one["fixed"] or 0) == one["left"]
    whole = rolled(found, period="2024-H1").rows[-1].values
    for key in ("new", "fixed", "verified", "slipped", "due", "on_time", "due_later", "on_time_later"):
        assert sum(int(one[key] or 0) for one in months) == whole[key], key


def test_a_comparison_shows_the_change_of_every_figure(tmp_path: Path, run: Run) -> None:
    office(tmp_path)
    words = (
        "--campaign",
        str(tmp_path),
        "--today",
        "2024-06-30",
        "rollup",
        "--period",
        "2024-05",
        "--compare",
        "2024-04",
    )
    told = json.loads(run(*words, "--format", "json").out)
    keys = ["all", "carried", "new", "fixed", "verified", "left", "open", "late", "slipped", "due", "on_time"]
    row = next(row for row in told["rows"] if row["unit"] == "a")
    assert (told["period"], told["compare"]) == ("2024-05", "2024-04")
    assert [row["changes"][key] for key in keys] == [1, -1, -2, -3, -1, 0, 1, 2, 0, -4, -3]
    assert (row["changes"]["rate"], row["changes"]["rate_later"]) == (-50.0, -66.7)
    shown = run(*words, "--lang", "zh").out
    assert "-50.0" in shown


def test_a_comparison_with_what_was_blank_is_blank(tmp_path: Path, run: Run) -> None:
    office(tmp_path)
    words = (
        "--campaign",
        str(tmp_path),
        "--today",
        "2024-06-30",
        "rollup",
        "--period",
        "2024-06",
        "--compare",
        "2024-05",
    )
    told = json.loads(run(*words, "--format", "json").out)
    assert {row["changes"]["rate"] for row in told["rows"]} == {None}


def test_a_flow_whose_week_lies_in_two_years_is_in_neither_and_that_is_told(tmp_path: Path, run: Run) -> None:
    columns = "[{label: 单位, value: unit}, {label: 出海, figure: trips}, {label: 渔船, figure: boats}]"
    rows = ("2024-W13,trips,2", "2024-W14,trips,7", "2024-W18,trips,3", "2024-W18,boats,5", "2024-03,boats,4")
    sheet = "period,key,value\n" + "\n".join(rows) + "\n"
    campaign(tmp_path, f"- {{id: t, title: 表, columns: {columns}}}", "a,东港,,,,\n", {"a/figures.csv": sheet})
    at = ("--today", "2024-06-30", "--lang", "zh", "rollup")
    april = run(*at, "--period", "2024-04").out
    assert "“出海艘次”按 2024-W18 填报的数只有一部分在本期内，未计入本表：东港。" in april
    assert "W14" not in april
    assert "W13" not in april, "it ends on the last day of March"
    assert "只有一部分" not in run(*at, "--period", "2024-W18").out
    assert "只有一部分" not in run(*at, "--period", "2024-04-30").out, "a day lies wholly in the week"
    path = tmp_path / "units/a/figures.csv"
    path.write_text(sheet + "2024-04,trips,9\n", encoding="utf-8")
    assert "只有一部分" not in run(*at, "--period", "2024-04").out, "the month says it all"
