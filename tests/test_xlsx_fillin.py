"""The workbook a unit fills in: ready to type into, and it comes back without a single liberty."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from conftest import Run
from hazardctl import load, scaffold
from hazardctl.amend import official
from hazardctl.fields import BY_KEY, Field
from hazardctl.formats import book_xml, xlsx
from hazardctl.formats.book import Book, Cell, Line, Sheet
from hazardctl.forms import fillin
from hazardctl.load import Opened
from hazardctl.workspace import Workspace

TODAY = date(2022, 8, 20)
CHECKLISTS = sorted(load.checklist_files(None))
HEAD = "编号,风险隐患类别,风险隐患基本情况,整改措施,责任部门,责任人,完成时限,整改状态,检查项,发现时间\r\n"
ROWS = (
    'HABC-DEFG-HJKM,2,"=1+1\n第二行",007,值班室,赵一、钱二,2022-09-01,整改中,2.8,2022-08-15\r\n'
    "HABC-DEFG-HJKN,1,@灭火器过期,1e5,装备科,钱二,立即,未整改,1.1,\r\n"
)


def start(folder: Path, run: Run, checklist: str, *more: str) -> Opened:
    (folder / "list.csv").write_text("id,name\ncaojia,曹家司法所\n", encoding="utf-8")
    made = run("init", "c", "--checklist", checklist, "--units", "list.csv", *more)
    assert made.code == 0, made.err
    return load.opened(Workspace(folder / "c"))


def make(opened: Opened) -> Path:
    scaffold.scaffold(opened, "caojia", form="xlsx", by="clerk", today=TODAY)
    return opened.workspace.unit("caojia") / scaffold.WORKBOOK


@pytest.fixture
def opened(tmp_path: Path, run: Run) -> Opened:
    opened = start(tmp_path, run, "community-correction")
    opened.workspace.unit("caojia").mkdir(parents=True)
    (opened.workspace.unit("caojia") / "ledger.csv").write_text(HEAD + ROWS, encoding="utf-8-sig", newline="")
    return opened


def test_it_stands_under_the_official_title_and_is_ready_to_type_into(opened: Opened) -> None:
    book: Any = openpyxl.load_workbook(make(opened))
    sheet = book["台账"]
    assert [book[name].sheet_state for name in book.sheetnames][:2] == ["visible", "visible"]
    assert sheet["B1"].value == "附件1"
    assert sheet["B2"].value == "社区矫正隐患排查整治专项活动工作台账"
    assert sheet["B3"].value == "填报单位：曹家司法所"
    assert [cell.value for cell in sheet[4]][:4] == ["编号", "序号", "风险隐患类别*", "风险隐患基本情况*"]
    assert sheet.column_dimensions["A"].hidden
    assert sheet.protection.sheet
    assert sheet["B4"].protection.locked
    assert not sheet["B5"].protection.locked
    assert not sheet["B3"].protection.locked
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$4:$4"
    assert [sheet["A5"].value, sheet["A6"].value, sheet["A7"].value] == ["HABC-DEFG-HJKM", "HABC-DEFG-HJKN", None]
    assert sheet["C7"].number_format == "@", "what is typed there stays as it was typed"
    assert sheet["H5"].is_date
    assert sheet["D5"].data_type == "s"


def test_rows_are_numbered_by_the_workbook(opened: Opened) -> None:
    made = make(opened)
    formulas: Any = openpyxl.load_workbook(made)["台账"]
    cached: Any = openpyxl.load_workbook(made, data_only=True)["台账"]
    assert formulas["B5"].value == '=IF(COUNTA($C5:$N5)=0,"",ROW()-4)'
    assert [cached[f"B{row}"].value for row in (5, 6, 7)] == [1, 2, None]


def test_what_is_chosen_from_comes_in_lists(opened: Opened) -> None:
    sheet: Any = openpyxl.load_workbook(make(opened))["台账"]
    lists = {str(one.sqref).partition(":")[0]: one for one in sheet.data_validations.dataValidation}
    assert lists["I5"].formula1 == '"无法整改,未整改,整改中,已整改"'
    assert lists["I5"].errorStyle is None, "anything else is refused"
    assert lists["C5"].formula1 == "list_category"
    assert lists["C5"].errorStyle == "warning", "a clerk who knows the code types it"
    assert lists["J5"].formula1 == (
        "OFFSET(list_item,SUMPRODUCT((item_group=$C5)*item_from),0,"
        "SUMPRODUCT((item_group=$C5)*item_count)+(SUMPRODUCT((item_group=$C5)*1)=0)*ROWS(list_item),1)"
    )
    assert max(len(one.formula1 or "") for one in lists.values()) < 255
    assert lists["L5"].type == "date"
    rule = sheet.conditional_formatting["H5:H2000"][0]
    assert rule.formula == ['AND(ISNUMBER($H5),$H5<TODAY(),OR($I5="无法整改",$I5="未整改",$I5="整改中",$I5=""))']


def test_a_clerk_chooses_by_title_and_the_items_are_those_of_the_category(opened: Opened) -> None:
    book: Any = openpyxl.load_workbook(make(opened))
    assert book[book.sheetnames[-1]].sheet_state == "hidden"
    assert book["台账"]["C5"].value == "2 社区矫正监督管理工作安全稳定情况", "with its title"
    lists = {
        name: column(book, name) for name in ("list_category", "list_item", "item_group", "item_from", "item_count")
    }
    assert [word[:2] for word in lists["list_category"]] == ["1 ", "2 ", "3 "]
    for group in ("2", "2 社区矫正监督管理工作安全稳定情况"):
        at = lists["item_group"].index(group)
        first, count = lists["item_from"][at], lists["item_count"][at]
        assert [word.partition(" ")[0] for word in lists["list_item"][first : first + count]] == [
            f"2.{number}" for number in range(1, 14)
        ]
    assert all(len(word) > 8 for word in lists["list_item"])


def column(book: Any, name: str) -> list[Any]:
    sheet, cells = next(iter(book.defined_names[name].destinations))
    return [row[0].value for row in book[sheet][cells]]


def test_it_imports_back_without_a_single_liberty(opened: Opened, run: Run) -> None:
    made = make(opened)
    words = ("--campaign", opened.workspace.root, "import", made, "--unit", "caojia", "--dry-run", "--format", "json")
    told = json.loads(run(*words).out)
    assert '"liberties": []' in json.dumps(told)
    before = (made.parent / "ledger.csv").read_bytes()
    run("--campaign", opened.workspace.root, "import", made, "--unit", "caojia")
    assert (made.parent / "ledger.csv").read_bytes() == before


@pytest.mark.parametrize("checklist", CHECKLISTS)
@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_checklist_has_one_and_it_can_be_filled_in_and_imported(
    checklist: str, locale: str, tmp_path: Path, run: Run
) -> None:
    opened = start(tmp_path, run, checklist, "--locale", locale)
    made = make(opened)
    chosen = fill_in(made, opened)
    words = ("--campaign", opened.workspace.root, "--today", "2022-08-20", "import", made, "--unit", "caojia")
    said = run(*words, "--format", "json")
    assert said.code == 0, said.out + said.err
    assert '"liberties": []' in json.dumps(json.loads(said.out)), said.out
    ledger, _ = load.load_ledger(opened.workspace, "caojia", opened.terms)
    assert ledger
    assert ledger.column("item") == [item for item, _ in chosen]
    assert ledger.column("status") == [status for _, status in chosen]
    again = fillin.workbook(opened, "caojia", ledger)
    made.write_bytes(again)
    told = run(*words, "--dry-run", "--format", "json")
    assert told.code == 0, "it comes back as it went out"
    assert '"liberties": []' in json.dumps(json.loads(told.out))


def fill_in(made: Path, opened: Opened) -> list[tuple[str, str]]:
    """Choose every word of every list in turn; give the items and statuses that the ledger has to have."""
    book: Any = openpyxl.load_workbook(made)
    sheet = book.worksheets[0]
    top = int(sheet.freeze_panes[1:])
    heads = {sheet.cell(top - 1, at).value.rstrip("*"): at for at in range(1, sheet.max_column + 1)}
    terms = opened.terms
    places = {field.key: heads[official(field.key, terms)] for field in terms.fields}
    lists = {str(one.sqref).partition(":")[0]: one.formula1 for one in sheet.data_validations.dataValidation}
    categories, items = column(book, "list_category"), column(book, "list_item")
    chosen = []
    for number, item in enumerate(items):
        row = top + number + (3 if number > 4 else 0)  # blank rows between
        code = item.partition(" ")[0]
        group = code if code in terms.categories else terms.items[code][0].code
        category = categories[[one.code for one in terms.checklist.categories].index(group)]
        words = {
            field.key: pick(lists.get(f"{get_column_letter(places[field.key])}{top}"), number, book)
            for field in terms.fields if field.type in ("status", "track", "choice")
        }  # fmt: skip
        given = {**words, "category": category, "item": item}
        meant = {key: terms.read(key, word).value for key, word in words.items()}
        for field in terms.fields:
            needed = field.required or any(meant.get(key) in values for key, values in field.required_when)
            if field.key in given or needed:
                sheet.cell(row, places[field.key]).value = given.get(field.key) or typed(field, number)
        chosen.append((code, sheet.cell(row, places["status"]).value))
    book.save(made)
    return chosen


def pick(source: str | None, number: int, book: Any) -> str:
    assert source
    words = source.strip('"').split(",") if source.startswith('"') else column(book, source)
    return words[number % len(words)]


def typed(field: Field, number: int) -> object:
    """Give what a clerk would type."""
    days = {"found_on": date(2022, 8, 15), "review_on": date(2022, 10, 1)}
    return days.get(field.key) or {
        "day": date(2022, 8, 18), "deadline": date(2022, 8, 30), "number": 3, "integer": 3, "money": 3, "percent": 3,
    }.get(field.type, f"某某{number}")  # fmt: skip


def test_a_workbook_somebody_has_typed_into_is_never_written_over(opened: Opened) -> None:
    made = make(opened)
    made.write_bytes(b"typed into")
    make(opened)
    assert made.read_bytes() == b"typed into"


def test_the_same_bytes_each_time(opened: Opened) -> None:
    found, _ = load.load_ledger(opened.workspace, "caojia", opened.terms)
    assert fillin.workbook(opened, "caojia", found) == fillin.workbook(opened, "caojia", found)


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("deadline", "2022-09-06"), ("deadline", "1900-01-01"), ("deadline", "20220906"), ("deadline", "立即"),
        ("funds", "12.5"), ("funds", "12.50"), ("funds", "012"), ("funds", "1e3"), ("funds", "-0"), ("funds", "NaN"),
        ("funds", "12345678901234567890"), ("funds", "0.1234567"), ("funds", "１２"), ("description", "2022-09-06"),
    ],
)  # fmt: skip
def test_a_cell_reads_back_as_the_very_same_text(key: str, raw: str) -> None:
    assert read_back(key, [raw]) == [raw]


@given(st.lists(st.one_of(st.from_regex(r"-?\d{1,18}(\.\d{1,9})?", fullmatch=True), st.dates().map(str)), min_size=1))
def test_numbers_and_days_read_back_as_they_were(raws: list[str]) -> None:
    assert read_back("funds", raws) == raws
    assert read_back("deadline", raws) == raws


def read_back(key: str, raws: list[str]) -> list[str]:
    field = BY_KEY[key]
    line = Line([Cell(fillin.value(raw, field), fillin._style(field)) for raw in raws])
    data = book_xml.write(Book("", [Sheet("一", [line])]))
    cells = xlsx.parse(data, "xlsx")[0].rows[0]
    return [str(cell) for cell in cells]
