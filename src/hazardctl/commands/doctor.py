"""`hazardctl doctor`: what surrounds this campaign, and what its folder can promise."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from hazardctl import doctor
from hazardctl.errors import UsageError
from hazardctl.files import surroundings
from hazardctl.i18n import labelled, t
from hazardctl.session import Session

FORMATS = ("text", "json")
_STYLES = {"good": "green", "note": "yellow", "bad": "red"}


def run(
    ctx: typer.Context,
    form: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help=t("doctor.format"))] = "text",
) -> int:
    """Examine."""
    session: Session = ctx.obj
    if form not in FORMATS:
        raise UsageError(sentence=t("options.one_of", option="--format", value=form, allowed="|".join(FORMATS)))
    opened = session.open()
    root = opened.workspace.root
    checks = doctor.examine(opened)
    console = session.console
    if form == "json":
        told = [{"about": one.about, "state": one.state, "said": one.said} for one in checks]
        kind = surroundings.kind_of(root)
        console.data(
            json.dumps({"folder": kind, "promise": doctor.promise(root), "checks": told}, ensure_ascii=False, indent=2)
            + "\n"
        )
    else:
        for one in checks:
            mark = console.style(t(f"doctor.{one.state}"), _STYLES[one.state])
            console.out(f"{mark}  " + labelled(t(f"doctor.about_{one.about}"), one.said))
        console.out(f"\n{doctor.promise(root)}")
    console.ended(read=str(root))
    return 1 if any(one.state == "bad" for one in checks) else 0
