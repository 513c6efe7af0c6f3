"""Where the chain behind a cell ends here: at a hash of what another campaign froze, where it goes on."""

from __future__ import annotations

from hazardctl.i18n import t
from hazardctl.publishing import evidence
from hazardctl.publishing.evidence import Piece, Record
from hazardctl.records import immutable
from hazardctl.statistics.partial import Number, plus
from hazardctl.statistics.plan import Column
from hazardctl.statistics.table import Received, Row
from hazardctl.statistics.tree import OWN

KIND = "received"
"""The kind of a line that stands for what one unit adds by a file of partials."""


@immutable
class End:
    """What one file adds to a cell, over and under the line, and the command that goes on in the sender's campaign."""

    received: Received
    top: Number
    over: Number
    command: str


def ends(record: Record, row: Row, column: Column) -> tuple[End, ...]:
    """Name the files behind a cell, in the order of the tree."""
    found = evidence.behind(record, row.unit, column)
    sums: dict[str, list[Number]] = {}
    below: dict[str, dict[str, str]] = {}  # a file's units: what they are called here and there
    for at, pieces in enumerate((found.top, found.over)):
        for piece in pieces:
            if piece.line.kind == KIND:
                _add(sums.setdefault(piece.line.values["from"], [0, 0]), at, piece)
                below.setdefault(piece.line.values["from"], {})[piece.line.unit] = piece.line.id
    return tuple(
        End(
            one, evidence.tidy(sums[one.unit][0]), evidence.tidy(sums[one.unit][1]),
            _command(record, row, column, one, below[one.unit]),
        )
        for one in record.table.remarks.received
        if one.unit in sums
    )  # fmt: skip


def _add(sums: list[Number], at: int, piece: Piece) -> None:
    sums[at] = plus(sums[at], piece.adds)


def _command(record: Record, row: Row, column: Column, one: Received, below: dict[str, str]) -> str:
    there = _there(record, row, one, below)
    said = {"table": record.table.id, "row": there, "column": column.key, "period": record.table.period}
    return t("trace.onward", **said, basis="restated" if one.erratum else "frozen")


def _there(record: Record, row: Row, one: Received, below: dict[str, str]) -> str:
    """Name the row of the sender's table that holds what this row takes from it."""
    own = OWN if row.kind == "own" else ""
    reach = record.reach[row.unit]
    if reach.groups is not None and row.unit:  # a row by category, item or choice is the same one there
        return row.unit
    if row.unit.removesuffix(OWN) in below:
        return below[row.unit.removesuffix(OWN)] + own
    inside = reach.units is not None and one.unit not in reach.units
    return row.unit.rpartition(":")[2] if inside else "total"
