"""Unknown values of which Terraform knows so much that it takes them for known ones."""

import pytest

from guard.values.collapsed import collapsed
from guard.values.types import BOOL, NUMBER, STRING, ListOf, MapOf, SetOf
from guard.values.value import SENSITIVE, Value, list_of, map_of, number
from tests.values.samples import at_apply, not_given


def sized(type, low, high=None):
    return at_apply("x", type, not_null=True, at_least=low, at_most=low if high is None else high)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (at_apply("x", NUMBER, not_null=True, low=2, high=2), number(2)),
        (sized(ListOf(STRING), 0), list_of(STRING, ())),
        (sized(SetOf(STRING), 0), Value(SetOf(STRING), ())),
        (sized(MapOf(STRING), 0), map_of(STRING, {})),
    ],
)
def test_what_is_known_after_all(given, expected):
    assert collapsed(given) == expected
    assert collapsed(given.marked(SENSITIVE)).marks == SENSITIVE


@pytest.mark.parametrize("type", [ListOf(STRING), SetOf(STRING)])
def test_a_known_size_gives_unknown_elements(type):
    result = collapsed(sized(type, 1))
    assert [item.type for item in result.elements] == [STRING]
    assert result.elements[0].is_unknown


@pytest.mark.parametrize(
    "given",
    [
        at_apply("x", NUMBER, low=2, high=2),
        at_apply("x", NUMBER, not_null=True, low=2),
        at_apply("x", NUMBER, not_null=True, low=2, high=3),
        sized(ListOf(STRING), 0, 1),
        sized(ListOf(STRING), 20_000),
        sized(SetOf(STRING), 2),
        sized(MapOf(STRING), 1),
        at_apply("x", BOOL, not_null=True, at_most=0),
        not_given("x", NUMBER, not_null=True, low=2, high=2),
        number(1),
    ],
)
def test_what_stays_unknown(given):
    assert collapsed(given) is given
