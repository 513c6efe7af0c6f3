"""Decide on returns: let one be sent after all, accept what has come; what is written is never rewritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hazardctl import i18n, load
from hazardctl.errors import FileFault, UsageError
from hazardctl.files import store
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.returns import accepted, clock, returned, signed
from hazardctl.returns.periods import Period
from hazardctl.returns.signed import Verdict
from hazardctl.units import UnitTree


class OddListError(FileFault):
    """A list is laid out in a way that nothing can be added to. Values: `path`."""

    key = "submit.odd_list"


def reopen(opened: Opened, unit: str, asked: str, until: date, *, reason: str, by: str, today: date) -> bool:
    """Let one unit send its return for a period until a day, all limits notwithstanding; tells whether that is new.

    It also takes back the acceptance of the return that stands. Errors: UsageError, OddListError, those of the store.
    """
    period = clock.read(opened, asked)
    if not reason.strip():
        raise UsageError(sentence=i18n.t("reopen.no_reason"))
    if until < today:
        raise UsageError(sentence=i18n.t("reopen.past", until=until, today=today))
    sent = returned.for_period(returned.of_unit(opened.workspace, unit)[0], period, opened)
    last = sent[-1] if sent else None
    superior = opened.units.units[unit].parent
    given = returned.acceptances(opened, superior if superior in opened.units.units else "")
    stands = returned.is_accepted(last, given, returned.grants(opened, period))
    item = {
        "unit": unit, "until": until.isoformat(), "reason": reason, "by": by, "at": today.isoformat(),
        "return": last.number if last else 0, "accepted": "yes" if stands else "no",
    }  # fmt: skip
    same = [
        one for one in returned.grants(opened, period)
        if (one.unit, one.until, one.reason, one.by) == (unit, until, reason, by)
    ]  # fmt: skip
    if same and not stands:
        return False
    _add(opened, returned.exceptions_file(opened.workspace, period.key), [item])
    return True


@immutable
class Accepted:
    """What a superior accepted, what it had accepted before, and the units that have sent nothing to accept."""

    new: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    refused: tuple[Verdict, ...] = ()  # returns against whose signature something stands
    noted: tuple[Verdict, ...] = ()  # those of which something is to be said all the same
    moved: tuple[str, ...] = ()  # accepted now, and their files are others than those that were sent


def accept(opened: Opened, unit: str, asked: str, *, by: str, today: date, allowed: Path | None = None) -> Accepted:
    """Accept the returns of a unit's children, or of a unit that has none: its own, in its superior's name.

    A child that only holds others counts once everything below it has been accepted by it. A return whose signature
    does not stand is not accepted; `allowed` lists the keys that count, instead of the superior's own list.
    """
    period = clock.read(opened, asked)
    tree = opened.units
    superior = unit if not tree.is_leaf(unit) else tree.units[unit].parent
    superior = superior if superior in tree.units else ""
    children = tree.children.get(unit, ()) if not tree.is_leaf(unit) else (unit,)
    granted = returned.grants(opened, period)
    given = returned.acceptances(opened, superior)
    new: list[dict[str, Any]] = []
    before: list[str] = []
    missing: list[str] = []
    moved: list[str] = []
    verdicts: list[Verdict] = []
    for child in children:
        if not tree.is_leaf(child) and not opened.workspace.ledgers(child):
            missing += _unaccepted(opened, tree, child, period, granted)
            continue
        sent = returned.for_period(returned.of_unit(opened.workspace, child)[0], period, opened)
        if not sent:
            missing += [child] if tree.units[child].open_on(period.start, period.end) else []
        elif returned.is_accepted(sent[-1], given, granted):
            before.append(child)
        elif (verdict := signed.verify(opened, sent[-1], allowed)).state == "bad":
            verdicts.append(verdict)
        else:
            verdicts += [verdict] if verdict.troubles else []
            new.append({
                "unit": child, "period": sent[-1].period, "return": sent[-1].number, "sha256": sent[-1].sha256,
                **({"figures": sent[-1].figures} if sent[-1].figures else {}), "by": by, "at": today.isoformat(),
            })  # fmt: skip
            moved += [child] if accepted.has_moved(opened, sent[-1]) else []
    if new:
        _add(opened, returned.accepted_file(opened.workspace, superior), new)
    return Accepted(
        tuple(item["unit"] for item in new), tuple(before), tuple(missing),
        tuple(one for one in verdicts if one.state == "bad"), tuple(one for one in verdicts if one.state != "bad"),
        tuple(moved),
    )  # fmt: skip


def _unaccepted(
    opened: Opened, tree: UnitTree, top: str, period: Period, granted: Sequence[returned.Grant]
) -> Iterable[str]:
    """Name the units below one whose returns are not accepted yet."""
    for unit, _ in tree.walk(top):
        if tree.is_leaf(unit.id) and unit.open_on(period.start, period.end):
            sent = returned.for_period(returned.of_unit(opened.workspace, unit.id)[0], period, opened)
            if not returned.is_accepted(sent[-1] if sent else None, returned.acceptances(opened, unit.parent), granted):
                yield unit.id


def _add(opened: Opened, path: Path, items: Sequence[Mapping[str, Any]]) -> None:
    """Add to the end of a list, everything before it as it stands."""
    path = store.inside(opened.workspace.root, path)
    name = opened.workspace.name(path)

    def grown(before: store.Snapshot) -> bytes:
        data = before.data or b""
        for item in items:
            listed = returned.read(data, name)
            if listed.findings:
                raise load.BrokenFileError(list(listed.findings), path=name)
            longer = returned.added(listed, item)
            if longer is None:
                raise OddListError(path=name)
            data = longer
        return data

    store.make_folder(path.parent)
    store.update(path, grown)
