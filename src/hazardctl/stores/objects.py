"""An object store, or whatever else fsspec reads: s3://, hdfs://, https://."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import unquote

from hazardctl.errors import HazardError
from hazardctl.stores import Seen

T = TypeVar("T")
AT_ONCE = 32  # requests under way
MANY = 500  # folders that are found in one listing of what they lie in; fewer are asked for one by one


class StoreError(HazardError):
    """An object store does not answer, or not as asked. Values: `url`, `reason`."""

    key = "stores.unreachable"


class NoSupportError(HazardError):
    """What a kind of URL needs is not installed. Values: `url`, `module`."""

    key = "stores.not_installed"


class Objects:
    """What lies under a URL."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        with self._asking():
            import fsspec

            self._files, path = fsspec.url_to_fs(self.url, use_listings_cache=False)
        self._top = path.rstrip("/")
        self._quoted = self.url.startswith(("http://", "https://"))  # names stand in pages as addresses
        self._paths: dict[str, str] = {}

    def inside(self, folder: str) -> tuple[list[str], list[str]]:
        """Name the files and the folders that lie in a folder."""
        with self._asking():
            listed: list[dict[str, Any]] = []
            listed = self._or_nothing(lambda: self._files.ls(self._path(folder), detail=True), listed)
        names = [(self._name(one["name"]), one["type"]) for one in listed]
        below = [(name.rpartition("/")[2], kind) for name, kind in names if _is_plain(name) and name != folder]
        return sorted(n for n, kind in below if kind == "file"), sorted(n for n, kind in below if kind == "directory")

    def below(self, folders: Sequence[str]) -> list[dict[str, Seen]]:
        """List all files below each of some folders."""
        with self._asking():
            if len(folders) > MANY and len({folder.rpartition("/")[0] for folder in folders}) == 1:
                return self._sorted(folders)
            return self._each(self._below, folders)

    def _sorted(self, folders: Sequence[str]) -> list[dict[str, Seen]]:
        """List what many folders lie in, and sort the files by folder."""
        parent = folders[0].rpartition("/")[0]
        found: dict[str, dict[str, Seen]] = {folder: {} for folder in folders}
        depth = parent.count("/") + 2 if parent else 1
        for name, seen in self._below(parent).items():
            own = "/".join(name.split("/")[:depth])
            if own in found:
                found[own][name] = seen
        return [found[folder] for folder in folders]

    def _below(self, folder: str) -> dict[str, Seen]:
        path = self._path(folder)
        found: dict[str, dict[str, Any]] = self._or_nothing(lambda: self._files.find(path, detail=True), {})
        seen: dict[str, Seen] = {}
        for path, known in found.items():
            name = self._name(path)
            if _is_plain(name):
                self._paths[name] = path
                mark = (
                    known.get("ETag") or known.get("etag") or ""
                )  # a time alone does not tell one version from another
                seen[name] = Seen(int(known.get("size") or 0), str(mark))
        return seen

    def read(self, names: Sequence[str]) -> dict[str, bytes]:
        """Read files, many at once."""
        paths = {self._paths.get(name) or self._path(name): name for name in names}
        if not paths:
            return {}
        with self._asking():
            found = self._files.cat(list(paths), on_error="return")
            for answer in found.values():
                if isinstance(answer, Exception) and not isinstance(answer, FileNotFoundError):
                    raise answer
        return {paths[path]: data for path, data in found.items() if isinstance(data, bytes)}

    def _each(self, look: Callable[[str], T], folders: Sequence[str]) -> list[T]:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(AT_ONCE) as looking:
            return list(looking.map(look, folders))

    def _path(self, name: str) -> str:
        return f"{self._top}/{name}" if name else f"{self._top}/" if self._quoted else self._top

    def _name(self, path: str) -> str:
        name = str(path).removeprefix(self._top).strip("/")
        return unquote(name) if self._quoted else name

    @staticmethod
    def _or_nothing(ask: Callable[[], T], nothing: T) -> T:
        try:
            return ask()
        except (FileNotFoundError, NotADirectoryError):
            return nothing

    @contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            yield
        except ImportError as error:
            raise NoSupportError(url=self.url, module=error.name or str(error)) from None
        except Exception as error:
            reason = str(error).strip() or type(error).__name__
            raise StoreError(url=self.url, reason=reason.splitlines()[0]) from error


def _is_plain(name: str) -> bool:
    """Tell whether a name can be a file's below a folder on every system; keys of a store can be anything."""
    parts = name.split("/")
    return all(part and part not in (".", "..") and not set(part) & set("\\:\0") for part in parts)


def at(url: str) -> Objects:
    """Give the store at a URL."""
    return Objects(url)
