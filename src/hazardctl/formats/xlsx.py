"""Read xlsx and xls workbooks: values by calamine, as text that says exactly the same."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

from hazardctl.formats import marks
from hazardctl.formats.workbook import DAMAGED, MOST_DIGITS, Sheet, number
from hazardctl.limited import TaskError


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
    if kind == "xlsx":
        return marks.with_marks(found, data)
    from hazardctl.formats import biff

    return biff.with_marks(found, data)


def _sheet(book: Any, number: int, about: Any, kind: str) -> Sheet:
    if not str(about.typ).endswith("WorkSheet"):  # a chart, a macro
        return Sheet(about.name, [], hidden=True)
    sheet = book.get_sheet_by_index(number)
    joined = sheet.merged_cell_ranges if kind == "xls" else ()  # an xlsx would be unpacked once more for them
    merges = tuple((a, b, c, d) for (a, b), (c, d) in joined or ())
    rows = sheet.to_python(skip_empty_area=False)
    flags: dict[tuple[int, int], str] = {}
    for row, values in enumerate(rows):
        for at, value in enumerate(values):
            if value.__class__ is not str:
                values[at] = plain(value)
                if value.__class__ is float and not -MOST_DIGITS < value < MOST_DIGITS:
                    flags[row, at] = DAMAGED
    return Sheet(about.name, rows, merges, not str(about.visible).endswith(".Visible"), flags=flags)


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
