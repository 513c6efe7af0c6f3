"""Every command line that a page or a help text shows can be typed: the command, its options, what it needs."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from hazardctl import app, i18n
from test_catalogue import catalogue

PAGES = sorted(path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMED_ONLY = ("MissingParameter", "NoArgsIsHelpError", "Exit")  # where a page speaks of a command and shows no line
ENDS = {">", ">>", "|", "&&", ";", "||"}


def _typed(line: str) -> list[str]:
    """Give the words of a shown line up to a pipe, a redirection or a remark."""
    words = shlex.split(re.sub(r"\s#.*|(?<=\S)\s{2,}.*", "", line), posix="\\" not in line)
    end = next((at for at, word in enumerate(words) if word in ENDS), len(words))
    return words[1:end]


def _shown(page: Path) -> Iterator[tuple[int, str, bool]]:
    """Give the commands of a page with their lines: those in blocks, and those only named in running text."""
    inside = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if line.lstrip().startswith("```"):
            inside = not inside
        elif inside:
            found = re.match(r"(?:\s*|\s*[$>] |.* && )(hazardctl (?:[a-z-]).*)", line)
            if found and "[…]" not in line:  # a usage line stands for many
                yield number, found[1], True
        else:
            yield from ((number, words, False) for words in re.findall(r"`(hazardctl [a-z-][^`]*)`", line))


def _understood(line: str) -> None:
    """Parse a line as the program does, and do nothing."""
    words = app._global_options_first(_typed(line))
    command: Any = app.build()
    context = command.make_context("hazardctl", words, obj=None)
    rest = [*context._protected_args, *context.args]
    while rest and hasattr(command, "get_command"):
        name, *rest = rest
        command = command.get_command(context, name)
        assert command is not None, f"{name} is no command"
        asked = "-h" in rest or "--help" in rest
        context = command.make_context(name, [] if asked else rest, parent=context, resilient_parsing=asked)
        rest = [*context._protected_args, *context.args] if hasattr(command, "get_command") else []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_shows_can_be_typed(page: Path) -> None:
    wrong = []
    for number, line, whole in _shown(page):
        try:
            _understood(line)
        except Exception as error:  # noqa: BLE001 -- whatever it is, the page is wrong
            if whole or type(error).__name__ not in NAMED_ONLY:
                wrong.append(f"{page.name}:{number}: {line}: {error!r}")
    assert not wrong, "\n".join(wrong)


EXAMPLES = sorted(key for key in catalogue() if key.endswith("examples"))


@pytest.mark.parametrize("key", EXAMPLES)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_what_a_help_text_shows_can_be_typed(key: str, language: str) -> None:
    for line in i18n.t_in(language, key).splitlines():
        if line.strip().startswith("hazardctl"):
            _understood(line.strip())


def test_pages_show_commands() -> None:
    assert sum(1 for page in PAGES for _ in _shown(page)) > 100


@pytest.mark.parametrize(
    "line", ["hazardctl chek", "hazardctl check --formt json", "hazardctl submit", "hazardctl unit ad x"]
)
def test_what_cannot_be_typed_is_noticed(line: str) -> None:
    with pytest.raises(Exception, match=r".*"):
        _understood(line)
