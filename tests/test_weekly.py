"""The weekly job: the same figures as one recount, nothing written twice, periods frozen once they are locked."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from campaigns import FOUND, campaign, ledger
from conftest import Run
from hazardctl import weekly
from hazardctl.load import Opened, opened
from hazardctl.publishing import frozen, restate
from hazardctl.returns import decide, submit
from hazardctl.returns.submit import Order
from hazardctl.workspace import Workspace
from year import Year, bytes_of, recount

pytestmark = pytest.mark.usefixtures("inside")  # children in limits fill in the reports of the timer's runs
UNITS = "a,东港,,,,\nb,西港,,,,\n"
LOCKED = "schedules: [{id: m, label: 月报, every: month, lock_days: 3}]\npolicies: {weekly_freeze: true}\n"
MAY = "schedules: [{id: m, label: 月报, every: month}]\n"
OPEN = "A,尚未办理"
HEADINGS = "编号,问题类别,办理情况,查出日期"


def office(root: Path, more: str = LOCKED) -> Opened:
    rows = {
        unit: ledger(f"{OPEN},2024-03-05", headings=HEADINGS).replace("2222", f"222{unit.upper()}") for unit in "ab"
    }
    return campaign(root, FOUND % "", UNITS, {f"{unit}/ledger.csv": text for unit, text in rows.items()}, more)


def add(root: Path, unit: str, day: str) -> None:
    path = root / "units" / unit / "ledger.csv"
    path.write_text(path.read_text(encoding="utf-8") + f"H999-3333-4444,{OPEN},{day}\n", encoding="utf-8")


def step(done: weekly.Done, name: str) -> weekly.Step:
    return next(one for one in done.steps if one.name == name)


def test_weeks_of_weekly_runs_give_the_figures_of_one_recount_from_the_journal(tmp_path: Path) -> None:
    year = Year(tmp_path, units=4)
    year.live(3)
    recount(year)
    assert year.tally["weeks frozen"] == 2


def test_a_period_that_locks_weeks_after_its_end_is_frozen_too(tmp_path: Path) -> None:
    more = "policies: {weekly_freeze: true, weekly_period: week, lock_days: 10}\n"
    office(tmp_path, more)
    for day, known in (
        (date(2024, 3, 12), []), (date(2024, 3, 20), ["2024-W10"]), (date(2024, 3, 26), ["2024-W10"]),
        (date(2024, 4, 10), ["2024-W10", "2024-W11", "2024-W12", "2024-W13"]),
    ):  # fmt: skip
        weekly.weekly(opened(Workspace(tmp_path)), day)
        assert frozen.known(Workspace(tmp_path)) == known, "2024-W10 ends on 10 March and locks on the 20th"


def test_a_period_is_frozen_by_the_first_run_after_its_lock_day_and_never_again(tmp_path: Path) -> None:
    office(tmp_path)
    for day in (date(2024, 3, 31), date(2024, 4, 2)):
        weekly.weekly(opened(Workspace(tmp_path)), day)
        assert not frozen.known(Workspace(tmp_path)), "due on 31 March, locked from 3 April"
    first = weekly.weekly(opened(Workspace(tmp_path)), date(2024, 4, 3))
    assert step(first, "freeze").said == "2024-03"
    assert "periods/2024-03" in first.written
    before = bytes_of(tmp_path / "periods")
    again = weekly.weekly(opened(Workspace(tmp_path)), date(2024, 4, 3))
    assert [one.name for one in again.steps] == ["check", "status", "tables", "reports"]
    assert (again.written, bytes_of(tmp_path / "periods")) == ((), before)
    weekly.weekly(opened(Workspace(tmp_path)), date(2024, 4, 10))
    assert bytes_of(tmp_path / "periods") == before


def test_what_comes_late_leaves_the_frozen_table_and_is_an_erratum(tmp_path: Path) -> None:
    """Locked: only a reopening lets the return in; the table that was published stands as it is."""
    office(tmp_path)
    weekly.weekly(opened(Workspace(tmp_path)), date(2024, 4, 3))
    before = bytes_of(tmp_path / "periods/2024-03")
    add(tmp_path, "a", "2024-03-20")
    late, order = date(2024, 4, 5), Order(by="张三")
    with pytest.raises(submit.PeriodLockedError):
        submit.submit(opened(Workspace(tmp_path)), "a", "2024-03", order, today=late)
    decide.reopen(opened(Workspace(tmp_path)), "a", "2024-03", late, reason="台风", by="李四", today=late)
    assert submit.submit(opened(Workspace(tmp_path)), "a", "2024-03", order, today=late).standing == "reopened"
    weekly.weekly(opened(Workspace(tmp_path)), date(2024, 4, 10))
    after = bytes_of(tmp_path / "periods/2024-03")
    assert {name: data for name, data in after.items() if name != "exceptions.yaml"} == before
    found = restate.restate(opened(Workspace(tmp_path)), "2024-03", today=late, dry_run=True)
    assert {(cell.row, cell.before, cell.after) for cell in found.cells} == {("a", 1, 2), ("", 2, 3)}


def test_a_job_that_did_not_run_for_a_while_makes_up_for_it(tmp_path: Path) -> None:
    office(tmp_path)
    weekly.weekly(opened(Workspace(tmp_path)), date(2024, 4, 3))
    weekly.weekly(opened(Workspace(tmp_path)), date(2024, 7, 20))
    assert frozen.known(Workspace(tmp_path)) == ["2024-03", "2024-04", "2024-05", "2024-06"]


def test_what_was_over_before_anything_was_frozen_is_not_frozen_by_itself(tmp_path: Path) -> None:
    office(tmp_path)
    weekly.weekly(opened(Workspace(tmp_path)), date(2024, 6, 10))
    assert frozen.known(Workspace(tmp_path)) == ["2024-05"]


def test_a_period_that_cannot_be_frozen_is_told_each_time_and_does_not_stop_the_others(tmp_path: Path) -> None:
    office(tmp_path)
    weekly.weekly(opened(Workspace(tmp_path)), date(2024, 4, 3))
    path = tmp_path / "units/a/ledger.csv"
    good = path.read_bytes()
    path.write_bytes(good + b"\xff\xff\x80")
    done = weekly.weekly(opened(Workspace(tmp_path)), date(2024, 6, 3))
    assert "2024-04" in step(done, "freeze").said
    assert "2024-05" in step(done, "freeze").said
    assert (step(done, "freeze").code, frozen.known(Workspace(tmp_path))) == (1, ["2024-03"])
    path.write_bytes(good)
    weekly.weekly(opened(Workspace(tmp_path)), date(2024, 6, 10))
    assert frozen.known(Workspace(tmp_path)) == ["2024-03", "2024-04", "2024-05"]


def test_freezing_without_a_lock_day_is_told_to_be_impossible(tmp_path: Path) -> None:
    done = weekly.weekly(office(tmp_path, "policies: {weekly_freeze: true, weekly_period: month}\n"), date(2024, 4, 3))
    assert "lock_days" in step(done, "freeze").said
    assert done.code == 1


def test_after_the_campaign_the_job_stays_with_its_last_period(tmp_path: Path) -> None:
    assert weekly.weekly(office(tmp_path), date(2024, 9, 1)).period.key == "2024-06"
    assert weekly.weekly(office(tmp_path), date(2024, 2, 1)).period.key == "2024-03"


CRON = {"SYSTEMROOT", "COMSPEC", "PATHEXT", "WINDIR"}
"""What a scheduled task needs to start a program at all, where it is on Windows."""


@pytest.mark.parametrize(
    ("env", "encoding", "words"),
    [
        ({}, "utf-8", "2024-04-03, period 2024-03"),
        ({"LANG": "C", "LC_ALL": "C", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}, "utf-8", "period 2024-03"),
        ({"LC_ALL": "zh_CN.GBK", "PYTHONIOENCODING": "gbk"}, "gbk", "2024-04-03，报告期 2024-03，2个单位"),
        ({"LANG": "zh_CN.UTF-8", "HOME": "/nonexistent", "TERM": "xterm-256color"}, "utf-8", "报告期 2024-03"),
    ],
)
def test_a_timer_runs_it_in_a_bare_environment_into_a_plain_log(
    tmp_path: Path, env: dict[str, str], encoding: str, words: str
) -> None:
    """No terminal, home or path: the log has no colour, the exit code is the work's, a second run writes nothing."""
    office(tmp_path, MAY)
    program = [sys.executable, "-m", "hazardctl", "--campaign", str(tmp_path), "--today", "2024-04-03", "weekly"]
    given = {name: value for name, value in os.environ.items() if name in CRON} | env
    logs = []
    for _ in range(2):
        done = subprocess.run(
            [*program, "--period", "2024-03"], capture_output=True, env=given, cwd=tmp_path.anchor, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        log = (done.stdout + done.stderr).decode(encoding)
        assert done.returncode == 1, "two returns are missing that are due"
        assert words in log
        assert not {char for char in log if char < " " and char not in "\r\n"}
        logs.append(log)
    assert "reports/2024-03/status.csv" in logs[0]
    assert "reports/2024-03" not in logs[1]


def test_a_timer_that_points_nowhere_says_so_and_cannot_go_on(tmp_path: Path, run: Run) -> None:
    assert run("--campaign", str(tmp_path / "gone"), "weekly").code == 3
    office(tmp_path)
    for text in ("", "- a\n", "乱写"):
        (tmp_path / "campaign.yaml").write_text(text, encoding="utf-8")
        assert run("--campaign", str(tmp_path), "weekly").code == 3
