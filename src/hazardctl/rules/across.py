"""Across units: an entry belongs to one ledger of the campaign.

X101: Two units have an entry with the same id.

    An id is unique in the whole campaign, so one of the two is a copy of the other and would be counted twice.

    Fails::

        # units/a/ledger.csv
        编号,整改措施
        H2,更换门禁
        H3,加装监控
        H4,培训
        # units/b/ledger.csv
        编号,整改措施
        H2,更换门禁
        H5,值班
        H6,巡查

    Passes::

        # units/a/ledger.csv
        编号,整改措施
        H2,更换门禁
        # units/b/ledger.csv
        编号,整改措施
        H3,更换门禁

X102: A ledger is a copy of another unit's.

    Half of its entries or more have ids that another unit's ledger has.

    Fails::

        # units/a/ledger.csv
        编号,整改措施
        H2,更换门禁
        H3,加装监控
        # units/b/ledger.csv
        编号,整改措施
        H2,更换门禁
        H3,加装监控

    Passes::

        # units/a/ledger.csv
        编号,整改措施
        H2,更换门禁
        # units/b/ledger.csv
        编号,整改措施
        H3,加装监控

X103: Two units have the same ledger, word for word.

    Fails::

        # units/a/ledger.csv
        整改措施,责任人
        更换门禁,张三
        # units/b/ledger.csv
        整改措施,责任人
        更换门禁,张三

    Passes::

        # units/a/ledger.csv
        整改措施,责任人
        更换门禁,张三
        # units/b/ledger.csv
        整改措施,责任人
        加装监控,张三
"""

from __future__ import annotations

import hashlib
import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence

from hazardctl import text
from hazardctl.findings import Finding, Severity
from hazardctl.ledger import Ledger
from hazardctl.reading import Reading
from hazardctl.records import immutable

CODES: Mapping[str, Severity] = {"X101": Severity.ERROR, "X102": Severity.ERROR, "X103": Severity.ERROR}
DIGEST = 8  # bytes
AT_ONCE = 200_000  # digests held while they are compared


@immutable
class Marks:
    """What one ledger shows of itself to the campaign: small enough to hold for every unit at once."""

    unit: str
    path: str
    ids: bytes = b""  # 8 bytes an entry, sorted
    sha256: str = ""  # of the file; empty for a ledger without entries
    hazards: bytes = b""  # 8 bytes a hazard that tells where it is, sorted

    def __len__(self) -> int:
        return len(self.ids) // DIGEST


def cut(run: bytes) -> list[bytes]:
    """Cut a run of digests into these."""
    return [run[at : at + DIGEST] for at in range(0, len(run), DIGEST)]


def marks(reading: Reading) -> Marks:
    """Reduce a ledger to what has to be compared across units, but for its hazards."""
    ledger = reading.ledger
    digests: list[bytes] = reading.derived("X101", _digests)
    return Marks(ledger.unit, ledger.path, b"".join(sorted(digests)), ledger.sha256 if ledger.rows else "")


def _digests(reading: Reading) -> list[bytes]:
    """Give each entry's digest, nothing for one without an id."""
    raws = reading.raw("id")
    whole = "\n".join(raws)
    plain = whole.isascii() and whole.count("\n") < len(raws)
    folded = whole.lower().split("\n") if plain else map(text.fold, raws)
    entries = [raw.strip() for raw in folded]
    found = digests_of(entries)
    return found if all(entries) else [one if entry else b"" for one, entry in zip(found, entries, strict=True)]


def digest(entry: str) -> bytes:
    """Give an id's digest, the same on every machine."""
    return digests_of([entry])[0]


def digests_of(entries: Sequence[str]) -> list[bytes]:
    """Give the digests of many ids or texts."""
    blake = hashlib.blake2b
    return [blake(entry.encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest() for entry in entries]


def check(units: Sequence[Marks], open_ledger: Callable[[str], Ledger | None]) -> Iterator[Finding]:
    """Find entries and ledgers that stand in two units; `open_ledger` is asked only where there are some."""
    owner: dict[bytes, int] = {}
    files: dict[str, int] = {}
    twice = repeated([unit.ids for unit in units])
    for number, unit in enumerate(units):
        shared: dict[int, set[bytes]] = {}
        for one in twice.intersection(cut(unit.ids)) if twice else ():
            first = owner.setdefault(one, number)
            if first != number:
                shared.setdefault(first, set()).add(one)
        twin = files.setdefault(unit.sha256, number) if unit.sha256 else number
        if twin != number and not shared:
            yield _copy("X103", unit, units[twin])
        for first, ids in sorted(shared.items()):
            if len(ids) * 2 >= min(len(unit), len(units[first])) and (len(ids) > 1 or len(unit) == 1):
                yield _copy("X102", unit, units[first], len(ids))
            else:
                yield from _each(unit, units[first], ids, open_ledger)


def repeated(digests: Sequence[bytes]) -> set[bytes]:
    """Find the digests that stand in more than one of some sorted runs of them; not all are held at once."""
    passes = sum(map(len, digests)) // (AT_ONCE * DIGEST) + 1
    twice: set[int] = set()
    for number in range(passes):
        low, high = ((at << 8 * DIGEST) // passes for at in (number, number + 1))
        seen: set[int] = set()
        for run in digests:
            values = _values(run)
            if passes > 1:
                values = values[bisect_left(values, low) : bisect_left(values, high)]
            mine = set(values)
            if not seen.isdisjoint(mine):
                twice |= seen & mine
            seen |= mine
    return {one.to_bytes(DIGEST, "big") for one in twice}


def _values(run: bytes) -> array[int]:
    """Give digests as numbers that are in the order of their bytes."""
    values = array("Q", run)
    if sys.byteorder == "little":
        values.byteswap()
    return values


def _copy(code: str, unit: Marks, other: Marks, count: int = 0) -> Finding:
    args = (("count", str(count)), ("other", other.unit), ("other_path", other.path), ("rows", str(len(unit))))
    return Finding(code, CODES[code], unit.path, 1, 1, unit.unit, args=args)


def _each(unit: Marks, other: Marks, ids: set[bytes], open_ledger: Callable[[str], Ledger | None]) -> Iterator[Finding]:
    here, there = open_ledger(unit.unit), open_ledger(other.unit)
    if here is None or there is None:  # changed while we looked
        return
    lines = {
        digest(text.fold(raw.strip())): there.where(row, "id")[0] for row, raw in enumerate(there.column("id") or ())
    }
    for row, raw in enumerate(here.column("id") or ()):
        one = digest(text.fold(raw.strip()))
        if one in ids:
            line, column, source = here.where(row, "id")
            args = (("other", other.unit), ("other_line", str(lines.get(one, 0))), ("other_path", other.path))
            yield Finding(
                "X101", CODES["X101"], here.path, line, column, unit.unit, raw.strip(), "id", raw, args, source
            )
