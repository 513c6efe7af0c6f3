"""Findings as failed tests, as build servers show them: a suite for each file, a test for each finding."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from hazardctl import text
from hazardctl.check import Checked
from hazardctl.findings import Finding, Severity


def write(checked: Checked) -> str:
    """Write JUnit XML; warnings and notes pass, with what they say as output."""
    files: dict[str, list[Finding]] = {path: [] for result in checked.results for path in result.files}
    for finding in checked.findings:
        files.setdefault(finding.path, []).append(finding)
    failed = sum(finding.severity == Severity.ERROR for finding in checked.findings)
    tests = sum(max(len(found), 1) for found in files.values())
    suites = "".join(_suite(path, found) for path, found in sorted(files.items()))
    head = f'<testsuites name="hazardctl" tests="{tests}" failures="{failed}">\n'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{suites}</testsuites>\n'


def _suite(path: str, found: Iterable[Finding]) -> str:
    cases = [_case(path, finding) for finding in found] or [
        f"    <testcase classname={_quoted(path)} name={_quoted(path)}/>\n"
    ]
    failed = sum(finding.severity == Severity.ERROR for finding in found)
    return (
        f'  <testsuite name={_quoted(path)} tests="{len(cases)}" failures="{failed}">\n{"".join(cases)}  </testsuite>\n'
    )


def _case(path: str, finding: Finding) -> str:
    name = f"{finding.code} {finding.line}:{finding.column}"
    message, remedy = finding.told()
    if finding.severity == Severity.ERROR:
        inner = (
            f"<failure type={_quoted(finding.code)} message={_quoted(message)}>{escape(text.escape(remedy))}</failure>"
        )
    else:
        inner = f"<system-out>{escape(text.escape(message))}</system-out>"
    return f"    <testcase classname={_quoted(path)} name={_quoted(name)}>{inner}</testcase>\n"


def _quoted(value: str) -> str:
    return quoteattr(text.escape(value))
