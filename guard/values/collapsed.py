"""Unknown values of which so much is known that Terraform takes them for known ones.

https://github.com/zclconf/go-cty/blob/main/cty/unknown_refinement.go (NewValue)
"""

from __future__ import annotations

from guard.values.types import NUMBER, ListOf, MapOf, SetOf
from guard.values.unknown import Applied, Kind, Refinement, Unknown
from guard.values.value import Value, derived, list_of, map_of, number

_LONGEST = 10_000


def collapsed(value: Value) -> Value:
    """A number between equal bounds, an empty collection, a list of so many unknown elements.

    Only what Terraform learns at apply is treated so; parts of an input are inputs themselves.
    """
    match value.data:
        case Unknown(kind=Kind.AT_APPLY, refinement=Refinement(not_null=True) as known):
            found = _number(known) if value.type is NUMBER else _collection(value, known)
            return found.marked(value.marks) if found else value
    return value


def _number(known: Refinement) -> Value | None:
    return number(known.low) if known.low is not None and known.low == known.high else None


def _collection(value: Value, known: Refinement) -> Value | None:
    size = known.at_least
    if size != known.at_most or size > _LONGEST:
        return None
    match value.type:
        case ListOf(element):
            return list_of(element, (_element(value, position) for position in range(size)))
        case SetOf() if not size:
            return Value(value.type, ())
        case SetOf() if size == 1:
            return Value(value.type, (_element(value, 0),))
        case MapOf(element) if not size:
            return map_of(element, {})
    return None


def _element(value: Value, position: int) -> Value:
    assert isinstance(value.type, ListOf | SetOf)
    source = value.unmarked()
    return derived(value.type.element, Applied("[]", (source, number(position))), (source,))
