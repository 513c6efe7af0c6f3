"""What a clerk types, as the campaign writes it: names of fields, values, and what goes without saying."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from hazardctl import i18n, text
from hazardctl.amend import in_language
from hazardctl.cells.terms import Terms
from hazardctl.errors import FileFault
from hazardctl.fields import heading
from hazardctl.texts import Text

COUNTED = ("days", "workdays", "at_once")  # deadlines that run from the day of the finding


class UnknownFieldError(FileFault):
    """The campaign has no such field. Values: `field`, `known`."""

    key = "entry.unknown_field"
    exit_code = 2


def field_of(terms: Terms, name: str, columns: Sequence[str] = ()) -> str:
    """Find a field by its key, an official label or a heading clerks use; raises UnknownFieldError.

    `columns` are headings of the ledger at hand: one the campaign does not know may be named as it stands there.
    """
    key = terms.headings.get(heading(name), "")
    if key not in terms.by_key:
        if name in columns:
            return name
        known = i18n.join([_both(terms, field.key) for field in terms.fields if field.key != "id"])
        raise UnknownFieldError(field=name, known=known)
    return key


def _both(terms: Terms, key: str) -> str:
    """Name a field by its label and its key."""
    label = terms.label(key)
    return key if label == key else i18n.aside(label, key)


def proper(terms: Terms, cells: Mapping[str, str]) -> dict[str, str]:
    """Write values in their proper spelling; what cannot be read stays, for the check to say so."""
    return {key: spell(terms, key, raw) for key, raw in cells.items()}


def spell(terms: Terms, key: str, raw: str) -> str:
    """Write one value the way the campaign writes it: official labels, ISO dates, plain numbers."""
    cell = terms.read(key, raw) if key in terms.by_key else None
    if cell is None or cell.problem or cell.value is None:
        return text.trim(raw)
    field = terms.by_key[key]
    named: Mapping[str, Mapping[str, Text]] = {"status": terms.checklist.statuses, "track": terms.checklist.tracks}
    choices = named.get(field.type) or {choice.key: choice.label for choice in field.values}
    if isinstance(cell.value, str) and cell.value in choices:
        return in_language(choices[cell.value], terms.campaign.locale)
    return cell.spelled or text.trim(raw)


def respelled(terms: Terms, cells: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Give what is written otherwise than it was typed: the field, what was typed, what is written."""
    for key, written in proper(terms, cells).items():
        if written != text.trim(cells[key]):
            yield key, cells[key], written


def complete(terms: Terms, cells: Mapping[str, str], today: date) -> dict[str, str]:
    """Fill in what goes without saying: not started yet, the category of the item, today where a day is needed."""
    given = {key: value for key, value in cells.items() if value}
    item = terms.read("item", given["item"]).value if "item" in given and "item" in terms.by_key else None
    if "category" not in given and "category" in terms.by_key and isinstance(item, str) and item in terms.items:
        given["category"] = terms.write_category(terms.items[item][0].code)
    known = defaults(terms, today)
    if "status" in known:
        given.setdefault("status", known["status"])
    if found_today(terms, given):
        given["found_on"] = known["found_on"]
    return given


def found_today(terms: Terms, cells: Mapping[str, str]) -> bool:
    """Tell whether today has to stand for the day of the finding: it is not given, and the entry needs one.

    It does where the checklist asks for it, and where the deadline counts from it (3日内, 立即).
    """
    field = terms.by_key.get("found_on")
    if field is None or cells.get("found_on"):
        return False
    deadline = terms.read("deadline", cells.get("deadline", "")).value if "deadline" in terms.by_key else None
    counted = deadline is not None and deadline.kind in COUNTED
    return (
        field.required
        or counted
        or any(
            key in terms.by_key and terms.read(key, cells.get(key, "")).value in values
            for key, values in field.required_when
        )
    )


def defaults(terms: Terms, today: date) -> dict[str, str]:
    """Give the values a new entry has if nobody says otherwise."""
    known = {}
    statuses = terms.checklist.statuses
    if "status" in terms.by_key and "not_started" in statuses:
        known["status"] = in_language(statuses["not_started"], terms.campaign.locale)
    if "found_on" in terms.by_key:
        known["found_on"] = today.isoformat()
    return known
