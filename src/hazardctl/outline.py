"""Walk a campaign or checklist file that may have any mistake in it; what is not of the right shape is passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hazardctl.findings import Finding, Severity
from hazardctl.formats.yaml import Path, Tree
from hazardctl.records import immutable


@immutable
class Outline:
    """A YAML file with the codes one family of rules may find in it."""

    tree: Tree
    path: str
    codes: Mapping[str, Severity]

    def finding(self, code: str, where: Path, value: str = "", **args: str) -> Finding:
        """Make a finding about a value."""
        line, column = self.tree.place(where)
        return self._made(code, (line, column), where, value, args)

    def on_key(self, code: str, where: Path, **args: str) -> Finding:
        """Make a finding about a key of a mapping."""
        mark = self.tree.keys.get(where)
        line, column = (mark.line, mark.column) if mark else self.tree.place(where)
        return self._made(code, (line, column), where, str(where[-1]), args)

    def _made(self, code: str, place: tuple[int, int], where: Path, value: str, args: Mapping[str, str]) -> Finding:
        name = next((step for step in reversed(where) if isinstance(step, str)), "")
        return Finding(
            code, self.codes[code], self.path, *place, field=name, value=value, args=tuple(sorted(args.items()))
        )


def listed(value: Any, section: str, above: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Give each mapping of a list, with its place."""
    inner = value.get(section) if isinstance(value, dict) else None
    if isinstance(inner, list):
        for at, member in enumerate(inner):
            if isinstance(member, dict):
                yield (*above, section, at), member


def plain(value: Any, key: str) -> str:
    """Give a string of a mapping, or an empty one."""
    inner = value.get(key) if isinstance(value, dict) else None
    return inner if isinstance(inner, str) else ""


def words(value: Any, key: str) -> list[str]:
    """Give a string or a list of strings as a list."""
    inner = value.get(key) if isinstance(value, dict) else None
    if isinstance(inner, str):
        return [inner] if inner else []
    return [word for word in inner if isinstance(word, str)] if isinstance(inner, list) else []


def mapping(value: Any, key: str) -> dict[str, Any]:
    """Give a mapping of a mapping, or an empty one."""
    inner = value.get(key) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else {}


def texts(value: Any, key: str) -> list[str]:
    """Give a text in every language it is given in."""
    inner = value.get(key) if isinstance(value, dict) else None
    if isinstance(inner, dict):
        return [word for word in inner.values() if isinstance(word, str)]
    return [inner] if isinstance(inner, str) else []
