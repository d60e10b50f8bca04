"""Why a type does not convert to another: https://github.com/zclconf/go-cty/blob/main/cty/convert/mismatch_msg.go"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guard.values.lattice import convertible
from guard.values.text import go_quoted
from guard.values.types import (
    ANY,
    COLLECTIONS,
    ListOf,
    MapOf,
    ObjectOf,
    SetOf,
    TupleOf,
    Type,
    friendly_constraint,
)

_COMMON = {
    (TupleOf, ListOf): "all list elements must have the same type",
    (TupleOf, SetOf): "all set elements must have the same type",
    (ObjectOf, MapOf): "all map elements must have the same type",
}
_STRUCTURES = {(TupleOf, ListOf), (TupleOf, SetOf), (ObjectOf, MapOf)}
_COLLECTIONS = {(ListOf, ListOf), (SetOf, ListOf), (ListOf, SetOf), (SetOf, SetOf), (MapOf, MapOf)}


def conversion_mismatch(got: Type, want: Type) -> str:
    """A clause that says what is wanted: `string required`, `attribute "a": number required`."""
    kinds = (type(got), type(want))
    if isinstance(got, ObjectOf) and isinstance(want, ObjectOf):
        return _objects(got, want)
    if isinstance(want, COLLECTIONS):
        if want.element is ANY and kinds in _COMMON:
            return _COMMON[kinds]
        if kinds in _STRUCTURES:
            return _elements(got, want.element)
        if kinds in _COLLECTIONS:
            assert isinstance(got, COLLECTIONS)
            noun = friendly_constraint(want).split()[0]
            return f"incorrect {noun} element type: {conversion_mismatch(got.element, want.element)}"
    return f"{friendly_constraint(want)} required"


def _elements(got: Type, wanted: Type) -> str:
    named: Iterable[tuple[str, Type]]
    if isinstance(got, TupleOf):
        named = ((str(index), part) for index, part in enumerate(got.elements))
    else:
        assert isinstance(got, ObjectOf)
        named = ((go_quoted(name), part) for name, part in got.attributes.items())
    for name, part in named:
        if not convertible(part, wanted):
            return f"element {name}: {conversion_mismatch(part, wanted)}"
    return f"all elements must be {friendly_constraint(wanted)}"


def _objects(got: ObjectOf, want: ObjectOf) -> str:
    missing = sorted(want.attributes.keys() - got.attributes.keys() - want.optional)
    if missing:
        return _missing(missing)
    for safe in (False, True):
        for name, wanted in want.attributes.items():
            given = got.attributes.get(name)
            if given is not None and not convertible(given, wanted, safe=safe):
                return f"attribute {go_quoted(name)}: {conversion_mismatch(given, wanted)}"
    return "incorrect object attributes"


def _missing(names: Sequence[str]) -> str:
    *most, last = map(go_quoted, names)
    if not most:
        return f"attribute {last} is required"
    comma = "," if len(most) > 1 else ""
    return f"attributes {', '.join(most)}{comma} and {last} are required"
