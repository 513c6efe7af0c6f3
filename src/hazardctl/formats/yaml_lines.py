"""Read YAML in the layout this program writes by its lines: several times as fast as by YAML's events.

A list of returns only grows, and every command reads it; campaign.yaml is read by every command too, and loading
YAML's own parser takes a tenth of a small one. Whatever is laid out in any other way is not read here but by that: this
reader says nothing rather than anything else.
"""

from __future__ import annotations

import re
from typing import Any, Final

Plain = str | list[Any] | dict[str, Any]
DEEPEST: Final = 8

_ODD = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
# A word begins with a letter or a digit and holds nothing that means anything in YAML. Lines that hold nothing but a
# comment are left out: no scalar that is read here goes on in another line.
_WORD = r"[^\W_][^\n:#\[\]{},&*!|>'\"%`]*(?<! )"
_QUOTED = r"'[^\n']*(?:''[^\n']*)*'|\"[^\n\"\\]*\""
_SCALAR = rf"{_WORD}|{_QUOTED}"
KEY = r"[^\W\d_][^\n:#\[\]{},&*!|>'\"%@`]{0,120}(?<! )|'[^\n']{0,120}'"  # YAML takes none over 1,024
_FLOW = rf"\{{(?:{KEY}): (?:{_SCALAR})(?:, (?:{KEY}): (?:{_SCALAR}))*\}}"
_LINE = re.compile(rf"^( *)(- )?(?:({KEY}):(?: ({_SCALAR}|{_FLOW}))?|({_SCALAR}))$", re.MULTILINE)
_PAIR = re.compile(rf"({KEY}): ({_SCALAR})(?:, |$)")
_IDLE = re.compile(r"^ *(?:#[^\n]*)?\n", re.MULTILINE)


def plain(text: str) -> bool:
    """Tell that nothing odd is in a text, such as a tab, a sign that nobody sees or half a character."""
    return text.replace("\n", "").isprintable() or not _ODD.search(text)


def filled(text: str) -> str:
    """Give a text without the lines that hold nothing but a comment."""
    return _IDLE.sub("", text)


def read(text: str) -> Plain | None:
    """Give a document's values; None where it is laid out in another way, or anything is odd."""
    text = text.replace("\r\n", "\n")
    text = filled(text) if plain(text) else ""
    found = _LINE.findall(text)
    if not found or len(found) != text.count("\n") or text[-1] != "\n":
        return None
    layout = _Layout()
    mapping, width, waits = dict[str, Any](), -1, False
    for pad, dash, key, value, item in found:
        if dash or waits or len(pad) != width:
            line = layout.item(len(pad), key, item) if dash else layout.mapping(len(pad), key)
            if line is None:
                return None
            mapping, width = line
        if not key:
            if not dash:
                return None
            continue
        name = bare(key)
        if name in mapping:
            return None
        mapping[name] = said = _flow(value) if value[:1] == "{" else bare(value)
        if said is None:
            return None
        waits = not value
        layout.waiting = (mapping, name) if waits else None
    return None if waits else layout.top


def bare(scalar: str) -> str:
    """Take a scalar out of its quotes."""
    if scalar[:1] == '"':
        return scalar[1:-1]
    return scalar[1:-1].replace("''", "'") if scalar[:1] == "'" else scalar


def _flow(written: str) -> dict[str, str] | None:
    """Give a mapping that stands in one line; None where a key comes twice."""
    pairs = _PAIR.findall(written[1:-1])
    made = {bare(key): bare(value) for key, value in pairs}
    return made if len(made) == len(pairs) else None


class _Layout:
    """The containers that are open, each with the column it stands at; a class because lines come one by one."""

    def __init__(self) -> None:
        self.top: Plain = ""
        self.waiting: tuple[dict[str, Any], str] | None = None  # a key whose value begins on the next line
        self._open: list[tuple[int, Any]] = []

    def mapping(self, column: int, key: str) -> tuple[dict[str, Any], int] | None:
        """Give the mapping a line belongs to, and its column; None where the line fits nowhere."""
        found = self._at(column, dict) if key else None
        return None if found is None else (found, column)

    def item(self, column: int, key: str, item: str) -> tuple[dict[str, Any], int] | None:
        """Begin an item of a list: a text, or a mapping, which is given with its column."""
        items = self._at(column, list)
        if items is None:
            return None
        if not key:
            items.append(bare(item))
            return {}, -1
        made: dict[str, Any] = {}
        items.append(made)
        self._open.append((column + 2, made))
        return made, column + 2

    def _at(self, column: int, kind: type[Any]) -> Any:
        """Give the container a line belongs to, made where it is the first line of it."""
        above = self._open
        if self.waiting is None and above:
            while above and above[-1][0] > column:
                above.pop()
            return above[-1][1] if above and above[-1][0] == column and type(above[-1][1]) is kind else None
        if len(above) > DEEPEST or (column <= above[-1][0] if above else column):
            return None
        made = kind()
        if self.waiting is None:
            self.top = made
        else:
            holder, name = self.waiting
            holder[name], self.waiting = made, None
        above.append((column, made))
        return made
