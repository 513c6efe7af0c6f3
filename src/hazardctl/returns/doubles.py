"""Find what a unit's ledger shares with another unit's: it would be counted twice in every table."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import field, replace
from datetime import date
from functools import lru_cache

from hazardctl import load, text
from hazardctl.findings import Finding
from hazardctl.formats.encoding import UndecodableError, decode
from hazardctl.inspection import at_home
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.records import immutable
from hazardctl.rules import across, twins
from hazardctl.units import unsafe_id
from hazardctl.workspace import LEDGERS

_BETWEEN = re.compile(rb"[,;:\t\r\n\"']+")
Letters = frozenset[str]


@immutable
class _Wanted:
    """What is looked for in another unit's bytes: ids as they may stand there, the letters of each hazard."""

    sha256: str
    ids: frozenset[bytes] = frozenset()
    hazards: frozenset[Letters] = field(default_factory=frozenset)


def doubles(opened: Opened, ledger: Ledger, today: date) -> list[Finding]:
    """Find hazards of one ledger that stand in another unit's, on either side, and a ledger that is another's copy.

    The same findings as those of a whole check, without reading more than the bytes of ledgers that share nothing.
    """
    own = _marks(opened, ledger, today)
    found = [own if unit == ledger.unit else marks for unit, marks in _alike(opened, ledger, own, today)]
    if len(found) < 2:
        return []

    def ledger_of(unit: str) -> Ledger | None:
        return load.load_ledger(opened.workspace, unit, opened.terms)[0]

    def reading_of(unit: str) -> Reading | None:
        there = ledger_of(unit)
        return Reading(there, opened.terms, today) if there is not None else None

    told = [*across.check(found, ledger_of), *twins.check(found, reading_of)]
    return [one for one in told if ledger.unit in (one.unit, dict(one.args).get("other"))]


def _marks(opened: Opened, ledger: Ledger, today: date) -> across.Marks:
    return replace(across.marks(ledger), hazards=twins.hazards(Reading(ledger, opened.terms, today)))


def _alike(opened: Opened, ledger: Ledger, own: across.Marks, today: date) -> Iterator[tuple[str, across.Marks]]:
    """Give the ledgers that may have an id, a hazard or all of their bytes in common with one, in tree order."""
    told = set(twins.keys(Reading(ledger, opened.terms, today))) - {""}
    wanted = _Wanted(own.sha256, _tokens(ledger), frozenset(map(letters, told)))
    for unit, _ in opened.units.walk():
        if unit.id == ledger.unit:
            yield unit.id, own
        elif not unsafe_id(unit.id) and _shares(opened, unit.id, wanted) and at_home(opened.workspace, unit.id):
            other, _ = load.load_ledger(opened.workspace, unit.id, opened.terms)
            if other is not None and other.rows:
                yield unit.id, _marks(opened, other, today)


def _tokens(ledger: Ledger) -> frozenset[bytes]:
    """Give a ledger's ids as they may stand in the bytes of another."""
    ids = {text.fold(raw.strip()) for raw in ledger.column("id") or ()} - {""}
    return frozenset(one.encode(encoding, "replace") for one in ids for encoding in ("utf-8", "gb18030"))


def _shares(opened: Opened, unit: str, wanted: _Wanted) -> bool:
    """Tell whether a unit's ledger may share something; reads its bytes and no more."""
    for name in LEDGERS:
        try:
            with open(f"{opened.workspace.root}/units/{unit}/{name}", "rb") as stream:  # noqa: PTH123 -- for each unit
                data = stream.read()
        except OSError:  # there is none, or the checks of that unit say why
            continue
        if _may_share(data, wanted):
            return True
    return False


def _may_share(data: bytes, wanted: _Wanted) -> bool:
    if not wanted.ids and hashlib.sha256(data).hexdigest() == wanted.sha256:  # without ids a copy is known as a whole
        return True
    if wanted.ids and not wanted.ids.isdisjoint(part.strip().lower() for part in _BETWEEN.split(data)):
        return True
    if not wanted.hazards:
        return False
    try:
        there = letters(decode(data)[0])
    except UndecodableError:  # nothing of it is counted
        return False
    return "\\" in there or any(one <= there for one in wanted.hazards)  # YAML may write a letter as a number


def letters(words: str) -> Letters:
    """Give the letters and digits of a text, and what escapes others; however they are written they are the same."""
    return frozenset().union(*map(_bare, set(words)))


@lru_cache(maxsize=65536)
def _bare(letter: str) -> Letters:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    return frozenset(each for each in plain if each.isalnum() or each == "\\")
