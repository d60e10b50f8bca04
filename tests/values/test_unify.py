"""Several values get one type; messages say why branches have none."""

import pytest

from guard.values.types import ANY, BOOL, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf
from guard.values.unify import mismatch, unify_values
from guard.values.value import map_of, number, string
from tests.values.samples import value


def test_values_unify():
    assert unify_values([number(1), string("a")]) == [string("1"), string("a")]
    assert unify_values([]) == []
    assert unify_values([number(1), value([])]) is None


def test_values_that_do_not_fit_the_common_type_do_not_unify():
    """`tomap({})` could be an object of this type, but it lacks the attributes."""
    assert unify_values([map_of(ANY, {}), value({"a": 1, "b": []})]) is None


A_NUMBER = ObjectOf({"a": NUMBER})
PLAIN = "The 'true' value is {}, but the 'false' value is {}"
VAGUE = (
    "At least one deeply-nested attribute or element is not compatible across both the 'true' "
    "and the 'false' value"
)


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (NUMBER, TupleOf((NUMBER,)), PLAIN.format("number", "tuple")),
        (ListOf(STRING), MapOf(STRING), PLAIN.format("list of string", "map of string")),
        (ListOf(ANY), ListOf(NUMBER), PLAIN.format("list of dynamic", "list of number")),
        (
            A_NUMBER,
            ObjectOf({"a": TupleOf(())}),
            f'Type mismatch for object attribute "a": {PLAIN.format("number", "tuple")}',
        ),
        (
            ObjectOf({"a": NUMBER, "b": BOOL}),
            A_NUMBER,
            "The 'true' value includes object attribute \"b\", which is absent in the 'false' value",
        ),
        (
            A_NUMBER,
            ObjectOf({"a": NUMBER, "b": BOOL}),
            "The 'false' value includes object attribute \"b\", which is absent in the 'true' value",
        ),
        (A_NUMBER, A_NUMBER, VAGUE),
        (
            TupleOf((NUMBER,)),
            TupleOf(()),
            "The 'true' tuple has length 1, but the 'false' tuple has length 0",
        ),
        (
            TupleOf((STRING, NUMBER)),
            TupleOf((STRING, BOOL)),
            f"Type mismatch for tuple element 1: {PLAIN.format('number', 'bool')}",
        ),
        (TupleOf((STRING,)), TupleOf((STRING,)), VAGUE),
        (
            SetOf(A_NUMBER),
            SetOf(ObjectOf({"a": BOOL})),
            "Mismatched set element types: "
            f'Type mismatch for object attribute "a": {PLAIN.format("number", "bool")}',
        ),
        (ListOf(ListOf(A_NUMBER)), ListOf(ListOf(ObjectOf({"a": BOOL}))), VAGUE),
    ],
)
def test_messages_about_branches_without_a_common_type(one, other, message):
    assert mismatch(one, other) == message
