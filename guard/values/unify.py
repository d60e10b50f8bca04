"""One type for several values: for the branches of a conditional, the elements of a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guard.values.convert import convert
from guard.values.errors import ConversionError
from guard.values.lattice import unify
from guard.values.types import ANY, COLLECTIONS, ObjectOf, TupleOf, Type, friendly
from guard.values.value import Value

__all__ = ["common_type", "mismatch", "unify", "unify_values"]


def unify_values(values: Iterable[Value]) -> list[Value] | None:
    """The values converted to their one type; None if there is none, or a value does not fit it."""
    items = list(values)
    common = unify(item.type for item in items)
    if common is None:
        return None if items else []
    try:
        return [convert(item, common) for item in items]
    except ConversionError:
        return None


def common_type(then: Value, otherwise: Value) -> Type | None:
    """The type of a conditional with these results; None if there is none. A bare null fits any type."""
    if then.is_null and then.type is ANY:
        return otherwise.type
    if otherwise.is_null and otherwise.type is ANY:
        return then.type
    return ANY if ANY in (then.type, otherwise.type) else unify((then.type, otherwise.type))


def mismatch(true_type: Type, false_type: Type) -> str:
    """Why the branches of a conditional have no one type: a sentence without its full stop.

    As https://github.com/hashicorp/hcl/blob/main/hclsyntax/expression.go says it.
    """
    match true_type, false_type:
        case ObjectOf(), ObjectOf():
            found = _object_mismatch(true_type, false_type)
        case TupleOf(ours), TupleOf(theirs):
            found = _tuple_mismatch(ours, theirs)
        case _ if type(true_type) is type(false_type) and isinstance(true_type, COLLECTIONS):
            assert isinstance(false_type, COLLECTIONS)
            found = _element_mismatch(true_type.element, false_type.element, friendly(true_type).split()[0])
        case _:
            found = None
    return found or _plain_mismatch(true_type, false_type)


def _plain_mismatch(true_type: Type, false_type: Type) -> str:
    ours, theirs = friendly(true_type), friendly(false_type)
    if ours == theirs:
        return (
            "At least one deeply-nested attribute or element is not compatible across both the 'true' "
            "and the 'false' value"
        )
    return f"The 'true' value is {ours}, but the 'false' value is {theirs}"


def _object_mismatch(true_type: ObjectOf, false_type: ObjectOf) -> str | None:
    ours, theirs = true_type.attributes, false_type.attributes
    for name in sorted(ours):
        if name not in theirs:
            return (
                f"The 'true' value includes object attribute \"{name}\", which is absent in the 'false' value"
            )
        if ours[name] != theirs[name]:
            return f'Type mismatch for object attribute "{name}": {mismatch(ours[name], theirs[name])}'
    for name in sorted(theirs.keys() - ours.keys()):
        return f"The 'false' value includes object attribute \"{name}\", which is absent in the 'true' value"
    return None


def _tuple_mismatch(ours: Sequence[Type], theirs: Sequence[Type]) -> str | None:
    if len(ours) != len(theirs):
        return f"The 'true' tuple has length {len(ours)}, but the 'false' tuple has length {len(theirs)}"
    for index, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        if one != other:
            return f"Type mismatch for tuple element {index}: {mismatch(one, other)}"
    return None


def _element_mismatch(ours: Type, theirs: Type, noun: str) -> str | None:
    if type(ours) is type(theirs) and isinstance(ours, ObjectOf | TupleOf):
        return f"Mismatched {noun} element types: {mismatch(ours, theirs)}"
    return None
