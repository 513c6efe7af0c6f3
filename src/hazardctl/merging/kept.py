"""Keep what campaign.yaml and the checklist say beside git's own files, for the next merge to have without YAML.

The words of the campaign lie there too (`quick`), and this is used as long as they are: while campaign.yaml, the
checklist and the program are the same.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from hazardctl import load, shape
from hazardctl.campaign import Campaign
from hazardctl.cells.terms import Terms
from hazardctl.checklist import Checklist
from hazardctl.merging import quick
from hazardctl.workspace import Workspace

NAME = "campaign.json"  # beside the words


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
    campaign, said = load.read_yaml(Campaign, place.campaign, place.name(place.campaign))
    path = load.find_checklist(campaign.checklist, place.root)
    checklist, more = load.read_yaml(Checklist, path, place.name(path))
    made = Terms(campaign, checklist)
    made.kept[NAME] = {"campaign": said, "checklist": more}
    return made


def is_there(place: Workspace, stamp: str) -> bool:
    """Tell whether all of it has been written down."""
    with suppress(OSError):
        return _file(place).read_bytes().endswith(f'"stamp": "{stamp}"}}'.encode())
    return False


def leave(place: Workspace, terms: Terms, stamp: str) -> None:
    """Write down what campaign.yaml and the checklist hold, as `terms` found it."""
    values = terms.kept.get(NAME)
    if values is None:
        return
    written = json.dumps({**values, "stamp": stamp}, ensure_ascii=False)
    _file(place).write_text(written, encoding="utf-8")  # torn, it is no JSON


def _file(place: Workspace) -> Path:
    return Path(quick.words_file(str(place.root))).with_name(NAME)
