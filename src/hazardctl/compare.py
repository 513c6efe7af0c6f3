"""Compare two versions of a checklist: what became of each item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from hazardctl.checklist import Checklist, Item
from hazardctl.records import immutable
from hazardctl.texts import Text

Fate = Literal["kept", "reworded", "renamed", "split", "dropped", "new"]


@immutable
class Change:
    """What became of an item: its code before, its codes after, and both wordings."""

    fate: Fate
    before: str
    after: tuple[str, ...]
    was: Text = ""
    now: Text = ""


def compare(old: Checklist, new: Checklist) -> tuple[Change, ...]:
    """Tell item by item what a new version kept, reworded, renamed, split, dropped and added.

    The new version's own `renamed` mapping is believed first; after that the same wording under another code is a
    renamed item, and another wording under the same code a reworded one.
    """
    before, after = _items(old), _items(new)
    by_wording = {_wording(item): code for code, item in after.items()}
    changes = [_fate(item, after, by_wording, new.renamed, before) for item in before.values()]
    reached = {code for change in changes for code in change.after}
    changes += [Change("new", "", (code,), "", item.check) for code, item in after.items() if code not in reached]
    return tuple(changes)


def _fate(
    item: Item,
    after: Mapping[str, Item],
    by_wording: Mapping[object, str],
    renamed: Mapping[str, str | tuple[str, ...]],
    before: Mapping[str, Item],
) -> Change:
    if item.code in renamed:
        codes = renamed[item.code]
        codes = (codes,) if isinstance(codes, str) else codes
        now = after[codes[0]].check if codes and codes[0] in after else ""
        return Change(
            "split" if len(codes) > 1 else "renamed" if codes else "dropped", item.code, tuple(codes), item.check, now
        )
    same_code = after.get(item.code)
    moved = by_wording.get(_wording(item))
    if moved == item.code:
        return Change("kept", item.code, (item.code,), item.check, item.check)
    if moved is not None and (moved not in before or _wording(before[moved]) != _wording(item)):
        return Change("renamed", item.code, (moved,), item.check, item.check)
    if same_code is not None and _wording(same_code) not in {_wording(other) for other in before.values()}:
        return Change("reworded", item.code, (item.code,), item.check, same_code.check)
    return Change("dropped", item.code, (), item.check)


def _items(checklist: Checklist) -> dict[str, Item]:
    return {item.code: item for category in checklist.categories for item in category.items}


def _wording(item: Item) -> object:
    return item.check if isinstance(item.check, str) else tuple(sorted(item.check.items()))
