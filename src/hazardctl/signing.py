"""Sign what is handed in, and tell who signed it: a manifest of files, with the keys offices have for ssh.

A manifest is canonical JSON: whose return it is, its number, the journals' heads, and for each file its hash as it is
and with its line ends set to LF. So a file that a mail program or git only converted is told apart from another.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from hazardctl import i18n
from hazardctl.errors import FileFault, HazardError

NAMESPACE = "hazardctl"
VERSION = 1
_PATIENCE = 60  # seconds; a key on a token may have to be touched

Reason = Literal["unreadable", "altered", "signer", "unit", "period", "replay", "manifest_line_ends",
                 "line_ends", "swapped", "missing"]  # fmt: skip


class NoSigningError(HazardError):
    """ssh-keygen is not there, or too old."""

    key = "signing.no_program"


class NotSignedError(FileFault):
    """ssh-keygen did not sign. Values: `path` (the key), `cause`."""

    key = "signing.refused"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is signed; `serial` grows with each return of a unit, so that an old one cannot be handed in again."""

    campaign: str
    unit: str
    period: str
    serial: int
    files: Mapping[str, tuple[str, str]]  # path → hash, hash with LF
    heads: Mapping[str, tuple[int, str]] = field(default_factory=dict)  # writer → number, hash


@dataclass(frozen=True, slots=True)
class Trouble:
    """One reason not to take a return as it is; `about` is a file, or who signed, or what it says instead."""

    reason: Reason
    about: str = ""

    def message(self) -> str:
        """Say it, in the language in force."""
        return i18n.t(f"signing.{self.reason}", about=self.about)


def hashes(data: bytes) -> tuple[str, str]:
    """Give a file's hash as it is, and as it would be with LF line ends."""
    plain = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return hashlib.sha256(data).hexdigest(), hashlib.sha256(plain).hexdigest()


def written(manifest: Manifest) -> bytes:
    """Write a manifest, the same bytes for the same contents."""
    told = {
        "version": VERSION,
        "campaign": manifest.campaign,
        "unit": manifest.unit,
        "period": manifest.period,
        "serial": manifest.serial,
        "files": {path: list(pair) for path, pair in manifest.files.items()},
        "heads": {writer: list(pair) for writer, pair in manifest.heads.items()},
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def read(data: bytes) -> Manifest | None:
    """Read a manifest; None where it is none."""
    try:
        told: dict[str, Any] = json.loads(data)
        if told["version"] != VERSION:
            return None
        files = {str(path): (str(one), str(two)) for path, (one, two) in told["files"].items()}
        heads = {str(name): (int(seq), str(digest)) for name, (seq, digest) in told["heads"].items()}
        campaign, unit, period = (str(told[key]) for key in ("campaign", "unit", "period"))
        return Manifest(campaign, unit, period, int(told["serial"]), files, heads)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def sign(manifest: bytes, key: Path) -> bytes:
    """Sign a manifest with a private key, or the public half of one an agent holds; gives the signature.

    Errors: NoSigningError, NotSignedError.
    """
    done = _run("-Y", "sign", "-q", "-f", str(key), "-n", NAMESPACE, given=manifest)
    if done.returncode or b"BEGIN SSH SIGNATURE" not in done.stdout:
        raise NotSignedError(path=str(key), cause=_last(done.stderr))
    return done.stdout


def verify(
    manifest: bytes,
    signature: Path,
    allowed: Path,
    *,
    signer: str,
    files: Mapping[str, bytes | None],
    unit: str = "",
    period: str = "",
    after: int = 0,
) -> list[Trouble]:
    """Tell everything that speaks against a return; nothing where it is whole and signed by `signer`.

    `allowed` is an allowed_signers file of ssh; `files` are the files as they are now, by the paths in the manifest;
    `after` is the number of the last return that was taken. Errors: NoSigningError.
    """
    whole, troubles = _unconverted(manifest, signature)
    troubles += _signed(whole, signature, allowed, signer)
    told = read(whole)
    if told is None:
        return [*troubles, Trouble("unreadable")]
    if unit and told.unit != unit:
        troubles.append(Trouble("unit", told.unit))
    if period and told.period != period:
        troubles.append(Trouble("period", told.period))
    if told.serial <= after:
        troubles.append(Trouble("replay", str(told.serial)))
    return troubles + _compared(told.files, files)


def _unconverted(manifest: bytes, signature: Path) -> tuple[bytes, list[Trouble]]:
    """Undo a conversion of the manifest's own line ends where that is all that keeps its signature from holding."""
    plain = manifest.replace(b"\r\n", b"\n")
    if plain != manifest and not _holds(manifest, signature) and _holds(plain, signature):
        return plain, [Trouble("manifest_line_ends")]
    return manifest, []


def _holds(manifest: bytes, signature: Path) -> bool:
    """Tell whether a signature is one of these very bytes, whoever made it."""
    return not _run("-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(signature), given=manifest).returncode


def _signed(manifest: bytes, signature: Path, allowed: Path, signer: str) -> list[Trouble]:
    asked = ("-f", str(allowed), "-n", NAMESPACE, "-s", str(signature))
    if not _run("-Y", "verify", *asked, "-I", signer, given=manifest).returncode:
        return []
    if not _holds(manifest, signature):
        return [Trouble("altered")]
    found = _run("-Y", "find-principals", "-f", str(allowed), "-s", str(signature), given=manifest)
    names = found.stdout.decode("utf-8", "replace").split() if not found.returncode else []
    return [Trouble("signer", ", ".join(names) or "?")]


def _compared(told: Mapping[str, tuple[str, str]], files: Mapping[str, bytes | None]) -> list[Trouble]:
    troubles = []
    for path, (exact, plain) in sorted(told.items()):
        data = files.get(path)
        if data is None:
            troubles.append(Trouble("missing", path))
            continue
        now = hashes(data)
        if now[0] != exact:
            troubles.append(Trouble("line_ends" if now[1] == plain else "swapped", path))
    return troubles + [Trouble("swapped", path) for path in sorted(files.keys() - told.keys())]


def _run(*words: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
    command: Sequence[str] = ("ssh-keygen", *words)
    try:
        return subprocess.run(command, input=given, capture_output=True, check=False, timeout=_PATIENCE)  # noqa: S603 -- words of ours and paths, no shell
    except FileNotFoundError as error:
        raise NoSigningError from error
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, b"", b"")


def _last(words: bytes) -> str:
    """Give the last line a program said."""
    return words.decode("utf-8", "replace").strip().rpartition("\n")[2].strip()
