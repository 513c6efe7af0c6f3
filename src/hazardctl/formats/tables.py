"""Parse files into sheets: the child's side of reading workbooks.

It imports as little as it can, and what an xlsx needs at once: while the parent still looks through the file.
"""

from __future__ import annotations

import base64
import gc
from collections.abc import Mapping, Sequence
from typing import Any

from hazardctl.formats import xlsx
from hazardctl.formats.workbook import packed, tidy
from hazardctl.limited import TaskError


def parse_all(payload: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Parse files; what is wrong with one of them is said in its place."""
    gc.disable()  # this process lives for one task
    answers: list[dict[str, Any]] = []
    for asked in payload:
        try:
            answers.append({"sheets": parse(base64.b64decode(asked["data"]), asked["kind"])})
        except TaskError as error:
            said = {key: str(value) for key, value in error.values.items() if key != "code"}
            answers.append({"fault": error.code, "values": said})
        except (ValueError, LookupError, OverflowError) as error:  # numbers and names that a damaged file makes up
            answers.append({"fault": "damaged", "values": {"part": f"{type(error).__name__}: {error}"[:80]}})
    return answers


def parse(data: bytes, kind: str) -> list[dict[str, Any]]:
    """Parse one file into sheets as JSON can hold them; blank tails are cut off."""
    if kind in ("xlsx", "xls"):
        sheets = xlsx.parse(data, kind)
    elif kind == "ods":
        from hazardctl.formats import ods

        sheets = ods.parse(data)
    elif kind == "docx":
        from hazardctl.formats import docx

        sheets = docx.parse(data)
    elif kind == "html":
        from hazardctl.formats import html

        sheets = html.parse(data)
    else:
        from hazardctl.formats import listed

        sheets = listed.parse(data, kind)
    return [packed(tidy(sheet)) for sheet in sheets]
