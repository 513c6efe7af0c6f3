"""A process of our own that does chunks of a task: it is told over its stdin and answers on its stdout.

Not multiprocessing: that starts the caller's own program again in each process, which a script that was not written for
it does not survive, and does not say when a process has died.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from hazardctl.errors import HazardError

_START = "from hazardctl.engines.worker import serve; serve()"
_LENGTH = 8
SELDOM = 100_000  # objects made between two looks for cycles: what is made of ledgers has none


class DiedError(Exception):
    """The process ended before it answered."""


class NotStartedError(Exception):
    """The process could not even begin: there is no room for one more, or it cannot load what we have loaded."""


class Worker:
    """One process; started when it is first asked, and again after it has died."""

    def __init__(self, task: Any) -> None:
        self._task = pickle.dumps(task, pickle.HIGHEST_PROTOCOL)
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def ask(self, chunk: Sequence[str]) -> list[Any]:
        """Have a chunk done; raises DiedError, NotStartedError, or what the task raised."""
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            _send(process.stdin, pickle.dumps(list(chunk)))
            said = _receive(process.stdout)
        except (OSError, EOFError, ValueError):  # ValueError: somebody has stopped it, and its pipes are closed
            self._end()
            raise DiedError from None
        good, answer = pickle.loads(said)  # noqa: S301 -- our own process
        if good:
            return list(answer)
        raise pickle.loads(answer)  # noqa: S301 -- our own process

    def stop(self) -> None:
        """End the process."""
        self._stopped = True
        self._end()

    def _start(self) -> subprocess.Popen[bytes]:
        above = str(Path(__file__).resolve().parents[2])
        paths = os.pathsep.join(filter(None, (above, os.environ.get("PYTHONPATH", ""))))
        command = [sys.executable, "-c", _START]
        try:
            process = self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter, our own code
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": paths},
            )  # fmt: skip
            assert process.stdin is not None
            assert process.stdout is not None
            if not self._stopped:  # looked at once there is a process: whoever stops this ends it, or we do
                _send(process.stdin, self._task)
                _receive(process.stdout)
                return process
        except (OSError, EOFError, ValueError):
            pass
        self._end()
        raise NotStartedError

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()
            process.wait()


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(len(data).to_bytes(_LENGTH, "big") + data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    head = stream.read(_LENGTH)
    data = stream.read(int.from_bytes(head, "big")) if len(head) == _LENGTH else b""
    if len(head) < _LENGTH or len(data) < int.from_bytes(head, "big"):
        raise EOFError
    return data


def packed(error: Exception) -> bytes:
    """Pack an exception for another process; a bug says there where it happened here."""
    import platform
    import traceback

    told = "".join(traceback.format_exception(error))
    if not isinstance(error, HazardError) and not hasattr(error, "__notes__"):
        error.add_note(f"{platform.node()}:\n{told}")
    try:
        pickle.loads(data := pickle.dumps(error))  # noqa: S301 -- our own
    except Exception:  # noqa: BLE001 -- there are exceptions that do not travel
        return pickle.dumps(RuntimeError(told))
    return data


def serve() -> None:
    """Do what comes in until nothing more comes. ^C is for the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    with contextlib.suppress(EOFError, BrokenPipeError):
        task = pickle.loads(_receive(source))  # noqa: S301 -- from the process that started this one
        gc.freeze()
        gc.set_threshold(SELDOM)
        _send(answers, b"ready")
        while True:
            chunk = pickle.loads(_receive(source))  # noqa: S301
            answer: tuple[bool, Any]
            try:
                answer = (True, list(task(chunk)))
            except MemoryError:
                return
            except Exception as error:  # noqa: BLE001 -- the other process raises it
                answer = (False, packed(error))
            _send(answers, pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
