"""What stands in the way of a command: each class owns its sentence and its exit code."""

from __future__ import annotations

from typing import Any, ClassVar

from hazardctl import i18n


class HazardError(Exception):
    """Something in the way: said in one sentence of the catalogue, ends the command with `exit_code`."""

    key: ClassVar[str] = "error.cannot_go_on"
    exit_code: ClassVar[int] = 3

    def __init__(self, **values: Any) -> None:
        super().__init__()
        self.values = values

    def __str__(self) -> str:
        return i18n.t(self.key, **self.values)

    def remedy(self) -> str:
        """Say what to do next; empty where there is nothing to add."""
        key = self.key.replace("error.", "remedy.", 1)
        return i18n.t(key, **self.values) if i18n.has(key) else ""


class UsageError(HazardError):
    """The command line asks for something that cannot be meant."""

    key = "error.usage"
    exit_code = 2
