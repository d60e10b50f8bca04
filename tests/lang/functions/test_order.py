"""slice, reverse, sort, range: as recorded, and what inputs allow."""

import pytest

from guard.values.shuffled import in_order, is_shuffled
from guard.values.types import ANY, NUMBER, STRING, ListOf, SetOf, TupleOf
from guard.values.unknown import Kind
from guard.values.value import Value, list_of, number, string, tuple_of
from tests.lang.functions.calling import answer, call_with, recorded_calls
from tests.values.samples import NAMES, PET, PETS, X, at_apply, not_given

A, B = string("a"), string("b")
BEHIND_A = not_given("var.x", not_null=True, prefix="b-")
FUNCTIONS = "range reverse slice sort"


@pytest.mark.parametrize(("expression", "expected"), recorded_calls(FUNCTIONS))
def test_as_terraform(expression, expected):
    assert answer(expression) == expected


def test_slice():
    assert call_with("slice", tuple_of([X, A]), number(0), number(1)) == tuple_of([X])
    assert call_with("slice", list_of(STRING, [X, A]), number(1), number(2)) == list_of(STRING, [A])
    where = not_given("var.i", NUMBER)
    assert call_with("slice", tuple_of([X, A]), where, number(1)).type is ANY
    assert call_with("slice", NAMES, number(0), number(5)).type == ListOf(STRING)
    assert call_with(
        "slice", not_given("t", TupleOf((STRING, NUMBER))), number(1), number(2)
    ).type == TupleOf((NUMBER,))


def test_reverse():
    assert call_with("reverse", tuple_of([X, A])) == tuple_of([A, X])
    assert call_with("reverse", Value(SetOf(STRING), (A, BEHIND_A))) == list_of(STRING, [BEHIND_A, A])
    assert is_shuffled(call_with("reverse", Value(SetOf(STRING), (A, X))))
    assert is_shuffled(call_with("reverse", in_order([(A, A), (X, X)], STRING)))
    assert call_with("reverse", NAMES).type == ListOf(STRING)


def test_sort():
    assert call_with("sort", tuple_of([BEHIND_A, A])) == list_of(STRING, [A, BEHIND_A])
    assert is_shuffled(call_with("sort", tuple_of([X, A])))
    assert call_with("sort", tuple_of([X])) == list_of(STRING, [X])
    assert [item.unknown.kind for item in call_with("sort", tuple_of([PET, A])).elements] == [
        Kind.AT_APPLY
    ] * 2
    assert call_with("sort", PETS).is_unknown
    assert call_with("sort", at_apply("l", ListOf(STRING), at_least=1)).unknown.refinement.at_least == 1


def test_range():
    assert call_with("range", not_given("var.n", NUMBER)).type == ListOf(NUMBER)
    assert [item.number for item in call_with("range", number(2)).elements] == [0, 1]
