"""Defaults of optional attributes are filled in at every depth before conversion."""

import pytest

from guard.values.convert import convert
from guard.values.defaults import Defaults, apply_defaults
from guard.values.types import ANY, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf
from guard.values.value import (
    SENSITIVE,
    SymbolicKey,
    Value,
    list_of,
    map_of,
    null,
    number,
    object_of,
    string,
    tuple_of,
)
from tests.values.samples import NAMES, X, not_given, value

KEY = ObjectOf({"status": STRING, "user": STRING}, frozenset({"status"}))
ACTIVE = Defaults(KEY, {"status": string("Active")}, {})
KEYS = Defaults(ListOf(KEY), {}, {"": ACTIVE})
TEAM = ObjectOf({"keys": MapOf(KEY), "size": NUMBER}, frozenset({"keys", "size"}))
IN_TEAM = Defaults(
    TEAM,
    {"size": number(3), "keys": map_of(KEY, {"a": value({"user": "a", "status": None})})},
    {"keys": Defaults(MapOf(KEY), {}, {"": ACTIVE})},
)
PAIR = Defaults(TupleOf((KEY, STRING)), {}, {"0": ACTIVE})

FILLED = [
    (ACTIVE, {"user": "a"}, {"user": "a", "status": "Active"}),
    (ACTIVE, {"user": "a", "status": None}, {"user": "a", "status": "Active"}),
    (ACTIVE, {"user": "a", "status": "Inactive"}, {"user": "a", "status": "Inactive"}),
    (ACTIVE, "text", "text"),
    (ACTIVE, None, None),
    (
        KEYS,
        [{"user": "a"}, {"user": "b", "status": "x"}],
        [{"user": "a", "status": "Active"}, {"user": "b", "status": "x"}],
    ),
    (PAIR, [{"user": "a"}, "x"], [{"user": "a", "status": "Active"}, "x"]),
    (PAIR, {"user": "a"}, {"user": "a"}),
    (Defaults(KEY, {}, {}), {"user": "a"}, {"user": "a"}),
    (IN_TEAM, {"keys": {"b": {"user": "b"}}}, {"keys": {"b": {"user": "b", "status": "Active"}}, "size": 3}),
]


@pytest.mark.parametrize(("defaults", "given", "expected"), FILLED)
def test_defaults_are_filled_in(defaults, given, expected):
    assert apply_defaults(value(given), defaults) == value(expected)


def test_a_default_gets_its_own_defaults():
    filled = apply_defaults(value({}), IN_TEAM).mapping["keys"]
    assert filled.mapping["a"].mapping["status"] == string("Active")


def test_collections_stay_collections_if_their_elements_unify():
    one = object_of({"user": string("a")})
    both = object_of({"user": string("a"), "status": string("Active")})
    assert apply_defaults(list_of(one.type, [one]), KEYS) == list_of(both.type, [both])
    assert apply_defaults(Value(SetOf(one.type), (one,)), KEYS) == Value(SetOf(both.type), (both,))
    assert apply_defaults(list_of(one.type, ()), KEYS) == list_of(one.type, ())
    in_map = Defaults(MapOf(KEY), {}, {"": ACTIVE})
    assert apply_defaults(map_of(one.type, {"k": one}), in_map) == map_of(both.type, {"k": both})
    assert apply_defaults(map_of(STRING, {}), in_map) == map_of(STRING, {})


def test_a_map_gets_defaults_of_an_object():
    given = map_of(STRING, {"user": string("a")})
    assert apply_defaults(given, ACTIVE) == map_of(STRING, {"user": string("a"), "status": string("Active")})
    wrong = Defaults(KEY, {"status": value([])}, {})
    assert apply_defaults(given, wrong) == value({"user": "a", "status": []})


def test_lists_whose_elements_do_not_unify_become_tuples():
    odd = Defaults(ListOf(KEY), {}, {"": Defaults(KEY, {"status": value([])}, {})})
    with_list, without = value({"user": "a", "status": None}), value({"user": "b", "status": "x"})
    given = list_of(with_list.type, [with_list, Value(with_list.type, without.mapping)])
    assert isinstance(apply_defaults(given, odd).type, TupleOf)


def test_unknown_values_stay_and_are_not_null_where_there_is_a_default():
    assert apply_defaults(NAMES, KEYS) is NAMES
    filled = apply_defaults(object_of({"user": X, "status": X}), ACTIVE)
    assert filled.mapping["status"].unknown.refinement.not_null
    assert not filled.mapping["user"].unknown.refinement.not_null
    anything = not_given("var.a", ANY)
    assert apply_defaults(object_of({"status": anything}), ACTIVE).mapping["status"] is anything
    no_default = Defaults(KEY, {"status": null(STRING)}, {})
    assert apply_defaults(object_of({"status": X}), no_default).mapping["status"] is X


def test_marks_stay():
    assert apply_defaults(value({"user": "a"}).marked(SENSITIVE), ACTIVE).marks == SENSITIVE


def test_an_open_attribute_name_may_be_the_one_with_the_default():
    result = apply_defaults(object_of({SymbolicKey(X): string("a"), "user": string("u")}), ACTIVE)
    assert result.is_unknown
    assert convert(result, KEY).is_unknown
    other = Defaults(MapOf(KEY), {"status": string("x")}, {})
    assert apply_defaults(object_of({SymbolicKey(X): string("a")}), other).is_unknown


def test_tuples_of_anything_are_walked():
    assert (
        apply_defaults(tuple_of([null(), value({"user": "a"})]), KEYS).elements[1].mapping["status"].text
        == "Active"
    )
