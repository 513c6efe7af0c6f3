"""What was published stands; what changes behind it is in exactly one erratum."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazardctl.load import Opened
from hazardctl.publishing import evidence, freeze, frozen, published, restate
from hazardctl.publishing.published import Wanted
from hazardctl.writers import WRITERS, named
from histories import RATES, Life

PERIODS = ("2024-03", "2024-04", "2024-05")


def drawn(opened: Opened, period: str, table: str, life: Life) -> list[bytes]:
    """Print a frozen table in every form."""
    made = published.publish(opened, Wanted(table, period, basis="frozen"), language="", files="zh", today=life.day)
    return [made.kept(name) or named(name).file(made.document) for name in WRITERS]


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


def history(seed: int, root: Path) -> None:
    """Live through one history, freezing each month and restating all of them each month."""
    life = Life(seed, root)
    printed: dict[tuple[str, str], list[bytes]] = {}
    seen: dict[str, dict[tuple[str, str, str], str]] = {}
    for period in PERIODS:
        while life.day.strftime("%Y-%m") <= period:
            life.live(1)
        opened = life.write()
        said = freeze.freeze(opened, period, today=life.day, incomplete="历史")
        for table in said.tables:
            printed[period, table] = drawn(opened, period, table, life)
            adds_up(frozen.record(opened.workspace, said, table))
            seen[period] = seen.get(period, {}) | cells(frozen.record(opened.workspace, said, table))
        life.live(5)
        life.tamper()
        opened = life.write()
        for earlier in PERIODS[: PERIODS.index(period) + 1]:
            found = restate.restate(opened, earlier, today=life.day, reason="更正", approver="李娜")
            for record in found.records:
                adds_up(record)
            explained = {(cell.table, cell.row, cell.column.key) for cell in found.cells}
            assert len(explained) == len(found.cells)
            now = {key: value for record in found.records for key, value in cells(record).items()}
            changed = {
                key for key in now.keys() | seen[earlier].keys() if now.get(key, "") != seen[earlier].get(key, "")
            }
            assert changed == explained, "each difference is in exactly one erratum"
            assert all(cell.lines for cell in found.cells if not _by_units(cell)), "an erratum names its entries"
            seen[earlier] = now
            again = restate.restate(opened, earlier, today=life.day, reason="更正", approver="李娜")
            assert not again.cells, "and in no second one"
    opened = life.write()
    for (period, table), before in printed.items():
        assert drawn(opened, period, table, life) == before


def _by_units(cell: restate.Cell) -> bool:
    """Tell whether a cell may change without an entry: a unit that is asked now, or no longer."""
    return cell.before is None or cell.after is None


def cells(record: evidence.Record) -> dict[tuple[str, str, str], str]:
    """Give every figure of a table, blank ones as nothing."""
    return {
        (record.table.id, row.unit, key): str(value)
        for row in record.table.rows
        for key, value in row.values.items()
        if value is not None
    }


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(seed=st.integers(0, 10**6))
def test_every_frozen_table_stays_and_every_difference_is_in_one_erratum(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    history(seed, tmp_path_factory.mktemp("life"))
