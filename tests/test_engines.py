"""Engines: any number of processes gives the same results; a process that dies costs one unit, not the run."""

from __future__ import annotations

import contextlib
import itertools
import os
import pickle
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from generate import Wish, generate

from campaigns import TODAY
from hazardctl import again, app, cachefile, engines, load
from hazardctl.check import Checking, check
from hazardctl.console import Console
from hazardctl.engines import cluster, local, noting, remote, warming
from hazardctl.engines import looking as folders
from hazardctl.engines.task import Task
from hazardctl.engines.worker import NotStartedError, Warming, Worker
from hazardctl.load import Opened, opened
from hazardctl.merging import looking
from hazardctl.reports import facts
from hazardctl.reports.asked import Asked
from hazardctl.returns import clock, status
from hazardctl.rollup import prepare, roll_up
from hazardctl.scope import EVERYTHING
from hazardctl.session import Session
from hazardctl.statistics import kernel
from hazardctl.statistics.plan import Plan
from hazardctl.workspace import Workspace
from promises import PATHS, UNITS, Promises
from tasks import Echo


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", PATHS)


class TestLocal(Promises):
    HERE = "local=3"

    @pytest.fixture(params=["local=2", "local=5"])
    def engine(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)


class TestAlone(Promises):
    """One process keeps the promises that are not about others."""

    HERE = "local=1"

    @pytest.fixture
    def engine(self) -> str:
        return "local"


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_results_come_in_order_whoever_made_them(processes: int) -> None:
    units = [f"u{number}" for number in range(60)]
    assert list(local.run(Echo(), engines.chunked(units, 7), processes)) == units


def test_a_process_that_dies_costs_one_unit() -> None:
    units = [f"u{number}" for number in range(200)]
    units[120] = "dies"
    done = list(local.run(Echo(os.getpid()), engines.chunked(units, 10), 3))
    assert [unit for unit in done if unit not in units] in ([], ["lost dies"])  # done here, or lost there
    assert len(done) == len(units)


@pytest.mark.parametrize("unit", ["dies", "eats"])
def test_a_process_that_dies_or_may_have_no_more_memory_loses_one_unit_of_its_chunk(unit: str) -> None:
    pool = local._Pool(Echo(os.getpid()), [], 1)
    try:
        assert pool._ask(pool._workers[0], ["u1", "u2", unit, "u3"]) == ["u1", "u2", f"lost {unit}", "u3"]
    finally:
        pool._workers[0].stop()


@pytest.mark.parametrize("processes", [1, 2])
def test_a_unit_that_no_memory_suffices_for_is_the_only_one_lost(processes: int) -> None:
    units = [f"u{number}" for number in range(40)]
    units[17] = "starves"
    done = list(local.run(Echo(), engines.chunked(units, 5), processes))
    assert done == [*units[:17], "lost starves", *units[18:]]


def test_where_no_process_can_be_started_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "")  # there the task of these tests cannot be loaded
    units = [f"u{number}" for number in range(30)]
    assert list(local.run(Echo(), engines.chunked(units, 7), 3)) == units


@pytest.mark.parametrize("at", [0, 2, 30, 59])
@pytest.mark.parametrize("takes", [0.0, 0.005])
def test_a_bug_in_a_process_is_raised_here_and_no_result_is_missing_before_it(at: int, takes: float) -> None:
    units = [f"u{number}" for number in range(60)]
    units[at] = "fails"
    done: list[str] = []
    with pytest.raises(ValueError, match="fails"):
        done.extend(local.run(Echo(takes=takes), engines.chunked(units, 5), 3))
    assert done == units[: len(done)]


@pytest.mark.parametrize(("unit", "error"), [("fails", ValueError), ("odd", RuntimeError)])
def test_a_bug_in_a_process_says_where_it_happened(unit: str, error: type[Exception]) -> None:
    worker = Worker(Echo())
    try:
        with pytest.raises(error) as raised:
            worker.ask(["u1", unit])
        assert worker.ask(["u2"]) == ["u2"]  # and the process goes on
    finally:
        worker.stop()
    assert "tasks.py" in "".join([str(raised.value), *getattr(raised.value, "__notes__", ())])


def test_a_process_that_was_stopped_before_it_was_started_does_not_start() -> None:
    worker = Worker(Echo())
    worker.stop()
    with pytest.raises(NotStartedError):
        worker.ask(["u1"])


def test_no_process_is_left_when_nobody_wants_more() -> None:
    results = local.run(Echo(), engines.chunked([f"u{number}" for number in range(500)], 5), 2)
    assert next(results) == "u0"
    results.close()  # type: ignore[attr-defined]


@pytest.fixture
def campaign(tmp_path: Path) -> Opened:
    generate(tmp_path / "c", Wish(units=24, rows=6, broken=0.2, yaml=0.2, gbk=0.2, drifted=0.3))
    return opened(Workspace(tmp_path / "c"))


def test_one_and_two_processes_find_and_count_the_same(campaign: Opened) -> None:
    units = [unit.id for unit, _ in campaign.units.walk()]
    counting = kernel.Counting(campaign, _plan(campaign), TODAY)
    for task in (Checking(campaign, TODAY), counting):
        alone, together = (list(local.run(task, engines.chunked(units, 3), number)) for number in (1, 2))
        assert alone == together


TASKS: dict[str, Callable[[Opened], Task[Any]]] = {
    "check": lambda found: Checking(found, TODAY),
    "rollup": lambda found: kernel.Counting(found, _plan(found), TODAY),
    "status": lambda found: status.Gathering(found, clock.read(found, "2022-08")),
    "conflicts": lambda found: looking.Looking(found, TODAY, compare=True),
    "weekly": lambda found: facts.Gathering(found, Asked(TODAY, "2022-08")),
}


@pytest.mark.parametrize("name", TASKS)
def test_a_unit_gives_the_same_in_any_order_in_any_chunk_wherever_it_is_done(campaign: Opened, name: str) -> None:
    units = [unit.id for unit, _ in campaign.units.walk()]
    task = TASKS[name](campaign)
    alone = {unit: list(task([unit])) for unit in units}
    assert all(len(found) == 1 for found in alone.values())
    elsewhere = pickle.loads(pickle.dumps(task))
    chance = random.Random(11)
    for done in (task, elsewhere, task, elsewhere):
        chance.shuffle(units)
        cut = sorted(chance.sample(range(len(units)), chance.randrange(len(units))))
        chunks = [units[start:end] for start, end in itertools.pairwise([0, *cut, len(units)])]
        assert [[one] for chunk in chunks for one in done(chunk)] == [alone[unit] for unit in units]


@pytest.mark.parametrize("name", TASKS)
def test_a_result_is_small_and_one_that_is_lost_is_of_its_kind(campaign: Opened, name: str) -> None:
    task = TASKS[name](campaign)
    (found,) = task(["u00001"])
    assert len(pickle.dumps(found)) < 20_000
    assert type(task.lost("u00001")) is type(found)


def test_the_roll_up_counts_the_findings_that_the_checks_list(campaign: Opened) -> None:
    units = [unit.id for unit, _ in campaign.units.walk()]
    counted = {one.unit: one for one in kernel.Counting(campaign, _plan(campaign), TODAY)(units)}
    for result in check(campaign, TODAY, EVERYTHING).results:
        severities = [finding.severity.value for finding in result.findings]
        assert dict(counted[result.unit].partial.findings) == {word: severities.count(word) for word in set(severities)}


def test_a_lost_unit_is_a_finding_and_no_zero(campaign: Opened) -> None:
    lost = kernel.Counting(campaign, _plan(campaign), TODAY).lost("u00001")
    assert [finding.code for finding in lost.faults] == ["F109"]
    assert not lost.partial.amounts
    assert Checking(campaign, TODAY).lost("u00001").state == "unread"


def _plan(campaign: Opened) -> Plan:
    return prepare(campaign).compiled.plan


def test_a_campaign_travels_as_the_folder_it_is(campaign: Opened) -> None:
    again = pickle.loads(pickle.dumps(campaign))
    assert again.units == campaign.units
    assert again.checklist == campaign.checklist
    assert roll_up(again, today=TODAY).rows == roll_up(campaign, today=TODAY).rows


@pytest.mark.parametrize("command", ["check", "rollup"])
def test_a_small_run_loads_nothing_heavy(campaign: Opened, command: str) -> None:
    code = (
        "import sys, hazardctl.app as a; a.main(sys.argv[1:]); "
        "print(*{m.split('.')[0] for m in sys.modules}, file=sys.stderr)"
    )
    folder = campaign.workspace.root
    done = subprocess.run([sys.executable, "-c", code, command], capture_output=True, cwd=folder, check=True)
    loaded = set(done.stderr.decode().splitlines()[-1].split())
    assert "hazardctl" in loaded
    assert not {"pandas", "pydantic", "openpyxl", "rich", "multiprocessing", "sqlite3", "jinja2"} & loaded


@pytest.mark.parametrize("command", ["check", "rollup"])
def test_what_stands_before_the_processes_begin_loads_nothing_that_reads_a_campaign(command: str) -> None:
    loading = {"check": "hazardctl.reporters", "rollup": "hazardctl.again"}[command]
    code = f"import sys, hazardctl.commands.{command}, {loading}, hazardctl.engines.warming; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loading in done.stdout.split()
    assert not {"hazardctl.load", "hazardctl.check", "hazardctl.rollup"} & {*done.stdout.split()}


@pytest.fixture
def large(campaign: Opened, monkeypatch: pytest.MonkeyPatch) -> Opened:
    monkeypatch.setattr(warming, "LARGE", 1)
    monkeypatch.setattr(local, "SOME", 1)
    monkeypatch.setattr(local, "processors", lambda: 3)
    return campaign


def processes() -> list[subprocess.Popen[bytes]]:
    return [worker._process for worker in local._idle if worker._process is not None]


def test_processes_that_have_begun_early_do_one_task_after_the_other(large: Opened) -> None:
    session = Session(Console(), TODAY, large.workspace.root)
    chunks = engines.chunked([unit.id for unit, _ in large.units.walk()], 3)
    alone = list(local.run(Checking(large, TODAY), chunks, 1))
    with session.helped("local") as warm:
        assert not local._idle  # it is not known yet whether any are wanted
        warm("hazardctl.check")
        begun = processes()
        assert len(begun) == 2
        assert list(local.run(Checking(large, TODAY), chunks)) == alone
        assert list(local.run(Checking(large, TODAY), chunks)) == alone
        results = local.run(Checking(large, TODAY), chunks)
        assert [next(results) for _ in alone] == alone
        assert {*processes()} == {*begun}  # before anybody asks whether there are more results
        assert next(local.run(Checking(large, TODAY), chunks)) == alone[0]
        assert not local._idle  # nobody waits for what they are doing: they have ended
        assert list(local.run(Checking(large, TODAY), chunks)) == alone
    assert all(one.returncode is not None for one in begun)
    assert not local._idle


def test_with_nothing_cached_the_processes_begin_before_anybody_looks(large: Opened) -> None:
    session, place = Session(Console(), TODAY, large.workspace.root), str(large.workspace.root.resolve())
    with session.helped("local", "hazardctl.check") as warm:
        begun = processes()
        assert len(begun) == 2
        warm("hazardctl.check")
        assert processes() == begun
    cachefile.file_of(place).parent.mkdir(parents=True)
    cachefile.file_of(place).touch()
    with session.helped("local", "hazardctl.check"):
        assert not local._idle


class LostError(Exception):
    """A worker was lost too often over a chunk."""


@contextlib.contextmanager
def _losing(lost: Callable[[int], bool]) -> Iterator[cluster.Cluster]:
    """Make a cluster of two that loses what is sent to it as the given numbers, counted from 0."""
    numbers = itertools.count()

    def work(number: int, order: remote.Order, units: list[str]) -> remote.Answer:
        if lost(number):
            raise LostError
        return remote.work(order, units)

    with ThreadPoolExecutor(2) as pool:
        yield cluster.Cluster("here", lambda *asked: pool.submit(work, next(numbers), *asked), 2, (LostError,))
    remote.stop()


@pytest.mark.parametrize("lost", [{0}, {0, 1}, {1, 2}, {0, 1, 2}, {2}])
def test_what_is_lost_beside_another_chunk_is_asked_for_again(lost: set[int]) -> None:
    with _losing(lost.__contains__) as found:
        assert list(cluster.run(Echo(), UNITS, found)) == UNITS


def test_a_cluster_that_loses_whatever_it_is_sent_is_told() -> None:
    with _losing(lambda number: True) as found, pytest.raises(cluster.ClusterError):
        list(cluster.run(Echo(), UNITS, found))


def test_a_cluster_that_is_gone_while_others_are_waited_for_is_told() -> None:
    def gone() -> None:
        raise cluster.UnreachableError(address="here", reason="gone")

    sent = [Future[remote.Answer]() for _ in range(3)]
    sent[0].set_exception(LostError())  # the others never come
    waiting = iter(sent)
    found = cluster.Cluster("here", lambda *_: next(waiting), 2, (LostError,), check=gone)
    with pytest.raises(cluster.UnreachableError):
        list(cluster.run(Echo(), UNITS, found))


def test_chunks_are_no_more_than_each_processor_has_turns() -> None:
    units = [f"u{number}" for number in range(4401)]
    for turns in (2, 3, 6):
        assert len(cluster.cut(units, [20_011] * 4401, 2, turns)) == 2 * turns


def test_a_cache_that_nobody_may_look_at_is_none(large: Opened) -> None:
    refused = mock.Mock(exists=mock.Mock(side_effect=PermissionError))
    with mock.patch.object(cachefile, "file_of", return_value=refused):
        assert again.said(again.Look("campaign", b"name", {})) is None
        with warming.helped(large.workspace, "hazardctl.check"):
            assert len(processes()) == 2


def test_with_very_many_units_the_processes_begin_before_the_look_at_their_folders(
    large: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = large.workspace.root / "units"
    units = [*(unit.id for unit, _ in large.units.walk()), "nowhere"]
    (root / "u00002").rename(root / "elsewhere")
    with contextlib.suppress(OSError):
        (root / "u00002").symlink_to("elsewhere", target_is_directory=True)
    now = time.time_ns() + 10**10
    alone = folders.look(str(root), units, now)
    monkeypatch.setattr(warming, "VAST", 1)
    monkeypatch.setattr(folders, "MANY", 1)
    monkeypatch.setattr(folders, "AT_ONCE", 2)
    with warming.helped(large.workspace) as warm:
        begun = processes()
        assert len(begun) == 2
        assert folders.look(str(root), units, now) == alone
        assert {*processes()} == {*begun}
        warm("hazardctl.check")
        assert {*processes()} == {*begun}
        done = list(local.run(Checking(large, TODAY), engines.chunked(units[:-1], 3)))
    assert done == list(local.run(Checking(large, TODAY), engines.chunked(units[:-1], 3), 1))
    assert alone["nowhere"] == b"none"
    assert b"" not in alone.values() or not alone["u00002"]


@pytest.mark.parametrize("what", [("hazardctl.nowhere",), ("hazardctl.check",)])
def test_what_goes_wrong_before_the_task_is_known_costs_nothing(
    large: Opened, what: tuple[str, ...], tmp_path: Path
) -> None:
    units = [unit.id for unit, _ in large.units.walk()]
    expected = list(local.run(Checking(large, TODAY), engines.chunked(units, 3), 1))
    nowhere = replace(large.workspace, root=tmp_path / "gone")
    for warming_up in (Warming(nowhere, what), Warming(large.workspace, what)):
        local.begin()
        local.warm(warming_up)
        gone = processes()[0]
        gone.kill()
        gone.wait()
        local.warm(warming_up)
        assert list(local.run(Checking(large, TODAY), engines.chunked(units, 3))) == expected
        local.end()


@pytest.mark.parametrize("engine", ["local=2", "dask", ""])
def test_other_engines_begin_nothing_early(large: Opened, engine: str) -> None:
    with Session(Console(), TODAY, large.workspace.root).helped(engine) as warm:
        warm("hazardctl.check")
        assert not local._idle


def test_processes_that_nobody_wanted_end_with_the_command(large: Opened) -> None:
    with warming.helped(large.workspace) as warm:
        warm("hazardctl.check")
        begun = processes()
    assert len(begun) == 2
    assert all(one.returncode is not None for one in begun)


def test_what_somebody_changes_while_a_campaign_is_opened_is_read_again(
    campaign: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, read = campaign.workspace.units, load.load_units
    changes = [b"\nlate1,one\n", b"\nlate2,two\n"]

    def changed(workspace: Workspace) -> Any:
        found = read(workspace)
        if changes:
            path.write_bytes(path.read_bytes() + changes.pop())
        return found

    monkeypatch.setattr(load, "load_units", changed)
    again = opened(campaign.workspace)
    assert {"late1", "late2"} <= set(again.units.units)
    assert again.sha256 == opened(campaign.workspace).sha256 != campaign.sha256


def test_a_campaign_that_never_stands_still_is_like_no_other(campaign: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    path, read = campaign.workspace.units, load.load_units

    def changed(workspace: Workspace) -> Any:
        found = read(workspace)
        path.write_bytes(path.read_bytes() + b"\n")
        return found

    monkeypatch.setattr(load, "load_units", changed)
    found = opened(campaign.workspace)
    with pytest.raises(load.ChangedError):
        pickle.loads(pickle.dumps(found))
    units = [unit.id for unit, _ in found.units.walk()]
    alone = list(local.run(Checking(found, TODAY), engines.chunked(units, 3), 1))
    assert list(local.run(Checking(found, TODAY), engines.chunked(units, 3), 2)) == alone  # what it has read itself


@pytest.mark.parametrize("name", ["units.csv", "campaign.yaml"])
def test_processes_that_began_before_a_file_was_changed_work_on_what_it_says_now(large: Opened, name: str) -> None:
    path = large.workspace.root / name
    with warming.helped(large.workspace) as warm:
        warm("hazardctl.check")
        for worker in local._idle:
            worker.take(Checking(large, TODAY))
            assert worker.ask(["u00001"])  # so it has opened the campaign
        path.write_bytes(path.read_bytes().replace("所".encode(), "处".encode()) + b"\n")
        now = opened(large.workspace)
        units = [unit.id for unit, _ in now.units.walk()]
        done = list(local.run(Checking(now, TODAY), engines.chunked(units, 3)))
    assert done == list(local.run(Checking(now, TODAY), engines.chunked(units, 3), 1))


def noted_of(campaign: Opened) -> int:
    return len(list(campaign.workspace.root.glob("units/*/journal/*.jsonl")))


@pytest.mark.parametrize("accident", ["", "it dies", "it cannot be started again"])
def test_note_is_taken_by_a_process_that_waits_whatever_becomes_of_it(
    large: Opened, accident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = [unit.id for unit, _ in large.units.walk()]
    with warming.helped(large.workspace) as warm:
        warm("hazardctl.check")
        begun = processes()
        for one in begun if accident else ():
            one.kill()
            one.wait()
        if "started" in accident:
            monkeypatch.setattr(subprocess, "Popen", mock.Mock(side_effect=OSError(11, "no room")))
        wait = noting.noted(large, units, "check", 3)
        assert len(local._idle) == 1
        wait()
        assert noted_of(large) == 3
        assert len(local._idle) == 2
        assert not local._away
    assert all(one.returncode is not None for one in begun)


def test_a_process_whose_note_nobody_waits_for_ends_with_the_command(large: Opened) -> None:
    with warming.helped(large.workspace) as warm:
        warm("hazardctl.check")
        begun = processes()
        noting.noted(large, [unit.id for unit, _ in large.units.walk()], "check", 3)
    assert all(one.returncode is not None for one in begun)
    assert not local._away


def test_a_note_that_nobody_waits_for_is_not_cut_off(large: Opened) -> None:
    units = [unit.id for unit, _ in large.units.walk()]
    with warming.helped(large.workspace) as warm:
        warm("hazardctl.check")
        noting.noted(large, units, "check", 3)
    assert noted_of(large) == 3
    assert not list(large.workspace.root.glob("units/**/*.lock.d"))


@pytest.mark.skipif(sys.platform == "win32", reason="a signal is sent to this very process")
def test_who_waits_and_is_interrupted_does_not_cut_off_what_is_done_meanwhile(
    large: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    with warming.helped(large.workspace) as warm:
        warm("hazardctl.check")
        wait = local.meanwhile(Echo(takes=1.0), ["slow"])
        ((worker, finished),) = local._away
        stop, seen = worker.stop, list[bool]()

        def stopped() -> None:
            seen.append(finished.is_set())
            stop()

        monkeypatch.setattr(worker, "stop", stopped)
        usual = signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background ^C may be ignored
        try:
            threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
            with pytest.raises(KeyboardInterrupt):
                wait()
        finally:
            signal.signal(signal.SIGINT, usual)
    assert seen == [True]


@pytest.mark.parametrize("how", ["it takes too long", "nobody has patience"])
def test_what_a_process_does_meanwhile_holds_no_command_for_long(
    large: Opened, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "PATIENCE", 0.0)
    with warming.helped(large.workspace) as warm:
        warm("hazardctl.check")
        begun = processes()
        local.meanwhile(Echo(takes=60), ["slow"])
        (finished,) = [finished for _, finished in local._away]
        if "nobody" in how:
            monkeypatch.setattr(finished, "wait", mock.Mock(side_effect=KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                local.end()
    assert all(one.returncode is not None for one in begun)
    assert not local._away


def test_where_no_process_waits_note_is_taken_when_it_is_waited_for(campaign: Opened) -> None:
    wait = noting.noted(campaign, [unit.id for unit, _ in campaign.units.walk()], "check", 2)
    assert noted_of(campaign) == 0
    wait()
    assert noted_of(campaign) == 2


@pytest.mark.parametrize("many", [False, True])
def test_a_check_takes_note_of_what_is_new_however_many_units_there_are(
    large: Opened, many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warming, "LARGE", 1 if many else 1 << 30)
    monkeypatch.chdir(large.workspace.root)
    with_ledger = len(list(large.workspace.root.glob("units/*/ledger.*")))
    for _ in range(2):
        app.main(["check", "--fail-on", "never"])
        assert noted_of(large) == with_ledger > 1
