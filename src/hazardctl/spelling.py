"""What a clerk types, as the campaign writes it: names of fields, values, and what goes without saying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from hazardctl import text
from hazardctl.amend import in_language
from hazardctl.errors import FileFault
from hazardctl.fields import heading
from hazardctl.terms import Terms
from hazardctl.texts import Text


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
        known = ", ".join(field.key for field in terms.fields if field.key != "id")
        raise UnknownFieldError(field=name, known=known)
    return key


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


def complete(terms: Terms, cells: Mapping[str, str], today: date) -> dict[str, str]:
    """Fill in what goes without saying: not started yet, found today, the category of the item."""
    given = {key: value for key, value in cells.items() if value}
    item = terms.read("item", given["item"]).value if "item" in given and "item" in terms.by_key else None
    if "category" not in given and "category" in terms.by_key and isinstance(item, str) and item in terms.items:
        given["category"] = terms.write_category(terms.items[item][0].code)
    for key, value in defaults(terms, today).items():
        given.setdefault(key, value)
    return given


def defaults(terms: Terms, today: date) -> dict[str, str]:
    """Give the values a new entry has if nobody says otherwise."""
    known = {}
    statuses = terms.checklist.statuses
    if "status" in terms.by_key and "not_started" in statuses:
        known["status"] = in_language(statuses["not_started"], terms.campaign.locale)
    if "found_on" in terms.by_key:
        known["found_on"] = today.isoformat()
    return known
