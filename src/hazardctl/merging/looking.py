"""Look through a campaign for conflict copies (冲突副本) and open questions, wherever an engine does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from datetime import date

from hazardctl import engines, i18n, inspection
from hazardctl.findings import Finding
from hazardctl.load import Opened
from hazardctl.merging import reconcile, unsettled
from hazardctl.merging.reconcile import Found
from hazardctl.records import immutable
from hazardctl.stores import store

CHUNK = 100  # folders sent out at a time


@immutable
class Seen:
    """What lies in one unit's folder, or beside campaign.yaml: copies, conflict files nobody has filled in."""

    unit: str
    copies: tuple[Found, ...] = ()
    open: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@immutable
class Looking:
    """The look into units' folders as a task that another process can be sent; `compare` also says what differs."""

    opened: Opened
    today: date
    compare: bool
    language: str = field(default_factory=i18n.language)

    def __call__(self, units: Sequence[str]) -> Iterator[Seen]:
        """Look into some folders."""
        i18n.use(self.language)
        return (_seen(self.opened, unit, self.today, compare=self.compare) for unit in units)

    def lost(self, unit: str) -> Seen:
        """Tell of a unit whose files end every process that reads them."""
        return Seen(unit, findings=(inspection.lost(self.opened, unit),))


def look(
    opened: Opened,
    today: date,
    *,
    compare: bool = True,
    engine: str = "local",
    advance: Callable[[int], None] | None = None,
) -> list[Seen]:
    """Look into the campaign's folder and those of units, in the order of their names; nothing is written."""
    _, folders = store(opened.workspace.place).inside("units")
    seen = [_seen(opened, "", today, compare=compare)]
    for number, one in enumerate(
        engines.named(engine).run(Looking(opened, today, compare), engines.chunked(folders, CHUNK)), 1
    ):
        seen.append(one)
        if advance:
            advance(number)
    return seen


def _seen(opened: Opened, unit: str, today: date, *, compare: bool) -> Seen:
    strays = reconcile.find(opened, unit)
    see = reconcile.look if compare else reconcile.named
    return Seen(unit, tuple(see(opened, unit, stray, today) for stray in strays), questions(opened, unit))


def questions(opened: Opened, unit: str) -> tuple[str, ...]:
    """Name the conflict files that still stand in a folder."""
    workspace = opened.workspace
    folder = workspace.unit(unit) if unit else workspace.root
    return tuple(finding.path for finding in unsettled.open_questions(workspace, folder, unit))
