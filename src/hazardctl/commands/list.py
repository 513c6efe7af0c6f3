"""`hazardctl list`: entries, by status, category, people, deadline or words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from hazardctl import i18n, lifecycle, load, text
from hazardctl.console import UNLIMITED, wrap
from hazardctl.errors import UsageError
from hazardctl.i18n import t
from hazardctl.journals import losses, noticing
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.selection import Filter
from hazardctl.session import Session

_NARROWEST = 6  # cells
_HEADINGS = (8, 4)  # cells that a broken heading takes; the first that makes rows fit
_SHORT = 14
FORMATS = ("table", "csv", "json", "md")
SHOWN = ("id", "category", "description", "owner", "deadline", "status")
WHOLE = ("unit", "id")  # not cut, however narrow the terminal
SHORT = ("deadline", "status")  # nor these, where all of them are short
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
            sight = losses.look(opened.workspace, unit.id, found, findings, home)
            if sight.news or sight.left:
                news.append(unit.id)
            if found is not None:
                readings.append(Reading(found, opened.terms, session.today))
            elif findings:
                unread.append(findings[0].path)
    noticing.notice(opened, news, command="list", most=noticing.GLANCE)
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

        short = [key for key in SHORT if all(text.width(str(one[key])) <= _SHORT for one in records)]
        whole = [keys.index(key) for key in (*WHOLE, *short) if key in keys]
        wide = [keys.index(key) for key in ("description",) if key in keys]
        heads, *rows = fitted([heads, *rows], session.console.width, whole, wide)
        session.console.out(writer.columns(heads, rows, session.console))


def fitted(
    rows: Sequence[Sequence[str]], width: int, whole: Sequence[int] = (), wide: Sequence[int] = ()
) -> list[list[str]]:
    """Fit headings and rows to a width: headings are broken into lines, then the longest cells are cut.

    The columns in `whole` are not cut, those in `wide` get twice the room of others; a heading that was broken holds
    line breaks.
    """
    from hazardctl.writers.text import broken

    heads, *body = [[_flat(cell) for cell in row] for row in rows]
    most = [max(map(text.width, column), default=0) for column in zip(*body, strict=True)] or [0] * len(heads)
    room = width - 2 * (len(heads) - 1)
    if width >= UNLIMITED or sum(map(max, most, map(text.width, heads))) <= room:
        return [heads, *body]
    for limit in _HEADINGS:
        pieces = [max(map(text.width, wrap(head, limit)), default=0) for head in heads]
        widths = list(map(max, most, pieces))
        if sum(widths) <= room:
            break
    while sum(widths) > room:
        loose = [number for number in range(len(widths)) if number not in whole and widths[number] > _NARROWEST]
        if not loose:
            break
        widths[max(loose, key=lambda number: widths[number] / (2 if number in wide else 1))] -= 1
    heads = ["\n".join(broken(head, limit)) for head, limit in zip(heads, widths, strict=True)]
    return [heads, *([_cut(cell, limit) for cell, limit in zip(row, widths, strict=True)] for row in body)]


def _flat(cell: str) -> str:
    """Put a cell on one line, what stands before it to show its level kept."""
    return " " * (len(cell) - len(cell.lstrip(" "))) + " ".join(cell.split())


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
