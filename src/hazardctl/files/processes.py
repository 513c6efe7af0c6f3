"""Who stands behind a lock or a temporary file, and whether that process is still there.

A holder is written into file *names*: after a power cut a name is still there where the contents are gone.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from contextlib import suppress
from enum import Enum
from functools import lru_cache
from pathlib import Path

from hazardctl.records import immutable

PATTERN = r"[0-9a-f]{12}-[0-9a-f]{8}-[0-9]{1,10}-[0-9a-z]{1,20}-[0-9a-f]{16}"
UNKNOWN = "0"
_NO_BOOT = "00000000"

# Tokens of this process that are in use: its own name on a lock with any other token is a left-over.
_in_use: set[str] = set()


class State(Enum):
    """What this machine can say about a holder."""

    ALIVE = "alive"
    GONE = "gone"
    ELSEWHERE = "elsewhere"


@immutable
class Holder:
    """One process on one machine since one boot; the token tells two holdings of the same process apart."""

    machine: str
    boot: str
    pid: int
    start: str
    token: str

    def __str__(self) -> str:
        return f"{self.machine}-{self.boot}-{self.pid}-{self.start}-{self.token}"


def new() -> Holder:
    """Name this process as a holder, under a fresh token that counts as in use until `forget`."""
    token = os.urandom(8).hex()
    _in_use.add(token)
    return Holder(machine(), boot(), os.getpid(), _own_start(os.getpid()), token)


def forget(holder: Holder) -> None:
    """Say that a holder of this process holds nothing any more."""
    _in_use.discard(holder.token)


def parse(text: str) -> Holder | None:
    """Read a holder from a name; None where the name is not one of ours."""
    if not re.fullmatch(PATTERN, text):
        return None
    machine_, boot_, pid, start, token = text.split("-")
    return Holder(machine_, boot_, int(pid), start, token)


def state(holder: Holder) -> State:
    """Tell whether a holder's process is there, gone, or on a machine that cannot be asked from here."""
    if holder.machine != machine():
        return State.ELSEWHERE
    if holder.boot != boot():
        return State.GONE
    if holder.pid == os.getpid() and holder.start == _own_start(holder.pid):
        return State.ALIVE if holder.token in _in_use else State.GONE
    return State.ALIVE if _runs(holder.pid, holder.start) else State.GONE


@lru_cache(maxsize=1)
def user_name() -> str:
    """Name the person at this machine; `?` where the system does not know."""
    try:
        import getpass

        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name in the environment, no account for the number
        return "?"


def host_name() -> str:
    """Name this machine the way its owner does."""
    if sys.platform == "win32":
        name = os.environ.get("COMPUTERNAME")
    else:
        name = os.uname().nodename
    return name or "?"


@lru_cache(maxsize=1)
def machine() -> str:
    """Tell machines apart by more than their names: cloned disks share names, containers share machines."""
    parts = (host_name(), _installation(), _process_namespace())
    return hashlib.sha256("|".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:12]


@lru_cache(maxsize=1)
def boot() -> str:
    """Tell one start of this machine from the next, where start times of processes do not already do so."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_bytes()[:8].decode("ascii", "replace")
    return _NO_BOOT


@lru_cache(maxsize=8)
def _own_start(pid: int) -> str:
    return _start(pid) or UNKNOWN


def _installation() -> str:
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    else:
        with suppress(OSError):
            return Path("/etc/machine-id").read_bytes().decode("ascii", "replace").strip()
    return ""


def _process_namespace() -> str:
    with suppress(OSError):
        return str(Path("/proc/self/ns/pid").readlink())
    return ""


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _QUERY_LIMITED_INFORMATION, _STILL_ACTIVE, _ACCESS_DENIED = 0x1000, 259, 5

    def _open_process(pid: int) -> tuple[int, int]:
        """Give a process handle and the error code: signal 0 would end the process on Windows."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE
        handle = kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, False, pid)
        return int(handle or 0), ctypes.get_last_error()

    def _runs(pid: int, start: str) -> bool:
        handle, error = _open_process(pid)
        if not handle:
            return error == _ACCESS_DENIED
        kernel = ctypes.windll.kernel32
        try:
            code = wintypes.DWORD()
            known = kernel.GetExitCodeProcess(wintypes.HANDLE(handle), ctypes.byref(code))
            if known and code.value != _STILL_ACTIVE:
                return False
        finally:
            kernel.CloseHandle(wintypes.HANDLE(handle))
        return start == UNKNOWN or _start(pid) in ("", start)

    def _start(pid: int) -> str:
        handle, _ = _open_process(pid)
        if not handle:
            return ""
        kernel = ctypes.windll.kernel32
        times = [wintypes.FILETIME() for _ in range(4)]
        try:
            known = kernel.GetProcessTimes(wintypes.HANDLE(handle), *(ctypes.byref(each) for each in times))
        finally:
            kernel.CloseHandle(wintypes.HANDLE(handle))
        return str((times[0].dwHighDateTime << 32) | times[0].dwLowDateTime) if known else ""

else:

    def _runs(pid: int, start: str) -> bool:
        try:
            os.kill(pid, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except PermissionError:  # somebody else's process: there, but not ours to signal
            pass
        now = _start(pid)
        return now != "ended" and (start == UNKNOWN or now in ("", start))

    def _start(pid: int) -> str:
        """Give the start of a process as an opaque word: empty where it cannot be told, `ended` for a zombie."""
        try:
            fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        except OSError:
            return "" if sys.platform == "linux" else _start_by_ps(pid)
        return "ended" if fields[0] in (b"Z", b"X") else fields[19].decode("ascii")

    def _start_by_ps(pid: int) -> str:
        import subprocess

        command = ["ps", "-o", "lstart=", "-p", str(pid)]
        try:
            told = subprocess.run(  # noqa: S603 -- a fixed command and a number
                command, capture_output=True, check=True, timeout=5, env={**os.environ, "LC_ALL": "C", "TZ": "UTC"}
            )
        except (OSError, subprocess.SubprocessError):
            return ""
        return hashlib.sha256(told.stdout.strip()).hexdigest()[:16]
