"""Texts as numbers (措辞): what says the same has the same number, on every machine, however it is written.

Width, case, blanks and punctuation make no difference. To compare numbers takes a fraction of the time of comparing
texts, and what was made of a text once need not be made again for the next ledger.
"""

from __future__ import annotations

import re
import sys
import threading
import unicodedata
from array import array
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b
from itertools import count, filterfalse, islice
from typing import Any

from hazardctl.cells.terms import MANY
from hazardctl.reading import Reading

PLACED, OWNED, ALONE = (kind << 62 for kind in (1, 2, 3))
"""The least numbers of descriptions that tell a hazard apart together with its place; if it has none, with who answers
for it; if it has none, by themselves."""
_IDLE = re.compile(r"\W+|_+")
# Of these nothing would be left.
_USUAL = re.compile(r"[\t\n \u3000!-/:-@\[-`{-~，。；：、？！（）“”‘’《》【】〔〕…—·～％＋－／＝]")
_NAMES_A_PLACE = re.compile(
    r"[路街巷村镇乡公大商广小酒宾]"  # first what any of these begins with: it is looked for many times as quickly
    r"(?:(?<=[路街巷村镇乡])\w{0,4}\d+号|(?<=公)司|(?<=大)厦|(?<=商)场|(?<=广)场|(?<=小)区|(?<=酒)店|(?<=宾)馆)"
)
_POST = re.compile(r"[长任科股室办部组员]|书记|负责")
_LEAST = 4  # characters of a description that tells one hazard from another
_LONG = 12  # and of one whose place is not given beside it


class _Words(dict[str, int]):
    """The texts of a field that have been met, each with the place of what it says; at place 0 nothing is said."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key, self._places, self._numbers = key, {"": 0}, [0]
        self._lock = threading.Lock()  # a script may check several campaigns, or one, in several threads

    def places(self, raws: Sequence[str], blank: Callable[[], set[str]]) -> list[int]:
        """Give the place of each text; `blank` names those that say nothing, where some have not been met yet."""
        found: list[Any] = list(map(self.get, raws))
        if all(found):  # as is the rule: none is new, and none says nothing
            return found
        if new := list(set(filterfalse(self.__contains__, raws))):  # in one go, since there may be many
            idle, plain, places = blank().intersection(new), _bare(new), self._places
            with self._lock:
                places.update(zip(dict.fromkeys(filterfalse(places.__contains__, plain)), count(len(places))))
                told = dict(zip(new, map(places.__getitem__, plain), strict=True))
                self.update(told | dict.fromkeys(idle, 0))
        return list(map(self.__getitem__, raws))

    def numbers(self) -> Sequence[int]:
        """Give the number of what is said at each place."""
        with self._lock:
            known = self._numbers
            known += numbered(self._key, list(islice(self._places, len(known), None)))
        return known


def same(reading: Reading, key: str) -> list[int]:
    """Give each text of a field a small number, the same for what says the same; 0 where it says nothing.

    It holds among the ledgers that are read together; to compare it with others see `numbers`.
    """
    return reading.derived(("same", key), partial(_same, key=key))


def _same(reading: Reading, key: str) -> list[int]:
    if not reading.has(key):
        return [0] * len(reading)
    kept = reading.terms.kept
    words: _Words = kept.setdefault(("words", key), _Words(key))
    if len(words) > MANY:
        words = kept["words", key] = _Words(key)  # this reading's places are told by the one it has
    reading.kept["words", key] = words
    return words.places(reading.raw(key), partial(_blank, reading, key))


def _blank(reading: Reading, key: str) -> set[str]:
    return {raw for raw, cell in reading.noticed(key).items() if cell.value is None}


def numbers(reading: Reading, key: str) -> list[int]:
    """Give each text of a field its number; 0 where it says nothing, and for a post, since every unit has one."""
    return reading.derived(("numbers", key), partial(_numbers, key=key))


def _numbers(reading: Reading, key: str) -> list[int]:
    if not reading.has(key):
        return [0] * len(reading)
    places = same(reading, key)
    return list(map(reading.kept["words", key].numbers().__getitem__, places))


def _bare(raws: Sequence[str]) -> list[str]:
    """Give texts without what makes no difference."""
    whole = "\0".join(raws)
    if whole.count("\0") >= len(raws):  # YAML may write one in a cell
        return list(map(bare, raws))
    rest = _USUAL.sub("", whole)
    plain = rest.casefold()
    each = plain.split("\0")
    if _is_bare(rest, plain):  # as is the rule: nothing is left but letters, ideographs and digits of the usual width
        return each
    left = zip(raws, rest.split("\0"), each, strict=True)
    return [one if _is_bare(was, one) else bare(raw) for raw, was, one in left]


def _is_bare(rest: str, plain: str) -> bool:
    """Tell that there is nothing in a text, or in its small letters, that makes no difference."""
    words = plain.replace("\0", "")
    return (not words or words.isalnum()) and unicodedata.is_normalized("NFKC", rest)


def bare(raw: str) -> str:
    """Give a text without what makes no difference; slow, since hardly any Chinese sentence is in its normal form."""
    return _IDLE.sub("", unicodedata.normalize("NFKC", raw).casefold())


def numbered(key: str, said: Sequence[str]) -> list[int]:
    """Give bare texts of a field their numbers: hashes of 62 bits, a description's under what it tells apart.

    The same words in two fields have two numbers; a post has none.
    """
    of_field = blake2b(digest_size=8, person=key.encode())
    digests = []
    for one in said:
        digest = of_field.copy()  # half as long as beginning anew
        digest.update(one.encode("utf-8", "surrogatepass"))
        digests.append(digest.digest())
    hashes = array("Q", b"".join(digests))
    if sys.byteorder == "little":
        hashes.byteswap()
    if key == "description":
        return [number % PLACED | _kind(one) if one else 0 for number, one in zip(hashes, said, strict=True)]
    telling = (one and not (key == "owner" and _POST.search(one)) for one in said)
    return [number % PLACED if tells else 0 for number, tells in zip(hashes, telling, strict=True)]


def _kind(said: str) -> int:
    if len(said) < _LONG:
        return PLACED if len(said) >= _LEAST else 0
    return ALONE if _NAMES_A_PLACE.search(said) else OWNED
