"""The rows of a table by their columns: of very many units they are added up and printed so, and none is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hazardctl.records import Columnar, many
from hazardctl.statistics.partial import Number
from hazardctl.statistics.table import Row, RowKind
from hazardctl.texts import Text

Figures = Mapping[str, Sequence[Number | None]]


class Rows(Columnar[Row]):
    """Rows given by their columns, and the figures by the key of each column of the table."""

    def __init__(  # noqa: PLR0917 -- the fields of a row, in their order
        self, units: Sequence[str], names: Sequence[Text], levels: Sequence[int], kinds: Sequence[RowKind],
        states: Sequence[str], figures: Figures, sums: Sequence[Mapping[str, int]], codes: Sequence[str],
        of: Sequence[str],
    ) -> None:  # fmt: skip
        self.units, self.names, self.levels, self.kinds, self.states = units, names, levels, kinds, states
        self.figures, self.sums, self.codes, self.of = figures, sums, codes, of

    def _records(self) -> Sequence[Row]:
        columns = zip(*self.figures.values(), strict=True) if self.figures else [()] * len(self)
        values = [dict(zip(self.figures, row, strict=True)) for row in columns]
        return many(
            Row, self.units, self.names, self.levels, self.kinds, self.states, values, self.sums, self.codes, self.of
        )

    def __len__(self) -> int:
        return len(self.units)


def rows_of(rows: Sequence[Row], keys: Iterable[str]) -> Rows:
    """Give rows by their columns, and of their figures those of some columns."""
    if isinstance(rows, Rows):
        return rows
    return Rows(
        [row.unit for row in rows], [row.name for row in rows], [row.level for row in rows],
        [row.kind for row in rows], [row.state for row in rows],
        {key: [row.values[key] for row in rows] for key in keys},
        [row.states for row in rows], [row.code for row in rows], [row.of for row in rows],
    )  # fmt: skip
