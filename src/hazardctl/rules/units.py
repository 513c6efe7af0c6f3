r"""Units: the tree in units.csv, and the folders that go with it.

U101: units.csv has no column of ids.

    Fails::

        name,parent
        城关镇司法所,

    Passes::

        id,name,parent
        cg,城关镇司法所,

U102: A unit's id cannot be a folder's name everywhere.

    A unit's folder is named by its id, on Windows too: letters, digits, - _ and . (not at the end), at most 64
    characters, none of the names Windows keeps for devices.

    Fails::

        id,name
        ../cg,城关镇司法所

    Passes::

        id,name
        cg,城关镇司法所

U103: Two units have the same id.

    Ids are compared without regard to case and width, as disks do.

    Fails::

        id,name
        cg,城关镇司法所
        CG,城关街道司法所

    Passes::

        id,name
        cg,城关镇司法所
        cgjd,城关街道司法所

U104: Two ids look the same.

    O and 0, l, I and 1 are told apart by machines only.

    Fails::

        id,name
        so1,城关镇司法所
        sol,城关街道司法所

    Passes::

        id,name
        so1,城关镇司法所
        so2,城关街道司法所

U105: The unit above is not in the list.

    The unit is counted at the top, outside every subtotal.

    Fails::

        id,name,parent
        cg,城关镇司法所,dq

    Passes::

        id,name,parent
        dq,东区司法局,
        cg,城关镇司法所,dq

U106: Units stand above each other in a circle.

    Fails::

        id,name,parent
        dq,东区司法局,cg
        cg,城关镇司法所,dq

    Passes::

        id,name,parent
        dq,东区司法局,
        cg,城关镇司法所,dq

U107: Two units have the same name under the same parent.

    Fails::

        id,name,parent
        cg1,城关镇司法所,
        cg2,城关镇司法所,

    Passes::

        id,name,parent
        cg1,城关镇司法所,
        cg2,城关街道司法所,

U108: One name is spelled in two ways.

    Blanks, width or case are all that differ. Under one parent so do traditional characters, words left out for short
    (街道办事处 街道, 分局 局, 第一中学 一中) and the city and county before it. As a rule one unit was entered twice.

    Fails::

        id,name,parent
        cg1,城关镇司法所,
        cg2,城关镇 司法所,

    Passes::

        id,name,parent
        cg1,城关镇司法所,
        cg2,城关街道司法所,

U109: A day in units.csv cannot be read.

    Fails::

        id,name,opened
        cg,城关镇司法所,去年

    Passes::

        id,name,opened
        cg,城关镇司法所,2021-05-01

U110: A unit is closed before it is opened.

    Fails::

        id,name,opened,closed
        cg,城关镇司法所,2022-05-01,2021-05-01

    Passes::

        id,name,opened,closed
        cg,城关镇司法所,2021-05-01,2022-05-01

U112: A unit has no name.

    Tables and reports print its id instead.

    Fails::

        id,name
        cg,

    Passes::

        id,name
        cg,城关镇司法所

U113: Two columns of units.csv stand for the same thing.

    Fails::

        id,name,单位名称
        cg,城关镇司法所,城关所

    Passes::

        id,name,备注
        cg,城关镇司法所,城关所

U115: A name holds a character that nobody sees.

    Fails::

        id,name
        cg,城关\u202e镇司法所

    Passes::

        id,name
        cg,城关镇司法所
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hazardctl import load, text
from hazardctl.cells.dates import parse_day
from hazardctl.cells.namesakes import Namesakes, twice
from hazardctl.findings import LONGEST_SHOWN, Finding, Severity
from hazardctl.formats import columns
from hazardctl.formats.columns import Columns
from hazardctl.load import Opened
from hazardctl.units import look, unsafe_id, unsafe_ids

CODES: Mapping[str, Severity] = {
    "U101": Severity.ERROR,
    "U102": Severity.ERROR,
    "U103": Severity.ERROR,
    "U104": Severity.WARNING,
    "U105": Severity.ERROR,
    "U106": Severity.ERROR,
    "U107": Severity.ERROR,
    "U108": Severity.WARNING,
    "U109": Severity.ERROR,
    "U110": Severity.ERROR,
    "U112": Severity.WARNING,
    "U113": Severity.ERROR,
    "U115": Severity.ERROR,
}


class _List:
    """units.csv as it stands, by column, with the place of every cell."""

    def __init__(self, given: Columns) -> None:
        self.sheet = given.sheet
        self.keys = load.unit_keys(given.sheet.header)
        self._cells = columns.stripped(given, self.keys)
        self._blank = [""] * len(given.sheet.lines)

    def __getitem__(self, key: str) -> list[str]:
        return self._cells.get(key, self._blank)

    def line(self, row: int) -> str:
        """Give the line on which a row begins."""
        return str(self.sheet.lines[row])

    def finding(self, code: str, row: int, key: str, value: str, **args: str) -> Finding:
        """Make a finding about a cell; row -1 is the heading row."""
        column = self.keys.index(key) if key in self.keys else 0
        return self.at(code, row, column, key, value, **args)

    def at(self, code: str, row: int, column: int, key: str, value: str, **args: str) -> Finding:
        """Make a finding about a cell by its column's number."""
        line, position = self.sheet.place(row, column)
        unit = self["id"][row] if row >= 0 else ""
        return Finding(
            code,
            CODES[code],
            self.sheet.path,
            line,
            position,
            unit,
            field=key,
            value=value,
            args=tuple(sorted(args.items())),
            source=self.sheet.line(line),
        )


def check(opened: Opened) -> Iterator[Finding]:
    """Find what is wrong in units.csv and among the folders of the units.

    Of which rows something may have to be said is found for all at once; only these are gone through.
    """
    given, unreadable = load.load_columns(opened.workspace.units, opened.workspace.name(opened.workspace.units))
    if not unreadable and "id" in (listed := _List(given)).keys:
        yield from _headings(listed)
        yield from _ids(listed)
        yield from _names(listed)
        yield from _parents(listed)
        yield from _days(listed)


def _headings(listed: _List) -> Iterator[Finding]:
    for at, (key, title) in enumerate(zip(listed.keys, listed.sheet.header, strict=True)):
        if key and listed.keys.index(key) != at:
            yield listed.at("U113", -1, at, key, title, first=listed.sheet.header[listed.keys.index(key)])


def _ids(listed: _List) -> Iterator[Finding]:
    ids = listed["id"]
    unsafe, looks = unsafe_ids(ids), text.each(look, ids)
    again = twice(looks)
    folded: dict[str, int] = {}
    seen: dict[str, int] = {}
    for row, unit in enumerate(ids) if unsafe or again else ():
        if unit in unsafe:
            if unit:  # of one that is blank it is said when the list is loaded
                yield listed.finding("U102", row, "id", unit, reason=unsafe_id(unit))
        elif looks[row] in again:
            key = text.fold(unit)
            code, first = "U103" if key in folded else "U104", folded.get(key, seen.get(looks[row]))
            if first is not None:
                yield listed.finding(code, row, "id", unit, other=ids[first], first=listed.line(first))
            folded.setdefault(key, row)
            seen.setdefault(looks[row], row)


def _names(listed: _List) -> Iterator[Finding]:
    names, known = listed["name"], Namesakes(listed["name"], listed["parent"])
    flaws = dict(_flaws(names))
    for row, name in enumerate(names) if known.doubtful or flaws else ():
        if not name:
            yield listed.finding("U112", row, "name", "")
            continue
        if name in flaws:
            yield listed.finding("U115", row, "name", name, shown=flaws[name])
        first, same = known.earlier(row)
        if same or names[first] != name:
            code, other = ("U107", listed["id"][first]) if same else ("U108", names[first])
            yield listed.finding(code, row, "name", name, other=other, first=listed.line(first))


def _flaws(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in text.not_plain(set(names) - {""}):
        if (flaw := text.unsafe(name, single_line=True)) and flaw.code != "broken":
            yield name, flaw.shown


def _parents(listed: _List) -> Iterator[Finding]:
    ids, parents = listed["id"], listed["parent"]
    above = dict(zip(ids, parents, strict=True))
    strange, circling = {parent for parent in set(parents) - {""} if parent not in above}, _circling(above)
    known = dict(zip(text.each(text.fold, list(above)), above, strict=True)) if strange else {}
    for row, parent in enumerate(parents) if strange or circling else ():
        if parent in strange:
            yield listed.finding("U105", row, "parent", parent, guess=known.get(text.fold(parent), ""))
        elif ids[row] in circling:
            yield listed.finding("U106", row, "parent", parent, circle=" → ".join(_circle(ids[row], above)))


def _circling(above: Mapping[str, str]) -> set[str]:
    """Choose the units that stand above themselves; each unit is gone through once."""
    found: set[str] = set()
    done: set[str] = set()
    for start in set(above.values()):
        name, way = start, list[str]()
        while name and name in above and name not in done:
            done.add(name)
            way.append(name)
            name = above[name]
        if name in way:
            found.update(way[way.index(name) :])
    return found


def _circle(unit: str, above: Mapping[str, str]) -> list[str]:
    """Give the way from a unit back to itself, as much of it as a message shows."""
    way = [unit]
    while (name := above[way[-1]]) != unit and len(way) < LONGEST_SHOWN:
        way.append(name)
    return [*way, name]


def _days(listed: _List) -> Iterator[Finding]:
    ids, opened, closed = listed["id"], listed["opened"], listed["closed"]
    days = {said: day for said in {*opened, *closed} if said and (day := parse_day(said).date)}
    spans = dict(zip(ids, zip(opened, closed, strict=True), strict=True)) if any(closed) else {}  # the last of a unit
    wrong = {unit: days[first] for unit, (first, last) in spans.items()
             if first in days and last in days and days[last] < days[first]}  # fmt: skip
    for row, unit in enumerate(ids) if wrong else ():
        if unit in wrong:
            yield listed.finding("U110", row, "closed", closed[row], opened=wrong[unit].isoformat())
