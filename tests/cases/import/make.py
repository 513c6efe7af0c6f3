"""Make the invented workbooks of these cases, byte for byte the same each time: `python tests/cases/import/make.py`.

Each function below is one layout as offices keep it; its docstring says what is odd about it. The expected files are
written by `pytest tests/test_cases.py tests/test_import.py --update` and read before they are committed. Files that
only a spreadsheet program can save are converted once, by LibreOffice, and then kept as they are.
"""

# ruff: noqa: E501, DTZ001 -- a table is read across, and the clock of a workbook has no zone
from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CAMPAIGN = "name: 隐患排查整治\nchecklist: trade@1\nstarts: 2022-08-01\nends: 2022-12-31\n"
UNITS = "id,name,parent,kind,opened,closed\nqu,城关区,,,,\ncaojia,曹家站,qu,,,\nnanwai,南外站,qu,,,\n"
CHECKLIST = """id: trade
version: "1"
title: 安全隐患排查整治
categories:
  - {code: "1", title: 消防安全, items: [{code: "1.1", check: 消防通道是否畅通, source: 一}]}
  - {code: "2", title: 用电安全, aliases: [电气], items: [{code: "2.1", check: 线路是否老化, source: 二}]}
  - {code: "3", title: 作业安全, aliases: [高处作业, 顶板管理, 车辆安全], items: [{code: "3.1", check: 防护是否到位, source: 三}]}
statuses: {unable: 无法整改, not_started: 未整改, in_progress: 整改中, done: 已整改}
tracks: {at_once: 立行立改, by_date: 限期整改, long_term: 长期整改}
levels: {general: 一般隐患, major: 重大隐患}
fields:
  - {key: category, label: 隐患类别, required: true}
  - {key: description, label: 隐患描述, required: true}
  - {key: location, label: 隐患部位}
  - {key: level, label: 隐患等级}
  - {key: track, label: 整改类型}
  - {key: found_on, label: 发现时间}
  - {key: found_by, label: 排查人}
  - {key: measures, label: 整改措施}
  - {key: funds, label: 整改资金}
  - {key: department, label: 责任部门}
  - {key: owner, label: 责任人, required: true}
  - {key: deadline, label: 完成时限, required: true}
  - {key: status, label: 整改状态, required: true}
  - {key: done_on, label: 整改完成时间}
  - {key: result, label: 整改结果}
  - {key: verified_by, label: 验收人}
  - {key: verified_on, label: 验收时间}
  - {key: notes, label: 备注}
"""
FIGURES = """figures:
  - {key: checks, label: 检查次数, unit: 次}
  - {key: trained, label: 培训人次, unit: 人次}
  - {key: staff, label: 从业人员数, unit: 人, kind: stock}
  - {key: spent, label: 投入资金, unit: 万元, type: money}
  - {key: rate, label: 持证率, unit: "%", type: percent, kind: stock}
"""
FIGURED: set[str] = set()  # cases whose campaign asks for figures
HEADS = ["序号", "隐患类别", "隐患描述", "整改措施", "责任部门", "责任人", "完成时限", "整改状态"]
ROWS: list[list[Any]] = [
    [1, "消防安全", "安全出口堆放杂物", "立即清理", "办公室", "张三", "2022-09-06", "已整改"],
    [2, "用电安全", "配电箱无门锁", "加装门锁", "后勤科", "李四", "2022-09-20", "整改中"],
    [3, "作业安全", "临边防护缺失", "补设栏杆", "工程科", "王五", "2022-09-30", "未整改"],
]
Rows = Sequence[Any]  # of sequences of cells
Case = tuple[str, bytes]
CASES: dict[str, tuple[Callable[[], Case], str]] = {}


def case(name: str, options: str = "", *, figures: bool = False) -> Callable[[Callable[[], Case]], Callable[[], Case]]:
    def listed(function: Callable[[], Case]) -> Callable[[], Case]:
        CASES[name] = (function, options)
        FIGURED.update([name] if figures else [])
        return function

    return listed


def book(
    sheets: Mapping[str, Rows],
    merges: Mapping[str, Sequence[str]] | None = None,
    formats: Mapping[str, str] | None = None,
    change: Callable[[Any], None] | None = None,
) -> bytes:
    import openpyxl

    made: Any = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merges or {}).get(name, ()):
            sheet.merge_cells(area)
        for cell, code in (formats or {}).items():
            if sheet[cell].value is not None:
                sheet[cell].number_format = code
    if change:
        change(made)
    made.properties.created = made.properties.modified = datetime(2022, 9, 1)
    saved = io.BytesIO()
    made.save(saved)
    return _still(saved.getvalue())


def _still(data: bytes) -> bytes:
    """Write a zip anew without the moment it was made."""
    import re

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2022-09-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(part.filename), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def zipped(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(zipfile.ZipInfo(name), content.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def saved(name: str, file: str, made: bytes) -> Case:
    """Give a workbook as kept; where it is not there yet, LibreOffice converts it."""
    kept = HERE / name / "campaign" / file
    if not kept.exists():
        import subprocess
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "a.xlsx")
            source.write_bytes(made)
            kind = kept.suffix[1:]
            command = ["soffice", "--headless", "--convert-to", kind, "--outdir", folder, str(source)]
            subprocess.run(command, check=True, capture_output=True)
            return file, Path(folder, f"a.{kind}").read_bytes()
    return file, kept.read_bytes()


def text(rows: Rows, sign: str = ",") -> str:
    return "".join(sign.join(map(str, row)) + "\r\n" for row in rows)


@case("old-xls")
def old_xls() -> Case:
    """A real xls: hidden rows and columns, a month, a percentage, leading zeros, a formula that failed, another with its result."""

    def change(made: Any) -> None:
        sheet = made["台账"]
        sheet.row_dimensions[5].hidden = True
        sheet.column_dimensions["D"].hidden = True
        for cell, code in {
            "G4": "yyyy/m/d",
            "G5": 'yyyy"年"m"月"d"日"',
            "G6": 'yyyy"年"m"月"',
            "I4": '0"万元"',
            "J4": "000000",
        }.items():
            sheet[cell].number_format = code
        made.create_sheet("旧表").append(HEADS)
        made["旧表"].sheet_state = "veryHidden"

    rows = [
        ["安全隐患排查整治工作台账"], ["填报单位：曹家站", None, None, "填报人：周敏", None, "填报时间：2022年9月5日"], [*HEADS, "整改资金", "备注"],
        [*ROWS[0][:6], date(2022, 9, 6), "已整改", 3, 7], [2, None, *ROWS[1][2:6], date(2022, 9, 20), "整改中", "=1000*2", "=1/0"],
        [*ROWS[2][:6], date(2022, 9, 30), "未整改", 500, "无"],
    ]  # fmt: skip
    return saved("old-xls", "台账.xls", book({"台账": rows}, {"台账": ["A1:H1", "B4:B5"]}, change=change))


@case("plain")
def plain() -> Case:
    """The campaign's own headings, nothing else."""
    return "台账.xlsx", book({"Sheet1": [HEADS, *ROWS]})


@case("framed")
def framed() -> Case:
    """Merged title, head line in merged blocks, numbering row, total, note, signatures."""
    rows = [
        ["安全隐患排查整治工作台账"], ["填报单位（盖章）：曹家站", None, None, "填报人：\u00a0\u00a0周敏", None, "填报时间：", "2022年9月5日"],
        HEADS, [1, 2, 3, 4, 5, 6, 7, 8], *ROWS, ["合计", None, 3], ["注：本表一式两份。"], ["审核人：赵六", None, None, "联系电话：0818-1234567"],
    ]  # fmt: skip
    return "台账.xlsx", book({"附件1": rows}, {"附件1": ["A1:H1", "A2:C2", "D2:E2", "A9:H9"]})


@case("two-level")
def two_level() -> Case:
    """Two heading rows with merged groups; the same leaf under two groups."""
    rows = [
        ["序号", "隐患情况", None, None, "检查", None, "整改", None, None, None],
        [None, "类别", "存在问题", "部位", "时间", "人员", "措施", "责任人", "期限", "状态"],
        [1, "消防安全", "安全出口堆放杂物", "一楼", "2022.8.3", "赵六", "立即清理", "张三", "2022-09-06", "已完成"],
        [2, "用电安全", "配电箱无门锁", "二楼", "2022.8.4", "赵六", "加装门锁", "李四", "9月20日前", "正在整改"],
    ]
    return "台账.xlsx", book({"台账": rows}, {"台账": ["A1:A2", "B1:D1", "E1:F1", "G1:J1"]})


@case("three-level")
def three_level() -> Case:
    """Three heading rows."""
    rows = [
        ["序号", "隐患排查治理", None, None, None, None, None],
        [None, "隐患", None, "治理", None, None, None],
        [None, "隐患类别", "隐患描述", "整改措施", "责任人", "完成时限", "整改状态"],
        ["1", "消防安全", "安全出口堆放杂物", "立即清理", "张三", "2022/9/6", "已整改"],
    ]
    return "台账.xlsx", book({"台账": rows}, {"台账": ["A1:A3", "B1:G1", "B2:C2", "D2:G2"]})


@case("merged-body")
def merged_body() -> Case:
    """Body cells merged downwards: filled by their range, and a blank that is not merged stays blank."""
    rows = [HEADS, *[list(row) for row in ROWS]]
    rows[2][1] = rows[2][5] = None
    rows[3][4] = None
    return "台账.xlsx", book({"台账": rows}, {"台账": ["B2:B3", "F2:F3"]})


@case("sheets")
def sheets() -> Case:
    """Instructions, a hidden old version, the ledger, and a list of words for drop-downs."""

    def hide(made: Any) -> None:
        made["旧表"].sheet_state = "hidden"

    return "台账.xlsx", book(
        {
            "填表说明": [["填表说明"], ["一、隐患类别按清单填写。"]],
            "旧表": [HEADS, ROWS[0]],
            "台账": [HEADS, *ROWS],
            "选项": [["已整改"], ["未整改"]],
        },
        change=hide,
    )


@case("many-sheets")
def many_sheets() -> Case:
    """One ledger a month: stops, for the clerk to say which."""
    return "台账.xlsx", book({"8月": [HEADS, ROWS[0]], "9月": [HEADS, ROWS[1]]})


@case("chosen-sheet", "--sheet 9月")
def chosen_sheet() -> Case:
    """The same, with the sheet named."""
    return many_sheets()


@case("drifting-headings")
def drifting_headings() -> Case:
    """Headings with line breaks, NBSP, U+3000, brackets, a misprint."""
    heads = [
        "序\n号",
        "隐 患\u3000类 别",
        "存在的\n安全隐患",
        "整改\u00a0措施",
        "责任部门*",
        "整改责任人",
        "整 改\n期 线",
        "处理进度（选填）",
    ]
    return "台账.xlsx", book({"台账": [heads, *ROWS]})


@case("rivals")
def rivals() -> Case:
    """Two columns for one field, and a required field without one: stops with a list."""
    heads = ["序号", "隐患类别", "隐患描述", "整改措施", "责任部门", "责任人", "整改期限", "完成期限"]
    return "台账.xlsx", book({"台账": [heads, *[[*row[:7], "2022-10-01"] for row in ROWS]]})


@case("mapped", "--map 完成期限=- --map 目前怎样=status")
def mapped() -> Case:
    """The same kind of table, settled by --map."""
    heads = ["序号", "隐患类别", "隐患描述", "整改措施", "责任部门", "责任人", "整改期限", "完成期限", "目前怎样"]
    return "台账.xlsx", book({"台账": [heads, *[[*row[:7], "2022-10-01", row[7]] for row in ROWS]]})


@case("dates")
def dates() -> Case:
    """Dates of every kind: true dates, serials, text, months only, a guessed year, standing work."""
    days: list[Any] = [
        date(2022, 9, 6), datetime(2022, 9, 6, 17, 30), 44810, "2022.9.6", "20220906", "9月6日前", "2022年9月下旬",
        "８月1日—8月10日", "立行立改，长期坚持", "3日内", date(2022, 9, 1), "十九大召开前", "2024年底前，并长期坚持",
    ]  # fmt: skip
    rows = [[n, "1", f"问题之{n}", "整改", "办公室", "张三", day, "未整改"] for n, day in enumerate(days, 1)]
    return "台账.xlsx", book({"台账": [HEADS, *rows]}, formats={"G2": "yyyy/m/d", "G12": 'yyyy"年"m"月"'})


@case("statuses")
def statuses() -> Case:
    """Words for a status that are not the official ones."""
    words = ["√", "待验收", "已销号", "达到序时进度", "持续整改", "退回", "尚未启动", "基本完成"]
    rows = [[n, "1", f"问题之{n}", "整改", "办公室", "张三", "2022-09-30", word] for n, word in enumerate(words, 1)]
    return "台账.xlsx", book({"台账": [HEADS, *rows]})


@case("tracks-for-status")
def tracks_for_status() -> Case:
    """Tracks stand in the status column; the day of the fix tells the status, and where it is missing nothing does."""
    heads = [*HEADS[:7], "整改情况", "整改完成时间"]
    rows = [[*ROWS[0][:7], "立行立改", "2022-08-20"], [*ROWS[1][:7], "限期整改", None]]
    return "台账.xlsx", book({"台账": [heads, *rows]})


@case("no-status")
def no_status() -> Case:
    """No status column: it follows from which date is filled in."""
    heads = [*HEADS[:7], "整改完成时间", "销号时间"]
    rows = [
        [*ROWS[0][:7], date(2022, 8, 20), None],
        [*ROWS[1][:7], None, date(2022, 8, 30)],
        [*ROWS[2][:7], None, None],
    ]
    return "台账.xlsx", book({"台账": [heads, *rows]})


@case("two-statuses")
def two_statuses() -> Case:
    """A status and the result of the check: claimed and not accepted is still open, contradictions are refused."""
    heads = [*HEADS, "复查情况"]
    rows = [[*ROWS[0], "复查合格"], [*ROWS[1][:7], "已整改", "不合格"], [*ROWS[2][:7], "未整改", "复查合格"]]
    return "台账.xlsx", book({"台账": [heads, *rows]})


@case("numbers")
def numbers() -> Case:
    """Funds with units in the cell and in the heading, full-width digits, a sum of nothing readable."""
    heads = [*HEADS, "整改资金（元）"]
    funds = ["５０００", "1.2万元", "若干"]
    return "台账.xlsx", book({"台账": [heads, *[[*row, money] for row, money in zip(ROWS, funds, strict=True)]]})


@case("formulas")
def formulas() -> Case:
    """Formulas whose results were never stored, and one that failed."""

    def fail(made: Any) -> None:
        made["台账"]["F4"] = "#REF!"
        made["台账"]["F4"].data_type = "e"

    rows = [list(row) for row in ROWS]
    rows[0][6], rows[1][2] = "=DATE(2022,9,6)", '=CONCATENATE("配电箱","无门锁")'
    return "台账.xlsx", book({"台账": [HEADS, *rows]}, change=fail)


@case("long-ids")
def long_ids() -> Case:
    """Ids of 18 digits that went through a number cell."""
    heads = ["编号", *HEADS[1:]]
    ids: list[Any] = [510122202209010013, "510122202209010021", "5.10122E+17"]
    return "台账.xlsx", book({"台账": [heads, *[[name, *row[1:]] for name, row in zip(ids, ROWS, strict=True)]]})


@case("running-numbers")
def running_numbers() -> Case:
    """A column headed 编号 that only counts, several owners in a cell, a row hidden by a filter, a hidden column."""

    def hide(made: Any) -> None:
        made["台账"].row_dimensions[3].hidden = True
        made["台账"].column_dimensions["D"].hidden = True

    rows = [list(row) for row in ROWS]
    rows[0][5] = "张三、李四；王五"
    return "台账.xlsx", book({"台账": [["编号", *HEADS[1:]], *rows]}, change=hide)


@case("broken-characters")
def broken_characters() -> Case:
    """Characters lost on the way, a character that turns the writing, 同上, fillers."""
    rows = [list(row) for row in ROWS]
    rows[0][2], rows[1][5], rows[2][3], rows[1][4] = "检查单?584家", "同上", "补设\u202e栏杆", "/"
    return "台账.xlsx", book({"台账": [HEADS, *rows]})


@case("nil")
def nil() -> Case:
    """Nothing found, in so many words."""
    rows = [
        ["安全隐患排查整治工作台账"],
        ["填报单位：曹家站", None, "填报时间：2022-09-05"],
        HEADS,
        [1, "无", "无", "/", "/", "/", "/", "/"],
    ]
    return "台账.xlsx", book({"台账": rows}, {"台账": ["A1:H1"]})


@case("empty")
def empty() -> Case:
    """Headings and a formatted tail, nothing else: that is no report of nothing found."""

    def format_tail(made: Any) -> None:
        for row in range(2, 400):
            made["台账"].cell(row, 3).number_format = "@"

    return "台账.xlsx", book({"台账": [HEADS]}, change=format_tail)


@case("totals")
def totals() -> Case:
    """The total first, 其中 below it, a subtotal inside, blank rows and a blank column, the headings again on page two."""
    blank: list[Any] = [None] * 9
    rows = [
        ["", *HEADS], [None, "合计", None, "3条"], [None, "其中：", "消防安全", 1], [None, *ROWS[0]], blank, [None, "小计", None, 1],
        ["", *HEADS], [None, *ROWS[1]], blank, [None, *ROWS[2]], [None, 4], [None, 5],
    ]  # fmt: skip
    return "台账.xlsx", book({"台账": rows})


@case("turned")
def turned() -> Case:
    """The fields stand one below the other, each entry is a column."""
    grid = [list(column) for column in zip(HEADS, *ROWS, strict=True)]
    return "台账.xlsx", book({"台账": [["隐患登记表"], *grid]}, {"台账": ["A1:D1"]})


@case("other-unit")
def other_unit() -> Case:
    """The head line names another unit of the campaign."""
    return "台账.xlsx", book({"台账": [["填报单位：南外站"], HEADS, *ROWS]})


@case("rows-of-other-units")
def rows_of_other_units() -> Case:
    """A collected table: a column says of which unit each row is."""
    heads = ["序号", "单位名称", *HEADS[1:]]
    names = ["曹家站", "南外站", "曹家站"]
    return "台账.xlsx", book(
        {"台账": [heads, *[[row[0], name, *row[1:]] for name, row in zip(names, ROWS, strict=True)]]}
    )


@case("two-tables")
def two_tables() -> Case:
    """A second table with other headings below the first."""
    rows = [
        HEADS,
        *ROWS,
        [],
        ["序号", "隐患描述", "责任人", "完成时限", "整改状态"],
        [1, "另一问题", "赵六", "2022-10-01", "未整改"],
    ]
    return "台账.xlsx", book({"台账": rows})


@case("gbk")
def gbk() -> Case:
    """CSV in GB18030, with a title row and formulas kept as text by an apostrophe."""
    rows = [["隐患台账", *[""] * 7], HEADS, [*ROWS[0][:2], "'=1+1 的标识牌脱落", *ROWS[0][3:]], ROWS[1]]
    return "台账.csv", text(rows).encode("gb18030")


@case("utf16-tabs")
def utf16_tabs() -> Case:
    """Unicode text as Excel saves it: UTF-16 with tabs."""
    return "台账.txt", text([HEADS, *ROWS], "\t").encode("utf-16-le").join([b"\xff\xfe", b""])


@case("web-page")
def web_page() -> Case:
    """An HTML table saved as .xls by a business system."""
    head = "".join(f"<th>{name}</th>" for name in HEADS)
    body = "".join("<tr>" + "".join(f"<td x:str>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    page = (
        "<html><head><meta charset='gb2312'><style>td{mso-number-format:'\\@'}</style></head><body><table border=1>"
        f"<tr><td colspan=8>隐患台账&nbsp;</td></tr><tr>{head}</tr>{body}</table></body></html>"
    )
    return "台账.xls", page.encode("gb18030")


@case("opendocument")
def opendocument() -> Case:
    """An ods workbook: repeated cells, a merged cell, a percentage, a date."""
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'

    def cell(value: Any) -> str:
        if isinstance(value, int):
            return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
        if isinstance(value, date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value}"><text:p>9月6日</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    rows = [HEADS, [*ROWS[0][:6], date(2022, 9, 6), "已整改"], ROWS[1]]
    table = "".join(
        f"<table:table-row>{''.join(map(cell, row))}<table:table-cell table:number-columns-repeated='1016'/></table:table-row>"
        for row in rows
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="台账">{table}<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
        'table:number-columns-repeated="1024"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>'
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return "台账.ods", zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


@case("word")
def word() -> Case:
    """A Word table: the head line is a paragraph above it, a cell is merged over two rows."""

    def cell(value: Any, more: str = "") -> str:
        return f"<w:tc><w:tcPr>{more}</w:tcPr><w:p><w:r><w:t>{value}</w:t></w:r></w:p></w:tc>"

    def row(cells: Sequence[Any], merge: str = "") -> str:
        return "<w:tr>" + "".join(cell(value, merge if at == 5 else "") for at, value in enumerate(cells)) + "</w:tr>"

    rows = (
        row(HEADS) + row(ROWS[0], '<w:vMerge w:val="restart"/>') + row([*ROWS[1][:5], "", *ROWS[1][6:]], "<w:vMerge/>")
    )
    document = (
        '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        "<w:p><w:r><w:t>附件1 隐患排查整治台账</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>填报单位：曹家站\u00a0\u00a0\u00a0填报人：周敏\u00a0\u00a0\u00a0填报时间：2022.9.5</w:t></w:r></w:p>"
        f"<w:tbl>{rows}</w:tbl></w:body></w:document>"
    )
    return "台账.docx", zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


@case("json-list")
def json_list() -> Case:
    """A list of records, as another system hands them over."""
    names = ["category", "description", "measures", "department", "owner", "deadline", "status"]
    return "台账.json", json.dumps(
        [dict(zip(names, row[1:], strict=True)) for row in ROWS], ensure_ascii=False
    ).encode()


@case("construction")
def construction() -> Case:
    """A building site's inspection record."""
    rows = [
        ["建筑施工安全隐患排查治理台账"], ["项目名称：滨江花园二期", None, None, None, "统计日期：2022年9月1日"],
        ["序号", "排查日期", "隐患部位", "隐患内容", "隐患类别", "隐患级别", "整改措施", "整改责任人", "整改期限", "整改完成时间", "复查人", "复查结论"],
        [1, date(2022, 8, 25), "3#楼12层", "临边无防护栏杆", "高处作业", "一般隐患", "安装定型化护栏", "刘工", "3日内", date(2022, 8, 27), "陈监理", "合格"],
        [2, date(2022, 8, 26), "塔吊", "限位器失灵", "高处作业", "重大隐患", "停用检修", "马工", "立即", None, None, "不合格"],
    ]  # fmt: skip
    return "台账.xlsx", book({"8月": rows}, {"8月": ["A1:L1", "A2:D2"]})


@case("mine")
def mine() -> Case:
    """A mine's list: five fixed things, closed by a date."""
    rows = [
        ["煤矿隐患排查治理“五落实”清单"],
        ["序号", "隐患地点", "隐患内容", "隐患类型", "五落实", None, None, None, None, "销号时间"],
        [None, None, None, None, "责任人", "整改措施", "整改资金（万元）", "整改时限", "应急预案", None],
        [
            1,
            "1203工作面",
            "顶板离层监测仪缺失",
            "顶板管理",
            "区队长 吴刚",
            "补装3台",
            0.45,
            "2022.8.31",
            "已制定",
            "2022.8.30",
        ],
        [2, "主皮带巷", "消防栓无水", "消防安全", "机电队 郑强", "检修管路", 1.2, "2022.9.10", "已制定", None],
    ]
    merges = ["A1:J1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:I2", "J2:J3"]
    return "台账.xlsx", book({"清单": rows}, {"清单": merges})


@case("fire-brigade")
def fire_brigade() -> Case:
    """A fire brigade's list of checked places: the unit column is not of this campaign, the status is 是/否."""
    rows = [
        ["序号", "单位名称", "检查时间", "存在问题", "隐患类型", "整改要求", "责任人", "整改时限", "是否整改", "备注"],
        [1, "红星商场", "2022-08-11", "疏散指示灯损坏", "消防安全", "更换", "孙经理", "2022-08-20", "是", "已拍照"],
        [2, "东方宾馆", "2022-08-12", "私拉电线", "电气", "拆除", "钱经理", "当日", "否", None],
    ]
    return "台账.xlsx", book({"Sheet1": rows})


@case("hospital")
def hospital() -> Case:
    """A hospital's list: the status column tells a story, so it is no status; stops for want of one."""
    rows = [
        ["序号", "科室", "问题描述", "问题类别", "整改措施", "责任人", "完成时限", "整改情况"],
        [
            1,
            "药剂科",
            "危化品柜未双锁",
            "作业安全",
            "双人双锁管理",
            "何主任",
            "2022-09-01",
            "已于8月30日更换双锁柜，并完成培训",
        ],
        [2, "后勤科", "配电室堆物", "用电安全", "清理", "高主任", "2022-09-05", "正在协调仓库，预计下周清完"],
    ]
    return "台账.xlsx", book({"Sheet1": rows})


@case("road-transport")
def road_transport() -> Case:
    """A bus company's list: who checked and who fixes stand under groups, a column is spelled wrong."""
    rows = [
        ["序号", "排查", None, None, "隐患描术", "隐患类别", "整改", None, None, "复查", None],
        [None, "日期", "人员", "车牌号", None, None, "措施", "责任人", "完成时限", "责任人", "时间"],
        [
            1,
            "2022-08-08",
            "冯队",
            "川S12345",
            "灭火器过期",
            "车辆安全",
            "更换",
            "司机 陆明",
            "2022-08-09",
            "冯队",
            "2022-08-10",
        ],
        [2, "2022-08-08", "冯队", "川S54321", "安全锤缺失", "车辆安全", "补配", "司机 石磊", "2022-08-15", None, None],
    ]
    merges = ["A1:A2", "B1:D1", "E1:E2", "F1:F2", "G1:I1", "J1:K1"]
    return "台账.xlsx", book({"车辆": rows}, {"车辆": merges})


@case("beside-the-table")
def beside_the_table() -> Case:
    """An example, headings of sections in the column of running numbers, notes between the rows, sums in words, signatures."""
    rows = [
        ["填表说明：按清单填写"], HEADS, ["例", "消防安全", "出口被占用（示例）", "清理", "办公室", "张三", "2022-09-06", "已整改"], ["一、消防安全类"], ROWS[0],
        ["小计", "消防1项", "一般1项"], ["（二）其他"], ROWS[1], [None, None, "以下由工程科填报"], ROWS[2], ["共计3条"], ["单位负责人（签字）：", None, None, None, "2022年9月5日"],
        [None, None, None, None, None, None, "2022年9月5日"], ["填表人：周敏", None, None, "审核人：吴刚"],
    ]  # fmt: skip
    return "台账.xlsx", book({"台账": rows})


@case("moved-headings")
def moved_headings() -> Case:
    """The headings again on page two, with two columns in each other's place: stops, for all below would be swapped."""
    again = [*HEADS[:4], HEADS[5], HEADS[4], *HEADS[6:]]
    return "台账.xlsx", book(
        {"台账": [HEADS, *ROWS, again, [4, "消防安全", "另一处", "清理", "赵六", "后勤科", "2022-09-30", "未整改"]]}
    )


@case("amounts")
def amounts() -> Case:
    """The head line says in which unit the amounts are; a heading that says otherwise wins; a format shows the unit."""
    rows = [
        ["隐患台账"],
        ["填报单位：曹家站", None, None, "单位：元"],
        [*HEADS, "整改资金"],
        [*ROWS[0], 35000],
        [*ROWS[1], "1.2万元"],
        [*ROWS[2], 3],
    ]
    return "台账.xlsx", book({"台账": rows}, formats={"I6": '0.00"万元"'})


@case("no-colons")
def no_colons() -> Case:
    """The head line in cells without colons: it names another unit all the same."""
    return "台账.xlsx", book({"台账": [["填报单位（盖章）", "南外站（公章）", None, "填报人", "周敏"], HEADS, *ROWS]})


@case("number-formats")
def number_formats() -> Case:
    """What a cell shows and what it holds: months, Chinese dates without a code, leading zeros, an empty day, percentages."""

    def change(made: Any) -> None:
        import openpyxl.styles.numbers as known

        assert 57 not in known.BUILTIN_FORMATS
        sheet = made["台账"]
        for cell, code in {
            "G2": 'm"月"',
            "G3": "[$-804]yyyy年m月",
            "G4": "yyyy/m/d",
            "I2": '"AQ-"0000',
            "I3": "000000",
            "I4": "0.0%",
            "J2": "yyyy/m/d",
            "J3": "yyyy/m/d",
        }.items():
            sheet[cell].number_format = code

    rows = [
        [*row[:6], date(2022, 9, 5 + at), "未整改", note, day]
        for at, (row, note, day) in enumerate(zip(ROWS, [12, 7, 0.985], [0, date(2022, 8, 1), None], strict=True))
    ]
    return "台账.xlsx", book({"台账": [[*HEADS, "备注", "整改完成时间"], *rows]}, change=change)


@case("impossible-days")
def impossible_days() -> Case:
    """Days that are none, or could be two: each is refused with its reason."""
    days: list[Any] = [
        "2022.9.31",
        "12/31/22",
        "9/10/2022",
        "22.9.6",
        "20220931",
        "本月底",
        "2022-09-06（周三）",
        "已完成",
        "00:00",
        "2022-09-06（周二）",
    ]
    rows = [[n, "1", f"问题之{n}", "整改", "办公室", "张三", day, "未整改"] for n, day in enumerate(days, 1)]
    return "台账.xlsx", book({"台账": [HEADS, *rows]})


@case("raw-xml")
def raw_xml() -> Case:
    """Cells without places, inline and rich text with its reading aid, a shared formula without result, an ISO date."""
    head = "".join(f"<c t='inlineStr'><is><t>{name}</t></is></c>" for name in HEADS)

    def row(*cells: str) -> str:
        return "<row>" + "".join(cells) + "</row>"

    def words(said: str) -> str:
        return f"<c t='inlineStr'><is><r><t>{said[:2]}</t></r><r><rPr><b/></rPr><t>{said[2:]}</t></r><rPh sb='0' eb='1'><t>xiao</t></rPh></is></c>"

    first = row("<c><v>1</v></c>", *map(words, ROWS[0][1:6]), "<c t='d'><v>2022-09-06</v></c>", words("已整改"))
    second = row(
        "<c><v>2</v></c>",
        *map(words, ROWS[1][1:5]),
        "<c><f t='shared' ref='F3:F4' si='0'>A1</f></c>",
        "<c t='d'><v>2022-09-20T08:30:00</v></c>",
        words("整改中"),
    )
    third = row(
        "<c><v>3</v></c>",
        *map(words, ROWS[2][1:5]),
        "<c t='e'><f t='shared' si='0'/><v>#REF!</v></c>",
        "<c><v>44834</v></c>",
        words("未整改"),
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    return "台账.xlsx", zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="A&amp;B" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<x:worksheet xmlns:x="{main}"><x:sheetData>{_prefixed(row(head) + first + second + third)}</x:sheetData></x:worksheet>',
        }
    )


def _prefixed(xml: str) -> str:
    import re

    return re.sub(r"<(/?)(\w)", r"<\1x:\2", xml)


@case("figures", figures=True)
def figures_as_rows() -> Case:
    """Figures as rows: 行次, 计量单位 and 代码 beside them, a column 累计, thousands, other units, a total, a strange line."""
    rows = [
        ["安全生产检查情况统计表"], ["填报单位：曹家站", None, None, None, "报告期：2022年8月", None], ["指标名称", "行次", "计量单位", "代码", "数量", "累计"],
        ["甲", "乙", "丙", "丁", 1, 2], ["一、检查次数", 1, "次", "01", "1,234", 5000], ["其中：培训人次", 2, "人次", "02", "12人次", 40],
        ["从业人员数", 3, "人", "03", 0, None], ["投入资金", 4, "元", "04", 35000, None], ["持证率", 5, "%", "05", 0.985, None], ["处罚起数", 6, "起", "06", 2, 3],
        ["填表人：周敏", None, None, None, "填表日期：2022-09-01"],
    ]  # fmt: skip
    return "报表.xlsx", book({"报表": rows}, {"报表": ["A1:F1", "A2:D2", "E2:F2"]}, {"E9": "0.0%"})


@case("figures-by-month", figures=True)
def figures_by_month() -> Case:
    """Two heading rows: the year above its months; a column of totals that is none; a dash where nothing was reported."""
    rows = [
        ["项目", "2022年", None, None], [None, "7月", "8月", "合计"], ["检查次数", 3, 4, 7], ["培训人次", "—", 20, 20], ["合计", 3, 25, 28],
    ]  # fmt: skip
    return "报表.xlsx", book({"报表": rows}, {"报表": ["A1:A2", "B1:D1"]})


@case("figures-of-units", figures=True)
def figures_of_units() -> Case:
    """The collected table: figures as columns, a row for each unit, the sum below; only this unit's row is taken."""
    rows = [
        ["2022年8月检查情况统计表"], ["序号", "单位", "检查次数", "培训人次", "从业人员数"], [1, "曹家站", 3, 40, 12], [2, "南外站", 9, 90, 19], [None, "合计", 12, 130, 31],
    ]  # fmt: skip
    return "报表.xlsx", book({"报表": rows}, {"报表": ["A1:E1"]})


@case("figures-unclear", figures=True)
def figures_unclear() -> Case:
    """Two columns of numbers, and the day of filling in for a period: stops."""
    rows = [["检查情况统计表"], ["填报时间：2022-09-05"], ["指标", "男", "女"], ["检查次数", 3, 4], ["培训人次", 1, 2]]
    return "报表.xlsx", book({"报表": rows})


@case("trade-coal-mine")
def trade_coal_mine() -> Case:
    """A mine's five-fixed sheet: head line in one cell, groups of two, a numbering row, a total of money, signatures below."""
    rows = [
        ["曹家煤矿2022年8月份事故隐患排查治理“五定”表"], ["填报单位（盖章）：曹家站　　　填报人：刘矿　　　填报时间：2022年8月31日"],
        ["序号", "隐患地点", "隐患内容", "隐患类别", "隐患等级", "治理措施", "治理责任", None, "治理时间", None, "资金（万元）", "验收情况", None],
        [None, None, None, None, None, None, "责任单位", "责任人", "限期", "完成时间", None, "验收人", "验收时间"], [str(n) for n in range(1, 14)],
        [1, "12采区回风巷", "顶板破碎", "顶板管理", "一般隐患", "补打锚索", "掘进二队", "张队长", datetime(2022, 9, 5), datetime(2022, 9, 3), 2.5, "刘总", datetime(2022, 9, 4)],
        [2, "主井口", "防爆门锈蚀", "作业安全", "重大隐患", "更换防爆门", "机电科", "李科长", datetime(2022, 9, 30), None, 15, None, None],
        ["合计", *[None] * 9, 17.5, None, None], ["矿长（签字）：　　　　总工程师（签字）："],
    ]  # fmt: skip
    down = [f"{at}3:{at}4" for at in "ABCDEFK"]
    return "五定表.xlsx", book(
        {"五定表": rows}, {"五定表": ["A1:M1", "A2:M2", "G3:H3", "I3:J3", "L3:M3", *down, "A9:M9"]}
    )


@case("trade-gas-ticks")
def trade_gas_ticks() -> Case:
    """A gas company: a column for each status, ticked; one row is ticked twice."""
    rows = [
        ["序号", "隐患内容", "类别", "整改措施", "责任人", "完成时限", "已整改", "整改中", "未整改"],
        [1, "软管老化", "消防安全", "更换软管", "甲", "2022-08-30", "√", "", ""], [2, "未装报警器", "消防安全", "加装", "乙", "2022-09-30", "", "✓", ""],
        [3, "热水器直排", "消防安全", "拆除", "丙", "2022-09-30", "□", "□", "☑"], [4, "阀门锈蚀", "作业安全", "更换", "丁", "2022-09-30", "√", "√", ""],
    ]  # fmt: skip
    return "安检.xlsx", book({"安检": rows})


@case("trade-chemical-park")
def trade_chemical_park() -> Case:
    """A chemical park with foreign firms: every heading in two languages, statuses in English."""
    rows = [
        ["No.", "Area/区域", "Type/隐患类别", "Hazard/隐患描述", "Risk/级别", "Action/整改措施", "Owner/责任人", "Due/期限", "Status/状态"],
        [1, "罐区", "作业安全", "呼吸阀泄漏", "重大", "停用检修", "Wang Li", "2022/9/15", "Open"], [2, "装卸区", "用电安全", "静电夹损坏", "一般", "更换", "李四", "2022/8/28", "Closed"],
    ]  # fmt: skip
    return "清单.xlsx", book({"清单": rows})


@case("trade-three-owners")
def trade_three_owners() -> Case:
    """A firm, a township and a regulator each have their 责任人 under one merged heading: the list tells them apart."""
    rows = [
        ["序号", "隐患描述", "隐患类别", "整改措施", "责任人", None, None, "完成时限", "整改状态"], [None, None, None, None, "企业责任人", "属地责任人", "行业监管责任人", None, None],
        [1, "储罐无围堰", "作业安全", "补建", "甲", "乙", "丙", "2022-09-01", "整改中"],
    ]  # fmt: skip
    return "台账.xlsx", book({"台账": rows}, {"台账": ["E1:G1", *(f"{at}1:{at}2" for at in "ABCDHI")]})


@case("trade-three-owners-mapped", "--map 企业责任人=owner --map 属地责任人=- --map 行业监管责任人=-")
def trade_three_owners_mapped() -> Case:
    """The same, settled as the list says."""
    return trade_three_owners()


@case("trade-building-notice")
def trade_building_notice() -> Case:
    """A building site's notice of rectification: one hazard, its fields one below the other."""
    rows = [
        ["安全隐患整改通知单", None], ["受检单位", "曹家站"], ["检查时间", "2022年8月20日"], ["隐患描述", "基坑边堆载超限"], ["隐患类别", "作业安全"],
        ["整改措施", "清运堆载"], ["责任人", "马工"], ["完成时限", "2022年9月2日"], ["整改状态", "整改中"],
    ]  # fmt: skip
    return "通知单.xlsx", book({"通知单": rows}, {"通知单": ["A1:B1"]})


@case("trade-reservoirs")
def trade_reservoirs() -> Case:
    """A water bureau: the term is a number of days, several owners in a cell, the status follows from the day of the fix."""
    rows = [
        ["小型水库安全隐患台账"], ["序号", "水库名称", "隐患类别", "存在问题", "整改措施", "责任人", "整改期限（天）", "发现时间", "完成日期"],
        [1, "石桥水库", "作业安全", "坝坡杂草", "清除", "甲、乙", 7, date(2022, 8, 1), date(2022, 8, 6)], [2, "翠屏水库", "作业安全", "溢洪道堵塞", "疏通", "丙", 15, date(2022, 8, 10), None],
    ]  # fmt: skip
    return "水库.xlsx", book({"水库": rows}, {"水库": ["A1:I1"]})


@case("trade-road-works")
def trade_road_works() -> Case:
    """A road builder gives the progress in per cent: no status can be told from it."""
    rows = [
        ["序号", "隐患描述", "隐患类别", "整改措施", "责任人", "完成时限", "整改进度"],
        [1, "护栏缺失", "作业安全", "补设", "甲", "2022-09-01", 0.8], [2, "标志不清", "作业安全", "更换", "乙", "2022-09-01", "100%"],
    ]  # fmt: skip
    return "台账.xlsx", book({"台账": rows}, formats={"G2": "0%"})


@case("trade-restaurants")
def trade_restaurants() -> Case:
    """An inspection of kitchens: 检查内容 is no field of this campaign; terms run from the day of the inspection."""
    rows = [
        ["餐饮场所燃气安全检查表"], ["受检单位：曹家站", None, "检查时间：2022年8月18日"], ["序号", "隐患类别", "检查内容", "检查情况", "整改要求", "整改责任人", "整改时限", "整改情况"],
        [1, "用电安全", "插座", "插座老化", "更换", "甲", "检查当日", "已整改"], [2, "消防安全", "灭火器", "灭火器过期", "更换", "乙", "3日内", "未整改"],
    ]  # fmt: skip
    return "检查表.xlsx", book({"检查表": rows}, {"检查表": ["A1:H1"]})


@case("trade-power-grid")
def trade_power_grid() -> Case:
    """A power grid speaks of 缺陷 and 消缺: nothing is guessed, every heading gets its proposal."""
    rows = [
        ["序号", "缺陷内容", "缺陷类别", "处理措施", "责任人", "计划消缺时间", "消缺情况"],
        [1, "套管渗油", "用电安全", "更换密封", "甲", 44810, "整改中"], [2, "避雷器老化", "用电安全", "更换", "乙", 44820, "已整改"],
    ]  # fmt: skip
    return "缺陷.xlsx", book({"缺陷": rows})


@case(
    "trade-power-grid-mapped",
    "--map 缺陷内容=description --map 缺陷类别=category --map 计划消缺时间=deadline --map 消缺情况=status",
)
def trade_power_grid_mapped() -> Case:
    """The same with its headings settled; the days are bare serial numbers."""
    return trade_power_grid()


@case("trade-two-sections")
def trade_two_sections() -> Case:
    """A factory: major and general hazards as two blocks under headings of their own."""
    heads = ["序号", "隐患描述", "隐患类别", "整改措施", "责任人", "完成时限", "整改状态"]
    rows = [
        ["一、重大隐患"], heads, [1, "粉尘未清", "作业安全", "清扫", "甲", "2022-09-01", "未整改"],
        ["二、一般隐患"], heads, [1, "插座破损", "用电安全", "更换", "乙", "2022-09-02", "整改中"],
    ]  # fmt: skip
    return "台账.xlsx", book({"台账": rows})


@case("trade-schools-count")
def trade_schools_count() -> Case:
    """A table of how many hazards each school has: no ledger, and not taken for one."""
    rows = [
        ["学校", "排查隐患数", "已整改", "未整改", "整改率"],
        ["一小", 12, 10, 2, "83.3%"],
        ["二小", 5, 5, 0, "100%"],
        ["合计", 17, 15, 2, "88.2%"],
    ]
    return "统计.xlsx", book({"统计": rows})


@case("trade-pumping-station")
def trade_pumping_station() -> Case:
    """One hazard with three measures, its number and description merged over the rows: one hazard is one row."""
    rows = [
        ["序号", "隐患描述", "隐患类别", "整改措施", "责任人", "完成时限", "整改状态"], [1, "配电室漏水", "用电安全", "修屋顶", "甲", "2022-09-01", "整改中"],
        [None, None, None, "换电缆", "乙", "2022-09-05", None], [None, None, None, "装水泵", "丙", "2022-09-09", None], [2, "栏杆松动", "作业安全", "加固", "丁", "2022-09-02", "未整改"],
    ]  # fmt: skip
    return "泵站.xlsx", book({"泵站": rows}, {"泵站": ["A2:A4", "B2:B4", "C2:C4", "G2:G4"]})


@case("trade-quarry-terms")
def trade_quarry_terms() -> Case:
    """A quarry gives the term as 起 and 止, and writes its people on lines of a cell."""
    rows = [
        ["序号", "隐患描述", "隐患类别", "整改措施", "责任人", "整改期限", None, "整改状态"], [None, None, None, None, None, "起", "止", None],
        [1, "边坡浮石", "作业安全", "排险", "甲\n乙", "2022-08-01", "2022-09-01", "整改中"],
    ]  # fmt: skip
    return "台账.xlsx", book({"台账": rows}, {"台账": ["F1:G1", *(f"{at}1:{at}2" for at in "ABCDEH")]})


def write() -> None:
    for name, (make, options) in CASES.items():
        folder = HERE / name / "campaign"
        (folder / "checklists" / "trade").mkdir(parents=True, exist_ok=True)
        (folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8", newline="\n")
        (folder / "units.csv").write_text(UNITS, encoding="utf-8", newline="\n")
        checklist = CHECKLIST + FIGURES if name in FIGURED else CHECKLIST
        (folder / "checklists" / "trade" / "1.yaml").write_text(checklist, encoding="utf-8", newline="\n")
        file, data = make()
        (folder / file).write_bytes(data)
        more = f" {options}" if options else ""
        command = f"hazardctl --lang zh --today 2022-09-06 import {file} --unit caojia{more}"
        about = (make.__doc__ or "").strip()
        show = f"cat units/caojia/{'figures' if name in FIGURED else 'ledger'}.csv\n" if _writes(name) else ""
        (HERE / name / "cmd").write_text(f"# {about}\n{command}\n{show}", encoding="utf-8", newline="\n")


def _writes(name: str) -> bool:
    """Tell whether a ledger comes of it, as far as is known."""
    expected = HERE / name / "expected.json"
    told = json.loads(expected.read_text(encoding="utf-8")) if expected.exists() else {}
    return bool(told and (told["entries"] or told.get("figures")) and not told["refused"] and not told["stopped"])


if __name__ == "__main__":
    write()
