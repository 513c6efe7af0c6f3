"""Make a campaign of any size for measuring: `python benchmarks/generate.py FOLDER --units 20 --rows 50`.

The same seed gives the same bytes. The checklist is community-correction@2022.1; the units stand on three levels. A
ledger is CSV or YAML; workbooks come into a campaign by `hazardctl import`, so a share of them lies beside ledgers
(`--xlsx`) or waits to be imported (`--waiting`).
"""

from __future__ import annotations

import argparse
import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from hazardctl.document import Cell, Document, Grid, GridColumn, GridRow
from hazardctl.entry import new_id
from hazardctl.writers import xlsx

WORKBOOK = "隐患台账.xlsx"
CAMPAIGN = """\
name: {zh: 测量用的活动, en: A campaign for measuring}
checklist: community-correction@2022.1
starts: 2022-08-01
ends: 2022-09-30
locale: zh
"""
HEADINGS = {  # field: the official label, and a heading clerks use
    "id": ("编号", "隐患编号"),
    "category": ("风险隐患类别", "隐患类别"),
    "item": ("检查项", "检查项目"),
    "description": ("风险隐患基本情况", "存在问题"),
    "measures": ("整改措施", "整治措施"),
    "department": ("责任部门", "责任单位"),
    "owner": ("责任人", "整改责任人"),
    "deadline": ("完成时限", "整改期限"),
    "status": ("整改状态", "处理进度"),
    "found_on": ("发现时间", "检查时间"),
    "done_on": ("整改完成时间", "完成日期"),
    "result": ("整改结果", "整改成效"),
}
STATUSES = ("无法整改", "未整改", "整改中", "已整改")
WEIGHTS = (3, 17, 35, 45)
PROBLEMS = (
    *("档案缺少走访记录，抽查三户均无签字", "定位设备电量不足，系统未及时提醒", "请销假手续不全，缺少审批单"),
    *("值班登记有空白，交接未写时间", "教育学习签到不全，代签两处", "应急预案没有演练，人员不熟悉分工"),
)
MEASURES = (
    *("补齐记录并逐户走访，所长每周抽查", "更换设备，每日巡查并登记", "重新登记，专人审核后归档"),
    *("制定值班表并抽查，缺岗通报", "开展补课，建立台账并复核", "组织一次演练，留存影像资料"),
)
DEPARTMENTS = ("社区矫正管理股", "办公室", "司法所", "法制股", "装备财务股")
OWNERS = ("王建国", "李秀英", "张伟", "刘洋", "陈静", "杨帆")
PARTS = (
    *("三楼", "东侧", "仓库", "配电箱", "走廊", "门口", "值班室", "未按规定", "堆放杂物", "过期", "损坏", "无记录"),
    *("缺失", "漏水", "上锁", "老化", "裸露", "不足", "没有登记", "无人签字", "逾期", "松动", "遮挡", "超负荷"),
)
ITEMS = {"1": 5, "2": 13, "3": 6}
BROKEN = {"status": "差不多了", "deadline": "2022-13-40", "category": "9.9", "owner": "", "done_on": "?", "id": ""}
FIGURES = {"key_persons": 40, "not_received": 3, "absconded": 2, "supervised": 300, "located": 300}
FIGURES |= {"visits": 500, "penalties": 9, "education": 200, "support": 80}  # the most a unit reports


@dataclass(frozen=True, slots=True)
class Wish:
    """What a campaign is to be like; shares lie between 0 and 1."""

    units: int = 20
    rows: int = 50
    seed: int = 1
    gbk: float = 0.0  # ledgers in GBK instead of UTF-8 with BOM
    yaml: float = 0.0  # ledgers in YAML instead of CSV
    drifted: float = 0.0  # ledgers under other headings than the official ones
    broken: float = 0.0  # rows with something wrong in one cell
    own: float = 0.0  # rows that say in words of their own what is wrong and what is done
    spelt: float = 0.0  # deadlines as clerks spell them, each a note of `check`
    figures: float = 0.0  # units with figures beside the ledger
    xlsx: float = 0.0  # units whose ledger was imported from a clerk's workbook, which still lies beside it
    waiting: float = 0.0  # units that have such a workbook and no ledger yet: nobody has imported it


def generate(folder: Path, wish: Wish) -> None:
    """Write the campaign."""
    chance = random.Random(wish.seed)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8", newline="\n")
    _write(folder / "units.csv", ("id", "name", "parent", "kind", "opened", "closed"), _units(wish.units), gbk=False)
    taken: set[str] = set()
    for number in range(wish.units):
        home = folder / "units" / f"u{number + 1:05}"
        home.mkdir(parents=True, exist_ok=True)
        rows = [_entry(chance, wish, taken) for _ in range(wish.rows)]
        drifted = chance.random() < wish.drifted
        titles = [names[drifted] for names in HEADINGS.values()]
        wait = wish.waiting > 0 and chance.random() < wish.waiting
        if wait or (wish.xlsx > 0 and chance.random() < wish.xlsx):
            (home / WORKBOOK).write_bytes(_as_workbook(number, titles, rows))
        if wait:
            continue
        if chance.random() < wish.yaml:
            (home / "ledger.yaml").write_text(_as_yaml(titles, rows), encoding="utf-8", newline="\n")
        else:
            _write(home / "ledger.csv", titles, rows, gbk=chance.random() < wish.gbk)
        if chance.random() < wish.figures:
            _write(home / "figures.csv", ("period", "key", "value"), _figures(chance), gbk=False)


def _units(count: int) -> list[Sequence[str]]:
    """Give a bureau, an office for every ten units, and the units."""
    offices = range((count + 9) // 10)
    rows: list[Sequence[str]] = [("bureau", "区司法局", "", "bureau", "", "")]
    rows += [(f"office{number + 1}", f"第{number + 1}片区", "bureau", "office", "", "") for number in offices]
    rows += [(f"u{at + 1:05}", f"第{at + 1}司法所", f"office{at // 10 + 1}", "station", "", "") for at in range(count)]
    return rows


def _figures(chance: random.Random) -> list[Sequence[str]]:
    values = {key: chance.randint(0, most) for key, most in FIGURES.items()}
    values["located"] = min(values["located"], values["supervised"])
    return [("2022-09-29", key, str(value)) for key, value in values.items()]


def _entry(chance: random.Random, wish: Wish, taken: set[str]) -> list[str]:
    taken.add(made := new_id(taken, chance.choice))
    category = chance.choice(tuple(ITEMS))
    found = date(2022, 8, 11) + timedelta(days=chance.randrange(20))
    due = found + timedelta(days=chance.randrange(3, 25))
    status = chance.choices(STATUSES, WEIGHTS)[0]
    done = status == "已整改"
    row = {
        "id": made,
        "category": category,
        "item": f"{category}.{chance.randint(1, ITEMS[category])}",
        "description": f"{chance.choice(PROBLEMS)}（第{chance.randint(1, 400)}号）",
        "measures": chance.choice(MEASURES),
        "department": chance.choice(DEPARTMENTS),
        "owner": chance.choice(OWNERS),
        "deadline": _spelt(due, chance) if chance.random() < wish.spelt else due.isoformat(),
        "status": status,
        "found_on": found.isoformat(),
        "done_on": (due - timedelta(days=1)).isoformat() if done else "",
        "result": "已整改到位" if done else "",
    }
    if wish.own > 0 and chance.random() < wish.own:
        for key in ("description", "measures"):
            row[key] = f"{''.join(chance.choices(PARTS, k=5))}，{row[key]}{chance.randint(1, 9999)}"
    if chance.random() < wish.broken:
        key = chance.choice(tuple(BROKEN))
        row[key] = BROKEN[key]
    return list(row.values())


def _spelt(day: date, chance: random.Random) -> str:
    month_and_day = f"{day.month}月{day.day}日"
    dotted = f"{day.year}.{day.month}.{day.day}"
    return chance.choice((day.isoformat(), dotted, f"{day.year}年{month_and_day}", f"{month_and_day}前"))


def _as_yaml(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["entries:"]
    for row in rows:
        cells = [f'{title}: "{cell}"' for title, cell in zip(titles, row, strict=True) if cell]
        lines += [f"  {'- ' if number == 0 else '  '}{cell}" for number, cell in enumerate(cells)]
    return "\n".join(lines) + "\n"


def _as_workbook(number: int, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Give a clerk's workbook: a title over the headings, a numbering column, the unit's name in its frame."""
    heads = (GridColumn("number", ("序号",)), *(GridColumn(str(at), (title,)) for at, title in enumerate(titles)))
    lines = [GridRow((Cell(str(at), str(at)), *(Cell(cell, cell) for cell in row))) for at, row in enumerate(rows, 1)]
    return xlsx.file(Document(f"第{number + 1}司法所隐患排查台账", grids=(Grid("t", heads, tuple(lines)),)))


def _write(path: Path, titles: Sequence[str], rows: Sequence[Sequence[str]], *, gbk: bool) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(titles)
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode("gb18030" if gbk else "utf-8-sig"))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    for name in ("units", "rows", "seed"):
        parser.add_argument(f"--{name}", type=int, default=Wish.__dataclass_fields__[name].default)
    for name in ("gbk", "yaml", "drifted", "broken", "own", "spelt", "figures", "xlsx", "waiting"):
        parser.add_argument(f"--{name}", type=float, default=0.0, metavar="SHARE")
    given = vars(parser.parse_args())
    generate(given.pop("folder"), Wish(**given))


if __name__ == "__main__":
    main()
