"""What the documentation shows is what the program says."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import textwrap
import types
from datetime import date
from pathlib import Path

import make_pages
import pytest

from conftest import ROOT, call
from hazardctl import load, parsing
from hazardctl.campaign import Campaign
from hazardctl.cells.terms import Terms
from hazardctl.reading import Reading


def _here(language: str, *words: str) -> str:
    """Ask for a help text without a process of its own."""
    told = call("--lang", language, *words)
    return told.err + told.out


def test_pages_screens_and_schemas_are_what_the_program_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_pages, "say", _here)
    made = make_pages.pages()
    assert not make_pages.stale(made), "run `make docs`"


@pytest.mark.parametrize("language", make_pages.PLACES)
@pytest.mark.parametrize("words", ["check -h", "unit add -h"])
def test_a_help_text_is_the_same_from_a_process_of_its_own(language: str, words: str) -> None:
    assert make_pages.say(language, *words.split()) == _here(language, *words.split())


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


def test_shipped_checklists_fit_the_schema_in_the_eyes_of_another_program() -> None:
    files = sorted((ROOT / "checklists").glob("*/*.yaml"))
    schema = ROOT / "schemas" / "checklist.schema.json"
    checker = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), *map(str, files)]
    done = subprocess.run(checker, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


MARKDOWN = sorted(path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", MARKDOWN, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
    broken = [target for target in targets if not (page.parent / target).exists()]
    assert not broken


def _block(page: str, language: str, after: str) -> str:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8").partition(after)[2]
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found, f"{page} shows no {language} after {after}"
    return found[1]


def test_the_checklist_that_contributors_are_shown_is_sound() -> None:
    Path("shown.yaml").write_text(_block("contributing.md", "yaml", "## A checklist"), encoding="utf-8")
    checklist, findings = load.load_checklist(Path("shown.yaml"), "shown.yaml")
    assert not findings
    assert checklist.id == "fire-safety"


def test_the_rule_that_contributors_are_shown_finds_what_it_says() -> None:
    rule = types.ModuleType("shown")
    exec(_block("contributing.md", "python", "## A rule"), rule.__dict__)
    checklist, _ = load.load_checklist(load.find_checklist("community-correction", None), "checklist.yaml")
    terms = Terms(Campaign(name="", checklist="community-correction"), checklist)

    def codes(example: str) -> list[str]:
        table = textwrap.dedent(example).strip("\n").encode()
        ledger, findings = parsing.parse_csv(table, "ledger.csv", "unit", terms)
        assert ledger is not None
        assert not findings
        return [finding.code for finding in rule.check(Reading(ledger, terms, date(2022, 9, 6)))]

    _, fails, passes = re.split(r"Fails::|Passes::", rule.__doc__ or "")
    assert codes(fails) == ["L190"]
    assert codes(passes) == []


def test_the_messages_that_contributors_are_shown_fit_the_catalogue() -> None:
    shown = ast.literal_eval("{" + _block("contributing.md", "python", 'CODES["L190"], row, "owner")\n```') + "}")
    assert set(shown) == {"finding.L190", "remedy.L190"}
    assert all(len(pair) == 2 for pair in shown.values())
