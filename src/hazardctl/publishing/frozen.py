"""A frozen period (封存) as it lies in `periods/<period>/`, and its errata.

manifest.json          what was frozen, when, by whom, under which checklist; hashes of these files and of the sources
<table>.csv .json      the table as published
<table>.rows.csv       the entries and figures that were counted
<table>.record.json    the table with everything that stands behind it
campaign.yaml checklist.yaml units.csv    what they said that day
partials.json          what the tables add to those of a superior (partials.py)
received/<unit>.json   the partials that units sent
errata/001.yaml        a later change: cells, before, after, entries, reason, approver
    errata/001.<table>.json    the table restated
    errata/001.partials.json   what the restated tables add to those of a superior
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from hazardctl import units
from hazardctl.errors import FileFault, HazardError, UsageError
from hazardctl.files import store
from hazardctl.formats import yaml
from hazardctl.i18n import join, t
from hazardctl.plain import built, plain
from hazardctl.publishing.evidence import Record
from hazardctl.records import immutable
from hazardctl.workspace import Workspace

MANIFEST = "manifest.json"
ERRATA = "errata"
DEFINITIONS = ("campaign.yaml", "checklist.yaml", "units.csv")


class NotFrozenError(HazardError):
    """A period has not been frozen. Values: `period`, `known`."""

    key = "freeze.not_frozen"


class ChangedFrozenError(FileFault):
    """A frozen file is no longer the one that was frozen. Values: `path`."""

    key = "freeze.changed"


class UnsafeNameError(HazardError):
    """A period or table cannot name a file. Values: `name`."""

    key = "freeze.unsafe_name"
    exit_code = 2


@immutable
class Manifest:
    """What was frozen, and from what."""

    period: str
    start: str = ""
    end: str = ""
    frozen_on: str = ""
    by: str = ""
    program: str = ""
    basis: str = ""  # what was counted: live, submitted
    locale: str = "zh"
    checklist: str = ""  # id@version
    checklist_sha256: str = ""
    incomplete: str = ""  # why it was frozen although something was missing
    tables: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)  # frozen here, by name
    sources: Mapping[str, str] = field(default_factory=dict)  # what was counted, by path in the campaign
    heads: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # unit → writer → "number:hash" of its journal
    received: Mapping[str, str] = field(default_factory=dict)  # unit → name of the file of partials it sent
    accepted: Mapping[str, str] = field(default_factory=dict)  # unit → "number:hash" of the return it was counted from


def folder(workspace: Workspace, period: str) -> Path:
    """Give a period's folder."""
    if units.unsafe_id(period):
        raise UnsafeNameError(name=period)
    return store.inside(workspace.root, workspace.root / "periods" / period)


def known(workspace: Workspace) -> list[str]:
    """Name the periods that have been frozen."""
    top = workspace.root / "periods"
    return sorted(path.parent.name for path in top.glob(f"*/{MANIFEST}")) if top.is_dir() else []


def manifest(workspace: Workspace, period: str) -> Manifest:
    """Read the manifest of a period; raises NotFrozenError, ChangedFrozenError."""
    path = folder(workspace, period) / MANIFEST
    try:
        return built(Manifest, json.loads(path.read_bytes()))
    except (FileNotFoundError, NotADirectoryError):
        raise NotFrozenError(period=period, known=join(known(workspace)) or "—") from None
    except (ValueError, TypeError, AttributeError):
        raise ChangedFrozenError(path=workspace.name(path)) from None


def content(workspace: Workspace, said: Manifest, name: str) -> bytes:
    """Read a file that was frozen; raises ChangedFrozenError where it is no longer the one that was."""
    path = folder(workspace, said.period) / name
    data = path.read_bytes() if path.is_file() else b""
    if said.files.get(name) != digest(data):
        raise ChangedFrozenError(path=workspace.name(path))
    return data


def received(unit: str) -> str:
    """Name the file that keeps the partials a unit sent."""
    return f"received/{unit}.json"


def table_id(said: Manifest, asked: str | None) -> str:
    """Choose a frozen table: the one asked for, else the first; raises UsageError."""
    if asked is not None and asked not in said.tables:
        raise UsageError(sentence=t("rollup.no_such_table", table=asked, known=join(said.tables)))
    return asked or said.tables[0]


def record(workspace: Workspace, said: Manifest, table: str) -> Record:
    """Read a frozen table with everything behind it."""
    return built(Record, json.loads(content(workspace, said, f"{table}.record.json")))


@immutable
class Erratum:
    """One restatement as it was kept: its number, what it says, the cells it changes by table, row and column."""

    number: int
    said: Mapping[str, Any]

    @property
    def cells(self) -> tuple[Mapping[str, Any], ...]:
        """Give the cells."""
        given = self.said.get("cells")
        return tuple(given) if isinstance(given, list) else ()


def errata(workspace: Workspace, said: Manifest) -> list[Erratum]:
    """Read the errata of a period, the oldest first."""
    return list(_errata(workspace, folder(workspace, said.period) / ERRATA))


def _errata(workspace: Workspace, place: Path) -> Iterator[Erratum]:
    for path in sorted(place.glob("*.yaml")) if place.is_dir() else ():
        tree = yaml.read(path.read_text(encoding="utf-8"), workspace.name(path))
        if not path.stem.isdigit() or tree.findings or not isinstance(tree.value, dict):
            raise ChangedFrozenError(path=workspace.name(path))
        yield Erratum(int(path.stem), tree.value)


def restated(workspace: Workspace, said: Manifest, table: str) -> Record:
    """Read a table as it was last restated; as it was frozen where it never was."""
    for erratum in reversed(errata(workspace, said)):
        name = f"{ERRATA}/{erratum.number:03}.{table}.json"
        path = folder(workspace, said.period) / name
        if path.is_file():
            data = path.read_bytes()
            hashes = erratum.said.get("files")
            if not isinstance(hashes, dict) or hashes.get(path.name) != digest(data):
                raise ChangedFrozenError(path=workspace.name(path))
            return built(Record, json.loads(data))
    return record(workspace, said, table)


def written(value: Any) -> bytes:
    """Give a record as its file has it: the same bytes for the same record."""
    return (json.dumps(plain(value), ensure_ascii=False, indent=1) + "\n").encode()


def digest(data: bytes) -> str:
    """Give the hash of a file's bytes."""
    return hashlib.sha256(data).hexdigest()
