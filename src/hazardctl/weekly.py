"""Do the week's work in one go: check, who has reported, tables, reports, and the freeze where it is configured.

Made for cron: one summary, one exit code, and a lock against a second run. Running it twice on a day writes nothing
twice: the same input and day give the same bytes, and a file that is the same is left alone.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from math import inf
from pathlib import Path

from hazardctl import campaign, check, i18n, report, reporters, rollup
from hazardctl.errors import HazardError
from hazardctl.files import store
from hazardctl.findings import summary
from hazardctl.journals import noticing
from hazardctl.load import Opened
from hazardctl.publishing import history
from hazardctl.records import immutable
from hazardctl.reports.asked import Asked
from hazardctl.returns import clock, periods, status
from hazardctl.returns.periods import Period
from hazardctl.rules import tabled
from hazardctl.statistics import printed
from hazardctl.templating import Form
from hazardctl.units import unsafe_id
from hazardctl.writers import named

REPORT = "weekly"
FORMS: tuple[Form, ...] = ("md", "html")
MOST = 20  # contradictions that are said; `rollup` says them all
_FREEZE = "hazardctl.publishing.freeze"


@immutable
class Step:
    """One part of the work: what came of it, and its exit code."""

    name: str
    key: str = ""  # of the catalogue; empty where there was nothing to do
    values: Mapping[str, object] = field(default_factory=dict)
    code: int = 0
    error: HazardError | None = None

    @property
    def said(self) -> str:
        """Say what came of it, in the language in force."""
        told = {key: i18n.join(value) if isinstance(value, tuple) else value for key, value in self.values.items()}
        return str(self.error) if self.error else i18n.t(self.key, **told) if self.key else ""


@immutable
class Done:
    """The week's work: the period it was about, its steps, and the files that changed."""

    period: Period
    steps: tuple[Step, ...]
    written: tuple[str, ...]

    @property
    def code(self) -> int:
        """Give the one exit code: the gravest of all steps."""
        return max((step.code for step in self.steps), default=0)


@dataclass(slots=True)
class _Work:
    """What the steps share; it collects the names of the files that changed."""

    opened: Opened
    period: Period
    today: date
    by: str
    engine: str
    written: list[str]

    def write(self, name: str, data: bytes) -> None:
        """Write a file of the period's folder, unless it says the same already."""
        path = store.inside(self.opened.workspace.root, folder(self.opened, self.period) / name)
        store.make_folder(path.parent)
        before = store.read(path)
        store.update(path, lambda _: data)
        if before.data != data:
            self.written.append(self.opened.workspace.name(path))


def folder(opened: Opened, period: Period) -> Path:
    """Give the folder the week's files go to."""
    return opened.workspace.root / "reports" / period.key


def weekly(opened: Opened, today: date, asked: str = "", *, by: str = "", engine: str = "local") -> Done:
    """Do the week's work for a period, by default the one the bureau is working on.

    The engine goes through the units' files; a freeze, where there is one, is counted here. What stands in the way of
    one step is told there, and the others are done. Errors: UsageError, Locked.
    """
    period = clock.read(opened, asked) if asked else clock.current(opened, today)
    work = _Work(opened, period, today, by, engine, [])
    store.make_folder(opened.workspace.root / "reports")
    with store.lock(opened.workspace.root / "reports" / REPORT, wait=0), _campaigns_language(opened):
        steps = tuple(_done(name, step, work) for name, step in _STEPS)
    return Done(period, tuple(step for step in steps if step.key or step.error), tuple(work.written))


@contextmanager
def _campaigns_language(opened: Opened) -> Iterator[None]:
    """Write what is written in the campaign's language, whatever the machine's is: cron's is another than a clerk's."""
    before = i18n.language()
    i18n.use(opened.campaign.locale)
    try:
        yield
    finally:
        i18n.use(before)


def _done(name: str, step: Callable[[_Work], Step], work: _Work) -> Step:
    try:
        return step(work)
    except HazardError as error:
        return Step(name, code=error.exit_code, error=error)


def _check(work: _Work) -> Step:
    checked = check.check(work.opened, work.today, engine=work.engine)
    news = [result.unit for result in checked.results if result.news]
    noticing.notice(work.opened, news, by=work.by, command=REPORT, most=inf)
    work.write("findings.csv", reporters.reporter("csv")(checked).encode())
    counts = summary(checked.findings)
    return Step("check", "weekly.checked", counts, int(counts["error"] > 0))


def _status(work: _Work) -> Step:
    found = status.status(work.opened, work.period, work.today, engine=work.engine)
    work.write("status.csv", status.as_csv(found))
    rate = found.total.rate("received")
    total, shown = found.total, "—" if rate is None else f"{rate}%"
    told = {"expected": total.expected, "received": total.received, "missing": total.missing}
    return Step("status", "weekly.reported", {**told, "rate": shown, "due": found.clock.due}, int(found.overdue))


def _tables(work: _Work) -> Step:
    opened, code, names, against = work.opened, 0, list[str](), list[str]()
    for table in opened.checklist.tables:
        if unsafe_id(table.id):
            continue
        asked = rollup.prepare(opened, table.id, work.period.key)
        rolled = rollup.rolled(opened, asked, today=work.today, engine=work.engine)
        rolled = history.judged(opened, asked, rolled, work.today)
        locale = opened.campaign.locale
        drawn = named("csv").file(printed.document(rolled, locale, locale, work.today.isoformat()))
        work.write(f"{table.id}.csv", drawn)
        code = max(code, rolled.exit_code)
        names.append(table.id)
        against += [f"{table.id}: {tabled.sentence(rolled, one, locale)}" for one in rolled.against]
    if against:
        values = {"tables": tuple(names), "count": len(against), "against": "\n  ".join(against[:MOST])}
        return Step("tables", "weekly.rolled_against", values, code)
    return Step("tables", "weekly.rolled" if names else "", {"tables": tuple(names)}, code)


def _reports(work: _Work) -> Step:
    gathered = None
    for form in FORMS:
        asked = Asked(work.today, work.period.key, engine=work.engine)
        words, gathered = report.render(work.opened, REPORT, form, asked, gathered)
        work.write(f"{REPORT}.{form}", words.encode())
    return Step("reports", "weekly.written", {"files": tuple(f"{REPORT}.{form}" for form in FORMS)})


def _freeze(work: _Work) -> Step:
    """Freeze what is locked and has not been frozen, once; only where campaign.yaml says so.

    One period that cannot be frozen does not keep the others from it: what stands in its way is told.
    """
    opened = work.opened
    if not opened.campaign.policies.weekly_freeze or importlib.util.find_spec(_FREEZE) is None:
        return Step("freeze")
    frozen: list[str] = []
    refused: list[HazardError] = []
    for period in _unfrozen(work):
        if clock.of(opened, period).standing(work.today) != "locked":
            continue
        try:
            importlib.import_module(_FREEZE).freeze(opened, period.key, today=work.today, by=work.by)
        except HazardError as error:
            refused.append(error)
        else:
            work.written.append(f"periods/{period.key}")
            frozen.append(period.key)
    if refused:
        said = "\n".join([*frozen, *map(str, refused)])
        return Step("freeze", "weekly.refused", {"said": said}, max(error.exit_code for error in refused))
    if not frozen and clock.of(opened, work.period).locks_on is None:
        return Step("freeze", "weekly.never_locks", {"period": work.period.key}, 1)
    return Step("freeze", "weekly.froze" if frozen else "", {"periods": tuple(frozen)})


def _unfrozen(work: _Work) -> list[Period]:
    """Give the periods that may have to be frozen, the oldest first.

    They are the one the work is about, those before it up to the latest that is locked, and all since the first frozen
    one: a job that did not run for some weeks makes up for them. Where none has been frozen, what is long past stays as
    it is.
    """
    opened, named = work.opened, campaign.named(work.opened.campaign, work.opened.checklist)
    frozen = {path.parent.name for path in (opened.workspace.root / "periods").glob("*/manifest.json")}
    kind = work.period.kind
    ahead = {one for one in (periods.parse(key, named) for key in frozen) if one and one.kind == kind}
    found: list[Period] = []
    period: Period | None = work.period
    while period is not None and clock.belongs(opened, period):
        ahead = {one for one in ahead if one < period}
        found += [period] if period.key not in frozen else []
        days = clock.of(opened, period)
        if not ahead and period is not work.period and (days.locks_on is None or days.locks_on <= work.today):
            break
        period = periods.previous(period, named)
    return found[::-1]


_STEPS: tuple[tuple[str, Callable[[_Work], Step]], ...] = (
    ("check", _check),
    ("status", _status),
    ("tables", _tables),
    ("reports", _reports),
    ("freeze", _freeze),
)
