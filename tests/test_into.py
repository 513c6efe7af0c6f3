"""Superiors' workbooks of many layouts: the right cells are filled, nothing else changes, and the rest is said."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import ROOT, Run, script

FOLDER = ROOT / "tests" / "cases" / "into"
CAMPAIGN = ROOT / "tests" / "cases" / "rollup" / "annex3" / "campaign"
NAMES = sorted(path.parent.name for path in FOLDER.glob("*/theirs.xlsx"))
MAKE = script(FOLDER / "superiors.py")


@pytest.mark.parametrize("name", NAMES)
def test_a_superiors_workbook_is_filled_as_expected(
    name: str, tmp_path: Path, run: Run, request: pytest.FixtureRequest
) -> None:
    shutil.copytree(CAMPAIGN, tmp_path / "c")
    shutil.copy(FOLDER / name / "theirs.xlsx", tmp_path / "theirs.xlsx")
    options: tuple[str, ...] = ()
    if (kept := FOLDER / name / "mapping.yaml").is_file():
        (tmp_path / "c" / "mappings").mkdir()
        shutil.copy(kept, tmp_path / "c" / "mappings" / "theirs.yaml")
    words = ("--campaign", "c", "--lang", "zh", "--today", "2022-09-29", "report", "annex3", "--into", "theirs.xlsx")
    said = run(*words, "-o", "out.xlsx", *options)
    again = run(*words, "-o", "again.xlsx", *options)
    assert again.out == said.out
    assert Path("again.xlsx").read_bytes() == Path("out.xlsx").read_bytes()
    told = f"{said.out}exit {said.code}\n\n{_changed_cells()}\n{_changed_parts()}"
    expected = FOLDER / name / "expected.txt"
    if request.config.getoption("--update"):
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")


def _changed_cells() -> str:
    old: Any = openpyxl.load_workbook("theirs.xlsx", keep_vba=True)
    new: Any = openpyxl.load_workbook("out.xlsx", keep_vba=True)
    stored: Any = openpyxl.load_workbook("out.xlsx", data_only=True)
    lines = []
    for sheet in new:
        for row in sheet.iter_rows():
            for cell in row:
                before = old[sheet.title][cell.coordinate]
                if cell.value != before.value:
                    lines.append(f"{sheet.title}!{cell.coordinate}: {before.value!r} -> {cell.value!r}")
                elif isinstance(cell.value, str) and cell.value.startswith("=") and cell.data_type == "f":
                    result = stored[sheet.title][cell.coordinate].value
                    lines.append(f"{sheet.title}!{cell.coordinate}: {cell.value} = {result!r}")
                assert cell.has_style == before.has_style
                assert cell.number_format == before.number_format
    return "\n".join([*lines, ""])


def _changed_parts() -> str:
    with zipfile.ZipFile("theirs.xlsx") as old, zipfile.ZipFile("out.xlsx") as new:
        assert old.namelist() == new.namelist()
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
        anew = b'fullCalcOnLoad="1"' in new.read("xl/workbook.xml")
    return f"changed: {', '.join(changed) or 'nothing'}\ncalculated when it is opened: {anew}\n"


@pytest.mark.parametrize("name", sorted(MAKE.CASES))
def test_the_script_makes_the_workbooks_that_are_kept(name: str) -> None:
    kept = FOLDER / name / "theirs.xlsx"
    assert MAKE.unpacked(MAKE.CASES[name]()) == MAKE.unpacked(kept.read_bytes())
