"""`hazardctl explain`: what a finding's code means."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl.console import wrap
from hazardctl.i18n import t
from hazardctl.session import Session

WIDTH = 100


def run(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="[CODE]", help=t("explain.code"))] = "",
) -> int:
    """Explain a code, or list all of them."""
    from hazardctl import explain

    session: Session = ctx.obj
    console = session.console
    if not code:
        for known in sorted(explain.codes()):
            listed = explain.page(known)
            console.out(f"{known}  {t(f'check.{listed.severity.value}')}  {listed.title}")
        return 0
    page = explain.page(code.strip().upper())
    console.out(console.style(f"{page.code}  {t(f'check.{page.severity.value}')}  {page.title}", "bold"))
    for paragraph in filter(None, page.words.split("\n\n")):
        console.out("\n" + "\n".join(wrap(paragraph, min(console.width, WIDTH))))
    for key, example in (("explain.fails", page.fails), ("explain.passes", page.passes)):
        if example:
            console.out(f"\n{t(key)}\n" + "\n".join(f"    {line}".rstrip() for line in example.splitlines()))
    return 0
