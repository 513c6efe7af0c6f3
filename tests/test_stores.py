"""Object stores: a campaign that is kept in one says what it says in a folder, and stays as it is."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from generate import Wish, generate

import buckets
import hazardctl
from campaigns import TODAY
from conftest import ROOT, Run, machine
from hazardctl import cache, load, mirror, stores
from hazardctl.files import processes
from hazardctl.rollup import roll_up
from hazardctl.stores.objects import Objects, StoreError

pytest.importorskip("s3fs", reason="s3fs is not installed: pip install 'hazardctl[remote]'")
pytest.importorskip("moto", reason="moto is not installed")
pytest.importorskip("flask", reason="moto's server needs flask")
BUCKET = "office"
NEWS = "the network is gone"
KEYS = {"AWS_ACCESS_KEY_ID": "clerk", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start an S3 server on the loopback."""
    home = tmp_path_factory.mktemp("s3")
    (home / "tmp").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, env=machine(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            assert process.poll() is None
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made") / "c"
    generate(root, Wish(units=12, rows=6, broken=0.2, yaml=0.3, gbk=0.2, drifted=0.3))
    copy = root / "units" / "u00002" / "ledger (1).csv"
    copy.write_bytes((copy.parent / "ledger.csv").read_bytes() if (copy.parent / "ledger.csv").exists() else b"")
    (root / "units" / "stranger").mkdir()
    (root / "units" / "stranger" / "台账.xlsx").write_bytes(b"PK")
    return root


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "c")


@pytest.fixture
def reaching(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let programs find the server, through clients of their own."""
    import s3fs

    for name, value in (KEYS | {"AWS_ENDPOINT_URL": endpoint}).items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.fixture
def bucket(reaching: None, endpoint: str, made: Path) -> str:
    """Give the bucket that programs read; the first test puts the campaign into it."""
    if not buckets.files(endpoint).exists(BUCKET):
        buckets.filled(endpoint, made, BUCKET, "2022")
    return f"s3://{BUCKET}/2022"


@pytest.fixture
def own(reaching: None, endpoint: str, folder: Path) -> Iterator[str]:
    """Put the campaign into a bucket of a test's own, which it changes."""
    files = buckets.filled(endpoint, folder, "own", "2022")
    yield "s3://own/2022"
    files.rm("own", recursive=True)


COMMANDS = [
    ("check", "--format", "json"),
    ("rollup", "--format", "json"),
    ("rollup",),
    ("list", "--format", "json"),
    ("due", "--within", "900"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_campaign_in_a_bucket_says_what_it_says_in_a_folder(
    bucket: str, folder: Path, run: Run, command: tuple[str, ...]
) -> None:
    told = [run("--campaign", place, "--today", TODAY.isoformat(), *command) for place in (bucket, folder)]
    assert told[0].out.splitlines() == told[1].out.splitlines()
    assert told[0].code == told[1].code


@pytest.mark.parametrize("engine", ["local=2", "dask"])
def test_engines_reach_a_bucket_themselves(bucket: str, folder: Path, engine: str) -> None:
    if engine == "dask":
        pytest.importorskip("distributed", reason="dask is not installed: pip install 'hazardctl[dask]'")
    remote, here = load.verb(bucket), load.verb(folder)
    assert roll_up(remote, today=TODAY, engine=engine) == roll_up(here, today=TODAY)
    assert not list(left())


WRITING = [
    ("add", "u00001", "category=1", "description=x", "owner=y", "measures=z", "deadline=2022-09-30"),
    ("unit", "close", "u00001"),
    ("submit", "u00001", "--period", "2022-08"),
    ("freeze", "--period", "2022-08", "--allow-incomplete", "for the test"),
]


@pytest.mark.parametrize("command", WRITING, ids=lambda words: words[0])
def test_whatever_writes_is_refused_and_the_bucket_stays_as_it_is(
    bucket: str, run: Run, command: tuple[str, ...]
) -> None:
    before = _whole(bucket)
    told = run("--campaign", bucket, "--lang", "en", "--today", "2022-09-06", *command)
    assert told.code == 3
    assert f"The campaign at {bucket} can only be read from here" in told.err
    assert _whole(bucket) == before


def _whole(place: str) -> dict[str, bytes]:
    store = stores.store(place)
    return store.read(list(store.below([""])[0]))


def test_both_stores_list_and_read_alike(bucket: str, folder: Path) -> None:
    far, near = stores.store(bucket), stores.store(folder)
    assert far.inside("") == near.inside("")
    assert far.inside("units") == near.inside("units")
    assert far.inside("nowhere") == near.inside("nowhere") == ([], [])
    folders = ["units/u00001", "units/u00002", "units/nobody"]
    sizes = [[{name: seen.size for name, seen in one.items()} for one in each.below(folders)] for each in (far, near)]
    assert sizes[0] == sizes[1]
    assert _whole(bucket) == {name: (folder / name).read_bytes() for name in near.below([""])[0]}
    assert far.read(["units/nobody/ledger.csv"]) == {}


def test_a_listing_shows_what_has_changed(own: str, endpoint: str) -> None:
    before = stores.store(own).below(["units/u00001"])[0]
    name = next(name for name in before if "/ledger." in name)
    buckets.files(endpoint).pipe(f"{own.removeprefix('s3://')}/{name}", b"x" * before[name].size)
    assert stores.store(own).below(["units/u00001"])[0][name].mark != before[name].mark


def test_many_folders_are_found_in_one_listing(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from hazardctl.stores import objects

    folders = [f"units/u{number:05}" for number in range(12)]
    one_by_one = stores.store(bucket).below(folders)
    monkeypatch.setattr(objects, "MANY", 3)
    assert stores.store(bucket).below(folders) == one_by_one


def test_what_has_not_changed_in_a_bucket_is_not_fetched_again(
    own: str, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "FEW", 1)
    first = roll_up(load.verb(own), today=TODAY)
    fetched: list[str] = []
    read = Objects.read

    def watched(self: Objects, names: Sequence[str]) -> dict[str, bytes]:
        fetched.extend(names)
        return read(self, names)

    monkeypatch.setattr(Objects, "read", watched)
    assert roll_up(load.verb(own), today=TODAY) == first
    assert not [name for name in fetched if "/ledger." in name and "stranger" not in name]
    buckets.files(endpoint).rm(f"{own.removeprefix('s3://')}/units/u00003", recursive=True)
    fetched.clear()
    assert roll_up(load.verb(own), today=TODAY) != first
    assert not [name for name in fetched if "/ledger." in name and "stranger" not in name]


def test_nothing_is_left_of_what_was_fetched(bucket: str) -> None:
    code = "import sys; from hazardctl.app import main; sys.exit(main(sys.argv[1:]))"
    words = ["--campaign", bucket, "check", "--engine", "local=2"]
    env = {**os.environ, "PYTHONPATH": str(Path(hazardctl.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code, *words], env=env, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    assert not list(left())


def left() -> Iterator[Path]:
    """Find the copies of processes that are gone."""
    for above in (mirror.MEMORY, Path(os.environ["TMPDIR"])):
        for path in above.glob(f"{mirror.PREFIX}*"):
            holder = processes.parse(path.name.removeprefix(mirror.PREFIX).rpartition("-")[0])
            if holder and processes.state(holder) is processes.State.GONE:
                yield path


@pytest.mark.skipif(os.name == "nt", reason="a process cannot be killed unawares there")
def test_what_a_killed_process_leaves_goes_with_the_next_look(bucket: str) -> None:
    code = "import os, sys; from hazardctl import load; load.verb(sys.argv[1]); os.kill(os.getpid(), 9)"
    env = {**os.environ, "PYTHONPATH": str(Path(hazardctl.__file__).parents[1])}
    subprocess.run([sys.executable, "-c", code, bucket], env=env, check=False)
    assert list(left())
    load.verb(bucket)
    assert not list(left())


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("s3://nobody/here", "s3://nobody/here"),
        ("nonsense://x/y", "nonsense://x/y"),
        ("s3://office/2022/units", "campaign.yaml"),
    ],
)
def test_a_place_without_a_campaign_is_told(bucket: str, run: Run, place: str, said: str) -> None:
    told = run("--campaign", place, "--lang", "en", "rollup")
    assert (told.code, told.out) == (3, "")
    assert said in told.err


def test_a_store_that_does_not_answer_is_no_campaign_without_hazards(
    bucket: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = load.verb(bucket)

    def fails(*_: Any) -> None:
        raise OSError(NEWS)

    monkeypatch.setattr(Objects, "_below", fails)
    with pytest.raises(StoreError, match=NEWS):
        roll_up(campaign, today=TODAY)


def test_a_campaign_on_a_web_server_is_read(folder: Path) -> None:
    handler = functools.partial(_Quiet, directory=str(folder.parent))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        campaign = load.verb(f"http://127.0.0.1:{server.server_port}/c")
        assert roll_up(campaign, today=TODAY) == roll_up(load.verb(folder), today=TODAY)
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


@pytest.mark.parametrize("place", ["C:\\office", "/s3:/x", "office", str(ROOT)])
def test_a_folder_is_no_url(place: str) -> None:
    assert not stores.is_url(place)
