"""What has no known order has no positions, and its elements all the same."""

from guard.values.shuffled import in_order, is_shuffled, shuffled, unordered_elements
from guard.values.types import ANY, NUMBER, STRING, ListOf, TupleOf
from guard.values.unknown import Kind
from guard.values.value import list_of, number, string, tuple_of
from tests.values.samples import NAMES, X, not_given

A = string("a")
B_X = not_given("var.x", prefix="b-")


def test_known_keys_give_a_sequence_in_their_order():
    pairs = [(string("b"), number(1)), (A, number(2))]
    assert in_order(pairs) == tuple_of([number(2), number(1)])
    assert in_order(pairs, NUMBER) == list_of(NUMBER, [number(2), number(1)])
    assert in_order([(A, A), (B_X, B_X)], STRING) == list_of(STRING, [A, B_X])


def test_open_keys_give_a_sequence_without_order():
    result = in_order([(A, number(1)), (X, number(2))], NUMBER)
    assert is_shuffled(result)
    assert result.type == ListOf(NUMBER)
    assert result.unknown.kind is Kind.NOT_GIVEN
    assert (result.unknown.refinement.at_least, result.unknown.refinement.at_most) == (2, 2)
    assert set(unordered_elements(result) or ()) == {number(1), number(2)}


def test_a_tuple_without_order_has_a_type_if_all_elements_have_the_same():
    assert shuffled(None, [A, X], [X]).type == TupleOf((STRING, STRING))
    assert shuffled(None, [A, number(1)], [X]).type is ANY


def test_elements_of_sequences():
    assert unordered_elements(tuple_of([A])) == (A,)
    assert unordered_elements(NAMES) is None
    assert unordered_elements(A) is None
    assert not is_shuffled(NAMES)
    assert not is_shuffled(A)
