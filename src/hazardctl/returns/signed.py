"""Signed returns (签名报送): what a unit signs when it reports, and whether that still stands.

units/<id>/signed/<period>-<number>.json        the manifest of one return
units/<id>/signed/<period>-<number>.json.sig    its signature, made by ssh-keygen
allowed_signers     beside campaign.yaml or in a unit's folder: whose keys count for the units below it, in ssh's form;
                    the nearest superior's counts. A key's principal is the id of the unit it signs for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from hazardctl import i18n, signing
from hazardctl.errors import ChangedByOthers
from hazardctl.files import store
from hazardctl.journals import journal
from hazardctl.journals.chain import Head
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.returns.returned import Return
from hazardctl.signing import Manifest, Trouble

FOLDER = "signed"
ALLOWED = "allowed_signers"
State = Literal["good", "bad", "unsigned", "unknown"]


@immutable
class Verdict:
    """What is to be said of one return's signature; `unsigned` only where nobody expects one."""

    sent: Return
    state: State
    troubles: tuple[Trouble, ...] = ()

    @property
    def grave(self) -> tuple[Trouble, ...]:
        """Give what stands against the return."""
        return tuple(one for one in self.troubles if not one.harmless)


def paths(opened: Opened, sent: Return) -> tuple[Path, Path]:
    """Name the manifest of a return, and its signature."""
    manifest = opened.workspace.unit(sent.unit) / FOLDER / f"{sent.period}-{sent.number}.json"
    return manifest, manifest.with_name(f"{manifest.name}.sig")


def allowed_file(opened: Opened, unit: str) -> Path | None:
    """Find whose keys count for a unit: the list of its nearest superior that has one, else the bureau's."""
    workspace = opened.workspace
    places = [workspace.unit(each) for each in opened.units.above(unit) if each != unit]
    for folder in (*places, workspace.root):
        path = folder / ALLOWED
        if path.is_file():
            return path
    return None


def sign(opened: Opened, sent: Return, key: Path, *, ask: bool = False) -> tuple[str, ...]:
    """Sign a return as it is about to be sent; gives the names of the two files that say so.

    Errors: NoSigningError, NotSignedError, ChangedByOthers where the files are not those of the return any more, those
    of the store.
    """
    files = _files(opened, sent.unit)
    for path, data in files.items():
        wanted = sent.figures if path.endswith("/figures.csv") else sent.sha256
        if data is not None and hashlib.sha256(data).hexdigest() != wanted:
            raise ChangedByOthers(path=path)
    heads = {name: (at.seq, at.hash) for name, at in journal.head(opened.workspace.unit(sent.unit)).items()}
    hashes = {path: signing.hashes(data) for path, data in files.items() if data is not None}
    told = Manifest(_campaign(opened), sent.unit, sent.period, sent.number, hashes, heads, _said(sent))
    manifest = signing.written(told)
    signature = signing.sign(manifest, key, ask=ask)
    places = paths(opened, sent)
    store.make_folder(places[0].parent)
    for place, content in zip(places, (manifest, signature), strict=True):
        store.write(store.inside(opened.workspace.root, place), content, expected=None)
    return tuple(opened.workspace.name(path) for path in places)


def verify(opened: Opened, sent: Return, allowed: Path | None = None) -> Verdict:
    """Tell whether a return is signed by its unit and is what was signed; `allowed` instead of the superior's list.

    A machine without ssh-keygen is a trouble of its own.
    """
    manifest_file, signature = paths(opened, sent)
    known = allowed or allowed_file(opened, sent.unit)
    expected = bool(known and signing.listed(store.read(known).data or b"", sent.unit))
    data = store.read(manifest_file).data
    if data is None or not signature.is_file():
        if sent.signed:
            gone = manifest_file if data is None else signature
            return Verdict(sent, "bad", (Trouble("missing", opened.workspace.name(gone)),))
        return Verdict(sent, "bad", (Trouble("unsigned"),)) if expected else Verdict(sent, "unsigned")
    if known is None:
        return Verdict(sent, "unknown", (Trouble("unknown_signers"),))
    try:
        troubles = signing.verify(
            data, signature, known, signer=sent.unit, files=_files(opened, sent.unit), unit=sent.unit,
            period=sent.period, after=sent.number - 1, campaign=_campaign(opened),
        )  # fmt: skip
    except signing.NoSigningError:
        return Verdict(sent, "unknown", (Trouble("no_program"),))
    told = signing.read(data.replace(b"\r\n", b"\n"))
    if told is not None:
        troubles = [*_explained(opened, sent, told, troubles), *_beside(opened, sent, told)]
    grave = any(not one.harmless for one in troubles)
    return Verdict(sent, "bad" if grave else "good", tuple(troubles))


def _beside(opened: Opened, sent: Return, told: Manifest) -> Iterator[Trouble]:
    """Hold what was signed against what returns.yaml and the journals say."""
    said = _said(sent)
    if (told.unit, told.period, told.serial) == (sent.unit, sent.period, sent.number):
        differ = [key for key in {**told.said, **said} if told.said.get(key, "") != said.get(key, "")]
        if differ:
            yield Trouble("said", i18n.join(differ))
    elif told.serial > sent.number:
        yield Trouble("replay", str(told.serial))
    for writer in _rewritten(opened, sent.unit, told):
        yield Trouble("journal", writer)


def _rewritten(opened: Opened, unit: str, told: Manifest) -> list[str]:
    heads = {writer: Head(*at) for writer, at in told.heads.items()}
    broken, _ = journal.verify(opened.workspace.unit(unit), heads)
    return [writer for writer, breaks in broken.items() if any(one.reason not in ("torn", "forked") for one in breaks)]


def _explained(opened: Opened, sent: Return, told: Manifest, troubles: Sequence[Trouble]) -> Iterator[Trouble]:
    """Tell a file that went on after it was signed, change by change in the journal, from one that was swapped.

    What was signed is still known then: the manifest holds the heads of the journals, and they hold every change.
    """
    sound = told.unit == sent.unit and not _rewritten(opened, sent.unit, told)
    lines = journal.read(opened.workspace.unit(sent.unit)) if sound else []
    for one in troubles:
        if one.reason == "swapped" and lines:
            was = told.files.get(one.about, ("", ""))[0]
            now = _files(opened, sent.unit).get(one.about)
            figures = one.about.endswith("/figures.csv")
            versions = [line.figures if figures else line.ledger for line in lines]
            if now is not None and was in versions and versions[-1] == hashlib.sha256(now).hexdigest():
                yield Trouble("changed_since", one.about)
                continue
        yield one


def _files(opened: Opened, unit: str) -> Mapping[str, bytes | None]:
    """Give the files a return speaks for, by the names a manifest has for them."""
    workspace = opened.workspace
    there = [*workspace.ledgers(unit)[:1], workspace.unit(unit) / "figures.csv"]
    found = {workspace.name(path): store.read(path).data for path in there}
    return {name: data for name, data in found.items() if data is not None}


def _said(sent: Return) -> dict[str, str]:
    """Give what a return says that nobody may change afterwards."""
    told = {
        "state": sent.state, "rows": sent.rows, "sha256": sent.sha256, "figures": sent.figures, "by": sent.by,
        "at": sent.at, "supersedes": sent.supersedes, "reason": sent.reason, "override": sent.override,
        **{f"answer {one.code} {one.entry}": one.reason for one in sent.answers},
    }  # fmt: skip
    return {key: str(value) for key, value in told.items() if value not in ("", None)}


def _campaign(opened: Opened) -> str:
    """Name a campaign the same in every language."""
    name = opened.campaign.name
    whole = name if isinstance(name, str) else " / ".join(name[language] for language in sorted(name))
    return f"{whole} ({opened.campaign.checklist})"
