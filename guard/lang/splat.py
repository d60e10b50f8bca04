"""Splats: `collection[*].name` and `collection.*.name`.

https://developer.hashicorp.com/terraform/language/expressions/splat
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guard.lang.traversal import part
from guard.source import SourceRange
from guard.values.errors import EvaluationError
from guard.values.shuffled import in_order, iterated_elements
from guard.values.types import ANY, ListOf, Primitive, SetOf, TupleOf, Type
from guard.values.unknown import Applied, Input, Kind
from guard.values.value import Value, derived, list_of, tuple_of, unknown


def splat(collection: Value, each: Callable[[Value], Value], at: SourceRange) -> Value:
    """Apply `each` to all elements; null has none, and a single value is its own only element."""
    if collection.is_null and isinstance(collection.type, ListOf | SetOf | TupleOf):
        detail = "Splat expressions (with the * symbol) cannot be applied to null sequences."
        raise EvaluationError("Splat of null value", detail, at)
    if collection.is_null:
        return tuple_of(()).marked(collection.marks)
    match collection.type:
        case ListOf() | SetOf() | TupleOf():
            return _splat_elements(collection, each, at).marked(collection.marks)
        case Primitive.ANY:
            return derived(ANY, Applied("[*]", (collection,)), (collection,))
        case _:
            return _splat_single(collection, each)


def _splat_single(collection: Value, each: Callable[[Value], Value]) -> Value:
    if collection.is_unknown and not collection.unknown.refinement.not_null:
        return derived(ANY, Applied("[*]", (collection, each(collection))), (collection,))
    return tuple_of((each(collection),))


def _splat_elements(collection: Value, each: Callable[[Value], Value], at: SourceRange) -> Value:
    items = iterated_elements(collection) if isinstance(collection.type, SetOf) else None
    if items:
        results = [each(item) for item in items]
        return in_order(zip(items, results, strict=True), _common_type(results, at))
    if not collection.is_unknown:
        results = [each(item) for item in collection.elements]
        return (
            tuple_of(results)
            if isinstance(collection.type, TupleOf)
            else _list(collection, results, each, at)
        )
    match collection.type:
        case TupleOf(elements):
            return tuple_of(each(part(collection, number, type)) for number, type in enumerate(elements))
        case ListOf(element) | SetOf(element):
            sample = each(part(collection, 0, element))
            arguments = (collection, sample)
            return derived(ListOf(sample.type), Applied("[*]", arguments), (collection,))
    raise AssertionError(collection.type)


def _list(
    collection: Value, results: Sequence[Value], each: Callable[[Value], Value], at: SourceRange
) -> Value:
    """The results for a list; an empty one has the type of the result for any element."""
    assert isinstance(collection.type, ListOf | SetOf)
    if not results:
        element = unknown(collection.type.element, Kind.AT_APPLY, Input("[*]"), "there is no element")
        return list_of(each(element).type, ())
    common = _common_type(results, at)
    return tuple_of(results) if common is None else list_of(common, results)


def _common_type(results: Sequence[Value], at: SourceRange) -> Type | None:
    """The one type of all results; None while that of some is not known."""
    types = {item.type for item in results}
    if len(types - {ANY}) > 1:
        detail = "The second splat makes elements of different types, which cannot be a list. Use `for`."
        raise EvaluationError("Invalid nested splat expressions", detail, at)
    return None if len(types) > 1 else types.pop()
