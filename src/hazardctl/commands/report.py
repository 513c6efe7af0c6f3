"""`hazardctl report`: a report from a template."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast

import typer

from hazardctl import templating
from hazardctl.errors import UsageError
from hazardctl.i18n import t
from hazardctl.session import Session
from hazardctl.templating import Form
from hazardctl.workspace import NoCampaignError


def run(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="[NAME]", help=t("report.name"))] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=t("report.output"))] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="UNIT", help=t("report.unit"))] = "",
    period: Annotated[str, typer.Option("--period", metavar="P", help=t("report.period"))] = "",
    form: Annotated[str, typer.Option("--format", metavar="md|html", help=t("report.format"))] = "",
    listed: Annotated[bool, typer.Option("--list", help=t("report.list"))] = False,
    linted: Annotated[bool, typer.Option("--lint", help=t("report.lint"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("report.dry_run"))] = False,
) -> int:
    """Write a report."""
    session: Session = ctx.obj
    if listed:
        return _list(session)
    if not name:
        raise UsageError(sentence=t("report.no_name", known=", ".join(sorted(templating.available(_root(session))))))
    if linted:
        return _lint(session, name)
    from hazardctl import report
    from hazardctl.reports.asked import Asked

    chosen = _form(output, form)
    opened = session.open()
    words, made = report.render(opened, name, chosen, Asked(session.today, period or None, unit))
    read = t("report.read", units=made.units, entries=made.facts.get("entries", 0))
    if output is None:
        session.console.data(words)
        session.console.ended(read=read)
        return 0
    if dry_run:
        session.console.say(t("report.would_write", path=output, bytes=len(words.encode())))
        return 4
    from hazardctl import store

    store.make_folder(output.absolute().parent)
    store.update(output.absolute(), lambda _: words.encode())
    session.console.ended(read=read, changed=t("report.wrote", path=output))
    return 0


def _form(output: Path | None, form: str) -> Form:
    suffix = output.suffix.lower().lstrip(".") if output else ""
    chosen = form or {"md": "md", "markdown": "md", "html": "html", "htm": "html"}.get(suffix, "" if output else "md")
    if chosen not in ("md", "html"):
        raise UsageError(sentence=t("report.no_suffix", path=output or form))
    return cast("Form", chosen)


def _root(session: Session) -> Path | None:
    try:
        return session.workspace().root
    except NoCampaignError:
        return None


def _list(session: Session) -> int:
    from hazardctl.writers import text as writer

    root = _root(session)
    rows = []
    for name, forms in sorted(templating.available(root).items()):
        own = any(root and path.is_relative_to(root) for path in forms.values())
        rows.append((name, ", ".join(forms), t("report.own") if own else t("report.shipped")))
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
