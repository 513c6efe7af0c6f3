"""`hazardctl list`: entries, by status, category, people, deadline or words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from hazardctl import i18n, lifecycle, load, text
from hazardctl.console import UNLIMITED
from hazardctl.errors import UsageError
from hazardctl.i18n import t
from hazardctl.journals import losses, recording
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.selection import Filter
from hazardctl.session import Session

_NARROWEST = 8
FORMATS = ("table", "csv", "json", "md")
SHOWN = ("id", "category", "description", "owner", "deadline", "status")
Status = Annotated[list[str] | None, typer.Option("--status", metavar="STATUS", help=t("list.status"))]
Category = Annotated[list[str] | None, typer.Option("--category", metavar="CATEGORY", help=t("list.category"))]
Owner = Annotated[list[str] | None, typer.Option("--owner", metavar="NAME", help=t("list.owner"))]
Department = Annotated[list[str] | None, typer.Option("--department", metavar="NAME", help=t("list.department"))]
Words = Annotated[list[str] | None, typer.Option("--text", metavar="WORDS", help=t("list.text"))]
Overdue = Annotated[bool, typer.Option("--overdue", help=t("list.overdue"))]
Within = Annotated[int | None, typer.Option("--due-within", metavar="DAYS", min=0, help=t("list.within"))]


def run(  # noqa: PLR0917 -- typer gives options by name
    ctx: typer.Context,
    units: Annotated[list[str] | None, typer.Argument(metavar="[UNIT]...", help=t("list.units"))] = None,
    status: Status = None,
    category: Category = None,
    owner: Owner = None,
    department: Department = None,
    containing: Words = None,
    overdue: Overdue = False,
    within: Within = None,
    form: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help=t("list.format"))] = "table",
) -> int:
    """List entries."""
    if form not in FORMATS:
        raise UsageError(sentence=t("options.one_of", option="--format", value=form, allowed="|".join(FORMATS)))
    session: Session = ctx.obj
    opened = session.open()
    wanted = Filter(status or (), category or (), owner or (), department or (), containing or (), overdue, within)
    readings, skipped = _readings(opened, session, units or [])
    records = [record for reading in readings for record in _records(reading, opened, wanted)]
    _print(records, opened, session, form, one_unit=len(readings) == 1)
    entries = sum(map(len, readings))
    session.console.ended(
        read=t("list.read", ledgers=len(readings), entries=entries, shown=len(records)), skipped=skipped
    )
    return 0


def _readings(opened: Opened, session: Session, words: Sequence[str]) -> tuple[list[Reading], str]:
    tops = [lifecycle.unit_of(opened, word) for word in words]
    asked = {unit for top in tops for unit in opened.units.under(top)}
    readings, unread, news = [], [], []
    for unit, _ in opened.units.walk():
        if not words or unit.id in asked:
            home = opened.workspace.home(unit.id)
            found, findings = load.load_ledger(opened.workspace, unit.id, opened.terms, home)
            if losses.look(opened.workspace, unit.id, found, findings, home).news:
                news.append(unit.id)
            if found is not None:
                readings.append(Reading(found, opened.terms, session.today))
            elif findings:
                unread.append(findings[0].path)
    recording.notice(opened, news, command="list", most=recording.GLANCE)
    return readings, t("list.unread", paths=i18n.join(unread)) if unread else ""


def _records(reading: Reading, opened: Opened, wanted: Filter) -> Iterator[dict[str, Any]]:
    from hazardctl import selection
    from hazardctl.returns import workdays

    calendar, _ = workdays.load(opened.workspace)
    rows = selection.rows(reading, wanted, calendar) if wanted else range(len(reading))
    everything = list(reading.ledger.records())
    for row in rows:
        line, _, _ = reading.ledger.where(row, "id")
        place = {"unit": reading.ledger.unit, "path": reading.ledger.path, "line": line}
        yield place | dict.fromkeys((field.key for field in opened.terms.fields), "") | everything[row] | place


def _print(records: list[dict[str, Any]], opened: Opened, session: Session, form: str, *, one_unit: bool) -> None:
    if form == "json":
        import json

        session.console.data(json.dumps(records, ensure_ascii=False, indent=2) + "\n")
        return
    if form == "csv":
        from hazardctl.formats import csv
        from hazardctl.formats.encoding import Dress

        keys = ["unit", "path", "line", *(field.key for field in opened.terms.fields)]
        session.console.data(
            csv.write(keys, [[str(one[key]) for key in keys] for one in records], Dress("utf-8", "\n"))
        )
        return
    keys = [*([] if one_unit else ["unit"]), *(key for key in SHOWN if key in opened.terms.by_key)]
    heads = [t("list.unit") if key == "unit" else i18n.pick(opened.terms.by_key[key].label) for key in keys]
    rows = [[str(one[key]) for key in keys] for one in records]
    if form == "md":
        session.console.data(_markdown(heads, rows))
    elif rows:
        from hazardctl.writers import text as writer

        whole = [keys.index(key) for key in ("unit", "id") if key in keys]
        heads, *rows = fitted([heads, *rows], session.console.width, whole)
        session.console.out(writer.columns(heads, rows, session.console))


def fitted(rows: Sequence[Sequence[str]], width: int, whole: Sequence[int] = ()) -> list[list[str]]:
    """Cut the longest cells until every row fits a width, those of the columns in `whole` never."""
    flat = [[" ".join(cell.split()) for cell in row] for row in rows]
    widths = [max(map(text.width, column)) for column in zip(*flat, strict=True)]
    while width < UNLIMITED and sum(widths) + 2 * (len(widths) - 1) > width:
        longest = max((number for number in range(len(widths)) if number not in whole), key=widths.__getitem__)
        if widths[longest] <= _NARROWEST:
            break
        widths[longest] -= 1
    return [[_cut(cell, limit) for cell, limit in zip(row, widths, strict=True)] for row in flat]


def _cut(words: str, limit: int) -> str:
    if text.width(words) <= limit:
        return words
    kept = ""
    for char in words:
        if text.width(kept + char) >= limit:
            break
        kept += char
    return kept + "…"


def _markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(_in_cell(cell) for cell in line)} |\n" for line in lines)


def _in_cell(words: str) -> str:
    escaped = "".join(f"\\{char}" if char in "\\|*_`[]<>#" else char for char in words)
    return "<br>".join(escaped.splitlines())
