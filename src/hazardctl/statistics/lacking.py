"""Columns a ledger lacks: what depends on one of them is blank for the unit, not 0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from hazardctl.cells.terms import Terms
from hazardctl.ledger import Ledger
from hazardctl.reading import Reading
from hazardctl.statistics.facets import BAD, Facet, is_needed
from hazardctl.statistics.partial import LACKING, Number, Remark, Spot
from hazardctl.statistics.plan import Plan, facets_of


def fields(ledger: Ledger, terms: Terms) -> frozenset[str]:
    """Name the fields that have to say something and have no column; an optional one without a column is blank."""
    needed: frozenset[str] | None = terms.kept.get(is_needed)
    if needed is None:
        needed = terms.kept[is_needed] = frozenset(key for key in terms.by_key if is_needed(terms, key))
    return needed - ledger.index.keys()


def facets(known: Iterable[Facet], reading: Reading) -> Mapping[str, str]:
    """Name the facets that no row has because a column is lacking, with its field."""
    gone = fields(reading.ledger, reading.terms)
    lost: dict[str, str] = {}
    for one in known if gone else ():
        field = next((key for key in one.fields if key in gone), "")
        if field and one.name != "known_by" and (one.name.startswith("filled:") or set(one.column(reading)) == {BAD}):
            lost[one.name] = field
    return lost


def measures(plan: Plan, lost: Mapping[str, str]) -> tuple[int, ...]:
    """Name the measures that cannot be counted without these facets."""
    return tuple(at for at, one in enumerate(plan.measures) if lost.keys() & {*facets_of(one), *one.beside})


def blanked(amounts: dict[Spot, Number], numbers: Iterable[int]) -> None:
    """Take out what was counted of some measures, and leave a mark that the unit cannot tell them."""
    lost = frozenset(numbers)
    for spot in [spot for spot in amounts if spot[1] in lost]:
        del amounts[spot]
    amounts.update({("", number, LACKING): 1 for number in lost})


def remarks(plan: Plan, lost: Mapping[str, str], rows: int) -> Counter[Remark]:
    """Name the lacking fields that columns of the table depend on, with the rows of the ledger."""
    used = {name for one in plan.measures for name in (*facets_of(one), *one.beside)} & lost.keys()
    return Counter({("lacking", lost[name]): rows for name in used})
