"""campaign.yaml: what the whole campaign goes by. The codes up to C110 hold for checklists as well.

C102: Something is missing.

    Fails::

        name: 隐患排查整治

    Passes::

        name: 隐患排查整治
        checklist: community-correction@2022.1

C103: A key is not known.

    Fails::

        name: 隐患排查整治
        checklist: community-correction@2022.1
        begin: 2022-08-01

    Passes::

        name: 隐患排查整治
        checklist: community-correction@2022.1
        starts: 2022-08-01

C104: A value is not one of those that are allowed.

    Fails::

        name: 隐患排查整治
        checklist: community-correction@2022.1
        locale: fr

    Passes::

        name: 隐患排查整治
        checklist: community-correction@2022.1
        locale: en

C105: A day is not written as 2022-08-01.

    Fails::

        name: 隐患排查整治
        checklist: community-correction@2022.1
        starts: 2022年8月1日

    Passes::

        name: 隐患排查整治
        checklist: community-correction@2022.1
        starts: 2022-08-01

C106: A value is of the wrong kind.

    A list where one text is wanted, or the other way round.

    Fails::

        name: 隐患排查整治
        checklist: [community-correction]

    Passes::

        name: 隐患排查整治
        checklist: community-correction@2022.1

C110: The checklist is not the one the campaign was opened with.

    campaign.yaml keeps the checklist's sha256. A version that is in use is never edited: a change is a new version.

    Fails::

        name: 隐患排查整治
        checklist: community-correction@2022.1
        checklist_sha256: "0000"

    Passes::

        name: 隐患排查整治
        checklist: community-correction@2022.1

C111: The checklist is named without its version.

    The newest version is taken, which may be another tomorrow.

    Fails::

        name: 隐患排查整治
        checklist: community-correction

    Passes::

        name: 隐患排查整治
        checklist: community-correction@2022.1

C112: The checklist is neither shipped nor in the folder `checklists`.

    Fails::

        name: 隐患排查整治
        checklist: community-corection@2022.1

    Passes::

        name: 隐患排查整治
        checklist: community-correction@2022.1
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path

from hazardctl import i18n, load
from hazardctl.findings import Finding, Severity
from hazardctl.formats.yaml import Tree
from hazardctl.outline import Outline, plain

CODES: Mapping[str, Severity] = {
    "C102": Severity.ERROR,
    "C103": Severity.ERROR,
    "C104": Severity.ERROR,
    "C105": Severity.ERROR,
    "C106": Severity.ERROR,
    "C110": Severity.ERROR,
    "C111": Severity.WARNING,
    "C112": Severity.ERROR,
}


def check(tree: Tree, path: str, root: Path) -> Iterator[Finding]:
    """Find what is wrong with the checklist a campaign names."""
    outline = Outline(tree, path, CODES)
    name = plain(tree.value, "checklist")
    files = load.checklist_files(root)
    if not name or name in files:
        return
    if "@" not in name and (versions := [known for known in files if known.partition("@")[0] == name]):
        yield outline.finding("C111", ("checklist",), name, known=i18n.join(versions))
    else:
        near = difflib.get_close_matches(name, files, 1, 0.5)
        yield outline.finding("C112", ("checklist",), name, known=i18n.join(list(files)), guess=near[0] if near else "")
