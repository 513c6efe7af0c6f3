"""The hundred-days checklist against its document (Henan prisons, 2012), counted and compared by hand."""

from __future__ import annotations

import pytest

from hazardctl.campaign import Campaign
from hazardctl.cells.terms import Terms, category_of
from hazardctl.checklist import Checklist, Form, Table, leaves
from hazardctl.fields import campaign_fields, heading, headings
from hazardctl.load import find_checklist, load_checklist
from hazardctl.texts import Text

NUMERALS = "一二三四五六七"


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    path = find_checklist("prison-hundred-days@2012.1", None)
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


def table(checklist: Checklist, name: str) -> Table:
    return next(table for table in checklist.tables if table.id == name)


def headed(found: Table) -> list[str]:
    return ["/".join(zh(column.label) for column in (*groups, leaf)) for groups, leaf in leaves(found.columns)]


def test_the_seven_categories_have_6_10_2_7_4_6_and_3_items(checklist: Checklist) -> None:
    assert [len(category.items) for category in checklist.categories] == [6, 10, 2, 7, 4, 6, 3]


def test_the_categories_are_the_seven_of_part_two(checklist: Checklist) -> None:
    titles = ["安全设施", "监管安全制度", "重点人员管理", "安全生产管理", "生活卫生", "队伍管理", "应急管理和舆情处置"]
    assert [(category.code, zh(category.title), category.source) for category in checklist.categories] == [
        (str(number), title, f"二({NUMERALS[number - 1]})") for number, title in enumerate(titles, 1)
    ]


def test_every_item_names_its_place_and_asks_one_question_in_both_languages(checklist: Checklist) -> None:
    for category, numeral in zip(checklist.categories, NUMERALS, strict=True):
        for number, item in enumerate(category.items, 1):
            assert (item.code, item.source) == (f"{category.code}.{number}", f"二({numeral}){number}")
            for asked in (item.check, *(one.check for one in item.circumstances)):
                for question, mark in ((zh(asked), "？"), (en(asked), "?")):
                    assert question.endswith(mark)
                    assert question.count(mark) == 1


def test_nine_circumstances_stand_under_the_second_item_of_the_third_category(checklist: Checklist) -> None:
    listed = [item for category in checklist.categories for item in category.items if item.circumstances]
    assert [item.code for item in listed] == ["3.2"]
    assert [(one.code, one.source) for one in listed[0].circumstances] == [
        (f"3.2.{number}", f"二(三)2({number})") for number in range(1, 10)
    ]


def test_a_circumstance_may_stand_for_its_item_and_belongs_to_the_third_category(checklist: Checklist) -> None:
    terms = Terms(Campaign("百日", "prison-hundred-days@2012.1"), checklist)
    assert terms.read("item", "3.2.6").value == "3.2.6"
    assert category_of("3.2.6", terms) == "3"


def test_the_lost_item_is_marked_as_reconstructed(checklist: Checklist) -> None:
    lost = checklist.categories[2].items[0]
    assert "还原" in zh(lost.note)
    assert en(lost.note).startswith("Reconstructed.")


def test_circumstances_put_no_label_on_a_person(checklist: Checklist) -> None:
    labels = "精神病 精神异常 反改造 抗改 思想 信仰 政治 暴力倾向 顽固"
    for one in checklist.categories[2].items[1].circumstances:
        assert not [label for label in labels.split() if label in zh(one.check)], one.code


def test_the_item_on_lawful_treatment_is_kept_in_full(checklist: Checklist) -> None:
    item = checklist.categories[1].items[7]
    assert item.source == "二(二)8"
    kept = "减刑 假释 暂予监外执行 法定条件 无缝 移交 脱管 劳动工种 合法权益 打骂 体罚 虐待 指使 收受 亲属"
    for word in kept.split():
        assert word in zh(item.check), word


def test_numbers_in_the_document_stand_in_the_items(checklist: Checklist) -> None:
    checks = {item.code: zh(item.check) for category in checklist.categories for item in category.items}
    for code, words in {
        "1.4": "《河南省监狱人民警察单警装备标准》", "2.6": "三人值班制", "2.9": "每月召开1至2次", "3.2": "九种情形",
        "4.2": "“5+1+1”", "4.5": "回头看半小时", "6.3": "8%",
    }.items():  # fmt: skip
        assert words in checks[code]


def test_the_six_implementations_are_required_and_funds_are_among_them(checklist: Checklist) -> None:
    used = {use.key: use for use in checklist.fields}
    six = {
        "content": "整改内容", "standard": "整改标准", "measures": "整改措施", "funds": "整改资金",
        "deadline": "整改时限", "owner": "整改责任人",
    }  # fmt: skip
    assert {key: zh(used[key].label) for key in six} == six
    assert all(used[key].required for key in six)
    assert used["funds"].unit == "万元"
    assert "department" not in used


def test_the_record_has_what_the_document_lists(checklist: Checklist) -> None:
    used = {use.key: use for use in checklist.fields}
    for key in ("description", "measures", "owner", "deadline", "supervisor"):
        assert used[key].required, key
    assert dict(used["result"].required_when) == {"status": "done"}
    assert zh(used["supervisor"].label) == "督办机关和部门"


def test_there_are_three_tracks_and_a_long_one_needs_a_plan(checklist: Checklist) -> None:
    assert {key: zh(label) for key, label in checklist.tracks.items()} == {
        "at_once": "立即整改", "by_date": "限期整改", "long_term": "长期整改",
    }  # fmt: skip
    used = {use.key: use for use in checklist.fields}
    assert used["track"].required
    assert dict(used["plan"].required_when) == {"track": "long_term"}


def test_the_three_stages_are_undated_and_say_so(checklist: Checklist) -> None:
    assert [zh(stage.name) for stage in checklist.stages] == ["动员部署阶段", "排查整治阶段", "总结提高阶段"]
    for stage in checklist.stages:
        assert (stage.from_, stage.to, stage.uncertain) == (None, None, True)
        assert zh(stage.note)
    summary = next(schedule for schedule in checklist.schedules if schedule.id == "summary")
    assert (summary.uncertain, summary.on) == (True, ())
    assert "20 12 1 15" in zh(summary.note)


def test_the_two_statistics_tables_carry_the_document_s_titles(checklist: Checklist) -> None:
    for name, title, printed in (
        ("henan", "河南省监狱安全隐患百日排查整治统计表",
         ("Statistical Table on the 100-day Investigation and Remediation of Prison Safety Hidden Dangers "
          "in Henan Province")),
        ("prison", "XX监狱隐患排查整治统计表",
         "Statistical Table on the Investigation and Remediation of Hidden Dangers in XX Prison"),
    ):  # fmt: skip
        found = table(checklist, name)
        form = next(form for form in checklist.forms if form.of == name)
        for text in (found.title, form.title):
            assert (zh(text), en(text)) == (title, printed)


def test_every_form_and_table_says_that_it_was_built(checklist: Checklist) -> None:
    made: tuple[Form | Table, ...] = (*checklist.forms, *checklist.tables)
    for one in made:
        assert zh(one.note), one.id


def test_the_province_s_table_counts_categories_tracks_and_statuses(checklist: Checklist) -> None:
    found = table(checklist, "henan")
    assert headed(found) == [
        "单位", "排查隐患总数",
        *(f"隐患类别/{zh(category.title)}" for category in checklist.categories),
        "整改类型/立即整改", "整改类型/限期整改", "整改类型/长期整改",
        "整改情况/无法整改", "整改情况/未整改", "整改情况/整改中", "整改情况/已整改",
        "整改率", "整改资金",
    ]  # fmt: skip
    columns = {leaf.key: leaf for _, leaf in leaves(found.columns)}
    for category in checklist.categories:
        assert columns[f"category_{category.code}"].count == {"category": category.code}
    assert (columns["rate"].ratio, columns["money"].sum) == (("done", "found"), "funds")


def test_the_prison_s_table_has_a_row_for_each_category(checklist: Checklist) -> None:
    assert table(checklist, "prison").rows == "categories"


def test_every_key_a_table_or_rule_names_exists(checklist: Checklist) -> None:
    figures = {figure.key for figure in checklist.figures}
    for found in checklist.tables:
        columns = {leaf.key for _, leaf in leaves(found.columns)}
        for _, leaf in leaves(found.columns):
            assert set(leaf.ratio) <= figures | columns, (found.id, leaf.key)
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


def test_the_duties_keep_their_frequencies(checklist: Checklist) -> None:
    assert {duty.id: (duty.every, duty.source) for duty in checklist.duties if duty.every != "as-needed"} == {
        "search": ("day", "二(二)4"),
        "analysis-meeting": ("month", "二(二)9"),
        "discipline-meeting": ("week", "二(二)9"),
        "half-hour-look-back": ("day", "二(四)5"),
    }


def test_bad_units_are_listed_for_supervision(checklist: Checklist) -> None:
    assert checklist.supervision is not None
    assert [zh(what) for what in checklist.supervision.what] == ["安全隐患多的单位", "整改不力的单位"]
    assert checklist.supervision.source == "五(四)"
