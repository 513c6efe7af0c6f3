"""Ledgers that nobody would lay out so: each is read for what it says, and none is a fault of the program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import office
from campaigns import TODAY
from hazardctl.load import opened
from hazardctl.rollup import prepare, roll_up
from hazardctl.statistics.facets import facet
from hazardctl.workspace import Workspace


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("entries:\n- {}\n", []),
        ("entries:\n- \n", ["F128"]),
        ("- {}\n- {}\n", []),
        ("- 门禁损坏\n", ["F128"]),
        ("entries:\n  - 门禁损坏\n  - {}\n", ["F128"]),
        ("- []\n", ["L109"]),
    ],
)
def test_entries_without_any_field_are_no_entries(text: str, codes: list[str], tmp_path: Path) -> None:
    found = office.checked(office.campaign(tmp_path, {"units/a/ledger.yaml": text}))
    assert [one.code for one in found.findings if one.code[0] in "FL" and one.unit == "a"] == codes
    assert found.entries == 0


@pytest.mark.parametrize("blank", [" ", "　\u2003"])
@pytest.mark.parametrize("alone", [True, False], ids=["alone", "beside others"])
@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("合计{},2", ["L105"]),
        ("{}合计{},2", ["L105"]),
        ("无{}", ["L106"]),
        ("{}", []),
        ("5{}", []),
        ("{}无{}", ["L106"]),
    ],
)
def test_a_blank_typed_into_a_cell_says_as_little_as_none(
    row: str, codes: list[str], blank: str, alone: bool, tmp_path: Path
) -> None:
    headings = office.HEADINGS.replace("编号", "序号,编号")
    width = headings.count(",") + 1
    first, *rest = row.split("{}")
    cells = [*([first] if first else [blank] * 2), *filter(None, (part.strip(",") for part in rest))]
    cells[1:1] = [blank] * (width - len(cells))
    sound = [f"{at},{office.SOUND}".replace("H7K3", f"H7K{at}").replace("东门", f"{at}号门") for at in range(1, 4)]
    files: dict[str, str | bytes] = {
        "units/a/ledger.csv": office.ledger(sound[0], ",".join(cells), sound[1], headings=headings)
    }
    if not alone:
        files["units/b/ledger.csv"] = office.ledger(sound[2], headings=headings)
    found = office.checked(office.campaign(tmp_path, files))
    assert [(one.code, one.line) for one in found.findings if one.path.endswith("a/ledger.csv")] == [
        (code, 3) for code in codes
    ]
    assert found.entries == (2 if alone else 3)


@pytest.mark.parametrize(("starts", "ends"), [("2022-08-01", "9999-12-31"), ("0001-01-01", "2022-12-31")])
def test_a_campaign_without_an_end_in_sight_is_checked(starts: str, ends: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "campaign.yaml": f"{office.CAMPAIGN}starts: {starts}\nends: {ends}\n",
        "units/a/ledger.csv": office.ledger(office.SOUND),
    }
    found = office.checked(office.campaign(tmp_path, files))
    assert [one.code for one in found.findings if one.path.endswith("ledger.csv")] == []
    assert found.entries == 1


def test_fixed_days_may_be_the_first_and_the_last_there_are(tmp_path: Path) -> None:
    said = "starts: 0001-01-01\nends: 9999-12-31\nschedules:\n- id: yearly\n  label: 年报\n  on: ['12-31', '01-01']\n"
    files: dict[str, str | bytes] = {
        "campaign.yaml": f"{office.CAMPAIGN}{said}",
        "units/a/ledger.csv": office.ledger(office.SOUND),
    }
    campaign = opened(Workspace(office.campaign(tmp_path, files)))
    first, last = (roll_up(campaign, period=f"yearly-{day}", today=TODAY) for day in ("0001-01-01", "9999-12-31"))
    assert (first.start, first.end) == ("0001-01-01", "0001-01-01")
    assert (last.start, last.end) == ("9999-01-02", "9999-12-31")


def test_a_deadline_may_pass_in_a_period_that_begins_on_the_first_of_all_days(tmp_path: Path) -> None:
    campaign = opened(Workspace(office.campaign(tmp_path, {})))
    plan = prepare(campaign).compiled.plan
    for start, said in (("0001-01-01", "in"), ("2022-09-02", "in"), ("2022-09-03", "out")):
        passes = facet("day:due_original", replace(plan, start=start, end="2022-12-31"), campaign)
        assert passes["2022-09-01", *[""] * (len(passes.fields) - 1)] == said
