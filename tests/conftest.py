"""What every test stands on: a machine of its own, and two ways to run the command line."""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[1]
KEPT = ("PATH", "SYSTEMROOT", "COMSPEC", "PATHEXT", "WINDIR", "PYTHONDONTWRITEBYTECODE", "COVERAGE_PROCESS_START")
# The same examples each time: a change passes or fails on its own account. Other ones: HYPOTHESIS_PROFILE=searching.
hypothesis.settings.register_profile("steady", derandomize=True, database=None)
hypothesis.settings.register_profile("searching", derandomize=False, max_examples=1000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
FACE = ("hazardctl.app", "hazardctl.manual", "hazardctl.options", "hazardctl.commands")


@dataclass(frozen=True, slots=True)
class Result:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the case folders be written anew."""
    parser.addoption("--update", action="store_true", help="write the expected files of the case folders anew")


def script(path: Path) -> Any:
    """Load a script that stands beside the cases it makes."""
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def machine(home: Path) -> dict[str, str]:
    """Describe a machine that shares nothing with this one but the way to its programs."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "APPDATA": str(home / "appdata"),
        "LOCALAPPDATA": str(home / "localappdata"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "TMPDIR": str(home / "tmp"),
        "TEMP": str(home / "tmp"),
        "TMP": str(home / "tmp"),
        "TZ": "UTC",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
        "COLUMNS": "100",
        "LINES": "40",
        "NO_COLOR": "1",
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Clerk",
        "GIT_AUTHOR_EMAIL": "clerk@example.org",
        "GIT_AUTHOR_DATE": "2022-09-06T09:00:00+0800",
        "GIT_COMMITTER_NAME": "Clerk",
        "GIT_COMMITTER_EMAIL": "clerk@example.org",
        "GIT_COMMITTER_DATE": "2022-09-06T09:00:00+0800",
    }


@pytest.fixture(autouse=True)
def hermetic(tmp_path: Path) -> Iterator[None]:
    """Keep the developer's home, locale, time zone, git identity and current folder out of every test."""
    from hazardctl import i18n

    home = tmp_path.with_name(f"{tmp_path.name}.home")
    (home / "tmp").mkdir(parents=True)
    with mock.patch.dict(os.environ, machine(home), clear=True), contextlib.chdir(tmp_path):
        if hasattr(time, "tzset"):
            time.tzset()
        yield
        i18n.use("en")
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture
def run() -> Run:
    """Give the command line in this process: `run("check", "--lang", "zh")`."""
    return call


def call(*args: str | Path, input: str | bytes = "", env: Mapping[str, str] | None = None) -> Result:  # noqa: A002
    """Run the command line in this process, with streams of its own that are no terminal."""
    for name in [name for name in sys.modules if name.startswith(FACE)]:
        del sys.modules[name]  # a process speaks one language, so their help texts are made once; here we speak both
    from hazardctl.app import main

    given = input.encode() if isinstance(input, str) else input
    typed, out, err = (io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="") for data in (given, b"", b""))
    with (
        mock.patch.dict(os.environ, env or {}),
        mock.patch.object(sys, "stdin", typed),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = main([str(arg) for arg in args])
    return Result(code, _said(out), _said(err))


def _said(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


@pytest.fixture
def inside() -> Iterator[None]:
    """Have done here what children in limits do: for tests of what comes of it, not of the limits."""
    with within():
        yield


@contextlib.contextmanager
def within() -> Iterator[None]:
    """Do in this process what else is done in a child; what goes in and comes out is JSON here as there."""
    from hazardctl import limited

    def run_on(task: str, prepare: Callable[[], Any], **limits: Any) -> Any:
        module, _, name = task.partition(":")
        if (payload := prepare()) is None:
            return None
        try:
            return _travelled(getattr(importlib.import_module(module), name)(_travelled(payload)))
        except limited.TaskError as error:
            values = {key: str(value) for key, value in error.values.items() if key != "code"}
            raise limited.TaskError(error.code, **values) from None
        finally:
            gc.enable()  # a child has no use for it

    with mock.patch.object(limited, "run_on", run_on):
        yield


def _travelled(given: Any) -> Any:
    return json.loads(json.dumps(given))


@pytest.fixture
def start() -> Run:
    """Give the installed program in a process of its own: `start("--help", env={"LANG": "zh_CN.GBK"})`."""
    return spawn


def spawn(
    *args: str | Path,
    input: str | bytes = b"",  # noqa: A002
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    encoding: str = "utf-8",
) -> Result:
    """Run the installed program; `encoding` is what its terminal is said to speak."""
    program = shutil.which("hazardctl", path=sysconfig.get_path("scripts"))
    assert program, "hazardctl is not installed beside this Python: make test"
    given = input.encode(encoding) if isinstance(input, str) else input
    settings = {**os.environ, **(env or {})}
    command = [program, *map(str, args)]
    done = subprocess.run(command, input=given, capture_output=True, env=settings, cwd=cwd, check=False)
    return Result(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))
