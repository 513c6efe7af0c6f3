"""`hazardctl show`: one entry in full."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl import i18n, lifecycle, load, selection, text
from hazardctl.amend import UneditableError
from hazardctl.console import wrap
from hazardctl.errors import UsageError
from hazardctl.i18n import t
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.session import Session


def run(
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help=t("show.unit"))],
    entry: Annotated[str, typer.Argument(metavar="ID", help=t("show.id"))],
    form: Annotated[str, typer.Option("--format", metavar="text|json", help=t("show.format"))] = "text",
) -> int:
    """Show one entry."""
    if form not in ("text", "json"):
        raise UsageError(sentence=t("options.one_of", option="--format", value=form, allowed="text|json"))
    session: Session = ctx.obj
    opened = session.open()
    name = lifecycle.unit_of(opened, unit)
    found, findings = load.load_ledger(opened.workspace, name, opened.terms)
    if found is None:
        if findings:
            raise UneditableError(findings, path=findings[0].path)
        raise selection.NoSuchEntryError(id=entry, unit=name)
    reading = Reading(found, opened.terms, session.today)
    row = selection.row_of(reading, entry)
    record = list(found.records())[row]
    line, _, _ = found.where(row, "id")
    if form == "json":
        import json

        record = {"unit": name, **record, "path": found.path, "line": line}  # type: ignore[dict-item]
        session.console.data(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
        session.console.ended(read=found.path)
        return 0
    pairs = [(t("show.unit_label"), i18n.aside(opened.units.units[name].name, name))]
    pairs += [
        (text.escape(opened.terms.label(key)), _titled(opened, key, value)) for key, value in record.items() if value
    ]
    pairs += [(t("show.due_label"), words)] if (words := _due(reading, row, opened)) else []
    pairs.append((t("show.place_label"), f"{found.path}:{line}"))
    session.console.out(_block(pairs, session.console.width))
    session.console.ended(read=found.path)
    return 0


def _titled(opened: Opened, key: str, value: str) -> str:
    """Put its title beside a category or an item that is written as a code."""
    if key not in ("category", "item"):
        return value
    code = opened.terms.read(key, value).value
    titles = {category.code: category.title for category in opened.checklist.categories}
    titles |= {item.code: item.check for category in opened.checklist.categories for item in category.items}
    title = i18n.pick(titles.get(str(code), ""))
    return f"{value}  {title}" if title and title != value else value


def _due(reading: Reading, row: int, opened: Opened) -> str:
    from hazardctl.returns import due, workdays

    calendar, _ = workdays.load(opened.workspace)
    day, extended = due.due_day(reading, row, calendar)
    if not reading.raw("deadline")[row]:
        return ""
    if day is None:
        return t("show.no_day")
    said = t("show.extended_day" if extended else "show.day", day=day.isoformat())
    left = (day - reading.today).days
    if not due.is_open(reading, row):
        return said
    return said + (t("show.overdue", days=-left) if left < 0 else t("show.left", days=left))


def _block(pairs: list[tuple[str, str]], width: int) -> str:
    left = min(max(text.width(label) for label, _ in pairs), 30) + 2
    lines = []
    for label, words in pairs:
        first, *rest = [line for part in text.escape(words).split("\\n") for line in wrap(part, max(width - left, 20))]
        lines += [text.pad(label, left) + first, *(" " * left + line for line in rest)]
    return "\n".join(lines)
