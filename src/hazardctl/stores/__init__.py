"""Where a campaign's files lie: a folder of this machine, or an object store; both are listed and read alike.

Names are relative to the campaign, with forward slashes. Nothing is ever written through here.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from hazardctl.records import immutable


@immutable
class Seen:
    """A file as a listing shows it; `mark` is another one when its content is, and empty where nothing tells that."""

    size: int = 0
    mark: str = ""


class Store(Protocol):
    """What can be done with files wherever they lie. Raises StoreError for all that is in the way."""

    def inside(self, folder: str) -> tuple[list[str], list[str]]:
        """Name the files and the folders that lie in a folder; none where there is no such folder."""
        ...

    def below(self, folders: Sequence[str]) -> list[dict[str, Seen]]:
        """List all files below each of some folders, whole names with what is seen of them."""
        ...

    def read(self, names: Sequence[str]) -> dict[str, bytes]:
        """Read files; one that is gone is left out."""
        ...


def is_url(place: str) -> bool:
    """Tell whether a campaign's place is a URL, such as s3://bucket/campaign, and no folder."""
    head, mark, _ = place.partition("://")
    return bool(mark) and head.isascii() and head.replace("+", "").isalnum()


def is_plain(name: str) -> bool:
    """Tell whether a name can be a file's below a folder on every system; keys of a store can be anything."""
    parts = name.split("/")
    return all(part and part not in (".", "..") and not set(part) & set("\\:\0") for part in parts)


def store(place: str | Path) -> Store:
    """Give the store at a place."""
    name, given = ("objects", place) if is_url(str(place)) else ("folder", Path(place))
    found: Store = importlib.import_module(f"hazardctl.stores.{name}").at(given)
    return found
