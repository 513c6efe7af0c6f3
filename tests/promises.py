"""What every engine promises, as tests: a class takes them in and gives the fixture `engine`, the word for --engine."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from generate import Wish, generate

import hazardctl
from campaigns import TODAY
from conftest import Run
from hazardctl import check, engines, rollup
from hazardctl.engines import cluster, remote
from hazardctl.i18n import t_in
from hazardctl.load import opened
from hazardctl.merging import looking
from hazardctl.reports import facts
from hazardctl.returns import status
from hazardctl.workspace import Workspace
from tasks import Echo

HERE = Path(__file__).resolve().parent
PATHS = os.pathsep.join((str(Path(hazardctl.__file__).parents[1]), str(HERE), str(HERE.parent / "benchmarks")))
UNITS = [f"u{number}" for number in range(60)]
CUTTING = (check, rollup, status, looking, facts)  # modules that cut units into chunks
COMMANDS = [
    ("check", "--format", "json"),
    ("rollup",),
    ("rollup", "--format", "json"),
    ("rollup", "--period", "2022-08", "--format", "csv"),
    ("status", "--period", "2022-08"),
    ("status", "--period", "2022-08", "--format", "json"),
    ("conflicts",),
]
INTERRUPTED = """
import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)
from hazardctl import cache, engines
from hazardctl.app import main
from hazardctl.engines import cluster
from tasks import Echo
cluster.MOST = 2 << 20  # a second and a half's work to a chunk, so that results come soon
def run(task, units, size, engine, *_):
    print('begun', flush=True)
    for number, _ in enumerate(engine(Echo(takes=0.005), engines.chunked(list(units) * 2000, 50))):
        if number == 0:
            print('results', flush=True)
cache.run = run
sys.exit(main(sys.argv[1:]))
"""
LIMITED = """
import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
from hazardctl.app import main
sys.exit(main(sys.argv[1:]))
"""
TOO_LARGE = 4 << 30


class Interrupted:
    """Of engines that are started with a run: they end with it."""

    HERE = ""  # the word for an engine that is started and ended with a run; of others workers are somebody else's

    @pytest.fixture(autouse=True)
    def importable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let processes find the task of the tests."""
        monkeypatch.setenv("PYTHONPATH", PATHS)

    @pytest.fixture
    def root(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Make a campaign of many chunks for few units, with returns, copies and questions in it."""
        monkeypatch.setattr(cluster, "LEAST", 1)
        for module in CUTTING:
            monkeypatch.setattr(module, "CHUNK", 3)
        root = tmp_path / "c"
        generate(root, Wish(units=40, rows=8, broken=0.2, yaml=0.2, gbk=0.2, drifted=0.3, figures=0.5))
        for at in range(1, 41, 3):
            home = root / "units" / f"u{at:05}"
            state = f"- {{period: 2022-08, number: 1, state: nil, sha256: '', by: x, at: 2022-08-3{at % 2}}}\n"
            (home / "returns.yaml").write_text(state, encoding="utf-8")
            for path in home.glob("ledger.csv"):
                shutil.copy(path, home / "ledger.sync-conflict-20220905-101530-ABCDEFG.csv")
        (root / "units" / "u00002" / "ledger.conflicts.csv").write_text("id,field,choose\n", encoding="utf-8")
        return root

    @pytest.mark.skipif(os.name == "nt", reason="^C is another signal there")
    @pytest.mark.parametrize("sign", ["begun", "results"])
    def test_ctrl_c_ends_a_run_at_once_and_leaves_no_process(self, root: Path, sign: str) -> None:
        if not self.HERE:
            pytest.skip("its processes are somebody else's")
        process = subprocess.Popen(
            [sys.executable, "-c", INTERRUPTED, "--campaign", str(root), "rollup", "--engine", self.HERE],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        assert process.stdout
        while (line := process.stdout.readline().strip()) != sign:
            assert line
        time.sleep(0.3)  # it may be starting, or at work: both are to end
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=90)
        assert process.returncode == 130, err
        assert err.endswith(t_in("en", "console.interrupted") + "\n")
        assert "Traceback" not in err
        while lives(process.pid):  # what was at work notices that nobody listens
            time.sleep(0.05)


class Promises(Interrupted):
    """Whatever the engine is."""

    @pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
    def test_it_says_what_one_process_says(self, root: Path, engine: str, run: Run, command: list[str]) -> None:
        words = ("--campaign", root, "--today", TODAY.isoformat(), *command)
        alone = run(*words, "--engine", "local=1")
        assert alone.code in (1, 3)  # there is something wrong in it
        assert alone.out
        assert run(*words, "--engine", engine) == alone

    def test_the_weekly_job_writes_what_one_process_writes(self, root: Path, engine: str, run: Run) -> None:
        files = []
        for name, asked in (("alone", "local=1"), ("spread", engine)):
            folder = root.parent / name / "c"
            shutil.copytree(root, folder)
            done = run("--campaign", folder, "--today", "2022-09-06", "weekly", "--engine", asked)
            assert done.code in (1, 3), done.err
            written = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("reports/*/*")}
            assert len(written) > 4
            files.append((done.code, done.out, written))
        assert files[0] == files[1]

    def test_a_unit_that_ends_its_process_is_the_only_one_lost(self, engine: str) -> None:
        units = [*UNITS[:20], "dies", *UNITS[20:]]
        done = list(engines.named(engine).run(Echo(os.getpid()), engines.chunked(units, 7)))
        assert [one for one in done if one not in ("dies", "lost dies")] == UNITS
        assert done[20] in ("dies", "lost dies")  # some engines also work in the process that asks, where nothing dies

    def test_a_bug_is_raised_here_and_says_where(self, engine: str) -> None:
        done: list[str] = []
        with pytest.raises(ValueError, match="fails") as raised:
            done.extend(engines.named(engine).run(Echo(), engines.chunked([*UNITS, "fails"], 7)))
        assert done == UNITS[: len(done)]
        told = raised.traceback[-1].path.name if hasattr(raised.traceback[-1].path, "name") else ""
        assert "tasks.py" in told + "".join(getattr(raised.value, "__notes__", ()))

    @pytest.mark.skipif(sys.platform != "linux", reason="no limit on memory that a test can set holds elsewhere")
    def test_a_file_that_no_memory_suffices_for_costs_one_finding(self, root: Path, run: Run) -> None:
        if not self.HERE:
            pytest.skip("its workers' memory is somebody else's to limit")
        before = run("--campaign", root, "check", "--format", "csv")
        shutil.rmtree(root / "units" / "u00005")
        (root / "units" / "u00005").mkdir()
        with (root / "units" / "u00005" / "ledger.csv").open("wb") as large:
            large.truncate(TOO_LARGE)
        words = ["--campaign", str(root), "-q", "check", "--format", "csv", "--engine", self.HERE]
        done = subprocess.run([sys.executable, "-c", LIMITED, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 1, done.stderr
        others = [line for line in before.out.splitlines() if "units/u00005" not in line]
        assert [line for line in done.stdout.splitlines() if "units/u00005" not in line] == others
        (lost,) = (line for line in done.stdout.splitlines() if "units/u00005" in line)
        assert lost.startswith("F109")


class ClusterPromises(Promises):
    """Of engines whose workers are machines of their own."""

    @pytest.mark.skipif(os.name == "nt", reason="a process cannot kill the one above it there")
    def test_a_unit_that_ends_whole_workers_is_the_only_one_lost(self, engine: str) -> None:
        units = [*UNITS[:20], "kills", *UNITS[20:]]
        done = list(engines.named(engine).run(Echo(os.getpid()), [units]))
        assert done == [*UNITS[:20], "lost kills", *UNITS[20:]]

    def test_whoever_wants_no_more_leaves_a_cluster_free_for_others(self, engine: str) -> None:
        results = engines.named(engine).run(Echo(), [UNITS * 50])
        assert next(results) == "u0"
        results.close()  # type: ignore[attr-defined]
        assert list(engines.named(engine).run(Echo(), [UNITS])) == UNITS

    def test_workers_with_another_program_are_refused(
        self, root: Path, engine: str, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(remote, "program", lambda: "hazardctl 9")
        told = run("--campaign", root, "check", "--engine", engine)
        assert (told.code, told.out) == (3, "")
        assert "hazardctl 9" in told.err

    def test_a_worker_killed_in_mid_run_changes_nothing(self, root: Path, engine: str) -> None:
        campaign = opened(Workspace(root))
        before = self.workers(engine)
        killed: list[int] = []

        def kill(done: int) -> None:
            if not killed:
                killed.append(before[0])
                os.kill(before[0], signal.SIGTERM if os.name == "nt" else signal.SIGKILL)

        spread = rollup.roll_up(campaign, today=TODAY, engine=engine, advance=kill)
        assert spread == rollup.roll_up(campaign, today=TODAY)
        assert killed
        assert killed[0] not in self.workers(engine)

    def workers(self, engine: str) -> list[int]:
        """Give the processes of the workers."""
        raise NotImplementedError


def lives(group: int) -> bool:
    """Tell whether a process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
