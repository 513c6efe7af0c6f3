"""Partials add up: any split of the units, any order, any machine's habits, and the same table."""

from __future__ import annotations

import locale
import os
import pickle
import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns import TODAY, campaign, rolled
from hazardctl import engines, i18n
from hazardctl.load import Opened, opened
from hazardctl.rollup import roll_up
from hazardctl.statistics import compiling, kernel, printed
from hazardctl.statistics.compiling import Window
from hazardctl.statistics.kernel import Counted, Kernel
from hazardctl.statistics.partial import NOTHING, Partial, add, total
from hazardctl.workspace import Workspace
from hazardctl.writers import WRITERS, named

TABLES = """\
- id: units
  title: 各港
  columns:
    - {label: 单位, value: unit}
    - {label: 总数, key: found, count: {}}
    - {label: 办结, key: done, count: {status: done}}
    - {label: 码头未结, count: {category: A, open: "true"}}
    - {label: 逾期, count: {overdue: "true"}}
    - {label: 费用, sum: cost}
    - {label: 船, figure: boats}
    - {label: 出海, figure: trips}
    - {label: 办结率, ratio: [done, found], percent: 1}
    - {label: 检查率, ratio: [checked, boats], percent: 2}
- id: items
  title: 各项
  rows: items
  columns:
    - {label: 项, value: name}
    - {label: 总数, count: {}}
    - {label: 费用, sum: cost}
    - {label: 逾期, count: {overdue: "true"}}
"""
UNITS = "x,东,,,,\na,甲,x,,,\nb,乙,x,,,\ny,南,x,,,\nc,丙,y,,,\nd,丁,y,,2024-05-01,\ne,戊,,,,2024-04-01\n"
HEADINGS = "编号,问题类别,检查项,办理情况,限期,整改费用,查出日期,办结日期,延期至"


def harbours(root: Path, seed: int = 7, more: str = "") -> Opened:
    chance = random.Random(seed)
    files = {}
    for unit in "abcdexy":
        kind = chance.randrange(6)
        rows = [_entry(chance) for _ in range(chance.randrange(1, 12))]
        lines = [HEADINGS, *(f"H{unit}{at:02},{row}" for at, row in enumerate(rows))]
        if kind == 1:
            lines = [HEADINGS, ",无,,,,,,,"]
        if kind > 0:
            files[f"{unit}/ledger.csv"] = "\n".join(lines) + "\n"
        reported = [
            f"2024-0{month},{key},{chance.randrange(50)}" for month in (4, 5) for key in ("boats", "trips", "checked")
        ]
        files[f"{unit}/figures.csv"] = (
            "\n".join(["period,key,value", *chance.sample(reported, chance.randrange(7))]) + "\n"
        )
    return campaign(root, TABLES + more, UNITS, files)


def _entry(chance: random.Random) -> str:
    category = chance.choice(["A", "B", "A.1", "码头", "", "Z"])
    item = chance.choice(["", "", "A.1", "A.2.a", "B.1"])
    status = chance.choice(["办结", "办理中", "尚未办理", "无法办理", "完成", "说不清", ""])
    due = chance.choice(["2024-05-31", "6月30日", "2024年底前", "3日内", "长期坚持", "", "尽快"])
    cost = chance.choice(["0", "1.25", "３", "20000元", "", "约5", "0.1"])
    found = chance.choice(["2024-04-02", "2024.5.6", "2024-06-30", "", "2024-13-01"])
    done = chance.choice(["2024-05-20", "2024-06-02", ""]) if status in ("办结", "完成") else ""
    later = chance.choice(["", "", "", "2024-06-20"])
    return f"{category},{item},{status},{due},{cost},{found},{done},{later}"


class Shuffled:
    """An engine that gets through its work in no order at all, one pickle at a time."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def run(self, kernel: Kernel, chunks: Sequence[Sequence[str]]) -> list[Counted]:
        units = [unit for chunk in chunks for unit in chunk]
        self.chance.shuffle(units)
        counted = []
        while units:
            size = self.chance.randint(1, len(units))
            counted += pickle.loads(pickle.dumps(list(kernel(units[:size]))))
            units = units[size:]
        self.chance.shuffle(counted)
        return counted


def drawn(campaign: Opened, table: str, **asked: object) -> list[bytes]:
    rolled_up = rolled(campaign, table, **asked)
    document = printed.document(rolled_up, "zh", "zh", TODAY.isoformat())
    return [named(name).file(document) for name in WRITERS]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    seed=st.integers(0, 9999),
    order=st.integers(0, 9999),
    period=st.sampled_from([None, "2024-04", "2024-05", "2024-Q2"]),
)
@pytest.mark.parametrize("table", ["units", "items"])
def test_any_split_of_the_units_in_any_order_gives_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, table: str, seed: int, order: int, period: str | None
) -> None:
    found = harbours(tmp_path_factory.mktemp("c"), seed)
    expected = drawn(found, table, period=period)
    with mock.patch.object(engines, "named", return_value=Shuffled(order)):
        assert drawn(found, table, period=period) == expected


numbers = st.one_of(st.integers(-(10**18), 10**18), st.decimals(-(10**9), 10**9, places=6))
partials = st.builds(
    Partial,
    states=st.dictionaries(st.sampled_from(["entries", "nil", "missing"]), st.integers(1, 9)),
    amounts=st.dictionaries(
        st.tuples(st.sampled_from(["", "A"]), st.integers(0, 3), st.sampled_from(["", "2024-05-31"])), numbers
    ),
    remarks=st.dictionaries(st.tuples(st.just("uncounted"), st.sampled_from(["status", "cost"])), st.integers(1, 9)),
    findings=st.dictionaries(st.sampled_from(["error", "warning"]), st.integers(1, 9)),
)


@given(partials, partials, partials)
def test_partials_add_up_in_any_order_and_grouping(one: Partial, two: Partial, three: Partial) -> None:
    assert add(one, two) == add(two, one)
    assert add(add(one, two), three) == add(one, add(two, three)) == total((three, one, two))
    assert add(one, NOTHING) == add(NOTHING, one) == one
    assert pickle.loads(pickle.dumps(one)) == one


def test_a_figure_that_was_reported_as_zero_is_not_lost_in_a_sum() -> None:
    zero, none = Partial(amounts={("", 0, ""): Decimal(0)}), Partial()
    assert add(zero, none).amounts == {("", 0, ""): Decimal(0)}


def test_no_figure_of_a_partial_knows_of_today(tmp_path: Path) -> None:
    found = harbours(tmp_path)
    compiled, problems = compiling.compiled(found.checklist.tables[0], found.checklist, Window(), "blank")
    assert not problems
    early, late = (
        _figures(kernel.partials(found.workspace.root, tuple(found.units.units), compiled.plan, today, found))
        for today in (date(2020, 1, 1), date(2030, 1, 1))
    )
    assert early == late


def _figures(counted: Iterable[Counted]) -> list[Partial]:
    return [replace(one.partial, findings={}) for one in counted]  # a day that has not come is a finding only today


def test_a_plan_is_plain_data_that_another_process_can_be_sent(tmp_path: Path) -> None:
    found = harbours(tmp_path)
    compiled, _ = compiling.compiled(
        found.checklist.tables[0], found.checklist, Window("2024-05-01", "2024-05-31"), "blank"
    )
    plan = pickle.loads(pickle.dumps(compiled.plan))
    assert plan == compiled.plan
    assert hash(plan) == hash(compiled.plan)
    units = tuple(found.units.units)
    alone = list(kernel.partials(found.workspace.root, units, plan, TODAY))
    assert alone == list(kernel.partials(found.workspace.root, units, pickle.loads(pickle.dumps(plan)), TODAY, found))


def test_a_plan_does_not_depend_on_how_a_table_looks(tmp_path: Path) -> None:
    plain = campaign(tmp_path / "1", TABLES, UNITS)
    dressed = campaign(tmp_path / "2", TABLES.replace("各港", "别的").replace("办结率", "率"), UNITS)
    plans = [
        compiling.compiled(one.checklist.tables[0], one.checklist, Window(), "blank")[0].plan
        for one in (plain, dressed)
    ]
    assert plans[0] == plans[1]


@pytest.mark.parametrize(
    "habits",
    [
        {"TZ": "Pacific/Kiritimati"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {},
    ],
)
def test_no_figure_depends_on_the_machine(tmp_path: Path, habits: dict[str, str]) -> None:
    root = harbours(tmp_path / "campaign").workspace.root
    expected = [drawn(opened(Workspace(root)), table) for table in ("units", "items")]
    (tmp_path / "elsewhere").mkdir()
    with mock.patch.dict(os.environ, habits):
        os.chdir(tmp_path / "elsewhere")
        i18n.use("zh")
        before = locale.setlocale(locale.LC_ALL)
        if hasattr(time, "tzset"):
            time.tzset()
        try:
            assert [drawn(opened(Workspace(root)), table) for table in ("units", "items")] == expected
        finally:
            locale.setlocale(locale.LC_ALL, before)


def test_the_figures_of_a_tree_are_the_sums_of_its_leaves(tmp_path: Path) -> None:
    table = roll_up(harbours(tmp_path), "units", today=TODAY)
    parts = [row for row in table.rows if row.kind in ("data", "own")]
    whole = next(row for row in table.rows if row.kind == "total")
    for key in ("found", "done", "boats", "trips", "overdue", "cost"):
        reported = [row.values[key] for row in parts if row.values[key] is not None]
        assert whole.values[key] == sum(reported)  # type: ignore[arg-type]
