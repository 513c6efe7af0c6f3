"""`hazardctl add`: a hazard into a unit's ledger."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated

import typer

from hazardctl import lifecycle, spelling
from hazardctl.cells.terms import Terms
from hazardctl.errors import UsageError
from hazardctl.files import processes
from hazardctl.findings import shown
from hazardctl.i18n import t
from hazardctl.load import Opened
from hazardctl.session import Session

By = Annotated[str, typer.Option("--by", metavar="NAME", help=t("add.by"))]
Force = Annotated[bool, typer.Option("--force", help=t("add.force"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=t("add.dry_run"))]


def run(  # noqa: PLR0917 -- typer gives options by name
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help=t("add.unit"))],
    values: Annotated[list[str] | None, typer.Argument(metavar="[FIELD=VALUE]...", help=t("add.values"))] = None,
    by: By = "",
    force: Force = False,
    dry_run: DryRun = False,
) -> int:
    """Add an entry."""
    session: Session = ctx.obj
    opened = session.open()
    name = lifecycle.unit_of(opened, unit)
    if values == ["-"]:
        from hazardctl.intake import records

        new = [_named(opened.terms, record) for record in records(sys.stdin.buffer.read())]
        respelled(session, opened.terms, new)
    else:
        given = assignments(opened.terms, values or [])
        respelled(session, opened.terms, [given])
        if not values and not session.console.interactive:
            raise UsageError(sentence=t("add.nothing_given"))
        if session.console.interactive and not _complete(opened.terms, given):
            from hazardctl.asking import ask_entry

            given = ask_entry(session.console, opened.terms, session.today, given)
        new = [given]
    _found_today(session, opened.terms, new)

    def write(records: list[dict[str, str]]) -> lifecycle.Changed:
        return lifecycle.add_entry(
            opened, name, records, by=by or processes.user_name(), today=session.today, force=force, dry_run=dry_run
        )

    done = write(new) if values == ["-"] or not session.console.interactive else _settled(session, opened, given, write)
    for made in done.added:
        session.console.out(made)
    report(session, done, dry_run=dry_run)
    return 4 if dry_run and not done.idle else 0


def _settled(
    session: Session, opened: Opened, given: dict[str, str], write: Callable[[list[dict[str, str]]], lifecycle.Changed]
) -> lifecycle.Changed:
    """Write an entry; where it is refused, ask for what is wrong with it, so that nothing typed is lost."""
    from hazardctl.asking import ask_again

    while True:
        try:
            return write([given])
        except lifecycle.BringsErrorsError as refused:
            session.console.complain(str(refused))
            better = ask_again(session.console, opened.terms, given, refused.brought)
            if better is None:
                raise
            given = better


def respelled(session: Session, terms: Terms, records: Sequence[Mapping[str, str]]) -> None:
    """Say which values are written otherwise than they were given, each once."""
    lines = dict.fromkeys(
        t("add.read_as", label=terms.label(key), raw=shown(raw), written=shown(written))
        for record in records
        for key, raw, written in spelling.respelled(terms, record)
    )
    for line in lines:
        session.console.say(line)


def _found_today(session: Session, terms: Terms, records: Sequence[Mapping[str, str]]) -> None:
    if any(_day_taken(terms, record, session.today) for record in records):
        session.console.complain(t("add.found_today", label=terms.label("found_on"), day=session.today.isoformat()))


def _day_taken(terms: Terms, record: Mapping[str, str], today: date) -> bool:
    return not record.get("found_on") and "found_on" in spelling.complete(terms, record, today)


def assignments(terms: Terms, words: list[str], columns: Sequence[str] = ()) -> dict[str, str]:
    """Read `field=value` words; a field is named by its key, its label or a heading clerks use."""
    given: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise UsageError(sentence=t("add.no_assignment", word=word))
        key = spelling.field_of(terms, name, columns)
        if key in given:
            raise UsageError(sentence=t("add.twice", field=terms.label(key)))
        given[key] = value
    return given


def report(session: Session, done: lifecycle.Changed, *, dry_run: bool, skipped: str = "") -> None:
    """Say what was read, changed and skipped, and what the check has to say about it."""
    from hazardctl.reporters import text as reporter

    if done.findings:
        session.console.complain(reporter.listing(done.findings))
    if dry_run:
        changed = t("add.would_change", path=done.path, added=len(done.added), cells=len(done.edits))
    else:
        changed = "" if done.idle else t("add.changed", path=done.path, added=len(done.added), cells=len(done.edits))
    session.console.ended(read=done.path, changed=changed, skipped=skipped)


def _named(terms: Terms, record: dict[str, str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for name, value in record.items():
        key = "id" if name in ("id", "") else spelling.field_of(terms, name)
        if key in named:
            raise UsageError(sentence=t("add.twice", field=terms.label(key)))
        named[key] = value
    return named


def _complete(terms: Terms, given: dict[str, str]) -> bool:
    known = {*given, "status", *(("category",) if "item" in given else ())}
    return all(field.key in known for field in terms.fields if field.required)
