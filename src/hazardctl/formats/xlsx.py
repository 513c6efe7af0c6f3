"""Read xlsx and xls workbooks: values by calamine, and what it leaves out from the sheets' own XML."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from hazardctl.formats.workbook import DAMAGED, EPOCH, FAILED, FORMULA, Range, Sheet, column_number, trimmed
from hazardctl.limited import TaskError

MOST_DIGITS = 10**14  # from here on a spreadsheet may have lost digits
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*\br=\"(\d+)\"")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b(?=[^>]*\bhidden=\"(?:1|true)\")([^>]*)>")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"")
_CELL = re.compile(
    rb"<(?:\w+:)?c\b([^>]*[^/>])>(?:\s*<(?:\w+:)?f\b[^>]*(?:/>|>([^<]*)</(?:\w+:)?f>))?\s*(<(?:\w+:)?v\b[^>/]*>[^<]+)?"
)
_PLACE = re.compile(rb"\br=\"([A-Z]+)(\d+)\"")
_WORDS = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b([^>]*)>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b([^>]*)>")
_EPOCH = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904=\"(?:1|true|on)\"")
_PERCENT = {9, 10}
Shown = Callable[[Any], str | None]


def parse(data: bytes, kind: str) -> list[Sheet]:
    """Read every sheet of a workbook; raises TaskError where calamine cannot."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = [_sheet(book, number, about, kind) for number, about in enumerate(book.sheets_metadata)]
    except python_calamine.PasswordError:
        raise TaskError(code="password") from None
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise TaskError(code="damaged", part=str(error)[:80]) from None
    return _with_marks(found, data) if kind == "xlsx" else found


def _sheet(book: Any, number: int, about: Any, kind: str) -> Sheet:
    if not str(about.typ).endswith("WorkSheet"):  # a chart, a macro
        return Sheet(about.name, [], hidden=True)
    sheet = book.get_sheet_by_index(number)
    joined = sheet.merged_cell_ranges if kind == "xls" else ()  # an xlsx would be unpacked once more for them
    merges = tuple((a, b, c, d) for (a, b), (c, d) in joined or ())
    flags: dict[tuple[int, int], str] = {}
    rows: list[list[str]] = []
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        rows.append([value if value.__class__ is str else plain(value) for value in values])
        if any(value.__class__ is float and (value >= MOST_DIGITS or value <= -MOST_DIGITS) for value in values):
            flags |= {(row, at): DAMAGED for at, value in enumerate(values) if _too_long(value)}
    return Sheet(about.name, rows, merges, not str(about.visible).endswith(".Visible"), flags=flags)


def _too_long(value: Any) -> bool:
    return isinstance(value, float) and abs(value) >= MOST_DIGITS


def plain(value: Any) -> str:  # noqa: PLR0911 -- one line a type
    """Write a typed cell as text, exactly: no 1.0 for 1, no day without its century, nothing rounded."""
    if isinstance(value, float):
        return number(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        if not (value.hour or value.minute or value.second):
            return value.date().isoformat()
        return value.strftime("%Y-%m-%d %H:%M:%S" if value.second else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return "" if value is None else str(value)


def number(value: float) -> str:
    """Write a number with the digits it has, and no more than a spreadsheet keeps."""
    if value.is_integer() and abs(value) < 10**21:
        return str(int(value))
    written = repr(value)
    return f"{Decimal(written):f}" if "e" in written else written


def _with_marks(sheets: list[Sheet], data: bytes) -> list[Sheet]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {name.lower(): name for name in archive.namelist()}
        paths = _paths(archive, names)
        styles = _shown_otherwise(_part(archive, names, "xl/styles.xml"))
        marked = [
            _marked(sheet, _part(archive, names, paths[sheet.name]), styles) if sheet.name in paths else sheet
            for sheet in sheets
        ]
        if _EPOCH.search(_part(archive, names, "xl/workbook.xml")):
            marked = [_counted_from_1904(sheet) for sheet in marked]
        return marked


def _counted_from_1904(sheet: Sheet) -> Sheet:
    """Mark the bare numbers: cells formatted as days have been read as days already."""
    flags = dict(sheet.flags)
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if len(cell) == 5 and cell.isdecimal():
                flags.setdefault((row, column), EPOCH)
    return replace(sheet, flags=flags)


def _part(archive: zipfile.ZipFile, names: Mapping[str, str], path: str) -> bytes:
    name = names.get(path.lower())
    return archive.read(name) if name else b""


def _paths(archive: zipfile.ZipFile, names: Mapping[str, str]) -> dict[str, str]:
    """Give the part of each sheet by the sheet's name."""
    relations = {}
    for found in _RELATION.finditer(_part(archive, names, "xl/_rels/workbook.xml.rels")):
        said = _attributes(found[1])
        target = said.get("Target", "")
        relations[said.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    paths = {}
    for found in _SHEET.finditer(_part(archive, names, "xl/workbook.xml")):
        said = _attributes(found[1])
        link = next((value for key, value in said.items() if key.endswith(":id")), "")
        if link in relations:
            paths[html.unescape(said.get("name", ""))] = relations[link]
    return paths


def _attributes(written: bytes) -> dict[str, str]:
    return {key.decode(): (one or two).decode("utf-8", "replace") for key, one, two in _WORDS.findall(written)}


def _shown_otherwise(styles: bytes) -> dict[bytes, Shown]:
    """Give the styles under which a number shows as something else than its value."""
    codes = {}
    for found in _FORMAT.finditer(styles):
        said = _attributes(found[1])
        codes[said.get("numFmtId", "")] = html.unescape(said.get("formatCode", ""))
    block = _STYLES.search(styles)
    special: dict[bytes, Shown] = {}
    for index, found in enumerate(_STYLE.finditer(block[0] if block else b"")):
        used = _attributes(found[1]).get("numFmtId", "0")
        shown = _percent if used.isdigit() and int(used) in _PERCENT else _shown(codes.get(used, ""))
        if shown:
            special[str(index).encode()] = shown
    return special


def _shown(code: str) -> Shown | None:
    bare = re.sub(r"\"[^\"]*\"|\\.|\[[^\]]*\]", "", code.split(";", maxsplit=1)[0]).lower()
    if "%" in bare:
        return _percent
    if re.fullmatch("0{2,}", bare):
        return lambda value: value.zfill(len(bare)) if value.isdecimal() else None
    if "y" in bare and not set(bare) & set("dh"):
        return _month if "m" in bare else _year
    return None


def _percent(value: str) -> str | None:
    try:
        shown = f"{Decimal(value).scaleb(2).normalize():f}"
    except ArithmeticError:
        return None
    return f"{shown}%"


def _month(value: str) -> str | None:
    found = re.fullmatch(r"(\d{4})-(\d\d)-\d\d", value)
    return f"{found[1]}\u5e74{int(found[2])}\u6708" if found else None


def _year(value: str) -> str | None:
    found = re.fullmatch(r"(\d{4})-\d\d-\d\d", value)
    return f"{found[1]}\u5e74" if found else None


def _marked(sheet: Sheet, xml: bytes, styles: Mapping[bytes, Shown]) -> Sheet:
    flags = dict(sheet.flags)
    if styles or re.search(rb"<(?:\w+:)?f\b", xml) or b't="e"' in xml:
        for row, column, written, formula, value in _cells(xml):
            if b't="e"' in written:
                flags[row, column] = FAILED
            elif formula and not value and b't="str"' not in written:
                flags[row, column] = FORMULA
            elif styles and (style := re.search(rb'\bs="(\d+)"', written)) and style[1] in styles:
                _show(sheet.rows, row, column, styles[style[1]])
    for row, column in flags:
        _reach(sheet.rows, row, column)
    merges = tuple(_merges(xml))
    columns: set[int] = set()
    for found in _COLUMN.finditer(xml):
        said = _attributes(found[1])
        first, last = int(said.get("min", "1")), int(said.get("max", "1"))
        columns.update(range(first - 1, min(last, 256)))
    hidden = frozenset(int(found[1]) - 1 for found in _HIDDEN_ROW.finditer(xml))
    return Sheet(sheet.name, sheet.rows, merges, sheet.hidden, hidden, frozenset(columns), flags)


def _cells(xml: bytes) -> Iterator[tuple[int, int, bytes, bool, bool]]:
    for found in _CELL.finditer(xml):
        place = _PLACE.search(found[1])
        if place:
            is_formula = b"<f" in found[0] or b":f" in found[0]
            yield int(place[2]) - 1, column_number(place[1].decode()), found[1], is_formula, bool(found[3])


def _show(rows: list[list[str]], row: int, column: int, shown: Shown) -> None:
    if row < len(rows) and column < len(rows[row]) and (text := shown(rows[row][column])):
        rows[row][column] = text


def _reach(rows: list[list[str]], row: int, column: int) -> None:
    """Make room for a cell that has no value and yet means something."""
    while len(rows) <= row:
        rows.append([])
    rows[row] += [""] * (column + 1 - len(rows[row]))


def _merges(xml: bytes) -> Iterator[Range]:
    for left, top, right, bottom in _MERGE.findall(xml):
        yield int(top) - 1, column_number(left.decode()), int(bottom) - 1, column_number(right.decode())


def tidy(sheet: Sheet) -> Sheet:
    """Cut the blank tail off a sheet, but nothing that is flagged."""
    rows = [list(row) for row in sheet.rows]
    for row, column in sheet.flags:
        _reach(rows, row, column)
        rows[row][column] = rows[row][column] or "\0"
    cut = trimmed(rows)
    for row, column in sheet.flags:
        if cut[row][column] == "\0":
            cut[row][column] = ""
    return Sheet(sheet.name, cut, sheet.merges, sheet.hidden, sheet.hidden_rows, sheet.hidden_columns, sheet.flags)
