"""The options that stand before every command."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from hazardctl.console import Console
from hazardctl.errors import UsageError
from hazardctl.i18n import default_environment, t
from hazardctl.session import Session


def root(  # noqa: PLR0917 -- typer hands options over by name
    ctx: typer.Context,
    campaign: Annotated[str | None, typer.Option("--campaign", metavar="DIR|URL", help=t("options.campaign"))] = None,
    lang: Annotated[str, typer.Option("--lang", metavar="zh|en", help=t("options.lang"))] = "",
    today: Annotated[str, typer.Option("--today", metavar="DATE", help=t("options.today"))] = "",
    color: Annotated[str, typer.Option("--color", metavar="auto|always|never", help=t("options.color"))] = "auto",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=t("options.quiet"))] = False,  # noqa: ARG001 -- the console knows
    version: Annotated[bool, typer.Option("--version", help=t("options.version"))] = False,
) -> None:
    """Set the scene for a command."""
    console: Console = ctx.obj
    if version:
        from importlib.metadata import version as installed

        console.out(f"hazardctl {installed('hazardctl')}")
        raise typer.Exit
    _one_of("--lang", lang, ("", "zh", "en"))
    _one_of("--color", color, ("auto", "always", "never"))
    place = None if campaign is None else campaign if "://" in campaign else Path(campaign)
    ctx.obj = Session(console, _day(today), place, lang or default_environment().get("HAZARDCTL_LANG", ""))


def _day(given: str) -> date:
    if not given:
        return date.today()  # noqa: DTZ011 -- the clerk's own calendar day
    from hazardctl.cells.dates import parse_day

    day = parse_day(given)
    if day.date is None:
        raise UsageError(sentence=t("options.no_date", value=given))
    return day.date


def _one_of(option: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise UsageError(
            sentence=t("options.one_of", option=option, value=value, allowed="|".join(filter(None, allowed)))
        )
