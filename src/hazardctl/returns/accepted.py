"""Hold accepted returns (认可的报送) against what lies there now: what was accepted stands as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from hazardctl.journals.losses import digest
from hazardctl.load import Opened
from hazardctl.returns import returned
from hazardctl.returns.periods import Period
from hazardctl.returns.returned import Acceptance, Return
from hazardctl.units import unsafe_id


def standing(opened: Opened, period: Period, units: Sequence[str]) -> Iterator[tuple[Return, Acceptance]]:
    """Give the returns of some units that are accepted for a period, each with the word that accepted it."""
    granted = returned.grants(opened, period)
    given: dict[str, dict[str, list[Acceptance]]] = {}
    for name in units:
        unit = opened.units.units[name]
        superior = unit.parent if unit.parent in opened.units.units else ""
        if superior not in given:
            given[superior] = _by_unit(returned.acceptances(opened, superior))
        own = given[superior].get(name, [])
        if not own or unsafe_id(name):
            continue
        sent = returned.for_period(returned.of_unit(opened.workspace, name)[0], period, opened)
        if sent and returned.is_accepted(sent[-1], own, granted):
            about = [one for one in own if (one.period, one.number) == (sent[-1].period, sent[-1].number)]
            yield sent[-1], about[-1]


def _by_unit(given: Iterable[Acceptance]) -> dict[str, list[Acceptance]]:
    found: dict[str, list[Acceptance]] = {}
    for one in given:
        found.setdefault(one.unit, []).append(one)
    return found


def as_accepted(sent: Return, given: Acceptance) -> Return:
    """Give a return with the files that were accepted, whatever its list says today."""
    return replace(sent, sha256=given.sha256 or sent.sha256, figures=given.figures or sent.figures)


def is_another(sent: Return, given: Acceptance) -> bool:
    """Tell whether the list of returns no longer has the return that was accepted."""
    pairs = ((given.sha256, sent.sha256), (given.figures, sent.figures))
    return any(then and then != now for then, now in pairs)


def has_moved(opened: Opened, sent: Return) -> bool:
    """Tell whether a unit's ledger or figures are no longer those of a return."""
    folder = opened.workspace.unit(sent.unit)
    ledger = next(iter(opened.workspace.ledgers(sent.unit)), folder / "ledger.csv")
    return (digest(ledger), digest(folder / "figures.csv")) != (sent.sha256, sent.figures)


def moved(opened: Opened, period: Period, units: Sequence[str]) -> dict[str, Return]:
    """Give the accepted returns whose unit's files have changed since, as they were accepted."""
    found = (as_accepted(sent, given) for sent, given in standing(opened, period, units))
    return {sent.unit: sent for sent in found if has_moved(opened, sent)}
