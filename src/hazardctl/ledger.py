"""A ledger (台账): one unit's entries as cells that know their place, and the field each column stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from hazardctl import text
from hazardctl.fields import heading

Place = tuple[int, int, str]  # line, column, the line's text

NIL_WORDS = frozenset({"无", "无隐患", "零报告", "本月无隐患", "当月无隐患", "本期无隐患", "未发现隐患", "无问题", "nil", "none"})
FILLERS = frozenset({"", "/", "\\", "—", "——", "-", "--", "无", "……", "…"})
TOTAL_WORDS = frozenset({"合计", "小计", "总计", "共计", "累计", "total", "subtotal"})


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries of one unit. `keys[i]` is the field of column i, empty where the heading is not known."""

    unit: str
    path: str
    format: Literal["csv", "yaml"]
    headings: tuple[str, ...]
    keys: tuple[str, ...]
    rows: list[list[str]]
    place: Callable[[int, int], Place]  # row, column → line, column, text; row -1 is the heading row
    nil: bool = False  # the unit says in so many words that it found nothing
    set_aside: tuple[tuple[int, str], ...] = ()  # rows that are no entries (totals): row number in the file, first word
    index: Mapping[str, int] = field(default_factory=dict)
    sha256: str = ""

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
    return tuple(known.get(heading(name), "") for name in headings)


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
    aside like a total.
    """
    idle = {at for at, key in enumerate(keys) if key in ("number", "id")}
    kept: list[int] = []
    aside: list[tuple[int, str]] = []
    nil = False
    for number, row in enumerate(rows):
        said = [cell for at, cell in enumerate(row) if at not in idle and cell and not cell.isspace()]
        if not said:
            if any(keys[at] == "id" and row[at].strip() for at in idle):
                kept.append(number)
            continue
        if len(said) <= 2 or len(said) * 4 <= len(row):
            words = [text.fold(cell.strip()) for cell in said]
            if _is_nil(words):
                nil = True
                aside.append((number, said[0].strip()))
                continue
            first = next(cell.strip() for cell in row if cell.strip())
            if "".join(text.fold(first).split()).rstrip(":：") in TOTAL_WORDS:
                aside.append((number, first))
                continue
        kept.append(number)
    if nil and not kept:
        return kept, True, tuple(pair for pair in aside if text.fold(pair[1]).rstrip("。.") not in NIL_WORDS)
    return kept, False, tuple(aside)


def _is_nil(words: Sequence[str]) -> bool:
    stripped = [word.rstrip("。.") for word in words]
    return any(word in NIL_WORDS for word in stripped) and all(word in NIL_WORDS or word in FILLERS for word in stripped)
