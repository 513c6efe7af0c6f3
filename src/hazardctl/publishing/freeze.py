"""Freeze a period (封存): keep its tables, and what stands behind them, as they are published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from hazardctl import load, rollup, units
from hazardctl.cells.terms import Terms
from hazardctl.errors import ChangedByOthers, HazardError
from hazardctl.files import store
from hazardctl.findings import Finding
from hazardctl.formats import csv
from hazardctl.formats.encoding import Dress, encode
from hazardctl.i18n import language, t
from hazardctl.journals import journal
from hazardctl.load import Opened
from hazardctl.publishing import doubled, evidence, federation, frozen, history, partials
from hazardctl.publishing.evidence import Record
from hazardctl.publishing.federation import Joined, Letter
from hazardctl.publishing.frozen import Manifest
from hazardctl.returns import accepted, submitted
from hazardctl.returns.returned import Return
from hazardctl.statistics import printed
from hazardctl.workspace import Workspace
from hazardctl.writers import named

UNIT_FILES = ("ledger.csv", "ledger.yaml", "figures.csv", "returns.yaml")


class AlreadyFrozenError(HazardError):
    """A period is frozen once. Values: `period`, `day`."""

    key = "freeze.already"


class IncompleteTableError(HazardError):
    """Something keeps a table from being whole, days that are still to come too. Values: `period`, `troubles`."""

    key = "freeze.incomplete"
    exit_code = 1


class NotBegunError(HazardError):
    """A period has not begun: there is nothing to keep. Values: `period`, `start`."""

    key = "freeze.not_begun"
    exit_code = 1


def freeze(
    opened: Opened, period: str, tables: Sequence[str] = (), *, today: date, by: str = "", basis: str = "live",
    incomplete: str = "", letters: Sequence[Letter] = (),
) -> Manifest:  # fmt: skip
    """Freeze a period's tables, all of them where none is named; `incomplete` says why although something is missing.

    `letters` are partials of units that keep their ledgers elsewhere. Raises AlreadyFrozenError, IncompleteTableError,
    UsageError, and what `federation.join` raises.
    """
    joined = federation.join(opened, letters)
    opened, workspace = joined.opened, opened.workspace
    rollup.prepare(opened, period=period)  # says what is wrong with the period, or that there is no table
    every = [each.id for each in opened.checklist.tables]
    asked = [rollup.prepare(opened, name, period) for name in tables or every]
    key = asked[0].period.key if asked[0].period else period
    place = frozen.folder(workspace, key)
    if (place / frozen.MANIFEST).exists():
        raise AlreadyFrozenError(period=key, day=frozen.manifest(workspace, key).frozen_on)
    if bad := next((each for one in asked if _unusable(each := one.definition.id)), ""):
        raise frozen.UnsafeNameError(name=bad)
    if (start := asked[0].compiled.plan.start) > today.isoformat():
        raise NotBegunError(period=key, start=start)
    before = _sources(workspace, asked[0].chosen)
    stands = accepted.moved(opened, asked[0].period, asked[0].chosen) if asked[0].period else {}
    given = submitted.sources(opened, asked[0], basis, stands)
    twice = doubled.findings(opened, asked[0].chosen, given, today)
    found = [_record(joined, one, today, basis, twice, stands) for one in asked]
    records = [_kept(record) for record in found]
    if not incomplete:
        names = {unit.id: unit.name for unit in opened.units.units.values()}
        pairs = doubled.sure(records[0], twice).items()
        told = [t("freeze.twice", count=len(each), first=names[one], second=names[two]) for (one, two), each in pairs]
        told += [fault.message() for record in found for fault in record.table.findings if fault.code == submitted.LOST]
        _refuse_incomplete(key, records, today, told)
    files = dict(_definitions(opened)) | {frozen.received(one.unit): one.letter.data for one in joined.children}
    for record in records:
        files |= dict(_files(record, opened.campaign.locale, today))
    if _sources(workspace, asked[0].chosen) != before:
        raise ChangedByOthers(path=str(workspace.root))
    said = Manifest(
        key, asked[0].compiled.plan.start, asked[0].compiled.plan.end, today.isoformat(), by, program(), basis,
        opened.campaign.locale, f"{opened.checklist.id}@{opened.checklist.version}",
        frozen.digest(files["checklist.yaml"]), incomplete, tuple(record.table.id for record in records),
        {name: frozen.digest(data) for name, data in files.items()}, before, _heads(workspace, asked[0].chosen),
        {one.unit: one.letter.name for one in joined.children},
        {unit: f"{sent.number}:{sent.sha256}" for unit, sent in stands.items()},
    )  # fmt: skip
    plans = [one.compiled.plan for one in asked]
    sent = partials.made(opened, list(zip(found, plans, strict=True)), said, frozen.digest(frozen.written(said)))
    _write(place, files | {partials.NAME: sent}, said)
    return said


def _unusable(table: str) -> bool:
    """Tell whether a table's files could not be kept under its name."""
    return bool(units.unsafe_id(table)) or f"{table}.json".casefold() in (frozen.MANIFEST, partials.NAME)


def program() -> str:
    """Name this version of the program."""
    from importlib.metadata import version

    return f"hazardctl {version('hazardctl')}"


def _record(  # noqa: PLR0917 -- what is counted, from where, and what is known of it
    joined: Joined, asked: rollup.Asked, today: date, basis: str, twice: Sequence[Finding], stands: Mapping[str, Return]
) -> Record:
    """Count a table line by line; from live ledgers it is counted two times, in two ways.

    `stands` are the returns that were accepted, of units whose files have changed since: they are counted as accepted.
    """
    opened, given = joined.opened, joined.given(asked, asked.as_of(today))
    sources = submitted.sources(opened, asked, basis, stands)
    found = evidence.record(opened, asked, sources, today, basis="frozen", given=given)
    table = joined.told(found.table, asked)
    if basis == "live":
        more = {unit.unit: unit for unit in found.units if unit.unit in stands}
        table = replace(federation.counted(joined, asked, today=today, more=more), basis="frozen")
        if table.rows != found.table.rows:
            raise ChangedByOthers(path=str(opened.workspace.root))
    lost = {fault.unit for fault in table.findings}
    names = tuple(opened.units.units[unit].name for unit in asked.chosen if unit in stands and unit not in lost)
    table = replace(table, remarks=replace(table.remarks, accepted=names)) if names else table
    whole = replace(found, table=history.judged(opened, asked, table, today))
    return replace(whole, table=doubled.told(opened, whole, twice, asked.period))


def _kept(found: Record) -> Record:
    """Give what is kept of a table: nothing that quotes a file."""
    told = tuple(replace(one, value="", source="", args=()) for one in found.table.findings)
    kept = tuple(replace(unit, remarks={}, faults=()) for unit in found.units)
    return replace(found, table=replace(found.table, findings=told, news=()), units=kept)


def _refuse_incomplete(period: str, records: Sequence[Record], today: date, twice: Sequence[str]) -> None:
    """Refuse tables that are not whole, of a period that is not over, or that count a hazard in two units."""
    tables = [record.table for record in records]
    troubles = [line for table in tables if table.exit_code for line in printed.troubles(table, language())]
    troubles += [t("freeze.early", period=period, end=tables[0].end)] if tables[0].end > today.isoformat() else []
    troubles += twice
    if troubles or any(table.exit_code for table in tables):
        raise IncompleteTableError(period=period, troubles="\n".join(dict.fromkeys(troubles)))


def _definitions(opened: Opened) -> Iterator[tuple[str, bytes]]:
    paths = (opened.workspace.campaign, opened.checklist_path, opened.workspace.units)
    for name, path in zip(frozen.DEFINITIONS, paths, strict=True):
        yield name, store.read(path).data or b""


def _files(record: Record, locale: str, today: date) -> Iterator[tuple[str, bytes]]:
    name = record.table.id
    document = printed.document(record.table, locale, locale, today.isoformat())
    yield f"{name}.record.json", frozen.written(record)
    yield f"{name}.rows.csv", rows(record)
    for form in ("csv", "json"):
        yield f"{name}.{form}", named(form).file(document)


def rows(record: Record) -> bytes:
    """Give the entries and figures that a record counts as a table for people."""
    counted = [(unit, sorted({share.line for share in unit.shares})) for unit in record.units]
    lines = [unit.lines[at] for unit, places in counted for at in places]
    keys = list(dict.fromkeys(key for line in lines for key in line.values))
    records = [["unit", "kind", "id", "file", "line", *keys]]
    records += [
        [line.unit, line.kind, line.id, line.path, str(line.line), *(line.values.get(key, "") for key in keys)]
        for line in lines
    ]
    dress = Dress()
    return encode("".join(csv.record(each, newline=dress.newline) for each in records), dress)


def _sources(workspace: Workspace, chosen: Sequence[str]) -> dict[str, str]:
    paths = (workspace.unit(unit) / name for unit in chosen if not units.unsafe_id(unit) for name in UNIT_FILES)
    return {workspace.name(path): frozen.digest(path.read_bytes()) for path in paths if path.is_file()}


def _heads(workspace: Workspace, chosen: Sequence[str]) -> dict[str, dict[str, str]]:
    heads = {
        unit: {writer: f"{head.seq}:{head.hash}" for writer, head in journal.head(workspace.unit(unit)).items()}
        for unit in chosen
        if not units.unsafe_id(unit)
    }
    return {unit: known for unit, known in heads.items() if known}


def _write(place: Path, files: dict[str, bytes], said: Manifest) -> None:
    """Write everything, the manifest last: a folder without one has not been frozen and is written anew."""
    store.make_folder(place)
    path = place / frozen.MANIFEST
    with store.lock(path):
        nothing = store.read(path)
        if nothing.data is not None:
            raise AlreadyFrozenError(period=said.period, day=said.frozen_on)
        for name, data in files.items():
            store.write(place / name, data, expected=None)
        store.write(path, frozen.written(said), expected=nothing)


def as_frozen(opened: Opened, said: Manifest) -> Opened:
    """Open a campaign under the definitions of a frozen period, with the units there are now in the tree of then."""
    place = frozen.folder(opened.workspace, said.period)
    for name in frozen.DEFINITIONS:
        frozen.content(opened.workspace, said, name)
    campaign, _ = load.read_as(type(opened.campaign), place / "campaign.yaml", "campaign.yaml")
    checklist, _ = load.load_checklist(place / "checklist.yaml", "checklist.yaml")
    then, _ = load.load_units(Workspace(place))
    now = opened.units.units
    known = {unit.id for unit in then}
    kept = [
        replace(unit, opened=now[unit.id].opened, closed=now[unit.id].closed) if unit.id in now else unit
        for unit in then
    ]
    new = [unit for unit in now.values() if unit.id not in known]
    return replace(
        opened, campaign=campaign, checklist=checklist, checklist_path=place / "checklist.yaml",
        units=units.tree((*kept, *new)), terms=Terms(campaign, checklist), findings=(),
    )  # fmt: skip
