"""A folder of this machine, or of a share mounted on it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from hazardctl.errors import said_of
from hazardctl.records import immutable
from hazardctl.stores import Seen

AT_ONCE = 16  # a look at a share takes a while, and its server serves many


@immutable
class Folder:
    """A folder as a store."""

    root: Path

    def inside(self, folder: str) -> tuple[list[str], list[str]]:
        """Name the files and the folders that lie in a folder."""
        files: list[str] = []
        folders: list[str] = []
        with said_of(self.root / folder), suppress(FileNotFoundError, NotADirectoryError):
            for entry in os.scandir(self.root / folder):
                (folders if entry.is_dir() else files).append(entry.name)
        return sorted(files), sorted(folders)

    def below(self, folders: Sequence[str]) -> list[dict[str, Seen]]:
        """List all files below each of some folders."""
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(AT_ONCE) as looking:
            return list(looking.map(self._below, folders, chunksize=100))

    def _below(self, folder: str) -> dict[str, Seen]:
        with said_of(self.root / folder):
            return dict(self._walk(folder))

    def _walk(self, folder: str) -> Iterator[tuple[str, Seen]]:
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(f"{self.root}/{folder}") as found:
            for entry in found:
                name = f"{folder}/{entry.name}" if folder else entry.name
                if entry.is_dir():
                    yield from self._walk(name)
                else:
                    seen = entry.stat()
                    yield name, Seen(seen.st_size, f"{seen.st_mtime_ns}-{seen.st_ino}")

    def read(self, names: Sequence[str]) -> dict[str, bytes]:
        """Read files."""
        found: dict[str, bytes] = {}
        for name in names:
            with said_of(self.root / name), suppress(FileNotFoundError, NotADirectoryError):
                found[name] = (self.root / name).read_bytes()
        return found


def at(root: Path) -> Folder:
    """Give the store of a folder."""
    return Folder(root)
