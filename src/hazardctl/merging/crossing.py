"""Histories that crossed: the commits that git makes one base out of, as git itself names them.

Git starts the driver once for every file, and asking git takes as long as a quick merge: that two commits have but one
base is kept beside git's own files (`.git/hazardctl/one-base`), and asked again for two others.
"""

# ruff: noqa: PTH118, PTH120, PTH123 -- pathlib takes longer to load than a merge takes
from __future__ import annotations

import os
import re
from contextlib import suppress

HEAD = "githead_"  # in capitals: git merge names the commits that are merged into HEAD by such variables
MARKS = 7  # what git takes where nobody says otherwise; a merge that makes a base for another one has longer marks
NOTE = "one-base"  # beside the words of the campaign
_COMMIT = re.compile("[0-9a-f]{40,64}")
_NAMED = re.compile(f"{HEAD}[0-9a-f]{{40,64}}")


def bases(words_file: str = "") -> list[str]:
    """Name the bases of the merge under way where it has several; none where it has one, or where git names no head.

    `words_file` is where the words of the campaign lie, empty where they lie nowhere.
    """
    names = [name.lower() for name in os.environ]
    heads = sorted(name.removeprefix(HEAD) for name in names if _NAMED.fullmatch(name))
    if not heads:
        return _of_a_rebase(words_file)
    place = os.path.join(os.path.dirname(words_file), NOTE) if words_file else ""
    into = _read(os.path.join(os.path.dirname(place), "..", "ORIG_HEAD")) if place else ""
    pair = f"{into} {' '.join(heads)}" if _COMMIT.fullmatch(into) else ""
    if pair and _read(place) == pair:
        return []
    found = [base for head in heads for base in _asked(head)]
    if pair and not found:
        with suppress(OSError), open(place, "w", encoding="ascii") as stream:  # torn, it is asked again
            stream.write(pair)
    return sorted(set(found))


def _of_a_rebase(words_file: str) -> list[str]:
    """Name the bases of a merge that `git rebase --rebase-merges` does anew: it names its head in a file alone."""
    folder = os.path.dirname(os.path.dirname(words_file)) or os.fsdecode(_git("rev-parse", "--git-dir")).strip()
    head = _read(os.path.join(folder, "MERGE_HEAD"))
    return sorted(set(_asked(head))) if _COMMIT.fullmatch(head) else []


def marks(path: str) -> int:
    """Give the size that the marks of a merge have at a path, where it is no part of another merge."""
    told = os.fsdecode(_git("check-attr", "conflict-marker-size", "--", path)).rpartition(":")[2].strip()
    return int(told) if told.isascii() and told.isdecimal() and int(told) else MARKS


def _read(path: str) -> str:
    try:
        with open(path, encoding="ascii") as stream:
            return stream.read().strip()
    except (OSError, ValueError):
        return ""


def version(commit: str, path: str) -> bytes:
    """Give a file as it is in a commit, `path` from the top of the repository; nothing where it is not there."""
    return _git("cat-file", "blob", f"{commit}:{path}")


def _asked(head: str) -> list[str]:
    found = _git("merge-base", "--all", "HEAD", head).decode("ascii", "replace").split()
    return found if len(found) > 1 else []


def _git(*words: str) -> bytes:
    import shutil
    import subprocess

    program = shutil.which("git") or "git"
    return subprocess.run([program, *words], capture_output=True, check=False).stdout  # noqa: S603 -- git itself
