"""A campaign with a life of its own.

Units open, close, move, merge and split; clerks add, fix, correct and delete; figures come late; returns come in time,
late, corrected and nil; and the checklist moves on to a new version.
"""

from __future__ import annotations

import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from campaigns import HARBOURS, campaign, indent
from hazardctl.errors import HazardError
from hazardctl.journals import recording
from hazardctl.load import Opened, opened
from hazardctl.returns import clock, decide, submit
from hazardctl.workspace import Workspace

TABLES = """\
- id: units
  title: 各港
  columns:
    - {label: 单位, value: unit}
    - {label: 总数, key: found, count: {}}
    - {label: 码头, key: quays, count: {category: A}}
    - {label: 办结, key: done, count: {status: done}}
    - {label: 逾期, count: {overdue: "true"}}
    - {label: 期初, key: carried, count: {carried: in}}
    - {label: 新增, key: new, count: {found: in_period}}
    - {label: 本期办结, key: fixed, count: {done: in_period}}
    - {label: 期末, key: left, count: {carried: over}}
    - {label: 到期, key: due, count: {due: original}}
    - {label: 按期, key: on_time, count: {on_time: original}}
    - {label: 延期后到期, key: due_later, count: {due: extended}}
    - {label: 延期后按期, key: on_time_later, count: {on_time: extended}}
    - {label: 费用, key: cost, sum: cost}
    - {label: 船, figure: boats}
    - {label: 出海, figure: trips}
    - {label: 办结率, key: done_rate, ratio: [done, found], percent: 1}
    - {label: 按期率, key: time_rate, ratio: [on_time, due], percent: 1}
    - {label: 延期后按期率, key: later_rate, ratio: [on_time_later, due_later], percent: 1}
    - {label: 检查率, key: checked_rate, ratio: [checked, boats], percent: 1}
- id: categories
  title: 各类
  rows: categories
  columns:
    - {label: 类, value: name}
    - {label: 总数, key: found, count: {}}
    - {label: 办结, key: done, count: {status: done}}
    - {label: 率, key: rate, ratio: [done, found], percent: 1}
"""
NEXT = (
    HARBOURS.replace('version: "1"', 'version: "2"')
    .replace("title: 渔港安全检查", "title: 渔港安全大检查")
    .replace(
        "fields:\n", "  - {code: C, title: 消防, items: [{code: C.1, check: 灭火器是否有效？, source: 三1}]}\nfields:\n"
    )
)
"""The next version: another category, another title; its tables have lost a column and won one."""
RATES = ("done_rate", "time_rate", "later_rate", "checked_rate", "rate")
MORE = "schedules: [{id: m, label: 月报, every: month, day: 30, late_days: 20}]\n"
HEADINGS = ("编号", "问题类别", "办理情况", "查出日期", "限期", "延期至", "办结日期", "整改费用")


@dataclass
class Life:
    """The state of a campaign, and what happens to it."""

    seed: int
    root: Path
    day: date = date(2024, 3, 1)
    units: dict[str, list[str]] = field(default_factory=dict)  # id → name, parent, opened, closed
    entries: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    figures: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)
    made: int = 0
    version: int = 1
    sent: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict)  # unit, period → entries as sent
    tally: Counter[str] = field(default_factory=Counter)
    kept: set[str] = field(default_factory=set)  # units that have a ledger, if only an empty one

    def __post_init__(self) -> None:
        """Begin with two areas of two units."""
        self.chance = random.Random(self.seed)
        for area in ("x", "y"):
            self.units[area] = [f"片{area}", "", "", ""]
            for _ in range(2):
                self.open(area)

    def open(self, area: str) -> None:
        name = f"u{len(self.units)}"
        begun = self.day.isoformat() if self.made else ""
        self.units[name] = [f"港{name}", area, begun, ""]
        self.entries[name], self.figures[name] = {}, {}

    def write(self) -> Opened:
        """Write the clerks' files as they stand, and open the campaign."""
        files = {}
        for unit, entries in self.entries.items():
            lines = [",".join(HEADINGS), *(",".join([name, *cells]) for name, cells in entries.items())]
            if entries or unit in self.kept or self.chance.random() < 0.7:
                self.kept.add(unit)
                nil = [] if entries else ["," + "无" + ",,,,,,"]
                files[f"{unit}/ledger.csv"] = "\n".join([*lines, *nil]) + "\n"
            if self.figures[unit]:
                rows = [f"{period},{key},{value}" for (period, key), value in self.figures[unit].items()]
                files[f"{unit}/figures.csv"] = "\n".join(["period,key,value", *rows]) + "\n"
        units = "".join(
            f"{unit},{name},{parent},,{begun},{ended}\n" for unit, (name, parent, begun, ended) in self.units.items()
        )
        found = campaign(self.root, TABLES, units, files, MORE)
        if self.version == 1:
            return found
        tables = TABLES.replace("    - {label: 码头, key: quays, count: {category: A}}\n", "")
        tables = tables.replace("label: 船,", "label: 消防, key: fire, count: {category: C}}\n    - {label: 渔船,")
        path = self.root / "checklists/harbours/2.yaml"
        path.write_text(NEXT + indent(tables), encoding="utf-8", newline="")
        path = self.root / "campaign.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("@1", "@2"), encoding="utf-8", newline="")
        return opened(Workspace(self.root))

    def settle(self, found: Opened) -> Opened:
        """Say of the entries that are gone that they were meant to go; gives the campaign, opened again."""
        for unit in self.entries:
            with suppress(HazardError):
                recording.accept(found, unit, (), by="张三")
        return opened(Workspace(self.root))

    def send(self, found: Opened, period: str) -> None:
        """Let units send their returns, for the first time or once more; some are nil, some refused, some reopened."""
        for unit in self.entries:
            order = submit.Order(self.chance.random() < 0.2, "张三", "更正", "照旧报")
            if self.chance.random() < 0.1:
                until = self.day + timedelta(days=9)
                decide.reopen(found, unit, period, until, reason="台风", by="李四", today=self.day)
            if self.chance.random() < 0.7:
                with suppress(HazardError):
                    done = submit.submit(found, unit, period, order, today=self.day)
                    self.sent[unit, period] = {name: list(cells) for name, cells in self.entries[unit].items()}
                    self.tally[f"returns {done.standing}, {done.sent.state}"] += 1
                    self.tally["returns that correct another"] += bool(done.sent.supersedes)
        if self.chance.random() < 0.3:
            decide.accept(found, self.chance.choice("xy"), period, by="李四", today=self.day)

    def counted(self, found: Opened, period: str, basis: str) -> dict[str, tuple[int, int]]:
        """Count in the plainest way each unit's entries, and those of them that are done."""
        span = clock.read(found, period)
        counts = {}
        for unit in self.entries:
            entries = self.entries[unit] if basis == "live" else self.sent.get((unit, period), {})
            known = [cells for cells in entries.values() if cells[2] <= span.end.isoformat()]
            asked = found.units.units[unit].open_on(span.start, span.end)
            counts[unit] = (len(known), sum(cells[1] == "办结" for cells in known)) if asked else (0, 0)
        return counts

    def live(self, days: int) -> None:
        """Let some days pass."""
        for _ in range(days):
            self.day += timedelta(days=1)
            for _ in range(self.chance.randrange(3)):
                self.chance.choice((self.find, self.find, self.fix, self.fix, self.extend, self.report, self.start))()
            if self.chance.random() < 0.02:
                more = (self.close, self.move, self.merge, self.split, lambda: self.open(self.chance.choice("xy")))
                event = self.chance.choice(more)
                event()
                self.tally[f"units: {event.__name__.replace('<lambda>', 'open')}"] += 1

    def tamper(self) -> None:
        """Correct what was written, as clerks do after a table has been published."""
        for _ in range(self.chance.randrange(3)):
            done = (self.recategorise, self.drop, self.late, self.backdate, self.report_again, self.withdraw)
            self.chance.choice(done)()

    def _unit(self) -> str:
        return self.chance.choice(list(self.entries))

    def _entry(self) -> list[str] | None:
        every = [cells for entries in self.entries.values() for cells in entries.values()]
        return self.chance.choice(every) if every else None

    def find(self, day: date | None = None) -> None:
        unit, day = self._unit(), day or self.day
        if self.units[unit][3]:
            return
        self.made += 1
        due = (day + timedelta(days=self.chance.randrange(1, 40))).isoformat()
        cost = self.chance.choice(("", "1.5", "0", "3"))
        name = f"H{self.made:03}-2222-3333".replace("0", "2").replace("1", "W") + str(self.made)
        category = self.chance.choice("AB" if self.version == 1 else "ABC")
        self.entries[unit][name] = [category, "尚未办理", day.isoformat(), due, "", "", cost]

    def late(self) -> None:
        self.find(self.day - timedelta(days=self.chance.randrange(1, 60)))

    def fix(self) -> None:
        if (cells := self._entry()) and cells[1] != "办结":
            cells[1], cells[5] = "办结", self.day.isoformat()

    def start(self) -> None:
        if (cells := self._entry()) and cells[1] != "办结":
            cells[1] = "办理中"

    def extend(self) -> None:
        if (cells := self._entry()) and cells[1] != "办结":
            cells[4] = (self.day + timedelta(days=30)).isoformat()

    def backdate(self) -> None:
        if (cells := self._entry()) and cells[1] != "办结":
            cells[1] = "办结"
            cells[5] = max(cells[2], (self.day - timedelta(days=45)).isoformat())

    def withdraw(self) -> None:
        if (cells := self._entry()) and cells[1] == "办结":
            cells[1], cells[5] = "办理中", ""

    def recategorise(self) -> None:
        if cells := self._entry():
            cells[0] = "B" if cells[0] == "A" else "A"

    def drop(self) -> None:
        unit = self._unit()
        if self.entries[unit]:
            del self.entries[unit][self.chance.choice(list(self.entries[unit]))]

    def report(self, back: int = 0) -> None:
        month = (self.day - timedelta(days=back)).strftime("%Y-%m")
        boats = self.chance.randrange(1, 9)
        figures = self.figures[self._unit()]
        figures[month, "trips"] = str(self.chance.randrange(50))
        figures[month, "boats"] = str(boats)
        figures.pop((month, "checked"), None)
        if self.chance.random() < 0.8:
            figures[month, "checked"] = str(self.chance.randrange(boats + 1))

    def report_again(self) -> None:
        self.report(35)

    def close(self) -> None:
        unit = self._unit()
        self.units[unit][3] = self.units[unit][3] or self.day.isoformat()

    def move(self) -> None:
        self.units[self._unit()][1] = self.chance.choice("xy")

    def merge(self) -> None:
        """Make one unit of two: they close, and their entries go to the new one, or stay where they are."""
        self._hand_over([self._unit(), self._unit()], 1)

    def split(self) -> None:
        """Make two units of one."""
        self._hand_over([self._unit()], 2)

    def _hand_over(self, olds: list[str], heirs: int) -> None:
        if any(self.units[old][3] for old in olds):
            return
        before = list(self.units)
        for _ in range(heirs):
            self.open(self.units[olds[0]][1])
        new = [unit for unit in self.units if unit not in before]
        stay = self.chance.random() < 0.3
        for old in dict.fromkeys(olds):
            self.units[old][3] = self.day.isoformat()
            for name in [] if stay else list(self.entries[old]):
                self.entries[self.chance.choice(new)][name] = self.entries[old].pop(name)
