"""The conflict file as a workbook (`ledger.conflicts.xlsx`): the same rows, with a list to choose from in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hazardctl import text
from hazardctl.errors import FileFault, HazardError
from hazardctl.files import store
from hazardctl.formats import book_xml
from hazardctl.formats.book import FANG_SONG, SONG, TEXT_FORMAT, Book, Cell, Choices, Line, Sheet, Style, across
from hazardctl.i18n import LANGUAGES, has, t, t_in
from hazardctl.merging import questions
from hazardctl.merging.questions import COLUMNS, Question

SUFFIX = ".conflicts.xlsx"
SIDES = ("ours", "theirs", "base")
_WIDTHS = {"id": 18, "field": 10, "label": 16, "base": 26, "ours": 26, "theirs": 26, "choose": 22, "why": 24}
_HEADING = Style(SONG, 10.5, bold=True, align="center", border=True, fill="F2F2F2")
_TOLD = Style(FANG_SONG, 10.5, border=True)
_FILLED = Style(FANG_SONG, 10.5, border=True, fill="FFF2CC", number=TEXT_FORMAT, locked=False)
_NOTE = Style(FANG_SONG, 11)


class TwoAnswersError(FileFault):
    """Conflict file and workbook say different things about one cell. Values: `path`, `id`, `label`, `one`, `other`."""

    key = "resolve.two_answers"
    exit_code = 1


def path_of(conflicts: Path) -> Path:
    """Name the workbook that goes with a conflict file."""
    return conflicts.with_name(conflicts.name.removesuffix(questions.SUFFIX) + SUFFIX)


def leave(conflicts: Path, asked: Sequence[Question] | None = None) -> Path | None:
    """Write or refresh the workbook beside a conflict file, what was chosen in it kept; None where that cannot be.

    `asked` is what the conflict file holds, where that is known. The workbook is a second way to fill in the same
    file: where it is open in Excel, or damaged, the conflict file is enough.
    """
    if asked is None:
        asked = questions.read(store.read(conflicts).data or b"", conflicts.name)
    place = path_of(conflicts)
    with suppress(HazardError, OSError):
        known = chosen(place) if place.exists() else {}
        rows = [(one, one.choose or known.get((one.id, one.field), "")) for one in asked]
        store.update(place, lambda _: write(rows))
        return place
    return None


def write(rows: Sequence[tuple[Question, str]]) -> bytes:
    """Write the workbook: a line of explanation, the headings, a row for each cell with what was chosen for it."""
    heads: list[Cell | None] = [Cell(t(f"resolve.column_{name}"), _HEADING) for name in COLUMNS]
    lines = [Line([Cell(t("resolve.how"), _NOTE)], 36), Line(heads, 24)]
    for one, choose in rows:
        said: list[Cell | None] = [Cell(_shown(one, name), _TOLD) for name in COLUMNS]
        said[COLUMNS.index("choose")] = Cell(choose or None, _FILLED)
        lines.append(Line(said))
    at = COLUMNS.index("choose")
    source = '"' + ",".join(t(f"resolve.side_{side}") for side in SIDES) + '"'
    choices = Choices(across(2, at, at, max(len(rows), 1)), source, strict=False, words=t("resolve.how_choose"))
    sheet = Sheet(
        t("resolve.sheet"), lines, [float(_WIDTHS[name]) for name in COLUMNS], [across(0, 0, len(COLUMNS) - 1)],
        frozenset({COLUMNS.index("field")}), frozen=2, repeated=(2, 2), protected=True, choices=[choices],
    )  # fmt: skip
    return book_xml.write(Book(t("resolve.sheet"), [sheet]))


def _shown(one: Question, name: str) -> str:
    value = str(getattr(one, name))
    if name == "why":
        key = f"merge.why_{value.partition(':')[0]}"
        return f"{t(key)} [{value}]" if has(key) else value
    return value


def chosen(place: Path) -> Mapping[tuple[str, str], str]:
    """Read what somebody has chosen in a workbook, by id and field; raises UnreadableQuestionsError and its kin."""
    return {(one.id, one.field): one.choose for one in read(place) if one.choose}


def read(place: Path) -> list[Question]:
    """Read a workbook that somebody has filled in, in whatever language its headings are."""
    from hazardctl.formats import workbooks  # the merge that git waits for writes, and reads nothing

    for sheet in workbooks.read(place, place.name).sheets:
        for number, row in enumerate(sheet.rows):
            at = _columns(row)
            if {"id", "field", "choose"} <= at.keys():
                return [
                    one
                    for line, cells in enumerate(sheet.rows[number + 1 :], number + 2)
                    if (one := _one(cells, at, line))
                ]
    raise questions.UnreadableQuestionsError([], path=place.name)


def _columns(row: Sequence[str]) -> dict[str, int]:
    known = {
        text.fold(word): name
        for name in COLUMNS
        for word in (name, *(t_in(each, f"resolve.column_{name}") for each in LANGUAGES))
    }
    return {
        known[text.fold(text.clean(cell))]: at for at, cell in enumerate(row) if text.fold(text.clean(cell)) in known
    }


def _one(cells: Sequence[str], at: Mapping[str, int], line: int) -> Question | None:
    said = {name: cells[column] for name, column in at.items()}
    if not any(said.values()):
        return None
    why = said.get("why", "")
    said["why"] = why.rpartition("[")[2].removesuffix("]") if why.endswith("]") else why
    return Question(**{**dict.fromkeys(("id", "field", "label", "base", "ours", "theirs"), ""), **said}, line=line)


def together(asked: Sequence[Question], known: Mapping[tuple[str, str], str], path: str) -> list[Question]:
    """Put together what was chosen in the conflict file and in the workbook; raises TwoAnswersError."""
    filled = []
    for one in asked:
        other = known.get((one.id, one.field), "")
        if one.choose and other and _meant(one.choose) != _meant(other):
            raise TwoAnswersError(path=path, id=one.id, label=one.label, one=one.choose, other=other)
        filled.append(one if one.choose or not other else replace(one, choose=other))
    return filled


def _meant(said: str) -> str:
    word = text.fold(text.trim(said))
    return questions.SIDES.get(word, word)
