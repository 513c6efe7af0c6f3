"""Values as plain JSON and back: records that have to be read for years, by later versions of the program too."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from hazardctl.records import Columnar

T = TypeVar("T")
Maker = Callable[[Any], Any]


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
    if isinstance(value, list | tuple | Columnar):
        return [plain(inner) for inner in value]
    return value


def built(cls: type[T], value: Any) -> T:
    """Make a value of a kind from its plain form; what this version does not know is left out."""
    return typing.cast("T", (_maker(typing.cast("Any", cls)) or _same)(value))


def _same(value: Any) -> Any:
    return value


@cache
def _maker(kind: Any) -> Maker | None:
    """Give what makes values of a kind, worked out once; None where the plain form is the value."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(typing.cast("Any", kind))
        return _record(kind, {each.name: _maker(hints[each.name]) for each in dataclasses.fields(kind)})
    if origin is tuple:
        return _tuple(arguments)
    if origin is Sequence:
        return _tuple((*arguments, ...))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        inner = _maker(arguments[1])
        return dict if inner is None else lambda value: {key: inner(each) for key, each in value.items()}
    if origin in (typing.Union, types.UnionType) and Decimal in arguments:
        return lambda value: Decimal(value) if isinstance(value, str) else value
    return kind if isinstance(kind, type) and issubclass(kind, Enum) else None


def _record(kind: Any, makers: Mapping[str, Maker | None]) -> Maker:
    def make(value: Any) -> Any:
        return kind(
            **{
                name: value[name] if maker is None else maker(value[name])
                for name, maker in makers.items()
                if name in value
            }
        )

    return make


def _tuple(arguments: tuple[Any, ...]) -> Maker:
    if arguments[-1] is Ellipsis:
        inner = _maker(arguments[0])
        return tuple if inner is None else lambda value: tuple(map(inner, value))
    makers = [_maker(each) or _same for each in arguments]
    return lambda value: tuple(maker(each) for maker, each in zip(makers, value, strict=True))
