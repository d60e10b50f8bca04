"""`==` as Terraform decides it (recorded with 1.11.4), and as inputs allow to decide it."""

import pytest

from guard.values.equality import compare, equal, find
from guard.values.joined import joined
from guard.values.numbers import counted, divide, from_float, parse_number
from guard.values.types import ANY, BOOL, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf
from guard.values.unknown import Ask, Kind, Question
from guard.values.value import (
    FALSE,
    SENSITIVE,
    TRUE,
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
)
from tests.values.samples import COUNT, FLAG, NAMES, PET, PETS, X, Y, at_apply, not_given, unread, value

A, B = string("a"), string("b")
SET = SetOf(STRING)
EMPTY_LIST = list_of(ANY, ())
UNTYPED = at_apply("local.any", ANY)
ANY_INPUT = not_given("var.any", ANY)

DECIDED = [
    (A, A, True),
    (A, B, False),
    (number(1), string("1"), False),
    (number(1), TRUE, False),
    (boolean(True), TRUE, True),
    (null(), null(STRING), True),
    (null(), string(""), False),
    (value([]), EMPTY_LIST, False),
    (EMPTY_LIST, EMPTY_LIST, True),
    (EMPTY_LIST, list_of(STRING, [A]), False),
    (value([None]), value(["x"]), False),
    (value({"a": None}), value({}), False),
    (value([1, "a"]), value([1, "a"]), True),
    (value([1, "a"]), value([1, "b"]), False),
    (list_of(STRING, [A]), list_of(STRING, [A, B]), False),
    (value({"a": 1}), value({"a": 1}), True),
    (value({"a": 1}), value({"b": 1}), False),
    (map_of(STRING, {"a": A}), map_of(STRING, {"b": A}), False),
    (map_of(STRING, {"a": A}), map_of(STRING, {"a": A, "b": A}), False),
    (Value(SET, (A, B)), Value(SET, (A, B)), True),
    (Value(SET, (A, B)), Value(SET, (A, string("c"))), False),
    (Value(SET, (A,)), Value(SET, (A, B)), False),
    (number(divide(1, 3)), number(parse_number("0." + "3" * 154 + "5")), True),
    (number(from_float(2**0.5)), number(parse_number("1.4142135623730951")), True),
    (number(divide(counted(1), counted(3))), number(divide(1, 3)), False),
    (number(parse_number("0.5")), number(parse_number("0.25")), False),
    (PETS, list_of(ANY, ()), None),
    (PETS, value(["a"]), False),
    (PETS, list_of(STRING, [A]), None),
    (UNTYPED, A, None),
    (UNTYPED, null(), None),
    (PET, null(), False),
    (PET, PET, None),
    (at_apply("x", prefix="pre-"), string("pre-x"), None),
    (at_apply("x", prefix="pre-"), string("prx"), False),
    (at_apply("x", prefix="pre-"), string("pre"), False),
    (at_apply("x", prefix="a-"), at_apply("y", prefix="b-"), None),
    (at_apply("x", prefix="a-"), not_given("var.y", prefix="b-"), False),
    (at_apply("x", NUMBER), COUNT, None),
    (at_apply("x", NUMBER, low=3), number(3), None),
    (at_apply("x", NUMBER, low=4), number(3), False),
    (at_apply("x", NUMBER, high=2), number(3), False),
    (at_apply("x", ListOf(STRING), at_least=2), list_of(STRING, [A]), False),
    (list_of(STRING, [A]), at_apply("x", ListOf(STRING), at_most=0), False),
    (at_apply("x", ListOf(ANY)), value(["a"]), False),
    (at_apply("x", ListOf(ANY)), list_of(STRING, [A]), None),
    (value([PET, 1]), value(["x", 2]), None),
    (value([1, PET]), value([2, "x"]), False),
    (value({"a": PET, "b": 1}), value({"a": "x", "b": 2}), False),
    (Value(SET, (PET,)), Value(SET, (A, B)), None),
    (value([UNTYPED]), value(["a"]), None),
    (value([UNTYPED, 1]), value(["a", "b"]), False),
    (value([UNTYPED, 1]), value(["a", 2]), None),
    (value({"a": UNTYPED}), value({"a": "a"}), None),
    (value({"a": UNTYPED}), value({"b": "a"}), False),
    (value([[UNTYPED]]), value([["a", "b"]]), False),
    (list_of(ANY, [UNTYPED]), list_of(STRING, [A]), None),
    (Value(SetOf(ANY), (UNTYPED,)), Value(SET, (A,)), None),
    (map_of(ANY, {"a": UNTYPED}), map_of(STRING, {"a": A}), None),
    (map_of(ANY, {"a": UNTYPED}), list_of(STRING, [A]), False),
]


@pytest.mark.parametrize(("left", "right", "expected"), DECIDED)
def test_as_terraform_decides(left, right, expected):
    assert compare(left, right).is_equal is expected
    assert compare(right, left).is_equal is expected


INPUTS = [
    (X, X, True),
    (X, Y, None),
    (X, A, None),
    (X, number(1), False),
    (X, COUNT, None),
    (not_given("var.x", not_null=True), COUNT, False),
    (X, not_given("var.l", ListOf(ANY)), None),
    (not_given("var.l", ListOf(ANY)), not_given("var.k", ListOf(STRING)), None),
    (ANY_INPUT, A, None),
    (X, null(), None),
    (not_given("var.x", not_null=True), null(), False),
    (not_given("var.x", excluded=frozenset({"a"})), A, False),
    (not_given("var.x", excluded=frozenset({Y.unknown.term})), Y, False),
    (not_given("var.n", NUMBER, excluded=frozenset({1})), number(1), False),
    (not_given("var.f", BOOL), TRUE, None),
    (value([X, 1]), value(["x", 2]), False),
    (value([X, 1]), value([X, 1]), True),
    (value([X]), value(["a"]), None),
    (value([ANY_INPUT, 1]), value(["a", 2]), False),
    (Value(SET, (X,)), Value(SET, (X,)), True),
    (Value(SET, (X,)), Value(SET, (A,)), None),
    (NAMES, list_of(STRING, ()), None),
    (joined(["app-", X, "-reader"]), joined(["app-", X, "-writer"]), False),
    (joined(["app-", X]), joined(["app-", X]), True),
    (joined(["app-", X]), joined(["svc-", Y]), False),
    (joined(["svc-", X]), string("svc-bob"), None),
    (joined(["svc-", X]), string("svc"), False),
    (joined([X, Y]), string(""), None),
    (joined([X, "-", Y]), string(""), False),
    (joined([X, Y]), joined([Y, X]), None),
    (joined([X, "-a"]), joined([Y, "-a"]), None),
    (joined(["a", X]), joined([Y, "b"]), None),
    (not_given("var.x", prefix="svc-"), string(""), False),
    (not_given("var.x", prefix="svc-"), string("app-x"), False),
    (joined([not_given("var.x", excluded=frozenset({"bob"}))]), string("bob"), False),
    (joined(["svc-", not_given("var.x", excluded=frozenset({"bob"}))]), string("svc-bob"), False),
    (unread("x"), A, None),
]


@pytest.mark.parametrize(("left", "right", "expected"), INPUTS)
def test_as_inputs_allow(left, right, expected):
    assert compare(left, right).is_equal is expected
    assert compare(right, left).is_equal is expected


def test_what_is_asked():
    assert compare(X, A).questions == (Question(Ask.EQUAL, X, A),)
    assert compare(A, X).questions == (Question(Ask.EQUAL, X, A),)
    assert compare(X, null()).questions == (Question(Ask.NULL, X),)
    assert compare(PET, A).questions == ()
    assert compare(joined(["svc-", X]), string("svc-bob")).questions == (
        Question(Ask.EQUAL, X, string("bob")),
    )
    assert compare(joined([X, Y]), string("")).questions[0].subject in (X, Y)
    assert compare(joined([X, "-", FLAG]), joined([Y, "-", FLAG])).questions[0] == Question(Ask.EQUAL, X, Y)
    assert [item.subject for item in compare(value([X, Y]), value(["a", "b"])).questions] == [X, Y]
    assert compare(unread("x"), A).questions == ()


def test_identity_lets_equal_terms_be_equal():
    assert compare(PET, PET, identity=True).is_equal is True
    assert compare(joined([PET, "-a"]), joined([PET, "-b"]), identity=True).is_equal is False
    assert compare(value([PET, 1]), value([PET, 2]), identity=True).is_equal is False
    assert compare(Value(SET, (PET,)), Value(SET, (PET,)), identity=True).is_equal is True
    assert compare(PET, at_apply("other"), identity=True).is_equal is None


def test_the_result_of_the_operator():
    assert equal(A, B) == FALSE
    assert equal(A.marked(SENSITIVE), A) == TRUE.marked(SENSITIVE)
    depends = equal(value([X]), value(["a"]))
    assert depends.type is BOOL
    assert depends.unknown.kind is Kind.NOT_GIVEN
    assert depends.unknown.refinement.not_null
    assert depends.unknown.questions[0] == Question(Ask.EQUAL, X, A)


def test_finding():
    assert find(A, [B, X, A]).is_equal is True
    assert find(A, [B]).is_equal is False
    assert find(A, [B, X]).questions == (Question(Ask.EQUAL, X, A),)


def test_symbolic_names():
    key = SymbolicKey(X)
    other = SymbolicKey(not_given("var.x", excluded=frozenset({"a"})))
    assert compare(object_of({key: A}), object_of({key: A})).is_equal is True
    assert compare(object_of({key: A}), object_of({"a": A})).is_equal is None
    assert compare(object_of({key: A}), object_of({"a": A, "b": A})).is_equal is False
    assert compare(object_of({key: UNTYPED}), object_of({"a": A, "b": A})).is_equal is False
    assert compare(object_of({key: ANY_INPUT}), object_of({"a": A})).is_equal is None
    assert compare(map_of(STRING, {other: A}), map_of(STRING, {"a": A})).is_equal is False
    assert compare(map_of(STRING, {key: A}), map_of(STRING, {"a": A})).is_equal is None


@pytest.mark.parametrize("type", [MapOf(STRING), ObjectOf({"a": STRING}), TupleOf((STRING,))])
def test_inputs_of_structures(type):
    given = not_given("var.s", type)
    assert compare(given, given).is_equal is True
    assert compare(given, not_given("var.t", type)).questions[0].ask is Ask.EQUAL
    assert tuple_of([given]) == tuple_of([given])
