"""`hazardctl cache`: what is kept of earlier runs, and throw it away."""

from __future__ import annotations

import typer

from hazardctl import cachefile, manual
from hazardctl.i18n import t
from hazardctl.session import Session

app = manual.group()


@manual.member(app, "cache", "info")
def info(ctx: typer.Context) -> int:
    """Tell where the cache is and how large."""
    session: Session = ctx.obj
    sizes = cachefile.sizes()
    campaigns = sum(name.endswith(".sqlite") for name in sizes)
    session.console.out(t("cache.is", folder=cachefile.folder(), campaigns=campaigns, size=sum(sizes.values()) // 1024))
    return 0


@manual.member(app, "cache", "clear")
def clear(ctx: typer.Context) -> int:
    """Delete it."""
    session: Session = ctx.obj
    session.console.out(t("cache.cleared", campaigns=cachefile.clear()))
    return 0
