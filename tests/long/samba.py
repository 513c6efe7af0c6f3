"""Let two machines change one ledger through two mounts of a Samba share: no update is lost, no lock fails to hold.

`smbd` serves a folder inside name spaces of its own (network, mounts, processes), so that nothing outside is touched
and nothing is left running. The share is mounted twice: by the kernel where it can, else by `smbnetfs`, a client in
user space that gives up now and then (EIO). Each clerk works under a host name of its own, so that neither can tell
whether the other is alive. What was acknowledged has to be there; what was refused was tried again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path

from trial import HazardError, Trial, arguments, lacking, scratch, skipped, store

CONFIG = """\
[global]
server role = standalone server
map to guest = Bad User
guest account = root
interfaces = lo
bind interfaces only = yes
disable netbios = yes
smb ports = 445
load printers = no
private dir = {0}
lock directory = {0}
state directory = {0}
cache directory = {0}
pid directory = {0}
ncalrpc dir = {0}
log file = {0}/log
[share]
path = {1}
read only = no
guest ok = yes
force user = root
"""
COPIES = (
    "ledger (1).csv",
    "ledger-副本.csv",
    "ledger-DESKTOP-7G3K.csv",
    "ledger.sync-conflict-20260105-101530-ABCDEFG.csv",
)


def main() -> int:
    """Run the trial in name spaces of its own; a clerk is a process of its own under a host name."""
    if len(sys.argv) > 1 and sys.argv[1] == "--clerk":
        return clerk(Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    given = arguments(500, inside="(used by the trial itself)")
    if not given.inside:
        if missing := lacking(
            {"smbd": "samba", "smbclient": "smbclient", "smbnetfs": "smbnetfs", "unshare": "util-linux"}
        ):
            return skipped("samba", f"not installed: {missing}")
        apart = ["unshare", "--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child"]
        if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
            return skipped("samba", "name spaces of its own are not permitted here")
        return subprocess.run([*apart, sys.executable, __file__, *sys.argv[1:], "--inside"], check=False).returncode
    place = scratch("samba")
    try:
        return inside(place, given.cycles)
    finally:
        for mount in (place / "a", place / "b"):
            subprocess.run(["umount", "-l", str(mount)], capture_output=True, check=False)
        shutil.rmtree(place)


def inside(place: Path, times: int) -> int:
    """Serve the share, mount it twice, let a clerk work through each mount."""
    share, own = place / "share", place / "own"
    for folder in (share, own, place / "a", place / "b"):
        folder.mkdir()
    (own / "smb.conf").write_text(CONFIG.format(own, share), encoding="utf-8")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    subprocess.Popen(["smbd", "-F", "--no-process-group", "-s", str(own / "smb.conf")])
    asking = ["smbclient", "-N", "//127.0.0.1/share", "-c", "ls"]
    until(lambda: not subprocess.run(asking, capture_output=True, check=False).returncode)
    mounts = {name: mounted(place, name) for name in "ab"}
    if None in mounts.values():
        return skipped("samba", "neither the kernel nor smbnetfs mounts the share")
    trial = Trial(
        f"samba, 2 mounts by {'cifs' if mounts['a'] == place / 'a' else 'smbnetfs'}, 2 clerks × {times} updates"
    )
    copies(trial, mounts["a"] or share, mounts["b"] or share)
    work(trial, {name: path for name, path in mounts.items() if path}, share, times)
    return trial.end("updates")


def until(ready: object, seconds: float = 20) -> bool:
    """Wait for something."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if ready():  # type: ignore[operator]
            return True
        time.sleep(0.2)
    return False


def mounted(place: Path, name: str) -> Path | None:
    """Mount the share once more; gives the folder, None where nothing can mount it."""
    folder = place / name
    kernel = ["mount", "-t", "cifs", "-o", "guest,nosharesock,cache=none", "//127.0.0.1/share", str(folder)]
    if not subprocess.run(kernel, capture_output=True, check=False).returncode:
        return folder
    home = place / f"home-{name}" / ".smb"
    home.mkdir(parents=True)
    shutil.copy(place / "own" / "smb.conf", home / "smb.conf")
    for file, text in (
        ("smbnetfs.conf", 'include "smbnetfs.host"\n'),
        ("smbnetfs.host", "host 127.0.0.1 visible=true\n"),
    ):
        (home / file).write_text(text, encoding="utf-8")
        (home / file).chmod(0o600)
    log = (home / "log").open("wb")
    command = ["smbnetfs", "-f", "-o", "direct_io", str(folder)]
    subprocess.Popen(command, env={**os.environ, "HOME": str(home.parent)}, stdout=log, stderr=log)
    inside = folder / "127.0.0.1" / "share"
    return inside if until(inside.is_dir) else None


def work(trial: Trial, mounts: dict[str, Path], share: Path, times: int) -> None:
    """Let a clerk work through each mount, under a host name of its own."""
    (share / "ledger.csv").write_bytes(b"id\r\n")
    started, clerks = time.monotonic(), []
    for name, path in mounts.items():
        command = [sys.executable, __file__, "--clerk", str(path), name, str(times)]
        under = ["unshare", "--uts", "sh", "-c", f'hostname office-{name}; exec "$@"', "sh"]
        clerks.append(subprocess.Popen([*under, *command], stdout=subprocess.PIPE, text=True))
    told = [each.communicate()[0].split() for each in clerks]
    took = time.monotonic() - started
    saved = [word for words in told for word in words if word[0] != "!"]
    rows = (share / "ledger.csv").read_bytes().decode().split("\r\n")[1:-1]
    trial.tried = len(saved)
    refused = sum(word[0] == "!" for words in told for word in words)
    trial.notes += [f"of {2 * times}", f"{refused} refused", f"{len(saved) / took:.0f} updates/s"]
    trial.check(bool(saved), "nothing was saved")
    trial.check(set(saved) <= set(rows), f"{len(set(saved) - set(rows))} acknowledged updates lost")
    trial.check(len(rows) == len(set(rows)), "rows are there twice")
    trial.check(not rows or all(row.partition("-")[2].isdecimal() for row in rows), "the ledger is damaged")
    left = sorted(path.name for path in share.iterdir() if path.name != "ledger.csv")
    trial.check(not left or bool(refused), f"left lying about: {left}")


def clerk(folder: Path, name: str, times: int) -> int:
    """Add rows to the ledger; says which were saved, and `!` for each time that was refused."""
    reasons: Counter[str] = Counter()
    for number in range(times):
        row = f"{name}-{number}"
        for _ in range(20):
            try:
                store.update(folder / "ledger.csv", partial(with_row, row.encode() + b"\r\n"))
            except HazardError as error:
                reasons[str(error).rpartition(": ")[2]] += 1
                sys.stdout.write("!\n")
            else:
                sys.stdout.write(f"{row}\n")
                break
        else:
            break
    for reason, count in reasons.items():
        sys.stderr.write(f"  clerk {name}, {count} times: {reason}\n")
    return 0


def with_row(row: bytes, seen: store.Snapshot) -> bytes:
    """Give the ledger with one more row; one that is there already came from a try that was refused too late."""
    if not seen.data:
        message = "the ledger is gone"
        raise AssertionError(message)
    return seen.data if row in seen.data else seen.data + row


def copies(trial: Trial, one: Path, other: Path) -> None:
    """Make sure that the names of conflict copies survive the share, and are known on the other side of it."""
    from hazardctl.merging.copies import copy_of

    try:
        for name in COPIES:
            (one / name).write_bytes(b"x")
        seen = {path.name for path in other.iterdir()}
    except OSError as error:
        trial.notes.append(f"names of copies not tried: {error.strerror}")
        return
    for name in COPIES:
        found = copy_of(name)
        (one / name).unlink()
        trial.check(name in seen and found is not None and found.original == "ledger.csv", f"{name} is not known")


if __name__ == "__main__":
    sys.exit(main())
