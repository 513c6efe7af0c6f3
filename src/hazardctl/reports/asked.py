"""What a report is asked for, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from hazardctl.records import immutable

if TYPE_CHECKING:
    from hazardctl.statistics.table import Table


@immutable
class Asked:
    """The day, and what the report is about."""

    today: date
    period: str | None = None
    unit: str = ""
    engine: str = "local"  # where the units' files are gone through


@immutable
class Report:
    """Facts by name (plain JSON), tables by name for a writer to draw, and how many units were read."""

    facts: Mapping[str, Any]
    tables: Mapping[str, Table]
    units: int
