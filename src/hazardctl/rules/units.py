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

from collections.abc import Iterator, Mapping

from hazardctl import load, text
from hazardctl.cells.unit_names import bones, without_place
from hazardctl.fields import heading
from hazardctl.findings import Finding, Severity
from hazardctl.formats.csv import Sheet
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.units import look, unsafe_id

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


@immutable
class _Row:
    """One line of units.csv."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")


class _List:
    """units.csv as it stands, with the place of every cell."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        names = {heading(name): key for key, names in load.UNIT_COLUMNS.items() for name in names}
        self.keys = [names.get(heading(title), "") for title in sheet.header]
        self.rows = [
            _Row(number, {key: cell.strip() for key, cell in zip(self.keys, cells, strict=True) if key})
            for number, cells in enumerate(sheet.rows)
        ]

    def finding(self, code: str, row: int, key: str, value: str, **args: str) -> Finding:
        """Make a finding about a cell; row -1 is the heading row."""
        column = self.keys.index(key) if key in self.keys else 0
        return self.at(code, row, column, key, value, **args)

    def at(self, code: str, row: int, column: int, key: str, value: str, **args: str) -> Finding:
        """Make a finding about a cell by its column's number."""
        line, position = self.sheet.place(row, column)
        unit = self.rows[row]["id"] if row >= 0 else ""
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
    """Find what is wrong in units.csv and among the folders of the units."""
    sheet, unreadable = load.load_sheet(opened.workspace.units, opened.workspace.name(opened.workspace.units))
    if not unreadable and "id" in (listed := _List(sheet)).keys:
        yield from _headings(listed)
        yield from _ids(listed)
        yield from _names(listed)
        yield from _parents(listed)
        yield from _days(listed, opened)


def _headings(listed: _List) -> Iterator[Finding]:
    for at, (key, title) in enumerate(zip(listed.keys, listed.sheet.header, strict=True)):
        if key and listed.keys.index(key) != at:
            yield listed.at("U113", -1, at, key, title, first=listed.sheet.header[listed.keys.index(key)])


def _ids(listed: _List) -> Iterator[Finding]:
    folded: dict[str, _Row] = {}
    looks: dict[str, _Row] = {}
    for row in listed.rows:
        unit = row["id"]
        if reason := unsafe_id(unit):
            yield listed.finding("U102", row.number, "id", unit, reason=reason)
            continue
        code, first = ("U103", folded[key]) if (key := text.fold(unit)) in folded else ("U104", looks.get(look(unit)))
        if first:
            yield listed.finding(
                code, row.number, "id", unit, other=first["id"], first=str(listed.sheet.lines[first.number])
            )
        folded.setdefault(key, row)
        looks.setdefault(look(unit), row)


def _names(listed: _List) -> Iterator[Finding]:
    same: dict[tuple[str, str], _Row] = {}
    spelled: dict[str, _Row] = {}
    shortened: dict[tuple[str, str], _Row] = {}
    longer: dict[tuple[str, str], _Row] = {}  # by what is left without the city and county
    for row in listed.rows:
        name = row["name"]
        if not name:
            yield listed.finding("U112", row.number, "name", "")
            continue
        if (flaw := text.unsafe(name, single_line=True)) and flaw.code != "broken":
            yield listed.finding("U115", row.number, "name", name, shown=flaw.shown)
        loose = heading(name)
        whole, parent = bones(name), row["parent"]
        bare = without_place(whole)
        twin, variant = same.get((name, parent)), spelled.get(loose) or shortened.get((whole, parent))
        variant = variant or shortened.get((bare, parent)) or longer.get((whole, parent))
        if twin:
            yield listed.finding(
                "U107", row.number, "name", name, first=str(listed.sheet.lines[twin.number]), other=twin["id"]
            )
        elif variant and variant["name"] != name:
            yield listed.finding(
                "U108", row.number, "name", name, other=variant["name"], first=str(listed.sheet.lines[variant.number])
            )
        same.setdefault((name, parent), row)
        spelled.setdefault(loose, row)
        shortened.setdefault((whole, parent), row)
        if bare != whole:
            longer.setdefault((bare, parent), row)


def _parents(listed: _List) -> Iterator[Finding]:
    above = {row["id"]: row["parent"] for row in listed.rows}
    known = {text.fold(unit): unit for unit in above}
    for row in listed.rows:
        parent = row["parent"]
        if parent and parent not in above:
            yield listed.finding("U105", row.number, "parent", parent, guess=known.get(text.fold(parent), ""))
        elif circle := _circle(row["id"], above):
            yield listed.finding("U106", row.number, "parent", parent, circle=" → ".join(circle))


def _circle(unit: str, above: Mapping[str, str]) -> list[str]:
    """Give the way from a unit back to itself, if there is one."""
    way = [unit]
    while (name := above.get(way[-1], "")) and name not in way:
        way.append(name)
    return [*way, unit] if name == unit and unit else []


def _days(listed: _List, opened: Opened) -> Iterator[Finding]:
    for row in listed.rows:
        unit = opened.units.units.get(row["id"])
        if unit and unit.opened and unit.closed and unit.closed < unit.opened:
            yield listed.finding("U110", row.number, "closed", row["closed"], opened=unit.opened.isoformat())
