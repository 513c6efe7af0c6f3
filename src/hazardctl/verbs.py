"""Let a module be called like the verb it is named after: `hazardctl.check(campaign)`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from types import ModuleType
from typing import Any


class Verb(ModuleType):
    """A module that is called as its `verb`."""

    verb: Callable[..., Any]

    def __call__(self, *args: Any, **values: Any) -> Any:
        """Do what the module is named after."""
        return self.verb(*args, **values)


def named_after(module: str) -> None:
    """Make a module callable; it defines `verb`."""
    sys.modules[module].__class__ = Verb


def day(given: date | None) -> date:
    """Give the day asked for, else today's on the clerk's own calendar."""
    return given or date.today()  # noqa: DTZ011 -- the clerk's own calendar day
