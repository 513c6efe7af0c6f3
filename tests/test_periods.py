from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.returns import periods
from hazardctl.returns.periods import contains, following, of, overlaps, parse, previous

NAMED = {
    "附件2": (date(2022, 8, 1), date(2022, 8, 9)),
    "附件1": (date(2022, 8, 1), date(2022, 9, 6)),
    "总结提升": (date(2022, 9, 9), date(2022, 9, 30)),
}
DAYS = st.dates(date(1960, 1, 1), date(2190, 12, 31))
KINDS = st.sampled_from(periods.CALENDAR_KINDS)


@pytest.mark.parametrize(
    ("typed", "key", "start", "end", "kind"),
    [
        ("2022-08-03", "2022-08-03", "2022-08-03", "2022-08-03", "day"),
        ("2022年8月3日", "2022-08-03", "2022-08-03", "2022-08-03", "day"),
        ("2022-W36", "2022-W36", "2022-09-05", "2022-09-11", "week"),
        ("2022-w36", "2022-W36", "2022-09-05", "2022-09-11", "week"),
        ("2022年第36周", "2022-W36", "2022-09-05", "2022-09-11", "week"),
        ("2020-W53", "2020-W53", "2020-12-28", "2021-01-03", "week"),
        ("2021-W01", "2021-W01", "2021-01-04", "2021-01-10", "week"),
        ("2025-W01", "2025-W01", "2024-12-30", "2025-01-05", "week"),
        ("2022-08", "2022-08", "2022-08-01", "2022-08-31", "month"),
        ("2022-8", "2022-08", "2022-08-01", "2022-08-31", "month"),
        ("2022年8月", "2022-08", "2022-08-01", "2022-08-31", "month"),
        ("202208", "2022-08", "2022-08-01", "2022-08-31", "month"),
        ("２０２２－０８", "2022-08", "2022-08-01", "2022-08-31", "month"),
        ("2024-02", "2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2022-Q3", "2022-Q3", "2022-07-01", "2022-09-30", "quarter"),
        ("2022Q3", "2022-Q3", "2022-07-01", "2022-09-30", "quarter"),
        ("2022年第三季度", "2022-Q3", "2022-07-01", "2022-09-30", "quarter"),
        ("2022-H1", "2022-H1", "2022-01-01", "2022-06-30", "half"),
        ("2022年下半年", "2022-H2", "2022-07-01", "2022-12-31", "half"),
        ("2022", "2022", "2022-01-01", "2022-12-31", "year"),
        (" 2022年 ", "2022", "2022-01-01", "2022-12-31", "year"),
        ("附件1", "附件1", "2022-08-01", "2022-09-06", "named"),
        ("附件１", "附件1", "2022-08-01", "2022-09-06", "named"),
    ],
)
def test_a_period_is_read_as_people_write_it(typed: str, key: str, start: str, end: str, kind: str) -> None:
    period = parse(typed, NAMED)
    assert period is not None
    assert (period.key, str(period.start), str(period.end), period.kind) == (key, start, end, kind)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2021-W53",
        "2022-W00",
        "2022-13",
        "2022-02-30",
        "2022-Q5",
        "2022-H3",
        "2022.1",
        "1900",
        "附件9",
        "月",
        "2022-08-03-04",
    ],
)
def test_what_names_no_period_is_none(typed: str) -> None:
    assert parse(typed, NAMED) is None


def test_a_name_whose_days_run_backwards_is_no_period() -> None:
    assert parse("阶段", {"阶段": (date(2022, 9, 1), date(2022, 8, 1))}) is None


def test_the_campaigns_periods_follow_each_other_by_their_days() -> None:
    first, second, third = (parse(name, NAMED) for name in ("附件2", "附件1", "总结提升"))
    assert first is not None
    assert second is not None
    assert third is not None
    assert previous(first, NAMED) is None
    assert previous(second, NAMED) == first
    assert following(second, NAMED) == third
    assert following(third, NAMED) is None


@given(DAYS, KINDS)
def test_a_calendar_period_holds_its_day_and_reads_back(day: date, kind: periods.Kind) -> None:
    period = of(day, kind)
    assert contains(period, day)
    assert parse(period.key) == period


@given(DAYS, KINDS)
def test_periods_of_a_kind_follow_without_a_gap(day: date, kind: periods.Kind) -> None:
    period = of(day, kind)
    after, before = following(period), previous(period)
    assert after is not None
    assert before is not None
    assert after.start - period.end == period.start - before.end == timedelta(days=1)
    assert previous(after) == following(before) == period
    assert before < period < after


@given(DAYS, KINDS, DAYS, KINDS)
def test_overlap_and_containment_are_those_of_the_days(a: date, one: periods.Kind, b: date, two: periods.Kind) -> None:
    p, q = of(a, one), of(b, two)
    assert overlaps(p, q) == overlaps(q, p)
    assert overlaps(p, q) == (max(p.start, q.start) <= min(p.end, q.end))
    assert contains(p, q) == (contains(p, q.start) and contains(p, q.end))
    assert not contains(p, q) or overlaps(p, q)


def test_there_is_no_period_beyond_the_years_that_are_read() -> None:
    last, first = parse("2199"), parse("1950")
    assert last is not None
    assert first is not None
    assert following(last) is None
    assert previous(first) is None


@given(st.text(st.characters() | st.sampled_from("0123456789-WQH年月季度周上下半第./"), max_size=16))
def test_garbage_is_a_period_or_none(typed: str) -> None:
    period = parse(typed)
    assert period is None or parse(period.key) == period
