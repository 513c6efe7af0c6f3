"""`hazardctl status`: who has reported, and who has to be reminded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hazardctl import campaign, engines
from hazardctl.commands.accept import said as said_of
from hazardctl.engines import ENGINES
from hazardctl.errors import UsageError
from hazardctl.i18n import join, t
from hazardctl.session import Session

if TYPE_CHECKING:
    from hazardctl.load import Opened
    from hazardctl.returns.status import Standing, Status

FORMATS = ("table", "csv", "json", "md")


def run(  # noqa: PLR0917 -- typer gives options by name
    ctx: typer.Context,
    period: Annotated[str, typer.Option("--period", metavar="P", help=t("status.period"))] = "",
    level: Annotated[int | None, typer.Option("--level", metavar="N", min=1, help=t("status.level"))] = None,
    form: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help=t("status.format"))] = "table",
    remind: Annotated[Path | None, typer.Option("--remind", metavar="DIR", help=t("status.remind"))] = None,
    engine: Annotated[
        str, typer.Option("--engine", metavar=f"{'|'.join(ENGINES)}[=ADDRESS]", help=t("engines.option"))
    ] = "local",
) -> int:
    """Show who has reported; 1 where a return is missing that is due."""
    if form not in FORMATS:
        raise UsageError(sentence=t("options.one_of", option="--format", value=form, allowed="|".join(FORMATS)))
    engines.named(engine)
    from hazardctl.journals import noticing
    from hazardctl.returns import clock
    from hazardctl.returns import status as verb

    session: Session = ctx.obj
    opened = session.open()
    asked = period or clock.current(opened, session.today)
    with session.console.progress(t("engines.progress"), len(opened.units.units)) as advance:
        found = verb.status(opened, asked, session.today, level, engine=engine, advance=advance)
    noticing.tidy_up(opened)
    _print(session, opened, found, form)
    _lost(session, found)
    for key, units in (("status.chase", found.chase), ("status.unasked", found.unasked)):
        if units:
            session.console.complain(t(key, units=join([one.unit.name for one in units])))
    for row in found.rows:
        verdict = row.standing.signature if row.standing else None
        for words in said_of(opened, verdict) if verdict else ():
            session.console.complain(words)
    changed = "" if remind is None else _remind(session, opened, found, remind)
    called = campaign.called(opened.campaign, opened.checklist, found.period.key)
    session.console.ended(read=t("status.title", period=called, due=found.clock.due), changed=changed)
    return int(found.overdue or bool(found.findings))


def _lost(session: Session, found: Status) -> None:
    if found.findings:
        from hazardctl.reporters import text as reporter

        session.console.complain(reporter.listing(found.findings))


def _remind(session: Session, opened: Opened, found: Status, folder: Path) -> str:
    from hazardctl.files import store
    from hazardctl.returns import reminders

    store.make_folder(folder.absolute())
    written = dict(reminders.files(opened, found))
    for name, data in written.items():
        store.update(folder.absolute() / name, lambda _, data=data: data)  # type: ignore[misc]
    names = {path.name for path in folder.absolute().iterdir()} - written.keys()
    stale = sorted(name for name in names if reminders.is_one(opened, name))
    if stale:
        session.console.complain(t("status.stale", count=len(stale), folder=folder, names=join(stale[:9])))
    return t("status.wrote", count=len(written), folder=folder)


def _print(session: Session, opened: Opened, found: Status, form: str) -> None:
    if form == "json":
        import json

        from hazardctl.returns.status import as_json

        session.console.data(json.dumps(as_json(found), ensure_ascii=False, indent=2) + "\n")
        return
    if form == "csv":
        from hazardctl.returns.status import as_csv

        session.console.data(as_csv(found))
        return
    from hazardctl import text
    from hazardctl.returns.status import COUNTED, RATES, numbers

    heads = [t("status.head_name"), t("status.head_state"), *(t(f"status.head_{key}") for key in COUNTED)]
    heads += [t(f"status.head_{key}_rate") for key in RATES]
    rows = [[("  " * (row.level - 1)) + row.name, said(row.standing), *numbers(row.counts)] for row in found.rows]
    rows.append([t("status.total"), "", *numbers(found.total)])
    rows = [[text.escape(cell) for cell in line] for line in rows]
    if form == "md":
        lines = [[cell.replace("|", "\\|") for cell in line] for line in (heads, ["---"] * len(heads), *rows)]
        session.console.data("".join(f"| {' | '.join(line)} |\n" for line in lines))
        return
    from hazardctl.commands.list import fitted
    from hazardctl.writers import text as writer

    heads, *rows = fitted([heads, *rows], session.console.width, range(2, len(heads)), (0, 1))
    session.console.out("  ".join(_title(opened, found)))
    session.console.out(writer.columns(heads, rows, session.console))


def _title(opened: Opened, found: Status) -> Sequence[str]:
    yes = found.clock
    called = campaign.called(opened.campaign, opened.checklist, found.period.key)
    parts = [t("status.title", period=called, due=yes.due)]
    parts += [t("status.late_until", day=yes.late_until)] if yes.late_until else []
    parts += [t("status.locks_on", day=yes.locks_on)] if yes.locks_on else []
    return parts + ([t("status.provisional")] if yes.provisional else [])


def said(one: Standing | None) -> str:
    """Say a unit's answer in the language in force; one that only holds others has none."""
    if one is None:
        return ""
    state = t(f"status.state_{one.state}", rows=one.rows)
    state = t("status.is_late", state=state) if one.late else state
    signature = one.signature.state if one.signature else "unsigned"
    return state if signature == "unsigned" else t(f"status.signature_{signature}", state=state)
