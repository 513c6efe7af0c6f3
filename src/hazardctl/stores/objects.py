"""An object store, or whatever else fsspec reads: s3://, hdfs://, https://."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import quote, unquote

from hazardctl.errors import HazardError
from hazardctl.stores import Seen, is_plain

T = TypeVar("T")
AT_ONCE = 32  # requests under way
MANY = 500  # folders that are found in one listing of what they lie in; fewer are asked for one by one
PAUSES = (0.2, 1.0, 3.0)  # seconds before what failed for the moment is asked again
FOR_THE_MOMENT = (408, 425, 429)  # answers of web servers, beside all from 500 on
_SAFE = "/:@!$&'()*+,;=~-._%[]"  # what stands in an address as it is


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
        self._quoted = self.url.startswith(("http://", "https://"))  # names stand in pages as addresses
        with self._asking():
            import fsspec

            self._files, path = fsspec.url_to_fs(self._address(self.url), use_listings_cache=False)
            self._flat = _lists_flat(self._files)
        self._top = path.rstrip("/")

    def inside(self, folder: str) -> tuple[list[str], list[str]]:
        """Name the files and the folders that lie in a folder."""
        with self._asking():
            listed = [(name.rpartition("/")[2], one["type"]) for name, one in self._listed(folder)]
        return tuple(sorted(n for n, kind in listed if kind == wanted) for wanted in ("file", "directory"))  # type: ignore[return-value]

    def below(self, folders: Sequence[str]) -> list[dict[str, Seen]]:
        """List all files below each of some folders."""
        with self._asking():
            together = len({folder.rpartition("/")[0] for folder in folders}) == 1
            if self._flat and together and len(folders) > MANY:
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
        if not self._flat:
            return dict(self._walk(folder))
        found: dict[str, dict[str, Any]] = {}
        found = self._or_nothing(lambda: self._files.find(self._path(folder), detail=True), found)
        named = ((self._name(path), known) for path, known in found.items())
        return {name: _seen(known) for name, known in named if is_plain(name)}

    def _walk(self, folder: str) -> Iterator[tuple[str, Seen]]:
        """Go through a folder listing by listing: fsspec's own walk takes one that fails for an empty one."""
        for name, known in self._listed(folder):
            if known["type"] == "directory":
                yield from self._walk(name)
            else:
                yield name, _seen(known)

    def _listed(self, folder: str) -> list[tuple[str, dict[str, Any]]]:
        listed: list[dict[str, Any]] = []
        listed = self._or_nothing(lambda: self._files.ls(self._path(folder), detail=True), listed)
        named = [(self._name(one["name"]), one) for one in listed]
        return [(name, one) for name, one in named if is_plain(name) and name.rpartition("/")[0] == folder]

    def read(self, names: Sequence[str]) -> dict[str, bytes]:
        """Read files, many at once."""
        waiting = {self._path(name): name for name in names}
        read: dict[str, bytes] = {}
        with self._asking():
            for pause in (*PAUSES, None):
                found = self._files.cat(list(waiting), on_error="return") if waiting else {}
                failed = {path: answer for path, answer in found.items() if isinstance(answer, Exception)}
                read |= {waiting[path]: data for path, data in found.items() if path not in failed}
                last = next((one for one in failed.values() if not isinstance(one, FileNotFoundError)), None)
                if last is None:
                    break
                if pause is None or not all(map(_passes, failed.values())):
                    raise last
                waiting = {path: waiting[path] for path, one in failed.items() if not _is_gone(one)}
                time.sleep(pause)
        return read

    def _each(self, look: Callable[[str], T], folders: Sequence[str]) -> list[T]:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(AT_ONCE) as looking:
            return list(looking.map(look, folders))

    def _path(self, name: str) -> str:
        if not name:
            return f"{self._top}/" if self._quoted else self._top
        return f"{self._top}/{quote(name) if self._quoted else name}"

    def _address(self, url: str) -> str:
        return quote(url, safe=_SAFE) if self._quoted else url

    def _name(self, path: str) -> str:
        name = str(path).removeprefix(self._top).strip("/")
        if not self._quoted:
            return name
        ordering = "?" in name or "#" in name  # links of a listing that lead to itself
        return "" if ordering or "://" in name else unquote(name).removeprefix("./").replace("/./", "/")

    @staticmethod
    def _or_nothing(ask: Callable[[], T], nothing: T) -> T:
        """Ask, and again where the answer is an error of the moment."""
        for pause in (*PAUSES, None):
            try:
                return ask()
            except (FileNotFoundError, NotADirectoryError):
                return nothing
            except Exception as error:
                if pause is None or not _passes(error):
                    raise
                time.sleep(pause)
        return nothing

    @contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            yield
        except ImportError as error:
            raise NoSupportError(url=self.url, module=error.name or str(error)) from None
        except HazardError:
            raise
        except Exception as error:
            reason = str(error).strip() or type(error).__name__
            raise StoreError(url=self.url, reason=reason.splitlines()[0]) from error


def _seen(known: dict[str, Any]) -> Seen:
    mark = known.get("ETag") or known.get("etag") or ""  # a time alone does not tell one version from another
    return Seen(int(known.get("size") or 0), str(mark))


def _lists_flat(files: Any) -> bool:
    """Tell whether a store lists all that lies below a name at once; fsspec's own way for others is a walk."""
    from fsspec.asyn import AsyncFileSystem
    from fsspec.spec import AbstractFileSystem

    own = type(files)
    if issubclass(own, AsyncFileSystem):
        return own._find is not AsyncFileSystem._find  # noqa: SLF001 -- a public one is made of it for each object
    return bool(own.find is not AbstractFileSystem.find)


def _is_gone(error: Exception) -> bool:
    return isinstance(error, FileNotFoundError)


def _passes(error: Exception) -> bool:
    """Tell whether an error may be one of the moment: a lost connection, a server that is busy."""
    if isinstance(error, (PermissionError, ValueError, ImportError, TypeError)):
        return False
    status = getattr(error, "status", 500)
    return status in FOR_THE_MOMENT or not isinstance(status, int) or status >= 500


def at(url: str) -> Objects:
    """Give the store at a URL."""
    return Objects(url)
