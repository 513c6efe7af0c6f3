"""Find the numbers that stand in more than one of very many runs, without holding them all: most wait in a file."""

from __future__ import annotations

import sys
import tempfile
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, compress, pairwise
from typing import IO, Self

from hazardctl.records import immutable

BLOCK = 1 << 16  # numbers put away at a time
HELD = 1 << 20  # numbers kept here; those of larger campaigns are kept in a file
FEW = 1 << 19  # numbers compared all at once; with more of them more else is held
AT_ONCE = 1 << 18  # numbers compared at a time where there are more
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

    def run(self, number: int) -> array[int]:
        """Give a run back."""
        self._put_away()
        block = self._blocks[bisect_right(self._blocks, number, key=lambda one: one.first) - 1]
        at = number - block.first
        return self._numbers(block, block.ends[at], block.ends[at + 1])

    def repeated(self, most: int | None = None) -> set[int]:
        """Find the numbers that stand in more than one run, but in no more than so many where these are given."""
        self._put_away()
        found: set[int] = set()
        parts = min(self._count // AT_ONCE + 1, 1 << 8) if self._count > FEW else 1
        for part in range(parts):
            if most is None and self._are_distinct(part, parts):  # as is the rule, and told at half the cost
                continue
            often = Counter(chain.from_iterable(self._part(part, parts)))
            found.update([one for one, runs in often.items() if runs > 1 and (most is None or runs <= most)])
        return found

    def _are_distinct(self, part: int, parts: int) -> bool:
        """Tell whether no two numbers of a part are the same."""
        known: set[int] = set()
        count = 0
        for values in self._part(part, parts):
            known.update(values)
            count += len(values)
        return len(known) == count

    def holders(self, wanted: set[int]) -> Iterator[tuple[int, list[int]]]:
        """Give the runs that hold some of these numbers, in order: the place of each among all, and what it holds."""
        self._put_away()
        for block in self._blocks if wanted else ():
            values = self._numbers(block, 0, block.ends[-1])
            for number, (begin, end) in enumerate(pairwise(block.ends), block.first):
                if not wanted.isdisjoint(values[begin:end]):
                    yield number, [one for one in values[begin:end] if one in wanted]

    def _part(self, part: int, parts: int) -> Iterator[Sequence[int]]:
        """Give a part of all numbers, some at a time, by a byte of each: those that are the same are in one part."""
        chosen = bytes(byte * parts >> 8 == part for byte in range(1 << 8))
        second = 1 if sys.byteorder == "little" else SIZE - 2  # the lowest has bits with a meaning
        for block in self._blocks:
            values = self._numbers(block, 0, block.ends[-1])
            yield values if parts == 1 else list(compress(values, values.tobytes()[second::SIZE].translate(chosen)))

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
            return block.kept[start:end]
        values = array("Q")
        if self._file is not None and start < end:
            self._file.seek(block.kept + start * SIZE)
            values.fromfile(self._file, end - start)
        return values
