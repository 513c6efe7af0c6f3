"""A ledger (台账): one unit's entries as cells that know their place, and the field each column stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from typing import Literal

from hazardctl import text
from hazardctl.fields import heading
from hazardctl.records import immutable

_heading = lru_cache(4096)(heading)  # every ledger of a campaign has the same
Place = tuple[int, int, str]  # line, column, the line's text

NIL_WORDS = frozenset(
    {"无", "无隐患", "零报告", "本月无隐患", "当月无隐患", "本期无隐患", "未发现隐患", "无问题", "nil", "none"}
)
FILLERS = frozenset({"", "/", "\\", "—", "——", "-", "--", "无", "……", "…"})
TOTAL_WORDS = frozenset({"合计", "小计", "总计", "共计", "累计", "total", "subtotal"})


@immutable
class Ledger:
    """The entries of one unit. `keys[i]` is the field of column i, empty where the heading is not known."""

    unit: str
    path: str
    format: Literal["csv", "yaml"]
    headings: tuple[str, ...]
    keys: tuple[str, ...]
    rows: Sequence[list[str]]
    place: Callable[[int, int], Place]  # row, column → line, column, text; row -1 is the heading row
    nil: bool = False  # the unit says in so many words that it found nothing
    set_aside: tuple[tuple[int, str], ...] = ()  # rows that are no entries (totals): row number in the file, first word
    index: Mapping[str, int] = field(default_factory=dict)
    data: bytes = b""  # the file as it was read
    digest: str = ""  # its hash, where only that is known

    @property
    def sha256(self) -> str:
        """Give the hash of the file as it was read; empty where it was none."""
        return self.digest or (sha256(self.data).hexdigest() if self.data else "")

    def column(self, key: str) -> list[str] | None:
        """Give a field's raw cells, or None where the ledger has no such column."""
        at = self.index.get(key)
        return None if at is None else [row[at] for row in self.rows]

    def cell(self, row: int, key: str) -> str:
        """Give one raw cell, blank where the ledger has no such column."""
        at = self.index.get(key)
        return "" if at is None else self.rows[row][at]

    def where(self, row: int, key: str) -> Place:
        """Give the place of a cell; of the row's first cell where the ledger has no such column."""
        return self.place(row, self.index.get(key, 0))

    def records(self) -> Iterator[dict[str, str]]:
        """Give each entry as a mapping of canonical key (or heading) to its raw cell."""
        names = [key or title for key, title in zip(self.keys, self.headings, strict=True)]
        for row in self.rows:
            yield dict(zip(names, row, strict=True))


def match(headings: Sequence[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """Name the field of each column; empty where the heading is not known."""
    return tuple(known.get(_heading(name), "") for name in headings)


def first_of_each(keys: Sequence[str]) -> dict[str, int]:
    """Map each field to the first column that holds it."""
    index: dict[str, int] = {}
    for at, key in enumerate(keys):
        if key:
            index.setdefault(key, at)
    return index


def sort_out(rows: list[list[str]], keys: Sequence[str]) -> tuple[list[int], bool, tuple[tuple[int, str], ...]]:
    """Tell entries from rows that only look like them.

    Gives the numbers of the rows that are entries, whether the ledger is a nil return, and the total rows set aside.
    Rows with nothing but a preprinted number are blank lines of the form. A row that says 无 among real entries is set
    aside like a total. A cell of blanks alone is blank.
    """
    kept: list[int] = []
    aside: list[tuple[int, str]] = []
    nils: list[tuple[int, str]] = []
    if not keys:  # in YAML an entry may have no fields at all
        return kept, False, ()
    if any(map(str.isspace, chain.from_iterable(rows))):  # a blank typed into a cell says as little as none
        rows = [["" if cell.isspace() else cell for cell in row] for row in rows]
    blanks = most_blanks(keys)
    if all(row[0] for row in rows) and max([row.count("") for row in rows], default=0) <= blanks:
        return list(range(len(rows))), False, ()  # as is the rule
    for number, row in enumerate(rows):
        filled = len(row) - row.count("")
        if (row[0] and len(row) - filled <= blanks) or (filled > 2 and filled * 4 > len(row)):
            kept.append(number)
            continue
        kind, word = _kind(row, keys)
        if kind == "entry":
            kept.append(number)
        elif kind != "blank":
            (nils if kind == "nil" else aside).append((number, word))
    if nils and not kept:
        return kept, True, tuple(aside)
    return kept, False, tuple(sorted(aside + nils))


def most_blanks(row: Sequence[str]) -> int:
    """Give the number of blank cells up to which a row of this width is nothing but an entry."""
    return min(len(row) - 3, (len(row) * 3 - 1) // 4)


def says_nothing(row: Sequence[str]) -> bool:
    """Tell whether a word that says there is nothing, as 无, is all that stands in a row."""
    said = [cell for cell in row if cell and not cell.isspace()]
    return len(said) == 1 and text.fold(said[0].strip()).rstrip("。.") in NIL_WORDS


def _kind(row: Sequence[str], keys: Sequence[str]) -> tuple[Literal["entry", "blank", "nil", "total"], str]:
    """Tell what a row with few cells is, and the word that tells it. A number or id alone says nothing by itself."""
    said = [(key, cell.strip()) for key, cell in zip(keys, row, strict=True) if cell]
    folded = [text.fold(word).rstrip("。.") for _, word in said]
    if any(word in NIL_WORDS for word in folded) and all(
        word in NIL_WORDS or word in FILLERS or key in ("number", "id")
        for (key, _), word in zip(said, folded, strict=True)
    ):
        return "nil", next(word for (_, word), plain in zip(said, folded, strict=True) if plain in NIL_WORDS)
    if said and "".join(folded[0].split()).rstrip(":：") in TOTAL_WORDS:
        return "total", said[0][1]
    if all(key == "number" for key, _ in said):
        return "blank", ""
    return "entry", ""
