"""Tell a conflict copy by its name: what sync products and file managers call the second file of one name."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from hazardctl.records import immutable

Strength = Literal["strong", "weak"]
OURS = "hazardctl"  # a version that could not be put in its place, or a piece of a line that was cut off


@immutable
class Copy:
    """What a name says: which file it is a copy of, who named it so, and whether the name alone is proof."""

    original: str
    product: str
    strength: Strength


_DAY = r"\d{4}-\d\d-\d\d"
_X = r"(?P<stem>.+?)"
_EXT = r"(?P<ext>\.[A-Za-z][A-Za-z0-9]{0,7})"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"

# Products whose names are proof come first; the first pattern that fits names the product.
_NAMES: tuple[tuple[str, Strength, str], ...] = (
    # The device in the name is the winner's, not the loser's: who lost is not told.
    ("Syncthing", "strong", rf"{_X}\.sync-conflict-\d{{8}}-\d{{6}}(?:-[A-Z0-9]{{7}})?{_EXT}"),
    ("Nextcloud", "strong", rf"{_X} ?\(conflicted copy(?: [^()]*?)? ?{_DAY}[ _-]\d{{4,6}}(?: \d+)?\){_EXT}"),
    ("Dropbox", "strong", rf"{_X} \([^()]+?(?:'s|’s)? conflicted copy(?: {_DAY})?(?: \(\d+\)| \d+)?\){_EXT}"),
    ("Dropbox", "strong", rf"{_X} ?[(（][^()（）]*?冲突副本(?: {_DAY})?[)）]{_EXT}"),
    ("Seafile", "strong", rf"{_X} \(SFConflict [^()]*?{_DAY}(?:-\d\d){{3}}\){_EXT}"),
    ("Seafile", "strong", rf"{_X}{_EXT} \(SFConflict [^()]*?{_DAY}(?:-\d\d){{3}}\)"),
    ("Nutstore", "strong", rf"{_X}-NSConflict-[^.]+?(?:\.[^.]+)*?{_EXT}"),
    ("Nutstore", "strong", rf"{_X}-冲突-[^.]+{_EXT}"),
    ("Nutstore", "strong", rf"{_X} ?[(（][^()（）]*?的冲突副本\d*[ _-]{_DAY}[ _-]\d\d-\d\d-\d\d[)）]{_EXT}"),
    ("OneDrive", "strong", rf"{_X}-[A-Za-z0-9_-]+?-safeBackup-\d{{4}}{_EXT}"),
    ("Synology", "strong", rf"{_X}_[^_]+_{_MONTH}-\d\d-\d{{4}}-\d{{4}}_Conflict{_EXT}"),
    ("Resilio", "strong", rf"{_X}\.Conflict{_EXT}"),
    (OURS, "strong", rf"{_X}{_EXT}\.(?:pending|torn)-.+-\d{{8}}T\d{{6}}(?:-\d+)?"),
    ("OneDrive", "weak", rf"{_X}-(?:DESKTOP|LAPTOP|WIN|PC|MININT)-[A-Z0-9]{{4,15}}(?:-\d+)?{_EXT}"),
    ("WPS", "weak", rf"{_X}-副本(?:[ (（]?\d+[)）]?)?{_EXT}"),
    ("Explorer", "weak", rf"{_X} - (?:副本|[Cc]opy)(?: ?[(（]\d+[)）])?{_EXT}"),
    ("Finder", "weak", rf"{_X} (?:copy|副本|的副本)(?: \d+)?{_EXT}"),
    ("download", "weak", rf"{_X} ?[(（]\d{{1,3}}[)）]{_EXT}"),
    ("iCloud", "weak", rf"{_X} \d{{1,2}}{_EXT}"),
)
_HINT = re.compile(
    r"[Cc]onflict|冲突|副本|[Cc]opy|safeBackup|-(?:DESKTOP|LAPTOP|WIN|PC|MININT)-|[)）]\.|[)）]$| \d{1,2}\."
    r"|\.(?:pending|torn)-"
)


@cache
def _patterns() -> tuple[tuple[str, Strength, re.Pattern[str]], ...]:
    """Compile the patterns: most commands meet no name that needs them."""
    return tuple((product, strength, re.compile(pattern)) for product, strength, pattern in _NAMES)


def copy_of(name: str) -> Copy | None:
    """Read a file's name; None where it is nobody's copy. A weak name counts only beside its original, with its ids."""
    if not _HINT.search(name):
        return None
    for product, strength, pattern in _patterns():
        if found := pattern.fullmatch(name):
            return Copy(found["stem"] + found["ext"], product, strength)
    return None
