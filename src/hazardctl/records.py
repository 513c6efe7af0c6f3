"""Records: frozen dataclasses that cost little to define; a command defines a hundred before it does anything.

The standard decorator writes and compiles six methods a class; here only the one that differs is compiled. What
`dataclasses` offers (fields, replace, asdict) works on a record as on any other dataclass.
"""

from __future__ import annotations

import dataclasses
import gc
from abc import abstractmethod
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, field
from functools import cached_property
from itertools import repeat
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def immutable(cls: type[T]) -> type[T]:
    """Make a class a frozen dataclass with slots: as `@dataclass(frozen=True, slots=True)` does."""
    plain = dataclasses.dataclass(init=False, repr=False, eq=False, match_args=True)(cls)
    fields = dataclasses.fields(plain)  # type: ignore[arg-type]
    names = {one.name for one in fields}
    taken = {name for base in cls.__mro__[1:] for name in getattr(base, "__slots__", ())}
    inside = {name: value for name, value in cls.__dict__.items() if name not in names | {"__dict__", "__weakref__"}}
    slots = tuple(one.name for one in fields if one.name not in taken)
    # made anew with all it has: to set eight methods on a class that is there takes longer than to make it
    found: list[type[T]] = []
    inside |= {"__slots__": slots, "__qualname__": cls.__qualname__}
    found.append(type(cls.__name__, cls.__bases__, _methods(found, fields) | inside))
    return found[0]


def many(cls: type[T], *columns: Sequence[Any]) -> list[T]:
    """Make records of a class from the values of its fields, field by field: as the class does of one after another.

    Every field is given, in the order of the class. Raises ValueError where their numbers differ, TypeError for a class
    whose records have to be looked at one by one.
    """
    fields = dataclasses.fields(cls)  # type: ignore[arg-type]
    if hasattr(cls, "__post_init__"):
        raise TypeError(cls)
    if len(columns) != len(fields) or len(set(map(len, columns))) > 1:
        raise ValueError([len(column) for column in columns])
    looked = gc.isenabled()
    gc.disable()  # nothing that is made here is in a cycle or can go yet
    try:
        made: list[Any] = list(map(object.__new__, repeat(cls, len(columns[0]) if columns else 0)))
        for one, column in zip(fields, columns, strict=True):
            deque(map(getattr(cls, one.name).__set__, made, column), 0)
    finally:
        if looked:
            gc.enable()
    return made


class Columnar(Sequence[T_co]):
    """Records given by their columns, made when the first is asked for: of very many none is, as a rule."""

    @abstractmethod
    def _records(self) -> Sequence[T_co]:
        """Make them."""

    @cached_property
    def _made(self) -> tuple[T_co, ...]:
        return tuple(self._records())

    @overload
    def __getitem__(self, at: int) -> T_co: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, at: int | slice) -> T_co | tuple[T_co, ...]:
        return self._made[at]

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    def __eq__(self, other: object) -> bool:
        return self._made == tuple(other) if isinstance(other, tuple | Columnar) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._made)

    def __repr__(self) -> str:
        return repr(self._made)


def _methods(made: Sequence[type[Any]], fields: tuple[Field[Any], ...]) -> dict[str, Any]:
    names = tuple(one.name for one in fields)
    values: Callable[[Any], tuple[Any, ...]]
    if len(names) > 1:
        values = attrgetter(*names)
    else:

        def values(self: Any) -> tuple[Any, ...]:
            return tuple(getattr(self, name) for name in names)

    def __repr__(self: Any) -> str:  # noqa: N807
        said = ", ".join(f"{name}={value!r}" for name, value in zip(names, values(self), strict=True))
        return f"{type(self).__qualname__}({said})"

    def __eq__(self: Any, other: object) -> bool:  # noqa: N807
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values(self))

    def __setattr__(self: Any, name: str, value: object) -> None:  # noqa: ARG001, N807
        raise FrozenInstanceError(name)

    def __delattr__(self: Any, name: str) -> None:  # noqa: ARG001, N807
        raise FrozenInstanceError(name)

    def __reduce__(self: Any) -> tuple[Any, ...]:  # noqa: N807
        return made[0], values(self)

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        """Compile what sets the fields when the first record is made: many classes never have one."""
        init = _init(made[0], fields)
        setattr(made[0], "__init__", init)  # noqa: B010 -- mypy has its doubts about the other way
        init(self, *args, **kwargs)

    methods = (__repr__, __eq__, __hash__, __setattr__, __delattr__, __reduce__, __init__)
    return {method.__name__: method for method in methods}


def _init(made: type[Any], fields: tuple[Field[Any], ...]) -> Callable[..., None]:
    """Compile what sets the fields: the order of the arguments and their defaults are those of the class."""
    known: dict[str, Any] = {"_none": MISSING}
    given, lines = [], []
    for one in fields:
        default = ""
        value = one.name
        if one.default_factory is not MISSING:
            known[f"_make_{one.name}"] = one.default_factory
            default, value = "=_none", f"_make_{one.name}() if {one.name}==_none else {one.name}"
        elif one.default is not MISSING:
            known[f"_default_{one.name}"] = one.default
            default = f"=_default_{one.name}"
        given.append(one.name + default)
        known[f"_set_{one.name}"] = getattr(made, one.name).__set__  # the slot itself: half the way of setattr
        lines.append(f" _set_{one.name}(self, {value})")
    if hasattr(made, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec(f"def __init__(self, {', '.join(given)}):\n" + "\n".join(lines or [" pass"]), known)  # noqa: S102 -- our own words
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    return init
