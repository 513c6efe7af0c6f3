"""Versions of one file as rows that can be compared, whatever they look like: by entry id, period and figure, unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import PurePath
from typing import Literal

from hazardctl import figures, ledger, load, parsing, text
from hazardctl.campaign import Campaign
from hazardctl.cells.terms import Terms
from hazardctl.checklist import Checklist, FieldUse
from hazardctl.errors import FileFault
from hazardctl.fields import STANDARD, heading
from hazardctl.findings import Finding
from hazardctl.formats import csv
from hazardctl.ledger import Ledger
from hazardctl.merging.threeway import Key, Version
from hazardctl.records import immutable

Kind = Literal["ledger", "figures", "units", "rows"]
IDENTITY: Mapping[str, tuple[str, ...]] = {
    "ledger": ("id",), "figures": ("period", "key"), "units": ("id",), "rows": ("id", "case"),
}  # fmt: skip
READABLE = ("F107",)  # a row that is too short still says which cell is which; one that is too long does not


class UnmergeableError(FileFault):
    """A version cannot be read for certain, so it is not merged. Values: `path`."""

    key = "merge.unmergeable"

    def __init__(self, findings: Sequence[Finding], path: str) -> None:
        super().__init__(path=path)
        self.findings = list(findings)


class NoIdentityError(FileFault):
    """Nothing in the file tells one row from another. Values: `path`."""

    key = "merge.no_identity"


@immutable
class Grid:
    """One version of a file: its rows by what identifies them, and how to find them in the file again."""

    path: str
    data: bytes
    kind: Kind
    version: Version
    names: tuple[str, ...]  # of the columns, in the file's order
    headings: Mapping[str, str]  # as they stand in the file, by name
    labels: Mapping[Key, str]  # the id as it is written
    rows: tuple[int, ...]  # where each entry stands among the rows of the file, in its order
    sheet: csv.Sheet | None = None  # CSV alone
    ledger: Ledger | None = None  # ledgers alone


def kind_of(path: str, data: bytes = b"") -> Kind:
    """Tell what kind of file this is by its name, else by its headings."""
    name = PurePath(path).name.lower()
    for stem, kind in (("ledger", "ledger"), ("figures", "figures"), ("units", "units"), ("register", "rows")):
        if name.startswith(stem):
            return kind  # type: ignore[return-value]
    if name.endswith((".yaml", ".yml")):
        return "ledger"
    header = csv.read(data, path).header
    if {"period", "key", "value"} <= {figures.HEADINGS.get(heading(title), "") for title in header}:
        return "figures"
    if {"id", "name", "parent"} <= set(load.unit_keys(header)):
        return "units"
    return "ledger"


def read(data: bytes, path: str, kind: Kind, terms: Terms) -> Grid:
    """Read one version; raises UnmergeableError where it cannot be read for certain."""
    if path.lower().endswith((".yaml", ".yml")):
        return _of_yaml(data, path, terms)
    sheet = csv.read(data, path)
    _certain(sheet.findings, path, readable=bool(sheet.header))
    if kind == "ledger":
        keys: Sequence[str] = ledger.match(sheet.header, terms.headings)
        found, _ = parsing.parse_csv(data, path, "", terms)
        rows, _, _ = ledger.sort_out(sheet.rows, keys)
    else:
        keys, found = _keys(kind, sheet.header), None
        rows = [number for number, row in enumerate(sheet.rows) if any(cell.strip() for cell in row)]
    names = _names(keys, sheet.header)
    cells = [_cells(names, sheet.rows[number]) for number in rows]
    version, labels = _version(cells, kind, path, frozenset(names))
    headings = dict(zip(names, sheet.header, strict=True))
    return Grid(path, data, kind, version, names, headings, labels, tuple(rows), sheet, found)


def empty(path: str, kind: Kind) -> Grid:
    """Give the version in which the file was not there yet."""
    return Grid(path, b"", kind, Version({}), (), {}, {}, ())


def plain_terms() -> Terms:
    """Give terms for a ledger whose campaign is not at hand: the standard fields, with their usual words."""
    statuses = {"unable": "无法整改", "not_started": "未整改", "in_progress": "整改中", "done": "已整改"}
    uses = tuple(FieldUse(field.key) for field in STANDARD if field.key != "id")
    return Terms(
        Campaign("", ""), Checklist(id="", version="", title="", categories=(), fields=uses, statuses=statuses)
    )


def _of_yaml(data: bytes, path: str, terms: Terms) -> Grid:
    found, findings = parsing.parse_yaml(data, path, "", terms)
    _certain(findings, path, readable=found is not None)
    assert found is not None
    names = _names(found.keys, found.headings)
    cells = [_cells(names, row) for row in found.rows]
    version, labels = _version(cells, "ledger", path, None)
    headings = dict(zip(names, found.headings, strict=True))
    return Grid(path, data, "ledger", version, names, headings, labels, tuple(range(len(cells))), None, found)


def _certain(findings: Sequence[Finding], path: str, *, readable: bool) -> None:
    grave = [finding for finding in findings if finding.code not in READABLE]
    if grave or not readable:
        raise UnmergeableError(grave or findings, path=path)


def _keys(kind: Kind, header: Sequence[str]) -> list[str]:
    if kind == "figures":
        return [figures.HEADINGS.get(heading(title), "") for title in header]
    if kind == "units":
        return load.unit_keys(header)
    return [heading(title) for title in header]


def _names(keys: Sequence[str], header: Sequence[str]) -> tuple[str, ...]:
    """Name columns so that the same column has the same name in every version: by field, else by its folded heading."""
    names: list[str] = []
    for key, title in zip(keys, header, strict=True):
        name = key if key and key not in names else f"={heading(title)}"
        while name in names:
            name += "+"
        names.append(name)
    return tuple(names)


def _cells(names: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    return {name: "\n".join(cell.splitlines()) if "\r" in cell else cell for name, cell in zip(names, row, strict=True)}


def _version(
    cells: Sequence[dict[str, str]], kind: Kind, path: str, columns: frozenset[str] | None
) -> tuple[Version, dict[Key, str]]:
    identity = [name for name in IDENTITY[kind] if any(name in row for row in cells)]
    if kind != "ledger" and cells and not identity:
        raise NoIdentityError(path=path)
    rows: dict[Key, Mapping[str, str]] = {}
    labels: dict[Key, str] = {}
    for row in cells:
        said = [text.trim(row.get(name, "")) for name in identity]
        key: Key = tuple(text.fold(word) for word in said) if any(said) else ("", *_content(row))
        number = 1
        while (*key, str(number)) in rows:
            number += 1
        rows[*key, str(number)] = row
        labels[*key, str(number)] = " ".join(said).strip() or _nameless((*key, str(number)))
    return Version(rows, columns), labels


def _nameless(key: Key) -> str:
    """Name a row that has no id, so that a conflict file can speak of it."""
    from hazardctl.journals.replay import NAMELESS

    return NAMELESS + sha256("\x1f".join(key).encode("utf-8", "replace")).hexdigest()[:12]


def _content(row: Mapping[str, str]) -> list[str]:
    """Identify a row without an id by what it says."""
    return [f"{name}={value}" for name, value in sorted(row.items()) if value and name != "number"]
