"""Values convert to types as Terraform converts them."""

import pytest

from guard.records import replace
from guard.values.convert import convert
from guard.values.errors import ConversionError
from guard.values.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    SetOf,
    TupleOf,
)
from guard.values.unknown import Kind, Unknown
from guard.values.value import (
    FALSE,
    SENSITIVE,
    TRUE,
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
from tests.values.samples import NAMES, PET, PETS, TAGS, X, Y, at_apply, not_given, value

A, B = string("a"), string("b")
UNTYPED = at_apply("local.any", ANY)
LIST = ListOf(STRING)

CONVERTED = [
    (1, STRING, string("1")),
    (True, STRING, string("true")),
    (False, STRING, string("false")),
    ("1.50", NUMBER, None),
    ("true", BOOL, TRUE),
    ("1", BOOL, TRUE),
    ("0", BOOL, FALSE),
    ("false", BOOL, FALSE),
    ([1, "a", True], ListOf(ANY), list_of(STRING, map(string, ["1", "a", "true"]))),
    ([], ListOf(ANY), list_of(ANY, ())),
    ([], ListOf(ObjectOf({"a": STRING}, frozenset("a"))), list_of(ObjectOf({"a": STRING}), ())),
    ([None, "a"], ListOf(ANY), list_of(STRING, [null(STRING), A])),
    ([None], ListOf(ANY), list_of(ANY, [null()])),
    (
        [["a"], ["b", 1]],
        ListOf(ANY),
        list_of(LIST, [list_of(STRING, [A]), list_of(STRING, [B, string("1")])]),
    ),
    (["b", "a", "b"], SetOf(STRING), Value(SetOf(STRING), (A, B))),
    ([2, 10, "2"], SetOf(NUMBER), Value(SetOf(NUMBER), (number(2), number(10)))),
    ([], SetOf(ANY), Value(SetOf(ANY), ())),
    ({"b": 1, "a": "x"}, MapOf(ANY), map_of(STRING, {"a": string("x"), "b": string("1")})),
    ({}, MapOf(ANY), map_of(ANY, {})),
    ({"a": 1, "b": 2}, ObjectOf({"a": STRING}), object_of({"a": string("1")})),
    (
        {"a": 1},
        ObjectOf({"a": STRING, "b": LIST, "c": ObjectOf({"d": BOOL}, frozenset("d"))}, frozenset("bc")),
        object_of({"a": string("1"), "b": null(LIST), "c": null(ObjectOf({"d": BOOL}))}),
    ),
    ([1, "x"], TupleOf((STRING, ANY)), value(["1", "x"])),
    (
        [{"a": 1}, {"a": "x"}],
        ListOf(ObjectOf({"a": ANY})),
        list_of(ObjectOf({"a": STRING}), [value({"a": "1"}), value({"a": "x"})]),
    ),
    (None, STRING, null(STRING)),
    (None, ListOf(STRING), null(LIST)),
]


@pytest.mark.parametrize(("given", "to", "expected"), CONVERTED)
def test_literals_convert(given, to, expected):
    result = convert(value(given), to)
    if expected is None:
        assert float(result.number) == 1.5
    else:
        assert result == expected


COLLECTIONS = [
    (list_of(STRING, [B, A, B]), SetOf(STRING), Value(SetOf(STRING), (A, B))),
    (list_of(NUMBER, [number(1)]), LIST, list_of(STRING, [string("1")])),
    (list_of(STRING, ()), ListOf(ANY), list_of(STRING, ())),
    (list_of(NUMBER, ()), SetOf(ANY), Value(SetOf(NUMBER), ())),
    (Value(SetOf(STRING), (A, B)), LIST, list_of(STRING, [A, B])),
    (Value(SetOf(NUMBER), (number(2), number(10))), LIST, list_of(STRING, [string("2"), string("10")])),
    (map_of(NUMBER, {"a": number(1)}), MapOf(STRING), map_of(STRING, {"a": string("1")})),
    (map_of(NUMBER, {}), MapOf(ANY), map_of(NUMBER, {})),
    (map_of(STRING, {"a": A, "z": B}), ObjectOf({"a": STRING}), object_of({"a": A})),
    (
        map_of(STRING, {"a": A}),
        ObjectOf({"a": STRING, "b": LIST}, frozenset("b")),
        object_of({"a": A, "b": null(LIST)}),
    ),
    (null(LIST), SetOf(STRING), null(SetOf(STRING))),
]


@pytest.mark.parametrize(("given", "to", "expected"), COLLECTIONS)
def test_collections_convert(given, to, expected):
    assert convert(given, to) == expected


REFUSED = [
    ("a", NUMBER, "a number is required", ""),
    ("yes", BOOL, "a bool is required", ""),
    ("True", BOOL, 'a bool is required; to convert from string, use lowercase "true"', ""),
    ("FALSE", BOOL, 'a bool is required; to convert from string, use lowercase "false"', ""),
    (1, BOOL, "bool required", ""),
    ([], STRING, "string required", ""),
    ("a", ListOf(ANY), "list of any single type required", ""),
    ([1, [2]], ListOf(ANY), "all list elements must have the same type", ""),
    ([1, [2]], SetOf(ANY), "all set elements must have the same type", ""),
    ({"a": 1, "b": []}, MapOf(ANY), "all map elements must have the same type", ""),
    ([1, []], ListOf(STRING), "element 1: string required", ""),
    ({"a": []}, MapOf(STRING), 'element "a": string required', ""),
    ({}, ListOf(STRING), "list of string required", ""),
    ([], MapOf(STRING), "map of string required", ""),
    ({}, ObjectOf({"a": STRING}), 'attribute "a" is required', ""),
    ({}, ObjectOf({"a": STRING, "b": STRING}), 'attributes "a" and "b" are required', ""),
    ({}, ObjectOf({"a": ANY, "b": ANY, "c": ANY}), 'attributes "a", "b", and "c" are required', ""),
    ({"a": []}, ObjectOf({"a": STRING}), 'attribute "a": string required', ""),
    ({"a": ["x"]}, ObjectOf({"a": ListOf(NUMBER)}), "a number is required", ".a[0]"),
    (["x"], SetOf(NUMBER), "a number is required", "[0]"),
    (["x"], TupleOf((NUMBER,)), "a number is required", "[0]"),
    (["x", 1], TupleOf((NUMBER,)), "tuple required", ""),
    ({"k": "x"}, MapOf(BOOL), "a bool is required", '["k"]'),
    (
        [{"a": 1}, {"a": [1]}],
        ListOf(ObjectOf({"a": ANY})),
        "cannot find a common base type for all elements",
        "",
    ),
]


@pytest.mark.parametrize(("given", "to", "message", "path"), REFUSED)
def test_what_does_not_fit_is_refused_with_terraforms_words(given, to, message, path):
    with pytest.raises(ConversionError) as refused:
        convert(value(given), to)
    assert str(refused.value) == message
    assert refused.value.path == path


REFUSED_COLLECTIONS = [
    (list_of(STRING, [A]), MapOf(STRING), "map of string required", ""),
    (list_of(ListOf(STRING), ()), LIST, "incorrect list element type: string required", ""),
    (map_of(STRING, {}), LIST, "list of string required", ""),
    (map_of(ListOf(STRING), {}), MapOf(STRING), "incorrect map element type: string required", ""),
    (map_of(STRING, {"b": B}), ObjectOf({"a": STRING}), 'map has no element for required attribute "a"', ""),
    (map_of(STRING, {"a": A}), ObjectOf({"a": NUMBER}), "a number is required", '["a"]'),
    (
        map_of(STRING, {"a": A}),
        ObjectOf({"a": LIST}, frozenset("a")),
        'map element type is incompatible with attribute "a": list of string required',
        "",
    ),
]


@pytest.mark.parametrize(("given", "to", "message", "path"), REFUSED_COLLECTIONS)
def test_collections_that_do_not_fit_are_refused(given, to, message, path):
    with pytest.raises(ConversionError) as refused:
        convert(given, to)
    assert str(refused.value) == message
    assert refused.value.path == path


def test_a_value_of_the_type_is_itself():
    named = replace(A, origin="aws_iam_user.a")
    assert convert(named, STRING) is named
    assert convert(named, ANY) is named
    listed = list_of(STRING, [named])
    assert convert(listed, LIST) is listed
    assert convert(tuple_of([named, number(1)]), LIST).elements[0] is named
    plain = value({"a": 1})
    assert convert(plain, ObjectOf({"a": NUMBER}, frozenset("a"))) is plain


def test_marks_follow():
    secret = A.marked(SENSITIVE)
    assert convert(number(1).marked(SENSITIVE), STRING) == string("1").marked(SENSITIVE)
    in_list = convert(tuple_of([secret, B]), LIST)
    assert (in_list.marks, in_list.elements[0].marks) == (frozenset(), SENSITIVE)
    in_set = convert(tuple_of([secret, B]), SetOf(STRING))
    assert (in_set.marks, in_set.elements[0].marks) == (SENSITIVE, frozenset())
    assert convert(null().marked(SENSITIVE), STRING) == null(STRING).marked(SENSITIVE)


# --- not known -----------------------------------------------------------------------------------


def test_an_unknown_value_gets_the_type_and_stays_what_it_is():
    anything = not_given("var.a", ANY, not_null=True)
    as_text = convert(anything, STRING)
    assert as_text.type is STRING
    assert as_text.data == anything.data
    assert as_text.unknown.refinement.not_null
    assert convert(X, NUMBER).unknown.why == X.unknown.why
    assert convert(PETS.marked(SENSITIVE), SetOf(STRING)).marks == SENSITIVE


@pytest.mark.parametrize(
    "way",
    [
        (NUMBER, STRING),
        (BOOL, STRING),
        (ListOf(STRING), SetOf(STRING)),
        (ANY, SetOf(STRING)),
        (ListOf(NUMBER), ListOf(STRING)),
        (SetOf(STRING), ListOf(STRING)),
        (MapOf(STRING), ObjectOf({"a": STRING})),
        (TupleOf((NUMBER,)), TupleOf((STRING,))),
        (ObjectOf({}), MapOf(STRING)),
    ],
)
def test_a_way_back_and_a_set_make_another_value(way):
    """ "01" as a number is 1, which is "1" as a string; a list may hold twice what a set holds once."""
    there, back = way
    given = not_given("var.a", there)
    assert convert(given, back).unknown.term != given.unknown.term


@pytest.mark.parametrize(
    ("given", "to", "low", "high"),
    [
        (NAMES, SetOf(STRING), 0, None),
        (not_given("n", LIST, at_least=2, at_most=3), SetOf(STRING), 1, 3),
        (not_given("n", ListOf(NUMBER), at_least=2, at_most=3), LIST, 2, 3),
        (not_given("t", TupleOf((STRING, STRING))), LIST, 2, 2),
        (not_given("t", TupleOf((STRING, STRING))), SetOf(STRING), 1, 2),
        (not_given("o", ObjectOf({"a": STRING})), MapOf(STRING), 1, 1),
        (TAGS, ObjectOf({"a": STRING}), 0, None),
    ],
)
def test_the_size_stays_known(given, to, low, high):
    known = convert(given, to).unknown.refinement
    assert (known.at_least, known.at_most) == (low, high)


@pytest.mark.parametrize(
    ("given", "to", "type"),
    [
        (ANY, ListOf(ANY), ListOf(ANY)),
        (LIST, SetOf(ANY), SetOf(STRING)),
        (TupleOf((STRING, NUMBER)), ListOf(ANY), LIST),
        (TupleOf(()), SetOf(ANY), SetOf(ANY)),
        (ObjectOf({"a": STRING, "b": BOOL}), MapOf(ANY), MapOf(STRING)),
        (ObjectOf({}), MapOf(ANY), MapOf(ANY)),
        (MapOf(STRING), ObjectOf({"a": ListOf(ANY)}, frozenset("a")), ObjectOf({"a": ListOf(ANY)})),
        (
            MapOf(STRING),
            ObjectOf({"a": ObjectOf({"b": ANY})}, frozenset("a")),
            ObjectOf({"a": ObjectOf({"b": ANY})}),
        ),
        (
            MapOf(STRING),
            ObjectOf({"a": TupleOf((ANY,))}, frozenset("a")),
            ObjectOf({"a": TupleOf((ANY,))}),
        ),
        (MapOf(STRING), ObjectOf({"a": ANY}), ObjectOf({"a": STRING})),
        (
            ObjectOf({"a": STRING}),
            ObjectOf({"a": ANY, "b": ANY}, frozenset("b")),
            ObjectOf({"a": STRING, "b": ANY}),
        ),
        (TupleOf((STRING, NUMBER)), TupleOf((ANY, STRING)), TupleOf((STRING, STRING))),
    ],
)
def test_parts_without_a_type_take_it_from_the_value(given, to, type):
    assert convert(not_given("var.a", given), to).type == type
    assert convert(null(given), to) == null(type)


def test_a_type_that_says_no_more_leaves_the_value_alone():
    assert convert(NAMES, ListOf(ANY)) is NAMES


def test_elements_whose_types_stay_open_have_the_type_of_the_others():
    open_part = not_given("var.any", ANY)
    result = convert(value({"a": None, "b": NAMES, "c": open_part}), MapOf(ANY))
    assert result.type == MapOf(LIST)
    assert {part.type for part in result.mapping.values()} == {LIST}
    different = value({"a": None, "b": NAMES, "c": not_given("n", ListOf(NUMBER))})
    with pytest.raises(ConversionError, match="element types must all match for conversion to map"):
        convert(different, MapOf(ANY))
    with pytest.raises(ConversionError, match="element types must all match for conversion to list"):
        convert(value([{"a": []}, {"a": UNTYPED}]), ListOf(ObjectOf({"a": ANY})))


def test_an_input_without_a_type_may_have_one_that_fits():
    """`tolist([var.any, tolist(["a"])])` is refused for what Terraform learns, not for what it is given."""
    given = value([not_given("var.any", ANY), list_of(STRING, [A])]).marked(SENSITIVE)
    result = convert(given, ListOf(ANY))
    assert (result.type, result.marks) == (ListOf(ANY), SENSITIVE)
    assert result.unknown.kind is Kind.NOT_GIVEN
    with pytest.raises(ConversionError):
        convert(value([UNTYPED, list_of(STRING, [A])]), ListOf(ANY))
    with pytest.raises(ConversionError, match="a number is required"):
        convert(value({"a": "x", "b": not_given("var.any", ANY)}), ObjectOf({"a": NUMBER}))


def test_what_terraform_learns_of_a_known_size_is_a_list_of_unknown_elements():
    pair = convert(at_apply("t", TupleOf((STRING, STRING)), not_null=True), LIST)
    assert [item.is_unknown for item in pair.elements] == [True, True]


def test_unknown_parts_convert_part_by_part():
    result = convert(tuple_of([X, number(1)]), LIST)
    assert result == list_of(STRING, [X, string("1")])


def test_sets_of_unknown_parts_are_known_if_the_parts_surely_differ():
    kept = convert(tuple_of([X, X]), SetOf(STRING))
    assert kept.elements == (X,)
    different = not_given("var.x", excluded=frozenset({"a"}))
    assert len(convert(tuple_of([different, A]), SetOf(STRING)).elements) == 2


def test_sets_of_parts_that_may_be_one_are_not_known():
    either = convert(tuple_of([X, Y, X]), SetOf(STRING))
    known = either.unknown.refinement
    assert (known.at_least, known.at_most) == (1, 2)
    assert [question.subject for question in either.unknown.questions][:1] == [Y]
    assert convert(tuple_of([PET, A, B]), SetOf(STRING)).unknown.refinement.at_least == 1
    assert convert(tuple_of([X, A, B]), SetOf(STRING)).unknown.refinement.at_least == 2


def test_a_set_of_one_element_that_terraform_learns_is_known():
    assert convert(tuple_of([PET]), SetOf(STRING)).elements == (PET,)


def test_an_open_attribute_name_keeps_an_object_from_being_known():
    some_key = object_of({SymbolicKey(X): A})
    result = convert(some_key, ObjectOf({"a": STRING}))
    assert result.unknown.kind is Kind.NOT_GIVEN
    assert result.unknown.questions[0].other == A
    other_key = object_of({SymbolicKey(not_given("var.x", excluded=frozenset({"a"}))): A, "a": B})
    assert convert(other_key, ObjectOf({"a": STRING})) == object_of({"a": B})


def test_sequences_without_order_become_sets():
    keys = object_of({SymbolicKey(X): A, "a": B})
    from guard.values.shuffled import in_order
    from guard.values.value import key_value

    names = in_order(((key_value(key), key_value(key)) for key in keys.mapping), STRING)
    assert isinstance(names.data, Unknown)
    both = convert(names.marked(SENSITIVE), SetOf(STRING))
    assert both.marks == SENSITIVE
    assert both.unknown.refinement.at_most == 2


def test_a_collection_is_no_string_whatever_it_is_made_of():
    with pytest.raises(ConversionError, match="string required"):
        convert(value({"a": not_given("var.any", ANY)}), STRING)
