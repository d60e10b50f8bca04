"""Sets hold distinct elements in Terraform's order (recorded with 1.11.4 where it lists them)."""

import pytest

from guard.values.sets import order_is_known, ordered, set_of
from guard.values.types import ANY, BOOL, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf
from guard.values.unknown import Input, Kind
from guard.values.value import (
    SENSITIVE,
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
from tests.values.samples import PET, X, not_given, value


def texts(*items):
    return [string(item) for item in items]


ORDERED = [
    (
        STRING,
        texts("\u00e9", "b", "B", "10", "9", "\U0001f600", "\uffff"),
        texts("10", "9", "B", "b", "\u00e9", "\uffff", "\U0001f600"),
    ),
    (NUMBER, [number(10), number(9), number(-1)], [number(-1), number(9), number(10)]),
    (BOOL, [boolean(True), boolean(False)], [boolean(False), boolean(True)]),
    (STRING, [null(STRING), string("a")], [string("a"), null(STRING)]),
    (
        TupleOf((NUMBER, STRING)),
        [value([10, "a"]), value([9, "b"]), value([9, "a"])],
        [value([10, "a"]), value([9, "a"]), value([9, "b"])],
    ),
    (
        ObjectOf({"a": STRING, "b": BOOL}),
        [value({"a": "x", "b": True}), value({"a": "x", "b": False})],
        [value({"a": "x", "b": False}), value({"a": "x", "b": True})],
    ),
    (
        ListOf(STRING),
        [list_of(STRING, texts("a", "b")), list_of(STRING, texts("a"))],
        [list_of(STRING, texts("a", "b")), list_of(STRING, texts("a"))],
    ),
    (
        MapOf(STRING),
        [map_of(STRING, {"b": string("1")}), map_of(STRING, {"a": null(STRING)})],
        [map_of(STRING, {"a": null(STRING)}), map_of(STRING, {"b": string("1")})],
    ),
]


@pytest.mark.parametrize(("element", "given", "expected"), ORDERED)
def test_elements_are_in_terraforms_order(element, given, expected):
    assert list(set_of(element, given).elements) == expected
    assert list(set_of(element, reversed(given)).elements) == expected


def test_equal_elements_are_one():
    assert set_of(STRING, texts("a", "b", "a")).elements == tuple(texts("a", "b"))
    assert len(set_of(ANY, [boolean(True), number(1), string("1"), null(), null()]).elements) == 4
    assert len(set_of(TupleOf((BOOL,)), [value([True]), value([True]), value([False])]).elements) == 2
    assert len(set_of(ObjectOf({"a": BOOL}), [value({"a": True}), value({"a": True})]).elements) == 1


def test_marks_of_elements_become_the_sets():
    secret = set_of(STRING, [string("a").marked(SENSITIVE), string("b")])
    assert secret.marks == SENSITIVE
    assert all(not item.marks for item in secret.elements)


def test_too_many_comparisons_leave_the_set_open():
    many = [not_given(f"var.x{index}") for index in range(600)]
    result = set_of(STRING, many)
    assert result.unknown.refinement.at_most == 600
    assert result.unknown.refinement.at_least == 1


def test_two_values_of_which_terraform_learns_one_may_be_one():
    assert set_of(STRING, [PET, string("a")]).unknown.kind is Kind.AT_APPLY
    assert set_of(STRING, [PET]).elements == (PET,)


def fresh(name, *steps):
    return unknown(STRING, Kind.NOT_GIVEN, Input(name, steps), "")


KNOWN_ORDER = [
    (texts("a", "b"), True),
    ([X], True),
    ([], True),
    ([string("a"), X], False),
    ([fresh("var.m", 0), fresh("var.m", 1)], True),
    ([fresh("var.m", 1), fresh("var.m", 0)], False),
    ([fresh("var.m", 0, "key"), fresh("var.m", 1, "key")], True),
    ([fresh("var.m", 0, "key"), fresh("var.m", 1, "value")], False),
    ([fresh("var.m", "a"), fresh("var.m", "b")], False),
    ([fresh("var.m", 0), fresh("var.n", 0)], False),
    ([string("a"), not_given("var.b", prefix="b")], True),
    ([not_given("var.a", prefix="a-"), not_given("var.b", prefix="b-")], True),
    ([not_given("var.a", prefix="a-"), not_given("var.b", prefix="a-x")], False),
    ([tuple_of([X]), tuple_of([string("a")])], False),
]


@pytest.mark.parametrize(("elements", "known"), KNOWN_ORDER)
def test_the_order_is_known_if_unknown_elements_cannot_change_it(elements, known):
    assert order_is_known(elements) is known


def test_an_unknown_text_stands_where_its_beginning_puts_it():
    named = not_given("var.b", prefix="b-")
    assert ordered([string("c"), named, string("a")]) == [string("a"), named, string("c")]


def test_unknown_parts_have_a_place():
    pairs = [object_of({"a": X}), object_of({"a": string("b")})]
    assert len(ordered(pairs)) == 2
    assert Value(SetOf(NUMBER), tuple(ordered([not_given("n", NUMBER), number(1)]))).elements[0] == number(1)
