"""YAML to strings that know their place, and back by splicing the text, so that comments and layout stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hazardctl.findings import Finding, Severity
from hazardctl.formats import yaml_lines
from hazardctl.formats.encoding import merge_mark
from hazardctl.records import immutable

Path = tuple[str | int, ...]
Plain = yaml_lines.Plain
DEEPEST = 32


@immutable
class Mark:
    """Where a value stands: line and column count from 1, `start` and `end` are offsets into the text."""

    line: int
    column: int
    start: int
    end: int


@dataclass(slots=True)
class Places:
    """The place of every value and every key."""

    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)


@dataclass(slots=True)
class Tree:
    """A YAML document as plain strings, lists and mappings, with the place of every value and key.

    The places are worked out when somebody asks: where nothing is wrong nobody does.
    """

    value: Plain = ""
    findings: list[Finding] = field(default_factory=list)
    _text: str = ""
    _places: Places | None = None

    @property
    def marks(self) -> dict[Path, Mark]:
        """Give the place of every value."""
        return self._known().values

    @property
    def keys(self) -> dict[Path, Mark]:
        """Give the place of every key."""
        return self._known().keys

    def _known(self) -> Places:
        if self._places is None:
            self._places = _placed(self._text, "")[1]
        return self._places

    def place(self, path: Path) -> tuple[int, int]:
        """Give line and column of a value, or of the nearest thing around it that exists."""
        while path and path not in self.marks:
            path = path[:-1]
        mark = self.marks.get(path)
        return (mark.line, mark.column) if mark else (1, 1)


def read(text: str, path: str) -> Tree:
    """Read one YAML document; everything YAML allows and people's files should not hold is a finding."""
    if "\0" in text:
        return Tree("", [Finding("F103", Severity.ERROR, path, text[: text.index("\0")].count("\n") + 1)])
    if line := merge_mark(text):
        return Tree("", [Finding("F108", Severity.ERROR, path, line, 1)])
    value = yaml_lines.read(text)
    value = _plainly(text) if value is None else value
    if value is not None:
        return Tree(value, _text=text)
    tree, places = _placed(text, path)
    tree._places = places  # noqa: SLF001 -- made here
    return tree


def only_places(text: str) -> Tree:
    """Give a document whose values have been read otherwise: it knows where they stand."""
    return Tree(_text=text)


def _plainly(text: str) -> Plain | None:
    """Give a document's values alone; None where anything is odd, which is then looked at closely."""
    import yaml

    values = _Values(yaml)
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if not values.take(event):
                return None
    except (yaml.YAMLError, RecursionError):
        return None
    return values.top[0] if values.top else ""


class _Values:
    """Turn the events of a document in which nothing is odd into its values."""

    def __init__(self, yaml: Any) -> None:
        self.top: list[Any] = []
        self._holder: Any = self.top  # the container that is open
        self._above: list[Any] = []
        self._key: str | None = None
        self._documents = 0
        self._start, self._scalar = yaml.DocumentStartEvent, yaml.ScalarEvent
        self._made: Mapping[Any, Any] = {
            yaml.ScalarEvent: None, yaml.MappingStartEvent: dict, yaml.SequenceStartEvent: list,
        }  # fmt: skip
        self._ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        self._alias = yaml.AliasEvent

    def take(self, event: Any) -> bool:
        """Take one event; False where it is odd."""
        kind = type(event)
        if kind in self._made:
            make = self._made[kind]
            if event.anchor or (event.tag and event.tag != "!"):
                return False
            return self._put(event.value if make is None else make(), is_text=make is None)
        if kind in self._ends:
            self._holder = self._above.pop()
        elif kind is self._start:
            self._documents += 1
        return kind is not self._alias and self._documents < 2

    def _put(self, value: Any, *, is_text: bool) -> bool:
        if type(self._holder) is list:
            self._holder.append(value)
        elif self._key is not None:
            self._holder[self._key] = value
            self._key = None
        elif is_text and value not in self._holder:
            self._key = value
            return True
        else:  # a key that is no text, or is there already
            return False
        if not is_text:
            self._above.append(self._holder)
            self._holder = value
        return len(self._above) <= DEEPEST


def _placed(text: str, path: str) -> tuple[Tree, Places]:
    """Read a document with the place of everything in it."""
    import yaml

    builder = _Builder(path)
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        builder.find("F120", line, column, problem=" ".join(filter(None, (error.context, error.problem))))
    except yaml.YAMLError as error:  # a character YAML does not allow
        position = getattr(error, "position", 0)
        builder.find("F120", text[:position].count("\n") + 1, 1, problem=str(getattr(error, "reason", error)))
    except RecursionError:
        builder.find("F125", 1, 1)
    return builder.tree, builder.places


class _Builder:
    """Turn events into a tree; a class because the parser pushes and we keep the open containers."""

    def __init__(self, path: str) -> None:
        self.tree, self.places, self.path = Tree(), Places(), path
        self.stack: list[tuple[Any, Path, list[Any]]] = []  # container, its path, [pending key]
        self.documents = 0

    def find(self, code: str, line: int, column: int, **args: str) -> None:
        self.tree.findings.append(
            Finding(code, Severity.ERROR, self.path, line, column, args=tuple(sorted(args.items())))
        )

    def take(self, event: Any) -> bool:
        """Take one event; False where reading on makes no sense."""
        name = type(event).__name__
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if name == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                self.find("F123", line, column)
                return False
        elif name == "ScalarEvent":
            self._odd(event, line, column)
            self._put(event.value, event)
        elif name == "AliasEvent":
            self.find("F121", line, column, name=str(event.anchor))
            self._put("", event)
        elif name in ("MappingStartEvent", "SequenceStartEvent"):
            self._odd(event, line, column)
            if len(self.stack) >= DEEPEST:
                self.find("F125", line, column)
                return False
            self._open({} if name == "MappingStartEvent" else [], event)
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            _, path, _ = self.stack.pop()
            mark = self.places.values.get(path)
            if mark:
                self.places.values[path] = Mark(mark.line, mark.column, mark.start, event.end_mark.index)
        return True

    def _odd(self, event: Any, line: int, column: int) -> None:
        if event.anchor:
            self.find("F121", line, column, name=str(event.anchor))
        if event.tag and event.tag != "!":
            self.find("F122", line, column, name=str(event.tag))

    def _open(self, container: Any, event: Any) -> None:
        path = self._put(container, event)
        self.stack.append((container, path, []))

    def _put(self, value: Any, event: Any) -> Path:
        start, end = event.start_mark, event.end_mark
        mark = Mark(start.line + 1, start.column + 1, start.index, end.index)
        if not self.stack:
            self.tree.value = value
            self.places.values[()] = mark
            return ()
        container, above, pending = self.stack[-1]
        if isinstance(container, list):
            path: Path = (*above, len(container))
            container.append(value)
        elif not pending:
            if not isinstance(value, str):
                self.find("F126", mark.line, mark.column)
                value = ""
            if value in container:
                self.find("F124", mark.line, mark.column, name=value)
            pending.append((value, mark))
            return (*above, "?")
        else:
            key, key_mark = pending.pop()
            path = (*above, key)
            container.setdefault(key, value)
            self.places.keys.setdefault(path, key_mark)
        self.places.values.setdefault(path, mark)
        return path


_PLAIN = re.compile(
    r"[^\W\d_][^\x00-\x1f\x7f-\x9f:#\[\]{},&*!|>'\"%@`\ufeff\ufffe\uffff\u2028\u2029\ud800-\udfff]*", re.UNICODE
)
_WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}


def scalar(value: str) -> str:
    """Write a string so that it reads back as the same string, here and in any other YAML reader."""
    if _PLAIN.fullmatch(value) and value == value.strip() and value.lower() not in _WORDS:
        return value
    if re.fullmatch(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]*", value):
        return "'" + value.replace("'", "''") + "'"
    escaped = "".join(_escape(char) for char in value)
    return f'"{escaped}"'


_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}


def _escape(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    code = ord(char)
    if (
        code < 0x20
        or 0x7F <= code <= 0x9F
        or code in (0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF)
        or 0xD800 <= code <= 0xDFFF
    ):
        return f"\\u{code:04x}"
    return char


def splice(text: str, edits: list[tuple[int, int, str]]) -> str:
    """Replace spans of a text, given as offsets that do not overlap; everything else stays byte for byte."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def dump(value: Plain | Mapping[str, Any], indent: int = 0, newline: str = "\n") -> str:
    """Write plain strings, lists and mappings as block YAML in the house's layout."""
    return "".join(line + newline for line in _lines(value, indent))


def _lines(value: Any, indent: int) -> Iterator[str]:
    pad = " " * indent
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, Mapping | list | tuple) and inner:
                yield f"{pad}{scalar(str(key))}:"
                yield from _lines(inner, indent + 2)
            else:
                yield f"{pad}{scalar(str(key))}: {_flat(inner)}"
    else:
        for inner in value:
            if isinstance(inner, Mapping | list | tuple) and inner:
                first, *rest = _lines(inner, indent + 2)
                yield f"{pad}- {first.strip()}"
                yield from rest
            else:
                yield f"{pad}- {_flat(inner)}"


def _flat(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, list | tuple):
        return "[]"
    return scalar(str(value))
