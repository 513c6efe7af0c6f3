"""Run a task on somebody else's file in a child process that can neither run on for ever nor eat the machine.

A workbook or a template from a shared folder may be hostile or damaged; a library that aborts takes only the child
with it. What goes in and comes out is JSON, so nothing the child says is ever executed here.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable
from typing import Any

from hazardctl.errors import HazardError

SECONDS, MEGABYTES = 10, 512
_START = "from hazardctl.limited import child; child()"


class LimitError(HazardError):
    """A task used up its time or its memory, or its process died."""

    key = "error.limit"


class TaskError(HazardError):
    """A task says what is wrong with the file it was given: `code` is a word of its own, `values` fill its sentence."""

    key = "error.task"

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code=code, **values)
        self.code = code


def run(task: str, payload: Any, *, about: str, seconds: int = SECONDS, megabytes: int = MEGABYTES) -> Any:
    """Run `module:function` on a payload; raises TaskError as the task raised it, LimitError where it was stopped.

    `about` names the file in the user's words.
    """
    return run_on(task, lambda: payload, about=about, seconds=seconds, megabytes=megabytes)


def run_on(
    task: str, prepare: Callable[[], Any], *, about: str, seconds: int = SECONDS, megabytes: int = MEGABYTES
) -> Any:
    """Run a task on what `prepare` gives, which is called while the child starts; None needs no child after all."""
    import subprocess  # the child itself starts none

    command = [sys.executable, "-P", "-X", "utf8", "-c", _START, task, str(seconds), str(megabytes)]
    with subprocess.Popen(  # noqa: S603 -- our own interpreter, our own code
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
    ) as process:
        try:
            payload = prepare()
            if payload is None:
                return None
            said, _ = process.communicate(json.dumps(payload).encode(), timeout=seconds * 3)
            answer = json.loads(said)
        except (subprocess.TimeoutExpired, ValueError):
            raise LimitError(about=about, seconds=seconds, megabytes=megabytes) from None
        finally:
            process.kill()
    if "fault" in answer:
        raise TaskError(answer["fault"], **answer["values"])
    return answer["result"]


def _environment() -> dict[str, str]:
    """Give the child what Python needs to find itself, and one thread: each more would ask for memory of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HAZARDCTL_")}
    return kept | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}


def child() -> None:
    """Run one task inside the limits: the child's side of `run`."""
    task, seconds, megabytes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not spoil the answer
    module, _, name = task.partition(":")
    function = getattr(importlib.import_module(module), name)  # while the parent still gathers what to work on
    payload = json.load(sys.stdin.buffer)
    _limit(seconds, megabytes)
    try:
        answer: dict[str, Any] = {"result": function(payload)}
    except TaskError as error:
        answer = {
            "fault": error.code,
            "values": {key: str(value) for key, value in error.values.items() if key != "code"},
        }
    except (MemoryError, RecursionError):
        os._exit(9)
    out.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    out.flush()
    os._exit(0)  # nothing of a hostile file's objects is worth an orderly end


def _limit(seconds: int, megabytes: int) -> None:
    if sys.platform == "win32":
        from hazardctl.windows import limit_memory

        limit_memory(megabytes << 20)  # time is kept by the parent
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, megabytes << 20),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):  # a system that keeps no such limit; the parent still keeps the time
            continue
