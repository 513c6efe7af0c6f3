"""Names of units that could stand for one unit, found for all names at once: only those have to be gone through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hazardctl import text
from hazardctl.cells.unit_names import all_bones, without_place
from hazardctl.fields import folded_headings


class Namesakes:
    """The names under each parent, and what each has in common with earlier ones: as a rule nothing."""

    def __init__(self, names: Sequence[str], parents: Sequence[str]) -> None:
        self._given = names, parents
        self._loose = folded_headings(names)
        bones = all_bones(names)  # no line break is in them
        under = {parent: f"\n{parent}" for parent in set(parents)}
        ends = list(map(under.__getitem__, parents))
        self._whole = list(map(str.__add__, bones, ends))
        self._bare = list(map(str.__add__, text.each(without_place, bones), ends))
        short = [bare for bare, whole in zip(self._bare, self._whole, strict=True) if bare != whole]
        self._spelled_twice, self._meant_twice = twice(self._loose), twice([*self._whole, *short])
        self.doubtful = bool(self._spelled_twice or self._meant_twice or "" in names)
        self._same: dict[tuple[str, str], int] = {}
        self._spelled: dict[str, int] = {}
        self._shortened: dict[str, int] = {}
        self._longer: dict[str, int] = {}  # by what is left without the city and county

    def earlier(self, row: int) -> tuple[int, bool]:
        """Give the earlier row whose name could be meant, or the row itself, and whether both say the very same.

        Each row is asked for once, in their order; one without a name is not.
        """
        loose, whole, bare = self._loose[row], self._whole[row], self._bare[row]
        if not (loose in self._spelled_twice or whole in self._meant_twice or bare in self._meant_twice):
            return row, False
        names, parents = self._given
        exact = names[row], parents[row]
        same = self._same.get(exact)
        found = (same, self._spelled.get(loose), self._shortened.get(whole), self._shortened.get(bare),
                 self._longer.get(whole))  # fmt: skip
        self._same.setdefault(exact, row)
        self._spelled.setdefault(loose, row)
        self._shortened.setdefault(whole, row)
        if bare != whole:
            self._longer.setdefault(bare, row)
        return next((first for first in found if first is not None), row), same is not None


def twice(words: Sequence[str]) -> frozenset[str]:
    """Choose what stands there more than once."""
    if len(set(words)) == len(words):
        return frozenset()
    return frozenset(word for word, times in Counter(words).items() if times > 1)
