"""The quick reader of YAML ledgers says what YAML's own parser says, or nothing."""

from __future__ import annotations

import random
from typing import Any
from unittest import mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hazardctl import parsing
from hazardctl.formats import yaml, yaml_rows
from ledgers import terms
from test_yaml_lines import by_events

TITLES = (
    *("编号", "风险隐患类别", "整改措施", "责任人", "整改状态", "存在问题", "类别"),
    *("描述 a", "备注-b", "2.7", "a: b", "id"),
)
USUAL = st.sampled_from([
    *("H2", "1", "2022-09-06", "门禁, 损坏", "9:30 到岗", "（第3号）", "it's", "张三", "a [b]", "修好"),
])  # fmt: skip
UNUSUAL = st.sampled_from([
    *("a:", "a: b", "a #b", "a#b", "#", "- a", "-5", "　空", "''", '"', "\\", '\\"', "合计", "无", "", " ", " a", "a "),
    *("~", "yes", "[1]", "{a}", "{}", "[]", "&a", "*a", "!a", "|", ">", "%", "@", "`", "a {b}", "a\tb", "a\nb", "="),
    *("空　", "　", "\xa0a", "a\xa0", "\u200ba", "a\u200b", "\u202ea", "\ue000"),
    *("\ufeff", "<<", "?", "? a", "---", "...", "\U0001f600", "\x85", "\u2028"),
])  # fmt: skip
CELLS = st.one_of(USUAL, USUAL, USUAL, USUAL, UNUSUAL, st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
ENTRIES = st.lists(st.dictionaries(st.sampled_from(TITLES), CELLS, min_size=1, max_size=6), min_size=1, max_size=5)
STYLES = st.sampled_from(["plain", "single", "double", "house", "bare", "mixed"])


def _scalar(value: str, style: str, chance: random.Random) -> str:
    style = chance.choice(("plain", "single", "double", "house")) if style == "mixed" else style
    if style == "bare" and not value:
        return ""
    if style == "single":
        return "'" + value.replace("'", "''") + "'"
    if style == "double":
        return f'"{value}"'
    return value if style in ("plain", "bare") else yaml.scalar(value)


def _written(entries: list[dict[str, str]], style: str, seed: int) -> str:
    chance = random.Random(seed)
    pad, listed = chance.choice((("  ", True), ("", True), ("", False), ("    ", True)))
    lines = ["# 台账", ""] if chance.random() < 0.2 else []
    lines += ["entries:"] if listed else []
    for entry in entries:
        items = sorted(entry.items(), key=lambda pair: TITLES.index(pair[0]))
        if chance.random() < 0.1:
            chance.shuffle(items)
        for at, (title, cell) in enumerate(items):
            value = _scalar(cell, style, chance)
            lines.append(f"{pad}{'  ' if at else '- '}{yaml.scalar(title)}:{' ' if value else ''}{value}")
        if chance.random() < 0.1:
            lines.append(chance.choice(("", "  # 备注", "      ", f"{pad}  - a", f"{pad}- a: b", "x: y")))
    newline = chance.choice(("\n", "\n", "\n", "\r\n"))
    return newline.join([*lines, ""])


def _expected(text: str) -> Any:
    """Give the table of a document by YAML's own parser."""
    value = by_events(text)
    listed = isinstance(value, dict)
    entries = value.get("entries") if listed else value
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return "no list of entries"
    titles = tuple(dict.fromkeys(title for entry in entries for title in entry))
    rows = [[entry.get(title, "") for title in titles] for entry in entries]
    alone = not listed or list(value) == ["entries"]
    return (listed, titles, rows) if alone else "more than entries"


def _read(text: str) -> Any:
    table = yaml_rows.read(text)
    return None if table is None else (table.listed, table.titles, table.rows)


@given(ENTRIES, STYLES, st.integers(0, 1 << 30))
@example([{"编号": "a"}, {"编号": "b"}], "plain", 3)
def test_a_ledger_is_read_as_yaml_reads_it_or_not_at_all(entries: list[dict[str, str]], style: str, seed: int) -> None:
    text = _written(entries, style, seed)
    assert _read(text) in (None, _expected(text))


@given(ENTRIES, STYLES, st.integers(0, 1 << 30))
def test_a_ledger_that_a_hand_has_changed_is_read_as_yaml_reads_it_or_not_at_all(
    entries: list[dict[str, str]], style: str, seed: int
) -> None:
    chance, text = random.Random(seed), _written(entries, style, seed)
    for _ in range(chance.randrange(1, 4)):
        at, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        end = min(end, at + 3)
        text = text[:at] + "".join(chance.choices("\n -:'\"#a0é|>[{}&*,@\\\t\r", k=chance.randrange(4))) + text[end:]
    assert _read(text) in (None, _expected(text))


def _said(text: str) -> tuple[Any, ...]:
    found, findings = parsing.parse_yaml(text.encode(), "units/a/ledger.yaml", "a", terms())
    if found is None:
        return None, findings
    places = [found.place(row, column) for row in range(-1, len(found.rows)) for column in range(len(found.keys))]
    rows = [list(row) for row in found.rows]
    return found.headings, found.keys, rows, found.nil, found.set_aside, dict(found.index), places, findings


@given(ENTRIES, STYLES, st.integers(0, 1 << 30))
def test_a_ledger_is_the_same_however_it_is_read(entries: list[dict[str, str]], style: str, seed: int) -> None:
    text = _written(entries, style, seed)
    quickly = _said(text)
    with mock.patch.object(yaml_rows, "read", return_value=None):
        assert quickly == _said(text)


@pytest.mark.parametrize(
    "text",
    ["entries:\n  - 编号: H2\n    整改措施: 修\n  - 编号: H3\n    责任人: 张三\n    整改措施: '修''好'\n",
     '- 编号: "H2"\n  备注:\n- 备注: ""\n  整改措施: 9:30 到岗, 修好\n',
     "# 台账\n\nentries:\r\n- 编号: H2\r\n\r\n# 备注\r\n- 整改措施: （修）\r\n"],
)  # fmt: skip
def test_what_is_laid_out_as_a_table_is_read_at_once(text: str) -> None:
    assert _read(text) == _expected(text)


@pytest.mark.parametrize(
    "text",
    ["", "\n", "entries:\n", "entries: []\n", "- a\n", "a: b\n", "- a: b", "- a: b\n  - a: d\n", "- a: b\n- - a: d\n",
     "- a: b\n  a: c\n", "- a: b\n  'a': c\n", "- a: b\n c: d\n", "- a: b # c\n", "- a: &x b\n", "- a: |\n    b\n",
     "- a: 'x\n    y'\n", "- a: [b]\n", "- a: {b: c}\n", '- a: "b\\n"\n', "- a: b: c\n", "- a: b \n", "- a: b\n...\n",
     "nil: true\nentries:\n  - a: b\n", "entries:\n  - a: b\nnil: false\n", "---\n- a: b\n", "- a: b\n  \n- a: c\n",
     "-  a: b\n", "-   a: b\n    c: d\n", "- a: x\ty\n", "- a: b\x85\n", "- \n", "- a: b\n  c: d\n  a: e\n"],
)  # fmt: skip
def test_what_is_laid_out_otherwise_is_left_to_yaml(text: str) -> None:
    assert yaml_rows.read(text) is None


def test_the_order_of_the_ledger_before_makes_no_difference() -> None:
    one, other = "- a: 1\n  b: 2\n  c: 3\n", "- c: 1\n  a: 2\n- b: 4\n"
    for text in (one, other, one, "- b: 2\n", other):
        assert _read(text) == _expected(text)
