"""`hazardctl rollup`: the statistics table, on the terminal, for programs, or as a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from hazardctl import engines, i18n
from hazardctl.engines import ENGINES
from hazardctl.errors import UsageError
from hazardctl.i18n import t
from hazardctl.journals import recording
from hazardctl.publishing.published import BASES, Published, Wanted, publish
from hazardctl.session import Session
from hazardctl.statistics import printed
from hazardctl.statistics.table import Table
from hazardctl.writers import BINARY, SUFFIXES, named

DATA = ("csv", "json")  # have no notes
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
    wanted = Wanted(table, period, level, unit, basis, compare, trace, engine, tuple(received or ()))
    opened = session.open()
    language = session.language_of(opened) if session.lang or basis in ("live", "submitted") else ""
    files = opened.campaign.locale
    with session.console.progress(t("rollup.units"), len(opened.units.units)) as advance:
        made = publish(opened, wanted, language=language, files=files, today=session.today, advance=advance)
    rolled = made.table
    _draw(session, made, writer, output)
    if made.manifest is None:
        _tell(session, rolled, shown=output is None and writer not in DATA)
    read = t("rollup.read", units=rolled.units, rows=rolled.entries)
    session.console.ended(read=read, changed="" if output is None else str(output))
    recording.notice(opened, rolled.news, command="rollup", most=recording.GLANCE, begin=False)
    if made.manifest is not None:  # what was published stands, with what was said of it then
        return 0
    return (replace(rolled, findings=()) if incomplete else rolled).exit_code


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
