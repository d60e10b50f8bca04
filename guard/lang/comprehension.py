"""`for` expressions over lists, sets, tuples, maps and objects.

https://developer.hashicorp.com/terraform/language/expressions/for
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from guard.lang.objects import build_object
from guard.lang.questions import decisive
from guard.lang.scope import Scope
from guard.source import SourceRange
from guard.syntax.nodes import Expr, ForObject, ForTuple
from guard.values.convert import convert
from guard.values.errors import ConversionError, EvaluationError
from guard.values.types import ANY, BOOL, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf
from guard.values.value import Applied, Value, all_marks, derived, key_value, number, tuple_of

Evaluate = Callable[[Expr, Scope], Value]
Pairs = Sequence[tuple[Value, Value]]


def elements(collection: Value, at: SourceRange) -> Pairs | None:
    """The pairs of key and element that iteration gives, or None if the collection is not known.

    A list's keys are its indexes, a set's are its elements. Raises EvaluationError for anything
    that cannot be iterated.
    """
    if collection.is_null:
        raise EvaluationError(
            "Iteration over null value", "A null value cannot be used as the collection.", at
        )
    match collection.type:
        case ListOf() | TupleOf():
            if collection.is_unknown:
                return None
            return [(number(position), item) for position, item in enumerate(collection.elements)]
        case SetOf():
            return None if collection.is_unknown else [(item, item) for item in collection.elements]
        case MapOf() | ObjectOf():
            if collection.is_unknown:
                return None
            return [(key_value(key), item) for key, item in collection.mapping.items()]
    if collection.type is ANY and collection.is_unknown:
        return None
    detail = "Only lists, sets, tuples, maps and objects have elements to iterate over."
    raise EvaluationError("Iteration over non-iterable value", detail, at)


def for_tuple(expr: ForTuple, scope: Scope, evaluate: Evaluate) -> Value:
    collection = evaluate(expr.collection, scope)
    pairs = elements(collection, expr.collection.range)
    if pairs is None:
        return _open(expr, collection, scope)
    items = []
    for inner, kept in _kept(expr, pairs, scope, evaluate):
        if kept.is_unknown:
            return derived(ANY, Applied("for", (kept, collection)), (kept,))
        items.append(evaluate(expr.result, inner))
    return tuple_of(items).marked(collection.marks)


def for_object(expr: ForObject, scope: Scope, evaluate: Evaluate) -> Value:
    collection = evaluate(expr.collection, scope)
    pairs = elements(collection, expr.collection.range)
    if pairs is None:
        return _open(expr, collection, scope)
    results = []
    for inner, kept in _kept(expr, pairs, scope, evaluate):
        if kept.is_unknown:
            return derived(ANY, Applied("for", (kept, collection)), (kept,))
        key = _key(evaluate(expr.result_key, inner), expr.result_key.range)
        results.append((key, evaluate(expr.result_value, inner)))
    return build_object(results, expr.range, grouped=expr.group, unique=True).marked(collection.marks)


def _open(expr: ForTuple | ForObject, collection: Value, scope: Scope) -> Value:
    """The result over a collection that is not known; equal expressions over equal values are equal."""
    names = tuple(scope.bindings.values())
    place = f"for@{expr.range.source.path}:{expr.range.start}"
    return derived(ANY, Applied(place, (collection, *names)), (collection,)).marked(all_marks(collection))


def _kept(
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


def _key(value: Value, at: SourceRange) -> Value:
    if value.is_null:
        raise EvaluationError(
            "Invalid object key", "Key expression in 'for' expression must not produce a null value.", at
        )
    try:
        return convert(value, STRING)
    except ConversionError as problem:
        detail = f"The key expression produced an invalid result: {problem}."
        raise EvaluationError("Invalid object key", detail, at) from None
