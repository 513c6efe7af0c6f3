"""Chain lines of JSON by their hashes, so that no line can change, go, come or move without it showing.

A line begins with the hash of the one before it and its own number, and ends with the hash of itself:

    {"prev":"…","seq":7,…,"hash":"…"}

`hash` is the SHA-256 of the line in UTF-8 without that last pair. So a whole file is verified without reading its JSON;
only a line that does not fit is read, since an editor may have laid it out anew without changing what it says.

One writer in two places (a folder put back from a backup, a disk that was copied) makes two branches of one chain. A
merged file holds both, each line once: a line may then follow one further up; the first that does is told as a fork.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, Literal

from hazardctl.records import immutable

FIRST = "0" * 64  # stands for the hash of the line before the first
_MARK = b',"hash":"'
_TAIL = len(_MARK) + 64 + 2
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode

Reason = Literal["edited", "moved", "missing", "torn", "cut", "rewritten", "gone", "forked"]


@immutable
class Head:
    """How far a file of lines has come: the number of its last line, and that line's hash."""

    seq: int = 0
    hash: str = FIRST


@immutable
class Break:
    """A place where the chain does not hold: line of the file, 0 where the whole file is meant."""

    line: int
    reason: Reason
    seq: int = 0  # the number the line should have had


def sealed(body: Mapping[str, Any], before: Head) -> tuple[bytes, Head]:
    """Give the next line, with its line end, and the head after it."""
    words = _encode({"prev": before.hash, "seq": before.seq + 1, **body}).encode("utf-8", "replace")
    digest = sha256(words).hexdigest()
    return words[:-1] + _MARK + digest.encode() + b'"}\n', Head(before.seq + 1, digest)


def lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the whole lines of a file with their numbers; a last line that was torn is none."""
    *rows, tail = data.split(b"\n")
    for number, row in enumerate(rows, 1):
        if line := row.rstrip(b"\r"):
            yield number, line
    if body(tail) is not None:
        yield len(rows) + 1, tail.rstrip(b"\r")


def body(line: bytes) -> dict[str, Any] | None:
    """Read one line; None where it is none."""
    try:
        read = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def is_torn(data: bytes) -> bool:
    """Tell whether a file ends in a piece of a line."""
    tail = data.rpartition(b"\n")[2].rstrip(b"\r")
    return bool(tail) and body(tail) is None


def last(data: bytes) -> tuple[dict[str, Any] | None, bool]:
    """Read the last line of a file; and tell whether the file ends in a whole line that is what its own hash says."""
    before, _, line = data.rpartition(b"\n")
    line = line.rstrip(b"\r")
    read = body(line) if line else None
    torn = bool(line) and read is None
    if read is None:
        line = before.rstrip(b"\r\n").rpartition(b"\n")[2]
        read = body(line) if line else None
    own = read is not None and isinstance(read.get("seq"), int) and _own(line, read)
    return read, not torn and (own or not line)


def verify(data: bytes, known: Mapping[int, str] | None = None) -> tuple[list[Break], Head]:
    """Find every place where a file's chain does not hold; `known` are hashes of lines that were recorded elsewhere.

    Also gives the head, of the longest branch where there are several.
    """
    broken: list[Break] = []
    hashes: dict[int, str] = {}
    wanted = known or {}
    seq, before = 0, FIRST.encode()
    for number, line in lines(data):
        digest = sha256(line[:-_TAIL] + b"}").hexdigest().encode()
        start = b'{"prev":"%b","seq":%d,' % (before, seq + 1)
        if line[-_TAIL:] == _MARK + digest + b'"}' and line.startswith(start):
            seq, before = seq + 1, digest
        else:
            reason, found = _judged(line, Head(seq, before.decode()))
            if reason in ("moved", "missing"):
                return _verify_branches(data, wanted)
            if reason:
                broken.append(Break(number, reason, seq + 1))
            seq, before = found.seq, found.hash.encode()
        if seq in wanted:
            hashes[seq] = before.decode()
    if is_torn(data):
        broken.append(Break(data.count(b"\n") + 1, "torn", seq + 1))
    for at, recorded in sorted(wanted.items()):
        if at > seq:
            broken.append(Break(0, "cut", at))
        elif hashes.get(at) != recorded:
            broken.append(Break(0, "rewritten", at))
    return broken, Head(seq, before.decode())


def _verify_branches(data: bytes, wanted: Mapping[int, str]) -> tuple[list[Break], Head]:
    """Verify a file in which a line follows another than the one above it: a branch, or a fault."""
    broken: list[Break] = []
    seen, followed, last, longest = {FIRST: 0}, set[str](), Head(), Head()
    for number, line in lines(data):
        read = body(line)
        reason, found = _judged(line, last)
        before = str(read.get("prev")) if read else ""
        if reason != "edited" and (found.hash in seen or found.hash in followed):
            reason = "moved"  # it stands there a second time, or after what follows it
        elif reason in ("moved", "missing") and seen.get(before) == found.seq - 1:
            reason = "forked" if before in followed else None
        if reason:
            broken.append(Break(number, reason, found.seq if reason == "forked" else last.seq + 1))
        followed.add(before)
        seen.setdefault(found.hash, found.seq)
        last, longest = found, max(longest, found, key=lambda head: head.seq)
    if is_torn(data):
        broken.append(Break(data.count(b"\n") + 1, "torn", last.seq + 1))
    for at, recorded in sorted(wanted.items()):
        if at > longest.seq:
            broken.append(Break(0, "cut", at))
        elif seen.get(recorded) != at:
            broken.append(Break(0, "rewritten", at))
    return broken, longest


def _judged(line: bytes, before: Head) -> tuple[Reason | None, Head]:
    """Say why a line does not fit, if it does not, and the head from which to go on."""
    read = body(line)
    after = Head(before.seq + 1, "?")
    if read is None or not isinstance(read.get("seq"), int) or isinstance(read["seq"], bool):
        return "edited", after
    claimed = Head(read["seq"], str(read.get("hash", "?")))
    if not _own(line, read):
        return "edited", Head(before.seq + 1, claimed.hash)
    if read.get("prev") == before.hash and claimed.seq == before.seq + 1:
        return None, claimed
    return "missing" if claimed.seq > before.seq + 1 else "moved", claimed


def _own(line: bytes, read: Mapping[str, Any]) -> bool:
    """Tell whether a line's hash is its own, however the line is laid out."""
    if sha256(line[:-_TAIL] + b"}").hexdigest() == read.get("hash"):
        return True
    said = {key: value for key, value in read.items() if key != "hash"}
    return sha256(_encode(said).encode("utf-8", "replace")).hexdigest() == read.get("hash")
