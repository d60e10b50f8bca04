"""Defaults of optional attributes, filled in before a value is converted to its type constraint.

https://developer.hashicorp.com/terraform/language/expressions/type-constraints#optional-object-type-attributes
"""

from __future__ import annotations

from collections.abc import Mapping

from guard.records import dataclass, replace
from guard.values.sets import set_of
from guard.values.symbolic import attributes_known
from guard.values.types import ANY, ListOf, MapOf, ObjectOf, SetOf, TupleOf, Type
from guard.values.unify import unify_values
from guard.values.unknown import Unknown
from guard.values.value import Value, list_of, map_of, object_of, tuple_of


@dataclass(frozen=True, slots=True)
class Defaults:
    """The defaults in a type constraint, as a tree.

    type: the type that they belong to.
    values: by attribute name, if it is an object type.
    children: by attribute name or tuple index; "" for the elements of a list, set or map.
    """

    type: Type
    values: Mapping[str, Value]
    children: Mapping[str, Defaults]

    def child(self, step: str | int) -> Defaults | None:
        own_steps = TupleOf if isinstance(step, int) else ObjectOf
        found = self.children.get(str(step)) if isinstance(self.type, own_steps) else None
        return found or self.children.get("")


def apply_defaults(value: Value, defaults: Defaults) -> Value:
    """The value with defaults where attributes are absent or null; null and unknown stay as they are."""
    if value.is_null or value.is_unknown or not (defaults.values or defaults.children):
        return value
    plain = value.unmarked()
    result = _sequence(plain, defaults) if isinstance(value.data, tuple) else _mapping(plain, defaults)
    return result.marked(value.marks)


def _sequence(value: Value, defaults: Defaults) -> Value:
    parts = [_part(part, defaults.child(index)) for index, part in enumerate(value.elements)]
    if not parts and not isinstance(value.type, TupleOf):
        return value
    alike = None if isinstance(value.type, TupleOf) else unify_values(parts)
    match value.type:
        case SetOf() if alike:
            return set_of(alike[0].type, alike)
        case ListOf() if alike:
            return list_of(alike[0].type, alike)
    return tuple_of(parts)


def _part(value: Value, defaults: Defaults | None) -> Value:
    return apply_defaults(value, defaults) if defaults else value


def _mapping(value: Value, defaults: Defaults) -> Value:
    if not isinstance(value.data, Mapping):
        return value
    wanted = ObjectOf(dict.fromkeys(defaults.values, ANY))
    open_result = attributes_known(value, defaults.type if isinstance(defaults.type, ObjectOf) else wanted)
    if open_result is not None:
        return open_result
    parts = {name: _part(part, defaults.child(name)) for name, part in value.mapping.items()}
    for name, default in defaults.values.items():
        parts[name] = _filled(parts.get(name), default, defaults.children.get(name))
    if not isinstance(value.type, MapOf):
        return object_of(parts)
    alike = unify_values(parts.values())
    if not alike:
        return object_of(parts) if parts else value
    return map_of(alike[0].type, dict(zip(parts, alike, strict=True)))


def _filled(given: Value | None, default: Value, children: Defaults | None) -> Value:
    if given is None or given.is_null:
        return _part(default, children)
    if isinstance(given.data, Unknown) and given.type is not ANY and not default.is_null:
        refinement = replace(given.data.refinement, not_null=True)
        return replace(given, data=replace(given.data, refinement=refinement))
    return given
