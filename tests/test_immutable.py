"""A record behaves as a frozen dataclass does, whatever it costs to define."""

from __future__ import annotations

import dataclasses
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, dataclass, field

import pytest

from hazardctl.records import immutable, many


@immutable
class Place:
    """A place."""

    path: str
    line: int = 1
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Standard:
    """The same, by the standard library."""

    path: str
    line: int = 1
    notes: list[str] = field(default_factory=list)


@immutable
class Sure:
    """A record with words of its own."""

    number: int

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError(self.number)

    def __repr__(self) -> str:
        return "sure"

    def __hash__(self) -> int:
        return 7


@immutable
class Empty:
    """A record without fields."""


def test_it_says_what_the_standard_one_says() -> None:
    assert repr(Place("a", notes=["x"])).replace("Place", "Standard") == repr(Standard("a", notes=["x"]))
    assert dataclasses.asdict(Place("a", 2)) == dataclasses.asdict(Standard("a", 2))
    assert [one.name for one in dataclasses.fields(Place)] == [one.name for one in dataclasses.fields(Standard)]
    assert Place.__match_args__ == Standard.__match_args__
    assert Place.__slots__ == Standard.__slots__  # type: ignore[attr-defined]


def test_two_with_the_same_values_are_equal_and_no_other_kind_is() -> None:
    assert Place("a") == Place("a") != Place("a", 2)
    other: object = Standard("a")
    assert Place("a") != other
    assert hash(Sure(1)) == 7
    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())
    with pytest.raises(TypeError):
        hash(Place("a"))  # a list has no hash


def test_nothing_of_it_can_be_changed() -> None:
    place = Place("a")
    with pytest.raises(FrozenInstanceError):
        place.line = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del place.line
    with pytest.raises((AttributeError, FrozenInstanceError)):
        place.other = 2  # type: ignore[attr-defined]
    assert dataclasses.replace(place, line=2) == Place("a", 2)


def test_each_has_a_default_of_its_own() -> None:
    assert Place("a").notes is not Place("a").notes
    with pytest.raises(TypeError):
        Place()  # type: ignore[call-arg]


def test_it_travels_between_processes() -> None:
    for one in (Place("a", 2, ["x"]), Sure(3), Empty()):
        assert pickle.loads(pickle.dumps(one)) == one


def test_methods_of_its_own_stay() -> None:
    assert repr(Sure(1)) == "sure"
    with pytest.raises(ValueError, match="-1"):
        Sure(-1)


def test_many_are_what_each_is_that_is_made_alone() -> None:
    assert many(Place, ["a", "b"], range(2), [["x"], []]) == [Place("a", 0, ["x"]), Place("b", 1, [])]
    assert not many(Place, [], [], [])
    assert not many(Empty)


def test_many_are_not_made_of_columns_that_do_not_fit() -> None:
    for lengths in ((1, 2, 1), (1, 1), (1, 1, 1, 1)):
        with pytest.raises(ValueError, match="1, "):
            many(Place, *(["a"] * length for length in lengths))
    with pytest.raises(TypeError):
        many(Sure, [1])  # each of them has something to say of its values


class Outer:
    """A class with a record inside."""

    @immutable
    class Inner:
        """The record."""

        number: int = 1


def test_a_record_inside_another_class_keeps_its_name_and_travels() -> None:
    assert Outer.Inner.__qualname__ == "Outer.Inner"
    assert pickle.loads(pickle.dumps(Outer.Inner(2))) == Outer.Inner(2)


def test_first_records_made_at_once_are_like_all_others() -> None:
    @immutable
    class New:
        """A record nobody has made."""

        path: str
        line: int = 1

    begin = threading.Barrier(8)

    def make(number: int) -> New:
        begin.wait()
        return New("a", line=number)

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(make, range(8)))
    assert [one.line for one in made] == list(range(8))
    with pytest.raises(TypeError, match="path"):
        New()  # type: ignore[call-arg]
