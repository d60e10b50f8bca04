"""Functions that take collections as sets: setunion, setproduct, matchkeys and others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod

from guard.lang.functions.results import panic, undecided
from guard.lang.functions.table import Function, FunctionContext, FunctionError, Marks, Parameter
from guard.values.convert import convert
from guard.values.equality import find
from guard.values.errors import ConversionError
from guard.values.lattice import unify
from guard.values.questions import is_at_apply, untyped_inputs
from guard.values.sets import set_of
from guard.values.types import ANY, COLLECTIONS, STRING, ListOf, SetOf, TupleOf, Type
from guard.values.unknown import Question, Refinement
from guard.values.value import Value, list_of, tuple_of

_ANY_SET = SetOf(ANY)
_ANY_LIST = ListOf(ANY)

# --- union, intersection, difference -------------------------------------------------------------


def _result_type(sets: Sequence[Value]) -> Type:
    """The type of the result; an input without a type may change that of all elements."""
    common = _common_type(sets)
    untyped = any(untyped_inputs(value) or _is_untyped(value) for value in sets)
    return _ANY_SET if untyped and common.element is not STRING else common


def _is_untyped(value: Value) -> bool:
    return value.is_unknown and value.type == _ANY_SET and not is_at_apply(value)


def _common_type(sets: Sequence[Value]) -> SetOf:
    """Empty sets of unknown type fit all others."""
    types = [item for item in map(_element_type, sets) if item is not None]
    found = unify(types) if types else ANY
    if found is None:
        raise FunctionError("given sets must all have compatible element types")
    return SetOf(found)


def _element_type(value: Value) -> Type | None:
    assert isinstance(value.type, SetOf)
    return None if value.type.element is ANY and value.data == () else value.type.element


def _converted(sets: Sequence[Value]) -> list[Value] | None:
    """The sets with one element type; None if one is not known then."""
    type = _result_type(sets)
    result: list[Value] = []
    for position, value in enumerate(sets):
        try:
            result.append(convert(value, type))
        except ConversionError as found:
            raise FunctionError(str(found), position) from found
    same = len({value.type for value in result}) == 1
    return result if same and not any(value.is_unknown for value in result) else None


def setunion(context: FunctionContext, *sets: Value) -> Value:
    context.budget.allow_elements(sum(len(value.elements) for value in sets))
    converted = _converted(sets)
    if converted is None:
        return undecided("setunion", _result_type(sets), sets)
    return set_of(_element(converted[0]), [item for value in converted for item in value.elements])


def _element(value: Value) -> Type:
    assert isinstance(value.type, COLLECTIONS)
    return value.type.element


def setintersection(context: FunctionContext, *sets: Value) -> Value:
    return _chosen("setintersection", context, sets, keep=True)


def setsubtract(context: FunctionContext, minuend: Value, subtrahend: Value) -> Value:
    return _chosen("setsubtract", context, (minuend, subtrahend), keep=False)


def _chosen(name: str, context: FunctionContext, sets: Sequence[Value], *, keep: bool) -> Value:
    """The elements of the first set that the others all hold (keep) or do not hold."""
    converted = _converted(sets)
    if converted is None or is_at_apply(*sets):
        return undecided(name, _result_type(sets), sets)
    first, *others = converted
    questions: list[Question] = []
    kept: list[Value] = []
    is_open = False
    for item in first.elements:
        for other in others:
            context.budget.spend(len(other.elements))
        answers = [find(item, other.elements) for other in others]
        if any(answer.is_equal is (not keep) for answer in answers):
            continue
        is_open = is_open or any(answer.is_equal is None for answer in answers)
        questions.extend(question for answer in answers for question in answer.questions)
        kept.append(item)
    if is_open:
        return undecided(name, first.type, sets, questions, Refinement(True, at_most=len(kept)))
    return Value(first.type, tuple(kept))


# --- setproduct ----------------------------------------------------------------------------------

_LONGEST_FACTOR = 1024
_LONGEST_PRODUCT = 2048
_FEWEST = 2


def _product_type(sets: Sequence[Value]) -> Type:
    if len(sets) < _FEWEST:
        raise FunctionError("at least two arguments are required")
    if any(value.type is ANY for value in sets):
        return ANY
    parts = TupleOf(tuple(_factor_type(value.type, position) for position, value in enumerate(sets)))
    return SetOf(parts) if any(isinstance(value.type, SetOf) for value in sets) else ListOf(parts)


def _factor_type(type: Type, position: int) -> Type:
    match type:
        case ListOf(element) | SetOf(element):
            return element
        case TupleOf(()):
            return ANY
        case TupleOf(types):
            found = unify(types)
            if found is None:
                raise FunctionError("all elements must be of the same type", position)
            return found
    raise FunctionError("a set or a list is required", position)


def setproduct(context: FunctionContext, *sets: Value) -> Value:
    type = _product_type(sets)
    if any(value.is_unknown for value in sets):
        return undecided("setproduct", type, sets, refinement=_product_size(type, sets))
    total = prod(len(value.elements) for value in sets)
    context.budget.allow_elements(total * len(sets))
    assert isinstance(type, ListOf | SetOf)
    assert isinstance(type.element, TupleOf)
    factors = [
        [convert(item, wanted) for item in value.elements]
        for value, wanted in zip(sets, type.element.elements, strict=True)
    ]
    tuples = [tuple_of(items) for items in product(*factors)]
    if len({item.type for item in tuples}) > 1:
        kind = "set" if isinstance(type, SetOf) else "list"
        raise panic(f"inconsistent {kind} element types")
    return set_of(type.element, tuples) if isinstance(type, SetOf) else list_of(type.element, tuples)


def _product_size(type: Type, sets: Iterable[Value]) -> Refinement:
    if type is ANY:
        return Refinement()
    most = 1
    for value in sets:
        size = _greatest_size(value)
        if size is None or size > _LONGEST_FACTOR or most * size > _LONGEST_PRODUCT:
            return Refinement(not_null=True)
        most *= size
    return Refinement(not_null=True, at_least=min(1, most), at_most=most)


def _greatest_size(value: Value) -> int | None:
    if isinstance(value.type, TupleOf):
        return len(value.type.elements)
    if isinstance(value.type, SetOf) and is_at_apply(value):
        return None
    return value.unknown.refinement.at_most if value.is_unknown else len(value.elements)


# --- matchkeys -----------------------------------------------------------------------------------


def _matched_type(arguments: Sequence[Value]) -> Type:
    values, keys, wanted = arguments
    if unify((keys.type, wanted.type)) is None:
        raise FunctionError("keys and searchset must be of the same type")
    return values.type


def matchkeys(context: FunctionContext, values: Value, keys: Value, wanted: Value) -> Value:
    """The values whose keys are wanted.

    Terraform gives an empty list as soon as a comparison with something wanted is not known.
    """
    if len(values.elements) != len(keys.elements):
        raise FunctionError("length of keys and values should be equal")
    common = unify((keys.type, wanted.type))
    assert common is not None
    keys, wanted = convert(keys, common), convert(wanted, common)
    if not wanted.elements:
        return list_of(_element(values), ())
    if is_at_apply(values, keys):
        return undecided("matchkeys", values.type, (values, keys, wanted))
    return _matching(context, values, keys, wanted)


def _matching(context: FunctionContext, values: Value, keys: Value, wanted: Value) -> Value:
    matched: list[Value] = []
    questions: list[Question] = []
    is_open = False
    for value, key in zip(values.elements, keys.elements, strict=True):
        context.budget.spend(len(wanted.elements))
        answer = find(key, wanted.elements)
        if answer.is_equal is None:
            if not answer.questions:
                return list_of(_element(values), ())
            is_open = True
            questions.extend(answer.questions)
        if answer.is_equal:
            matched.append(value)
    if is_open:
        return undecided("matchkeys", values.type, (values, keys, wanted), questions)
    return list_of(_element(values), matched)


_SETS = Parameter(_ANY_SET, parts=True, any_order=True, name="other_sets")
_FIRST = Parameter(_ANY_SET, parts=True, any_order=True, name="first_set")

TABLE: Mapping[str, Function] = {
    "setunion": Function(setunion, (_FIRST,), _SETS, _result_type),
    "setintersection": Function(setintersection, (_FIRST,), _SETS, _result_type),
    "setsubtract": Function(
        setsubtract,
        (Parameter(_ANY_SET, parts=True, name="a"), Parameter(_ANY_SET, parts=True, name="b")),
        returns=_result_type,
    ),
    "setproduct": Function(
        setproduct,
        rest=Parameter(ANY, unknown=True, parts=True, marks=Marks.OUTER, typed=True, name="sets"),
        returns=_product_type,
    ),
    "matchkeys": Function(
        matchkeys,
        (
            Parameter(_ANY_LIST, parts=True, name="values"),
            Parameter(_ANY_LIST, parts=True, name="keys"),
            Parameter(_ANY_LIST, parts=True, name="searchset"),
        ),
        returns=_matched_type,
    ),
}
