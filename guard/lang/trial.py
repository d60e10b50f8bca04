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
from guard.values.types import ANY, BOOL
from guard.values.unknown import Applied, Input, Kind, Question
from guard.values.value import FALSE, TRUE, Value, derived, unknowns

Evaluate = Callable[[Expr, Scope], Value]


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
        inputs = [] if _cannot_fail(argument, value) else _inputs(argument, scope, evaluate)
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
    inputs = [] if _cannot_fail(argument, value) else _inputs(argument, scope, evaluate)
    if not inputs:
        return TRUE
    return derived(BOOL, Applied("can", (value, *inputs)), inputs, questions=_asked(value))


def _learnt_later(value: Value) -> bool:
    return any(item.kind is not Kind.NOT_GIVEN for item in unknowns(value))


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
