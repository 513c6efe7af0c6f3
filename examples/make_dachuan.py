"""Make the example campaign: `python examples/make_dachuan.py` writes examples/dachuan-2022, the same bytes every time.

Every person, unit, hazard and number is invented. What clerks write is in phrases.txt, all else in dachuan.py.
"""

from __future__ import annotations

import csv
import hashlib
import io
import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import dachuan
from dachuan import LABELS, OFFICES, OLD_FORM, STATUSES, Office, Row

from hazardctl import load
from hazardctl.entry import new_id
from hazardctl.formats.yaml import scalar

HERE = Path(__file__).resolve().parent
NAME = "dachuan-2022"
DEMO_DAY = date(2022, 9, 7)
SEED = 38  # 达川司发〔2022〕38号


def files() -> dict[str, bytes]:
    """Give every file of the campaign by its path."""
    chance = random.Random(SEED)  # noqa: S311 -- invented data wants the same bytes every time
    phrases = _phrases()
    checklist = load.find_checklist("community-correction@2022.1", None)
    made = {
        "campaign.yaml": dachuan.CAMPAIGN.format(sha256=hashlib.sha256(checklist.read_bytes()).hexdigest()).encode(),
        "units.csv": _csv(("id", "name", "parent", "kind", "opened", "closed"), _units()),
    }
    taken: set[str] = set()
    for office in OFFICES:
        if office.id != dachuan.MISSING:
            rows = _rows(office, phrases, chance, taken)
            made[f"units/{office.id}/ledger.{office.form}"] = _ledger(office, rows)
            figures, key_persons = _figures(office, chance)
            made[f"units/{office.id}/figures.csv"] = figures
            if office.id in ("jinqiao", "shuangdu"):
                made[f"units/{office.id}/register.csv"] = _register(key_persons, chance)
    return made


def _phrases() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for line in (HERE / "phrases.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            item, *cells = line.split("|")
            found.setdefault(item, []).append([cell.replace("\\n", "\n") for cell in cells])
    return found


def _units() -> list[Sequence[str]]:
    rows: list[Sequence[str]] = [("qj", "达川区（示例）", "", "局", "", "")]
    for area, name in dachuan.AREAS:
        if area:
            rows.append((area, name, "qj", "片区", "", ""))
        rows += [
            (one.id, one.name, one.above, one.kind, "", one.closed.isoformat() if one.closed else "")
            for one in OFFICES if one.above == (area or "qj")
        ]  # fmt: skip
    return rows


def _rows(office: Office, phrases: Mapping[str, list[list[str]]], chance: random.Random, taken: set[str]) -> list[Row]:
    staff = [_name(chance) for _ in range(3 + office.rows // 9)]
    choices = [(item, phrase) for item, several in phrases.items() for phrase in several]
    if office.kind == "中心":  # it has premises and systems, and no one to visit
        choices = [one for one in choices if one[0] in ("1.2", "1.4", "2.8", "2.9", "2.13", "3.1")]
    rows = []
    for item, phrase in sorted(chance.sample(choices, office.rows), key=lambda one: _order(one[0])):
        taken.add(made := new_id(taken, chance.choice))
        rows.append({"id": made, "item": item} | _said(office, item, phrase, chance) | _times(office, chance))
        rows[-1]["owner"] = _owners(staff, chance)
        if rows[-1]["status"] != STATUSES["done"]:
            rows[-1] |= {"done_on": "", "result": ""}
    _spoil(office, rows)
    for unit, at in dachuan.TWICE:
        if unit == office.id:
            taken.add(made := new_id(taken, chance.choice))
            rows.append(rows[at] | {"id": made})
    return [row | {"number": str(number)} for number, row in enumerate(rows, 1)]


def _name(chance: random.Random) -> str:
    return chance.choice(dachuan.SURNAMES) + chance.choice(dachuan.GIVEN.split())


def _order(item: str) -> tuple[int, ...]:
    return tuple(map(int, item.split(".")))


def _said(office: Office, item: str, phrase: Sequence[str], chance: random.Random) -> Row:
    values = {"town": office.town, "village": chance.choice(dachuan.VILLAGES.split()), "few": chance.randint(2, 6),
              "some": chance.randint(8, 34), "month": chance.choice((5, 6, 7))}  # fmt: skip
    hazard, measures, result = (cell.format(**values) for cell in phrase)
    code = item.partition(".")[0]
    department = chance.choice(dachuan.DEPARTMENTS).format(office=office.name)
    return {
        "category": (office.category or {}).get(code, code),
        "description": hazard,
        "measures": measures,
        "result": result,
        "department": department if office.people else "中心综合科",
        "standard": chance.choice(dachuan.STANDARDS),
        "village": str(values["village"]),
        "remark": chance.choice(("", "", "", "请抓紧落实", "所务会已研究", "请派出所协助")),
    }


def _owners(staff: Sequence[str], chance: random.Random) -> str:
    several = chance.sample(list(staff), chance.choices((1, 2, 3), (70, 24, 6))[0])
    return chance.choices(("、", "；", "，"), (8, 1, 1))[0].join(several)


def _times(office: Office, chance: random.Random) -> Row:
    """Decide when a hazard was found, when it is due, and how far it has come."""
    last = (office.closed or DEMO_DAY) - timedelta(days=2)
    found = _weekday(date(2022, 8, 8) + timedelta(days=chance.randrange((last - date(2022, 8, 8)).days)))
    closed = office.closed is not None
    fresh = (DEMO_DAY - found).days < 8 and not closed
    weights = (100, 0, 0, 0) if closed else (30, 38, 30, 2) if fresh else (68, 22, 7, 3)
    status = chance.choices(tuple(STATUSES), weights)[0]
    done = min(found + timedelta(days=chance.choice((0, 1, 2, 3, 5, 7, 10, 14))), last)
    if status == "done":
        due = done + timedelta(days=chance.choice((0, 0, 1, 2, 3, 5, 8)))
    else:
        due = max(DEMO_DAY + timedelta(days=chance.choice((-8, -5, -2, -1, 0, 1, 2, 3, 5, 8, 8, 13, 16, 23, 23, 23))),
                  found + timedelta(days=3))  # fmt: skip
    return {
        "found_on": found.isoformat(), "done_on": done.isoformat(), "status": STATUSES[status],
        "deadline": _spelt(found, due, status, chance),
    }  # fmt: skip


def _weekday(day: date) -> date:
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _spelt(found: date, due: date, status: str, chance: random.Random) -> str:
    """Write a deadline in one of the ways that need no repair."""
    term = (due - found).days
    ways = [due.isoformat(), due.isoformat(), f"{due}前"]
    if status == "unable":
        ways = ["长期坚持", "2022年底前", "党的二十大召开前"]
    elif term == 0:
        ways = ["立即", "立行立改", "检查当日", due.isoformat()]
    elif term in (5, 10, 15, 20):
        ways.append(f"{term}日内")
    elif term == 3:
        ways += ["3日内", "3个工作日内" if found.weekday() < 2 else "3日内"]
    elif term in (7, 14):
        ways.append(f"{term // 7}周内")
    elif due == date(2022, 9, 30):
        ways = ["2022年9月底前", "2022年9月底前，并长期坚持", "2022-09-30", "2022年9月下旬"]
    elif due > date(2022, 9, 12):
        ways.append(f"{found}—{due}")
    return chance.choice(ways)


def _spoil(office: Office, rows: list[Row]) -> None:
    by_status = {key: [row for row in rows if row["status"] == label] for key, label in STATUSES.items()}
    for unit, status, number, cells in dachuan.PLANTED:
        if unit == office.id:
            by_status[status][number] |= cells


def _ledger(office: Office, rows: Sequence[Row]) -> bytes:
    titles = [office.headings.get(key, LABELS[key]) for key in office.keys]
    if office.form == "yaml":
        return _yaml(titles, office.keys, rows)
    table = [[row[key] for key in office.keys] for row in rows]
    if office.id == dachuan.NIL:
        table = [["", "无", *[""] * (len(titles) - 2)]]
    if office.id == "fengming":  # the total row of the printed form came along
        table.append(["合计", str(len(rows)), *[""] * (len(titles) - 2)])
    return _csv(titles, table, office.encoding, office.newline)


def _yaml(titles: Sequence[str], keys: Sequence[str], rows: Sequence[Row]) -> bytes:
    lines = [dachuan.YAML_HEAD, "entries:"]
    for row in rows:
        pairs = [f"{title}: {scalar(row[key])}" for title, key in zip(titles, keys, strict=True) if row[key]]
        lines += ["", *(f"  {'- ' if number == 0 else '  '}{pair}" for number, pair in enumerate(pairs))]
    return ("\n".join(lines) + "\n").encode()


def _csv(
    titles: Sequence[str], rows: Sequence[Sequence[str]], encoding: str = "utf-8-sig", newline: str = "\r\n"
) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=newline)
    writer.writerow(titles)
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def _figures(office: Office, chance: random.Random) -> tuple[bytes, int]:
    """Write what an office reports that its ledger cannot give; also gives its number of key persons."""
    people = office.people
    stocks = {"key_persons": max(people // 5, 5) + chance.randint(0, 3), "not_received": chance.choice((0, 0, 0, 1)),
              "absconded": chance.choice((0, 0, 0, 0, 1)), "supervised": people,
              "located": people - chance.choice((0, 0, 1, 2, 3))}  # fmt: skip
    flows = {"visits": people * 2 + chance.randint(-6, 12), "penalties": chance.randint(0, 4),
             "education": people + chance.randint(5, 40), "support": chance.randint(3, 16)}  # fmt: skip
    if not people:
        rows: list[list[str]] = [["annex1", "education", "210"], ["annex1", "support", "26"]]
    else:
        rows = [
            ["annex2", "key_persons", str(stocks["key_persons"])],
            *_by_period(office.periods, stocks, flows, chance),
        ]
    for row in rows:
        row[2] = dachuan.BAD_FIGURES.get((office.id, row[0], row[1]), row[2])
        if office.headings is OLD_FORM:
            row[1] = dachuan.FIGURE_LABELS[row[1]]
    titles = ("报告期", "指标", "数值") if office.headings is OLD_FORM else ("period", "key", "value")
    return _csv(titles, rows, office.encoding, office.newline), stocks["key_persons"]


def _by_period(
    habit: str, stocks: Mapping[str, int], flows: Mapping[str, int], chance: random.Random
) -> list[list[str]]:
    if habit in ("annex1", "month"):
        period = "annex1" if habit == "annex1" else "2022-08"
        return [[period, key, str(value)] for key, value in {**stocks, **flows}.items()]
    weeks = [f"2022-W{week}" for week in (range(31, 36) if habit == "weeks" else range(31, 33))]
    rows = []
    for week in weeks:
        rows += [[week, key, str(max(value // len(weeks) + chance.randint(-2, 2), 0))] for key, value in flows.items()]
    if habit == "weeks":
        return rows + [[weeks[-1], key, str(value)] for key, value in stocks.items()]
    handed_over = [["2022-08-19", key, "0"] for key in stocks]  # to the neighbour, the day before it closed
    return rows + [[weeks[-1], key, str(value)] for key, value in stocks.items()] + handed_over


def _register(count: int, chance: random.Random) -> bytes:
    """Write the person register as small as it is kept: no name, no label, a case reference."""
    staff = [_name(chance) for _ in range(3)]
    rows = []
    for _ in range(count):
        case, measures = f"A{chance.randrange(10**6):06}", chance.choice(dachuan.CASE_MEASURES)
        rows.append((case, chance.choice("66699"), measures, chance.choice(staff), "2022-09-30"))
    return _csv(("个案编号", "重点人员类型", "管控措施", "责任人", "复核时间"), rows)


def main() -> None:
    """Write the campaign, and take away what is no longer part of it."""
    folder = HERE / NAME
    made = files()
    for name, data in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.relative_to(folder).as_posix() not in made:
            path.unlink()


if __name__ == "__main__":
    main()
