"""Many people and programs at one folder, in any order, with crashes: whatever was accepted is still there."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from pathlib import Path

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from shared_folder import LEDGERS, PLACES, SharedFolder

PLACE, UNIT = st.sampled_from(PLACES), st.sampled_from(sorted(LEDGERS))
SEED = st.integers(0, 1 << 16).map(random.Random)


class ManyClerks(RuleBasedStateMachine):
    """Clerks with commands, people with Excel, a sync client, git and a nightly job."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.all = SharedFolder(self.root)

    @rule(place=PLACE, unit=UNIT)
    def add(self, place: str, unit: str) -> None:
        self.all.add(place, unit)

    @rule(place=PLACE, unit=UNIT, chance=SEED)
    def change(self, place: str, unit: str, chance: random.Random) -> None:
        self.all.change(place, unit, chance)

    @rule(place=PLACE, unit=UNIT, chance=SEED)
    def edit(self, place: str, unit: str, chance: random.Random) -> None:
        self.all.edit(place, unit, chance)

    @rule(place=PLACE, unit=UNIT)
    def open_book(self, place: str, unit: str) -> None:
        self.all.open_book(place, unit)

    @rule(place=PLACE, unit=UNIT, chance=SEED)
    def save_book(self, place: str, unit: str, chance: random.Random) -> None:
        self.all.save_book(place, unit, chance)

    @rule(place=PLACE, unit=UNIT, chance=SEED)
    def crash(self, place: str, unit: str, chance: random.Random) -> None:
        if hasattr(os, "fork"):
            self.all.crash(place, unit, chance)

    @rule(place=PLACE, unit=UNIT, chance=SEED)
    def meddle(self, place: str, unit: str, chance: random.Random) -> None:
        self.all.meddle(place, unit, chance)

    @rule(place=PLACE, unit=UNIT, chance=SEED)
    def settle(self, place: str, unit: str, chance: random.Random) -> None:
        self.all.settle(place, unit, chance)

    @rule(place=PLACE, chance=SEED)
    def cron(self, place: str, chance: random.Random) -> None:
        self.all.cron(place, chance)

    @rule(place=PLACE, unit=UNIT, chance=SEED)
    def stale(self, place: str, unit: str, chance: random.Random) -> None:
        self.all.stale(place, unit, chance)

    @rule(place=PLACE, unit=UNIT, chance=SEED)
    def half(self, place: str, unit: str, chance: random.Random) -> None:
        self.all.half(place, unit, chance)

    @rule(chance=SEED)
    def sync(self, chance: random.Random) -> None:
        self.all.sync(chance)

    @rule(place=st.sampled_from(("office", "clone")))
    def pull(self, place: str) -> None:
        self.all.pull(place)

    @rule(place=st.sampled_from(("office", "clone")), chance=SEED)
    def replay(self, place: str, chance: random.Random) -> None:
        self.all.replay(place, chance)

    @invariant()
    def nothing_is_lost(self) -> None:
        self.all.check()

    def teardown(self) -> None:
        try:
            self.all.end(random.Random(1))
        finally:
            shutil.rmtree(self.root)


def test_whatever_many_people_and_programs_do_nothing_accepted_is_lost_and_every_total_is_right() -> None:
    # More, and made short where they fail: tests/long/many_clerks.py
    short = settings(max_examples=4, stateful_step_count=12, deadline=None, phases=[Phase.generate])
    run_state_machine_as_test(ManyClerks, settings=short)
