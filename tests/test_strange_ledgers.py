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
