"""Buckets of an S3 server of the tests' own."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def files(endpoint: str) -> Any:
    """Reach the server as who owns it, without remembering what was there."""
    import s3fs

    return s3fs.S3FileSystem(endpoint_url=endpoint, key="clerk", secret="secret", use_listings_cache=False)


def filled(endpoint: str, folder: Path, bucket: str, place: str) -> Any:
    """Make a bucket with a folder's files in a place of it."""
    found = files(endpoint)
    found.mkdir(bucket)
    found.put(str(folder), f"{bucket}/{place}", recursive=True)
    return found
