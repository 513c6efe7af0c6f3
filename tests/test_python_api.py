from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import hazardctl
from conftest import ROOT

DEMO = ROOT / "examples" / "dachuan-2022"
TODAY = date(2022, 9, 7)
api: Any = hazardctl


def test_the_verbs_of_the_command_line_are_there_for_python() -> None:
    campaign = api.load(DEMO)
    assert len(api.check(campaign, TODAY).findings) == 32
    table = api.roll_up(campaign, "annex3", today=TODAY)
    frame = table.frame()
    assert frame.iloc[-1]["done"] == 197
    assert api.render(campaign, "weekly", today=TODAY).startswith("# Weekly report")


def test_a_merge_takes_what_each_side_changed() -> None:
    head = "编号,风险隐患基本情况,责任部门\r\n"
    base, ours, theirs = (
        (head + f"HABC-DEFG-HJKM,{what},{who}\r\n").encode() for what, who in (("甲", "子"), ("甲", "丑"), ("乙", "子"))
    )
    campaign = api.load(DEMO)
    result = api.merge(base, ours, theirs, "ledger.csv", terms=campaign.terms, today=TODAY)
    assert (head + "HABC-DEFG-HJKM,乙,丑\r\n").encode() == result.data
    assert result.clean


def test_a_verb_is_still_the_module_it_was() -> None:
    from hazardctl import check, load

    assert callable(load.opened)
    assert callable(check.check_unit)
    assert isinstance(Path(load.__file__), Path)
