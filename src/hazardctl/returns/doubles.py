"""Find what a unit's ledger shares with another unit's: it would be counted twice in every table."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from hazardctl import load, text
from hazardctl.findings import Finding
from hazardctl.inspection import at_home
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.rules import across
from hazardctl.units import unsafe_id
from hazardctl.workspace import LEDGERS

_BETWEEN = re.compile(rb"[,;:\t\r\n\"']+")


def doubles(opened: Opened, ledger: Ledger) -> list[Finding]:
    """Find entries of one ledger that stand in another unit's, on either side, and a ledger that is another's copy.

    The same findings as those of a whole check, without reading more than the bytes of ledgers that share nothing.
    """
    own = across.marks(ledger)
    found = [own if unit == ledger.unit else marks for unit, marks in _alike(opened, ledger, own)]
    if len(found) < 2:
        return []
    told = across.check(found, lambda unit: load.load_ledger(opened.workspace, unit, opened.terms)[0])
    return [one for one in told if ledger.unit in (one.unit, dict(one.args).get("other"))]


def _alike(opened: Opened, ledger: Ledger, own: across.Marks) -> Iterator[tuple[str, across.Marks]]:
    """Give the ledgers that have an id or all of their bytes in common with one, and that one, in tree order."""
    wanted = _tokens(ledger)
    for unit, _ in opened.units.walk():
        if unit.id == ledger.unit:
            yield unit.id, own
        elif not unsafe_id(unit.id) and _shares(opened, unit.id, wanted, own) and at_home(opened.workspace, unit.id):
            other, _ = load.load_ledger(opened.workspace, unit.id, opened.terms)
            if other is not None and other.rows:
                yield unit.id, across.marks(other)


def _tokens(ledger: Ledger) -> frozenset[bytes]:
    """Give a ledger's ids as they may stand in the bytes of another."""
    ids = {text.fold(raw.strip()) for raw in ledger.column("id") or ()} - {""}
    return frozenset(one.encode(encoding, "replace") for one in ids for encoding in ("utf-8", "gb18030"))


def _shares(opened: Opened, unit: str, wanted: frozenset[bytes], own: across.Marks) -> bool:
    """Tell whether a unit's ledger may share something; reads its bytes and no more."""
    for name in LEDGERS:
        try:
            with open(f"{opened.workspace.root}/units/{unit}/{name}", "rb") as stream:  # noqa: PTH123 -- for each unit
                data = stream.read()
        except OSError:  # there is none, or the checks of that unit say why
            continue
        if not wanted:  # without ids only a copy of the whole file is known for one
            return hashlib.sha256(data).hexdigest() == own.sha256
        if not wanted.isdisjoint(part.strip().lower() for part in _BETWEEN.split(data)):
            return True
    return False
