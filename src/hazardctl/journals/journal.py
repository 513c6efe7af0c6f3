"""The journal (留痕): every change of every entry and figure of a unit, in files that only grow.

`units/<id>/journal/<writer>.jsonl`, one file per writer, so that two writers never touch the same file. A writer is one
user on one machine in one copy of the campaign's folder. One line of JSON is one change of one entry:

    prev, seq, hash     the chain (see `chain`)
    turn                one more than the greatest turn in sight: a change has a greater one than all it knew of
    at, by, command     when (UTC), who, and with what
    kind                add set seen restore import merge accept void
    id, figure          what was changed: an entry, or a figure as `period/key`; neither: the files' bytes alone
    row                 new gone named, where an entry came, went, or got another id than the one in `of`
    changes             {field: [before, after]}
    was, ledger         SHA-256 of the ledger before and after; `figures` is that of figures.csv
    others              {writer: "seq:hash"}: how far the other journals of the unit had come
    lost                entries that are gone from the ledger without anybody having said so

Clocks decide nothing: lines are put in order by turn, then by writer and number.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from hazardctl.files import processes, store
from hazardctl.journals import chain
from hazardctl.journals.chain import Break, Head
from hazardctl.records import immutable

FOLDER = "journal"
SUFFIX = ".jsonl"
Changes = Mapping[str, tuple[str, str]]
_TAIL = 1 << 13
_UNSAFE = re.compile(r"[^\w.-]+")


@immutable
class Change:
    """What happened to one entry or one figure."""

    entry: str = ""
    row: str = ""
    changes: Changes = field(default_factory=dict)
    figure: str = ""
    of: str = ""


@immutable
class Line:
    """One line of a journal."""

    writer: str
    seq: int
    turn: int
    at: str
    by: str
    command: str
    kind: str
    change: Change
    was: str = ""
    ledger: str = ""
    figures: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    lost: int = 0
    prev: str = ""
    hash: str = ""


@immutable
class Tail:
    """The end of one writer's file: its last line, None where it has none that can be read."""

    writer: str
    last: Line | None
    sound: bool  # the file ends in a whole line that is what its hash says


def now() -> str:
    """Give the time as a journal has it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def folder(unit_folder: Path) -> Path:
    """Give the folder of a unit's journals."""
    return unit_folder / FOLDER


@lru_cache(maxsize=64)
def writer(root: Path) -> str:
    """Name the writer of this run: user, machine and copy of the campaign, as a file may be called everywhere."""
    user, host = processes.user_name(), processes.host_name()
    apart = "|".join((user, processes.machine(), str(root.resolve())))
    told = [_UNSAFE.sub("", word).strip(".-")[:24] or "x" for word in (user, host)]
    return "-".join((*told, hashlib.sha256(apart.encode("utf-8", "surrogateescape")).hexdigest()[:8]))


def listed(unit_folder: Path) -> list[str]:
    """Name what lies in the folder of a unit's journals, in order."""
    try:
        return sorted(os.listdir(folder(unit_folder)))  # noqa: PTH208 -- asked once for every unit
    except (FileNotFoundError, NotADirectoryError):
        return []


def files(unit_folder: Path, names: Sequence[str] | None = None) -> list[Path]:
    """Give a unit's journals, in the order of their names; `names` is what lies in their folder, if known."""
    where = folder(unit_folder)
    return [where / name for name in (listed(unit_folder) if names is None else names) if name.endswith(SUFFIX)]


def tails(unit_folder: Path, names: Sequence[str] | None = None) -> list[Tail]:
    """Read the end of each of a unit's journals."""
    return [_tail(path) for path in files(unit_folder, names)]


def _tail(path: Path) -> Tail:
    name = path.name.removesuffix(SUFFIX)
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(size - _TAIL, 0))
        data = stream.read()
    if size > _TAIL and data.count(b"\n") < 2:
        data = path.read_bytes()
    read, sound = chain.last(data)
    return Tail(name, _line(name, read) if read else None, sound)


def newest(ends: Iterable[Tail]) -> Line | None:
    """Give the last of all lines."""
    last = [end.last for end in ends if end.last]
    return max(last, key=_place, default=None)


def others(ends: Iterable[Tail], writer: str) -> dict[str, str]:
    """Tell how far the journals of everybody else have come."""
    return {end.writer: stamp(end.last) for end in ends if end.last and end.writer != writer}


def stamp(line: Line) -> str:
    """Name a line in few letters."""
    return f"{line.seq}:{line.hash[:16]}"


def read(unit_folder: Path) -> list[Line]:
    """Read all of a unit's journals, in order."""
    found: list[Line] = []
    for path in files(unit_folder):
        name = path.name.removesuffix(SUFFIX)
        bodies = (chain.body(line) for _, line in chain.lines(path.read_bytes()))
        found += [_line(name, body) for body in bodies if body is not None]
    return sorted(found, key=_place)


def _place(line: Line) -> tuple[int, str, int]:
    return line.turn, line.writer, line.seq


def _line(writer: str, body: Mapping[str, Any]) -> Line:
    """Read a line; whatever a hand has made of it, reading it does not fail."""

    def word(key: str) -> str:
        value = body.get(key, "")
        return value if isinstance(value, str) else ""

    def number(key: str) -> int:
        value = body.get(key, 0)
        return value if isinstance(value, int) else 0

    change = Change(word("id"), word("row"), _pairs(body.get("changes")), word("figure"), word("of"))
    known = body.get("others")
    seen = {str(key): str(value) for key, value in known.items()} if isinstance(known, dict) else {}
    return Line(
        writer, number("seq"), number("turn"), word("at"), word("by"), word("command"), word("kind"), change,
        word("was"), word("ledger"), word("figures"), seen, number("lost"), word("prev"), word("hash"),
    )  # fmt: skip


def _pairs(given: object) -> Changes:
    if not isinstance(given, dict):
        return {}
    return {
        str(key): (str(pair[0]), str(pair[1]))
        for key, pair in given.items()
        if isinstance(pair, list) and len(pair) == 2
    }


def append(root: Path, unit_folder: Path, ends: Sequence[Tail], new: Sequence[Line]) -> tuple[list[Line], bytes]:
    """Add lines to this writer's journal, durably; hold the lock on the unit's ledger meanwhile.

    Fills in writer, number, turn, time, others and hashes. Also gives the torn last line that an accident had left.
    """
    own = writer(root)
    mine = next((end.last for end in ends if end.writer == own and end.last), None)
    head = Head(mine.seq, mine.hash) if mine else Head()
    turn = max((end.last.turn for end in ends if end.last), default=0) + 1
    at, seen = now(), others(ends, own)
    written, data = [], []
    for number, line in enumerate(new):
        if number and line.kind != "seen" and new[number - 1].kind == "seen":
            turn += 1  # it knew of what was seen, in whichever journal that stands
        raw, after = chain.sealed(_body(line, turn, at, seen), head)
        data.append(raw)
        written.append(Line(
            own, after.seq, turn, at, line.by, line.command, line.kind, line.change, line.was, line.ledger,
            line.figures, seen, line.lost, head.hash, after.hash,
        ))  # fmt: skip
        head = after
    if not data:
        return [], b""
    return written, store.append(folder(unit_folder) / f"{own}{SUFFIX}", b"".join(data))


def _body(line: Line, turn: int, at: str, others: Mapping[str, str]) -> dict[str, Any]:
    """Give what a line says, without what it leaves empty."""
    change = line.change
    told = {
        "turn": turn, "at": at, "by": line.by, "command": line.command, "kind": line.kind,
        "id": change.entry, "figure": change.figure, "row": change.row, "of": change.of, "changes": change.changes,
        "was": line.was, "ledger": line.ledger, "figures": line.figures, "others": others, "lost": line.lost,
    }  # fmt: skip
    return {key: value for key, value in told.items() if value or key == "turn"}


def head(unit_folder: Path) -> dict[str, Head]:
    """Give the head of each of a unit's journals, for the superior to keep: nothing before it can change unseen."""
    return {path.name.removesuffix(SUFFIX): chain.verify(path.read_bytes())[1] for path in files(unit_folder)}


def verify(unit_folder: Path, heads: Mapping[str, Head] | None = None) -> tuple[dict[str, list[Break]], int]:
    """Find every place where a unit's journals do not hold, by writer; and count the lines that were looked at.

    `heads` were given by `head` earlier. What the journals say of one another is held against them as well.
    """
    known: dict[str, dict[int, str]] = {name: {at.seq: at.hash} for name, at in (heads or {}).items() if at.seq}
    found: dict[str, list[Break]] = {}
    there: dict[str, bytes] = {path.name.removesuffix(SUFFIX): path.read_bytes() for path in files(unit_folder)}
    ends: dict[str, int] = {}
    for name, data in there.items():
        found[name], end = chain.verify(data, known.get(name))
        ends[name] = end.seq
    for name in known.keys() - there.keys():
        found[name] = [Break(0, "gone", max(known[name]))]
    for name, at in _seen(there).items():
        have = found.setdefault(name, [Break(0, "gone", at)] if name not in there else [])
        if at > ends.get(name, at) and not any(one.reason == "cut" for one in have):
            have.append(Break(0, "cut", at))
    return {name: breaks for name, breaks in found.items() if breaks}, sum(ends.values())


def _seen(there: Mapping[str, bytes]) -> dict[str, int]:
    """Tell how far each journal had come in the eyes of the others."""
    seen: dict[str, int] = {}
    for data in there.values():
        for name, mark in _last(data).others.items():
            number = mark.partition(":")[0]
            seen[name] = max(seen.get(name, 0), int(number) if number.isdecimal() and len(number) < 12 else 0)
    return seen


def _last(data: bytes) -> Line:
    return _line("", chain.last(data[data.rfind(b"\n", 0, -_TAIL) + 1 :])[0] or {})


def mentions(unit_folder: Path, entry: str) -> bool:
    """Tell whether a unit's journals ever knew an id, as it is written."""
    wanted = entry.encode()
    return any(wanted in path.read_bytes() for path in files(unit_folder))
