"""`hazardctl init`: a new campaign folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, cast

import typer

from hazardctl import i18n, load, start
from hazardctl.errors import UsageError
from hazardctl.i18n import t
from hazardctl.session import Session


def run(  # noqa: PLR0917 -- typer gives options by name
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=t("init.folder"))],
    checklist: Annotated[str, typer.Option("--checklist", metavar="ID[@V]", help=t("init.checklist"))],
    units: Annotated[Path | None, typer.Option("--units", metavar="FILE", help=t("init.units"))] = None,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help=t("init.name"))] = "",
    starts: Annotated[str, typer.Option("--starts", metavar="DATE", help=t("init.starts"))] = "",
    ends: Annotated[str, typer.Option("--ends", metavar="DATE", help=t("init.ends"))] = "",
    locale: Annotated[str, typer.Option("--locale", metavar="zh|en", help=t("init.locale"))] = "zh",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("init.dry_run"))] = False,
) -> int:
    """Make a new campaign folder."""
    session: Session = ctx.obj
    if locale not in ("zh", "en"):
        raise UsageError(sentence=t("options.one_of", option="--locale", value=locale, allowed="zh|en"))
    first, last = day("--starts", starts), day("--ends", ends)
    if first and last and last < first:
        raise UsageError(sentence=t("init.backwards"))
    own = Path(checklist)
    path = own if own.suffix in (".yaml", ".yml") and own.is_file() else load.find_checklist(checklist, folder)
    loaded, _ = load.load_checklist(path, path.name)
    plan = start.Plan(folder, path, loaded, cast("Literal['zh', 'en']", locale), name, first, last, units)
    made = start.start(plan, dry_run=dry_run)
    for file in made:
        session.console.out((folder / file).as_posix())
    changed = t("init.would" if dry_run else "init.did", folder=folder.as_posix())
    session.console.ended(read=i18n.join([path.name, *([units.as_posix()] if units else [])]), changed=changed)
    if not dry_run:
        session.console.say(t("init.next_units" if units else "init.next", folder=folder.as_posix()))
    return 4 if dry_run else 0


def day(option: str, given: str) -> date | None:
    """Read a day given on the command line."""
    if not given:
        return None
    from hazardctl.cells.dates import parse_day

    read = parse_day(given)
    if read.date is None:
        raise UsageError(sentence=t("init.no_day", option=option, value=given))
    return read.date
