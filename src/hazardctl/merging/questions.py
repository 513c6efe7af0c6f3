"""The conflict file (`ledger.conflicts.csv`): one row for each cell a person has to settle, ready to be filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hazardctl import text
from hazardctl.errors import FileFault
from hazardctl.files import store
from hazardctl.findings import Finding
from hazardctl.formats import csv
from hazardctl.records import immutable

COLUMNS: tuple[str, ...] = ("id", "field", "label", "base", "ours", "theirs", "choose", "why")
SUFFIX = ".conflicts.csv"
# What a clerk may write under `choose`; anything else is the value itself.
SIDES: Mapping[str, str] = {
    "ours": "ours", "our": "ours", "本方": "ours", "我方": "ours", "己方": "ours", "甲": "ours",
    "theirs": "theirs", "their": "theirs", "对方": "theirs", "他方": "theirs", "乙": "theirs",
    "base": "base", "原值": "base", "原": "base", "不改": "base",
}  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class UnreadableQuestionsError(FileFault):
    """The conflict file cannot be read for certain. Values: `path`."""

    key = "resolve.unreadable"

    def __init__(self, findings: Sequence[Finding], path: str) -> None:
        super().__init__(path=path)
        self.findings = list(findings)


class UnclearChoiceError(FileFault):
    """What stands under `choose` is nearly a word we know. Values: `path`, `line`, `given`, `meant`."""

    key = "resolve.unclear_choice"
    exit_code = 1


@immutable
class Question:
    """One cell in question; `field` is a field's key or a column's heading, `choose` what the clerk wrote."""

    id: str
    field: str
    label: str
    base: str
    ours: str
    theirs: str
    choose: str = ""
    why: str = ""
    line: int = 0


def path_of(file: Path) -> Path:
    """Name the conflict file of a file: beside it."""
    return file.with_name(file.stem + SUFFIX)


def write(questions: Sequence[Question]) -> bytes:
    """Write a conflict file as Excel and WPS open it; no cell becomes a formula there."""
    return csv.write(COLUMNS, [[_harmless(getattr(one, name)) for name in COLUMNS] for one in questions])


def read(data: bytes, path: str) -> list[Question]:
    """Read a conflict file that somebody has filled in; raises UnreadableQuestionsError."""
    from hazardctl.fields import heading  # the merge that git waits for asks, and reads nothing

    sheet = csv.read(data, path)
    known = {heading(title): column for column, title in enumerate(sheet.header)}
    grave = [finding for finding in sheet.findings if finding.code != "F107"]
    if grave or not {"id", "field", "choose"} <= known.keys():
        raise UnreadableQuestionsError(grave, path=path)
    questions = []
    for number, row in enumerate(sheet.rows):
        cells = {name: _plain(row[known[name]]) for name in COLUMNS if name in known}
        if any(cells.values()):
            questions.append(replace(Question("", "", "", "", "", ""), **cells, line=sheet.lines[number]))
    return questions


def chosen(question: Question, path: str) -> str | None:
    """Give the value a clerk chose: a side's, or one written out; None where nothing was chosen yet."""
    said = text.trim(question.choose)
    if not said:
        return None
    folded = text.fold(said)
    if side := SIDES.get(folded):
        kept = question.why in (f"deleted:{side}", f"row:{side}")  # entries are never removed by a merge
        return question.base if kept else str(getattr(question, side))
    if said in (question.base, question.ours, question.theirs):
        return said
    import difflib

    if near := difflib.get_close_matches(folded, [word for word in SIDES if word.isascii()], 1, 0.75):
        raise UnclearChoiceError(path=path, line=question.line, given=said, meant=near[0])
    return said


def record(file: Path, asked: Sequence[Question]) -> Path | None:
    """Write what a merge leaves in question beside the file it is about; None where that is nothing.

    Questions of an earlier merge that are still open stay.
    """
    if not asked:
        return None
    return add(path_of(file), asked)


def add(place: Path, asked: Sequence[Question]) -> Path:
    """Add questions to a conflict file; one that has the candidates of an earlier one takes its place."""

    def change(before: store.Snapshot) -> bytes:
        old = read(before.data, place.name) if before.data else []
        return write([*(one for one in old if not any(_covers(new, one) for new in asked)), *asked])

    store.update(place, change)
    return place


def _covers(new: Question, old: Question) -> bool:
    same = (new.id, new.field) == (old.id, old.field)
    return same and {old.ours, old.theirs} <= {new.base, new.ours, new.theirs} and (not old.choose or old == new)


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) or value.startswith("'") else value


def _plain(value: str) -> str:
    if value.startswith("'") and value[1:].startswith((*_FORMULA, "'")):
        return value[1:]
    return value
