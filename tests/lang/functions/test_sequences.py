"""concat, flatten, compact, distinct, chunklist: as recorded, and what inputs allow."""

import pytest

from guard.values.errors import EvaluationError
from guard.values.sets import set_of
from guard.values.shuffled import in_order, is_shuffled, unordered_elements
from guard.values.types import ANY, STRING, ListOf, MapOf
from guard.values.unknown import Ask, Kind, Question
from guard.values.value import SENSITIVE, Value, list_of, map_of, number, string, tuple_of
from tests.lang.functions.calling import answer, call_with, recorded_calls
from tests.values.samples import NAMES, PET, X, Y, not_given, unread, value

A, B = string("a"), string("b")
NOT_A = not_given("var.x", not_null=True, excluded=frozenset({"a", ""}))
KEYS = in_order([(A, A), (X, X)], STRING)
FUNCTIONS = "chunklist compact concat distinct flatten"


@pytest.mark.parametrize(("expression", "expected"), recorded_calls(FUNCTIONS))
def test_as_terraform(expression, expected):
    assert answer(expression) == expected


def test_unknown_elements_are_elements():
    assert call_with("concat", tuple_of([X]), tuple_of([A])) == tuple_of([X, A])
    assert call_with("flatten", value([[X], [[A]]])) == tuple_of([X, A])
    assert call_with("chunklist", tuple_of([X, A]), number(1)) == list_of(
        ListOf(STRING), [list_of(STRING, [X]), list_of(STRING, [A])]
    )


def test_what_is_not_known_keeps_the_rest_from_being_known():
    assert call_with("concat", NAMES, list_of(STRING, [A])).type == ListOf(STRING)
    assert call_with("concat", NAMES, tuple_of([number(1)])).type is ANY
    nested = call_with("flatten", tuple_of([NAMES, tuple_of([A])]))
    assert nested.unknown.questions == (Question(Ask.SIZE, NAMES),)
    assert call_with("flatten", tuple_of([not_given("a", ANY)])).is_unknown
    assert call_with("flatten", unread("l", ANY)).unknown.kind is Kind.UNREAD


def test_sequences_without_order_stay_without():
    for result in (
        call_with("concat", KEYS, list_of(STRING, [B])),
        call_with("flatten", tuple_of([KEYS, B])),
        call_with("flatten", KEYS),
        call_with("distinct", in_order([(A, A), (NOT_A, NOT_A)], STRING)),
        call_with("compact", in_order([(A, A), (NOT_A, NOT_A)], STRING)),
        call_with("flatten", tuple_of([Value(set_of(STRING, [A, NOT_A]).type, (A, NOT_A))])),
    ):
        assert is_shuffled(result)
        assert A in (unordered_elements(result) or ())
    assert call_with("chunklist", KEYS, number(1)).is_unknown


def test_marks_of_nested_sequences_gather_and_those_of_elements_stay():
    secret = A.marked(SENSITIVE)
    flat = call_with("flatten", tuple_of([tuple_of([secret])]))
    assert (flat.marks, flat.elements[0].marks) == (frozenset(), SENSITIVE)
    assert call_with("flatten", tuple_of([tuple_of([A]).marked(SENSITIVE)])).marks == SENSITIVE
    assert call_with("concat", tuple_of([A]).marked(SENSITIVE), tuple_of([B])).marks == SENSITIVE
    assert call_with("distinct", tuple_of([secret])) == list_of(STRING, [A]).marked(SENSITIVE)


EMPTY_MAP = list_of(MapOf(ANY), [map_of(ANY, {})])
FULL_OBJECT = value({"a": 1, "b": []})


def test_lists_that_do_not_fit_their_common_type_are_refused():
    """`{}` could be an object of the other list's type, but it lacks the attributes."""
    with pytest.raises(EvaluationError, match="map has no element for required attribute"):
        call_with("concat", EMPTY_MAP, list_of(FULL_OBJECT.type, [FULL_OBJECT]))


def test_only_sequences_are_flattened():
    with pytest.raises(EvaluationError, match="can only flatten lists, sets and tuples"):
        call_with("flatten", value({"a": X}))


def test_compact():
    assert call_with("compact", tuple_of([NOT_A, string("")])) == list_of(STRING, [NOT_A])
    asking = call_with("compact", tuple_of([X, A]))
    assert [question.ask for question in asking.unknown.questions] == [Ask.NULL, Ask.EQUAL]
    assert asking.unknown.refinement.at_most == 2
    assert call_with("compact", tuple_of([PET])).unknown.kind is Kind.AT_APPLY


def test_distinct():
    assert call_with("distinct", tuple_of([X, A, X])).unknown.questions[0] == Question(Ask.EQUAL, X, A)
    assert call_with("distinct", tuple_of([NOT_A, A, NOT_A])) == list_of(STRING, [NOT_A, A])
    assert call_with("distinct", tuple_of([X, Y])).unknown.refinement.at_most == 2
    assert call_with("distinct", tuple_of([PET])).unknown.kind is Kind.AT_APPLY
