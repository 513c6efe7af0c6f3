"""A versioned checklist (排查清单): what is inspected, which fields an entry has, which forms and tables come of it.

Every class here is one mapping of the YAML file; a name that ends in an underscore stands for a key that Python
reserves (`from_` is written `from`). Texts are `{zh: …, en: …}` or one plain string. The JSON Schema is made from
these classes, so a field's comment is its documentation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date as Day  # noqa: N812 -- a field may be called `date`
from typing import Any, ClassVar, Literal

from hazardctl.duties import Assessment, Duty, LedgerKind, Notice, Requirement, Role, Supervision
from hazardctl.records import immutable
from hazardctl.texts import STRICT, Names, Record, Text


@immutable
class Issued(Record):
    """Who issued the document, under which number, on which day."""

    __pydantic_config__: ClassVar[Any] = STRICT
    by: str
    number: str = ""
    date: Day | None = None
    note: Text = ""  # what is uncertain about the document itself


@immutable
class Stage(Record):
    """A stage (阶段) of the campaign; dates the document does not give for certain are left out, and said to be."""

    __pydantic_config__: ClassVar[Any] = STRICT
    name: Text
    from_: Day | None = None
    to: Day | None = None
    due: Text = ""  # what has to be handed in or done by the end
    uncertain: bool = False
    note: Text = ""
    source: str = ""


@immutable
class Period(Record):
    """A named reporting period of the campaign, such as the day annex 1 is due."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    label: Text
    from_: Day | None = None
    to: Day | None = None
    due: Day | None = None
    late_until: Day | None = None  # accepted as late until then
    locks_on: Day | None = None  # refused from then on
    source: str = ""


@immutable
class Schedule(Record):
    """A recurring report: `every` month on day 30, or on fixed days of the year (`on: [06-30, 01-15]`)."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    label: Text
    every: Literal["day", "week", "month", "quarter", "half-year", "year"] | None = None
    day: int | None = None  # day of the month or week it is due; a shorter month uses its last day
    on: Names = ()  # fixed days, `MM-DD` or `YYYY-MM-DD`
    after: int | None = None  # instead of `day`: due so many days after the end of what it reports on
    workdays: bool = False  # `after`, `late_days` and `lock_days` count working days
    late_days: int | None = None  # accepted as late for so many days after the due day
    lock_days: int | None = None  # refused and locked from so many days after the due day
    what: Text = ""
    to: Text = ""  # who receives it
    uncertain: bool = False
    note: Text = ""
    source: str = ""


@immutable
class Circumstance(Record):
    """One of several circumstances listed under an item."""

    __pydantic_config__: ClassVar[Any] = STRICT
    code: str
    check: Text
    source: str = ""
    note: Text = ""


@immutable
class Item(Record):
    """An inspection item (检查项): one question, and the place in the document it comes from."""

    __pydantic_config__: ClassVar[Any] = STRICT
    code: str
    check: Text
    source: str
    circumstances: tuple[Circumstance, ...] = ()
    lead: Names = ()  # 牵头单位
    support: Names = ()  # 配合单位
    points: str = ""  # what it is worth in a scored assessment
    note: Text = ""


@immutable
class Category(Record):
    """A category (类别) of items."""

    __pydantic_config__: ClassVar[Any] = STRICT
    code: str
    title: Text
    items: tuple[Item, ...] = ()
    source: str = ""
    risk: Text = ""  # 安全风险点
    lead: Names = ()
    support: Names = ()
    aliases: Names = ()  # other ways clerks write this category
    note: Text = ""


@immutable
class Choice(Record):
    """One allowed value of a field."""

    __pydantic_config__: ClassVar[Any] = STRICT
    key: str
    label: Text
    aliases: Names = ()


FieldType = Literal[
    "text",
    "choice",
    "category",
    "item",
    "status",
    "track",
    "day",
    "deadline",
    "names",
    "number",
    "integer",
    "money",
    "percent",
    "yes_no",
    "id",
]


@immutable
class FieldUse(Record):
    """A field this campaign uses in an entry; what is left out comes from the standard field of that key."""

    __pydantic_config__: ClassVar[Any] = STRICT
    key: str
    label: Text = ""
    type: FieldType | None = None
    required: bool = False
    required_when: Mapping[str, str | Names] = field(default_factory=dict)  # {status: done} or {status: [done, unable]}
    unit: str = ""  # 万元, 人 …
    values: tuple[Choice, ...] = ()  # for type: choice
    aliases: Names = ()  # other headings of this column
    help: Text = ""
    source: str = ""


@immutable
class FormColumn(Record):
    """A column of a printed form; `columns` makes it a group header."""

    __pydantic_config__: ClassVar[Any] = STRICT
    label: Text
    field: str = ""  # field key of the entry or the register, or `number` for 序号
    columns: tuple[FormColumn, ...] = ()
    aliases: Names = ()
    width: int = 0  # characters; 0 lets the writer choose


@immutable
class Form(Record):
    """An official form (附件): title, head line, columns, notes."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    title: Text
    of: str = "ledger"  # what its rows are: `ledger`, `register`, or the id of a table
    number: Text = ""  # 附件1
    head: tuple[Text, ...] = ()  # 填报单位 填报人 填报时间
    columns: tuple[FormColumn, ...] = ()  # left empty where `of` names a table: the table's columns are used
    notes: tuple[Text, ...] = ()
    orientation: Literal["portrait", "landscape"] = "landscape"
    due: Day | None = None
    note: Text = ""  # where the form is not printed in the document: what it was built from
    source: str = ""


@immutable
class Figure(Record):
    """A figure (填报数) a unit reports because its ledger cannot give it."""

    __pydantic_config__: ClassVar[Any] = STRICT
    key: str
    label: Text
    unit: str = ""  # 人 人次 份 %
    kind: Literal["stock", "flow"] = "flow"
    type: Literal["integer", "number", "money", "percent"] = "integer"
    required: bool = False
    groups: Names = ()  # groups of the person register whose cases this figure counts
    aliases: Names = ()
    help: Text = ""
    source: str = ""


LAST = "last."
"""Stands before a key in a rule: its value in the period before."""


@immutable
class FigureRule(Record):
    """A relation that figures and columns must satisfy in every unit and in every row of a table that has them all.

    `left op right`; several keys are added up. A key is a figure's or a column's, a whole number, or `last.KEY`: its
    value in the period before. An error forbids; a warning has to be explained. What is missing is skipped, told
    (`report`), or taken for 0 (`zero`).
    """

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    left: str | Names
    op: Literal["<=", "<", "==", ">=", ">"]
    right: str | Names
    severity: Literal["error", "warning"] = "error"
    when_missing: Literal["skip", "report", "zero"] = "skip"
    why: Text = ""


Where = Mapping[str, str | Names]


@immutable
class TableColumn(Record):
    """A column of a statistics table: exactly one of value, count, sum, figure, ratio, or `columns` for a group.

    - `value`: `unit`, `name`, `code` … what the row is
    - `count`: entries that satisfy the conditions, `{status: unable}`, `{}` counts all
    - `sum`: a number or money field added up over the entries that satisfy `where`
    - `figure`: a reported figure
    - `ratio`: [numerator, denominator], each a figure key or the key of another column; `percent: 1` prints a
      percentage with one decimal
    - `add`: the keys of other columns or figures, added up
    """

    __pydantic_config__: ClassVar[Any] = STRICT
    label: Text
    key: str = ""
    value: str = ""
    count: Where | None = None
    sum: str = ""
    where: Where = field(default_factory=dict)
    figure: str = ""
    ratio: Names = ()
    add: Names = ()
    percent: int | None = None  # decimals of a percentage
    decimals: int | None = None  # decimals of any other ratio or sum
    zero: Literal["blank", "0", "100"] | None = None  # what a zero denominator prints
    unit: str = ""
    code: str = ""  # 代码, where the indicators are rows
    columns: tuple[TableColumn, ...] = ()
    aliases: Names = ()


@immutable
class Table(Record):
    """A statistics table (统计表)."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    title: Text
    columns: tuple[TableColumn, ...]
    rows: str = "units"  # units, categories, items, statuses, tracks, or the key of a choice field
    layout: Literal["columns", "indicators"] = "columns"  # indicators: each column of the definition becomes a row
    total: Literal["first", "last", "none"] = "last"
    total_label: Text = field(default_factory=lambda: {"zh": "合计", "en": "Total"})
    subtotals: bool = True  # rows for inner units of the tree
    zero: Literal["blank", "0", "100"] = "blank"
    rules: tuple[FigureRule, ...] = ()  # relations between columns of this table, beside the checklist's figure_rules
    number: Text = ""
    head: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    note: Text = ""  # where the table is not printed in the document: what it was built from
    due: Day | None = None
    source: str = ""


@immutable
class Checklist(Record):
    """One version of a checklist, never edited once it has been shipped."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    version: str
    title: Text
    categories: tuple[Category, ...]
    fields: tuple[FieldUse, ...]
    statuses: Mapping[str, Text]
    issued: Issued | None = None
    starts: Day | None = None
    ends: Day | None = None
    stages: tuple[Stage, ...] = ()
    periods: tuple[Period, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    status_aliases: Mapping[str, Names] = field(default_factory=dict)
    tracks: Mapping[str, Text] = field(default_factory=dict)  # at_once, by_date, long_term
    levels: Mapping[str, Text] = field(default_factory=dict)  # general, major
    forms: tuple[Form, ...] = ()
    figures: tuple[Figure, ...] = ()
    figure_rules: tuple[FigureRule, ...] = ()
    tables: tuple[Table, ...] = ()
    register_groups: Mapping[str, Text] = field(default_factory=dict)  # of the person register, without sub-labels
    duties: tuple[Duty, ...] = ()
    roles: tuple[Role, ...] = ()
    notices: tuple[Notice, ...] = ()
    supervision: Supervision | None = None
    assessment: Assessment | None = None
    ledgers: tuple[LedgerKind, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    replaces: str = ""  # the version before
    renamed: Mapping[str, str | Names] = field(default_factory=dict)  # old item code → new code(s)
    note: Text = ""


def rules_of(checklist: Checklist, table: Table) -> tuple[FigureRule, ...]:
    """Give the rules that a table's rows are held against: its own, and those of the whole checklist."""
    return *table.rules, *checklist.figure_rules


def sides(rule: FigureRule) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the keys left and right of a rule."""
    left, right = rule.left, rule.right
    return (left,) if isinstance(left, str) else tuple(left), (right,) if isinstance(right, str) else tuple(right)


def bare(key: str) -> str:
    """Give a rule's key without the word for the period before."""
    return key.removeprefix(LAST)


def leaves(columns: tuple[TableColumn, ...]) -> Iterator[tuple[tuple[TableColumn, ...], TableColumn]]:
    """Give each leaf column with the groups above it, in printed order."""
    for column in columns:
        if column.columns:
            for groups, leaf in leaves(column.columns):
                yield (column, *groups), leaf
        else:
            yield (), column


def form_leaves(columns: tuple[FormColumn, ...]) -> Iterator[FormColumn]:
    """Give each column of a form that stands over cells, in printed order."""
    for column in columns:
        if column.columns:
            yield from form_leaves(column.columns)
        else:
            yield column
