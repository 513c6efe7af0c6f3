"""Random histories of one ledger: a base, two people's edits of it, and the ways the file may look."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from hazardctl import load, parsing
from hazardctl.campaign import Campaign
from hazardctl.cells.terms import Terms
from hazardctl.formats import csv, yaml
from hazardctl.formats.encoding import Codec, Dress
from hazardctl.merging import questions
from office import CHECKLIST

Row = dict[str, str]
Rows = dict[str, Row]
Asked = Mapping[tuple[str, str], tuple[str, str]]
HEADINGS = {
    "id": "编号", "category": "风险隐患类别", "description": "风险隐患基本情况", "measures": "整改措施",
    "department": "责任部门", "owner": "责任人", "deadline": "完成时限", "status": "整改状态",
    "done_on": "整改完成时间", "result": "整改结果", "notes": "备注", "=x": "本所自加",
}  # fmt: skip
FREE = ("description", "measures", "department", "owner", "notes", "=x")
WORDS = (
    "更换门禁",
    "加装监控",
    "a,b",
    '说"好"',
    "两行\n两行",
    "张三",
    "李四",
    "王五、赵六",
    "=1+1",
    "　全角　",
    "0012",
)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@cache
def terms() -> Terms:
    checklist, findings = load.load_checklist(CHECKLIST, "1.yaml")
    assert not findings
    return Terms(Campaign(name="", checklist="trial@1"), checklist)


@dataclass
class Edits:
    """What one person did: cells by id and column, new rows, deleted ids."""

    cells: dict[tuple[str, str], str] = field(default_factory=dict)
    added: Rows = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)


def new_id(chance: random.Random) -> str:
    letters = "".join(chance.choice(ALPHABET) for _ in range(11))
    return f"H{letters[:3]}-{letters[3:7]}-{letters[7:]}"


def new_row(chance: random.Random, entry: str) -> Row:
    done = chance.random() < 0.3
    return {
        "id": entry, "category": chance.choice(["1", "2"]), "description": chance.choice(WORDS) + entry,
        "measures": chance.choice(WORDS), "department": "办公室", "owner": "张三", "deadline": "2022-09-06",
        "status": "已整改" if done else chance.choice(["未整改", "整改中"]), "done_on": "2022-09-01" if done else "",
        "result": "已换" if done else "", "notes": "", "=x": chance.choice(WORDS),
    }  # fmt: skip


def new_rows(chance: random.Random, count: int) -> Rows:
    return {entry: new_row(chance, entry) for entry in (new_id(chance) for _ in range(count))}


def edits(chance: random.Random, base: Rows, *, rows_too: bool = True) -> Edits:
    """Edit some cells of free fields; close, add and delete some entries."""
    made = Edits()
    for entry, row in base.items():
        if chance.random() < 0.3:
            column = chance.choice(FREE)
            made.cells[entry, column] = chance.choice([word for word in WORDS if word != row[column]])
        if row["status"] != "已整改" and chance.random() < 0.15:
            made.cells |= {(entry, "status"): "已整改", (entry, "done_on"): "2022-09-02", (entry, "result"): "好"}
    if rows_too:
        made.added = new_rows(chance, chance.randrange(3))
        made.deleted = {entry for entry in base if chance.random() < 0.05}
    return made


def edited(base: Rows, made: Edits) -> Rows:
    rows = {entry: dict(row) for entry, row in base.items() if entry not in made.deleted}
    for (entry, column), value in made.cells.items():
        if entry in rows:
            rows[entry][column] = value
    return rows | {entry: dict(row) for entry, row in made.added.items()}


def as_csv(rows: Rows, chance: random.Random | None = None, columns: tuple[str, ...] = tuple(HEADINGS)) -> bytes:
    """Write a ledger; with `chance` as another program would: its encoding, its columns and rows in any order."""
    order, entries, dress = list(columns), list(rows.values()), Dress("utf-8", "\n")
    if chance is not None:
        codecs: tuple[Codec, ...] = ("utf-8", "utf-8-sig", "gb18030")
        dress = Dress(chance.choice(codecs), chance.choice(["\n", "\r\n"]))
        chance.shuffle(order)
        if chance.random() < 0.5:
            entries.sort(key=lambda row: row["description"])
    return csv.write([HEADINGS[name] for name in order], [[row[name] for name in order] for row in entries], dress)


def as_yaml(rows: Rows) -> bytes:
    return yaml.dump(
        {"entries": [{HEADINGS[name]: value for name, value in row.items() if value} for row in rows.values()]}
    ).encode()


def content(data: bytes, path: str = "ledger.csv") -> Mapping[str, Mapping[str, str]]:
    """Read a ledger back: what each entry says, by canonical field."""
    found, findings = parsing.parse(data, path, "", terms())
    assert not findings, findings
    if found is None:
        return {}
    names = [key or "=x" for key in found.keys]
    records = [dict(zip(names, row, strict=True)) for row in found.rows]
    return {row["id"]: {name: value.replace("\r\n", "\n") for name, value in row.items() if value} for row in records}


def said(rows: Rows) -> Mapping[str, Mapping[str, str]]:
    return {entry: {name: value for name, value in row.items() if value} for entry, row in rows.items()}


def mistakes(
    base: Rows, mine: Rows, yours: Rows, merged: Mapping[str, Mapping[str, str]], asked: Asked, *, crossed: bool = False
) -> list[str]:
    """List what a merge did wrong, by a plain account of its own; `asked` has the candidates by id and column.

    Where histories crossed, git makes a base of its own: what stands in a cell in question is up to that.
    """
    wrong = [f"{entry}: never was" for entry in merged.keys() - base.keys() - mine.keys() - yours.keys()]
    for entry in base.keys() | mine.keys() | yours.keys():
        before, one, other = (side.get(entry) for side in (base, mine, yours))
        found = merged.get(entry)
        if one is None and other is None:
            wrong += [f"{entry}: came back"] if found is not None and not crossed else []
        elif found is None:
            untouched = before is not None and (one or other) == before and None in (one, other)
            wrong += [] if untouched else [f"{entry}: lost"]
        elif before is None or one is None or other is None:
            wrong += _of_one_side(entry, before, one or other or {}, found, asked, crossed=crossed)
        else:
            for column in HEADINGS:
                values = (before[column], one[column], other[column])
                wrong += _of_a_cell(
                    f"{entry} {column}", values, found.get(column, ""), asked.get((entry, column)), crossed
                )
    return wrong


def _of_one_side(
    entry: str, before: Row | None, side: Row, found: Mapping[str, str], asked: Asked, *, crossed: bool
) -> list[str]:
    """Judge a row that is new on one side, or deleted on one and changed on the other: then it stays, and is asked."""
    wrong = []
    for column in HEADINGS:
        value, new, in_question = found.get(column, ""), side[column], (entry, column) in asked
        if value != (before or side)[column] and not (crossed and (in_question or value == new)):
            wrong.append(f"{entry} {column}: {value!r}, was {before and before[column]!r}, then {new!r}")
        if before and new != before[column] and not in_question and value != new:
            wrong.append(f"{entry} {column}: not asked")
    return wrong


def _of_a_cell(
    where: str, values: tuple[str, str, str], value: str, asked: tuple[str, str] | None, crossed: bool
) -> list[str]:
    before, one, other = values
    if asked is not None:
        kept = {one, other} <= {*asked} | (set() if crossed else {before}) and (crossed or value == before)
        return [] if kept else [f"{where}: {value!r} of {values}, asked {asked}"]
    if before not in (one, other) and one != other:
        return [f"{where}: not asked"]
    right = other if one == before else one
    return [] if value == right else [f"{where}: {value!r} of {values}"]


def asked_in(data: bytes) -> Asked:
    """Read the candidates in a conflict file."""
    found = questions.read(data, "") if data else []
    return {(one.id, "=x" if one.field == HEADINGS["=x"] else one.field): (one.ours, one.theirs) for one in found}
