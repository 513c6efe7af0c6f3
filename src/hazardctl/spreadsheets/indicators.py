"""Find a table of figures (指标名称 | 数量) in a workbook, and read the numbers one unit reports for its periods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from hazardctl import i18n, text
from hazardctl.cells.quantities import format_number, parse_number
from hazardctl.cells.terms import Terms
from hazardctl.checklist import Figure
from hazardctl.errors import FileFault
from hazardctl.fields import heading
from hazardctl.formats.workbook import Sheet, Workbook, a1
from hazardctl.i18n import t
from hazardctl.records import immutable
from hazardctl.returns.periods import Period
from hazardctl.spreadsheets import body, frame, words
from hazardctl.spreadsheets.values import FLAGGED, Liberty, Refusal

FEWEST = 2  # names of figures that make a table of figures
SEARCHED, SEARCHED_ACROSS = 300, 40  # rows in which the names stand one below the other, or beside each other
LONGEST_TURNED = 5_000  # rows of a table that may have a row for each unit
_TALLEST = 3
Units = tuple[str, Mapping[str, str]]


class WhichColumnError(FileFault):
    """Several columns of a table of figures could hold the numbers. Values: `path`, `sheet`, `columns`, `first`."""

    key = "import.which_value"
    exit_code = 1


class WhichPeriodError(FileFault):
    """Nothing tells the period of a table of figures. Values: `path`, `sheet`, `found`."""

    key = "import.which_period"
    exit_code = 1


@immutable
class Spread:
    """Where a sheet's figures stand: the column of their names, the rows, and the headings of the other columns."""

    sheet: Sheet
    name: int
    rows: Mapping[int, Figure]
    top: int  # first heading row
    paths: Mapping[int, tuple[str, ...]]
    turned: bool = False

    def place(self, row: int, column: int) -> str:
        """Name a cell as the sheet does."""
        return a1(column, row) if self.turned else a1(row, column)


@immutable
class Said:
    """One figure as a table says it: for a period, as a plain number in the figure's unit."""

    cell: str
    row: int
    period: Period
    figure: Figure
    raw: str
    value: str

    @property
    def id(self) -> str:
        """Name it as answers and traces do: 2022-08/visits."""
        return f"{self.period.key}/{self.figure.key}"


@dataclass(slots=True)
class Taken:
    """What was read of a table of figures."""

    spread: Spread
    facts: Mapping[str, str]
    title: str
    said: list[Said] = field(default_factory=list)
    columns: list[tuple[str, str, str]] = field(default_factory=list)  # cell, heading, period
    liberties: list[Liberty] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)  # figures that are named and have no number


def choose(workbook: Workbook, terms: Terms, asked: str) -> Spread | None:
    """Choose the visible sheet that names most figures, or the one asked for."""
    wanted = text.fold(asked.strip())
    sheets = [
        sheet for number, sheet in enumerate(workbook.sheets, 1)
        if (wanted in (text.fold(sheet.name.strip()), str(number)) if asked else not sheet.hidden) and sheet.rows
    ]  # fmt: skip
    found = [spread for sheet in sheets if (spread := find(sheet, terms))]
    return max(found, key=lambda spread: len(spread.rows), default=None)


def find(sheet: Sheet, terms: Terms) -> Spread | None:
    """Find the names of figures in a column, or in a row where each unit has its own."""
    if not terms.checklist.figures:
        return None
    upright = _find(sheet, terms)
    if (upright is None or len(upright.rows) < FEWEST) and len(sheet.rows) <= LONGEST_TURNED:
        turned = _find(frame.turned(sheet), terms, turned=True)
        if turned and len(turned.rows) > (len(upright.rows) if upright else 1):
            return turned
    return upright


def _find(sheet: Sheet, terms: Terms, *, turned: bool = False) -> Spread | None:
    most, name = 0, -1
    for column in range(min(sheet.width, SEARCHED_ACROSS) if turned else sheet.width):
        found = {known.key for row in sheet.rows[:SEARCHED] if (known := _figure(row[column], terms))}
        if len(found) > most:
            most, name = len(found), column
    if not most:
        return None
    best = {at: known for at, row in enumerate(sheet.rows) if (known := _figure(row[name], terms))}
    bottom = min(best)
    while bottom > 0 and body.is_numbering([cell.strip() for cell in sheet.rows[bottom - 1] if cell.strip()]):
        bottom -= 1
    top = bottom
    while top > 0 and bottom - top < _TALLEST and _is_heading(sheet, top - 1, name):
        top -= 1
    owners = frame.owners_of(sheet)
    paths = (
        {at: frame.path_of(sheet, owners, top, bottom - top, at) for at in range(sheet.width)} if bottom > top else {}
    )
    named = heading(paths[name][-1]) in words.FIGURE_NAMES if paths.get(name) else False
    if len(best) < FEWEST and not named:
        return None
    return Spread(sheet, name, best, top, paths, turned)


def _is_heading(sheet: Sheet, row: int, name: int) -> bool:
    said = [cell.strip() for cell in sheet.rows[row] if cell.strip()]
    if len(said) < 2 or body.facts_in(sheet.rows[row], bare=False):
        return False
    return bool(sheet.rows[row][name].strip()) or any(top <= row <= bottom for top, _, bottom, _ in sheet.merges)


def _figure(cell: str, terms: Terms) -> Figure | None:
    if not cell or len(cell) > 60 or cell.isspace():
        return None
    known = terms.figures.figure(cell)
    if known is None:
        bare = words.ORDER.sub("", cell.strip())
        known = terms.figures.figure(bare) or terms.figures.figure(words.UNIT_BEHIND.sub("", bare))
    return known


def read(  # noqa: PLR0917 -- the table, whose it is, and what the clerk said of it
    path: str, spread: Spread, terms: Terms, unit: Units, asked: str, mapping: Mapping[str, str]
) -> Taken:
    """Read the numbers of one unit, whose id comes with every name a unit has; raises where something is open."""
    facts, title = around(spread)
    taken = Taken(spread, facts, title)
    columns = _columns(path, spread, terms, unit, mapping, taken)
    if None in columns.values():
        period = _period(path, spread, terms, asked, taken)
        columns = {column: known or period for column, known in columns.items()}
    for column, known in columns.items():
        assert known
        taken.columns.append((spread.place(spread.top, column), _title(spread, column), known.key))
        for said in _column(spread, column, known, taken):
            taken.said.append(said)
    if len(columns) > 1:
        _across(spread, columns, taken)
    _twice(taken)
    _not_taken(spread, taken)
    return taken


def around(spread: Spread) -> tuple[dict[str, str], str]:
    """Give what the head line tells, and the title."""
    facts: dict[str, str] = {}
    title = ""
    rows = spread.sheet.rows if not spread.turned else frame.turned(spread.sheet).rows
    for number, row in enumerate(rows):
        found = body.facts_in(row, bare=not spread.turned and number < spread.top)
        facts = {**found, **facts}
        said = [cell.strip() for cell in row if cell.strip()]
        if not title and not found and len(set(said)) == 1:
            title = " ".join(said[0].split())
    return facts, title


def _title(spread: Spread, column: int) -> str:
    return "/".join(" ".join(part.split()) for part in spread.paths.get(column, ()))


def _columns(  # noqa: PLR0917 -- as `read`
    path: str, spread: Spread, terms: Terms, unit: Units, mapping: Mapping[str, str], taken: Taken
) -> dict[int, Period | None]:
    """Choose the columns of numbers, each with the period its heading names, or None."""
    filled = [
        at for at in range(spread.sheet.width)
        if at != spread.name and any(text.trim(spread.sheet.rows[row][at]) for row in spread.rows)
    ]  # fmt: skip
    folded = {heading(name): key for name, key in mapping.items()}
    leaves = {at: heading(spread.paths[at][-1]) if spread.paths.get(at) else "" for at in filled}
    said = [
        at for at in filled if words.FIGURE_VALUE in (folded.get(leaves[at]), folded.get(heading(_title(spread, at))))
    ]
    rest = [at for at in filled if folded.get(leaves[at]) != words.IGNORED]
    of = {at: meant for at in rest if (meant := unit[1].get(text.fold(text.clean(leaves[at]))))}
    rest = [at for at in rest if of.get(at, unit[0]) == unit[0]]
    own = [at for at in of if of[at] == unit[0]]
    dated = {at: period for at in rest if (period := _dated(spread.paths.get(at, ()), terms))}
    plain = [at for at in rest if not words.FIGURE_ASIDE.search(leaves[at])]
    named = [at for at in plain if leaves[at] in words.FIGURE_VALUES]
    chosen = said or own or list(dated) or named or plain
    if not chosen or (len(chosen) > 1 and chosen not in (said, list(dated))):
        columns = [f"“{_title(spread, at)}” ({spread.place(spread.top, at)})" for at in chosen or rest]
        first = "".join((_title(spread, (chosen or rest or [spread.name])[0])).split())
        raise WhichColumnError(path=path, sheet=spread.sheet.name, columns=i18n.join(columns) or "—", first=first)
    left = [f"“{_title(spread, at)}”" for at in filled if at not in chosen and not _is_label(leaves[at])]
    if left:
        taken.notes.append(t("import.figures_left", columns=i18n.join(left)))
    if spread.turned and not (own or dated) and (called := _title(spread, chosen[0])):
        taken.notes.append(t("import.note_unit_said", said=called, unit=unit[0]))
    return {at: dated.get(at) for at in chosen}


def _is_label(leaf: str) -> bool:
    return bool(words.FIGURE_LABELS.fullmatch(leaf))


def _dated(path: tuple[str, ...], terms: Terms) -> Period | None:
    """Read a heading that is a period, alone or with its groups: 2022-08, or a year above its months; no total."""
    if path and words.FIGURE_ASIDE.search(path[-1]):
        return None
    for name in ("".join(path), *reversed(path)):
        if name and (period := terms.figures.period(name)):
            return period
    return None


def _period(path: str, spread: Spread, terms: Terms, asked: str, taken: Taken) -> Period:
    """Tell the period: as asked, else as the head line says, else the one that title and head lines name."""
    if asked:
        period = terms.figures.period(asked)
        if period is None:
            raise WhichPeriodError(path=path, sheet=spread.sheet.name, found=asked)
        return period
    rows = spread.sheet.rows if not spread.turned else frame.turned(spread.sheet).rows
    around = rows[: spread.top] if not spread.turned else rows[: spread.name]
    cells = [cell for row in around for cell in row if cell.strip()]
    told = [
        found["period"] for cell in cells for found in words.PERIOD_FACT.finditer(cell) if not _is_day(found, terms)
    ]
    told = told or [found[0] for cell in (*cells, spread.sheet.name) for found in words.PERIOD_SAID.finditer(cell)]
    known = {period.key: period for name in told if (period := terms.figures.period(name))}
    if len(known) != 1:
        raise WhichPeriodError(path=path, sheet=spread.sheet.name, found=i18n.join(list(dict.fromkeys(told))) or "—")
    period = next(iter(known.values()))
    taken.notes.append(t("import.figures_period", period=period.key, said=told[0]))
    return period


def _is_day(found: re.Match[str], terms: Terms) -> bool:
    """Tell whether a time of counting names the day on which somebody counted, which is no period."""
    period = terms.figures.period(found["period"])
    return found["day"] is not None and period is not None and period.kind == "day"


def _column(spread: Spread, column: int, period: Period, taken: Taken) -> Iterator[Said]:
    """Read one column of numbers; a total is checked against what stands above it."""
    unit_column = next(
        (
            at
            for at, path in spread.paths.items()
            if path and at != spread.name and words.FIGURE_UNITS.fullmatch(heading(path[-1]))
        ),
        -1,
    )
    in_heading = words.MEASURED.search(_title(spread, column))
    part: list[Said] = []
    whole = True  # every line since the last total was read
    for row in range(min(spread.rows), len(spread.sheet.rows)):
        cells = spread.sheet.rows[row]
        name = text.clean(cells[spread.name])
        if words.TOTAL.match(text.fold("".join(name.split()))) and row not in spread.rows:
            if whole:
                _total(spread, row, column, part, taken)
            part, whole = [], True
            continue
        if row not in spread.rows:
            whole = whole and not name
            continue
        unit = text.trim(cells[unit_column]) if unit_column >= 0 and unit_column != column else ""
        bracket = words.UNIT_BEHIND.search(text.trim(cells[spread.name]))
        said = _said(
            spread,
            (row, column),
            period,
            unit or (bracket[1] if bracket else "") or (in_heading["unit"] if in_heading else ""),
            taken,
        )
        if said:
            part.append(said)
            yield said
        else:
            whole = False


def _said(spread: Spread, at: tuple[int, int], period: Period, unit: str, taken: Taken) -> Said | None:
    figure, raw, place = spread.rows[at[0]], spread.sheet.rows[at[0]][at[1]], spread.place(*at)
    if flag := spread.sheet.flags.get(at):
        taken.refusals.append(Refusal(place, at[0], figure.key, raw, FLAGGED[flag]))
        return None
    plain = text.trim(raw)
    if not unit and figure.type == "money":
        unit = text.clean(taken.facts.get("measure", ""))
    other_unit = bool(unit) and text.fold(unit) != text.fold(figure.unit) and bool(words.BARE.fullmatch(plain))
    number = parse_number(plain + unit if other_unit else plain, kind=figure.type, unit=figure.unit)
    if number.problem or number.mark == "ditto":
        args = (*number.args, ("reason", number.problem or "not_a_number"), ("unit", figure.unit))
        taken.refusals.append(Refusal(place, at[0], figure.key, raw or unit, "G105", args))
        return None
    if number.value is None:
        taken.open.append(f"{i18n.pick(figure.label)} ({place})")
        return None
    value = format_number(number.value)
    if number.value < 0:
        taken.refusals.append(Refusal(place, at[0], figure.key, raw, "G106"))
        return None
    if value != raw:
        code = "heading_unit" if other_unit else "written"
        taken.liberties.append(Liberty(place, at[0], figure.key, raw, value, code, (("unit", unit),)))
    return Said(place, at[0], period, figure, raw, value)


def _total(spread: Spread, row: int, column: int, part: Sequence[Said], taken: Taken) -> None:
    """Check a total against the figures above it, where they are of one unit."""
    raw = text.trim(spread.sheet.rows[row][column])
    number = parse_number(raw, kind="number")
    if number.value is None or len(part) < 2 or len({one.figure.unit for one in part}) > 1:
        return
    total = sum((Decimal(one.value) for one in part), Decimal(0))
    if total != number.value:
        cell = spread.place(row, column)
        taken.notes.append(t("import.figures_total", cell=cell, said=raw, total=format_number(total)))


def _across(spread: Spread, columns: Mapping[int, Period | None], taken: Taken) -> None:
    """Check a column of totals against the periods beside it, for what adds up."""
    totals = [at for at, path in spread.paths.items() if path and words.TOTAL.match(path[-1])]
    for row, figure in spread.rows.items():
        parts = [one for one in taken.said if one.row == row]
        if figure.kind != "flow" or len(parts) != len(columns):
            continue
        for at in totals:
            _total(spread, row, at, parts, taken)


def _twice(taken: Taken) -> None:
    seen: dict[str, Said] = {}
    for one in taken.said:
        first = seen.setdefault(one.id, one)
        if first is not one:
            args = (("first", first.cell),)
            taken.refusals.append(Refusal(one.cell, one.row, one.figure.key, one.raw, "figure_twice", args))


def _not_taken(spread: Spread, taken: Taken) -> None:
    """Name the lines between the figures that are none of this campaign's."""
    strange = []
    for row in range(min(spread.rows), len(spread.sheet.rows)):
        cells = spread.sheet.rows[row]
        name = text.clean(cells[spread.name])
        if row in spread.rows or not name or body.facts_in(cells, bare=False) or words.NOTE.match(name):
            continue
        if not words.TOTAL.match(text.fold("".join(name.split()))):
            strange.append(f"“{name[:30]}” ({spread.place(row, spread.name)})")
    if strange:
        taken.notes.append(t("import.figures_strange", names=i18n.join(strange)))
    hidden = [str(row + 1) for row in spread.rows if row in spread.sheet.hidden_rows]
    if hidden and not spread.turned:
        taken.notes.append(t("import.note_hidden_rows", rows=i18n.join(hidden), count=len(hidden)))
    if spread.sheet.untold:
        taken.notes.append(t("import.note_untold"))
