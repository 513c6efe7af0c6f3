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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Any, Self

from hazardctl import text
from hazardctl.entry import ALPHABET
from hazardctl.findings import Finding, Severity
from hazardctl.ledger import Ledger
from hazardctl.reading import Reading
from hazardctl.records import immutable
from hazardctl.twice import Runs

CODES: Mapping[str, Severity] = {"X101": Severity.ERROR, "X102": Severity.ERROR, "X103": Severity.ERROR}
_OTHERS = 1 << 63  # ids of our make are 12 digits to the base of 32: the numbers above are free
_DIGITS = {ord(letter): digit for word in (ALPHABET, ALPHABET.lower()) for digit, letter in enumerate(word)}
_NO_DIGITS = bytes(sorted({*range(256)} - _DIGITS.keys()))
_PLACES = (13, 12, 11, 10, 8, 7, 6, 5, 3, 2, 1, 0)  # of the digits of an id, the last first
_WIDTH = 15  # of an id and what parts it from the next


@immutable
class Marks:
    """What one ledger shows of itself to the campaign: small, as it is sent about and kept."""

    unit: str
    path: str
    ids: bytes = b""  # a number for each, none twice
    sha256: str = ""  # of the file; empty where every entry has an id, since these tell as well
    hazards: bytes = b""  # the same for each hazard that tells where it is
    days: bytes = b""  # of each of these, as one of 255; 0 where none is given, empty where none is for any of them
    entries: int = 0  # that have an id


@immutable
class _Shape:
    """What is held of a ledger while all are compared."""

    unit: str
    path: str
    sha256: str
    entries: int
    days: bytes


class Shown:
    """What all ledgers show of themselves; that of many is in a file of the system's that goes again."""

    def __init__(self, marks: Iterable[Marks] = ()) -> None:
        self.units: list[_Shape] = []
        self.ids, self.hazards = Runs(), Runs()
        for one in marks:
            self.add(one)

    def __enter__(self) -> Self:
        """Begin with no ledgers."""
        return self

    def __exit__(self, *given: object) -> None:
        """Let the files go."""
        self.ids.__exit__(*given)
        self.hazards.__exit__(*given)

    def add(self, marks: Marks, unit: str = "") -> None:
        """Take one more ledger; a word for its unit that is held already saves holding another."""
        self.units.append(_Shape(unit or marks.unit, marks.path, marks.sha256, marks.entries, marks.days))
        self.ids.add(unpacked(marks.ids))
        self.hazards.add(unpacked(marks.hazards))


def packed(numbers: Iterable[int]) -> bytes:
    """Give numbers as bytes that are the same on every machine."""
    return _swapped(array("Q", numbers)).tobytes()


def unpacked(run: bytes) -> array[int]:
    """Give the numbers that were packed."""
    return _swapped(array("Q", run))


def _swapped(values: array[int]) -> array[int]:
    if sys.byteorder == "big":
        values.byteswap()
    return values


def marks(reading: Reading, hazards: bytes = b"", days: bytes = b"") -> Marks:
    """Reduce a ledger to what has to be compared across units; its hazards, and their days, are given."""
    ledger = reading.ledger
    numbers: Any = reading.derived("X101", _numbers)
    ids = distinct(numbers) if reading.doubtful_ids else numbers  # as a rule they differ, and are known to
    entries = len(numbers) if len(ids) == len(numbers) else len(numbers) - numbers.count(0)
    file = ledger.sha256 if entries < len(numbers) else ""
    return Marks(ledger.unit, ledger.path, packed(ids), file, hazards, days, entries)


def distinct(numbers: array[int]) -> array[int]:
    """Give each of some numbers once, without the 0 that stands for none."""
    found = set(numbers)
    if len(found) == len(numbers) and 0 not in found:  # as is the rule
        return numbers
    return array("Q", filter(None, dict.fromkeys(numbers)))


def _numbers(reading: Reading) -> Any:  # an array, which is parted as a list is
    return numbers_of(reading.raw("id"))


def numbers_of(raws: Sequence[str]) -> array[int]:
    """Give each id a number, the same on every machine however it is written; 0 where there is none.

    An id of our own make has a number of its own, any other a hash of 63 bits.
    """
    if (made := _made(raws)) is not None:
        return made
    known: dict[str, int] = {}
    for raw in {*raws}:
        entry = text.fold(raw.strip()).strip()
        own = _made([entry]) if entry else [0]
        known[raw] = own[0] if own else _OTHERS | _hash(entry)
    return array("Q", map(known.__getitem__, raws))


def _made(raws: Sequence[str]) -> array[int] | None:
    """Give the numbers of ids of our own make, such as H7K3-M9QX-2FPD; None where one is not.

    All are made at once: first the lowest bytes of all, then those above them.
    """
    whole, some = "\n".join(raws), len(raws)
    if len(whole) != some * _WIDTH - 1 or not whole.isascii():
        return None
    data = whole.encode()
    around = (data[::_WIDTH].upper(), data[4::_WIDTH], data[9::_WIDTH], data[14::_WIDTH])
    if around != (b"H" * some, b"-" * some, b"-" * some, b"\n" * (some - 1)):
        return None
    if len(data.translate(None, _NO_DIGITS)) != some * len(_PLACES):
        return None
    numbers = bytearray(some * 8)
    for at, parts in enumerate(_bytes()):
        alone = [int.from_bytes(data[place::_WIDTH].translate(given), "little") for place, given in parts]
        numbers[at::8] = reduce(or_, alone).to_bytes(some, "little")
    return unpacked(bytes(numbers))


@lru_cache(1)
def _bytes() -> list[list[tuple[int, bytes]]]:
    """Tell of each byte of a number, the lowest first, from which letters of an id it comes, and what each gives."""
    return [
        [
            (place, bytes((_DIGITS.get(one, 0) << 5 * digit >> 8 * at) & 255 for one in range(256)))
            for digit, place in enumerate(_PLACES)
            if 5 * digit < 8 * at + 8 and 5 * digit + 5 > 8 * at
        ]
        for at in range(8)
    ]


def _hash(entry: str) -> int:
    return int.from_bytes(hashlib.blake2b(entry.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def check(shown: Shown, open_ledger: Callable[[str], Ledger | None]) -> Iterator[Finding]:
    """Find entries and ledgers that stand in two units; `open_ledger` is asked where there are some, once for each."""
    shared = _shared(shown)
    asked = _asked(shown.units, shared)
    files: dict[str, int] = {}
    lines: dict[int, dict[int, int]] = {}
    for number, unit in enumerate(shown.units):
        firsts = shared.get(number, {})
        twin = files.setdefault(unit.sha256, number) if unit.sha256 else number
        if twin != number and not firsts:
            yield _copy("X103", unit, shown.units[twin])
        alone = {first for first, ids in firsts.items() if not _is_copy(ids, unit, shown.units[first])}
        ledger = open_ledger(unit.unit) if alone or number in asked else None  # none: changed while we looked
        for first, ids in sorted(firsts.items()):
            if first not in alone:
                yield _copy("X102", unit, shown.units[first], len(ids))
            elif ledger is not None and first in lines:
                yield from _each(ledger, shown.units[first], lines[first], ids)
        if ledger is not None and number in asked:
            lines[number] = _lines(ledger, asked[number])


def _shared(shown: Shown) -> dict[int, dict[int, set[int]]]:
    """Give the ids that units have of others, by unit and by the first that has them."""
    owner: dict[int, int] = {}
    shared: dict[int, dict[int, set[int]]] = {}
    for number, ids in shown.ids.holders(shown.ids.repeated()):
        for one in ids:
            first = owner.setdefault(one, number)
            if first != number:
                shared.setdefault(number, {}).setdefault(first, set()).add(one)
    return shared


def _is_copy(ids: set[int], unit: _Shape, other: _Shape) -> bool:
    return len(ids) * 2 >= min(unit.entries, other.entries) and (len(ids) > 1 or unit.entries == 1)


def _copy(code: str, unit: _Shape, other: _Shape, count: int = 0) -> Finding:
    args = (("count", str(count)), ("other", other.unit), ("other_path", other.path), ("rows", str(unit.entries)))
    return Finding(code, CODES[code], unit.path, 1, 1, unit.unit, args=args)


def _asked(units: Sequence[_Shape], shared: Mapping[int, Mapping[int, set[int]]]) -> dict[int, set[int]]:
    """Name the ids that have to be looked up in the ledgers that have them first."""
    asked: dict[int, set[int]] = {}
    for number, firsts in shared.items():
        for first, ids in firsts.items():
            if not _is_copy(ids, units[number], units[first]):
                asked.setdefault(first, set()).update(ids)
    return asked


def _lines(ledger: Ledger, ids: set[int]) -> dict[int, int]:
    """Give the lines in which some ids stand."""
    numbers = enumerate(numbers_of(ledger.column("id") or ()))
    return {one: ledger.where(row, "id")[0] for row, one in numbers if one in ids}


def _each(ledger: Ledger, other: _Shape, lines: Mapping[int, int], ids: set[int]) -> Iterator[Finding]:
    raws = ledger.column("id") or ()
    for row, one in enumerate(numbers_of(raws)):
        if one in ids:
            line, column, source = ledger.where(row, "id")
            args = (("other", other.unit), ("other_line", str(lines.get(one, 0))), ("other_path", other.path))
            raw = raws[row]
            yield Finding(
                "X101", CODES["X101"], ledger.path, line, column, ledger.unit, raw.strip(), "id", raw, args, source
            )
