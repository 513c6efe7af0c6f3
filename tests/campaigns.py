"""Small campaigns in a folder, from the texts of their files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from textwrap import dedent

from hazardctl.load import Opened, opened
from hazardctl.rollup import roll_up
from hazardctl.statistics.table import Row, Table
from hazardctl.workspace import Workspace

TODAY = date(2024, 6, 30)

# A checklist nobody has seen: harbours, with fields, labels and tables of their own.
HARBOURS = """\
id: harbours
version: "1"
title: 渔港安全检查
starts: 2024-03-01
ends: 2024-06-30
categories:
  - code: A
    title: {zh: 码头, en: Quays}
    items:
      - {code: A.1, check: 护栏是否牢固？, source: 一1}
      - {code: A.2, check: 照明是否完好？, source: 一2, circumstances: [{code: A.2.a, check: 灯塔是否亮？}]}
  - code: B
    title: {zh: 船只, en: Boats}
    items:
      - {code: B.1, check: 救生衣是否够数？, source: 二1}
fields:
  - {key: category, label: 问题类别, required: true}
  - {key: item}
  - {key: found_on, label: 查出日期}
  - {key: berth, label: 泊位性质, type: choice, values: [{key: public, label: 公用}, {key: private, label: 自用}]}
  - {key: insured, label: 是否投保, type: yes_no}
  - {key: cost, label: 整改费用, type: money, unit: 万元}
  - {key: deadline, label: 限期}
  - {key: extended_to}
  - {key: status, label: 办理情况, required: true}
  - {key: done_on, label: 办结日期}
statuses: {unable: 无法办理, not_started: 尚未办理, in_progress: 办理中, done: 办结}
figures:
  - {key: boats, label: 渔船数, unit: 艘, kind: stock}
  - {key: checked, label: 已查船数, unit: 艘, kind: stock}
  - {key: trips, label: 出海艘次, unit: 艘次, kind: flow}
tables:
"""
FOUND = "- {id: t, title: 表, columns: [{label: 单位, value: unit}, {label: 总数, count: {}}%s]}"
"""A table that counts everything, with room for more columns."""
HEADINGS = "编号,问题类别,办理情况"


def campaign(
    root: Path,
    tables: str,
    units: str,
    files: Mapping[str, str] | None = None,
    more: str = "",
) -> Opened:
    """Make a campaign; `tables` are the YAML of the checklist's tables, `files` the units' files by path."""
    texts = {
        "campaign.yaml": f"name: 渔港检查\nchecklist: harbours@1\n{more}",
        "checklists/harbours/1.yaml": HARBOURS + indent(dedent(tables)),
        "units.csv": f"id,name,parent,kind,opened,closed\n{dedent(units)}",
        **{f"units/{name}": text for name, text in (files or {}).items()},
    }
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return opened(Workspace(root))


def indent(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())


def ledger(*rows: str, headings: str = HEADINGS) -> str:
    """Give a CSV ledger; ids are made up in order."""
    numbered = [f"H{number:03}-2222-3333,{row}" for number, row in enumerate(rows, 200)]
    return "\n".join([headings, *numbered]) + "\n"


def rolled(campaign: Opened, table: str | None = None, **asked: object) -> Table:
    """Roll a campaign up today."""
    return roll_up(campaign, table, **{"today": TODAY, **asked})  # type: ignore[arg-type]


def row(table: Table, unit: str) -> Row:
    """Give one row; the total is ""."""
    return next(found for found in table.rows if found.unit == unit)


def numbers(table: Table, unit: str) -> list[object]:
    """Give the figures of one row, in the columns' order, as they are printed."""
    return [None if value is None else str(value) for value in row(table, unit).values.values()]
