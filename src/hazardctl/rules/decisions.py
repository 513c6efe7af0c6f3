"""Decisions: who may send a return after all (exceptions.yaml), and which returns were accepted (accepted.yaml).

P121: A decision leaves something out.

    An exception says for which unit, until when, why, and who gave it; an acceptance which return of which unit was
    accepted, for which period, and by whom.

    Fails::

        # periods/2022-08/exceptions.yaml
        - {unit: a, until: 2022-12-05, by: 王五, at: 2022-09-01}

    Passes::

        # periods/2022-08/exceptions.yaml
        - {unit: a, until: 2022-12-05, reason: 停电两天, by: 王五, at: 2022-09-01}

P122: A decision is about a unit that is not in the list.

    Fails::

        # periods/2022-08/exceptions.yaml
        - {unit: z, until: 2022-12-05, reason: 停电两天, by: 王五, at: 2022-09-01}

    Passes::

        # periods/2022-08/exceptions.yaml
        - {unit: b, until: 2022-12-05, reason: 停电两天, by: 王五, at: 2022-09-01}

P123: A decision is about a period that does not exist.

    Fails::

        # periods/accepted.yaml
        - {unit: a, period: 八月份, return: 1, by: 王五, at: 2022-09-05}

    Passes::

        # periods/accepted.yaml
        - {unit: a, period: 2022-08, return: 1, by: 王五, at: 2022-09-05}

P124: A decision says something that cannot be read.

    Days are written 2022-09-05, numbers of returns are whole numbers; such an exception lets nobody in.

    Fails::

        # periods/2022-08/exceptions.yaml
        - {unit: a, until: 9月5日, reason: 停电两天, by: 王五, at: 2022-09-01}

    Passes::

        # periods/2022-08/exceptions.yaml
        - {unit: a, until: 2022-12-05, reason: 停电两天, by: 王五, at: 2022-09-01}

P125: An exception has lapsed, and no return came.

    Fails::

        # periods/2022-08/exceptions.yaml
        - {unit: a, until: 2022-09-05, reason: 停电两天, by: 王五, at: 2022-09-01}

    Passes::

        # periods/2022-08/exceptions.yaml
        - {unit: a, until: 2022-09-05, reason: 停电两天, by: 王五, at: 2022-09-01}
        # units/a/returns.yaml
        - {period: 2022-08, number: 1, state: nil, rows: 0, by: 张三, at: 2022-09-03}

P126: A unit accepts the return of one that is not below it.

    Fails::

        # units.csv
        id,name,parent
        p,总局,
        a,东区所,p
        b,西区所,
        # units/p/accepted.yaml
        - {unit: b, period: 2022-08, return: 1, by: 王五, at: 2022-09-05}

    Passes::

        # units.csv
        id,name,parent
        p,总局,
        a,东区所,p
        b,西区所,
        # units/p/accepted.yaml
        - {unit: a, period: 2022-08, return: 1, by: 王五, at: 2022-09-05}

P127: A return is not the one that was accepted.

    accepted.yaml keeps the hash of the ledger that was sent. returns.yaml names another one under the same number, so
    one of the two was changed by hand. What was accepted is counted.

    Fails::

        # units/a/returns.yaml
        - {period: 2022-08, number: 1, state: entries, rows: 1, sha256: bb, by: 张三, at: 2022-08-30}
        # periods/accepted.yaml
        - {unit: a, period: 2022-08, return: 1, sha256: aa, by: 王五, at: 2022-09-05}

    Passes::

        # units/a/returns.yaml
        - {period: 2022-08, number: 1, state: entries, rows: 1, sha256: aa, by: 张三, at: 2022-08-30}
        # periods/accepted.yaml
        - {unit: a, period: 2022-08, return: 1, sha256: aa, by: 王五, at: 2022-09-05}

P128: A unit's files have changed since its return was accepted.

    The table of the period is frozen with what was accepted. Said until then, of a unit's last acceptance.

    Fails::

        # units/a/ledger.csv
        编号,风险隐患类别,整改措施
        H7K3-M9QX-2FPD,1,换锁
        # units/a/returns.yaml
        - {period: 2022-08, number: 1, state: nil, rows: 0, by: 张三, at: 2022-08-30}
        # periods/accepted.yaml
        - {unit: a, period: 2022-08, return: 1, by: 王五, at: 2022-09-05}

    Passes::

        # units/a/ledger.csv
        编号,整改措施
        无,
        # units/a/returns.yaml
        - period: 2022-08
          number: 1
          state: nil
          rows: 0
          sha256: ceeff4c3144b34081049c79d277e54130e23d3428e090c346760039c9c6ce176
          by: 张三
          at: 2022-08-30
        # periods/accepted.yaml
        - {unit: a, period: 2022-08, return: 1, by: 王五, at: 2022-09-05}

P190: What a unit sent can no longer be told.

    The ledger has changed since, and the journal does not know the one that was sent: with `--basis submitted` the unit
    stays blank.

P191: A unit could not be counted when the partials that came with it were frozen.

    Its ledger could not be read whole in the campaign that sent the file; `rollup --from` leaves it blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from hazardctl import campaign
from hazardctl.findings import Finding, Severity
from hazardctl.load import Opened
from hazardctl.returns import accepted, periods, returned
from hazardctl.returns.periods import Period
from hazardctl.returns.reasons import is_hollow
from hazardctl.returns.returned import Listed, Said
from hazardctl.units import unsafe_id

CODES: Mapping[str, Severity] = {
    "P121": Severity.ERROR,
    "P122": Severity.ERROR,
    "P123": Severity.ERROR,
    "P124": Severity.ERROR,
    "P125": Severity.NOTE,
    "P126": Severity.WARNING,
    "P127": Severity.ERROR,
    "P128": Severity.NOTE,
    "P190": Severity.ERROR,
    "P191": Severity.ERROR,
}
_EXCEPTION = ("unit", "until", "reason", "by")
_ACCEPTANCE = ("unit", "period", "return", "by")
_DAYS = ("until", "at")


def check(opened: Opened, today: date) -> Iterator[Finding]:
    """Find what is wrong with the decisions about a campaign's returns."""
    top = opened.workspace.root / "periods"
    named = campaign.named(opened.campaign, opened.checklist)
    for path in sorted(top.glob(f"*/{returned.EXCEPTIONS}")) if top.is_dir() else ():
        listed = returned.load(path, opened.workspace.name(path))
        yield from listed.findings
        period = periods.parse(path.parent.name, named)
        for at, item in enumerate(listed.items):
            yield from _decision(opened, listed, at, item, _EXCEPTION)
            if period is None:
                yield _found("P123", listed, at, "unit", path.parent.name)
            else:
                yield from _lapsed(opened, listed, at, item, period, today)
    for superior in ("", *(unit for unit in opened.units.children if unit and not unsafe_id(unit))):
        path = returned.accepted_file(opened.workspace, superior)
        listed = returned.load(path, opened.workspace.name(path))
        yield from listed.findings
        for at, item in enumerate(listed.items):
            yield from _decision(opened, listed, at, item, _ACCEPTANCE)
            yield from _acceptance(opened, listed, at, item, superior, named)
        yield from _behind(opened, listed, superior)


def _found(code: str, listed: Listed, at: int, key: str, value: str = "", **args: str) -> Finding:
    line, column = listed.tree.place((at, key) if key in listed.items[at] else (at,))
    unit = listed.items[at].get("unit", "")
    return Finding(
        code, CODES.get(code, Severity.WARNING), listed.path, line, column, unit if isinstance(unit, str) else "",
        field=key, value=value, args=tuple(sorted(args.items())),
    )  # fmt: skip


def _decision(opened: Opened, listed: Listed, at: int, item: Said, needed: tuple[str, ...]) -> Iterator[Finding]:
    for key in needed:
        if not item.get(key):
            yield _found("P121", listed, at, key, lacking=key)
    unit = _word(item, "unit")
    if unit and unit not in opened.units.units:
        yield _found("P122", listed, at, "unit", unit)
    for key in _DAYS:
        if (said := str(item.get(key) or "")) and _day(said) is None:
            yield _found("P124", listed, at, key, said)
    number = str(item.get("return") or "")
    if number and not (number.isascii() and number.isdigit()):
        yield _found("P124", listed, at, "return", number)
    if (reason := _word(item, "reason")) and is_hollow(reason):
        yield _found("P110", listed, at, "reason", reason)


def _lapsed(opened: Opened, listed: Listed, at: int, item: Said, period: Period, today: date) -> Iterator[Finding]:  # noqa: PLR0917
    until, unit = _day(_word(item, "until")), _word(item, "unit")
    if until is None or until >= today or unit not in opened.units.units or unsafe_id(unit):
        return
    given = _day(_word(item, "at"))
    sent = returned.for_period(returned.of_unit(opened.workspace, unit)[0], period, opened)
    if not any(one.at and (given is None or one.at >= given) for one in sent):
        yield _found("P125", listed, at, "until", _word(item, "until"), period=period.key)


def _acceptance(  # noqa: PLR0917 -- an item, where it stands, and whose it is
    opened: Opened, listed: Listed, at: int, item: Said, superior: str, named: periods.Named
) -> Iterator[Finding]:
    if (period := _word(item, "period")) and periods.parse(period, named) is None:
        yield _found("P123", listed, at, "period", period)
    known = opened.units.units.get(_word(item, "unit"))
    if known is not None and superior and superior not in opened.units.above(known.id):
        yield _found("P126", listed, at, "unit", known.id, superior=superior)


def _behind(opened: Opened, listed: Listed, superior: str) -> Iterator[Finding]:
    """Hold what was accepted against what the units' lists and files say now; each list is read once."""
    given = returned.acceptances(opened, superior) if listed.items else []
    known = dict.fromkeys(one.unit for one in given if one.unit in opened.units.units and not unsafe_id(one.unit))
    sent = {
        (unit, each.period, each.number): each
        for unit in known for each in returned.of_unit(opened.workspace, unit)[0]
    }  # fmt: skip
    for at, one in enumerate(given):
        about = sent.get((one.unit, one.period, one.number))
        if about is not None and accepted.is_another(about, one):
            yield _found("P127", listed, at, "return", str(one.number), period=one.period)
    latest = {one.unit: at for at, one in enumerate(given) if (one.unit, one.period, one.number) in sent}
    for unit in _moved(opened, {unit: given[at].period for unit, at in latest.items()}):
        if not accepted.is_another(sent[unit, (last := given[latest[unit]]).period, last.number], last):
            yield _found("P128", listed, latest[unit], "return", str(last.number), period=last.period)


def _moved(opened: Opened, about: Mapping[str, str]) -> Iterator[str]:
    """Name the units of which the return for a period is accepted, not frozen yet, and no longer what lies there."""
    named = campaign.named(opened.campaign, opened.checklist)
    by_period: dict[Period, list[str]] = {}
    for unit, written in about.items():
        if period := periods.parse(written, named):
            by_period.setdefault(period, []).append(unit)
    for period, units in by_period.items():
        if not (opened.workspace.root / "periods" / period.key / "manifest.json").exists():
            yield from (sent.unit for sent, _ in accepted.standing(opened, period, units)
                        if accepted.has_moved(opened, sent))  # fmt: skip


def _word(item: Said, key: str) -> str:
    value = item.get(key, "")
    return value if isinstance(value, str) else ""


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word[:10])
    except ValueError:
        return None
