"""Figures as they were sent: whatever becomes of a ledger afterwards, the table counts what the unit reported."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from campaigns import HARBOURS, campaign, ledger, numbers, row
from conftest import Run
from hazardctl import rollup
from hazardctl.findings import Severity
from hazardctl.journals import noticing, recording
from hazardctl.load import Opened, opened
from hazardctl.publishing import evidence
from hazardctl.returns import submit, submitted
from hazardctl.returns.submit import Order
from hazardctl.statistics.table import Table
from hazardctl.workspace import Workspace

TABLE = """\
- id: t
  title: 表
  columns:
    - {label: 单位, value: unit}
    - {label: 总数, key: all, count: {}}
    - {label: 办结, key: done, count: {status: done}}
    - {label: 期末, key: left, count: {carried: over}}
    - {label: 船, figure: boats}
    - {label: 办结率, key: rate, ratio: [done, all], percent: 1}
"""
UNITS = "a,东港,,,,\nb,西港,,,,\n"
HEADINGS = "编号,问题类别,办理情况,查出日期,限期,办结日期"
FIRST = "A,办结,2024-04-02,2024-04-20,2024-04-10"
SECOND = "B,尚未办理,2024-04-05,2024-05-20,"
EARLIER = "B,尚未办理,2024-03-05,2024-05-20,"
LATER = "B,尚未办理,2024-05-05,2024-06-20,"
SENT = date(2024, 5, 6)
AFTER = date(2024, 6, 1)
MORE = "schedules: [{id: m, label: 月报, every: month, late_days: 40}]\n"


def office(root: Path, *rows: str, units: str = UNITS) -> Opened:
    files = {"a/ledger.csv": ledger(*rows, headings=HEADINGS), "a/figures.csv": "period,key,value\n2024-04,boats,5\n"}
    return campaign(root, TABLE, units, files, MORE)


def send(root: Path, **order: object) -> submit.Done:
    return submit.submit(opened(Workspace(root)), "a", "2024-04", Order(by="张三", **order), today=SENT)  # type: ignore[arg-type]


def edit(root: Path, *rows: str) -> None:
    (root / "units/a/ledger.csv").write_text(ledger(*rows, headings=HEADINGS), encoding="utf-8")


def table(root: Path, basis: str = "submitted") -> Table:
    found = opened(Workspace(root))
    asked = rollup.prepare(found, "t", "2024-04")
    return evidence.record(found, asked, submitted.sources(found, asked, basis), AFTER, basis=basis).table


def test_a_ledger_that_was_edited_after_it_was_sent_counts_as_it_was_sent(tmp_path: Path) -> None:
    office(tmp_path, FIRST, SECOND)
    send(tmp_path)
    edit(tmp_path, FIRST, "B,办结,2024-04-05,2024-05-20,2024-04-30", "A,尚未办理,2024-04-29,2024-05-20,")
    assert numbers(table(tmp_path, "live"), "a") == ["3", "2", "1", "5", "66.7"]
    assert numbers(table(tmp_path), "a") == ["2", "1", "1", "5", "50.0"]
    noticing.notice(opened(Workspace(tmp_path)), ["a"])
    edit(tmp_path, SECOND)
    assert numbers(table(tmp_path), "a") == ["2", "1", "1", "5", "50.0"]


def test_rows_that_a_hand_has_deleted_are_still_in_the_return(tmp_path: Path) -> None:
    office(tmp_path, FIRST, SECOND)
    send(tmp_path)
    edit(tmp_path, FIRST)
    assert [one.code for one in table(tmp_path, "live").findings] == ["J101"], "nobody has said that it was meant to go"
    assert numbers(table(tmp_path), "a") == ["2", "1", "1", "5", "50.0"]
    recording.accept(opened(Workspace(tmp_path)), "a", (), by="李四")
    assert numbers(table(tmp_path, "live"), "a") == ["1", "1", "0", "5", "100.0"]
    assert numbers(table(tmp_path), "a") == ["2", "1", "1", "5", "50.0"]
    (tmp_path / "units/a/ledger.csv").unlink()
    assert numbers(table(tmp_path), "a") == ["2", "1", "1", "5", "50.0"]


def test_a_figure_that_was_changed_after_it_was_sent_counts_as_it_was_sent(tmp_path: Path) -> None:
    office(tmp_path, FIRST)
    send(tmp_path)
    for text in ("period,key,value\n2024-04,boats,8\n", "period,key,value\n"):
        (tmp_path / "units/a/figures.csv").write_text(text, encoding="utf-8")
        noticing.notice(opened(Workspace(tmp_path)), ["a"])
        assert numbers(table(tmp_path), "a") == ["1", "1", "0", "5", "100.0"]
    (tmp_path / "units/a/figures.csv").unlink()
    assert numbers(table(tmp_path), "a") == ["1", "1", "0", "5", "100.0"]


@pytest.mark.parametrize(
    ("closed", "state", "figures"),
    [
        ("2024-04-10", "entries", ["2", "1", "1", "5", "50.0"]),
        ("2024-03-31", "not_required", [None, None, None, None, None]),
    ],
)
def test_a_unit_closed_in_mid_period_counts_and_one_closed_before_does_not(
    tmp_path: Path, closed: str, state: str, figures: list[str | None]
) -> None:
    office(tmp_path, FIRST, SECOND)
    send(tmp_path)
    (tmp_path / "units.csv").write_text(
        f"id,name,parent,kind,opened,closed\na,东港,,,,{closed}\nb,西港,,,,\n", encoding="utf-8"
    )
    assert row(table(tmp_path), "a").state == state
    assert numbers(table(tmp_path), "a") == figures


def test_what_was_sent_is_counted_after_the_checklist_has_moved_on(tmp_path: Path) -> None:
    office(tmp_path, FIRST, SECOND)
    send(tmp_path)
    new = HARBOURS.replace('version: "1"', 'version: "2"').replace("done: 办结}", "done: 销案}")
    path = tmp_path / "checklists/harbours/2.yaml"
    path.write_text(new + "".join(f"  {line}\n" for line in TABLE.splitlines()), encoding="utf-8")
    path = tmp_path / "campaign.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("harbours@1", "harbours@2"), encoding="utf-8")
    edit(tmp_path, FIRST.replace("办结", "销案"))
    assert numbers(table(tmp_path), "a") == ["2", "1", "1", "5", "50.0"]


def test_a_correction_takes_the_place_of_what_was_sent_before(tmp_path: Path) -> None:
    office(tmp_path, FIRST, SECOND)
    send(tmp_path)
    edit(tmp_path, FIRST, SECOND, EARLIER)
    send(tmp_path, reason="补报一条")
    edit(tmp_path, FIRST, SECOND, EARLIER, SECOND)
    assert numbers(table(tmp_path), "a") == ["3", "1", "2", "5", "33.3"]


def test_a_nil_return_says_that_nothing_was_found_and_carries_what_is_still_open(tmp_path: Path) -> None:
    """Found in March and open in April: nothing was found in April, and one hazard is carried over all the same."""
    office(tmp_path, EARLIER)
    assert (send(tmp_path, nil=True).sent.state, send(tmp_path, nil=True).sent.rows) == ("nil", 1)
    assert numbers(table(tmp_path), "a") == numbers(table(tmp_path, "live"), "a") == ["1", "0", "1", "5", "0.0"]
    edit(tmp_path, EARLIER, SECOND)
    assert numbers(table(tmp_path), "a") == ["1", "0", "1", "5", "0.0"]


def test_a_nil_return_without_a_ledger_is_nought(tmp_path: Path) -> None:
    campaign(tmp_path, TABLE, UNITS, {}, MORE)
    send(tmp_path, nil=True)
    assert row(table(tmp_path), "a").state == "nil"
    assert numbers(table(tmp_path), "a") == ["0", "0", "0", None, None]
    assert row(table(tmp_path), "b").state == "missing"
    assert numbers(table(tmp_path), "b") == [None] * 5


def test_what_nobody_knows_any_more_stays_blank_and_is_told(tmp_path: Path) -> None:
    office(tmp_path, FIRST, SECOND)
    send(tmp_path)
    edit(tmp_path, FIRST)
    for path in (tmp_path / "units/a/journal").iterdir():
        path.unlink()
    told = table(tmp_path)
    assert [(one.code, one.severity, one.unit) for one in told.findings] == [("P190", Severity.ERROR, "a")]
    assert numbers(told, "a")[:3] == [None, None, None]
    assert told.exit_code == 3


def test_what_submit_says_is_what_the_periods_table_counts(tmp_path: Path, run: Run) -> None:
    """Three entries, one of them found after the period: the return holds two, and so does the table."""
    office(tmp_path, FIRST, SECOND, LATER)
    words = ("--campaign", str(tmp_path), "--lang", "zh", "--today", SENT.isoformat())
    said = run(*words, "submit", "a", "--period", "2024-04", "--by", "张三")
    assert said.code == 0, said.err
    assert "2条" in said.out
    assert "有1条是 2024-04 之后发现的" in said.err
    assert numbers(table(tmp_path), "a") == numbers(table(tmp_path, "live"), "a") == ["2", "1", "1", "5", "50.0"]
    told = (tmp_path / "units/a/returns.yaml").read_text(encoding="utf-8")
    assert "rows: 2\n" in told
    assert "later: 1\n" in told
    assert "done: 1\n" in told
    assert "not_started: 1\n" in told
    assert run(*words, "check", "a").code == 0
    state = json.loads(run(*words, "status", "--period", "2024-04", "--format", "json").out)["units"][0]
    assert (state["state"], state["rows"]) == ("entries", 2)


def test_a_ledger_with_nothing_but_later_entries_is_no_answer_and_may_be_nil(tmp_path: Path) -> None:
    office(tmp_path, LATER)
    with pytest.raises(submit.RefusedError, match="--nil"):
        send(tmp_path)
    assert send(tmp_path, nil=True).sent.rows == 0


def test_a_hazard_that_two_units_have_stands_against_the_one_that_check_complains_of(tmp_path: Path, run: Run) -> None:
    office(tmp_path, FIRST, SECOND)
    path = tmp_path / "units/b/ledger.csv"
    path.parent.mkdir()
    path.write_text(
        ledger(SECOND, EARLIER, FIRST, headings=HEADINGS).replace("H201", "H301").replace("H202", "h302"),
        encoding="utf-8",
    )
    words = ("--campaign", str(tmp_path), "--today", SENT.isoformat(), "submit", "--period", "2024-04")
    first = run(*words, "a")
    assert first.code == 0, first.err
    assert "units/b/ledger.csv:2" in first.err
    second = run(*words, "b")
    assert second.code == 1
    assert "X101" in second.err
    assert run(*words, "b", "--override", "东港误录，已请其删除").code == 0
