"""The safe-school checklist against its document, a machine translation with damage, counted and compared by hand."""

from __future__ import annotations

import pytest

from hazardctl.checklist import Checklist, FormColumn, leaves
from hazardctl.load import find_checklist, load_checklist
from hazardctl.rules.checklist import check_file
from hazardctl.texts import Text


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    path = find_checklist("safe-school@1.0", None)
    loaded, findings = load_checklist(path, path.name)
    assert findings == []
    return loaded


def zh(text: Text) -> str:
    assert not isinstance(text, str), text
    assert text["zh"]
    assert text["en"]
    return text["zh"]


def fields_of(columns: tuple[FormColumn, ...]) -> list[str]:
    return [key for column in columns for key in (fields_of(column.columns) if column.columns else [column.field])]


def test_the_five_measures_carry_their_items(checklist: Checklist) -> None:
    assert [(category.code, category.source, len(category.items)) for category in checklist.categories] == [
        ("1", "三(一)", 6),
        ("2", "三(二)", 8),
        ("3", "三(三)", 10),
        ("4", "三(四)", 6),
        ("5", "三(五)", 7),
    ]
    for category in checklist.categories:
        assert zh(category.title).startswith("进一步强化")


def test_every_item_stands_in_its_measure_and_asks_one_question_in_both_languages(checklist: Checklist) -> None:
    for category in checklist.categories:
        for number, item in enumerate(category.items, 1):
            assert item.code == f"{category.code}.{number}"
            assert item.source.startswith(category.source)
            assert not isinstance(item.check, str)
            for language, mark in (("zh", "？"), ("en", "?")):
                assert item.check[language].endswith(mark)
                assert item.check[language].count(mark) == 1


def test_items_name_no_belief_politics_or_illness(checklist: Checklist) -> None:
    labels = "精神 患者 病人 肇事肇祸 闲散"
    for category in checklist.categories:
        for item in category.items:
            assert not [label for label in labels.split() if label in zh(item.check)], item.code


def test_the_five_phases_carry_no_date_the_document_does_not_give_for_certain(checklist: Checklist) -> None:
    assert [(zh(stage.name), stage.source) for stage in checklist.stages] == [
        ("宣传发动", "四1"),
        ("力量建设", "四2"),
        ("督导整改", "四3"),
        ("安全培训", "四4"),
        ("检查验收", "四5"),
    ]
    for stage in checklist.stages:
        assert stage.uncertain
        assert (stage.from_, stage.to) == (None, None)
    certain = ["4月30日", "5月31日", "31日", "7月1日至8月25日", "6月1日"]
    for stage, day in zip(checklist.stages, certain, strict=True):
        assert day in zh(stage.note)


def test_the_year_is_said_to_be_unknown(checklist: Checklist) -> None:
    assert checklist.issued is not None
    assert checklist.issued.date is None
    assert "20xx" in zh(checklist.issued.note)


def test_the_month_is_reported_on_the_30th_and_statistics_on_fixed_days(checklist: Checklist) -> None:
    by_id = {schedule.id: schedule for schedule in checklist.schedules}
    monthly = by_id["monthly"]
    assert (monthly.every, monthly.day, monthly.uncertain) == ("month", 30, False)
    fixed = by_id["statistics"]
    assert (fixed.on, fixed.uncertain) == (("06-30",), True)
    assert "15日" in zh(fixed.note)
    assert len(by_id) == len(checklist.schedules) == 2


def test_a_rectification_notice_is_followed_to_its_end(checklist: Checklist) -> None:
    notice = next(notice for notice in checklist.notices if notice.id == "rectification-notice")
    assert zh(notice.title) == "整改通知书"
    assert zh(notice.follow[0]) == "下达整改通知书"
    assert "办结" in zh(notice.follow[-1])


def test_three_kinds_of_problem_are_listed_for_supervision_and_reported(checklist: Checklist) -> None:
    assert checklist.supervision is not None
    assert [zh(what) for what in checklist.supervision.what] == ["重大隐患", "突出治安问题", "长期未化解的矛盾纠纷"]
    assert zh(checklist.supervision.report_to) == "当地党委、政府"


def test_what_the_document_does_not_print_says_what_it_was_built_from(checklist: Checklist) -> None:
    for table in checklist.tables:
        assert "文件" in zh(table.note)
        assert "编制" in zh(table.note)
    for form in checklist.forms:
        assert "文件" in zh(form.note)


def test_form_and_tables_speak_of_fields_and_figures_that_exist(checklist: Checklist) -> None:
    fields = {use.key: use for use in checklist.fields}
    figures = {figure.key for figure in checklist.figures}
    ledger = next(form for form in checklist.forms if form.of == "ledger")
    assert set(fields_of(ledger.columns)) <= set(fields) | {"number"}
    for table in checklist.tables:
        columns = [leaf for _, leaf in leaves(table.columns)]
        keys = {column.key for column in columns}
        assert len(keys) == len(columns)
        for column in columns:
            assert set(column.count or {}) <= set(fields)
            assert set(column.ratio) <= keys | figures
            assert not column.figure or column.figure in figures


def test_a_problem_that_cannot_be_fixed_for_now_is_reported_in_writing(checklist: Checklist) -> None:
    fields = {use.key: use for use in checklist.fields}
    assert fields["reported_on"].required_when == {"status": "unable"}
    assert fields["supervision"].required_when == {"level": "major"}
    assert fields["notice"].required_when == {"kind": "internal"}
    for key in ("done_on", "result"):
        assert fields[key].required_when == {"status": "done"}


def test_no_person_is_named(checklist: Checklist) -> None:
    said = repr(checklist)
    for name in ("毛卫东", "Mao Weidong", "Zhao Heqing", "Guo Wanjing", "Li Shuchun"):
        assert name not in said


def test_nothing_is_found_wrong_with_the_file() -> None:
    path = find_checklist("safe-school@1.0", None)
    assert check_file(path, path.name) == []
