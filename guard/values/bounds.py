"""What is known of numbers computed from numbers that are not: between which bounds they lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guard.values.numbers import Number
from guard.values.types import NUMBER
from guard.values.unknown import Applied, Refinement, Unknown
from guard.values.value import Value, derived, number

Bound = Number | None


def within(name: str, values: Sequence[Value], low: Bound, high: Bound, *, open_ends: bool = False) -> Value:
    """An unknown number made of values, between bounds, which themselves it is not if the ends are open."""
    ends = frozenset(end for end in (low, high) if open_ends and end is not None)
    refinement = Refinement(not_null=True, low=low, high=high, excluded=ends)
    return derived(
        NUMBER, Applied(name, tuple(values)), [item for item in values if item.is_unknown], refinement
    )


def least(values: Sequence[Value]) -> Value:
    """The least of numbers some of which are not known."""
    return _extreme("min", values, min)


def greatest(values: Sequence[Value]) -> Value:
    """The greatest of numbers some of which are not known."""
    return _extreme("max", values, max)


def _extreme(name: str, values: Sequence[Value], pick: Callable[..., Number]) -> Value:
    """One bound is the extreme of those that are known; the other is known only if all are."""
    near, far = zip(
        *(_bounds(value) if pick is min else _bounds(value)[::-1] for value in values), strict=True
    )
    known = [bound for bound in far if bound is not None]
    outer = pick(known) if known else None
    inner = pick(near) if all(bound is not None for bound in near) else None
    if inner is not None and inner == outer:
        return number(inner)
    low, high = (inner, outer) if pick is min else (outer, inner)
    return within(name, values, low, high)


def _bounds(value: Value) -> tuple[Bound, Bound]:
    if isinstance(value.data, Unknown):
        return value.data.refinement.low, value.data.refinement.high
    return value.number, value.number
