"""A superior's own workbook, filled in: nothing in it changes but the cells that get figures."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart.bar_chart import BarChart
from openpyxl.chart.reference import Reference
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName

from conftest import ROOT, Run
from hazardctl.formats import sheet_edit, sheet_parts
from hazardctl.formats.sheet_edit import NotEditableError

CAMPAIGN = ROOT / "tests" / "cases" / "rollup" / "annex3" / "campaign"
ARGS = ("--campaign", "c", "--lang", "zh", "--today", "2022-09-29", "report", "annex3", "--into", "theirs.xlsx")


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    shutil.copytree(CAMPAIGN, tmp_path / "c")
    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "全市汇总"
    sheet.append(["各区县隐患排查整治情况"])
    sheet.merge_cells("A1:H1")
    sheet.append(["单位", "隐患数", None, None, None, "走访\n人次", "定位监管率", "备注"])
    sheet.append([None, "无法整改", "未整改", "整改中", "已整改", None, None, None])
    sheet.append(["石桥司法所", None, None, None, None, None, None, "照旧"])
    sheet.append(["翠屏 司法所", 9, None, None, None, None, None, None])
    sheet.append(["某某司法所"])
    sheet.append(["合计", "=SUM(B4:B6)", None, None, "=SUM(E4:E6)", None, None, None])
    sheet.append(["注：本表由各区县填写。"])
    sheet["G4"].number_format = "0.0%"
    sheet["E4"].font = Font(bold=True, color="FF0000")
    other: Any = book.create_sheet("其他")
    other["A1"], other["A2"], other["A3"] = "=全市汇总!B4*2", "=1+1", "不变"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=4, max_row=6))
    other.add_chart(chart, "C3")
    book.defined_names["区域"] = DefinedName("区域", attr_text="全市汇总!$A$4:$H$7")
    book.save("theirs.xlsx")
    return Path("theirs.xlsx")


def sheet_of(path: str, name: str = "全市汇总") -> Any:
    return openpyxl.load_workbook(path)[name]


def test_figures_find_their_cells_by_unit_and_heading(theirs: Path, run: Run) -> None:
    before = theirs.read_bytes()
    said = run(*ARGS)
    sheet = sheet_of("theirs-已填.xlsx")
    assert [cell.value for cell in sheet[4]] == ["石桥司法所", 0, 2, 1, 1, 80, 0.968, "照旧"]
    assert [cell.value for cell in sheet[5]][:7] == ["翠屏 司法所", 1, 1, 2, 3, 105, 97.5]
    assert sheet["B7"].value == "=SUM(B4:B6)"
    assert [sheet["C7"].value, sheet["D7"].value, sheet["E7"].value] == [None, None, "=SUM(E4:E6)"]
    assert sheet["E4"].font.bold
    assert said.code == 1
    assert "全市汇总!A7：“合计”所合计的与本活动的单位不一致" in said.out, "their total is of other units too"
    assert "全市汇总!B5：9 → 1" in said.out
    assert "全市汇总!A6：“某某司法所”不在统计表的单位中" in said.out
    assert "没有“石梯司法所”的行" in said.out
    assert theirs.read_bytes() == before, "a copy is written, never the original unasked"


@pytest.mark.usefixtures("theirs")
def test_nothing_else_changes(run: Run) -> None:
    run(*ARGS)
    with zipfile.ZipFile("theirs.xlsx") as old, zipfile.ZipFile("theirs-已填.xlsx") as new:
        assert old.namelist() == new.namelist()
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
    assert changed == ["xl/worksheets/sheet1.xml"], "sheet 2 stores no results to grow stale"
    book: Any = openpyxl.load_workbook("theirs-已填.xlsx")
    assert "区域" in book.defined_names
    assert book.calculation.fullCalcOnLoad


@pytest.mark.usefixtures("theirs")
def test_the_same_path_is_written_only_where_it_is_asked_for(run: Run) -> None:
    assert run(*ARGS, "--dry-run").code == 4
    assert not Path("theirs-已填.xlsx").exists()
    run(*ARGS, "-o", "theirs.xlsx")
    assert sheet_of("theirs.xlsx")["C4"].value == 2


@pytest.mark.usefixtures("theirs")
def test_a_mapping_says_which_heading_cell_and_row_is_meant(run: Run) -> None:
    Path("c/mappings").mkdir()
    Path("c/mappings/city.yaml").write_text(
        "table: annex3\nsheets:\n  - sheet: 全市汇总\n    units: 单位\n    columns: {隐患数/已整改: done, F: visits}\n"
        "    rows: {某某司法所: shiti}\n  - sheet: 其他\n    cells:\n      - {cell: B1, column: done, unit: total}\n"
        "      - {cell: B2, text: =1+1}\n      - {cell: 2B, column: done}\n      - {cell: A2, column: done}\n",
        encoding="utf-8",
    )
    said = run(*ARGS[:-3], "--into", "theirs.xlsx", "--mapping", "city", "-o", "out.xlsx")
    sheet = sheet_of("out.xlsx")
    assert [cell.value for cell in sheet[6]][:6] == ["某某司法所", None, None, None, 3, 12]
    other = sheet_of("out.xlsx", "其他")
    assert other["B1"].value == 8
    assert (other["B2"].value, other["B2"].data_type) == ("=1+1", "s")
    assert other["A2"].value == "=1+1"
    assert "“2B”不是单元格" in said.out


@pytest.mark.usefixtures("theirs")
@pytest.mark.parametrize("words", [("--mapping", "nothing"), ("--mapping", "../x")])
def test_a_mapping_that_is_not_there_stops(words: tuple[str, ...], run: Run) -> None:
    assert run(*ARGS, *words).code == 3


def test_a_workbook_that_has_nothing_of_ours_is_not_passed_over_in_silence(theirs: Path, run: Run) -> None:
    openpyxl.Workbook().save(theirs)
    said = run(*ARGS)
    assert said.code == 1
    assert "没有与我方统计表相同的栏名和单位名" in said.out


def test_only_xlsx_is_filled_in_place(tmp_path: Path, run: Run) -> None:
    shutil.copytree(CAMPAIGN, tmp_path / "c")
    Path("theirs.xlsx").write_text("单位,已整改\n石桥司法所,\n", encoding="utf-8")
    said = run(*ARGS)
    assert said.code == 3
    assert ".xlsx" in said.err


XML = (
    b'<?xml version="1.0"?><x:worksheet xmlns:x="m"><x:cols><x:col min="2" max="3" style="7"/></x:cols><x:sheetData>'
    b'<x:row r="2" s="4" customFormat="1"/><x:row r="4"><x:c r="B4" s="5"/><x:c r="D4" t="s"><x:v>3</x:v></x:c></x:row>'
    b"</x:sheetData></x:worksheet>"
)


def test_cells_go_where_they_belong_in_any_row() -> None:
    part = sheet_edit.scan(XML)
    new = sheet_edit.put(part, {(3, 1): 1, (3, 2): 2, (3, 3): 3, (1, 0): 4, (2, 1): 5, (8, 0): "<6>"}).decode()
    assert '<x:row r="2" s="4" customFormat="1"><x:c r="A2" s="4"><x:v>4</x:v></x:c></x:row>' in new
    assert '<x:row r="3"><x:c r="B3" s="7"><x:v>5</x:v></x:c></x:row><x:row r="4">' in new
    assert (
        '<x:c r="B4" s="5"><x:v>1</x:v></x:c><x:c r="C4" s="7"><x:v>2</x:v></x:c><x:c r="D4"><x:v>3</x:v></x:c>' in new
    )
    assert '<x:row r="9"><x:c r="A9" t="inlineStr"><x:is><x:t xml:space="preserve">&lt;6&gt;</x:t></x:is></x:c>' in new
    assert set(sheet_edit.scan(new.encode()).cells) == {(1, 0), (2, 1), (3, 1), (3, 2), (3, 3), (8, 0)}


def test_a_workbook_is_calculated_anew_when_it_is_opened() -> None:
    asked = b'<calcPr calcId="1" fullCalcOnLoad="1"/>'
    assert sheet_parts.recalculated(b'<workbook><sheets></sheets><calcPr calcId="1"/></workbook>').count(asked) == 1
    assert sheet_parts.recalculated(b"<workbook>" + asked + b"</workbook>").count(b"fullCalcOnLoad") == 1
    assert b'</x:sheets><x:calcPr fullCalcOnLoad="1"/>' in sheet_parts.recalculated(
        b"<x:workbook><x:sheets></x:sheets>"
    )


def test_an_empty_cell_at_the_end_of_its_row_is_filled_without_its_row_losing_its_end() -> None:
    xml = b'<worksheet><sheetData><row><c r="A1"/></row><row r="2"><c r="A2" t="n" /></row></sheetData></worksheet>'
    part = sheet_edit.scan(xml)
    assert sheet_edit.put(part, {(0, 0): 1, (1, 0): 2}) == (
        b'<worksheet><sheetData><row><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
        b"</sheetData></worksheet>"
    )


def test_an_empty_sheet_gets_its_first_row() -> None:
    part = sheet_edit.scan(b"<worksheet><sheetData/></worksheet>")
    assert sheet_edit.put(part, {(0, 0): 1, (1, 1): 2}) == (
        b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="2"><c r="B2"><v>2</v></c></row></sheetData></worksheet>'
    )


@pytest.mark.parametrize(
    "xml", [b"<worksheet", b"<worksheet/>", b"<!DOCTYPE a><a/>", b'<?xml version="1.0" encoding="gbk"?><a/>']
)
def test_what_is_no_sheet_is_refused(xml: bytes) -> None:
    with pytest.raises(NotEditableError):
        sheet_edit.scan(xml)


@pytest.mark.parametrize(
    ("formula", "grows_stale"),
    [
        ("A1", True), ("A2", False), ("SUM(A1:A3)", True), ("SUM($A$2:$B$9)", False), ("Other!A1", False),
        ("'一 表'!A1+1", True), ("SUM(A:A)", True), ("区域", True), ("[1]Sheet!A1", False), ("LOG10(A2)", False),
        ('"A1"', False), ("IF(A2>0,TRUE,B2)", False), ("INDIRECT(B1)", True), ("C1", True),
    ],
)  # fmt: skip
def test_formulas_that_take_from_a_changed_cell_lose_their_stored_result(formula: str, grows_stale: bool) -> None:
    def cell(place: str, written: str) -> str:
        return f'<c r="{place}"><f>{written}</f><v>1</v></c>'

    xml = f"<worksheet><sheetData><row>{cell('C1', 'A1*2')}{cell('D1', formula)}</row></sheetData></worksheet>".encode()
    part = sheet_edit.scan(xml)
    found = sheet_parts.stale({"一 表": part}, {"一 表": [(0, 0)]})["一 表"]
    assert ((0, 3) in found) is grows_stale
    assert (0, 2) in found
    written = sheet_edit.put(part, {(0, 0): 5}, found)
    assert (b"</f></c>" in written) is True
    assert written.count(b"<v>1</v>") == (0 if grows_stale else 1)
