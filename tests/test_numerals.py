from __future__ import annotations

import pytest

from hazardctl.cells import numerals


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("零", 0), ("〇", 0), ("一", 1), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("二十五", 25),
        ("廿五", 25), ("卅", 30), ("一百", 100), ("一百零五", 105), ("一百一十", 110), ("两百", 200),
        ("三百五十六", 356), ("一千零五", 1005), ("一千零五十", 1050), ("两千零二十二", 2022), ("一万", 10000),
        ("十万", 100000), ("一万零二", 10002), ("一万二千", 12000), ("两千万", 20000000), ("一亿零五百万", 105000000),
        ("壹拾贰", 12), ("叁仟", 3000),
    ],
)  # fmt: skip
def test_a_well_formed_numeral_is_read(written: str, number: int) -> None:
    assert numerals.integer(written) == number


@pytest.mark.parametrize(
    "written",
    [
        "",
        "三四",
        "一百二",
        "一千五",
        "一万二",
        "两十",
        "十两",
        "百",
        "万",
        "百万",
        "一百十五",
        "二〇",
        "〇五",
        "十百",
        "一二三",
        "多",
    ],
)
def test_a_numeral_with_two_readings_or_none_is_not_read(written: str) -> None:
    assert numerals.integer(written) is None


def test_a_year_is_read_digit_by_digit() -> None:
    assert numerals.year("二〇二二") == numerals.year("二零二二") == 2022
    assert numerals.year("一九九八") == 1998
    assert numerals.year("二二") is None
    assert numerals.year("三四五六") is None
