"""Turn a ledger back to a period's end (回到当时): what happened to its entries later is taken back.

Where it cannot be told when something happened the frozen row stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from hazardctl.cells.terms import Terms
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.publishing import pairing
from hazardctl.publishing.evidence import Record, Sources
from hazardctl.statistics.conditions import CLOSED
from hazardctl.statistics.tracing import Line, Source


def turned_back(now: Source, lines: Sequence[Line], end: str, terms: Terms) -> Source:
    """Give a unit's ledger with what happened after a period's end taken back to the frozen lines."""
    if now.ledger is None:
        return now
    ledger = now.ledger
    held = _held(ledger)
    frozen_as = pairing.turned(lines, held)
    rows = []
    for number, (row, cells) in enumerate(zip(ledger.rows, held, strict=True)):
        was = frozen_as.get(number)
        back = dict(_taken_back(cells, was, end, terms)) if was is not None else {}
        rows.append([back.get(key, cell) if key else cell for key, cell in zip(ledger.keys, row, strict=True)])
    return replace(now, ledger=replace(ledger, rows=rows))


def _held(ledger: Ledger) -> list[Mapping[str, str]]:
    """Give the cells of each entry by key."""
    return [{key: ledger.cell(at, key) for key in ledger.index} for at in range(len(ledger.rows))]


def _taken_back(cells: Mapping[str, str], was: Mapping[str, str], end: str, terms: Terms) -> Iterator[tuple[str, str]]:
    """Give the cells of an entry that go on changing, as they were frozen, if all that happened came later."""
    if _closed_by(was, end, terms) or _closed_by(cells, end, terms):
        return
    yield from ((key, was[key]) for key in pairing.PROGRESS if key in was and cells.get(key, "") != was[key])


def _closed_by(cells: Mapping[str, str], end: str, terms: Terms) -> bool:
    """Tell whether an entry was fixed by a day, as far as it says."""
    done = _fixed_on(cells, terms) if _is_closed(cells, terms) else None
    return done is not None and (not end or done.isoformat() <= end)


def _is_closed(cells: Mapping[str, str], terms: Terms) -> bool:
    return "status" in terms.by_key and terms.read("status", cells.get("status", "")).value in CLOSED


def _fixed_on(cells: Mapping[str, str], terms: Terms) -> date | None:
    done = terms.read("done_on", cells.get("done_on", "")).value if "done_on" in terms.by_key else None
    return done if isinstance(done, date) else None


def undated(then: Opened, first: Record, given: Sources) -> Iterator[str]:
    """Name entries that were frozen as fixed without a day, and are not fixed now: nobody can tell when that changed.

    They stay as they were frozen, like everything that may have happened after the period.
    """
    terms = then.terms
    if not {"status", "done_on"} <= terms.by_key.keys():
        return
    for unit in first.units:
        closed = [line.values for line in unit.lines if _is_closed(line.values, terms)]
        if not any(_fixed_on(values, terms) is None for values in closed):
            continue
        ledger = given(unit.unit).ledger
        rows = [] if ledger is None else _held(ledger)
        for at, was in pairing.turned(unit.lines, rows).items():
            if _is_closed(was, terms) and _fixed_on(was, terms) is None and not _is_closed(rows[at], terms):
                yield f"{then.units.units[unit.unit].name} {rows[at].get('id', '').strip() or at + 1}"
