"""What units have sent for a period: their ledgers and figures as they were, or word that nobody knows any more."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from hazardctl import ledger, load
from hazardctl.cells.terms import Terms
from hazardctl.errors import UsageError
from hazardctl.figures import Figures
from hazardctl.findings import Finding, Severity
from hazardctl.i18n import t
from hazardctl.journals import journal, replay
from hazardctl.journals.journal import Line
from hazardctl.ledger import Ledger, Place
from hazardctl.load import Opened
from hazardctl.publishing.evidence import Sources
from hazardctl.returns import returned
from hazardctl.returns.returned import Return
from hazardctl.rollup import Asked
from hazardctl.statistics import sources as live
from hazardctl.statistics.tracing import Source

BASES = ("live", "submitted")
LOST = "P190"
"""The ledger is no longer the one that was sent, and the journal does not know that one."""


def sources(opened: Opened, asked: Asked, basis: str, stands: Mapping[str, Return] = MappingProxyType({})) -> Sources:
    """Say where the units of a table are counted from; raises UsageError for `submitted` without a period.

    `stands` are returns that are counted whatever the basis.
    """
    if basis != "live" and asked.period is None:
        raise UsageError(sentence=t("rollup.basis_needs_period", basis=basis))
    period = asked.period

    def source(unit: str) -> Source:
        if unit in stands:
            return _source(opened, [stands[unit]])
        if basis == "live" or period is None:
            return live.live(opened, unit, asked.compiled.plan)
        return _source(opened, returned.for_period(returned.of_unit(opened.workspace, unit)[0], period, opened))

    return source


def _source(opened: Opened, sent: Sequence[Return]) -> Source:
    """Give what stands in the last of a unit's returns."""
    if not sent:
        return Source()
    last = sent[-1]
    lines = journal.read(opened.workspace.unit(last.unit))
    figures, lost = _figures(opened, last, lines)
    nil = last.state == returned.NIL
    if nil and not (last.rows and last.sha256):
        return Source(None, figures, nil=True, faults=lost)
    paths = opened.workspace.ledgers(last.unit)  # nothing new was found, and what was found before is still there
    if paths and hashlib.sha256(paths[0].read_bytes()).hexdigest() == last.sha256:
        found, faults = load.load_ledger(opened.workspace, last.unit, opened.terms)
        return Source(found, figures, nil, faults=lost if found else tuple(faults))
    until = _until(lines, last.sha256, lambda line: (line.was, line.ledger))
    if until is None:
        return Source(None, figures, faults=(_lost(opened, last, "ledger.csv"),))
    name = opened.workspace.name(opened.workspace.unit(last.unit) / "ledger.csv")
    entries = replay.play(until).entries
    return Source(from_rows(last.unit, name, entries, opened.terms, last.sha256), figures, nil, faults=lost)


def _figures(opened: Opened, sent: Return, lines: Sequence[Line]) -> tuple[Figures | None, tuple[Finding, ...]]:
    path = opened.workspace.unit(sent.unit) / "figures.csv"
    there = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    if there == sent.figures:
        return load.load_figures(opened.workspace, sent.unit)[0], ()
    if not sent.figures:  # reported since
        return None, ()
    until = _until(lines, sent.figures, lambda line: ("", line.figures))
    if until is None:
        return None, (_lost(opened, sent, "figures.csv"),)
    return from_values(sent.unit, opened.workspace.name(path), replay.play(until).figures), ()


def _until(lines: Sequence[Line], sha256: str, of: Callable[[Line], tuple[str, str]]) -> list[Line] | None:
    """Give the lines up to the last after which a file had these bytes; None where the journal does not know them.

    What was changed at once is several lines that say the same of the file: all of them, or none, are in.
    """
    pairs = [of(line) for line in lines]
    after = [at for at, (_, became) in enumerate(pairs) if became == sha256]
    before = [at for at, (was, _) in enumerate(pairs) if was == sha256]
    if after:
        return list(lines[: after[-1] + 1])
    return list(lines[: before[0]]) if before else None


def _lost(opened: Opened, sent: Return, name: str) -> Finding:
    path = opened.workspace.name(opened.workspace.unit(sent.unit) / name)
    at = sent.at.isoformat() if sent.at else ""
    return Finding(LOST, Severity.ERROR, path, unit=sent.unit, args=(("at", at), ("period", sent.period)))


def from_rows(unit: str, path: str, rows: Mapping[str, Mapping[str, str]], terms: Terms, sha256: str = "") -> Ledger:
    """Make a ledger of entries by id, as a journal or a frozen period has them; its cells have no place in a file."""
    names = tuple(dict.fromkeys(["id", *(name for cells in rows.values() for name in cells)]))
    keys = tuple(name if name in terms.by_key else "" for name in names)
    made = [[cells.get(name, "") for name in names] for cells in rows.values()]
    return Ledger(unit, path, "csv", names, keys, made, nowhere, False, (), ledger.first_of_each(keys), digest=sha256)


def from_values(unit: str, path: str, values: Mapping[str, str]) -> Figures:
    """Make figures of `period/key` and value."""
    headings = ("period", "key", "value")
    rows = [[*name.split("/", 1), value] for name, value in values.items() if "/" in name]
    return Figures(unit, path, headings, headings, rows, nowhere, ledger.first_of_each(headings))


def nowhere(_row: int, _column: int) -> Place:
    """Stand for a place that is in no file."""
    return 0, 0, ""
