from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.cells import dates
from hazardctl.cells.date_forms import FIRST_YEAR, LAST_YEAR
from hazardctl.cells.dates import parse_day
from hazardctl.text import halfwidth

SIXTH = date(2022, 9, 6)
DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)).filter(lambda d: d != date(1970, 1, 1))
FULL = str.maketrans("0123456789-./", "０１２３４５６７８９－．／")
CHINESE = "〇一二三四五六七八九"


def chinese_number(n: int) -> str:
    tens, ones = divmod(n, 10)
    return ("" if tens < 2 else CHINESE[tens]) + ("十" if tens else "") + (CHINESE[ones] if ones else "")


def spellings(day: date) -> list[str]:
    y, m, d = day.year, day.month, day.day
    ascii_spellings = [
        f"{y}-{m:02}-{d:02}",
        f"{y}-{m}-{d}",
        f"{y}.{m}.{d}",
        f"{y}.{m:02}.{d:02}",
        f"{y}/{m}/{d}",
        f"{y:04}{m:02}{d:02}",
        f"{y}年{m}月{d}日",
        f"{y}年{m:02}月{d:02}日",
        f"{y} 年 {m} 月 {d} 日",
        f"{y}年{m}月{d}号",
        f"{y}-{m:02}-{d:02}T00:00:00",
        f"{y}-{m:02}-{d:02} 00:00:00",
        f"{y}/{m}/{d} 0:00",
        f" {y}-{m:02}-{d:02}\u3000",
        f"{y}。{m}。{d}",
        f"{y}.{m}.{d}.",
        f"{y}年{m}月{d}日（星期{'一二三四五六日'[day.weekday()]}）",
    ]
    written = f"{''.join(CHINESE[int(c)] for c in str(y))}年{chinese_number(m)}月{chinese_number(d)}日"
    return [*ascii_spellings, *(spelled.translate(FULL) for spelled in ascii_spellings), written]


@pytest.mark.parametrize(
    ("typed", "liberties"),
    [
        ("2022-09-06", ()),
        ("2022.9.6", ("spelling",)),
        ("2022年9月6日", ("spelling",)),
        ("2022/9/6", ("spelling",)),
        ("20220906", ("spelling",)),
        ("2022-9-6", ("spelling",)),
        ("2022-09-06T00:00:00", ("spelling",)),
        ("2022-09-06 00:00:00", ("spelling",)),
        ("2022-09-06T00:00:00+08:00", ("spelling",)),
        ("２０２２．９．６", ("fullwidth",)),
        ("二〇二二年九月六日", ("chinese_numerals",)),
        ("二零二二年九月六日", ("chinese_numerals",)),
        ("44810", ("serial",)),
        ("44810.0", ("serial",)),
        ("44810.75", ("serial", "time")),
        ("9月6日", ("guessed_year",)),
        ("9.6", ("guessed_year", "month_first")),
        ("9/6", ("guessed_year", "month_first")),
        ("2022-09-06 14:30", ("time",)),
        ("2022年9月6日下午3点", ("time",)),
        ("2022年9月6日 周二 14:30", ("time",)),
        ("6 Sep 2022", ("spelling",)),
        ("Sept 6, 2022", ("spelling",)),
        ("6-Sep", ("guessed_year",)),
    ],
)
def test_the_spellings_of_the_sixth_of_september(typed: str, liberties: tuple[str, ...]) -> None:
    day = parse_day(typed, years=(2022,))
    assert (day.date, day.spelling, day.problem) == (SIXTH, "2022-09-06", "")
    assert day.liberties == liberties
    assert day.guessed_year == ("guessed_year" in liberties)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("9/13/2022", "2022-09-13"), ("13/9/2022", "2022-09-13"), ("13.9.2022", "2022-09-13"), ("6/6/2022", "2022-06-06")],
)
def test_a_day_before_its_year_is_read_where_only_one_order_is_possible(typed: str, expected: str) -> None:
    assert parse_day(typed).spelling == expected


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("", "blank"),
        (" \u3000", "blank"),
        ("/", "filler"),
        ("—", "filler"),
        ("-", "filler"),
        ("无", "filler"),
        ("……", "filler"),
        ("同上", "ditto"),
        ("不适用", "not_applicable"),
        ("1900-01-01", "zero_date"),
        ("1970-01-01", "zero_date"),
        ("1899-12-30", "zero_date"),
        ("1900/1/0", "zero_date"),
        ("1900-01-01 00:00:00", "zero_date"),
        ("1970/1/1", "zero_date"),
        ("0", "zero_date"),
        ("25569", "zero_date"),
        ("0000-00-00", "zero_date"),
        ("0001-01-01", "zero_date"),
    ],
)
def test_what_stands_for_nothing_is_no_day_and_is_said(typed: str, mark: str) -> None:
    day = parse_day(typed)
    assert (day.date, day.problem, day.mark) == (None, "", mark)
    assert day.liberties == (() if mark == "blank" else (mark,))


@pytest.mark.parametrize(
    ("typed", "problem", "args"),
    [
        ("2022-02-30", "no_such_day", {}),
        ("2022-13-01", "no_such_day", {}),
        ("20220230", "no_such_day", {}),
        ("31.9.2022", "no_such_day", {}),
        ("2月30日", "no_such_day", {}),
        ("2月29日", "no_such_day", {}),
        ("6/9/2022", "ambiguous", {"first": "2022-06-09", "second": "2022-09-06"}),
        ("6.9.2022", "ambiguous", {"first": "2022-06-09", "second": "2022-09-06"}),
        ("9.1", "ambiguous", {"first": "9月1日", "second": "9月10日"}),
        ("22.9.6", "two_digit_year", {"suggestion": "2022-09-06"}),
        ("22年9月6日", "two_digit_year", {"suggestion": "2022-09-06"}),
        ("220906", "two_digit_year", {"suggestion": "2022-09-06"}),
        ("6-Sep-22", "two_digit_year", {"suggestion": "2022-09-06"}),
        ("9/6/22", "two_digit_year", {"suggestion": ""}),
        ("2022年9月", "no_day", {}),
        ("2022.9", "no_day", {}),
        ("2022", "no_day", {}),
        ("1933-02-03", "year_out_of_range", {}),
        ("1900-01-15", "year_out_of_range", {}),
        ("2022年9月6日（星期一）", "weekday", {"said": "一", "is": "二"}),
        ("2022-09-06T16:00:00Z", "time_zone", {"suggestion": "2022-09-07"}),
        ("2022-09-06 25:00", "no_such_time", {}),
        ("2022年9月6日完成", "extra_text", {"suggestion": "2022-09-06"}),
        ("2022年9月6日前", "extra_text", {"suggestion": "2022-09-06"}),
        ("2022.8.1-2022.8.10", "several_days", {}),
        ("2022年9月6日、2022年9月8日", "several_days", {}),
        ("2022-0?-06", "broken", {}),
        ("2022年9月?日", "broken", {}),
        ("2022-09-\ufffd6", "broken", {}),
        ("15", "unclear", {}),
        ("19999", "unclear", {}),
        ("20229", "unclear", {}),
        ("62022", "unclear", {}),
        ("1三月6日", "unclear", {}),
        ("9-6", "unclear", {}),
        ("16/9", "unclear", {}),
        ("已整改", "unclear", {}),
        ("1662422400000", "unclear", {}),
        ("٢٠٢٢-٠٩-٠٦", "unclear", {}),
        ("三四年九月六日", "unclear", {}),
        ("X" * 5000, "unclear", {}),
    ],
)
def test_what_cannot_be_read_in_one_way_is_a_problem(typed: str, problem: str, args: dict[str, str]) -> None:
    day = parse_day(typed, years=(2022,))
    assert (day.date, day.spelling, day.problem, dict(day.args)) == (None, "", problem, args)


def test_a_year_is_guessed_only_if_exactly_one_fits() -> None:
    assert parse_day("9月6日").problem == "no_year"
    assert parse_day("9月6日", years=(2022, 2023)).problem == "no_year"
    assert parse_day("2月29日", years=(2023, 2024)).date == date(2024, 2, 29)


@given(DAYS, st.data())
def test_any_day_in_any_spelling_is_the_same_day(day: date, data: st.DataObject) -> None:
    typed = data.draw(st.sampled_from(spellings(day)))
    read = parse_day(typed)
    assert (read.date, read.problem) == (day, "")
    assert typed == read.spelling or read.liberties


@given(st.integers(22000, 80000).filter(lambda n: n != 25569))
def test_a_day_number_of_excel_is_its_day(serial: int) -> None:
    day = parse_day(str(serial))
    assert day.date == date(1899, 12, 30) + timedelta(days=serial)
    assert day.liberties == ("serial",)


def assert_no_digit_is_invented(typed: str, read: date, liberties: tuple[str, ...]) -> None:
    if "serial" in liberties or "chinese_numerals" in liberties or re.search("[A-Za-z]", typed):
        return
    digits = "".join(re.findall("[0-9]", halfwidth(typed)))
    assert str(read.month) in digits
    assert str(read.day) in digits
    assert "guessed_year" in liberties or str(read.year) in digits


@given(st.text(st.characters() | st.sampled_from("0123456789年月日.-/—至前?０９ 十"), max_size=24))
def test_garbage_never_raises_and_never_yields_other_digits(typed: str) -> None:
    day = parse_day(typed, years=(2022,))
    assert sum(map(bool, (day.date, day.problem, day.mark))) == 1
    assert day.problem in ("", *dates.PROBLEMS)
    assert set(day.liberties) <= set(dates.LIBERTIES)
    if day.date:
        assert_no_digit_is_invented(typed, day.date, day.liberties)
        assert parse_day(day.spelling) == dates.Day(day.date, day.spelling)
