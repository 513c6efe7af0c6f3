"""Leave for a person what a merge could not settle: a conflict file, a workbook, and a sentence for each file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from hazardctl import i18n
from hazardctl.console import Console
from hazardctl.errors import HazardError
from hazardctl.i18n import t
from hazardctl.merging import questions
from hazardctl.merging.questions import Question
from hazardctl.merging.quick import Done
from hazardctl.merging.threeway import Conflict

CLEAN, CONFLICT, FAILED = 0, 1, 129


def leave(path: Path, asked: Sequence[Question], gone: Sequence[str], console: Console) -> None:
    """Write down what is in question about a file, and say so; `gone` are the ids of entries that one side deleted."""
    fresh = not questions.path_of(path).exists()
    place = questions.record(path, asked)
    if gone:
        console.complain(f"hazardctl: {path.as_posix()}: {t('merge.gone', ids=i18n.join(gone))}")
    if place:
        from hazardctl.merging import asked_book

        asked_book.leave(place, asked if fresh else None)
        told = t("merge.cells", count=len(asked), path=place.as_posix())
        console.complain(f"hazardctl: {path.as_posix()}: {told}")


def finish(done: Done, ours: str, path: str) -> int:
    """Leave what a quick merge asks beside the file, and the result where git wants it; gives git's exit code."""
    console = begun()
    try:
        asked = [question(entry, one, title, label) for entry, one, title, label in done.asked]
        leave(Path(path), asked, done.gone, console)
        give(Path(ours), done.data)
    except Exception as error:  # noqa: BLE001 -- git would take an unknown exit code for a conflict
        return failed(error, console)
    return CONFLICT if asked else CLEAN


def give(ours: Path, data: bytes) -> None:
    """Write a result into git's own temporary file: git reads it as soon as we are done, and it never lasts."""
    with ours.open("wb") as stream:
        stream.write(data)


def begun() -> Console:
    """Give a console that speaks the language of this user."""
    i18n.use(i18n.choose(None, i18n.default_environment()))
    return Console()


def failed(error: Exception, console: Console | None = None) -> int:
    """Say why a file is left to git; gives git's exit code."""
    said = str(error) if isinstance(error, HazardError) else f"{type(error).__name__}: {error}"
    (console or begun()).complain(f"hazardctl: {said}")
    return FAILED


def question(entry: str, one: Conflict, title: str, label: str | Mapping[str, str]) -> Question:
    """Put one cell in question; `title` is its column's heading, `label` what the campaign calls the field."""
    own = one.column.startswith("=")  # a column of the clerk's own
    why = f"{one.why}:{one.gone}" if one.gone else one.why
    name = title if own else one.column
    return Question(entry, name, i18n.pick(label), one.base, one.ours, one.theirs, "", why)
