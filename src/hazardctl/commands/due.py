"""`hazardctl due`: what is overdue and what is due soon, for people and for cron."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hazardctl.errors import UsageError
from hazardctl.i18n import join, t
from hazardctl.load import Opened
from hazardctl.session import Session

if TYPE_CHECKING:
    from hazardctl.formats.encoding import Dress

FORMATS = ("table", "csv", "json")
SHOWN = ("unit", "owner", "id", "day", "days", "description")
KEYS = ("unit", "unit_name", "owner", "department", "id", "day", "days", "extended", "description", "path", "line")


def run(
    ctx: typer.Context,
    units: Annotated[list[str] | None, typer.Argument(metavar="[UNIT]...", help=t("due.units"))] = None,
    within: Annotated[int, typer.Option("--within", metavar="DAYS", min=0, help=t("due.within"))] = 7,
    form: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help=t("due.format"))] = "table",
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=t("due.output"))] = None,
) -> int:
    """List open entries with a deadline; 1 where something is overdue."""
    if form not in FORMATS:
        raise UsageError(sentence=t("options.one_of", option="--format", value=form, allowed="|".join(FORMATS)))
    writer = "" if output is None else _writer(output)
    session: Session = ctx.obj
    opened = session.open()
    records, entries, ledgers, unread = _records(opened, session, units or [], within)
    if output is None:
        _print(session, records, form, within)
    else:
        from hazardctl.files import store

        store.write(output, _file(session, opened, records, writer), expected=None)
    late = sum(one["days"] < 0 for one in records)
    read = t("due.read", ledgers=ledgers, entries=entries, late=late, soon=len(records) - late)
    skipped = t("due.unread", paths=join(unread)) if unread else ""
    session.console.ended(read=read, changed="" if output is None else str(output), skipped=skipped)
    return int(late > 0)


def _records(
    opened: Opened, session: Session, words: Sequence[str], within: int
) -> tuple[list[dict[str, Any]], int, int, list[str]]:
    """Gather the entries by unit in tree order, then owner, then day; also how much was read, and what could not be."""
    from hazardctl import lifecycle, load
    from hazardctl.reading import Reading
    from hazardctl.returns import due, workdays

    calendar, _ = workdays.load(opened.workspace)
    asked = {name for word in words for name in opened.units.under(lifecycle.unit_of(opened, word))}
    records: list[dict[str, Any]] = []
    unread: list[str] = []
    entries = ledgers = 0
    for unit, _ in opened.units.walk():
        if words and unit.id not in asked:
            continue
        ledger, findings = load.load_ledger(opened.workspace, unit.id, opened.terms)
        if ledger is None:
            unread += [findings[0].path] if findings else []
            continue
        reading = Reading(ledger, opened.terms, session.today)
        ledgers, entries = ledgers + 1, entries + len(reading)
        own = [_record(reading, one, unit.name) for one in due.find(reading, calendar, within=within)]
        records += sorted(own, key=lambda one: (one["owner"], one["day"], one["line"]))
    return records, entries, ledgers, unread


def _record(reading: Any, one: Any, name: str) -> dict[str, Any]:
    ledger = reading.ledger
    cells = {key: ledger.cell(one.row, key).strip() for key in ("owner", "department", "id", "description")}
    line, _, _ = ledger.where(one.row, "id")
    return {
        "unit": one.unit, "unit_name": name, "day": one.day.isoformat(), "days": one.days, "extended": one.extended,
        "path": ledger.path, "line": line, **cells,
    }  # fmt: skip


def _writer(output: Path) -> str:
    from hazardctl.writers import SUFFIXES

    if output.suffix.lower() not in SUFFIXES:
        raise UsageError(sentence=t("rollup.no_suffix", file=output, known=join(SUFFIXES)))
    return SUFFIXES[output.suffix.lower()]


def _file(session: Session, opened: Opened, records: Sequence[dict[str, Any]], writer: str) -> bytes:
    """Give the list as a file: for programs with the keys of `--format`, for people as the terminal shows it."""
    from hazardctl.document import Cell, Document, Grid, GridColumn, GridRow
    from hazardctl.formats.encoding import Dress
    from hazardctl.i18n import pick
    from hazardctl.text import escape
    from hazardctl.writers import named

    if writer == "json":
        return _as_json(records).encode()
    if writer == "csv":
        return _as_csv(records, Dress())
    heads, *lines = _shown(records)
    rows = tuple(GridRow(tuple(Cell(escape(word), word) for word in line)) for line in lines)
    columns = tuple(GridColumn(key, (head,)) for key, head in zip(SHOWN, heads, strict=True))
    title = t("due.title", campaign=escape(pick(opened.campaign.name)), today=session.today)
    return named(writer).file(Document(title, session.language_of(opened), grids=(Grid("due", columns, rows),)))


def _as_json(records: Sequence[dict[str, Any]]) -> str:
    import json

    ordered = [{key: one[key] for key in KEYS} for one in records]
    return json.dumps(ordered, ensure_ascii=False, indent=2) + "\n"


def _as_csv(records: Sequence[dict[str, Any]], dress: Dress) -> bytes:
    from hazardctl.formats import csv

    return csv.write(KEYS, [[_plain(one[key]) for key in KEYS] for one in records], dress)


def _shown(records: Sequence[dict[str, Any]]) -> list[list[str]]:
    """Give headings and rows as people read them."""
    told = [[one["unit_name"], one["owner"], one["id"], one["day"], _days(one), one["description"]] for one in records]
    return [[t(f"due.head_{key}") for key in SHOWN], *told]


def _print(session: Session, records: Sequence[dict[str, Any]], form: str, within: int) -> None:
    if form == "json":
        session.console.data(_as_json(records))
    elif form == "csv":
        from hazardctl.formats.encoding import Dress

        session.console.data(_as_csv(records, Dress("utf-8", "\n")))
    elif not records:
        session.console.out(t("due.nothing", days=within))
    else:
        from hazardctl.commands.list import fitted
        from hazardctl.writers import text as writer

        heads, *lines = fitted(_shown(records), session.console.width, (2, 3, 4), (5,))
        session.console.out(writer.columns(heads, lines, session.console))


def _plain(value: object) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _days(one: dict[str, Any]) -> str:
    kinds = {0: ("today", "today_extended"), 1: ("left", "left_extended"), -1: ("late", "late_extended")}
    days = one["days"]
    return t(f"due.{kinds[(days > 0) - (days < 0)][one['extended']]}", days=abs(days))
