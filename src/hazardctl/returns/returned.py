"""Returns (报表): what a unit has sent for which period, and what was decided about it, as the files hold it.

units/<id>/returns.yaml         the unit's: a list that only grows; for each period the last one counts
units/<id>/accepted.yaml        a superior's: the returns of the units below it that it has accepted
periods/accepted.yaml           the same, for units that nobody stands above
periods/<period>/exceptions.yaml    who may send a return after all, until when and why
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from hazardctl import campaign
from hazardctl.findings import Finding, Severity
from hazardctl.formats import yaml
from hazardctl.formats.encoding import Dress, UndecodableError, decode, encode, newline_of
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.returns import periods
from hazardctl.returns.periods import Period
from hazardctl.workspace import Workspace

FILE = "returns.yaml"
ACCEPTED = "accepted.yaml"
EXCEPTIONS = "exceptions.yaml"
ENTRIES, NIL = "entries", "nil"
REMEMBERED = 1 << 16  # bytes of a list that is kept at hand; a greater one is read anew
Said = Mapping[str, Any]
_DASH = re.compile(r"(?m)^( *)-(?: |\r?$)")
_COUNT = re.compile(
    r"(?m)^((?: *(?:number|rows|later|return|errors|warnings)|    +\w+): )'(0|[1-9][0-9]{0,8})'(?=\r?$)"
)


@immutable
class Answer:
    """A reason given for a warning, with the value it excuses: it lapses when the value changes."""

    code: str
    entry: str
    field: str
    value: str
    reason: str


@immutable
class Return:
    """One return as it was sent. `number` counts the returns of the unit for the period."""

    unit: str
    period: str
    number: int
    state: str
    rows: int | None
    sha256: str
    by: str
    at: date | None
    figures: str = ""  # SHA-256 of figures.csv
    supersedes: str = ""
    reason: str = ""
    override: str = ""
    answers: tuple[Answer, ...] = ()
    place: int = 0  # its number in the file
    signed: str = ""  # "yes" where it was signed when it was sent
    later: int = 0  # entries of its ledger that were found after the period; `rows` leaves them out, as tables do

    @property
    def content(self) -> tuple[object, ...]:
        """Give what makes two returns the same return: not who sent them, nor when."""
        answers = sorted((one.code, one.entry, one.field, one.value, one.reason) for one in self.answers)
        return self.period, self.state, self.rows, self.sha256, self.figures, self.override, answers


@immutable
class Grant:
    """A named exception: a unit may send its return for the period until a day."""

    unit: str
    period: str
    until: date | None
    reason: str
    by: str
    number: int  # the return that stood when it was given, 0 without one
    accepted: bool  # that return had been accepted, and its acceptance is taken back


@immutable
class Acceptance:
    """A superior's word that a return stands as it is."""

    unit: str
    period: str
    number: int
    sha256: str
    by: str
    at: str
    figures: str = ""  # SHA-256 of figures.csv


@immutable
class Listed:
    """A file that is a list of mappings, as read: its tree for places and for adding to it."""

    path: str
    text: str = ""
    dress: Dress = field(default_factory=lambda: Dress("utf-8", "\n"))
    tree: yaml.Tree = field(default_factory=yaml.Tree)
    items: tuple[Said, ...] = ()
    findings: tuple[Finding, ...] = ()


def file_of(workspace: Workspace, unit: str) -> Path:
    """Give the path of a unit's returns."""
    return workspace.unit(unit) / FILE


def accepted_file(workspace: Workspace, superior: str) -> Path:
    """Give the path of what a superior has accepted; without one, of what the bureau itself has."""
    return (workspace.unit(superior) if superior else workspace.root / "periods") / ACCEPTED


def exceptions_file(workspace: Workspace, period: str) -> Path:
    """Give the path of a period's exceptions."""
    return workspace.root / "periods" / period / EXCEPTIONS


def read(data: bytes, name: str, unit: str = "") -> Listed:
    """Read a list of mappings; P101 tells what keeps the file from being one."""
    if not data:
        return Listed(name)
    try:
        text, dress = decode(data)
    except UndecodableError:
        return Listed(name, findings=(Finding("F102", Severity.ERROR, name, unit=unit),))
    tree = yaml.read(text, name)
    if tree.findings:
        return Listed(name, text, dress, tree, findings=tuple(tree.findings))
    value = tree.value
    if value == "":
        return Listed(name, text, dress, tree)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        wrong = (
            next((at for at, item in enumerate(value) if not isinstance(item, dict)), None)
            if isinstance(value, list)
            else None
        )
        line, column = tree.place(() if wrong is None else (wrong,))
        return Listed(
            name, text, dress, tree, findings=(Finding("P101", Severity.ERROR, name, line, column, unit=unit),)
        )
    return Listed(name, text, dress, tree, tuple(value))


def load(path: Path, name: str, unit: str = "") -> Listed:
    """Load a list of mappings; one that is not there holds nothing."""
    try:
        return read(path.read_bytes(), name, unit)
    except (FileNotFoundError, NotADirectoryError):
        return Listed(name)
    except OSError as error:
        reason = (("reason", error.strerror or ""),)
        return Listed(name, findings=(Finding("F100", Severity.ERROR, name, unit=unit, args=reason),))


def added(listed: Listed, item: Said) -> bytes | None:
    """Give the file with one more item at its end, everything before it as it stands; None where its layout forbids."""
    text = listed.text
    newline = newline_of(text) if "\n" in text or "\r" in text else "\n"
    first = _DASH.search(text)
    dash = len(first[1]) if first else 0
    if text and not text.endswith(("\n", "\r")):
        text += newline
    if not listed.items and listed.tree.value == [] and text.strip().endswith("[]"):
        text = text.rstrip()[: -len("[]")]
    whole = text + _bare(yaml.dump([item], dash, newline))
    if yaml.read(whole, "").value != [*listed.items, _plain(item)]:
        return None
    return encode(whole, listed.dress)


def _bare(block: str) -> str:
    """Take the quotes off small numbers, so that other programs read them as numbers."""
    return _COUNT.sub(r"\1\2", block)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else str(value)


def of_unit(workspace: Workspace, unit: str) -> tuple[list[Return], Listed]:
    """Load a unit's returns, the oldest first."""
    path = file_of(workspace, unit)
    name = workspace.name(path)
    try:
        data = path.read_bytes()
    except OSError:
        return [], load(path, name, unit)
    sent, listed = (_sent if len(data) <= REMEMBERED else _sent.__wrapped__)(data, name, unit)
    return list(sent), listed


@lru_cache(256)
def _sent(data: bytes, name: str, unit: str) -> tuple[tuple[Return, ...], Listed]:
    """Read a unit's returns; a weekly run asks for the same ones again and again, and they only grow."""
    listed = read(data, name, unit)
    return tuple(_return(unit, item, place) for place, item in enumerate(listed.items)), listed


def for_period(sent: Sequence[Return], period: Period, opened: Opened) -> list[Return]:
    """Choose the returns for one period, however it is written; the last one counts."""
    named = campaign.named(opened.campaign, opened.checklist)
    return [one for one in sent if one.period == period.key or _key(one.period, named) == period.key]


def _key(written: str, named: periods.Named) -> str:
    found = periods.parse(written, named)
    return found.key if found else ""


def is_nil(opened: Opened, unit: str, start: str, end: str) -> bool:
    """Tell whether a unit has reported nil for a run of days (ISO form).

    For the whole campaign: if its latest period, by its last day, is nil and nothing is to come after it.
    """
    sent, _ = of_unit(opened.workspace, unit)
    named = campaign.named(opened.campaign, opened.checklist)
    last: dict[str, tuple[Period, str]] = {}
    for one in sent:
        if period := periods.parse(one.period, named):
            last[period.key] = (period, one.state)
    if not start and not end:
        period, state = max(last.values(), key=lambda one: (one[0].end, one[0].start), default=(None, ""))
        return state == NIL and period is not None and period.end >= _close(opened, named, period.end)
    return any(
        state == NIL and period.start.isoformat() <= start and (not end or end <= period.end.isoformat())
        for period, state in last.values()
    )


def _close(opened: Opened, named: periods.Named, otherwise: date) -> date:
    """Give the day on which the last period ends: the campaign's, or that of the periods it names."""
    closes = opened.campaign.ends or opened.checklist.ends
    return closes or max((last for _, last in named.values()), default=otherwise)


def grants(opened: Opened, period: Period) -> list[Grant]:
    """Load a period's exceptions."""
    path = exceptions_file(opened.workspace, period.key)
    return [
        Grant(_word(item, "unit"), period.key, _day(_word(item, "until")), _word(item, "reason"), _word(item, "by"),
              _number(item, "return") or 0, _word(item, "accepted") == "yes")
        for item in load(path, opened.workspace.name(path)).items
    ]  # fmt: skip


def acceptances(opened: Opened, superior: str) -> list[Acceptance]:
    """Load what a superior has accepted."""
    path = accepted_file(opened.workspace, superior)
    return [
        Acceptance(_word(item, "unit"), _word(item, "period"), _number(item, "return") or 0, _word(item, "sha256"),
                   _word(item, "by"), _word(item, "at"), _word(item, "figures"))
        for item in load(path, opened.workspace.name(path)).items
    ]  # fmt: skip


def is_accepted(sent: Return | None, given: Sequence[Acceptance], taken_back: Sequence[Grant]) -> bool:
    """Tell whether the return that counts has been accepted and still is."""
    if sent is None:
        return False
    back = sum(one.unit == sent.unit and one.accepted and one.number == sent.number for one in taken_back)
    return back < sum((one.unit, one.period, one.number) == (sent.unit, sent.period, sent.number) for one in given)


def _return(unit: str, item: Said, place: int) -> Return:
    """Read a return; what a hand has made of it is blank here and told by the checks."""
    given = item.get("answers")
    answers = tuple(_answers(given)) if isinstance(given, list) else ()
    return Return(
        unit, _word(item, "period"), _number(item, "number") or 0, _word(item, "state"), _number(item, "rows"),
        _word(item, "sha256"), _word(item, "by"), _day(_word(item, "at")), _word(item, "figures"),
        _word(item, "supersedes"), _word(item, "reason"), _word(item, "override"), answers, place,
        _word(item, "signed"), _number(item, "later") or 0,
    )  # fmt: skip


def _answers(given: Sequence[Any]) -> Iterator[Answer]:
    for one in given:
        if isinstance(one, dict):
            yield Answer(*(_word(one, key) for key in ("code", "entry", "field", "value", "reason")))


def _word(item: Said, key: str) -> str:
    value = item.get(key, "")
    return value if isinstance(value, str) else ""


def _number(item: Said, key: str) -> int | None:
    word = _word(item, key)
    return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else None


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word[:10])
    except ValueError:
        return None
