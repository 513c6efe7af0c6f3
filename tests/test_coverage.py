"""What tables ask for is held against what units are asked."""

from __future__ import annotations

import json
from pathlib import Path

from campaigns import campaign
from conftest import Run
from hazardctl.publishing import coverage

TABLES = """\
- id: one
  title: 甲表
  columns:
    - {label: 单位, value: unit}
    - {label: 总数, key: found, count: {}}
    - {label: 办结, key: done, count: {status: done}}
    - {label: 船, figure: boats}
- id: two
  title: 乙表
  columns:
    - {label: 单位, value: unit}
    - {label: 已整改数, key: fixed, count: {status: [done]}}
    - {label: 率, key: rate, ratio: [fixed, boats]}
"""


def test_coverage_says_what_is_derived_reported_the_same_and_unused(tmp_path: Path, run: Run) -> None:
    opened = campaign(tmp_path, TABLES, "a,甲,,,,\n")
    found = {f"{one.table}/{one.key}": one for one in coverage.cover(opened.checklist).indicators}
    assert {key: one.source for key, one in found.items()} == {
        "one/found": "derived",
        "one/done": "derived", "one/boats": "figure", "two/fixed": "derived", "two/rate": "both",
    }  # fmt: skip
    assert found["one/done"].same == ("two/fixed",)
    assert found["one/done"].differs
    done = run("--campaign", tmp_path, "coverage", "--format", "json")
    told = json.loads(done.out)
    assert told["unused"]["figures"] == ["checked", "trips"]
    assert "insured" in told["unused"]["fields"]
    assert done.code == 0
    assert "trips" in run("--campaign", tmp_path, "coverage").out
