"""Inspect units: load each file once and run every rule on it. Checks and roll-ups map this.

Ledgers of one make are read together, and a rule that has nothing to say of all of them is not asked about each.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import ModuleType
from typing import Literal

from hazardctl import alike, load
from hazardctl.alike import Raw
from hazardctl.figures import Figures
from hazardctl.findings import Finding, Severity
from hazardctl.journals import losses
from hazardctl.journals.journal import FOLDER
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.reading import Part, Reading
from hazardctl.records import immutable
from hazardctl.rules import FIGURE_RULES, LEDGER_RULES, duplicates, folders, merging, structure, unreadable
from hazardctl.rules.figures import report
from hazardctl.rules.returns import check as check_returns
from hazardctl.rules.returns import gathered
from hazardctl.today import Today
from hazardctl.units import unsafe_id
from hazardctl.workspace import Home, Workspace

State = Literal["entries", "nil", "missing", "unread"]
RETURNS = frozenset({"returns.yaml", "accepted.yaml"})
TOGETHER = 20  # units whose ledgers are read at a time: as many cells as a processor has at hand,
LARGEST = 1 << 19  # or bytes
ALONE = frozenset({duplicates})  # what is twice in one ledger may stand in all of them more often, on other days


@immutable
class Inspected:
    """What one unit's files hold and what is wrong with them."""

    unit: str
    reading: Reading | None = None  # of its ledger, where there is one that can be read
    figures: Figures | None = None
    findings: tuple[Finding, ...] = ()
    news: bool = False  # there is something its journal has not recorded
    state: State = "missing"
    files: tuple[str, ...] = ()
    returns: bool = False  # it has sent some
    begun: bool = False  # its journal
    left: bool = False  # a run that broke off has left something


@immutable
class _Held:
    """A unit's ledger as it was read, before anybody looks into it."""

    unit: str
    home: Home | None  # none: its folder is not looked into
    data: bytes | None = None
    found: tuple[Finding, ...] = ()


def inspect(opened: Opened, unit: str, today: date, reader: type[Reading] = Reading) -> Inspected:
    """Inspect one unit; depends on nothing but its files, the campaign and the day.

    With `reading.Tally` for a reader the findings are made to be counted: most are without place and values.
    """
    return next(inspect_all(opened, (unit,), today, reader))


def inspect_all(
    opened: Opened, units: Iterable[str], today: date, reader: type[Reading] = Reading
) -> Iterator[Inspected]:
    """Inspect units, each as if it were alone."""
    held: list[_Held] = []
    size = 0
    for unit in units:
        held.append(_held(opened, unit))
        size += len(held[-1].data or b"")
        if len(held) == TOGETHER or size > LARGEST:
            yield from _inspected(opened, held, today, reader)
            held, size = [], 0
    yield from _inspected(opened, held, today, reader)


def _held(opened: Opened, unit: str) -> _Held:
    if unsafe_id(unit) or not at_home(opened.workspace, unit):
        return _Held(unit, None)
    home = opened.workspace.home(unit)
    data, found = load.ledger_data(home)
    return _Held(unit, home, data, tuple(found))


def _inspected(opened: Opened, held: Sequence[_Held], today: date, reader: type[Reading]) -> Iterator[Inspected]:
    parts = _together(opened, held, today)
    silent: dict[Reading, tuple[frozenset[ModuleType], date]] = {}
    for one in held:
        if one.home is None:
            yield Inspected(one.unit)
            continue
        ledger, part = parts.get(one.unit, (None, None))
        found = list(one.found)
        if ledger is None and one.data is not None:
            ledger, found = load.parse_ledger(one.home, one.data, found, opened.terms)
        passed: Collection[ModuleType] = ()
        if part is not None:
            if part.whole not in silent:
                silent[part.whole] = _silent(part.whole)
            passed, day = silent[part.whole]
            if isinstance(today, Today) and isinstance(day, Today):
                today.narrow(day)
        reading = None if ledger is None else reader(ledger, opened.terms, today, part)
        yield _unit(opened, one.home, reading, found, today, passed)


def _together(opened: Opened, held: Sequence[_Held], today: date) -> Mapping[str, tuple[Ledger, Part]]:
    """Read those ledgers together that can be, for a day of their own."""
    raws = [
        Raw(one.unit, f"{one.home.name}/{one.home.ledgers[0]}", one.data)
        for one in held
        if one.home and one.data and one.home.ledgers[0].endswith(".csv")
    ]
    day = Today.of(today) if isinstance(today, Today) else today
    return {raw.unit: (ledger, part) for raw, ledger, part in alike.together(raws, opened.terms, day)}


def _silent(whole: Reading) -> tuple[frozenset[ModuleType], date]:
    """Name the rules that have nothing to say of several ledgers, and so of none of them; and the day they say it."""
    silent: set[ModuleType] = set()
    whole_day = whole.today
    for rule in LEDGER_RULES:
        if rule in ALONE:
            continue
        if isinstance(whole_day, Today):
            whole.today = Today.of(whole_day)
        if next(iter(rule.check(whole)), None) is None:
            silent.add(rule)
            if isinstance(whole_day, Today) and isinstance(whole.today, Today):
                whole_day.narrow(whole.today)
    if not silent.issuperset((structure, unreadable)):
        silent -= {structure, unreadable}  # what slipped in one ledger is little in all of them, or the other way round
    return frozenset(silent), whole_day


def _unit(  # noqa: PLR0917 -- a unit, what is known of its ledger, and the day
    opened: Opened, home: Home, reading: Reading | None, found: list[Finding], today: date,
    silent: Collection[ModuleType],
) -> Inspected:  # fmt: skip
    unit = home.unit
    ledger = None if reading is None else reading.ledger
    sight = losses.look(opened.workspace, unit, ledger, found, home)
    found += sight.findings
    files = [f"{home.name}/{name}" for name in home.ledgers]
    state: State = "unread" if files or home.shut else "missing"
    if reading is not None:
        found += check_ledger(reading, silent)
        state = "nil" if reading.ledger.nil else "entries"
    else:
        found += folders.stray(opened, unit) if state == "missing" else ()
    found += merging.check(opened, unit, home)
    figures, more = load.load_figures(opened.workspace, unit, home)
    found += more
    if figures is not None:
        files.append(figures.path)
    given = report(figures, opened, unit, today)
    for rule in FIGURE_RULES:
        found += rule.check(given)
    if not RETURNS.isdisjoint(home.files):
        found += check_returns(gathered(opened, unit, ledger, today))
    return Inspected(
        unit, reading, figures, tuple(found), sight.news, state, tuple(files),
        returns="returns.yaml" in home.files, begun=FOLDER in home.folders, left=sight.left,
    )  # fmt: skip


def check_ledger(reading: Reading, silent: Collection[ModuleType] = ()) -> Iterator[Finding]:
    """Run every rule for ledgers on one, except those known to have nothing to say of it."""
    for rule in LEDGER_RULES:
        if rule not in silent:
            yield from rule.check(reading)


def lost(opened: Opened, unit: str) -> Finding:
    """Tell of a unit whose files end every process that reads them."""
    return Finding("F109", Severity.ERROR, opened.workspace.name(opened.workspace.unit(unit)), unit=unit)


def at_home(workspace: Workspace, unit: str) -> bool:
    """Tell whether a unit's folder stays inside the campaign's."""
    path = f"{workspace.root}/units/{unit}"
    if not os.path.islink(path) and not os.path.islink(os.path.dirname(path)):  # noqa: PTH114, PTH120 -- there are thousands
        return True
    return workspace.unit(unit).resolve().is_relative_to(workspace.root.resolve())
