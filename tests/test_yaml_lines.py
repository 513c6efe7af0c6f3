"""The quick reader of our own YAML says what YAML's own parser says, or nothing."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.formats import yaml, yaml_lines

WORDS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(["yes", "", " a", "a ", "012", "0", "42", "1.5", "it's", "''", "a: b", "- a", "#", "张三", "x\ny"]),
)
VALUES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=20
)
LISTS = st.lists(st.dictionaries(st.from_regex(r"[a-z_]{1,6}", fullmatch=True), VALUES, min_size=1, max_size=5))


def by_events(text: str) -> Any:
    """Read a document by YAML's own parser: its values as they are written; None where it is no document of ours."""
    try:
        loaded = pyyaml.load(text, Loader=pyyaml.BaseLoader)
    except (pyyaml.YAMLError, RecursionError):
        return None
    return "" if loaded is None else loaded


@given(LISTS | VALUES, st.sampled_from(["\n", "\r\n"]))
def test_what_is_read_by_lines_is_what_yaml_says(value: Any, newline: str) -> None:
    text = yaml.dump(value, newline=newline) if not isinstance(value, str) else yaml.scalar(value) + newline
    assert yaml_lines.read(text) in (None, by_events(text))


@given(LISTS, st.integers(0, 1 << 30))
def test_a_document_that_a_hand_has_changed_is_read_as_yaml_reads_it_or_not_at_all(value: Any, seed: int) -> None:
    chance, text = random.Random(seed), yaml.dump(value)
    for _ in range(chance.randrange(1, 4)):
        at, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        end = min(end, at + 3)
        text = text[:at] + "".join(chance.choices("\n -:'\"#a0é|>[{&*\t\r", k=chance.randrange(4))) + text[end:]
    assert yaml_lines.read(text) in (None, by_events(text))


def test_a_list_of_returns_is_read_by_lines() -> None:
    returns = [
        {"period": f"2024-W{week:02}", "number": "1", "rows": "0", "counts": {"done": "12"}, "by": "张三",
         "journal": {"root-vm-1": f"{week}:ab"}, "answers": [{"code": "G116", "reason": "it's so"}]}
        for week in range(1, 53)
    ]  # fmt: skip
    text = re.sub(r"(?m)^((?: *| *- )(?:number|rows|done): )'(\d+)'$", r"\1\2", yaml.dump(returns))
    assert "number: 1\n" in text
    assert yaml_lines.read(text) == returns == by_events(text)


@pytest.mark.parametrize(
    "text",
    ["", "\n", "a: b", "a: b\r", "a:\n", "a: b \n", "a:  b\n", "a: b\x85\n",
     "a: b # c\n", "a: b\na: c\n", "a: b\n c: d\n", "a: b\n  c\n", "a:\nb: c\n", "a: &x b\n",
     "a: 'x\n  y'\n", " a: b\n", "- a\nb: c\n", "- a\n  b: c\n", "a:\n- b\n", "- a: b\n   c: d\n",
     "- a: b\n c: d\n", "a\n", "? a\n", "--- a\n", "a: |\n  b\n", f"{'k' * 1100}: a\n",
     "a: {b: c, b: d}\n", "a: {b: c}}\n", "a: {b: c,}\n", "a: {}\n", "a: {b: {c: d}}\n", "a: {b: c} # d\n",
     "a: {b:c}\n", "a: @b\n", "a: {b: 'c, d': e}\n",
     "a: b\n# c\n  d\n", "a: 'b\n# c\n  d'\n", "# a\tb\nc: d\n", "#\x07\na: b\n", "a: b\n\n  c\n"],
)  # fmt: skip
def test_what_is_laid_out_otherwise_is_left_to_yaml(text: str) -> None:
    assert yaml_lines.read(text) is None


CAMPAIGN = """\
# yaml-language-server: $schema=schemas/campaign.schema.json
# 活动名称，印在报告上: 'x'

name: {zh: 测量用的活动, en: 'A campaign, for measuring'}
checklist: community-correction@2022.1
checklist_sha256: 306524c43a7d35a8545d41950163ea1f78d69c1adfe6cf6d87067e601a86a95d
starts: 2022-08-01
   # a remark
policies:
  # another
  category_as: code

  remind: 3
stages:
  - name: {zh: 安排, en: Planning}
    from: 2022-08-01
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_campaign_is_read_by_lines(newline: str) -> None:
    text = CAMPAIGN.replace("\n", newline)
    read = yaml_lines.read(text)
    assert read == by_events(text)
    assert read["stages"][0]["name"] == {"zh": "安排", "en": "Planning"}  # type: ignore[call-overload,index]


@given(st.integers(0, 1 << 30))
def test_a_campaign_that_a_hand_has_changed_is_read_as_yaml_reads_it_or_not_at_all(seed: int) -> None:
    chance, text = random.Random(seed), CAMPAIGN
    for _ in range(chance.randrange(1, 5)):
        at, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        end = min(end, at + 3)
        text = text[:at] + "".join(chance.choices("\n -:'\"#a0é|>[{}&*,@\t\r", k=chance.randrange(4))) + text[end:]
    assert yaml_lines.read(text) in (None, by_events(text))
