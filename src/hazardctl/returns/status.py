"""Say who has reported for a period (报送情况): expected, received, on time, late, nil, missing, up the tree.

Everything counts units of one set, those that are asked for a return: each is in it once and in one state, so that no
rate can pass 100 % whatever opens, closes, merges or splits in mid-period. What nobody asked for is listed apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from hazardctl import engines, inspection
from hazardctl.findings import Finding
from hazardctl.formats import csv
from hazardctl.formats.encoding import Dress
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.returns import clock, returned, signed
from hazardctl.returns.clock import Clock
from hazardctl.returns.periods import Period
from hazardctl.returns.returned import Grant, Return
from hazardctl.returns.signed import Verdict
from hazardctl.units import Unit, unsafe_id

State = Literal["not_required", "missing", "nil", "entries"]
COUNTED = ("expected", "received", "on_time", "late", "nil", "missing", "accepted")
RATES = ("received", "on_time")
CHUNK = 100  # units sent out at a time


@immutable
class Standing:
    """One unit's answer for a period: its state, and when the first of its returns came."""

    unit: Unit
    level: int
    state: State
    rows: int = 0
    at: date | None = None
    late: bool = False
    corrections: int = 0
    accepted: bool = False
    reopened: date | None = None  # until when it may send all the same
    unasked: bool = False  # it sent a return although nothing is asked of it
    signature: Verdict | None = None  # of the return that counts
    lost: bool = False  # its files end every process that reads them: what it sent is not known


@immutable
class Counts:
    """How many of some units; every figure counts units out of `expected`."""

    expected: int = 0
    received: int = 0
    on_time: int = 0
    late: int = 0
    nil: int = 0
    missing: int = 0
    accepted: int = 0

    def rate(self, part: str) -> Decimal | None:
        """Give a figure as a percentage of what is expected, to one decimal; None where nothing is."""
        if not self.expected:
            return None
        share = Decimal(getattr(self, part)) * 100 / self.expected
        return share.quantize(Decimal("0.1"), ROUND_HALF_UP)


@immutable
class Row:
    """A unit in the table: its own answer where it is asked for one, and the counts of all below it."""

    unit: str
    name: str
    level: int
    standing: Standing | None
    counts: Counts


@immutable
class Status:
    """Who has reported for a period; `rows` are in tree order, `total` counts every unit once."""

    period: Period
    clock: Clock
    today: date
    rows: tuple[Row, ...]
    total: Counts
    chase: tuple[Standing, ...]  # units whose return is missing
    unasked: tuple[Standing, ...]
    findings: tuple[Finding, ...] = ()  # units that nothing is known of

    @property
    def overdue(self) -> bool:
        """Tell whether somebody's return is missing although it is due."""
        return bool(self.chase) and self.today > self.clock.due


def status(
    opened: Opened,
    asked: str | Period,
    today: date,
    level: int | None = None,
    *,
    engine: str = "local",
    advance: Callable[[int], None] | None = None,
) -> Status:
    """Gather who has reported for a period; `level` shows the tree down to that depth, the counts stay whole.

    `advance` is told how many units are done. Errors: UsageError, clock.UnpublishedError.
    """
    period = clock.read(opened, asked) if isinstance(asked, str) else asked
    days = clock.of(opened, period)
    own = {one.unit.id: one for one in _standings(opened, days, today, engine, advance)}
    rows = tuple(
        Row(unit.id, unit.name, depth, own.get(unit.id), count(map(own.__getitem__, filter(own.__contains__, below))))
        for unit, depth in opened.units.walk() if level is None or depth <= level
        for below in (opened.units.under(unit.id),)
    )  # fmt: skip
    everybody = tuple(own.values())
    return Status(
        period, days, today, rows, count(everybody), tuple(one for one in everybody if one.state == "missing"),
        tuple(one for one in everybody if one.unasked),
        tuple(inspection.lost(opened, one.unit.id) for one in everybody if one.lost),
    )  # fmt: skip


def below(found: Status, opened: Opened, unit: str) -> Status:
    """Narrow a whole status down to a unit and those below it."""
    inside = set(opened.units.under(unit))
    rows = tuple(row for row in found.rows if row.unit in inside)
    own = [row.standing for row in rows if row.standing is not None]
    return replace(
        found, rows=rows, total=count(own), chase=tuple(one for one in found.chase if one.unit.id in inside),
        unasked=tuple(one for one in found.unasked if one.unit.id in inside),
        findings=tuple(one for one in found.findings if one.unit in inside),
    )  # fmt: skip


def count(standings: Iterable[Standing]) -> Counts:
    """Count units by what became of their returns; those that are not required are in no figure."""
    asked = [one for one in standings if one.state != "not_required"]
    received = [one for one in asked if one.state != "missing"]
    late = sum(one.late for one in received)
    return Counts(
        len(asked), len(received), len(received) - late, late, sum(one.state == "nil" for one in received),
        len(asked) - len(received), sum(one.accepted for one in received),
    )  # fmt: skip


@immutable
class Sent:
    """What one unit has sent for a period; `keeps` tells whether a return may be asked of it."""

    keeps: bool = True
    returns: tuple[Return, ...] = ()
    signature: Verdict | None = None
    lost: bool = False


@immutable
class Gathering:
    """What units have sent for a period, as a task that another process can be sent."""

    opened: Opened
    period: Period

    def __call__(self, units: Sequence[str]) -> Iterator[Sent]:
        """Read the returns of some units."""
        return (_sent(self.opened, unit, self.period) for unit in units)

    def lost(self, unit: str) -> Sent:  # noqa: ARG002 -- alike for every unit
        """Tell of a unit whose files end every process that reads them."""
        return Sent(lost=True)


def _sent(opened: Opened, unit: str, period: Period) -> Sent:
    if not (opened.units.is_leaf(unit) or opened.workspace.ledgers(unit)):
        return Sent(keeps=False)
    sent = returned.for_period(returned.of_unit(opened.workspace, unit)[0], period, opened)
    return Sent(returns=tuple(sent), signature=signed.verify(opened, sent[-1]) if sent else None)


def _standings(
    opened: Opened, days: Clock, today: date, engine: str, advance: Callable[[int], None] | None
) -> Iterator[Standing]:
    """Give the units' answers in tree order; what superiors have decided is read once, here."""
    granted = returned.grants(opened, days.period)
    given: dict[str, list[returned.Acceptance]] = {}
    units = [(unit, level) for unit, level in opened.units.walk() if not unsafe_id(unit.id)]
    chunks = engines.chunked([unit.id for unit, _ in units], CHUNK)
    answers = engines.named(engine).run(Gathering(opened, days.period), chunks)
    for number, ((unit, level), found) in enumerate(zip(units, answers, strict=True), 1):
        if advance:
            advance(number)
        if not found.keeps:
            continue
        superior = unit.parent if unit.parent in opened.units.units else ""
        if superior not in given:
            given[superior] = returned.acceptances(opened, superior)
        sent = found.returns
        accepted = returned.is_accepted(sent[-1] if sent else None, given[superior], granted)
        standing = _standing(unit, level, sent, days, granted, accepted=accepted, today=today)
        yield replace(standing, signature=found.signature, lost=found.lost)


def _standing(
    unit: Unit, level: int, sent: Sequence[Return], days: Clock, granted: list[Grant], *, accepted: bool, today: date
) -> Standing:
    until = max(
        (one.until for one in granted if one.unit == unit.id and one.until and one.until >= today), default=None
    )
    if not unit.open_on(days.period.start, days.period.end):
        return Standing(unit, level, "not_required", unasked=bool(sent))
    if not sent:
        return Standing(unit, level, "missing", reopened=until)
    first, last = sent[0].at, sent[-1]
    state: State = "nil" if last.state == returned.NIL else "entries"
    late = first is None or first > days.due  # a day that cannot be read proves nothing
    return Standing(unit, level, state, last.rows or 0, first, late, len(sent) - 1, accepted, until)


def as_json(found: Status) -> Mapping[str, object]:
    """Give the status as programs get it."""
    return {
        "period": found.period.key, "from": str(found.period.start), "to": str(found.period.end),
        "due": str(found.clock.due), "late_until": _day(found.clock.late_until), "locks_on": _day(found.clock.locks_on),
        "provisional": found.clock.provisional, "today": str(found.today), "total": _counts(found.total),
        "units": [
            {"unit": row.unit, "name": row.name, "level": row.level, **_own(row.standing), **_counts(row.counts)}
            for row in found.rows
        ],
        "missing": [one.unit.id for one in found.chase],
        "unasked": [one.unit.id for one in found.unasked],
    }  # fmt: skip


def _own(one: Standing | None) -> dict[str, object]:
    if one is None:
        return {"state": None, "rows": None, "at": None, "timing": None, "corrections": None, "signature": None}
    timing = None if one.at is None else "late" if one.late else "on_time"
    return {
        "state": one.state, "rows": one.rows if one.state == "entries" else None, "at": _day(one.at), "timing": timing,
        "corrections": one.corrections, "signature": one.signature.state if one.signature else None,
    }  # fmt: skip


def _counts(counts: Counts) -> dict[str, object]:
    numbers: dict[str, object] = {each.name: getattr(counts, each.name) for each in fields(counts)}
    rates = {f"{part}_rate": counts.rate(part) for part in RATES}
    return numbers | {name: None if rate is None else float(rate) for name, rate in rates.items()}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def numbers(counts: Counts) -> list[str]:
    """Give the figures and rates of a row in their order; a rate of nothing is blank."""
    rates = (counts.rate(part) for part in RATES)
    return [*(str(getattr(counts, key)) for key in COUNTED), *("" if rate is None else str(rate) for rate in rates)]


def as_csv(found: Status) -> bytes:
    """Give the status as a CSV file: one row a unit in tree order, and the total, with words for programs."""
    heads = ["unit", "name", "level", "state", "rows", "at", "timing", *COUNTED, *(f"{part}_rate" for part in RATES)]
    rows = [_line(row) for row in found.rows]
    rows.append(["", "total", "0", "", "", "", "", *numbers(found.total)])
    return csv.write(heads, rows, Dress("utf-8", "\n"))


def _line(row: Row) -> list[str]:
    one = row.standing
    own = ["", "", "", ""]
    if one is not None:
        timing = "" if one.at is None else "late" if one.late else "on_time"
        own = [one.state, str(one.rows) if one.state == "entries" else "", str(one.at or ""), timing]
    return [row.unit, row.name, str(row.level), *own, *numbers(row.counts)]
