"""The rows of a table: partials folded over the unit tree, or over the checklist's categories, items and choices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, chain, pairwise
from typing import Any

from hazardctl.checklist import Checklist
from hazardctl.fields import campaign_fields
from hazardctl.records import immutable, many
from hazardctl.statistics import tallies
from hazardctl.statistics.conditions import below
from hazardctl.statistics.partial import LACKING, Number, Partial, Spot, by_group, summed
from hazardctl.statistics.plan import ENTRIES, MISSING, NIL, NOT_REQUIRED, Compiled
from hazardctl.statistics.rows import Rows
from hazardctl.statistics.table import Arithmetic, RowKind
from hazardctl.statistics.tallies import Parts
from hazardctl.texts import Text
from hazardctl.units import UnitTree

OWN = "/own"
"""Added to a unit's id for the row of its own ledger: no unit id holds a slash."""
UNPLACED = "/unplaced"
"""The row of entries that say nothing, or nothing readable, of what makes the rows."""
SUMS = ("subtotal", "total")
ALIKE = 4  # times the numbers there are: with more places for them, most have keys of their own
Sums = Mapping[Any, Any]
_WHOLE = frozenset({int, type(None)})


@immutable
class Words:
    """What rows are called that no file names."""

    total: Text
    own: Callable[[Text], Text]  # the own ledger of a unit, or the entries of a category that name no item
    unplaced: Text  # entries that say nothing of what makes the rows
    yes: Text
    no: Text


@immutable
class Node:
    """A node of the rows' tree, parents before children; level 1 is the top."""

    id: str
    name: Text
    level: int
    inner: bool = False
    code: str = ""
    of: str = ""


Wanted = tuple[Node, RowKind, Parts]
NONE: Parts = ({}, {}, {}, {})


class Fold:
    """How rows are made: down to which level, with which total and subtotals, overdue as of which day."""

    def __init__(self, compiled: Compiled, words: Words, as_of: str, level: int | None = None) -> None:
        self.compiled, self.words, self.level = compiled, words, level
        self.arithmetic = Arithmetic(compiled, as_of)


def unit_nodes(tree: UnitTree, top: str) -> list[Node]:
    """Give the units below `top`; a unit without units below it stands for itself."""
    if top and tree.is_leaf(top):
        unit = tree.units[top]
        return [Node(unit.id, unit.name, 1, code=unit.id, of=unit.kind)]
    pairs = list(tree.walk(top))
    units, levels = [unit for unit, _ in pairs], [level for _, level in pairs]
    ids, names, kinds = [unit.id for unit in units], [unit.name for unit in units], [unit.kind for unit in units]
    inner = {name for name, below in tree.children.items() if below}
    return many(Node, ids, names, levels, [one in inner for one in ids], ids, kinds)


def group_nodes(checklist: Checklist, group: str, words: Words) -> tuple[list[Node], Mapping[str, str]]:
    """Give the rows of a table that is not by unit, and the row each code or choice belongs to."""
    if group not in ("category", "item"):
        choices = [Node(key, label, 1, code=key) for key, label in _choices(checklist, group, words)]
        return choices, {node.id: node.id for node in choices}
    nodes: list[Node] = []
    home: dict[str, str] = {}
    inside = below(checklist)
    for category in checklist.categories:
        by_item = group == "item" and bool(category.items)
        nodes.append(Node(category.code, category.title, 1, by_item, category.code))
        home |= dict.fromkeys(inside[category.code], category.code)
        for item in category.items if by_item else ():
            nodes.append(Node(item.code, item.check, 2, code=item.code))
            home |= dict.fromkeys(inside[item.code], item.code)
    return nodes, home


def _choices(checklist: Checklist, group: str, words: Words) -> Iterator[tuple[str, Text]]:
    if group in ("status", "track"):
        yield from (checklist.statuses if group == "status" else checklist.tracks).items()
        return
    for used in campaign_fields(checklist):
        if used.key == group and used.type == "yes_no":
            yield from (("yes", words.yes), ("no", words.no))
        elif used.key == group:
            yield from ((choice.key, choice.label) for choice in used.values)


def by_units(fold: Fold, tree: UnitTree, top: str, own: Mapping[str, Parts]) -> tuple[Rows, Partial]:
    """Fold the units' partials up the tree; gives the rows and the states and amounts of them all."""
    nodes = unit_nodes(tree, top)
    sums = _sums(nodes, own)
    mine = own.get(top, NONE) if top and not tree.is_leaf(top) else NONE
    highest = [mine, *(one for node, one in zip(nodes, sums, strict=True) if node.level == 1)]
    whole = tallies.whole(highest)
    rows = _rows(fold, nodes, own, sums)
    if any(mine):
        rows[:0] = [_own(fold, Node(top, tree.units[top].name, 0), mine)]
    return _with_total(fold, rows, (whole.states, whole.amounts, {}, {})), whole


def by_groups(fold: Fold, checklist: Checklist, whole: Partial) -> tuple[Rows, Partial]:
    """Fold what all units add up to into rows by category, item, status, track or choice."""
    lacking = {spot: units for spot, units in whole.amounts.items() if spot[2] == LACKING}
    whole = replace(whole, amounts={spot: one for spot, one in whole.amounts.items() if spot not in lacking})
    nodes, home = group_nodes(checklist, fold.compiled.plan.group, fold.words)
    shares: dict[str, dict[Spot, Number]] = {}
    groups = by_group(whole)
    for code, partial in groups.items():
        place = home.get(code, UNPLACED)
        shares[place] = summed((shares.get(place, {}), partial.amounts))

    def dressed(amounts: Mapping[Spot, Number]) -> Parts:
        return whole.states, {**amounts, **lacking}, {}, {}

    if UNPLACED in shares:
        nodes.append(Node(UNPLACED, fold.words.unplaced, 1))
    dress = {name: dressed(share) for name, share in shares.items()}
    sums = _sums(nodes, {name: ({}, share, {}, {}) for name, share in shares.items()})
    rows = _rows(fold, nodes, dress, [dressed(one[1]) for one in sums])
    flat = dressed(summed(partial.amounts for partial in groups.values()))
    return _with_total(fold, rows, flat), whole


def _rows(fold: Fold, nodes: list[Node], own: Mapping[str, Parts], sums: Sequence[Parts]) -> list[Wanted]:
    wanted: list[Wanted] = []
    deepest, subtotals = fold.level, fold.compiled.table.subtotals
    for node, whole in zip(nodes, sums, strict=True):
        if deepest is not None and node.level > deepest:
            continue
        if not node.inner:
            wanted.append((node, "data", whole))
            continue
        cut = node.level == deepest
        if cut or subtotals:
            wanted.append((node, "subtotal", whole))
        if not cut and any(mine := own.get(node.id, NONE)):
            wanted.append(_own(fold, node, mine))
    return wanted


def _sums(nodes: Sequence[Node], own: Mapping[str, Parts]) -> list[Parts]:
    """Give the states and amounts below and at each node, added up."""
    sums = [own.get(node.id, NONE) for node in nodes]
    ends = _ends([node.level for node in nodes])
    states, amounts = _added([one[0] for one in sums], ends), _added([one[1] for one in sums], ends)
    for at in ends:
        sums[at] = states[at], amounts[at], {}, {}
    return sums


def _ends(levels: Sequence[int]) -> dict[int, int]:
    """Tell where what is below a node ends, of those that have anything below; children come before their parents."""
    ends: dict[int, int] = {}
    above: list[int] = []
    for at, (level, following) in enumerate(pairwise([*levels, 0])):
        if following > level:
            above.append(at)
            continue
        while above and levels[above[-1]] >= following:
            ends[above.pop()] = at + 1
    return ends


def _added(given: Sequence[Sums], ends: Mapping[int, int]) -> dict[int, dict[Any, Any]]:
    """Add up what nodes have to what is below them: number by number, or where most have the same keys by key."""
    found: dict[int, dict[Any, Any]] = {at: {} for at in ends}
    keys = dict.fromkeys(chain.from_iterable(given))  # in this order they stand in what is frozen
    alike = len(keys) * len(given) <= ALIKE * sum(map(len, given))
    if alike and all(_added_key(key, [one.get(key) for one in given], ends, found) for key in keys):
        return found
    for at, end in ends.items():
        below, child = [given[at]], at + 1
        while child < end:
            below.append(found[child] if child in ends else given[child])
            child = ends.get(child, child + 1)
        found[at] = summed(below)
    return found


def _added_key(key: Any, numbers: Sequence[Any], ends: Mapping[int, int], found: Mapping[int, dict[Any, Any]]) -> bool:
    """Add up the numbers of a key; tells whether that could be done, since only whole ones can be taken off again."""
    if not _WHOLE.issuperset(map(type, numbers)):
        return False
    upto = [0, *accumulate([number or 0 for number in numbers])]
    there = [0, *accumulate([number is not None for number in numbers])]
    for at, end in ends.items():
        if there[end] > there[at]:
            found[at][key] = upto[end] - upto[at]
    return True


def _own(fold: Fold, node: Node, parts: Parts) -> Wanted:
    """Name the row of what an inner unit or category has of its own."""
    return replace(node, id=node.id + OWN, name=fold.words.own(node.name), level=node.level + 1), "own", parts


def _with_total(fold: Fold, rows: list[Wanted], whole: Parts) -> Rows:
    last: Wanted = (Node("", fold.words.total, 0), "total", whole)
    where = fold.compiled.table.total
    return _made(fold, rows if where == "none" else [last, *rows] if where == "first" else [*rows, last])


def _made(fold: Fold, wanted: Sequence[Wanted]) -> Rows:
    """Make rows, all at once: there may be very many."""
    nodes, kinds = [node for node, _, _ in wanted], [kind for _, kind, _ in wanted]
    said = [parts[0] for _, _, parts in wanted]
    reported = [one.get(ENTRIES, 0) + one.get(NIL, 0) for one in said]
    return Rows(
        [node.id for node in nodes], [node.name for node in nodes], [node.level for node in nodes], kinds,
        [ENTRIES if one.get(ENTRIES) else state_of(one) for one in said],
        fold.arithmetic.columns([parts[1] for _, _, parts in wanted], reported),
        [dict(one) if kind in SUMS else {} for kind, one in zip(kinds, said, strict=True)],
        [node.code for node in nodes], [node.of for node in nodes],
    )  # fmt: skip


def state_of(held: Mapping[str, int]) -> str:
    """Give the state of a unit, or of several: what the fullest of them reported."""
    for state in (ENTRIES, NIL, MISSING):
        if held.get(state):
            return state
    return NOT_REQUIRED
