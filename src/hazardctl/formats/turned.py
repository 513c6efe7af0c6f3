"""Columns turned into rows, put together when somebody asks, which hardly anybody does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload


class Turned(Sequence[list[str]]):
    """Some rows of a table that is kept by column."""

    def __init__(self, columns: Sequence[Sequence[str]], rows: range | None = None) -> None:
        self._columns = columns
        self._rows = range(len(columns[0])) if rows is None else rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> list[str]: ...
    @overload
    def __getitem__(self, at: slice) -> Turned: ...
    def __getitem__(self, at: int | slice) -> list[str] | Turned:
        """Give a row, or some."""
        if isinstance(at, slice):
            return Turned(self._columns, self._rows[at])
        row = self._rows[at]
        return [column[row] for column in self._columns]

    def __iter__(self) -> Iterator[list[str]]:
        rows = self._rows
        if rows.step != 1:
            return map(self.__getitem__, range(len(rows)))
        return map(list, zip(*[column[rows.start : rows.stop] for column in self._columns], strict=True))
