from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.cells import deadlines
from hazardctl.cells.deadlines import Deadline, due, parse_deadline, spelling

FOUND = date(2022, 8, 31)


def value(deadline: Deadline) -> Deadline:
    return replace(deadline, liberties=())


def skip_weekends(day: date, number: int) -> date:
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day


@pytest.mark.parametrize(
    ("typed", "kind", "due_on", "liberties", "canonical"),
    [
        ("2022-09-06", "day", "2022-09-06", (), "2022-09-06"),
        ("2022.9.6", "day", "2022-09-06", ("spelling",), "2022-09-06"),
        ("2022年9月6日", "day", "2022-09-06", ("spelling",), "2022-09-06"),
        ("2022/9/6", "day", "2022-09-06", ("spelling",), "2022-09-06"),
        ("20220906", "day", "2022-09-06", ("spelling",), "2022-09-06"),
        ("44810", "day", "2022-09-06", ("serial",), "2022-09-06"),
        ("9月6日前", "by", "2022-09-06", ("guessed_year",), "2022-09-06前"),
        ("2022年9月6日前", "by", "2022-09-06", ("spelling",), "2022-09-06前"),
        ("2022年9月6日之前", "by", "2022-09-06", ("spelling",), "2022-09-06前"),
        ("２０２２年９月６日前", "by", "2022-09-06", ("fullwidth",), "2022-09-06前"),
        ("二〇二二年九月六日前", "by", "2022-09-06", ("chinese_numerals",), "2022-09-06前"),
        ("截至2022年9月6日", "by", "2022-09-06", ("spelling",), "2022-09-06前"),
        ("于9月6日前完成整改", "by", "2022-09-06", ("guessed_year", "extra_words"), "2022-09-06前"),
        ("9月6日24时前", "by", "2022-09-06", ("guessed_year", "time"), "2022-09-06前"),
        ("8.15前", "by", "2022-08-15", ("guessed_year",), "2022-08-15前"),
        ("2022年9月下旬", "part", "2022-09-30", (), "2022年9月下旬"),
        ("2022年9月中旬", "part", "2022-09-20", (), "2022年9月中旬"),
        ("9月上旬", "part", "2022-09-10", ("guessed_year",), "2022年9月上旬"),
        ("8月1日—8月10日", "range", "2022-08-10", ("guessed_year",), "2022-08-01—2022-08-10"),
        ("2022年8月1日—8月10日", "range", "2022-08-10", ("spelling",), "2022-08-01—2022-08-10"),
        ("2022.8.1-2022.8.10", "range", "2022-08-10", ("spelling",), "2022-08-01—2022-08-10"),
        ("2022-08-01-2022-08-10", "range", "2022-08-10", ("spelling",), "2022-08-01—2022-08-10"),
        ("8.1–8.10", "range", "2022-08-10", ("guessed_year",), "2022-08-01—2022-08-10"),
        ("2022年8月1日至10日", "range", "2022-08-10", ("spelling",), "2022-08-01—2022-08-10"),
        ("2022年12月20日—1月10日", "range", "2023-01-10", ("guessed_year",), "2022-12-20—2023-01-10"),
        ("2022年8-10月", "range", "2022-10-31", ("whole_period",), "2022-08-01—2022-10-31"),
        ("2022年9月底前", "month_end", "2022-09-30", (), "2022年9月底前"),
        ("2022年9月底", "month_end", "2022-09-30", (), "2022年9月底前"),
        ("9月底前", "month_end", "2022-09-30", ("guessed_year",), "2022年9月底前"),
        ("2022年9月", "month_end", "2022-09-30", ("whole_period",), "2022年9月底前"),
        ("2022年三季度末", "quarter_end", "2022-09-30", ("chinese_numerals",), "2022年第三季度末前"),
        ("2022年第三季度末前", "quarter_end", "2022-09-30", (), "2022年第三季度末前"),
        ("2022年上半年", "half_end", "2022-06-30", ("whole_period",), "2022年上半年结束前"),
        ("2024年底前", "year_end", "2024-12-31", (), "2024年底前"),
        ("年底前", "year_end", "2022-12-31", ("guessed_year",), "2022年底前"),
        ("2024年底前，并长期坚持", "year_end", "2024-12-31", (), "2024年底前，并长期坚持"),
        ("3日内", "days", "2022-09-03", (), "3日内"),
        ("三日内", "days", "2022-09-03", ("chinese_numerals",), "3日内"),
        ("十五日内", "days", "2022-09-15", ("chinese_numerals",), "15日内"),
        ("10天", "days", "2022-09-10", ("spelling",), "10日内"),
        ("一周内", "days", "2022-09-07", ("chinese_numerals",), "1周内"),
        ("两个星期内", "days", "2022-09-14", ("chinese_numerals",), "2周内"),
        ("1月内", "days", "2022-09-30", ("month_count",), "1个月内"),
        ("1个月内", "days", "2022-09-30", (), "1个月内"),
        ("三个月内", "days", "2022-11-30", ("chinese_numerals",), "3个月内"),
        ("半年内", "days", "2023-02-28", ("spelling",), "6个月内"),
        ("半个月内", "days", "2022-09-15", ("half_month",), "15日内"),
        ("48小时内", "days", "2022-09-02", ("hours",), "2日内"),
        ("15", "days", "2022-09-15", ("bare_number",), "15日内"),
        ("自发现之日起3日内", "days", "2022-09-03", ("extra_words",), "3日内"),
        ("5个工作日内", "workdays", "2022-09-07", (), "5个工作日内"),
        ("五个工作日内", "workdays", "2022-09-07", ("chinese_numerals",), "5个工作日内"),
        ("立即", "at_once", "2022-08-31", (), "立即"),
        ("立行立改", "at_once", "2022-08-31", (), "立行立改"),
        ("检查当日", "at_once", "2022-08-31", (), "检查当日"),
        ("当场", "at_once", "2022-08-31", (), "当场"),
        ("立行立改，长期坚持", "at_once", "2022-08-31", (), "立行立改，并长期坚持"),
        ("长期", "standing", None, (), "长期"),
        ("长期坚持", "standing", None, (), "长期坚持"),
        ("持续", "standing", None, (), "持续"),
        ("十九大召开前", "event", None, (), "十九大召开前"),
        ("汛期前完成", "event", None, (), "汛期前完成"),
        ("党的20大召开前", "event", None, (), "党的20大召开前"),
        ("三年行动结束前", "event", None, (), "三年行动结束前"),
        ("第二次验收前", "event", None, (), "第二次验收前"),
        ("2022年国庆节前", "event", None, (), "2022年国庆节前"),
    ],
)
def test_the_deadlines_of_the_field(
    typed: str, kind: str, due_on: str | None, liberties: tuple[str, ...], canonical: str
) -> None:
    deadline = parse_deadline(typed, years=(2022,))
    assert (deadline.kind, deadline.problem) == (kind, "")
    assert deadline.liberties == liberties
    assert due(deadline, FOUND, skip_weekends) == (date.fromisoformat(due_on) if due_on else None)
    assert spelling(deadline) == canonical


@pytest.mark.parametrize(
    "typed", ["2024年底前，并长期坚持", "立行立改，长期坚持", "立即整改并长期坚持", "9月30日前，持续整改"]
)
def test_a_deadline_that_goes_on_afterwards_keeps_both(typed: str) -> None:
    deadline = parse_deadline(typed, years=(2022,))
    assert deadline.standing_after
    assert due(deadline, FOUND) is not None


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("", "blank"),
        ("/", "filler"),
        ("—", "filler"),
        ("无", "filler"),
        ("……", "filler"),
        ("同上", "ditto"),
        ("不适用", "not_applicable"),
        ("1900-01-01", "zero_date"),
        ("1970-01-01", "zero_date"),
        ("0", "zero_date"),
    ],
)
def test_what_stands_for_no_deadline_is_empty_and_is_said(typed: str, mark: str) -> None:
    deadline = parse_deadline(typed)
    assert (deadline.kind, deadline.mark, deadline.problem) == ("empty", mark, "")
    assert deadline.liberties == (() if mark == "blank" else (mark,))
    assert due(deadline, FOUND) is None


@pytest.mark.parametrize(
    ("typed", "problem", "args"),
    [
        ("2022-02-30", "no_such_day", {}),
        ("2022年2月30日前", "no_such_day", {}),
        ("6/9/2022", "ambiguous", {"first": "2022-06-09", "second": "2022-09-06"}),
        ("3月内", "ambiguous", {"first": "3个月内", "second": "3月底前"}),
        ("3月", "ambiguous", {"first": "3个月内", "second": "3月底前"}),
        ("19完成", "unclear", {}),
        ("1三工作日", "unclear", {}),
        ("工作日前", "unclear", {}),
        ("0内前", "unclear", {}),
        ("3次12月后", "unclear", {}),
        ("22年9月6日前", "two_digit_year", {"suggestion": "2022-09-06"}),
        ("22年底", "two_digit_year", {"suggestion": ""}),
        ("2022年9月前", "before_period", {"suggestion": "2022年9月底前"}),
        ("2024年前", "before_period", {"suggestion": "2024年底前"}),
        ("9月中旬前", "before_period", {"suggestion": "9月中旬"}),
        ("15日前", "no_month", {"suggestion": "15日内"}),
        ("15日", "no_month", {"suggestion": "15日内"}),
        ("月底前", "relative", {}),
        ("明年底前", "relative", {}),
        ("本周五前", "relative", {}),
        ("尽快", "vague", {}),
        ("限期整改", "vague", {}),
        ("9月初", "vague", {}),
        ("2022年8月10日—8月1日", "range_backwards", {}),
        ("2022年8月10日至1日", "range_backwards", {}),
        ("12月20日—1月10日", "no_year", {}),
        ("1000天", "too_long", {}),
        ("9月6日会议前", "unclear", {}),
        ("3个月后", "unclear", {}),
        ("2022.1", "no_day", {}),
        ("已整改", "unclear", {}),
        ("每月30日", "unclear", {}),
        ("检查单?584日内", "broken", {}),
        ("9月?日前", "broken", {}),
        ("2022年9月6日、2022年10月8日", "several_days", {}),
        ("立" * 5000, "unclear", {}),
    ],
)
def test_what_cannot_be_read_in_one_way_is_a_problem(typed: str, problem: str, args: dict[str, str]) -> None:
    deadline = parse_deadline(typed, years=(2022,))
    assert (deadline.kind, deadline.problem, dict(deadline.args)) == ("", problem, args)


def test_a_deadline_without_a_year_needs_exactly_one_that_fits() -> None:
    for typed in ("9月6日前", "9月底前", "年底前", "9月中旬", "8月1日—8月10日", "三季度末", "上半年"):
        assert parse_deadline(typed).problem == "no_year"
        assert parse_deadline(typed, years=(2022, 2023)).problem == "no_year"
        assert "guessed_year" in parse_deadline(typed, years=(2022,)).liberties
    assert parse_deadline("12月20日—1月10日", years=(2022, 2023)).end == date(2023, 1, 10)


def test_a_term_has_no_date_without_the_finding() -> None:
    for typed in ("3日内", "1个月内", "5个工作日内", "立即"):
        assert due(parse_deadline(typed), None, skip_weekends) is None
    assert due(parse_deadline("5个工作日内"), FOUND) is None


def test_a_month_from_the_last_of_january_ends_with_february() -> None:
    assert due(parse_deadline("1个月内"), date(2022, 1, 31)) == date(2022, 2, 28)
    assert due(parse_deadline("1个月内"), date(2024, 1, 31)) == date(2024, 2, 29)


def test_a_term_beyond_the_calendar_has_no_date() -> None:
    assert due(parse_deadline("999日内"), date(9999, 12, 1)) is None
    assert due(parse_deadline("999个月内"), date(9999, 12, 1)) is None


@pytest.mark.parametrize(
    "typed",
    [
        "2022-09-06",
        "by 2022-09-06",
        "2022-08-01 to 2022-08-10",
        "late 2022-09",
        "end of 2022-09",
        "end of 2022-Q3",
        "end of 2022-H1",
        "end of 2024",
        "end of 2024, then standing",
        "within 1 day",
        "within 3 weeks",
        "within 2 months",
        "within 5 working days",
        "at once",
        "standing",
        "before the congress",
    ],
)
def test_deadlines_are_read_in_english_too(typed: str) -> None:
    deadline = parse_deadline(typed)
    assert (deadline.liberties, deadline.problem) == ((), "")
    assert spelling(deadline, "en") == typed


DAYS = st.dates(date(1971, 1, 1), date(2198, 12, 31))
TERMS = st.builds(
    lambda n, unit: f"{n}{unit}内",
    st.integers(1, 999),
    st.sampled_from(["日", "天", "周", "个月", "个工作日", "个星期"]),
)
FORMS = st.one_of(
    TERMS,
    DAYS.flatmap(
        lambda d: st.sampled_from(
            [
                f"{d.year}年{d.month}月{d.day}日前",
                f"{d.year}.{d.month}.{d.day}",
                f"{d.year}年{d.month}月底",
                f"{d.year}年底前",
                f"{d.year}年{d.month}月中旬",
                f"{d.year}年第{d.month % 4 + 1}季度末",
                f"{d.year}年下半年",
                f"{d.month}月{d.day}日前",
                f"{d:%Y%m%d}前",
                f"{d.year}年{d.month}月{d.day}日—{d.year + 1}年{d.month}月28日",
                f"{d.year}年1月-{d.month}月",
            ]
        )
    ),
    st.sampled_from(["立即", "立行立改", "长期坚持", "持续", "十九大召开前", "验收前", "半年内", "36小时内"]),
)


@given(FORMS, st.booleans(), st.sampled_from(["zh", "en"]))
def test_the_canonical_spelling_reads_back_the_same_without_a_liberty(form: str, goes_on: bool, lang: str) -> None:
    first = parse_deadline(form + "，并长期坚持" * goes_on, years=(2024,))
    assert not first.problem
    again = parse_deadline(spelling(first, lang))
    assert again == value(first)


LETTERS = st.characters() | st.sampled_from("0123456789年月日内前底个天周至—，长期坚持立即工作上下旬半季度?０９ 十")


@given(st.text(LETTERS, max_size=20))
def test_garbage_never_raises_and_reads_back_the_same(typed: str) -> None:
    deadline = parse_deadline(typed, years=(2022,))
    assert bool(deadline.kind) != bool(deadline.problem)
    assert deadline.kind in ("", *deadlines.KINDS)
    assert deadline.problem in ("", *deadlines.PROBLEMS)
    assert set(deadline.liberties) <= set(deadlines.LIBERTIES)
    if deadline.kind not in ("", "empty"):
        assert parse_deadline(spelling(deadline)) == value(deadline)
