"""The standardised-prison checklist against its document (Guangdong, 2020 standard), counted and compared by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hazardctl.checklist import Checklist, Form, Table, leaves
from hazardctl.duties import Assessment
from hazardctl.fields import campaign_fields, heading, headings
from hazardctl.load import find_checklist, load_checklist
from hazardctl.texts import Text


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    path = find_checklist("standardised-prison@2020.1", None)
    loaded, findings = load_checklist(path, path.name)
    assert findings == []
    return loaded


@pytest.fixture(scope="module")
def assessment(checklist: Checklist) -> Assessment:
    assert checklist.assessment is not None
    return checklist.assessment


def zh(text: Text) -> str:
    assert not isinstance(text, str), text
    assert text["zh"]
    assert text["en"]
    return text["zh"]


def en(text: Text) -> str:
    assert not isinstance(text, str), text
    return text["en"]


def test_950_of_1000_points_pass(assessment: Assessment) -> None:
    assert (assessment.total, assessment.pass_mark) == (1000, 950)


def test_the_eight_domains_listed_for_wards_come_first_and_information_systems_stand_apart(
    checklist: Checklist, assessment: Assessment
) -> None:
    listed = ["刑罚执行", "监管改造", "政治改造", "教育改造", "文化改造", "劳动改造", "队伍建设", "硬件设施"]
    assert [(zh(domain.title), domain.source) for domain in assessment.domains] == [
        *((title, "二(二)") for title in listed), ("信息化建设", "一(二)1"),
    ]  # fmt: skip
    for domain, category in zip(assessment.domains, checklist.categories, strict=False):
        assert (domain.code, domain.title, domain.source) == (category.code, category.title, category.source)


def test_no_share_of_the_points_is_made_up(checklist: Checklist, assessment: Assessment) -> None:
    assert {domain.points for domain in assessment.domains} == {None}
    assert {item.points for category in checklist.categories for item in category.items} == {""}


def test_every_item_names_its_place_and_asks_one_question_in_both_languages(checklist: Checklist) -> None:
    for category in checklist.categories:
        assert category.items
        for number, item in enumerate(category.items, 1):
            assert item.code == f"{category.code}.{number}"
            assert item.source[0] in "一二三四"
            for asked, mark in ((zh(item.check), "？"), (en(item.check), "?")):
                assert asked.endswith(mark)
                assert asked.count(mark) == 1


def test_the_assessment_is_made_in_four_ways(checklist: Checklist, assessment: Assessment) -> None:
    ways = ["现场检查", "视频倒查", "随机抽考", "查阅台账"]
    assert [zh(method) for method in assessment.methods] == ways
    method = next(use for use in checklist.fields if use.key == "method")
    assert [zh(choice.label) for choice in method.values] == ways


def test_the_entry_conditions_are_shares_of_the_wards_that_passed(assessment: Assessment) -> None:
    shares = {zh(one.grade): {kind: Fraction(share) for kind, share in one.shares.items()} for one in assessment.entry}
    assert shares == {
        "规范化示范监狱": {"general": Fraction(2, 3), "functional": Fraction(3, 4)},
        "规范化达标监狱": {"general": Fraction(1, 2), "functional": Fraction(3, 4)},
    }
    assert {kind: zh(name) for kind, name in assessment.wards.items()} == {
        "general": "普通监区", "functional": "功能监区或分监区",
    }  # fmt: skip


def test_a_tenth_of_the_look_back_s_deductions_carries_over_and_failing_after_three_years_costs_the_title(
    assessment: Assessment,
) -> None:
    assert (assessment.look_back_years, assessment.look_back_carried_percent) == (1, 10)
    assert assessment.reassessed_after_years == 3
    assert "取消" in zh(assessment.on_failure)


def test_the_measured_rates_and_the_targets_are_the_document_s(assessment: Assessment) -> None:
    assert [(one.kind, one.ward, one.by, one.percent) for one in assessment.targets] == [
        ("measured", "general", "2021-02", 54),
        ("measured", "functional", "2021-02", 30),
        ("target", "", "2023", 80),
        ("target", "", "2025", 100),
    ]


def test_every_ledger_in_the_catalogue_has_an_owner(checklist: Checklist, assessment: Assessment) -> None:
    for ledger in checklist.ledgers:
        assert zh(ledger.owner), ledger.id
    titles = [zh(ledger.title) for ledger in checklist.ledgers]
    assert titles[: len(assessment.domains)] == [f"{zh(domain.title)}业务台账" for domain in assessment.domains]
    assert {"监管安全执法证据保存台账", "考核奖惩执法证据保存台账"} <= set(titles)


def test_look_back_and_re_assessment_recur_as_the_document_says(checklist: Checklist) -> None:
    assert {duty.id: duty.every for duty in checklist.duties if duty.every != "as-needed"} == {
        "year-list": "year", "look-back": "year", "reassessment": "three-years",
    }  # fmt: skip


def test_the_stages_lead_from_application_to_re_assessment_without_days(checklist: Checklist) -> None:
    assert [zh(stage.name) for stage in checklist.stages] == [
        "申报", "摸底检查", "业务考核评估", "现场综合考核验收", "示范作用评估", "审议命名", "创建“回头看”", "复查考核",
    ]  # fmt: skip
    assert {(stage.from_, stage.to) for stage in checklist.stages} == {(None, None)}


def test_pass_rates_divide_what_passed_by_what_there_is(checklist: Checklist) -> None:
    table = next(table for table in checklist.tables if table.id == "pass-rates")
    assert {leaf.key: leaf.ratio for _, leaf in leaves(table.columns) if leaf.ratio} == {
        "general_rate": ("general_passed", "general_wards"),
        "functional_rate": ("functional_passed", "functional_wards"),
        "prison_rate": ("prisons_passed", "prisons"),
    }
    limits = {(rule.left, rule.op, rule.right) for rule in checklist.figure_rules}
    assert {
        ("general_passed", "<=", "general_wards"),
        ("functional_passed", "<=", "functional_wards"),
        ("prisons_passed", "<=", "prisons"),
    } <= limits


def test_results_are_not_added_up(checklist: Checklist) -> None:
    table = next(table for table in checklist.tables if table.id == "scores")
    assert (table.total, table.subtotals) == ("none", False)


def test_points_are_summed_by_occasion(checklist: Checklist) -> None:
    occasions = next(use for use in checklist.fields if use.key == "occasion").values
    table = next(table for table in checklist.tables if table.id == "deductions")
    assert table.rows == "categories"
    assert [leaf.where for _, leaf in leaves(table.columns) if leaf.sum == "points"] == [
        {"occasion": choice.key} for choice in occasions
    ]


def test_every_form_and_table_says_that_it_was_built(checklist: Checklist) -> None:
    made: tuple[Form | Table, ...] = (*checklist.forms, *checklist.tables)
    for one in made:
        assert zh(one.note), one.id


def test_every_key_a_table_or_rule_names_exists(checklist: Checklist) -> None:
    figures = {figure.key for figure in checklist.figures}
    for table in checklist.tables:
        columns = {leaf.key for _, leaf in leaves(table.columns)}
        for _, leaf in leaves(table.columns):
            assert set(leaf.ratio) <= figures | columns, (table.id, leaf.key)
            assert not leaf.figure or leaf.figure in figures
    for rule in checklist.figure_rules:
        assert {rule.left, rule.right} <= figures, rule.id


def test_every_column_heading_leads_to_its_own_field(checklist: Checklist) -> None:
    fields = campaign_fields(checklist)
    known = headings(fields)
    for field in fields:
        assert known[heading(zh(field.label))] == field.key
    for form in checklist.forms:
        for column in form.columns:
            for leaf in column.columns or (column,):
                assert leaf.field == "number" or known[heading(zh(leaf.label))] == leaf.field
