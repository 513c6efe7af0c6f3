"""`hazardctl import`: clerks' workbooks into the ledgers, with a list of every liberty taken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hazardctl import lifecycle, spelling
from hazardctl.commands.add import By, DryRun, Force
from hazardctl.errors import UsageError
from hazardctl.files import processes
from hazardctl.i18n import t
from hazardctl.session import Session

if TYPE_CHECKING:  # `--help` reads no workbook
    from hazardctl.load import Opened
    from hazardctl.spreadsheets.importing import Asked, Outcome

STOPPED, WOULD_CHANGE = 1, 4


def run(  # noqa: PLR0917 -- typer gives options by name
    ctx: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help=t("import.files"))] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="UNIT", help=t("import.unit"))] = "",
    sheet: Annotated[str, typer.Option("--sheet", metavar="NAME", help=t("import.sheet"))] = "",
    maps: Annotated[list[str] | None, typer.Option("--map", metavar="HEADING=FIELD", help=t("import.map"))] = None,
    mapping: Annotated[str, typer.Option("--mapping", metavar="NAME", help=t("import.mapping"))] = "",
    key: Annotated[str, typer.Option("--key", metavar="FIELD,FIELD", help=t("import.key_option"))] = "",
    period: Annotated[str, typer.Option("--period", metavar="P", help=t("import.period"))] = "",
    partial: Annotated[bool, typer.Option("--partial", help=t("import.partial"))] = False,
    undo: Annotated[str, typer.Option("--undo", metavar="UNIT", help=t("import.undo"))] = "",
    form: Annotated[str, typer.Option("--format", metavar="text|json", help=t("import.format"))] = "text",
    by: By = "",
    force: Force = False,
    dry_run: DryRun = False,
) -> int:
    """Import workbooks."""
    if form not in ("text", "json"):
        raise UsageError(sentence=t("options.one_of", option="--format", value=form, allowed="text|json"))
    session: Session = ctx.obj
    opened = session.open()
    if undo:
        return _undo(session, opened, undo, by or processes.user_name())
    from hazardctl.spreadsheets import importing
    from hazardctl.spreadsheets import mapping as mappings

    found = importing.files_in(files or [])
    if not found:
        raise UsageError(sentence=t("import.no_files"))
    if unit and len(found) > 1:
        raise UsageError(sentence=t("import.one_unit"))
    keys = tuple(spelling.field_of(opened.terms, name) for name in key.replace("，", ",").split(",") if name.strip())
    asked = importing.Asked(
        unit, sheet, mappings.said(opened.terms, maps or []), mapping, keys, period, by or processes.user_name(), force,
        partial, dry_run,
    )  # fmt: skip
    with session.console.progress(t("import.progress"), len(found)) as advance:
        done = importing.run(opened, found, asked, session.today, advance)
        outcomes = [_kept(session, opened, outcome, asked, alone=len(found) == 1) for outcome in done]
    _tell(session, opened, outcomes, form)
    return _code(outcomes, dry_run=dry_run)


def _kept(session: Session, opened: Opened, outcome: Outcome, asked: Asked, *, alone: bool) -> Outcome:
    """Keep the record of what was written, and the mapping that made it possible."""
    from hazardctl.spreadsheets import keeping, telling
    from hazardctl.spreadsheets import mapping as mappings

    nil = outcome.chosen is not None and outcome.chosen.table.nil
    if asked.dry_run or outcome.fault is not None or not (outcome.written or nil):
        return outcome
    told = telling.as_json(outcome, opened.terms)
    record = keeping.keep(opened, outcome.unit, told, outcome.saved, session.today)
    session.console.say(t("import.record", path=record))
    if asked.map and (alone or asked.mapping):
        name = asked.mapping or outcome.unit
        kept = mappings.keep(opened, name, {**mappings.kept(opened, name), **asked.map})
        session.console.say(t("import.mapping_kept", path=kept))
    return outcome


def _tell(session: Session, opened: Opened, outcomes: list[Outcome], form: str) -> None:
    from hazardctl.spreadsheets import telling

    if form == "json":
        import json

        told = {"schema_version": 1, "imports": [telling.as_json(outcome, opened.terms) for outcome in outcomes]}
        session.console.data(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    else:
        session.console.out("\n\n".join(telling.as_text(outcome, opened.terms) for outcome in outcomes))
    written = [outcome.unit for outcome in outcomes if outcome.written]
    stopped = [outcome for outcome in outcomes if outcome.stopped and not outcome.written]
    would = [outcome for outcome in outcomes if not outcome.stopped and not outcome.idle and not outcome.written]
    changed = t("import.would", count=len(would)) if would else ""
    session.console.ended(
        read=t("import.read", count=len(outcomes)),
        changed=t("import.wrote", count=len(written)) if written else changed,
        skipped=t("import.stopped", count=len(stopped)) if stopped else "",
    )


def _code(outcomes: list[Outcome], *, dry_run: bool) -> int:
    """Give the gravest exit code of all files; what only was refused counts as a finding."""
    faults = [outcome.fault.exit_code for outcome in outcomes if outcome.fault is not None]
    if faults:
        return max(faults)
    if any(outcome.refused or (outcome.stopped and not outcome.written) for outcome in outcomes):
        return STOPPED
    return WOULD_CHANGE if dry_run and any(not outcome.idle for outcome in outcomes) else 0


def _undo(session: Session, opened: Opened, unit: str, by: str) -> int:
    from hazardctl.spreadsheets import keeping

    done = keeping.undo(opened, lifecycle.unit_of(opened, unit), by)
    session.console.out(t("import.undone", path=done.path, record=done.record))
    session.console.ended(read=done.record, changed=done.path)
    return 0
