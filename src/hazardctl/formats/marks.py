"""Find in an xlsx sheet's XML what calamine leaves out: merged cells, what is hidden, formulas without results.

Cells are walked only where something is to be found in them, and then by searches that begin with a literal: a sheet
of 100,000 cells holds few formulas.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from hazardctl.formats.numberformats import Shown, shown_by
from hazardctl.formats.workbook import FAILED, FORMULA, Range, Sheet, column_number, counted_from_1904, marked

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ROW = re.compile(rb"<row\b([^>]*)>")
_COLUMN = re.compile(rb"<col\b([^>]*)>")
_MERGE = re.compile(rb"<mergeCell\b[^>]*\bref=[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']")
_FAILED = re.compile(rb"<c r=\"([A-Z]+)(\d+)\"[^>]*\bt=\"e\"")
_FORMULA = re.compile(
    rb"<c r=\"([A-Z]+)(\d+)\"([^>]*)>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\b[^>]*?(?:/>|>([^<]*)</v>))?"
)
_TOKEN = re.compile(rb"<(row|c)\b([^>]*)>(?:\s*(<f\b)[^>]*?(?:/>|>[^<]*</f>))?\s*(?:<v\b[^>]*?(?:/>|>([^<]*)</v>))?")
_PLACE = re.compile(r"([A-Z]+)(\d+)")
_WORDS = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b([^>]*)>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b([^>]*)>")
_EPOCH = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904=[\"'](?:1|true|on)[\"']")
_PREFIX = re.compile(rb"<(\w+):sheetData\b")
_WIDEST = 256
_TRUE = ("1", "true", "on")


def with_marks(sheets: list[Sheet], data: bytes) -> list[Sheet]:
    """Give the sheets of a workbook with everything their XML tells beside the values."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {name.lower(): name for name in archive.namelist()}
        paths = _paths(archive, names)
        from_1904 = bool(_EPOCH.search(_part(archive, names, "xl/workbook.xml")))
        styles = _styles(_part(archive, names, "xl/styles.xml"), from_1904=from_1904)
        found = [
            _marked(sheet, _unprefixed(_part(archive, names, paths[sheet.name])), styles)
            if sheet.name in paths
            else sheet
            for sheet in sheets
        ]
        return [counted_from_1904(sheet) for sheet in found] if from_1904 else found


def _part(archive: zipfile.ZipFile, names: Mapping[str, str], path: str) -> bytes:
    name = names.get(path.lower())
    return archive.read(name) if name else b""


def _unprefixed(xml: bytes) -> bytes:
    """Take the prefix off the elements' names where a program writes one."""
    found = None if b"<sheetData" in xml else _PREFIX.search(xml)
    return xml.replace(b"<" + found[1] + b":", b"<").replace(b"</" + found[1] + b":", b"</") if found else xml


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
            paths[_unescaped(said.get("name", ""))] = relations[link]
    return paths


def _attributes(written: bytes) -> dict[str, str]:
    return {key.decode(): (one or two).decode("utf-8", "replace") for key, one, two in _WORDS.findall(written)}


def _unescaped(written: str) -> str:
    if "&" not in written:
        return written
    import html

    return html.unescape(written)


def _styles(styles: bytes, *, from_1904: bool) -> dict[str, Shown]:
    """Give the styles under which a number shows as something else than its value."""
    codes = {}
    for found in _FORMAT.finditer(styles):
        said = _attributes(found[1])
        codes[said.get("numFmtId", "")] = _unescaped(said.get("formatCode", ""))
    block = _STYLES.search(styles)
    special: dict[str, Shown] = {}
    for index, found in enumerate(_STYLE.finditer(block[0] if block else b"")):
        used = _attributes(found[1]).get("numFmtId", "0")
        if shown := shown_by(used, codes.get(used), from_1904=from_1904):
            special[str(index)] = shown
    return special


def _marked(sheet: Sheet, xml: bytes, styles: Mapping[str, Shown]) -> Sheet:
    body, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData>")
    found, shown = _cells(xml, body, end, styles)
    sheet = marked(sheet, {**sheet.flags, **found}, ((row, column, styles[style]) for row, column, style in shown))
    merges = tuple(_merges(xml[end:]))
    hidden = frozenset(_hidden_rows(xml)) if xml.find(b"hidden", body) >= 0 else frozenset()
    return sheet._replace(merges=merges, hidden_rows=hidden, hidden_columns=frozenset(_hidden_columns(xml[:body])))


def _cells(
    xml: bytes, body: int, end: int, styles: Mapping[str, Shown]
) -> tuple[dict[tuple[int, int], str], list[tuple[int, int, str]]]:
    """Find the cells that are flagged, and those whose style shows something else than their value."""
    formulas, failed = xml.find(b"<f", body, end) >= 0, xml.find(b't="e"', body, end) >= 0
    if not (formulas or failed or styles):
        return {}, []
    if xml.count(b'<c r="', body) < xml.count(b"<c ", body) + xml.count(b"<c>", body):
        return dict(_walked_flags(xml)), list(_walked_styles(xml, styles))
    flags = dict(_formulas(xml)) if formulas else {}
    if failed:
        flags |= {(int(row) - 1, column_number(a.decode())): FAILED for a, row in _FAILED.findall(xml)}
    return flags, list(_styled(xml, styles)) if styles else []


def _formulas(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for letters, row, written, value in _FORMULA.findall(xml):
        if not value and b't="str"' not in written:
            yield (int(row) - 1, column_number(letters.decode())), FORMULA


def _styled(xml: bytes, styles: Mapping[str, Shown]) -> Iterator[tuple[int, int, str]]:
    numbers = "|".join(styles).encode()
    for letters, row, style in re.findall(rb"<c r=\"([A-Z]+)(\d+)\"[^>]*?\bs=\"(" + numbers + rb")\"", xml):
        yield int(row) - 1, column_number(letters.decode()), style.decode()


def _walked(xml: bytes) -> Iterator[tuple[int, int, Mapping[str, str], bool, bytes]]:
    """Walk every cell of a sheet whose cells do not all begin by naming their place; an unnamed one is the next."""
    row, column = -1, -1
    for kind, written, formula, value in _TOKEN.findall(xml):
        said = _attributes(written)
        place = said.get("r", "")
        if kind == b"row":
            row, column = (int(place) - 1 if place.isdecimal() else row + 1), -1
            continue
        found = _PLACE.fullmatch(place)
        row, column = (int(found[2]) - 1, column_number(found[1])) if found else (row, column + 1)
        yield row, column, said, bool(formula), value


def _walked_flags(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for row, column, said, formula, value in _walked(xml):
        if said.get("t") == "e":
            yield (row, column), FAILED
        elif formula and not value and said.get("t") != "str":
            yield (row, column), FORMULA


def _walked_styles(xml: bytes, styles: Mapping[str, Shown]) -> Iterator[tuple[int, int, str]]:
    for row, column, said, _, _ in _walked(xml):
        if said.get("s", "") in styles:
            yield row, column, said["s"]


def _hidden_rows(xml: bytes) -> Iterator[int]:
    row = 0
    for written in _ROW.findall(xml):
        said = _attributes(written)
        row = int(said["r"]) if said.get("r", "").isdecimal() else row + 1
        if said.get("hidden") in _TRUE:
            yield row - 1


def _hidden_columns(head: bytes) -> Iterator[int]:
    for written in _COLUMN.findall(head):
        said = _attributes(written)
        if said.get("hidden") in _TRUE:
            yield from range(int(said.get("min", "1")) - 1, min(int(said.get("max", "1")), _WIDEST))


def _merges(tail: bytes) -> Iterator[Range]:
    for left, top, right, bottom in _MERGE.findall(tail):
        yield int(top) - 1, column_number(left.decode()), int(bottom) - 1, column_number(right.decode())
