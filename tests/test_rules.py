"""The manual is true: every example in a rule's docstring is run, and every code has one."""

from __future__ import annotations

from pathlib import Path

import pytest

from hazardctl import explain, i18n, rules, templating, text
from hazardctl.campaign import Campaign
from hazardctl.cells import dates, deadlines, quantities, statuses
from hazardctl.formats import yaml
from hazardctl.schema import validate
from hazardctl.statistics import bulletin
from office import campaign, checked, files_of
from sources import modules

# What cannot be shown in a few lines; each of these has a test of its own in test_check.py or test_templating.py.
SHOWN_ELSEWHERE = {"F100", "F105", "F109", "G123", "P190", "P191", "U114", "C213", "T106", "T107", "T108"}
SHOWN_ELSEWHERE |= set(rules.journal.CODES)  # hashes cannot be written by hand: test_journal.py
DEFAULTS = {
    "L": "units/a/ledger.csv",
    "G": "units/a/figures.csv",
    "U": "units.csv",
    "C": "campaign.yaml",
    "P": "units/a/returns.yaml",
}


def found(code: str, example: str, folder: Path) -> set[str]:
    if code[0] == "T":
        template = templating.Template("x", "md", Path("x.md"), example)
        return {finding.code for finding in templating.lint(template, ["title"])}
    if code[0] == "B":
        table = bulletin.read("", [line.split(",") for line in example.splitlines()])
        assert table
        return {finding.code for finding in rules.bulletin.check(table, "bulletin.csv")}
    if code[0] == "C" and code not in (*rules.campaign.CODES, "C260"):
        tree = yaml.read(example, "1.yaml")
        assert not tree.findings
        return {finding.code for family in rules.CHECKLIST_RULES for finding in family.check(tree, "1.yaml")}
    if code in ("C102", "C103", "C104", "C105", "C106"):
        return {finding.code for finding in validate(yaml.read(example, "campaign.yaml"), Campaign, "campaign.yaml")}
    files = files_of(example, DEFAULTS.get(code[0], ""))
    return {finding.code for finding in checked(campaign(folder, files)).findings}


@pytest.mark.parametrize("code", sorted(set(rules.SEVERITIES) - SHOWN_ELSEWHERE))
def test_an_example_that_fails_is_found_and_one_that_passes_is_not(code: str, tmp_path: Path) -> None:
    page = explain.page(code)
    assert page.passes, f"{code} has no examples"
    assert code in found(code, page.fails, tmp_path / "fails")
    assert code not in found(code, page.passes, tmp_path / "passes")


@pytest.mark.parametrize("code", rules.SEVERITIES)
def test_every_code_has_a_title_a_sentence_and_a_page_in_both_languages(code: str) -> None:
    english = explain.page(code)
    assert english.title == i18n.t(f"explain.{code}").rstrip("."), "the catalogue and the docstring differ"
    assert i18n.has(f"finding.{code}")
    i18n.use("zh")
    assert explain.page(code).title


def test_every_code_that_is_given_is_in_the_manual() -> None:
    import ast

    for module, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "Finding",
                "_find",
                "self.find",
                "builder.find",
                "reading.finding",
            ):
                for constant in (arg.value for arg in node.args if isinstance(arg, ast.Constant)):
                    if isinstance(constant, str) and len(constant) == 4 and constant[1:].isdigit():
                        assert constant in rules.SEVERITIES, f"{module} gives {constant}"


def test_a_family_nobody_listed_is_named() -> None:
    listed = {family.__name__ for family in rules.FAMILIES}
    assert {name for name in modules() if name.startswith("hazardctl.rules.")} == listed


def test_no_code_belongs_to_two_families() -> None:
    assert sum(len(family.CODES) for family in rules.FAMILIES) == len(rules.SEVERITIES)


@pytest.mark.parametrize(
    "code",
    sorted({*dates.PROBLEMS, *deadlines.PROBLEMS, *quantities.PROBLEMS, *statuses.PROBLEMS, *text.FLAWS} - {"track"}),
)
def test_every_reason_has_words(code: str) -> None:
    assert i18n.has(f"reason.{code}")


def test_the_checklist_of_the_examples_is_sound(tmp_path: Path) -> None:
    folder = campaign(tmp_path, {})
    assert not rules.checklist.check_file(folder / "checklists" / "trial" / "1.yaml", "1.yaml")
