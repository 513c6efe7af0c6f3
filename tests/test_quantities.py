from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.cells import quantities
from hazardctl.cells.quantities import Kind, damaged_id, format_number, parse_number
from hazardctl.text import halfwidth

KINDS: tuple[Kind, ...] = ("integer", "number", "money", "percent")


@pytest.mark.parametrize(
    ("typed", "kind", "unit", "value", "liberties"),
    [
        ("0", "integer", "", "0", ()),
        ("12", "integer", "处", "12", ()),
        ("-3", "integer", "", "-3", ()),
        ("12处", "integer", "处", "12", ("unit",)),
        ("12 处", "integer", "处", "12", ("unit",)),
        ("12（处）", "integer", "处", "12", ("unit",)),
        ("12个", "integer", "处", "12", ("unit",)),
        ("12名", "integer", "人", "12", ("unit",)),
        ("12处", "integer", "", "12", ("unit",)),
        ("３", "integer", "", "3", ("fullwidth",)),
        ("1,234", "integer", "", "1234", ("thousands",)),
        ("１，２３４", "integer", "", "1234", ("fullwidth", "thousands")),
        ("1,234,567.5", "number", "", "1234567.5", ("thousands",)),
        ("6.7万户", "integer", "户", "67000", ("converted",)),
        ("6.7万户", "number", "万户", "6.7", ("unit",)),
        ("67000户", "number", "万户", "6.7", ("converted",)),
        ("44220.32万元", "money", "万元", "44220.32", ("unit",)),
        ("44220.32万元", "money", "元", "442203200", ("converted",)),
        ("44220.32万元", "money", "亿元", "4.422032", ("converted",)),
        ("44220.32万元", "money", "", "442203200", ("converted",)),
        ("44220.32", "money", "万元", "44220.32", ()),
        ("500元", "money", "万元", "0.05", ("converted",)),
        ("￥500", "money", "元", "500", ("spelling",)),
        ("2000万", "integer", "", "20000000", ("scale",)),
        ("2000万", "money", "元", "20000000", ("scale",)),
        ("2000万", "money", "万元", "2000", ("scale",)),
        ("1.5亿", "money", "万元", "15000", ("scale",)),
        ("100.00%", "percent", "%", "100.00", ()),
        ("97.28％", "percent", "%", "97.28", ("spelling",)),
        ("96.61", "percent", "%", "96.61", ()),
        ("0.5%", "percent", "", "0.5", ()),
        ("5‰", "percent", "%", "0.5", ("converted",)),
        ("百分之九十五", "percent", "%", "95", ("chinese_numerals",)),
        ("十二", "integer", "", "12", ("chinese_numerals",)),
        ("十二处", "integer", "处", "12", ("chinese_numerals", "unit")),
        ("两千万", "integer", "", "20000000", ("chinese_numerals",)),
        ("三万元", "money", "万元", "3", ("chinese_numerals", "converted")),
        ("12.0", "integer", "", "12", ("spelling",)),
        ("007", "integer", "", "7", ("spelling",)),
        (" 12\u3000", "integer", "", "12", ("spelling",)),
        ("12。", "integer", "", "12", ("spelling",)),
        ("−3", "integer", "", "-3", ("spelling",)),
        ("3公里", "number", "米", "3000", ("converted",)),
        ("两吨", "number", "", "2", ("chinese_numerals", "unit")),
        ("3吨", "number", "", "3", ("unit",)),
        ("3万吨", "number", "吨", "30000", ("converted",)),
        ("12只羊", "integer", "只羊", "12", ("unit",)),
    ],
)
def test_a_quantity_is_read_exactly_and_says_how(
    typed: str, kind: Kind, unit: str, value: str, liberties: tuple[str, ...]
) -> None:
    number = parse_number(typed, kind=kind, unit=unit)
    assert (number.value, number.problem) == (Decimal(value), "")
    assert number.liberties == liberties


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("", "blank"), ("\u3000", "blank"), ("/", "filler"), ("—", "filler"), ("-", "filler"), ("无", "filler"),
        ("……", "filler"), ("同上", "ditto"), ("不适用", "not_applicable"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", KINDS)
def test_blank_filler_and_not_applicable_are_not_zero(typed: str, mark: str, kind: Kind) -> None:
    number = parse_number(typed, kind=kind)
    assert (number.value, number.problem, number.mark) == (None, "", mark)


@pytest.mark.parametrize(
    ("typed", "kind", "unit", "problem", "args"),
    [
        ("500余人次", "integer", "人次", "approximate", {"suggestion": "500"}),
        ("约500", "integer", "", "approximate", {"suggestion": "500"}),
        ("500左右", "integer", "", "approximate", {"suggestion": "500"}),
        ("<5", "integer", "", "approximate", {"suggestion": "5"}),
        ("三四处", "integer", "处", "approximate", {"suggestion": ""}),
        ("数十处", "integer", "处", "approximate", {"suggestion": ""}),
        ("三十余", "integer", "", "approximate", {"suggestion": ""}),
        ("12.5", "integer", "", "not_whole", {}),
        ("1.23456万", "integer", "", "not_whole", {}),
        ("12,34", "integer", "", "thousands", {"suggestion": "1234"}),
        ("1,2345", "integer", "", "thousands", {"suggestion": "12345"}),
        ("12,", "integer", "", "thousands", {"suggestion": "12"}),
        ("0,500", "integer", "", "thousands", {"suggestion": "0500"}),
        ("两十", "integer", "", "not_a_number", {}),
        ("三亿（万）", "integer", "", "not_a_number", {}),
        ("1 234", "integer", "", "spaces_inside", {"suggestion": "1234"}),
        ("1\u00a0234", "integer", "", "spaces_inside", {"suggestion": "1234"}),
        ("1e5", "number", "", "scientific", {}),
        ("5.10122E+17", "number", "", "scientific", {}),
        ("NaN", "number", "", "not_a_number", {}),
        ("inf", "number", "", "not_a_number", {}),
        ("TRUE", "integer", "", "not_a_number", {}),
        ("①", "integer", "", "not_a_number", {}),
        ("٣", "integer", "", "not_a_number", {}),
        ("1²", "integer", "", "unit_unknown", {"said": "²"}),
        ("一百二", "integer", "", "not_a_number", {}),
        ("3万2千", "integer", "", "not_a_number", {}),
        ("$12", "money", "元", "not_a_number", {}),
        ("9月6日", "integer", "", "not_a_number", {}),
        ("=1+1", "integer", "", "formula", {}),
        ("#REF!", "integer", "", "formula_error", {}),
        ("检查?84", "integer", "", "broken", {}),
        ("5?4", "integer", "", "broken", {}),
        ("5？", "integer", "", "broken", {}),
        ("1\ufffd", "integer", "", "broken", {}),
        ("12、15", "integer", "", "several", {}),
        ("3-5", "integer", "", "several", {}),
        ("3+2", "integer", "", "several", {}),
        ("12人次", "integer", "人", "unit_differs", {"said": "人次", "unit": "人"}),
        ("12户", "integer", "处", "unit_differs", {"said": "户", "unit": "处"}),
        ("12个", "integer", "人次", "unit_differs", {"said": "个", "unit": "人次"}),
        ("50%", "number", "", "unit_differs", {"said": "%", "unit": ""}),
        ("12只羊", "integer", "", "unit_unknown", {"said": "只羊"}),
        ("12美元", "money", "元", "unit_unknown", {"said": "美元"}),
        ("0.97", "percent", "%", "ambiguous", {"first": "0.97%", "second": "97%"}),
        ("1", "percent", "%", "ambiguous", {"first": "1%", "second": "100%"}),
        ("5千", "money", "万元", "ambiguous", {"first": "5000", "second": "0.5"}),
        ("￥500", "money", "万元", "ambiguous", {"first": "500", "second": "0.05"}),
        ("￥1,234", "money", "万元", "ambiguous", {"first": "1234", "second": "0.1234"}),
        ("1234567890123456789", "integer", "", "too_long", {}),
        ("9" * 5000, "integer", "", "not_a_number", {}),
    ],
)
def test_what_is_not_an_exact_quantity_is_a_problem_and_never_zero(
    typed: str, kind: Kind, unit: str, problem: str, args: dict[str, str]
) -> None:
    number = parse_number(typed, kind=kind, unit=unit)
    assert (number.value, number.problem, dict(number.args)) == (None, problem, args)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_in_any_dress_is_the_same_number(value: Decimal) -> None:
    full = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
    for shown in (f"{value:f}", f"{value:,f}", f"{value:,f}".translate(full), f" {value:f}元", f"{value:,f} 元"):
        assert parse_number(shown, kind="money", unit="元").value == value
    assert parse_number(f"{value:f}万元", kind="money", unit="元").value == value * 10000
    assert parse_number(f"{value:f}元", kind="money", unit="万元").value == value / 10000


@given(st.integers(0, 99_999_999))
def test_a_chinese_numeral_is_its_number_or_refused(n: int) -> None:
    assert parse_number(chinese(n), kind="integer").value == n


def chinese(n: int) -> str:
    """Write a number as 一百零五."""
    if n >= 10000:
        rest = n % 10000
        return chinese(n // 10000) + "万" + (("零" if rest < 1000 else "") + chinese(rest) if rest else "")
    written, gap = "", False
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // scale % 10
        if digit:
            written += ("零" if gap else "") + "零一二三四五六七八九"[digit] + word
        gap = bool(written) and not digit
    return written or "零"


@given(
    st.text(st.characters() | st.sampled_from("0123456789,.%-+万亿千百元处人户十三余约 ０９，?"), max_size=16),
    st.data(),
)
def test_garbage_never_raises_and_keeps_its_digits(typed: str, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    number = parse_number(typed, kind=kind, unit=data.draw(st.sampled_from(["", "处", "万元", "人次", "%"])))
    assert sum((number.value is not None, bool(number.problem), bool(number.mark))) == 1
    assert number.problem in ("", *quantities.PROBLEMS)
    assert set(number.liberties) <= set(quantities.LIBERTIES)
    if number.value is not None and "chinese_numerals" not in number.liberties:
        typed_digits = re.sub("[^0-9]", "", halfwidth(typed)).strip("0")
        assert re.sub("[^0-9]", "", format_number(number.value)).strip("0") == typed_digits


@pytest.mark.parametrize(
    ("value", "places", "thousands", "shown"),
    [
        ("100.00", None, False, "100"), ("0.50", None, False, "0.5"), ("1E+3", None, False, "1000"),
        ("-0", None, False, "0"), ("9" * 40, 2, False, "9" * 40 + ".00"),
        ("2.5", 0, False, "3"), ("-2.5", 0, False, "-3"), ("97.275", 2, False, "97.28"), ("-0.001", 2, False, "0.00"),
        ("1234567.5", 2, True, "1,234,567.50"), ("-1234.5", None, True, "-1,234.5"), ("-0.5", None, True, "-0.5"),
        ("999", None, True, "999"),
    ],
)  # fmt: skip
def test_numbers_are_written_plainly_and_rounded_half_up(
    value: str, places: int | None, thousands: bool, shown: str
) -> None:
    assert format_number(Decimal(value), places=places, thousands=thousands) == shown


@pytest.mark.parametrize(
    ("typed", "damaged"),
    [
        ("5.10122E+17", True), ("510122199001010000", True), ("123456789012345.0", True),
        ("510122199001011234", False), ("12345", False), ("1000", False), ("H7K3-M9QX-2FPD", False),
    ],
)  # fmt: skip
def test_an_id_that_went_through_a_number_cell_is_known(typed: str, damaged: bool) -> None:
    assert damaged_id(typed) is damaged
