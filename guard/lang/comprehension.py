"""`for` expressions over lists, sets, tuples, maps and objects.

https://developer.hashicorp.com/terraform/language/expressions/for
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from guard.lang.objects import build_object
from guard.lang.questions import decisive
from guard.lang.scope import Scope
from guard.records import dataclass
from guard.source import SourceRange
from guard.syntax.nodes import Expr, ForObject, ForTuple
from guard.values.convert import convert
from guard.values.errors import ConversionError, EvaluationError
from guard.values.numbers import counted
from guard.values.shuffled import iterated_elements, shuffled, sorted_pairs
from guard.values.types import ANY, BOOL, NUMBER, STRING, Primitive, SetOf
from guard.values.unknown import Applied, Input, Kind
from guard.values.value import Value, all_marks, derived, key_value, number, object_of, tuple_of, unknown

Evaluate = Callable[[Expr, Scope], Value]
Pairs = Sequence[tuple[Value, Value]]


@dataclass(frozen=True, slots=True)
class Elements:
    """What a collection iterates over.

    pairs: of key and element. A list's keys are its indexes, a set's are its elements.
    without_order: the values because of which the order may be another, none if it is known.
    """

    pairs: Pairs
    without_order: Sequence[Value] = ()


def elements(collection: Value, at: SourceRange) -> Elements | None:
    """The elements of a collection, or None if it is not known.

    Raises EvaluationError for anything that cannot be iterated.
    """
    if collection.is_null:
        raise EvaluationError(
            "Iteration over null value",
            "A null value cannot be used as the collection in a 'for' expression.",
            at,
        )
    if isinstance(collection.type, Primitive) and not (collection.type is ANY and collection.is_unknown):
        detail = "Only lists, sets, tuples, maps and objects have elements to iterate over."
        raise EvaluationError("Iteration over non-iterable value", detail, at)
    return _elements(collection)


def _elements(collection: Value) -> Elements | None:
    parts = iterated_elements(collection)
    if isinstance(collection.data, Mapping):
        return Elements(*sorted_pairs((key_value(key), item) for key, item in collection.mapping.items()))
    if parts is None:
        return None
    if isinstance(collection.type, SetOf):
        return Elements(*sorted_pairs((item, item) for item in parts))
    if collection.is_unknown:
        nowhere = derived(NUMBER, Applied("index", (collection,)), (collection,))
        return Elements([(nowhere, item) for item in parts], [collection])
    return Elements([(number(counted(position)), item) for position, item in enumerate(parts)])


def for_tuple(expr: ForTuple, scope: Scope, evaluate: Evaluate) -> Value:
    collection = evaluate(expr.collection, scope)
    found = elements(collection, expr.collection.range)
    _check_condition(expr, collection, found, scope, evaluate)
    if found is None:
        return _open(expr, collection, collection, scope)
    items, undecided = [], None
    for inner, passes in kept(expr, found.pairs, scope, evaluate):
        if passes.is_unknown:
            undecided = undecided or passes
        else:
            items.append(evaluate(expr.result, inner))
    if undecided:
        return _open(expr, undecided, collection, scope)
    return _sequence(items, found).marked(collection.marks)


def _sequence(items: Sequence[Value], found: Elements) -> Value:
    if found.without_order and len(items) > 1:
        return shuffled(None, items, found.without_order)
    return tuple_of(items)


def for_object(expr: ForObject, scope: Scope, evaluate: Evaluate) -> Value:
    collection = evaluate(expr.collection, scope)
    found = elements(collection, expr.collection.range)
    _check_condition(expr, collection, found, scope, evaluate)
    if found is None:
        return _open(expr, collection, collection, scope)
    results, undecided = [], None
    for inner, passes in kept(expr, found.pairs, scope, evaluate):
        if passes.is_unknown:
            undecided = undecided or passes
            continue
        key = _key(evaluate(expr.result_key, inner), expr.result_key.range, lenient=_at_apply(undecided))
        if key is None:
            continue
        if _at_apply(key):
            undecided = undecided or key
            continue
        results.append((key, evaluate(expr.result_value, inner)))
    if undecided:
        return _open(expr, undecided, collection, scope)
    result = build_object(results, expr.range, grouped=expr.group, unique=True)
    if expr.group and not result.is_unknown:
        groups = {key: _sequence(group.elements, found) for key, group in result.mapping.items()}
        result = object_of(groups).marked(result.marks)
    return result.marked(collection.marks)


def _at_apply(value: Value | None) -> bool:
    return value is not None and value.is_unknown and value.unknown.kind is not Kind.NOT_GIVEN


def _open(expr: ForTuple | ForObject, blocking: Value, collection: Value, scope: Scope) -> Value:
    """The result while something it needs is not known; equal expressions over equal values are equal."""
    names = (*scope.bindings.values(), *scope.each.values())
    place = f"for@{expr.range.source.path}:{expr.range.start}"
    return derived(ANY, Applied(place, (blocking, collection, *names)), (blocking,)).marked(
        all_marks(collection)
    )


def _check_condition(
    expr: ForTuple | ForObject, collection: Value, found: Elements | None, scope: Scope, evaluate: Evaluate
) -> None:
    """Refuse a condition that is wrong for any element, also where there is none to show it."""
    if expr.condition is None or collection.type is ANY or (found and found.pairs):
        return
    element = unknown(ANY, Kind.AT_APPLY, Input(expr.value), f"{expr.value} is an element")
    inner = scope.bind(**{expr.value: element}, **({expr.key: element} if expr.key else {}))
    _condition(evaluate(expr.condition, inner), expr.condition.range)


def kept(
    expr: ForTuple | ForObject, pairs: Pairs, scope: Scope, evaluate: Evaluate
) -> Iterator[tuple[Scope, Value]]:
    """The scopes of the elements that pass the condition, each with the condition's value."""
    scope.context.budget.allow_elements(len(pairs), expr.range)
    for key, value in pairs:
        inner = scope.bind(**{expr.value: value}, **({expr.key: key} if expr.key else {}))
        if expr.condition is None:
            yield inner, _YES
            continue
        condition = _condition(evaluate(expr.condition, inner), expr.condition.range)
        if condition.is_unknown or condition.truth:
            yield inner, condition


_YES = Value(BOOL, True)


def _condition(value: Value, at: SourceRange) -> Value:
    if value.is_null:
        raise EvaluationError("Condition is null", "The value of the 'if' clause must not be null.", at)
    try:
        return decisive(convert(value, BOOL))
    except ConversionError as problem:
        raise EvaluationError(
            "Invalid 'for' condition", f"The 'if' clause value is invalid: {problem}.", at
        ) from None


def _key(value: Value, at: SourceRange, *, lenient: bool) -> Value | None:
    """The key as a string. lenient: one that is wrong is left out, as Terraform does it after one that
    it does not know."""
    try:
        return _checked_key(value, at)
    except EvaluationError:
        if lenient:
            return None
        raise


def _checked_key(value: Value, at: SourceRange) -> Value:
    if value.is_null:
        raise EvaluationError(
            "Invalid object key", "Key expression in 'for' expression must not produce a null value.", at
        )
    try:
        return convert(value, STRING)
    except ConversionError as problem:
        detail = f"The key expression produced an invalid result: {problem}."
        raise EvaluationError("Invalid object key", detail, at) from None
