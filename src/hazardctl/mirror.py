"""A campaign that is kept elsewhere: its files are fetched into a folder of this process when they are asked for.

Whoever reads files of a campaign finds them below `Workspace.root`, and nobody else has to know where they come from.
Units are fetched when their folder is first named, many at once before a task goes through them, and go again after it.
The folder is this user's alone, in memory where the system offers that, and goes when the process ends; one that was
left by a process that was killed goes with the next look.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Container, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from hazardctl.errors import HazardError
from hazardctl.files import processes, store
from hazardctl.records import immutable
from hazardctl.stores import Seen, Store, is_plain
from hazardctl.stores import store as store_at
from hazardctl.units import unsafe_id
from hazardctl.workspace import CAMPAIGN_FILE, Home, NoCampaignError, Workspace

PREFIX = "hazardctl-"
MEMORY = Path("/dev/shm")  # noqa: S108 -- not a place for others to read: the folder is this user's alone
TOGETHER = 64  # units fetched at a time
READ = (".csv", ".yaml", ".yml", ".jsonl", ".json")  # of other files in a unit's folder only the name is looked at
NOT_READ = ("units", "reports")


class NotListedError(HazardError):
    """A web server has the campaign's files and does not say which there are. Values: `url`."""

    key = "stores.not_listed"


@immutable
class Mirrored(Workspace):
    """The paths of a campaign that is kept at a URL."""

    url: str

    @property
    def place(self) -> str:
        """Say where the campaign is kept."""
        return self.url

    def expect(self, units: Container[str]) -> None:
        """Fetch the folders that are no unit's: checks look into them."""
        _mirrors[self.root].fetch_others(units)

    def unit(self, unit: str) -> Path:
        """Give a unit's folder, with what lies in it."""
        _mirrors[self.root].fetch([unit])
        return Workspace.unit(self, unit)

    def home(self, unit: str) -> Home:
        """Look at a unit's folder once."""
        _mirrors[self.root].fetch([unit])
        return Workspace.home(self, unit)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process as the URL it is kept at."""
        return at, (self.url, False)


def at(url: str, whole: bool = True) -> Mirrored:
    """Reach a campaign at a URL; `whole` also looks for folders that are no unit's, as checks of the whole do."""
    url = url.rstrip("/").removesuffix(f"/{CAMPAIGN_FILE}")
    source = store_at(url)
    files, folders = source.inside("")
    if CAMPAIGN_FILE not in files:
        raise NotListedError(url=url) if source.read([CAMPAIGN_FILE]) else NoCampaignError(folder=url)
    sweep()
    memory = MEMORY if MEMORY.is_dir() else None
    root = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{processes.new()}-", dir=memory)).resolve()
    mirror = _Mirror(source, root, url, whole)
    _mirrors[root] = mirror
    store.shut(root, url)
    mirror.bring(files)
    for below in source.below([name for name in folders if name not in NOT_READ]):
        mirror.bring(list(below))
    return Mirrored(root, url)


class _Mirror:
    """What has been fetched of one campaign."""

    def __init__(self, source: Store, root: Path, url: str, whole: bool) -> None:
        self._source, self._root, self._url, self._whole = source, root, url, whole
        self._fetched: set[str] = set()
        self._fetching = threading.Lock()

    def bring(self, names: Sequence[str]) -> None:
        """Fetch files."""
        found = self._source.read(names)
        if len(found) < len(set(names)):
            self._stay()
        for name, data in found.items():
            path = self._root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def fetch(self, units: Sequence[str]) -> None:
        """Fetch the files of units that are not there yet."""
        with self._fetching:
            wanted = [unit for unit in dict.fromkeys(units) if unit not in self._fetched]
            if not wanted:
                return
            names = [name for below in self.seen(wanted).values() for name in below]
            self.bring([name for name in names if name.endswith(READ)])
            for name in names:
                if not name.endswith(READ):
                    (self._root / name).parent.mkdir(parents=True, exist_ok=True)
                    (self._root / name).touch()
            self._fetched.update(wanted)

    def fetch_others(self, units: Container[str]) -> None:
        """Fetch folders beside those of units."""
        if self._whole:
            self.fetch([name for name in self._source.inside("units")[1] if name not in units])

    def seen(self, units: Sequence[str]) -> dict[str, dict[str, Seen]]:
        """List the files of folders of units; an id that could name another place has none."""
        safe = [unit for unit in units if _is_folder(unit)]
        listed = self._source.below([f"units/{unit}" for unit in safe])
        if not all(listed):
            self._stay()
        return dict(zip(safe, listed, strict=True))

    def _stay(self) -> None:
        """Make sure that where a unit has nothing, or a file is gone, it is not the whole campaign that has gone."""
        if CAMPAIGN_FILE not in self._source.inside("")[0]:
            raise NoCampaignError(folder=self._url)

    def drop(self, units: Sequence[str]) -> None:
        """Let go of units; they are fetched again if they are asked for again."""
        with self._fetching:
            for unit in self._fetched.intersection(units):
                shutil.rmtree(self._root / "units" / unit, ignore_errors=True)
                (self._root / "units" / unit).mkdir(parents=True, exist_ok=True)
            self._fetched.difference_update(units)


def _is_folder(unit: str) -> bool:
    """Tell whether a name stands for a folder here: of a unit, or of what lies beside units under any name."""
    return is_plain(unit) and "/" not in unit and not (os.name == "nt" and unsafe_id(unit))


_mirrors: dict[Path, _Mirror] = {}


@immutable
class Fetching:
    """A task on units of a mirrored campaign: their files are fetched together before it, and go after it."""

    task: Any
    opened: Any

    def __call__(self, units: Sequence[str]) -> Iterator[Any]:
        """Give a result for each unit."""
        mirror = _mirrors[self.opened.workspace.root]
        for start in range(0, len(units), TOGETHER):
            some = units[start : start + TOGETHER]
            mirror.fetch(some)
            yield from self.task(some)
            mirror.drop(some)

    def lost(self, unit: str) -> Any:
        """Give the result for a unit whose files end every process that reads them."""
        return self.task.lost(unit)


def signatures(workspace: Workspace, units: Sequence[str]) -> dict[str, bytes]:
    """Give a hash of what a listing shows of each unit's files; empty where it cannot be relied on."""
    found = dict.fromkeys(units, b"")
    for unit, seen in _mirrors[workspace.root].seen(units).items():
        told = sorted((name, one.size, one.mark) for name, one in seen.items())
        known = all(mark for _, _, mark in told)
        found[unit] = hashlib.blake2b(repr(told).encode(), digest_size=16).digest() if known else b""
    return found


def sweep() -> None:
    """Take away what was left by processes that are gone."""
    for above in {MEMORY, Path(tempfile.gettempdir())}:
        with suppress(OSError):
            for path in above.glob(f"{PREFIX}*"):
                holder = processes.parse(path.name.removeprefix(PREFIX).rpartition("-")[0])
                if holder is not None and processes.state(holder) is processes.State.GONE:
                    shutil.rmtree(path, ignore_errors=True)


@atexit.register
def _end() -> None:
    for root in _mirrors:
        shutil.rmtree(root, ignore_errors=True)
    sweep()
