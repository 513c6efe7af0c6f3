"""How units' files are looked at, to tell whether they have changed: names, sizes and times, not what they say."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from hazardctl.records import immutable

RACY = 2_000_000_000  # nanoseconds: a file changed so shortly before it is looked at may change again unseen
SIZE = 16  # bytes of a signature
CHANGES = os.name == "posix"  # elsewhere a file's ctime is the day it was made


def looking(folder: str, now: int, links: Iterable[str] | None = None) -> Looking:
    """Make ready to look at units' folders in `folder`; `now` is the time in nanoseconds, taken before.

    `links` names what lies there without being a folder of its own, where that is known.
    """
    if links is None:
        links = ()
        with suppress(OSError), os.scandir(folder) as found:
            links = [entry.name for entry in found if entry.is_symlink()]
    return Looking(folder, frozenset(name.casefold() for name in links), now, RACY)


@immutable
class Looking:
    """A look at units' folders, as a task that another process can be sent.

    Of each unit it gives a hash of the names, sizes and times of its files; empty where they cannot be relied on.
    """

    folder: str
    links: frozenset[str]  # what lies there without being a folder of its own, in one case
    now: int
    racy: int

    def __call__(self, units: Sequence[str]) -> Iterator[bytes]:
        """Look at some units."""
        for unit in units:
            yield b"" if self.links and unit.casefold() in self.links else self._signature(f"{self.folder}/{unit}")

    def lost(self, unit: str) -> bytes:  # noqa: ARG002 -- it is the same for each
        """Rely on nothing where looking has ended every process."""
        return b""

    def _signature(self, folder: str) -> bytes:
        told: list[str] = []
        try:
            newest = look(folder, told)
        except OSError:  # it is not there, or something in it cannot be looked at, as a link that leads nowhere
            return b"" if os.path.lexists(folder) else b"none"
        told.sort()
        said = "\n".join(told).encode("utf-8", "surrogateescape")
        return b"" if newest > self.now - self.racy else hashlib.blake2b(said, digest_size=SIZE).digest()


def look(folder: str, told: list[str], under: str = "", *, deep: bool = True) -> int:
    """Tell the names, sizes and times of all files in a folder and below; gives the latest of the times.

    Raises OSError, also where a link leads to another folder: nobody knows where that ends.
    """
    newest = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            stat, below = entry.stat(), deep and entry.is_dir()
            size, written, changed = stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns if CHANGES else 0
            if deep or not entry.is_dir():  # a folder's own time changes with what is in it, which nobody asked for
                told.append(f"{under}{entry.name}/{size}/{written}/{changed}/{stat.st_ino}/{entry.is_symlink()}")
                newest = max(newest, written, changed)
            if below and entry.is_symlink():
                raise NotADirectoryError(entry.path)
            if below:
                newest = max(newest, look(entry.path, told, f"{under}{entry.name}/"))
    return newest
