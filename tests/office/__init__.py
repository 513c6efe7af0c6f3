"""A campaign in a folder, made of as many files as a test wants to see, and ledgers for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hazardctl import check, load
from hazardctl.check import Checked
from hazardctl.workspace import Workspace

TODAY = date(2022, 10, 1)
CHECKLIST = Path(__file__).with_name("1.yaml")
HEADINGS = "编号,风险隐患类别,风险隐患基本情况,整改措施,责任部门,责任人,完成时限,整改状态"
SOUND = "H7K3-M9QX-2FPD,1,东门门禁损坏,更换门禁,办公室,张三,2022-09-06,整改中"
CAMPAIGN = "name: 隐患排查整治\nchecklist: trial@1\n"
UNITS = "id,name,parent\na,东区所,\nb,西区所,\n"
_FILE = re.compile(r"^# (\S+\.(?:csv|yaml)(?:\.(?:pending|torn)-\S+)?)$", re.MULTILINE)
_ESCAPE = re.compile(r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})")


def campaign(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Make a campaign of the trial checklist in a folder; files that are not given are small and sound."""
    whole: dict[str, str | bytes] = {
        "campaign.yaml": CAMPAIGN,
        "units.csv": UNITS,
        "checklists/trial/1.yaml": CHECKLIST.read_text(encoding="utf-8"),
        **files,
    }
    for name, content in whole.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def checked(folder: Path, today: date = TODAY) -> Checked:
    """Check a whole campaign."""
    workspace = Workspace(folder)
    try:
        opened = load.opened(workspace)
    except (load.BrokenFileError, load.NoChecklistError) as error:
        return check.unopened(workspace, error)
    return check.check(opened, today)


def ledger(*rows: str, headings: str = HEADINGS) -> str:
    """Make a CSV ledger."""
    return "\n".join((headings, *rows)) + "\n"


def files_of(example: str, default: str) -> dict[str, bytes]:
    r"""Take an example apart into its files (`# units/a/ledger.csv`); \xNN is a byte, \uNNNN a character."""
    parts = _FILE.split(example)
    named = dict(zip(parts[1::2], parts[2::2], strict=True)) if len(parts) > 1 else {default: example}
    return {name: _bytes(content.strip("\n")) for name, content in named.items()}


def _bytes(content: str) -> bytes:
    pieces, at = [], 0
    for found in _ESCAPE.finditer(content):
        pieces.append(content[at : found.start()].encode())
        pieces.append(bytes([int(found[1], 16)]) if found[1] else chr(int(found[2], 16)).encode())
        at = found.end()
    return b"".join(pieces) + content[at:].encode() + (b"\n" if content else b"")
