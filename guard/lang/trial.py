"""`try` and `can`: whether an expression fails, which they alone may ask.

https://developer.hashicorp.com/terraform/language/functions/try
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guard.lang.scope import Scope
from guard.records import replace
from guard.syntax.nodes import Call, Expr, GetAttr, Name
from guard.syntax.references import first_name, references
from guard.values.errors import EvaluationError, FinalError
from guard.values.questions import is_null
from guard.values.types import ANY, BOOL, ObjectOf
from guard.values.unknown import Applied, Input, Kind, Question
from guard.values.value import FALSE, TRUE, Value, derived, unknowns

Evaluate = Callable[[Expr, Scope], Value]
_VALUES = frozenset({"var", "local", "each"})


def try_each(expr: Call, scope: Scope, evaluate: Evaluate) -> Value:
    """The first argument that does not fail.

    Not known while one that comes before may or may not fail: what is learnt at apply, or an input, can
    still turn a value into an error.
    """
    if not expr.arguments:
        raise EvaluationError("Error in function call", "At least one argument is required.", expr.range)
    failures: list[str] = []
    for number, argument in enumerate(expr.arguments):
        try:
            value = evaluate(argument, scope)
        except EvaluationError as problem:
            failures.append(_failure(problem))
            continue
        if _learnt_later(value):
            return replace(derived(ANY, Applied("try", (value,)), (value,)), origin=value.origin)
        inputs = _may_fail_for(argument, value, scope, evaluate)
        if inputs:
            return _depends(value, expr.arguments[number + 1 :], inputs, scope, evaluate)
        return value
    detail = f'Call to function "try" failed: no expression succeeded: {"; ".join(failures)}'
    raise EvaluationError("Error in function call", detail, expr.range)


def _failure(problem: EvaluationError) -> str:
    """What an argument failed with; a reference to nothing is refused before anything is tried."""
    if isinstance(problem, FinalError):
        raise problem
    return problem.diagnostic.detail


def can(expr: Call, scope: Scope, evaluate: Evaluate) -> Value:
    """Whether the argument can be evaluated."""
    if len(expr.arguments) != 1:
        raise EvaluationError("Error in function call", "can() takes exactly one argument.", expr.range)
    argument = expr.arguments[0]
    try:
        value = evaluate(argument, scope)
    except EvaluationError as problem:
        _failure(problem)
        return FALSE
    if _learnt_later(value):
        return derived(BOOL, Applied("can", (value,)), (value,))
    inputs = _may_fail_for(argument, value, scope, evaluate)
    if not inputs:
        return TRUE
    return derived(BOOL, Applied("can", (value, *inputs)), inputs, questions=_asked(value))


def _learnt_later(value: Value) -> bool:
    return any(item.kind is not Kind.NOT_GIVEN for item in unknowns(value))


def _may_fail_for(argument: Expr, value: Value, scope: Scope, evaluate: Evaluate) -> Sequence[Value]:
    """What depends on inputs, so that these can make the argument fail."""
    if _cannot_fail(argument, value):
        return ()
    objects = _objects_on_the_way(argument, scope, evaluate)
    if objects is None:
        return _inputs(argument, scope, evaluate)
    return [_to_be_asked(item) for item in objects if is_null(item).is_equal is None]


def _to_be_asked(item: Value) -> Value:
    """What may be null, with the question whether it is as its only one."""
    return replace(item, data=replace(item.unknown, questions=is_null(item).questions))


def _objects_on_the_way(argument: Expr, scope: Scope, evaluate: Evaluate) -> Sequence[Value] | None:
    """The objects that `var.user.keys.second` goes through, if types tell their attributes: then only null
    can make it fail. None if something else can."""
    objects: list[Value] = []
    inner = argument
    while isinstance(inner, GetAttr):
        name, inner = inner.name, inner.object
        if isinstance(inner, Name) and inner.name not in scope.bindings:
            return objects if inner.name in _VALUES else None
        value = evaluate(inner, scope)
        if not isinstance(value.type, ObjectOf) or name not in value.type.attributes:
            return None
        objects.insert(0, value)
    return objects if objects and isinstance(inner, Name) else None


def _inputs(argument: Expr, scope: Scope, evaluate: Evaluate) -> list[Value]:
    """The references of the argument to values that depend on inputs."""
    return [
        value
        for value in _open_parts(argument, scope, evaluate)
        if any(item.kind is Kind.NOT_GIVEN for item in unknowns(value))
    ]


def _open_parts(argument: Expr, scope: Scope, evaluate: Evaluate) -> list[Value]:
    """The references of the argument whose values are not wholly known. One that fails is definite."""
    found = []
    for reference in references(argument, frozenset(scope.bindings)):
        try:
            value = evaluate(reference, scope)
        except EvaluationError:
            continue
        if unknowns(value):
            found.append(value)
    bound = [value for value in scope.bindings.values() if unknowns(value)]
    return found + [value for value in bound if _mentions_bindings(argument, scope)]


def _mentions_bindings(argument: Expr, scope: Scope) -> bool:
    return any(first_name(item) in scope.bindings for item in references(argument))


def _cannot_fail(argument: Expr, value: Value) -> bool:
    """Whether the argument only names an input as a whole: naming it cannot fail, whatever it is."""
    plain = isinstance(argument, Name) or (
        isinstance(argument, GetAttr) and isinstance(argument.object, Name)
    )
    return plain and (
        not value.is_unknown or (isinstance(value.unknown.term, Input) and not value.unknown.term.steps)
    )


def _depends(
    value: Value, rest: Sequence[Expr], open_parts: Sequence[Value], scope: Scope, evaluate: Evaluate
) -> Value:
    """The value, or what comes after it if the inputs make it fail."""
    others = []
    for argument in rest:
        try:
            others.append(evaluate(argument, scope))
        except EvaluationError:
            continue
    same = all(other == value for other in others) and others and not unknowns(value)
    if same:
        return value
    return derived(ANY, Applied("try", (value, *others)), open_parts, questions=_asked(value))


def _asked(value: Value) -> tuple[Question, ...]:
    """What would tell more of the value: often whether there is one, as for an element by its key."""
    return tuple(question for item in unknowns(value) for question in item.questions)
