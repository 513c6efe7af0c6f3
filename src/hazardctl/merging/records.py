"""Merge what is no table: lists of records that only grow, and campaign.yaml key by key."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from hazardctl.errors import FileFault
from hazardctl.formats import yaml
from hazardctl.formats.encoding import Dress, UndecodableError, decode, encode, newline_of
from hazardctl.merging.grids import UnmergeableError
from hazardctl.merging.questions import Question
from hazardctl.returns import returned
from hazardctl.returns.returned import Listed

LISTS = frozenset({"returns.yaml", "accepted.yaml", "exceptions.yaml"})
KEYED = "campaign.yaml"
_KEY = re.compile(r"( *)([^\s#:'\"\[{&*!|>%@`-][^:#]*):(?:\s|$)")
Blocks = dict[str, str]  # key → its lines, with the comment lines above it


class ChangedRecordError(FileFault):
    """A list that only grows has lost or changed a record it had. Values: `path`, `count`."""

    key = "merge.changed_record"


def merges(path: str) -> bool:
    """Tell whether a file is merged here, by its name."""
    return PurePath(path).name in LISTS or PurePath(path).name == KEYED


def merge(base: bytes | None, ours: bytes, theirs: bytes, path: str) -> tuple[bytes, tuple[Question, ...]]:
    """Merge three versions; None as base: what both have alike is what both began with.

    Raises UnmergeableError, ChangedRecordError.
    """
    if theirs in (ours, base):
        return ours, ()
    if ours == base:
        return theirs, ()
    if PurePath(path).name == KEYED:
        return _keyed(base, ours, theirs, path)
    return _grown(base, ours, theirs, path), ()


def _grown(base: bytes | None, ours: bytes, theirs: bytes, path: str) -> bytes:
    """Give what both began with and every record that either added, in an order that does not depend on the side."""
    mine, other = _listed(ours, path), _listed(theirs, path)
    known = {_said(item) for item in other.items}
    before = [item for item in mine.items if _said(item) in known] if base is None else _listed(base, path).items
    old = list(map(_said, before))
    gone = [said for said in old if said not in known or said not in map(_said, mine.items)]
    if gone:
        raise ChangedRecordError(path=path, count=len(gone))
    new = {_said(item): item for item in (*mine.items, *other.items) if _said(item) not in old}
    whole = ours if base is None or not base else base
    if base is None:  # ours stays as it is: nobody knows what stood where
        new = {said: item for said, item in new.items() if said not in map(_said, mine.items)}
    for said in sorted(new, key=lambda said: (_moment(new[said]), said)):
        longer = returned.added(_listed(whole, path), new[said])
        if longer is None:
            raise UnmergeableError([], path=path)
        whole = longer
    return whole


def _listed(data: bytes, path: str) -> Listed:
    found = returned.read(data, path)
    if found.findings:
        raise UnmergeableError(list(found.findings), path=path)
    return found


def _said(item: Mapping[str, Any]) -> str:
    return json.dumps(item, ensure_ascii=False, sort_keys=True)


def _moment(item: Mapping[str, Any]) -> str:
    """Give the day of a record: of two returns for a period the later one counts, whoever merges."""
    value = item.get("at", "")
    return value if isinstance(value, str) else ""


def _keyed(base: bytes | None, ours: bytes, theirs: bytes, path: str) -> tuple[bytes, tuple[Question, ...]]:
    texts = ["" if data is None else _text(data, path) for data in (base, ours, theirs)]
    asked: list[Question] = []
    newline = newline_of(texts[1])
    plain = [text.replace("\r\n", "\n") for text in texts]
    merged = _blocks_merged(plain[0], plain[1], plain[2], (), asked, "no_base" if base is None else "two_values")
    whole = merged if newline == "\n" else merged.replace("\n", newline)
    data = encode(whole, _dress(ours))
    if yaml.read(whole, path).findings:
        raise UnmergeableError(yaml.read(whole, path).findings, path=path)
    return data, tuple(asked)


def _text(data: bytes, path: str) -> str:
    try:
        text, _ = decode(data)
    except UndecodableError:
        raise UnmergeableError([], path=path) from None
    if findings := yaml.read(text, path).findings:
        raise UnmergeableError(findings, path=path)
    return text


def _dress(data: bytes) -> Dress:
    return decode(data)[1]


def _blocks_merged(  # noqa: PLR0917 -- three texts, where they stand, and what is in question
    base: str, ours: str, theirs: str, above: tuple[str, ...], asked: list[Question], why: str
) -> str:
    """Merge mappings key by key, and what stands under a key likewise; what is asked stays as it was before."""
    (_, old), (head, mine), (_, other) = (_blocks(text) for text in (base, ours, theirs))
    pieces = [head]
    for key in [*mine, *(key for key in other if key not in mine)]:
        was, one, two = old.get(key, ""), mine.get(key, ""), other.get(key, "")
        inner = [_inner(block) for block in (was, one, two)]
        if two in (one, was):
            pieces.append(one)
        elif one == was:
            pieces.append(two)
        elif all(inner):
            under = _blocks_merged(inner[0], inner[1], inner[2], (*above, key), asked, why)
            pieces.append(one[: len(one) - len(inner[1])] + under)
        else:
            name = ".".join((*above, key))
            said = [block.strip("\n") for block in (was, one, two)]
            asked.append(Question(name, name, name, said[0], said[1], said[2], "", why))
            pieces.append(one if why == "no_base" else was)
    return "".join(map(_ended, pieces))


def _blocks(text: str) -> tuple[str, Blocks]:
    """Cut a mapping into its keys, each with the comments above it; also gives what stands before the first."""
    level, key, head, waiting = -1, "", "", ""
    blocks: Blocks = {}
    for line in text.splitlines(keepends=True):
        found = _KEY.match(line)
        if found and level in (-1, len(found[1])):
            level, key = len(found[1]), found[2].strip()
            blocks[key] = waiting + line
        elif not line.strip() or line.lstrip().startswith("#"):
            waiting += line
            continue
        elif key:
            blocks[key] += waiting + line
        else:
            head += waiting + line
        waiting = ""
    if key:
        blocks[key] += waiting
    return head if key else head + waiting, blocks


def _inner(block: str) -> str:
    """Give what stands under a key, where that is a mapping laid out in lines of its own."""
    lines = block.splitlines(keepends=True)
    at = next((at for at, line in enumerate(lines) if _KEY.match(line)), len(lines))
    under = lines[at + 1 :]
    first = next((line for line in under if line.strip() and not line.lstrip().startswith("#")), "")
    own, next_ = (_KEY.match(line) for line in (lines[at] if at < len(lines) else "", first))
    mapping = own and next_ and len(next_[1]) > len(own[1]) and lines[at].strip().endswith(":")
    return "".join(under) if mapping else ""


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def settled(data: bytes, chosen: Mapping[str, str], path: str) -> bytes:
    """Put what was chosen for keys of campaign.yaml in their places; a blank takes the key out.

    Raises UnmergeableError where the result would not be YAML.
    """
    text = _text(data, path)
    newline = newline_of(text)
    whole = text.replace("\r\n", "\n")
    for name, value in chosen.items():
        whole = _with(whole, name.split("."), value)
    if findings := yaml.read(whole, path).findings:
        raise UnmergeableError(findings, path=path)
    return encode(whole.replace("\n", newline), _dress(data))


def _with(text: str, names: Sequence[str], value: str) -> str:
    head, blocks = _blocks(text)
    key, *rest = names
    block = blocks.get(key, "")
    inner = _inner(block)
    if rest and inner:
        blocks[key] = block[: len(block) - len(inner)] + _with(inner, rest, value)
    else:
        found = _KEY.match(next(iter(blocks.values()), "").split("\n", 1)[0])
        said = any((own := _KEY.match(line)) and own[2].strip() == key for line in value.splitlines())
        blocks[key] = value if said or not value else f"{found[1] if found else ''}{key}: {value}"
    return head + "".join(map(_ended, blocks.values()))
