"""Expressions to values, as Terraform evaluates them.

https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md (expressions)
"""

from __future__ import annotations

from guard.lang import operators, traversal
from guard.lang.comprehension import for_object, for_tuple
from guard.lang.conditional import conditional
from guard.lang.functions.call import call
from guard.lang.functions.template_rules import refusal_of_template
from guard.lang.objects import build_object
from guard.lang.scope import AttrStep, Scope, Step, unfold
from guard.lang.splat import splat
from guard.lang.template import template
from guard.lang.trial import can, try_each
from guard.source import SourceRange
from guard.syntax.nodes import (
    Binary,
    Call,
    Conditional,
    Expr,
    ForObject,
    ForTuple,
    GetAttr,
    Index,
    Literal,
    Name,
    ObjectExpr,
    Parentheses,
    Refused,
    Splat,
    SplatItem,
    Template,
    TupleExpr,
    Unary,
)
from guard.values.convert import convert
from guard.values.errors import ConversionError, EvaluationError
from guard.values.types import ANY, STRING, ListOf, SetOf, TupleOf
from guard.values.unknown import Applied
from guard.values.value import NULL, Value, boolean, derived, number, string, tuple_of


def evaluate(expr: Expr, scope: Scope) -> Value:
    """The value of an expression.

    Raises EvaluationError where Terraform would refuse it, NotDeterminedError where we give up.
    """
    budget = scope.context.budget
    budget.enter(expr.range)
    try:
        value = scope.symbols.settle(_evaluate(expr, scope))
    except EvaluationError as problem:
        problem.through.add(id(expr))
        raise
    finally:
        budget.leave()
    if value.size > 1:
        budget.allow_value(value.size, expr.range)
    return value


def _evaluate(expr: Expr, scope: Scope) -> Value:
    match expr:
        case Literal(value):
            return _literal(value)
        case Template(parts):
            return template(parts, scope, evaluate)
        case Name() | GetAttr() | Index():
            return _reference(expr, scope)
        case Splat():
            return _splat(expr, scope)
        case SplatItem(range):
            return _splat_item(scope, range)
        case Call():
            return _call(expr, scope)
        case Unary(operator, operand):
            return operators.unary(operator, evaluate(operand, scope), operand.range)
        case Binary(operator, left, right):
            ranges = (left.range, right.range)
            return operators.binary(operator, evaluate(left, scope), evaluate(right, scope), ranges)
        case Conditional():
            return conditional(expr, scope, evaluate)
        case Parentheses(inner):
            return evaluate(inner, scope)
        case TupleExpr(items):
            return tuple_of(evaluate(item, scope) for item in items)
        case ObjectExpr():
            return _object(expr, scope)
        case ForTuple():
            return for_tuple(expr, scope, evaluate)
        case ForObject():
            return for_object(expr, scope, evaluate)
        case Refused(problem):
            raise EvaluationError(problem.summary, problem.detail, problem.subject)
        case _:
            from typing import assert_never

            assert_never(expr)


def _literal(value: object) -> Value:
    match value:
        case None:
            return NULL
        case bool():
            return boolean(value)
        case _:
            return number(value)  # type: ignore[arg-type]  # the node holds nothing else


# --- references --------------------------------------------------------------------------------


def _reference(expr: Expr, scope: Scope) -> Value:
    """A name and the steps into it: as many as the name's meaning takes, the rest into its value."""
    root, steps = unfold(expr)
    if not isinstance(root, Name):
        value, taken = evaluate(root, scope), 0
    elif root.name in scope.bindings:
        value, taken = scope.bindings[root.name], 0
    else:
        value, taken = scope.symbols.resolve(root.name, steps, scope, root.range)
    for step in steps[taken:]:
        value = scope.symbols.settle(apply_step(value, step, scope))
    return value


def apply_step(value: Value, step: Step, scope: Scope) -> Value:
    if isinstance(step, AttrStep):
        return traversal.attribute(value, step.name, step.range)
    return traversal.index(value, evaluate(step.key, scope), step.range)


def _splat(expr: Splat, scope: Scope) -> Value:
    collection = evaluate(expr.object, scope)
    return splat(collection, lambda item: evaluate(expr.each, scope.at_item(item)), expr.object.range)


def _splat_item(scope: Scope, at: SourceRange) -> Value:
    if scope.item is None:
        raise EvaluationError("Invalid expression", "A splat element stands outside of a splat.", at)
    return scope.item


# --- calls -------------------------------------------------------------------------------------


def _call(expr: Call, scope: Scope) -> Value:
    match expr.name.removeprefix("core::"):
        case "try":
            return try_each(expr, scope, evaluate)
        case "can":
            return can(expr, scope, evaluate)
        case "templatestring":
            _check_template(expr)
    if expr.name.startswith("provider::"):
        scope.symbols.check_provider(expr.name.split("::")[1], expr.range)
    arguments = [evaluate(item, scope) for item in expr.arguments]
    if expr.expand_final:
        expanded = _expand_final(arguments, expr)
        if expanded is None:
            return derived(ANY, Applied(f"{expr.name}...", tuple(arguments)), arguments)
        arguments = expanded
    return call(expr.name, arguments, scope.context, expr.range)


def _check_template(expr: Call) -> None:
    """templatestring() takes only a reference as its template, whatever the reference's value is."""
    problem = refusal_of_template(expr.arguments[0]) if expr.arguments else None
    if problem:
        detail = f'Invalid value for "template" parameter: {problem}.'
        raise EvaluationError("Invalid function argument", detail, expr.arguments[0].range)


def _expand_final(arguments: list[Value], expr: Call) -> list[Value] | None:
    """The arguments with the last one, a list, set or tuple, spread out; None if it is not known."""
    last = arguments[-1]
    if last.is_unknown and last.type is ANY:
        return None
    if last.is_null or not isinstance(last.type, ListOf | SetOf | TupleOf):
        detail = "The expansion symbol ... needs a list, tuple or set as final argument."
        raise EvaluationError("Invalid expanding argument value", detail, expr.arguments[-1].range)
    if last.is_unknown:
        return None
    return [*arguments[:-1], *(item.marked(last.marks) for item in last.elements)]


# --- objects -----------------------------------------------------------------------------------


def _object(expr: ObjectExpr, scope: Scope) -> Value:
    pairs = [(_object_key(item.key, scope), evaluate(item.value, scope)) for item in expr.items]
    return build_object(pairs, expr.range)


def _object_key(key: Expr, scope: Scope) -> Value:
    if isinstance(key, Name):
        return string(key.name)
    value = evaluate(key, scope)
    try:
        converted = convert(value, STRING)
    except ConversionError as problem:
        raise EvaluationError(
            "Incorrect key type", f"Can't use this value as a key: {problem}.", key.range
        ) from None
    if converted.is_null:
        raise EvaluationError("Null value as key", "Can't use a null value as a key.", key.range)
    return converted
