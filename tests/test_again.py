"""What a command says again is what it would say anew: after any change, on any day, in any language, in any form."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from generate import Wish, generate

from conftest import Result, Run
from hazardctl import again, cache, cachefile, signatures
from test_cache import something_happens

ASKED = ("rollup", "--format", "csv", "--today", "2024-06-30")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    generate(tmp_path / "c", Wish(units=8, rows=4, broken=0.0))
    monkeypatch.setattr(again, "FEW", 1)
    monkeypatch.setattr(signatures, "RACY", 0)
    monkeypatch.chdir(tmp_path / "c")
    yield tmp_path / "c"
    cachefile.clear()


@pytest.fixture
def repeated(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Note of each look whether there was something to be said again."""
    known: list[bool] = []
    said = again.said

    def noted(seen: again.Look) -> tuple[again.Words, int] | None:
        found = said(seen)
        known.append(found is not None)
        return found

    monkeypatch.setattr(again, "said", noted)
    return known


def anew(run: Run, *words: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(again, "said", lambda _: None)
        return run(*words)


def test_the_same_words_come_with_the_same_exit_code(root: Path, run: Run, repeated: list[bool]) -> None:
    for words in (ASKED, (*ASKED, "--lang", "en"), ("rollup", "--format", "table"), ("rollup", "--format", "md", "-q")):
        first = run(*words)
        assert first.out
        assert run(*words) == first == anew(run, *words)
    assert repeated == [False, True] * 4


@pytest.mark.parametrize(
    "more",
    [
        ("--lang", "en"), ("--level", "1"), ("--unit", "u00003"), ("--today", "2024-07-01"), ("--period", "2024-06"),
        ("--format", "json"), ("--allow-incomplete",), ("--basis", "submitted"), ("-q",),
    ],
)  # fmt: skip
def test_another_question_is_not_answered_with_the_same_words(
    root: Path, run: Run, repeated: list[bool], more: tuple[str, ...]
) -> None:
    run(*ASKED)
    assert run(*ASKED, *more) == anew(run, *ASKED, *more)
    assert repeated == [False, False]


def test_a_random_life_of_files_shows_at_once(root: Path, run: Run) -> None:
    chance = random.Random(7)
    for _ in range(25):
        something_happens(root, chance)
        assert run(*ASKED) == anew(run, *ASKED) == run(*ASKED)


@pytest.mark.parametrize("name", ["calendar/2024.csv", "periods/2024-06/exceptions.yaml", "checklists/own/1.yaml"])
def test_a_file_of_the_campaign_that_comes_or_goes_is_seen(
    root: Path, run: Run, repeated: list[bool], name: str
) -> None:
    run(*ASKED)
    path = root / name
    path.parent.mkdir(parents=True)
    path.write_text("date,kind\n", encoding="utf-8")
    run(*ASKED)
    path.unlink()
    run(*ASKED)
    assert repeated[:2] == [False, False]


def test_reports_that_are_written_change_nothing(root: Path, run: Run, repeated: list[bool]) -> None:
    run(*ASKED)
    (root / "reports").mkdir()
    (root / "reports" / "x.md").write_text("x", encoding="utf-8")
    run(*ASKED)
    assert repeated == [False, True]


def test_files_that_a_system_leaves_among_the_units_are_no_hindrance(
    root: Path, run: Run, repeated: list[bool]
) -> None:
    (root / "units" / "Thumbs.db").write_bytes(b"x")
    assert run(*ASKED) == run(*ASKED)
    assert repeated == [False, True]


def test_files_changed_a_moment_ago_are_not_relied_on(
    root: Path, run: Run, repeated: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signatures, "RACY", 10**12)
    run(*ASKED)
    run(*ASKED)
    assert repeated == [False, False]


def test_a_table_with_a_ledger_that_cannot_be_read_is_worked_out_each_time(
    root: Path, run: Run, repeated: list[bool]
) -> None:
    (root / "units" / "u00003" / "ledger.csv").write_bytes(b"")
    assert run(*ASKED).code == run(*ASKED).code == 3
    assert repeated == [False, False]


def test_what_a_run_that_broke_off_left_is_told_each_time(root: Path, run: Run) -> None:
    (root / "units.csv.pending-host-20240601T101010").write_text("id,name\n", encoding="utf-8")
    first = run(*ASKED)
    assert run(*ASKED) == first


@pytest.mark.skipif(os.name != "posix", reason="links need a right on Windows that tests do not have")
def test_a_link_that_leads_in_a_circle_keeps_nobody_waiting(root: Path, run: Run, repeated: list[bool]) -> None:
    (root / "periods").mkdir()
    (root / "periods" / "here").symlink_to(root)
    (root / "units" / "u00002" / "up").symlink_to(root)
    assert run(*ASKED) == run(*ASKED)
    assert repeated == [False, False]


@pytest.mark.skipif(os.name != "posix", reason="links need a right on Windows that tests do not have")
def test_a_link_that_leads_nowhere_hides_no_change_beside_it(root: Path, run: Run) -> None:
    (root / "units" / "u00002" / "gone").symlink_to("nowhere")
    first = run(*ASKED)
    (root / "units" / "u00002" / "ledger.csv").unlink()
    assert run(*ASKED) == anew(run, *ASKED) != first


@pytest.mark.skipif(os.name != "posix", reason="links need a right on Windows that tests do not have")
def test_strangers_and_links_among_the_units_are_seen_in_one_look(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "FEW", 1)
    shutil.copytree(root / "units" / "u00002", root / "units" / "nobody")
    unit, aside = root / "units" / "u00003", root.parent / "aside"
    unit.rename(aside)
    unit.symlink_to(aside)
    listed: list[str] = []
    scandir = os.scandir

    def noted(path: str) -> object:
        listed.append(str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", noted)
    first = run(*ASKED)
    assert "nobody" in first.err
    assert listed.count(str(root / "units")) == 1
    unit.unlink()
    aside.rename(unit)  # the very same files, and no link leads to them
    found = run(*ASKED)
    monkeypatch.setattr(cache, "FEW", 10**9)
    assert found == anew(run, *ASKED) != first


def test_where_the_program_cannot_be_named_nothing_is_said_again(
    root: Path, run: Run, repeated: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> list[str]:
        raise PermissionError

    monkeypatch.setattr(again, "_program", refused)
    first = run(*ASKED)
    (root / "units" / "u00002" / "ledger.csv").unlink()
    assert run(*ASKED) != first
    assert repeated == [False, False]


def test_another_version_of_a_library_is_another_program(
    root: Path, run: Run, repeated: list[bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    run(*ASKED)
    (tmp_path / "typer-0.0.1.dist-info").mkdir()
    run(*ASKED)
    assert repeated == [False, False]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_cache_says_nothing(root: Path, run: Run, content: bytes) -> None:
    first = run(*ASKED)
    for path in cachefile.folder().glob("*.sqlite"):
        path.write_bytes(content)
    assert run(*ASKED) == first == run(*ASKED)


def test_words_that_were_tampered_with_are_not_said(root: Path, run: Run, repeated: list[bool]) -> None:
    first = run(*ASKED)
    base = cachefile.connect(cachefile.file_of(str(root.resolve())))
    assert base is not None
    with base:
        base.execute("UPDATE said SET words = replace(words, '4', '5')")
    base.close()
    assert run(*ASKED) == first
    assert repeated == [False, False]


def test_a_campaign_that_moved_is_another(
    root: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(*ASKED)
    shutil.copytree(root, tmp_path / "d")
    (tmp_path / "d" / "units" / "u00001" / "ledger.csv").unlink()
    monkeypatch.chdir(tmp_path / "d")
    assert run(*ASKED) == anew(run, *ASKED) != first
