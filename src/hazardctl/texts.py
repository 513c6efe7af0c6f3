"""A text in one or several languages, and how strictly a mapping of a YAML file is held to its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    Text = str | Mapping[str, str]
else:  # a file may name these languages only: `{zh: 甲, en: a, b}` has lost its quotes
    Text = str | Mapping[Literal["zh", "en"], str]
Names = tuple[str, ...]

STRICT: Mapping[str, Any] = {"extra": "forbid", "alias_generator": lambda name: name.rstrip("_"), "frozen": True}
