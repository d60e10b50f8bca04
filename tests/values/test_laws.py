"""Laws that hold for all types and values."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.values.convert import convert
from guard.values.equality import compare, find
from guard.values.errors import ConversionError
from guard.values.lattice import convertible, unify
from guard.values.numbers import (
    add,
    divide,
    format_number,
    multiply,
    negate,
    parse_number,
    same_number,
    subtract,
)
from guard.values.sets import ordered, set_of
from guard.values.types import STRING, ListOf, SetOf, without_optional
from guard.values.value import Value, wholly_known
from tests.values.strategies import NUMBERS, TYPES, VALUES, hidden, values_of


def converting_twice_is_converting_once(value, type):
    try:
        once = convert(value, type)
    except ConversionError:
        return
    assert once.type == without_optional(type)
    assert convert(once, type) is once


def safe_conversions_succeed(value, type):
    if convertible(value.type, type, safe=True):
        assert convert(value, type).type == type


def unification_has_no_order(one, other):
    assert unify([one, other]) == unify([other, one])


def all_types_convert_to_what_they_unify_to(types):
    common = unify(types)
    if common is not None:
        assert all(convertible(item, common) for item in types)
        assert unify([*types, common]) == common


def equality_has_no_direction(one, other):
    assert compare(one, other) == compare(other, one)


def every_value_equals_itself(value):
    assert compare(value, value).is_equal is True


def hiding_values_never_changes_whether_they_are_equal(one, other, data):
    answer = compare(data.draw(hidden(one)), data.draw(hidden(other)))
    assert answer.is_equal in (None, compare(one, other).is_equal)


def hiding_values_of_one_type_never_changes_whether_they_are_equal(pair, data):
    one, other = pair
    answer = compare(data.draw(hidden(one)), data.draw(hidden(other)))
    assert answer.is_equal in (None, compare(one, other).is_equal)


def hiding_values_never_changes_what_they_convert_to(value, type, data):
    less = data.draw(hidden(value))
    try:
        full = convert(value, type)
    except ConversionError:
        return
    result = convert(less, type)
    assert result.type == full.type
    if wholly_known(result):
        assert result == full
    else:
        assert compare(result, full).is_equal is not False


def sets_have_no_order_and_no_duplicates(items):
    made = set_of(STRING, items)
    assert made == set_of(STRING, reversed(items))
    assert list(made.elements) == ordered(made.elements)
    assert all(find(item, made.elements).is_equal for item in items)
    assert len(set(made.elements)) == len(made.elements)


def equal_sets_have_equal_elements(typed):
    type, items = typed
    made = set_of(type, items)
    assert compare(made, set_of(type, [*reversed(items), *items])).is_equal is True
    assert convert(convert(made, ListOf(type)), SetOf(type)) == made


def numbers_are_read_as_they_are_printed(number):
    again = parse_number(format_number(number))
    assert same_number(again, number)
    assert format_number(again) == format_number(number)


def arithmetic(one, other):
    assert add(one, other) == add(other, one)
    assert multiply(one, other) == multiply(other, one)
    assert subtract(one, other) == negate(subtract(other, one))
    if other:
        assert divide(multiply(one, other), other) in (one, divide(multiply(one, other), other))


def finding_is_comparing_with_each(items):
    wanted, *others = items
    found = find(wanted, others).is_equal
    assert found is any(compare(wanted, item).is_equal for item in others)


def values_that_are_equal_hash_alike(value):
    again = Value(value.type, value.data)
    assert hash(again) == hash(value)
    assert again == value


LAWS = [
    (
        converting_twice_is_converting_once,
        (
            VALUES,
            TYPES,
        ),
    ),
    (
        safe_conversions_succeed,
        (
            VALUES,
            TYPES,
        ),
    ),
    (
        unification_has_no_order,
        (
            TYPES,
            TYPES,
        ),
    ),
    (all_types_convert_to_what_they_unify_to, (st.lists(TYPES, min_size=1, max_size=4),)),
    (
        equality_has_no_direction,
        (
            VALUES,
            VALUES,
        ),
    ),
    (every_value_equals_itself, (VALUES,)),
    (
        hiding_values_never_changes_whether_they_are_equal,
        (
            VALUES,
            VALUES,
            st.data(),
        ),
    ),
    (
        hiding_values_of_one_type_never_changes_whether_they_are_equal,
        (
            TYPES.flatmap(lambda type: st.tuples(values_of(type), values_of(type))),
            st.data(),
        ),
    ),
    (
        hiding_values_never_changes_what_they_convert_to,
        (
            VALUES,
            TYPES,
            st.data(),
        ),
    ),
    (sets_have_no_order_and_no_duplicates, (st.lists(values_of(STRING), max_size=5),)),
    (
        equal_sets_have_equal_elements,
        (TYPES.flatmap(lambda type: st.lists(values_of(type), max_size=4).map(lambda items: (type, items))),),
    ),
    (numbers_are_read_as_they_are_printed, (NUMBERS,)),
    (
        arithmetic,
        (
            NUMBERS,
            NUMBERS,
        ),
    ),
    (
        finding_is_comparing_with_each,
        (TYPES.flatmap(lambda type: st.lists(values_of(type), min_size=1, max_size=4)),),
    ),
    (values_that_are_equal_hash_alike, (VALUES,)),
]
laws = pytest.mark.parametrize(("law", "strategies"), LAWS, ids=lambda item: getattr(item, "__name__", ""))


@laws
def test_law(law, strategies):
    settings(max_examples=25, deadline=None)(given(*strategies)(law))()


@pytest.mark.long
@laws
def test_law_longer(law, strategies):
    settings(max_examples=400, deadline=None)(given(*strategies)(law))()
