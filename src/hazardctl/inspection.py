"""Inspect one unit: load each of its files once and run every rule on them. Checks and roll-ups map this."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from typing import Literal

from hazardctl import load
from hazardctl.figures import Figures
from hazardctl.findings import Finding, Severity
from hazardctl.journals import losses
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.records import immutable
from hazardctl.rules import FIGURE_RULES, LEDGER_RULES, folders, merging
from hazardctl.rules.figures import report
from hazardctl.rules.returns import check as check_returns
from hazardctl.rules.returns import gathered
from hazardctl.units import unsafe_id
from hazardctl.workspace import Workspace

State = Literal["entries", "nil", "missing", "unread"]
RETURNS = frozenset({"returns.yaml", "accepted.yaml"})


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


def inspect(opened: Opened, unit: str, today: date, reader: type[Reading] = Reading) -> Inspected:
    """Inspect one unit; depends on nothing but its files, the campaign and the day.

    With `reading.Tally` for a reader the findings are made to be counted: most are without place and values.
    """
    if unsafe_id(unit) or not at_home(opened.workspace, unit):
        return Inspected(unit)
    home = opened.workspace.home(unit)
    ledger, found = load.load_ledger(opened.workspace, unit, opened.terms, home)
    sight = losses.look(opened.workspace, unit, ledger, found, home)
    found += sight.findings
    files = [f"{home.name}/{name}" for name in home.ledgers]
    state: State = "unread" if files or home.shut else "missing"
    reading = reader(ledger, opened.terms, today) if ledger is not None else None
    if reading is not None:
        found += check_ledger(reading)
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
    return Inspected(unit, reading, figures, tuple(found), sight.news, state, tuple(files))


def check_ledger(reading: Reading) -> Iterator[Finding]:
    """Run every rule for ledgers on one."""
    for rule in LEDGER_RULES:
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
