"""`hazardctl conflicts`: the second files that sync products leave behind, and what differs in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from hazardctl import engines
from hazardctl.commands.merge import line
from hazardctl.engines import ENGINES
from hazardctl.files import processes
from hazardctl.i18n import t
from hazardctl.journals import noticing
from hazardctl.load import Opened
from hazardctl.merging import looking, reconcile
from hazardctl.merging.looking import Seen
from hazardctl.merging.reconcile import Found
from hazardctl.session import Session


def run(
    ctx: typer.Context,
    merge: Annotated[bool, typer.Option("--merge", help=t("conflicts.merge"))] = False,
    engine: Annotated[
        str, typer.Option("--engine", metavar=f"{'|'.join(ENGINES)}[=ADDRESS]", help=t("engines.option"))
    ] = "local",
) -> int:
    """List or merge conflict copies."""
    engines.named(engine)
    session: Session = ctx.obj
    opened = session.open()
    noticing.tidy_up(opened)
    with session.console.progress(t("engines.progress"), len(opened.units.units)) as advance:
        seen = looking.look(opened, session.today, compare=not merge, engine=engine, advance=advance)
    found = []
    for one in seen:
        for copy in _merged(session, opened, one.unit) if merge and one.copies else one.copies:
            _tell(session, copy)
            found.append(copy)
    waiting = _waiting(opened, seen, again=merge)
    for path in waiting:
        session.console.out(t("conflicts.open", path=path))
    lost = [finding for one in seen for finding in one.findings]
    if lost:
        from hazardctl.reporters import text as reporter

        session.console.complain(reporter.listing(lost))
    _end(session, found)
    return 1 if waiting or lost or any(not one.moved for one in found) else 0


def _merged(session: Session, opened: Opened, unit: str) -> Iterator[Found]:
    """Merge a folder's copies: only here, and one after the other, is anything written."""
    for stray in list(reconcile.find(opened, unit)):
        yield reconcile.bring_in(opened, unit, stray, session.today, by=processes.user_name())


def _waiting(opened: Opened, seen: Sequence[Seen], *, again: bool) -> list[str]:
    """Name the open conflict files, the campaign's own first, then those of its units; merging leaves new ones."""
    open_ = {one.unit: looking.questions(opened, one.unit) if again and one.copies else one.open for one in seen}
    return [path for unit in ("", *opened.units.units) for path in open_.get(unit, ())]


def _tell(session: Session, one: Found) -> None:
    product = t("conflicts.by", product=one.product) if one.product else t("conflicts.by_ids")
    session.console.out(t("conflicts.copy", path=one.path, original=one.original, product=product))
    if one.trouble:
        session.console.out(f"  {t('conflicts.trouble', reason=one.trouble)}")
        return
    if one.waiting:
        session.console.out(f"  {t('conflicts.waiting')}")
        return
    for question in one.cells:
        session.console.out(f"  {line(question)}")
    base = t("conflicts.based" if one.based else "conflicts.not_based")
    session.console.out(f"  {t('conflicts.sum', taken=one.taken, cells=len(one.cells), base=base)}")
    if one.moved:
        session.console.out(f"  {t('conflicts.moved', path=one.moved)}")


def _end(session: Session, found: Sequence[Found]) -> None:
    units = Counter(one.unit for one in found)
    moved = [one.moved for one in found if one.moved]
    read = t("conflicts.read", copies=len(found), units=len(units))
    session.console.ended(read=read, changed=t("conflicts.aside", count=len(moved)) if moved else "")
