"""Findings in SARIF 2.1.0, as editors and code hosts read them."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from hazardctl import explain
from hazardctl.check import Checked
from hazardctl.findings import Finding


def write(checked: Checked) -> str:
    """Write one SARIF log with the rules that had something to say."""
    codes = sorted({finding.code for finding in checked.findings})
    driver = {
        "name": "hazardctl",
        "version": version("hazardctl"),
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes.index(finding.code)) for finding in checked.findings],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    page = explain.page(code)
    return {
        "id": code,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.words or page.title},
        "defaultConfiguration": {"level": page.severity.value},
    }


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    words = " ".join(filter(None, finding.told()))
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.path)}}
    if finding.line:
        location["region"] = {"startLine": finding.line, "startColumn": max(finding.column, 1)}
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity.value,
        "message": {"text": words},
        "locations": [{"physicalLocation": location}],
    }
