"""Match the headings of a foreign table to the fields of a campaign: what is certain, close, or not known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from difflib import get_close_matches
from typing import Final

from hazardctl.cells.terms import Terms
from hazardctl.checklist import FormColumn, form_leaves
from hazardctl.fields import STANDARD, heading, labels
from hazardctl.records import immutable
from hazardctl.spreadsheets.words import BEGINS, ENDS, FOREIGN_GROUP, HEADINGS, IGNORED, SECOND_STATUS, UNIT_COLUMN

MAPPED, OWN, COMMON, CLOSE = 4, 3, 2, 1
"""How firmly a heading stands for a field: said by the clerk, the campaign's own word, a trade's word, a misprint."""
HOW: Final = {MAPPED: "mapped", OWN: "own", COMMON: "common", CLOSE: "close"}
_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_ORDINAL = re.compile(r"^(?:[\d①-⑳]+|[一二三四五六七八九十]+)[.、．)]")
_COMMONPLACE = re.compile("隐患|问题|整改|风险|安全")
_SHORTEST_MISPRINT = 4
_LONGEST = 60


@immutable
class Vocabulary:
    """All headings that mean a field, folded; `mapping` is what the clerk said and wins."""

    own: Mapping[str, str]
    common: Mapping[str, str]
    mapping: Mapping[str, str] = field(default_factory=dict)
    letters: frozenset[str] = frozenset()  # every character that occurs in a heading
    read: dict[tuple[str, ...], tuple[str, int, bool]] = field(default_factory=dict)  # what was matched before


@immutable
class Column:
    """A column of the table: its headings from the top down, and the field they stand for."""

    number: int
    path: tuple[str, ...]
    key: str = ""
    strength: int = 0
    second: bool = False  # a second status column: what came of the check after the fix

    @property
    def title(self) -> str:
        """Name the column in one line."""
        return "/".join(" ".join(part.split()) for part in self.path)


def vocabulary(  # noqa: C901 -- one loop for each source of words
    terms: Terms, mapping: Mapping[str, str] | None = None
) -> Vocabulary:
    """Gather the words of a campaign, of the standard fields, and of other trades."""
    own = dict(terms.headings)
    for form in terms.checklist.forms:
        if form.of == "ledger":
            for column in form_leaves(form.columns):
                for name in (*labels_of(column), *column.aliases):
                    if column.field:
                        own.setdefault(heading(name), column.field)
    claimed: dict[str, set[str]] = {}
    for standard in STANDARD:
        for name in standard.aliases:
            claimed.setdefault(heading(name), set()).add(standard.key)
    common = {name: next(iter(keys)) for name, keys in claimed.items() if len(keys) == 1 and name not in own}
    for key, names in HEADINGS.items():
        for name in names:
            if heading(name) not in own:
                common.setdefault(heading(name), key)
    given = {heading(name): key for name, key in (mapping or {}).items()}
    letters = frozenset("".join((*own, *common)))
    return Vocabulary(own, common, given, letters)


def labels_of(column: FormColumn) -> tuple[str, ...]:
    """Give a form column's labels in every language."""
    return (column.label,) if isinstance(column.label, str) else tuple(column.label.values())


def match(number: int, path: tuple[str, ...], words: Vocabulary) -> Column:
    """Say which field a column stands for, if that is certain; misprints are for `settle` to weigh."""
    if not path or len(path[-1]) > _LONGEST:
        return Column(number, path)
    if path not in words.read:
        found = _matched(path, words)
        words.read[path] = (found.key, found.strength, found.second)
    return Column(number, path, *words.read[path])


def _matched(path: tuple[str, ...], words: Vocabulary) -> Column:
    column = Column(0, path)
    for name in ("/".join(path), path[-1]):
        if (key := words.mapping.get(heading(name))) is not None:
            return replace(column, key=key, strength=MAPPED)
    for name in _spoken(path):
        for known, strength in ((words.own, OWN), (words.common, COMMON)):
            if key := known.get(name, ""):
                return replace(column, key=key, strength=strength, second=key == "status" and _is_second(name))
    return replace(column, key=key, strength=COMMON) if (key := _in_two_languages(path[-1], words)) else column


def _in_two_languages(leaf: str, words: Vocabulary) -> str:
    """Read Hazard/隐患描述: one heading, said twice. What is not known may only be the foreign half."""
    halves = [heading(half) for half in re.split(r"[/／|\n]", leaf) if half.strip()]
    keys = [words.own.get(half) or words.common.get(half, "") for half in halves]
    strange = any(not half.isascii() for half, key in zip(halves, keys, strict=True) if not key)
    known = set(filter(None, keys))
    if len(halves) != 2 or len({half.isascii() for half in halves}) != 2 or strange or len(known) != 1:
        return ""
    return known.pop()


def _spoken(path: tuple[str, ...]) -> list[str]:
    """Give the forms in which a column's heading may be known, the most telling first."""
    leaf = path[-1]
    forms = [f"{group}{leaf}" for group in (*reversed(path[:-1]), "".join(path[:-1])) if group]
    group = "".join(path[:-1])
    if not (FOREIGN_GROUP.search(group) and not FOREIGN_GROUP.search(leaf)):
        forms.append(leaf)
    bare = [_ORDINAL.sub("", _BRACKETS.sub("", form).strip()) for form in forms]
    return [name for name in map(heading, (*forms, *bare)) if name]


def _is_second(name: str) -> bool:
    return any(word in name for word in SECOND_STATUS)


def close(column: Column, words: Vocabulary) -> str:
    """Give the field a misprinted heading must mean, if it can mean only one.

    Chinese headings are short and differ by single characters that all mean something (期限, 时间), so only what looks
    like a slip counts: a character that no heading has, a doubled one, two that changed places, one left out of six.
    """
    if not column.path or (len(column.path) > 1 and FOREIGN_GROUP.search("".join(column.path[:-1]))):
        return ""
    typed = heading(_BRACKETS.sub("", column.path[-1]))
    meant = {key for known in (words.own, words.common) for name, key in known.items() if _slip(typed, name, words)}
    return next(iter(meant)) if len(meant) == 1 else ""


def _slip(typed: str, name: str, words: Vocabulary) -> bool:
    if min(len(typed), len(name)) < _SHORTEST_MISPRINT:
        return False
    if len(typed) == len(name):
        wrong = [at for at, (one, two) in enumerate(zip(typed, name, strict=True)) if one != two]
        if len(wrong) == 1:
            return typed[wrong[0]] not in words.letters or (typed.isascii() and len(typed) > 5)
        return (
            len(wrong) == 2
            and wrong[1] == wrong[0] + 1
            and typed[wrong[0]] == name[wrong[1]]
            and (typed[wrong[1]] == name[wrong[0]])
        )
    if len(typed) == len(name) + 1:
        extra = [at for at in range(len(typed)) if typed[:at] + typed[at + 1 :] == name]
        return any((at and typed[at] == typed[at - 1]) or typed.isascii() for at in extra)
    if len(typed) == len(name) - 1 and len(name) > 5:
        return any(name[:at] + name[at + 1 :] == typed for at in range(len(name)))
    return False


@immutable
class Settled:
    """Which column gives which field, and what stands in the way."""

    columns: tuple[Column, ...]  # every column with a heading; those that are not taken have no key
    chosen: Mapping[str, tuple[Column, ...]]  # field → its column; two for a status
    rivals: Mapping[str, tuple[Column, ...]]  # field → columns that claim it with equal right


def settle(columns: Sequence[Column], words: Vocabulary) -> Settled:
    """Give each field the column that claims it most firmly; equal claims are for the clerk to settle."""
    claimed = {column.key for column in columns if column.key}
    known = []
    for column in columns:
        key = "" if column.key else close(column, words)
        known.append(replace(column, key=key, strength=CLOSE) if key and key not in claimed else column)
    chosen: dict[str, tuple[Column, ...]] = {}
    rivals: dict[str, tuple[Column, ...]] = {}
    for key in dict.fromkeys(column.key for column in known if column.key not in ("", IGNORED, "number")):
        claims = [column for column in known if column.key == key]
        best = max(column.strength for column in claims)
        firm = _ending([column for column in claims if column.strength == best])
        if key == "status" and len(claims) == 2 and [column.second for column in claims].count(True) == 1:
            chosen[key] = tuple(sorted(claims, key=lambda column: column.second))
        elif len(firm) == 1 or key == UNIT_COLUMN:
            chosen[key] = (firm[0],)
        else:
            rivals[key] = tuple(firm)
    taken = {column.number for found in (*chosen.values(), *rivals.values()) for column in found}
    kept = tuple(
        column if column.number in taken or column.key in (IGNORED, "number") else replace(column, key="")
        for column in known
    )
    return Settled(kept, chosen, rivals)


def _ending(claims: list[Column]) -> list[Column]:
    """Choose the end of a term that is given as 起 and 止."""
    leaves = [heading(column.path[-1]) for column in claims]
    if len(claims) == 2 and len(set(leaves) & ENDS) == 1 and len(set(leaves) & BEGINS) == 1:
        return [column for column in claims if heading(column.path[-1]) in ENDS]
    return claims


def guesses(column: Column, terms: Terms, free: Sequence[str]) -> list[str]:
    """Suggest fields that are still without a column and whose words resemble a heading."""
    names = {_telling(name): key for key in free for name in (*labels(terms.by_key[key]), *terms.by_key[key].aliases)}
    near = get_close_matches(_telling(column.path[-1]), [name for name in names if name], n=3, cutoff=0.5)
    return list(dict.fromkeys(names[name] for name in near))


def _telling(name: str) -> str:
    """Take out the words that half of all headings begin with: 隐患照片 resembles 隐患类别 in nothing else."""
    return _COMMONPLACE.sub("", heading(name)) or heading(name)


def label(key: str, terms: Terms) -> str:
    """Name a field in the language in force."""
    return terms.label(key)
