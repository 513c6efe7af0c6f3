"""The words a clerk chooses from, code and title together, and what the ledger writes for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hazardctl.amend import in_language
from hazardctl.cells.terms import Terms
from hazardctl.checklist import Category
from hazardctl.fields import Field
from hazardctl.records import immutable


@immutable
class Word:
    """One word of a list: as it is shown, as the ledger writes it, and the category it belongs to (an item's)."""

    shown: str
    written: str
    group: str = ""


def offered(terms: Terms) -> Mapping[str, tuple[Word, ...]]:
    """Give the words of each field that has a list; each of them is read back as what is written for it."""
    if "offered" not in terms.kept:
        found = {field.key: tuple(_words(terms, field)) for field in terms.fields}
        terms.kept["offered"] = {key: words for key, words in found.items() if words}
    known: Mapping[str, tuple[Word, ...]] = terms.kept["offered"]
    return known


def shown(terms: Terms, key: str) -> Mapping[str, str]:
    """Give what the list shows, by what the ledger writes."""
    return {word.written: word.shown for word in offered(terms).get(key, ())}


def written(terms: Terms, key: str) -> Mapping[str, str]:
    """Give what the ledger writes, by what the list shows."""
    return {word.shown: word.written for word in offered(terms).get(key, ())}


def _words(terms: Terms, field: Field) -> Iterator[Word]:
    language, checklist = terms.campaign.locale, terms.checklist
    if field.type == "category":
        for category in checklist.categories:
            yield _category(terms, field, category)
    elif field.type == "item":
        for category in checklist.categories:
            for item in category.items:
                yield _item(terms, field, item.code, in_language(item.check, language), category.code)
                for one in item.circumstances:
                    yield _item(terms, field, one.code, in_language(one.check, language), category.code)
    else:
        labels = {"status": checklist.statuses, "track": checklist.tracks}.get(field.type)
        for label in labels.values() if labels else (choice.label for choice in field.values):
            said = in_language(label, language)
            yield Word(said, said)


def _category(terms: Terms, field: Field, category: Category) -> Word:
    said, title = terms.write_category(category.code), in_language(category.title, terms.campaign.locale)
    both = said if said == title else " ".join(f"{said} {title}".split())
    return Word(both if terms.read(field.key, both).value == category.code else said, said, category.code)


def _item(terms: Terms, field: Field, code: str, check: str, category: str) -> Word:
    both = " ".join(f"{code} {check}".split())
    return Word(both if terms.read(field.key, both).value == code else code, code, category)
