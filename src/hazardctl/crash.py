"""Keep a report of our own faults: where in the program, under which versions; never what people's files say."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def report(error: BaseException) -> Path:
    """Write the report and give its path. Messages and values are left out: they may hold a person's name."""
    lines = [
        f"hazardctl {_version('hazardctl')}",
        f"Python {sys.version.split()[0]} on {platform.platform()}",
        type(error).__name__,
    ]
    frames = traceback.extract_tb(error.__traceback__)
    lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return _keep("\n".join(lines) + "\n")


def _keep(words: str) -> Path:
    from platformdirs import user_log_path

    try:
        folder = user_log_path("hazardctl", appauthor=False, ensure_exists=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=folder, prefix="fault-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(words)
    except OSError:
        with tempfile.NamedTemporaryFile(
            "w", prefix="hazardctl-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(words)
    return Path(file.name)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"
