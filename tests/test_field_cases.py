"""Bugs of other people's systems that no other test has: three kinds of nothing in a merge, lists over errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigns import campaign, ledger
from conftest import Run

HEADINGS = "编号,问题类别,整改费用,办理情况"
TABLE = """\
- id: t
  title: 表
  columns: [{label: 单位, value: unit}, {label: 总数, key: found, count: {}}, {label: 费用, key: cost, sum: cost}]
"""


def test_zero_blank_and_not_applicable_stay_three_values_through_a_merge_and_the_table_after_it(
    tmp_path: Path, run: Run
) -> None:
    cells = {name: ["0", "", "不适用", "/"] for name in ("base", "ours", "theirs")}
    cells["ours"] = ["", "", "0", "/"]  # 0 was taken out, and 0 was put where nothing applied
    cells["theirs"] = ["0", "不适用", "不适用", "0"]
    files = {name: ledger(*(f"A,{cell},办结" for cell in said), headings=HEADINGS) for name, said in cells.items()}
    campaign(tmp_path, TABLE, "a,甲,,,,\n", {"a/ledger.csv": files["base"]})
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    names = [tmp_path / f"{name}.csv" for name in ("base", "ours", "theirs")]
    done = run("--campaign", tmp_path, "merge", *names)
    assert done.code == 0, done.err
    merged = done.out
    assert [line.split(",")[2] for line in merged.splitlines()[1:]] == ["", "不适用", "0", "0"]
    (tmp_path / "units/a/ledger.csv").write_text(merged, encoding="utf-8")
    shown = run("--campaign", tmp_path, "--lang", "zh", "rollup", "--format", "csv").out.splitlines()
    assert shown[1].endswith("甲,4,0"), "two nothings and two noughts"


@pytest.mark.parametrize(
    "words",
    [
        ("list",), ("list", "--format", "json"), ("show", "a", "H200-2222-3333"), ("due",),
        ("status", "--period", "2024-05"),
        ("unit", "list"), ("coverage",), ("rollup",), ("trace", "t", "a", "found"), ("history", "a"),
        ("journal", "verify"), ("checklist", "show", "harbours@1"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_only_lists_works_on_files_with_errors(tmp_path: Path, run: Run, words: tuple[str, ...]) -> None:
    campaign(tmp_path, TABLE, "a,甲,,,,\nb,乙,,,,\n", {
        "a/ledger.csv": ledger("没有这类,约3万,不知道", "A,1,办结", headings=HEADINGS),
        "a/figures.csv": "period,key,value\n八月,boats,约12\n2024-05,vistis,-1\n",
        "a/returns.yaml": "- {period: 八月份, state: 零}\n",
        "b/ledger.csv": '编号,问题类别\n"开着的引号,A\n',
    })  # fmt: skip
    done = run("--campaign", tmp_path, "--today", "2024-05-30", *words)
    assert done.code in (0, 1, 3), done.err
    assert done.out, done.err
    assert "Traceback" not in done.err
