"""Tell the days of a reporting period (报告期): when returns are due, until when late ones are taken, when it locks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, Literal

from hazardctl import campaign, checklist, i18n, text
from hazardctl.campaign import Policies
from hazardctl.cells.terms import every
from hazardctl.checklist import Schedule
from hazardctl.errors import HazardError, UsageError
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.returns import periods, workdays
from hazardctl.returns.periods import Kind, Period
from hazardctl.returns.workdays import Calendar, UnpublishedYearError

Standing = Literal["early", "on_time", "late", "refused", "locked"]
MOST: Final = 36_600  # days that anything is put off: what somebody means by more of them is never
_KINDS: Final[dict[str, Kind]] = {
    "day": "day", "week": "week", "month": "month", "quarter": "quarter", "half-year": "half", "year": "year",
}  # fmt: skip


class UnpublishedError(HazardError):
    """A day has to be counted in working days of a year whose holidays nobody knows yet. Values: `period`, `year`."""

    key = "error.unpublished"


@immutable
class Clock:
    """A period and its days. Without `late_until` late returns are taken until it locks, without `locks_on` always."""

    period: Period
    due: date
    late_until: date | None = None
    locks_on: date | None = None
    provisional: bool = False  # counted on Mondays to Fridays, for want of a published calendar

    def standing(self, day: date) -> Standing:
        """Tell what becomes of a return that comes in on a day."""
        if day < self.period.start:
            return "early"
        if day <= self.due:
            return "on_time"
        if self.locks_on is not None and day >= self.locks_on:
            return "locked"
        return "late" if self.late_until is None or day <= self.late_until else "refused"


def read(opened: Opened, asked: str) -> Period:
    """Read a period to work on; raises UsageError, also for one of which no day belongs to the campaign."""
    period = parse(opened, asked)
    if not belongs(opened, period):
        opens, closes = _span(opened)
        days = {"starts": opens or "…", "ends": closes or "…"}
        raise UsageError(sentence=i18n.t("rollup.outside", period=asked, **days))
    return period


def parse(opened: Opened, asked: str) -> Period:
    """Read a period as people write it, wherever it lies; raises UsageError, which lists the campaign's own."""
    named = campaign.named(opened.campaign, opened.checklist)
    period = periods.parse(asked, named) or periods.parse(_labelled(opened, asked), named)
    if period is None:
        known = i18n.join(campaign.called(opened.campaign, opened.checklist, name) for name in named) or "—"
        raise UsageError(sentence=i18n.t("rollup.no_such_period", period=asked, known=known))
    return period


def _labelled(opened: Opened, asked: str) -> str:
    """Name the campaign's own period that is asked for by its label, in either language, or by what begins it."""
    wanted = text.fold(text.clean(asked))
    own = campaign.periods(opened.campaign, opened.checklist)
    labels = {one.id: [text.fold(text.clean(words)) for words in every(one.label)] for one in own}
    exact = [name for name, words in labels.items() if wanted in words]
    begun = exact or [name for name, words in labels.items() if wanted and any(w.startswith(wanted) for w in words)]
    return begun[0] if len(begun) == 1 else ""


def belongs(opened: Opened, period: Period) -> bool:
    """Tell whether a day of a period lies in the campaign; what the campaign names itself does."""
    opens, closes = _span(opened)
    outside = (opens and period.end < opens) or (closes and period.start > closes)
    return period.kind == "named" or not outside


def _span(opened: Opened) -> tuple[date | None, date | None]:
    """Give the campaign's first and last day, as far as they are known."""
    return opened.campaign.starts or opened.checklist.starts, opened.campaign.ends or opened.checklist.ends


def of(opened: Opened, period: Period, own: Calendar | None = None) -> Clock:
    """Give a period's days; `own` spares reading the campaign's calendar again. Raises UnpublishedError."""
    policies = opened.campaign.policies
    calendar = own or workdays.load(opened.workspace)[0]
    try:
        return _clock(opened, period, policies, calendar)
    except UnpublishedYearError as error:
        if policies.unpublished == "refuse":
            raise UnpublishedError(period=period.key, year=error.args[0]) from error
    lenient = Calendar(calendar.own, provisional=True)
    clock = _clock(opened, period, policies, lenient)
    return Clock(clock.period, clock.due, clock.late_until, clock.locks_on, provisional=True)


def current(opened: Opened, today: date) -> Period:
    """Give the period that the bureau is working on: of the kind `weekly_period` names, else what the campaign reports.

    That is the campaign's own period that is the next to be due (after the last one: the last), else the running
    period of its recurring report, else the ISO week. Before the campaign it is the first, afterwards the last one.
    """
    opens, closes = _span(opened)
    today = max(today, opens) if opens else today
    today = min(today, closes) if closes and (opens is None or opens <= closes) else today
    if kind := opened.campaign.policies.weekly_period:
        return periods.of(today, _KINDS[kind])
    named = campaign.named(opened.campaign, opened.checklist)
    if named:
        own = sorted(Period(first, last, name, "named") for name, (first, last) in named.items() if first <= last)
        coming = [period for period in own if period.start <= today <= period.end]
        past = [period for period in own if period.end < today]
        return min(coming or own[:1], key=_end) if coming or not past else max(past, key=_end)
    for schedule in campaign.schedules(opened.campaign, opened.checklist):
        if schedule.every and not schedule.uncertain:
            return periods.of(today, _KINDS[schedule.every])
    return periods.of(today, "week")


def _end(period: Period) -> date:
    return period.end


def _clock(opened: Opened, period: Period, policies: Policies, calendar: Calendar) -> Clock:
    own = _named(opened, period)
    schedule = None if own else _schedule(opened, period)
    counted = _counter(calendar, working=schedule is not None and schedule.workdays)
    due = (own.due or own.to if own else None) or (_due(schedule, period, counted) if schedule else period.end)
    due = _moved(due, policies, calendar)
    late_days, lock_days = policies.late_days, policies.lock_days
    if schedule is not None:
        late_days = late_days if schedule.late_days is None else schedule.late_days
        lock_days = lock_days if schedule.lock_days is None else schedule.lock_days
    late = (own.late_until if own else None) or (None if late_days is None else counted(due, late_days))
    locks = (own.locks_on if own else None) or (None if lock_days is None else counted(due, lock_days))
    return Clock(period, due, late, locks)


def _named(opened: Opened, period: Period) -> checklist.Period | None:
    if period.kind != "named":
        return None
    own = campaign.periods(opened.campaign, opened.checklist)
    return next((one for one in own if one.id == period.key), None)


def _schedule(opened: Opened, period: Period) -> Schedule | None:
    """Find the recurring report a period belongs to: of its kind, or one on fixed days that it is called after."""
    for schedule in campaign.schedules(opened.campaign, opened.checklist):
        if period.kind == "named":
            if period.key == f"{schedule.id}-{period.end.isoformat()}":
                return schedule
        elif schedule.every and _KINDS[schedule.every] == period.kind and not schedule.uncertain:
            return schedule
    return None


def _due(schedule: Schedule, period: Period, counted: Callable[[date, int], date]) -> date:
    if schedule.after is not None:
        return counted(period.end, schedule.after)
    if schedule.day is None or period.kind == "named":
        return period.end
    return min(period.start + timedelta(days=max(schedule.day, 1) - 1), period.end)


def _counter(calendar: Calendar, *, working: bool) -> Callable[[date, int], date]:
    def counted(day: date, number: int) -> date:
        number = max(-MOST, min(number, MOST))
        try:
            return calendar.after(day, number) if working else day + timedelta(days=number)
        except OverflowError:  # no calendar goes so far
            return date.max if number > 0 else date.min

    return counted


def _moved(day: date, policies: Policies, calendar: Calendar) -> date:
    """Move a due day that is a day off, where the bureau says so."""
    step = {"keep": 0, "before": -1, "after": 1}[policies.rest_days]
    while step and not calendar.is_workday(day):
        day += timedelta(days=step)
    return day
