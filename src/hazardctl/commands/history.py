"""`hazardctl history`: an entry's life in plain words, or a ledger as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import typer

from hazardctl import i18n, lifecycle, load, text
from hazardctl.errors import UsageError
from hazardctl.i18n import t
from hazardctl.journals import history, losses, noticing
from hazardctl.journals.journal import Change, Line
from hazardctl.load import Opened
from hazardctl.session import Session

FORMATS = ("text", "json")


def run(
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help=t("history.unit"))],
    entry: Annotated[str, typer.Argument(metavar="[ID]", help=t("history.id"))] = "",
    at: Annotated[str, typer.Option("--at", metavar="TIME", help=t("history.at"))] = "",
    form: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help=t("history.format"))] = "text",
) -> int:
    """Tell what happened."""
    if form not in FORMATS:
        raise UsageError(sentence=t("options.one_of", option="--format", value=form, allowed="|".join(FORMATS)))
    session: Session = ctx.obj
    opened = session.open()
    name = lifecycle.unit_of(opened, unit)
    ledger, found = load.load_ledger(opened.workspace, name, opened.terms)
    sight = losses.look(opened.workspace, name, ledger, found)
    if sight.news or sight.left:
        noticing.notice(opened, [name], command="history")
    asked = history.entry_of(opened, name, entry) if entry else ""
    if at:
        return _as_it_was(session, opened, name, asked, history.moment(at), form)
    lines = history.life(opened, name, asked)
    if form == "json":
        _data(session, [_plain(line) for line in lines])
    else:
        for line in lines:
            session.console.out("\n".join(_told(opened, line)))
    session.console.ended(read=t("history.read", unit=opened.units.units[name].name, lines=len(lines)))
    return 0


def _data(session: Session, value: object) -> None:
    import json

    session.console.data(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _as_it_was(  # noqa: PLR0917 -- what is asked, of whom, and how it is shown
    session: Session, opened: Opened, unit: str, entry: str, at: datetime, form: str
) -> int:
    state = history.state(opened, unit, at)
    there = {name: cells for name, cells in state.entries.items() if not entry or name == entry}
    if form == "json":
        _data(session, [{"id": name, **{key: cell for key, cell in cells.items() if key != "id"}}
                        for name, cells in there.items()])  # fmt: skip
    for name, cells in there.items() if form == "text" else ():
        session.console.out(name)
        for key, cell in cells.items():
            if key != "id":
                session.console.out("    " + i18n.labelled(_label(opened, key), text.escape(cell)))
    title, then = opened.units.units[unit].name, _local(at.isoformat())
    session.console.ended(read=t("history.then", unit=title, at=then, entries=len(there)))
    return 0


def _told(opened: Opened, line: Line) -> Iterator[str]:
    """Say one line of a journal in plain words."""
    change = line.change
    when = _local(line.at)
    who = text.escape(line.by) or "?"
    yield f"{when}  {who}  {_what(opened, line)}"
    for key, (before, after) in change.changes.items():
        if key == "id":
            continue
        if change.row in ("new", "gone"):
            told = text.escape(after if change.row == "new" else before)
        else:
            told = " → ".join(text.escape(words) or t("set.blank") for words in (before, after))
        yield "    " + (told if change.figure else i18n.labelled(_label(opened, key), told))


def _what(opened: Opened, line: Line) -> str:
    change, name = line.change, _name(opened, line.change)
    if line.kind == "void":
        return t("history.void", name=name)
    if line.kind == "accept":
        return t("history.accept", name=name)
    if not change.entry and not change.figure:
        return t("history.layout")
    row = change.row or "changed"
    if line.kind == "seen":
        return t(f"history.seen_{row}", name=name, of=change.of)
    verb = t(f"history.{row}", name=name, of=change.of)
    if line.command in ("add", "set", line.kind) and line.kind in ("add", "set"):
        return verb
    return i18n.aside(verb, t(f"history.kind_{line.kind}") if i18n.has(f"history.kind_{line.kind}") else line.kind)


def _name(opened: Opened, change: Change) -> str:
    if change.figure:
        period, _, key = change.figure.rpartition("/")
        labels = {figure.key: i18n.pick(figure.label) for figure in opened.checklist.figures}
        return text.escape(f"{period} {labels.get(key, key)}".strip())
    return t("history.nameless") if change.entry.startswith("~") else text.escape(change.entry)


def _label(opened: Opened, key: str) -> str:
    return text.escape(opened.terms.label(key))


def _local(at: str) -> str:
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return text.escape(at)


def _plain(line: Line) -> dict[str, object]:
    change = line.change
    return {
        "at": line.at, "by": line.by, "command": line.command, "kind": line.kind, "id": change.entry,
        "figure": change.figure, "row": change.row, "of": change.of,
        "changes": {key: list(pair) for key, pair in change.changes.items()},
        "writer": line.writer, "seq": line.seq, "ledger": line.ledger,
    }  # fmt: skip
