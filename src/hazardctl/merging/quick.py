"""Merge two versions of a CSV ledger without the rest of the program, where that is certain to give the same.

Git starts the driver once for every file, so what counts is how much is loaded. This loads next to nothing, and does
what needs no understanding: rows that one side changed or added, of which no rule takes notice. Where somebody has to
be asked, `careful` is loaded too. Whatever else there is gives None, and `merge` does the work. What the words of the
campaign mean stands in a small file beside git's own (`.git/hazardctl/words.json`), left there by the last merge that
had to load the campaign; it is used as long as campaign.yaml, the checklist and the program are the same.
"""

# ruff: noqa: PTH100, PTH110, PTH112, PTH113, PTH116, PTH118, PTH120, PTH123 -- pathlib takes longer to load than a merge takes
from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hazardctl.merging.guarded import Unclear, Words
from hazardctl.merging.lines import Lines, rewritten, woven

if TYPE_CHECKING:
    from hazardctl.merging.threeway import Conflict

    Asked = tuple[str, Conflict, str, str | Mapping[str, str]]

PLACE = os.path.join("hazardctl", "words.json")  # below .git
VERSION = 2
_MEANING = (
    *(("merge.py",), ("fields.py",), ("text.py",)),
    *(
        ("merging", name)
        for name in ("quick.py", "lines.py", "careful.py", "guarded.py", "threeway.py", "words.py", "kept.py")
    ),
    *(("formats", "yaml.py"), ("formats", "yaml_lines.py"), ("shape.py",), ("checklist.py",), ("campaign.py",)),
    *(("cells", "terms.py"), ("cells", "statuses.py"), ("cells", "status_words.py")),
)


class Done:
    """What came of a merge: the file, the ids of rows that are gone, and the cells in question.

    Each of these with its entry's id, its column's heading, and what the campaign calls its field.
    """

    def __init__(self, data: bytes, gone: Sequence[str] = (), asked: Sequence[Asked] = ()) -> None:
        self.data, self.gone, self.asked = data, gone, asked


def merged(base: bytes, ours: bytes, theirs: bytes, campaign: str) -> Done | None:
    """Merge a ledger's versions, or give None where that needs more; `campaign` is the folder of campaign.yaml."""
    words = words_of(campaign)
    if words is None:
        return None
    try:
        return _merged([Lines(base), Lines(ours), Lines(theirs)], words)
    except (Unclear, UnicodeDecodeError, csv.Error):
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
    while not os.path.exists(os.path.join(here, ".git")):
        above = os.path.dirname(here)
        if above == here:
            return ""
        here = above
    folder = os.path.join(here, ".git")
    if not os.path.isdir(folder):  # a worktree, or a repository within another: the file says where git keeps its own
        try:
            with open(folder, encoding="utf-8", errors="surrogateescape") as stream:
                said, _, named = stream.readline().partition(":")
        except OSError:
            return ""
        folder = os.path.join(here, named.strip())
        if said != "gitdir" or not os.path.isdir(folder):
            return ""
    return os.path.join(folder, PLACE)


def stamp(campaign: str, checklist: str, program: str) -> str:
    """Give a hash of what decides what words mean: campaign.yaml, the checklist, the program."""
    whole = hashlib.sha256(f"{VERSION} {program}".encode())
    for path in (os.path.join(campaign, "campaign.yaml"), checklist):
        with open(path, "rb") as stream:
            whole.update(hashlib.sha256(stream.read()).digest())
    return whole.hexdigest()


def words_of(campaign: str) -> Words | None:
    """Read the words of a campaign, if they were left by this program for these very files."""
    try:
        told = told_of(campaign)
        return Words(told) if told else None
    except (KeyError, TypeError):
        return None


def told_of(campaign: str) -> Mapping[str, Any] | None:
    """Read what was left for a campaign as it stands there, if it is by this program and for these very files."""
    try:
        with open(words_file(campaign), encoding="utf-8") as stream:
            told = json.load(stream)
        own = told["own"]  # a checklist of the bureau's own takes the place of a shipped one
        if bool(own) != os.path.isfile(os.path.join(campaign, told["beside"])):
            return None
        checklist = os.path.join(campaign, told["beside"]) if own else told["checklist"]
        if told["stamp"] != stamp(campaign, checklist, told["program"]) or told["program"] != program():
            return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return told if isinstance(told, dict) else None


def program() -> str:
    """Tell one version of this program from another, an edited one too, without asking a package manager."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parts = [os.path.join(here, *parts) for parts in _MEANING]
    return " ".join([here, *(f"{os.stat(path).st_mtime_ns:x}" for path in parts)])


def _merged(versions: Sequence[Lines], words: Words) -> Done:
    base, ours, theirs = versions
    keys = [words.headings.get(title) for title in ours.titles]
    if not all(_same_columns(ours.titles, keys, version.titles) for version in (base, theirs)):
        raise Unclear
    known = [key for key in keys if key is not None]
    if (
        len(known) < len(keys)
        or known.count("id") != 1
        or len(set(filter(None, known))) < len(list(filter(None, known)))
    ):
        raise Unclear
    heading = ours.titles[known.index("id")]
    for version in versions:
        version.by_id(version.titles.index(heading))
        if version.titles != ours.titles:
            version.arrange(ours.titles)
    records = _unnoticed(base, ours, theirs, known, words)
    if records is not None:
        return Done(ours.with_records(records))
    from hazardctl.merging import careful

    records, done = careful.merged(versions, known, words)
    at = known.index("id")
    ids = {key: row[at] for version in (base, theirs, ours) for key, row in version.rows.items()}
    titles = {key or f"={title}": title for key, title in zip(known, ours.titles, strict=True)}
    asked = [
        (ids[one.key[0]], one, titles[one.column], words.labels.get(one.column, titles[one.column]))
        for one in done.conflicts
    ]
    return Done(ours.with_records(records), [ids[key[0]] for key in done.gone], asked)


def _same_columns(titles: Sequence[str], keys: Sequence[str | None], others: Sequence[str]) -> bool:
    """Tell whether two versions have the same columns, in another order perhaps; the clerk's own keep theirs."""
    if titles == others:
        return True
    own = {title for title, key in zip(titles, keys, strict=True) if not key}
    return (
        sorted(titles) == sorted(others)
        and len({*titles}) == len(titles)
        and [title for title in titles if title in own] == [title for title in others if title in own]
    )


def _unnoticed(base: Lines, ours: Lines, theirs: Lines, keys: Sequence[str], words: Words) -> list[str] | None:
    """Give the records of the result where no row was touched on both sides, and no rule takes notice of any."""
    if not base.rows.keys() <= ours.rows.keys() or not base.rows.keys() <= theirs.rows.keys():
        return None  # rows that went are told
    added = ours.rows.keys() & theirs.rows.keys() - base.rows.keys()
    if any(ours.rows[key] != theirs.rows[key] for key in added):
        return None  # one new id, two entries
    mine, other = ({key for key, row in base.rows.items() if side.rows[key] != row} for side in (ours, theirs))
    if mine & other or any(
        words.notice(keys, base.rows[key], side.rows[key])
        for side, touched in ((ours, mine), (theirs, other))
        for key in touched
    ):
        return None
    records = [
        rewritten(record, ours.rows[key], theirs.rows[key]) if key in other else record
        for key, record in ours.records.items()
        if key in base.rows
    ]
    return records + woven(base, ours, theirs, {})
