"""Which of several types is the more general one, as go-cty orders them before it unifies.

https://github.com/zclconf/go-cty/blob/main/cty/convert/sort_types.go and compare_types.go
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from guard.values.types import ANY, STRING, ListOf, MapOf, ObjectOf, Primitive, SetOf, TupleOf, Type

_MORE_GENERAL = ((ListOf, TupleOf), (MapOf, ObjectOf), (TupleOf, SetOf), (ListOf, SetOf))


def by_preference(types: Sequence[Type]) -> list[Type]:
    """The types, more general ones first; types that compare alike keep their order."""
    below: list[list[int]] = [[] for _ in types]
    above = [0] * len(types)
    for one, other in combinations(range(len(types)), 2):
        order = _compare(types[one], types[other])
        if order:
            upper, lower = (one, other) if order < 0 else (other, one)
            below[upper].append(lower)
            above[lower] += 1
    queue = [index for index, count in enumerate(above) if not count]
    for index in queue:
        for lower in below[index]:
            above[lower] -= 1
            if not above[lower]:
                queue.append(lower)
    return [types[index] for index in queue]


def _compare(one: Type, other: Type) -> int:
    """-1 if the first type is the more general one, 1 if the second is, else 0."""
    if ANY in (one, other):
        return (one is ANY) - (other is ANY)
    if isinstance(one, Primitive) and isinstance(other, Primitive):
        return (other is STRING) - (one is STRING)
    match one, other:
        case (ListOf(ours), ListOf(theirs)) | (SetOf(ours), SetOf(theirs)) | (MapOf(ours), MapOf(theirs)):
            return _compare(ours, theirs)
        case ObjectOf(attributes=ours), ObjectOf(attributes=theirs):
            if ours.keys() != theirs.keys():
                return 0
            return _compare_all((ours[name], theirs[name]) for name in ours)
        case TupleOf(ours), TupleOf(theirs):
            return _compare_all(zip(ours, theirs, strict=True)) if len(ours) == len(theirs) else 0
    kinds = (type(one), type(other))
    return (kinds[::-1] in _MORE_GENERAL) - (kinds in _MORE_GENERAL)


def _compare_all(pairs: Iterable[tuple[Type, Type]]) -> int:
    orders = {_compare(one, other) for one, other in pairs} - {0}
    return orders.pop() if len(orders) == 1 else 0
