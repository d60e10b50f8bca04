"""Functions that pair keys with values anew: transpose, zipmap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guard.lang.functions.results import NOT_NULL, panic, undecided
from guard.lang.functions.table import Function, FunctionContext, FunctionError, Marks, Parameter
from guard.values.keys import OpenKeys, build_mapping
from guard.values.questions import is_at_apply
from guard.values.shuffled import in_order
from guard.values.types import (
    ANY,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    TupleOf,
    Type,
)
from guard.values.unknown import Applied, Refinement
from guard.values.value import Value, derived, key_value, map_of, object_of, unknowns

_LISTS = MapOf(ListOf(STRING))


def transpose(context: FunctionContext, mapping: Value) -> Value:
    lists = list(mapping.mapping.values())
    if is_at_apply(mapping):
        return undecided("transpose", _LISTS, [mapping])
    for names in lists:
        _check_names(names)
    if any(names.is_unknown for names in lists):
        return undecided("transpose", _LISTS, [mapping])
    context.budget.allow_elements(sum(len(names.elements) for names in lists))
    made = build_mapping(
        ((name, key_value(key)) for key, names in mapping.mapping.items() for name in names.elements),
        grouped=True,
    )
    if isinstance(made, OpenKeys):
        return derived(_LISTS, Applied("transpose", (mapping,)), made.sources, NOT_NULL, made.questions)
    swapped = {name: in_order(((key, key) for key in found.elements), STRING) for name, found in made.items()}
    return map_of(ListOf(STRING), swapped)


def _check_names(names: Value) -> None:
    if names.is_null:
        raise FunctionError("input must not contain null list")
    if not names.is_unknown and any(name.is_null for name in names.elements):
        raise FunctionError("input list must not contain null string")


def _zipmap_type(arguments: Sequence[Value]) -> Type:
    keys, values = arguments
    match values.type:
        case ListOf(element):
            return MapOf(element)
        case TupleOf(types):
            return ANY if unknowns(keys) else _zipped_type(keys, types)
    raise FunctionError("values argument must be a list or tuple value")


def _zipped_type(keys: Value, types: Sequence[Type]) -> Type:
    _check_lengths(len(keys.elements), len(types))
    for index, key in enumerate(keys.elements):
        if key.is_null:
            raise FunctionError(f"keys list has null value at index {index}")
    return ObjectOf({key.text: type for key, type in zip(keys.elements, types, strict=True)})


def _check_lengths(keys: int, values: int) -> None:
    if keys != values:
        raise FunctionError(f"number of keys ({keys}) does not match number of values ({values})")


def zipmap(_: FunctionContext, keys: Value, values: Value) -> Value:
    type = _zipmap_type((keys, values))
    if is_at_apply(keys):
        return undecided("zipmap", type, (keys, values), refinement=Refinement(not_null=type is not ANY))
    _check_lengths(len(keys.elements), len(values.elements))
    if any(key.is_null for key in keys.elements):
        raise panic("value is null")
    made = build_mapping(zip(keys.elements, values.elements, strict=True))
    marks = frozenset(mark for key in keys.elements for mark in key.marks)
    if isinstance(made, OpenKeys):
        term = Applied("zipmap", (keys, values))
        never_null = Refinement(not_null=type is not ANY)
        return derived(type, term, made.sources, never_null, made.questions).marked(marks)
    result = map_of(type.element, made) if isinstance(type, MapOf) else object_of(made)
    return result.marked(marks)


TABLE: Mapping[str, Function] = {
    "transpose": Function(transpose, (Parameter(_LISTS, parts=True, name="values"),), returns=_LISTS),
    "zipmap": Function(
        zipmap,
        (
            Parameter(ListOf(STRING), parts=True, marks=Marks.OUTER, name="keys"),
            Parameter(ANY, parts=True, marks=Marks.OUTER, name="values"),
        ),
        returns=_zipmap_type,
    ),
}
