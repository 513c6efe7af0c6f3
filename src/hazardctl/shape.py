"""Plain strings, lists and mappings into frozen dataclasses: the quick way in for files already known to be right."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, Literal, TypeVar

T = TypeVar("T")
Make = Callable[[Any], Any]
# The words the schema takes for true and false; a file the one accepts the other must not refuse.
_BOOLEANS = dict.fromkeys(("true", "yes", "on", "1", "y", "t"), True)
_BOOLEANS |= dict.fromkeys(("false", "no", "off", "0", "n", "f"), False)


def build(cls: type[T], value: Any) -> T:
    """Make a dataclass from what a YAML file holds; raises TypeError, ValueError or KeyError where it does not fit."""
    return typing.cast("T", _maker(typing.cast("Any", cls))(value))


@cache
def _maker(kind: Any) -> Make:
    """Give what makes values of one kind; worked out once, since a checklist repeats a few kinds many times."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind):
        return _record(typing.cast("type", kind))
    if origin in (typing.Union, types.UnionType):
        return _union(arguments)
    if origin is tuple:
        inner = _maker(arguments[0])
        return lambda value: tuple(map(inner, _expect(value, list)))
    if _is_mapping(origin):
        left, right = map(_maker, arguments)
        return lambda value: {left(key): right(inner) for key, inner in _expect(value, Mapping).items()}
    return _scalar(kind, arguments if origin is Literal else ())


def _record(cls: type) -> Make:
    @cache
    def makers() -> Mapping[str, tuple[str, Make]]:  # late, since a record may hold records of its own kind
        hints = typing.get_type_hints(cls)
        names = (field.name for field in dataclasses.fields(cls))
        return {name.rstrip("_"): (name, _maker(hints[name])) for name in names}

    def make(value: Any) -> Any:
        known = makers()
        given = {}
        for key, inner in _expect(value, Mapping).items():
            name, inner_maker = known[key]
            given[name] = inner_maker(inner)
        return cls(**given)

    return make


def _scalar(kind: Any, allowed: tuple[Any, ...]) -> Make:
    def one_of(value: Any) -> Any:
        if _expect(value, str) not in allowed:
            raise ValueError(value)
        return value

    if allowed:
        return one_of
    if kind is bool:
        return lambda value: _BOOLEANS[_expect(value, str).lower()]
    if kind is date:
        return lambda value: date.fromisoformat(_expect(value, str))
    return lambda value: kind(_expect(value, str))


def _union(arguments: tuple[Any, ...]) -> Make:
    """Take the one kind of a union that fits the value's shape: unions here never hold two of one shape."""
    makers: dict[type, Make] = {}
    for kind in arguments:
        origin = typing.get_origin(kind)
        if dataclasses.is_dataclass(kind) or _is_mapping(origin):
            makers.setdefault(dict, _maker(kind))
        elif origin is tuple:
            makers.setdefault(list, _maker(kind))
        elif kind is not type(None) and origin in (None, Literal):
            makers.setdefault(str, _maker(kind))
    nothing = type(None) in arguments

    def make(value: Any) -> Any:
        if nothing and value == "":
            return None
        if type(value) not in makers:
            raise TypeError(value)
        return makers[type(value)](value)

    return make


def _is_mapping(origin: Any) -> bool:
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _expect(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise TypeError(value)
    return value
