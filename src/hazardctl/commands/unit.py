"""`hazardctl unit`: the tree of units."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl import i18n, lifecycle, load, manual, roster, units
from hazardctl.commands.init import day
from hazardctl.errors import UsageError
from hazardctl.i18n import t
from hazardctl.session import Session
from hazardctl.start import UNIT_HEADINGS
from hazardctl.units import Unit

app = manual.group()
DryRun = Annotated[bool, typer.Option("--dry-run", help=t("unit.dry_run"))]


@manual.member(app, "unit", "add")
def add(  # noqa: PLR0917 -- typer gives options by name
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(metavar="ID", help=t("unit.id"))],
    name: Annotated[str, typer.Argument(metavar="[NAME]", help=t("unit.name"))] = "",
    parent: Annotated[str, typer.Option("--parent", metavar="UNIT", help=t("unit.parent"))] = "",
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help=t("unit.kind"))] = "",
    opened: Annotated[str, typer.Option("--opened", metavar="DATE", help=t("unit.opened"))] = "",
    dry_run: DryRun = False,
) -> int:
    """Add a unit."""
    session: Session = ctx.obj
    new = Unit(unit, name or unit, parent, kind, day("--opened", opened))
    line = roster.add(session.workspace(), new, dry_run=dry_run)
    session.console.out(line)
    if not name:
        session.console.complain(t("unit.nameless", unit=unit))
    session.console.ended(read="units.csv", changed=t("unit.would" if dry_run else "unit.did", unit=unit))
    return 4 if dry_run else 0


@manual.member(app, "unit", "close")
def close(
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help=t("unit.which"))],
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=t("unit.on"))] = "",
    dry_run: DryRun = False,
) -> int:
    """Close a unit."""
    session: Session = ctx.obj
    opened = session.open()
    name = lifecycle.unit_of(opened, unit)
    line = roster.close(opened.workspace, name, day("--on", on) or session.today, dry_run=dry_run)
    session.console.out(line)
    session.console.ended(read="units.csv", changed=t("unit.would" if dry_run else "unit.did", unit=name))
    return 4 if dry_run else 0


@manual.member(app, "unit", "list")
def list_units(
    ctx: typer.Context,
    form: Annotated[str, typer.Option("--format", metavar="table|csv|json", help=t("unit.format"))] = "table",
) -> int:
    """List the units as a tree."""
    if form not in ("table", "csv", "json"):
        raise UsageError(sentence=t("options.one_of", option="--format", value=form, allowed="table|csv|json"))
    session: Session = ctx.obj
    workspace = session.workspace()
    listed, findings = load.load_units(workspace)
    walked = list(units.tree(tuple(listed)).walk())
    rows = [_cells(unit) for unit, _ in walked]
    if form == "json":
        import json

        records = [{**dict(zip(UNIT_HEADINGS, row, strict=True)), "level": level}
                   for row, (_, level) in zip(rows, walked, strict=True)]  # fmt: skip
        session.console.data(json.dumps(records, ensure_ascii=False, indent=2) + "\n")
    elif form == "csv":
        from hazardctl.formats import csv
        from hazardctl.formats.encoding import Dress

        session.console.data(csv.write(UNIT_HEADINGS, rows, Dress("utf-8", "\n")))
    elif rows:
        from hazardctl.writers import text as writer

        shown = [["  " * (level - 1) + row[1], row[0], row[3], row[4], row[5]]
                 for row, (_, level) in zip(rows, walked, strict=True)]  # fmt: skip
        heads = tuple(t(f"unit.head_{name}") for name in ("name", "id", "kind", "opened", "closed"))
        session.console.out(writer.columns(heads, shown, session.console))
    session.console.ended(read=t("unit.read", count=len(rows)), skipped=i18n.join([one.message() for one in findings]))
    return 0


def _cells(unit: Unit) -> list[str]:
    days = (str(day) if day else "" for day in (unit.opened, unit.closed))
    return [unit.id, unit.name, unit.parent, unit.kind, *days]
