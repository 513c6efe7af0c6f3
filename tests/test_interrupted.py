"""^C at any moment: one sentence in the language in force, exit code 130, and no traceback."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from generate import Wish, generate

from conftest import Run
from hazardctl import __main__, load
from hazardctl.i18n import t_in


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("command", ["check", "rollup", "status"])
def test_who_interrupts_a_command_is_told_what_became_of_it(
    tmp_path: Path, run: Run, command: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate(tmp_path / "c", Wish(units=1, rows=1))
    monkeypatch.setattr(load, "opened", mock.Mock(side_effect=KeyboardInterrupt))
    done = run("--campaign", tmp_path / "c", "--lang", language, command)
    assert done.code == 130
    assert (done.out, done.err) == ("", t_in(language, "console.interrupted") + "\n")


def test_whoever_interrupts_before_anything_is_loaded_hears_nothing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    true = builtins.__import__

    def interrupted(name: str, *rest: Any) -> Any:
        if name == "hazardctl.app":
            raise KeyboardInterrupt
        return true(name, *rest)

    monkeypatch.setattr(builtins, "__import__", interrupted)
    assert __main__.main() == 130
    assert capfd.readouterr() == ("", "")
