"""Find what a unit's ledger shares with another unit's: it would be counted twice in every table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import repeat

from hazardctl import cache, engines, load
from hazardctl.findings import Finding
from hazardctl.inspection import at_home, is_linked
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.records import immutable
from hazardctl.rules import across, twins
from hazardctl.rules.across import Marks, Shown, packed, unpacked
from hazardctl.units import unsafe_id

CHUNK = 100  # units sent out at a time


@immutable
class Marking:
    """What ledgers show of themselves to the campaign, as a task that another process can be sent."""

    opened: Opened
    today: date
    language: str = ""  # nothing of it is said to anybody

    def __call__(self, units: Sequence[str]) -> Iterator[Marks]:
        """Read some units."""
        return (self._marks(unit) for unit in units)

    def lost(self, unit: str) -> Marks:
        """Tell of a unit whose files end every process that reads them: nothing of it is counted."""
        return Marks(unit, "")

    def _marks(self, unit: str) -> Marks:
        workspace = self.opened.workspace
        if unsafe_id(unit) or not at_home(workspace, unit, linked=is_linked(workspace)):
            return Marks(unit, "")
        ledger, _ = load.load_ledger(self.opened.workspace, unit, self.opened.terms)
        return marks(self.opened, ledger, self.today) if ledger is not None and ledger.rows else Marks(unit, "")


def marks(opened: Opened, ledger: Ledger, today: date) -> Marks:
    """Reduce a ledger to what has to be compared across units."""
    return twins.marks(Reading(ledger, opened.terms, today))


def _shared(other: Marks, own: Marks, ids: set[int], hazards: set[int]) -> Marks | None:
    """Give another ledger's marks, of its hazards those that one has too; None where the two share nothing."""
    both = hazards.intersection(unpacked(other.hazards))
    same = other.sha256 != "" and other.sha256 == own.sha256
    if not (same or both or not ids.isdisjoint(unpacked(other.ids))):
        return None
    days = dict(zip(unpacked(other.hazards), other.days or repeat(0)))  # noqa: B905 -- without end
    return replace(other, hazards=packed(sorted(both)), days=bytes(map(days.__getitem__, sorted(both))))


def doubles(opened: Opened, ledger: Ledger, today: date) -> list[Finding]:
    """Find hazards of one ledger that stand in another unit's, on either side, and a ledger that is another's copy.

    The same findings as those of a whole check; the ledgers that have not changed since the last time are not read.
    """
    units = [unit.id for unit, _ in opened.units.walk()]
    every = cache.run(Marking(opened, today), units, CHUNK, engines.named("local").run)
    own = marks(opened, ledger, today)
    ids, hazards = {*unpacked(own.ids)}, {*unpacked(own.hazards)}

    def ledger_of(unit: str) -> Ledger | None:
        return load.load_ledger(opened.workspace, unit, opened.terms)[0]

    def reading_of(unit: str) -> Reading | None:
        there = ledger_of(unit)
        return Reading(there, opened.terms, today) if there is not None else None

    with Shown() as shown:
        for each in every:
            if (one := own if each.unit == ledger.unit else _shared(each, own, ids, hazards)) is not None:
                shown.add(one)
        told = [*across.check(shown, ledger_of), *twins.check(shown, reading_of)]
    return [one for one in told if ledger.unit in (one.unit, dict(one.args).get("other"))]
