"""Messages about conversions that do not exist, where conversion itself does not reach them."""

import pytest

from guard.values.mismatch import conversion_mismatch
from guard.values.types import ANY, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf


@pytest.mark.parametrize(
    ("got", "want", "message"),
    [
        (TupleOf((NUMBER,)), ListOf(STRING), "all elements must be string"),
        (ObjectOf({"a": NUMBER}), MapOf(STRING), "all elements must be string"),
        (ObjectOf({"a": NUMBER}), ObjectOf({"a": NUMBER}), "incorrect object attributes"),
        (ObjectOf({"a": STRING}), ObjectOf({"a": NUMBER}), 'attribute "a": number required'),
        (STRING, ANY, "any type required"),
        (STRING, SetOf(ListOf(ANY)), "set of list of any single type required"),
        (MapOf(STRING), SetOf(STRING), "set of string required"),
        (STRING, ObjectOf({}), "object required"),
    ],
)
def test_messages(got, want, message):
    assert conversion_mismatch(got, want) == message
