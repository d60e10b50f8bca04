"""Converts a value to a type as Terraform does: https://github.com/zclconf/go-cty/tree/main/cty/convert

Terraform converts what is assigned to a variable, an argument, a function's parameter or a branch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from guard.values.errors import ConversionError
from guard.values.lattice import convertible, unify
from guard.values.mismatch import conversion_mismatch
from guard.values.numbers import format_number, parse_number
from guard.values.questions import untyped_inputs
from guard.values.sets import set_of
from guard.values.shuffled import in_order, unordered_elements
from guard.values.symbolic import attributes_known
from guard.values.text import go_quoted
from guard.values.types import (
    ANY,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    Primitive,
    SetOf,
    TupleOf,
    Type,
    friendly,
    without_optional,
)
from guard.values.unknown import Applied
from guard.values.unknown_types import of_type
from guard.values.value import (
    Value,
    all_marks,
    boolean,
    derived,
    list_of,
    map_of,
    null,
    number,
    object_of,
    parts,
    string,
    tuple_of,
)

_TRUE = frozenset({"true", "1"})
_FALSE = frozenset({"false", "0"})


def convert(value: Value, to: Type) -> Value:
    """The value as a value of the type; the very value if it is one already.

    to: may be a type constraint: optional attributes that are missing become null, parts of type ANY
    keep their type (elements of a collection get one common type). Raises ConversionError.
    """
    if to is ANY or value.type == to:
        return value
    if value.type == without_optional(to):
        return value
    try:
        return _converted(value, to)
    except _TypesError:
        inputs = untyped_inputs(value)
        if not inputs or isinstance(to, Primitive):  # a collection is no string, whatever it is made of
            raise
        term = Applied(f"to{friendly(to).split()[0]}", (value,))
        return derived(without_optional(to), term, inputs).marked(all_marks(value))


def _converted(value: Value, to: Type) -> Value:
    if not convertible(value.type, to):
        raise _TypesError(conversion_mismatch(value.type, to))
    return _settle(value, to, "")


class _TypesError(ConversionError):
    """The types do not fit, whatever the values are."""


def _settle(value: Value, to: Type, path: str) -> Value:
    """Convert where a conversion exists. path: where in the whole value this part is, for messages."""
    if to is ANY or value.type == to:
        return value
    if value.is_null or value.is_unknown:
        return _open_to_set(value, to, path) or of_type(value, to)
    result = _RULES[type(to)](value.unmarked(), to, path)
    return result.marked(value.marks)


def _to_primitive(value: Value, to: Type, path: str) -> Value:
    match value.data, to:
        case bool(truth), Primitive.STRING:
            return string("true" if truth else "false")
        case str(text), Primitive.NUMBER:
            return _to_number(text, path)
        case str(text), Primitive.BOOL:
            return _to_bool(text, path)
    assert to is STRING
    return string(format_number(value.number))


def _to_number(text: str, path: str) -> Value:
    try:
        return number(parse_number(text))
    except ConversionError as found:
        raise ConversionError(str(found), path) from None


def _to_bool(text: str, path: str) -> Value:
    if text in _TRUE or text in _FALSE:
        return boolean(text in _TRUE)
    lower = text.lower()
    hint = f'; to convert from string, use lowercase "{lower}"' if lower in ("true", "false") else ""
    raise ConversionError(f"a bool is required{hint}", path)


# --- sequences -----------------------------------------------------------------------------------


def _element_type(value: Value, wanted: Type, path: str) -> Type:
    """The type to convert the elements to: ANY of structures stands for the one type they share.

    Beside an input without a type, numbers may become strings: then the type is not known.
    """
    if wanted is not ANY or not isinstance(value.type, TupleOf | ObjectOf):
        return wanted
    found = unify(_part_types(value.type)) or ANY
    if found not in (ANY, STRING) and any(untyped_inputs(part) for part in parts(value) if part.type is ANY):
        raise _TypesError("element types must all match", path)
    return found


def _part_types(type: TupleOf | ObjectOf) -> Iterable[Type]:
    return type.elements if isinstance(type, TupleOf) else type.attributes.values()


def _elements(value: Value, wanted: Type, path: str) -> list[Value]:
    element = _element_type(value, wanted, path)
    return [_settle(part, element, f"{path}[{index}]") for index, part in enumerate(value.elements)]


def _to_list(value: Value, to: Type, path: str) -> Value:
    assert isinstance(to, ListOf)
    items = _elements(value, to.element, path)
    if not items:
        return list_of(_type_when_empty(value, to.element), ())
    common, items = _alike(items, "list", path)
    if isinstance(value.type, SetOf):
        return in_order(zip(value.elements, items, strict=True), common)
    return list_of(common, items)


def _to_set(value: Value, to: Type, path: str) -> Value:
    assert isinstance(to, SetOf)
    items = _elements(value, to.element, path)
    if not items:
        return set_of(_type_when_empty(value, to.element), ())
    common, items = _alike(items, "set", path)
    return set_of(common, items)


def _open_to_set(value: Value, to: Type, path: str) -> Value | None:
    """A list of known elements in an order that is not known is a known set all the same."""
    elements = unordered_elements(value) if isinstance(to, SetOf) else None
    if elements is None:
        return None
    return _to_set(tuple_of(elements), to, path).marked(value.marks)


def _type_when_empty(value: Value, wanted: Type) -> Type:
    if wanted is ANY and isinstance(value.type, ListOf | SetOf | MapOf):
        return value.type.element
    return without_optional(wanted)


def _alike(items: Sequence[Value], noun: str, path: str) -> tuple[Type, list[Value]]:
    """The items with one type, which conversion to a constraint with ANY inside may have left open."""
    common = unify(item.type for item in items)
    if common is None:
        raise _TypesError("cannot find a common base type for all elements", path)
    alike = [_settle(item, common, path) for item in items]
    types = {item.type for item in alike} - {ANY}
    if len(types) > 1:
        raise _TypesError(f"element types must all match for conversion to {noun}", path)
    shared = types.pop() if types else common
    return shared, [_settle(item, shared, path) for item in alike]


def _to_tuple(value: Value, to: Type, path: str) -> Value:
    assert isinstance(to, TupleOf)
    pairs = zip(value.elements, to.elements, strict=True)
    return tuple_of(_settle(part, wanted, f"{path}[{index}]") for index, (part, wanted) in enumerate(pairs))


# --- mappings ------------------------------------------------------------------------------------


def _to_map(value: Value, to: Type, path: str) -> Value:
    assert isinstance(to, MapOf)
    element = _element_type(value, to.element, path)
    parts = {key: _settle(part, element, f"{path}[{go_quoted(key)}]") for key, part in value.mapping.items()}
    if not parts:
        return map_of(_type_when_empty(value, to.element), {})
    common, alike = _alike(list(parts.values()), "map", path)
    return map_of(common, dict(zip(parts, alike, strict=True)))


def _to_object(value: Value, to: Type, path: str) -> Value:
    assert isinstance(to, ObjectOf)
    open_result = attributes_known(value, to)
    if open_result is not None:
        return open_result
    given = value.mapping
    from_map = isinstance(value.type, MapOf)
    return object_of(
        {name: _attribute(given, name, wanted, to, path, from_map) for name, wanted in to.attributes.items()}
    )


def _attribute(
    given: Mapping[str, Value], name: str, wanted: Type, to: ObjectOf, path: str, from_map: bool
) -> Value:
    if name not in given:
        if name in to.optional:
            return null(without_optional(wanted))
        raise ConversionError(f"map has no element for required attribute {go_quoted(name)}", path)
    part = given[name]
    if from_map and not convertible(part.type, wanted):
        reason = conversion_mismatch(part.type, wanted)
        raise ConversionError(
            f"map element type is incompatible with attribute {go_quoted(name)}: {reason}", path
        )
    return _settle(part, wanted, f"{path}[{go_quoted(name)}]" if from_map else f"{path}.{name}")


_RULES: Mapping[type, Callable[[Value, Type, str], Value]] = {
    Primitive: _to_primitive,
    ListOf: _to_list,
    SetOf: _to_set,
    MapOf: _to_map,
    TupleOf: _to_tuple,
    ObjectOf: _to_object,
}
