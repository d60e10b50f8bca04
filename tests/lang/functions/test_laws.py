"""Knowing less never changes what a function gives, it only leaves it open."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.values.equality import compare
from guard.values.errors import EvaluationError, NotDeterminedError
from guard.values.types import BOOL, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf
from guard.values.value import number, string, wholly_known
from tests.lang.functions.calling import call_with
from tests.values.strategies import PRIMITIVES, VALUES, hidden, values_of

ANYTHING = VALUES
TEXT = values_of(STRING)
NAME = st.sampled_from(["a", "b", "z"]).map(string)
NUMBERS = values_of(NUMBER)
SMALL = st.integers(-1, 4).map(number)
LISTS = st.one_of(
    values_of(ListOf(STRING), nulls=False),
    values_of(SetOf(STRING), nulls=False),
    values_of(TupleOf((STRING, STRING)), nulls=False),
    PRIMITIVES.flatmap(lambda type: values_of(ListOf(type), nulls=False)),
    st.lists(PRIMITIVES, max_size=3).flatmap(lambda types: values_of(TupleOf(tuple(types)), nulls=False)),
)
NESTED = st.one_of(values_of(ListOf(ListOf(STRING))), values_of(TupleOf((SetOf(STRING), STRING))), LISTS)
MAPS = st.one_of(
    values_of(MapOf(STRING), nulls=False),
    values_of(ObjectOf({"a": STRING, "b": NUMBER}), nulls=False),
    values_of(ObjectOf({"c": BOOL}), nulls=False),
)
FLAGS = values_of(ListOf(BOOL), nulls=False)

SHAPES = {
    "abs": (NUMBERS,),
    "alltrue": (FLAGS,),
    "anytrue": (FLAGS,),
    "ceil": (NUMBERS,),
    "chunklist": (LISTS, SMALL),
    "coalesce": (TEXT, TEXT, TEXT),
    "coalescelist": (LISTS, LISTS),
    "compact": (LISTS,),
    "concat": (LISTS, LISTS),
    "contains": (LISTS, TEXT),
    "distinct": (LISTS,),
    "element": (LISTS, SMALL),
    "flatten": (NESTED,),
    "index": (LISTS, TEXT),
    "keys": (MAPS,),
    "length": (st.one_of(TEXT, LISTS, MAPS),),
    "lookup": (MAPS, NAME, TEXT),
    "matchkeys": (LISTS, LISTS, LISTS),
    "max": (NUMBERS, NUMBERS),
    "merge": (MAPS, MAPS),
    "min": (NUMBERS, NUMBERS),
    "one": (LISTS,),
    "parseint": (TEXT, st.just(number(10))),
    "range": (SMALL, SMALL),
    "reverse": (LISTS,),
    "setintersection": (LISTS, LISTS),
    "setproduct": (LISTS, LISTS),
    "setsubtract": (LISTS, LISTS),
    "setunion": (LISTS, LISTS),
    "signum": (SMALL,),
    "slice": (LISTS, SMALL, SMALL),
    "sort": (LISTS,),
    "sum": (LISTS,),
    "tobool": (ANYTHING,),
    "tolist": (ANYTHING,),
    "tomap": (ANYTHING,),
    "tonumber": (ANYTHING,),
    "toset": (ANYTHING,),
    "tostring": (ANYTHING,),
    "transpose": (values_of(MapOf(ListOf(STRING)), nulls=False),),
    "values": (MAPS,),
    "zipmap": (LISTS, LISTS),
}


def knowing_less(name, data):
    arguments = [data.draw(shape) for shape in SHAPES[name]]
    less = [data.draw(hidden(argument)) for argument in arguments]
    try:
        full = call_with(name, *arguments)
    except (EvaluationError, NotDeterminedError):
        full = None
    try:
        result = call_with(name, *less)
    except EvaluationError:
        assert full is None
        return
    if full is None:
        return
    if wholly_known(result):
        assert result == full
    else:
        assert compare(result, full).is_equal is not False


@pytest.mark.parametrize("name", SHAPES)
def test_knowing_less(name):
    settings(max_examples=15, deadline=None)(given(st.just(name), st.data())(knowing_less))()


@pytest.mark.long
@pytest.mark.parametrize("name", SHAPES)
def test_knowing_less_longer(name):
    settings(max_examples=400, deadline=None)(given(st.just(name), st.data())(knowing_less))()
