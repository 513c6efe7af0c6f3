"""Draw a document's data for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hazardctl.document import Document


def draw(document: Document) -> str:
    """Draw a document as JSON; numbers keep every digit."""
    return _written(document.data, "\n") + "\n"


def file(document: Document) -> bytes:
    """Draw a document as the bytes of a JSON file."""
    return draw(document).encode()


def _written(value: Any, newline: str) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        keys = [json.dumps(key, ensure_ascii=False) for key in value]
        pairs = [f"{key}: {_written(inner, newline + '  ')}" for key, inner in zip(keys, value.values(), strict=True)]
        return _bracketed("{", pairs, "}", newline)
    if isinstance(value, list | tuple):
        return _bracketed("[", [_written(inner, newline + "  ") for inner in value], "]", newline)
    return json.dumps(value, ensure_ascii=False)


def _bracketed(opening: str, parts: list[str], closing: str, newline: str) -> str:
    if not parts:
        return opening + closing
    return f"{opening}{newline}  {f',{newline}  '.join(parts)}{newline}{closing}"
