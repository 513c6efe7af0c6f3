"""Lists that only grow are merged by union; campaign.yaml key by key; what cannot be is said or asked."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import clones
from clones import commit, git, pull
from conftest import Run
from hazardctl.merge import merge
from hazardctl.merging import records
from office import CAMPAIGN, SOUND, campaign, ledger

ONE = "- {period: 2022-08, number: 1, state: nil, rows: 0, by: 张三, at: 2022-08-30}\n"
TWO = "- {period: 2022-09, number: 1, state: nil, rows: 0, by: 张三, at: 2022-09-30}\n"
OTHER = "- {period: 2022-Q3, number: 1, state: nil, rows: 0, by: 李四, at: 2022-09-29}\n"
BOTH = "# 活动\nname: 排查\nchecklist: trial@1\n# 日期\nstarts: 2022-08-01\npolicies:\n  late_days: 3\n  zero: blank\n"


def said(data: bytes) -> list[object]:
    return list(yaml.load(data, yaml.BaseLoader))


@pytest.mark.parametrize("name", sorted(records.LISTS))
def test_lists_that_only_grow_hold_the_records_of_both_in_one_order(name: str) -> None:
    base, ours, theirs = ONE.encode(), (ONE + TWO).encode(), (ONE + OTHER).encode()
    result = merge(base, ours, theirs, name)
    assert result.clean
    assert said(result.data) == said((ONE + OTHER + TWO).encode())
    assert said(merge(base, theirs, ours, name).data) == said(result.data)
    assert merge(base, result.data, ours, name).data == result.data
    assert merge(b"", TWO.encode(), TWO.encode(), name).data == TWO.encode()
    assert said(merge(None, ours, theirs, name).data) == said((ONE + TWO + OTHER).encode())


def test_a_list_that_lost_a_record_is_not_merged() -> None:
    with pytest.raises(records.ChangedRecordError):
        merge((ONE + TWO).encode(), (ONE + TWO + OTHER).encode(), ONE.encode() + b"# x\n", "returns.yaml")
    with pytest.raises(records.ChangedRecordError):
        merge(ONE.encode(), (ONE + OTHER).encode(), (ONE.replace("张三", "王五") + TWO).encode(), "returns.yaml")


def test_keys_of_the_campaign_are_merged_and_what_both_changed_is_asked() -> None:
    base = BOTH.encode()
    ours = base.replace(b"2022-08-01", b"2022-08-02").replace(b"late_days: 3", b"late_days: 5")
    theirs = base.replace("排查".encode(), "整治".encode()).replace(b"blank", b'"0"') + b"note: x\n"
    result = merge(base, ours, theirs, "campaign.yaml")
    assert result.clean
    text = result.data.decode()
    assert yaml.safe_load(text)["policies"] == {"late_days": 5, "zero": "0"}
    assert "# 日期\nstarts: 2022-08-02\n" in text
    assert (yaml.safe_load(text)["name"], yaml.safe_load(text)["note"]) == ("整治", "x")
    other = merge(base, theirs, ours, "campaign.yaml").data
    assert yaml.safe_load(other) == yaml.safe_load(text)
    clash = merge(base, ours, base.replace(b"late_days: 3", b"late_days: 7"), "campaign.yaml")
    assert [(one.field, one.base, one.ours, one.theirs) for one in clash.questions] == [
        ("policies.late_days", "  late_days: 3", "  late_days: 5", "  late_days: 7")
    ]
    assert yaml.safe_load(clash.data)["policies"]["late_days"] == 3
    for answer, wanted in (("  late_days: 7", 7), ("9", 9)):
        settled = records.settled(clash.data, {"policies.late_days": answer}, "campaign.yaml")
        assert yaml.safe_load(settled)["policies"] == {"late_days": wanted, "zero": "blank"}
    assert "late_days" not in records.settled(clash.data, {"policies.late_days": ""}, "campaign.yaml").decode()


def test_two_clones_merge_returns_and_the_campaign(tmp_path: Path, run: Run) -> None:
    one = clones.origin(tmp_path / "one")
    (one / "units/a/returns.yaml").write_text(ONE, encoding="utf-8")
    commit(one, "first")
    two = clones.clone(one, tmp_path / "two")
    for clone, record, name in ((one, TWO, "甲"), (two, OTHER, "乙")):
        (clone / "units/a/returns.yaml").write_text(ONE + record, encoding="utf-8")
        (clone / "campaign.yaml").write_text(CAMPAIGN.replace("隐患排查整治", name), encoding="utf-8")
        commit(clone, name)
    done = pull(two)
    assert done.returncode == 1
    assert said((two / "units/a/returns.yaml").read_bytes()) == said((ONE + OTHER + TWO).encode())
    assert git(two, "diff", "--name-only", "--diff-filter=U").stdout.split() == ["campaign.yaml"]
    assert run("--campaign", two, "resolve", "--choose", "theirs").code == 0
    assert (two / "campaign.yaml").read_text(encoding="utf-8") == CAMPAIGN.replace("隐患排查整治", "甲")
    assert (two / "merged" / "campaign.conflicts.csv").is_file()


def test_copies_of_returns_are_merged_and_copies_of_workbooks_are_told(tmp_path: Path, run: Run) -> None:
    campaign(tmp_path, {"units/a/ledger.csv": ledger(SOUND), "units/a/returns.yaml": ONE + TWO})
    unit = tmp_path / "units" / "a"
    copy = unit / "returns.sync-conflict-20260105-101530-ABCDEFG.yaml"
    copy.write_text(ONE + OTHER, encoding="utf-8")
    assert run("scaffold", "a", "--format", "xlsx").code == 0
    book = unit / "fill-in.xlsx"
    same = book.with_name("fill-in.sync-conflict-20260105-101530-ABCDEFG.xlsx")
    same.write_bytes(book.read_bytes())
    broken = book.with_name("fill-in (张三's conflicted copy 2026-01-05).xlsx")
    broken.write_bytes(b"PK half")
    told = run("conflicts", "--merge")
    assert told.code == 1
    assert "every row is the same" in told.out
    assert told.out.count("not compared") == 2
    assert said((unit / "returns.yaml").read_bytes()) == said((ONE + TWO + OTHER).encode())
    assert not copy.exists()
    assert same.exists()
    assert broken.exists()
