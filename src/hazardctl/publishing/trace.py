"""Trace a cell (追溯): the entries and figures that add up to it, by file and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from hazardctl import rollup, text
from hazardctl.cells.terms import label_of
from hazardctl.document import Cell, Document, Grid, GridColumn, GridRow
from hazardctl.errors import UsageError
from hazardctl.i18n import join, t, t_in
from hazardctl.load import Opened
from hazardctl.publishing import chains, evidence, federation, frozen
from hazardctl.publishing.chains import End
from hazardctl.publishing.evidence import Behind, Piece, Record
from hazardctl.records import immutable
from hazardctl.returns import clock, submitted
from hazardctl.statistics import printed
from hazardctl.statistics.partial import Number
from hazardctl.statistics.plan import Column
from hazardctl.statistics.table import Row
from hazardctl.texts import Text


@immutable
class Traced:
    """A cell and what stands behind it."""

    record: Record
    row: Row
    column: Column
    behind: Behind


def trace(
    opened: Opened, table: str, row: str, column: str, period: str | None = None, *, today: date, basis: str = "live",
    files: Sequence[str] = (),
) -> Traced:  # fmt: skip
    """Find what stands behind a cell; rows and columns go by key or by name. Raises UsageError.

    `files` are partials of other campaigns, as for `rollup`.
    """
    found = record(opened, table, period, today=today, basis=basis, files=files)
    chosen = _row(found, row)
    leaf = _column(found, column)
    return Traced(found, chosen, leaf, evidence.behind(found, chosen.unit, leaf))


def record(
    opened: Opened, table: str | None, period: str | None, *, today: date, basis: str = "live",
    files: Sequence[str] = (),
) -> Record:  # fmt: skip
    """Give a table with everything that stands behind it, live, as it was sent, or as it was frozen."""
    if basis in submitted.BASES:
        joined = federation.join(opened, federation.letters(files))
        return federation.record(joined, rollup.prepare(joined.opened, table, period), today, basis=basis)
    if files:
        raise UsageError(sentence=t("partials.not_frozen"))
    said = manifest(opened, period, basis)
    name = frozen.table_id(said, table)
    return (
        frozen.record(opened.workspace, said, name)
        if basis == "frozen"
        else frozen.restated(opened.workspace, said, name)
    )


def manifest(opened: Opened, period: str | None, basis: str) -> frozen.Manifest:
    """Read what was frozen for a period as people write it; raises UsageError where none is named."""
    if period is None:
        raise UsageError(sentence=t("rollup.basis_needs_period", basis=basis))
    if period in frozen.known(opened.workspace):  # whatever the campaign calls its periods today
        return frozen.manifest(opened.workspace, period)
    return frozen.manifest(opened.workspace, clock.parse(opened, period).key)


def _row(record: Record, asked: str) -> Row:
    rows = record.table.rows
    wanted = text.fold(asked)
    total = [row for row in rows if row.kind == "total"]
    names = ("", "total", *(text.fold(name) for row in total for name in _names(row.name)))
    if total and wanted.strip() in names:
        return total[0]
    for by in (lambda row: [row.unit], lambda row: [row.code], lambda row: _names(row.name)):
        found = [row for row in rows if wanted in map(text.fold, filter(None, by(row)))]
        if len(found) == 1 or (found and found[0].kind == "subtotal"):
            return found[0]
    known = join([row.unit or "total" for row in rows][:40])
    raise UsageError(sentence=t("trace.no_such_row", row=asked, table=record.table.id, known=known))


def _column(record: Record, asked: str) -> Column:
    wanted = text.fold(asked)
    columns = [column for column in record.table.columns if not column.value]
    for by in (lambda column: [column.key], _paths, lambda column: _names(column.path[-1])):
        found = [column for column in columns if wanted in map(text.fold, by(column))]
        if len(found) == 1:
            return found[0]
    known = join([column.key for column in columns])
    raise UsageError(sentence=t("trace.no_such_column", column=asked, table=record.table.id, known=known))


def _names(name: Text) -> list[str]:
    return [name] if isinstance(name, str) else list(name.values())


def _paths(column: Column) -> list[str]:
    return ["/".join(label_of(step, language) for step in column.path) for language in ("zh", "en")]


def document(traced: Traced, opened: Opened, language: str) -> Document:
    """Lay out what stands behind a cell; a ratio has two parts."""
    say = partial(t_in, language)
    table, column = traced.record.table, traced.column
    title = say(
        "table.behind", row=_said(traced.row.name, language), column=_label(column, language), value=shown(traced)
    )
    parts = [("top", traced.behind.top), *([("over", traced.behind.over)] if column.over else [])]
    facts = {
        say("trace.table"): f"{table.id} {_said(table.title, language)}",
        say("table.period"): printed.period(table, language),
        say("table.basis"): say(f"table.{table.basis}"),
    }
    grids = tuple(_grid(name, pieces, traced, opened, language) for name, pieces in parts)
    ends = tuple(_ends(one, bool(column.over), language) for one in chains.ends(traced.record, traced.row, column))
    return Document(title, language, facts=facts, grids=grids, remarks=ends, data=data(traced, language))


def _ends(end: End, halved: bool, language: str) -> str:
    """Say where the rows of this campaign end, and how the one that sent partials goes on."""
    digits = [printed.digits(number) for number in (end.top, *([end.over] if halved else []))]
    one = end.received
    return text.escape(
        t_in(
            language, "trace.chain_restated" if one.erratum else "trace.chain",
            number=one.erratum, unit=label_of(one.name, language), adds=" / ".join(digits), file=one.file,
            day=one.frozen_on, hash=one.manifest, seal=one.sha256, command=end.command,
        )
    )  # fmt: skip


def _said(name: Text, language: str) -> str:
    return text.escape(text.clean(label_of(name, language)))


def _label(column: Column, language: str) -> str:
    return "/".join(_said(step, language) for step in column.path)


def shown(traced: Traced) -> str:
    """Give a cell's value as the table prints it."""
    return printed.cell(traced.column, traced.behind.value).text or "—"


def _grid(part: str, pieces: Sequence[Piece], traced: Traced, opened: Opened, language: str) -> Grid:
    halved = bool(traced.column.over)
    say = partial(t_in, language)
    labels = traced.record.table.labels
    keys = list(dict.fromkeys(key for piece in pieces for key in piece.line.values if piece.line.kind == "entry"))
    named = {key: _said(labels.get(key.removeprefix("filled:"), key), language) for key in keys}
    heads = [("part",), ("unit",), ("what",), ("id",), ("file",), ("line",), ("adds",)]
    columns = [
        GridColumn(name, (say(f"trace.{name}"),), "right" if name in ("line", "adds") else "left", (name,))
        for (name,) in heads
        if halved or name != "part"
    ]
    columns += [GridColumn(key, (named[key],), plain=(key,)) for key in keys]
    word = say(f"table.part_{part}")
    rows = [GridRow(tuple(_cells(piece, (word, part) if halved else None, keys, opened, language))) for piece in pieces]
    whole = _sum(traced.behind.sums[part == "over"])
    blanks = [Cell()] * (len(columns) - len(keys) - 2)
    rows.append(GridRow((Cell(say("trace.sum"), "total"), *blanks, whole, *[Cell()] * len(keys)), "total", 0))
    return Grid(part, tuple(columns), tuple(rows), word if halved else "")


def _cells(
    piece: Piece, part: tuple[str, str] | None, keys: Sequence[str], opened: Opened, language: str
) -> Iterator[Cell]:
    line = piece.line
    if part:
        yield Cell(*part)
    unit = opened.units.units.get(line.unit)
    name = line.values["name"] if line.kind == chains.KIND else unit.name if unit else line.unit
    yield Cell(text.escape(name), line.unit)
    yield Cell(t_in(language, f"trace.{line.kind}"), line.kind)
    for word in (line.id, line.path):
        yield Cell(text.escape(word), text.escape(word))
    number = str(line.line) if line.line else ""
    yield Cell(number, number, number=True)
    yield _sum(piece.adds)
    for key in keys:
        said = text.escape(line.values.get(key, ""))
        yield Cell(said, said)


def _sum(number: Number) -> Cell:
    plain = str(number) if isinstance(number, int) else format(number, "f")
    return Cell(plain, plain, number=True)


def data(traced: Traced, language: str) -> dict[str, Any]:
    """Give what stands behind a cell as programs get it (`trace --format json`)."""
    table, column = traced.record.table, traced.column
    told: dict[str, Any] = {
        "table": table.id,
        "period": table.period or None,
        "basis": table.basis,
        "row": traced.row.unit,
        "name": _said(traced.row.name, language),
        "column": column.key,
        "label": _label(column, language),
        "value": traced.behind.value,
        "sum": traced.behind.sums[0],
        "rows": [_plain(piece) for piece in traced.behind.top],
    }
    ends = chains.ends(traced.record, traced.row, column)
    if ends:
        told["received"] = [_plain_end(end, bool(column.over)) for end in ends]
    if column.over:
        told["over"] = {"sum": traced.behind.sums[1], "rows": [_plain(piece) for piece in traced.behind.over]}
    return told


def _plain_end(end: End, halved: bool) -> dict[str, Any]:
    one = end.received
    sums = {"sum": end.top, "over": end.over} if halved else {"sum": end.top}
    return {
        "unit": one.unit, "file": one.file, "sha256": one.sha256, "manifest": one.manifest,
        "frozen_on": one.frozen_on, "erratum": one.erratum or None, **sums, "command": end.command,
    }  # fmt: skip


def _plain(piece: Piece) -> dict[str, Any]:
    line = piece.line
    return {
        "unit": line.unit,
        "kind": line.kind,
        "id": line.id,
        "file": line.path,
        "line": line.line or None,
        "adds": piece.adds,
        "values": dict(line.values),
    }
