"""Silence: which rules have nothing to say of which of several ledgers that are looked at as one.

A rule says of a row of all of them what it says of the row in its own ledger, or more; where that is not so the ledger
is asked by itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from datetime import date
from types import ModuleType

from hazardctl.joined import Joined, titled
from hazardctl.ledger import Ledger
from hazardctl.reading import Part, Survey, Tally
from hazardctl.rules import LEDGER_RULES, duplicates, ids, structure, unreadable
from hazardctl.today import Today

Rules = frozenset[ModuleType]
# What is twice in one ledger may stand in all of them more often, on other days; columns are looked at as a whole.
ALONE = frozenset({duplicates, structure})


def rules(joined: Joined) -> tuple[list[Rules], date]:
    """Name for each ledger the rules that have nothing to say of it; and the day on which that is so."""
    whole, day = joined.whole, _watched(joined.whole.today)
    begins = [part.rows.start for part in joined.parts]
    slipped = bool(structure.misplaced(whole))  # what slipped in one ledger is little in all, or the other way round
    told: list[set[ModuleType]] = [set() for _ in begins]
    silent: set[ModuleType] = set()
    for rule in LEDGER_RULES:
        if rule in ALONE or (rule is unreadable and slipped):
            continue
        watched = whole.today = _watched(day)
        rows = _rows(whole, rule)
        if -1 not in rows:
            silent.add(rule)
            if isinstance(day, Today) and isinstance(watched, Today):
                day.narrow(watched)
            for row in rows:
                told[bisect_right(begins, row) - 1].add(rule)
    whole.today = day
    headings = [] if slipped else _of_each_heading(joined)
    in_order = {ledger.headings for ledger in headings if _in_order(whole, ledger)}
    return [
        frozenset(silent - more | _structure(ledger, in_order, more))
        for ledger, more in zip(joined.ledgers, told, strict=True)
    ], day


def _watched(day: date) -> date:
    return Today.of(day) if isinstance(day, Today) else day


def _structure(ledger: Ledger, in_order: Collection[tuple[str, ...]], told: Collection[ModuleType]) -> Rules:
    sound = ledger.headings in in_order and not ledger.set_aside and unreadable not in told
    return frozenset({structure}) if sound else frozenset()


def _of_each_heading(joined: Joined) -> list[Ledger]:
    """Give one ledger for each heading row under which every column is a field of its own."""
    return [*{one.headings: one for one in joined.ledgers if len(one.index) == len(one.keys)}.values()]


def _in_order(whole: Survey, ledger: Ledger) -> bool:
    """Tell whether nothing would be wrong with the columns if one ledger had all the rows."""
    columns = {key: whole.raw(key) for key in ledger.index}
    everything = Tally(titled(ledger, columns), whole.terms, whole.today, Part(whole, slice(0, len(whole))))
    return next(structure.check(everything), None) is None


def _rows(whole: Survey, rule: ModuleType) -> Collection[int]:
    """Give the rows on which a rule has something to say, perhaps; -1 is the heading row of each ledger."""
    if rule is ids and "id" in whole.ledger.index:
        return whole.doubtful_ids
    return whole.asked(rule.check)
