"""Which types convert into which, and the one type that several types convert to.

The rules are go-cty's (https://github.com/zclconf/go-cty/tree/main/cty/convert): `safe` conversions
always succeed, the others may fail for some values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from guard.diagnostics import error
from guard.values.errors import NotDeterminedError
from guard.values.preference import by_preference
from guard.values.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    Primitive,
    SetOf,
    TupleOf,
    Type,
)
from guard.values.value import SymbolicKey

_TYPES = 500
_CACHED = 4096


def unify(types: Iterable[Type], *, safe: bool = False) -> Type | None:
    """The most general type that all the types convert to, or None (convert.UnifyUnsafe and Unify)."""
    distinct = tuple(dict.fromkeys(types))
    if len(distinct) == 1:
        return distinct[0]
    if len(distinct) > _TYPES:
        raise NotDeterminedError(
            error("Too many different types", f"This mixes {len(distinct):,} different types of elements.")
        )
    return _unify(distinct, safe) if distinct else None


@lru_cache(_CACHED)
def _unify(types: tuple[Type, ...], safe: bool) -> Type | None:
    kinds = {type(item) for item in types if item is not ANY}
    some_any = ANY in types
    if len(kinds) == 1 and Primitive not in kinds:
        return ANY if some_any else _unify_kind(types, kinds.pop(), safe)
    if kinds == {MapOf, ObjectOf}:
        return _with_replaced(types, ObjectOf, safe) or _preferred(types, safe)
    if kinds == {ListOf, TupleOf}:
        return _with_replaced(types, TupleOf, safe) or _preferred(types, safe)
    if {ObjectOf, TupleOf} <= kinds:
        return None
    return _preferred(types, safe)


def _preferred(types: Sequence[Type], safe: bool) -> Type | None:
    for wanted in by_preference(types):
        if all(convertible(item, wanted, safe=safe) for item in types):
            return wanted
    return None


def _unify_kind(types: tuple[Type, ...], kind: type, safe: bool) -> Type | None:
    if kind is ObjectOf:
        return _unify_objects([item for item in types if isinstance(item, ObjectOf)], safe)
    if kind is TupleOf:
        return _unify_tuples([item for item in types if isinstance(item, TupleOf)], safe)
    element = unify((item.element for item in types if isinstance(item, ListOf | SetOf | MapOf)), safe=safe)
    return None if element is None else _checked(kind(element), types, safe)


def _checked(result: Type, types: Iterable[Type], safe: bool) -> Type | None:
    return result if all(convertible(item, result, safe=safe) for item in types) else None


def _unify_objects(types: Sequence[ObjectOf], safe: bool) -> Type | None:
    names = types[0].attributes.keys()
    if any(item.attributes.keys() != names for item in types):
        return _objects_to_map(types, safe)
    attributes: dict[str, Type] = {}
    for name in names:
        common = unify((item.attributes[name] for item in types), safe=safe)
        if common is None:
            return None
        attributes[name] = common
    return _checked(ObjectOf(attributes), types, safe) or _objects_to_map(types, safe)


def _objects_to_map(types: Sequence[ObjectOf], safe: bool) -> Type | None:
    element = unify((part for item in types for part in item.attributes.values()), safe=safe)
    return None if element is None else _checked(MapOf(element), types, safe)


def _unify_tuples(types: Sequence[TupleOf], safe: bool) -> Type | None:
    length = len(types[0].elements)
    if any(len(item.elements) != length for item in types):
        return _tuples_to_list(types, safe)
    elements: list[Type] = []
    for index in range(length):
        common = unify((item.elements[index] for item in types), safe=safe)
        if common is None:
            return None
        elements.append(common)
    return _checked(TupleOf(tuple(elements)), types, safe) or _tuples_to_list(types, safe)


def _tuples_to_list(types: Sequence[TupleOf], safe: bool) -> Type | None:
    element = unify((part for item in types for part in item.elements), safe=safe)
    return None if element is None else _checked(ListOf(element), types, safe)


def _with_replaced(types: tuple[Type, ...], kind: type, safe: bool) -> Type | None:
    """Unify with the objects (tuples) replaced by the one map (list) that they make together."""
    if kind is ObjectOf:
        joined = _objects_to_map([item for item in types if isinstance(item, ObjectOf)], safe)
    else:
        joined = _tuples_to_list([item for item in types if isinstance(item, TupleOf)], safe)
    if joined is None:
        return None
    result = unify((joined if isinstance(item, kind) else item for item in types), safe=safe)
    return result if isinstance(result, MapOf | ListOf) else None


# --- which conversions exist ---------------------------------------------------------------------


def convertible(source: Type, target: Type, *, safe: bool = False) -> bool:
    """Whether a conversion exists; only a safe one succeeds for every value."""
    if source == target or target is ANY:
        return True
    if source is ANY:
        return not safe
    if isinstance(source, Primitive) and isinstance(target, Primitive):
        return target is STRING or (not safe and source is STRING and target in (NUMBER, BOOL))
    return _convertible(source, target, safe)


@lru_cache(_CACHED)
def _convertible(source: Type, target: Type, safe: bool) -> bool:
    rule = _RULES.get((type(source), type(target)))
    return rule is not None and rule(source, target, safe)


def _same_elements(source: Type, target: Type, safe: bool) -> bool:
    assert isinstance(source, ListOf | SetOf | MapOf)
    assert isinstance(target, ListOf | SetOf | MapOf)
    return convertible(source.element, target.element, safe=safe)


def _list_to_set(source: Type, target: Type, safe: bool) -> bool:
    return not safe and _same_elements(source, target, safe)


def _tuple_to_collection(source: Type, target: Type, safe: bool) -> bool:
    assert isinstance(source, TupleOf)
    assert isinstance(target, ListOf | SetOf)
    if not source.elements:
        return True
    if target.element is not ANY:
        return all(convertible(part, target.element, safe=safe) for part in source.elements)
    element = unify(source.elements, safe=safe)
    if element is ANY:
        return all(part is ANY for part in source.elements)
    return element is not None and all(convertible(part, element, safe=safe) for part in source.elements)


def _object_to_map(source: Type, target: Type, safe: bool) -> bool:
    assert isinstance(source, ObjectOf)
    assert isinstance(target, MapOf)
    if not source.attributes:
        return True
    element = target.element if target.element is not ANY else unify(source.attributes.values(), safe=safe)
    if element is None:
        return False
    return all(convertible(part, element, safe=safe) for part in source.attributes.values())


def _map_to_object(source: Type, target: Type, safe: bool) -> bool:
    assert isinstance(source, MapOf)
    assert isinstance(target, ObjectOf)
    return not safe and all(
        name in target.optional or convertible(source.element, wanted)
        for name, wanted in target.attributes.items()
    )


def _object_to_object(source: Type, target: Type, safe: bool) -> bool:
    """An attribute name that is not known may be any of those that are missing."""
    assert isinstance(source, ObjectOf)
    assert isinstance(target, ObjectOf)
    open_name = any(isinstance(name, SymbolicKey) for name in source.attributes)
    for name, wanted in target.attributes.items():
        given = source.attributes.get(name)
        if given is None:
            if not open_name and name not in target.optional:
                return False
        elif not convertible(given, wanted, safe=safe):
            return False
    return True


def _tuple_to_tuple(source: Type, target: Type, safe: bool) -> bool:
    assert isinstance(source, TupleOf)
    assert isinstance(target, TupleOf)
    return len(source.elements) == len(target.elements) and all(
        convertible(given, wanted, safe=safe)
        for given, wanted in zip(source.elements, target.elements, strict=True)
    )


_RULES: dict[tuple[type, type], Callable[[Type, Type, bool], bool]] = {
    (ObjectOf, ObjectOf): _object_to_object,
    (TupleOf, TupleOf): _tuple_to_tuple,
    (ListOf, ListOf): _same_elements,
    (SetOf, ListOf): _same_elements,
    (SetOf, SetOf): _same_elements,
    (ListOf, SetOf): _list_to_set,
    (MapOf, MapOf): _same_elements,
    (TupleOf, ListOf): _tuple_to_collection,
    (TupleOf, SetOf): _tuple_to_collection,
    (ObjectOf, MapOf): _object_to_map,
    (MapOf, ObjectOf): _map_to_object,
}
