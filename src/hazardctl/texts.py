"""What campaign.yaml and checklists are made of: records of strict fields, texts in one or several languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    Text = str | Mapping[str, str]
else:  # a file may name these languages only: `{zh: 甲, en: a, b}` has lost its quotes
    Text = str | Mapping[Literal["zh", "en"], str]
Names = tuple[str, ...]

STRICT: Mapping[str, Any] = {"extra": "forbid", "alias_generator": lambda name: name.rstrip("_"), "frozen": True}


class Record:
    """Compare and show a record by its fields; sixty classes that each make these for themselves cost every start."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]  # some fields are mappings

    def __eq__(self, other: object) -> bool:
        """Tell whether all fields are equal."""
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, each.name) == getattr(other, each.name) for each in fields(self))  # type: ignore[arg-type]

    def __repr__(self) -> str:
        """Show the fields by name."""
        said = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self))  # type: ignore[arg-type]
        return f"{type(self).__name__}({said})"
