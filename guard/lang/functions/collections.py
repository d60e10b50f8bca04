"""Functions that ask something of a collection or pick something out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guard.lang.functions.results import is_sequence, panic, undecided, whole
from guard.lang.functions.table import Function, FunctionContext, FunctionError, Marks, Parameter
from guard.values.convert import convert
from guard.values.equality import compare, find
from guard.values.errors import ConversionError
from guard.values.lattice import unify
from guard.values.numbers import counted
from guard.values.questions import is_at_apply, is_blank, is_null, untyped_inputs
from guard.values.text import graphemes
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
    Type,
    friendly,
)
from guard.values.unknown import Applied, Ask, Kind, Question, Refinement, Unknown
from guard.values.value import Value, boolean, null, number

# --- length --------------------------------------------------------------------------------------


def _length_type(arguments: Sequence[Value]) -> Type:
    type = arguments[0].type
    if type in (NUMBER, BOOL):
        raise FunctionError("argument must be a string, a collection type, or a structural type")
    return NUMBER


def length(_: FunctionContext, value: Value) -> Value:
    """Characters of a string, else elements; structures have a known length even if they are unknown."""
    match value.type:
        case TupleOf(elements):
            return number(counted(len(elements)))
        case ObjectOf(attributes):
            return number(counted(len(attributes)))
    match value.data:
        case Unknown():
            return _unknown_length(value)
        case str(text):
            return number(counted(len(graphemes(text))))
    return number(counted(len(value.mapping if isinstance(value.type, MapOf) else value.elements)))


def _unknown_length(value: Value) -> Value:
    known = value.unknown.refinement
    if value.type is STRING:
        return undecided("length", NUMBER, [value], (), Refinement(True, low=len(graphemes(known.prefix))))
    if known.at_least == known.at_most:
        return number(counted(known.at_least))
    bounds = Refinement(True, low=known.at_least, high=known.at_most)
    return undecided("length", NUMBER, [value], (), bounds)


# --- element and one -----------------------------------------------------------------------------


def _element_type(arguments: Sequence[Value]) -> Type:
    sequence, index = arguments
    match sequence.type:
        case ListOf(element):
            return element
        case TupleOf(types):
            return ANY if index.is_unknown else types[_tuple_index(index, len(types))]
        case other:
            raise FunctionError(f"cannot read elements from {friendly(other)}")


def _tuple_index(index: Value, count: int) -> int:
    """Go's remainder keeps the sign, and a negative one makes Terraform's function fail."""
    position = whole(index, "invalid index: ")
    if not count:
        raise FunctionError("cannot use element function with an empty list")
    if position < 0 and position % count:
        below = position % count - count
        raise panic(f"runtime error: index out of range [{below}]")
    return position % count


def element(_: FunctionContext, sequence: Value, index: Value) -> Value:
    position = whole(index, "invalid index: ")
    if not sequence.elements:
        raise FunctionError("cannot use element function with an empty list")
    return sequence.elements[position % len(sequence.elements)]


def _one_type(arguments: Sequence[Value]) -> Type:
    match arguments[0].type:
        case ListOf(element) | SetOf(element):
            return element
        case TupleOf(()):
            return ANY
        case TupleOf((only,)):
            return only
    raise _not_one()


def _not_one() -> FunctionError:
    return FunctionError("must be a list, set, or tuple value with either zero or one elements", 0)


def one(_: FunctionContext, sequence: Value) -> Value:
    match sequence.elements:
        case ():
            return null(_one_type([sequence]))
        case (only,):
            return only
    raise _not_one()


# --- contains and index --------------------------------------------------------------------------


def contains(_: FunctionContext, sequence: Value, value: Value) -> Value:
    if value.is_unknown and is_at_apply(value):
        return undecided("contains", BOOL, (sequence, value))
    elements = _possible_elements(sequence)
    if elements is None:
        return undecided("contains", BOOL, (sequence, value), _has(sequence, value))
    answer = find(value, elements)
    if answer.is_equal is not None:
        return boolean(answer.is_equal)
    return undecided("contains", BOOL, (sequence, value), answer.questions)


def _possible_elements(sequence: Value) -> Sequence[Value] | None:
    """The elements, also of a set whose size is open because some of them may be one."""
    match sequence.data:
        case Unknown(term=Applied("toset", (Value(data=tuple(elements)),))):
            return elements
        case Unknown():
            return None
    if not is_sequence(sequence.type):
        raise FunctionError("argument must be list, tuple, or set")
    return sequence.elements


def _has(sequence: Value, value: Value) -> tuple[Question, ...]:
    if isinstance(sequence.type, SetOf) and sequence.unknown.kind is Kind.NOT_GIVEN:
        return (Question(Ask.HAS, sequence, value),)
    return ()


def index(_: FunctionContext, sequence: Value, value: Value) -> Value:
    if value.is_unknown and is_at_apply(value):
        return undecided("index", NUMBER, (sequence, value))
    if not isinstance(sequence.type, ListOf | TupleOf):
        raise FunctionError("argument must be a list or tuple")
    if not sequence.elements:
        raise FunctionError("cannot search an empty list")
    for position, item in enumerate(sequence.elements):
        answer = compare(item, value)
        if answer.is_equal:
            return number(counted(position))
        if answer.is_equal is None:
            return undecided("index", NUMBER, (sequence, value), answer.questions)
    raise FunctionError("item not found")


# --- coalesce ------------------------------------------------------------------------------------


def _common_type(arguments: Sequence[Value]) -> Type:
    found = unify(value.type for value in arguments)
    if found is None:
        raise FunctionError("all arguments must have the same type")
    return found


def coalesce(_: FunctionContext, *values: Value) -> Value:
    """The first that is neither null nor an empty string; unknown ones may be either."""
    common = _common_type(values)
    if common is not STRING and any(untyped_inputs(value) for value in values if value.type is ANY):
        return undecided("coalesce", ANY, values, is_null(values[0]).questions, Refinement())
    for value in values:
        converted = _convert_to(value, common)
        blank = is_blank(converted)
        if converted.is_unknown and is_at_apply(converted):
            return undecided("coalesce", common, values, (), Refinement(not_null=common is not ANY))
        if blank.is_equal is None:
            return undecided("coalesce", common, values, blank.questions)
        if not blank.is_equal:
            return converted
    raise FunctionError("no non-null, non-empty-string arguments")


def _convert_to(value: Value, type: Type) -> Value:
    try:
        return convert(value, type)
    except ConversionError as found:
        raise FunctionError(str(found)) from found


def _first_list_type(arguments: Sequence[Value]) -> Type:
    if not arguments:
        raise FunctionError("at least one argument is required")
    for value in arguments:
        if value.is_unknown:
            return ANY
        if not isinstance(value.type, ListOf | TupleOf):
            raise FunctionError("coalescelist arguments must be lists or tuples")
    types = {value.type for value in arguments}
    return types.pop() if len(types) == 1 else ANY


def coalescelist(_: FunctionContext, *values: Value) -> Value:
    for value in values:
        if isinstance(value.data, Unknown):
            found = _whether_filled(value)
            if isinstance(found, bool):
                if found:
                    return value
                continue
            return undecided("coalescelist", ANY, values, found, Refinement())
        if not value.is_null and value.elements:
            return value
    raise FunctionError("no non-null arguments")


def _whether_filled(value: Value) -> bool | tuple[Question, ...]:
    """Whether an unknown list is neither null nor empty, or what would tell."""
    known = value.unknown.refinement
    if value.unknown.kind is not Kind.NOT_GIVEN:
        return ()
    if not known.not_null:
        return (*is_null(value).questions, Question(Ask.SIZE, value))
    if isinstance(value.type, TupleOf):
        return bool(value.type.elements)
    if known.at_least > 0:
        return True
    return False if known.at_most == 0 else (Question(Ask.SIZE, value),)


_VALUE = Parameter(ANY, unknown=True, parts=True, typed=True, name="value")
_VALUES = Parameter(ANY, null=True, unknown=True, parts=True, name="vals")

TABLE: Mapping[str, Function] = {
    "length": Function(
        length,
        (Parameter(ANY, unknown=True, parts=True, marks=Marks.OUTER, name="value"),),
        returns=_length_type,
    ),
    "element": Function(
        element,
        (Parameter(ANY, parts=True, marks=Marks.OUTER, name="list"), Parameter(NUMBER, name="index")),
        returns=_element_type,
        null=True,
    ),
    "one": Function(one, (Parameter(ANY, parts=True, name="list"),), returns=_one_type, null=True),
    "contains": Function(
        contains,
        (Parameter(ANY, unknown=True, parts=True, any_order=True, typed=True, name="list"), _VALUE),
        returns=BOOL,
    ),
    "index": Function(index, (Parameter(ANY, parts=True, name="list"), _VALUE), returns=NUMBER),
    "coalesce": Function(coalesce, rest=_VALUES, returns=_common_type),
    "coalescelist": Function(coalescelist, rest=_VALUES, returns=_first_list_type),
}
