"""The more general of two types comes first."""

import pytest

from guard.values.preference import by_preference
from guard.values.types import ANY, BOOL, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        (NUMBER, STRING),
        (ANY, BOOL),
        (ListOf(NUMBER), ListOf(STRING)),
        (MapOf(ANY), MapOf(STRING)),
        (SetOf(STRING), ListOf(STRING)),
        (SetOf(STRING), TupleOf((STRING,))),
        (TupleOf((STRING,)), ListOf(STRING)),
        (ObjectOf({"a": STRING}), MapOf(STRING)),
        (ObjectOf({"a": NUMBER}), ObjectOf({"a": STRING})),
        (TupleOf((NUMBER, STRING)), TupleOf((STRING, STRING))),
    ],
)
def test_the_more_general_type_comes_first(lower, upper):
    assert by_preference([lower, upper]) == [upper, lower]
    assert by_preference([upper, lower]) == [upper, lower]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NUMBER, BOOL),
        (ANY, ANY),
        (ListOf(STRING), MapOf(STRING)),
        (ObjectOf({"a": STRING}), ObjectOf({"b": STRING})),
        (TupleOf(()), TupleOf((STRING,))),
        (TupleOf((NUMBER, STRING)), TupleOf((STRING, NUMBER))),
        (STRING, ListOf(STRING)),
    ],
)
def test_types_without_order_stay_as_they_are(one, other):
    assert by_preference([one, other]) == [one, other]
    assert by_preference([other, one]) == [other, one]
