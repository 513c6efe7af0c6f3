"""Restate a frozen period (更正): what would be published today in place of what was, cell by cell.

The clock is turned back. What happened to an entry after the period's end, a fix or an extension, is no correction:
there the frozen row stands. What was different already then is one: an entry that came into the ledger late, a fix
dated in the period, another category, another figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from hazardctl import document as documents
from hazardctl import rollup, text
from hazardctl.cells.terms import label_of
from hazardctl.document import Document, Grid, GridColumn, GridRow
from hazardctl.errors import HazardError
from hazardctl.files import store
from hazardctl.findings import Finding
from hazardctl.formats import yaml
from hazardctl.i18n import join, t_in
from hazardctl.load import Opened
from hazardctl.publishing import doubled, evidence, federation, frozen, pairing, partials, received, turning
from hazardctl.publishing.evidence import Record
from hazardctl.publishing.federation import Joined, Letter
from hazardctl.publishing.freeze import as_frozen
from hazardctl.publishing.frozen import ERRATA, Manifest
from hazardctl.records import immutable
from hazardctl.returns import submitted
from hazardctl.statistics import printed
from hazardctl.statistics.partial import Number
from hazardctl.statistics.plan import ENTRIES, NIL, Column, Plan
from hazardctl.statistics.table import Row
from hazardctl.statistics.tracing import Line, Source
from hazardctl.texts import Text

COUNTED = (ENTRIES, NIL)
FEW = 10  # entries that are named, rather than counted


class UncountableError(HazardError):
    """Units cannot be counted now, so nobody can say what became of their figures. Values: `period`, `units`."""

    key = "restate.unread"


class NoReasonError(HazardError):
    """An erratum names its reason and who approved it."""

    key = "restate.no_reason"
    exit_code = 2


@immutable
class Cell:
    """A cell that is restated, and what stands behind the difference: lines that came, went, or count otherwise."""

    table: str
    row: str
    name: Text
    column: Column
    before: Number | None
    after: Number | None
    lines: tuple[tuple[str, Line], ...] = ()  # came, went, changed; and the line as it is now, or as it was


@immutable
class Restated:
    """What a restatement comes to; `number` is that of the erratum, 0 where nothing has been kept."""

    manifest: Manifest
    records: tuple[Record, ...]
    cells: tuple[Cell, ...] = ()
    number: int = 0
    faults: tuple[str, ...] = ()  # units that cannot be counted now
    undated: tuple[str, ...] = ()  # entries that are fixed no longer, of which nobody noted since when they were
    stands: tuple[str, ...] = ()  # units whose figures came as files, and stand as they came


def restate(
    opened: Opened, period: str, *, today: date, reason: str = "", approver: str = "", dry_run: bool = False,
    letters: Sequence[Letter] = (),
) -> Restated:  # fmt: skip
    """Find what has changed behind a frozen period and keep it as an erratum; without differences nothing is kept.

    `letters` are partials that units have restated: they take the place of what the units had sent. Raises
    UncountableError, NoReasonError, and what `federation.join` raises: nothing is kept while a unit that was counted
    cannot be read, since its figures have not changed, they are out of sight.
    """
    said = frozen.manifest(opened.workspace, period)
    then, held = as_frozen(opened, said), received.letters(opened, said)
    fresh = received.exchanged(then, held, letters)
    joined = federation.join(then, list((held | fresh).values()))
    found: list[tuple[Record, Plan]] = []
    cells: list[Cell] = []
    faults: dict[str, None] = {}
    unseen: dict[str, None] = {}
    undated: dict[str, None] = {}
    twice = _twice(joined, said, today)
    for name in said.tables:
        first = frozen.record(opened.workspace, said, name)
        before = frozen.restated(opened.workspace, said, name)
        asked = rollup.prepare(joined.opened, name, said.period)
        after = _now(joined, asked, first, said, today, twice)
        faults |= dict.fromkeys(unit.unit for unit in after.units if unit.faults)
        unseen |= dict.fromkeys(unit.unit for unit in before.units if unit.unit in faults and unit.state in COUNTED)
        undated |= dict.fromkeys(
            turning.undated(joined.opened, first, submitted.sources(joined.opened, asked, said.basis))
        )
        cells += _cells(before, after)
        found.append((after, asked.compiled.plan))
    if unseen and not dry_run:
        raise UncountableError(period=period, units=join(list(unseen)))
    if cells and not dry_run and not (reason.strip() and approver.strip()):
        raise NoReasonError
    made = tuple(_kept(record) for record, _ in found)
    number = 0
    if cells and not dry_run:
        sent = partial(partials.made, joined.opened, found, said)
        number = _keep(opened, said, made, cells, (reason, approver, today.isoformat()), sent, fresh)
    stands = tuple(unit for unit in held if unit not in fresh)
    return Restated(said, made, tuple(cells), number, tuple(faults), tuple(undated), stands)


def _kept(record: Record) -> Record:
    return replace(record, units=tuple(replace(unit, remarks={}, faults=()) for unit in record.units))


def _twice(joined: Joined, said: Manifest, today: date) -> list[Finding]:
    """Find the hazards that stand in two units now."""
    asked = rollup.prepare(joined.opened, said.tables[0], said.period)
    given = submitted.sources(joined.opened, asked, said.basis)
    return doubled.findings(joined.opened, asked.chosen, given, today)


def _now(  # noqa: PLR0917 -- what is counted, under what, and what is known of it
    joined: Joined, asked: rollup.Asked, first: Record, said: Manifest, today: date, twice: Sequence[Finding]
) -> Record:
    """Count a table anew, under the definitions it was frozen under and with the clock turned back."""
    then = joined.opened
    given = submitted.sources(then, asked, said.basis)
    frozen_lines = {unit.unit: unit.lines for unit in first.units}

    def source(unit: str) -> Source:
        now = given(unit)
        return turning.turned_back(now, frozen_lines.get(unit, ()), said.end, then.terms)

    sent = joined.given(asked, first.as_of)
    found = evidence.record(then, asked, source, today, basis="restated", as_of=first.as_of, given=sent)
    whole = replace(found, table=joined.told(found.table, asked))
    return replace(whole, table=doubled.told(then, whole, twice, asked.period))


def _cells(before: Record, after: Record) -> Iterator[Cell]:
    """Compare two versions of a table cell by cell."""
    old = {row.unit: row for row in before.table.rows}
    new = {row.unit: row for row in after.table.rows}
    called: dict[int, str] = {}
    for name in dict.fromkeys([*new, *old]):
        for column in after.table.columns:
            pair = _value(old.get(name), column), _value(new.get(name), column)
            if not column.value and pair[0] != pair[1]:
                called = called or pairing.names(before, after)
                lines = tuple(_lines(before, after, name, column, called))
                yield Cell(after.table.id, name, (new.get(name) or old[name]).name, column, *pair, lines)


def _value(row: Row | None, column: Column) -> Number | None:
    return row.values.get(column.key) if row else None


def _lines(
    before: Record, after: Record, row: str, column: Column, called: Mapping[int, str]
) -> Iterator[tuple[str, Line]]:
    """Give the lines that make the difference of a cell; `called` are the names of those without an id."""
    old, new = _pieces(before, row, column, called), _pieces(after, row, column, called)
    for key, (line, adds) in new.items():
        if key not in old:
            yield "came", line
        elif old[key][1] != adds:
            yield "changed", line
    yield from (("went", line) for key, (line, _) in old.items() if key not in new)


def _pieces(
    record: Record, row: str, column: Column, called: Mapping[int, str]
) -> dict[tuple[str, str, str], tuple[Line, tuple[Any, ...]]]:
    if row not in record.reach:
        return {}
    found = evidence.behind(record, row, column)
    pieces: dict[tuple[str, str, str], tuple[Line, tuple[Any, ...]]] = {}
    for part, each in ((0, found.top), (1, found.over)):
        for piece in each:
            key = (piece.line.unit, piece.line.kind, called.get(id(piece.line), piece.line.id))
            line, adds = pieces.get(key, (piece.line, ()))
            pieces[key] = (line, (*adds, part, piece.adds))
    return pieces


def _keep(  # noqa: PLR0917 -- all that an erratum is made of
    opened: Opened, said: Manifest, records: Sequence[Record], cells: Sequence[Cell], why: tuple[str, str, str],
    sent: Callable[[str, int], bytes], fresh: Mapping[str, Letter],
) -> int:  # fmt: skip
    """Write the erratum, the restated tables first: what it names is there. `sent` makes what can be sent up.

    `fresh` are the files that took the place of others.
    """
    place = frozen.folder(opened.workspace, said.period) / ERRATA
    store.make_folder(place)
    with store.lock(place / "next"):
        number = max((one.number for one in frozen.errata(opened.workspace, said)), default=0) + 1
        files = {f"{number:03}.{record.table.id}.json": frozen.written(record) for record in records}
        files |= {received.name(number, unit): letter.data for unit, letter in fresh.items()}
        for name, data in files.items():
            store.make_folder((place / name).parent)
            store.write(place / name, data, expected=None)
        path = place / f"{number:03}.yaml"
        erratum = _written(number, said, cells, why, files, received.said_of(fresh))
        store.write(place / f"{number:03}.{partials.NAME}", sent(frozen.digest(erratum), number), expected=None)
        store.write(path, erratum, expected=store.read(path))
    return number


def _written(  # noqa: PLR0917 -- all that an erratum says
    number: int, said: Manifest, cells: Sequence[Cell], why: tuple[str, str, str], files: Mapping[str, bytes],
    more: Mapping[str, Any],
) -> bytes:  # fmt: skip
    reason, approver, day = why
    told: dict[str, Any] = {
        "erratum": str(number), "period": said.period, "frozen_on": said.frozen_on, "on": day, "reason": reason,
        "approver": approver, "cells": [_told(cell, said.locale) for cell in cells],
        "files": {name: frozen.digest(data) for name, data in files.items()}, **more,
    }  # fmt: skip
    return yaml.dump(told).encode()


def _told(cell: Cell, language: str) -> dict[str, Any]:
    entries = [
        {"how": how, "unit": line.unit, line.kind: line.id, "file": line.path, "line": str(line.line)}
        for how, line in cell.lines
    ]
    return {
        "table": cell.table, "row": cell.row, "name": label_of(cell.name, language), "column": cell.column.key,
        "before": digits(cell.before), "after": digits(cell.after), "entries": entries,
    }  # fmt: skip


def digits(value: Number | None) -> str:
    """Give a figure as errata have it; a blank cell is an empty string."""
    return "" if value is None else format(value, "f") if not isinstance(value, int) else str(value)


def file_of(opened: Opened, said: Manifest, number: int) -> Path:
    """Give the path of an erratum."""
    return frozen.folder(opened.workspace, said.period) / ERRATA / f"{number:03}.yaml"


def document(found: Restated, language: str) -> Document:
    """Lay out what a restatement changes."""
    heads = ("table", "row", "column", "before", "after", "lines")
    columns = tuple(
        GridColumn(
            name, (t_in(language, f"restate.{name}"),), "right" if name in ("before", "after") else "left", (name,)
        )
        for name in heads
    )
    labels = {key: said for record in found.records for key, said in record.table.labels.items()}
    rows = tuple(GridRow(tuple(_drawn(cell, language, labels))) for cell in found.cells)
    data = {
        "period": found.manifest.period,
        "erratum": found.number or None,
        "cells": [
            {**_told(cell, found.manifest.locale), "before": cell.before, "after": cell.after} for cell in found.cells
        ],
    }
    title = t_in(language, "restate.title", period=found.manifest.period)
    return Document(title, language, grids=(Grid("errata", columns, rows),), data=data)


def _drawn(cell: Cell, language: str, labels: Mapping[str, Text]) -> Iterator[documents.Cell]:
    label = "/".join(label_of(step, language) for step in cell.column.path)
    name = label_of(cell.name, language)
    for word, plain in ((cell.table, cell.table), (name, cell.row), (label, cell.column.key)):
        yield documents.Cell(text.escape(word), text.escape(plain))
    for figure in (cell.before, cell.after):
        yield printed.cell(cell.column, figure)
    lines = [
        t_in(language, f"restate.{how}", id=_called(line, language, labels), place=_place(line))
        for how, line in cell.lines
    ]
    yield documents.Cell(text.escape(" ".join(lines)), text.escape(" ".join(lines)))


def _called(line: Line, language: str, labels: Mapping[str, Text]) -> str:
    """Name a line: an entry by its id, else by what it says; a figure as forms do."""
    if line.kind == "figure":
        period, _, key = line.id.rpartition("/")
        return f"{period} {label_of(labels.get(key, key), language)}"
    return line.id or t_in(language, "restate.nameless", said=" · ".join(filter(None, line.values.values())) or "—")


def _place(line: Line) -> str:
    return f"{line.path}:{line.line}" if line.line else line.path
