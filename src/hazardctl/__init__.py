"""Official hazard-campaign work on plain files.

The verbs of the command line, for Python::

    import hazardctl

    campaign = hazardctl.load("campaign-2022")
    findings = hazardctl.check(campaign).findings
    table = hazardctl.roll_up(campaign, "annex3", period="2022-08")
    frame = table.frame()                      # a pandas DataFrame
    page = hazardctl.render(campaign, "weekly", form="html")
    merged = hazardctl.merge(base, ours, theirs, "ledger.csv")

`load`, `check` and `merge` are modules as well: calling one calls the verb it is named after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from hazardctl.load import Opened
    from hazardctl.statistics.table import Table
    from hazardctl.templating import Form

__all__ = ["render", "roll_up"]


def __getattr__(name: str) -> Any:
    """Load a verb when it is first asked for."""
    if name not in ("load", "check", "merge"):
        raise AttributeError(name)
    from importlib import import_module

    return import_module(f"hazardctl.{name}")


def roll_up(
    campaign: Opened,
    table: str | None = None,
    *,
    period: str | None = None,
    level: int | None = None,
    unit: str | None = None,
    today: date | None = None,
) -> Table:
    """Add units up into a statistics table of the campaign's checklist; `.frame()` gives a pandas DataFrame."""
    from hazardctl import rollup, verbs

    return rollup.roll_up(campaign, table, period, level, unit, today=verbs.day(today))


def render(
    campaign: Opened,
    name: str,
    *,
    form: Form = "md",
    unit: str = "",
    period: str | None = None,
    today: date | None = None,
) -> str:
    """Write a report as Markdown or HTML from its template."""
    from hazardctl import report, verbs
    from hazardctl.reports.asked import Asked

    return report.render(campaign, name, form, Asked(verbs.day(today), period, unit))[0]
