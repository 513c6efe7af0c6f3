"""Inspect units: load each file once and run every rule on it. Checks and roll-ups map this.

Ledgers of one make are read together, and a rule that has nothing to say of several is not asked about each of them.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import ModuleType
from typing import Literal

from hazardctl import alike, load, silence
from hazardctl.alike import Raw
from hazardctl.figures import Figures
from hazardctl.findings import Finding, Severity
from hazardctl.joined import Batch, join
from hazardctl.journals import losses
from hazardctl.journals.journal import FOLDER
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.reading import Part, Reading
from hazardctl.records import immutable
from hazardctl.rules import FIGURE_RULES, LEDGER_RULES, folders, merging
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


@immutable
class _Share:
    """What a unit's ledger is of several that are looked at as one, and the rules that have nothing to say of it."""

    part: Part | None = None
    silent: Collection[ModuleType] = ()
    day: date | None = None  # that is so


_ALONE = _Share()


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
    size, linked = 0, is_linked(opened.workspace)
    for unit in units:
        held.append(_held(opened, unit, linked=linked))
        size += len(held[-1].data or b"")
        if len(held) == TOGETHER or size > LARGEST:
            yield from _inspected(opened, held, today, reader)
            held, size = [], 0
    yield from _inspected(opened, held, today, reader)


def _held(opened: Opened, unit: str, *, linked: bool) -> _Held:
    if unsafe_id(unit) or not at_home(opened.workspace, unit, linked=linked):
        return _Held(unit, None)
    home = opened.workspace.home(unit)
    data, found = load.ledger_data(home)
    return _Held(unit, home, data, tuple(found))


def _inspected(opened: Opened, held: Sequence[_Held], today: date, reader: type[Reading]) -> Iterator[Inspected]:
    read, batches = _read(opened, held)
    shares: dict[str, _Share] = {}
    for joined in join(batches, opened.terms, today):
        passed, day = silence.rules(joined)
        for known, part, silent in zip(joined.ledgers, joined.parts, passed, strict=True):
            shares[known.unit] = _Share(part, silent, day)
    for one in held:
        if one.home is None:
            yield Inspected(one.unit)
            continue
        ledger, found = read.get(one.unit, (None, one.found))
        share = shares.get(one.unit, _ALONE)
        if isinstance(today, Today) and isinstance(share.day, Today):
            today.narrow(share.day)
        reading = None if ledger is None else reader(ledger, opened.terms, today, share.part)
        yield _unit(opened, one.home, reading, list(found), today, share.silent)


def _read(
    opened: Opened, held: Sequence[_Held]
) -> tuple[Mapping[str, tuple[Ledger | None, Sequence[Finding]]], Sequence[Batch]]:
    """Read ledgers, those of one make together: each with what was found, and in batches."""
    given = [(one, one.home, one.data) for one in held if one.home and one.data is not None]
    raws = [Raw(one.unit, f"{home.name}/{home.ledgers[0]}", data) for one, home, data in given]
    batches = list(alike.read(raws, opened.terms))
    quickly = {ledger.unit: ledger for batch in batches for ledger in batch.ledgers}
    read: dict[str, tuple[Ledger | None, Sequence[Finding]]] = {}
    for one, home, data in given:
        if one.unit in quickly:
            read[one.unit] = quickly[one.unit], one.found
            continue
        ledger, _ = read[one.unit] = load.parse_ledger(home, data, list(one.found), opened.terms)
        if ledger is not None and ledger.rows:
            batches.append(Batch.of(ledger))
    return read, batches


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


def is_linked(workspace: Workspace) -> bool:
    """Tell whether the folder of all units is a link to somewhere."""
    return os.path.islink(f"{workspace.root}/units")  # noqa: PTH114 -- as below


def at_home(workspace: Workspace, unit: str, *, linked: bool) -> bool:
    """Tell whether a unit's folder stays inside the campaign's; `linked` is what `is_linked` says."""
    path = f"{workspace.root}/units/{unit}"
    if not linked and not os.path.islink(path):  # noqa: PTH114 -- there are thousands
        return True
    return workspace.unit(unit).resolve().is_relative_to(workspace.root.resolve())
