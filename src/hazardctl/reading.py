"""A ledger with its cells read: what the rules, the roll-up and the import look at."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from itertools import compress, count
from string import ascii_letters, ascii_uppercase, digits
from types import MappingProxyType
from typing import Any, TypeVar

from hazardctl import text
from hazardctl.cells.namesakes import twice
from hazardctl.cells.terms import Cell, Terms
from hazardctl.findings import Finding, Severity
from hazardctl.ledger import Ledger
from hazardctl.records import immutable
from hazardctl.units import LONGEST_ID, look

V = TypeVar("V")
TEXTS = ("text", "names", "id")
_IN_AN_ID = f"{ascii_letters}{digits}.-".encode()
_ALIKE = str.maketrans("01i", "oll")
_MARKS = frozenset(mark.translate(_ALIKE) for mark in text.MARKS)
# Of these no two look alike, so that ids that are made of nothing else look alike where they are the same.
_TOLD_APART = f"{digits}{''.join({*ascii_uppercase} - {*'OIL'})}.-\n".encode()
_MARKS_OF_THESE = frozenset(mark.upper().replace("O", "0").replace("L", "1") for mark in _MARKS)
Told = tuple[str, Severity, Mapping[str, str]]


@immutable
class Part:
    """What a ledger is of several that are read together: some of the rows of all."""

    whole: Reading
    rows: slice


class Reading:
    """One ledger under one campaign's terms. Work is done once per distinct value, since a ledger repeats itself."""

    def __init__(
        self,
        ledger: Ledger,
        terms: Terms,
        today: date,
        part: Part | None = None,
        columns: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self.ledger, self.terms, self.today, self.part = ledger, terms, today, part
        self._columns: dict[str, Sequence[str]] = dict(columns)
        self._derived: dict[object, list[Any]] = {}
        self._distinct: dict[str, dict[str, Cell]] = {}
        self._often: dict[str, Mapping[str, int]] = {}
        self._noticed: dict[str, dict[str, Cell]] = {}
        self._bare: dict[str, Finding] = {}
        self.kept: dict[object, Any] = {}  # what a rule works out once for several

    def __len__(self) -> int:
        return len(self.ledger.rows)

    def raw(self, key: str) -> Sequence[str]:
        """Give a field's raw cells, blanks where the ledger has no such column."""
        if key not in self._columns:
            if self.part:
                self._columns[key] = self.part.whole.raw(key)[self.part.rows]
            elif key in self.ledger.index and self.ledger.rows:
                turned = list(zip(*self.ledger.rows, strict=True))
                self._columns.update((known, turned[at]) for known, at in self.ledger.index.items())
            else:
                self._columns[key] = ("",) * len(self.ledger.rows)
        return self._columns[key]

    def derived(self, name: object, make: Callable[[Reading], list[V]]) -> list[V]:
        """Give what is worked out of each row by itself, once for all ledgers that are read together."""
        if self.part:
            return self.part.whole.derived(name, make)[self.part.rows]
        if name not in self._derived:
            self._derived[name] = make(self)
        return self._derived[name]

    def cells(self, key: str) -> list[Cell]:
        """Give a field's cells as read, one a row."""
        return list(map(self.distinct(key).__getitem__, self.raw(key)))

    def distinct(self, key: str) -> dict[str, Cell]:
        """Give each spelling of a field that occurs, as read."""
        if key not in self._distinct:
            read = self.terms.read
            self._distinct[key] = {raw: read(key, raw) for raw in set(self.raw(key))}
        return self._distinct[key]

    def often(self, key: str) -> Mapping[str, int]:
        """Count how often each spelling of a field occurs."""
        if key not in self._often:
            whole = self.part.whole if self.part and len(self.part.whole) == len(self) else None
            self._often[key] = whole.often(key) if whole else Counter(self.raw(key))
        return self._often[key]

    def noticed(self, key: str) -> dict[str, Cell]:
        """Give the spellings of a field of which something is to be said: blank, unreadable, or read with a liberty.

        Of a ledger that is read together with others it gives theirs too.
        """
        if self.part:
            return self.part.whole.noticed(key)
        if key not in self._noticed:
            self._noticed[key] = self._notice(key)
        return self._noticed[key]

    def _notice(self, key: str) -> dict[str, Cell]:
        raws, fine = self.raw(key), self.terms.fine(key)
        if key == "id":
            raws = [raws[row] for row in self.doubtful_ids]
        if fine.issuperset(raws):  # as is the rule
            return {}
        odd_ones, distinct = self.terms.odd(key), set(raws)
        blank = {"": cell} if "" in distinct and (cell := odd_ones[""]) else {}
        new = distinct - fine - {""}
        if not new:
            return blank
        odd = text.not_plain(new) if self.terms.by_key[key].type in TEXTS else new  # texts are mostly plain
        found = {raw: cell for raw in odd if (cell := odd_ones[raw])}
        fine.update(new - found.keys())
        return blank | found

    @cached_property
    def doubtful_ids(self) -> Sequence[int]:
        """Give the rows, none as a rule, whose ids have to be looked at: not plain, like another, or no ids."""
        if self.part:
            rows = self.part.whole.doubtful_ids
            if bisect_left(rows, self.part.rows.start) == bisect_left(rows, self.part.rows.stop):
                return ()
        return _doubtful(self.raw("id"))

    @cached_property
    def remarkable(self) -> frozenset[str]:
        """Name the fields of which something is to be said: a cell is blank, unreadable, or read with a liberty."""
        written = self.ledger.index if self.ledger.format == "csv" else self.terms.by_key
        return frozenset(key for key in self.terms.by_key if key in written and self.noticed(key))

    def rows_where(
        self, keys: tuple[str, ...], judge: Callable[..., V | None], name: object = None
    ) -> Iterator[tuple[int, V]]:
        """Give the rows on which `judge` has something to say; it is asked once per combination of cells.

        Verdicts are kept for other ledgers, so a judge depends on nothing but the cells and the campaign; `name` stands
        for one that is made anew each time.
        """
        judged = self.terms.judged(keys, judge, name)
        raws = [*map(self.raw, keys)]
        if not judged.fine.issuperset(zip(*raws, strict=True)):
            for row, verdict in enumerate(map(judged.__getitem__, zip(*raws, strict=True))):
                if verdict is not None:
                    yield row, verdict

    def each(self, key: str, told: Mapping[str, Told]) -> Iterator[Finding]:
        """Make a finding about each cell of a field of which something is told: spelling → code, severity, values."""
        raws = self.raw(key) if told else ()
        for row in compress(count(), map(told.__contains__, raws)):
            code, severity, args = told[raws[row]]
            yield self.finding(code, severity, row, key, **args)

    def uses(self, key: str) -> bool:
        """Tell whether the campaign has this field at all."""
        return key in self.terms.by_key

    def has(self, *keys: str) -> bool:
        """Tell whether the campaign has these fields and the ledger a column for each."""
        index, fields = self.ledger.index, self.terms.by_key
        for key in keys:  # noqa: SIM110 -- many times quicker
            if key not in index or key not in fields:
                return False
        return True

    def no_column(self, key: str) -> bool:
        """Tell whether a field's column is missing; in YAML a field that is left out is a blank cell of its entry."""
        return key not in self.ledger.index and self.ledger.format == "csv"

    def label(self, key: str) -> str:
        """Give a field's official label in the language in force."""
        return self.terms.label(key)

    def line(self, row: int, key: str) -> str:
        """Give the line of a cell, for a finding about another."""
        return str(self.ledger.where(row, key)[0])

    def finding(self, code: str, severity: Severity, row: int, key: str = "", **args: str) -> Finding:
        """Make a finding about a cell, with its place, the row's id and its value; row -1 is the heading row."""
        ledger = self.ledger
        line, column, source = ledger.where(row, key)
        return Finding(
            code,
            severity,
            ledger.path,
            line,
            column,
            ledger.unit,
            entry="" if row < 0 else ledger.cell(row, "id"),
            field=key,
            value="" if row < 0 or not key else ledger.cell(row, key),
            args=tuple(sorted({"label": self.label(key), **args}.items())),
            source=source,
        )

    def on_heading(self, code: str, severity: Severity, at: int, **told: Callable[[], str]) -> Finding:
        """Make a finding about the heading of a column; what is told beside it is asked for where it is shown."""
        ledger = self.ledger
        key, title = ledger.keys[at], ledger.headings[at]
        row = next((row for row, cells in enumerate(ledger.rows) if cells[at]), -1) if ledger.format == "yaml" else -1
        line, column, source = ledger.place(row, at)  # in YAML every entry has headings of its own
        said = {"label": self.label(key) if key else "", **{name: say() for name, say in told.items()}}
        args = tuple(sorted(said.items()))
        return Finding(
            code, severity, ledger.path, line, column, ledger.unit, field=key, value=title, args=args, source=source
        )


class Tally(Reading):
    """A reading for those who only count findings: they are made without their places and values."""

    def each(self, key: str, told: Mapping[str, Told]) -> Iterator[Finding]:
        """Give a finding for each cell of which something is told."""
        bare = {raw: self.finding(code, severity, 0) for raw, (code, severity, _) in told.items()}
        return filter(None, map(bare.get, self.raw(key))) if bare else iter(())

    def line(self, row: int, key: str) -> str:  # noqa: ARG002
        """Give nothing: nobody is told."""
        return ""

    def finding(self, code: str, severity: Severity, row: int, key: str = "", **args: str) -> Finding:  # noqa: ARG002
        """Give the finding that stands for all of its code."""
        if code not in self._bare:
            self._bare[code] = Finding(code, severity, self.ledger.path, unit=self.ledger.unit)
        return self._bare[code]

    def on_heading(self, code: str, severity: Severity, at: int, **told: Callable[[], str]) -> Finding:  # noqa: ARG002
        """Give the finding that stands for all of its code."""
        return self.finding(code, severity, -1)


class Survey(Tally):
    """A reading of several ledgers for those who ask on which rows there is something to be said."""

    def asked(self, check: Callable[[Reading], Iterator[Finding]]) -> set[int]:
        """Give the rows on which a rule has something to say; -1 is the heading row, which all have."""
        self._rows = set[int]()
        for _ in check(self):
            pass
        return self._rows

    def each(self, key: str, told: Mapping[str, Told]) -> Iterator[Finding]:
        """Give a finding for each cell of which something is told."""
        return Reading.each(self, key, told)

    def finding(self, code: str, severity: Severity, row: int, key: str = "", **args: str) -> Finding:
        """Note the row, and give the finding that stands for all of its code."""
        self._rows.add(row)
        return super().finding(code, severity, row, key, **args)


def _doubtful(raws: Sequence[str]) -> Sequence[int]:
    """Give the rows whose ids have to be looked at; that all others are in order is told of all at once."""
    whole = "\n".join(raws)
    plainly = _are_plain(whole, len(raws))
    told_apart = plainly and not whole.encode().translate(None, _TOLD_APART)
    if told_apart and len(different := set(raws)) == len(raws) and different.isdisjoint(_MARKS_OF_THESE):
        return ()  # as is the rule
    looks = whole.lower().translate(_ALIKE).split("\n")
    if len(looks) != len(raws):
        return range(len(raws))
    if plainly and len(different := set(looks)) == len(raws) and different.isdisjoint(_MARKS):
        return ()
    again = twice(looks) | _MARKS
    plain = _plain_ids()
    if not plain.fullmatch("\n".join(filter(None, raws))):  # a blank one looks like a mark
        odd = {raw: look(text.trim(raw)) for raw in set(raws) if not plain.fullmatch(raw)}
        looks = [odd.get(raw, like) for raw, like in zip(raws, looks, strict=True)]
        again = twice(looks) | _MARKS | set(odd.values())
    return list(compress(count(), map(again.__contains__, looks)))


def _are_plain(whole: str, count: int) -> bool:
    """Tell whether all ids are plain; ids of one length, as they are as a rule, are looked at by columns."""
    step = whole.find("\n") + 1
    if 1 < step <= LONGEST_ID + 1 and len(whole) == step * count - 1 and whole[step - 1 :: step] == "\n" * (count - 1):
        return whole.isascii() and whole[::step].isalpha() and not whole.encode().translate(None, _IN_AN_ID + b"\n")
    return whole.count("\n") == count - 1 and bool(_plain_ids().fullmatch(whole))


@lru_cache(1)
def _plain_ids() -> re.Pattern[str]:
    """Give the look of plain ids, one a line; not before it is wanted, since making it takes long."""
    one = rf"[A-Za-z][A-Za-z0-9.\-]{{0,{LONGEST_ID - 1}}}"
    return re.compile(rf"{one}(?:\n{one})*")
