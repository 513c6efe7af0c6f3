"""A campaign (专项活动): one drive, one folder, one `campaign.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Day
from typing import Any, ClassVar, Literal

from hazardctl.checklist import Checklist, Period, Schedule, Stage
from hazardctl.texts import STRICT, Text


@dataclass(frozen=True, slots=True)
class Policies:
    """What the bureau decides once: how things are written, counted and refused."""

    __pydantic_config__: ClassVar[Any] = STRICT
    category_as: Literal["code", "numeral", "title"] = "code"  # how a category is written in ledgers and forms
    ledger_format: Literal["csv", "yaml"] = "csv"  # what `scaffold` makes
    zero: Literal["blank", "0", "100"] | None = None  # what a zero denominator prints, where the table leaves it open
    suppress_below: int = 5  # counts of the person register below this leave the bureau as "<5"


@dataclass(frozen=True, slots=True)
class Campaign:
    """What `campaign.yaml` says."""

    __pydantic_config__: ClassVar[Any] = STRICT
    name: Text
    checklist: str  # id@version
    checklist_sha256: str = ""
    starts: Day | None = None
    ends: Day | None = None
    locale: Literal["zh", "en"] = "zh"
    stages: tuple[Stage, ...] = ()
    periods: tuple[Period, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    policies: Policies = field(default_factory=Policies)
    note: Text = ""


def years(campaign: Campaign, checklist: Checklist) -> tuple[int, ...]:
    """Give the years the campaign runs in: a date without a year can only mean one of them."""
    starts = campaign.starts or checklist.starts
    ends = campaign.ends or checklist.ends or starts
    if starts is None or ends is None:
        return ()
    return tuple(range(starts.year, ends.year + 1))


def periods(campaign: Campaign, checklist: Checklist) -> tuple[Period, ...]:
    """Give the named reporting periods: the campaign's own, else the checklist's."""
    return campaign.periods or checklist.periods


def named(campaign: Campaign, checklist: Checklist) -> Mapping[str, tuple[Day, Day]]:
    """Give the first and last day of each named period that has them; a period that only ends began with the campaign."""
    begins = campaign.starts or checklist.starts
    days = {period.id: (period.from_ or begins, period.to or period.due) for period in periods(campaign, checklist)}
    return {name: (first, last) for name, (first, last) in days.items() if first and last}
