"""What is never automatic in a ledger: which fields belong together, how far along a status is; in plain words only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hazardctl.fields import Field

CLOSING = frozenset({"status", "done_on", "result", "verified_by", "verified_on"})
GROUPS: tuple[frozenset[str], ...] = (
    CLOSING,
    frozenset({"deadline", "extended_to", "extension_reason"}),
    frozenset({"level", "deadline"}),
)
# How far along a status is: backwards is never automatic.
STAGES: Mapping[str, int] = {"not_started": 0, "unable": 1, "in_progress": 1, "done": 2}


class Unclear(Exception):  # noqa: N818 -- no error: somebody else does it
    """This needs the whole program."""


class Words:
    """What headings, statuses and fields mean in a campaign, as its terms have it."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        """Take what `words` wrote down; raises KeyError, TypeError."""
        self.headings: Mapping[str, str] = told["headings"]
        self.kinds: Mapping[str, str] = told["kinds"]  # of the fields
        self.meanings: Mapping[str, Mapping[str, str]] = told["meanings"]  # of the campaign's own words, by field
        self.free = frozenset(told["free"])  # texts of which no rule asks more than whether there is one
        self.labels: Mapping[str, str | Mapping[str, str]] = told["labels"]

    def meaning(self, field: str, word: str) -> str:
        """Give what a word of a field means, nothing for a blank; raises Unclear for what is not the campaign's own."""
        known = self.meanings.get(field, {})
        if word and word not in known:
            raise Unclear
        return known[word] if word else ""

    def stage(self, status: str) -> int:
        """Tell how far along a status is; raises Unclear."""
        return STAGES.get(self.meaning("status", status), 0)

    def notice(self, keys: Sequence[str], old: Sequence[str], new: Sequence[str]) -> bool:
        """Tell whether a rule may take notice of what one side did to a row; raises Unclear."""
        return any(
            was != now
            and (
                key in ("deadline", "extended_to", "verified_by", "verified_on", "id")
                or (key == "status" and self.stage(now) < self.stage(was))
            )
            for key, was, now in zip(keys, old, new, strict=True)
        )


def is_entry(cells: Iterable[str], width: int) -> bool:
    """Tell whether so many cells are filled that a row is an entry whatever they say (see `ledger.sort_out`)."""
    filled = len(list(filter(str.strip, cells)))
    return filled > 2 and filled * 4 > width


def free(fields: Iterable[Field]) -> list[str]:
    """Name the fields of text whose words decide nothing: a rule asks at most whether there are any."""
    known = list(fields)
    deciding = {key for field in known for key, _ in field.required_when}
    return [field.key for field in known if field.type in ("text", "names") and field.key not in deciding]
