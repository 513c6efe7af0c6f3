"""Write a workbook as the bytes of an xlsx file: text as text, formulas with their results, always the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import escape

from hazardctl.errors import HazardError
from hazardctl.formats.book import LONGEST_TEXT, Book, Cell, Choices, Line, Sheet
from hazardctl.formats.book_styles import StyleSheet
from hazardctl.formats.workbook import a1, column_name

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FIRST_DAY = date(1899, 12, 30).toordinal()
_EARLIEST = date(1900, 3, 1)  # spreadsheets believe in 29 February 1900
_OLDEST = (1980, 1, 1, 0, 0, 0)  # the zero of a zip's clock
_MARGINS = '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>'
_ODD = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_LOOKS_LIKE_FORMULA = tuple("=+-@\t\r\n＝＋－＠'")
_KEPT = ("\t", "\n", "\r", " ")


class CellTooLongError(HazardError):
    """A text is longer than a cell of a spreadsheet can hold. Values: `sheet`, `cell`, `length`."""

    key = "xlsx.cell_too_long"


def write(book: Book) -> bytes:
    """Write a workbook. Holds no author, no time and no name of a machine."""
    styles, strings = StyleSheet(), _Strings()
    parts = {f"xl/worksheets/sheet{at}.xml": _sheet(sheet, styles, strings) for at, sheet in enumerate(book.sheets, 1)}
    parts |= {"xl/styles.xml": styles.xml(), "xl/sharedStrings.xml": strings.xml()}
    whole = {
        "[Content_Types].xml": _content_types(len(book.sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml"), ("core", "docProps/core.xml")]),
        "docProps/core.xml": _core(book.title),
        "xl/workbook.xml": _workbook(book),
        "xl/_rels/workbook.xml.rels": _relations([
            *(("worksheet", f"worksheets/sheet{at}.xml") for at, _ in enumerate(book.sheets, 1)),
            ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml"),
        ]),
        **parts,
    }  # fmt: skip
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in whole.items():
            info = zipfile.ZipInfo(name, _OLDEST)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            archive.writestr(info, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode())
    return stream.getvalue()


class _Strings:
    """Texts that cells share: each once, in the order of its first use."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._uses = 0

    def number(self, text: str) -> int:
        self._uses += 1
        return self._numbers.setdefault(text, len(self._numbers))

    def xml(self) -> str:
        items = "".join(f"<si>{_text(text)}</si>" for text in self._numbers)
        return f'<sst xmlns="{_MAIN}" count="{self._uses}" uniqueCount="{len(self._numbers)}">{items}</sst>'


def _text(text: str) -> str:
    keeps = ' xml:space="preserve"' if text.startswith(_KEPT) or text.endswith(_KEPT) or "\n" in text else ""
    return f"<t{keeps}>{plain(text)}</t>"


def plain(text: str) -> str:
    """Write text as XML: characters XML cannot hold go in by number, the way spreadsheets do."""
    return escape(_ODD.sub(lambda found: f"_x{ord(found[0]):04X}_", text), quote=False).replace("\r", "&#13;")


def quoted(text: str) -> str:
    """Write text as an attribute."""
    return escape(_ODD.sub("", text)).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")


def _sheet(sheet: Sheet, styles: StyleSheet, strings: _Strings) -> str:
    width = max([len(line.cells) for line in sheet.lines], default=1)
    names = [column_name(at) for at in range(width)]
    rows = "".join(_rows(sheet, names, styles, strings))
    bounds = f"A1:{a1(max(len(sheet.lines) - 1, 0), max(width - 1, 0))}"
    top, turned = sheet.frozen, "landscape" if sheet.landscape else "portrait"
    pane = f'<pane ySplit="{top}" topLeftCell="A{top + 1}" activePane="bottomLeft" state="frozen"/>' if top else ""
    protection = (
        '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0" '
        'insertRows="0" sort="0" autoFilter="0"/>'
    )
    merges = "".join(f'<mergeCell ref="{one}"/>' for one in sheet.merges)
    parts = [
        f'<worksheet xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
        f'<dimension ref="{bounds}"/>',
        f'<sheetViews><sheetView workbookViewId="0" showGridLines="0">{pane}</sheetView></sheetViews>',
        '<sheetFormatPr defaultRowHeight="15"/>',
        _columns(sheet, styles),
        f"<sheetData>{rows}</sheetData>",
        protection if sheet.protected else "",
        f'<mergeCells count="{len(sheet.merges)}">{merges}</mergeCells>' if merges else "",
        *_emphases(sheet, styles),
        _choices(sheet.choices),
        f'<printOptions horizontalCentered="1"/>{_MARGINS}',
        f'<pageSetup paperSize="9" orientation="{turned}" fitToWidth="1" fitToHeight="0"/>',
        f"<headerFooter><oddFooter>{plain(sheet.footer)}</oddFooter></headerFooter>" if sheet.footer else "",
        "</worksheet>",
    ]
    return "".join(parts)


def _columns(sheet: Sheet, styles: StyleSheet) -> str:
    columns = []
    for at, width in enumerate(sheet.widths):
        style = f' style="{styles.number(sheet.column_styles[at])}"' if at in sheet.column_styles else ""
        hidden = ' hidden="1"' if at in sheet.hidden_columns else ""
        columns.append(f'<col min="{at + 1}" max="{at + 1}" width="{width:g}"{style}{hidden} customWidth="1"/>')
    return f"<cols>{''.join(columns)}</cols>" if columns else ""


def _rows(sheet: Sheet, names: list[str], styles: StyleSheet, strings: _Strings) -> Iterator[str]:
    for at, line in enumerate(sheet.lines):
        number = str(at + 1)
        cells = "".join([
            _cell(cell, names[column] + number, sheet.name, styles, strings)
            for column, cell in enumerate(line.cells) if cell is not None
        ])  # fmt: skip
        yield f'<row r="{number}"{_height(line)}>{cells}</row>'


def _height(line: Line) -> str:
    if not line.height:
        return ""
    fixed = ' customHeight="1"' if line.fixed else ""
    return f' ht="{min(line.height, 409):g}"{fixed}'


def _cell(cell: Cell, place: str, sheet: str, styles: StyleSheet, strings: _Strings) -> str:
    value = cell.value
    if cell.formula and isinstance(value, str):
        look = styles.number(cell.style)
        return f'<c r="{place}" s="{look}" t="str"><f>{plain(cell.formula)}</f><v>{plain(value)}</v></c>'
    if value is None or value == "":
        return f'<c r="{place}" s="{styles.number(cell.style)}"/>'
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT // 2 and (length := _units(value)) > LONGEST_TEXT:
            raise CellTooLongError(sheet=sheet, cell=place, length=length)
        style = styles.number(cell.style, quoted=value.startswith(_LOOKS_LIKE_FORMULA))
        return f'<c r="{place}" s="{style}" t="s"><v>{strings.number(value)}</v></c>'
    formula = f"<f>{plain(cell.formula)}</f>" if cell.formula else ""
    return f'<c r="{place}" s="{styles.number(cell.style)}">{formula}<v>{number(value)}</v></c>'


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def number(value: float | Decimal | date) -> str:
    """Write a number the way the file stores it; a day is the number of days since the end of 1899."""
    if isinstance(value, date):
        return str(value.toordinal() - _FIRST_DAY)
    return format(value, "f") if isinstance(value, Decimal) else repr(value)


def holds_day(day: date) -> bool:
    """Tell whether a spreadsheet counts this day right."""
    return day >= _EARLIEST


def _emphases(sheet: Sheet, styles: StyleSheet) -> Iterator[str]:
    for at, one in enumerate(sheet.emphases, 1):
        yield (
            f'<conditionalFormatting sqref="{one.cells}"><cfRule type="expression" dxfId="{styles.emphasis(one)}" '
            f'priority="{at}"><formula>{plain(one.formula)}</formula></cfRule></conditionalFormatting>'
        )


def _choices(choices: object) -> str:
    written = [_choice(one) for one in choices]  # type: ignore[attr-defined]
    return f'<dataValidations count="{len(written)}">{"".join(written)}</dataValidations>' if written else ""


def _choice(one: Choices) -> str:
    kind, checked = ("list", f"<formula1>{plain(one.source)}</formula1>") if one.source else ("", "")
    if one.days:
        kind, checked = "date", f"<formula1>{number(_EARLIEST)}</formula1>"
    said = [f'type="{kind}"'] if kind else []
    said += ['operator="greaterThanOrEqual"'] if one.days else []
    said += [] if one.strict else ['errorStyle="warning"']
    said += ['allowBlank="1" showInputMessage="1"']
    said += ['showErrorMessage="1"'] if kind else []
    said += [f'errorTitle="{quoted(one.title)}" error="{quoted(one.refusal)}"'] if one.refusal else []
    said += [f'promptTitle="{quoted(one.title)}" prompt="{quoted(one.words)}"'] if one.words else []
    return f'<dataValidation {" ".join(said)} sqref="{one.cells}">{checked}</dataValidation>'


def _workbook(book: Book) -> str:
    states = {True: ' state="hidden"', False: ""}
    sheets = "".join(
        f'<sheet name="{quoted(sheet.name)}" sheetId="{at}"{states[sheet.hidden]} r:id="rId{at}"/>'
        for at, sheet in enumerate(book.sheets, 1)
    )
    names = [f'<definedName name="{quoted(name)}">{plain(cells)}</definedName>' for name, cells in book.names.items()]
    for at, sheet in enumerate(book.sheets):
        if sheet.repeated[0]:
            title = sheet.name.replace("'", "''")
            cells = f"'{title}'!${sheet.repeated[0]}:${sheet.repeated[1]}"
            names.append(f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">{plain(cells)}</definedName>')
    defined = f"<definedNames>{''.join(names)}</definedNames>" if names else ""
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><bookViews><workbookView activeTab="0"/></bookViews>'
        f"<sheets>{sheets}</sheets>{defined}</workbook>"
    )


def _relations(links: list[tuple[str, str]]) -> str:
    kinds = {"core": f"{_PACKAGE}/relationships/metadata/core-properties"}
    written = "".join(
        f'<Relationship Id="rId{at}" Type="{kinds.get(kind, f"{_LINKS}/{kind}")}" Target="{target}"/>'
        for at, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{written}</Relationships>'


def _core(title: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{plain(title)}</dc:title></cp:coreProperties>'
    )


def _content_types(sheets: int) -> str:
    overrides = [
        ("/xl/workbook.xml", f"{_TYPES}.sheet.main+xml"), ("/xl/styles.xml", f"{_TYPES}.styles+xml"),
        ("/xl/sharedStrings.xml", f"{_TYPES}.sharedStrings+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        *((f"/xl/worksheets/sheet{at}.xml", f"{_TYPES}.worksheet+xml") for at in range(1, sheets + 1)),
    ]  # fmt: skip
    written = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides)
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{written}</Types>'
    )
