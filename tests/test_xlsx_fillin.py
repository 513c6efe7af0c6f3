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

from conftest import Run
from hazardctl import load, scaffold
from hazardctl.amend import in_language
from hazardctl.fields import BY_KEY
from hazardctl.formats import book_xml, workbooks
from hazardctl.formats.book import Book, Cell, Line, Sheet
from hazardctl.forms import fillin, fillin_lists
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
    assert [cell.value for cell in sheet[4]][:3] == ["编号", "风险隐患类别*", "风险隐患基本情况*"]
    assert sheet.column_dimensions["A"].hidden
    assert sheet.protection.sheet
    assert sheet["B4"].protection.locked
    assert not sheet["B5"].protection.locked
    assert not sheet["B3"].protection.locked
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$4:$4"
    assert [sheet["A5"].value, sheet["A6"].value, sheet["A7"].value] == ["HABC-DEFG-HJKM", "HABC-DEFG-HJKN", None]
    assert sheet["B7"].number_format == "@", "what is typed there stays as it was typed"
    assert sheet["G5"].is_date
    assert sheet["C5"].data_type == "s"


def test_what_is_chosen_from_comes_in_lists(opened: Opened) -> None:
    sheet: Any = openpyxl.load_workbook(make(opened))["台账"]
    lists = {str(one.sqref).partition(":")[0]: one.formula1 for one in sheet.data_validations.dataValidation}
    assert lists["H5"] == '"无法整改,未整改,整改中,已整改"'
    assert lists["B5"] == '"1,2,3"'
    assert lists["I5"].startswith('"1.1,1.2')
    rule = sheet.conditional_formatting["G5:G2000"][0]
    assert rule.formula == ['AND(ISNUMBER($G5),$G5<TODAY(),OR($H5="无法整改",$H5="未整改",$H5="整改中",$H5=""))']


def test_a_long_list_stands_on_a_hidden_sheet_by_name(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fillin_lists, "LONGEST", 60)
    book: Any = openpyxl.load_workbook(make(opened))
    assert book.defined_names["list_item"].value == "'选项'!$A$1:$A$24"
    assert [cell.value for cell in book["选项"]["A"]][:2] == ["1.1", "1.2"]
    assert book[book.sheetnames[-1]].sheet_state == "hidden"


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
    book: Any = openpyxl.load_workbook(made)
    sheet = book.worksheets[0]
    top = int(sheet.freeze_panes[1:])
    for column, field in enumerate(opened.terms.fields, 1):
        sheet.cell(top, column).value = typed(opened, field.key, field.type)
    book.save(made)
    words = ("--campaign", opened.workspace.root, "--today", "2022-08-20", "import", made, "--unit", "caojia")
    said = run(*words, "--dry-run", "--format", "json")
    assert said.code in (0, 4), said.out + said.err
    assert '"liberties": []' in json.dumps(json.loads(said.out)), said.out


def typed(opened: Opened, key: str, kind: str) -> str | None:
    """Give what a clerk would type or choose."""
    terms = opened.terms
    category = opened.checklist.categories[0]
    if kind == "id" or not terms.by_key[key].required:
        return None
    return {
        "category": terms.write_category(category.code), "item": category.items[0].code if category.items else "",
        "status": in_language(opened.checklist.statuses["in_progress"], opened.campaign.locale),
        "track": in_language(next(iter(opened.checklist.tracks.values()), ""), opened.campaign.locale),
        "day": "2022-08-15", "deadline": "2022-09-06", "number": "3", "integer": "3", "money": "3", "percent": "3",
        "choice": in_language(next(iter(c.label for c in terms.by_key[key].values), ""), opened.campaign.locale),
    }.get(kind, "某某")  # fmt: skip


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
    cells = workbooks.parse(data, "xlsx")[0]["rows"][0]
    return [str(cell) for cell in cells]
