"""Spark: a cluster of executors in processes of their own says what this machine says, whatever befalls them.

Needs Java 17 and `pip install 'hazardctl[spark]'`; takes a minute or two: `pytest tests/long/spark.py`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from generate import Wish, generate

import hazardctl
from campaigns import TODAY
from conftest import Run, machine
from promises import PATHS, ClusterPromises, Interrupted

pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'hazardctl[spark]'")
if shutil.which("java") is None:
    pytest.skip("there is no Java", allow_module_level=True)
MASTER = "local-cluster[2,1,1024]"
pytestmark = pytest.mark.filterwarnings("default::ResourceWarning")  # sockets of py4j


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start a driver and two executors."""
    import pyspark

    folder = tmp_path_factory.mktemp("spark")
    (folder / "tmp").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (machine(folder) | {"PYTHONPATH": PATHS, "PYSPARK_PYTHON": sys.executable}).items():
            patch.setenv(name, value)
        settings = pyspark.SparkConf().setAppName("tests").setMaster(MASTER).set("spark.ui.enabled", "false")
        started = pyspark.SparkContext(conf=settings)
    yield started
    started.stop()


def executors() -> list[int]:
    """Give the processes of the executors: they stand below the driver's."""
    listed = subprocess.run(["ps", "-eww", "-o", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()[1:]]
    mine = {str(os.getpid())}
    for _ in rows:
        mine |= {pid for pid, above, *_ in rows if above in mine}
    return [int(pid) for pid, _, words in rows if pid in mine and "ExecutorBackend" in words and "java" in words]


class TestAContext(ClusterPromises):
    """The one that runs already."""

    @pytest.fixture
    def engine(self, context: Any) -> str:
        return "spark"

    def workers(self, engine: str) -> list[int]:
        return executors()


class TestACluster(Interrupted):
    """One that is started and ended with a run."""

    HERE = f"spark={MASTER}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    generate(tmp_path / "c", Wish(units=12, rows=3))
    return tmp_path / "c"


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
