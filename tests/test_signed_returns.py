"""Signed returns: signed with real keys, verified by the superior, and each way of cheating told apart."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from campaigns import FOUND, campaign, ledger
from conftest import Result, Run
from hazardctl import signing
from test_signing import keys

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not installed")

UNITS = "bay,海湾局,,,,\na,东港,bay,,,\nb,西港,bay,,,\n"
PERIODS = (
    "periods:\n"
    "  - {id: spring, label: 春查, from: 2024-03-01, to: 2024-05-31, due: 2024-06-20}\n"
    "  - {id: may, label: 五月, from: 2024-05-01, to: 2024-05-31, due: 2024-06-20}\n"
)
OPEN = "A,尚未办理"
FIRST = "H200-2222-3333"


class Office:
    """A campaign whose units a and b sign; the bureau's allowed_signers names their keys."""

    def __init__(self, root: Path, run: Run) -> None:
        self.root, self.run = root / "office", run
        own = {"a/ledger.csv": ledger(OPEN, OPEN), "b/ledger.csv": ledger(OPEN).replace("2222", "3333")}
        campaign(self.root, FOUND % "", UNITS, own, PERIODS)
        self.keys = root / "keys"
        self.keys.mkdir()
        shutil.copy(keys(self.keys, "a", "b", "stranger"), self.root / "units" / "allowed")
        allowed = (self.root / "units" / "allowed").read_text(encoding="utf-8").splitlines(keepends=True)
        (self.root / "units" / "allowed").unlink()
        (self.root / "allowed_signers").write_text("".join(allowed[:2]), encoding="utf-8")

    def __call__(self, *words: str) -> Result:
        return self.run("--campaign", str(self.root), "--today", "2024-06-01", *words)

    def send(self, unit: str = "a", key: str = "a", period: str = "spring", *more: str) -> Result:
        given = ("submit", unit, "--period", period, "--by", "张三", "--sign", str(self.keys / key), *more)
        return self(*given)

    def reasons(self, unit: str = "a", period: str = "spring") -> list[str]:
        found = json.loads(self("verify", unit, "--period", period, "--format", "json").out)
        return [each["reason"] for one in found for each in one["troubles"]]

    def file(self, name: str) -> Path:
        return self.root / "units" / name


@pytest.fixture
def office(tmp_path: Path, run: Run) -> Office:
    return Office(tmp_path, run)


def test_each_return_that_is_verified_has_one_line_which_gives_the_reason(office: Office) -> None:
    office.send()
    path = office.file("a/ledger.csv")
    path.write_bytes(path.read_bytes() + b"H999-2222-3333,A,\n")
    done = office("--lang", "zh", "verify", "--period", "spring")
    (line,) = done.out.splitlines()
    assert "第 1 号：签名不成立：" in line
    assert "units/a/ledger.csv：不是签名时的文件。" in line
    assert "ledger" not in done.err


def test_a_signed_return_is_verified_shown_and_accepted(office: Office) -> None:
    sent = office.send()
    assert sent.code == 0, sent.err
    assert "signed: units/a/signed/spring-1.json.sig" in sent.out
    assert "signed: yes" in office.file("a/returns.yaml").read_text(encoding="utf-8").replace('"', "").replace("'", "")
    assert office("verify", "--period", "spring").code == 0
    status = json.loads(office("status", "--period", "spring", "--format", "json").out)
    assert {row["unit"]: row["signature"] for row in status["units"]} == {"bay": None, "a": "good", "b": None}
    assert "signed" in office("status", "--period", "spring").out
    assert office("accept", "a", "--period", "spring").code == 0


def test_sending_the_same_again_signs_what_was_not_signed_and_nothing_twice(office: Office) -> None:
    (office.root / "allowed_signers").rename(office.root / "later")
    assert office("submit", "a", "--period", "spring", "--by", "张三").code == 0
    (office.root / "later").rename(office.root / "allowed_signers")
    assert office.reasons() == ["unsigned"]
    assert office.send().code == 0
    assert office.reasons() == []
    before = office.file("a/signed/spring-1.json.sig").read_bytes()
    assert "signed:" not in office.send().out
    assert office.file("a/signed/spring-1.json.sig").read_bytes() == before


def test_a_return_that_somebody_else_signed_is_not_accepted(office: Office) -> None:
    office.send(key="b")
    found = office("accept", "a", "--period", "spring")
    assert found.code == 1
    assert "Somebody else signed it: b." in found.err
    assert not (office.file("bay") / "accepted.yaml").exists()
    assert "signature does not stand" in office("status", "--period", "spring").out
    office.send("b", "stranger")
    assert office.reasons("b") == ["signer"]


def test_a_return_without_a_signature_is_not_accepted_where_one_is_expected(office: Office) -> None:
    office("submit", "a", "--period", "spring")
    found = office("accept", "a", "--period", "spring")
    assert (found.code, office.reasons()) == (1, ["unsigned"])
    (office.root / "allowed_signers").unlink()
    assert office("accept", "a", "--period", "spring").code == 0


def test_an_old_signature_stands_for_no_other_return(office: Office) -> None:
    office.send()
    office("set", "a", FIRST, "berth=自用", "--by", "张三")
    assert office.send("a", "a", "spring", "--reason", "补充泊位").code == 0
    assert office.reasons() == []
    for suffix in (".json", ".json.sig"):
        shutil.copy(office.file(f"a/signed/spring-1{suffix}"), office.file(f"a/signed/spring-2{suffix}"))
    assert "replay" in office.reasons()
    for suffix in (".json", ".json.sig"):
        office.file(f"a/signed/spring-2{suffix}").unlink()
    assert office.reasons() == ["missing"]


def test_a_signature_for_another_period_or_unit_is_told(office: Office) -> None:
    office.send()
    office.send(period="may")
    office.send("b", "b")
    for suffix in (".json", ".json.sig"):
        shutil.copy(office.file(f"a/signed/spring-1{suffix}"), office.file(f"a/signed/may-1{suffix}"))
        shutil.copy(office.file(f"a/signed/spring-1{suffix}"), office.file(f"b/signed/spring-1{suffix}"))
    assert office.reasons(period="may") == ["period"]
    assert {"unit", "signer"} <= set(office.reasons("b"))


def test_a_swapped_file_is_told_apart_from_converted_line_ends_and_from_going_on(office: Office) -> None:
    office.send()
    path = office.file("a/ledger.csv")
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert office.reasons() == ["line_ends"]
    path.write_bytes(whole.replace("尚未办理".encode(), "办结".encode()))
    assert office.reasons() == ["swapped"]
    assert office("accept", "a", "--period", "spring").code == 1
    path.write_bytes(whole)
    assert office("set", "a", FIRST, "berth=自用", "--by", "张三").code == 0
    assert office.reasons() == ["changed_since"]
    assert office("accept", "a", "--period", "spring").code == 0
    (journal,) = office.file("a/journal").glob("*.jsonl")
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[1:]))
    assert set(office.reasons()) == {"swapped", "journal"}


def test_a_converted_manifest_is_told_and_a_changed_return_is_refused(office: Office) -> None:
    office.send()
    for name in ("spring-1.json", "spring-1.json.sig"):
        path = office.file(f"a/signed/{name}")
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert office.reasons() == ["manifest_line_ends"]
    assert office("accept", "a", "--period", "spring").code == 0
    path = office.file("a/returns.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("张三", "李四"), encoding="utf-8")
    assert office.reasons() == ["manifest_line_ends", "said"]


def test_a_nearer_superiors_list_counts_before_the_bureaus(office: Office) -> None:
    office.send()
    office.file("bay").mkdir(exist_ok=True)
    own = (office.root / "allowed_signers").read_text(encoding="utf-8").splitlines(keepends=True)
    (office.file("bay") / "allowed_signers").write_text(own[1].replace("b ", "a ", 1), encoding="utf-8")
    assert office.reasons() == ["signer"]
    given = ("verify", "a", "--period", "spring", "--allowed-signers", str(office.root / "allowed_signers"))
    assert office(*given).code == 0
    for path in (office.root / "allowed_signers", office.file("bay") / "allowed_signers"):
        path.unlink()
    assert office.reasons() == ["unknown_signers"]


def test_a_key_that_cannot_sign_sends_nothing(office: Office) -> None:
    found = office("submit", "a", "--period", "spring", "--sign", str(office.keys / "none"))
    assert found.code == 3
    assert not office.file("a/returns.yaml").exists()


@pytest.fixture
def agent(tmp_path: Path) -> dict[str, str]:
    if shutil.which("ssh-agent") is None or shutil.which("ssh-add") is None:
        pytest.skip("there is no ssh-agent")
    socket = tmp_path / "agent"
    done = subprocess.run(("ssh-agent", "-a", str(socket)), check=True, capture_output=True, text=True)
    words = dict(part.split("=", 1) for part in done.stdout.replace("\n", "").split(";") if "=" in part)
    return {"SSH_AUTH_SOCK": words["SSH_AUTH_SOCK"], "SSH_AGENT_PID": words["SSH_AGENT_PID"]}


def test_a_key_with_a_passphrase_signs_through_the_agent_and_is_in_no_file_of_ours(
    office: Office, agent: dict[str, str], tmp_path: Path
) -> None:
    key, ask = office.keys / "a", tmp_path / "ask"
    subprocess.run(("ssh-keygen", "-q", "-p", "-P", "", "-N", "geheim-7", "-f", str(key)), check=True)
    try:
        assert office.send().code == 3  # nobody is there to be asked
        ask.write_text("#!/bin/sh\necho geheim-7\n", encoding="utf-8")
        ask.chmod(0o700)
        told = {**os.environ, **agent, "SSH_ASKPASS": str(ask), "SSH_ASKPASS_REQUIRE": "force"}
        subprocess.run(("ssh-add", "-q", str(key)), check=True, env=told, stdin=subprocess.DEVNULL)
        given = ("--campaign", str(office.root), "--today", "2024-06-01", "submit", "a", "--period", "spring")
        sent = office.run(*given, "--by", "张三", "--sign", str(key) + ".pub", env=agent)
        assert sent.code == 0, sent.err
    finally:
        os.kill(int(agent["SSH_AGENT_PID"]), 15)
    assert office.reasons() == []
    secrets = [line.encode() for line in key.read_text(encoding="utf-8").splitlines() if "-----" not in line]
    home = Path(os.environ["HOME"])
    for path in (*office.root.rglob("*"), *home.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            assert b"geheim-7" not in data, path
            assert not any(secret in data for secret in secrets), path
    assert not any(secret.decode() in sent.out + sent.err for secret in secrets)


def test_windows_keeps_ssh_keygen_in_places_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "Program Files" / "Git" / "usr" / "bin" / "ssh-keygen.exe"
    own.parent.mkdir(parents=True)
    own.touch()
    known = {"SystemRoot": str(tmp_path / "Windows"), "ProgramFiles": str(tmp_path / "Program Files"), "PATH": ""}
    assert signing.program(known, "win32") == str(own)
    better = tmp_path / "Windows" / "System32" / "OpenSSH" / "ssh-keygen.exe"
    better.parent.mkdir(parents=True)
    better.touch()
    assert signing.program(known, "win32") == str(better)
    with pytest.raises(signing.NoSigningError):
        signing.program({"PATH": str(tmp_path)}, "linux")
