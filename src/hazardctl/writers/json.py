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
    inner = newline + "  "
    if isinstance(value, Mapping):
        keys = [json.dumps(key, ensure_ascii=False) for key in value]
        pairs = [f"{key}: {_written(one, inner)}" for key, one in zip(keys, value.values(), strict=True)]
        return f"{{{inner}{f',{inner}'.join(pairs)}{newline}}}" if pairs else "{}"
    if isinstance(value, list | tuple):
        parts = [_written(one, inner) for one in value]
        if all(isinstance(one, str) for one in value):
            return f"[{', '.join(parts)}]"
        return f"[{inner}{f',{inner}'.join(parts)}{newline}]"
    return format(value, "f") if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)
