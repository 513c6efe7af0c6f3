"""`hazardctl merge`: two versions of a file with one base, row by row and cell by cell."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hazardctl import load, text, workspace
from hazardctl.errors import FileFault, HazardError, Missing
from hazardctl.files import store
from hazardctl.i18n import join, t
from hazardctl.merge import Result, merge
from hazardctl.merging import asked_book, questions
from hazardctl.session import Session


class OpenQuestionsError(FileFault):
    """An earlier merge into the same file is not settled yet. Values: `path`."""

    key = "merge.open_questions"


def run(
    ctx: typer.Context,
    base: Annotated[Path, typer.Argument(metavar="BASE", help=t("merge.base"))],
    ours: Annotated[Path, typer.Argument(metavar="OURS", help=t("merge.ours"))],
    theirs: Annotated[Path, typer.Argument(metavar="THEIRS", help=t("merge.theirs"))],
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=t("merge.output"))] = None,
) -> int:
    """Merge."""
    session: Session = ctx.obj
    goal = output or ours
    before = store.read(output) if output else None
    if questions.path_of(goal).exists():
        raise OpenQuestionsError(path=str(questions.path_of(goal)))
    data = [_data(path) for path in (base, ours, theirs)]
    opened = _campaign(session, ours)
    result = merge(
        data[0], data[1], data[2], ours.name, terms=opened.terms if opened else None, today=session.today,
        paths=(base.name, ours.name, theirs.name),
    )  # fmt: skip
    place = questions.record(goal, result.questions)
    book = asked_book.leave(place) if place else None
    if output is not None:
        store.write(output, result.data, expected=before)
    else:
        session.console.data(result.data)
    _tell(session, result, place)
    session.console.ended(read=t("merge.read"), changed=join(map(str, filter(None, (place, book, output)))))
    return 0 if result.clean else 1


def _data(path: Path) -> bytes:
    data = store.read(path).data
    if data is None:
        raise Missing(path=str(path))
    return data


def _campaign(session: Session, ours: Path) -> load.Opened | None:
    """Open the campaign the file lies in, or the one at hand; a file may be merged without any."""
    if session.asked:
        return session.open()
    for start in (ours.resolve().parent, Path.cwd()):
        try:
            return load.opened(workspace.find(start))
        except HazardError:
            continue
    return None


def _tell(session: Session, result: Result, place: Path | None) -> None:
    if result.gone:
        session.console.complain(t("merge.gone", ids=join(result.gone)))
    for one in result.questions:
        session.console.complain(line(one))
    if place:
        session.console.complain(t("merge.cells", count=len(result.questions), path=str(place)))
    if result.unsound:
        from hazardctl.reporters import text as reporter

        session.console.complain(reporter.listing(result.unsound))


def line(one: questions.Question) -> str:
    """Say one cell in question."""
    shown = {name: text.escape(getattr(one, name)) or t("merge.blank") for name in ("base", "ours", "theirs")}
    why = t(f"merge.why_{one.why.partition(':')[0]}")
    return t("merge.question", id=text.escape(one.id), label=one.label, why=why, **shown)
