"""Merge two versions of a CSV ledger without the rest of the program, where that is certain to give the same.

Git starts the driver once for every file, so what counts is how much is loaded. This loads next to nothing, and does
what needs no understanding: rows that one side changed or added, of which no rule takes notice. Whatever else there is
gives None, and `merge` does the work. What the words of the campaign mean stands in a small file beside git's own
(`.git/hazardctl/words.json`), left there by the last merge that had to load the campaign; it is used as long as
campaign.yaml, the checklist and the program are the same.
"""

# ruff: noqa: PTH100, PTH112, PTH113, PTH116, PTH118, PTH120, PTH123 -- pathlib takes longer to load than a merge takes
from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
from collections.abc import Mapping, Sequence

PLACE = os.path.join("hazardctl", "words.json")  # below .git
VERSION = 1
# A change of one of these alone may need a person, or understanding: extensions, verification, later due dates.
GUARDED = frozenset({"deadline", "extended_to", "verified_by", "verified_on", "id"})
_MEANING = (
    *(("merge.py",), ("fields.py",), ("text.py",), ("merging", "quick.py")),
    *(("cells", "terms.py"), ("cells", "statuses.py"), ("cells", "status_words.py")),
)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,59}")
_ODD = ('"', "\0", "<<<<<<<", ">>>>>>>")
Rows = dict[str, str]  # id → the record as it stands in the file


class _Unclear(Exception):  # noqa: N818 -- no error: somebody else does it
    """This needs the whole program."""


def merged(base: bytes, ours: bytes, theirs: bytes, campaign: str) -> bytes | None:
    """Merge a ledger's versions, or give None where that needs more; `campaign` is the folder of campaign.yaml."""
    words = _words(campaign)
    if words is None:
        return None
    try:
        return _merged(_Version(base), _Version(ours), _Version(theirs), words)
    except (_Unclear, UnicodeDecodeError, csv.Error):
        return None


def root_of(folder: str) -> str:
    """Find the folder of campaign.yaml at or above a folder; empty where there is none."""
    here = os.path.realpath(folder)
    while not os.path.isfile(os.path.join(here, "campaign.yaml")):
        above = os.path.dirname(here)
        if above == here:
            return ""
        here = above
    return here


def words_file(campaign: str) -> str:
    """Name the file of words of the clone that a campaign lies in; empty where it lies in none of its own."""
    here = campaign
    while not os.path.isdir(os.path.join(here, ".git")):
        above = os.path.dirname(here)
        if above == here:
            return ""
        here = above
    return os.path.join(here, ".git", PLACE)


def stamp(campaign: str, checklist: str, program: str) -> str:
    """Give a hash of what decides what words mean: campaign.yaml, the checklist, the program."""
    whole = hashlib.sha256(f"{VERSION} {program}".encode())
    for path in (os.path.join(campaign, "campaign.yaml"), checklist):
        with open(path, "rb") as stream:
            whole.update(hashlib.sha256(stream.read()).digest())
    return whole.hexdigest()


class _Words:
    """What headings and statuses mean in a campaign, as its terms have it."""

    def __init__(self, headings: Mapping[str, str], stages: Mapping[str, int]) -> None:
        self.headings, self.stages = headings, stages


def _words(campaign: str) -> _Words | None:
    """Read the words of a campaign, if they were left by this program for these very files."""
    try:
        with open(words_file(campaign), encoding="utf-8") as stream:
            told = json.load(stream)
        own = told["own"]  # a checklist of the bureau's own takes the place of a shipped one
        if bool(own) != os.path.isfile(os.path.join(campaign, told["beside"])):
            return None
        checklist = os.path.join(campaign, told["beside"]) if own else told["checklist"]
        if told["stamp"] != stamp(campaign, checklist, told["program"]) or told["program"] != program():
            return None
        return _Words(told["headings"], {str(word): int(stage) for word, stage in told["stages"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def program() -> str:
    """Tell one version of this program from another, an edited one too, without asking a package manager."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parts = [os.path.join(here, *parts) for parts in _MEANING]
    return " ".join([here, *(f"{os.stat(path).st_mtime_ns:x}" for path in parts)])


class _Version:
    """One version: a heading row, and rows with ids, each on a line of its own."""

    def __init__(self, data: bytes) -> None:
        self.mark = data.startswith(b"\xef\xbb\xbf")
        text = data.decode("utf-8-sig")
        self.newline = "\r\n" if "\r\n" in text else "\n"
        lines = text.split(self.newline)
        plain = "\r" not in text.replace("\r\n", "") and "\n" not in "".join(lines)
        if not plain or lines.pop() or len(lines) < 2 or any(odd in text for odd in _ODD[1:]):
            raise _Unclear
        self.head, *self.records = lines
        if "," not in self.head or any(mark in self.head for mark in '";\t，；'):
            raise _Unclear
        self.cells = self._read(text, lines)
        self.rows: dict[str, list[str]] = {}

    @staticmethod
    def _read(text: str, lines: Sequence[str]) -> list[list[str]]:
        if '"' not in text:
            return [line.split(",") for line in lines]
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        cells = list(reader)
        if reader.line_num != len(cells) or len(cells) != len(lines):
            raise _Unclear
        return cells

    def by_id(self, at: int) -> Rows:
        """Give the records by id; fills `rows` with their cells."""
        width = len(self.cells[0])
        found: Rows = {}
        for record, row in zip(self.records, self.cells[1:], strict=True):
            filled = width - row.count("")
            sure = len(row) == width and row[0].strip() and filled > 2 and filled * 4 > width
            if not sure or not _ID.fullmatch(row[at]) or row[at].lower() in found:
                raise _Unclear
            found[row[at].lower()] = record
            self.rows[row[at].lower()] = row
        return found


def _merged(base: _Version, ours: _Version, theirs: _Version, words: _Words) -> bytes:
    heads = {tuple(version.cells[0]) for version in (base, ours, theirs)}
    if len(heads) > 1:
        raise _Unclear
    keys = [words.headings.get(title) for title in base.cells[0]]
    if None in keys or keys.count("id") != 1 or len(set(filter(None, keys))) < len(keys) - keys.count(""):
        raise _Unclear
    at = keys.index("id")
    before, mine, other = (version.by_id(at) for version in (base, ours, theirs))
    if not before.keys() <= mine.keys() or not before.keys() <= other.keys():
        raise _Unclear  # rows that went are told
    changed = _changed(base, theirs, before, keys, words)
    if changed & _changed(base, ours, before, keys, words):
        raise _Unclear
    records = {key: _rewritten(mine[key], ours.rows[key], theirs.rows[key]) for key in changed}
    result = [records.get(key, record) for key, record in mine.items() if key in before]
    result += _new(before, mine, other)
    text = "".join(line + ours.newline for line in (ours.head, *result))
    return text.encode("utf-8-sig" if ours.mark else "utf-8")


def _changed(base: _Version, side: _Version, before: Rows, keys: Sequence[str | None], words: _Words) -> set[str]:
    """Name the rows that one side has changed, each in a way that needs nobody."""
    found = set()
    for name in before:
        old, new = base.rows[name], side.rows[name]
        if old == new:
            continue
        found.add(name)
        for key, was, now in zip(keys, old, new, strict=True):
            if was != now and (key in GUARDED or (key == "status" and _backwards(was, now, words))):
                raise _Unclear
    return found


def _backwards(was: str, now: str, words: _Words) -> bool:
    before, after = words.stages.get(was), words.stages.get(now)
    return before is None or after is None or after < before


def _rewritten(record: str, mine: Sequence[str], other: Sequence[str]) -> str:
    """Put the other side's cells into our record, whose other cells keep their characters."""
    if '"' in record or any('"' in cell or "," in cell for cell in other):
        raise _Unclear
    return ",".join(other if len(mine) == len(other) else mine)


def _new(before: Rows, mine: Rows, other: Rows) -> list[str]:
    """Give the rows that are new on either side in an order that does not depend on the side."""
    own = [key for key in mine if key not in before]
    if list(mine)[len(before) :] != own:
        raise _Unclear  # they stand among the others
    new = [key for key in other if key not in before]
    if set(own) & set(new) or any('"' in other[key] for key in new):
        raise _Unclear
    woven: list[str] = []
    while own and new:
        woven.append(mine[own.pop(0)] if own[0] < new[0] else other[new.pop(0)])
    return [*woven, *(mine[key] for key in own), *(other[key] for key in new)]
