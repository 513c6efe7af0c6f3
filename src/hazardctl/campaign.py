"""A campaign (专项活动): one drive, one folder, one `campaign.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date as Day  # noqa: N812 -- a field may be called `date`
from datetime import timedelta
from typing import Any, ClassVar, Literal

from hazardctl import i18n
from hazardctl.checklist import Checklist, Period, Schedule, Stage
from hazardctl.records import immutable
from hazardctl.texts import STRICT, Record, Text


@immutable
class Policies(Record):
    """What the bureau decides once: how things are written, counted and refused."""

    __pydantic_config__: ClassVar[Any] = STRICT
    category_as: Literal["code", "numeral", "title"] = "code"  # how a category is written in ledgers and forms
    ledger_format: Literal["csv", "yaml"] = "csv"  # what `scaffold` makes
    zero: Literal["blank", "0", "100"] | None = None  # what a zero denominator prints, where the table leaves it open
    suppress_below: int = 5  # counts of the person register below this leave the bureau as "<5"
    late_days: int | None = None  # so many days after the due day a return is accepted, as late; then it is refused
    lock_days: int | None = None  # so many days after the due day a period is locked
    rest_days: Literal["keep", "before", "after"] = (
        "keep"  # a due day on a day off moves to the working day before, after
    )
    unpublished: Literal["refuse", "provisional"] = "refuse"  # working days of a year whose holidays are not known yet
    warnings: Literal["allow", "answer"] = "allow"  # whether a return may leave warnings of the checks unanswered
    weekly_period: Literal["day", "week", "month", "quarter", "half-year", "year"] | None = (
        None  # what `weekly` is about
    )
    weekly_freeze: bool = False  # `weekly` freezes a period once it is locked


@immutable
class Campaign(Record):
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


def label(campaign: Campaign, checklist: Checklist, period: str) -> Text:
    """Give a named period's label in every language it has one in: 附件3报送; blank where it has none."""
    return next((one.label for one in periods(campaign, checklist) if one.id == period and one.label), "")


def called(campaign: Campaign, checklist: Checklist, period: str) -> str:
    """Call a period by its label, its name in brackets, in the language in force: 附件3报送（annex3）."""
    words = i18n.pick(label(campaign, checklist, period))
    return i18n.aside(words, period) if words else period


def named(campaign: Campaign, checklist: Checklist) -> Mapping[str, tuple[Day, Day]]:
    """Give the first and last day of each named period that has them; a period that only ends began with the campaign.

    A report on fixed days has a period for each of them, called `statistics-2022-06-30` after its id and its day.
    """
    begins = campaign.starts or checklist.starts
    days = {period.id: (period.from_ or begins, period.to or period.due) for period in periods(campaign, checklist)}
    own = {name: (first, last) for name, (first, last) in days.items() if first and last}
    return {**_fixed(campaign, checklist, begins), **own}


def schedules(campaign: Campaign, checklist: Checklist) -> tuple[Schedule, ...]:
    """Give the recurring reports: the campaign's own, else the checklist's."""
    return campaign.schedules or checklist.schedules


def _fixed(campaign: Campaign, checklist: Checklist, begins: Day | None) -> Mapping[str, tuple[Day, Day]]:
    """Cut the campaign at the fixed days of each recurring report; what lies between two belongs to the later one."""
    found: dict[str, tuple[Day, Day]] = {}
    ends = campaign.ends or checklist.ends
    for schedule in schedules(campaign, checklist):
        first = begins
        for day in sorted(_days(schedule.on, years(campaign, checklist))):
            if (begins is None or day >= begins) and (ends is None or day <= ends):
                found[f"{schedule.id}-{day.isoformat()}"] = (first or Day(day.year, 1, 1), day)
                first = day + timedelta(days=1) if day < Day.max else day
    return found


def _days(on: tuple[str, ...], within: tuple[int, ...]) -> set[Day]:
    """Give the days that `MM-DD` or `YYYY-MM-DD` stand for; one that a year does not have is left out."""
    written = {
        day if len(day) == 10 else f"{year:04}-{day}" for day in on for year in ((0,) if len(day) == 10 else within)
    }
    return {day for text in written if (day := _day(text))}


def _day(text: str) -> Day | None:
    try:
        return Day.fromisoformat(text)
    except ValueError:
        return None
