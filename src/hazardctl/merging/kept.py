"""Keep what campaign.yaml and the checklist say beside git's own files, for the next merge to have without YAML.

The words of the campaign lie there too (`quick`), and this is used as long as they are: while campaign.yaml, the
checklist and the program are the same.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from hazardctl import load, shape
from hazardctl.campaign import Campaign
from hazardctl.cells.terms import Terms
from hazardctl.checklist import Checklist
from hazardctl.formats import yaml
from hazardctl.formats.encoding import decode
from hazardctl.merging import quick
from hazardctl.workspace import Workspace

NAME = "campaign.json"  # beside the words
T = TypeVar("T")


def terms(place: Workspace) -> Terms:
    """Give the terms of a campaign; raises BrokenFileError, NoChecklistError.

    Its units are not looked at: there may be thousands, and git starts this for every file.
    """
    told = quick.told_of(str(place.root))
    if told:
        with suppress(OSError, ValueError, KeyError, TypeError):
            kept = json.loads(_file(place).read_bytes())
            if kept["stamp"] == told["stamp"]:
                return Terms(shape.build(Campaign, kept["campaign"]), shape.build(Checklist, kept["checklist"]))
    campaign, said = _read(Campaign, place.campaign, place)
    path = load.find_checklist(campaign.checklist, place.root)
    checklist, more = _read(Checklist, path, place)
    made = Terms(campaign, checklist)
    made.kept[NAME] = {"campaign": said, "checklist": more}
    return made


def _read(cls: type[T], path: Path, place: Workspace) -> tuple[T, Any]:
    """Read a YAML file as `load` does, which says what is wrong with one; also gives what it holds."""
    with suppress(OSError, ValueError, KeyError, TypeError):  # text in no encoding is a ValueError
        tree = yaml.read(decode(path.read_bytes())[0], path.name)
        if not tree.findings:
            return shape.build(cls, tree.value), tree.value
    return load.read_as(cls, path, place.name(path))[0], None


def is_there(place: Workspace, stamp: str) -> bool:
    """Tell whether all of it has been written down."""
    with suppress(OSError):
        return _file(place).read_bytes().endswith(f'"stamp": "{stamp}"}}'.encode())
    return False


def leave(place: Workspace, terms: Terms, stamp: str) -> None:
    """Write down what campaign.yaml and the checklist hold, as `terms` found it."""
    values = terms.kept.get(NAME)
    if values is None or None in values.values():
        return
    written = json.dumps({**values, "stamp": stamp}, ensure_ascii=False)
    _file(place).write_text(written, encoding="utf-8")  # torn, it is no JSON


def _file(place: Workspace) -> Path:
    return Path(quick.words_file(str(place.root))).with_name(NAME)
