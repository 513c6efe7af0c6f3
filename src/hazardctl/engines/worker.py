"""A process of our own that does chunks of a task: it is told over its stdin and answers on its stdout.

Not multiprocessing: that starts the caller's own program again in each process, which a script that was not written for
it does not survive, and does not say when a process has died.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from hazardctl import memory
from hazardctl.errors import HazardError
from hazardctl.records import immutable
from hazardctl.workspace import Workspace

_START = "from hazardctl.engines.worker import serve; serve()"
_LENGTH = 8


class DiedError(Exception):
    """The process ended before it answered."""


class NotStartedError(Exception):
    """The process could not even begin: there is no room for one more, or it cannot load what we have loaded."""


@immutable
class Warming:
    """What a process loads before it is told what to do."""

    workspace: Workspace
    modules: tuple[str, ...]

    def __call__(self) -> None:
        """Load it."""
        from hazardctl import load

        for name in self.modules:
            importlib.import_module(name)
        load.at_hand(self.workspace)


class Worker:
    """One process; started when it is first asked, and again after it has died."""

    def __init__(self, task: Any) -> None:
        self._task = _packed(task)
        self._process: subprocess.Popen[bytes] | None = None
        self._knows = False  # its task
        self._stopped = False

    def begin(self) -> None:
        """Start it before it is asked; where that fails it is started when it is asked."""
        with contextlib.suppress(NotStartedError):
            self._start()

    def warm(self, warming: Warming) -> None:
        """Have it load something before it is asked."""
        if self._process is not None:
            with contextlib.suppress(DiedError):
                self._tell(self._process, _packed(warming))

    def take(self, task: Any) -> None:
        """Give it another task, which it is told when it is next asked."""
        self._task, self._knows = _packed(task), False

    def ask(self, chunk: Sequence[str]) -> list[Any]:
        """Have a chunk done; raises DiedError, NotStartedError, or what the task raised."""
        process = self._ready()
        self._tell(process, pickle.dumps(list(chunk)))
        good, answer = pickle.loads(self._hear(process))  # noqa: S301 -- our own process
        if good:
            return list(answer)
        raise pickle.loads(answer)  # noqa: S301 -- our own process

    def stop(self) -> None:
        """End the process."""
        self._stopped = True
        self._end()

    def _ready(self) -> subprocess.Popen[bytes]:
        """Give the process when it knows its task; one that was begun and cannot go on is started again."""
        if self._process is not None and self._knows:
            return self._process
        for begun in (self._process, None) if self._process else (None,):
            process = begun or self._start()
            with contextlib.suppress(DiedError):
                self._tell(process, self._task)
                self._hear(process)
                self._knows = True
                return process
        raise NotStartedError

    def _tell(self, process: subprocess.Popen[bytes], data: bytes) -> None:
        with self._dying():
            assert process.stdin is not None
            _send(process.stdin, data)

    def _hear(self, process: subprocess.Popen[bytes]) -> bytes:
        with self._dying():
            assert process.stdout is not None
            return _receive(process.stdout)

    @contextlib.contextmanager
    def _dying(self) -> Iterator[None]:
        try:
            yield
        except (OSError, EOFError, ValueError):  # ValueError: somebody has stopped it, and its pipes are closed
            self._end()
            raise DiedError from None

    def _start(self) -> subprocess.Popen[bytes]:
        above = str(Path(__file__).resolve().parents[2])
        paths = os.pathsep.join(filter(None, (above, os.environ.get("PYTHONPATH", ""))))
        command = [sys.executable, "-c", _START]
        try:
            process = self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter, our own code
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": paths},
            )  # fmt: skip
            if not self._stopped:  # looked at once there is a process: whoever stops this ends it, or we do
                return process
        except OSError:
            pass
        self._end()
        raise NotStartedError

    def _end(self) -> None:
        process, self._process, self._knows = self._process, None, False
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()
            process.wait()


def _packed(task: Any) -> bytes:
    return pickle.dumps(task, pickle.HIGHEST_PROTOCOL)


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
    memory.look_seldom()
    memory.keep_room()
    task: Any = None
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            order = pickle.loads(_receive(source))  # noqa: S301 -- from the process that started this one
            if isinstance(order, list):
                if (done := _done(task, order)) is None:
                    return
                _send(answers, done)
            elif isinstance(order, Warming):
                with contextlib.suppress(Exception):  # the task will say what is the matter
                    order()
            else:
                task = order
                gc.freeze()
                _send(answers, b"ready")


def _done(task: Any, chunk: list[str]) -> bytes | None:
    """Do a chunk; nothing where the memory does not suffice."""
    answer: tuple[bool, Any]
    try:
        answer = (True, list(task(chunk)))
    except MemoryError:
        return None
    except Exception as error:  # noqa: BLE001 -- the other process raises it
        answer = (False, packed(error))
    return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
