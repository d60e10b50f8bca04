"""length, element, one, contains, index, coalesce, coalescelist: as recorded, and what inputs allow."""

import pytest

from guard.records import replace
from guard.values.errors import EvaluationError
from guard.values.sets import set_of
from guard.values.shuffled import in_order
from guard.values.types import ANY, BOOL, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf
from guard.values.unknown import Ask, Kind, Question
from guard.values.value import (
    FALSE,
    TRUE,
    SymbolicKey,
    list_of,
    map_of,
    null,
    number,
    object_of,
    string,
    tuple_of,
)
from tests.lang.functions.calling import answer, call_with, recorded_calls
from tests.values.samples import NAMES, PET, X, Y, at_apply, not_given, value

A, B = string("a"), string("b")
NOT_A = not_given("var.x", not_null=True, excluded=frozenset({"a", ""}))
FUNCTIONS = "coalesce coalescelist contains element index length one"


@pytest.mark.parametrize(("expression", "expected"), recorded_calls(FUNCTIONS))
def test_as_terraform(expression, expected):
    assert answer(expression) == expected


LENGTHS = [
    (not_given("t", TupleOf((STRING, STRING))), 2),
    (not_given("o", ObjectOf({"a": STRING})), 1),
    (not_given("l", ListOf(STRING), at_least=2, at_most=2), 2),
    (list_of(STRING, [X, Y]), 2),
    (object_of({SymbolicKey(X): A}), 1),
    (in_order([(A, A), (X, X)], STRING), 2),
]


@pytest.mark.parametrize(("given", "length"), LENGTHS)
def test_lengths_that_are_known_all_the_same(given, length):
    assert call_with("length", given) == number(length)


def test_lengths_that_depend():
    size = call_with("length", NAMES)
    assert size.unknown.questions == (Question(Ask.SIZE, NAMES),)
    assert (size.unknown.refinement.low, size.unknown.refinement.high) == (0, None)
    assert call_with("length", not_given("s", prefix="abc")).unknown.refinement.low == 3
    assert call_with("length", not_given("a", ANY)).type is NUMBER


def test_what_is_picked_is_the_very_value():
    alice = replace(X, origin="aws_iam_user.alice")
    for result in (
        call_with("element", tuple_of([A, alice]), number(1)),
        call_with("one", tuple_of([alice])),
        call_with("coalesce", null(), replace(NOT_A, origin="aws_iam_user.alice", data=NOT_A.data)),
        call_with("coalesce", replace(A, origin="aws_iam_user.alice")),
    ):
        assert result.origin == "aws_iam_user.alice"


def test_picking_from_what_is_not_known():
    assert call_with("element", NAMES, number(0)).type is STRING
    assert call_with("element", tuple_of([A, number(1)]), not_given("i", NUMBER)).type is ANY
    assert call_with("one", NAMES).unknown.questions == (Question(Ask.SIZE, NAMES),)
    assert not call_with("one", NAMES).unknown.refinement.not_null


CONTAINED = [
    ([X], X, TRUE),
    ([A, X], A, TRUE),
    ([A], NOT_A, FALSE),
    ([NOT_A], A, FALSE),
    ([A], X, None),
    ([X], A, None),
    ([A], PET, None),
    ([PET], A, None),
    ([{"a": X}], {"a": X}, TRUE),
]


@pytest.mark.parametrize(("items", "wanted", "expected"), CONTAINED)
def test_contains(items, wanted, expected):
    result = call_with("contains", value(items), value(wanted))
    if expected is None:
        assert result.type is BOOL
        assert result.is_unknown
    else:
        assert result == expected


def test_what_contains_asks():
    assert call_with("contains", value([A]), X).unknown.questions[0] == Question(Ask.EQUAL, X, A)
    group = not_given("g", SetOf(STRING))
    assert call_with("contains", group, A).unknown.questions[0] == Question(Ask.HAS, group, A)
    assert call_with("contains", NAMES, A).unknown.questions == (Question(Ask.SIZE, NAMES),)


def test_sets_of_open_size_contain_their_elements():
    either = set_of(STRING, [X, A])
    assert either.is_unknown
    assert call_with("contains", either, A) == TRUE
    assert call_with("contains", either, B).unknown.questions[0] == Question(Ask.EQUAL, X, B)
    assert call_with("contains", set_of(STRING, [NOT_A, Y]), A).is_unknown


def test_order_does_not_matter_to_contains():
    keys = in_order([(A, A), (X, X)], STRING)
    assert keys.is_unknown
    assert call_with("contains", keys, A) == TRUE


def test_index():
    assert call_with("index", value([B, A]), A) == number(1)
    assert call_with("index", value([NOT_A, A]), A) == number(1)
    assert call_with("index", value([X, A]), A).unknown.questions[0] == Question(Ask.EQUAL, X, A)
    assert call_with("index", value([A]), PET).unknown.kind is Kind.AT_APPLY


COALESCED = [
    ((X, A), (Ask.NULL, Ask.EQUAL)),
    ((not_given("x", not_null=True), A), (Ask.EQUAL,)),
    ((not_given("n", NUMBER), number(1)), (Ask.NULL,)),
    ((PET, A), ()),
]


@pytest.mark.parametrize(("given", "asked"), COALESCED)
def test_coalesce_asks(given, asked):
    result = call_with("coalesce", *given)
    assert tuple(question.ask for question in result.unknown.questions) == asked
    assert result.unknown.refinement.not_null


def test_coalesce_stops_at_what_is_surely_there():
    assert call_with("coalesce", string(""), A, X) == A
    sure = not_given("x", not_null=True, prefix="svc-")
    assert call_with("coalesce", sure, A) is sure


def test_coalesce_refuses_what_does_not_fit_the_common_type():
    with pytest.raises(EvaluationError, match="map has no element for required attribute"):
        call_with("coalesce", map_of(ANY, {}), value({"a": 1, "b": []}))


LISTS = [
    ((not_given("t", TupleOf((STRING,)), not_null=True),), None),
    ((NAMES, value(["a"])), (Ask.NULL, Ask.SIZE)),
    ((not_given("l", ListOf(STRING), not_null=True), value(["a"])), (Ask.SIZE,)),
    ((at_apply("l", ListOf(STRING)), value(["a"])), ()),
]


@pytest.mark.parametrize(("given", "asked"), LISTS)
def test_coalescelist(given, asked):
    result = call_with("coalescelist", *given)
    if asked is None:
        assert result is given[0]
    else:
        assert tuple(question.ask for question in result.unknown.questions) == asked


def test_coalescelist_passes_over_what_is_surely_empty():
    empty = not_given("l", ListOf(STRING), not_null=True, at_most=0)
    filled = not_given("l", ListOf(STRING), not_null=True, at_least=1)
    assert call_with("coalescelist", empty, filled) is filled
    assert call_with("coalescelist", null(ListOf(STRING)), value(["a"])) == value(["a"])


def test_maps_have_lengths():
    assert call_with("length", not_given("m", MapOf(STRING))).type is NUMBER
    assert call_with("length", value({"a": 1})) == number(1)
