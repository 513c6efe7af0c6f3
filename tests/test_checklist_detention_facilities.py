"""The detention-facilities checklist against its document (五类重大安全风险), counted and compared by hand."""

from __future__ import annotations

import pytest

from hazardctl.campaign import Campaign
from hazardctl.cells.terms import Terms
from hazardctl.checklist import Checklist, Form, Table, leaves
from hazardctl.fields import campaign_fields, heading, headings
from hazardctl.load import find_checklist, load_checklist
from hazardctl.texts import Text

NUMERALS = "一二三四五"
HOUSING, FIRE = "属地住房城乡建设部门", "属地消防部门"
MARKET, HEALTH = "属地市场监管部门", "属地卫生健康部门"


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    path = find_checklist("detention-facilities@2021.1", None)
    loaded, findings = load_checklist(path, path.name)
    assert findings == []
    return loaded


def zh(text: Text) -> str:
    assert not isinstance(text, str), text
    assert text["zh"]
    assert text["en"]
    return text["zh"]


def en(text: Text) -> str:
    assert not isinstance(text, str), text
    return text["en"]


def test_the_five_risks_have_3_3_2_3_and_2_measures(checklist: Checklist) -> None:
    assert [len(category.items) for category in checklist.categories] == [3, 3, 2, 3, 2]


def test_the_categories_are_the_five_risks_each_with_its_risk_point(checklist: Checklist) -> None:
    titles = ["建筑安全", "消防安全", "集体食物中毒", "重大突发疫情", "内外部袭击"]
    points = ["坍塌", "爆燃", "食物中毒", "因疫死亡", "暴狱"]
    for number, (category, title, point) in enumerate(zip(checklist.categories, titles, points, strict=True), 1):
        assert (category.code, zh(category.title)) == (str(number), f"{title}风险")
        assert category.source == f"二({NUMERALS[number - 1]})"
        assert point in zh(category.risk)


def test_lead_and_supporting_units_are_lists(checklist: Checklist) -> None:
    assert {category.lead for category in checklist.categories} == {("各监所", "监所所属公安局")}
    assert [category.support for category in checklist.categories] == [
        (HOUSING,), (FIRE, HOUSING, MARKET), (MARKET,), (HEALTH,), (),
    ]  # fmt: skip
    assert "责任单位" in zh(checklist.categories[4].note)


def test_every_item_names_its_place_and_asks_one_question_in_both_languages(checklist: Checklist) -> None:
    for category, numeral in zip(checklist.categories, NUMERALS, strict=True):
        for number, item in enumerate(category.items, 1):
            assert (item.code, item.source) == (f"{category.code}.{number}", f"二({numeral}){number}")
            for asked, mark in ((zh(item.check), "？"), (en(item.check), "?")):
                assert asked.endswith(mark)
                assert asked.count(mark) == 1


@pytest.mark.parametrize(
    ("duty", "every", "source"),
    [
        ("fire-self-check", "month", "二(二)1"),
        ("fire-drill", "half-year", "二(二)1"),
        ("fire-training", "half-year", "二(二)1"),
        ("partner-drill", "year", "二(五)1"),
        ("armed-police-drill", "half-year", "二(五)2"),
        ("leader-hearing", "half-year", "三(二)"),
        ("warden-for-a-day", "year", "三(二)"),
    ],
)
def test_a_duty_with_a_frequency_keeps_it(checklist: Checklist, duty: str, every: str, source: str) -> None:
    found = next(one for one in checklist.duties if one.id == duty)
    assert (found.every, found.times, found.source) == (every, 1, source)
    assert found.who


def test_a_duty_without_a_number_says_so(checklist: Checklist) -> None:
    vague = [duty for duty in checklist.duties if duty.every == "as-needed"]
    assert len(vague) == len(checklist.duties) - 7
    for duty in vague:
        assert zh(duty.note), duty.id


def test_the_statistics_ask_for_every_duty_with_a_frequency(checklist: Checklist) -> None:
    table = next(table for table in checklist.tables if table.id == "duties")
    assert [leaf.figure for _, leaf in leaves(table.columns)][:8] == [
        "", "fire_self_checks", "fire_drills", "fire_trainings", "partner_drills", "armed_police_drills", "hearings",
        "warden_days",
    ]  # fmt: skip


def test_undated_means_no_stage_and_no_day_is_made_up(checklist: Checklist) -> None:
    assert checklist.stages == ()
    assert checklist.issued is not None
    assert (checklist.issued.date, checklist.issued.number) == (None, "")
    assert zh(checklist.issued.note)


def test_electronic_files_early_warning_and_accountability_are_demanded(checklist: Checklist) -> None:
    assert {one.id: one.source for one in checklist.requirements} == {
        "objectives": "一", "electronic-files": "三(四)", "early-warning": "三(四)", "cooperation": "三(三)",
        "three-supports": "三(四)", "accountability": "三(五)", "legal-basis": "序言",
    }  # fmt: skip
    assert [ledger.id for ledger in checklist.ledgers] == ["building-ledger", "electronic-file"]
    assert "electronic-file" in {form.id for form in checklist.forms}


def test_every_form_and_table_says_that_it_was_built(checklist: Checklist) -> None:
    made: tuple[Form | Table, ...] = (*checklist.forms, *checklist.tables)
    for one in made:
        assert zh(one.note), one.id


def test_the_table_of_risks_has_a_row_for_each_risk(checklist: Checklist) -> None:
    table = next(table for table in checklist.tables if table.id == "risks")
    assert table.rows == "categories"
    assert [leaf.count for _, leaf in leaves(table.columns) if leaf.count is not None] == [
        {}, {"level": "major"}, *({"status": status} for status in checklist.statuses),
    ]  # fmt: skip


def test_levels_and_units_are_read_as_clerks_write_them(checklist: Checklist) -> None:
    terms = Terms(Campaign("监所", "detention-facilities@2021.1"), checklist)
    assert terms.read("level", "重大").value == "major"
    assert terms.read("support", "消防部门、市场监管部门").value == ("消防部门", "市场监管部门")


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
