"""A campaign in git, and clones of it in which people edit ledgers."""

from __future__ import annotations

import subprocess
from pathlib import Path

from hazardctl.merging import gitsetup
from office import SOUND, campaign, ledger


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "-A")
    done = git(folder, "commit", "-q", "--no-verify", "-m", message)
    assert done.returncode == 0, done.stdout + done.stderr


def origin(folder: Path, data: bytes | None = None) -> Path:
    """Make a campaign in git, with drivers."""
    campaign(folder, {"units/a/ledger.csv": data or ledger(SOUND).encode()})
    git(folder, "init", "-q", "-b", "main")
    setup(folder)
    commit(folder, "base")
    return folder


def setup(folder: Path) -> None:
    for step in gitsetup.steps(folder, hook=False):
        gitsetup.apply(folder, step)


def clone(folder: Path, to: Path) -> Path:
    done = git(folder.parent, "clone", "-q", str(folder), str(to))
    assert done.returncode == 0, done.stderr
    setup(to)
    return to


def write(folder: Path, data: bytes, unit: str = "a") -> None:
    (folder / "units" / unit / "ledger.csv").write_bytes(data)


def pull(folder: Path) -> subprocess.CompletedProcess[str]:
    return git(folder, "pull", "-q", "--no-rebase", "--no-edit")
