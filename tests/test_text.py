from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl import text

ANYTHING = st.text(st.characters(), max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ＡＢＣ１２", "abc12"), ("Ｎ１", "n1"), ("e\u0301", "é"), ("STRASSE", "straße"), ("（一）", "(一)")],
)
def test_ids_and_headings_are_compared_by_nfkc_and_casefold(one: str, other: str) -> None:
    assert text.fold(one) == text.fold(other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("\u00a0整改期限\u3000", "整改期限"),
        ("\u200b整改期限\ufeff", "整改期限"),
        ("整改\n期限", "整改期限"),
        ("整改\r\n期限", "整改期限"),
        ("责 任 人", "责任人"),
        ("责\u3000任\u00a0人", "责任人"),
        ("Due\n date ", "Due date"),
        ("No. 1", "No. 1"),
        ("2022 年", "2022年"),
        (" \t\n", ""),
        ("", ""),
    ],
)
def test_a_heading_is_read_without_its_layout(typed: str, meant: str) -> None:
    assert text.clean(typed) == meant


@given(ANYTHING)
def test_cleaning_and_folding_twice_change_nothing_more(s: str) -> None:
    assert text.clean(text.clean(s)) == text.clean(s)
    assert text.fold(text.fold(s)) == text.fold(s)


@given(ANYTHING)
def test_trimming_takes_only_ends(s: str) -> None:
    assert text.trim(f"\u3000\u00a0\u200b{s}\n") == text.trim(s)
    assert text.trim(s) in s


def test_full_width_digits_letters_and_punctuation_become_ascii() -> None:
    assert text.halfwidth("２０２２．９．６，Ａ％　（１）") == "2022.9.6,A% (1)"
    assert text.halfwidth("张三、隐患") == "张三、隐患"


def test_superscripts_are_not_digits() -> None:
    assert text.halfwidth("1²") == "1²"


@pytest.mark.parametrize(
    ("s", "cells"),
    [("隐患", 4), ("abc", 3), ("e\u0301", 1), ("ｅ", 2), ("👍", 2), ("a\u200bb", 2), ("", 0), ("，", 2), ("—", 1)],
)
def test_width_counts_terminal_cells(s: str, cells: int) -> None:
    assert text.width(s) == cells


def test_padding_fills_cells_and_never_cuts() -> None:
    assert text.pad("隐患", 6) == "隐患  "
    assert text.pad("隐患排查", 6) == "隐患排查"


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("abc", 1, "^"),
        ("隐患,x", 3, "    ^"),
        ("隐患,x", 4, "     ^"),
        ("a\tb", 3, "   ^"),
        ("ab", 9, "  ^"),
        ("", 0, "^"),
    ],
)
def test_the_caret_stands_under_its_column(line: str, column: int, expected: str) -> None:
    assert text.caret(line, column) == expected


@pytest.mark.parametrize(
    ("s", "code", "index", "shown"),
    [
        ("a\0b", "nul", 1, r"\x00"),
        ("a\x1bb", "control", 1, r"\x1b"),
        ("a\x7f", "control", 1, r"\x7f"),
        ("a\u0085", "control", 1, r"\x85"),
        ("a\u2028b", "control", 1, r"\u2028"),
        ("a\u202eb", "bidi", 1, r"\u202e"),
        ("a\u2067b", "bidi", 1, r"\u2067"),
        ("a\u200bb", "zero_width", 1, r"\u200b"),
        ("a\ufeffb", "zero_width", 1, r"\ufeff"),
        ("\u3164", "zero_width", 0, r"\u3164"),
        ("a\ufffe", "not_a_character", 1, r"\ufffe"),
        ("a\U0001ffff", "not_a_character", 1, r"\U0001ffff"),
        ("a\ud800", "surrogate", 1, r"\ud800"),
        ("张\ufffd", "replacement", 1, r"\ufffd"),
        ("检查单?584家", "broken", 3, "?"),
        ("共5?家", "broken", 2, "?"),
        ("隐患??整改", "broken", 2, "?"),
        ("????", "broken", 0, "?"),
        ("锟斤拷", "broken", 0, "锟斤拷"),
    ],
)
def test_a_flawed_character_is_named_with_its_place(s: str, code: str, index: int, shown: str) -> None:
    assert text.unsafe(s) == text.Flaw(code, index, shown)


@pytest.mark.parametrize(
    "s",
    [
        "",
        "隐患",
        "a b",
        "第一行\n第二行\t完",
        "已整改吗?3日内",
        "http://a/?b=1",
        "是否整改?已整改",
        "?",
        "2+2=4",
        "👍",
        "张三\u3000",
    ],
)
def test_ordinary_text_has_no_flaw(s: str) -> None:
    assert text.unsafe(s) is None


def test_breaks_and_tabs_are_flaws_where_one_line_is_asked_for() -> None:
    assert text.unsafe("a\nb") is None
    flaw = text.unsafe("a\nb", single_line=True)
    assert flaw is not None
    assert (flaw.code, flaw.shown) == ("control", r"\n")


def test_a_grave_flaw_is_not_hidden_behind_a_harmless_one() -> None:
    flaw = text.unsafe("a\u200db\u202ec")
    assert flaw is not None
    assert flaw.code == "bidi"


@given(ANYTHING)
def test_what_is_shown_has_no_flaw_but_a_lost_character(s: str) -> None:
    shown = text.escape(s)
    flaw = text.unsafe(shown, single_line=True)
    assert flaw is None or flaw.code == "broken"
    assert shown.encode("utf-8").decode("utf-8") == shown


@given(ANYTHING)
def test_text_without_a_flaw_is_shown_as_it_is(s: str) -> None:
    flaw = text.unsafe(s, single_line=True)
    if flaw is None or flaw.code == "broken":
        assert text.escape(s) == s


@pytest.mark.parametrize(
    ("s", "expected"),
    [
        ("", "blank"),
        ("\u3000\u00a0", "blank"),
        ("\u200b", "blank"),
        ("/", "filler"),
        ("／", "filler"),
        ("—", "filler"),
        ("——", "filler"),
        ("－", "filler"),
        ("……", "filler"),
        ("…", "filler"),
        ("无", "filler"),
        (" 无 ", "filler"),
        ("同上", "ditto"),
        ("〃", "ditto"),
        ("″", "ditto"),
        ("不适用", "not_applicable"),
        ("N/A", "not_applicable"),
        ("0", ""),
        ("无隐患", ""),
        ("已整改", ""),
    ],
)
def test_fillers_are_told_from_blanks_and_values(s: str, expected: str) -> None:
    assert text.mark(s) == expected


@given(st.one_of(ANYTHING, st.text("无同上/—…Ｎ／ａ.？? 门禁损坏\u3000\u200b\u202e锟斤拷H2-", max_size=20)))
def test_what_is_quickly_called_plain_has_nothing_to_be_said_of_it(typed: str) -> None:
    if text.plain(typed):
        assert text.unsafe(typed, single_line=True) is None
        assert text.mark(typed) == ""
        assert text.trim(typed) == typed
    assert text.plain("东门门禁损坏") and text.plain("H7K3-M9QX-2FPD")  # noqa: PT018 -- both, or it would be of no use
