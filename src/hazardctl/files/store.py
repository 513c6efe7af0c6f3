"""Read and write every file of a campaign, so that after any accident it is the whole old or the whole new version.

A version is written beside the file, synced, read back, and put in its place only if the file is still the one that was
read. What was reported as saved survives a power cut on a local disk. On shared drives files are as whole, and locks as
good as the share keeps them; in synced folders no lock exists.

Several files at once: lock the one everybody locks, then write in the order in which an accident does no harm:

    with store.lock(ledger):
        store.append(journal, lines)
        store.write(ledger, data, expected=before)
"""

from __future__ import annotations

import errno
import json
import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hazardctl.errors import ChangedByOthers, HazardError, InUse, OutsideCampaign, ReadOnlyCampaign, said_of
from hazardctl.files import disk
from hazardctl.files.disk import AnyPath, Snapshot
from hazardctl.files.lockfiles import Leftover, Lock, kept, leftovers, odd
from hazardctl.files.locks import confirm, lock

__all__ = [
    "Leftover",
    "Lock",
    "Snapshot",
    "append",
    "inside",
    "kept",
    "leftovers",
    "lock",
    "make_folder",
    "move_into",
    "odd",
    "read",
    "shut",
    "tidy",
    "update",
    "write",
]

_shut: dict[str, str] = {}
_IN_USE = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY}


def read(path: AnyPath) -> Snapshot:
    """Read a whole file, again if it moved meanwhile; needs no lock."""
    with said_of(path):
        return disk.patiently(disk.load, Path(path))


def write(path: AnyPath, data: bytes, *, expected: Snapshot | None) -> Snapshot:
    """Replace a file's contents, durably, if it is still the one in `expected`; None replaces whatever is there.

    Takes the file's lock while it writes, unless it is held already. Errors: Locked, LockLost, ChangedByOthers,
    DiskFull, NotAllowed, SystemRefused: the old file stands. InUse: it stands, the new version is kept beside it.
    NotConfirmed: the new version stands.
    """
    target = _target(path)
    with lock(target) as held, said_of(target):
        before = expected or disk.load(target)
        written = _write_beside(target, data, held)
        try:
            _put_in_place(target, before, held)
        finally:
            with suppress(OSError):
                os.unlink(held.temporary)  # gone already where all went well
        disk.confirm_name(target)
        return replace(written, path=target)


def update(path: AnyPath, change: Callable[[Snapshot], bytes | None], *, break_lock: bool = False) -> Snapshot:
    """Read a file, change it and write it under one lock; None or the same bytes from `change` leave it alone."""
    target = _target(path)
    with lock(target, break_lock=break_lock):
        before = read(target)
        data = change(before)
        return before if data is None or data == before.data else write(target, data, expected=before)


def append(path: AnyPath, data: bytes) -> bytes:
    """Add whole lines to a file, durably; it is created if need be.

    Gives the torn last line that an accident had left there, empty as a rule: it is cut off and kept in
    `NAME.torn-HOST-TIME`. Errors as for `write`; after ChangedByOthers the lines went with the file they were added to.
    """
    if not data.endswith(b"\n"):
        message = "whole lines only"
        raise ValueError(message)
    target = _target(path)
    with lock(target) as held, said_of(target):
        descriptor, is_new = disk.open_to_append(target)
        try:
            torn, line_end = _settle_last_line(descriptor, target, held)
            _add(descriptor, line_end + data, target, held)
        finally:
            with suppress(OSError):
                os.close(descriptor)  # synced and read back: closing adds nothing that could fail
        if is_new:
            disk.confirm_name(target)
        return torn


def make_folder(path: AnyPath) -> Path:
    """Make a folder and those above it, durably; one that is there already is left alone."""
    folder = Path(path)
    _refuse_if_shut(folder)
    with said_of(folder):
        if not _is_folder(folder):
            if folder.parent != folder:
                make_folder(folder.parent)
            with suppress(FileExistsError):
                os.mkdir(folder)
            if not _is_folder(folder):
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
            disk.confirm_name(folder)
    return folder


def move_into(path: AnyPath, folder: AnyPath, *, expected: Snapshot | None = None) -> Path:
    """Move a file into a folder under its own name, or a numbered one if that is taken; raises ChangedByOthers."""
    source, goal = Path(path), make_folder(folder)
    with lock(goal), lock(source), said_of(source):
        if expected and disk.load(source).sha256 != expected.sha256:
            raise ChangedByOthers(path=str(source))
        moved = disk.free(goal, source.stem, source.suffix)
        disk.patiently(disk.move, str(source), str(moved))
        disk.confirm_name(moved)
        disk.confirm_name(source)
        return moved


def inside(root: AnyPath, path: AnyPath) -> Path:
    """Give a path below the campaign's root with all links followed; raises OutsideCampaign if it leads elsewhere."""
    try:
        below = Path(os.path.realpath(path)).relative_to(os.path.realpath(root))
    except (ValueError, OSError) as error:
        raise OutsideCampaign(path=os.fspath(path), root=os.fspath(root)) from error
    return Path(root) / below


def shut(root: AnyPath, place: str) -> None:
    """Refuse from now on to change anything below a folder: it is a copy of what is kept at a place."""
    _shut[os.fspath(root)] = place


def tidy(folder: AnyPath) -> None:
    """Clear away what crashed runs left in a folder, as whoever takes a lock in it does; never in the way of others."""
    with suppress(HazardError, OSError):
        _refuse_if_shut(Path(folder))
        if odd(os.listdir(folder)):
            with lock(folder, wait=0.0):
                pass


def _refuse_if_shut(path: Path) -> None:
    for root, place in _shut.items():
        if path.is_relative_to(root):
            raise ReadOnlyCampaign(path=str(path), place=place)


def _target(path: AnyPath) -> Path:
    """Follow a link, so that the file behind it is replaced and not the link; make the folder if need be."""
    target = Path(path)
    _refuse_if_shut(target)
    with said_of(target):
        status = disk.status(target)
        if status and stat.S_ISLNK(status.st_mode):
            target = Path(os.path.realpath(target))
            status = disk.status(target)
        if not status:
            make_folder(target.parent)
    return target


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)
    except FileNotFoundError:
        return False


def _write_beside(target: Path, data: bytes, held: Lock) -> Snapshot:
    """Write a version to the lock's temporary file, synced and closed; read it back, for a write can be cut unsaid."""
    descriptor = disk.create(held.temporary, like=_replaceable(target))
    try:
        try:
            disk.write_all(descriptor, data)
            disk.sync(descriptor)
        finally:
            os.close(descriptor)
        written = disk.load(Path(held.temporary))
        _same(written.data, data, held.temporary)
    except BaseException:
        with suppress(OSError):
            os.unlink(held.temporary)
        raise
    return written


def _replaceable(target: Path) -> os.stat_result | None:
    """Give the status of the file to replace, None where there is none; a file marked read-only is left alone."""
    try:
        status = disk.regular(os.stat(target), target)
    except FileNotFoundError:
        return None
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    return status


def _put_in_place(target: Path, before: Snapshot, held: Lock) -> None:
    """Replace the target if it is still the one that was read; wait a while for a program that keeps it open."""
    deadline, pause = time.monotonic() + disk.PATIENCE, 0.01
    while True:
        try:
            if disk.load(target).sha256 != before.sha256:
                raise ChangedByOthers(path=str(target))
            confirm(held)
            disk.move(held.temporary, str(target))
        except OSError as error:
            if error.errno not in _IN_USE:
                raise
            if time.monotonic() > deadline:
                pending = disk.set_aside(held.temporary, target, "pending")
                raise InUse(path=str(target), pending=str(pending)) from error
        else:
            return
        time.sleep(pause)
        pause = min(pause * 2, 0.25)


def _settle_last_line(descriptor: int, target: Path, held: Lock) -> tuple[bytes, bytes]:
    """Make a file end in whole lines; gives what was cut off, and the line end that a whole last line lacks."""
    size = os.fstat(descriptor).st_size
    tail = _last_line(descriptor, size)
    if not tail:
        return b"", b""
    with suppress(ValueError):
        if isinstance(json.loads(tail), dict):  # saved by an editor that sets no line end at the end of a file
            return b"", b"\n"
    confirm(held)
    _write_beside(target, tail, held)
    disk.set_aside(held.temporary, target, "torn")
    os.ftruncate(descriptor, size - len(tail))
    disk.sync(descriptor)
    return tail, b""


def _last_line(descriptor: int, size: int) -> bytes:
    """Give what follows the last line end."""
    tail = b""
    while size:
        step = min(size, 4096)
        size -= step
        os.lseek(descriptor, size, os.SEEK_SET)
        _, line_end, after = os.read(descriptor, step).rpartition(b"\n")
        tail = after + tail
        if line_end:
            break
    return tail


def _add(descriptor: int, data: bytes, target: Path, held: Lock) -> None:
    size = os.fstat(descriptor).st_size
    confirm(held)
    try:
        disk.write_all(descriptor, data)
        disk.sync(descriptor)
        _same(_from(descriptor, size), data, target)
        _still_there(descriptor, target)
    except BaseException:
        with suppress(OSError):
            if data.startswith(_from(descriptor, size)):  # ours alone: nobody else's lines are cut off with them
                os.ftruncate(descriptor, size)
        raise


def _still_there(descriptor: int, target: Path) -> None:
    """Make sure the lines went into the file of that name, and not into one that was replaced meanwhile."""
    if not os.path.samestat(os.fstat(descriptor), os.stat(target)):
        raise ChangedByOthers(path=str(target))


def _same(found: bytes | None, meant: bytes, path: AnyPath) -> None:
    if found != meant:
        raise OSError(errno.EIO, os.strerror(errno.EIO), os.fspath(path))


def _from(descriptor: int, start: int) -> bytes:
    os.lseek(descriptor, start, os.SEEK_SET)
    return disk.read_rest(descriptor)
