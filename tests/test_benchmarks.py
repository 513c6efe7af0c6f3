"""The campaigns that are measured are real ones, and the same every time."""

from __future__ import annotations

import hashlib
from pathlib import Path

from generate import Wish, generate


def _print(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return whole.hexdigest()


def test_a_seed_gives_the_same_campaign_every_time(tmp_path: Path) -> None:
    wish = Wish(units=12, rows=5, gbk=0.3, yaml=0.3, drifted=0.5, broken=0.2)
    generate(tmp_path / "a", wish)
    generate(tmp_path / "b", wish)
    assert _print(tmp_path / "a") == _print(tmp_path / "b")
    assert len(list((tmp_path / "a" / "units").iterdir())) == 12
    kinds = {path.name for path in (tmp_path / "a").rglob("ledger.*")}
    assert kinds == {"ledger.csv", "ledger.yaml"}
