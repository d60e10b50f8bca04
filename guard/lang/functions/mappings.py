"""Functions over maps and objects: keys, values, lookup, merge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from guard.lang.functions.results import NOT_NULL, panic, undecided
from guard.lang.functions.table import Function, FunctionContext, FunctionError, Marks, Parameter
from guard.values.convert import convert
from guard.values.errors import ConversionError
from guard.values.keys import OpenKeys, build_mapping, find_key, keys_known
from guard.values.questions import is_at_apply
from guard.values.shuffled import in_order
from guard.values.text import go_quoted
from guard.values.types import (
    ANY,
    EMPTY_OBJECT,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    Primitive,
    SetOf,
    TupleOf,
    Type,
    friendly,
)
from guard.values.unknown import Applied, Ask, Kind, Question, Refinement, Unknown
from guard.values.value import Value, derived, key_value, map_of, object_of, unknowns


def _items(mapping: Value) -> Iterable[tuple[Value, Value]]:
    return ((key_value(key), part) for key, part in mapping.mapping.items())


# --- keys and values -----------------------------------------------------------------------------


def _keys_type(arguments: Sequence[Value]) -> Type:
    match arguments[0].type:
        case MapOf():
            return ListOf(STRING)
        case ObjectOf(attributes):
            return TupleOf((STRING,) * len(attributes))
        case other if other is ANY:
            return ANY
    raise FunctionError("must have map or object type", 0)


def keys(_: FunctionContext, mapping: Value) -> Value:
    """The names of an object's attributes are known even if the object is not."""
    if isinstance(mapping.type, ObjectOf):
        names = map(key_value, mapping.type.attributes)
        return in_order((name, name) for name in names)
    if isinstance(mapping.data, Unknown):
        return undecided("keys", _keys_type([mapping]), [mapping], refinement=_same_size(mapping))
    return in_order(((name, name) for name, _ in _items(mapping)), STRING)


def _same_size(mapping: Value) -> Refinement:
    """The size of a map that is not given holds for what is made of it; Terraform forgets it."""
    known = mapping.unknown.refinement
    if mapping.type is ANY or mapping.unknown.kind is not Kind.NOT_GIVEN:
        return Refinement(not_null=mapping.type is not ANY)
    return Refinement(not_null=True, at_least=known.at_least, at_most=known.at_most)


def _values_type(arguments: Sequence[Value]) -> Type:
    match arguments[0].type:
        case MapOf(element):
            return ListOf(element)
        case ObjectOf(attributes):
            return TupleOf(tuple(attributes.values()))
        case other if other is ANY:
            return ANY
    raise FunctionError("values() requires a map as the first argument")


def values(_: FunctionContext, mapping: Value) -> Value:
    if isinstance(mapping.data, Unknown):
        return undecided("values", _values_type([mapping]), [mapping], refinement=_same_size(mapping))
    return in_order(_items(mapping), mapping.type.element if isinstance(mapping.type, MapOf) else None)


# --- lookup --------------------------------------------------------------------------------------

_LOOKUP_MOST = 3


def _lookup_type(arguments: Sequence[Value]) -> Type:
    mapping, key, *default = arguments
    if len(arguments) > _LOOKUP_MOST:
        raise FunctionError(f"lookup() takes two or three arguments, got {len(arguments)}")
    match mapping.type:
        case ObjectOf(attributes):
            return _attribute_type(attributes, key, default)
        case MapOf(element):
            _check_default(element, default)
            return element
        case other if other is ANY:
            return ANY
    raise FunctionError("lookup() requires a map as the first argument", 0)


def _attribute_type(attributes: Mapping[str, Type], key: Value, default: Sequence[Value]) -> Type:
    if key.is_unknown:
        return ANY
    named = {name: key_value(name) for name in attributes}
    found = find_key(named, key)
    match found:
        case str():
            return attributes[found]
        case OpenKeys():
            return ANY
    if default:
        return default[0].type
    raise FunctionError(f"the given object has no attribute {go_quoted(key.text)}", 0)


def _check_default(element: Type, default: Sequence[Value]) -> None:
    try:
        for value in default:
            convert(value, element)
    except ConversionError:
        raise FunctionError("the default value must have the same type as the map elements", 2) from None


def lookup(_: FunctionContext, mapping: Value, key: Value, *default: Value) -> Value:
    type = _lookup_type((mapping, key, *default))
    if mapping.is_unknown or is_at_apply(key):
        return _open_lookup(type, (mapping, key, *default), _has(mapping, key))
    found = find_key(mapping.mapping, key)
    if isinstance(found, OpenKeys):
        return _open_lookup(type, (mapping, key, *default), found.questions)
    if found is not None:
        return mapping.mapping[found]
    if not default:
        shown = "the key that it is given" if key.is_unknown else f"key {go_quoted(key.text)}"
        raise FunctionError(f"lookup failed to find {shown}")
    return convert(default[0], type)


def _open_lookup(type: Type, arguments: tuple[Value, ...], questions: Sequence[Question]) -> Value:
    mapping, key, *_ = arguments
    sources = [item for item in (mapping, key) if unknowns(item)]
    return derived(type, Applied("lookup", arguments), sources, questions=tuple(questions))


def _has(mapping: Value, key: Value) -> tuple[Question, ...]:
    given = isinstance(mapping.data, Unknown) and mapping.data.kind is Kind.NOT_GIVEN
    return (Question(Ask.HAS, mapping, key),) if given else ()


# --- merge ---------------------------------------------------------------------------------------


def _merge_type(arguments: Sequence[Value]) -> Type:
    types = [value.type for value in arguments]
    attributes: dict[str, Type] = {}
    all_known = True
    for value in arguments:
        if value.type is ANY:
            return ANY
        if not isinstance(value.type, MapOf | ObjectOf):
            raise FunctionError(f"arguments must be maps or objects, got {go_quoted(friendly(value.type))}")
        if isinstance(value.type, MapOf) and value.is_unknown:
            all_known = False
        elif not value.is_null:
            attributes |= _attribute_types(value)
    if len(set(types)) == 1:
        return types[0]
    return ObjectOf(attributes) if all_known and keys_known(attributes) else ANY


def _attribute_types(value: Value) -> Mapping[str, Type]:
    if isinstance(value.type, ObjectOf):
        return value.type.attributes
    return {key: part.type for key, part in value.mapping.items()}


def merge(context: FunctionContext, *mappings: Value) -> Value:
    given = [value for value in mappings if not value.is_null]
    pairs = [_merged_items(value) for value in given]
    context.budget.allow_elements(sum(map(len, pairs)))
    made = build_mapping(pair for items in pairs for pair in items)
    type = _merge_type(mappings) if mappings else EMPTY_OBJECT
    if isinstance(made, OpenKeys):
        return derived(type, Applied("merge", mappings), made.sources, NOT_NULL, made.questions)
    return map_of(type.element, made) if isinstance(type, MapOf) else object_of(made)


def _merged_items(value: Value) -> Sequence[tuple[Value, Value]]:
    """The pairs of a mapping. After a bare null, other types are not refused for their type."""
    match value.data, value.type:
        case Mapping(), _:
            return tuple(_items(value))
        case tuple(elements), SetOf(Primitive.STRING):
            return tuple((item, item) for item in elements)
        case tuple(elements), _:
            if elements:
                raise panic("not a string")
            return ()
    raise panic("attempt to iterate on non-collection, non-tuple type")


_MAP = Parameter(ANY, unknown=True, parts=True, marks=Marks.OUTER, name="inputMap")

TABLE: Mapping[str, Function] = {
    "keys": Function(keys, (_MAP,), returns=_keys_type),
    "values": Function(
        values,
        (Parameter(ANY, unknown=True, parts=True, marks=Marks.OUTER, name="mapping"),),
        returns=_values_type,
    ),
    "lookup": Function(
        lookup,
        (_MAP, Parameter(STRING, unknown=True, marks=Marks.OUTER, name="key")),
        Parameter(ANY, null=True, unknown=True, parts=True, marks=Marks.SEEN, name="default"),
        _lookup_type,
        null=True,
    ),
    "merge": Function(
        merge,
        rest=Parameter(ANY, null=True, parts=True, marks=Marks.OUTER, any_type=True, name="maps"),
        returns=_merge_type,
    ),
}
