"""Workbooks that are written: official to look at, sums that recalculate, text that stays text, the same bytes."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, Run
from hazardctl.document import Cell, Document, Grid, GridColumn, GridRow, numbered
from hazardctl.formats import book_xml
from hazardctl.formats.book import Book, Line, Sheet, Style, sheet_name
from hazardctl.formats.book import Cell as BookCell
from hazardctl.formats.book_xml import CellTooLongError
from hazardctl.writers import xlsx

CAMPAIGN = ROOT / "tests" / "cases" / "rollup" / "annex3" / "campaign"
HEAD = [
    ["地区", "排查风险隐患总数", None, None, None, "“6+9”类重点社区矫正对象数", "应收未收数", "脱管人数", "定位监管率",
     "走访人次", "惩处人次", "教育人次", "帮扶人次"],
    [None, "无法整改", "未整改", "整改中", "已整改", *[None] * 8],
]  # fmt: skip
NAUGHTY = (
    "=1+1", "+1", "-1", "@a", "＝1", "'a", "\ta", "007", "1e5", "TRUE", "2022-09-06", "#REF!", "a\rb", "a\r\nb", " a ",
    "_x0041_", "x\x0by", "<b>&amp;", "😀", "e\u0301", "=cmd|'/c calc'!A1", "\u202e", "12345678901234567890", "\n",
)  # fmt: skip
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1)


def sheet_of(data: bytes, *, cached: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=cached).worksheets[0]


def values(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def column_sums(*figures: str, total: str, level: int = 1) -> Document:
    rows = [GridRow((Cell(f"单位{at}"), Cell(one, one, number=True)), level=level) for at, one in enumerate(figures)]
    rows.append(GridRow((Cell("合计"), Cell(total, total, number=True)), "total", 0))
    columns = (GridColumn("unit", ("单位",)), GridColumn("n", ("数",), "right", adds=True))
    return Document("表", grids=(Grid("t", columns, tuple(rows)),))


@pytest.fixture
def annex3(tmp_path: Path, run: Run) -> bytes:
    shutil.copytree(CAMPAIGN, tmp_path / "c")
    made = run("--campaign", "c", "--lang", "zh", "--today", "2022-09-29", "rollup", "-o", "t.xlsx")
    assert made.code == 0, made.err
    return Path("t.xlsx").read_bytes()


def test_annex_3_stands_cell_for_cell_as_in_the_document(annex3: bytes) -> None:
    sheet = sheet_of(annex3, cached=True)
    cells = values(sheet)
    assert sheet.title == "附件3"
    assert cells[0][0] == "附件3"
    assert cells[1][0] == "社区矫正隐患排查整治统计表"
    assert [cell for cell in cells[2] if cell] == ["填报单位：", "填报人：", "填报时间："]
    assert cells[3:5] == HEAD
    assert cells[5][:9] == ["达川区", 2, 3, 5, 8, 29, 2, 1, 0.978]
    assert cells[16] == ["合计", 2, 3, 5, 8, 29, 2, 1, 0.978, 1223, 6, 335, 22]
    assert cells[9][0] == "三里坪司法所（未报）", "what was not reported is blank, not 0"
    assert cells[9][1:] == [None] * 12
    assert cells[17][0] == "注：此表于9月29日前报区社区矫正管理局。"
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert {"A2:M2", "A4:A5", "B4:E4", "F4:F5", "M4:M5"} <= merged


def test_the_sheet_is_made_ready_for_the_printer(annex3: bytes) -> None:
    sheet = sheet_of(annex3)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$4:$5"
    assert sheet.freeze_panes == "A6"
    assert sheet.oddFooter.center.text == "第 &P 页  共 &N 页"
    assert sheet["I6"].number_format == "0.0%"
    assert sheet["B6"].alignment.horizontal == "right"
    assert sheet["A8"].alignment.indent == 2
    assert sheet["A2"].font.name == "宋体"


def test_sums_are_formulas_whose_stored_results_are_ours(annex3: bytes) -> None:
    formulas, cached = values(sheet_of(annex3)), values(sheet_of(annex3, cached=True))
    found = 0
    for row, cells in enumerate(formulas):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and cell.startswith("=SUM("):
                numbers = [cached[at][column] or 0 for at in rows_in(cell)]
                assert sum(numbers) == cached[row][column], cell
                found += 1
    assert found == 44, "three subtotals and the total, in each column that adds up; a rate is no sum"


def rows_in(formula: str) -> list[int]:
    rows: list[int] = []
    for first, last in re.findall(r"[A-Z]+(\d+)(?::[A-Z]+(\d+))?", formula):
        rows += range(int(first) - 1, int(last or first))
    return rows


def test_a_total_that_is_no_sum_of_rows_in_sight_is_a_number() -> None:
    assert sheet_of(xlsx.file(column_sums("1", "2", total="4")))["B5"].value == 4
    assert sheet_of(xlsx.file(column_sums("1", "2", total="3")))["B5"].value == "=SUM(B3:B4)"
    assert sheet_of(xlsx.file(column_sums("0.1", "0.2", total="0.3")))["B5"].value == "=SUM(B3:B4)"


def test_a_total_of_thousands_of_scattered_rows_is_still_a_formula_or_a_number() -> None:
    rows: list[GridRow] = []
    for _ in range(400):
        rows.append(GridRow((Cell("片"), Cell("1", "1", number=True)), "subtotal", 1))
        rows.append(GridRow((Cell("所"), Cell("1", "1", number=True)), "data", 2))
    rows.append(GridRow((Cell("合计"), Cell("400", "400", number=True)), "total", 0))
    columns = (GridColumn("unit", ("单位",)), GridColumn("n", ("数",), "right", adds=True))
    written = sheet_of(xlsx.file(Document("表", grids=(Grid("t", columns, tuple(rows)),)))).cell(len(rows) + 2, 2).value
    assert written.startswith("=SUM(SUM(")
    assert len(rows_in(written)) == 400


def test_numbers_keep_their_decimals_and_long_ones_their_digits() -> None:
    sheet = sheet_of(xlsx.file(column_sums("1.50", "12345678901234567890", "9" * 15, total="")))
    assert (sheet["B3"].value, sheet["B3"].number_format) == (1.5, "0.00")
    assert sheet["B4"].value == "12345678901234567890"
    assert sheet["B5"].value == 999_999_999_999_999
    assert sheet["B6"].value is None


@pytest.mark.parametrize("naughty", NAUGHTY)
def test_no_text_becomes_a_formula_or_a_number(naughty: str) -> None:
    data = xlsx.file(Document("表", grids=(Grid("t", (GridColumn("a", ("甲",)),), (GridRow((Cell(naughty),)),)),)))
    cell = sheet_of(data)["A3"]
    assert cell.data_type == "s"
    assert cell.quotePrefix is naughty.startswith(tuple("=+-@＝＋－＠'\t\n\r"))
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


@given(st.lists(st.one_of(texts, st.sampled_from(NAUGHTY)), min_size=1, max_size=8))
def test_any_text_reads_back_as_it_was(given_texts: list[str]) -> None:
    assert read_back(given_texts) == given_texts


@pytest.mark.parametrize("text", ["长" * 32_767, "😀" * 16_383, "a\n" * 100])
def test_a_cell_is_filled_to_its_limit(text: str) -> None:
    assert read_back([text]) == [text]


def test_a_longer_text_is_refused_not_cut() -> None:
    with pytest.raises(CellTooLongError, match=r"A1.*32768"):
        read_back(["长" * 32_768])


def read_back(cells: list[str]) -> list[str]:
    from python_calamine import CalamineWorkbook

    line = Line([BookCell(cell, Style()) for cell in cells])
    data = book_xml.write(Book("", [Sheet("一", [line])]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [str(cell) for cell in rows[0]]


def test_the_same_bytes_under_another_clock_zone_and_hash_seed(tmp_path: Path, start: Run) -> None:
    shutil.copytree(CAMPAIGN, tmp_path / "c")
    made = []
    for name, env in (
        ("a", {"TZ": "UTC", "PYTHONHASHSEED": "1"}),
        ("b", {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "2"}),
    ):
        start("--campaign", "c", "--lang", "zh", "--today", "2022-09-29", "rollup", "-o", f"{name}.xlsx", env=env)
        made.append(Path(f"{name}.xlsx").read_bytes())
    assert made[0] == made[1]


def test_the_file_names_no_author_no_time_and_no_machine(annex3: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(annex3)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert not re.search("creator|created|modified|lastModifiedBy", core)


def test_a_workbook_is_a_file_and_is_not_printed(run: Run) -> None:
    said = run("--campaign", CAMPAIGN, "rollup", "--format", "xlsx")
    assert said.code == 2
    assert "-o" in said.err


def test_sheets_have_names_a_spreadsheet_takes() -> None:
    assert sheet_name("a/b:c*d[e]?'", []) == "a b c d e"
    assert sheet_name("表" * 40, []) == "表" * 31
    assert sheet_name("表" * 40, ["表" * 31]) == "表" * 27 + " (2)"
    assert sheet_name("表", ["表", "表 (2)"]) == "表 (3)"
    assert sheet_name("😀" * 20, []) == "😀" * 15
    assert sheet_name("?", []) == "Sheet1"


def test_several_tables_stand_on_several_sheets() -> None:
    grid = column_sums("1", total="1").grids[0]
    document = Document(
        "两张表", grids=(grid, Grid("u", grid.columns, grid.rows, title="第二张")), paragraphs=("一段话",)
    )
    book = openpyxl.load_workbook(io.BytesIO(xlsx.file(document)))
    assert book.sheetnames == ["两张表", "第二张"]


def test_a_document_without_a_table_is_a_sheet_of_words() -> None:
    cells = values(sheet_of(xlsx.file(Document("题目", paragraphs=("一段话",), facts={"甲": "乙"}))))
    assert [row[0] for row in cells] == ["题目", "一段话", "甲：乙"]


def test_notes_are_headed_as_forms_head_them() -> None:
    assert numbered([], "zh") == ()
    assert numbered(["甲。"], "zh") == ("注：甲。",)
    assert numbered(["甲。", "乙。"], "zh") == ("说明：1. 甲。", "2. 乙。")
    assert numbered(["甲。"], "en") == ("Note: 甲。",)


def test_a_day_is_stored_as_spreadsheets_count_days() -> None:
    from datetime import date

    assert book_xml.number(date(2022, 9, 6)) == "44810"
    assert book_xml.number(Decimal("0.978")) == "0.978"
    assert not book_xml.holds_day(date(1900, 2, 28))
