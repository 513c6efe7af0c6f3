"""The lists a fill-in workbook chooses from: short ones in the drop-down itself, long ones on a hidden sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hazardctl.cells.terms import Terms
from hazardctl.fields import Field
from hazardctl.formats.book import Cell, Line, Sheet, Style
from hazardctl.formats.workbook import column_name
from hazardctl.forms.blanks import allowed
from hazardctl.load import Opened

LONGEST = 250  # characters of a list that stands in the drop-down itself; programs take 255


class Lists:
    """All lists of a campaign, by field."""

    def __init__(self, opened: Opened, sheet: str) -> None:
        self._sheet = sheet
        self._inline: dict[str, str] = {}
        self._long: dict[str, Sequence[str]] = {}
        listed = {field.key: words for field, words in allowed(opened.terms)} | _codes(opened.terms)
        for key, words in listed.items():
            joined = ",".join(words)
            if len(joined) <= LONGEST and not any("," in word or '"' in word for word in words):
                self._inline[key] = f'"{joined}"'
            else:
                self._long[key] = words

    def source(self, field: Field) -> str:
        """Give what a drop-down of a field takes its words from; empty for a field without a list."""
        return self._inline.get(field.key) or (_name(field.key) if field.key in self._long else "")

    def sheet(self) -> Sheet | None:
        """Give the hidden sheet, a column for each long list."""
        if not self._long:
            return None
        style, height = Style(wrap=False, number="@"), max(map(len, self._long.values()))
        lines = [
            Line([Cell(words[row] if row < len(words) else None, style) for words in self._long.values()])
            for row in range(height)
        ]
        return Sheet(self._sheet, lines, [40.0] * len(self._long), hidden=True)

    def names(self) -> Mapping[str, str]:
        """Give the ranges of the long lists by name."""
        return {
            _name(key): f"'{self._sheet}'!${column_name(at)}$1:${column_name(at)}${len(words)}"
            for at, (key, words) in enumerate(self._long.items())
        }


def _name(key: str) -> str:
    return f"list_{''.join(char if char.isascii() and char.isalnum() else '_' for char in key)}"


def _codes(terms: Terms) -> dict[str, Sequence[str]]:
    """Give categories and items just as the ledger writes them: what is chosen needs no reading."""
    words = {
        "category": [terms.write_category(category.code) for category in terms.checklist.categories],
        "item": [item.code for category in terms.checklist.categories for item in category.items],
    }
    return {field.key: words[field.type] for field in terms.fields if words.get(field.type)}
