"""From a ledger file's bytes to its rows, CSV or YAML: each cell knows its place, each column its field."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from hazardctl import ledger as ledgers
from hazardctl.cells.terms import Terms
from hazardctl.fields import heading
from hazardctl.findings import Finding, Severity
from hazardctl.formats import csv, yaml
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
    tree = yaml.read(text, name)
    if tree.findings:
        return None, tree.findings
    entries, above, found = yaml_entries(tree, name)
    if entries is None:
        return None, found
    entries, real = one_name_each(entries, terms.headings)
    titles = list(dict.fromkeys(title for entry in entries for title in entry))
    keys = ledgers.match(titles, terms.headings)
    rows = [[entry.get(title, "") for title in titles] for entry in entries]
    kept, nil, aside = ledgers.sort_out(rows, keys)
    said_nil = isinstance(tree.value, dict) and tree.value.get("nil") == "true"
    place = partial(_yaml_place, tree, text.splitlines(), titles, above, kept, real)
    lines = tuple((tree.place((*above, number))[0], word) for number, word in aside)
    return Ledger(
        unit,
        name,
        "yaml",
        tuple(titles),
        keys,
        [rows[number] for number in kept],
        place,
        nil or (said_nil and not kept),
        lines,
        ledgers.first_of_each(keys),
        data,
    ), found


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


def _yaml_place(  # noqa: PLR0917 -- all but the last two are bound once
    tree: yaml.Tree,
    lines: list[str],
    titles: list[str],
    above: yaml.Path,
    kept: list[int],
    real: Mapping[tuple[int, str], str],
    row: int,
    column: int,
) -> Place:
    path = above
    if row >= 0:
        title = titles[column] if titles else ""
        path = (*above, kept[row], real.get((kept[row], title), title))
    line, position = tree.place(path)
    return line, position, lines[line - 1] if line <= len(lines) else ""
