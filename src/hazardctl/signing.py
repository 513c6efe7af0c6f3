"""Sign what is handed in, and tell who signed it: a manifest of files, with the keys offices have for ssh.

A manifest is canonical JSON: whose return it is, its number, what the return says, the journals' heads, and for each
file its hash as it is and with its line ends set to LF. So a file that a mail program or git only converted is told
apart from another. Private keys are only ever named to ssh-keygen, which reads them itself or asks an agent.
"""

from __future__ import annotations

import fnmatch
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import Any, Literal

from hazardctl import i18n
from hazardctl.errors import FileFault, HazardError
from hazardctl.files import store
from hazardctl.formats.encoding import UndecodableError, decode
from hazardctl.records import immutable

NAMESPACE = "hazardctl"
VERSION = 1
_PATIENCE = 60  # seconds; a key on a token may have to be touched

Reason = Literal["unreadable", "altered", "signer", "campaign", "unit", "period", "replay", "said",
                 "manifest_line_ends", "line_ends", "swapped", "missing", "changed_since", "journal", "unsigned",
                 "unknown_signers", "no_program"]  # fmt: skip
HARMLESS = frozenset({"manifest_line_ends", "line_ends", "changed_since"})
"""These are told and stand in nobody's way: what was signed is whole."""


class NoSigningError(HazardError):
    """ssh-keygen is not there, or too old."""

    key = "signing.no_program"


class NotSignedError(FileFault):
    """ssh-keygen did not sign. Values: `path` (the key), `cause`."""

    key = "signing.refused"


@immutable
class Manifest:
    """What is signed; `serial` grows with each return for a period, so that an old one cannot be handed in again."""

    campaign: str
    unit: str
    period: str
    serial: int
    files: Mapping[str, tuple[str, str]]  # path → hash, hash with LF
    heads: Mapping[str, tuple[int, str]] = field(default_factory=dict)  # writer → number, hash
    said: Mapping[str, str] = field(default_factory=dict)  # what the return says: state, rows, by, …


@immutable
class Trouble:
    """One reason not to take a return as it is; `about` is a file, or who signed, or what it says instead."""

    reason: Reason
    about: str = ""

    def message(self) -> str:
        """Say it, in the language in force."""
        return i18n.t(f"signing.{self.reason}", about=self.about)

    @property
    def harmless(self) -> bool:
        """Tell whether what was signed is whole all the same."""
        return self.reason in HARMLESS


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
        "said": dict(manifest.said),
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
        said = {str(key): str(value) for key, value in told["said"].items()}
        return Manifest(campaign, unit, period, int(told["serial"]), files, heads, said)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def sign(manifest: bytes, key: Path, *, ask: bool = False) -> bytes:
    """Sign a manifest with a private key, or the public half of one an agent holds; gives the signature.

    A key with a passphrase is used through the agent; only where `ask` says that a person sits there may ssh-keygen ask
    for the passphrase, on the terminal. Errors: NoSigningError, NotSignedError.
    """
    done = _run("-Y", "sign", "-q", "-f", str(key), "-n", NAMESPACE, given=manifest, ask=ask)
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
    campaign: str = "",
) -> list[Trouble]:
    """Tell everything that speaks against a return; nothing where it is whole and signed by `signer`.

    `allowed` is an allowed_signers file of ssh; `files` are the files as they are now, by the paths in the manifest;
    `after` is the number of the last return before it. Errors: NoSigningError.
    """
    with _as_made(signature) as made, _as_listed(allowed) as names:
        whole, troubles = _unconverted(manifest, made, converted=made != signature)
        troubles += _signed(whole, made, names, signer)
    told = read(whole)
    if told is None:
        return [*troubles, Trouble("unreadable")]
    if campaign and told.campaign != campaign:
        troubles.append(Trouble("campaign", told.campaign))
    if unit and told.unit != unit:
        troubles.append(Trouble("unit", told.unit))
    if period and told.period != period:
        troubles.append(Trouble("period", told.period))
    if told.serial <= after:
        troubles.append(Trouble("replay", str(told.serial)))
    return troubles + _compared(told.files, files)


@contextmanager
def _as_made(signature: Path) -> Iterator[Path]:
    """Give a signature with the line ends ssh-keygen made, the only ones it reads: a copy where they were converted."""
    data = store.read(signature).data or b""
    if b"\r" not in data:
        yield signature
        return
    with tempfile.TemporaryDirectory(prefix="hazardctl-") as folder:
        copy = Path(folder, "signature")
        copy.write_bytes(data.replace(b"\r\n", b"\n"))
        yield copy


@contextmanager
def _as_listed(allowed: Path) -> Iterator[Path]:
    """Give an allowed_signers file as ssh-keygen reads it: a copy where an editor has put a BOM before it."""
    data = store.read(allowed).data
    plain = None if data is None else _names(data).encode("utf-8", "surrogateescape")
    if plain is None or plain == data:
        yield allowed
        return
    with tempfile.TemporaryDirectory(prefix="hazardctl-") as folder:
        copy = Path(folder, "allowed_signers")
        copy.write_bytes(plain)
        yield copy


def _names(allowed: bytes) -> str:
    """Read an allowed_signers file in whatever encoding an editor has saved it."""
    try:
        text, _ = decode(allowed)
    except UndecodableError:
        text = allowed.decode("utf-8", "surrogateescape")
    return text.replace("\r\n", "\n")


def _unconverted(manifest: bytes, signature: Path, *, converted: bool) -> tuple[bytes, list[Trouble]]:
    """Undo a conversion of the manifest's own line ends where that is all that keeps its signature from holding."""
    plain = manifest.replace(b"\r\n", b"\n")
    if plain != manifest and not _holds(manifest, signature) and _holds(plain, signature):
        return plain, [Trouble("manifest_line_ends")]
    return manifest, [Trouble("manifest_line_ends")] if converted else []


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


def listed(allowed: bytes, signer: str) -> bool:
    """Tell whether an allowed_signers file names keys for somebody: then a return without a signature is no return."""
    for line in _names(allowed).splitlines():
        names = line.strip().split(" ", 1)[0].strip('"')
        if not names or names.startswith("#"):
            continue
        patterns = names.split(",")
        refused = any(one.startswith("!") and fnmatch.fnmatchcase(signer, one[1:]) for one in patterns)
        if not refused and any(fnmatch.fnmatchcase(signer, one) for one in patterns if not one.startswith("!")):
            return True
    return False


def program(environment: Mapping[str, str] | None = None, system: str = sys.platform) -> str:
    """Find ssh-keygen; on Windows where the system or git keep it, then on the path. Raises NoSigningError."""
    known = os.environ if environment is None else environment
    for place in _places(known) if system == "win32" else ():
        if place.is_file():
            return str(place)
    found = shutil.which("ssh-keygen", path=known.get("PATH"))
    if found is None or (system == "win32" and Path(found).resolve().parent == Path.cwd()):
        raise NoSigningError  # Windows finds programs in the current folder, which here is one that everybody writes to
    return found


def _places(known: Mapping[str, str]) -> list[Path]:
    windows = known.get("SystemRoot", known.get("SYSTEMROOT", r"C:\Windows"))
    # A 32-bit Python is shown another System32; the real one is called Sysnative there.
    places = [Path(windows, folder, "OpenSSH", "ssh-keygen.exe") for folder in ("Sysnative", "System32")]
    for name in ("ProgramFiles", "PROGRAMFILES", "ProgramW6432", "PROGRAMW6432"):
        if top := known.get(name):
            places += [Path(top, "OpenSSH", "ssh-keygen.exe"), Path(top, "Git", "usr", "bin", "ssh-keygen.exe")]
    return places


def _run(*words: str, given: bytes, ask: bool = False) -> subprocess.CompletedProcess[bytes]:
    command: Sequence[str] = (program(), *words)
    quiet: dict[str, Any] = {}
    if not ask:
        quiet["env"] = {**os.environ, "SSH_ASKPASS_REQUIRE": "never"}
        if sys.platform == "win32":
            quiet["creationflags"] = subprocess.CREATE_NO_WINDOW
        else:
            quiet["start_new_session"] = True  # no terminal to ask for a passphrase on
    try:
        return subprocess.run(command, input=given, capture_output=True, check=False, timeout=_PATIENCE, **quiet)  # noqa: S603 -- words of ours and paths, no shell
    except (FileNotFoundError, PermissionError) as error:
        raise NoSigningError from error
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, b"", b"")


def _last(words: bytes) -> str:
    """Give the last line a program said."""
    return words.decode("utf-8", "replace").strip().rpartition("\n")[2].strip()
