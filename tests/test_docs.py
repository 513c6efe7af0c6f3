"""What the documentation shows is what the program says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import make_pages
import pytest

from conftest import ROOT


def test_pages_screens_and_schemas_are_what_the_program_says() -> None:
    made = make_pages.pages()
    assert not make_pages.stale(made), "run `make docs`"


def test_a_screen_shows_the_command_and_is_cut_where_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_pages, "run", lambda words, _: f"{words[1]}\nsecond\nthird\n")
    monkeypatch.setattr(make_pages, "example", lambda: tmp_path)
    text = "before\n<!-- screen: hazardctl check | 2 lines -->\nold\n<!-- /screen -->\nafter\n"
    shown = make_pages.with_screens(text)
    assert "```console\n$ hazardctl check\ncheck\nsecond\n…\n```\n<!-- /screen -->\nafter\n" in shown
    assert make_pages.with_screens(shown) == shown


@pytest.mark.parametrize("name", ["campaign", "checklist"])
def test_schemas_know_the_keys_of_their_files(name: str) -> None:
    schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert schema["additionalProperties"] is False
    assert schema["required"]
    assert not [key for key in schema["properties"] if key.endswith("_")]


MARKDOWN = sorted(path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", MARKDOWN, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
    broken = [target for target in targets if not (page.parent / target).exists()]
    assert not broken
