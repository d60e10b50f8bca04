"""Sequences whose elements are known but not their order: the keys of a map with a key that is not known.

Such a list is an unknown value, so that nobody relies on positions; who does not care for the order
(`toset`, `contains`, `flatten`, `for`) takes the elements out of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guard.values.sets import order_is_known, set_order
from guard.values.types import ANY, ListOf, SetOf, TupleOf, Type
from guard.values.unknown import Applied, Kind, Refinement, Unknown
from guard.values.value import Value, derived, list_of, tuple_of, unknowns, wholly_known

_NAME = "shuffled"


def shuffled(element: Type | None, elements: Sequence[Value], blocking: Iterable[Value]) -> Value:
    """These elements in an order that depends on the blocking, unknown values.

    element: makes a list of this element type; without it a tuple.
    """
    type = _tuple_type(elements) if element is None else ListOf(element)
    size = Refinement(not_null=True, at_least=len(elements), at_most=len(elements))
    return derived(type, Applied(_NAME, tuple(elements)), blocking, size)


def unordered_elements(value: Value) -> tuple[Value, ...] | None:
    """The elements of a known sequence, or of one whose order alone is not known; else None."""
    match value.data:
        case tuple(elements):
            return elements
        case Unknown(term=Applied(name, elements)) if name == _NAME:
            return elements
    return None


def iterated_elements(value: Value) -> tuple[Value, ...] | None:
    """What `for` and splats go through: also a set of which Terraform learns elements at apply.

    It takes each of them for an element of its own, though two may turn out to be one.
    """
    match value:
        case Value(type=SetOf(), data=Unknown(term=Applied("toset", (Value(data=tuple(elements)),)))):
            return elements if all(item.kind is Kind.AT_APPLY for item in unknowns(*elements)) else None
    return unordered_elements(value)


def is_shuffled(value: Value) -> bool:
    match value.data:
        case Unknown(term=Applied(name)):
            return name == _NAME
    return False


def in_order(pairs: Iterable[tuple[Value, Value]], element: Type | None = None) -> Value:
    """The second parts of pairs in the order of the first ones (set elements, map keys).

    element: makes a list of this element type; without it a tuple.
    """
    given, blocking = sorted_pairs(pairs)
    items = [item for _, item in given]
    if blocking:
        return shuffled(element, items, blocking)
    return tuple_of(items) if element is None else list_of(element, items)


def sorted_pairs(
    pairs: Iterable[tuple[Value, Value]],
) -> tuple[list[tuple[Value, Value]], list[Value]]:
    """Pairs in the order of their first parts, and the values because of which it may be another."""
    given = sorted(pairs, key=lambda pair: set_order(pair[0]))
    keys = [key for key, _ in given]
    return given, [] if order_is_known(keys) else [key for key in keys if not wholly_known(key)]


def _tuple_type(items: Sequence[Value]) -> Type:
    """In an order that is not known, the positions have types only if all are the same."""
    types = {item.type for item in items}
    return TupleOf((types.pop(),) * len(items)) if len(types) == 1 else ANY
