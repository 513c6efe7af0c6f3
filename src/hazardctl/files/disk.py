"""What the store needs of the operating system, each with its other half: whole reads, whole writes, syncs, renames.

Only `store` calls these; everything else reads and writes through `store`.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from hazardctl.errors import KeepsChanging, NotAFile, NotConfirmed
from hazardctl.files import processes
from hazardctl.records import immutable

AnyPath = str | os.PathLike[str]
Result = TypeVar("Result")

PATIENCE = 2.5  # seconds to wait for a program that keeps a file open
_WINDOWS = sys.platform == "win32"
_NO_SUCH_SYNC = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOTTY}
# A pipe must not hang the reader, and a terminal must not become ours.
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_WRITE = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_READ_TRIES = 25
_BLOCK = 1 << 20


@immutable
class Snapshot:
    """A file as it was at one moment; `data` is None and `sha256` empty where there was none."""

    path: Path
    data: bytes | None
    sha256: str
    mtime_ns: int
    size: int


def load(path: Path) -> Snapshot:
    """Read a whole file, again if it moved meanwhile."""
    last: bytes | None = None
    for attempt in range(_READ_TRIES):
        try:
            descriptor = os.open(path, _READ)
        except FileNotFoundError:
            return Snapshot(path, None, "", 0, 0)
        try:
            before = regular(os.fstat(descriptor), path)
            data = read_rest(descriptor)
        finally:
            os.close(descriptor)
        with suppress(FileNotFoundError):
            after = os.stat(path)
            # The same bytes twice are as good: some shares number their files anew each time they are asked.
            if (_marks(before) == _marks(after) and len(data) == after.st_size) or data == last:
                return Snapshot(path, data, hashlib.sha256(data).hexdigest(), after.st_mtime_ns, after.st_size)
        last = data
        time.sleep(0.001 * attempt)
    raise KeepsChanging(path=str(path))


def regular(status: os.stat_result, path: Path) -> os.stat_result:
    """Refuse folders, devices and pipes: replacing one of those would be a disaster of its own."""
    if not stat.S_ISREG(status.st_mode):
        raise NotAFile(path=str(path))
    return status


def status(path: str | Path) -> os.stat_result | None:
    """Give the status of what is there, a link itself included; None where nothing is."""
    try:
        return os.lstat(path)
    except FileNotFoundError:
        return None


def create(path: str | Path, like: os.stat_result | None) -> int:
    """Create a file that must not be there yet, with the rights of another one if given."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _WRITE, 0o600 if like else 0o666)
    try:
        if like:
            _keep_rights(descriptor, like)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def open_to_append(path: Path) -> tuple[int, bool]:
    """Open a file for reading and appending; tells whether it had to be created."""
    flags = os.O_RDWR | os.O_APPEND | _WRITE | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor, is_new = os.open(path, flags), False
    except FileNotFoundError:
        descriptor, is_new = os.open(path, flags | os.O_CREAT | os.O_EXCL, 0o666), True
    try:
        regular(os.fstat(descriptor), path)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor, is_new


def read_rest(descriptor: int) -> bytes:
    """Read from where the descriptor stands to the end."""
    blocks = []
    while block := os.read(descriptor, _BLOCK):
        blocks.append(block)
    return b"".join(blocks)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all bytes, however few the system takes at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest[:_BLOCK]) :]


def sync(descriptor: int) -> None:
    """Bring a file's contents to the disk; a failure is final, for the system may have dropped what it held."""
    if sys.platform == "darwin":  # there fsync stops at the drive's own memory
        import fcntl

        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in _NO_SUCH_SYNC:
                raise
        else:
            return
    os.fsync(descriptor)


def confirm_name(path: Path) -> None:
    """Bring the name of a file or folder to the disk, new or moved; raises NotConfirmed."""
    if sys.platform != "win32":  # there `move` writes through, and a folder cannot be synced apart
        try:
            descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
                os.stat(path.parent)  # XFS calls a folder synced even if the disk went away meanwhile; here it says so
            finally:
                os.close(descriptor)
        except OSError as error:
            if error.errno not in _NO_SUCH_SYNC:  # some shares have no such call; none of them promises it either
                cause = errno.errorcode.get(error.errno or 0, str(error.errno))
                raise NotConfirmed(path=str(path), cause=cause) from error


def patiently(call: Callable[..., Result], *paths: AnyPath) -> Result:
    """Repeat a call while Windows refuses it because somebody is looking; elsewhere a refusal is final."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return call(*paths)
        except PermissionError:
            if not _WINDOWS or time.monotonic() > deadline:
                raise
        time.sleep(0.02)


def move(source: str, target: str) -> None:
    """Rename over whatever is there, at one stroke."""
    if sys.platform == "win32":
        import ctypes

        replace_existing, write_through = 0x1, 0x8
        if not ctypes.WinDLL("kernel32", use_last_error=True).MoveFileExW(
            ctypes.c_wchar_p(source), ctypes.c_wchar_p(target), replace_existing | write_through
        ):
            raise ctypes.WinError(ctypes.get_last_error())
    else:
        os.replace(source, target)


def set_aside(source: str, target: Path, kind: str) -> Path:
    """Keep a file beside the target as `NAME.KIND-HOST-TIME`, under a name that nothing removes."""
    host = "".join(letter if letter.isalnum() else "-" for letter in processes.host_name())[:32]
    name = target.name if len(os.fsencode(target.name)) <= 120 else target.name[:30]
    aside = free(target.parent, f"{name}.{kind}-{host}-{time.strftime('%Y%m%dT%H%M%S')}")
    move(source, str(aside))
    confirm_name(aside)
    return aside


def free(folder: Path, stem: str, suffix: str = "") -> Path:
    """Find a name that is not taken: the one wanted, else one with a number."""
    name, number = folder / f"{stem}{suffix}", 1
    while status(name):
        number += 1
        name = folder / f"{stem}-{number}{suffix}"
    return name


def _keep_rights(descriptor: int, like: os.stat_result) -> None:
    if sys.platform != "win32":  # there rights come from the folder
        new = os.fstat(descriptor)
        if (new.st_uid, new.st_gid) != (like.st_uid, like.st_gid):
            with suppress(PermissionError):  # a colleague's file becomes ours: only its group can be kept, if at all
                os.fchown(descriptor, -1 if os.geteuid() else like.st_uid, like.st_gid)
        if stat.S_IMODE(os.fstat(descriptor).st_mode) != stat.S_IMODE(like.st_mode):
            os.fchmod(descriptor, stat.S_IMODE(like.st_mode))


def _marks(at: os.stat_result) -> tuple[int, int, int]:
    return at.st_ino, at.st_mtime_ns, at.st_size
