"""The forms in which findings are given, one file each; the tuple fixes which there are."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # its name is wanted before anything is checked, when other processes are about to begin
    from hazardctl.check import Checked

REPORTERS: tuple[str, ...] = ("text", "json", "csv", "github", "sarif", "junit")


def reporter(name: str) -> Callable[[Checked], str]:
    """Give the function that writes what was checked in one of the forms."""
    return cast("Callable[[Checked], str]", importlib.import_module(f"hazardctl.reporters.{name}").write)
