"""The conditions of a column (`{status: [unable, not_started], open: true}`) made into facets and accepted values."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from hazardctl.checklist import Checklist, Where
from hazardctl.fields import Field, campaign_fields
from hazardctl.i18n import join
from hazardctl.records import immutable
from hazardctl.statistics.plan import Condition, Problem

CLOSED = ("done",)  # every other status is an open hazard, one that cannot be fixed among them
DAYS: Mapping[str, str] = {"found": "found_on", "done": "done_on"}
FLAGS = ("open", "overdue")
DUE: Mapping[str, str] = {"original": "original", "extended": ""}  # which deadline: the key of a `late` measure
FLOWS: Mapping[str, tuple[str, ...]] = {
    "due": tuple(DUE), "on_time": tuple(DUE), "slipped": ("in_period",), "carried": ("in", "over"),
}  # fmt: skip
"""What passes between periods: see docs/publishing.md."""
_BOOLEANS: Mapping[str, bool] = {"true": True, "false": False}


@immutable
class Sieve:
    """Which rows a column takes; `late` tells whether overdue rows are taken alone (True) or left out (False)."""

    conditions: tuple[Condition, ...] = ()
    late: bool | None = None
    due: str | None = None  # rows whose deadline of this kind has passed: a key of a `late` measure
    name: str = ""  # the conditions in a word: the key of a column that has none
    problems: tuple[Problem, ...] = ()


@immutable
class Words:
    """What conditions may speak of in one checklist."""

    fields: Mapping[str, Field]
    statuses: tuple[str, ...]
    below: Mapping[str, tuple[str, ...]]  # every code of the checklist with all codes below it, itself first
    choices: Mapping[str, tuple[str, ...]]  # field → what it may hold

    @property
    def conditions(self) -> tuple[str, ...]:
        """Name every condition that can be asked for."""
        days = [name for name, key in DAYS.items() if key in self.fields]
        dated = [key for key, used in self.fields.items() if used.type == "day"]
        coded = [key for key in ("category", "item") if key in self.fields]
        return (*dict.fromkeys([*coded, *self.choices, *FLAGS, "blank", "filled", *days, *dated, *self.flows]),)

    @property
    def flows(self) -> tuple[str, ...]:
        """Name the flows this checklist's fields can tell."""
        return flows(self.fields)


def flows(fields: Container[str]) -> tuple[str, ...]:
    """Name the flows that entries with these fields can tell."""
    needed = {"due": ("deadline",), "carried": ("found_on", "done_on", "status")}
    both = ("deadline", "done_on", "status")
    return tuple(name for name in FLOWS if all(key in fields for key in needed.get(name, both)))


def words(checklist: Checklist) -> Words:
    """Gather what conditions may speak of."""
    fields = {used.key: used for used in campaign_fields(checklist)}
    choices = {key: tuple(choice.key for choice in used.values) for key, used in fields.items() if used.values}
    choices |= {key: ("yes", "no") for key, used in fields.items() if used.type == "yes_no"}
    if "status" in fields:
        choices["status"] = tuple(checklist.statuses)
    if "track" in fields and checklist.tracks:
        choices["track"] = tuple(checklist.tracks)
    return Words(fields, tuple(checklist.statuses), below(checklist), choices)


def below(checklist: Checklist) -> Mapping[str, tuple[str, ...]]:
    """Map every category and item to itself and all codes below it: a category also matches its items."""
    codes: dict[str, tuple[str, ...]] = {}
    for category in checklist.categories:
        inside = [category.code]
        for item in category.items:
            codes[item.code] = (item.code, *(circumstance.code for circumstance in item.circumstances))
            codes |= {circumstance.code: (circumstance.code,) for circumstance in item.circumstances}
            inside += codes[item.code]
        codes[category.code] = tuple(inside)
    return codes


@dataclass(slots=True)
class _Reader:
    words: Words
    found: list[Condition] = field(default_factory=list)
    late: bool | None = None
    due: str | None = None
    names: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def read(self, name: str, asked: tuple[str, ...]) -> None:
        if name not in self.words.conditions:
            self._problem((name,), "condition", value=name, allowed=join(self.words.conditions))
        elif name in FLAGS:
            self._flag(name, asked)
        elif name in ("blank", "filled"):
            self._filled(name, asked)
        elif name in self.words.choices:
            self._choice(name, asked, self.words.choices[name])
        elif name in ("category", "item"):
            self._code(name, asked)
        elif name in FLOWS:
            self._flow(name, asked)
        else:
            self._day(name, asked)

    def _flag(self, name: str, asked: tuple[str, ...]) -> None:
        if not self._known(name, asked, tuple(_BOOLEANS)) or len(asked) != 1:
            return
        wanted = _BOOLEANS[asked[0]]
        self.names.append(name if wanted else f"not_{name}")
        if name == "overdue":
            self.late = wanted
        elif "status" in self.words.fields:  # without one, every entry is open
            accept = (status for status in self.words.statuses if (status in CLOSED) != wanted)
            self.found.append(Condition("status", tuple(accept)))

    def _filled(self, name: str, asked: tuple[str, ...]) -> None:
        if self._known(name, asked, tuple(self.words.fields)):
            wanted = "yes" if name == "filled" else "no"
            self.found += [Condition(f"filled:{key}", (wanted,)) for key in asked]
            self.names.append("_".join((name, *asked)))

    def _choice(self, name: str, asked: tuple[str, ...], allowed: tuple[str, ...]) -> None:
        if self._known(name, asked, allowed):
            self.found.append(Condition(name, tuple(asked)))
            self.names.append("_".join(asked))

    def _code(self, name: str, asked: tuple[str, ...]) -> None:
        if self._known(name, asked, tuple(self.words.below)):
            accept = dict.fromkeys(code for one in asked for code in self.words.below[one])
            self.found.append(Condition(name, tuple(accept)))
            self.names.append("_".join(asked))

    def _flow(self, name: str, asked: tuple[str, ...]) -> None:
        if not self._known(name, asked, FLOWS[name]) or len(asked) != 1:
            return
        self.names.append(f"{name}_{asked[0]}")
        if name == "carried":
            self.found += [Condition("status", self.words.statuses), Condition(f"day:carried_{asked[0]}", ("in",))]
            return
        kind = asked[0] if asked[0] in DUE else "extended"
        self.due = DUE[kind]
        self.found.append(Condition(f"day:due_{kind}", ("in",)))
        if name != "due":
            on_time = name == "on_time"
            self.found.append(Condition("status", CLOSED if on_time else self.words.statuses))
            self.found.append(Condition(f"day:on_time_{kind}", ("in" if on_time else "out",)))

    def _day(self, name: str, asked: tuple[str, ...]) -> None:
        if self._known(name, asked, ("in_period",)):
            self.found.append(Condition(f"day:{DAYS.get(name, name)}", ("in",)))
            self.names.append(name)

    def _known(self, name: str, asked: tuple[str, ...], allowed: Iterable[str]) -> bool:
        allowed = tuple(allowed)
        strange = [value for value in asked if value not in allowed]
        for value in strange:
            self._problem((name,), "condition_value", name=name, value=value, allowed=join(allowed))
        return bool(asked) and not strange

    def _problem(self, where: tuple[str, ...], reason: str, **args: str) -> None:
        self.problems.append(Problem(where, reason, args))


def read(where: Where, known: Words) -> Sieve:
    """Read the conditions of a column; what is not understood is a problem, all of them at once."""
    reader = _Reader(known)
    for name, asked in where.items():
        reader.read(name, (asked,) if isinstance(asked, str) else tuple(asked))
    return Sieve(tuple(reader.found), reader.late, reader.due, "_".join(reader.names), tuple(reader.problems))
