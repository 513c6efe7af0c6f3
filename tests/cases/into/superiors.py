"""Make the superiors' workbooks of these cases: `python tests/cases/into/superiors.py`.

Each function is one workbook as a superior keeps it; its docstring says what is odd about it. `mapping.yaml` beside it,
where there is one, is used; `expected.txt` is written by `pytest tests/test_into.py --update` and read before it is
committed. All are filled with the campaign of `tests/cases/rollup/annex3`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
UNITS = ["石桥司法所", "石梯司法所", "翠屏司法所", "南外司法所", "三里坪司法所", "社区矫正中心"]
STATUSES = ["无法整改", "未整改", "整改中", "已整改"]
CASES: dict[str, Callable[[], bytes]] = {}


def case(name: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def listed(function: Callable[[], bytes]) -> Callable[[], bytes]:
        CASES[name] = function
        return function

    return listed


def saved(fill: Callable[[Any, Any], None], parts: Mapping[str, Callable[[bytes], bytes]] | None = None) -> bytes:
    """Fill a workbook of one sheet, store it without the clock, and change some of its parts."""
    import openpyxl

    made: Any = openpyxl.Workbook()
    fill(made, made.active)
    stream = io.BytesIO()
    made.save(stream)
    changes, whole = parts or {}, unpacked(stream.getvalue())
    return packed({name: changes[name](data) if name in changes else data for name, data in whole.items()})


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = parts["docProps/core.xml"]
    parts["docProps/core.xml"] = re.sub(rb">\d{4}-\d\d-\d\dT[^<]*<", b">2022-09-01T00:00:00Z<", core)
    return parts


def packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return stream.getvalue()


@case("units-down")
def units_down() -> bytes:
    """Their two-level headings, dashes in empty cells, our total wanted under all of our units."""

    def fill(_: Any, sheet: Any) -> None:
        sheet.append(["隐患排查整治情况汇总表"])
        sheet.append(["单位", "排查风险隐患总数", None, None, None, "走访人次"])
        sheet.append([None, *STATUSES, None])
        for unit in UNITS:
            sheet.append([unit, "—", "—", "/", None, None])
        sheet.append(["西片区（本级）"])
        sheet.append(["合计"])
        for area in ("A1:F1", "A2:A3", "B2:E2", "F2:F3"):
            sheet.merge_cells(area)

    return saved(fill)


@case("indicators-down")
def indicators_down() -> bytes:
    """Indicators are the rows, the areas the columns, and the group of the statuses stands merged beside them."""

    def fill(_: Any, sheet: Any) -> None:
        sheet.append(["指标", None, "计量单位", "东片区", "西片区", "社区矫正中心", "全区合计"])
        for status in STATUSES:
            sheet.append(["排查风险隐患总数" if status == STATUSES[0] else None, status, "条"])
        sheet.append(["走访人次", None, "人次"])
        sheet.append(["定位监管率", None, "%"])
        sheet.append(["经费", None, "万元"])
        for area in ("A1:B1", "A2:A5", "A6:B6", "A7:B7", "A8:B8"):
            sheet.merge_cells(area)
        for at in "DEFG":
            sheet[f"{at}7"].number_format = "0.00%"

    return saved(fill)


@case("one-amount")
def one_amount() -> bytes:
    """Indicators are the rows, and one column is for the whole: 数量. It is xlsm, with a macro that has to stay."""

    def fill(_: Any, sheet: Any) -> None:
        sheet.append(["序号", "指标名称", "计量单位", "代码", "数量"])
        rows = [("无法整改", "条"), ("未整改", "条"), ("已整改", "条"), ("走访人次", "人次"), ("帮扶人次", "人次")]
        for number, (name, unit) in enumerate(rows, 1):
            sheet.append([number, name, unit, f"0{number}", None])

    parts = unpacked(saved(fill))
    kinds = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    macros = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    kinds = kinds.replace(b"</Types>", macros + b"</Types>")
    links = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        b'Target="vbaProject.bin"/></Relationships>',
    )
    return packed(parts | {"[Content_Types].xml": kinds, "xl/_rels/workbook.xml.rels": links,
                           "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 a macro, kept as it is"})  # fmt: skip


@case("protected")
def protected() -> bytes:
    """A protected sheet in which only some cells may be typed into, and a rule for one of them."""
    from openpyxl.styles import Protection
    from openpyxl.worksheet.datavalidation import DataValidation

    def fill(_: Any, sheet: Any) -> None:
        sheet.append(["单位", "已整改", "未整改", "走访人次"])
        for unit in UNITS[:4]:
            sheet.append([unit])
        sheet.protection.sheet = True
        for row in range(2, 6):
            for at in "BD":
                sheet[f"{at}{row}"].protection = Protection(locked=False)
        rule = DataValidation("whole", operator="between", formula1="0", formula2="100", showErrorMessage=True)
        rule.add("D2:D5")
        sheet.add_data_validation(rule)

    return saved(fill)


@case("formulas-behind")
def formulas_behind() -> bytes:
    """Formulas with stored results take from our cells: on this sheet, on another, through a name, a shared one."""
    from openpyxl.workbook.defined_name import DefinedName

    def fill(book: Any, sheet: Any) -> None:
        sheet.title = "汇总"
        sheet.append(["单位", "已整改", "未整改", "整改率"])
        for number, unit in enumerate(UNITS[2:4], 2):
            sheet.append([unit, None, None, f"=B{number}/(B{number}+C{number})"])
        sheet.append(["其他市直单位", 4, 6, "=B4/(B4+C4)"])
        sheet.append(["合计", "=SUM(B2:B4)", "=SUM(C2:C4)", "=B5/(B5+C5)"])
        other = book.create_sheet("封面")
        other["A1"], other["A2"], other["A3"], other["A4"] = "=汇总!B5", "=SUM(区域)", "=1+1", "=汇总!B4"
        book.defined_names["区域"] = DefinedName("区域", attr_text="汇总!$B$2:$C$3")

    def stored(data: bytes) -> bytes:
        return data.replace(b"<v></v>", b"<v>7</v>").replace(b"<v />", b"<v>7</v>").replace(b"<v/>", b"<v>7</v>")

    return saved(fill, {"xl/worksheets/sheet1.xml": stored, "xl/worksheets/sheet2.xml": stored})


@case("other-areas")
def other_areas() -> bytes:
    """The city's table: our district is one row among others, and the total is not ours to fill in."""

    def fill(_: Any, sheet: Any) -> None:
        sheet.append(["地区", *STATUSES])
        for area in ("通川区", "达川区", "宣汉县"):
            sheet.append([area])
        sheet["B2"], sheet["C4"] = 5, 8
        sheet.append(["合计", *(f"=SUM({at}2:{at}4)" for at in "BCD"), 99])

    return saved(fill)


@case("mapped")
def mapped() -> bytes:
    """Headings and names of their own: a mapping says what is meant, cell by cell where need be."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.title = "表一"
        sheet.append(["单位简称", "甲栏", "乙栏", "入户"])
        sheet.append(["石桥所"])
        sheet.append(["翠屏所"])
        sheet.append(["全部"])
        other = book.create_sheet("表二")
        other["A1"] = "整改完成"

    return saved(fill)


@case("made-by-wps")
def made_by_wps() -> bytes:
    """Another program's XML: a prefix on every tag, its own parts, no dimension, rows and cells without places."""

    def fill(_: Any, sheet: Any) -> None:
        sheet.append(["单位", "已整改"])
        sheet.append([UNITS[0]])
        sheet.append([UNITS[2], 1])

    def prefixed(data: bytes) -> bytes:
        text = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", data).replace(b"xmlns=", b"xmlns:x=")
        text = re.sub(rb"<x:dimension[^>]*/>", b"", text)
        return re.sub(rb'<x:(row|c) r="\w+"', rb"<x:\1", text)

    data = unpacked(saved(fill, {"xl/worksheets/sheet1.xml": prefixed}))
    return packed(data | {"customXml/item1.xml": "<WPS版本>不变</WPS版本>".encode()})


@case("twice-named")
def twice_named() -> bytes:
    """One of our units stands in two rows and one heading over two columns: nobody guesses which is meant."""

    def fill(_: Any, sheet: Any) -> None:
        sheet.append(["单位", "已整改", "走访人次", "走访人次"])
        for unit in (*UNITS[:3], UNITS[2]):
            sheet.append([unit])

    return saved(fill)


def main() -> None:
    for name, make in CASES.items():
        (HERE / name).mkdir(exist_ok=True)
        (HERE / name / "theirs.xlsx").write_bytes(make())


if __name__ == "__main__":
    main()
