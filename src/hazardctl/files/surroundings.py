"""Tell what kind of place a folder is: a local disk, a shared drive, a synced folder; whether git looks after it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

Kind = Literal["local", "share", "sync", "webdav"]
_SHARES = {"cifs", "smb3", "smbfs", "nfs", "nfs4", "afpfs", "fuse.sshfs", "9p", "fuse.vmhgfs-fuse", "fuse.smbnetfs"}
_WEBDAV = {"davfs", "fuse.davfs2", "webdav", "fuse.rclone"}
_SYNC_NAMES = (
    "dropbox", "onedrive", "nutstore", "坚果云", "nextcloud", "owncloud", "seafile", "synologydrive", "icloud",
    "mobile documents", "wps云盘", "wpsdrive", "百度网盘", "baidusync", "google drive", "googledrive", "resilio sync",
)  # fmt: skip
_SYNC_MARKS = (
    ".stfolder", ".stignore", ".dropbox", ".dropbox.cache", ".sync", ".nextcloudsync.log", ".owncloudsync.log",
    ".csync_journal.db", ".seafile-data",
)  # fmt: skip


def kind_of(folder: Path, mounts: str | None = None) -> Kind:
    """Tell what kind of place a folder is, by its own marks, its path and what it is mounted from."""
    if sync_root(folder):
        return "sync"
    system = _file_system(folder.resolve(), _mounts() if mounts is None else mounts)
    if system in _WEBDAV:
        return "webdav"
    return "share" if system in _SHARES or _is_windows_share(folder) else "local"


def sync_root(folder: Path) -> Path | None:
    """Give the synced folder that holds a folder, or is it."""
    here = folder.resolve()
    for place in (here, *here.parents):
        name = place.name.casefold()
        if any((place / mark).exists() for mark in _SYNC_MARKS) or any(name.startswith(word) for word in _SYNC_NAMES):
            return place
    return None


def repository(folder: Path) -> Path | None:
    """Give the top of the git repository that a folder lies in."""
    here = folder.resolve()
    return next((place for place in (here, *here.parents) if (place / ".git").exists()), None)


def ignores_case(folder: Path) -> bool:
    """Tell whether a drive takes a.csv and A.csv for one file; `folder` holds campaign.yaml."""
    return (folder / "CAMPAIGN.YAML").exists()


def _mounts() -> str:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _file_system(folder: Path, mounts: str) -> str:
    """Give the type of the file system of the longest mount point above a folder."""
    best, system = -1, ""
    for line in mounts.splitlines():
        words = line.split(" ")
        if len(words) > 2:
            point = Path(words[1].replace("\\040", " "))
            if folder.is_relative_to(point) and len(point.parts) >= best:
                best, system = len(point.parts), words[2]
    return system


def _is_windows_share(folder: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        drive = folder.resolve().drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == 4
    return False
