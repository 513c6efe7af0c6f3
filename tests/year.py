"""A year of a bureau: clerks work, units report, the weekly job runs each Sunday, twice; then all is recounted."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from campaigns import campaign
from hazardctl import rollup, weekly
from hazardctl.journals import journal, replay
from hazardctl.load import Opened, opened
from hazardctl.publishing import evidence, frozen
from hazardctl.returns import clock, status, submit, submitted
from hazardctl.statistics import printed
from hazardctl.statistics.tracing import Source
from hazardctl.workspace import Workspace
from hazardctl.writers import named

TABLES = """\
- id: week
  title: 周报表
  columns:
    - {label: 单位, value: unit}
    - {label: 总数, key: found, count: {}}
    - {label: 办结, key: done, count: {status: done}}
    - {label: 逾期, key: late, count: {overdue: "true"}}
    - {label: 期初, key: carried, count: {carried: in}}
    - {label: 新增, key: new, count: {found: in_period}}
    - {label: 本期办结, key: fixed, count: {done: in_period}}
    - {label: 期末, key: left, count: {carried: over}}
    - {label: 出海, figure: trips}
    - {label: 办结率, key: rate, ratio: [done, found], percent: 1}
"""
MORE = """\
starts: 2024-01-01
ends: 2024-12-29
schedules: [{id: w, label: 周报, every: week, lock_days: 3}]
policies: {weekly_freeze: true}
"""
HEADINGS = ("编号", "问题类别", "办理情况", "查出日期", "限期", "办结日期")
FLOWS = ("carried", "new", "fixed", "left")
Heads = Mapping[str, Mapping[str, int]]  # unit → writer → number of its last line


@dataclass
class Year:
    """The files of a campaign's clerks, and what each weekly run has published."""

    root: Path
    units: int
    seed: int = 0
    entries: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    trips: dict[str, dict[str, int]] = field(default_factory=dict)
    heads: dict[str, Heads] = field(default_factory=dict)  # week → how far the journals had come
    published: dict[str, bytes] = field(default_factory=dict)
    reported: dict[str, bytes] = field(default_factory=dict)
    tally: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Begin with areas of ten units, each with a hazard from before."""
        self.chance = random.Random(self.seed)
        names = [f"u{number:03}" for number in range(self.units)]
        areas = [f"x{number}" for number in range((self.units + 9) // 10)]
        lines = "".join(f"{area},片{area},,,,\n" for area in areas)
        lines += "".join(f"{name},港{name},{areas[at // 10]},,,\n" for at, name in enumerate(names))
        for name in names:
            self.entries[name], self.trips[name] = {}, {}
            self.find(name, date(2024, 1, 1))
        campaign(self.root, TABLES, lines, {}, MORE)
        for name in names:
            self.write(name)

    def find(self, unit: str, day: date) -> None:
        number = sum(map(len, self.entries.values()))
        name = f"H{number:06}".translate(str.maketrans("01", "WX")) + f"-2222-{number}"
        due = (day + timedelta(days=self.chance.randrange(3, 60))).isoformat()
        self.entries[unit][name] = [self.chance.choice("AB"), "尚未办理", day.isoformat(), due, ""]

    def write(self, unit: str) -> None:
        """Save a clerk's two files, as a spreadsheet program would."""
        folder = self.root / "units" / unit
        folder.mkdir(parents=True, exist_ok=True)
        rows = [",".join(HEADINGS), *(",".join([name, *cells]) for name, cells in self.entries[unit].items())]
        (folder / "ledger.csv").write_text("\r\n".join(rows) + "\r\n", encoding="utf-8-sig", newline="")
        figures = ["period,key,value", *(f"{week},trips,{number}" for week, number in self.trips[unit].items())]
        (folder / "figures.csv").write_text("\n".join(figures) + "\n", encoding="utf-8", newline="")

    def work(self, unit: str, monday: date, week: str) -> None:
        """Let a clerk work for a week."""
        day = monday + timedelta(days=self.chance.randrange(7))
        open_ones = [cells for cells in self.entries[unit].values() if cells[1] != "办结" and cells[2] <= str(day)]
        for cells in open_ones:
            if self.chance.random() < 0.15:
                cells[1], cells[4] = "办结", day.isoformat()
        if self.chance.random() < 0.5:
            self.find(unit, day)
        if self.chance.random() < 0.5:
            self.trips[unit][week] = self.chance.randrange(40)
        self.write(unit)

    def live(self, weeks: int, first: int = 0) -> None:
        """Live through some weeks; each ends with the weekly job, and with the job once more."""
        for monday in (date(2024, 1, 1) + timedelta(weeks=first + number) for number in range(weeks)):
            week = f"{monday.isocalendar().year}-W{monday.isocalendar().week:02}"
            sunday = monday + timedelta(days=6)
            for unit in self.entries:
                if self.chance.random() < 0.6:
                    self.work(unit, monday, week)
            self.send(week, monday + timedelta(days=6))
            weekly.weekly(opened(Workspace(self.root)), sunday, by="定时任务")
            before = bytes_of(self.root)
            again = weekly.weekly(opened(Workspace(self.root)), sunday, by="定时任务")
            assert not again.written, again.written
            assert bytes_of(self.root) == before, "a second run writes nothing"
            self.keep(week)

    def send(self, week: str, day: date) -> None:
        found = opened(Workspace(self.root))
        order = submit.Order(by="张三", override="照旧报")
        for unit in self.entries:
            if self.chance.random() < 0.7:
                submit.submit(found, unit, week, order, today=day)
                self.tally["returns"] += 1

    def keep(self, week: str) -> None:
        """Keep what was published, and how far the journals had come."""
        self.heads[week] = {
            unit: {writer: head.seq for writer, head in journal.head(self.root / "units" / unit).items()}
            for unit in self.entries
        }
        self.published[week] = (self.root / "reports" / week / "week.csv").read_bytes()
        self.reported[week] = (self.root / "reports" / week / "status.csv").read_bytes()
        self.tally["weeks"] += 1


def bytes_of(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def recounted(found: Opened, week: str, heads: Heads | None) -> bytes:
    """Count a week's table from the journals alone, as far as they had come; without heads, from all of them."""
    asked = rollup.prepare(found, "week", week)
    assert asked.period
    day = asked.period.end

    def source(unit: str) -> Source:
        if found.units.children.get(unit):
            return Source()
        lines = journal.read(found.workspace.unit(unit))
        state = replay.play(one for one in lines if heads is None or one.seq <= heads[unit].get(one.writer, 0))
        rows = submitted.from_rows(unit, "ledger.csv", state.entries, found.terms)
        return Source(rows, submitted.from_values(unit, "figures.csv", state.figures))

    table = evidence.record(found, asked, source, day).table
    return named("csv").file(printed.document(table, "zh", "zh", day.isoformat()))


def recount(year: Year) -> None:
    """Count everything once more at the end, and hold it against what the weekly runs published."""
    found = opened(Workspace(year.root))
    weeks = list(year.published)
    for week in weeks:
        assert recounted(found, week, year.heads[week]) == year.published[week], week
        whole = table(recounted(found, week, None))
        for unit, row in table(year.published[week]).items():
            assert [row[key] for key in FLOWS] == [whole[unit][key] for key in FLOWS], (week, unit)
            assert int(row["carried"]) + int(row["new"]) - int(row["fixed"]) == int(row["left"])
        assert status.as_csv(status.status(found, week, clock.read(found, week).end)) == year.reported[week]
        year.tally["cells recounted"] += sum(map(len, whole.values()))
    for before, after in pairwise(weeks):
        left, carried = table(year.published[before]), table(year.published[after])
        assert {unit: row["left"] for unit, row in left.items()} == {
            unit: row["carried"] for unit, row in carried.items()
        }
    year.tally["weeks frozen"] = sum(1 for _ in frozen_weeks(found))
    assert year.tally["weeks frozen"] == len(weeks) - 1, "each but the last, which is not locked yet"


def frozen_weeks(found: Opened) -> Iterator[str]:
    """Hold each frozen table against the journals, as far as they had come by its manifest."""
    for week in frozen.known(found.workspace):
        said = frozen.manifest(found.workspace, week)
        heads = {
            unit: {writer: int(stamp.partition(":")[0]) for writer, stamp in known.items()}
            for unit, known in said.heads.items()
        }
        assert recounted(found, week, heads) == frozen.content(found.workspace, said, "week.csv"), week
        yield week


def table(data: bytes) -> dict[str, dict[str, str]]:
    """Read a published table: its rows by name, its figures by key."""
    keys = ("found", "done", "late", *FLOWS, "trips", "rate")
    _, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    return {row[0]: dict(zip(keys, row[1:], strict=True)) for row in rows}
