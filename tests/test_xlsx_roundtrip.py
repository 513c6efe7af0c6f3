"""Any ledger, written as a workbook and imported where there is none, is the same ledger, or it is said why not."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from conftest import Run
from hazardctl import load, text
from hazardctl.formats import csv, tables
from hazardctl.formats.workbook import Workbook, unpacked
from hazardctl.forms import fillin
from hazardctl.load import Opened
from hazardctl.spreadsheets import importing
from hazardctl.spreadsheets.values import on_lines
from hazardctl.workspace import Workspace

TODAY = date(2022, 8, 20)
FREE = ("description", "measures", "department", "standard", "owner")
NAUGHTY = (
    "=1+1", "+1", "-1", "@a", "＝1", "'a", "007", "1e5", "TRUE", "2022-09-06", "#REF!", "a\nb", "\u3000a\u3000",
    "_x0041_", "<b>&amp;", "😀", "e\u0301", "=cmd|'/c calc'!A1", "123456789012345678", "0.10", "１２", "合计",
    "无", "/", "同上", "1/2", "00:30", "50%", "a\tb", "张三、李四", "\ufeffa", "a\u00a0b", "注：a",
    "填报单位：甲", "NULL", "None", "编号", "\\N", "a\rb", "a\r\nb", "\x0b", "\u202eb", "检查单?584家",
    "\ufffd", "\u200bz", "''", '""', "a,b\n;", "[red]", "%s",
)  # fmt: skip
words = st.one_of(
    st.sampled_from(NAUGHTY),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff"), min_size=1, max_size=30),
    st.from_regex(r"0?\d{1,18}", fullmatch=True),
)
days = st.sampled_from(["2022-09-06", "立即", "3日内", "长期坚持", "2022-12-31", "2022-09-06前", "2022年9月下旬"])
rows = st.tuples(
    st.sampled_from("123"), st.sampled_from(["未整改", "整改中"]), days, st.tuples(*(words for _ in FREE))
)  # fmt: skip


@pytest.fixture
def campaign(tmp_path: Path, run: Run) -> Path:
    (tmp_path / "list.csv").write_text("id,name\ncaojia,曹家司法所\n", encoding="utf-8")
    assert run("init", "c", "--checklist", "community-correction", "--units", "list.csv").code == 0
    return tmp_path / "c"


def ledger_of(opened: Opened, given_rows: list[tuple[str, str, str, tuple[str, ...]]]) -> list[dict[str, str]]:
    """Write a ledger; gives what a program that reads it sees."""
    folder = opened.workspace.unit("caojia")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    heads = ["id", "category", "status", "deadline", *FREE]
    lines = [
        [f"H7K3-M9QX-2FP{'23456789'[at]}", category, status, deadline, *free]
        for at, (category, status, deadline, free) in enumerate(given_rows)
    ]
    (folder / "ledger.csv").write_bytes(csv.write(heads, lines))
    return entries(opened)


def entries(opened: Opened) -> list[dict[str, str]]:
    found, findings = load.load_ledger(opened.workspace, "caojia", opened.terms)
    assert found, findings
    return [{key: found.cell(row, key) for key in ("id", "category", "status", "deadline", *FREE)}
            for row in range(len(found.rows))]  # fmt: skip


def brought_back(opened: Opened) -> importing.Outcome:
    """Write the workbook, take the ledger away, and import the workbook."""
    found, _ = load.load_ledger(opened.workspace, "caojia", opened.terms)
    data = fillin.workbook(opened, "caojia", found)
    shutil.rmtree(opened.workspace.unit("caojia"))
    sheets = tuple(unpacked(sheet) for sheet in tables.parse(data, "xlsx"))
    book = Workbook("fill-in.xlsx", "xlsx", sheets, hashlib.sha256(data).hexdigest())
    return importing.Desk(opened, importing.Asked(unit="caojia", by="clerk"), TODAY).take(book)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(rows, min_size=1, max_size=6))
@example([("1", "未整改", "立即", (word, word, word, word, "张三")) for word in NAUGHTY[:8]])
def test_a_ledger_comes_through_a_workbook_unchanged(
    campaign: Path, given_rows: list[tuple[str, str, str, tuple[str, ...]]]
) -> None:
    opened = load.opened(Workspace(campaign))
    before = ledger_of(opened, given_rows)
    outcome = brought_back(opened)
    assert outcome.fault is None, str(outcome.fault)
    assert outcome.chosen
    top = outcome.chosen.table.body
    refused = {(one.row - top, one.key): one.code for one in outcome.plan.refused}
    flawed = {(at, key) for at, entry in enumerate(before) for key in FREE if unsafe(entry[key], key)}
    assert flawed <= refused.keys()
    assert set(refused.values()) <= {"L110", "L208", "L209", "L211"}, "required and blank, flawed, lost, or as above"
    assert flawed == {place for place, code in refused.items() if code in ("L208", "L209")}
    if outcome.plan.refused:
        assert not (opened.workspace.unit("caojia") / "ledger.csv").exists()
        return
    assert entries(opened) == [{key: meant(cell, key) for key, cell in entry.items()} for entry in before]
    told = {(one.row - top, one.key) for one in (each for taken in outcome.taken for each in taken.liberties)}
    assert told == {
        (at, key) for at, entry in enumerate(before) for key, cell in entry.items() if text.trim(cell) != cell
    }


def test_the_longest_cells_come_through_whole(campaign: Path) -> None:
    opened = load.opened(Workspace(campaign))
    before = ledger_of(opened, [("1", "未整改", "立即", ("长" * 32_767, "😀" * 16_383, "a", "b", "张三"))])
    outcome = brought_back(opened)
    assert outcome.written
    assert entries(opened) == before


def meant(cell: str, key: str) -> str:
    """Give what comes back: blanks at the ends are cut off, people on several lines stand on one."""
    return (on_lines(cell) if key == "owner" else "") or text.trim(cell)


def unsafe(cell: str, key: str) -> bool:
    """Tell whether a cell holds what no ledger may: controls, characters that were lost."""
    flaw = None if key == "owner" and on_lines(cell) else text.unsafe(cell, single_line=key == "owner")
    return flaw is not None and flaw.code != "zero_width"
