"""A change touches what it was asked to touch: in CSV and YAML, in every encoding, whatever stands around it."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazardctl import amend, load, parsing
from hazardctl.campaign import Campaign
from hazardctl.cells.terms import Terms
from hazardctl.ledger import Ledger


@pytest.fixture(scope="module")
def terms() -> Terms:
    return make_terms()


def make_terms() -> Terms:
    path = load.find_checklist("community-correction@2022.1", None)
    checklist, _ = load.load_checklist(path, "checklist")
    return Terms(Campaign(name="试点", checklist="community-correction@2022.1"), checklist)


TERMS = make_terms()
HEAD = "编号,风险隐患类别,风险隐患基本情况,责任人,整改状态,领导批示"
ONE = "H234-5678-9ABC,2.7,灯坏,张三,未整改,速办"
TWO = 'H234-5678-9ABD,1.1,"门锁\n坏",李四,整改中,'


def csv_bytes(*records: str, codec: str = "utf-8-sig", newline: str = "\r\n") -> bytes:
    return "".join(record + newline for record in records).encode(codec)


def apply(data: bytes, changes: amend.Changes, added: amend.Added = (), name: str = "ledger.csv") -> bytes:
    return amend.apply(data, name, "u1", TERMS, changes, added)


def parse(data: bytes, name: str = "ledger.csv") -> Ledger:
    found, _ = parsing.parse(data, name, "u1", TERMS)
    assert found
    return found


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_a_cell_changes_and_everything_else_keeps_its_bytes(codec: str, newline: str) -> None:
    data = csv_bytes(HEAD, ONE, TWO.replace("\n", newline), codec=codec, newline=newline)
    result = apply(data, {0: {"status": "整改中"}})
    assert result == csv_bytes(
        HEAD, ONE.replace("未整改", "整改中"), TWO.replace("\n", newline), codec=codec, newline=newline
    )


def test_the_quotes_of_other_cells_in_the_same_row_stay() -> None:
    data = csv_bytes(HEAD, 'H234-5678-9ABC,"2.7","灯坏",张三,"未整改","速""办"""')
    assert apply(data, {0: {"owner": "李,四"}}) == csv_bytes(
        HEAD, 'H234-5678-9ABC,"2.7","灯坏","李,四","未整改","速""办"""'
    )


def test_a_big_endian_file_stays_big_endian() -> None:
    data = codecs.BOM_UTF16_BE + f"{HEAD}\r\n{ONE}\r\n".encode("utf-16-be")
    assert apply(data, {0: {"owner": "王五"}}) == codecs.BOM_UTF16_BE + f"{HEAD}\r\n{ONE}\r\n".replace(
        "张三", "王五"
    ).encode("utf-16-be")


def test_a_quote_inside_an_unquoted_cell_swallows_no_row() -> None:
    data = csv_bytes(HEAD, ONE.replace("灯坏", '5"管漏'), TWO, ONE)
    assert apply(data, {0: {"owner": "王五"}}) == csv_bytes(
        HEAD, ONE.replace("灯坏", '5"管漏').replace("张三", "王五"), TWO, ONE
    )


def test_a_line_break_of_any_kind_is_quoted_whatever_the_file_uses() -> None:
    data = csv_bytes(HEAD, ONE, newline="\n")
    assert parse(apply(data, {0: {"description": "甲\r乙"}})).cell(0, "description") == "甲\r乙"


def test_a_field_without_a_column_gets_one_at_the_end_under_its_official_label() -> None:
    data = csv_bytes(HEAD, ONE, TWO)
    result = apply(data, {1: {"done_on": "2022-09-01"}})
    assert result == csv_bytes(HEAD + ",整改完成时间", ONE + ",", TWO + ",2022-09-01")


def test_clearing_a_field_without_a_column_adds_no_column() -> None:
    data = csv_bytes(HEAD, ONE)
    assert apply(data, {0: {"done_on": ""}}) == data


def test_a_row_that_is_too_short_or_too_long_keeps_what_it_says() -> None:
    short, long = "H234-5678-9ABC,2.7,灯坏", ONE + ",多出来的"
    result = apply(csv_bytes(HEAD, short, long), {0: {"done_on": "2022-09-01"}})
    assert result == csv_bytes(HEAD + ",整改完成时间", short + ",,,,2022-09-01", ONE + ",,多出来的")


def test_added_entries_stand_below_the_last_entry_and_above_the_total() -> None:
    data = csv_bytes(HEAD, ONE, "合计,1,,,,", ",,,,,")
    result = apply(data, {}, [{"id": "H234-5678-9ABD", "description": "新"}])
    assert result == csv_bytes(HEAD, ONE, "H234-5678-9ABD,,新,,,", "合计,1,,,,", ",,,,,")


def test_a_file_without_a_last_line_end_gets_one_before_the_new_entry() -> None:
    data = csv_bytes(HEAD, ONE).removesuffix(b"\r\n")
    assert apply(data, {}, [{"id": "X2", "description": "新"}]) == csv_bytes(HEAD, ONE, "X2,,新,,,")


def test_other_delimiters_stay() -> None:
    data = csv_bytes(HEAD.replace(",", ";"), ONE.replace(",", ";"))
    assert apply(data, {0: {"owner": "a;b"}}) == csv_bytes(
        HEAD.replace(",", ";"), ONE.replace(",", ";").replace("张三", '"a;b"')
    )


def test_gb18030_holds_every_character() -> None:
    data = csv_bytes(HEAD, ONE, codec="gb18030")
    result = apply(data, {0: {"description": "😀𠮷 café ǘ"}})
    assert result.decode("gb18030") == f"{HEAD}\r\n{ONE}\r\n".replace("灯坏", "😀𠮷 café ǘ")


def test_a_file_that_would_be_read_in_another_encoding_afterwards_is_written_as_utf8() -> None:
    chance = "\u9646"  # its two bytes in GB18030 are also one character in UTF-8
    data = f"id,owner,notes\r\nH234-5678-9ABC,{chance},灯\r\n".encode("gb18030")
    result = apply(data, {0: {"notes": "x"}})
    assert result.startswith(codecs.BOM_UTF8)
    assert parse(result).cell(0, "owner") == chance


def test_a_broken_file_is_not_written_to() -> None:
    with pytest.raises(amend.UneditableError):
        apply(csv_bytes(HEAD, ONE, 'X,"open'), {0: {"owner": "x"}})


@pytest.mark.parametrize("value", ["a\0b", "a\ud800"])
def test_what_no_file_can_hold_is_refused(value: str) -> None:
    with pytest.raises(amend.UnwritableError):
        apply(csv_bytes(HEAD, ONE), {0: {"owner": value}})


def test_an_entry_never_turns_into_a_blank_line_or_a_nil_return() -> None:
    data = csv_bytes("责任人,备注", "张三,", "李四,")
    for value in ("", "无"):
        with pytest.raises(amend.NoEntryLeftError):
            apply(data, {0: {"owner": value}})


def test_an_entry_takes_the_place_of_the_word_that_there_is_none() -> None:
    data = csv_bytes(HEAD, ",,无,,,/")
    result = apply(data, {}, [{"id": "X2", "description": "灯坏"}])
    assert result == csv_bytes(HEAD, "X2,,灯坏,,,", ",,,,,")
    text = "entries:\n  - 隐患描述: 无\n"
    assert edit_yaml(text, {}, [{"隐患描述": "灯坏"}]) == "entries:\n  - 隐患描述: ''\n  - 隐患描述: 灯坏\n"


YAML = """\
# 台账
entries:
  # 第一条
  - id: H234-5678-9ABC   # 编号
    category: "2.7"
    description: |
      第一行
      第二行

    owner: [张三, 李四]
    status: 未整改  # 等配件
    领导批示: '速办'

  - {id: H234-5678-9ABD, category: 1.1, owner: 王五, status: }
# 完
"""


def edit_yaml(text: str, changes: amend.Changes, added: amend.Added = ()) -> str:
    return apply(text.encode(), changes, added, "ledger.yaml").decode()


@pytest.mark.parametrize(
    ("row", "key", "value", "old", "new"),
    [
        (0, "status", "整改中", "status: 未整改  # 等配件", "status: 整改中  # 等配件"),
        (0, "category", "2.8", 'category: "2.7"', 'category: "2.8"'),
        (0, "领导批示", "缓", "'速办'", "'缓'"),
        (0, "owner", "赵六", "[张三, 李四]", "[赵六]"),
        (0, "description", "一行", "|\n      第一行\n      第二行\n\n", "一行\n\n"),
        (1, "status", "整改中", "status: }", "status: 整改中}"),
        (1, "owner", "赵, 六", "owner: 王五", "owner: '赵, 六'"),
        (0, "done_on", "2022-09-01", "    领导批示: '速办'\n", "    领导批示: '速办'\n    done_on: '2022-09-01'\n"),
        (1, "notes", "x", "status: }", "status: , notes: x}"),
    ],
)
def test_a_yaml_value_changes_in_place(row: int, key: str, value: str, old: str, new: str) -> None:
    assert edit_yaml(YAML, {row: {key: value}}) == YAML.replace(old, new)
    crlf = YAML.replace("\n", "\r\n")
    assert edit_yaml(crlf, {row: {key: value}}) == crlf.replace(old.replace("\n", "\r\n"), new.replace("\n", "\r\n"))


def test_a_yaml_entry_is_added_below_the_last_one() -> None:
    added = {"id": "X", "status": "未整改"}
    assert edit_yaml(YAML, {}, [added]) == YAML.replace("# 完", "\n  - id: X\n    status: 未整改\n# 完")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("entries:\n", "entries:\n  - 编号: X\n"),
        ("entries:", "entries:\n  - 编号: X"),
        ("entries: []  # 暂无\n# 完\n", "entries:  # 暂无\n  - 编号: X\n# 完\n"),
        ("nil: true\n", "nil: false\nentries:\n  - 编号: X\n"),
        ("[]\n", "- 编号: X\n"),
        ("- 编号: A\n", "- 编号: A\n- 编号: X\n"),
        ("-   编号: A\n    责任人: 甲", "-   编号: A\n    责任人: 甲\n-   编号: X"),
        ("entries:\n- id: A\n- id: B\n", "entries:\n- id: A\n- id: B\n- id: X\n"),
        ("entries: [{id: A}]\n", "entries: [{id: A}, {id: X}]\n"),
        ("entries:\n  - id: A\n    notes: |\n      文字", "entries:\n  - id: A\n    notes: 文字\n  - id: X"),
        (
            "entries:\n  - id: A\n    notes: |+\n      文字\n\n",
            "entries:\n  - id: A\n    notes: |+\n      文字\n\n  - id: X\n",
        ),
    ],
)
def test_an_entry_joins_a_list_of_any_layout(text: str, expected: str) -> None:
    assert edit_yaml(text, {}, [{"id": "X"}]) == expected


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("- id: A\n  责任人:\n    - 甲\n    - 乙\n  状态: 未整改\n", "丙", "- id: A\n  责任人: [丙]\n  状态: 未整改\n"),
        (
            "- id: A\n  责任人:  # 谁\n    - 甲\n  状态: 未整改\n",
            "丙、丁",
            "- id: A\n  责任人: [丙, 丁]  # 谁\n  状态: 未整改\n",
        ),
        ("- id: A\n  责任人:\n", "丙", "- id: A\n  责任人: 丙\n"),
        ("- {id: A, 责任人}\n", "丙", "- {id: A, 责任人: 丙}\n"),
        ("- id: A\n  隐患描述: |\n    一\n", "丙", "- id: A\n  责任人: 丙\n  隐患描述: |\n    一\n"),
        ("- id: A\n- id: B\n  责任人: 甲\n", "丙", "- id: A\n  责任人: 丙\n- id: B\n  责任人: 甲\n"),
    ],
)
def test_lists_blanks_and_missing_keys_take_a_value(text: str, value: str, expected: str) -> None:
    assert edit_yaml(text, {0: {"owner": value}}) == expected


def test_entries_that_name_one_field_differently_are_one_column() -> None:
    text = "- id: A\n  责任人: 甲\n- id: B\n  负责人: 乙\n"
    assert parse(text.encode(), "ledger.yaml").column("owner") == ["甲", "乙"]
    assert edit_yaml(text, {1: {"owner": "丙"}}) == text.replace("乙", "丙")


WORDS = (
    *(
        "",
        " ",
        "=1+1",
        '"',
        '""',
        "a,b",
        "a\nb",
        "a\r\nb",
        "a\rb",
        "'",
        "- x",
        "{",
        "# c",
        "x: y",
        "|",
        "&a",
        "*a",
        "!t",
        "~",
    ),
    *("null", "true", "😀", "\u2028", "\ufeff", "\ufffe", "\x85", "\u3000", "无", "合计", "同上", "\ttab", "..."),
)
ANY = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
NAUGHTY = st.one_of(ANY, st.sampled_from(WORDS))
KEYS = ("category", "description", "owner", "status", "done_on", "notes", "领导批示", "新列")


@st.composite
def edits(draw: st.DrawFn) -> tuple[list[list[str]], dict[int, dict[str, str]], list[dict[str, str]]]:
    rows = draw(st.lists(st.lists(NAUGHTY, min_size=5, max_size=5), min_size=1, max_size=4))
    cells = st.dictionaries(st.sampled_from(KEYS), NAUGHTY, max_size=4)
    changes = draw(st.dictionaries(st.integers(0, len(rows) - 1), cells, max_size=3))
    return rows, changes, draw(st.lists(cells, max_size=2))


def _check(before: Ledger, result: bytes, name: str, changes: amend.Changes, added: amend.Added) -> None:
    after = parse(result, name)
    assert len(after.rows) == len(before.rows) + len(added)
    for row in range(len(before.rows)):
        for key in ("id", *KEYS):
            expected = changes.get(row, {}).get(key, _cell(before, row, key))
            assert _cell(after, row, key) == expected
    for number, cells in enumerate(added):
        for key, value in cells.items():
            assert _cell(after, len(before.rows) + number, key) == value


def _cell(found: Ledger, row: int, key: str) -> str:
    if key in found.index:
        return found.cell(row, key)
    return found.rows[row][found.headings.index(key)] if key in found.headings else ""


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits(), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), st.sampled_from(["\r\n", "\n", "\r"]))
def test_any_csv_edit_reads_back_as_asked(
    case: tuple[list[list[str]], dict[int, dict[str, str]], list[dict[str, str]]], codec: str, newline: str
) -> None:
    from hazardctl.formats import csv

    rows, changes, new = case
    records = [
        ["编号", "类别", "存在问题", "责任人", "状态", "领导批示"],
        *([f"ID{n}", *row] for n, row in enumerate(rows)),
    ]
    data = "".join(csv.record(record, newline=newline) for record in records).encode(codec)
    before = parse(data)
    added = [{"id": f"NEW{number}", **cells} for number, cells in enumerate(new)]
    try:
        result = apply(data, changes, added)
    except amend.NoEntryLeftError:
        return
    _check(before, result, "ledger.csv", changes, added)
    assert apply(result, {}, []) == result


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits(), st.sampled_from(["block", "flow", "mixed"]), st.sampled_from(["\r\n", "\n"]), st.booleans())
def test_any_yaml_edit_reads_back_as_asked(
    case: tuple[list[list[str]], dict[int, dict[str, str]], list[dict[str, str]]],
    layout: str,
    newline: str,
    wrapped: bool,
) -> None:
    from hazardctl.formats import yaml

    rows, changes, new = case
    titles = ("编号", "类别", "存在问题", "责任人", "状态", "领导批示")
    text = f"# 注{newline}" + (f"entries:{newline}" if wrapped else "")
    for number, row in enumerate(rows):
        pairs = [f"{title}: {yaml.scalar(value)}" for title, value in zip(titles, [f"ID{number}", *row], strict=True)]
        if layout == "flow" or (layout == "mixed" and number % 2):
            text += f"- {{{', '.join(pairs)}}}  # 行尾{newline}"
        else:
            text += f"- {f'{newline}  '.join(pairs)}{newline}  # 注{newline}"
    before = parse(text.encode(), "ledger.yaml")
    added = [{"id": f"NEW{number}", **cells} for number, cells in enumerate(new)]
    try:
        result = apply(text.encode(), changes, added, "ledger.yaml")
    except amend.NoEntryLeftError:
        return
    _check(before, result, "ledger.yaml", changes, added)
    assert result.decode().count("# 行尾") + result.decode().count("# 注") >= text.count("# 行尾") + text.count("# 注")
