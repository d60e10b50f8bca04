"""Types and values to test laws with, and values of which something is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import strategies as st

from guard.records import replace
from guard.values.decimals import parse_number
from guard.values.sets import set_of
from guard.values.text import nfc
from guard.values.types import ANY, BOOL, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf, Type
from guard.values.unknown import Input, Kind, Refinement
from guard.values.value import (
    SymbolicKey,
    Value,
    boolean,
    list_of,
    map_of,
    null,
    number,
    object_of,
    string,
    tuple_of,
    unknown,
)

TEXTS = st.sampled_from(
    ["", "a", "b", "A", "1", "1.5", "true", "false", "10", "-0", "\u00e9", "x y"]
) | st.text(st.characters(codec="utf-8"), max_size=4).map(nfc)
NUMBERS = (
    st.integers(-3, 12)
    | st.integers(-(10**30), 10**30)
    | st.fractions(max_denominator=1).map(int)
    | st.sampled_from(["0.1", "1.5", "-0", "1e21", "0.30000000000000004"]).map(parse_number)
)
NAMES = st.sampled_from(["a", "b", "c"])
PRIMITIVES = st.sampled_from([STRING, NUMBER, BOOL])
TYPES: st.SearchStrategy[Type] = st.recursive(
    PRIMITIVES,
    lambda inner: st.one_of(
        inner.map(ListOf),
        inner.map(SetOf),
        inner.map(MapOf),
        st.lists(inner, max_size=3).map(lambda items: TupleOf(tuple(items))),
        st.dictionaries(NAMES, inner, max_size=3).map(ObjectOf),
    ),
    max_leaves=5,
)


def values_of(type: Type, *, nulls: bool = True) -> st.SearchStrategy[Value]:
    """Known values of a type, null now and then."""
    strategy = _known(type)
    return strategy | st.just(null(type)) if nulls else strategy


def _known(type: Type) -> st.SearchStrategy[Value]:
    match type:
        case ListOf(element):
            return st.lists(values_of(element), max_size=3).map(lambda items: list_of(element, items))
        case SetOf(element):
            return st.lists(values_of(element), max_size=3).map(lambda items: set_of(element, items))
        case MapOf(element):
            return st.dictionaries(NAMES, values_of(element), max_size=3).map(
                lambda items: map_of(element, items)
            )
        case TupleOf(elements):
            return st.tuples(*map(values_of, elements)).map(tuple_of)
        case ObjectOf(attributes):
            return st.fixed_dictionaries({name: values_of(part) for name, part in attributes.items()}).map(
                object_of
            )
    return {STRING: TEXTS.map(string), NUMBER: NUMBERS.map(number), BOOL: st.booleans().map(boolean)}[type]


VALUES = TYPES.flatmap(values_of)


@st.composite
def hidden(draw: st.DrawFn, given: Value, *, typed: bool = False) -> Value:
    """The value with some of its parts, or the whole, replaced by inputs that could be just these.

    typed: keep the type, as elements of collections do.
    """
    match draw(st.integers(0, 7)):
        case 0 | 1:
            return input_for(given)
        case 2 if not typed:
            return replace(input_for(given), type=ANY)
    match given.data, given.type:
        case tuple(elements), SetOf(element):
            return set_of(element, [draw(hidden(item, typed=True)) for item in elements])
        case tuple(elements), ListOf(element):
            return list_of(element, [draw(hidden(item, typed=True)) for item in elements])
        case tuple(elements), _:
            return tuple_of(draw(hidden(item, typed=typed)) for item in elements)
        case Mapping() as mapping, MapOf(element):
            items = {
                draw(_key(key, mapping)): draw(hidden(item, typed=True)) for key, item in mapping.items()
            }
            return map_of(element, items)
        case Mapping() as mapping, _:
            names = {key: key if typed else draw(_key(key, mapping)) for key in mapping}
            return object_of({names[key]: draw(hidden(item, typed=typed)) for key, item in mapping.items()})
    return given


@st.composite
def _key(draw: st.DrawFn, key: str, keys: Mapping[str, Value]) -> str:
    """The key, or one that is not known but for being none of the others."""
    if draw(st.integers(0, 2)):
        return key
    others = {string(other) for other in keys if other != key}
    terms = {input_for(other).unknown.term for other in others}
    known = Refinement(not_null=True, excluded=frozenset({other.text for other in others} | terms))
    named = input_for(string(key))
    return SymbolicKey(replace(named, data=replace(named.unknown, refinement=known)))


def input_for(given: Value) -> Value:
    """An input that is not given and would have this value: equal values make equal inputs."""
    return unknown(given.type, Kind.NOT_GIVEN, Input(f"var.{given.type}.{_name(given)}"), "it is not given")


def _name(given: Value) -> str:
    match given.data:
        case tuple(elements):
            return str([_name(item) for item in elements])
        case Mapping() as mapping:
            return str({key: _name(item) for key, item in mapping.items()})
        case Fraction() | int() | bool() as plain:
            return repr(plain)
    return repr(given.data)
