"""transpose and zipmap: as recorded, and what inputs allow."""

import pytest

from guard.values.types import STRING, ListOf, MapOf
from guard.values.unknown import Ask, Kind, Question
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
from tests.values.samples import NAMES, PET, X, Y, not_given

A, B = string("a"), string("b")
ONE = number(1)
NOT_A = not_given("var.x", not_null=True, excluded=frozenset({"a"}))
FUNCTIONS = "transpose zipmap"


@pytest.mark.parametrize(("expression", "expected"), recorded_calls(FUNCTIONS))
def test_as_terraform(expression, expected):
    assert answer(expression) == expected


def lists(**items):
    return map_of(ListOf(STRING), {name: list_of(STRING, names) for name, names in items.items()})


def test_transpose():
    assert call_with("transpose", lists(u=[A, X], v=[A])).unknown.questions[0] == Question(Ask.EQUAL, X, A)
    assert call_with("transpose", lists(u=[A, NOT_A])).mapping[SymbolicKey(NOT_A)] == list_of(
        STRING, [string("u")]
    )
    assert call_with("transpose", lists(u=[PET])).unknown.kind is Kind.AT_APPLY
    hidden = map_of(ListOf(STRING), {"u": NAMES})
    assert call_with("transpose", hidden).unknown.questions == (Question(Ask.SIZE, NAMES),)
    with pytest.raises(Exception, match="null list"):
        call_with("transpose", map_of(ListOf(STRING), {"u": null(ListOf(STRING))}))


def test_zipmap():
    assert call_with("zipmap", tuple_of([X]), tuple_of([ONE])) == object_of({SymbolicKey(X): ONE})
    assert call_with("zipmap", tuple_of([X, Y]), list_of(STRING, [A, B])).type == MapOf(STRING)
    assert call_with("zipmap", tuple_of([X, Y]), tuple_of([A, B])).unknown.questions[0].ask is Ask.EQUAL
    secret = call_with("zipmap", tuple_of([A.marked(SENSITIVE)]), tuple_of([ONE]))
    assert secret == object_of({"a": ONE}).marked(SENSITIVE)
    with pytest.raises(Exception, match="value is null"):
        call_with("zipmap", list_of(STRING, [null(STRING)]), list_of(STRING, [A]))
