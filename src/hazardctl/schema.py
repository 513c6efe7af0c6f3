"""Say everything that is wrong in a campaign or checklist file at once, and give the JSON Schema editors use."""

from __future__ import annotations

from functools import cache
from typing import Any

from hazardctl.findings import Finding, Severity
from hazardctl.formats.yaml import Path, Tree

# What pydantic calls it → our code. Everything else is a value of the wrong kind.
_CODES = {
    "missing": "C102",
    "unexpected_keyword_argument": "C103",
    "literal_error": "C104",
    "date_from_datetime_parsing": "C105",
    "date_parsing": "C105",
    "date_from_datetime_inexact": "C105",
}


@cache
def _adapter(cls: type) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(cls)


def validate(tree: Tree, cls: type, path: str) -> list[Finding]:
    """Compare a file with its schema and give every difference, each with its line and column."""
    from pydantic import ValidationError

    try:
        _adapter(cls).validate_python(tree.value)
    except ValidationError as error:
        return _findings(error.errors(include_url=False), tree, path)
    return []


def _findings(errors: list[Any], tree: Tree, path: str) -> list[Finding]:
    found: dict[tuple[int, int, str], Finding] = {}
    for error in errors:
        code = _CODES.get(error["type"], "C106")
        where = _existing(error["loc"], tree, missing=code == "C102")
        key = tree.keys.get(where) if code == "C103" else None
        line, column = (key.line, key.column) if key else tree.place(where)
        name = str(error["loc"][-1]) if error["loc"] else ""  # the file as a whole is something else
        value = error["input"] if isinstance(error["input"], str) else ""
        allowed = str(error.get("ctx", {}).get("expected", "")).replace(" or ", ", ")
        finding = Finding(
            code, Severity.ERROR, path, line, column, field=name, value=value, args=(("allowed", allowed),)
        )
        found.setdefault((line, column, name if code == "C102" else ""), finding)
    return list(found.values())


def _existing(location: tuple[Any, ...], tree: Tree, *, missing: bool) -> Path:
    """Drop the names pydantic puts into a location for the members of a union."""
    path: Path = ()
    for step in location[:-1] if missing else location:
        if (*path, step) in tree.marks:
            path = (*path, step)
    return path


def json_schema(cls: type) -> dict[str, Any]:
    """Give the JSON Schema of a file."""
    schema: dict[str, Any] = _adapter(cls).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
