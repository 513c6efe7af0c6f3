"""What stands behind a cell adds up to it: every cell of every table of every example, on each basis."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from campaigns import campaign, ledger
from conftest import ROOT, Run
from hazardctl import load
from hazardctl.load import Opened
from hazardctl.publishing import evidence, freeze, published, trace
from hazardctl.publishing.published import Wanted
from hazardctl.workspace import Workspace

TODAY = {"dachuan-2022": ("2022-09-30", "2022-08"), "detention-en": ("2022-12-31", "2022-10"),
         "safe-school-small": ("2023-12-31", "2023-09")}  # fmt: skip


def example(name: str, folder: Path) -> Opened:
    shutil.copytree(ROOT / "examples" / name, folder / name)
    return load.opened(Workspace(folder / name))


def adds_up(record: evidence.Record) -> int:
    """Say that each cell is the sum of what stands behind it; gives how many cells there were."""
    cells = 0
    for row in record.table.rows:
        for column in (column for column in record.table.columns if not column.value):
            behind = evidence.behind(record, row.unit, column)
            top, over = behind.sums
            told = trace.data(trace.Traced(record, row, column, behind), "zh")
            assert told["sum"] == sum((Decimal(one["adds"]) for one in told["rows"]), Decimal())
            if not column.over:
                assert (behind.value or 0) == top, (record.table.id, row.unit, column.key)
            elif behind.value is not None and over:
                scale, digits = (100, column.percent) if column.percent is not None else (1, column.decimals)
                places = 2 if digits is None else digits
                assert abs(Decimal(top) * scale / Decimal(over) - Decimal(behind.value)) <= Decimal(5).scaleb(
                    -places - 1
                )
            cells += 1
    return cells


@pytest.mark.parametrize("name", TODAY)
def test_every_cell_is_the_sum_of_what_trace_prints(name: str, tmp_path: Path) -> None:
    opened = example(name, tmp_path)
    today, period = date.fromisoformat(TODAY[name][0]), TODAY[name][1]
    tables = [table.id for table in opened.checklist.tables]
    cells = 0
    for table in tables:
        cells += adds_up(trace.record(opened, table, None, today=today))
        for basis in ("live", "submitted"):
            cells += adds_up(trace.record(opened, table, period, today=today, basis=basis))
    freeze.freeze(opened, period, today=today, incomplete="例")
    for table in tables:
        for basis in ("frozen", "restated"):
            cells += adds_up(trace.record(opened, table, period, today=today, basis=basis))
    assert cells > len(tables) * 10


@pytest.mark.parametrize("name", TODAY)
def test_every_number_on_a_page_leads_to_its_rows(name: str, tmp_path: Path) -> None:
    opened = example(name, tmp_path)
    day = date.fromisoformat(TODAY[name][0])
    for table in opened.checklist.tables:
        made = published.publish(opened, Wanted(table.id, trails=True), language="zh", files="zh", today=day)
        grid = made.document.grids[0]
        names = [trail.name for trail in grid.trails]
        links = [cell.link for row in grid.rows for cell in row.cells if cell.link]
        assert sorted(links) == sorted(names)
        assert len(names) == len(set(names))


INDICATORS = """\
- id: i
  title: 指标表
  layout: indicators
  columns:
    - {label: 单位, value: unit}
    - {label: 总数, key: found, code: "1", count: {}}
    - {label: 办结, key: done, code: "2", count: {status: done}}
    - {label: 渔船, key: boats, code: "3", figure: boats}
    - {label: 办结率, key: rate, code: "4", ratio: [done, found], percent: 1}
"""


def test_indicators_as_rows_lead_to_their_rows_too(tmp_path: Path, run: Run) -> None:
    opened = campaign(tmp_path, INDICATORS, "p,全市,,,,\na,甲,p,,,\nb,乙,p,,,\n", {
        "a/ledger.csv": ledger("A,办结", "A,办理中"), "b/ledger.csv": ledger("B,办结").replace("H200", "H300"),
        "a/figures.csv": "period,key,value\n2024-04,boats,7\n",
    })  # fmt: skip
    adds_up(trace.record(opened, "i", None, today=date(2024, 6, 30)))
    face = ("--campaign", tmp_path, "--lang", "zh", "--today", "2024-06-30")
    page = run(*face, "rollup", "--trace", "--format", "html").out
    assert 'href="#i-0-found"' in page
    assert 'id="i-0-found"' in page
    assert page.count('href="#i-0-') == 4, "the total of each indicator"
    wide = run(*face, "rollup", "--trace", "--level", "2", "--format", "html").out
    for unit, key in ((0, "found"), (1, "boats"), (2, "rate"), (3, "done")):
        assert f'href="#i-{unit}-{key}"' in wide
    told = run(*face, "trace", "i", "total", "办结率").out
    assert "分子" in told
    assert "units/b/ledger.csv" in told
    assert run(*face, "trace", "i", "甲", "渔船").out.count("units/a/figures.csv") == 1
