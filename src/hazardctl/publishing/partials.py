"""Partials as a file (分量文件): what a county's frozen tables add to a province's, without a row of its ledgers.

One JSON object, `periods/<period>/partials.json`: which checklist, period and day; the units by id and name; per table
what each unit adds to each measure of its plan, and what is to be told of it; the hash of the manifest it was made
from; a seal over all of this. Nothing in it names a person or quotes an entry.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal
from typing import Any

from hazardctl.errors import FileFault
from hazardctl.files import store
from hazardctl.load import Opened
from hazardctl.plain import built, plain
from hazardctl.publishing.evidence import Record
from hazardctl.publishing.frozen import Manifest
from hazardctl.records import immutable
from hazardctl.statistics.partial import LACKING, Number
from hazardctl.statistics.plan import STATES, Plan
from hazardctl.statistics.tracing import Traced
from hazardctl.units import UnitTree, unsafe_id

NAME = "partials.json"
FORMAT = "hazardctl-partials"
VERSION = 1
WITHIN = ":"
"""Stands in an id between a unit that sent partials and one of its units: no id of units.csv holds a colon."""
LONGEST_NUMBER = 100  # digits


class DamagedPartialsError(FileFault):
    """A file holds no partials, or no longer those it was sealed with. Values: `path`."""

    key = "partials.damaged"


class LaterPartialsError(FileFault):
    """A later program wrote partials in a later form. Values: `path`, `program`."""

    key = "partials.later"


@immutable
class Place:
    """A unit, those above it before those below it."""

    id: str
    name: str
    parent: str = ""
    kind: str = ""


@immutable
class Part:
    """What one unit adds to one table: amounts by group, measure and day, and what is to be told of it."""

    unit: str
    state: str = ""
    amounts: tuple[tuple[str, int, str, Number], ...] = ()
    remarks: tuple[tuple[tuple[str, ...], int], ...] = ()
    lacking: tuple[int, ...] = ()
    faults: tuple[str, ...] = ()  # codes of the findings for which its ledger could not be counted


@immutable
class TablePart:
    """One table: the hash of its plan, the day before which deadlines are overdue, and its units."""

    table: str
    plan: str
    as_of: str
    units: tuple[Part, ...]
    flawed: tuple[tuple[str, int], ...] = ()  # units or files, and their errors
    strangers: tuple[str, ...] = ()


@immutable
class Partials:
    """A whole file; `sha256` is its seal."""

    version: int
    period: str
    frozen_on: str
    basis: str
    program: str
    checklist: str
    checklist_sha256: str  # line ends apart
    manifest: str
    entries: int
    places: tuple[Place, ...]
    tables: tuple[TablePart, ...]
    format: str = ""
    erratum: int = 0  # the number of the one it was restated by; `manifest` is then the hash of that one
    sha256: str = field(default="", compare=False)

    @property
    def roots(self) -> tuple[str, ...]:
        """Name the units that stand below no other."""
        return tuple(place.id for place in self.places if not place.parent)


def plan_hash(plan: Plan) -> str:
    """Give the hash of a plan; within a period the days of the whole campaign decide nothing."""
    bare = replace(plan, opens="", closes="") if plan.start and plan.end else plan
    return hashlib.sha256(_canonical(plain(bare))).hexdigest()


def checklist_hash(opened: Opened) -> str:
    """Give the hash of a campaign's checklist, whatever the ends of its lines."""
    data = store.read(opened.checklist_path).data or b""
    return hashlib.sha256(data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")).hexdigest()


def made(
    opened: Opened, records: Sequence[tuple[Record, Plan]], said: Manifest, manifest: str, erratum: int = 0
) -> bytes:
    """Give the file of a frozen period: its tables, as they were counted, and the hash of its manifest or erratum."""
    tables = tuple(_table(record, plan) for record, plan in records)
    partials = Partials(
        VERSION, said.period, said.frozen_on, said.basis, said.program, said.checklist, checklist_hash(opened),
        manifest, records[0][0].table.entries, tuple(_places(opened.units)), tables, FORMAT,
        erratum,
    )  # fmt: skip
    told = plain(partials)
    return (json.dumps(told | {"sha256": _seal(told)}, ensure_ascii=False, indent=1) + "\n").encode()


def _places(tree: UnitTree) -> Iterator[Place]:
    tops = set(tree.children.get("", ()))
    for unit, _ in tree.walk():
        yield Place(unit.id, unit.name, "" if unit.id in tops else unit.parent, unit.kind)


def _table(record: Record, plan: Plan) -> TablePart:
    remarks = record.table.remarks
    parts = tuple(_part(unit) for unit in record.units)
    return TablePart(record.table.id, plan_hash(plan), record.as_of, parts, remarks.flawed, remarks.strangers)


def _part(unit: Traced) -> Part:
    amounts = sorted(unit.partial().amounts.items())
    return Part(
        unit.unit, unit.state, tuple((*spot, number) for spot, number in amounts if spot[2] != LACKING),
        tuple(sorted((_discreet(remark), often) for remark, often in unit.remarks.items() if often)),
        unit.lacking, tuple(dict.fromkeys(fault.code for fault in unit.faults)),
    )  # fmt: skip


def _discreet(remark: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what somebody wrote in place of a number: it could be anything."""
    if remark[0] == "figure" and any(letter.isalpha() for letter in remark[-1]):
        return (*remark[:-1], "…")
    return remark


def read(data: bytes, path: str) -> Partials:
    """Read a file; raises DamagedPartialsError, LaterPartialsError."""
    try:
        told = json.loads(data.decode("utf-8-sig"))
        if not isinstance(told, dict) or told.get("format") != FORMAT:
            raise DamagedPartialsError(path=path)
        if isinstance(told.get("version"), int) and told["version"] > VERSION:
            raise LaterPartialsError(path=path, program=str(told.get("program", "")))
        seal = told.pop("sha256", "")
        found = replace(built(Partials, told), sha256=seal)
        if seal != _seal(told) or not _sound(found):
            raise DamagedPartialsError(path=path)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, ArithmeticError, RecursionError):
        raise DamagedPartialsError(path=path) from None
    return found


def _seal(told: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(told)).hexdigest()


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _sound(found: Partials) -> bool:
    """Tell whether everything is of the kind it should be: a seal is no proof of that."""
    words = [found.period, found.frozen_on, found.basis, found.program, found.checklist, found.checklist_sha256]
    above = {""}
    for place in found.places:
        words += [place.name, place.kind]
        if any(map(unsafe_id, place.id.split(WITHIN))) or place.id in above or place.parent not in above:
            return False
        above.add(place.id)
    ids = [place.id for place in found.places]
    names = [table.table for table in found.tables]
    return (
        bool(ids)
        and type(found.erratum) is int
        and all(isinstance(word, str) for word in (*words, *names, found.manifest))
        and len(names) == len(set(names))
        and all(
            _sound_table(table) and sorted(part.unit for part in table.units) == sorted(ids) for table in found.tables
        )
    )


def _sound_table(table: TablePart) -> bool:
    told = [(name, often) for name, often in table.flawed] + [(name, 1) for name in table.strangers]
    return (
        all(isinstance(word, str) for word in (table.plan, table.as_of))
        and all(isinstance(name, str) and type(often) is int for name, often in told)
        and all(map(_sound_part, table.units))
    )


def _sound_part(part: Part) -> bool:
    words = [word for remark, _ in part.remarks for word in remark]
    words += [word for group, _, day, _ in part.amounts for word in (group, day)]
    return (
        part.state in ("", *STATES)
        and all(isinstance(word, str) for word in (*words, *part.faults))
        and all(type(number) is int for number in (*part.lacking, *(often for _, often in part.remarks)))
        and all(remark for remark, _ in part.remarks)
        and all(type(measure) is int and _sound_number(number) for _, measure, _, number in part.amounts)
        and len({spot[:3] for spot in part.amounts}) == len(part.amounts)
    )


def _sound_number(number: object) -> bool:
    if isinstance(number, Decimal):
        return number.is_finite() and -LONGEST_NUMBER < number.adjusted() < LONGEST_NUMBER
    return type(number) is int and abs(number) < 10**LONGEST_NUMBER
