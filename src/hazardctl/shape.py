"""Plain strings, lists and mappings into frozen dataclasses: the quick way in for files already known to be right."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Literal, TypeVar

T = TypeVar("T")
# The words the schema takes for true and false; a file the one accepts the other must not refuse.
_BOOLEANS = dict.fromkeys(("true", "yes", "on", "1", "y", "t"), True)
_BOOLEANS |= dict.fromkeys(("false", "no", "off", "0", "n", "f"), False)


def build(cls: type[T], value: Any) -> T:
    """Make a dataclass from what a YAML file holds; raises TypeError, ValueError or KeyError where it does not fit."""
    return typing.cast("T", _convert(cls, value))


@cache
def _hints(cls: type) -> dict[str, tuple[str, Any]]:
    hints = typing.get_type_hints(cls)
    names = (field.name for field in dataclasses.fields(cls))
    return {name.rstrip("_"): (name, hints[name]) for name in names}


def _convert(kind: Any, value: Any) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind):
        return _record(typing.cast("type", kind), _expect(value, Mapping))
    if origin in (typing.Union, types.UnionType):
        return _choose(arguments, value)
    if origin is tuple:
        return tuple(_convert(arguments[0], inner) for inner in _expect(value, list))
    if _is_mapping(origin):
        return {_convert(arguments[0], key): _convert(arguments[1], inner) for key, inner in _expect(value, Mapping).items()}
    return _scalar(kind, arguments if origin is Literal else (), _expect(value, str))


def _record(cls: type, value: Mapping[str, Any]) -> Any:
    known = _hints(cls)
    return cls(**{known[key][0]: _convert(known[key][1], inner) for key, inner in value.items()})


def _scalar(kind: Any, allowed: tuple[Any, ...], value: str) -> Any:
    if allowed:
        if value not in allowed:
            raise ValueError(value)
        return value
    if kind is bool:
        return _BOOLEANS[value.lower()]
    if kind is date:
        return date.fromisoformat(value)
    return kind(value)


def _choose(arguments: tuple[Any, ...], value: Any) -> Any:
    """Take the one kind of a union that fits the value's shape: unions here never hold two of one shape."""
    if value == "" and type(None) in arguments:
        return None
    for kind in arguments:
        origin = typing.get_origin(kind)
        if isinstance(value, Mapping):
            fits = dataclasses.is_dataclass(kind) or _is_mapping(origin)
        elif isinstance(value, list):
            fits = origin is tuple
        else:
            fits = kind is not type(None) and origin in (None, Literal) and not dataclasses.is_dataclass(kind)
        if fits:
            return _convert(kind, value)
    raise TypeError(value)


def _is_mapping(origin: Any) -> bool:
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _expect(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise TypeError(value)
    return value
