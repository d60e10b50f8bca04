"""Which types convert, and the one type of several: as go-cty's own tests and Terraform say."""

import pytest

from guard.values.errors import NotDeterminedError
from guard.values.lattice import convertible, unify
from guard.values.types import (
    ANY,
    BOOL,
    EMPTY_OBJECT,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    SetOf,
    TupleOf,
)
from guard.values.value import SymbolicKey
from tests.values.samples import X

A_NUMBER = ObjectOf({"a": NUMBER})
A_STRING = ObjectOf({"a": STRING})
SYMBOLIC = ObjectOf({SymbolicKey(X): STRING})

UNIFIED = [
    ([], None),
    ([STRING], STRING),
    ([STRING, NUMBER, BOOL], STRING),
    ([NUMBER, BOOL], None),
    ([NUMBER, ANY], NUMBER),
    ([ANY, ANY], ANY),
    ([ListOf(NUMBER), ListOf(STRING)], ListOf(STRING)),
    ([ListOf(NUMBER), ListOf(BOOL)], None),
    ([ListOf(NUMBER), ANY], ANY),
    ([SetOf(BOOL), SetOf(STRING)], SetOf(STRING)),
    ([MapOf(ANY), MapOf(STRING)], MapOf(STRING)),
    ([ListOf(STRING), SetOf(STRING)], ListOf(STRING)),
    ([A_NUMBER, A_STRING], A_STRING),
    ([A_NUMBER, ObjectOf({"b": BOOL})], None),
    ([A_NUMBER, ObjectOf({"b": NUMBER})], MapOf(NUMBER)),
    ([A_NUMBER, ObjectOf({"a": NUMBER, "b": STRING})], MapOf(STRING)),
    ([A_NUMBER, ObjectOf({"a": TupleOf((NUMBER,))})], None),
    ([EMPTY_OBJECT, A_NUMBER], MapOf(NUMBER)),
    ([A_NUMBER, ANY], ANY),
    ([TupleOf((NUMBER,)), TupleOf((STRING,))], TupleOf((STRING,))),
    ([TupleOf((NUMBER,)), TupleOf((STRING, BOOL))], ListOf(STRING)),
    ([TupleOf((NUMBER,)), TupleOf((EMPTY_OBJECT,))], None),
    ([TupleOf((NUMBER,)), TupleOf((BOOL, BOOL))], None),
    ([TupleOf(()), TupleOf((BOOL,))], ListOf(BOOL)),
    ([TupleOf((STRING,)), ListOf(NUMBER)], ListOf(STRING)),
    ([TupleOf((EMPTY_OBJECT,)), ListOf(NUMBER)], None),
    ([TupleOf((NUMBER, EMPTY_OBJECT)), ListOf(NUMBER)], None),
    ([TupleOf((NUMBER,)), ListOf(NUMBER), ANY], ListOf(NUMBER)),
    ([A_NUMBER, MapOf(STRING)], MapOf(STRING)),
    ([ObjectOf({"a": NUMBER, "b": TupleOf(())}), MapOf(STRING)], None),
    ([ObjectOf({"a": TupleOf(())}), MapOf(STRING)], None),
    ([A_NUMBER, TupleOf((NUMBER,))], None),
    ([STRING, TupleOf((NUMBER,))], None),
    ([SetOf(STRING), TupleOf((STRING,))], SetOf(STRING)),
    ([ObjectOf({"a": EMPTY_OBJECT}), ObjectOf({"a": A_NUMBER})], ObjectOf({"a": MapOf(NUMBER)})),
]


@pytest.mark.parametrize(("types", "expected"), UNIFIED)
def test_types_unify(types, expected):
    assert unify(types) == expected


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ([NUMBER, STRING], STRING),
        ([ListOf(STRING), SetOf(STRING)], ListOf(STRING)),
        ([TupleOf((STRING,)), SetOf(STRING)], SetOf(STRING)),
        ([STRING, ANY], ANY),
    ],
)
def test_types_unify_by_safe_conversions_alone(types, expected):
    assert unify(types, safe=True) == expected


def test_too_many_types_are_not_unified():
    with pytest.raises(NotDeterminedError, match="Too many different types"):
        unify(ObjectOf({f"a{index}": NUMBER}) for index in range(600))


def test_equal_types_unify_however_many_they_are():
    assert unify([A_NUMBER] * 10_000) == A_NUMBER


def test_nested_types_unify_part_by_part():
    one, other = NUMBER, STRING
    for _ in range(12):
        one, other = TupleOf((one, one)), TupleOf((other, other))
    assert unify([one, other]) == other


OPTIONAL = ObjectOf({"a": NUMBER, "b": STRING}, frozenset({"b"}))
CONVERTIBLE = [
    (STRING, STRING, True, True),
    (NUMBER, STRING, True, True),
    (STRING, NUMBER, True, False),
    (STRING, BOOL, True, False),
    (NUMBER, BOOL, False, False),
    (ANY, STRING, True, False),
    (STRING, ANY, True, True),
    (STRING, ListOf(STRING), False, False),
    (ListOf(NUMBER), SetOf(STRING), True, False),
    (SetOf(NUMBER), ListOf(STRING), True, True),
    (SetOf(STRING), SetOf(NUMBER), True, False),
    (ListOf(NUMBER), MapOf(NUMBER), False, False),
    (TupleOf(()), ListOf(ANY), True, True),
    (TupleOf((NUMBER, STRING)), ListOf(ANY), True, True),
    (TupleOf((NUMBER, BOOL)), ListOf(ANY), False, False),
    (TupleOf((ANY, ANY)), ListOf(ANY), True, True),
    (TupleOf((NUMBER, BOOL)), SetOf(STRING), True, True),
    (TupleOf((A_NUMBER,)), SetOf(STRING), False, False),
    (EMPTY_OBJECT, MapOf(ANY), True, True),
    (A_NUMBER, MapOf(ANY), True, True),
    (ObjectOf({"a": NUMBER, "b": BOOL}), MapOf(ANY), False, False),
    (A_NUMBER, MapOf(STRING), True, True),
    (A_NUMBER, MapOf(BOOL), False, False),
    (MapOf(STRING), A_NUMBER, True, False),
    (MapOf(BOOL), A_NUMBER, False, False),
    (MapOf(STRING), ObjectOf({"a": ListOf(STRING)}, frozenset({"a"})), True, False),
    (A_STRING, OPTIONAL, True, False),
    (EMPTY_OBJECT, A_NUMBER, False, False),
    (ObjectOf({"a": BOOL}), A_NUMBER, False, False),
    (SYMBOLIC, A_NUMBER, True, True),
    (TupleOf((NUMBER,)), TupleOf((STRING,)), True, True),
    (TupleOf((NUMBER,)), TupleOf((STRING, STRING)), False, False),
    (TupleOf((NUMBER,)), A_NUMBER, False, False),
]


@pytest.mark.parametrize(("source", "target", "at_all", "safely"), CONVERTIBLE)
def test_conversions_exist(source, target, at_all, safely):
    assert convertible(source, target) is at_all
    assert convertible(source, target, safe=True) is safely
