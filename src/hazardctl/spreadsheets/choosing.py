"""Choose the sheet that holds the ledger, and settle which column gives which field; stop where that is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hazardctl import i18n, text
from hazardctl.cells.terms import Terms
from hazardctl.errors import FileFault
from hazardctl.formats.workbook import Sheet, Workbook
from hazardctl.i18n import t
from hazardctl.ledger import Ledger
from hazardctl.records import immutable
from hazardctl.spreadsheets import frame, ticks
from hazardctl.spreadsheets.body import says_nil
from hazardctl.spreadsheets.headings import Column, Settled, Vocabulary, guesses, label, settle
from hazardctl.spreadsheets.table import Aside, Table
from hazardctl.spreadsheets.words import DAY_PARTS, IGNORED, UNIT_COLUMN

MOST_LEFT = 10  # columns that are not taken over and get a line each
ALMOST = 0.7  # a second sheet with this share of the best one's fields is a rival


class NoTableFoundError(FileFault):
    """No sheet holds a table with this campaign's fields. Values: `path`, `looked`."""

    key = "import.no_table"
    exit_code = 1


class NoSheetError(FileFault):
    """The workbook has no sheet of that name. Values: `path`, `sheet`, `known`."""

    key = "import.no_sheet"
    exit_code = 2


class ManyTablesError(FileFault):
    """Several sheets hold a ledger. Values: `path`, `found`, `first`."""

    key = "import.many_tables"
    exit_code = 1


class SecondTableError(FileFault):
    """Another table begins below the first. Values: `path`, `sheet`, `row`."""

    key = "import.second_table"
    exit_code = 1


class EmptyTableError(FileFault):
    """The table has headings and nothing below them. Values: `path`, `sheet`."""

    key = "import.empty_table"
    exit_code = 1


class OpenHeadingsError(FileFault):
    """Headings that are for the clerk to settle. Values: `path`, `sheet`, `list`."""

    key = "import.open_headings"
    exit_code = 1


@immutable
class Chosen:
    """The table that is read, its columns settled, and what is worth knowing about the rest of the workbook."""

    table: Table
    settled: Settled
    notes: tuple[str, ...] = ()


def choose(workbook: Workbook, words: Vocabulary, asked: str = "") -> tuple[Table, tuple[str, ...]]:
    """Choose the table: on the sheet asked for, else on the visible sheet that fits clearly best."""
    sheets = _sheets(workbook, asked)
    found = [table for sheet in sheets if (table := frame.find(sheet, words))]
    if not found:
        nil = next((sheet for sheet in sheets if _only_nil(sheet)), None)
        if nil is not None:
            return Table(nil, 0, 0, (), aside=(Aside(0, "nil", nil.rows[0][0]),)), ()
        raise NoTableFoundError(path=workbook.path, looked=i18n.join([_named(sheet) for sheet in sheets]) or "—")
    full = [table for table in found if table.rows or table.nil] or found
    best = max(full, key=lambda table: (table.fields, len(table.rows)))
    rivals = [table for table in full if table is not best and table.rows and table.fields >= ALMOST * best.fields]
    if rivals and not asked:
        listed = [i18n.aside(_named(table.sheet), str(len(table.rows))) for table in (best, *rivals)]
        raise ManyTablesError(path=workbook.path, found=i18n.join(listed), first=best.sheet.name)
    if best.second >= 0:
        raise SecondTableError(path=workbook.path, sheet=_named(best.sheet), row=best.second + 1)
    if not best.rows and not best.nil:
        raise EmptyTableError(path=workbook.path, sheet=_named(best.sheet))
    unread = [_named(sheet) for sheet in workbook.sheets if sheet.name != best.sheet.name and any(map(any, sheet.rows))]
    return best, (t("import.note_sheets", sheets=i18n.join(unread)),) if unread else ()


def _sheets(workbook: Workbook, asked: str) -> list[Sheet]:
    if not asked:
        return [sheet for sheet in workbook.sheets if not sheet.hidden and sheet.rows]
    named = [sheet for sheet in workbook.sheets if text.fold(sheet.name.strip()) == text.fold(asked.strip())]
    if not named and asked.isdecimal() and 0 < int(asked) <= len(workbook.sheets):
        named = [workbook.sheets[int(asked) - 1]]
    if not named:
        known = i18n.join([_named(sheet) for sheet in workbook.sheets])
        raise NoSheetError(path=workbook.path, sheet=asked, known=known)
    return named


def _named(sheet: Sheet) -> str:
    return sheet.name or t("import.only_sheet")


def _only_nil(sheet: Sheet) -> bool:
    said = [cell for row in sheet.rows for cell in row if cell.strip()]
    return len(said) == 1 and says_nil(said)


def settled(workbook: Workbook, table: Table, words: Vocabulary, terms: Terms, before: Ledger | None) -> Chosen:
    """Settle the columns; raises OpenHeadingsError with everything that is open."""
    columns, notes = _by_values(table, terms, before)
    ticked = ticks.columns_of(table, columns, terms)
    by_tick = {column.number for column in ticked}
    named = [replace(one, key=IGNORED) if one.number in by_tick else one for one in columns if one.path]
    found = settle(named, words)
    if ticked:
        found = replace(found, chosen={**found.chosen, "status": ticked})
    open_ones = [_rivals(key, claims, table, terms) for key, claims in found.rivals.items()]
    if table.rows and not _all_known(table, found, before):
        open_ones += _lacking(found, terms, table)
    if open_ones:
        open_ones += notes
        raise OpenHeadingsError(
            path=workbook.path, sheet=_named(table.sheet), list="\n".join(f"  {line}" for line in open_ones)
        )
    return Chosen(table, found, (*notes, *_hidden(table, found), *_left_out(table, found, terms)))


def _by_values(table: Table, terms: Terms, before: Ledger | None) -> tuple[list[Column], list[str]]:
    """Let the values speak where one heading is used for two things: running numbers for ids, prose for a status."""
    columns, notes = list(table.columns), []
    keys = {column.key for column in columns}
    for at, column in enumerate(columns):
        said = [cell for row in table.rows if (cell := text.trim(row.cells[column.number]))]
        if column.key == "id" and said and _running(said, before):
            columns[at] = replace(column, key="number")
            notes.append(t("import.note_running", heading=column.title))
        elif column.key == "status" and column.strength < 4 and "result" not in keys and _prose(said, terms):
            columns[at] = replace(column, key="result" if "result" in terms.by_key else "")
            notes.append(t("import.note_prose", heading=column.title))
        elif column.key == "result" and column.strength < 4 and "status" not in keys and _statuses(said, terms):
            columns[at] = replace(column, key="status")
            notes.append(t("import.note_statuses", heading=column.title))
    return columns, notes


def _running(said: Sequence[str], before: Ledger | None) -> bool:
    known = set(before.column("id") or ()) if before else set()
    return all(word.isdecimal() and len(word) < 6 for word in said) and not known & set(said)


def _prose(said: Sequence[str], terms: Terms) -> bool:
    read = [terms.read("status", word) for word in said] if "status" in terms.by_key else []
    unread = sum(bool(cell.problem) for cell in read)
    return unread * 2 > len(read) and sum(len(word) for word in said) > 6 * len(said)


def _statuses(said: Sequence[str], terms: Terms) -> bool:
    read = [terms.read("status", word) for word in said] if "status" in terms.by_key else []
    return bool(read) and sum(cell.value is not None for cell in read) * 5 >= 4 * len(read)


def _rivals(key: str, claims: Sequence[Column], table: Table, terms: Terms) -> str:
    names = [f"“{column.title}” ({_where(table, column)})" for column in claims]
    if {column.path[-1] for column in claims} <= DAY_PARTS:
        return t("import.rivals_parts", label=label(key, terms), columns=i18n.join(names))
    return t(
        "import.rivals", label=label(key, terms), columns=i18n.join(names), map=_option(claims[0], key, table),
        ignore=_option(claims[-1], IGNORED, table),
    )  # fmt: skip


def _option(column: Column, key: str, table: Table) -> str:
    name = column.path[-1]
    if sum(other.path[-1:] == (name,) for other in table.columns) > 1:
        name = column.title
    name = "".join(name.split())
    return f"--map '{name}={key}'" if not name.isalnum() else f"--map {name}={key}"


def _where(table: Table, column: Column) -> str:
    return table.place(table.body - 1, column.number)


def _lacking(found: Settled, terms: Terms, table: Table) -> list[str]:
    have = {*found.chosen, *found.rivals}
    dated = {"done_on", "verified_on"} & have
    lines = []
    free = [field.key for field in terms.fields if field.key not in have and field.key != "id"]
    for field in terms.fields:
        by_item = field.key == "category" and "item" in have and "item" in terms.by_key
        told = field.key in have or (field.key == "status" and dated) or by_item
        if not field.required or told:
            continue
        spare = [column for column in found.columns if not column.key and field.key in guesses(column, terms, free)]
        options = [_option(column, field.key, table) for column in spare[:3]]
        lines.append(
            t("import.lacking_guess" if options else "import.lacking", label=label(field.key, terms), field=field.key,
              options=i18n.join(options))
        )  # fmt: skip
    if lines:
        spare = [column for column in found.columns if not column.key]
        names = i18n.join([f"“{column.title}”" for column in spare])
        lines.append(t("import.spare", columns=names) if spare else t("import.no_spare"))
    return lines


def _all_known(table: Table, found: Settled, before: Ledger | None) -> bool:
    """Tell whether every row only updates an entry that is there: then columns may be missing."""
    if before is None or "id" not in found.chosen:
        return False
    at = found.chosen["id"][0].number
    known = {text.fold(text.trim(raw)) for raw in before.column("id") or ()}
    return all(text.fold(text.trim(row.cells[at])) in known for row in table.rows)


def _hidden(table: Table, found: Settled) -> list[str]:
    notes = [t("import.note_untold")] if table.sheet.untold else []
    rows = [str(row.number + 1) for row in table.rows if row.number in table.sheet.hidden_rows]
    if rows:
        notes.append(t("import.note_hidden_rows", rows=i18n.join(rows[:20]), count=len(rows)))
    columns = [f"“{column.title}”" for column in found.columns if column.number in table.sheet.hidden_columns]
    if columns:
        notes.append(t("import.note_hidden_columns", columns=i18n.join(columns)))
    return notes


def _left_out(table: Table, found: Settled, terms: Terms) -> list[str]:
    """Name the columns that are not taken over, with how much stands in them and what they might be."""
    notes, plain = [], []
    free = [field.key for field in terms.fields if field.key not in found.chosen and field.key != "id"]
    for column in found.columns:
        count = sum(bool(text.trim(row.cells[column.number])) for row in table.rows)
        if column.key or not count:
            continue
        told = {"heading": column.title, "place": _where(table, column), "count": count}
        if maybe := guesses(column, terms, free):
            notes.append(t("import.note_left_guess", map=_option(column, maybe[0], table), **told))
        else:
            plain.append((t("import.note_left", **told), f"“{column.title}”"))
    if len(plain) > MOST_LEFT:
        notes.append(t("import.note_left_many", headings=i18n.join([name for _, name in plain]), count=len(plain)))
    else:
        notes += [line for line, _ in plain]
    tells_unit = found.chosen.get(UNIT_COLUMN, ())
    notes += [t("import.note_unit_column", heading=column.title) for column in tells_unit]
    headless = [
        column.number for column in table.columns
        if not column.path and any(text.trim(row.cells[column.number]) for row in table.rows)
    ]  # fmt: skip
    if headless:
        notes.append(t("import.note_headless", cells=i18n.join([table.place(table.body - 1, at) for at in headless])))
    return notes


def matches(chosen: Chosen) -> Mapping[int, tuple[Column, str]]:
    """Give each column that is taken with its field, in the order of the sheet."""
    taken = {column.number: (column, key) for key, columns in chosen.settled.chosen.items() for column in columns}
    return dict(sorted(taken.items()))
