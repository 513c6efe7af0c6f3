"""The weekly job: the same figures as one recount, nothing written twice, periods frozen once they are locked."""

from __future__ import annotations

from pathlib import Path

from year import Year, recount


def test_weeks_of_weekly_runs_give_the_figures_of_one_recount_from_the_journal(tmp_path: Path) -> None:
    year = Year(tmp_path, units=4)
    year.live(3)
    recount(year)
    assert year.tally["weeks frozen"] == 2
