"""Dask: a real scheduler and workers in processes of their own say what this machine says, whatever befalls them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from generate import Wish, generate

import hazardctl
from campaigns import TODAY
from conftest import Run, machine
from hazardctl import engines
from hazardctl.engines import cluster, remote
from hazardctl.load import opened
from hazardctl.rollup import roll_up
from hazardctl.workspace import Workspace
from tasks import Echo

pytest.importorskip("distributed", reason="dask is not installed: pip install 'hazardctl[dask]'")
HERE = Path(__file__).resolve().parent
UNITS = [f"u{number}" for number in range(60)]


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
    program = str(Path(hazardctl.__file__).parents[1])
    paths = os.pathsep.join((program, str(HERE), str(HERE.parent / "benchmarks")))
    env = machine(folder) | {"PYTHONPATH": paths, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
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


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cluster, "LEAST", 1)  # many chunks for few units
    generate(tmp_path / "c", Wish(units=40, rows=8, broken=0.2, yaml=0.2, gbk=0.2, drifted=0.3))
    return tmp_path / "c"


@pytest.mark.parametrize("command", [("check", "--format", "json"), ("rollup", "--format", "json"), ("rollup",)])
def test_a_cluster_says_what_this_machine_says(root: Path, running: Running, run: Run, command: list[str]) -> None:
    words = ("--campaign", root, "--today", TODAY.isoformat(), *command)
    alone = run(*words, "--engine", "local=1")
    assert alone.code in (1, 3)  # there is something wrong in it
    assert run(*words, "--engine", running) == alone
    assert run(*words, "--engine", "dask") == alone


def test_a_worker_killed_in_mid_run_changes_nothing(root: Path, running: Running) -> None:
    campaign = opened(Workspace(root))
    killed: list[int] = []

    def kill(done: int) -> None:
        if not killed:
            killed.extend(running.workers().values())
            os.kill(killed[0], signal.SIGTERM if os.name == "nt" else signal.SIGKILL)

    assert roll_up(campaign, today=TODAY, engine=str(running), advance=kill) == roll_up(campaign, today=TODAY)
    assert killed
    assert killed[0] not in running.workers().values()


def test_a_unit_that_ends_its_process_is_the_only_one_lost(running: Running) -> None:
    units = [*UNITS[:20], "dies", *UNITS[20:]]
    done = list(engines.named(str(running)).run(Echo(os.getpid()), [units]))
    assert done == [*UNITS[:20], "lost dies", *UNITS[20:]]


@pytest.mark.skipif(os.name == "nt", reason="a process cannot kill the one above it there")
def test_a_unit_that_ends_whole_workers_is_the_only_one_lost(running: Running) -> None:
    units = [*UNITS[:20], "kills", *UNITS[20:]]
    done = list(engines.named(str(running)).run(Echo(os.getpid()), [units]))
    assert done == [*UNITS[:20], "lost kills", *UNITS[20:]]


def test_a_bug_on_a_worker_is_raised_here_and_says_where(running: Running) -> None:
    with pytest.raises(ValueError, match="fails") as raised:
        list(engines.named(str(running)).run(Echo(), [[*UNITS, "fails"]]))
    assert "Traceback" in "".join(raised.value.__notes__)


def test_whoever_wants_no_more_leaves_a_cluster_free_for_others(running: Running) -> None:
    results = engines.named(str(running)).run(Echo(), [UNITS * 50])
    assert next(results) == "u0"
    results.close()  # type: ignore[attr-defined]
    assert list(engines.named(str(running)).run(Echo(), [UNITS])) == UNITS


def test_workers_with_another_program_are_refused(
    root: Path, running: Running, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "program", lambda: "hazardctl 9")
    told = run("--campaign", root, "check", "--engine", running)
    assert told.code == 3
    assert "hazardctl 9" in told.err
    assert not told.out


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


@pytest.mark.skipif(os.name == "nt", reason="^C is another signal there")
def test_ctrl_c_ends_a_run_at_once_and_leaves_no_process(root: Path) -> None:
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from hazardctl.app import main; from tasks import Echo; import hazardctl.cache as cache\n"
        "def run(task, units, size, engine, *_):\n"
        "    print('under way', flush=True)\n"
        "    return engine(Echo(takes=0.2), [list(units) * 50])\n"
        "cache.run = run\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    paths = os.pathsep.join((str(Path(hazardctl.__file__).parents[1]), str(HERE)))
    process = subprocess.Popen(
        [sys.executable, "-c", code, "--campaign", str(root), "rollup", "--engine", "dask"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "PYTHONPATH": paths},
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == "under way\n"
    time.sleep(3)  # it may be starting, or at work: both are to end
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, ""), err
    assert "Traceback" not in err
    while _lives(process.pid):  # what was at work notices that nobody listens
        time.sleep(0.05)


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
