"""keys, values, lookup, merge: as recorded, and what inputs allow."""

import pytest

from guard.values.errors import EvaluationError
from guard.values.shuffled import is_shuffled
from guard.values.types import ANY, STRING, ListOf, MapOf, ObjectOf, TupleOf
from guard.values.unknown import Ask, Question
from guard.values.value import (
    SENSITIVE,
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
from tests.values.samples import PET, TAGS, X, at_apply, not_given, value

A, B = string("a"), string("b")
ONE, TWO = number(1), number(2)
NOT_A = not_given("var.x", not_null=True, excluded=frozenset({"a"}))
BEHIND_A = not_given("var.x", not_null=True, prefix="b-")
FUNCTIONS = "keys lookup merge values"


@pytest.mark.parametrize(("expression", "expected"), recorded_calls(FUNCTIONS))
def test_as_terraform(expression, expected):
    assert answer(expression) == expected


def test_keys_that_are_not_known_are_keys():
    names = call_with("keys", object_of({"a": ONE, SymbolicKey(BEHIND_A): TWO}))
    assert names == tuple_of([A, BEHIND_A])
    assert call_with("values", object_of({SymbolicKey(BEHIND_A): TWO, "a": ONE})) == tuple_of([ONE, TWO])
    assert call_with("keys", map_of(STRING, {SymbolicKey(X): A})) == list_of(STRING, [X])


def test_keys_without_a_known_order():
    for name in ("keys", "values"):
        assert is_shuffled(call_with(name, object_of({"a": A, SymbolicKey(X): B})))


def test_keys_of_what_is_not_known():
    assert call_with("keys", not_given("o", ObjectOf({"b": STRING, "a": STRING}))) == tuple_of([A, B])
    sized = not_given("m", MapOf(STRING), at_least=1, at_most=2)
    for name in ("keys", "values"):
        result = call_with(name, sized)
        assert result.type == ListOf(STRING)
        assert (result.unknown.refinement.at_least, result.unknown.refinement.at_most) == (1, 2)
        assert result.unknown.questions == (Question(Ask.SIZE, sized),)
        assert call_with(name, not_given("a", ANY)).type is ANY
        assert call_with(name, at_apply("m", MapOf(STRING), at_least=1)).unknown.refinement.at_least == 0
    assert call_with("values", not_given("o", ObjectOf({"a": STRING}))).type == TupleOf((STRING,))


LOOKED_UP = [
    ({"a": X}, A, [], X),
    ({"a": ONE}, NOT_A, [TWO], TWO),
    ({"a": ONE}, X, [TWO], (Ask.EQUAL,)),
    ({"a": ONE}, PET, [TWO], ()),
    (TAGS, A, [B], (Ask.HAS,)),
    (map_of(STRING, {SymbolicKey(X): A}), X, [], A),
    (map_of(STRING, {SymbolicKey(X): A}), B, [B], (Ask.EQUAL,)),
    (object_of({SymbolicKey(X): A}), B, [B], (Ask.EQUAL,)),
    (not_given("a", ANY), A, [], None),
]


@pytest.mark.parametrize(("mapping", "key", "default", "expected"), LOOKED_UP)
def test_lookup(mapping, key, default, expected):
    result = call_with("lookup", value(mapping), key, *default)
    if isinstance(expected, tuple):
        assert tuple(question.ask for question in result.unknown.questions) == expected
    elif expected is None:
        assert result.type is ANY
    else:
        assert result == expected


def test_a_key_that_is_certainly_not_there_is_refused_though_it_is_not_known():
    with pytest.raises(EvaluationError, match="lookup failed to find the key that it is given"):
        call_with("lookup", value({"a": 1}), NOT_A)


def test_marks_of_a_default_that_is_not_used_stay_away():
    secret = B.marked(SENSITIVE)
    assert call_with("lookup", value({"a": 1}), A, secret) == ONE
    assert call_with("lookup", value({"a": 1}), B, secret) == secret
    assert call_with("lookup", value({"a": 1}).marked(SENSITIVE), A) == ONE.marked(SENSITIVE)
    assert call_with("merge", value({"a": secret}), value({"b": 1})).marks == frozenset()


MERGED = [
    ([{"a": 1}, {"a": 2, "b": 1}], {"a": 2, "b": 1}),
    ([object_of({SymbolicKey(X): ONE}), object_of({SymbolicKey(X): TWO})], object_of({SymbolicKey(X): TWO})),
    ([object_of({SymbolicKey(NOT_A): ONE}), {"a": 2}], object_of({SymbolicKey(NOT_A): ONE, "a": TWO})),
    ([{"a": X}, None], {"a": X}),
]


@pytest.mark.parametrize(("given", "expected"), MERGED)
def test_merge(given, expected):
    assert call_with("merge", *map(value, given)) == value(expected)


def test_null_maps_add_nothing():
    assert call_with("merge", null(MapOf(STRING)), value({"a": 1})) == object_of({"a": ONE})


def test_merging_what_is_not_known():
    one_key = object_of({SymbolicKey(X): ONE})
    either = call_with("merge", one_key, value({"a": 2}))
    assert either.unknown.questions[0] == Question(Ask.EQUAL, X, A)
    assert call_with("merge", TAGS, value({"a": "b"})).unknown.questions == (Question(Ask.SIZE, TAGS),)
    assert call_with("merge", TAGS, TAGS).type == MapOf(STRING)
    assert call_with("merge", TAGS, value({"a": 1})).type is ANY
    assert call_with(
        "merge", not_given("o", ObjectOf({"a": STRING})), value({"b": 1})
    ).type.attributes.keys() == {
        "a",
        "b",
    }
    assert call_with("merge", not_given("a", ANY), value({"b": 1})).type is ANY
