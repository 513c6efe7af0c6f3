"""Writers: each draws a document as one kind of file, and sees nothing but the document."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Protocol, cast

from hazardctl.document import Document

WRITERS: tuple[str, ...] = ("text", "csv", "json", "md", "html", "xlsx")
SUFFIXES: Mapping[str, str] = {
    ".txt": "text", ".csv": "csv", ".json": "json", ".md": "md", ".html": "html", ".htm": "html",
    ".xlsx": "xlsx",
}  # fmt: skip
BINARY: tuple[str, ...] = ("xlsx",)
"""Kinds of file that no terminal shows: they have no `draw`."""


class Writer(Protocol):
    """What a module of this package offers."""

    def draw(self, document: Document) -> str:
        """Draw a document."""
        ...

    def file(self, document: Document) -> bytes:
        """Draw a document as the bytes of a file."""
        ...


def named(name: str) -> Writer:
    """Give a writer by its name."""
    return cast("Writer", importlib.import_module(f"hazardctl.writers.{name}"))
