"""Dask: a real scheduler and workers in processes of their own say what this machine says, whatever befalls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from generate import Wish, generate

from conftest import Run, machine
from promises import PATHS, ClusterPromises, Promises

pytest.importorskip("distributed", reason="dask is not installed: pip install 'hazardctl[dask]'")


@dataclass(frozen=True)
class Running:
    """A scheduler and its workers."""

    address: str

    def __str__(self) -> str:
        return f"dask={self.address}"

    def workers(self) -> dict[str, int]:
        """Give each worker's address and process."""
        import distributed

        with distributed.Client(self.address) as client:
            return dict(client.run(os.getpid))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Start a scheduler and two workers, which come again when they are killed."""
    folder = tmp_path_factory.mktemp("dask")
    (folder / "tmp").mkdir()
    env = machine(folder) | {"PYTHONPATH": PATHS, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    file = folder / "scheduler.json"
    common = ["--scheduler-file", str(file), "--no-dashboard"]
    commands = (
        ["scheduler", "--host", "127.0.0.1", "--port", "0", *common],
        ["worker", "--nworkers", "2", "--nthreads", "1", *common, "--local-directory", str(folder)],
    )
    started = [
        subprocess.Popen([sys.executable, "-m", "dask", *words], env=env, cwd=folder, stderr=subprocess.DEVNULL)
        for words in commands
    ]
    try:
        while not file.exists():
            assert started[0].poll() is None
            time.sleep(0.05)
        found = Running(json.loads(file.read_text(encoding="utf-8"))["address"])
        while len(found.workers()) < 2:
            time.sleep(0.05)
        yield found
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait()


class TestAnAddress(ClusterPromises):
    @pytest.fixture
    def engine(self, running: Running) -> str:
        return str(running)

    def workers(self, engine: str) -> list[int]:
        return list(Running(engine.partition("=")[2]).workers().values())


class TestThisMachine(Promises):
    HERE = "dask"

    @pytest.fixture
    def engine(self) -> str:
        return "dask"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    generate(tmp_path / "c", Wish(units=3, rows=2))
    return tmp_path / "c"


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://x"])
def test_where_nobody_answers_it_is_said(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    from hazardctl.engines import dask

    monkeypatch.setattr(dask, "PATIENCE", 1)
    told = run("--campaign", root, "rollup", "--engine", f"dask={address}")
    assert told.code == 3
    assert address in told.err
    assert "Traceback" not in told.err


def test_what_is_not_installed_is_named_with_the_way_to_it(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    told = run("--campaign", root, "rollup", "--engine", "dask")
    assert told.code == 3
    assert "pip install 'hazardctl[dask]'" in told.err
