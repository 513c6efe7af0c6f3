"""Change a YAML file of entries where it stands: comments, order, quotes and layout of everything else stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hazardctl.formats.encoding import newline_of
from hazardctl.formats.yaml import Mark, Path, Tree, read, scalar, splice

Edit = tuple[int, int, str]
_BLOCK = ("|", ">")


class OddLayoutError(ValueError):
    """The file is laid out in a way that cannot be edited in place."""


def change(text: str, above: Path, changes: Mapping[int, Mapping[str, str]], added: Sequence[Mapping[str, str]]) -> str:
    """Set values of entries, given by their number in the list at `above`, and append entries to the list.

    Works in steps, each on a tree of its own, so that no edit moves the ground under another.
    """
    text = _settled(text)
    tree = read(text, "")
    known = {number: _entry(tree, (*above, number)) for number in changes}
    text = splice(text, [
        edit
        for number, cells in changes.items()
        for title, value in cells.items()
        if title in known[number]
        for edit in _replaced(text, tree, (*above, number, title), value)
    ])  # fmt: skip
    new = {
        number: cells
        for number, given in changes.items()
        if (cells := {title: value for title, value in given.items() if title not in known[number] and value})
    }
    if new:
        tree = read(text, "")
        text = splice(text, [_with_keys(text, tree, (*above, number), cells) for number, cells in new.items()])
    if added:
        tree = read(text, "")
        text = splice(text, _appended(text, tree, above, added))
    return text


def set_word(text: str, path: Path, word: str) -> str:
    """Put a bare word in place of a value."""
    mark = read(text, "").marks[path]
    return splice(text, [(mark.start, mark.end, word)])


def _newline(text: str) -> str:
    return newline_of(text) if "\n" in text or "\r" in text else "\n"


def _at(tree: Tree, path: Path) -> Any:
    value: Any = tree.value
    for step in path:
        value = value[step]
    return value


def _entry(tree: Tree, path: Path) -> dict[str, Any]:
    value = _at(tree, path)
    if not isinstance(value, dict):
        raise OddLayoutError
    return value


def _settled(text: str) -> str:
    """Write a block of text that ends the file without a line end in quotes: a line end would become part of it."""
    tree = read(text, "")
    path = _last_leaf(tree, ())
    mark = tree.marks.get(path)
    if mark and text.endswith(("\n", "\r")) is False and text.startswith(_BLOCK, mark.start):
        return splice(text, [(mark.start, mark.end, scalar(str(_at(tree, path))))])
    return text


def _last_leaf(tree: Tree, path: Path) -> Path:
    value = _at(tree, path)
    while isinstance(value, dict | list) and value:
        step = next(reversed(value)) if isinstance(value, dict) else len(value) - 1
        path, value = (*path, step), value[step]
    return path


def end_of(text: str, tree: Tree, path: Path) -> int:
    """Give where a value ends; the parser's mark of a block runs on to whatever follows it."""
    mark = tree.marks[path]
    value = _at(tree, path)
    if isinstance(value, dict | list) and value and not text.startswith(("{", "["), mark.start):
        step = next(reversed(value)) if isinstance(value, dict) else len(value) - 1
        return end_of(text, tree, (*path, step))
    return mark.end


def _replaced(text: str, tree: Tree, path: Path, value: str) -> list[Edit]:
    mark, key, old = tree.marks[path], tree.keys[path], _at(tree, path)
    if isinstance(old, list):
        listed = f"[{', '.join(map(scalar, value.split('、')))}]" if value else "''"
        return _replaced_list(text, key, mark, end_of(text, tree, path), listed)
    if not isinstance(old, str):
        raise OddLayoutError
    raw = text[mark.start : mark.end]
    if not raw:
        colon = ":" in text[key.end : mark.start]
        gap = "" if text[mark.start - 1] in " \t" else " "
        return [(mark.start, mark.start, f"{'' if colon else ':'}{gap}{scalar(value)}")]
    if raw.startswith(_BLOCK):
        return [(mark.start, mark.end, scalar(value) + raw[len(raw.rstrip(" \t\r\n")) :])]
    return [(mark.start, mark.end, _alike(value, raw))]


def _replaced_list(text: str, key: Mark, mark: Mark, end: int, new: str) -> list[Edit]:
    if text.startswith("[", mark.start):
        return [(mark.start, end, new)]
    colon = text.index(":", key.end) + 1
    if not text[colon : mark.start].strip():
        return [(colon, end, f" {new}")]
    line = max(text.rfind("\n", 0, mark.start), text.rfind("\r", 0, mark.start))  # a comment stands between
    before = line - 1 if text[line - 1 : line + 1] == "\r\n" else line
    return [(colon, colon, f" {new}"), (before, end, "")]


def _alike(value: str, old: str) -> str:
    """Write a value in the quotes of the one it replaces."""
    plain = scalar(value)
    if old.startswith('"') and not plain.startswith('"') and "\\" not in value and '"' not in value:
        return f'"{value}"'
    if old.startswith("'") and plain == value:
        return f"'{value}'"
    return plain


def _with_keys(text: str, tree: Tree, path: Path, cells: Mapping[str, str]) -> Edit:
    entry, mark = _entry(tree, path), tree.marks[path]
    pairs = [f"{scalar(title)}: {scalar(value)}" for title, value in cells.items()]
    if text.startswith("{", mark.start):
        at = end_of(text, tree, (*path, next(reversed(entry)))) if entry else mark.start + 1
        return (at, at, ", ".join(["", *pairs] if entry else pairs))
    if not entry:
        raise OddLayoutError
    first, last = next(iter(entry)), next(reversed(entry))
    newline, pad = _newline(text), " " * (tree.keys[*path, first].column - 1)
    key = tree.keys[*path, last]
    begins = key.start - key.column + 1
    if text.startswith(_BLOCK, tree.marks[*path, last].start) and not text[begins : key.start].strip():
        return (begins, begins, "".join(f"{pad}{pair}{newline}" for pair in pairs))  # nothing may touch a block's end
    return _lines_after(text, end_of(text, tree, path), [pad + pair for pair in pairs])


def _lines_after(text: str, end: int, lines: Sequence[str]) -> Edit:
    """Insert whole lines below the line that a value ends on."""
    newline = _newline(text)
    if end == 0 or text[end - 1] in "\r\n":
        return (end, end, "".join(line + newline for line in lines))
    ends = [at for at in (text.find("\n", end), text.find("\r", end)) if at >= 0]
    if not ends:
        return (len(text), len(text), "".join(newline + line for line in lines))
    return (min(ends), min(ends), "".join(newline + line for line in lines))


def _appended(text: str, tree: Tree, above: Path, added: Sequence[Mapping[str, str]]) -> list[Edit]:
    if above and (not isinstance(tree.value, dict) or not tree.value):
        raise OddLayoutError
    if above not in tree.marks:
        return [_lines_after(text, end_of(text, tree, ()), [f"{above[0]}:", *_items(added, 2, 2)])]
    mark, listed = tree.marks[above], _at(tree, above)
    if listed and text.startswith("[", mark.start):
        at = end_of(text, tree, (*above, len(listed) - 1))
        return [(at, at, "".join(f", {_flow(entry)}" for entry in added))]
    if listed:
        return [_after_items(text, tree, above, added)]
    if text[mark.start : mark.end] and above:  # `entries: []`
        key = tree.keys[above]
        start = mark.start - 1 if text[mark.start - 1] == " " and text[mark.start - 2] == ":" else mark.start
        at, _, lines = _lines_after(text, mark.end, _items(added, key.column + 1, 2))
        return [(start, mark.end, ""), (at, at, lines)] if at != mark.end else [(start, mark.end, lines)]
    if not above:  # the file is `[]`
        return [(mark.start, mark.end, _newline(text).join(_items(added, 0, 2)))]
    return [_lines_after(text, mark.end, _items(added, tree.keys[above].column + 1, 2))]


def _after_items(text: str, tree: Tree, above: Path, added: Sequence[Mapping[str, str]]) -> Edit:
    dash = tree.marks[above].column - 1
    last = len(tree.value if not above else _at(tree, above)) - 1
    inner = max(tree.marks[*above, last].column - 1 - dash, 2)
    lines = _items(added, dash, inner)
    if last and _blank_above(text, tree.marks[*above, last].start):
        lines = [line for item in (_items([entry], dash, inner) for entry in added) for line in ("", *item)]
    return _lines_after(text, end_of(text, tree, above), lines)


def _blank_above(text: str, start: int) -> bool:
    lines = text[:start].splitlines()
    return len(lines) > 1 and not lines[-2].strip()


def _items(added: Sequence[Mapping[str, str]], dash: int, inner: int) -> list[str]:
    lines = []
    for entry in added:
        pairs = [f"{scalar(title)}: {scalar(value)}" for title, value in entry.items()]
        lines.append(" " * dash + "-".ljust(inner) + pairs[0])
        lines += [" " * (dash + inner) + pair for pair in pairs[1:]]
    return lines


def _flow(entry: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{scalar(title)}: {scalar(value)}" for title, value in entry.items()) + "}"
