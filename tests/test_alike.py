"""Ledgers read together say of each unit what it says alone: its rows, findings, counts, and the days they hold."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import office
from hazardctl import inspection, load
from hazardctl.formats import csv, yaml
from hazardctl.inspection import inspect, inspect_all
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.reading import Reading, Tally
from hazardctl.rollup import prepare
from hazardctl.statistics import kernel
from hazardctl.today import Today
from hazardctl.workspace import Workspace
from office import TODAY

FULL = "编号 风险隐患类别 检查项 风险隐患基本情况 整改措施 责任人 完成时限 整改状态 发现时间 整改完成时间 整改结果"
DRIFTED = "隐患编号 隐患类别 检查项目 存在问题 整治措施 整改责任人 整改期限 处理进度 检查时间 完成日期 整改成效"
OFFICIAL = dict(zip(DRIFTED.split(), FULL.split(), strict=True))
TURNED = "整改状态 编号 风险隐患基本情况 存在问题 整治措施 责任人 完成时限"
HEADS = tuple(
    tuple(names.split())
    for names in (
        FULL,
        DRIFTED,
        " ".join(reversed(DRIFTED.split())),
        TURNED,
        "编号 类别 隐患描述 整改措施 责任人 完成时限 状态 发现时间",
        "编号 整改措施 整改状态",
        "id category description measures owner deadline status found_on",
        "隐患台账 整改措施 另一列 整改状态",
    )
)
CELLS = {
    "编号": ("H2K3", "H2K4", "H2K5", "H2K6", "H2K7", "H2K8", "h2k3", " H2K3", "Ｈ2K4", "HO1", "H01", "1", "", "　"),
    "风险隐患类别": ("1", "2", "2.1", "(一)", "九", ""),
    "类别": ("1", "2", "2.1", "(一)", "九", ""),
    "检查项": ("1.1", "2.1", "7.7", ""),
    "完成时限": ("2022-09-06", "2022.9.6", "长期", "尽快", "2022-08-01", "", "整改中"),
    "整改状态": ("已整改", "整改中", "未整改", "无法整改", "待验收", "正在研究", "2022-09-06", "", "同上"),
    "状态": ("已整改", "整改中", "未整改", "无法整改"),
    "发现时间": ("2022-08-10", "2022-08-20", "2022-12-24", "2012-08-24", ""),
    "整改完成时间": ("2022-08-30", "", "2022-08-01", "2022-10-01"),
    "": (
        "门禁损坏",
        "门禁损坏。",
        "更换门禁",
        "张三",
        "说“好”",
        "合计",
        "无",
        "",
        " 空 格 ",
        "a\u202eb",
        '说"好"',
        "两行\n两行",
    ),
}
HARMS = (
    *("short", "title", "numbers", "total", "nil", "slipped", "twice", "newline", "return", "lone\n", "lone\r"),
    *("<<<<<<< ours", "  ", "unended", "utf-8", "gb18030", "utf-16", "half", "empty", "byte", "nul"),
    *("narrow", "wide", "other mark", "other mark"),
)
PLAIN = {
    **dict.fromkeys(("category", "风险隐患类别", "类别"), "1"),
    **dict.fromkeys(("deadline", "完成时限"), "2022-09-06"),
    **dict.fromkeys(("整改状态", "状态"), "整改中"),
    "status": "done",
    "检查项": "1.1",
    "发现时间": "2022-08-10",
    "整改完成时间": "",
    "整改结果": "",
}


def _row(chance: random.Random, head: tuple[str, ...], odd: float) -> list[str]:
    cells = []
    for title in (OFFICIAL.get(title, title) for title in head):
        plain = (
            f"H{chance.randrange(10**6)}"
            if title in ("编号", "隐患台账", "id")
            else PLAIN.get(title, f"甲{chance.randrange(99)}")
        )
        cells.append(chance.choice(CELLS.get(title, CELLS[""])) if chance.random() < odd else plain)
    return cells


def _rows(chance: random.Random, head: tuple[str, ...], odd: float, harm: str) -> list[list[str]]:
    rows = [_row(chance, head, odd) for _ in range(chance.choice((0, 1, 2, 5, 30)))]
    numbers = [str(at) for at in range(1, len(head) + 1)]
    strange = {"short": ["H2"], "title": list(head), "numbers": numbers, "total": ["合计", "3"], "nil": ["", "无"]}
    if harm in strange:
        rows.insert(chance.randrange(len(rows) + 1), (strange[harm] + [""] * len(head))[: len(head)])
    if harm == "slipped":
        rows = [[*row[:-2], row[-1], row[-2]] for row in rows]
    if harm == "twice":
        rows += [[f"H{chance.randrange(10**6)}", *row[1:]] for row in rows]
    return rows


def _ledger(chance: random.Random, head: tuple[str, ...], odd: float, damaged: float) -> bytes:
    harm = chance.choice(HARMS) if chance.random() < damaged else ""
    rows = _rows(chance, head, odd, harm)
    if harm in ("narrow", "wide") and rows:
        rows[chance.randrange(len(rows))][-1:] = ["已整改"] * 2 if harm == "wide" else []
    newline = "\n" if harm == "newline" else "\r" if harm == "return" else "\r\n"
    mark = chance.choice(";\t") if harm == "other mark" else ","
    lines = [mark.join(csv.cell(cell, mark) for cell in row) for row in (head, *rows)]
    if harm in ("lone\n", "lone\r", "<<<<<<< ours", "", "  "):
        lines[-1:] = [lines[-1] + (harm[4:] if harm.startswith("lone") else newline + harm if harm else "")]
    text = newline.join(lines) + ("" if harm == "unended" else newline)
    codec = "gb18030" if chance.random() < odd else "utf-8-sig"
    return _cut(text.encode(harm if harm in ("utf-8", "gb18030", "utf-16") else codec, "replace"), harm)


def _yaml_ledger(chance: random.Random, head: tuple[str, ...], odd: float, damaged: float) -> bytes:
    harm = chance.choice(HARMS) if chance.random() < damaged else ""
    entries = [
        {title: cell for title, cell in zip(head, row, strict=True) if cell or chance.random() < odd}
        for row in _rows(chance, head, odd, harm)
    ]
    text = yaml.dump({"nil": "false", "entries": entries} if harm == "nil" else {"entries": entries})
    return _cut(text.encode("gb18030" if chance.random() < odd else "utf-8", "replace"), harm)


def _cut(data: bytes, harm: str) -> bytes:
    cut = {"half": data[: len(data) // 2], "empty": b"", "byte": data + b"\xff", "nul": data.replace(b",", b"\0", 1)}
    return cut.get(harm, data)


def _campaign(root: Path, seed: int) -> Opened:
    chance = random.Random(seed)
    odd, damaged, in_yaml = chance.choice((0.0, 0.0003, 0.002, 0.3)), chance.choice((0.0, 0.03, 0.2)), chance.random()
    heads = chance.choices(HEADS, k=chance.choice((2, 3)))
    units = [f"u{number}" for number in range(chance.choice((2, 9, 60)))]
    files: dict[str, str | bytes] = {"units.csv": "id,name\n" + "".join(f"{unit},{unit}\n" for unit in units)}
    for unit in units:
        form, head = "yaml" if chance.random() < in_yaml**2 else "csv", chance.choice(heads)
        if chance.random() < 0.95:
            make = _yaml_ledger if form == "yaml" else _ledger
            files[f"units/{unit}/ledger.{form}"] = make(chance, head, odd, damaged)
    return load.opened(Workspace(office.campaign(root, files)))


def _said(seen: inspection.Inspected) -> tuple[Any, ...]:
    reading = seen.reading
    rows = [] if reading is None else [list(row) for row in reading.ledger.rows]
    columns = {} if reading is None else {key: list(reading.raw(key)) for key in reading.terms.by_key}
    ledger = () if reading is None else _of(reading.ledger)
    return seen.unit, seen.findings, seen.state, seen.files, seen.news, rows, columns, ledger


def _of(ledger: Ledger) -> tuple[Any, ...]:
    places = [ledger.place(row, at) for row in range(-1, min(3, len(ledger.rows))) for at in range(len(ledger.keys))]
    return ledger.headings, ledger.keys, ledger.nil, ledger.set_aside, dict(ledger.index), ledger.sha256, places


@pytest.mark.parametrize("reader", [Reading, Tally])
@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10**9))
def test_each_unit_is_told_what_it_is_told_alone(
    reader: type[Reading], seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    opened = _campaign(tmp_path_factory.mktemp("alike"), seed)
    units = [*opened.units.units]
    together = list(map(_said, inspect_all(opened, units, TODAY, reader)))
    alone = [_said(inspect(opened, unit, TODAY, reader)) for unit in units]
    assert together == alone


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10**9))
def test_a_result_holds_on_no_day_on_which_it_would_differ_alone(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    opened = _campaign(tmp_path_factory.mktemp("alike"), seed)
    units = [*opened.units.units]
    for unit, first, last, found in _watched(opened, units):
        mine = inspect(opened, unit, TODAY, Tally).findings
        assert found == mine
        for day in {max(first, TODAY - timedelta(900)), min(last, TODAY + timedelta(900))}:
            assert inspect(opened, unit, day, Tally).findings == mine


def _watched(opened: Opened, units: list[str]) -> Iterator[tuple[str, Any, Any, Any]]:
    today = Today.of(TODAY)
    seen = inspect_all(opened, units, today, Tally)
    for unit in units:
        today.reset()
        found = next(seen).findings
        yield unit, today.first, today.last, found


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10**9))
def test_counts_are_the_same_together_and_alone(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    opened = _campaign(tmp_path_factory.mktemp("alike"), seed)
    plan = prepare(opened, None).compiled.plan
    units = [*opened.units.units]
    root = opened.workspace.root
    alone = [one for unit in units for one in kernel.partials(root, [unit], plan, TODAY, opened)]
    assert list(kernel.partials(root, units, plan, TODAY, opened)) == alone


DAYS = "编号,风险隐患类别,风险隐患基本情况,整改措施,责任部门,责任人,完成时限,整改状态,发现时间"
DAY = "{id},1,{said},更换门禁,办公室,张三,2022-09-06,整改中,{day}"
CASES = {
    "twice on one day, and on another elsewhere": (
        [("H2", "门禁", "2022-08-10")],
        [("H3", "门禁", "2022-08-11"), ("H4", "门禁", "2022-08-11")],
    ),
    "one id in two units": ([("H2", "门禁", "2022-08-10")], [("H2", "消防", "2022-08-11")]),
    "ids that look the same in two units": ([("HO1", "门禁", "2022-08-10")], [("H01", "消防", "2022-08-11")]),
    "a day that has not come in one of them": ([("H2", "门禁", "2022-08-10")], [("H3", "消防", "2022-12-24")]),
    "a first cell like a mark of a merge": (
        [("H2", "门禁", "2022-08-10")],
        [("<<<<<<< ours", "消防", "2022-08-11")],
    ),
    "a blank first cell": ([("H2", "门禁", "2022-08-10")], [("", "消防", "2022-08-11")]),
    "a space in the first cell": ([("H2", "门禁", "2022-08-10")], [("　", "消防", "2022-08-11")]),
}


@pytest.mark.parametrize("case", CASES)
def test_neighbours_make_no_difference(case: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {}
    for unit, rows in zip("ab", CASES[case], strict=True):
        lines = [DAY.format(id=entry, said=said, day=day) for entry, said, day in rows]
        files[f"units/{unit}/ledger.csv"] = office.ledger(*lines, headings=DAYS)
    opened = load.opened(Workspace(office.campaign(tmp_path, files)))
    together = list(map(_said, inspect_all(opened, "ab", TODAY)))
    assert together == [_said(inspect(opened, unit, TODAY)) for unit in "ab"]


def test_a_slipped_column_is_told_however_many_others_are_in_order(tmp_path: Path) -> None:
    sound = [DAY.format(id=f"H{at}", said=f"门禁{at}", day="2022-08-10") for at in range(30)]
    slipped = [row.replace("2022-09-06,整改中", "整改中,2022-09-06") for row in sound[:3]]
    files: dict[str, str | bytes] = {
        "units/a/ledger.csv": office.ledger(*sound, headings=DAYS),
        "units/b/ledger.csv": office.ledger(*slipped, headings=DAYS),
    }
    opened = load.opened(Workspace(office.campaign(tmp_path, files)))
    seen = list(inspect_all(opened, "ab", TODAY))
    assert {finding.code for finding in seen[1].findings} >= {"L104"}
    assert _said(seen[1]) == _said(inspect(opened, "b", TODAY))


def test_a_cell_in_the_wrong_column_is_told_however_many_ledgers_have_slipped(tmp_path: Path) -> None:
    sound = [DAY.format(id=f"H{at}", said=f"门禁{at}", day="2022-08-10") for at in range(100)]
    slipped = [row.replace("2022-09-06,整改中", "整改中,2022-09-06") for row in sound[10:]]
    files: dict[str, str | bytes] = {
        "units/a/ledger.csv": office.ledger(*slipped, headings=DAYS),
        "units/b/ledger.csv": office.ledger(*sound[:10], sound[10].replace("整改中", "2022-09-06"), headings=DAYS),
    }
    opened = load.opened(Workspace(office.campaign(tmp_path, files)))
    seen = list(inspect_all(opened, "ab", TODAY))
    assert ("L201", 12) in {(finding.code, finding.line) for finding in seen[1].findings}
    assert _said(seen[1]) == _said(inspect(opened, "b", TODAY))


@pytest.mark.parametrize(("entry", "code"), [("none", "L120"), ("N.A.", "L120"), ("ditto", "L211"), ('"a\nb"', "L208")])
@pytest.mark.parametrize("neighbour", ["a", "隐患1"])
def test_an_id_that_is_none_is_told_whatever_stands_beside_it(
    entry: str, code: str, neighbour: str, tmp_path: Path
) -> None:
    rows = [DAY.format(id=one, said=f"门禁{at}", day="2022-08-10") for at, one in enumerate((neighbour, entry))]
    files: dict[str, str | bytes] = {"units/a/ledger.csv": office.ledger(*rows, headings=DAYS)}
    opened = load.opened(Workspace(office.campaign(tmp_path, files)))
    for reader in (Reading, Tally):
        found = inspect(opened, "a", TODAY, reader).findings
        assert [finding.code for finding in found if finding.code.startswith(("L1", "L2"))] == [code]


@pytest.mark.parametrize(
    ("entries", "code"),
    [(("H2", " H2"), "L124"), (("H2", "Ｈ２"), "L124"), (("H2", "h2"), "L124"), (("HO1", "H01"), "L125"),
     (("", "H2", "H2"), "L124"), (("2022-1", "2022-1"), "L124"), (("H2\u3000", "H2"), "L124")],
)  # fmt: skip
def test_ids_that_are_one_are_told_however_they_are_typed(entries: tuple[str, ...], code: str, tmp_path: Path) -> None:
    lines = [DAY.format(id=one, said=f"门禁{at}", day="2022-08-10") for at, one in enumerate(entries)]
    others = [DAY.format(id=f"H{at}", said=f"消防{at}", day="2022-08-10") for at in range(3, 30)]
    files: dict[str, str | bytes] = {
        "units/a/ledger.csv": office.ledger(*lines, headings=DAYS),
        "units/b/ledger.csv": office.ledger(*others, headings=DAYS),
    }
    opened = load.opened(Workspace(office.campaign(tmp_path, files)))
    for units in ("a", "ab"):
        found = next(inspect_all(opened, units, TODAY)).findings
        assert [(one.code, one.line) for one in found if one.code in ("L124", "L125")] == [(code, len(entries) + 1)]


@pytest.mark.parametrize("codecs", [("utf-8", "gb18030"), ("gb18030", "gb18030"), ("utf-8", "utf-8")])
def test_one_heading_in_two_encodings_is_read_as_each_file_says(codecs: tuple[str, str], tmp_path: Path) -> None:
    head = "id,category,description,measures,department,owner,deadline,status,found_on"
    files: dict[str, str | bytes] = {}
    for unit, codec in zip("ab", codecs, strict=True):
        row = f"H{unit},1,门禁损坏,locks,office,li,2022-09-06,done,2022-08-10"  # UTF-8 that could be GB 18030
        files[f"units/{unit}/ledger.csv"] = office.ledger(row, headings=head).encode(codec)
    opened = load.opened(Workspace(office.campaign(tmp_path, files)))
    for seen in inspect_all(opened, "ab", TODAY):
        assert seen.reading is not None
        assert seen.reading.raw("description") in (["门禁损坏"], ("门禁损坏",))


@pytest.mark.parametrize("head", [" ,;", ";,,", "　,　"])
def test_files_that_begin_without_headings_are_told_apart_by_their_own_rows(head: str, tmp_path: Path) -> None:
    bodies = {"a": "a,b;\n", "b": "a;b;c,d\n", "c": " ,\u2028\n", "d": "a,b,c\n", "e": ";,,\n"}
    files: dict[str, str | bytes] = {f"units/{unit}/ledger.csv": f"{head}\n{body}" for unit, body in bodies.items()}
    opened = load.opened(Workspace(office.campaign(tmp_path, files)))
    for units in ("abcde", "ab", "cc"):
        together = list(map(_said, inspect_all(opened, units, TODAY)))
        assert together == [_said(inspect(opened, unit, TODAY)) for unit in units]
