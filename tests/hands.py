"""What other programs and people do to a campaign's files, with nothing of ours: read, rewrite, count again."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Iterable
from pathlib import Path

import yaml

WORD = re.compile(rb"w\d+w")
COLUMNS = ("编号", "风险隐患类别", "风险隐患基本情况", "整改措施", "责任部门", "责任人", "完成时限", "整改状态", "备注")
FREE = ("风险隐患基本情况", "整改措施", "责任部门", "责任人", "备注")


def words(data: bytes) -> set[bytes]:
    """Give the marked words in a file; they are letters and figures, so that every encoding shows them."""
    return set(WORD.findall(data))


def words_in(paths: Iterable[Path]) -> set[bytes]:
    """Give the marked words in some files."""
    return set().union(*(words(path.read_bytes()) for path in paths if path.is_file()))


def rows(data: bytes, name: str) -> list[dict[str, str]]:
    """Read a ledger as any other program would."""
    if name.endswith(".yaml"):
        tree = yaml.load(data.decode("utf-8-sig"), Loader=yaml.BaseLoader)
        return list((tree or {}).get("entries") or [])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    return [row for row in csv.DictReader(io.StringIO(text, newline="")) if any(row.values())]


def rewritten(data: bytes, name: str, chance: random.Random, word: str) -> bytes:
    """Save a ledger as a person with Excel or an editor does: a cell changed, often sorted, at times rows gone."""
    found = rows(data, name)
    columns = list(dict.fromkeys([*(found[0] if found else ()), *COLUMNS]))
    kinds = ["cell"] * 4 + ["delete", "new", "nameless"]
    kind = chance.choice(kinds) if found else "new"
    if kind == "cell":
        chance.choice(found)[chance.choice(FREE)] = word
    elif kind == "delete":
        for row in chance.sample(found, min(len(found), chance.choice((1, 1, 3)))):
            found.remove(row)
    else:
        found.append(new_row(word, chance, named=kind == "new"))
    if chance.random() < 0.4:
        found.sort(key=lambda row: row.get("整改措施") or "")
    if chance.random() < 0.4:
        chance.shuffle(columns)
    return written(found, columns, name, chance)


def new_row(word: str, chance: random.Random, *, named: bool) -> dict[str, str]:
    """Make a row; people who copy a form may leave its id blank."""
    letters = "".join(chance.choice("23456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(11))
    cells = (
        f"H{letters[:3]}-{letters[3:7]}-{letters[7:]}" if named else "", "1", word, "更换门禁", "办公室", "张三",
        "2022-12-06", "整改中", "",
    )  # fmt: skip
    return dict(zip(COLUMNS, cells, strict=True))


def written(found: list[dict[str, str]], columns: list[str], name: str, chance: random.Random) -> bytes:
    """Write rows under columns, in one of the encodings that programs write."""
    if name.endswith(".yaml"):
        entries = [{column: row[column] for column in columns if row.get(column)} for row in found]
        return yaml.safe_dump({"entries": entries}, allow_unicode=chance.random() < 0.8, sort_keys=False).encode()
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator=chance.choice(("\r\n", "\n")))
    writer.writeheader()
    writer.writerows({column: row.get(column) or "" for column in columns} for row in found)
    return text.getvalue().encode(chance.choice(("utf-8", "utf-8-sig", "gb18030")))


def recount(folder: Path) -> dict[str, tuple[int, int]]:
    """Count every unit's entries, and those that are done, off its ledger."""
    counted = {}
    for path in sorted(folder.glob("units/*/ledger.*")):
        if path.name in ("ledger.csv", "ledger.yaml"):
            try:
                found = rows(path.read_bytes(), path.name)
            except (yaml.YAMLError, UnicodeDecodeError):  # half a file, or half a letter
                continue
            done = sum(row.get("整改状态") == "已整改" for row in found)
            counted[path.parent.name] = (len(found), done)
    return counted
