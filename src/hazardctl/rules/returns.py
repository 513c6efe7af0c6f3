"""Returns: what stands in a unit's returns.yaml, and whether the ledger is still what was sent.

P101: A file of returns is not a list.

    returns.yaml, accepted.yaml and exceptions.yaml are lists; `hazardctl submit`, `accept` and `reopen` add to them.

    Fails::

        period: 2022-08
        state: nil

    Passes::

        - {period: 2022-08, number: 1, state: nil, rows: 0, by: 张三, at: 2022-08-30}

P102: A return leaves something out.

    It has a period, a state, the number of rows, who sent it and on which day.

    Fails::

        - {period: 2022-08, number: 1, state: nil, rows: 0, at: 2022-08-30}

    Passes::

        - {period: 2022-08, number: 1, state: nil, rows: 0, by: 张三, at: 2022-08-30}

P103: A return is for a period that does not exist.

    Fails::

        - {period: 八月份, number: 1, state: nil, rows: 0, by: 张三, at: 2022-08-30}

    Passes::

        - {period: 2022-08, number: 1, state: nil, rows: 0, by: 张三, at: 2022-08-30}

P104: A return says something that cannot be read.

    The state is entries or nil, rows and number are whole numbers, the day is written 2022-08-30.

    Fails::

        - {period: 2022-08, number: 1, state: 零报告, rows: 0, by: 张三, at: 2022-08-30}

    Passes::

        - {period: 2022-08, number: 1, state: nil, rows: 0, by: 张三, at: 2022-08-30}

P105: Two returns for one period have the same number.

    Two copies of the file were put together. The last one counts; both cannot be the first.

    Fails::

        - {period: 2022-08, number: 1, state: nil, rows: 0, by: 张三, at: 2022-08-30}
        - {period: 2022-08, number: 1, state: nil, rows: 0, by: 李四, at: 2022-08-31}

    Passes::

        - {period: 2022-08, number: 1, state: nil, rows: 0, by: 张三, at: 2022-08-30}
        - {period: 2022-08, number: 2, state: nil, rows: 0, by: 李四, at: 2022-08-31, supersedes: 1, reason: 换人}

P106: A return replaces another without saying why.

    Fails::

        - {period: 2022-08, number: 1, state: nil, rows: 0, by: 张三, at: 2022-08-30}
        - {period: 2022-08, number: 2, state: nil, rows: 0, by: 李四, at: 2022-08-31, supersedes: 1}

    Passes::

        - {period: 2022-08, number: 1, state: nil, rows: 0, by: 张三, at: 2022-08-30}
        - {period: 2022-08, number: 2, state: nil, rows: 0, by: 李四, at: 2022-08-31, supersedes: 1, reason: 换人}

P107: The ledger has changed since the return was sent.

    Said until the period's returns are due: what was added since is not part of the return.

    Fails::

        # units/a/ledger.csv
        编号,风险隐患类别,整改措施
        H7K3-M9QX-2FPD,1,换锁
        # units/a/returns.yaml
        - {period: 2022-12, number: 1, state: entries, rows: 1, sha256: 00, by: 张三, at: 2022-12-30}

    Passes::

        # units/a/ledger.csv
        编号,风险隐患类别,整改措施
        H7K3-M9QX-2FPD,1,换锁
        # units/a/returns.yaml
        - {period: 2022-08, number: 1, state: entries, rows: 1, sha256: 00, by: 张三, at: 2022-08-30}

P108: A return counts other rows than the ledger it was made from.

    The ledger is still the very file that was sent, so the number in the return was changed by hand.

    Fails::

        # units/a/ledger.csv
        编号,整改措施
        无,
        # units/a/returns.yaml
        - period: 2022-08
          number: 1
          state: entries
          rows: 3
          sha256: ceeff4c3144b34081049c79d277e54130e23d3428e090c346760039c9c6ce176
          by: 张三
          at: 2022-08-30

    Passes::

        # units/a/ledger.csv
        编号,整改措施
        无,
        # units/a/returns.yaml
        - {period: 2022-08, number: 1, state: nil, rows: 0, by: 张三, at: 2022-08-30}

P109: A nil return stands against hazards found in its period.

    Fails::

        # units/a/ledger.csv
        编号,风险隐患类别,整改措施,发现日期
        H7K3-M9QX-2FPD,1,换锁,2022-08-12
        # units/a/returns.yaml
        - {period: 2022-08, number: 1, state: nil, rows: 0, by: 张三, at: 2022-08-30}

    Passes::

        # units/a/ledger.csv
        编号,风险隐患类别,整改措施,发现日期
        H7K3-M9QX-2FPD,1,换锁,2022-07-12
        # units/a/returns.yaml
        - {period: 2022-08, number: 1, state: nil, rows: 0, by: 张三, at: 2022-08-30}

P110: A reason only says that it was looked at.

    “已核实” does not say why the value is right. Say what was found.

    Fails::

        - {period: 2022-08, number: 1, state: nil, rows: 0, by: 张三, at: 2022-08-30, override: 已核实}

    Passes::

        - {period: 2022-08, number: 1, state: nil, rows: 0, by: 张三, at: 2022-08-30, override: 台账已封存}

P111: One reason answers for several entries.

    Copied reasons explain nothing: each entry has its own.

    Fails::

        - period: 2022-08
          number: 1
          state: entries
          rows: 2
          by: 张三
          at: 2022-08-30
          answers:
            - {code: L302, entry: H1, field: deadline, value: 2022-08-01, reason: 等待采购}
            - {code: L302, entry: H2, field: deadline, value: 2022-08-01, reason: 等待采购}

    Passes::

        - period: 2022-08
          number: 1
          state: entries
          rows: 2
          by: 张三
          at: 2022-08-30
          answers:
            - {code: L302, entry: H1, field: deadline, value: 2022-08-01, reason: 门禁主机等待采购}
            - {code: L302, entry: H2, field: deadline, value: 2022-08-01, reason: 施工队下周进场}

P112: The value that a reason excused has changed.

    The reason no longer holds; where the warning stands again, it needs a new one.

    Fails::

        # units/a/ledger.csv
        编号,风险隐患类别,整改措施,完成时限
        H7K3-M9QX-2FPD,1,换锁,2022-08-09
        # units/a/returns.yaml
        - period: 2022-08
          number: 1
          state: entries
          rows: 1
          by: 张三
          at: 2022-08-30
          answers:
            - {code: L302, entry: H7K3-M9QX-2FPD, field: deadline, value: 2022-08-01, reason: 门禁主机等待采购}

    Passes::

        # units/a/ledger.csv
        编号,风险隐患类别,整改措施,完成时限
        H7K3-M9QX-2FPD,1,换锁,2022-08-01
        # units/a/returns.yaml
        - period: 2022-08
          number: 1
          state: entries
          rows: 1
          by: 张三
          at: 2022-08-30
          answers:
            - {code: L302, entry: H7K3-M9QX-2FPD, field: deadline, value: 2022-08-01, reason: 门禁主机等待采购}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from hazardctl import campaign, load
from hazardctl.errors import HazardError
from hazardctl.findings import Finding, Severity
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.returns import clock, periods, returned, workdays
from hazardctl.returns.periods import Period
from hazardctl.returns.reasons import bones, excused, is_hollow
from hazardctl.returns.returned import Answer, Listed, Return
from hazardctl.returns.workdays import Calendar
from hazardctl.rules.agreement import check as agreeing
from hazardctl.rules.figures import check as of_figures
from hazardctl.rules.figures import report
from hazardctl.rules.outliers import check as unusual

CODES: Mapping[str, Severity] = {
    "P101": Severity.ERROR,
    "P102": Severity.ERROR,
    "P103": Severity.ERROR,
    "P104": Severity.ERROR,
    "P105": Severity.ERROR,
    "P106": Severity.WARNING,
    "P107": Severity.WARNING,
    "P108": Severity.ERROR,
    "P109": Severity.ERROR,
    "P110": Severity.WARNING,
    "P111": Severity.WARNING,
    "P112": Severity.NOTE,
}
_NEEDED = ("period", "state", "rows", "by", "at")


@immutable
class Sent:
    """A unit's returns, beside the ledger they were made from."""

    unit: str
    sent: Sequence[Return]
    listed: Listed
    ledger: Ledger | None
    opened: Opened
    today: date

    def finding(self, code: str, one: Return, key: str = "", value: str = "", **args: str) -> Finding:
        """Make a finding about a key of a return."""
        line, column = self.listed.tree.place((one.place, key) if key else (one.place,))
        told = tuple(sorted({"period": one.period, "number": str(one.number), **args}.items()))
        return Finding(code, CODES[code], self.listed.path, line, column, self.unit, field=key, value=value, args=told)


def gathered(opened: Opened, unit: str, ledger: Ledger | None, today: date) -> Sent:
    """Read a unit's returns for the rules to look at."""
    sent, listed = returned.of_unit(opened.workspace, unit)
    return Sent(unit, sent, listed, ledger, opened, today)


def check(given: Sent) -> Iterator[Finding]:
    """Find what is wrong with a unit's returns."""
    yield from given.listed.findings
    named = campaign.named(given.opened.campaign, given.opened.checklist)
    last: dict[str, tuple[Period, Return]] = {}
    numbers: dict[tuple[str, int], int] = {}
    for one in given.sent:
        yield from _said(given, one)
        period = periods.parse(one.period, named)
        if period is None:
            if one.period:
                yield given.finding("P103", one, "period", one.period)
            continue
        before = numbers.setdefault((period.key, one.number), one.place)
        if before != one.place and one.number:
            yield given.finding("P105", one, "number", str(one.number))
        last[period.key] = (period, one)
        yield from _reasons(given, one)
    calendar = workdays.load(given.opened.workspace)[0] if last else Calendar()
    for period, one in last.values():
        yield from _against_ledger(given, period, one, calendar)
    if last:
        yield from _lapsed(given, max((one for _, one in last.values()), key=_place))


def _place(one: Return) -> int:
    return one.place


def _said(given: Sent, one: Return) -> Iterator[Finding]:
    item = given.listed.items[one.place]
    for key in _NEEDED:
        if not item.get(key):
            yield given.finding("P102", one, key, lacking=key)
    wrong = {
        "state": one.state not in (returned.ENTRIES, returned.NIL),
        "rows": one.rows is None,
        "number": one.number == 0,
        "at": one.at is None,
    }
    for key, bad in wrong.items():
        if bad and item.get(key):
            yield given.finding("P104", one, key, str(item[key]))


def _reasons(given: Sent, one: Return) -> Iterator[Finding]:
    if one.supersedes and not one.reason:
        yield given.finding("P106", one, "supersedes", one.supersedes)
    for key, words in (("override", one.override), ("reason", one.reason)):
        if words and is_hollow(words):
            yield given.finding("P110", one, key, words)
    seen: dict[str, str] = {}
    for at, answer in enumerate(one.answers):
        if is_hollow(answer.reason):
            yield given.finding("P110", one, "answers", answer.reason)
            continue
        first = seen.setdefault(bones(answer.reason), answer.entry)
        if first != answer.entry and at:
            yield given.finding("P111", one, "answers", answer.reason, first=first, second=answer.entry)


def _against_ledger(given: Sent, period: Period, one: Return, calendar: Calendar) -> Iterator[Finding]:
    ledger = given.ledger
    if ledger is None:
        return
    if one.sha256 and one.sha256 == ledger.sha256:
        if one.rows is not None and one.rows + one.later != len(ledger.rows):
            yield given.finding("P108", one, "rows", str(one.rows), rows=str(len(ledger.rows) - one.later))
    elif one.sha256 and _running(given, period, calendar):
        yield given.finding("P107", one, "sha256")
    if one.state == returned.NIL and (found := found_in(given.opened, ledger, period)):
        yield given.finding("P109", one, "state", one.state, count=str(found))


def _running(given: Sent, period: Period, calendar: Calendar) -> bool:
    try:
        return given.today <= clock.of(given.opened, period, calendar).due
    except HazardError:
        return False


def later_than(opened: Opened, ledger: Ledger, day: date) -> frozenset[int]:
    """Give the rows of a ledger that were found after a day: no table of a period counts what came after it."""
    if "found_on" not in opened.terms.by_key:
        return frozenset()
    days = (opened.terms.read("found_on", raw).value for raw in ledger.column("found_on") or ())
    return frozenset(row for row, found in enumerate(days) if found is not None and found > day)


def found_in(opened: Opened, ledger: Ledger, period: Period) -> int:
    """Count the entries that were found in a period, as far as the ledger says."""
    if "found_on" not in opened.terms.by_key:
        return 0
    days = (opened.terms.read("found_on", raw).value for raw in ledger.column("found_on") or ())
    return sum(day is not None and periods.contains(period, day) for day in days)


def _lapsed(given: Sent, one: Return) -> Iterator[Finding]:
    ledger = given.ledger
    rows = {cell: row for row, cell in enumerate((ledger.column("id") if ledger and one.answers else None) or ())}
    standing = _standing(given) if any(_of_figure(answer) for answer in one.answers) else {}
    for answer in one.answers:
        now = standing.get((answer.code, answer.entry))
        row = rows.get(answer.entry)
        if ledger is not None and row is not None and answer.field in ledger.index:
            now = ledger.cell(row, answer.field)
        if now is not None and now != answer.value:
            yield given.finding("P112", one, "answers", answer.value, entry=answer.entry, now=now)


def _of_figure(answer: Answer) -> bool:
    return answer.code.startswith("G") and "/" in answer.entry


def _standing(given: Sent) -> Mapping[tuple[str, str], str]:
    """Give what is to be said of the unit's figures today, and the values it is about."""
    sheet, _ = load.load_figures(given.opened.workspace, given.unit)
    said = report(sheet, given.opened, given.unit, given.today)
    found = (one for check in (of_figures, agreeing, unusual) for one in check(said))
    return {(one.code, one.entry): excused(one) for one in found if one.entry}
