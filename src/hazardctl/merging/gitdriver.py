"""What git starts: `python -m hazardctl.merging.gitdriver merge %O %A %B %L %P`, or `show FILE`, or `hook`.

Git starts it once for every file, so most merges are done by `quick` before the rest of the program is loaded.
"""

# ruff: noqa: PTH100, PTH119, PTH120, PTH123 -- pathlib takes longer to load than a merge takes
from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from hazardctl.merging import crossing, quick

CLEAN, FAILED = 0, 129
PLAIN = "7"  # the size of the marks in a merge that is no part of another one


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what git asks; gives the exit code git understands: 0 clean, 1 conflict, 129 failure."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    bases = None
    if len(given) == 6 and given[0] == "merge" and os.path.basename(given[5]) == "ledger.csv":
        done, bases = _merge(given)
        if done is not None:
            return done
    from hazardctl.merging import driving

    return driving.answer(given, bases)


def end(code: int) -> None:
    """End this process at once: to take a program apart takes longer than to merge a ledger."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = code or FAILED
    os._exit(code)


def _merge(given: Sequence[str]) -> tuple[int | None, list[str] | None]:
    """Merge a ledger where that is quickly done; gives the exit code, None where it is for the whole program.

    Also gives the bases where histories crossed, None where git was not asked for them.
    """
    campaign = quick.root_of(os.path.dirname(os.path.abspath(given[5]))) if given[4] == PLAIN else ""
    if not campaign:
        return None, None
    try:
        base, ours, theirs = (_read(path) for path in given[1:4])
    except OSError:
        return None, None  # it is said by those who say it well
    result = quick.merged(base, ours, theirs, campaign)
    if result is None:
        return None, None
    if bases := crossing.bases(quick.words_file(campaign)):
        return None, bases
    return _given(result, ours, given), None


def _given(result: quick.Done, ours: bytes, given: Sequence[str]) -> int:
    """Leave a result where git wants it; gives the exit code."""
    if result.asked or result.gone:
        from hazardctl.merging import told

        return told.finish(result, given[2], given[5])
    try:
        if result.data != ours:
            with open(given[2], "wb") as stream:  # git's own temporary file, which git reads when we are done
                stream.write(result.data)
    except OSError as error:
        from hazardctl.merging import told

        return told.failed(error)
    return CLEAN


def _read(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read()


if __name__ == "__main__":
    gc.disable()  # this process lives for one file
    end(main())
