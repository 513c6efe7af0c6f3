"""What a document demands beside items and forms: duties, roles, notices, supervision, assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, ClassVar, Literal

from hazardctl.records import immutable
from hazardctl.texts import STRICT, Names, Record, Text


@immutable
class Duty(Record):
    """A recurring duty (常态任务) with its frequency."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    what: Text
    every: Literal["day", "week", "month", "quarter", "half-year", "year", "three-years", "as-needed"]
    times: int = 1  # at least this often in each
    who: Names = ()
    with_: Names = ()
    category: str = ""
    source: str = ""
    note: Text = ""


@immutable
class Role(Record):
    """Who does what in the campaign."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    title: Text
    duties: tuple[Text, ...] = ()
    source: str = ""


@immutable
class Notice(Record):
    """A rectification notice (整改通知书) or another paper that is followed to its end."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    title: Text
    issued_by: Text = ""
    when: Text = ""
    follow: tuple[Text, ...] = ()  # the steps until it is closed
    source: str = ""


@immutable
class Supervision(Record):
    """Listing for supervision (挂牌督办): what is listed, by whom, reported to whom."""

    __pydantic_config__: ClassVar[Any] = STRICT
    what: tuple[Text, ...]
    by: Text = ""
    report_to: Text = ""
    extension_asked_before: int | None = None  # working days before expiry
    extension_answered_within: int | None = None  # working days
    source: str = ""


@immutable
class Domain(Record):
    """A domain of a scored assessment; `points` is left out where the document does not print the share."""

    __pydantic_config__: ClassVar[Any] = STRICT
    code: str
    title: Text
    points: int | None = None
    source: str = ""


@immutable
class EntryCondition(Record):
    """The share of wards that must have passed before a prison may apply for a grade."""

    __pydantic_config__: ClassVar[Any] = STRICT
    grade: Text
    shares: Mapping[str, str]  # kind of ward → share as a fraction, `general: 2/3`
    source: str = ""


@immutable
class Target(Record):
    """A pass rate to be reached by a year, or the rate measured at a date."""

    __pydantic_config__: ClassVar[Any] = STRICT
    what: Text
    by: str
    percent: int
    kind: Literal["target", "measured"] = "target"
    ward: str = ""
    source: str = ""


@immutable
class Assessment(Record):
    """A scored assessment (考核验收) with look-back and re-assessment."""

    __pydantic_config__: ClassVar[Any] = STRICT
    total: int
    pass_mark: int
    domains: tuple[Domain, ...]
    methods: tuple[Text, ...] = ()
    wards: Mapping[str, Text] = field(default_factory=dict)  # kinds of ward
    entry: tuple[EntryCondition, ...] = ()
    look_back_years: int | None = None
    look_back_carried_percent: int | None = None  # share of the look-back's deductions carried into the re-assessment
    reassessed_after_years: int | None = None
    on_failure: Text = ""
    targets: tuple[Target, ...] = ()
    source: str = ""


@immutable
class LedgerKind(Record):
    """One of the ledgers a unit has to keep, and the department that owns it."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    title: Text
    owner: Text = ""
    source: str = ""
    note: Text = ""


@immutable
class Requirement(Record):
    """Something the document demands that is neither item nor form: early warning, accountability, electronic files."""

    __pydantic_config__: ClassVar[Any] = STRICT
    id: str
    title: Text
    text: Text
    source: str = ""
