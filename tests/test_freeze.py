"""What was published stands, what changes behind it is in exactly one erratum, and what stands behind cells adds up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazardctl import rollup
from hazardctl.load import Opened
from hazardctl.publishing import evidence, freeze, frozen, published, restate
from hazardctl.publishing.published import Wanted
from hazardctl.returns import status, submitted
from hazardctl.writers import WRITERS, named
from histories import RATES, Life

PERIODS = ("2024-03", "2024-04", "2024-05")
Cells = dict[tuple[str, str, str], str]


def adds_up(record: evidence.Record) -> None:
    """Say that what stands behind each cell is the cell, and that no rate passes 100 %."""
    for row in record.table.rows:
        for column in record.table.columns:
            if column.value:
                continue
            found = evidence.behind(record, row.unit, column)
            top, over = found.sums
            if not column.over:
                assert (found.value or 0) == top, (row.unit, column.key)
            elif found.value is not None:
                assert over
                assert abs(Decimal(top) * 100 / Decimal(over) - Decimal(found.value)) <= Decimal("0.05")
            if column.key in RATES and found.value is not None:
                assert 0 <= found.value <= 100


def cells(record: evidence.Record) -> Cells:
    """Give every figure of a table, blank ones as nothing."""
    return {
        (record.table.id, row.unit, key): restate.digits(value)
        for row in record.table.rows
        for key, value in row.values.items()
        if value is not None
    }


@dataclass
class Bureau:
    """What a bureau publishes in the life of its campaign, and what it has published so far."""

    life: Life
    printed: dict[tuple[str, str], list[bytes]] = field(default_factory=dict)
    seen: dict[str, Cells] = field(default_factory=dict)
    tally: Counter[str] = field(default_factory=Counter)  # what has been looked at

    def adds_up(self, record: evidence.Record) -> None:
        adds_up(record)
        self.tally["cells traced"] += len(record.table.rows) * len(record.table.columns)

    def drawn(self, opened: Opened, period: str, table: str) -> list[bytes]:
        """Print a frozen table in every form."""
        wanted = Wanted(table, period, basis="frozen")
        made = published.publish(opened, wanted, language="", files="zh", today=self.life.day)
        return [made.kept(name) or named(name).file(made.document) for name in WRITERS]

    def freeze(self, opened: Opened, period: str, basis: str) -> None:
        """Publish a period; before that, whatever could be published adds up."""
        for each in opened.checklist.tables:
            asked = rollup.prepare(opened, each.id, period)
            for one in submitted.BASES:
                given = submitted.sources(opened, asked, one)
                record = evidence.record(opened, asked, given, self.life.day, basis=one)
                self.adds_up(record)
                if each.id == "units":
                    rows = {row.unit: row.values for row in record.table.rows}
                    for unit, counts in self.life.counted(opened, period, one).items():
                        assert (rows[unit]["found"] or 0, rows[unit]["done"] or 0) == counts, (one, unit)
        said = freeze.freeze(opened, period, today=self.life.day, basis=basis, incomplete="历史")
        self.seen[period] = {}
        for table in said.tables:
            self.printed[period, table] = self.drawn(opened, period, table)
            record = frozen.record(opened.workspace, said, table)
            self.adds_up(record)
            self.seen[period] |= cells(record)
        self.tally[f"tables frozen, {basis}"] += len(said.tables)

    def restate(self, opened: Opened, period: str) -> Opened:
        """Correct a period; gives the campaign as it stands then."""
        try:
            found = restate.restate(opened, period, today=self.life.day, reason="更正", approver="李娜")
        except restate.UncountableError:
            self.tally["restatements refused for units out of sight"] += 1
            opened = self.life.settle(opened)
            found = restate.restate(opened, period, today=self.life.day, reason="更正", approver="李娜")
        for record in found.records:
            self.adds_up(record)
        self.tally["errata"] += bool(found.number)
        self.tally["cells restated"] += len(found.cells)
        explained = {(cell.table, cell.row, cell.column.key) for cell in found.cells}
        assert len(explained) == len(found.cells)
        now = {key: value for record in found.records for key, value in cells(record).items()}
        before = self.seen[period]
        changed = {key for key in now.keys() | before.keys() if now.get(key, "") != before.get(key, "")}
        assert changed == explained, "each difference is in exactly one erratum"
        assert all(cell.lines for cell in found.cells if not _by_units(cell)), "an erratum names its entries"
        self.seen[period] = now
        return opened

    def look_back(self, opened: Opened, period: str) -> None:
        """Read the errata from what was frozen to what holds now: each goes on where the one before it ended."""
        self.restate(opened, period)
        again = restate.restate(opened, period, today=self.life.day, reason="更正", approver="李娜")
        assert not again.cells, "what one erratum says is in no second one"
        said = frozen.manifest(opened.workspace, period)
        first = [frozen.record(opened.workspace, said, table) for table in said.tables]
        told = {key: value for record in first for key, value in cells(record).items()}
        for erratum in frozen.errata(opened.workspace, said):
            for cell in erratum.cells:
                key = (cell["table"], cell["row"], cell["column"])
                assert told.get(key, "") == cell["before"]
                told[key] = cell["after"]
        assert {key: value for key, value in told.items() if value} == self.seen[period]


def _by_units(cell: restate.Cell) -> bool:
    """Tell whether a cell may change without an entry: a unit that is asked now, or no longer."""
    return cell.before is None or cell.after is None


def nobody_is_above_100(opened: Opened, period: str, life: Life) -> None:
    """Say that every unit is in one state, and no rate of returns passes 100 %."""
    found = status.status(opened, period, life.day)
    for counts in (found.total, *(row.counts for row in found.rows)):
        assert counts.received + counts.missing == counts.expected
        assert counts.on_time + counts.late == counts.received >= counts.nil
        assert all(0 <= (counts.rate(part) or 0) <= 100 for part in status.RATES)


def history(seed: int, root: Path) -> Counter[str]:
    """Live through one history, freezing each month on one of two bases and restating all of them each month."""
    life = Life(seed, root)
    bureau = Bureau(life)
    for number, period in enumerate(PERIODS, 1):
        while life.day.strftime("%Y-%m") <= period:
            life.live(1)
            if life.day.day == 25:
                life.send(life.settle(life.write()), period)
        life.send(life.settle(life.write()), period)
        life.live(2)
        opened = life.settle(life.write())
        bureau.freeze(opened, period, life.chance.choice(submitted.BASES))
        nobody_is_above_100(opened, period, life)
        life.live(5)
        life.tamper()
        life.version = life.chance.choice((life.version, 2))
        opened = life.write()
        if life.chance.random() < 0.8:
            opened = life.settle(opened)
        for earlier in PERIODS[:number]:
            life.send(opened, earlier)
            nobody_is_above_100(opened, earlier, life)
            opened = bureau.restate(opened, earlier)
    opened = life.write()
    for (period, table), before in bureau.printed.items():
        assert bureau.drawn(opened, period, table) == before
    for period in PERIODS:
        bureau.look_back(opened, period)
    return bureau.tally + life.tally


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(seed=st.integers(0, 10**6))
def test_every_frozen_table_stays_and_every_difference_is_in_one_erratum(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    assert history(seed, tmp_path_factory.mktemp("life"))["cells traced"] > 100
