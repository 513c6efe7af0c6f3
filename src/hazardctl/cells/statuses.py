"""Read a status (整改状态), a track (整改类型), a yes or no, and names, in the words clerks use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from hazardctl.cells.status_words import COMPOUND_SURNAMES, STATUS_OF, STATUSES, TRACK_OF, TRACKS, YES_NO_OF, word
from hazardctl.records import immutable
from hazardctl.text import mark, trim, unsafe

__all__ = [
    "LIBERTIES", "PROBLEMS", "SAFE", "STATUSES", "TRACKS", "Labels", "Reading",
    "read_status", "read_track", "read_yes_no", "split_names",
]  # fmt: skip

PROBLEMS: Final = (
    "unknown",
    "broken",  # characters are lost or hidden
    "track",  # 立行立改 in a status column says how fast, not how far (track)
    "several",  # 已整改，长期坚持: two statuses that differ (first, second)
)
LIBERTIES: Final = (
    "synonym",  # another word for the same
    "yes_no",  # ✓ or 否 where a status belongs
    "partly",  # 基本完成: still open
    "submitted",  # 待验收: claimed, not accepted, still open
    "standing",  # 长期坚持: still open
    "refused",  # 退回, 不合格: came back, open again
    "closed",  # 已销号: done and accepted
)
SAFE: Final = frozenset(["synonym"])
"""The liberty that leaves no doubt: only this one may be repaired without being asked."""
LONGEST: Final = 40
"""Longer cells are prose in the wrong column."""

Labels = Mapping[str, Sequence[str]]
"""The campaign's own words: key, its labels and aliases."""

_NO_LABELS: Final[Labels] = {}
_TICKED = "■☑✓✔√▣●"
_BOX = f"[{_TICKED}□☐○]"
_ANSWER = "是|有|否|无|已到位|未到位|yes|no"
_PARTS = "[、，,；;/+（）()]|并且|并|但"


@immutable
class Reading:
    """One word as it was read; `value` is empty where there is none, and `mark` or `problem` says why."""

    value: str = ""
    liberty: str = ""
    problem: str = ""
    mark: str = ""  # blank, filler, ditto, not_applicable
    track: str = ""  # the track that stood in a status column
    args: tuple[tuple[str, str], ...] = ()


_UNKNOWN: Final = Reading(problem="unknown")


def read_status(text: str, labels: Labels = _NO_LABELS) -> Reading:
    """Read a status; the campaign's own labels win over the words that are known everywhere."""
    if own := _own(text, labels):
        return own
    if stands_for := mark(text):
        return Reading(mark=stands_for)
    if unsafe(text, single_line=True) or "?" in text:
        return Reading(problem="broken")
    if len(text) > LONGEST:
        return _UNKNOWN
    known = _status(text)
    return known if known.problem != "unknown" else _combined(text, labels)


def read_track(text: str, labels: Labels = _NO_LABELS) -> Reading:
    """Read a track: at_once, by_date or long_term, or one the campaign has of its own."""
    if own := _own(text, labels):
        return own
    if stands_for := mark(text):
        return Reading(mark=stands_for)
    said = word(text)
    track = TRACK_OF.get(said, said.replace(" ", "_") if said.replace(" ", "_") in TRACKS else "")
    return Reading(track, "" if text == track else "synonym") if track else _UNKNOWN


def read_yes_no(text: str) -> Reading:
    """Read `yes` or `no`; blank stays blank, since ✓ against nothing is the column's custom to settle."""
    said = word(text)
    if answer := YES_NO_OF.get(said):
        return Reading(answer)
    if stands_for := mark(text):
        return Reading(mark=stands_for)
    return _boxes(said) or _UNKNOWN


def split_names(text: str) -> tuple[str, ...]:
    """Split a cell of names: 张三、李四；王五. Each name stays byte for byte; brackets stay with their name."""
    if mark(text):
        return ()
    return tuple(name for part in _outside_brackets(text) for name in _at_blanks(trim(part)) if name)


def _own(text: str, labels: Labels) -> Reading | None:
    """Find a word of the campaign, exactly or but for its layout; a word of two keys belongs to the first."""
    for key, words in labels.items():
        if text == key or text in words:
            return Reading(key)
    said = word(text)
    for key, words in labels.items():
        if said and any(said == word(own) for own in (key, *words)):
            return Reading(key, "synonym")
    return None


def _status(text: str) -> Reading:
    if text in STATUSES:
        return Reading(text)
    said = word(text)
    if known := STATUS_OF.get(said):
        return Reading(*known)
    if track := TRACK_OF.get(said):
        return Reading(problem="track", track=track, args=(("track", track),))
    return _UNKNOWN


def _combined(text: str, labels: Labels) -> Reading:
    """Read 整改中（待验收）: several words that agree are one status; words that do not are a problem."""
    parts = [part for part in re.split(_PARTS, text) if trim(part)]
    readings = [_own(part, labels) or _status(part) for part in parts]
    if len(parts) < 2 or not all(reading.value for reading in readings):
        return _UNKNOWN
    first = readings[0]
    for other in readings[1:]:
        if other.value != first.value:
            return Reading(problem="several", args=(("first", first.value), ("second", other.value)))
    graver = next((reading.liberty for reading in readings if reading.liberty not in ("", "synonym")), "synonym")
    return replace(first, liberty=graver)


def _boxes(said: str) -> Reading | None:
    """Read ■是□否, or 是■否□: the box before its word where the cell begins with a box."""
    pair = rf"({_BOX})({_ANSWER})" if re.match(_BOX, said) else rf"({_ANSWER})({_BOX})"
    if not re.fullmatch(rf"(?:{pair} ?)+", said):
        return None
    pairs = [set(found.groups()) for found in re.finditer(pair, said)]
    ticked = [answer for found in pairs for answer in found if found & set(_TICKED) and answer in YES_NO_OF]
    answers = [answer for answer in ticked if not re.fullmatch(_BOX, answer)]
    return Reading(YES_NO_OF[answers[0]]) if len(answers) == 1 else None


def _outside_brackets(text: str) -> Iterator[str]:
    start = depth = 0
    for at, character in enumerate(text):
        depth += (character in "(（") - (character in ")）" and depth > 0)
        if not depth and character in "、；;，,/|\n\r":
            yield text[start:at]
            start = at + 1
    yield text[start:]


def _at_blanks(name: str) -> list[str]:
    """Split 张三 李四 but leave 张 三, 欧阳 修 and John Smith whole."""
    parts = name.split()
    whole = all("\u4e00" <= c <= "\u9fff" for part in parts for c in part) and all(
        len(part) in (2, 3, 4) for part in parts
    )
    return parts if whole and len(parts) > 1 and parts[0] not in COMPOUND_SURNAMES else [name]
