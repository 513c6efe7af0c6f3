"""With every quick way shut, a check and a roll-up say the very same: whatever is passed over at once has no say."""

from __future__ import annotations

import contextlib
import random
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import office
from hazardctl import alike, check, inspection, load, reading, rollup, text, units
from hazardctl.cells.terms import Terms
from hazardctl.formats import columns, csv, yaml, yaml_lines, yaml_rows
from hazardctl.reading import Reading
from hazardctl.units import LONGEST_ID
from hazardctl.workspace import Workspace
from office import TODAY

HEADS = (
    "编号 风险隐患类别 检查项 风险隐患基本情况 隐患部位 整改措施 整改资金 责任部门 责任人 完成时限 整改状态 发现时间",
    "id category description measures department owner deadline status found_on",
    "序号 编号 整改措施 整改状态",
    "整改措施 整改状态 整改情况 另一列",
)
PLAIN = {
    "category": "1", "item": "", "description": "门禁损坏", "location": "人民路12号商场", "measures": "更换门禁",
    "funds": "12", "department": "办公室", "owner": "张三", "deadline": "2022-09-06", "status": "整改中",
    "found_on": "2022-08-10", "number": "1", "verified_by": "李四", "": "备",
}  # fmt: skip
ODD = (
    *(
        "",
        "",
        " ",
        "　",
        "无",
        "合计",
        "合 计",
        "/",
        "none",
        "N.A.",
        "ditto",
        "同上",
        "0",
        "1",
        "-3",
        "１２",
        "1,234",
        "若干",
    ),
    *(
        "2022.9.6",
        "2022-13-01",
        "2099-01-01",
        "9月6日前",
        "长期",
        "3日内",
        "已整改",
        "待验收",
        "立行立改",
        "正在研究",
        "2.1",
        "九",
    ),
    *(
        "张三",
        "a\u202eb",
        "a\x0bb",
        "a\x1cb",
        "a\x85b",
        "a\u2028b",
        "两行\n两行",
        "a\rb",
        '说"好"',
        "a,b",
        "a;b",
        "a\tb",
    ),
    *(
        "单?584家",
        "é",
        "e\u0301",
        "ﬁ",
        "\u200b",
        "\ufeffx",
        "x" * 70,
        "<<<<<<< ours",
        "3.5E+17",
        "HO1",
        "H01",
        "h2k3",
        " 空 ",
    ),
)
LINES = ("", "", ",", ",,,,,,,", "H2", "a,b", "合计", "合计, , ,2", ",无", "1,2,3,4", "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p")
CODECS = ("utf-8-sig", "utf-8-sig", "utf-8", "gb18030", "utf-16")


def _row(chance: random.Random, keys: Sequence[str], odd: float) -> list[str]:
    usual = {**PLAIN, "id": f"H{chance.randrange(10**5)}", "measures": f"更换门禁{chance.randrange(99)}"}
    return [chance.choice(ODD) if chance.random() < odd else usual[key] for key in keys]


def _ledger(chance: random.Random, head: str, odd: float, known: dict[str, str]) -> bytes:
    titles = head.split()
    keys = [known.get(title, "") for title in titles]
    rows = [_row(chance, keys, odd) for _ in range(chance.choice((0, 1, 2, 3, 12)))]
    if chance.random() < odd:  # columns that have slipped
        rows = [[*row[:-2], row[-1], row[-2]] for row in rows]
    mark, newline = (
        (chance.choice(",;\t"), chance.choice(("\n", "\r\n", "\r"))) if chance.random() < odd else (",", "\n")
    )
    lines = [mark.join(csv.cell(cell, mark) for cell in row) for row in (titles, *rows)]
    while chance.random() < odd * 2:
        line = chance.choice((*LINES, lines[0])).replace(",", mark)
        at = chance.randrange(len(lines) + 1)
        lines[at:at] = [line] * chance.randrange(1, 3)
    whole = newline.join(lines) + newline * (chance.random() > odd / 2)
    data = whole.encode(chance.choice(CODECS) if chance.random() < odd else CODECS[0], "replace")
    return data[: chance.randrange(len(data) + 1)] if chance.random() < odd / 9 else data


def _yaml_ledger(chance: random.Random, head: str, odd: float, known: dict[str, str]) -> bytes:
    keys = [known.get(title, "") for title in head.split()]
    rows = [_row(chance, keys, odd) for _ in range(chance.choice((0, 1, 3)))]
    return yaml.dump({"entries": [dict(zip(head.split(), row, strict=True)) for row in rows]}).encode(
        "utf-8", "replace"
    )


def _campaign(root: Path, seed: int) -> Path:
    chance = random.Random(seed)
    odd, heads = chance.choice((0.0, 0.002, 0.02, 0.3)), chance.choices(HEADS, k=2)
    checklist, _ = load.load_checklist(office.CHECKLIST, "")
    known = dict(Terms(mock.Mock(starts=None, ends=None), checklist).headings)
    files: dict[str, str | bytes] = {"units.csv": "id,name\n"}
    for number in range(chance.choice((1, 2, 9, 30))):
        files["units.csv"] = f"{files['units.csv']!s}u{number},{number}号所{chance.choice(ODD) if odd > 0.1 else ''}\n"
        form = chance.choice(("csv", "csv", "csv", "yaml"))
        make = _ledger if form == "csv" else _yaml_ledger
        files[f"units/u{number}/ledger.{form}"] = make(chance, chance.choice(heads), odd, known)
    return office.campaign(root, files)


def _said(root: Path) -> list[Any]:
    opened = load.opened(Workspace(root))
    checked = check.check(opened, TODAY)
    said: list[Any] = [checked.findings, [(one.unit, one.entries, one.state) for one in checked.results]]
    return said + [rollup.roll_up(opened, table, period, today=TODAY) for table in ("found", "means")
                   for period in (None, "2022-09")]  # fmt: skip


@contextlib.contextmanager
def shut() -> Iterator[None]:
    """Shut every quick way."""

    def not_plain(texts: Collection[str]) -> list[str]:
        return list(texts)

    def unsafe(ids: Sequence[str]) -> set[str]:
        return {one for one in ids if units.unsafe_id(one)}

    nothing: list[tuple[Any, str, Any]] = [
        (csv, "_split", []), (csv, "_whole", []), (columns, "_quickly", None), (yaml_lines, "read", None),
        (yaml_rows, "read", None), (alike, "read", ()), (inspection, "join", ()), (text, "plain", False),
    ]  # fmt: skip
    with contextlib.ExitStack() as stack:
        for place, name, value in nothing:
            stack.enter_context(mock.patch.object(place, name, return_value=value))
        everything = property(lambda one: range(len(one.raw("id"))))
        for place, name, new in (
            (text, "not_plain", not_plain),
            (units, "unsafe_ids", unsafe),
            (Terms, "fine", lambda *_: set()),
            (Reading, "doubtful_ids", everything),
        ):
            stack.enter_context(mock.patch.object(place, name, new))
        yield


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10**9))
def test_nothing_that_is_passed_over_at_once_had_anything_to_say(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = _campaign(tmp_path_factory.mktemp("quick"), seed)
    quickly = _said(root)
    with shut():
        assert _said(root) == quickly


ONE_LENGTH = st.integers(0, 3).flatmap(lambda size: st.lists(st.text("aZ0.-_é ", min_size=size, max_size=size)))
LENGTHS = st.lists(st.sampled_from(["H2", "h", "9a", "", "H" * LONGEST_ID, "H" * (LONGEST_ID + 1), "a.-0", "a_"]))


@given(ids=ONE_LENGTH | LENGTHS)
@example(ids=["H" * (LONGEST_ID + 1)] * 2)
def test_ids_are_plain_together_if_each_is_by_itself(ids: list[str]) -> None:
    each = [bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9.-]*", one)) and len(one) <= LONGEST_ID for one in ids]
    if ids:
        assert reading._are_plain("\n".join(ids), len(ids)) == all(each)


@given(
    ids=st.lists(st.text("HNAOIL01o2-.\n", max_size=4) | st.sampled_from(["N0NE", "NONE", "NA", "N11", "HO1", "H01"]))
)
@example(ids=["A\nB", "C"])
def test_ids_that_are_told_apart_at_once_have_nothing_in_common(ids: list[str]) -> None:
    quickly = reading._doubtful(ids)
    with mock.patch.object(reading, "_TOLD_APART", b""):
        assert list(reading._doubtful(ids)) == list(quickly)
