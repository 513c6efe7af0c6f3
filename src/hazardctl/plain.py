"""Values as plain JSON and back: records that have to be read for years, by later versions of the program too."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def plain(value: Any) -> Any:
    """Give a value as JSON has it; fields that say what they say by default are left out, a Decimal is a string."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            each.name: plain(given)
            for each in dataclasses.fields(value)
            if (given := getattr(value, each.name)) != each.default
        }
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


def built(cls: type[T], value: Any) -> T:
    """Make a value of a kind from its plain form; what this version does not know is left out."""
    return typing.cast("T", _built(cls, value))


@cache
def _hints(cls: Any) -> Mapping[str, Any]:
    return typing.get_type_hints(cls)


def _built(kind: Any, value: Any) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind):
        hints = _hints(typing.cast("Any", kind))
        names = [each.name for each in dataclasses.fields(kind) if each.name in value]
        return typing.cast("Any", kind)(**{name: _built(hints[name], value[name]) for name in names})
    if origin is tuple:
        every = arguments[-1] is Ellipsis
        return tuple(_built(arguments[0 if every else at], inner) for at, inner in enumerate(value))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: _built(arguments[1], inner) for key, inner in value.items()}
    if origin in (typing.Union, types.UnionType):
        return Decimal(value) if isinstance(value, str) and Decimal in arguments else value
    return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value
