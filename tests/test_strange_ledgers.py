"""Ledgers that nobody would lay out so: each is read for what it says, and none is a fault of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

import office


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
