"""The campaigns that are measured are real ones, and the same every time."""

from __future__ import annotations

import hashlib
from pathlib import Path
from xml.etree import ElementTree as ET

import scaling
from generate import Wish, generate

from conftest import Run


def _print(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return whole.hexdigest()


def test_a_seed_gives_the_same_campaign_every_time(tmp_path: Path) -> None:
    wish = Wish(units=12, rows=5, gbk=0.3, yaml=0.3, drifted=0.5, broken=0.2, xlsx=0.4)
    generate(tmp_path / "a", wish)
    generate(tmp_path / "b", wish)
    assert _print(tmp_path / "a") == _print(tmp_path / "b")
    assert len(list((tmp_path / "a" / "units").iterdir())) == 12
    kinds = {path.name for path in (tmp_path / "a").rglob("ledger.*")}
    assert kinds == {"ledger.csv", "ledger.yaml"}


def test_shares_are_what_they_say_and_move_nothing_else(tmp_path: Path, run: Run) -> None:
    generate(tmp_path / "plain", Wish(units=20, rows=4))
    generate(tmp_path / "mixed", Wish(units=20, rows=4, xlsx=0.3))
    books = sorted((tmp_path / "mixed").rglob("*.xlsx"))
    assert 2 <= len(books) <= 10
    assert all((book.parent / "ledger.csv").is_file() for book in books)
    told = run("--campaign", tmp_path / "mixed", "check", "--format", "csv")
    assert (told.code, "U116" in told.out) == (0, False)
    generate(tmp_path / "late", Wish(units=20, rows=4, waiting=0.3))
    waiting = {book.parent.name for book in (tmp_path / "late").rglob("*.xlsx")}
    told = run("--campaign", tmp_path / "late", "check", "--format", "csv")
    assert {line.split("/")[1] for line in told.out.splitlines() if line.startswith("U116")} == waiting
    assert len(waiting) > 2


def test_a_workbook_that_waits_can_be_imported(tmp_path: Path, run: Run) -> None:
    generate(tmp_path / "late", Wish(units=2, rows=4, waiting=1.0, drifted=1.0))
    book = tmp_path / "late" / "units" / "u00001" / "隐患台账.xlsx"
    told = run("--campaign", tmp_path / "late", "import", book, "--unit", "u00001")
    assert told.code == 0, told.err
    assert (book.parent / "ledger.csv").read_bytes().count(b"\r\n") == 5


def test_growth_is_told_as_a_slope_a_table_and_a_drawing() -> None:
    straight = [(float(size), 0.3 + size / 1000) for size in scaling.sizes(8000)]
    assert round(scaling.slope(straight, 0.3), 6) == 1
    lines = scaling.table(straight, straight[:3], [(1.0, 8.0), (2.0, 4.5)], 4000)
    assert {line.count("|") for line in lines} == {lines[0].count("|")}
    assert lines[-1].startswith("| 8,000 | 8.30 |")
    drawn = ET.fromstring(scaling.drawing(scaling.thousands(straight, straight)))
    assert len(drawn.findall("{*}polyline")) == 2
    assert "8.30 s" in [text.text for text in drawn.findall("{*}text")]
