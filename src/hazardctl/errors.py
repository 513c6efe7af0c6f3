"""What stands in the way of a command: each class owns its sentence and its exit code."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from hazardctl import i18n

_SAID_BY_OTHERS = ("reason", "part")  # values that may be the system's own words, or another program's


class HazardError(Exception):
    """Something in the way: said in one sentence of the catalogue, ends the command with `exit_code`."""

    key: ClassVar[str] = "error.cannot_go_on"
    exit_code: ClassVar[int] = 3

    def __init__(self, **values: Any) -> None:
        super().__init__()
        self.values = values

    def __str__(self) -> str:
        given = {name: self.values.get(name) for name in _SAID_BY_OTHERS}
        said = {name: i18n.others(words) for name, words in given.items() if isinstance(words, str)}
        return i18n.t(self.key, **self.values | said)

    def remedy(self) -> str:
        """Say what to do next, or what was probably meant; empty where there is nothing to add."""
        key = f"{self.key}.guess"
        if not self.values.get("guess") or not i18n.has(key):
            key = f"{self.key}.remedy"
        return i18n.t(key, **self.values) if i18n.has(key) else ""


class UsageError(HazardError):
    """The command line asks for something that cannot be meant."""

    key = "error.usage"
    exit_code = 2


class FileFault(HazardError):  # noqa: N818 -- its subclasses are named for what is the case
    """A file or folder that cannot be read or written as asked. Values: `path`."""


class Locked(FileFault):
    """Somebody else is writing. Values: `path`, `lock`, `user`, `host`, `pid`, `since`."""

    key = "store.locked"


class LockLost(FileFault):
    """Our lock was taken over while we held it: nothing was written."""

    key = "store.lock_lost"


class ChangedByOthers(FileFault):
    """The file is no longer the one that was read: nothing was written."""

    key = "store.changed_by_others"


class InUse(FileFault):
    """A program keeps the file open: the old version stands, the new one is in `pending`."""

    key = "store.in_use"


class NotConfirmed(FileFault):
    """The new version stands, and the disk has not confirmed that it would survive a power cut."""

    key = "store.not_confirmed"


class KeepsChanging(FileFault):
    """The file changed each time it was read."""

    key = "store.keeps_changing"


class NotAFile(FileFault):
    """A folder, device or pipe stands where a file is wanted."""

    key = "store.not_a_file"


class OutsideCampaign(FileFault):
    """A path leads out of the campaign's folder. Values: `path`, `root`."""

    key = "store.outside_campaign"


class ReadOnlyCampaign(FileFault):
    """A campaign in an object store is read, never written. Values: `path`, `place`."""

    key = "store.read_only_campaign"


class DiskFull(FileFault):
    """No room, no quota, or a size limit: the old version stands."""

    key = "store.disk_full"


class NotAllowed(FileFault):
    """Rights do not allow it: the old version stands."""

    key = "store.not_allowed"


class Missing(FileFault):
    """The file, or the folder it belongs in, is not there."""

    key = "store.missing"


class SystemRefused(FileFault):
    """The operating system failed in another way. Values: `path`, `cause` (its name for it)."""

    key = "store.system_refused"


_BY_NUMBER: dict[int, type[FileFault]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EFBIG: DiskFull,
    errno.EACCES: NotAllowed,
    errno.EPERM: NotAllowed,
    errno.EROFS: NotAllowed,
    errno.ENOENT: Missing,
    errno.ENOTDIR: Missing,
    errno.EISDIR: NotAFile,
}


@contextmanager
def said_of(path: str | os.PathLike[str]) -> Iterator[None]:
    """Turn what the operating system refuses inside the block into the sentence for it."""
    try:
        yield
    except OSError as error:
        raise fault_of(error, path) from error


def fault_of(error: OSError, path: str | bytes | os.PathLike[str]) -> FileFault:
    """Give the sentence for what the operating system refused."""
    number = error.errno or 0
    cause = errno.errorcode.get(number, str(number))
    return _BY_NUMBER.get(number, SystemRefused)(path=os.fsdecode(path), cause=cause)
