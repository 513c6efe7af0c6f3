"""What stands behind a cell adds up to it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns import TODAY
from hazardctl.statistics import compiling, kernel, sources, tracing
from hazardctl.statistics.compiling import Window
from test_statistics_split import harbours

WINDOWS = [("", ""), ("2024-04-01", "2024-04-30"), ("2024-04-01", "2024-06-30")]
MORE = """\
- id: flows
  title: 流转
  columns:
    - {label: 单位, value: unit}
    - {label: 期初, key: carried, count: {carried: in}}
    - {label: 查出, key: found, count: {found: in_period}}
    - {label: 办结, key: done, count: {done: in_period}}
    - {label: 期末, key: left, count: {carried: over}}
    - {label: 到期, key: due, count: {due: extended}}
    - {label: 原到期, key: due_first, count: {due: original}}
    - {label: 按期, key: on_time, count: {on_time: extended}}
    - {label: 原按期, key: on_time_first, count: {on_time: original}}
    - {label: 超期, key: slipped, count: {slipped: in_period}}
    - {label: 按期率, key: rate, ratio: [on_time, due], percent: 1}
    - {label: 原按期率, key: rate_first, ratio: [on_time_first, due_first], percent: 1}
"""


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    seed=st.integers(0, 9999),
    window=st.sampled_from([("", ""), ("2024-04-01", "2024-04-30"), ("2024-04-01", "2024-06-30")]),
)
@pytest.mark.parametrize("table", [0, 1, 2])
def test_counting_line_by_line_gives_what_the_kernel_gives(
    tmp_path_factory: pytest.TempPathFactory, table: int, seed: int, window: tuple[str, str]
) -> None:
    opened = harbours(tmp_path_factory.mktemp("c"), seed, MORE)
    compiled, problems = compiling.compiled(opened.checklist.tables[table], opened.checklist, Window(*window), "blank")
    assert not problems
    for counted in kernel.partials(opened.workspace.root, tuple(opened.units.units), compiled.plan, TODAY, opened):
        unit = opened.units.units[counted.unit]
        source = sources.live(opened, unit.id, compiled.plan)
        partial = tracing.trace(opened, unit, compiled.plan, source, TODAY).partial()
        assert partial.states == counted.partial.states
        assert partial.amounts == counted.partial.amounts
        assert partial.remarks.keys() == counted.partial.remarks.keys()
