"""Find in an xls workbook what calamine leaves out: hidden rows and columns, failed formulas, how numbers show.

source: [MS-XLS]; only BIFF8, which Excel 97 and everything later writes. Older files are read without this, and say so.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from hazardctl.formats import compound
from hazardctl.formats.numberformats import Shown, shown_by
from hazardctl.formats.workbook import FAILED, Sheet, counted_from_1904, marked

_BOF, _EOF, _BOUNDSHEET, _DATEMODE, _FORMAT, _XF = 0x809, 0x0A, 0x85, 0x22, 0x41E, 0xE0
_ROW, _COLINFO, _FORMULA, _BOOLERR, _NUMBER, _RK, _MULRK = 0x208, 0x7D, 0x06, 0x205, 0x203, 0x27E, 0xBD
_BIFF8 = 0x600
_DEEPEST = 16  # sheets inside sheets: charts that are drawn on one
_WIDEST = 256
Record = tuple[int, bytes]


def with_marks(sheets: list[Sheet], data: bytes) -> list[Sheet]:
    """Give the sheets with what their records tell; marked `untold` where these cannot be followed."""
    try:
        return _with_marks(sheets, data)
    except (struct.error, ValueError, IndexError):
        return [sheet._replace(untold=True) for sheet in sheets]


def _with_marks(sheets: list[Sheet], data: bytes) -> list[Sheet]:
    stream = data if data[:2] == b"\x09\x08" else compound.stream(data, "Workbook")
    begins, styles, from_1904 = _book(stream)
    found = [_marked(sheet, _records(stream, at), styles) for sheet, at in zip(sheets, begins, strict=True)]
    return [counted_from_1904(sheet) for sheet in found] if from_1904 else found


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """Give the records of the part that begins there; parts inside it, such as charts, are passed over."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _BOF:
            depth += 1
            if depth == 1 and struct.unpack_from("<H", body)[0] != _BIFF8:
                raise ValueError(body[:2])
            if depth > _DEEPEST:
                raise ValueError("depth")
        elif kind == _EOF:
            depth -= 1
            if depth < 1:
                return
        if depth == 1:
            yield kind, body


def _book(stream: bytes) -> tuple[list[int], dict[int, Shown], bool]:
    """Give where sheets begin, the styles that show a number as something else, and whether days count from 1904."""
    begins: list[int] = []
    codes: dict[int, str] = {}
    used: list[int] = []
    from_1904 = False
    for kind, body in _records(stream, 0):
        if kind == _BOUNDSHEET:
            begins.append(struct.unpack_from("<I", body)[0])
        elif kind == _FORMAT:
            number, length, wide = struct.unpack_from("<HHB", body)
            codes[number] = body[5:].decode("utf-16-le" if wide & 1 else "latin-1", "replace")[:length]
        elif kind == _XF:
            used.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _DATEMODE:
            from_1904 = body[:1] == b"\x01"
    shown = {at: shown_by(str(number), codes.get(number), from_1904=from_1904) for at, number in enumerate(used)}
    return begins, {at: show for at, show in shown.items() if show}, from_1904


def _marked(sheet: Sheet, records: Iterator[Record], styles: Mapping[int, Shown]) -> Sheet:
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    failed: list[tuple[int, int]] = []
    styled: list[tuple[int, int, int]] = []
    for kind, body in records:
        if kind == _ROW:
            if body[12] & 0x20:
                hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLINFO:
            first, last, _, _, more = struct.unpack_from("<5H", body)
            if more & 1:
                hidden_columns.update(range(first, min(last + 1, _WIDEST)))
        elif kind in (_FORMULA, _BOOLERR, _NUMBER, _RK, _MULRK):
            row, column, style = struct.unpack_from("<3H", body)
            if (kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2) or (kind == _BOOLERR and body[7]):
                failed.append((row, column))
            elif kind == _MULRK:
                count = (len(body) - 6) // 6
                styled += [(row, column + at, struct.unpack_from("<H", body, 4 + 6 * at)[0]) for at in range(count)]
            else:
                styled.append((row, column, style))
    shown = [(row, column, styles[style]) for row, column, style in styled if style in styles]
    flags = {**sheet.flags, **dict.fromkeys(failed, FAILED)}
    return marked(sheet, flags, shown)._replace(
        hidden_rows=frozenset(hidden_rows), hidden_columns=frozenset(hidden_columns)
    )
