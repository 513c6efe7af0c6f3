from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.cells import statuses
from hazardctl.cells.statuses import STATUSES, TRACKS, read_status, read_track, read_yes_no, split_names

LABELS = {
    "unable": ("无法整改", "Cannot be fixed"),
    "not_started": ("未整改", "Not started"),
    "in_progress": ("整改中", "In progress"),
    "done": ("已整改", "Fixed"),
}


@pytest.mark.parametrize(
    ("value", "liberty", "words"),
    [
        ("unable", "", "无法整改 unable"),
        ("not_started", "", "未整改 not_started"),
        ("not_started", "synonym", "待整改 尚未启动 未处理 未完成"),
        ("not_started", "yes_no", "否 ×"),
        ("in_progress", "", "整改中 in_progress"),
        ("in_progress", "synonym", "正在整改 处理中 达到序时进度"),
        ("in_progress", "submitted", "待验收 待复查 待审核"),
        ("in_progress", "partly", "基本完成 部分整改"),
        ("in_progress", "standing", "持续整改 长期坚持"),
        ("in_progress", "refused", "退回 不合格 验收不合格"),
        ("done", "", "已整改 done"),
        ("done", "synonym", "已完成 完成 整改完成"),
        ("done", "yes_no", "✓ 是 √ ✔\ufe0f"),
        ("done", "closed", "已销号 销号 已关闭 闭环 摘牌"),
    ],
)
def test_the_status_words_of_the_field(value: str, liberty: str, words: str) -> None:
    for word in words.split(" "):
        assert read_status(word, LABELS) == statuses.Reading(value, liberty), word


@pytest.mark.parametrize("typed", ["已 整改", "已整改。", "\u3000已整改 ", "已\n整改", "ＦＩＸＥＤ", "fixed", "Done"])
def test_layout_and_case_do_not_hide_a_status(typed: str) -> None:
    assert read_status(typed, LABELS) == statuses.Reading("done", "synonym")


def test_the_campaigns_own_words_win() -> None:
    own = {"not_started": ("待验收",), "done": ("立行立改", "结案"), "waiting": ("退回",)}
    assert read_status("待验收", own).value == "not_started"
    assert read_status("立行立改", own) == statuses.Reading("done")
    assert read_status("结 案", own) == statuses.Reading("done", "synonym")
    assert read_status("退回", own).value == "waiting"
    assert read_status("待复查", own) == statuses.Reading("in_progress", "submitted")


@pytest.mark.parametrize(
    ("typed", "track"),
    [("立行立改", "at_once"), ("立即整改", "at_once"), ("限期整改", "by_date"), ("长期整改", "long_term")],
)
def test_a_track_in_a_status_column_is_said_and_is_no_status(typed: str, track: str) -> None:
    reading = read_status(typed, LABELS)
    assert (reading.value, reading.problem, reading.track) == ("", "track", track)
    assert read_track(typed).value == track


@pytest.mark.parametrize(
    ("typed", "value", "liberty"),
    [
        ("整改中（待验收）", "in_progress", "submitted"),
        ("已整改、已销号", "done", "closed"),
        ("已整改/完成", "done", "synonym"),
        ("已完成，已整改到位", "done", "synonym"),
    ],
)
def test_words_that_agree_are_one_status(typed: str, value: str, liberty: str) -> None:
    assert read_status(typed, LABELS) == statuses.Reading(value, liberty)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("已整改，长期坚持", "several"), ("已整改（待验收）", "several"), ("未整改/已整改", "several"),
        ("整?中", "broken"), ("已整\ufffd", "broken"), ("?", "broken"), ("已整\u202e改", "broken"),
        ("乱写", "unknown"), ("90%", "unknown"), ("1", "unknown"), ("未", "unknown"), ("已整改1处", "unknown"),
        ("未能整改完成但是正在推进" * 9, "unknown"),
    ],
)  # fmt: skip
def test_what_is_no_status_is_a_problem(typed: str, problem: str) -> None:
    reading = read_status(typed, LABELS)
    assert (reading.value, reading.problem) == ("", problem)


@pytest.mark.parametrize(
    ("typed", "mark"),
    [("", "blank"), ("\u3000", "blank"), ("/", "filler"), ("—", "filler"), ("无", "filler"), ("同上", "ditto")],
)
def test_fillers_are_no_status_and_no_track(typed: str, mark: str) -> None:
    assert read_status(typed, LABELS) == read_track(typed) == statuses.Reading(mark=mark)


def test_tracks_are_read_by_key_by_word_and_by_the_campaigns_own() -> None:
    assert read_track("at_once") == statuses.Reading("at_once")
    assert read_track("At once") == statuses.Reading("at_once", "synonym")
    assert read_track("长期坚持") == statuses.Reading("long_term", "synonym")
    assert read_track("挂牌", {"listed": ("挂牌",)}) == statuses.Reading("listed")
    assert read_track("已整改").problem == "unknown"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("yes", "是 有 1 ✓ √ ☑ ■ 已到位 Yes １ ■是□否 ☑有☐无 是√否□ ☑是"),
        ("no", "否 无 0 × ☐ □ 未到位 No □是■否 是□否√"),
    ],
)
def test_yes_and_no_in_the_fields_words(answer: str, words: str) -> None:
    for word in words.split(" "):
        assert read_yes_no(word) == statuses.Reading(answer), word


@pytest.mark.parametrize("typed", ["也许", "是否", "■是■否", "□是□否", "2", "是?"])
def test_an_answer_that_is_neither_yes_nor_no_is_a_problem(typed: str) -> None:
    assert read_yes_no(typed).problem == "unknown"


def test_a_blank_answer_stays_blank() -> None:
    assert read_yes_no("").mark == "blank"
    assert read_yes_no("/").mark == "filler"


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("张三", ("张三",)),
        ("张三、李四；王五", ("张三", "李四", "王五")),
        ("张三;李四,王五，赵六", ("张三", "李四", "王五", "赵六")),
        ("张三/李四\n王五", ("张三", "李四", "王五")),
        ("张三 李四", ("张三", "李四")),
        ("张 三、李四", ("张 三", "李四")),
        ("张\u3000三", ("张\u3000三",)),
        ("欧阳 修文", ("欧阳 修文",)),
        ("张三（一科、二科）、李四", ("张三（一科、二科）", "李四")),
        ("买买提·艾力", ("买买提·艾力",)),
        ("John Smith, Mary", ("John Smith", "Mary")),
        ("张三、、李四；", ("张三", "李四")),
        ("", ()), ("/", ()), ("同上", ()), ("、；", ()),
    ],
)  # fmt: skip
def test_names_in_one_cell_are_taken_apart(typed: str, names: tuple[str, ...]) -> None:
    assert split_names(typed) == names


@given(st.lists(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4), min_size=1))
def test_names_stay_byte_for_byte(names: list[str]) -> None:
    names = [name for name in names if name not in ("暂无", "没有", "空白", "未填", "同上", "同前", "同左", "无需")]
    assert split_names("、".join(names)) == tuple(names)


@given(st.text(st.characters() | st.sampled_from("已未整改中完成待验收销号、（），■□是否√"), max_size=16))
def test_garbage_never_raises(typed: str) -> None:
    for reading in (read_status(typed, LABELS), read_track(typed), read_yes_no(typed)):
        assert sum(map(bool, (reading.value, reading.problem, reading.mark))) == 1
        assert reading.problem in ("", *statuses.PROBLEMS)
        assert reading.liberty in ("", *statuses.LIBERTIES)
    assert read_status(typed, LABELS).value in ("", *STATUSES)
    assert read_track(typed).value in ("", *TRACKS)
    assert all(name and name in typed for name in split_names(typed))
