"""Findings as notes beside the lines of a change, as GitHub Actions and Gitea read them."""

from __future__ import annotations

from hazardctl import text
from hazardctl.check import Checked
from hazardctl.findings import Finding, Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def write(checked: Checked) -> str:
    """Write one workflow command a finding."""
    return "".join(_command(finding) + "\n" for finding in checked.findings)


def _command(finding: Finding) -> str:
    places = {
        "file": finding.path,
        "line": str(finding.line or 1),
        "col": str(finding.column or 1),
        "title": finding.code,
    }
    values = ",".join(f"{name}={_escaped(value, inside=True)}" for name, value in places.items())
    words = "\n".join(filter(None, finding.told()))
    return f"::{_LEVELS[finding.severity]} {values}::{_escaped(words)}"


def _escaped(value: str, *, inside: bool = False) -> str:
    value = "\n".join(text.escape(line) for line in value.split("\n"))
    value = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return value.replace(":", "%3A").replace(",", "%2C") if inside else value
