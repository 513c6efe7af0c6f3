"""Roll up (汇总): add the units of a campaign up the tree into a statistics table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hazardctl import cache, engines, memory, text
from hazardctl.cells.terms import label_of
from hazardctl.checklist import Table as Definition
from hazardctl.checklist import rules_of
from hazardctl.errors import HazardError, UsageError
from hazardctl.findings import Finding, Severity
from hazardctl.i18n import join, t, t_in
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.returns import clock
from hazardctl.returns.periods import Period
from hazardctl.statistics import compiling, contradictions, kernel, tallies, tree
from hazardctl.statistics.compiling import Window
from hazardctl.statistics.kernel import Counted
from hazardctl.statistics.partial import LACKING, Partial, Spot
from hazardctl.statistics.plan import MISSING, NOT_REQUIRED, Compiled, Problem
from hazardctl.statistics.rows import Rows
from hazardctl.statistics.table import Partly, Remarks, Table
from hazardctl.statistics.tallies import Parts, Tally
from hazardctl.texts import Text
from hazardctl.workspace import folders_in

if TYPE_CHECKING:
    from hazardctl.again import Look

CHUNK = 100  # units sent out at a time
READ = ("rows", "")
"""The remark that says nothing but how many rows were read."""


class NoTableError(HazardError):
    """The checklist defines no statistics table."""

    key = "error.no_table"


class BrokenTableError(HazardError):
    """A table's definition cannot be counted as it stands. Values: `table`, `problems`."""

    key = "error.broken_table"


def roll_up(
    opened: Opened,
    table_id: str | None = None,
    period: str | None = None,
    level: int | None = None,
    unit: str | None = None,
    *,
    today: date,
    engine: str = "local",
    advance: Callable[[int], None] | None = None,
) -> Table:
    """Add up a campaign, or the units below one unit, into a table of its checklist.

    Without a table the checklist's first is taken, without a period the whole campaign. `level` shows the tree down to
    that depth; `advance` is told how many units are done. Raises UsageError for names that do not exist.
    """
    asked = prepare(opened, table_id, period, level, unit)
    return rolled(opened, asked, today=today, engine=engine, advance=advance)


def rolled(
    opened: Opened,
    asked: Asked,
    *,
    today: date,
    engine: str = "local",
    advance: Callable[[int], None] | None = None,
    looked: Look | None = None,
) -> Table:
    """Add up what has been made ready; `looked` is what is known of the units' folders already."""
    task = tallies.Tallying(opened, asked.compiled.plan, today)
    found: dict[str, Tally] = {}
    for one in cache.run(task, asked.chosen, CHUNK, engines.named(engine).run, looked):
        found[one[0]] = one
        if advance:
            advance(len(found))
    told = [found[name] for name in asked.chosen]
    return _table(opened, asked, told, asked.as_of(today), "live", looked.units if looked else None)


@immutable
class Asked:
    """What is to be counted, made ready: a table's definition and its plan, the period, the units."""

    definition: Definition
    compiled: Compiled
    period: Period | None
    chosen: tuple[str, ...]
    level: int | None = None
    unit: str = ""

    def as_of(self, today: date) -> str:
        """Give the day by which deadlines are overdue: today, or the period's last."""
        return min(today.isoformat(), self.compiled.plan.end or "9")

    @property
    def words(self) -> tree.Words:
        """Give what rows are called that no file names."""
        return _words(self.definition)


def prepare(
    opened: Opened,
    table_id: str | None = None,
    period: str | None = None,
    level: int | None = None,
    unit: str | None = None,
) -> Asked:
    """Make ready what is asked for; raises UsageError for names that do not exist, BrokenTableError."""
    definition = _definition(opened, table_id)
    asked = None if period is None else clock.read(opened, period)
    _check(opened, definition, level, unit)
    chosen = opened.units.under(unit) if unit else opened.units.under("")[1:]
    return Asked(definition, _compiled(opened, definition, asked), asked, chosen, level, unit or "")


def assemble(opened: Opened, asked: Asked, counted: Mapping[str, Counted], as_of: str, basis: str = "live") -> Table:
    """Make a table of what was counted in each unit; deadlines before `as_of` are overdue."""
    return _table(opened, asked, [tallies.tally(counted[name]) for name in asked.chosen], as_of, basis, None)


@memory.not_looking()
def _table(  # noqa: PLR0917 -- what was counted for what, as of when, on which basis, and among which folders
    opened: Opened, asked: Asked, told: Sequence[Tally], as_of: str, basis: str, folders: Iterable[str] | None
) -> Table:
    """Make a table of what was counted in the units that were chosen; `folders` lie among theirs, where it is known."""
    definition, compiled = asked.definition, asked.compiled
    fold = tree.Fold(compiled, asked.words, as_of, asked.level)
    rows, whole = _rows(fold, opened, asked.unit, {unit: parts for unit, parts, _, _, _ in told})
    notable = [tallies.counted(one) for one in told if _is_notable(one)]
    table = Table(
        definition.id, definition.title, asked.period.key if asked.period else "", compiled.plan.start,
        compiled.plan.end, basis, compiled.columns, rows, definition.number, definition.head, definition.notes,
        definition.layout, asked.level is not None, _labels(opened), dict(whole.states),
        _remarks(opened, compiled, told, notable, whole, as_of, folders),
        tuple(finding for one in notable for finding in one.faults) + _faults(opened),
        len(told), sum([parts[2].get(READ, 0) for _, parts, _, _, _ in told]),
        tuple(one.unit for one in notable if one.news),
    )  # fmt: skip
    found = contradictions.judged(table, compiled, rules_of(opened.checklist, definition))
    return replace(table, against=tuple(found)) if found else table


def _labels(opened: Opened) -> Mapping[str, Text]:
    figures = {figure.key: figure.label for figure in opened.checklist.figures}
    return figures | {used.key: used.label for used in opened.terms.fields}


def _words(definition: Definition) -> tree.Words:
    own = "table.own" if definition.rows == "units" else "table.rest"
    unplaced, yes, no = map(_both, ("table.unplaced", "table.yes", "table.no"))
    return tree.Words(definition.total_label, lambda name: _both(own, name), unplaced, yes, no)


def _both(key: str, name: Text = "") -> Text:
    return {"zh": t_in("zh", key, name=label_of(name, "zh")), "en": t_in("en", key, name=label_of(name, "en"))}


def _definition(opened: Opened, table_id: str | None) -> Definition:
    tables = {table.id: table for table in opened.checklist.tables}
    if not tables:
        raise NoTableError(checklist=opened.campaign.checklist)
    if table_id is not None and table_id not in tables:
        raise UsageError(sentence=t("rollup.no_such_table", table=table_id, known=join(list(tables))))
    return next(iter(tables.values())) if table_id is None else tables[table_id]


def _check(opened: Opened, definition: Definition, level: int | None, unit: str | None) -> None:
    if unit and unit not in opened.units.units:
        raise UsageError(sentence=t("rollup.no_such_unit", unit=unit))
    if level is not None and level < 1:
        raise UsageError(sentence=t("rollup.no_such_level", level=level))
    if level is not None and definition.rows != "units":
        raise UsageError(sentence=t("rollup.level_needs_units", table=definition.id))


def _compiled(opened: Opened, definition: Definition, period: Period | None) -> Compiled:
    opens = opened.campaign.starts or opened.checklist.starts
    closes = opened.campaign.ends or opened.checklist.ends
    window = Window(
        period.start.isoformat() if period else "", period.end.isoformat() if period else "",
        opens.isoformat() if opens else "", closes.isoformat() if closes else "",
    )  # fmt: skip
    zero = opened.campaign.policies.zero or "blank"
    compiled, problems = compiling.compiled(definition, opened.checklist, window, zero)
    if problems:
        raise BrokenTableError(table=definition.id, problems="\n".join(map(sentence, problems)))
    return compiled


def sentence(problem: Problem) -> str:
    """Say a problem of a table's definition in the language in force."""
    where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in problem.where).lstrip(".")
    return f"{where}: {t(f'table.problem_{problem.reason}', **problem.args)}"


def _rows(fold: tree.Fold, opened: Opened, unit: str, own: Mapping[str, Parts]) -> tuple[Rows, Partial]:
    if fold.compiled.plan.group:
        return tree.by_groups(fold, opened.checklist, tallies.whole(own.values()))
    return tree.by_units(fold, opened.units, unit, own)


def _is_notable(one: Tally) -> bool:
    """Tell whether there is anything to be said of a unit beyond its figures."""
    _, (states, _, remarks, _), faults, news, flawed = one
    return bool(faults or news or flawed or MISSING in states or not remarks.keys() <= {READ})


def _remarks(  # noqa: PLR0917 -- what was counted, what has to be said of it, as of when and of which folders
    opened: Opened, compiled: Compiled, told: Sequence[Tally], notable: Sequence[Counted], whole: Partial,
    as_of: str, folders: Iterable[str] | None,
) -> Remarks:  # fmt: skip
    names = {one.unit: opened.units.units[one.unit].name for one in notable}
    counted = [
        (names[one.unit], kind, about, number)
        for one in notable
        for (kind, about, *_), number in sorted(one.partial.remarks.items())
    ]
    figures = [(names[one.unit], *remark) for one in notable for remark in sorted(one.partial.remarks)]
    unread = [one for one in notable if one.faults]
    read = [one for one in notable if not one.faults]
    silent = [one for one in read if MISSING in one.partial.states]  # fed by figures: a missing ledger has no entries
    return Remarks(
        missing=tuple(names[one.unit] for one in silent if not one.partial.amounts),
        fed=tuple(names[one.unit] for one in silent if one.partial.amounts),
        unreadable=tuple(names[one.unit] for one in unread if not one.partial.amounts),
        unread_fed=tuple(names[one.unit] for one in unread if one.partial.amounts),
        uncounted=tuple((name, about, number) for name, kind, about, number in counted if kind == "uncounted"),
        lacking=tuple((name, about, number) for name, kind, about, number in counted if kind == "lacking"),
        closed=tuple((name, number) for name, kind, _, number in counted if kind == "closed"),
        half=tuple((name, about) for name, kind, about, _ in counted if kind == "half"),
        figures=tuple((name, *rest) for name, kind, *rest in figures if kind == "figure"),
        astride=tuple((name, *rest) for name, kind, *rest in figures if kind == "astride"),
        broken=tuple((name, *rest) for name, kind, *rest in figures if kind == "broken"),
        flawed=(*_campaign_errors(opened), *((names[one.unit], one.flawed) for one in read if one.flawed)),
        strangers=_strangers(opened, folders),
        partly=tuple(_partly(opened, compiled, told, whole)),
        begins=compiled.plan.start if compiled.plan.start > as_of else "",
    )


def _partly(opened: Opened, compiled: Compiled, told: Sequence[Tally], whole: Partial) -> list[Partly]:
    """Name the units asked that have not reported a column of figures; columns they share are one."""
    wanted = {at for at, measure in enumerate(compiled.plan.measures) if measure.kind == "figure"}
    if not wanted:
        return []
    units, inner = opened.units.units, opened.units.children
    asked = [(unit, parts[1]) for unit, parts, _, _, _ in told if not inner.get(unit) and NOT_REQUIRED not in parts[0]]
    everybody = tuple([units[unit].name for unit, _ in asked])
    reported = wanted.intersection(_numbers(whole.amounts))  # by any unit: often by none
    numbers = [wanted.intersection(_numbers(amounts)) for _, amounts in asked if reported]
    found: dict[tuple[str, ...], list[str]] = {}
    for column in compiled.columns:
        parts = wanted.intersection(at for _, at in column.terms + column.over)
        lacking = everybody
        if not parts.isdisjoint(reported):
            lacking = tuple(name for name, given in zip(everybody, numbers, strict=True) if not parts <= given)
        if parts and lacking:
            found.setdefault(lacking, []).append(column.key)
    return [(tuple(keys), len(asked), lacking) for lacking, keys in found.items()]


def _numbers(amounts: Iterable[Spot]) -> Iterator[int]:
    """Give the measures a unit has an amount of."""
    return (at for _, at, day in amounts if day != LACKING)


def _campaign_errors(opened: Opened) -> Iterator[tuple[str, int]]:
    errors = Counter(finding.path for finding in opened.findings if finding.severity == Severity.ERROR)
    yield from sorted(errors.items())


def _faults(opened: Opened) -> tuple[Finding, ...]:
    return tuple(finding for finding in opened.findings if finding.code in kernel.WHOLE_FILE)


def _strangers(opened: Opened, folders: Iterable[str] | None) -> tuple[str, ...]:
    """Name the folders that hold a ledger and are no unit's: nothing in them is counted."""
    folder = opened.workspace.root / "units"
    known = opened.units.units
    alien = [name for name in (folders_in(folder, known) if folders is None else folders) if name not in known]
    alike = {text.fold(name): name for name in opened.units.units} if alien else {}
    return tuple(
        name
        for name in alien
        if opened.workspace.ledgers(name) and not _same_folder(folder / name, folder / alike.get(text.fold(name), name))
    )


def _same_folder(path: Path, other: Path) -> bool:
    """Tell whether a unit's folder is written in other letters, on a disk that does not mind."""
    return path != other and other.is_dir() and path.samefile(other)
