"""`condition ? then : otherwise`, with Terraform's unification of the two results.

https://developer.hashicorp.com/terraform/language/expressions/conditionals
"""

from __future__ import annotations

from collections.abc import Callable

from guard.lang.questions import decisive
from guard.lang.refused import of_type, rest_of
from guard.lang.scope import Scope
from guard.records import dataclass
from guard.syntax.nodes import Conditional, Expr
from guard.values.collapsed import collapsed
from guard.values.convert import convert
from guard.values.equality import compare
from guard.values.errors import ConversionError, EvaluationError, FinalError
from guard.values.numbers import Number
from guard.values.questions import untyped_inputs
from guard.values.types import ANY, BOOL, COLLECTIONS, NUMBER, Type
from guard.values.unify import common_type, mismatch
from guard.values.unknown import Applied, Kind, Refinement
from guard.values.value import Value, all_marks, derived, null, own_marks

Evaluate = Callable[[Expr, Scope], Value]
_INCONSISTENT = "Inconsistent conditional result types"


def conditional(expr: Conditional, scope: Scope, evaluate: Evaluate) -> Value:
    """Both results are evaluated, since both decide the type; only the chosen one's errors matter."""
    condition = _condition(expr, evaluate(expr.condition, scope))
    then = _attempt(expr.then, scope, evaluate)
    otherwise = _attempt(expr.otherwise, scope, evaluate)
    common = _common_type(then.value, otherwise.value, expr)
    if condition.is_unknown:
        given = condition.unknown.kind is Kind.NOT_GIVEN
        if given and then.problem and otherwise.problem:
            raise _leaving(then.problem, common, expr)
        return _undecided(condition, then.value, otherwise.value, common, expr)
    chosen = then if condition.truth else otherwise
    if chosen.problem:
        raise _leaving(chosen.problem, common, expr)
    marks = condition.marks | then.value.marks | otherwise.value.marks
    return _to(chosen.value, common, expr).marked(marks)


@dataclass(frozen=True, slots=True)
class _Result:
    """The value of a result, or what is left of it and why it was refused."""

    value: Value
    problem: EvaluationError | None = None


def _condition(expr: Conditional, value: Value) -> Value:
    at = expr.condition.range
    if value.is_null:
        detail = "The condition value is null. Conditions must either be true or false."
        raise EvaluationError("Null condition", detail, at)
    try:
        return decisive(convert(value, BOOL))
    except ConversionError:
        detail = "The condition expression must be of type bool."
        raise EvaluationError("Incorrect condition type", detail, at) from None


def _attempt(expr: Expr, scope: Scope, evaluate: Evaluate) -> _Result:
    try:
        return _Result(evaluate(expr, scope))
    except FinalError:
        raise
    except EvaluationError as problem:
        return _Result(rest_of(expr, scope, evaluate, problem), problem)


def _leaving(problem: EvaluationError, common: Type, expr: Conditional) -> EvaluationError:
    """The problem, which leaves a value of this type of the whole."""
    problem.rests[id(expr)] = of_type(common, expr)
    return problem


def _common_type(then: Value, otherwise: Value, expr: Conditional) -> Type:
    common = common_type(then, otherwise)
    if common is not None:
        return common
    if untyped_inputs(then, otherwise):
        return ANY
    detail = "The true and false result expressions must have consistent types. "
    detail += mismatch(then.type, otherwise.type)
    raise _leaving(EvaluationError(_INCONSISTENT, detail, expr.range), ANY, expr)


def _to(value: Value, type: Type, expr: Conditional) -> Value:
    try:
        return convert(value, type)
    except ConversionError as problem:
        detail = f"The result cannot be converted to the common type of both results: {problem}."
        raise _leaving(EvaluationError(_INCONSISTENT, detail, expr.range), type, expr) from None


def _undecided(condition: Value, then: Value, otherwise: Value, common: Type, expr: Conditional) -> Value:
    """The condition depends on something: so does the result, unless an input cannot change it."""
    given = condition.unknown.kind is Kind.NOT_GIVEN
    same_type = then.type == otherwise.type
    then, otherwise = _to(then, common, expr), _to(otherwise, common, expr)
    if given and compare(then, otherwise).is_equal:
        return then.marked(condition.marks)
    if then.is_null and otherwise.is_null:
        return null(common).marked(all_marks(condition, then, otherwise))
    term = Applied("?:", (condition, then, otherwise))
    known = _refinement(then, otherwise)
    if not (given or same_type):
        known = Refinement(not_null=known.not_null)
    result = derived(common, term, (condition,), known)
    return collapsed(result.marked(own_marks(then) | own_marks(otherwise)))


def _refinement(then: Value, otherwise: Value) -> Refinement:
    """What holds for both results holds for the one that is not known yet."""
    (low, high), (other_low, other_high) = _size(then), _size(otherwise)
    return Refinement(
        not_null=_surely_not_null(then) and _surely_not_null(otherwise),
        at_least=min(low, other_low),
        at_most=None if high is None or other_high is None else max(high, other_high),
        low=_least(then, otherwise),
        high=_greatest(then, otherwise),
    )


def _least(then: Value, otherwise: Value) -> Number | None:
    lows = [bounds[0] for bounds in (_bounds(then), _bounds(otherwise)) if bounds[0] is not None]
    return min(lows) if len(lows) > 1 else None


def _greatest(then: Value, otherwise: Value) -> Number | None:
    highs = [bounds[1] for bounds in (_bounds(then), _bounds(otherwise)) if bounds[1] is not None]
    return max(highs) if len(highs) > 1 else None


def _bounds(value: Value) -> tuple[Number | None, Number | None]:
    if value.is_unknown:
        return value.unknown.refinement.low, value.unknown.refinement.high
    return (value.number, value.number) if value.type is NUMBER and not value.is_null else (None, None)


def _surely_not_null(value: Value) -> bool:
    return value.unknown.refinement.not_null if value.is_unknown else not value.is_null


def _size(value: Value) -> tuple[int, int | None]:
    if value.is_unknown:
        return value.unknown.refinement.at_least, value.unknown.refinement.at_most
    if isinstance(value.type, COLLECTIONS) and value.data is not None:
        return len(value.data), len(value.data)  # type: ignore[arg-type]  # a collection's data has a size
    return 0, None
