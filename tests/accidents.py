"""Let something happen at one of the system calls that this process makes: a kill, or somebody else's save."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

CALLS = ("open", "write", "fsync", "mkdir", "rmdir", "unlink", "rename", "replace", "close", "utime", "ftruncate")


@contextmanager
def at_call(
    when: int, act: Callable[[], object], *, torn: bool = False, only: tuple[str, ...] = CALLS
) -> Iterator[None]:
    """Let something happen just before one of the calls that this process makes, and in the middle of a write."""
    left = [when]

    def watched(real: Callable[..., object], name: str) -> Callable[..., object]:
        def called(*args: object, **named: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                if torn and name == "write":
                    real(args[0], bytes(args[1])[: len(bytes(args[1])) // 2])  # type: ignore[call-overload]
                act()
            return real(*args, **named)

        return called

    with ExitStack() as patched:
        for name in only:
            patched.enter_context(mock.patch.object(os, name, watched(getattr(os, name), name)))
        yield
