"""From a ledger file's bytes to its rows, CSV or YAML: each cell knows its place, each column its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from hazardctl import ledger as ledgers
from hazardctl.cells.terms import Terms
from hazardctl.fields import heading
from hazardctl.findings import Finding, Severity
from hazardctl.formats import csv, yaml, yaml_rows
from hazardctl.formats.encoding import UndecodableError, decode
from hazardctl.ledger import Ledger, Place

Findings = list[Finding]


def parse(data: bytes, name: str, unit: str, terms: Terms) -> tuple[Ledger | None, Findings]:
    """Parse a ledger, CSV or YAML by the file's name; None where it cannot be read for certain."""
    return (parse_yaml if name.lower().endswith((".yaml", ".yml")) else parse_csv)(data, name, unit, terms)


def parse_csv(data: bytes, name: str, unit: str, terms: Terms) -> tuple[Ledger | None, Findings]:
    """Parse a CSV ledger."""
    sheet = csv.read(data, name)
    if not sheet.header:
        return None, sheet.findings
    keys = ledgers.match(sheet.header, terms.headings)
    kept, nil, aside = ledgers.sort_out(sheet.rows, keys)
    _forgive_nil(sheet)
    whole = len(kept) == len(sheet.rows)
    place = partial(csv_place, sheet, None if whole else kept)
    return Ledger(
        unit,
        name,
        "csv",
        sheet.header,
        keys,
        sheet.rows if whole else [sheet.rows[number] for number in kept],
        place,
        nil,
        tuple((sheet.lines[number], word) for number, word in aside),
        ledgers.first_of_each(keys),
        data,
    ), sheet.findings


def _forgive_nil(sheet: csv.Sheet) -> None:
    """Take back that a row is too short where it says, in the one cell it has, that there is nothing."""
    short = {finding.line for finding in sheet.findings if finding.code == "F107"}
    rows = zip(sheet.lines, sheet.rows, strict=True) if short else ()
    nil = {line for line, row in rows if line in short and ledgers.says_nothing(row)}
    sheet.findings = [one for one in sheet.findings if one.code != "F107" or one.line not in nil]


def csv_place(sheet: csv.Sheet, kept: list[int] | None, row: int, column: int) -> Place:
    """Give the place of a cell of a sheet of which only the rows in `kept` are entries."""
    number = row if kept is None or row < 0 else kept[row]
    line, position = sheet.place(number, column)
    return line, position, sheet.line(line)


def parse_yaml(data: bytes, name: str, unit: str, terms: Terms) -> tuple[Ledger | None, Findings]:
    """Parse a YAML ledger: a mapping with `entries`, or the list of entries alone."""
    try:
        text, _ = decode(data)
    except UndecodableError:
        return None, [Finding("F102", Severity.ERROR, name)]
    if not text.strip():
        return None, [Finding("F101", Severity.ERROR, name)]
    if (quick := _table(text, name, unit, terms, data)) is not None:
        return quick, []
    tree = yaml.read(text, name)
    if tree.findings:
        return None, tree.findings
    entries, above, found = yaml_entries(tree, name)
    if entries is None:
        return None, found
    entries, real = one_name_each(entries, terms.headings)
    titles = list(dict.fromkeys(title for entry in entries for title in entry))
    rows = [[entry.get(title, "") for title in titles] for entry in entries]
    said_nil = isinstance(tree.value, dict) and tree.value.get("nil") == "true"
    places = _YamlPlaces(tree, text, titles, above, real)
    return _yaml_ledger(rows, places, (name, unit, data), terms, said_nil=said_nil), found


def _table(text: str, name: str, unit: str, terms: Terms, data: bytes) -> Ledger | None:
    """Read a YAML ledger that is laid out as a table; None where that is not certain, or a field has two names."""
    table = yaml_rows.read(text)
    if table is None:
        return None
    known = [key for key in ledgers.match(table.titles, terms.headings) if key]
    if len(set(known)) < len(known):
        return None
    places = _YamlPlaces(yaml.only_places(text), text, table.titles, ("entries",) if table.listed else (), {})
    return _yaml_ledger(table.rows, places, (name, unit, data), terms)


def _yaml_ledger(
    rows: list[list[str]], places: _YamlPlaces, file: tuple[str, str, bytes], terms: Terms, *, said_nil: bool = False
) -> Ledger:
    """Make a ledger of entries; of the file its name, its unit and its bytes are given."""
    titles = tuple(places.titles)
    keys = ledgers.match(titles, terms.headings)
    kept, nil, aside = ledgers.sort_out(rows, keys)
    places.kept = None if len(kept) == len(rows) else kept
    name, unit, data = file
    return Ledger(
        unit,
        name,
        "yaml",
        titles,
        keys,
        rows if places.kept is None else [rows[number] for number in kept],
        places,
        nil or (said_nil and not kept),
        tuple((places.of_entry(number)[0], word) for number, word in aside),
        ledgers.first_of_each(keys),
        data,
    )


def yaml_entries(tree: yaml.Tree, name: str) -> tuple[list[dict[str, str]] | None, yaml.Path, Findings]:
    """Give the entries of a YAML ledger as they are written, and the place of their list."""
    above: yaml.Path = ()
    value = tree.value
    if isinstance(value, dict):
        value, above = value.get("entries", ""), ("entries",)
    if value == "" and above:
        return [], above, []
    if not isinstance(value, list):
        line, column = tree.place(above)
        return None, above, [Finding("F127", Severity.ERROR, name, line, column)]
    found: Findings = []
    entries: list[dict[str, str]] = []
    for number, given in enumerate(value):
        entries.append({})
        for title, cell in given.items() if isinstance(given, dict) else (("", given),):
            if isinstance(cell, list) and all(isinstance(word, str) for word in cell):
                entries[-1][title] = "、".join(cell)
            elif isinstance(cell, str) and isinstance(given, dict):
                entries[-1][title] = cell
            else:
                line, column = tree.place((*above, number, title))
                found.append(Finding("F128", Severity.ERROR, name, line, column, field=title))
    return entries, above, found


def one_name_each(
    entries: list[dict[str, str]], known: Mapping[str, str]
) -> tuple[list[dict[str, str]], Mapping[tuple[int, str], str]]:
    """Put each field under the name it has first in the file, since in YAML every entry names its fields itself.

    Also gives the names that stand in the file instead, by entry and name. Two names in one entry stay two.
    """
    keys = {
        title: known.get(heading(title), "") for title in dict.fromkeys(title for entry in entries for title in entry)
    }
    first: dict[str, str] = {}
    for title, key in keys.items():
        first.setdefault(key, title)
    if len(first) - ("" in first) == sum(map(bool, keys.values())):
        return entries, {}
    named: list[dict[str, str]] = []
    real: dict[tuple[int, str], str] = {}
    for number, entry in enumerate(entries):
        names: dict[str, str] = {}
        for title in entry:
            name = first[keys[title]] if keys[title] else title
            names[title] = title if name in entry or name in names.values() else name
        named.append({names[title]: cell for title, cell in entry.items()})
        real |= {(number, name): title for title, name in names.items() if name != title}
    return named, real


class _YamlPlaces:
    """The places of a YAML ledger's cells; they are only looked for where one is asked for."""

    def __init__(
        self, tree: yaml.Tree, text: str, titles: Sequence[str], above: yaml.Path, real: Mapping[tuple[int, str], str]
    ) -> None:
        self.titles = titles
        self.kept: list[int] | None = None  # the entries that are rows; none: all of them
        self._tree, self._text, self._above, self._real = tree, text, above, real
        self._lines: list[str] = []

    def of_entry(self, number: int) -> tuple[int, int]:
        """Give line and column of an entry."""
        return self._tree.place((*self._above, number))

    def __call__(self, row: int, column: int) -> Place:
        path = self._above
        if row >= 0:
            number = row if self.kept is None else self.kept[row]
            title = self.titles[column] if self.titles else ""
            path = (*path, number, self._real.get((number, title), title))
        line, position = self._tree.place(path)
        self._lines = self._lines or self._text.splitlines()
        return line, position, self._lines[line - 1] if line <= len(self._lines) else ""
