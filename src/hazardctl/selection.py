"""Choose entries: by status, category, people, deadline or words, and by the first letters of an id."""

from __future__ import annotations

from collections.abc import Sequence

from hazardctl import i18n, text
from hazardctl.cells.terms import Cell, category_of
from hazardctl.errors import FileFault
from hazardctl.reading import Reading
from hazardctl.records import immutable
from hazardctl.returns import due
from hazardctl.returns.workdays import Calendar

Words = Sequence[str]
_NO_CELL = Cell("")


class UnknownWordError(FileFault):
    """A filter names a status or category that the campaign does not have. Values: `word`, `allowed`."""

    key = "selection.unknown_word"
    exit_code = 2


class NoSuchEntryError(FileFault):
    """No entry of the unit has this id. Values: `id`, `unit`."""

    key = "selection.no_such_entry"
    exit_code = 2


class SeveralEntriesError(FileFault):
    """The letters given begin several ids. Values: `id`, `unit`, `ids`."""

    key = "selection.several_entries"
    exit_code = 2


@immutable
class Filter:
    """What an entry has to satisfy: every condition given, and one of the words of each."""

    status: Words = ()
    category: Words = ()
    owner: Words = ()
    department: Words = ()
    text: Words = ()  # all of these
    overdue: bool = False
    within: int | None = None  # due in so many days from today, overdue ones left out

    def __bool__(self) -> bool:
        """Tell whether there is any condition."""
        conditions = (self.status, self.category, self.owner, self.department, self.text, self.overdue)
        return any(conditions) or self.within is not None


def rows(reading: Reading, wanted: Filter, calendar: Calendar | None = None) -> list[int]:
    """Give the rows that satisfy a filter, in the order of the file; raises UnknownWordError."""
    kept = set(range(len(reading)))
    if wanted.status:
        codes = {_code(reading, "status", word) for word in wanted.status}
        kept &= {row for row, cell in _numbered(reading, "status") if cell.value in codes}
    if wanted.category:
        kept &= _in_categories(reading, wanted.category)
    for key, words in (("owner", wanted.owner), ("department", wanted.department)):
        if words:
            kept &= {row for row, raw in enumerate(reading.raw(key)) if _holds_one(raw, words)}
    if wanted.text:
        kept = {row for row in kept if _holds_all(reading, row, wanted.text)}
    if wanted.overdue or wanted.within is not None:
        kept &= _timely(reading, wanted, calendar or Calendar())
    return sorted(kept)


def row_of(reading: Reading, entry_id: str) -> int:
    """Find an entry by its id or the letters it begins with; raises NoSuchEntryError or SeveralEntriesError."""
    asked = text.fold(text.trim(entry_id))
    ids = [text.fold(text.trim(raw)) for raw in reading.raw("id")]
    exact = [row for row, known in enumerate(ids) if known == asked]
    found = exact or [row for row, known in enumerate(ids) if _bare(known).startswith(_bare(asked)) and _bare(asked)]
    unit = reading.ledger.unit
    if not found:
        raise NoSuchEntryError(id=entry_id, unit=unit)
    if len(found) > 1:
        raise SeveralEntriesError(id=entry_id, unit=unit, ids=i18n.join(reading.raw("id")[row] for row in found[:5]))
    return found[0]


def _bare(folded: str) -> str:
    return folded.replace("-", "")


def _numbered(reading: Reading, key: str) -> list[tuple[int, Cell]]:
    if not reading.uses(key):
        return [(row, _NO_CELL) for row in range(len(reading))]
    return list(enumerate(reading.cells(key)))


def _code(reading: Reading, key: str, word: str) -> object:
    cell = reading.terms.read(key, word) if reading.uses(key) else _NO_CELL
    if cell.value is None:
        checklist = reading.terms.checklist
        named = (
            [(name, i18n.pick(label)) for name, label in checklist.statuses.items()]
            if key == "status"
            else [(category.code, i18n.pick(category.title)) for category in checklist.categories]
        )
        known = i18n.join([f"{name} {title}" for name, title in named])
        raise UnknownWordError(word=word, label=reading.label(key), allowed=known)
    return cell.value


def _in_categories(reading: Reading, words: Words) -> set[int]:
    terms = reading.terms
    wanted = {str(_code(reading, "category", word)) for word in words}
    kept = set()
    for key in ("category", "item"):
        for row, cell in _numbered(reading, key):
            code = cell.value
            if isinstance(code, str) and (
                category_of(code, terms) in wanted or any(f"{code}.".startswith(f"{word}.") for word in wanted)
            ):
                kept.add(row)
    return kept


def _holds_one(raw: str, words: Words) -> bool:
    folded = text.fold(raw)
    return any(text.fold(word) in folded for word in words)


def _holds_all(reading: Reading, row: int, words: Words) -> bool:
    folded = [text.fold(cell) for cell in reading.ledger.rows[row]]
    return all(any(text.fold(word) in cell for cell in folded) for word in words)


def _timely(reading: Reading, wanted: Filter, calendar: Calendar) -> set[int]:
    """Give the rows that are overdue, or due within the days asked for; both where both are asked for."""
    found = due.find(reading, calendar, within=wanted.within or 0)
    return {one.row for one in found if (wanted.overdue if one.days < 0 else wanted.within is not None)}
