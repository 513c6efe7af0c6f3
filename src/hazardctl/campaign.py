"""A campaign (专项活动): one drive, one folder, one `campaign.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Day
from typing import Any, ClassVar, Literal

from hazardctl.checklist import STRICT, Checklist, Period, Schedule, Stage, Text


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
