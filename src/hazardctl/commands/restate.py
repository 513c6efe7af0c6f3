"""`hazardctl restate`: what has changed behind a frozen period."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl.errors import UsageError
from hazardctl.i18n import join, t
from hazardctl.session import Session

FORMATS = ("text", "json", "csv")


def run(  # noqa: PLR0917 -- typer gives options by name
    ctx: typer.Context,
    period: Annotated[str, typer.Option("--period", metavar="P", help=t("restate.period"))],
    reason: Annotated[str, typer.Option("--reason", metavar="WHY", help=t("restate.reason"))] = "",
    approver: Annotated[str, typer.Option("--approver", metavar="NAME", help=t("restate.approver"))] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("restate.dry_run"))] = False,
    files: Annotated[list[str] | None, typer.Option("--from", metavar="[UNIT=]FILE", help=t("restate.from"))] = None,
    form: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help=t("restate.format"))] = "text",
) -> int:
    """Restate."""
    from hazardctl.publishing import federation, trace
    from hazardctl.publishing import restate as verb
    from hazardctl.writers import named, text

    session: Session = ctx.obj
    if form not in FORMATS:
        raise UsageError(sentence=t("options.one_of", option="--format", value=form, allowed="|".join(FORMATS)))
    opened = session.open()
    key = trace.manifest(opened, period, "restated").period
    found = verb.restate(
        opened, key, today=session.today, reason=reason, approver=approver, dry_run=dry_run,
        letters=federation.letters(files or ()),
    )  # fmt: skip
    document = verb.document(found, session.language_of(opened))
    if form == "text" and not found.cells:
        session.console.say(t("restate.same", period=key))
    elif form == "text":
        session.console.out(text.draw(document, session.console))
    else:
        session.console.data(named(form).draw(document))
    if found.faults:
        session.console.complain(t("restate.uncountable", units=join(found.faults)))
    if found.stands:
        names = [opened.units.units[unit].name if unit in opened.units.units else unit for unit in found.stands]
        session.console.complain(t("restate.stands", units=join(names)))
    if found.undated:
        few = [*found.undated[: verb.FEW], *(["…"] if len(found.undated) > verb.FEW else [])]
        session.console.complain(t("restate.undated", count=len(found.undated), entries=join(few)))
    if found.number:
        path = opened.workspace.name(verb.file_of(opened, found.manifest, found.number))
        kept = t("restate.kept", number=found.number, cells=len(found.cells), path=path)
        session.console.ended(read=key, changed=kept)
    if found.faults:
        return 3
    return 4 if dry_run and found.cells else 0
