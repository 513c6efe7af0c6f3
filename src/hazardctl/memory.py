"""How memory is looked after where very many small things are made: none of what is made of ledgers is in a cycle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

ROOM = 8 << 20  # bytes: more than the files of some twenty units, and what is made of them
SELDOM = 100_000  # objects made between two looks for cycles


def look_seldom() -> None:
    """Look for cycles seldom, for good: in a process that lives for one run."""
    gc.set_threshold(SELDOM)


def look_no_more() -> None:
    """Look for no more cycles, as a process ends: Python looks through all there is several times before it lets go."""
    gc.freeze()


@contextmanager
def looking_seldom() -> Iterator[None]:
    """Look for cycles seldom, and for none in what is there already, as long as this lasts."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM)
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


@contextmanager
def not_looking() -> Iterator[None]:
    """Look for no cycles as long as this lasts, nor soon in what is made in it: very much, and none is in a cycle."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()  # all there is counts as old now
        if looked:
            gc.enable()


def keep_room() -> None:
    """Have memory that a chunk needed stay at hand for the next: glibc keeps as much as it was once asked for."""
    bytes(ROOM)
