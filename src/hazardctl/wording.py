"""Texts as numbers (措辞): what says the same has the same number, on every machine, however it is written.

Width, case, blanks and punctuation make no difference. To compare numbers takes a fraction of the time of comparing
texts, and what was made of a text once need not be made again for the next ledger.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import filterfalse
from typing import Any, TypeVar

from hazardctl.cells.terms import LARGEST, Terms
from hazardctl.reading import Reading

V = TypeVar("V", int, str)
PLACED, OWNED, ALONE = (kind << 62 for kind in (1, 2, 3))
"""The least numbers of descriptions that tell a hazard apart together with its place; if it has none, with who answers
for it; if it has none, by themselves."""
_IDLE = re.compile(r"[^\w\0]+|_+")
_NAMES_A_PLACE = re.compile(
    r"[路街巷村镇乡公大商广小酒宾]"  # first what any of these begins with: it is looked for many times as quickly
    r"(?:(?<=[路街巷村镇乡])\w{0,4}\d+号|(?<=公)司|(?<=大)厦|(?<=商)场|(?<=广)场|(?<=小)区|(?<=酒)店|(?<=宾)馆)"
)
_POST = re.compile(r"[长任科股室办部组员]|书记|负责")
_LEAST = 4  # characters of a description that tells one hazard from another
_LONG = 12  # and of one whose place is not given beside it


def numbers(reading: Reading, key: str) -> list[int]:
    """Give each text of a field its number; 0 where it says nothing, and for a post, since every unit has one."""
    return reading.derived(("wording", key), partial(_numbers, key=key))


def _numbers(reading: Reading, key: str) -> list[int]:
    if not reading.has(key):
        return [0] * len(reading)
    return _each(reading.terms.kept.setdefault(("wording", key), {}), reading.raw(key), partial(_new, reading, key))


def _each(known: dict[str, V], raws: Sequence[str], make: Callable[[Sequence[str]], Mapping[str, V]]) -> list[V]:
    """Give what is known of each text; what new ones come to is made in one go, since there may be many."""
    if len(known) > LARGEST:
        known.clear()
    found: list[Any] = list(map(known.get, raws))
    if all(found):  # as is the rule: none is new, and none says nothing
        return found
    if new := list(set(filterfalse(known.__contains__, raws))):
        known.update(make(new))
    return list(map(known.__getitem__, raws))


def _new(reading: Reading, key: str, raws: Sequence[str]) -> dict[str, int]:
    """Give texts that have not been met before their numbers."""
    found = dict(zip(raws, map(partial(number, key), fold(reading.terms, key, raws)), strict=True))
    return found | {raw: 0 for raw, cell in reading.noticed(key).items() if cell.value is None and raw in found}


def folded(reading: Reading, key: str) -> list[str]:
    """Give each text of a field without what makes no difference; blank where it says nothing."""
    return reading.derived(("folded", key), partial(_folded, key=key))


def _folded(reading: Reading, key: str) -> list[str]:
    raws = reading.raw(key)
    blank = {raw for raw, cell in reading.noticed(key).items() if cell.value is None}
    plain = fold(reading.terms, key, raws)
    return ["" if raw in blank else one for raw, one in zip(raws, plain, strict=True)] if blank else plain


def fold(terms: Terms, key: str, raws: Sequence[str]) -> list[str]:
    """Give texts without what makes no difference."""
    return _each(terms.kept.setdefault(("folded", key), {}), raws, _bare)


def _bare(raws: Sequence[str]) -> dict[str, str]:
    whole = unicodedata.normalize("NFKC", "\0".join(raws)).casefold()  # NUL is in no ledger that could be read
    return dict(zip(raws, _IDLE.sub("", whole).split("\0"), strict=True))


def number(key: str, said: str) -> int:
    """Give the number of a folded text of a field: a hash of 62 bits, in a description's under what it tells apart.

    The same words in two fields have two numbers.
    """
    if not said or (key == "owner" and _POST.search(said)):
        return 0
    digest = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8, person=key.encode()).digest()
    return int.from_bytes(digest) % PLACED | (_kind(said) if key == "description" else 0)


def _kind(said: str) -> int:
    if len(said) < _LONG:
        return PLACED if len(said) >= _LEAST else 0
    return ALONE if _NAMES_A_PLACE.search(said) else OWNED
