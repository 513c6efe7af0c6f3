"""Hold a table against earlier ones: the period before, and tables of the same kind that were frozen."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hazardctl import campaign, rollup
from hazardctl.checklist import LAST, FigureRule, bare, rules_of
from hazardctl.errors import HazardError
from hazardctl.findings import Severity
from hazardctl.load import Opened
from hazardctl.publishing import evidence, frozen
from hazardctl.returns import periods, returned, submitted
from hazardctl.returns.periods import Period
from hazardctl.returns.reasons import excused
from hazardctl.returns.returned import Return
from hazardctl.rollup import Asked
from hazardctl.rules import tabled
from hazardctl.rules.outliers import EARLIER
from hazardctl.statistics import contradictions
from hazardctl.statistics.contradictions import Past, Values
from hazardctl.statistics.table import Contradiction, Table

LOOKED_AT = 12  # earlier tables, the latest ones


def judged(opened: Opened, asked: Asked, table: Table, today: date) -> Table:
    """Add what earlier periods say against a table, and what its units have said themselves.

    Raises ChangedFrozenError where a rule needs a frozen table that is no longer the one that was frozen.
    """
    if asked.period is None:
        return table
    known = contradictions.names(asked.compiled)
    every = contradictions.applicable(rules_of(opened.checklist, asked.definition), known)
    rules = [rule for rule in every if contradictions.needs_last(rule)]
    past = Past(_last(opened, asked, rules, today), _frozen(opened, table, asked.period))
    found = (*table.against, *contradictions.judged(table, asked.compiled, rules, past))
    against = tuple(_with_reason(opened, table, one, asked.period) for one in found)
    return table if against == table.against else replace(table, against=against)


def _last(opened: Opened, asked: Asked, rules: Sequence[FigureRule], today: date) -> Mapping[str, Values] | None:
    """Give the rows of the period before: as last published, else as units sent them; None where nobody did."""
    assert asked.period is not None
    before = periods.previous(asked.period, campaign.named(opened.campaign, opened.checklist)) if rules else None
    if before is None:
        return None
    name = asked.definition.id
    if before.key in frozen.known(opened.workspace):
        said = frozen.manifest(opened.workspace, before.key)
        if name in said.tables:
            return _rows(frozen.restated(opened.workspace, said, name).table, asked)
    then = rollup.prepare(opened, name, before.key, None, asked.unit or None)
    if not any(
        returned.for_period(returned.of_unit(opened.workspace, unit)[0], before, opened) for unit in then.chosen
    ):
        return None
    known = contradictions.names(then.compiled)
    wanted = {known[bare(key)] for rule in rules for key in contradictions.keys(rule) if key.startswith(LAST)}
    then = replace(then, compiled=contradictions.narrowed(then.compiled, wanted))
    sent = submitted.sources(opened, then, "submitted")
    return _rows(evidence.record(opened, then, sent, today, basis="submitted").table, asked)


def _rows(table: Table, asked: Asked) -> Mapping[str, Values]:
    """Give a table's rows by unit; the total of a part of the tree is not the whole's."""
    return {row.unit: row.values for row in table.rows if row.unit or not asked.unit}


def _frozen(opened: Opened, table: Table, period: Period) -> Sequence[Mapping[str, Values]]:
    """Give the rows of earlier tables as they were published; one that has been touched is left out."""
    named = campaign.named(opened.campaign, opened.checklist)
    dated = [(found, key) for key in frozen.known(opened.workspace) if (found := periods.parse(key, named)) is not None]
    earlier = sorted(pair for pair in dated if pair[0].kind == period.kind and pair[0].end < period.start)
    if len(earlier) < EARLIER:
        return ()
    rows: list[Mapping[str, Values]] = []
    for _, key in earlier[-LOOKED_AT:]:
        with suppress(HazardError, ValueError, KeyError, TypeError):
            said = frozen.manifest(opened.workspace, key)
            data = frozen.content(opened.workspace, said, f"{table.id}.json")
            told = json.loads(data, parse_float=Decimal)["rows"]
            rows.append({row["unit"]: row["values"] for row in told})
    return rows


def _with_reason(opened: Opened, table: Table, one: Contradiction, period: Period) -> Contradiction:
    """Add what a unit has answered for the very same numbers."""
    unit = one.row.removesuffix("/own")
    if one.severity == Severity.ERROR or one.reason or unit not in opened.units.units:
        return one
    sent = returned.for_period(returned.of_unit(opened.workspace, unit)[0], period, opened)
    finding = tabled.finding(table, one, "", "zh")
    return replace(one, reason=_answer(sent, (finding.code, finding.entry, finding.field, excused(finding))))


def _answer(sent: Sequence[Return], about: tuple[str, ...]) -> str:
    answers = sent[-1].answers if sent else ()
    return next((one.reason for one in answers if (one.code, one.entry, one.field, one.value) == about), "")
