"""`hazardctl report`: a report from a template, or one of the campaign's forms."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast

import typer

from hazardctl import i18n, templating, text
from hazardctl.errors import UsageError
from hazardctl.i18n import t
from hazardctl.load import Opened
from hazardctl.reports.asked import Asked
from hazardctl.session import Session
from hazardctl.templating import Form
from hazardctl.workspace import NoCampaignError
from hazardctl.writers import BINARY, SUFFIXES, WRITERS, named


def run(  # noqa: PLR0917 -- typer hands options over by name
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="[NAME]", help=t("report.name"))] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=t("report.output"))] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="UNIT", help=t("report.unit"))] = "",
    period: Annotated[str, typer.Option("--period", metavar="P", help=t("report.period"))] = "",
    form: Annotated[str, typer.Option("--format", metavar="md|html|…", help=t("report.format"))] = "",
    listed: Annotated[bool, typer.Option("--list", help=t("report.list"))] = False,
    linted: Annotated[bool, typer.Option("--lint", help=t("report.lint"))] = False,
    into: Annotated[Path | None, typer.Option("--into", metavar="FILE.xlsx", help=t("report.into"))] = None,
    mapping: Annotated[str, typer.Option("--mapping", metavar="NAME", help=t("report.mapping"))] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("report.dry_run"))] = False,
) -> int:
    """Write a report."""
    session: Session = ctx.obj
    if listed:
        return _list(session)
    if into is not None:
        asked = Asked(session.today, period or None, unit)
        return _into(session, name, asked, into, output, mapping, dry_run=dry_run)
    if not name:
        raise UsageError(
            sentence=t("report.no_name", known=_known(session, session.open() if _root(session) else None))
        )
    if linted:
        return _lint(session, name)
    asked = Asked(session.today, period or None, unit)
    if name in templating.available(_root(session)):
        return _rendered(session, name, asked, output, form, dry_run=dry_run)
    return _filled(session, name, asked, output, form, dry_run=dry_run)


def _rendered(session: Session, name: str, asked: Asked, output: Path | None, form: str, *, dry_run: bool) -> int:
    """Fill a template."""
    from hazardctl import report

    chosen = _form(output, form)
    words, made = report.render(session.open(), name, chosen, asked)
    read = t("report.read", units=made.units, entries=made.facts.get("entries", 0))
    if output is None:
        session.console.data(words)
        session.console.ended(read=read)
        return 0
    return _write(session, output, words.encode(), read, dry_run=dry_run)


def _filled(session: Session, name: str, asked: Asked, output: Path | None, form: str, *, dry_run: bool) -> int:
    """Fill one of the campaign's forms."""
    from hazardctl import report
    from hazardctl.reports import forms
    from hazardctl.writers import text as drawing

    opened = session.open()
    known = forms.known(opened)
    if name not in known:
        raise UsageError(sentence=t("report.no_report", name=name, known=_known(session, opened)))
    writer = _writer(output, form)
    filled = report.fill(opened, known[name], asked, session.language_of(opened))
    if filled.findings:
        from hazardctl.reporters import text as reporter

        session.console.complain(reporter.listing(filled.findings))
    for trouble in filled.troubles:
        session.console.complain(trouble)
    read = t("report.read", units=filled.units, entries=filled.entries)
    if output is not None:
        data = named(writer).file(filled.document)
        return _write(session, output, data, read, dry_run=dry_run) or filled.exit_code
    if writer == "text":
        session.console.out(drawing.draw(filled.document, session.console))
    else:
        session.console.data(named(writer).draw(filled.document))
    session.console.ended(read=read)
    return filled.exit_code


def _into(  # noqa: PLR0917 -- as many as the command was given
    session: Session, name: str, asked: Asked, theirs: Path, output: Path | None, mapping: str, *, dry_run: bool
) -> int:
    """Put figures into somebody else's workbook; into a copy, unless its own name is given."""
    from hazardctl.forms import into
    from hazardctl.reports import small_counts
    from hazardctl.rollup import roll_up

    opened = session.open()
    kept = into.mapping(opened, mapping, theirs)
    table = roll_up(
        opened, into.table_of(opened, kept, name), asked.period or kept.period or None, None, asked.unit or None,
        today=asked.today,
    )  # fmt: skip
    done = into.fill(theirs, kept, table, small_counts.hidden(opened, table))
    for sheet, count in done.filled.items():
        session.console.out(t("into.filled", sheet=sheet, count=count))
    if done.replaced:
        session.console.out(t("into.replaced", count=len(done.replaced)))
    for sheet, cell, before, after in done.replaced:
        session.console.out("  " + i18n.labelled(f"{sheet}!{cell}", f"{text.escape(before)} → {after}"))
    if done.missed:
        session.console.out(t("into.not_filled", count=len(done.missed)))
    for missed in done.missed:
        place = "!".join(filter(None, (missed.sheet, missed.place)))
        session.console.out("  " + i18n.labelled(place, t(f"into.{missed.reason}", what=missed.what)))
    read = t("report.read", units=table.units, entries=table.entries)
    copy = output or theirs.with_name(f"{theirs.stem}{t('report.copy')}{theirs.suffix}")
    return _write(session, copy, done.data, read, dry_run=dry_run) or table.exit_code or int(bool(done.missed))


def _write(session: Session, output: Path, data: bytes, read: str, *, dry_run: bool) -> int:
    if dry_run:
        session.console.say(t("report.would_write", path=output, bytes=len(data)))
        return 4
    from hazardctl.files import store

    store.make_folder(output.absolute().parent)
    store.update(output.absolute(), lambda _: data)
    session.console.ended(read=read, changed=t("report.wrote", path=output))
    return 0


def _form(output: Path | None, form: str) -> Form:
    suffix = output.suffix.lower().lstrip(".") if output else ""
    chosen = form or {"md": "md", "markdown": "md", "html": "html", "htm": "html"}.get(suffix, "" if output else "md")
    if chosen not in ("md", "html"):
        raise UsageError(sentence=t("report.no_suffix", path=output or form, known=".md, .html"))
    return cast("Form", chosen)


def _writer(output: Path | None, form: str) -> str:
    """Name the writer of a form: what was asked for, else what the file's suffix says, else the terminal."""
    chosen = form or (SUFFIXES.get(output.suffix.lower(), "") if output else "text")
    if chosen not in WRITERS or (chosen in BINARY and output is None):
        raise UsageError(sentence=t("report.no_suffix", path=output or form, known=i18n.join(SUFFIXES)))
    return chosen


def _root(session: Session) -> Path | None:
    try:
        return session.workspace().root
    except NoCampaignError:
        return None


def _known(session: Session, opened: Opened | None = None) -> str:
    from hazardctl.reports import forms

    names = sorted(templating.available(_root(session)))
    return i18n.join([*names, *(forms.known(opened) if opened else ())])


def _list(session: Session) -> int:
    from hazardctl.writers import text as writer

    root = _root(session)
    rows = []
    for name, found in sorted(templating.available(root).items()):
        own = any(root and path.is_relative_to(root) for path in found.values())
        rows.append((name, i18n.join(found), t("report.own") if own else t("report.shipped")))
    if root:
        from hazardctl.reports import forms

        opened = session.open()
        kinds = i18n.join(kind for kind in WRITERS if kind != "text")
        rows += [
            (name, kinds, i18n.labelled(t("report.form"), i18n.pick(form.title)))
            for name, form in forms.known(opened).items()
        ]
    heads = tuple(t(f"report.column_{key}") for key in ("name", "forms", "where"))
    session.console.out(writer.columns(heads, rows, session.console))
    return 0


def _lint(session: Session, name: str) -> int:
    from hazardctl import report

    found, paths = report.lint(name, _root(session))
    if not found:
        session.console.out("\n".join(t("report.lint_fine", path=path.name) for path in paths))
        return 0
    from hazardctl.reporters import text as reporter

    session.console.out(reporter.listing(found))
    return 1
