"""`hazardctl rollup`: the statistics table, on the terminal, for programs, or as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hazardctl import again, engines, i18n
from hazardctl.engines import ENGINES
from hazardctl.errors import UsageError
from hazardctl.i18n import t
from hazardctl.publishing import BASES
from hazardctl.session import Session
from hazardctl.writers import BINARY, SUFFIXES, named

if TYPE_CHECKING:  # what is said again needs none of it
    from hazardctl.again import Look
    from hazardctl.publishing.published import Published
    from hazardctl.statistics.table import Table

DATA = ("csv", "json")  # have no notes
KERNEL = "hazardctl.statistics.kernel"
FORMATS = ("table", "csv", "json", "md", "html", "xlsx")


def run(  # noqa: PLR0917 -- typer gives options by name
    ctx: typer.Context,
    table: Annotated[str | None, typer.Option("--table", metavar="ID", help=t("rollup.table"))] = None,
    period: Annotated[str | None, typer.Option("--period", metavar="P", help=t("rollup.period"))] = None,
    level: Annotated[int | None, typer.Option("--level", metavar="N", help=t("rollup.level"))] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help=t("rollup.unit"))] = None,
    form: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help=t("rollup.format"))] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=t("rollup.output"))] = None,
    engine: Annotated[
        str, typer.Option("--engine", metavar=f"{'|'.join(ENGINES)}[=ADDRESS]", help=t("rollup.engine"))
    ] = "local",
    incomplete: Annotated[bool, typer.Option("--allow-incomplete", help=t("rollup.incomplete"))] = False,
    basis: Annotated[str, typer.Option("--basis", metavar="|".join(BASES), help=t("rollup.basis"))] = "live",
    compare: Annotated[str | None, typer.Option("--compare", metavar="P", help=t("rollup.compare"))] = None,
    received: Annotated[list[str] | None, typer.Option("--from", metavar="[UNIT=]FILE", help=t("rollup.from"))] = None,
    trace: Annotated[bool, typer.Option("--trace", help=t("rollup.trace"))] = False,
) -> int:
    """Roll up."""
    session: Session = ctx.obj
    writer = _writer(form, output)
    engines.named(engine)
    _one_of("--basis", basis, BASES)
    given: dict[str, Any] = {
        "table": table, "period": period, "level": level, "unit": unit, "basis": basis, "compare": compare,
        "trails": trace, "engine": engine, "files": tuple(received or ()),
    }  # fmt: skip
    with session.helped(engine, KERNEL) as warm:
        seen = None if output or received or trace else _look(session, [*given.values(), incomplete, writer])
        if seen and (kept := again.said(seen)):
            session.console.again(kept[0])
            return kept[1]
        warm(KERNEL)
        given["looked"] = seen if seen and seen.units else None
        words = session.console.remember() if seen and seen.name else []
        code, settled = _rolled(session, given, writer, output, incomplete=incomplete)
    if seen and settled:
        again.keep(seen, words, code)
    return code


def _look(session: Session, given: list[object]) -> Look | None:
    """Look at the campaign's files, where these and what was asked for are all that the words depend on."""
    if isinstance(session.asked, str):
        return None
    console = session.console
    shown = (console.width, console.unicode, console.colored, console.quiet, i18n.language(), session.lang)
    return again.look(session.workspace().root, [*given, *shown, session.today.isoformat()])


def _rolled(
    session: Session, given: Mapping[str, Any], writer: str, output: Path | None, *, incomplete: bool
) -> tuple[int, bool]:
    """Roll up and say so; gives the exit code, and whether nothing is left to be done or told when it is said again."""
    from hazardctl.files import store
    from hazardctl.publishing.published import Wanted, publish

    opened = session.open()
    wanted = Wanted(**given)
    language = session.language_of(opened) if session.lang or wanted.basis in ("live", "submitted") else ""
    files = opened.campaign.locale
    with session.console.progress(t("rollup.units"), len(opened.units.units)) as advance:
        made = publish(opened, wanted, language=language, files=files, today=session.today, advance=advance)
    rolled = made.table
    _draw(session, made, writer, output)
    if made.manifest is None:
        _tell(session, rolled, shown=output is None and writer not in DATA)
    read = t("rollup.read", units=rolled.units, rows=rolled.entries)
    session.console.ended(read=read, changed="" if output is None else str(output))
    if rolled.news:
        from hazardctl.journals import noticing

        noticing.notice(opened, rolled.news, command="rollup", most=noticing.GLANCE, begin=False)
    else:
        store.tidy(opened.workspace.root)
    if made.manifest is not None:  # what was published stands, with what was said of it then
        return 0, False
    code = (replace(rolled, findings=()) if incomplete else rolled).exit_code
    return code, not (rolled.news or rolled.findings or store.kept())


def _draw(session: Session, made: Published, writer: str, output: Path | None) -> None:
    if output is not None:
        from hazardctl.files import store

        store.write(output, made.kept(writer) or named(writer).file(made.document), expected=None)
    elif writer == "text":
        from hazardctl.writers import text

        session.console.out(text.draw(made.document, session.console))
    else:
        session.console.data(made.kept_text(writer) or named(writer).draw(made.document))


def _tell(session: Session, table: Table, *, shown: bool) -> None:
    """Say what keeps the table from being whole, where it is not `shown` under the table already."""
    if table.findings:
        from hazardctl.reporters import text as reporter

        session.console.complain(reporter.listing(table.findings))
    from hazardctl.statistics import printed

    for trouble in () if shown else printed.troubles(table, i18n.language()):
        session.console.complain(trouble)


def _writer(form: str, output: Path | None) -> str:
    """Name the writer: what was asked for, else what the file's suffix says."""
    if form:
        _one_of("--format", form, FORMATS)
        if form in BINARY and output is None:
            raise UsageError(sentence=t("rollup.no_output", form=form))
        return "text" if form == "table" else form
    if output is None:
        return "text"
    if output.suffix.lower() not in SUFFIXES:
        raise UsageError(sentence=t("rollup.no_suffix", file=output, known=i18n.join(SUFFIXES)))
    return SUFFIXES[output.suffix.lower()]


def _one_of(option: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise UsageError(sentence=t("options.one_of", option=option, value=value, allowed="|".join(allowed)))
