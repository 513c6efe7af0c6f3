"""Find the parts of somebody else's workbook: sheets by name, percent styles, and formulas whose results grow stale."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from html import unescape
from typing import Final
from xml.etree import ElementTree as ET

from hazardctl.formats.sheet_edit import NotEditableError, Part, Rule, Value, ranges

_REFERENCE: Final = re.compile(
    r"(?:'((?:[^']|'')+)'!|([\w.\u0080-\uffff]+)!)?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?(?![\w(])"
)
_UNCLEAR: Final = re.compile(r"\[|\b(?:INDIRECT|OFFSET|INDEX)\b|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+")
_CALC: Final = re.compile(rb"<((?:\w+:)?)calcPr\b([^>]*?)(/?)>")
Place = tuple[int, int]


def sheets(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Give the part of each sheet by the sheet's name."""
    targets = {}
    for link in _tree(parts.get("xl/_rels/workbook.xml.rels", b"")):
        target = link.get("Target", "")
        targets[link.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    found = {}
    for node in _tree(parts.get("xl/workbook.xml", b"")).iter():
        if node.tag.rpartition("}")[2] == "sheet":
            named = next((value for key, value in node.attrib.items() if key.endswith("}id")), "")
            if named in targets:
                found[unescape(node.get("name", ""))] = targets[named]
    return found


def _tree(xml: bytes) -> ET.Element:
    if b"<!DOCTYPE" in xml:
        raise NotEditableError
    try:
        return ET.fromstring(xml)  # noqa: S314 -- a document type, where entities are defined, is refused above
    except ET.ParseError as error:
        raise NotEditableError(str(error)) from None


def percent_styles(styles: bytes) -> frozenset[str]:
    """Give the styles that show a number as a percentage."""
    if not styles:
        return frozenset()
    tree = _tree(styles)
    codes = {"9": "%", "10": "%"}
    found: list[str] = []
    for node in tree:
        name = node.tag.rpartition("}")[2]
        if name == "numFmts":
            codes |= {one.get("numFmtId", ""): one.get("formatCode", "") for one in node}
        elif name == "cellXfs":
            found = [one.get("numFmtId", "") for one in node]
    return frozenset(str(at) for at, used in enumerate(found) if "%" in codes.get(used, ""))


def open_styles(styles: bytes) -> frozenset[str]:
    """Give the styles of cells that may be typed into where their sheet is protected."""
    tree = _tree(styles) if styles else ()
    cells = next((list(node) for node in tree if node.tag.rpartition("}")[2] == "cellXfs"), [])
    return frozenset(
        str(at) for at, one in enumerate(cells)
        if any(inner.get("locked") in ("0", "false") for inner in one if inner.tag.rpartition("}")[2] == "protection")
    )  # fmt: skip


def refuses(rules: Iterable[Rule], place: Place, value: Value) -> str:
    """Say which rule of their sheet a value breaks, as a spreadsheet shows it; empty where none does.

    Only rules that compare with plain numbers or words can be told; a rule that takes from other cells is left to the
    program that opens the workbook.
    """
    y, x = place
    for rule in rules:
        if any(a <= y <= c and b <= x <= d for a, b, c, d in rule.cells) and not _allowed(rule, value):
            return " ".join(filter(None, (rule.kind, rule.operator, rule.first, rule.second)))[:40]
    return ""


def _allowed(rule: Rule, value: Value) -> bool:
    if rule.kind == "list":
        given = re.fullmatch('"([^"]*)"', rule.first)
        return not given or str(value) in [word.strip() for word in given[1].split(",")]
    if rule.kind not in ("whole", "decimal"):
        return True
    if isinstance(value, str) or (rule.kind == "whole" and value % 1):
        return False
    try:
        first, second = Decimal(rule.first), Decimal(rule.second or "0")
    except ArithmeticError:
        return True
    return {
        "between": first <= value <= second, "notBetween": not first <= value <= second, "equal": value == first,
        "notEqual": value != first, "greaterThan": value > first, "lessThan": value < first,
        "greaterThanOrEqual": value >= first, "lessThanOrEqual": value <= first,
    }.get(rule.operator, True)  # fmt: skip


def stale(parts: Mapping[str, Part], changed: Mapping[str, Iterable[Place]]) -> dict[str, frozenset[Place]]:
    """Give the formulas, by sheet, that take from changed cells, directly or through others.

    Where a formula's sources cannot be told for certain (whole columns, names, shared formulas) it counts as stale.
    """
    dirty = {(sheet, place) for sheet, places in changed.items() for place in places}
    waiting = {
        (sheet, place): found.formula or ""
        for sheet, part in parts.items() for place, found in part.cells.items() if found.formula is not None
    }  # fmt: skip
    grown = bool(dirty)
    while grown:
        by_sheet: dict[str, set[Place]] = {}
        for sheet, place in dirty:
            by_sheet.setdefault(sheet, set()).add(place)
        new = {at for at, formula in waiting.items() if at not in dirty and _takes(at[0], formula, by_sheet)}
        grown = bool(new)
        dirty |= new
    found = {at for at in dirty if at in waiting}
    return {sheet: frozenset(place for other, place in found if other == sheet) for sheet in parts}


def _takes(sheet: str, formula: str, dirty: Mapping[str, set[Place]]) -> bool:
    bare = re.sub(r'"[^"]*"', '""', formula)
    if not bare or ("[" not in bare and (_UNCLEAR.search(bare) or _names(bare))):
        return True
    for quoted, plain, column, row, last_column, last_row in _REFERENCE.findall(bare):
        meant = quoted.replace("''", "'") or plain or sheet
        for a, b, c, d in ranges(f"{column}{row}:{last_column or column}{last_row or row}"):
            if any(a <= y <= c and b <= x <= d for y, x in dirty.get(meant, ())):
                return True
    return False


def _names(formula: str) -> bool:
    """Tell whether a formula uses a defined name: a word that is no reference, no function and no sheet."""
    rest = _REFERENCE.sub("", re.sub(r"'[^']*'!", "", formula))
    return any(word not in ("TRUE", "FALSE") for word in re.findall(r"[^\W\d][\w.]*(?![\w.(!])", rest))


def recalculated(workbook: bytes) -> bytes:
    """Ask for a calculation when the workbook is opened."""
    found = _CALC.search(workbook)
    if found:
        if b"fullCalcOnLoad" in found[2]:
            return workbook
        written = b'<%bcalcPr%b fullCalcOnLoad="1"%b>' % (found[1], found[2], found[3])
        return workbook[: found.start()] + written + workbook[found.end() :]
    for tag in (b"definedNames", b"externalReferences", b"sheets"):
        if end := re.search(rb"</((?:\w+:)?)%b>" % tag, workbook):
            new = b'<%bcalcPr fullCalcOnLoad="1"/>' % end[1]
            return workbook[: end.end()] + new + workbook[end.end() :]
    raise NotEditableError
