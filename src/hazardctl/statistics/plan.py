"""A plan (汇总方案): what has to be counted in each unit, as plain data that another process or machine can be sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from hazardctl.checklist import Table
from hazardctl.records import immutable
from hazardctl.texts import Text

MeasureKind = Literal["count", "sum", "late", "figure"]
Terms = tuple[tuple[int, int], ...]  # sign and number of a measure: a sum of measures

ENTRIES, NIL, MISSING, NOT_REQUIRED = "entries", "nil", "missing", "not_required"
STATES = (ENTRIES, NIL, MISSING, NOT_REQUIRED)


@immutable
class Condition:
    """What a row must show: one of the accepted values of a facet (see facets.py)."""

    facet: str
    accept: tuple[str, ...]


@immutable
class Measure:
    """One elementary figure of a unit; everything printed is made of these.

    - `count`: entries that meet every condition
    - `sum`: the field `key` added up over them
    - `late`: a histogram of their deadlines (`key: original`: without extensions); which of them have passed is decided
      when the table is printed
    - `figure`: the reported figure `key`

    A measure with `given` counts only in units that reported all of these figures: a rate takes both its parts from
    the same units, or it could pass 100 %. For the same reason it counts only in units whose ledger tells the facets
    `beside`, which the other parts of its column depend on.
    """

    kind: MeasureKind
    key: str = ""
    where: tuple[Condition, ...] = ()
    given: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def subject_of(measure: Measure) -> str:
    """Name the facet a measure is about: the number that is added up, or the deadline."""
    return {"sum": f"number:{measure.key}", "late": f"due:{measure.key}"}.get(measure.kind, "")


def facets_of(measure: Measure) -> frozenset[str]:
    """Name the facets a measure depends on."""
    names = {one.facet for one in measure.where} | {subject_of(measure)} - {""}
    return frozenset(names | {"status"} if "day:done_on" in names else names)


@immutable
class Plan:
    """What to count in each unit, within a period or (both ends empty) in the whole campaign; days in ISO form."""

    measures: tuple[Measure, ...] = ()
    stocks: tuple[str, ...] = ()  # the figures of which the last value stands; the others add up
    group: str = ""  # the facet that makes the rows of the table; empty where units do
    start: str = ""
    end: str = ""
    opens: str = ""  # the days between which a unit has to exist to be asked for a ledger
    closes: str = ""


@immutable
class Column:
    """A leaf column: its place under the headings, and how its figure is made of measures."""

    key: str
    path: tuple[Text, ...]  # the groups' headings and its own
    unit: str = ""
    code: str = ""
    value: str = ""  # unit, name, code …: the column says what the row is
    terms: Terms = ()
    over: Terms = ()  # the denominator of a ratio
    figures: tuple[str, ...] = ()  # the reported figures a ratio is made of
    percent: int | None = None
    decimals: int | None = None
    zero: str = "blank"


@immutable
class Compiled:
    """A table's definition, made ready: the plan that is sent out and the columns its results are put into."""

    table: Table
    plan: Plan
    columns: tuple[Column, ...]


@immutable
class Problem:
    """A mistake in a table's definition: where (a path of keys and numbers inside the table), and what."""

    where: tuple[str | int, ...]
    reason: str  # `table.problem_<reason>` in the catalogue says it
    args: Mapping[str, str]
