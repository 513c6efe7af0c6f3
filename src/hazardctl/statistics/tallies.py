"""What the kernel says of units, part by part, without a record for each: so it travels, is kept, and is added up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from hazardctl.findings import Finding
from hazardctl.records import immutable
from hazardctl.statistics.kernel import Counted, Counting
from hazardctl.statistics.partial import Number, Partial, Remark, Spot, summed

Parts = tuple[Mapping[str, int], Mapping[Spot, Number], Mapping[Remark, int], Mapping[str, int]]
"""The parts of a partial."""
Tally = tuple[str, Parts, tuple[Finding, ...], bool, int]
"""The fields of what is counted of a unit."""


@immutable
class Tallying(Counting):
    """The kernel as a task, whose results are read and written in half the time."""

    def __call__(self, units: Sequence[str]) -> Iterator[Tally]:  # type: ignore[override]
        """Count some units."""
        return map(tally, Counting.__call__(self, units))

    def lost(self, unit: str) -> Tally:  # type: ignore[override]
        """Tell of a unit whose files end every process that reads them."""
        return tally(Counting.lost(self, unit))


def tally(one: Counted) -> Tally:
    """Take apart what is counted of a unit."""
    partial = one.partial
    parts = dict(partial.states), dict(partial.amounts), dict(partial.remarks), dict(partial.findings)
    return one.unit, parts, one.faults, one.news, one.flawed


def counted(one: Tally) -> Counted:
    """Put what is counted of a unit together again."""
    unit, parts, faults, news, flawed = one
    return Counted(unit, Partial(*parts), faults, news, flawed)


def whole(given: Collection[Parts]) -> Partial:
    """Add up the states and amounts of units."""
    return Partial(summed([one[0] for one in given]), summed([one[1] for one in given]))
