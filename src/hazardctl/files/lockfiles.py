"""What locks look like in a folder, what stands in their way, and what crashed runs leave behind.

The names: `NAME.lock.d/HOLDER` is a lock, `.~NAME.HOLDER.claim` somebody who wants it, `.~NAME.HOLDER.tmp` a version
being written, `.~NAME.KEY.gone` a lock taken over, on its way out. HOLDER comes from `processes`.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from hazardctl.errors import said_of
from hazardctl.files import processes
from hazardctl.files.processes import Holder, State
from hazardctl.records import immutable

FOREIGN_PATIENCE = 600.0  # seconds before a lock of another machine may be taken over unasked
_COMPANION = re.compile(rf"\.~(?P<name>.*)\.(?P<holder>{processes.PATTERN})\.(?P<kind>claim|tmp)", re.DOTALL)
_GONE = re.compile(r"\.~(?P<name>.*)\.[0-9a-f]{16}\.gone", re.DOTALL)
_KEPT = re.compile(r"\.(?P<kind>pending|torn)-.+-[0-9]{8}T[0-9]{6}(-[0-9]+)?$")
_SUFFIX = ".lock.d"
MOST = 100  # that are told of in one run
_NOBODY = Holder("", "", 0, "", "")


@immutable
class Lock:
    """A lock this process holds or wants: where it lies, what it is on (empty for the folder itself), and as whom."""

    folder: str
    name: str
    holder: Holder
    contended: bool = False
    took_over: bool = False  # whoever held it before is gone and had not given it back: its work was cut off

    @property
    def directory(self) -> str:
        """The directory whose existence is the lock."""
        return os.path.join(self.folder, self.name + _SUFFIX)

    @property
    def inside(self) -> str:
        """The holder's file inside the lock."""
        return os.path.join(self.directory, str(self.holder))

    @property
    def claim(self) -> str:
        """The holder's file while it waits."""
        return self.companion("claim")

    @property
    def temporary(self) -> str:
        """The name beside the locked file under which its next version is written."""
        return self.companion("tmp")

    def companion(self, kind: str) -> str:
        """Name a file of this holder beside the locked one."""
        return os.path.join(self.folder, f".~{self.name}.{self.holder}.{kind}")


@immutable
class Leftover:
    """Something an earlier run left behind: `temporary`, `lock`, `pending` or `torn`; the next writer may clear it."""

    path: Path
    kind: str
    clears_itself: bool


@immutable
class Obstacle:
    """What lies in a lock directory, what is known of its holders, and the seconds since it was last touched."""

    names: tuple[str, ...]
    states: frozenset[State]
    age: float

    @property
    def stale(self) -> bool:
        """Nobody holds it: all gone from this machine, or another machine's (or unknown) and long untouched."""
        return self.states == {State.GONE} or (State.ALIVE not in self.states and self.age > FOREIGN_PATIENCE)


_kept: dict[Path, str] = {}  # pending and torn files met beside locks, with their kinds


def kept() -> Mapping[Path, str]:
    """Give the `pending` and `torn` files that lay beside the locks of this run, once."""
    found = {path: kind for path, kind in _kept.items() if os.path.lexists(path)}
    _kept.clear()
    return found


def odd(names: Iterable[str]) -> bool:
    """Tell quickly whether any name in a folder may be one that a run left behind."""
    return any(
        name.startswith(".~")
        or name.endswith(_SUFFIX)
        or ((".pending-" in name or ".torn-" in name) and _KEPT.search(name))
        for name in names
    )


def leftovers(folder: str | os.PathLike[str]) -> tuple[Leftover, ...]:
    """List what crashed or hindered runs left in a folder, by name; what a running process uses is not left over."""
    where = os.fspath(folder)
    found = []
    with said_of(where):
        for name in sorted(os.listdir(where)):
            kind, state = _classify(where, name)
            if kind and state is not State.ALIVE:
                found.append(Leftover(Path(where, name), kind, state is State.GONE))
    return tuple(found)


def look(wanted: Lock, now: float) -> Obstacle | None:
    """See what stands in the way; `now` by the clock of the file system, so that clocks of machines never matter."""
    names = _names(wanted.directory)
    if names is None:
        return None
    age = now - _touched(wanted.directory, names)
    found = [holder for holder in map(processes.parse, names) if holder] if names else _claimants(wanted)
    states = frozenset(map(processes.state, found))
    if names != _names(wanted.directory):  # a holder who is gone by now had given the lock back first
        return None
    return Obstacle(names, states, age)


def clear(wanted: Lock, obstacle: Obstacle) -> bool:
    """Move a lock out of the way; of several who try, one succeeds."""
    try:
        if not obstacle.names:
            os.rmdir(wanted.directory)  # no harm to one who has just made it: there is nothing in it yet
            return True
        key = hashlib.sha256("/".join(obstacle.names).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        os.rename(wanted.directory, os.path.join(wanted.folder, f".~{wanted.name}.{key}.gone"))
    except OSError:
        return False
    return True


def sweep(held: Lock) -> bool:
    """Remove what crashed runs on this machine left beside the lock; tell whether others wait in this folder."""
    contended = False
    with suppress(OSError):
        now = os.stat(held.directory).st_mtime
        names = os.listdir(held.folder)
        if [name for name in names if name.endswith(_SUFFIX) and _sweep_lock(held, name)]:
            names = os.listdir(held.folder)
        for name in names:
            if (left := _KEPT.search(name)) and len(_kept) < MOST:
                _kept[Path(held.folder, name)] = left["kind"]
            if match := _companion(name, "claim", "tmp"):
                contended |= _sweep_companion(held, name, *match, now)
        for name in names:
            if not contended and _GONE.fullmatch(name):
                _remove_folder(os.path.join(held.folder, name))
    return contended


def _names(directory: str) -> tuple[str, ...] | None:
    try:
        return tuple(sorted(os.listdir(directory)))
    except FileNotFoundError:
        return None
    except (NotADirectoryError, PermissionError):  # not ours to look into
        return ("?",)


def _touched(directory: str, names: tuple[str, ...]) -> float:
    touched = 0.0
    for path in (directory, *(os.path.join(directory, name) for name in names)):
        with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            touched = max(touched, os.lstat(path).st_mtime)
    return touched


def _claimants(wanted: Lock) -> list[Holder]:
    """List who else wants this lock: one of them made the directory if it is empty."""
    found = []
    for name in os.listdir(wanted.folder):
        match = _companion(name, "claim")
        if match and match[0] == wanted.name and match[1] != wanted.holder:
            found.append(match[1])
    return found


def _companion(name: str, *kinds: str) -> tuple[str, Holder] | None:
    match = _COMPANION.fullmatch(name) if name.startswith(".~") else None
    holder = processes.parse(match["holder"]) if match and match["kind"] in kinds else None
    return (match["name"], holder) if match and holder else None


def _classify(folder: str, name: str) -> tuple[str, State]:
    """Tell what a name in a folder is a left-over of, and whose; an empty kind for every ordinary file."""
    if match := _companion(name, "claim", "tmp"):
        return "temporary", processes.state(match[1])
    if _GONE.fullmatch(name):
        return "lock", State.ELSEWHERE if _strangers(os.path.join(folder, name)) else State.GONE
    if name.endswith(_SUFFIX):
        obstacle = look(Lock(folder, name.removesuffix(_SUFFIX), _NOBODY), time.time())
        states = obstacle.states if obstacle else {State.ALIVE}
        return "lock", next((state for state in State if state in states), State.ELSEWHERE)
    if kept := _KEPT.search(name):
        return kept["kind"], State.ELSEWHERE  # for a person to settle
    return "", State.ALIVE


def _sweep_lock(held: Lock, name: str) -> bool:
    """Clear another file's lock away if its holder is gone, seen wanting it, as everybody who takes a lock over."""
    other = Lock(held.folder, name.removesuffix(_SUFFIX), held.holder)
    if other.name == held.name or not _is_dead(other):
        return False
    os.close(os.open(other.claim, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    try:
        obstacle = look(other, 0.0)
        return bool(obstacle and obstacle.states == {State.GONE} and clear(other, obstacle))
    finally:
        os.unlink(other.claim)


def _is_dead(lock: Lock) -> bool:
    obstacle = look(lock, 0.0)
    return obstacle is not None and obstacle.states == {State.GONE}


def _sweep_companion(held: Lock, name: str, of: str, holder: Holder, now: float) -> bool:
    """Remove a claim or a temporary file nobody stands behind; tell whether somebody waits behind it."""
    path = os.path.join(held.folder, name)
    state = processes.state(holder)
    with suppress(OSError):
        if state is State.GONE and (of == held.name or not os.path.lexists(os.path.join(held.folder, of + _SUFFIX))):
            os.unlink(path)
        elif state is not State.GONE and holder != held.holder and name.endswith(".claim"):
            return state is State.ALIVE or now - os.stat(path).st_mtime < FOREIGN_PATIENCE
    return False


def _strangers(path: str) -> bool:
    """Tell whether there is anything in a lock taken over that no program of ours put there."""
    return os.path.islink(path) or not all(map(processes.parse, _names(path) or ()))


def _remove_folder(path: str) -> None:
    if not _strangers(path):
        with suppress(OSError):
            for name in os.listdir(path):
                os.unlink(os.path.join(path, name))
            os.rmdir(path)
