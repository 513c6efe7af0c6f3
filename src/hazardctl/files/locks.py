"""Locks that hold on local disks and on shared drives: `mkdir NAME.lock.d`, with the holder inside.

The life of a lock on `ledger.csv`, where HOLDER is a name out of `processes`:

    .~ledger.csv.HOLDER.claim        written first: whoever wants the lock can be seen wanting it
    ledger.csv.lock.d/               made by one process alone, then
    ledger.csv.lock.d/HOLDER         the claim, moved in; alone in there: the lock is held
    .~ledger.csv.KEY.gone/           a lock taken over. Its name follows from what was in it, so somebody who judged the
                                     same lock stale and comes late cannot move the new holder's lock away. It stays
                                     until nobody who could have judged so is left waiting.

A folder's lock lies inside it (`.lock.d`). It keeps out whoever locks the folder; files in it have their own locks.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hazardctl.errors import Locked, LockLost, said_of
from hazardctl.files import disk, processes
from hazardctl.files.lockfiles import Lock, clear, look, sweep

_PAUSE_FIRST, _PAUSE_LAST = 0.001, 0.005
_LOOK_EVERY = 8  # tries: most locks are given back before anybody needs to ask who holds them
_TURN = 0.002  # seconds to step back after a contended lock, so that a loop does not starve the others

_held: dict[tuple[int, int, str], Lock] = {}


@contextmanager
def lock(path: str | os.PathLike[str], *, wait: float = 5.0, break_lock: bool = False) -> Iterator[Lock]:
    """Keep every other writer out of a file (there already or not yet) or a folder; hold it again at no cost.

    Waits `wait` seconds, then raises Locked, which says who holds it. `break_lock` takes it over from whoever holds it.
    """
    folder, name = _place(path)
    key = (os.getpid(), threading.get_ident(), os.path.normcase(os.path.join(os.path.realpath(folder), name)))
    if key in _held:
        yield _held[key]
        return
    held = _acquire(folder, name, wait, break_lock=break_lock)
    _held[key] = held
    try:
        yield held
    finally:
        del _held[key]
        _release(held)
        if held.contended:
            time.sleep(_TURN)


def confirm(held: Lock) -> None:
    """Make sure the lock is still ours, and show that its holder is alive; raises LockLost."""
    try:
        os.utime(held.inside)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise LockLost(path=os.path.join(held.folder, held.name)) from error


def _short(name: str) -> str:
    """Cut a file's name so that the names of its companions still fit a directory entry (255 bytes)."""
    encoded = name.encode("utf-8", "surrogateescape")
    if len(encoded) <= 150:
        return name
    return encoded[:120].decode("utf-8", "ignore") + "~" + hashlib.sha256(encoded).hexdigest()[:8]


def _place(path: str | os.PathLike[str]) -> tuple[str, str]:
    """Give the folder a lock lies in and the name it is on; a link is locked as what it leads to."""
    where = os.fspath(Path(path))
    with said_of(where):
        status = disk.status(where)
        if status and stat.S_ISLNK(status.st_mode):
            where = os.path.realpath(where)
            status = disk.status(where)
    if status and stat.S_ISDIR(status.st_mode):
        return where, ""
    return os.path.dirname(where) or os.curdir, _short(os.path.basename(where))


def _acquire(folder: str, name: str, wait: float, *, break_lock: bool) -> Lock:
    wanted = Lock(folder, name, processes.new())
    try:
        with said_of(os.path.join(folder, name)):
            took_over = _wait(wanted, _write_claim(wanted), wait, break_lock=break_lock)
        return Lock(folder, name, wanted.holder, contended=sweep(wanted), took_over=took_over)
    except BaseException:
        _release(wanted)
        raise


def _write_claim(wanted: Lock) -> float:
    """Write who wants the lock, for people to read; gives the time by the clock of the file system."""
    holder = wanted.holder
    told = {"host": processes.host_name(), "user": processes.user_name(), "pid": holder.pid, "start": holder.start,
            "token": holder.token, "since": time.strftime("%Y-%m-%d %H:%M:%S")}  # fmt: skip
    descriptor = os.open(wanted.claim, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        os.write(descriptor, json.dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        return os.fstat(descriptor).st_mtime
    finally:
        os.close(descriptor)


def _wait(wanted: Lock, born: float, wait: float, *, break_lock: bool) -> bool:
    """Wait for the lock; tells whether it was taken over from somebody who is gone."""
    started, pause, tries, took_over = time.monotonic(), _PAUSE_FIRST, 0, False
    while not _enter(wanted):
        waited, tries = time.monotonic() - started, tries + 1
        obstacle = look(wanted, born + waited) if tries % _LOOK_EVERY == 1 else None
        if obstacle and (obstacle.stale or break_lock) and clear(wanted, obstacle):
            took_over |= obstacle.stale and bool(obstacle.names)
            break_lock = break_lock and obstacle.stale  # breaks the lock that stood there, not the next one as well
            tries = 0
            continue
        if waited >= wait:
            raise _locked(wanted)
        time.sleep(pause * (0.5 + os.urandom(1)[0] / 255))  # uneven, so that two do not keep meeting
        pause = min(pause * 1.5, _PAUSE_LAST)
    return took_over


def _enter(wanted: Lock) -> bool:
    """Try to take the lock once."""
    try:
        os.mkdir(wanted.directory)
    except FileExistsError:
        return False
    except PermissionError:
        if sys.platform == "win32" and os.access(wanted.folder, os.W_OK):
            return False  # being removed this moment: Windows refuses the name until it is gone
        raise
    try:
        os.rename(wanted.claim, wanted.inside)
    except BaseException as error:
        if isinstance(error, FileNotFoundError) and os.path.lexists(wanted.claim):
            return False  # the directory was taken for empty and removed in between
        with suppress(OSError):
            os.rmdir(wanted.directory)
        raise
    if os.listdir(wanted.directory) == [str(wanted.holder)]:
        return True
    os.rename(wanted.inside, wanted.claim)  # somebody else came in too: both step back
    with suppress(OSError):
        os.rmdir(wanted.directory)
    return False


def _release(held: Lock) -> None:
    """Give the lock back where it is ours; what cannot be removed is stale once its token is forgotten."""
    try:
        with suppress(OSError):
            try:
                disk.patiently(os.rename, held.inside, held.claim)
            except (FileNotFoundError, NotADirectoryError):
                pass  # never entered, or taken over
            else:
                disk.patiently(os.rmdir, held.directory)
            os.unlink(held.claim)  # last: until then it tells whose the empty directory was
    finally:
        processes.forget(held.holder)


def _locked(wanted: Lock) -> Locked:
    told: object = None
    with suppress(OSError, ValueError):
        for name in filter(processes.parse, os.listdir(wanted.directory)):
            with open(os.path.join(wanted.directory, name), encoding="utf-8") as stream:
                told = json.loads(stream.read(4096))
    known = told if isinstance(told, dict) else {}
    shown = {key: _plain(known.get(key, "?")) for key in ("user", "host", "pid", "since")}
    return Locked(path=os.path.join(wanted.folder, wanted.name), lock=wanted.directory, **shown)


def _plain(value: object) -> str:
    return "".join(letter for letter in str(value) if letter.isprintable())[:60] or "?"
