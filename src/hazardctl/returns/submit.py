"""Send a unit's return for a period: what is written is never rewritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from hazardctl import i18n, load
from hazardctl.check import check_unit
from hazardctl.errors import HazardError, UsageError
from hazardctl.files import store
from hazardctl.findings import Finding, Severity
from hazardctl.journals import journal, noticing
from hazardctl.journals.losses import digest
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.returns import clock, returned, signed
from hazardctl.returns.clock import Clock
from hazardctl.returns.decide import OddListError
from hazardctl.returns.doubles import doubles
from hazardctl.returns.periods import Period
from hazardctl.returns.reasons import excused, is_hollow
from hazardctl.returns.returned import Answer, Return
from hazardctl.rules.returns import found_in, later_than

_OF_RETURNS = "P"  # findings about earlier returns: they are mended by sending, so they do not stand against it


class RefusedError(HazardError):
    """A return is not taken. Values: `sentence`."""

    key = "submit.refused"
    exit_code = 1

    def __init__(self, findings: Sequence[Finding] = (), **values: Any) -> None:
        super().__init__(**values)
        self.findings = list(findings)


class TooLateError(RefusedError):
    """A return comes after the last day for late ones. Values: `sentence`, `id`, `period`."""

    key = "submit.refused_late"


class PeriodLockedError(HazardError):
    """A period is locked, or its return has been accepted. Values: `sentence`, `id`, `period`."""

    key = "submit.locked"


@immutable
class Order:
    """What is asked of `submit`, beside the unit and the period."""

    nil: bool = False
    by: str = ""
    reason: str = ""
    override: str = ""
    answers: tuple[str, ...] = ()  # CODE:ENTRY=reason
    key: Path | None = None  # with which the return is signed
    ask: bool = False  # a person is there to be asked for the key's passphrase


@immutable
class Done:
    """What came of it: the return that counts now, and what is to be said of it."""

    sent: Return
    clock: Clock
    standing: str  # on_time, late, reopened
    repeated: bool  # it had been sent before, and nothing was written
    unanswered: tuple[Finding, ...] = ()
    hollow: tuple[str, ...] = ()  # reasons that say nothing
    twice: tuple[Finding, ...] = ()  # entries that another unit's ledger has as well, and is told to mend
    signed: tuple[str, ...] = ()  # the manifest and its signature, where it was signed now


@immutable
class _Now:
    """A unit's files at the moment of sending."""

    unit: str
    ledger: Ledger | None
    later: frozenset[int]  # rows of the ledger that were found after the period
    figures: str
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    twice: tuple[Finding, ...]


def submit(opened: Opened, unit: str, asked: str, order: Order, *, today: date) -> Done:
    """Send a unit's return for a period; sending the same again changes nothing.

    With a key it is signed, one that was sent before without a signature too. Errors: UsageError, RefusedError,
    PeriodLockedError, clock.UnpublishedError, OddListError, those of signed.sign and of the store.
    """
    period = clock.read(opened, asked)
    days = clock.of(opened, period)
    _is_asked(opened, unit, period)
    path = store.inside(opened.workspace.root, returned.file_of(opened.workspace, unit))
    noticing.notice(opened, [unit], by=order.by, command="submit")
    store.make_folder(path.parent)
    with store.lock(path):
        before = store.read(path)
        now = _now(opened, unit, period, today)
        sent, listed = returned.of_unit(opened.workspace, unit)
        if listed.findings:
            raise RefusedError(listed.findings, sentence=i18n.t("submit.unreadable", path=listed.path))
        last = next(iter(reversed(returned.for_period(sent, period, opened))), None)
        answers, unanswered = _answered(now, order, sent)
        new = _made(now, period, order, answers, last, opened)
        if last is not None and last.content == new.content:
            names = _signed(opened, last, order)
            return Done(last, days, _timely(days, last.at or today), repeated=True, unanswered=unanswered,
                        twice=now.twice, signed=names)  # fmt: skip
        standing = _admitted(opened, now, days, last, today)
        _sound(opened, now, order, unanswered)
        if last is not None and not order.reason:
            raise RefusedError(sentence=i18n.t("submit.needs_reason", number=last.number, period=period.key))
        new = replace(new, at=today, signed="yes" if order.key else "")
        data = returned.added(listed, _item(opened, new, now, days, standing, today))
        if data is None:
            raise OddListError(path=listed.path)
        names = _signed(opened, new, order)
        store.write(path, data, expected=before)
    reasons = (order.reason, order.override, *(one.reason for one in answers))
    return Done(new, days, standing, repeated=False, unanswered=unanswered,
                hollow=tuple(words for words in reasons if words and is_hollow(words)), twice=now.twice,
                signed=names)  # fmt: skip


def _signed(opened: Opened, sent: Return, order: Order) -> tuple[str, ...]:
    """Sign a return where that is asked and not done yet, before the list has it: what says it is signed is signed."""
    if order.key is None or (not sent.signed and signed.verify(opened, sent).state == "good"):
        return ()
    return signed.sign(opened, sent, order.key, ask=order.ask)


def _is_asked(opened: Opened, unit: str, period: Period) -> None:
    """Make sure the unit reports at all in the period."""
    known = opened.units.units[unit]
    if not known.open_on(period.start, period.end):
        raise RefusedError(sentence=i18n.t("submit.not_required", unit=known.name, period=period.key))
    if not opened.units.is_leaf(unit) and not opened.workspace.ledgers(unit):
        raise RefusedError(sentence=i18n.t("submit.no_ledger_of_its_own", unit=known.name))


def _now(opened: Opened, unit: str, period: Period, today: date) -> _Now:
    """Read and check a unit's files. Of a hazard in two ledgers, the one that a whole check complains of is wrong."""
    ledger, _ = load.load_ledger(opened.workspace, unit, opened.terms)
    found = [one for one in check_unit(opened, unit, today, period).findings if not one.code.startswith(_OF_RETURNS)]
    across = doubles(opened, ledger, today) if ledger is not None and ledger.rows else []
    found += [one for one in across if one.unit == unit]
    return _Now(
        unit, ledger, later_than(opened, ledger, period.end) if ledger else frozenset(),
        digest(opened.workspace.unit(unit) / "figures.csv"),
        tuple(one for one in found if one.severity is Severity.ERROR),
        tuple(one for one in found if one.severity is Severity.WARNING),
        tuple(one for one in across if one.unit != unit),
    )  # fmt: skip


def _made(  # noqa: PLR0917 -- everything a return is made of
    now: _Now, period: Period, order: Order, answers: tuple[Answer, ...], last: Return | None, opened: Opened
) -> Return:
    ledger = now.ledger
    rows = len(ledger.rows) - len(now.later) if ledger else 0
    state = returned.NIL if order.nil or (ledger is not None and ledger.nil) else returned.ENTRIES
    if state == returned.ENTRIES and not rows and not now.errors:
        told = {"unit": opened.units.units[now.unit].name, "period": period.key}
        raise RefusedError(sentence=i18n.t("submit.only_later" if now.later else "submit.empty", **told))
    if order.nil and ledger is not None and rows:
        dated = "found_on" in opened.terms.by_key and "found_on" in ledger.index
        found = found_in(opened, ledger, period) if dated else rows
        if found:
            raise RefusedError(sentence=i18n.t("submit.not_nil", count=found, period=period.key))
    number = last.number + 1 if last else 1
    return Return(
        now.unit, period.key, number, state, rows, ledger.sha256 if ledger else "", order.by, None, now.figures,
        str(last.number) if last else "", order.reason, order.override, answers, later=len(now.later),
    )  # fmt: skip


def _admitted(opened: Opened, now: _Now, days: Clock, last: Return | None, today: date) -> str:
    """Tell how a return comes in today: on time, late, or by an exception; raises where it does not."""
    period = days.period.key
    told = {"unit": opened.units.units[now.unit].name, "period": period}
    granted = [one for one in returned.grants(opened, days.period) if one.unit == now.unit]
    live = [one for one in granted if one.until is not None and today <= one.until]
    standing = days.standing(today)
    if standing == "early":
        raise RefusedError(sentence=i18n.t("submit.early", starts=days.period.start, **told))
    superior = opened.units.units[now.unit].parent
    given = returned.acceptances(opened, superior if superior in opened.units.units else "")
    if returned.is_accepted(last, given, granted):
        raise PeriodLockedError(
            sentence=i18n.t("submit.accepted", number=last.number if last else 0, **told), id=now.unit, period=period
        )
    if standing in ("on_time", "late"):
        return standing
    if live:
        return "reopened"
    if standing == "locked":
        sentence = i18n.t("submit.locked_since", since=days.locks_on, **told)
        raise PeriodLockedError(sentence=sentence, id=now.unit, period=period)
    raise TooLateError(
        sentence=i18n.t("submit.too_late", due=days.due, until=days.late_until, **told), id=now.unit, period=period
    )


def _timely(days: Clock, day: date) -> str:
    standing = days.standing(day)
    return standing if standing in ("on_time", "late") else "reopened"


def _sound(opened: Opened, now: _Now, order: Order, unanswered: Sequence[Finding]) -> None:
    """Make sure the checks have nothing against it, or that somebody has said why it goes all the same."""
    if now.errors and not order.override.strip():
        raise RefusedError(now.errors, sentence=i18n.t("submit.errors", count=len(now.errors)))
    if unanswered and opened.campaign.policies.warnings == "answer":
        raise RefusedError(unanswered, sentence=i18n.t("submit.unanswered", count=len(unanswered)))


def _answered(now: _Now, order: Order, sent: Sequence[Return]) -> tuple[tuple[Answer, ...], tuple[Finding, ...]]:
    """Match answers with warnings: those given now, else those given before about the very same value."""
    given = dict(map(_split, order.answers))
    standing = {(one.code, one.entry) for one in now.warnings}
    strangers = [f"{code}:{entry}" for code, entry in given if (code, entry) not in standing]
    if strangers:
        known = i18n.join(sorted(f"{code}:{entry}" for code, entry in standing)) or "—"
        raise UsageError(sentence=i18n.t("submit.no_such_warning", given=i18n.join(strangers), known=known))
    before = {(one.code, one.entry, one.field, one.value): one for each in sent for one in each.answers}
    answers, unanswered = [], []
    for one in now.warnings:
        reason = given.get((one.code, one.entry))
        earlier = before.get((one.code, one.entry, one.field, excused(one)))
        if reason:
            answers.append(Answer(one.code, one.entry, one.field, excused(one), reason))
        elif earlier:
            answers.append(earlier)
        else:
            unanswered.append(one)
    return tuple(answers), tuple(unanswered)


def _split(word: str) -> tuple[tuple[str, str], str]:
    place, equals, reason = word.partition("=")
    code, _, entry = place.strip().partition(":")
    if not equals or not reason.strip():
        raise UsageError(sentence=i18n.t("submit.no_answer", given=word))
    return (code.strip().upper(), entry.strip()), reason.strip()


def _item(  # noqa: PLR0917 -- everything a return is made of
    opened: Opened, new: Return, now: _Now, days: Clock, standing: str, today: date
) -> Mapping[str, Any]:
    """Give a return as the file holds it, without what it leaves empty."""
    heads = {end.writer: journal.stamp(end.last) for end in journal.tails(opened.workspace.unit(new.unit)) if end.last}
    told = {
        "period": new.period, "number": new.number, "state": new.state, "rows": new.rows,
        "later": new.later or "", "sha256": new.sha256, "figures": new.figures, "counts": _counts(opened, now),
        "by": new.by, "at": today.isoformat(), "signed": new.signed,
        "due": days.due.isoformat(), "arrived": standing, "checklist": opened.campaign.checklist, "journal": heads,
        "supersedes": new.supersedes, "reason": new.reason, "override": new.override,
        "errors": len(now.errors) or "", "warnings": len(now.warnings) or "",
        "answers": [
            {"code": one.code, "entry": one.entry, "field": one.field, "value": one.value, "reason": one.reason}
            for one in new.answers
        ],
    }  # fmt: skip
    return {key: value for key, value in told.items() if value not in ("", {}, [], None)}


def _counts(opened: Opened, now: _Now) -> dict[str, int]:
    """Count by status the entries that the period's table counts; those whose status cannot be read come last."""
    if now.ledger is None or "status" not in opened.terms.by_key:
        return {}
    counts = dict.fromkeys((*opened.checklist.statuses, "unread"), 0)
    for row, raw in enumerate(now.ledger.column("status") or ()):
        if row not in now.later:
            value = opened.terms.read("status", raw).value
            counts[value if value in counts else "unread"] += 1
    return {key: count for key, count in counts.items() if count}
