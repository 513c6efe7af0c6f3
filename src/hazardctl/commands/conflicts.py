"""`hazardctl conflicts`: the second files that sync products leave behind, and what differs in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer

from hazardctl.commands.merge import line
from hazardctl.files import processes
from hazardctl.findings import Finding
from hazardctl.i18n import t
from hazardctl.load import Opened
from hazardctl.merging import reconcile, unsettled
from hazardctl.merging.reconcile import Found
from hazardctl.session import Session


def run(
    ctx: typer.Context,
    merge: Annotated[bool, typer.Option("--merge", help=t("conflicts.merge"))] = False,
) -> int:
    """List or merge conflict copies."""
    session: Session = ctx.obj
    opened = session.open()
    strays = list(reconcile.find(opened))
    found = []
    for unit, stray in strays:
        if merge:
            one = reconcile.bring_in(opened, unit, stray, session.today, by=processes.user_name())
        else:
            one = reconcile.look(opened, unit, stray, session.today)
        found.append(one)
        _tell(session, one)
    waiting = [finding.path for finding in _open(opened)]
    for path in waiting:
        session.console.out(t("conflicts.open", path=path))
    _end(session, found)
    return 1 if waiting or any(not one.moved for one in found) else 0


def _open(opened: Opened) -> list[Finding]:
    workspace = opened.workspace
    places = [(workspace.root, ""), *((workspace.unit(unit), unit) for unit in opened.units.units)]
    return [finding for folder, unit in places for finding in unsettled.open_questions(workspace, folder, unit)]


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
