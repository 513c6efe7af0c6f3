"""Teach a clone to merge and show a campaign's files: settings, attributes, ignored files, and a hook if wanted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from hazardctl.errors import HazardError
from hazardctl.files import store
from hazardctl.records import immutable

BEGIN, END = "# hazardctl: begin", "# hazardctl: end"
MERGED = (
    "units.csv", "units/*/ledger.csv", "units/*/ledger.yaml", "units/*/figures.csv", "units/*/register.csv",
    *("units/*/journal/*.jsonl", "campaign.yaml", "units/*/returns.yaml", "units/*/accepted.yaml"),
    *("periods/accepted.yaml", "periods/*/exceptions.yaml"),
)  # fmt: skip
SETTING = "git config "
# A conflict file belongs to the clone in which it is filled in, half a ledger to the one in which it was replaced: both
# have the same names everywhere, and one that came from elsewhere would stand in git's way.
IGNORED = (
    *("*.lock.d/", ".~*", "*.pending-*", "~$*", ".DS_Store", "Thumbs.db", "units/*/replaced/"),
    *("*.conflicts.csv", "*.conflicts-*.csv", "*.conflicts.xlsx", "*.conflicts-*.xlsx"),
)  # fmt: skip
HOOK_MARK = "hazardctl.merging.gitdriver"


class NoGitError(HazardError):
    """There is no git program, or the folder is in no repository. Values: `folder`."""

    key = "git.no_repository"


class OtherHookError(HazardError):
    """Somebody else's pre-commit hook is there. Values: `path`, `line`."""

    key = "git.other_hook"


@immutable
class Step:
    """One thing that is to be so; `old` is how it is now, None where it is not there."""

    place: str
    new: str
    old: str | None = None

    @property
    def idle(self) -> bool:
        """Tell whether it is so already."""
        return self.old == self.new


def git(folder: Path, *arguments: str) -> bytes:
    """Ask git; raises NoGitError where it fails."""
    program = shutil.which("git")
    if program is None:
        raise NoGitError(folder=str(folder))
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, check=False)  # noqa: S603 -- git itself
    if done.returncode:
        raise NoGitError(folder=str(folder))
    return done.stdout


def settings() -> dict[str, str]:
    """Give the settings of a clone: how git starts the driver of this very Python."""
    python = f'"{Path(sys.executable).as_posix()}" -m hazardctl.merging.gitdriver'
    return {
        "merge.hazardctl.name": "hazardctl",
        "merge.hazardctl.driver": f"{python} merge %O %A %B %L %P",
        "diff.hazardctl.textconv": f"{python} show",
    }


def steps(root: Path, *, hook: bool) -> list[Step]:
    """Say what is to be set up for a campaign's folder, and what of it is there."""
    folder = Path(os.fsdecode(git(root, "rev-parse", "--absolute-git-dir").rstrip(b"\r\n")))
    found = [Step(f"{SETTING}{name}", value, setting(root, name)) for name, value in settings().items()]
    attributes = "\n".join(
        [
            *(f"{pattern} -text merge=hazardctl diff=hazardctl" for pattern in MERGED),
            "units/*/signed/* -text",  # a signature is one of these very bytes
        ]
    )
    for name, block in ((".gitattributes", attributes), (".gitignore", "\n".join(IGNORED))):
        old = _text(root / name)
        found.append(Step(str(root / name), _with_block(old or "", block), old))
    if hook:
        hooks = setting(root, "core.hooksPath")
        path = (root / hooks if hooks else folder / "hooks") / "pre-commit"
        old = _text(path)
        line = f'exec "{Path(sys.executable).as_posix()}" -m {HOOK_MARK} hook'
        if old is not None and HOOK_MARK not in old:
            raise OtherHookError(path=str(path), line=line.removeprefix("exec "))
        found.append(Step(str(path), f"#!/bin/sh\n{line}\n", old))
    return found


def setting(root: Path, name: str) -> str | None:
    """Give a setting of a clone."""
    try:
        return git(root, "config", "--get", name).decode("utf-8", "replace").rstrip("\r\n")
    except NoGitError:
        return None


def apply(root: Path, step: Step) -> None:
    """Make one thing so."""
    if step.place.startswith(SETTING):
        git(root, "config", "--local", step.place.removeprefix(SETTING), step.new)
        return
    path = Path(step.place)
    store.write(path, step.new.encode(), expected=None)
    if path.name == "pre-commit":
        path.chmod(0o755)


def _text(path: Path) -> str | None:
    data = store.read(path).data
    return None if data is None else data.decode("utf-8", "surrogateescape")


def _with_block(text: str, block: str) -> str:
    """Put our lines between our marks, and leave everything else alone."""
    ours = f"{BEGIN}\n{block}\n{END}\n"
    before, begin, rest = text.partition(f"{BEGIN}\n")
    if begin:
        return before + ours + rest.partition(f"{END}\n")[2]
    return text + ("" if not text or text.endswith("\n") else "\n") + ours
