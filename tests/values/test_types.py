"""Types have the names that Terraform's messages use."""

import pytest

from guard.values.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    SetOf,
    TupleOf,
    friendly,
    friendly_constraint,
    without_optional,
)

OPTIONAL = ObjectOf({"a": STRING}, frozenset("a"))
PLAIN = ObjectOf({"a": STRING})


@pytest.mark.parametrize(
    ("type", "name", "constraint"),
    [
        (BOOL, "bool", "bool"),
        (ANY, "dynamic", "any type"),
        (ListOf(ANY), "list of dynamic", "list of any single type"),
        (SetOf(MapOf(NUMBER)), "set of map of number", "set of map of number"),
        (MapOf(ListOf(ANY)), "map of list of dynamic", "map of list of any single type"),
        (TupleOf((STRING,)), "tuple", "tuple"),
        (PLAIN, "object", "object"),
    ],
)
def test_names(type, name, constraint):
    assert friendly(type) == name
    assert friendly_constraint(type) == constraint


@pytest.mark.parametrize(
    "wrap", [ListOf, SetOf, MapOf, lambda part: TupleOf((part,)), lambda part: ObjectOf({"b": part})]
)
def test_values_have_types_without_optional_attributes(wrap):
    assert without_optional(wrap(OPTIONAL)) == wrap(PLAIN)
    assert without_optional(STRING) is STRING


def test_types_hash_by_what_they_hold():
    assert hash(PLAIN) == hash(ObjectOf({"a": STRING}))
    assert len({PLAIN, OPTIONAL, ObjectOf({"a": NUMBER}), ObjectOf({"a": STRING})}) == 3
