"""A period's days: due, late until, locked, by names, recurring reports, fixed days and working days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from campaigns import FOUND, campaign
from hazardctl.load import Opened
from hazardctl.returns import clock

UNITS = "a,东港,,,,\n"


def days(opened: Opened, period: str) -> tuple[str, str, str]:
    found = clock.of(opened, clock.parse(opened, period))
    return str(found.due), str(found.late_until or ""), str(found.locks_on or "")


def office(root: Path, more: str = "", files: dict[str, str] | None = None) -> Opened:
    return campaign(root, FOUND % "", UNITS, files, more)


def test_a_calendar_period_is_due_on_its_last_day(tmp_path: Path) -> None:
    opened = office(tmp_path)
    ends = {
        "2024-03-05": "2024-03-05", "2024-W10": "2024-03-10", "2024-02": "2024-02-29", "2024-Q1": "2024-03-31",
        "2024-H1": "2024-06-30", "2024": "2024-12-31",
    }  # fmt: skip
    assert {period: days(opened, period)[0] for period in ends} == ends


def test_a_monthly_report_on_the_30th_is_due_on_the_last_day_of_a_shorter_month(tmp_path: Path) -> None:
    more = "schedules: [{id: monthly, label: 月报, every: month, day: 30, late_days: 3, lock_days: 10}]\n"
    opened = office(tmp_path, more)
    assert days(opened, "2024-02") == ("2024-02-29", "2024-03-03", "2024-03-10")
    assert days(opened, "2024-05") == ("2024-05-30", "2024-06-02", "2024-06-09")
    assert days(opened, "2024-Q2") == ("2024-06-30", "", "")


def test_reports_on_fixed_days_are_periods_between_them(tmp_path: Path) -> None:
    opened = office(tmp_path, 'schedules: [{id: count, label: 统计, on: ["04-30", "06-15"]}]\n')
    first, second = (clock.read(opened, f"count-2024-{day}") for day in ("04-30", "06-15"))
    assert (first.start, first.end) == (date(2024, 3, 1), date(2024, 4, 30))
    assert (second.start, second.end) == (date(2024, 5, 1), date(2024, 6, 15))
    assert days(opened, "count-2024-06-15")[0] == "2024-06-15"


def test_policies_hold_where_a_period_says_nothing(tmp_path: Path) -> None:
    more = "policies: {late_days: 5, lock_days: 20}\n"
    more += "periods: [{id: one, label: 一, to: 2024-04-10, late_until: 2024-04-12}]\n"
    assert days(office(tmp_path, more), "one") == ("2024-04-10", "2024-04-12", "2024-04-30")


def test_days_counted_beyond_all_calendars_end_with_these(tmp_path: Path) -> None:
    more = "policies: {late_days: 99999999999, lock_days: -99999999999}\n"
    more += "periods: [{id: one, label: 一, to: 9999-12-01}, {id: two, label: 二, from: 0001-01-01, to: 0001-01-02}]\n"
    opened = office(tmp_path, more)
    assert days(opened, "one")[1] == "9999-12-31"
    assert days(opened, "two")[2] == "0001-01-01"


@pytest.mark.parametrize(("policy", "due"), [("keep", "2022-10-01"), ("before", "2022-09-30"), ("after", "2022-10-08")])
def test_a_due_day_on_a_holiday_moves_as_the_bureau_says(tmp_path: Path, policy: str, due: str) -> None:
    """The National Day holiday of 2022 ran from 1 to 7 October; Saturday the 8th was a working day."""
    more = f"policies: {{rest_days: {policy}}}\nperiods: [{{id: one, label: 一, from: 2022-09-01, to: 2022-10-01}}]\n"
    assert days(office(tmp_path, more), "one")[0] == due


def test_a_report_may_be_due_some_working_days_after_its_month(tmp_path: Path) -> None:
    more = "schedules: [{id: m, label: 月报, every: month, after: 5, workdays: true, late_days: 1}]\n"
    assert days(office(tmp_path, more), "2022-09") == ("2022-10-12", "2022-10-13", "")


def test_a_year_without_a_published_calendar_is_refused_or_provisional(tmp_path: Path) -> None:
    more = "periods: [{id: far, label: 远, from: 2060-01-01, to: 2060-01-31}]\npolicies: {rest_days: after%s}\n"
    opened = office(tmp_path / "refused", more % "")
    with pytest.raises(clock.UnpublishedError):
        clock.of(opened, clock.read(opened, "far"))
    opened = office(tmp_path / "provisional", more % ", unpublished: provisional")
    found = clock.of(opened, clock.read(opened, "far"))
    assert (found.due, found.provisional) == (date(2060, 2, 2), True)
    assert not clock.of(opened, clock.read(opened, "2024-03-04")).provisional


def test_the_campaigns_own_calendar_wins(tmp_path: Path) -> None:
    more = "periods: [{id: far, label: 远, from: 2060-01-01, to: 2060-01-30}]\npolicies: {rest_days: after}\n"
    opened = office(tmp_path, more, {"../calendar/2060.csv": "date,kind\n2060-01-30,holiday\n2060-01-31,workday\n"})
    found = clock.of(opened, clock.read(opened, "far"))
    assert (found.due, found.provisional) == (date(2060, 1, 31), False)


def test_the_period_the_bureau_works_on(tmp_path: Path) -> None:
    periods = "periods: [{id: one, label: 一, to: 2024-04-10}, {id: two, label: 二, to: 2024-05-20}]\n"
    opened = office(tmp_path / "named", periods)
    wanted = {"2024-02-01": "one", "2024-04-10": "one", "2024-04-11": "two", "2024-07-01": "two"}
    assert {day: clock.current(opened, date.fromisoformat(day)).key for day in wanted} == wanted
    assert clock.current(office(tmp_path / "none"), date(2024, 3, 6)).key == "2024-W10"
    monthly = "schedules: [{id: m, label: 月报, every: month}]\n"
    assert clock.current(office(tmp_path / "monthly", monthly), date(2024, 3, 6)).key == "2024-03"
    asked = monthly + "policies: {weekly_period: quarter}\n"
    assert clock.current(office(tmp_path / "asked", asked), date(2024, 3, 6)).key == "2024-Q1"
