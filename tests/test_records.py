"""Records do what dataclasses do: every record here is made both ways."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cached_property
from typing import Any

import pytest

from guard import records

HOWS: dict[str, Any] = {"dataclasses": dataclasses, "records": records}


def both(make: Callable[[Any], Any]) -> list[Any]:
    """The same class made by both; make is given the module to make it with."""
    return [make(how) for how in HOWS.values()]


def point(how: Any) -> Any:
    @how.dataclass(frozen=True, slots=True)
    class Point:
        """A place."""

        x: int
        y: int = 2
        notes: tuple[str, ...] = how.field(default=(), compare=False)
        tags: list[str] = how.field(default_factory=list, compare=False, repr=False)
        size: int = how.field(default=7, init=False, compare=False)
        seen: list[int] = how.field(default_factory=list, init=False, repr=False, compare=False)

        def __str__(self) -> str:
            return f"{self.x},{self.y}"

        @property
        def far(self) -> bool:
            return self.x + self.y > 10

    return Point


def box(how: Any) -> Any:
    @how.dataclass(slots=True)
    class Box:
        item: object
        count: int = 0

    return Box


def alone(how: Any) -> Any:
    @how.dataclass(frozen=True, slots=True, eq=False)
    class Alone:
        x: int

    return Alone


def roomy(how: Any) -> Any:
    @how.dataclass(frozen=True)
    class Roomy:
        x: int = 5

        @cached_property
        def made(self) -> list[int]:
            return [self.x]

    return Roomy


def nothing(how: Any) -> Any:
    @how.dataclass(frozen=True, slots=True)
    class Nothing:
        pass

    return Nothing


def own_hash(how: Any) -> Any:
    @how.dataclass(frozen=True, slots=True)
    class OwnHash:
        x: object

        def __hash__(self) -> int:
            return 5

        def __repr__(self) -> str:
            return "own"

    return OwnHash


def outcome(action: Callable[[], Any]) -> tuple[str, str]:
    """What an action gives, or how it fails, as text that both must agree on."""
    try:
        return "gives", repr(action()).replace("<locals>", "")
    except (AttributeError, TypeError) as error:
        wanted = AttributeError if isinstance(error, AttributeError) else TypeError
        return wanted.__name__, str(error)


ARGUMENTS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((), {}),
    ((1,), {}),
    ((1, 3), {}),
    ((), {"x": 1}),
    ((), {"y": 1}),
    ((1,), {"y": 9, "notes": ("n",)}),
    ((1, 2, ("n",), ["t"]), {}),
    ((1,), {"tags": ["t"]}),
    ((1, 2, (), [], 7), {}),
    ((1,), {"size": 7}),
    ((1,), {"x": 1}),
    ((1,), {"z": 1}),
]


@pytest.mark.parametrize(("given", "named"), ARGUMENTS)
@pytest.mark.parametrize("make", [point, box, alone, roomy, nothing, own_hash])
def test_it_is_made_and_shown_alike(
    make: Callable[[Any], Any], given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    expected, found = (outcome(lambda made=made: made(*given, **named)) for made in both(make))
    assert found == expected


POINTS = [(1,), (1, 2), (1, 3), (2, 2), (1, 2, ("n",)), (1, 2, (), ["t"]), (1.0, 2.0)]


@pytest.mark.parametrize("one", POINTS)
@pytest.mark.parametrize("other", POINTS)
def test_it_is_compared_alike(one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
    expected, found = ((made(*one) == made(*other), made(*one) != made(*other)) for made in both(point))
    assert found == expected
    made = point(records)
    assert len({made(*one), made(*other)}) == (1 if found[0] else 2)


def test_it_equals_nothing_of_another_class() -> None:
    made, other = point(records), point(records)
    assert made(1) != other(1)
    assert made(1) != (1, 2)
    assert {made(1): "here"}.get(other(1)) is None
    assert nothing(records)() != nothing(records)()


def test_without_equality_it_is_itself_only() -> None:
    for made in both(alone):
        one = made(1)
        assert one == one  # noqa: PLR0124
        assert one != made(1)
        assert len({one, made(1)}) == 2


def test_it_is_hashed_when_it_is_frozen() -> None:
    for made in both(box):
        assert made([1]) == made([1])
        with pytest.raises(TypeError, match="unhashable type: 'Box'"):
            hash(made([1]))
    assert [hash(made([1])) for made in both(own_hash)] == [5, 5]
    with pytest.raises(TypeError, match="unhashable type: 'list'"):
        hash(point(records)([1]))


def test_defaults_that_are_made_are_made_each_time() -> None:
    for made in both(point):
        one, other = made(1), made(1)
        one.tags.append("t")
        one.seen.append(1)
        assert (other.tags, other.seen, made(1, tags=["x"]).tags) == ([], [], ["x"])


@pytest.mark.parametrize("name", ["x", "size"])
def test_what_is_frozen_cannot_be_changed(name: str) -> None:
    for made in both(point):
        one = made(1)
        with pytest.raises(AttributeError, match=f"cannot assign to field '{name}'"):
            setattr(one, name, 5)
        with pytest.raises(AttributeError, match=f"cannot delete field '{name}'"):
            delattr(one, name)
        assert one == made(1)


def test_it_has_no_room_for_more() -> None:
    for made in both(box):
        one = made(1)
        one.count = 5
        assert one == made(1, 5)
        with pytest.raises(AttributeError):
            one.more = 1
        assert not hasattr(one, "__dict__")


def test_without_slots_there_is_room_for_cached_properties() -> None:
    for made in both(roomy):
        one = made(1)
        assert one.made is one.made
        assert (one.made, made(2).made, one == made(1)) == ([1], [2], True)
        with pytest.raises(AttributeError, match="cannot assign to field 'x'"):
            one.x = 2


def test_it_is_matched_by_position() -> None:
    for made in both(point):
        match made(1, 3):
            case made(x, 3):
                assert x == 1
            case _:
                pytest.fail("not matched")


def test_methods_and_documentation_stay() -> None:
    for made in both(point):
        assert (str(made(1, 3)), made(1).far, made(9).far) == ("1,3", False, True)
        assert (made.__doc__, made.__name__, made.__module__) == ("A place.", "Point", __name__)


@pytest.mark.parametrize("changes", [{}, {"x": 5}, {"y": 1, "notes": ("n",)}, {"z": 1}])
def test_it_is_replaced_alike(changes: dict[str, Any]) -> None:
    expected, found = (
        outcome(lambda how=how: how.replace(point(how)(1, 3, tags=["t"]), **changes)) for how in HOWS.values()
    )
    assert found == expected


def test_its_fields_are_known() -> None:
    for how in HOWS.values():
        made = point(how)
        assert [item.name for item in how.fields(made)] == ["x", "y", "notes", "tags", "size", "seen"]
        assert how.fields(made(1)) == how.fields(made)
        assert [how.is_dataclass(thing) for thing in (made, made(1), 1, int)] == [True, True, False, False]
