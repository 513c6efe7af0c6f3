"""What a report is asked for, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hazardctl.statistics.table import Table


@dataclass(frozen=True, slots=True)
class Asked:
    """The day, and what the report is about."""

    today: date
    period: str | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Facts by name (plain JSON), tables by name for a writer to draw, and how many units were read."""

    facts: Mapping[str, Any]
    tables: Mapping[str, Table]
    units: int
