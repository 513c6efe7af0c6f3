"""Merge three versions of a file: entries by id and field, figures by period and key, units by id, journals by line."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hazardctl import i18n, parsing, text, verbs
from hazardctl.cells import deadlines
from hazardctl.cells.terms import Cell, Terms
from hazardctl.findings import Finding, Severity
from hazardctl.merging import ancestors, careful, grids, guarded, recast
from hazardctl.merging.grids import Grid, Kind
from hazardctl.merging.guarded import GROUPS, STAGES
from hazardctl.merging.questions import Question
from hazardctl.merging.threeway import Cells, Conflict, Key, Merged, Rules, Why
from hazardctl.records import immutable
from hazardctl.workspace import LEDGERS


@immutable
class Result:
    """What came of a merge: ours with everything that is settled, and what is left for a person."""

    data: bytes
    questions: tuple[Question, ...] = ()
    gone: tuple[str, ...] = ()  # ids of rows that one side deleted and the other left alone
    unsound: tuple[Finding, ...] = ()  # errors of the result that neither side has

    @property
    def clean(self) -> bool:
        """Tell whether nothing is left to decide."""
        return not self.questions and not self.unsound


def merge(
    base: bytes | None,
    ours: bytes,
    theirs: bytes,
    path: str,
    *,
    terms: Terms | None = None,
    today: date | None = None,
    paths: tuple[str, str, str] | None = None,
    rows_may_go: bool = True,
    nested: bool = False,
    bases: Sequence[bytes] = (),
) -> Result:
    """Merge a file's versions; None as base: the common ancestor is not known, and only equal cells are settled.

    `path` names the file, `paths` the three versions where they have names of their own. The result is checked where
    `terms` are those of a campaign and `today` is given. Where rows may not go, one that a side lacks is asked. A
    nested merge makes the base of another one: a cell in question is blank in it, unlike what either side made of it.
    Where histories crossed, `bases` are the last common versions that `base` was made out of, and all have to agree.
    Raises UnmergeableError, NoIdentityError, OddLayoutError, ChangedRecordError.
    """
    names = paths or (path, path, path)
    olds = list(bases) or ([] if base is None else [base])
    if path.endswith(".jsonl"):
        return Result(union(b"\n".join(olds), ours, theirs))
    if path.endswith(".yaml") and not path.endswith(LEDGERS):
        from hazardctl.merging import records

        if records.merges(path):
            return Result(*_records(olds, ours, theirs, path))
    sort = grids.kind_of(path, ours)
    known = terms or grids.plain_terms()
    before = [grids.read(old, names[0], sort, known) if old else grids.empty(names[0], sort) for old in olds]
    mine, other = grids.read(ours, names[1], sort, known), grids.read(theirs, names[2], sort, known)
    rules = rules_for(sort, known)
    rules = replace(rules, rows_may_go=rules.rows_may_go and rows_may_go, keeps_base=not nested)
    return _Job(before, mine, other, known, rules, today if terms else None).merged()


def _records(olds: Sequence[bytes], ours: bytes, theirs: bytes, path: str) -> tuple[bytes, tuple[Question, ...]]:
    """Merge what is no table; bases that lead to different results are as good as none."""
    from hazardctl.merging import records

    done = [records.merge(old, ours, theirs, path) for old in olds]
    return done[0] if done and done.count(done[0]) == len(done) else records.merge(None, ours, theirs, path)


def union(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """Merge two versions of a journal: every line of either, each once, what both began with first.

    Where both went on, one writer wrote in two places: the lines of both branches stand by turn, each still following
    the one of its own branch (see `journals.chain`).
    """
    one, other = ours.splitlines(), theirs.splitlines()
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    kept = one[:shared]
    mine = [line for line in one[shared:] if line.strip()]
    known = set(mine)
    yours = [line for line in other[shared:] if line.strip() and line not in known]
    known |= {*kept, *yours}
    lost = [line for line in dict.fromkeys(base.splitlines()) if line.strip() and line not in known]
    woven, left, right = [], deque(map(_placed, mine)), deque(map(_placed, yours))
    while left and right:
        woven.append((left if left[0] <= right[0] else right).popleft()[-1])
    rest = [line for *_, line in (*left, *right)]
    return b"".join(line + b"\n" for line in [*lost, *kept, *woven, *rest])


def _placed(line: bytes) -> tuple[int, str, bytes]:
    """Give what a line is put in order by: its turn; clocks only where there is none."""
    try:
        record = json.loads(line)
    except ValueError:
        record = None
    told = record if isinstance(record, dict) else {}
    turn = told.get("turn")
    return turn if isinstance(turn, int) else 0, str(told.get("at", "")), line


class _Job:
    """One merge of a table's versions, and as many attempts as it takes until the result is sound."""

    def __init__(  # noqa: PLR0917 -- three versions and the terms they are merged under
        self, bases: Sequence[Grid], ours: Grid, theirs: Grid, terms: Terms, rules: Rules, today: date | None
    ) -> None:
        self.bases, self.ours, self.theirs = bases, ours, theirs
        self.terms, self.rules, self.today = terms, rules, today

    def merged(self) -> Result:
        done = self._once(frozenset())
        if not done.rows and not self.ours.version.rows and _nil(self.theirs) and not _nil(self.ours):
            return Result(self.theirs.data)
        data, unsound = self._written(done)
        held = frozenset(
            key for key in done.touched if done.touched[key] and self._labelled(key) in {f.entry for f in unsound}
        )
        if held:
            done = self._once(held)
            data, unsound = self._written(done)
        return Result(data, self._questions(done.conflicts), tuple(map(self._labelled, done.gone)), unsound)

    def _once(self, held: frozenset[Key]) -> Merged:
        bases = [base.version for base in self.bases]
        return ancestors.merge(bases, self.ours.version, self.theirs.version, self.rules, held)

    def _written(self, done: Merged) -> tuple[bytes, tuple[Finding, ...]]:
        others = [self.theirs, *self.bases]
        data = recast.result(self.ours, others, done.rows, self.terms)
        if self.today is None or self.ours.kind != "ledger" or not self._mixes(done):
            return data, ()
        found = [] if data == self.ours.data else self._errors(data, self.ours.path)
        if not found:  # as a rule: the versions themselves need no check then
            return data, ()
        versions = [grid for grid in (self.ours, *others) if grid.data]
        known = {_what(one) for grid in versions for one in self._errors(grid.data, grid.path)}
        clashing = set(map(self._labelled, _clashing(done)))
        fresh = [one for one in found if _what(one) not in known]
        return data, tuple(found for found in fresh if found.entry not in clashing)

    def _mixes(self, done: Merged) -> bool:
        """Tell whether any row may have an error that it has in no version, and that is to be told."""
        grids_ = (self.ours, self.theirs, *self.bases)
        width = len({name for grid in grids_ for name in grid.names})
        free, clashing = guarded.free(self.terms.fields), _clashing(done)
        return any(
            not any(
                _alike(row, one)
                or (guarded.is_entry(row.values(), width) and careful.as_sound(row, one, self.terms.by_key, free))
                for one in (grid.version.rows[key] for grid in grids_ if key in grid.version.rows)
            )
            for key, row in done.rows.items()
            if key not in clashing or not guarded.is_entry(row.values(), width)
        )

    def _errors(self, data: bytes, path: str) -> list[Finding]:
        from hazardctl.inspection import check_ledger
        from hazardctl.reading import Reading

        found, findings = parsing.parse(data, path, "", self.terms)
        assert self.today is not None
        findings = [*findings, *(check_ledger(Reading(found, self.terms, self.today)) if found else ())]
        return [finding for finding in findings if finding.severity is Severity.ERROR]

    def _labelled(self, key: Key) -> str:
        for grid in (self.ours, self.theirs, *self.bases):
            if key in grid.labels:
                return grid.labels[key]
        return ""

    def _questions(self, conflicts: Sequence[Conflict]) -> tuple[Question, ...]:
        return tuple(self._question(one) for one in conflicts)

    def _question(self, one: Conflict) -> Question:
        headings = {
            name: title for grid in (*self.bases, self.theirs, self.ours) for name, title in grid.headings.items()
        }
        field = self.terms.by_key.get(one.column) if self.ours.kind == "ledger" else None
        title = headings.get(one.column, one.column)
        label = i18n.pick(field.label) if field else title
        name = title if one.column.startswith("=") else one.column
        why = f"{one.why}:{one.gone}" if one.gone else one.why
        return Question(self._labelled(one.key), name, label, one.base, one.ours, one.theirs, "", why)


def _alike(one: Cells, other: Cells) -> bool:
    return one == other or all(one.get(name, "") == other.get(name, "") for name in (*one, *other))


def _clashing(done: Merged) -> set[Key]:
    """Name the rows that are blank where two new entries of one id differ."""
    return {one.key for one in done.conflicts if one.why == "same_id"}


def _nil(grid: Grid) -> bool:
    return grid.ledger is not None and grid.ledger.nil


def _what(finding: Finding) -> tuple[str, ...]:
    return (finding.code, finding.entry, finding.field, finding.value)


def rules_for(kind: Kind, terms: Terms) -> Rules:
    """Give what is never automatic for a kind of file (docs/merging.md)."""
    if kind == "ledger":
        return Rules(_Same(terms), GROUPS, _Guard(terms))
    return Rules(_same_text, rows_may_go=kind != "units")


def _same_text(_column: str, one: str, other: str) -> bool:
    return text.trim(one) == text.trim(other)


class _Same:
    """Tell whether two cells of a ledger mean the same: Excel likes to write 2022-09-06 as 2022/9/6."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms

    def __call__(self, column: str, one: str, other: str) -> bool:
        if text.trim(one) == text.trim(other):
            return True
        if column not in self.terms.by_key:
            return False
        first, second = self.terms.read(column, one), self.terms.read(column, other)
        if first.blank and second.blank:
            return True
        if not _certain(first) or not _certain(second):
            return False
        return bool(first.value == second.value or (first.spelled and first.spelled == second.spelled))


def _certain(cell: Cell) -> bool:
    return cell.value is not None and (not cell.liberty or cell.repair)


class _Guard:
    """Find what is never taken over unasked although only one side did it."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms

    def __call__(self, column: str, base: Cells, side: Cells) -> Why | None:
        if column in ("verified_by", "verified_on"):
            return "verified"
        if column == "status":
            return "backwards" if self._stage(side) < self._stage(base) else None
        if column in ("deadline", "extended_to"):
            return "later" if self._later(base, side) else None
        return None

    def _value(self, cells: Cells, key: str) -> object:
        raw = cells.get(key, "")
        return self.terms.read(key, raw).value if raw and key in self.terms.by_key else None

    def _stage(self, cells: Cells) -> int:
        return STAGES.get(str(self._value(cells, "status")), 0)

    def _later(self, base: Cells, side: Cells) -> bool:
        before = self._due(base)
        if before is None:
            return False
        after = self._due(side)
        return after is None or after > before

    def _due(self, cells: Cells) -> date | None:
        found = self._value(cells, "found_on")
        for key in ("extended_to", "deadline"):
            if isinstance(value := self._value(cells, key), deadlines.Deadline):
                return deadlines.due(value, found if isinstance(found, date) else None)
        return None


verb = merge
verbs.named_after(__name__)
