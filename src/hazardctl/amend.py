"""Change cells and append entries in a ledger's bytes: whatever was not asked for stays as the clerk wrote it."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence

from hazardctl import fields, i18n, ledger, parsing
from hazardctl.cells.terms import Terms
from hazardctl.errors import FileFault
from hazardctl.findings import Finding
from hazardctl.formats import csv, yaml, yaml_edit
from hazardctl.formats.encoding import Dress, decode, encode
from hazardctl.ledger import Ledger
from hazardctl.texts import Text

Changes = Mapping[int, Mapping[str, str]]
Added = Sequence[Mapping[str, str]]
READABLE = ("F106", "F107")  # rows that are too long or too short still say which cell is which


class UneditableError(FileFault):
    """A ledger that cannot be read for certain is not written to. Values: `path`."""

    key = "entry.uneditable"

    def __init__(self, findings: Sequence[Finding], path: str) -> None:
        super().__init__(path=path)
        self.findings = list(findings)


class OddLayoutError(FileFault):
    """A YAML ledger is laid out in a way that cannot be changed in place. Values: `path`."""

    key = "entry.odd_layout"


class UnwritableError(FileFault):
    """A value holds a character that no text file can hold. Values: `field`, `shown`."""

    key = "entry.unwritable"


class NoEntryLeftError(FileFault):
    """After the change a row would read as a blank line, a nil return or a total. Values: `path`."""

    key = "entry.no_entry_left"


class NotAsAskedError(AssertionError):
    """What reads back is not what was asked for: a bug, and nothing has been written."""


def apply(  # noqa: PLR0917 -- what is changed, under which terms, and how
    data: bytes, name: str, unit: str, terms: Terms, changes: Changes, added: Added = ()
) -> bytes:
    """Change cells of a ledger, rows counted as in Ledger.rows and cells named by key or heading, and append entries.

    Keeps encoding, line ends, comments, unknown columns, order and quotes. A field that has no column gets one.
    """
    return amended(_parse(data, name, unit, terms)[0], terms, changes, added)[0]


def amended(before: Ledger, terms: Terms, changes: Changes, added: Added = ()) -> tuple[bytes, Ledger, list[Finding]]:
    """Do as `apply` does with a ledger that was read already; also gives the result as read, and what was found."""
    _writable(changes.values(), added)
    changes = {row: cells for row, cells in changes.items() if cells}
    titles = _titles(before, terms, [*changes.values(), *added])
    changed = {row: _titled(cells, titles) for row, cells in changes.items()}
    new = [_titled(_in_order(cells, before, terms), titles) for cells in added]
    data = before.data
    result = _yaml(data, before, terms, changed, new) if before.format == "yaml" else _csv(data, before, changed, new)
    after, findings = _parse(result, before.path, before.unit, terms)
    _compare(before, after, changed, new)
    return result, after, findings


def _writable(*given: object) -> None:
    for records in given:
        for cells in records:  # type: ignore[attr-defined]
            for key, value in cells.items():
                for char in value:
                    if char == "\0" or "\ud800" <= char <= "\udfff":
                        raise UnwritableError(field=key, shown=f"U+{ord(char):04X}")


def _parse(data: bytes, name: str, unit: str, terms: Terms) -> tuple[Ledger, list[Finding]]:
    found, findings = parsing.parse(data, name, unit, terms)
    return certain(found, findings, name), findings


def certain(found: Ledger | None, findings: Sequence[Finding], name: str) -> Ledger:
    """Make sure that a ledger was read for certain; raises UneditableError."""
    grave = [finding for finding in findings if finding.code not in READABLE]
    if found is None or grave:
        raise UneditableError(grave or findings, path=name)
    return found


def _titles(before: Ledger, terms: Terms, given: Added) -> Mapping[str, str]:
    """Name the heading under which each key that is used stands, or will stand."""
    used = dict.fromkeys(key for cells in given for key in cells)
    by_key = before.format == "yaml" and _written_by_key(before)
    titles = {}
    for key in used:
        if key in before.index:
            titles[key] = before.headings[before.index[key]]
        elif key in before.headings:
            titles[key] = key
        else:
            titles[key] = key if by_key else official(key, terms)
    return titles


def _written_by_key(before: Ledger) -> bool:
    known = [title for title, key in zip(before.headings, before.keys, strict=True) if key]
    return bool(known) and 2 * sum(title in fields.BY_KEY for title in known) > len(known)


def official(key: str, terms: Terms) -> str:
    """Give a field's heading in the campaign's language; the key itself where that would not lead back to it."""
    field = terms.by_key.get(key) or fields.BY_KEY.get(key)
    label = in_language(field.label, terms.campaign.locale) if field else key
    return label if terms.headings.get(fields.heading(label)) == key else key


def in_language(label: Text, language: str) -> str:
    """Give a text in one language, else in the first it is given in."""
    return label if isinstance(label, str) else label.get(language) or i18n.pick(label)


def _in_order(cells: Mapping[str, str], before: Ledger, terms: Terms) -> Mapping[str, str]:
    """Put what a new entry says in the order of the ledger, then of the form."""
    form = [field.key for field in terms.fields]
    order = {key: number for number, key in enumerate(dict.fromkeys([*before.index, *form]))}
    said = [key for key, value in cells.items() if value]
    return {key: cells[key] for key in sorted(said, key=lambda key: order.get(key, len(order)))}


def _titled(cells: Mapping[str, str], titles: Mapping[str, str]) -> dict[str, str]:
    return {titles[key]: value for key, value in cells.items()}


def _csv(data: bytes, before: Ledger, changes: Changes, added: Added) -> bytes:
    sheet = csv.read(data, before.path)
    kept, _, _ = ledger.sort_out(sheet.rows, before.keys)
    at = {title: number for number, title in reversed(list(enumerate(sheet.header)))}
    at |= {before.headings[number]: number for number in before.index.values()}
    headings: list[str] = []
    for cells in (*changes.values(), *added):
        for title, value in cells.items():
            if title not in at and value:
                at[title] = len(sheet.header) + len(headings)
                headings.append(title)
    changed = {
        kept[row]: {at[title]: value for title, value in cells.items() if title in at} for row, cells in changes.items()
    }
    if added:
        changed |= {row: dict.fromkeys(cells, "") for row, cells in nil_cells(sheet.rows, before).items()}
    width = len(sheet.header) + len(headings)
    new = [[cells.get(title, "") for title in _by_number(at, width)] for cells in added]
    text = csv.edit(sheet, changed, new, headings, after=kept[-1] if kept else -1)
    return dressed(text, sheet.dress, data)


def nil_cells(rows: Sequence[list[str]], before: Ledger) -> Mapping[int, list[int]]:
    """Give the cells that say there is nothing, by row: an entry that is added proves them wrong."""
    if not before.nil:
        return {}
    said = {number: row for number, row in enumerate(rows) if ledger.sort_out([row], before.keys)[1]}
    return {number: [at for at, cell in enumerate(row) if cell.strip()] for number, row in said.items()}


def _by_number(at: Mapping[str, int], width: int) -> list[str]:
    names = [""] * width
    for title, number in at.items():
        names[number] = title
    return names


def _yaml(data: bytes, before: Ledger, terms: Terms, changes: Changes, added: Added) -> bytes:
    text, dress = decode(data)
    tree = yaml.read(text, before.path)
    entries, above, _ = parsing.yaml_entries(tree, before.path)
    entries, real = parsing.one_name_each(entries or [], terms.headings)
    rows = [[entry.get(title, "") for title in before.headings] for entry in entries]
    kept, _, _ = ledger.sort_out(rows, before.keys)
    changed = {
        kept[row]: {real.get((kept[row], title), title): value for title, value in cells.items()}
        for row, cells in changes.items()
    }
    if added:
        blank = nil_cells(rows, before)
        changed |= {
            row: {real.get((row, before.headings[at]), before.headings[at]): "" for at in cells}
            for row, cells in blank.items()
        }
    try:
        if added and isinstance(tree.value, dict) and tree.value.get("nil") == "true":
            text = yaml_edit.set_word(text, ("nil",), "false")
        text = yaml_edit.change(text, above, changed, added)
    except yaml_edit.OddLayoutError:
        raise OddLayoutError(path=before.path) from None
    return dressed(text, dress, data)


def dressed(text: str, dress: Dress, old: bytes) -> bytes:
    """Encode a text as its file was; as UTF-8 with a mark where the old way would now read as something else."""
    if old.startswith(codecs.BOM_UTF16_BE):
        return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    data = encode(text, dress)
    return data if decode(data)[0] == text else encode(text, Dress("utf-8-sig", dress.newline))


def _compare(before: Ledger, after: Ledger, changes: Changes, added: Added) -> None:
    kept = len(before.rows)
    if after.headings[: len(before.headings)] == before.headings and len(after.rows) == kept + len(added):
        width = len(before.headings)  # as a rule: every row that nobody touched is the same, cell by cell
        differ = [
            row
            for row, (old, new) in enumerate(zip(before.rows, after.rows, strict=False))
            if row in changes or new[:width] != old or any(new[width:])
        ]
        rows = [*differ, *range(kept, len(after.rows))]
    else:
        rows = [*range(max(kept + len(added), len(after.rows)))]
    wanted = [
        _row(before, row, changes.get(row, {})) if row < kept else sorted(added[row - kept].items())
        for row in rows
        if row < kept + len(added)
    ]
    got = [_row(after, row, {}) for row in rows if row < len(after.rows)]
    if got == wanted:
        return
    if len(got) < len(wanted):
        raise NoEntryLeftError(path=before.path)
    at = next((at for at, (one, two) in enumerate(zip(got, wanted, strict=False)) if one != two), len(wanted))
    message = f"row {rows[at] if at < len(rows) else at} of {kept + len(added)}"
    raise NotAsAskedError(message)


def _row(found: Ledger, row: int, changes: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give what a row says, blanks left out; two columns of one heading stay two."""
    left = dict(changes)
    said = []
    for number, (title, value) in enumerate(zip(found.headings, found.rows[row], strict=True)):
        first = found.index.get(found.keys[number], number) == number
        new = left.pop(title, value) if first or title not in changes else value
        said.append((title, new))
    return sorted((title, value) for title, value in (*said, *left.items()) if value)
