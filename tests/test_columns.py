"""Rows that are given by their columns are those that would be made one by one, in tables and in the files of them."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from generate import Wish, generate
from hypothesis import given
from hypothesis import strategies as st

from campaigns import TODAY
from hazardctl import load, rollup
from hazardctl.document import Cell, Document, Grid, GridColumn, GridRow, Laid, Texts
from hazardctl.plain import built, plain
from hazardctl.statistics import tree
from hazardctl.statistics.kernel import Counting
from hazardctl.statistics.partial import Partial, Spot, summed, total
from hazardctl.statistics.rows import Rows, rows_of
from hazardctl.statistics.table import Row, Table
from hazardctl.statistics.tallies import Parts, Tallying, counted
from hazardctl.workspace import Workspace
from hazardctl.writers import csv

NUMBERS = st.one_of(st.integers(-3, 3), st.decimals(-2, 2, places=1))
AMOUNTS = st.dictionaries(st.tuples(st.just(""), st.integers(0, 2), st.sampled_from(("", "2022-08-01"))), NUMBERS)
WHOLE = st.dictionaries(st.tuples(st.just(""), st.integers(0, 2), st.just("")), st.integers(-3, 3))
HOSTILE = ("城东司法所", "a,b", 'say "yes"', "two\nlines", "old\rmac", "=1+1", "＝1", "", "'", " ")


def nodes_of(levels: Sequence[int]) -> list[tree.Node]:
    """Make a tree in which no node stands deeper than one below the last."""
    found: list[tree.Node] = []
    for at, wanted in enumerate(levels):
        level = min(wanted, found[-1].level + 1 if found else 1)
        found.append(tree.Node(str(at), str(at), level))
    return found


def below(nodes: Sequence[tree.Node], at: int) -> range:
    """Name a node and those below it."""
    end = next((no for no in range(at + 1, len(nodes)) if nodes[no].level <= nodes[at].level), len(nodes))
    return range(at, end)


def exactly(sums: Mapping[Any, object]) -> list[tuple[str, str]]:
    """Tell numbers apart that are equal and not the same, as 1 and 1.0."""
    return sorted((repr(key), repr(number)) for key, number in sums.items())


@pytest.mark.parametrize("amounts", [AMOUNTS, WHOLE], ids=["some of each kind", "counts"])
@given(data=st.data(), levels=st.lists(st.integers(1, 4), min_size=1, max_size=12))
def test_the_sum_at_a_node_is_that_of_all_below_it(
    data: st.DataObject, levels: list[int], amounts: st.SearchStrategy[dict[Spot, int]]
) -> None:
    nodes = nodes_of(levels)
    own: dict[str, Parts] = {
        node.id: (data.draw(st.sampled_from([{}, {"entries": 1}])), data.draw(amounts), {}, {})
        for node in nodes
        if data.draw(st.booleans())
    }
    for at, (states, sums, *_) in enumerate(tree._sums(nodes, own)):
        expected = total(Partial(*own[nodes[no].id]) for no in below(nodes, at) if nodes[no].id in own)
        assert exactly(sums) == exactly(expected.amounts)
        assert states == expected.states


def test_sums_stand_in_the_order_of_what_was_added_up() -> None:
    keys = [f"state {at}" for at in range(50)]
    given = [{}, dict.fromkeys(keys[:30], 1), dict.fromkeys(keys, 2)]
    assert list(tree._added(given, {0: 3})[0].items()) == list(summed(given).items())


def test_a_tree_as_deep_as_it_has_nodes_is_added_up_too() -> None:
    nodes = nodes_of(range(1, 5001))
    sums = tree._sums(nodes, {node.id: ({}, {("", 0, ""): 1}, {}, {}) for node in nodes})
    assert [one[1]["", 0, ""] for one in sums] == [*range(5000, 0, -1)]


def laid(names: Sequence[str], figures: Sequence[str]) -> Laid:
    columns = [Texts(names, names), Texts([f"{one}%" for one in figures], figures, number=True)]
    return Laid(columns, ["data"] * len(names), [1] * len(names))


def document(rows: Sequence[GridRow]) -> Document:
    columns = (GridColumn("a", ("上", "a")), GridColumn("b", ("b",)))
    return Document("x", grids=(Grid("x", columns, rows), Grid("y", columns, ())))


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("figure", ["-5", "", "1,5"])
def test_a_file_drawn_by_columns_is_the_one_drawn_by_rows(name: str, figure: str) -> None:
    rows = laid(["城东", name, "b"], ["1", figure, "-1"])
    assert csv.draw(document(rows)) == csv.draw(document(tuple(rows)))
    assert csv.file(document(rows)) == csv.file(document(tuple(rows)))


@pytest.mark.parametrize("names", [["", "a"], [""], []])
def test_a_single_column_and_no_row_at_all_are_drawn_by_columns_as_by_rows(names: list[str]) -> None:
    rows = Laid([Texts(names, names)], ["data"] * len(names), [1] * len(names))
    grid = Grid("x", (GridColumn("a", ("a",)),), rows)
    expected = csv.draw(Document("x", grids=(replace(grid, rows=tuple(rows)),)))
    assert csv.draw(Document("x", grids=(grid,))) == expected


def test_rows_of_a_grid_are_cells_column_by_column() -> None:
    rows = laid(["甲", "乙"], ["5", ""])
    assert rows == (
        GridRow((Cell("甲", "甲"), Cell("5%", "5", number=True))),
        GridRow((Cell("乙", "乙"), Cell("%", "", number=True))),
    )
    assert rows[1:] == tuple(rows)[1:]
    assert rows[0] in rows
    assert (*pickle.loads(pickle.dumps(rows)),) == (*rows,)
    assert rows != laid(["甲", "乙"], ["5", "6"])
    assert hash(rows) == hash(tuple(rows))


ROWS = (
    Row("a", {"zh": "甲", "en": "A"}, 1, "subtotal", "entries", {"x": 1, "y": None}, {"entries": 1}, "a", "office"),
    Row("b", "乙", 2, "data", "nil", {"x": Decimal("1.50"), "y": 0}, {}, "b"),
)


def test_rows_given_by_columns_are_rows() -> None:
    rows = rows_of(ROWS, ["x", "y"])
    assert rows == ROWS
    assert rows.figures["x"] == [1, Decimal("1.50")]
    assert rows_of(rows, []) is rows
    assert repr(rows) == repr(ROWS)
    assert len(rows) == 2
    assert Rows([], [], [], [], [], {}, [], [], []) == ()


def test_a_table_that_was_kept_has_its_rows_again() -> None:
    table = Table("t", "t", "", "", "", "live", (), rows_of(ROWS, ["x", "y"]))
    kept = json.loads(json.dumps(plain(table)))
    assert kept == json.loads(json.dumps(plain(replace(table, rows=ROWS))))
    assert built(Table, kept).rows == ROWS


def test_what_is_counted_of_a_unit_is_the_same_in_parts(tmp_path: Path) -> None:
    generate(tmp_path / "c", Wish(units=4, rows=3, broken=0.5, figures=0.5))
    campaign = load.opened(Workspace(tmp_path / "c"))
    plan = rollup.prepare(campaign).compiled.plan
    whole, parts = Counting(campaign, plan, TODAY), Tallying(campaign, plan, TODAY)
    units = list(campaign.units.units)
    assert list(map(counted, parts(units))) == list(whole(units))
    assert list(pickle.loads(pickle.dumps(parts))(units)) == list(parts(units))
    assert counted(parts.lost("u00001")) == whole.lost("u00001")
