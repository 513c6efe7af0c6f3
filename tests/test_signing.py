"""Who signed what: a wrong signer, a return handed in again, a swapped file and converted line ends are told apart."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from hazardctl import i18n, signing
from hazardctl.signing import Manifest, Trouble

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not installed")

FILES = {"ledger.csv": b"id,owner\r\nH2,\xe5\xbc\xa0\r\n", "figures.csv": b"period,key,value\n"}
NAMED = Manifest("campaign", "a", "2022-08", 3, {name: signing.hashes(data) for name, data in FILES.items()})


def keys(folder: Path, *names: str) -> Path:
    lines = []
    for name in names:
        made = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name))
        subprocess.run(made, check=True, stdin=subprocess.DEVNULL)
        public = (folder / f"{name}.pub").read_text(encoding="utf-8")
        lines.append(f'{name} namespaces="{signing.NAMESPACE}" {public}')
    allowed = folder / "allowed_signers"
    allowed.write_text("".join(lines), encoding="utf-8")
    return allowed


@pytest.fixture
def signed(tmp_path: Path) -> tuple[bytes, Path, Path]:
    allowed = keys(tmp_path, "a", "b")
    manifest = signing.written(NAMED)
    signature = tmp_path / "return.sig"
    signature.write_bytes(signing.sign(manifest, tmp_path / "a"))
    return manifest, signature, allowed


def test_a_whole_return_signed_by_its_unit_has_nothing_against_it(signed: tuple[bytes, Path, Path]) -> None:
    assert not signing.verify(*signed, signer="a", files=FILES, unit="a", period="2022-08", after=2)
    assert signing.read(signed[0]) == NAMED


def test_each_trouble_is_told_apart(signed: tuple[bytes, Path, Path], tmp_path: Path) -> None:
    manifest, signature, allowed = signed

    def found(data: bytes = manifest, sig: Path = signature, **other: object) -> list[Trouble]:
        asked = {"signer": "a", "files": FILES, **other}
        return signing.verify(data, sig, allowed, **asked)  # type: ignore[arg-type]

    others = tmp_path / "other.sig"
    others.write_bytes(signing.sign(manifest, tmp_path / "b"))
    (tmp_path / "x").mkdir()
    keys(tmp_path / "x", "c")
    strangers = tmp_path / "stranger.sig"
    strangers.write_bytes(signing.sign(manifest, tmp_path / "x" / "c"))
    assert found(sig=others) == [Trouble("signer", "b")]
    assert found(sig=strangers) == [Trouble("signer", "?")]
    assert found(manifest.replace(b'"serial":3', b'"serial":4')) == [Trouble("altered")]
    assert found(after=3) == [Trouble("replay", "3")]
    assert found(unit="b") == [Trouble("unit", "a")]
    assert found(period="2022-09") == [Trouble("period", "2022-08")]
    assert found(files=FILES | {"ledger.csv": FILES["ledger.csv"].replace(b"\r", b"")}) == [
        Trouble("line_ends", "ledger.csv")
    ]
    assert found(files=FILES | {"ledger.csv": b"id\r\n"}) == [Trouble("swapped", "ledger.csv")]
    assert found(files=FILES | {"more.csv": b""}) == [Trouble("swapped", "more.csv")]
    assert found(files={"ledger.csv": FILES["ledger.csv"]}) == [Trouble("missing", "figures.csv")]
    assert found(manifest.replace(b"\n", b"\r\n")) == [Trouble("manifest_line_ends")]
    assert Trouble("unreadable") in found(b"{}")
    for reason in ("altered", "signer", "unit", "period", "replay", "line_ends", "swapped", "missing", "unreadable"):
        assert i18n.has(f"signing.{reason}")
    assert Trouble("swapped", "ledger.csv").message().startswith("ledger.csv")


def test_a_key_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    with pytest.raises(signing.NotSignedError) as caught:
        signing.sign(b"x\n", tmp_path / "none")
    assert "none" in str(caught.value)


def test_a_machine_without_ssh_is_told_what_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(signing.NoSigningError):
        signing.sign(b"x\n", tmp_path / "none")


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"version":1}', b"\xff", b'{"version":1,"files":3}'])
def test_what_is_no_manifest_is_not_read_as_one(data: bytes) -> None:
    assert signing.read(data) is None


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "gb18030"])
def test_an_editor_may_have_saved_the_list_of_keys_in_its_own_way(signed: tuple[bytes, Path, Path], codec: str) -> None:
    manifest, signature, allowed = signed
    lines = allowed.read_text(encoding="utf-8")
    saved = (lines + "# 城关镇\n").replace("\n", "\r\n").encode(codec)
    allowed.write_bytes(saved)
    assert signing.listed(saved, "a")
    assert not signing.listed(saved, "c")
    assert not signing.verify(manifest, signature, allowed, signer="a", files=FILES)
    assert signing.verify(manifest, signature, allowed, signer="b", files=FILES) == [Trouble("signer", "a")]
    assert allowed.read_bytes() == saved
