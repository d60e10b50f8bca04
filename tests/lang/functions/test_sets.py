"""setunion, setintersection, setsubtract, setproduct, matchkeys: as recorded, and what inputs allow."""

import pytest

from guard.values.errors import EvaluationError, NotDeterminedError
from guard.values.types import ANY, STRING, ListOf, MapOf, SetOf, TupleOf
from guard.values.unknown import Ask, Kind, Question
from guard.values.value import Value, list_of, map_of, number, string, tuple_of
from tests.lang.functions.calling import answer, call_with, recorded_calls
from tests.values.samples import NAMES, PET, X, Y, at_apply, not_given, value

A, B = string("a"), string("b")
NOT_A = not_given("var.x", not_null=True, excluded=frozenset({"a"}))
FUNCTIONS = "matchkeys setintersection setproduct setsubtract setunion"


@pytest.mark.parametrize(("expression", "expected"), recorded_calls(FUNCTIONS))
def test_as_terraform(expression, expected):
    assert answer(expression) == expected


def elements(result):
    return set(result.elements)


def test_what_surely_differs_is_kept_apart():
    assert elements(call_with("setunion", tuple_of([A]), tuple_of([NOT_A]))) == {A, NOT_A}
    assert elements(call_with("setintersection", tuple_of([A, NOT_A]), tuple_of([NOT_A]))) == {NOT_A}
    assert elements(call_with("setsubtract", tuple_of([A, NOT_A]), tuple_of([A]))) == {NOT_A}


def test_what_may_be_equal_is_asked_about():
    for name in ("setunion", "setintersection", "setsubtract"):
        result = call_with(name, tuple_of([X]), tuple_of([A]))
        assert result.unknown.questions[0] == Question(Ask.EQUAL, X, A)
        assert result.unknown.refinement.at_most == (2 if name == "setunion" else 1)
        assert call_with(name, NAMES, tuple_of([A])).type == SetOf(STRING)
        assert call_with(name, tuple_of([PET]), tuple_of([A])).unknown.kind is Kind.AT_APPLY


def test_a_set_that_becomes_open_when_converted():
    numbers = tuple_of([number(1), not_given("n", number(1).type, excluded=frozenset({1}))])
    texts = tuple_of([string("2")])  # a number may be written so, but never as A
    assert call_with("setunion", numbers, texts).is_unknown
    assert call_with("setsubtract", numbers, texts).is_unknown
    assert len(call_with("setunion", numbers, tuple_of([A])).elements) == 3
    assert len(call_with("setsubtract", numbers, tuple_of([A])).elements) == 2


def test_sets_that_do_not_fit_their_common_type_are_refused():
    full = value({"a": 1, "b": []})
    with pytest.raises(EvaluationError, match="map has no element for required attribute"):
        call_with("setunion", list_of(MapOf(ANY), [map_of(ANY, {})]), list_of(full.type, [full]))


def test_products():
    pairs = call_with("setproduct", tuple_of([X]), tuple_of([A, B]))
    assert pairs == list_of(TupleOf((STRING, STRING)), [tuple_of([X, A]), tuple_of([X, B])])
    sets = call_with("setproduct", Value(SetOf(STRING), (A, NOT_A)), tuple_of([B]))
    assert isinstance(sets.type, SetOf)
    assert len(sets.elements) == 2
    open_product = call_with("setproduct", NAMES, tuple_of([A]))
    assert open_product.type == ListOf(TupleOf((STRING, STRING)))
    assert open_product.unknown.questions == (Question(Ask.SIZE, NAMES),)
    assert call_with("setproduct", not_given("a", ANY), tuple_of([A])).type is ANY


SIZES = [
    ((not_given("l", ListOf(STRING), at_most=3), value(["a", "b"])), (1, 6)),
    ((not_given("l", ListOf(STRING), at_most=2000), value(["a"])), (0, None)),
    ((not_given("l", ListOf(STRING), at_most=1000), value(["a", "b", "c"])), (0, None)),
    ((not_given("t", TupleOf((STRING, STRING))), not_given("l", ListOf(STRING), at_most=1)), (1, 2)),
    ((at_apply("s", SetOf(STRING), at_most=1), value(["a"])), (0, None)),
]


@pytest.mark.parametrize(("given", "expected"), SIZES)
def test_the_size_of_a_product(given, expected):
    known = call_with("setproduct", *given).unknown.refinement
    assert (known.at_least, known.at_most) == expected


def test_products_are_bounded():
    many = list_of(STRING, [A] * 1200)
    with pytest.raises(NotDeterminedError, match="Collection too large"):
        call_with("setproduct", many, many)


def test_matchkeys():
    assert call_with("matchkeys", tuple_of([X]), tuple_of([A]), tuple_of([A])) == list_of(STRING, [X])
    asking = call_with("matchkeys", tuple_of([A]), tuple_of([X]), tuple_of([B]))
    assert asking.unknown.questions[0] == Question(Ask.EQUAL, X, B)
    assert call_with("matchkeys", tuple_of([A]), tuple_of([NOT_A]), tuple_of([A])) == list_of(STRING, ())
    assert call_with("matchkeys", tuple_of([Y]), tuple_of([A]), tuple_of([PET])) == list_of(STRING, ())
    assert call_with("matchkeys", tuple_of([PET]), tuple_of([A]), tuple_of([A])).unknown.kind is Kind.AT_APPLY


def test_products_of_elements_without_one_type_make_terraform_fail():
    mixed = value([[], ["a"], None])
    with pytest.raises(
        EvaluationError, match="panic in function implementation: inconsistent list element types"
    ):
        call_with("setproduct", mixed, value(["b"]))
    with pytest.raises(EvaluationError, match="inconsistent set element types"):
        call_with("setproduct", mixed, Value(SetOf(STRING), (A,)))
