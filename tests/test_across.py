"""What stands in two ledgers is found however many there are, and however few digests are held at once."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.rules import across

RUN = st.lists(st.integers(0, 40).map(lambda one: (one * (2**64 // 41)).to_bytes(8, "big")), max_size=12)


@pytest.mark.parametrize("held", [1, 3, 1000])
@given(runs=st.lists(RUN.map(sorted).map(b"".join), max_size=9))
def test_what_is_in_two_runs_is_found_whatever_is_held_at_once(held: int, runs: list[bytes]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(across, "AT_ONCE", held)
        found = across.repeated(runs)
    each = [{run[at : at + 8] for at in range(0, len(run), 8)} for run in runs]
    assert found == {one for mine in each for one in mine if sum(one in other for other in each) > 1}


def test_digests_at_both_ends_of_their_range_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(across, "AT_ONCE", 50)
    chance = random.Random(3)
    ends = [bytes(8), b"\xff" * 8]
    runs = [b"".join(sorted([*ends, *(chance.randbytes(8) for _ in range(30))])) for _ in range(20)]
    assert across.repeated(runs) == set(ends)
