"""Spark: a cluster of executors in processes of their own says what this machine says, whatever befalls them.

Needs Java 17 and `pip install 'hazardctl[spark]'`; takes a minute or two: `pytest tests/long/spark.py`.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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

pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'hazardctl[spark]'")
if shutil.which("java") is None:
    pytest.skip("there is no Java", allow_module_level=True)
MASTER = "local-cluster[2,1,1024]"
TESTS = Path(__file__).resolve().parents[1]
UNITS = [f"u{number}" for number in range(60)]
pytestmark = pytest.mark.filterwarnings("default::ResourceWarning")  # sockets of py4j


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start a driver and two executors."""
    import pyspark

    folder = tmp_path_factory.mktemp("spark")
    (folder / "tmp").mkdir()
    paths = os.pathsep.join((str(Path(hazardctl.__file__).parents[1]), str(TESTS), str(TESTS.parent / "benchmarks")))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (machine(folder) | {"PYTHONPATH": paths, "PYSPARK_PYTHON": sys.executable}).items():
            patch.setenv(name, value)
        settings = pyspark.SparkConf().setAppName("tests").setMaster(MASTER).set("spark.ui.enabled", "false")
        started = pyspark.SparkContext(conf=settings)
    yield started
    started.stop()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cluster, "LEAST", 1)  # many chunks for few units
    generate(tmp_path / "c", Wish(units=40, rows=8, broken=0.2, yaml=0.2, gbk=0.2, drifted=0.3))
    return tmp_path / "c"


@pytest.mark.parametrize("command", [("check", "--format", "json"), ("rollup", "--format", "json"), ("rollup",)])
def test_a_cluster_says_what_this_machine_says(root: Path, context: Any, run: Run, command: list[str]) -> None:
    words = ("--campaign", root, "--today", TODAY.isoformat(), *command)
    alone = run(*words, "--engine", "local=1")
    assert alone.code in (1, 3)  # there is something wrong in it
    assert run(*words, "--engine", "spark") == alone


def executors() -> list[int]:
    """Give the processes of the executors: they stand below the driver's."""
    listed = subprocess.run(["ps", "-eww", "-o", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()[1:]]
    mine = {str(os.getpid())}
    for _ in rows:
        mine |= {pid for pid, above, *_ in rows if above in mine}
    return [int(pid) for pid, _, words in rows if pid in mine and "ExecutorBackend" in words and "java" in words]


def test_an_executor_killed_in_mid_run_changes_nothing(root: Path, context: Any) -> None:
    campaign = opened(Workspace(root))
    killed: list[int] = []

    def kill(done: int) -> None:
        if not killed:
            killed.extend(executors())
            os.kill(killed[0], signal.SIGKILL)

    assert roll_up(campaign, today=TODAY, engine="spark", advance=kill) == roll_up(campaign, today=TODAY)
    assert len(killed) == 2
    assert killed[0] not in executors()


def test_a_unit_that_ends_its_process_is_the_only_one_lost(context: Any) -> None:
    units = [*UNITS[:20], "dies", *UNITS[20:]]
    done = list(engines.named("spark").run(Echo(os.getpid()), [units]))
    assert done == [*UNITS[:20], "lost dies", *UNITS[20:]]


def test_a_unit_that_ends_whole_workers_is_the_only_one_lost(context: Any) -> None:
    units = [*UNITS[:20], "kills", *UNITS[20:]]
    done = list(engines.named("spark").run(Echo(os.getpid()), [units]))
    assert done == [*UNITS[:20], "lost kills", *UNITS[20:]]


def test_a_bug_on_a_worker_is_raised_here_and_says_where(context: Any) -> None:
    with pytest.raises(ValueError, match="fails") as raised:
        list(engines.named("spark").run(Echo(), [[*UNITS, "fails"]]))
    assert "Traceback" in "".join(raised.value.__notes__)


def test_workers_with_another_program_are_refused(
    root: Path, context: Any, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "program", lambda: "hazardctl 9")
    told = run("--campaign", root, "check", "--engine", "spark")
    assert (told.code, told.out) == (3, "")
    assert "hazardctl 9" in told.err


def test_the_program_starts_a_cluster_of_its_own_and_ends_it(root: Path, start: Run) -> None:
    words = ("--campaign", root, "--today", TODAY.isoformat(), "-q", "rollup", "--format", "csv", "--engine")
    env = {"PYTHONPATH": str(Path(hazardctl.__file__).parents[1])}
    alone, spread = start(*words, "local", env=env), start(*words, f"spark={MASTER}", env=env)
    assert (spread.code, spread.out) == (alone.code, alone.out), spread.err


def test_a_master_that_is_none_is_named(root: Path, start: Run) -> None:
    told = start("--campaign", root, "-q", "rollup", "--engine", "spark=nonsense://x")
    assert (told.code, told.out) == (3, "")
    assert "nonsense://x" in told.err
    assert "hazardctl, not of your files" not in told.err


def test_ctrl_c_ends_a_run_and_leaves_no_process(root: Path) -> None:
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from hazardctl.app import main; from tasks import Echo; import hazardctl.cache as cache\n"
        "def run(task, units, size, engine, *_):\n"
        "    for _ in engine(Echo(takes=0.002), [list(units) * 2000]):\n"
        "        print('under way', flush=True)\n"
        "cache.run = run\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    paths = os.pathsep.join((str(Path(hazardctl.__file__).parents[1]), str(TESTS)))
    process = subprocess.Popen(
        [sys.executable, "-c", code, "--campaign", str(root), "rollup", "--engine", f"spark={MASTER}"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "PYTHONPATH": paths},
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == "under way\n"
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=90)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    while _lives(process.pid):
        time.sleep(0.1)


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
