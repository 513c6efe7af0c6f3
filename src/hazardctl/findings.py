"""What is wrong in people's files, said so that they can mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from hazardctl import i18n, text
from hazardctl.records import immutable

# What only the checks know to add to a finding about a cell; whoever else makes one may leave it out.
_LEFT_OUT = dict.fromkeys(("label", "allowed", "example", "meant", "reason", "shown", "guess"), "")
LONGEST_SHOWN = 60  # characters of a value that a message shows


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


RANK: Mapping[str, int] = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@immutable
class Finding:
    """One thing wrong in a file: place, code, and the values its message is made of.

    `path` is relative to the campaign's folder, with forward slashes; `line` and `column` count from 1, 0 where the
    whole file is meant. The message itself is made on demand, in the language asked for.
    """

    code: str
    severity: Severity
    path: str
    line: int = 0
    column: int = 0
    unit: str = ""
    entry: str = ""
    field: str = ""
    value: str = ""
    args: tuple[tuple[str, str], ...] = ()
    source: str = ""  # the line as it stands in the file, for the caret

    def message(self) -> str:
        """Say what is wrong, in the language in force."""
        return self._message(self._values())

    def remedy(self) -> str:
        """Say what to do about it; empty where the message already does."""
        return self._remedy(self._values())

    def told(self) -> tuple[str, str]:
        """Give the message and the remedy: there may be very many findings."""
        values = self._values()
        return self._message(values), self._remedy(values)

    def _message(self, values: Mapping[str, str]) -> str:
        return i18n.t(f"finding.{self.code}", **values)

    def _remedy(self, values: Mapping[str, str]) -> str:
        for name in ("guess", "suggestion"):
            if values.get(name) and i18n.has(f"remedy.{self.code}.{name}"):
                return i18n.t(f"remedy.{self.code}.{name}", **values).strip()
        return i18n.t(f"remedy.{self.code}", **values).strip() if i18n.has(f"remedy.{self.code}") else ""

    def _values(self) -> dict[str, str]:
        values = {"path": self.path, "unit": self.unit, "entry": self.entry, "field": self.field, "value": self.value}
        values = {**_LEFT_OUT, **values, **dict(self.args)}
        values["typed"] = self.field if i18n.language() == "en" else _typed(values["label"]) or self.field
        if i18n.has(key := f"reason.{values.get('reason', '')}"):
            values["reason"] = i18n.t(key, **{"first": "", "second": "", "said": "", "is": "", "unit": "", **values})
        if "problem" in values:
            values["problem"] = i18n.others(values["problem"])
        return {name: shown(value) if value else "" for name, value in values.items()}


def _typed(label: str) -> str:
    """Give a field's label as it can be typed in a command: in one piece, with nothing a shell reads otherwise."""
    return label if label.isalnum() else ""


def shown(value: str) -> str:
    """Show a value so that it does no harm to a terminal and does not flood it."""
    whole = text.escape(value)
    return whole if len(whole) <= LONGEST_SHOWN else whole[: LONGEST_SHOWN - 1] + "…"


def order(finding: Finding) -> tuple[str, int, int, str, str]:
    """Sort findings by place, then code: one order on every machine."""
    return (finding.path, finding.line, finding.column, finding.code, finding.value)


def summary(findings: Iterable[Finding]) -> dict[str, int]:
    """Count findings by severity."""
    counts = {severity.value: 0 for severity in Severity}
    for finding in findings:
        counts[finding.severity.value] += 1
    return counts


def as_json(finding: Finding) -> dict[str, Any]:
    """Give a finding as scripts get it (`check --format json`)."""
    message, remedy = finding.told()
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "unit": finding.unit,
        "entry": finding.entry,
        "field": finding.field,
        "value": finding.value,
        "message": message,
        "remedy": remedy,
    }
