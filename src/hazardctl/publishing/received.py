"""The partials behind a frozen table (所收分量): as they were received, and those that took their place since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hazardctl.load import Opened
from hazardctl.publishing import federation, frozen
from hazardctl.publishing.federation import Letter
from hazardctl.publishing.frozen import ERRATA, ChangedFrozenError, Erratum, Manifest

KEY = "received"
"""What an erratum calls the files that took the place of others."""


def name(number: int, unit: str) -> str:
    """Name the file in which an erratum keeps what a unit sent, in the folder of errata."""
    return f"{number:03}.{KEY}/{unit}.json"


def letters(opened: Opened, said: Manifest) -> dict[str, Letter]:
    """Give what units had sent when a period was frozen, or last restated; raises ChangedFrozenError."""
    found = {
        unit: Letter(file, frozen.content(opened.workspace, said, frozen.received(unit)), unit)
        for unit, file in said.received.items()
    }
    for erratum in frozen.errata(opened.workspace, said):
        found |= {letter.unit: letter for letter in _exchanged(opened, said, erratum)}
    return found


def _exchanged(opened: Opened, said: Manifest, erratum: Erratum) -> Iterator[Letter]:
    given, hashes = erratum.said.get(KEY), erratum.said.get("files")
    for unit, file in given.items() if isinstance(given, dict) else ():
        kept = name(erratum.number, unit)
        path = frozen.folder(opened.workspace, said.period) / ERRATA / kept
        data = path.read_bytes() if path.is_file() else b""
        if not isinstance(hashes, dict) or hashes.get(kept) != frozen.digest(data):
            raise ChangedFrozenError(path=opened.workspace.name(path))
        yield Letter(str(file), data, unit)


def exchanged(then: Opened, held: Mapping[str, Letter], given: Sequence[Letter]) -> dict[str, Letter]:
    """Give those of some files that say something else than what is held, by the unit each is of.

    Raises what `federation.join` raises.
    """
    fresh = {child.unit: child.letter for child in federation.join(then, given).children}
    return {
        unit: Letter(letter.name, letter.data, unit)
        for unit, letter in fresh.items()
        if unit not in held or held[unit].data != letter.data
    }


def said_of(fresh: Mapping[str, Letter]) -> dict[str, Any]:
    """Give what an erratum says of files that took the place of others; nothing where none did."""
    return {KEY: {unit: letter.name for unit, letter in fresh.items()}} if fresh else {}
