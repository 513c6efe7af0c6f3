"""Federation (分级汇总): partials that other campaigns froze, hung into the unit tree of this one.

A unit whose file came is counted from it, with all units below it; none of their ledgers is here. Whatever would count
a unit twice, or add up what was counted differently, is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hazardctl import cache, engines, load, rollup
from hazardctl.errors import FileFault, HazardError, Missing
from hazardctl.files import store
from hazardctl.findings import Finding, Severity
from hazardctl.i18n import join as listed
from hazardctl.i18n import t
from hazardctl.load import Opened
from hazardctl.publishing import evidence, partials
from hazardctl.publishing.chains import KIND
from hazardctl.publishing.evidence import Record
from hazardctl.publishing.partials import WITHIN, DamagedPartialsError, Part, Partials, TablePart
from hazardctl.records import immutable
from hazardctl.returns import submitted
from hazardctl.rollup import Asked
from hazardctl.statistics import tallies
from hazardctl.statistics.kernel import Counted
from hazardctl.statistics.table import Received, Table
from hazardctl.statistics.tracing import Line, Share, Traced
from hazardctl.units import Unit, tree, unsafe_id

FAULT = "P191"
"""A unit's ledger could not be counted when its figures were frozen in another campaign."""


class NothingThereError(FileFault):
    """A folder that was named holds no file of partials. Values: `path`."""

    key = "partials.none"


class NoPlaceError(HazardError):
    """A file's unit is none of this campaign's. Values: `path`, `units`."""

    key = "partials.no_place"
    exit_code = 2


class CountedTwiceError(HazardError):
    """A unit would be counted twice. Values: `unit`, `first`, `second`."""

    key = "partials.twice"


class DifferentError(HazardError):
    """A file was counted for something else. Values: `path`, `what`, `theirs`, `ours`."""

    key = "partials.different"


@immutable
class Letter:
    """A file as it came: its name, its bytes, and the unit it was said to be of (empty: the file says it)."""

    name: str
    data: bytes
    unit: str = ""


@immutable
class Child:
    """A file that hangs below a unit of this campaign; `ids` are what its units are called here."""

    unit: str
    letter: Letter
    partials: Partials
    ids: Mapping[str, str]


@immutable
class Joined:
    """A campaign with the units of the files in its tree; `home` is the campaign without them."""

    opened: Opened
    home: Opened
    children: tuple[Child, ...] = ()

    def given(self, asked: Asked, as_of: str) -> Mapping[str, Traced]:
        """Give what the files say of a table's units; raises DifferentError."""
        found: dict[str, Traced] = {}
        for child in self.children:
            part = _table(self.home, child, asked, as_of)
            found[child.unit] = Traced(child.unit)  # nothing of its own, unless the file says so
            names = {place.id: place.name for place in child.partials.places}
            found |= {child.ids[one.unit]: _traced(child, one, names[one.unit]) for one in part.units}
        return found

    def told(self, table: Table, asked: Asked) -> Table:
        """Add what is to be told of the files whose units a table counts."""
        here = [child for child in self.children if not set(asked.chosen).isdisjoint({child.unit, *child.ids.values()})]
        if not here:
            return table
        flawed, strangers = [*table.remarks.flawed], [*table.remarks.strangers]
        for child in here:
            part = next(each for each in child.partials.tables if each.table == table.id)
            name = self.opened.units.units[child.unit].name
            flawed += [(f"{name}/{where}", often) for where, often in part.flawed]
            strangers += [f"{name}/{where}" for where in part.strangers]
        received = tuple(_received(self.opened, child) for child in here)
        remarks = replace(table.remarks, flawed=tuple(flawed), strangers=tuple(strangers), received=received)
        return replace(table, remarks=remarks)


def letters(asked: Sequence[str]) -> list[Letter]:
    """Read the files that are named: FILE, UNIT=FILE, or a folder of them; raises Missing, NothingThereError."""
    return [letter for word in asked for letter in _letters(word)]


def _letters(word: str) -> Iterator[Letter]:
    unit, path = "", Path(word)
    if "=" in word and not path.exists():
        unit, _, rest = word.partition("=")
        path = Path(rest)
    paths = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not paths:
        raise NothingThereError(path=str(path))
    for each in paths:
        data = store.read(each).data
        if data is None:
            raise Missing(path=str(each))
        yield Letter(each.name, data, unit.strip())


def join(opened: Opened, given: Sequence[Letter]) -> Joined:
    """Hang files into the tree of a campaign, in whatever order they came.

    Raises DamagedPartialsError, NoPlaceError, CountedTwiceError.
    """
    if not given:
        return Joined(opened, opened)
    placed: dict[str, tuple[Letter, Partials]] = {}
    for letter in given:
        found = partials.read(letter.data, letter.name)
        unit = _unit(opened, letter, found)
        if unit in placed:
            raise CountedTwiceError(unit=unit, first=placed[unit][0].name, second=letter.name)
        placed[unit] = (letter, found)
    _refuse_nested(opened, placed)
    placed = {unit.id: placed[unit.id] for unit, _ in opened.units.walk() if unit.id in placed}
    often = Counter(place.id for unit, (_, found) in placed.items() for place in found.places if place.id != unit)
    children = tuple(_child(opened, unit, *one, often) for unit, one in placed.items())
    for child in children:
        _refuse_own(opened, child)
    return Joined(replace(opened, units=tree(tuple(_units(opened, children)))), opened, children)


def _unit(opened: Opened, letter: Letter, found: Partials) -> str:
    asked = (letter.unit,) if letter.unit else found.roots
    inner = {place.id for place in found.places if place.parent}
    fits = len(asked) == 1 and asked[0] in opened.units.units and asked[0] not in inner
    if not fits or unsafe_id(asked[0]):  # a frozen table keeps the file under this name
        raise NoPlaceError(path=letter.name, units=listed(asked[:5]))
    return asked[0]


def _refuse_nested(opened: Opened, placed: Mapping[str, tuple[Letter, Partials]]) -> None:
    for unit, (letter, found) in placed.items():
        inside = {place.id for place in found.places} | set(opened.units.under(unit))
        for other, (second, same) in placed.items():
            if other != unit and (other in inside or same.sha256 == found.sha256):
                raise CountedTwiceError(unit=other, first=letter.name, second=second.name)


def _child(opened: Opened, unit: str, letter: Letter, found: Partials, often: Mapping[str, int]) -> Child:
    """Name a file's units; two campaigns may have a unit of the same id, and each then bears its sender's before it."""
    below = set(opened.units.under(unit))
    ids = {unit: unit}
    for place in found.places:
        alone = often[place.id] == 1 and (place.id in below or place.id not in opened.units.units)
        ids.setdefault(place.id, place.id if alone else f"{unit}{WITHIN}{place.id}")
    return Child(unit, letter, found, ids)


def _refuse_own(opened: Opened, child: Child) -> None:
    for unit in child.ids.values():
        if unsafe_id(unit):
            continue
        ledger, _ = load.load_ledger(opened.workspace, unit, opened.terms)
        figures, _ = load.load_figures(opened.workspace, unit)
        paths = opened.workspace.ledgers(unit)
        if paths and (ledger is None or ledger.rows or ledger.nil):
            raise CountedTwiceError(unit=unit, first=opened.workspace.name(paths[0]), second=child.letter.name)
        if figures is not None and figures.rows:
            raise CountedTwiceError(unit=unit, first=figures.path, second=child.letter.name)


def _units(opened: Opened, children: Sequence[Child]) -> Iterator[Unit]:
    """Give the units of the tree, those of a file in place of the same ones of units.csv."""
    by_unit = {child.unit: child for child in children}
    within = {unit: child for child in children for unit in opened.units.under(child.unit) if unit != child.unit}
    for unit in opened.units.units.values():
        if unit.id in within:
            ids = within[unit.id].ids
            if unit.id not in ids:
                yield replace(unit, parent=ids.get(unit.parent, unit.parent))
            continue
        yield unit
        if child := by_unit.get(unit.id):
            for place in child.partials.places:
                if place.id != child.unit:
                    above = child.ids[place.parent] if place.parent else child.unit
                    yield Unit(child.ids[place.id], place.name, above, place.kind)


def _table(opened: Opened, child: Child, asked: Asked, as_of: str) -> TablePart:
    """Find a table in a file; raises DifferentError where it is of something else, or counted differently."""
    found, name = child.partials, asked.definition.id
    part = next((each for each in found.tables if each.table == name), None)
    checklist = f"{opened.checklist.id}@{opened.checklist.version}"
    key = asked.period.key if asked.period else t("partials.whole")
    pairs: list[tuple[str, Any, Any]] = [("checklist", found.checklist, checklist), ("period", found.period, key)]
    if part is None:
        pairs.append(("table", listed([each.table for each in found.tables]) or "—", name))
    else:
        sums = found.checklist_sha256[:12], partials.checklist_hash(opened)[:12]
        pairs += [
            ("bytes", *sums), ("plan", part.plan[:12], partials.plan_hash(asked.compiled.plan)[:12]),
            ("as_of", part.as_of, as_of),
        ]  # fmt: skip
    for what, theirs, ours in pairs:
        if theirs != ours:
            raise DifferentError(path=child.letter.name, what=t(f"partials.what_{what}"), theirs=theirs, ours=ours)
    assert part is not None
    last = len(asked.compiled.plan.measures)
    if any(not 0 <= at < last for one in part.units for at in (*one.lacking, *(spot[1] for spot in one.amounts))):
        raise DamagedPartialsError(path=child.letter.name)
    return part


def _traced(child: Child, part: Part, name: str) -> Traced:
    unit = child.ids[part.unit]
    line = Line(unit, KIND, part.unit, child.letter.name, 0, {"from": child.unit, "name": name})
    shares = tuple(Share(0, *spot) for spot in part.amounts)
    faults = tuple(
        Finding(FAULT, Severity.ERROR, child.letter.name, unit=unit, args=(("name", name), ("was", code)))
        for code in part.faults
    )
    lines = (line,) if shares else ()
    return Traced(unit, part.state, lines, shares, dict(part.remarks), faults, part.lacking)


def _received(opened: Opened, child: Child) -> Received:
    found, name = child.partials, opened.units.units[child.unit].name
    return Received(
        child.unit,
        name,
        child.letter.name,
        found.sha256,
        found.manifest,
        found.frozen_on,
        len(found.places),
        found.erratum,
    )


def counted(
    joined: Joined, asked: Asked, *, today: date, engine: str = "local", advance: Callable[[int], None] | None = None,
    more: Mapping[str, Traced] = MappingProxyType({}),
) -> Table:  # fmt: skip
    """Add up a campaign and the files it was given, and `more` units as they are; all others are counted as ever."""
    if not joined.children and not more:
        return rollup.rolled(joined.home, asked, today=today, engine=engine, advance=advance)
    as_of = asked.as_of(today)
    given = {**joined.given(asked, as_of), **more}
    found = {unit: Counted(unit, one.partial(), one.faults) for unit, one in given.items()}
    own = [unit for unit in asked.chosen if unit not in given]
    task = tallies.Tallying(joined.home, asked.compiled.plan, today)
    for one in cache.run(task, own, rollup.CHUNK, engines.named(engine).run):
        found[one[0]] = tallies.counted(one)
        if advance:
            advance(len(found))
    return joined.told(rollup.assemble(joined.opened, asked, found, as_of), asked)


def record(joined: Joined, asked: Asked, today: date, *, basis: str = "live") -> Record:
    """Count a table line by line, and the files unit by unit: further down nobody here can see."""
    given = joined.given(asked, asked.as_of(today))
    sources = submitted.sources(joined.opened, asked, basis)
    found = evidence.record(joined.opened, asked, sources, today, basis=basis, given=given)
    return replace(found, table=joined.told(found.table, asked))
