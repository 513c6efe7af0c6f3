"""Read the entries of a table cell by cell: proper spellings, every liberty that was taken, and what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from hazardctl import spelling, text
from hazardctl.amend import in_language
from hazardctl.cells.terms import Args, Cell, Terms
from hazardctl.formats.workbook import DAMAGED, EPOCH, FAILED, FORMULA
from hazardctl.forms.offered import written
from hazardctl.records import immutable
from hazardctl.spreadsheets import ticks
from hazardctl.spreadsheets.choosing import Chosen
from hazardctl.spreadsheets.headings import Column
from hazardctl.spreadsheets.table import Row, Table
from hazardctl.spreadsheets.words import EMPTY_DAYS, MEASURED, MIDNIGHT, UNIT_COLUMN

NUMERIC = ("number", "integer", "money", "percent")
MOST_SPELLED = 50_000
HEADED = ("found_on", "found_by")
_LINE_END = re.compile(r"\r\n|[\r\n]")
_BARE = re.compile(r"[\d,，.．０-９]+")
FLAGGED: Mapping[str, str] = {FORMULA: "formula", FAILED: "formula_failed", DAMAGED: "long_number", EPOCH: "epoch"}


@immutable
class Liberty:
    """One cell that is not written as it stands: before, after, and why (`code`: of a finding, or of the import)."""

    cell: str
    row: int
    key: str
    before: str
    after: str
    code: str
    args: Args = ()


@immutable
class Refusal:
    """One cell (or row, where `key` is empty) that keeps the import from going on."""

    cell: str
    row: int
    key: str
    value: str
    code: str
    args: Args = ()


@dataclass(slots=True)
class Taken:
    """One entry as taken from the table: its fields in the campaign's spelling."""

    row: int
    cells: dict[str, str] = field(default_factory=dict)
    liberties: list[Liberty] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)  # field → cell
    derived: set[str] = field(default_factory=set)  # fields that no cell gave


def on_lines(raw: str) -> str:
    """Write several people, each on a line of the cell, as one list; empty where there is but one line."""
    lines = _LINE_END.split(text.trim(raw))
    people = "、".join(name for line in lines if (name := text.trim(line).strip("、,，;；")))
    return people if len(lines) > 1 and not text.unsafe(people, single_line=True) else ""


class Reader:
    """Reads the rows of one table under one campaign's terms."""

    def __init__(self, chosen: Chosen, terms: Terms, unit: str, names: Mapping[str, str]) -> None:
        self.table: Table = chosen.table
        self.columns = chosen.settled.chosen
        self.terms, self.unit, self.names = terms, unit, names
        self._offered = {key: written(terms, key) for key in terms.by_key}  # what our own lists show is no liberty
        facts = chosen.table.facts  # the day and the people of the inspection, said once for all rows
        self._of_head = [key for key in HEADED if key in facts and key in terms.by_key and key not in self.columns]
        self._spelled: dict[tuple[str, str, str], tuple[str, str, Args]] = {}
        self._vouched = not (self.table.filled or self.table.sheet.flags)

    def read(self) -> list[Taken]:
        """Read every entry of the table."""
        return [self._row(row) for row in self.table.rows]

    def _row(self, row: Row) -> Taken:
        taken = Taken(row.number)
        for key, columns in self.columns.items():
            if key == UNIT_COLUMN:
                self._other_unit(taken, row, columns[0])
            elif key != "status":
                self._field(taken, row, key, columns[0])
        for key in self._of_head:
            self._from_head(taken, key)
        self._of_one_hazard(taken, row)
        if "status" in self.terms.by_key:
            self._status(taken, row)
        if "category" in self.terms.by_key and not taken.cells.get("category"):
            self._category_of_item(taken)
        return taken

    def _of_one_hazard(self, taken: Taken, row: Row) -> None:
        """Refuse a row that goes on with the hazard above: the description is merged, and the number too."""
        numbers = [column.number for column in self.table.columns if column.key == "number"]
        described = self.columns.get("description", ())
        owner = self.table.filled.get((row.number, described[0].number)) if described else None
        if owner is None or not numbers or any(text.trim(row.cells[at]) for at in numbers):
            return
        if any(text.trim(self.table.sheet.rows[owner[0]][at]) for at in numbers):
            args = (("of", str(owner[0] + 1)),)
            place = self.table.place(row.number, described[0].number)
            taken.refusals.append(Refusal(place, row.number, "", row.cells[described[0].number], "one_hazard", args))

    def _from_head(self, taken: Taken, key: str) -> None:
        """Take what the head line says for every row; what cannot be read there is shown with the head line."""
        said = self.table.facts[key]
        cell = self.terms.read(key, said)
        if cell.value is not None and not cell.problem:
            taken.cells[key] = spelling.spell(self.terms, key, said)
            taken.derived.add(key)
            place = self.table.place(taken.row, 0)
            taken.liberties.append(Liberty(place, taken.row, key, said, taken.cells[key], "from_head"))

    def _other_unit(self, taken: Taken, row: Row, column: Column) -> None:
        """Refuse a row that names another unit of the campaign: it belongs in that unit's ledger."""
        said = row.cells[column.number]
        meant = self.names.get(text.fold(text.clean(said)), self.unit)
        if meant != self.unit:
            cell = self.table.place(row.number, column.number)
            taken.refusals.append(Refusal(cell, row.number, "", said, "other_unit", (("meant", meant),)))

    def _raw(self, taken: Taken, row: Row, key: str, column: Column) -> str:
        """Give a cell's text; what the spreadsheet itself lost is refused, what a merged cell gives is said."""
        at = (row.number, column.number)
        raw, place = row.cells[column.number], self.table.place(*at)
        taken.places[key] = place
        if self._vouched:
            return raw
        owner = self.table.filled.get(at, at)
        flag = self.table.sheet.flags.get(owner, "")
        known = self.terms.by_key.get(key)
        harmless = known and (
            (flag == DAMAGED and known.type in NUMERIC) or (flag == EPOCH and known.type not in ("day", "deadline"))
        )
        if flag and not harmless:
            taken.refusals.append(Refusal(place, row.number, key, raw, FLAGGED[flag]))
        if owner != at and text.trim(raw):
            args = (("of", self.table.place(*owner)),)
            taken.liberties.append(Liberty(place, row.number, key, "", raw, "merged", args))
        return raw

    def _field(self, taken: Taken, row: Row, key: str, column: Column) -> None:
        raw = self._raw(taken, row, key, column)
        if not raw:
            return
        known = self.terms.by_key.get(key)
        if known is None:
            self._extra(taken, key, raw)
            return
        meant = raw
        if known.type in NUMERIC and _BARE.fullmatch(text.trim(raw)):
            meant = text.trim(raw) + self._measure(known.type, column)
            meant = raw if meant == text.trim(raw) else meant
        elif known.type == "names" and (people := on_lines(raw)):
            taken.cells[key] = people
            self._liberty(taken, key, raw, people, "lines")
            return
        after, code, args = self._written(key, raw, meant)
        if code != "empty_day":
            taken.cells[key] = after
        if code:
            self._liberty(taken, key, raw, after, code, args)

    def _measure(self, kind: str, column: Column) -> str:
        """Give the unit that a column's heading names, or for money the head line of the table."""
        said = MEASURED.search(column.path[-1])
        if said:
            return said["unit"]
        return text.clean(self.table.facts.get("measure", "")) if kind == "money" else ""

    def _written(self, key: str, raw: str, meant: str) -> tuple[str, str, Args]:
        """Give what is written for a cell, and the liberty that was taken with it, if any; once for equal cells."""
        found = self._spelled.get((key, raw, meant))
        if found is None:
            if len(self._spelled) > MOST_SPELLED:
                self._spelled.clear()
            found = self._spelled[key, raw, meant] = self._spell(key, raw, self.terms.read(key, meant))
        return found

    def _spell(self, key: str, raw: str, cell: Cell) -> tuple[str, str, Args]:
        is_day = key in self.terms.by_key and self.terms.by_key[key].type in ("day", "deadline")
        if (cell.blank and raw.strip()[:10] in EMPTY_DAYS) or (is_day and raw == MIDNIGHT):
            return "", "empty_day", ()
        if cell.problem:
            return raw, "", ()
        after = spelling.spell(self.terms, key, cell.raw)
        if after == raw or self._offered.get(key, {}).get(raw) == after:
            return after, "", ()
        if cell.raw != raw:
            return after, "heading_unit", (("unit", cell.raw.removeprefix(text.trim(raw))),)
        return (after, cell.liberty, cell.args) if cell.liberty else (after, "written", ())

    def _keep(self, taken: Taken, key: str, raw: str, cell: Cell) -> None:
        taken.cells[key], code, args = self._spell(key, raw, cell)
        if code:
            self._liberty(taken, key, raw, taken.cells[key], code, args)

    def _extra(self, taken: Taken, key: str, raw: str) -> None:
        """Keep a field that every campaign knows and this one does not ask for, such as notes."""
        flaw = text.unsafe(raw)
        if flaw and flaw.code != "zero_width":
            code = "L209" if flaw.code in ("broken", "replacement") else "L208"
            args = (("shown", flaw.shown), ("reason", flaw.code))
            taken.refusals.append(Refusal(taken.places[key], taken.row, key, raw, code, args))
        if after := text.trim(raw):
            taken.cells[key] = after
            if after != raw:
                self._liberty(taken, key, raw, after, "L405")

    def _liberty(  # noqa: PLR0917 -- what a liberty is made of
        self, taken: Taken, key: str, before: str, after: str, code: str, args: Args = ()
    ) -> None:
        taken.liberties.append(Liberty(taken.places.get(key, ""), taken.row, key, before, after, code, args))

    def _status(self, taken: Taken, row: Row) -> None:
        columns = self.columns.get("status", ())
        if len(columns) > 1 and not any(column.second for column in columns):
            self._ticked(taken, row, columns)
            return
        cells = [self.terms.read("status", self._raw(taken, row, "status", column)) for column in columns]
        if len(cells) == 2:
            self._two(taken, cells)
        elif cells:
            self._one(taken, cells[0])
        if not taken.cells.get("status", "").strip():
            self._from_dates(taken, has_column=bool(columns))

    def _ticked(self, taken: Taken, row: Row, columns: Sequence[Column]) -> None:
        """Take the status from the one column of several that is ticked."""
        found = [(column, raw) for column in columns if ticks.is_ticked(raw := self._raw(taken, row, "status", column))]
        if len(found) > 1:
            said = "、".join(column.title for column, _ in found)
            taken.refusals.append(Refusal(taken.places["status"], row.number, "status", said, "statuses_differ"))
        elif found:
            column, raw = found[0]
            taken.places["status"] = self.table.place(row.number, column.number)
            taken.cells["status"] = spelling.spell(self.terms, "status", text.clean(column.path[-1]))
            self._liberty(taken, "status", raw, taken.cells["status"], "ticked")

    def _one(self, taken: Taken, cell: Cell) -> None:
        if cell.problem == "L210":
            track = dict(cell.args).get("track", "")
            label = self.terms.checklist.tracks.get(track)
            if "track" in self.terms.by_key and label is not None and not taken.cells.get("track"):
                taken.cells["track"] = in_language(label, self.terms.campaign.locale)
                taken.derived.add("track")
                self._liberty(taken, "status", cell.raw, taken.cells["track"], "track_moved")
            self._from_dates(taken, has_column=True)
            if not taken.cells.get("status"):
                taken.cells["status"] = cell.raw  # the check says that this is a track and no status
            return
        if cell.raw:
            self._keep(taken, "status", cell.raw, cell)

    def _two(self, taken: Taken, cells: list[Cell]) -> None:
        """Bring a status and the result of its check together: what is claimed and not accepted is still open."""
        first, second = cells
        if first.problem or second.value is None:
            self._one(taken, first)
            if second.problem:
                self._refuse_two(taken, cells)
            return
        if first.value is None or first.value == second.value:
            self._one(taken, second if first.value is None else first)
            return
        if first.value == "done" and second.value == "in_progress":
            after = spelling.spell(self.terms, "status", second.raw)
            taken.cells["status"] = after
            self._liberty(taken, "status", f"{first.raw} + {second.raw}", after, "two_statuses")
            return
        self._refuse_two(taken, cells)

    def _refuse_two(self, taken: Taken, cells: list[Cell]) -> None:
        said = " + ".join(cell.raw for cell in cells)
        taken.refusals.append(Refusal(taken.places["status"], taken.row, "status", said, "statuses_differ"))

    def _from_dates(self, taken: Taken, *, has_column: bool) -> None:
        """Tell the status from the date that is filled in: a day of the fix or of its acceptance means it is fixed."""
        dated = [key for key in ("verified_on", "done_on") if key in self.columns]
        filled = next((key for key in dated if isinstance(self._day(taken, key), date)), "")
        if filled:
            self._derive(taken, "done", "status_from_date", filled)
        elif dated and not has_column and not any(taken.cells.get(key, "").strip() for key in dated):
            self._derive(taken, "not_started", "status_no_date", dated[-1])
            taken.derived.add("status")

    def _day(self, taken: Taken, key: str) -> object:
        from hazardctl.cells.dates import parse_day

        return parse_day(taken.cells.get(key, ""), years=self.terms.years).date

    def _derive(self, taken: Taken, status: str, code: str, key: str) -> None:
        label = self.terms.checklist.statuses.get(status, status)
        taken.cells["status"] = in_language(label, self.terms.campaign.locale)
        place = taken.places.get(key, "")
        taken.liberties.append(
            Liberty(place, taken.row, "status", taken.cells.get(key, ""), taken.cells["status"], code)
        )

    def _category_of_item(self, taken: Taken) -> None:
        known = "item" in self.terms.by_key and taken.cells.get("item")
        item = self.terms.read("item", taken.cells["item"]).value if known else None
        if isinstance(item, str) and item in self.terms.items:
            taken.cells["category"] = self.terms.write_category(self.terms.items[item][0].code)
            taken.derived.add("category")
            place = taken.places.get("item", "")
            taken.liberties.append(
                Liberty(place, taken.row, "category", taken.cells["item"], taken.cells["category"], "category_of_item")
            )
