"""What a user would do instead: the same question put to other programs, each as its manual shows it.

A table by unit and status, without any checks, over all ledgers; and ten rules on all rows in one file.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import shutil
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path

Command = Sequence[str]

PANDAS = """
import glob, pandas as pd
paths = sorted(glob.glob("units/*/ledger.csv"))
rows = pd.concat([pd.read_csv(path, dtype=str).assign(unit=path.split("/")[1]) for path in paths])
print(rows.groupby(["unit", "整改状态"]).size().unstack(fill_value=0).to_csv())
"""
POLARS = """
import polars as pl
rows = pl.scan_csv("units/*/ledger.csv", infer_schema=False, include_file_paths="path")
print(rows.group_by("path", "整改状态").len().collect().write_csv())
"""
DUCKDB = """
import duckdb
asked = '''select filename, "整改状态", count(*) from read_csv('units/*/ledger.csv', all_varchar=true, filename=true)
group by all'''
print(duckdb.sql(asked).fetchall())
"""
RULES = """
import pathlib, sys
sys.modules["pyspark"] = None  # it is there for the engines: pandera would load it for 0.3 s
import {engine} as frames
import {pandera} as pa
day = pa.Check.str_matches(r"^\\\\d{{4}}-\\\\d\\\\d-\\\\d\\\\d$")
filled = pa.Check.str_length(min_value=1)
text = pa.Column(str, filled)
schema = pa.DataFrameSchema({{
    "编号": pa.Column(str, pa.Check.str_matches(r"^H[0-9A-Z-]{{13}}$"), unique=True),
    "风险隐患类别": pa.Column(str, pa.Check.isin(["1", "2", "3"])),
    "检查项": pa.Column(str, pa.Check.str_matches(r"^[123]\\\\.\\\\d+$")),
    "风险隐患基本情况": text, "整改措施": text, "责任部门": text, "责任人": text,
    "完成时限": pa.Column(str, day), "发现时间": pa.Column(str, day),
    "整改状态": pa.Column(str, pa.Check.isin(["无法整改", "未整改", "整改中", "已整改"])),
}})
ledgers = sorted(pathlib.Path(sys.argv[2]).glob("units/*/ledger.csv"))
rows = {read}
print(len(schema.validate(rows, lazy=True)))
"""
PANDERA = {
    "pandera on pandas": ("pandas", "pandera.pandas", "frames.read_csv(sys.argv[1], dtype=str, keep_default_na=False)"),
    "pandera on pandas, ledgers put together by it": (
        "pandas",
        "pandera.pandas",
        "frames.concat(frames.read_csv(path, dtype=str, keep_default_na=False) for path in ledgers)",
    ),
    "pandera on polars": (
        "polars",
        "pandera.polars",
        'frames.read_csv(sys.argv[1], infer_schema=False, missing_utf8_is_empty_string=True).sort("编号")',
    ),
}
LEDGERS = """
import pathlib, sys
from frictionless import Schema, system, validate
schema = Schema.from_descriptor(sys.argv[1])
with system.use_context(trusted=True):
    paths = sorted(map(str, pathlib.Path(sys.argv[2]).glob("units/*/ledger.csv")))
    print(sum(validate(path, schema=schema).valid for path in paths), "of", len(paths))
"""
STATUSES = ["无法整改", "未整改", "整改中", "已整改"]


def installed(*modules: str) -> bool:
    """Tell whether Python packages are there."""
    return all(importlib.util.find_spec(name.partition(".")[0]) for name in modules)


def tables() -> dict[str, Command]:
    """Give the programs that add up the ledgers of the folder they are started in, those that are installed."""
    found: dict[str, Command] = {}
    for name, module, code in (
        ("pandas concat + groupby", "pandas", PANDAS),
        ("polars scan_csv", "polars", POLARS),
        ("duckdb read_csv", "duckdb", DUCKDB),
    ):
        if installed(module):
            found[name] = (sys.executable, "-c", code)
    if shutil.which("mlr"):
        found["miller count"] = (
            "sh", "-c", "mlr --icsv --ojson put '$unit=FILENAME' then count -g unit,整改状态 units/*/ledger.csv",
        )  # fmt: skip
    if stack := shutil.which("csvstack", path=sysconfig.get_path("scripts")):
        cut = Path(stack).with_name("csvcut")
        found["csvkit csvstack, csvcut"] = (
            "sh",
            "-c",
            f"{stack} units/*/ledger.csv | {cut} -c 整改状态 | sort | uniq -c",
        )
    return found


def checks(rows: Path, campaign: Path) -> dict[str, Command]:
    """Give the programs that check the rows of one file, or the ledgers of a campaign, those that are installed.

    Frictionless takes no two files of one name at once: ledgers are given to it one by one, in one process.
    """
    found: dict[str, Command] = {}
    for name, (engine, pandera, read) in PANDERA.items():
        if installed(engine, pandera):
            code = RULES.format(engine=engine, pandera=pandera, read=read).replace("\\\\", "\\")
            found[name] = (sys.executable, "-c", code, str(rows), str(campaign.resolve()))
    if frictionless := shutil.which("frictionless", path=sysconfig.get_path("scripts")):
        schema = rows.with_name("schema.json")
        schema.write_text(json.dumps(_schema()), encoding="utf-8")
        found["frictionless validate"] = (frictionless, "validate", rows.name, "--schema", schema.name)
        found["frictionless, ledger by ledger"] = (sys.executable, "-c", LEDGERS, str(schema), str(campaign.resolve()))
    return found


def _schema() -> Mapping[str, object]:
    """Give ten rules in the words of Frictionless; a day is one that the calendar has, as it is for us."""
    rules: Mapping[str, Mapping[str, object]] = {
        "编号": {"pattern": "H[0-9A-Z-]{13}", "required": True, "unique": True},
        "风险隐患类别": {"enum": ["1", "2", "3"], "required": True},
        "检查项": {"pattern": r"[123]\.\d+", "required": True},
        **{key: {"required": True} for key in ("风险隐患基本情况", "整改措施", "责任部门", "责任人")},
        "完成时限": {"required": True},
        "整改状态": {"enum": STATUSES, "required": True},
        "发现时间": {"required": True},
        "整改完成时间": {},
        "整改结果": {},
    }
    days = {"完成时限", "发现时间", "整改完成时间"}
    fields = [
        {"name": name, "type": "date" if name in days else "string", "constraints": rule}
        for name, rule in rules.items()
    ]
    return {"fields": fields}


def one_file(campaign: Path, path: Path) -> int:
    """Put the rows of all ledgers into one file, for programs that check one; gives how many."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        for number, ledger in enumerate(sorted(campaign.glob("units/*/ledger.csv"))):
            with ledger.open(encoding="utf-8-sig", newline="") as source:
                rows = list(csv.reader(source))
            writer.writerows(rows[bool(number) :])
            count += len(rows) - 1
    return count
