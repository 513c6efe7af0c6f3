"""The Dachuan checklist against its document (达川司发〔2022〕38号), counted and compared by hand."""

from __future__ import annotations

from datetime import date

import pytest

from hazardctl.checklist import Checklist, Form, leaves
from hazardctl.fields import campaign_fields, heading, headings
from hazardctl.load import find_checklist, load_checklist
from hazardctl.rules.checklist import check_file
from hazardctl.texts import Text


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    path = find_checklist("community-correction@2022.1", None)
    loaded, findings = load_checklist(path, path.name)
    assert findings == []
    return loaded


def zh(text: Text) -> str:
    assert not isinstance(text, str), text
    assert text["zh"]
    assert text["en"]
    return text["zh"]


def form(checklist: Checklist, name: str) -> Form:
    return next(form for form in checklist.forms if form.id == name)


def test_the_three_groups_have_5_13_and_6_items(checklist: Checklist) -> None:
    assert [len(category.items) for category in checklist.categories] == [5, 13, 6]


def test_the_categories_are_headed_as_in_part_four(checklist: Checklist) -> None:
    assert [(category.code, zh(category.title), category.source) for category in checklist.categories] == [
        ("1", "社区矫正安全稳定责任落实情况", "四(一)"),
        ("2", "社区矫正监督管理工作安全稳定情况", "四(二)"),
        ("3", "社区矫正教育帮扶安全稳定工作情况", "四(三)"),
    ]


def test_every_item_names_its_place_and_asks_one_question_in_both_languages(checklist: Checklist) -> None:
    for category, numeral in zip(checklist.categories, "一二三", strict=True):
        for number, item in enumerate(category.items, 1):
            assert (item.code, item.source) == (f"{category.code}.{number}", f"四({numeral}){number}")
            assert not isinstance(item.check, str)
            for language, mark in (("zh", "？"), ("en", "?")):
                assert item.check[language].endswith(mark)
                assert item.check[language].count(mark) == 1


def test_items_name_no_belief_politics_or_illness(checklist: Checklist) -> None:
    labels = "邪教 涉恐 危安 涉毒 患艾 涉黑 涉枪 专案 政治重点人 精神 自杀 重症 上访 缠访"
    for category in checklist.categories:
        for item in category.items:
            assert not [label for label in labels.split() if label in zh(item.check)], item.code


def test_the_document_and_its_days_are_named(checklist: Checklist) -> None:
    assert checklist.issued is not None
    assert (checklist.issued.by, checklist.issued.number, checklist.issued.date) == (
        "达州市达川区司法局",
        "达川司发〔2022〕38号",
        date(2022, 8, 3),
    )
    assert [(zh(stage.name), stage.from_, stage.to, stage.uncertain) for stage in checklist.stages] == [
        ("安排部署", date(2022, 8, 1), date(2022, 8, 10), False),
        ("排查整治", date(2022, 8, 11), date(2022, 9, 8), False),
        ("总结提升", date(2022, 9, 9), date(2022, 9, 30), False),
    ]


def test_the_three_annexes_fall_due_on_their_three_days(checklist: Checklist) -> None:
    due = {"annex2": date(2022, 8, 9), "annex1": date(2022, 9, 6), "annex3": date(2022, 9, 29)}
    assert {form.id: form.due for form in checklist.forms} == due
    assert {period.id: period.due for period in checklist.periods} == due
    assert [table.due for table in checklist.tables] == [date(2022, 9, 29)]


def test_the_four_statuses_are_the_document_s(checklist: Checklist) -> None:
    assert {key: zh(label) for key, label in checklist.statuses.items()} == {
        "unable": "无法整改",
        "not_started": "未整改",
        "in_progress": "整改中",
        "done": "已整改",
    }


def test_the_annexes_carry_their_titles_and_head_line(checklist: Checklist) -> None:
    assert [(zh(form.number), zh(form.title)) for form in checklist.forms] == [
        ("附件1", "社区矫正隐患排查整治专项活动工作台账"),
        ("附件2", "“6+9”重点社区矫正对象台账"),
        ("附件3", "社区矫正隐患排查整治统计表"),
    ]
    for annex in checklist.forms:
        assert [zh(part) for part in annex.head] == ["填报单位", "填报人", "填报时间"]


def test_annex_1_has_its_eight_columns(checklist: Checklist) -> None:
    assert [(zh(column.label), column.field) for column in form(checklist, "annex1").columns] == [
        ("序号", "number"),
        ("风险隐患类别", "category"),
        ("风险隐患基本情况", "description"),
        ("整改措施", "measures"),
        ("责任部门", "department"),
        ("责任人", "owner"),
        ("完成时限", "deadline"),
        ("整改状态", "status"),
    ]


def test_the_ledger_s_fields_follow_annex_1_and_all_of_it_is_required(checklist: Checklist) -> None:
    printed = [column.field for column in form(checklist, "annex1").columns if column.field != "number"]
    assert [use.key for use in checklist.fields[: len(printed)]] == printed
    assert [use.key for use in checklist.fields if use.required] == printed
    beyond = {use.key: dict(use.required_when) for use in checklist.fields[len(printed) :]}
    assert beyond == {
        "item": {},
        "standard": {},
        "found_on": {},
        "done_on": {"status": "done"},
        "result": {"status": "done"},
    }


def test_the_misprinted_heading_is_read_as_the_description(checklist: Checklist) -> None:
    known = headings(campaign_fields(checklist))
    for name in ("风险隐患情基本情况", "风险隐患基本情况"):
        assert known[heading(name)] == "description"


def test_annex_2_is_the_minimised_register(checklist: Checklist) -> None:
    annex = form(checklist, "annex2")
    assert annex.of == "register"
    assert [(zh(column.label), column.field) for column in annex.columns] == [
        ("序号", "number"),
        ("个案编号", "case"),
        ("重点人员类型", "group"),
        ("管控措施", "measures"),
        ("责任人", "owner"),
        ("复核时间", "review_on"),
    ]
    assert list(checklist.register_groups) == ["6", "9"]
    counted = [figure.key for figure in checklist.figures if figure.groups]
    assert counted == ["key_persons"]


def test_annex_3_has_13_leaf_columns_under_its_groups(checklist: Checklist) -> None:
    (table,) = checklist.tables
    assert ["/".join(zh(column.label) for column in (*groups, leaf)) for groups, leaf in leaves(table.columns)] == [
        "地区",
        "排查风险隐患总数/无法整改",
        "排查风险隐患总数/未整改",
        "排查风险隐患总数/整改中",
        "排查风险隐患总数/已整改",
        "“6+9”类重点社区矫正对象数",
        "应收未收数",
        "脱管人数",
        "定位监管率",
        "走访人次",
        "惩处人次",
        "教育人次",
        "帮扶人次",
    ]
    assert len(table.columns) == 10
    assert form(checklist, "annex3").of == table.id
    assert table.rows == "units"


def test_annex_3_counts_statuses_reports_figures_and_divides_sums(checklist: Checklist) -> None:
    columns = {leaf.key: leaf for _, leaf in leaves(checklist.tables[0].columns)}
    assert columns["unit"].value == "unit"
    for status in checklist.statuses:
        assert columns[status].count == {"status": status}
    for key in ("key_persons", "not_received", "absconded", "visits", "penalties", "education", "support"):
        assert columns[key].figure == key
    assert (columns["location_rate"].ratio, columns["location_rate"].percent) == (("located", "supervised"), 1)


def test_people_are_stocks_and_contacts_are_flows(checklist: Checklist) -> None:
    kinds = {figure.key: (figure.kind, figure.unit) for figure in checklist.figures}
    stock, flow = ("stock", "人"), ("flow", "人次")
    assert kinds == {
        "key_persons": stock,
        "not_received": stock,
        "absconded": stock,
        "supervised": stock,
        "located": stock,
        "visits": flow,
        "penalties": flow,
        "education": flow,
        "support": flow,
    }


def test_every_rule_speaks_of_figures_that_exist(checklist: Checklist) -> None:
    known = {figure.key for figure in checklist.figures}
    for rule in checklist.figure_rules:
        for side in (rule.left, rule.right):
            assert set([side] if isinstance(side, str) else side) <= known, rule.id
    assert ("located", "<=", "supervised") in [(rule.left, rule.op, rule.right) for rule in checklist.figure_rules]


def test_the_six_implementations_and_the_four_clear_points_are_kept(checklist: Checklist) -> None:
    said = {requirement.id: zh(requirement.text) for requirement in checklist.requirements}
    assert said["six-implementations"] == "整治内容、期限、标准、措施、部门、责任人"
    assert said["four-clear-points"] == "责任主体、目标任务、工作标准、完成时限"


def test_nothing_is_found_wrong_with_the_file() -> None:
    path = find_checklist("community-correction@2022.1", None)
    assert check_file(path, path.name) == []
