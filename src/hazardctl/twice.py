"""Find the numbers that stand in more than one of very many runs, without holding them all: most wait in a file."""

from __future__ import annotations

import tempfile
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, pairwise
from typing import IO, Self

from hazardctl.records import immutable

BLOCK = 1 << 16  # numbers put away at a time
HELD = 1 << 20  # numbers kept here; those of larger campaigns are kept in a file
FEW = 1 << 19  # numbers compared all at once; with more of them more else is held
AT_ONCE = 1 << 17  # numbers compared at a time where there are more
EVERY = 1 << 6  # of so many numbers one tells how large all are
SIZE = 8  # bytes of a number


@immutable
class _Block:
    """The numbers of some runs, one after another: themselves, or where they lie in the file."""

    first: int  # the first of its runs
    ends: array[int]  # the count of its numbers before each run, and after the last
    kept: array[int] | int


class Runs:
    """Runs of numbers of 64 bits, each with none twice."""

    def __init__(self) -> None:
        self._waiting, self._ends = array("Q"), array("Q", [0])
        self._blocks: list[_Block] = []
        self._runs = self._count = self._held = 0
        self._room = True
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        """Begin with no runs."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the file go; it has no name that others could see, or goes with whoever holds it open."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()

    def add(self, run: array[int]) -> None:
        """Take one more run."""
        self._waiting.extend(run)
        self._ends.append(len(self._waiting))
        if len(self._waiting) >= BLOCK:
            self._put_away()

    def repeated(self, most: int | None = None) -> set[int]:
        """Find the numbers that stand in more than one run, but in no more than so many where these are given."""
        self._put_away()
        found: set[int] = set()
        for some in self._parts():
            if most is None and len(set().union(*some)) == sum(map(len, some)):  # as is the rule, and told sooner
                continue
            often = Counter(chain.from_iterable(some))
            found.update([one for one, runs in often.items() if runs > 1 and (most is None or runs <= most)])
        return found

    def holders(self, wanted: set[int]) -> Iterator[tuple[int, dict[int, int]]]:
        """Give the runs that hold some of these numbers, in order: the place of each among all, and of these in it."""
        self._put_away()
        for block in self._blocks if wanted else ():
            values = self._numbers(block, 0, block.ends[-1])
            for number, (begin, end) in enumerate(pairwise(block.ends), block.first):
                if not wanted.isdisjoint(values[begin:end]):
                    yield number, {one: at for at, one in enumerate(values[begin:end]) if one in wanted}

    def _parts(self) -> Iterator[list[array[int]]]:
        """Give all numbers, of many some at a time by their size: those that are the same come together."""
        if self._count <= FEW:
            yield [self._numbers(block, 0, block.ends[-1]) for block in self._blocks]
            return
        ordered = [self._in_order(block) for block in self._blocks]
        given = [0] * len(ordered)
        for top in self._tops(ordered):
            found = []
            for at, block in enumerate(ordered):
                values = self._numbers(block, given[at], block.ends[-1])
                cut = bisect_left(values, top)
                given[at] += cut
                found.append(values[:cut])
            yield found

    def _in_order(self, block: _Block) -> _Block:
        """Give a block's numbers as one run, in order."""
        values = array("Q", sorted(self._numbers(block, 0, block.ends[-1])))
        return _Block(block.first, array("Q", [0, len(values)]), self._put(values))

    def _tops(self, ordered: Sequence[_Block]) -> list[int]:
        """Name the numbers at which all are parted, so that about as many are in each part."""
        parts = self._count // AT_ONCE + 1
        some = sorted(one for block in ordered for one in self._numbers(block, 0, block.ends[-1])[::EVERY])
        return [*(some[len(some) * part // parts] for part in range(1, parts)), 1 << 8 * SIZE]

    def _put_away(self) -> None:
        """Put the runs that wait into a block of their own."""
        values, ends = self._waiting, self._ends
        if len(ends) > 1:
            self._blocks.append(_Block(self._runs, ends, self._put(values)))
            self._runs += len(ends) - 1
            self._count += len(values)
            self._waiting, self._ends = array("Q"), array("Q", [0])

    def _put(self, values: array[int]) -> array[int] | int:
        """Write numbers into the file; they stay here where they are few, or the disk has no room for them."""
        if self._held + len(values) > HELD and self._room:
            with suppress(OSError):
                if self._file is None:
                    self._file = tempfile.TemporaryFile(prefix="hazardctl-", buffering=0)  # noqa: SIM115 -- let go with us
                at = self._file.seek(0, 2)
                if self._file.write(data := values.tobytes()) == len(data):
                    return at
            self._room = False
        self._held += len(values)
        return values

    def _numbers(self, block: _Block, start: int, end: int) -> array[int]:
        """Give some numbers of a block."""
        if isinstance(block.kept, array):
            return block.kept if end - start == len(block.kept) else block.kept[start:end]
        values = array("Q")
        if self._file is not None and start < end:
            self._file.seek(block.kept + start * SIZE)
            values.fromfile(self._file, end - start)
        return values
