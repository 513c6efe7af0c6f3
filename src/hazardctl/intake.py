"""Read entries that another program hands over: lines of JSON, a JSON list, or CSV with a heading row."""

from __future__ import annotations

import json
from typing import Any

from hazardctl.errors import UsageError
from hazardctl.formats import csv
from hazardctl.formats.encoding import UndecodableError, decode
from hazardctl.i18n import t


def records(data: bytes) -> list[dict[str, str]]:
    """Read entries as mappings of field name to text; raises UsageError where they are none."""
    try:
        text, _ = decode(data)
    except UndecodableError:
        raise UsageError(sentence=t("add.input_encoding")) from None
    first = text.lstrip("\ufeff \t\r\n")[:1]
    if not first:
        raise UsageError(sentence=t("add.input_empty"))
    if first in "{[":
        return [_record(number, value) for number, value in enumerate(_json(text), 1)]
    sheet = csv.read(data, "-")
    if sheet.findings:
        raise UsageError(sentence=f"{sheet.findings[0].line}: {sheet.findings[0].message()}")
    if not sheet.rows:
        raise UsageError(sentence=t("add.input_empty"))
    return [{name: cell for name, cell in zip(sheet.header, row, strict=True) if cell} for row in sheet.rows]


def _json(text: str) -> list[Any]:
    try:
        if text.lstrip().startswith("["):
            value = json.loads(text)
            return list(value)
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise UsageError(sentence=t("add.input_json", line=line)) from None


def _record(number: int, value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise UsageError(sentence=t("add.input_record", number=number))
    record = {}
    for name, cell in value.items():
        if cell is None:
            continue
        if isinstance(cell, list) and all(isinstance(word, str) for word in cell):
            record[name] = "、".join(cell)
        elif isinstance(cell, str | int | float) and not isinstance(cell, bool):
            record[name] = str(cell)
        else:
            raise UsageError(sentence=t("add.input_record", number=number))
    return record
