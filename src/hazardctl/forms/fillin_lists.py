"""The lists a fill-in workbook chooses from: short ones in the drop-down, the others on a hidden sheet by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hazardctl.fields import Field
from hazardctl.formats.book import Cell, Line, Sheet, Style, Value
from hazardctl.formats.workbook import column_name
from hazardctl.forms.offered import Word, offered
from hazardctl.load import Opened

LONGEST = 250  # characters of a list that stands in the drop-down itself; programs take 255
GROUP, FROM, COUNT = "item_group", "item_from", "item_count"
"""Where the items of a category begin in their list, and how many they are, by every way to write the category."""
_TEXT, _NUMBER = Style(wrap=False, number="@"), Style(wrap=False)


class Lists:
    """All lists of a campaign, by field; the items are those of the category that was chosen."""

    def __init__(self, opened: Opened, sheet: str) -> None:
        self._sheet = sheet
        self._inline: dict[str, str] = {}
        self._columns: dict[str, Sequence[Value]] = {}  # of the hidden sheet, by name
        fields = opened.terms.by_key
        for key, words in offered(opened.terms).items():
            joined = ",".join(word.shown for word in words)
            coded = fields[key].type in ("category", "item")
            if not coded and len(joined) <= LONGEST and not any(set(word.shown) & set(',"') for word in words):
                self._inline[key] = f'"{joined}"'
            else:
                self._columns[_name(key)] = [word.shown for word in words]
        by_type = {fields[key].type: (key, words) for key, words in offered(opened.terms).items()}
        self._items, items = by_type.get("item", ("", ()))
        _, categories = by_type.get("category", ("", ()))
        if categories and items:
            self._columns |= _grouped(categories, items)

    def source(self, field: Field, category: str) -> str:
        """Give what a drop-down takes its words from; `category` is the cell beside an item. Empty without a list."""
        name = _name(field.key)
        if field.key == self._items and category and GROUP in self._columns:
            here = f"{GROUP}={category}"
            height = f"SUMPRODUCT(({here})*{COUNT})+(SUMPRODUCT(({here})*1)=0)*ROWS({name})"
            return f"OFFSET({name},SUMPRODUCT(({here})*{FROM}),0,{height},1)"
        return self._inline.get(field.key) or (name if name in self._columns else "")

    def sheet(self) -> Sheet | None:
        """Give the hidden sheet, a column for each list."""
        if not self._columns:
            return None
        columns = self._columns.values()
        lines = [
            Line([_cell(values[row]) if row < len(values) else None for values in columns])
            for row in range(max(map(len, columns)))
        ]
        return Sheet(self._sheet, lines, [40.0] * len(self._columns), hidden=True)

    def names(self) -> Mapping[str, str]:
        """Give the ranges of the lists by name."""
        return {
            name: f"'{self._sheet}'!${column_name(at)}$1:${column_name(at)}${len(values)}"
            for at, (name, values) in enumerate(self._columns.items())
        }


def _cell(value: Value) -> Cell:
    return Cell(value, _TEXT if isinstance(value, str) else _NUMBER)


def _grouped(categories: Sequence[Word], items: Sequence[Word]) -> dict[str, Sequence[Value]]:
    """Say for each category, as shown and as the ledger writes it, which stretch of the items is its own."""
    groups = [item.group for item in items]
    found: dict[str, tuple[str, int, int]] = {}
    for category in categories:
        if category.group in groups:
            own = (groups.index(category.group), groups.count(category.group))
            for name in (category.shown, category.written, category.group):
                found.setdefault(name.casefold(), (name, *own))  # a spreadsheet tells no case apart
    if not found:
        return {}
    names, starts, counts = zip(*found.values(), strict=True)
    return {GROUP: names, FROM: starts, COUNT: counts}


def _name(key: str) -> str:
    return f"list_{''.join(char if char.isascii() and char.isalnum() else '_' for char in key)}"
