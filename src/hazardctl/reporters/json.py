"""Findings for programs."""

from __future__ import annotations

import json

from hazardctl.check import Checked
from hazardctl.findings import as_json, summary

SCHEMA_VERSION = 1


def write(checked: Checked) -> str:
    """Write the findings as one JSON object: `schema_version`, `findings`, `summary`."""
    counts = summary(checked.findings) | {"units": len(checked.results), "entries": checked.entries}
    whole = {
        "schema_version": SCHEMA_VERSION,
        "findings": [as_json(finding) for finding in checked.findings],
        "summary": counts,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
