"""Object stores and web servers that fail: now and then, for good, in mid-run; and keys as people make them."""

from __future__ import annotations

import functools
import html
import http.server
import io
import shutil
import socketserver
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from generate import Wish, generate

import buckets
from campaigns import TODAY
from conftest import Run
from hazardctl import load, mirror, stores
from hazardctl.rollup import roll_up
from hazardctl.stores import objects
from hazardctl.stores.objects import StoreError
from hazardctl.workspace import NoCampaignError
from test_stores import COMMANDS, KEYS

pytest.importorskip("s3fs", reason="s3fs is not installed: pip install 'hazardctl[remote]'")
pytest.importorskip("moto", reason="moto is not installed")
pytest.importorskip("flask", reason="moto's server needs flask")
BUCKET = "office"
PLACE = "2022 年/排查"  # a name as people give them
PAGE = 50  # keys of a listing's page; a page of the real store holds 1000
Fault = Callable[[str, str], int]


class Between:
    """Stands before a server and answers some requests with an error: `fault` gives its number, or 0."""

    def __init__(self) -> None:
        self.fault: Fault = lambda method, path: 0
        self.faults = 0

    def answer(self, method: str, path: str) -> int:
        """Give the error a request is answered with."""
        found = self.fault(method, path)
        self.faults += bool(found)
        return found


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody ask again as often as ever, and nobody pause before it: neither we nor what we ask through."""
    monkeypatch.setattr("botocore.retryhandler.delay_exponential", lambda **_: 0)  # its own: up to 8 seconds
    monkeypatch.setattr(objects, "PAUSES", (0.0, 0.0))
    monkeypatch.setattr(mirror, "TOGETHER", 3)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made") / "c"
    generate(root, Wish(units=9, rows=4, broken=0.2))
    home = root / "units" / "u00004"
    (home / "附件 1 & 2 (扫描件)#3.txt").write_text("x", encoding="utf-8")
    (home / "附 件").mkdir()
    (home / "附 件" / "50%+1.csv").write_text("a\n", encoding="utf-8")
    (home / "ledger (冲突副本).csv").write_bytes((home / "ledger.csv").read_bytes())
    (root / "units" / "另 一个").mkdir()
    (root / "units" / "另 一个" / "台账.xlsx").write_bytes(b"PK")
    shutil.rmtree(root / "units" / "u00008")
    return root


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "c")


@pytest.fixture(scope="module")
def office() -> Iterator[tuple[Between, str]]:
    """Start an S3 server with something between."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    between = Between()
    behind = DomainDispatcherApplication(create_backend_app)

    def app(env: dict[str, Any], start: Any) -> Any:
        code = between.answer(env["REQUEST_METHOD"], f"{env['PATH_INFO']}?{env['QUERY_STRING']}")
        if not code:
            return behind(env, start)
        start(f"{code} no", [("Content-Type", "application/xml")])
        return [f"<Error><Code>{'AccessDenied' if code == 403 else 'SlowDown'}</Code></Error>".encode()]

    server = make_server("127.0.0.1", 0, app, threaded=True)
    _serving(server)
    yield between, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _serving(server: socketserver.BaseServer) -> None:
    """Let a server answer until it is shut down, which it is to notice soon."""
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def reaching(office: tuple[Between, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Between]:
    """Let programs find the server, through clients of their own."""
    import s3fs

    between, endpoint = office
    for name, value in (KEYS | {"AWS_ENDPOINT_URL": endpoint}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(s3fs.S3FileSystem, "retries", 2)
    s3fs.S3FileSystem.clear_instance_cache()
    between.faults = 0
    yield between
    between.fault = lambda method, path: 0


@pytest.fixture
def bucket(reaching: Between, office: tuple[Between, str], made: Path) -> tuple[Between, str]:
    """Give the bucket that programs read; the first test puts the campaign into it."""
    if not buckets.files(office[1]).exists(BUCKET):
        buckets.filled(office[1], made, BUCKET, PLACE)
    return reaching, f"s3://{BUCKET}/{PLACE}"


@pytest.fixture
def own(reaching: Between, office: tuple[Between, str], folder: Path) -> Iterator[tuple[str, Any]]:
    """Put the campaign into a bucket of a test's own, which it changes."""
    files = buckets.filled(office[1], folder, "own", PLACE)
    yield f"s3://own/{PLACE}", files
    if files.exists("own"):
        files.rm("own", recursive=True)


@pytest.mark.parametrize("command", [*COMMANDS, ("conflicts",)], ids=" ".join)
def test_names_in_chinese_and_with_spaces_are_read_as_in_a_folder(
    bucket: tuple[Between, str], folder: Path, run: Run, command: tuple[str, ...]
) -> None:
    told = [run("--campaign", place, "--today", TODAY.isoformat(), *command) for place in (bucket[1], folder)]
    assert told[0].out.splitlines() == told[1].out.splitlines()
    assert told[0].code == told[1].code


def test_a_listing_of_more_keys_than_a_page_holds_is_whole(
    reaching: Between, own: tuple[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, files = own
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", str(PAGE))
    asked = 3 * PAGE + 3  # more than one reading asks for at once, too
    keys = {f"{place.removeprefix('s3://')}/units/u00001/{number:04}.txt": b"x" for number in range(asked)}
    files.pipe(keys)
    store = stores.store(place)
    pages: list[str] = []
    reaching.fault = lambda _, path: pages.append(path) or 0  # type: ignore[func-returns-value]
    one = store.below(["units/u00001"])[0]
    assert sum("continuation-token=" in page for page in pages) == asked // PAGE
    assert len(one) == asked + 1
    assert len(store.read(list(one))) == asked + 1
    many = [f"units/u{number:05}" for number in range(objects.MANY + 1)]
    assert store.below(many)[1] == one
    assert len(store.inside("units/u00001")[0]) == asked + 1


@pytest.mark.parametrize("code", [503, 500, 429])
def test_what_fails_now_and_then_is_asked_again(bucket: tuple[Between, str], folder: Path, code: int) -> None:
    between, place = bucket
    asked: set[str] = set()

    def once(method: str, path: str) -> int:
        return 0 if path in asked or asked.add(path) else code  # type: ignore[func-returns-value]

    between.fault = once
    assert roll_up(load.verb(place), today=TODAY) == roll_up(load.verb(folder), today=TODAY)
    assert between.faults > 9


@pytest.mark.parametrize("code", [403, 503])
@pytest.mark.parametrize("what", ["u00005/ledger.csv", "u00005%2F", "prefix=", "units.csv"])
def test_what_is_refused_is_told_and_no_unit_without_hazards(
    bucket: tuple[Between, str], run: Run, code: int, what: str
) -> None:
    between, place = bucket
    between.fault = lambda _, path: code * (what in path)
    told = run("--campaign", place, "--lang", "en", "-q", "rollup")
    assert (told.code, told.out) == (3, "")
    assert f"{place} cannot be read" in told.err


def test_a_bucket_that_goes_in_mid_run_is_no_campaign_of_missing_units(own: tuple[str, Any]) -> None:
    place, files = own
    campaign = load.verb(place)

    def away(done: int) -> None:
        if done == 4:
            files.rm("own", recursive=True)

    with pytest.raises(NoCampaignError, match="s3://own"):
        roll_up(campaign, today=TODAY, advance=away)


class _Web(http.server.SimpleHTTPRequestHandler):
    """A web server of folders, as Apache writes its lists: with links that sort them."""

    def __init__(self, *args: Any, between: Between, **known: Any) -> None:
        self._between = between
        super().__init__(*args, **known)

    def do_GET(self) -> None:
        if code := self._between.answer("GET", self.path):
            self.send_error(code)
            return
        super().do_GET()

    def list_directory(self, path: Any) -> Any:
        here = Path(path)
        names = sorted(one.name + ("/" if one.is_dir() else "") for one in here.iterdir())
        links = ["?C=N;O=D", "../", "http://elsewhere/x.csv", *map(quote, names)]
        page = "".join(f'<a href="{link}">{html.escape(unquote(link))}</a>\n' for link in links).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        return io.BytesIO(page)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


@pytest.fixture
def web(folder: Path) -> Iterator[tuple[Between, str, http.server.ThreadingHTTPServer]]:
    place = folder.parent / "2022 年"
    folder.rename(place)
    folder.symlink_to(place)
    between = Between()
    handler = functools.partial(_Web, between=between, directory=str(folder.parent))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    _serving(server)
    yield between, f"http://127.0.0.1:{server.server_port}", server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("name", ["2022 年", "2022%20%E5%B9%B4"])
def test_a_web_server_of_folders_is_read_as_a_folder(
    web: tuple[Between, str, http.server.ThreadingHTTPServer], folder: Path, run: Run, name: str
) -> None:
    for command in (("check", "--format", "json"), ("rollup", "--format", "json"), ("conflicts",)):
        told = [run("--campaign", at, "--today", TODAY.isoformat(), *command) for at in (f"{web[1]}/{name}", folder)]
        assert told[0].out == told[1].out
        assert told[0].code == told[1].code


@pytest.mark.parametrize("code", [403, 500])
@pytest.mark.parametrize("what", ["/u00005/", "/u00005/ledger.csv", "units.csv"])
def test_what_a_web_server_refuses_is_told(
    web: tuple[Between, str, http.server.ThreadingHTTPServer], run: Run, code: int, what: str
) -> None:
    web[0].fault = lambda _, path: code * path.endswith(what)
    told = run("--campaign", f"{web[1]}/c", "--lang", "en", "-q", "rollup")
    assert (told.code, told.out) == (3, "")
    assert str(code) in told.err


def test_a_web_server_that_fails_now_and_then_is_asked_again(
    web: tuple[Between, str, http.server.ThreadingHTTPServer], folder: Path
) -> None:
    asked: set[str] = set()

    def once(method: str, path: str) -> int:
        return 0 if path in asked or asked.add(path) else 503  # type: ignore[func-returns-value]

    web[0].fault = once
    assert roll_up(load.verb(f"{web[1]}/c"), today=TODAY) == roll_up(load.verb(folder), today=TODAY)
    assert web[0].faults > 9


def test_a_web_server_that_goes_in_mid_run_is_told(
    web: tuple[Between, str, http.server.ThreadingHTTPServer],
) -> None:
    campaign = load.verb(f"{web[1]}/c")

    def away(done: int) -> None:
        if done == 4:
            web[2].shutdown()
            web[2].server_close()

    with pytest.raises(StoreError, match=web[1]):
        roll_up(campaign, today=TODAY, advance=away)


def test_a_web_server_that_does_not_list_its_folders_is_told(
    web: tuple[Between, str, http.server.ThreadingHTTPServer], folder: Path, run: Run
) -> None:
    (folder / "index.html").write_text("<h1>活动</h1>", encoding="utf-8")
    told = run("--campaign", f"{web[1]}/c", "--lang", "en", "rollup")
    assert (told.code, told.out) == (3, "")
    assert "does not list" in told.err
