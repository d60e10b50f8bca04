"""What Terraform goes on with after it refused an expression: a value of which only the type is known.

It matters where the refusal does not: in the branch of a conditional that is not taken, whose type
must fit the other's all the same.
https://github.com/hashicorp/hcl/blob/v2.23.0/hclsyntax/expression.go
"""

from __future__ import annotations

from collections.abc import Callable

from guard.lang import traversal
from guard.lang.comprehension import elements, kept
from guard.lang.scope import Scope
from guard.records import dataclass
from guard.syntax.nodes import (
    Binary,
    Conditional,
    Expr,
    ForObject,
    ForTuple,
    GetAttr,
    Index,
    Interpolation,
    Name,
    ObjectExpr,
    Parentheses,
    Splat,
    Template,
    TupleExpr,
    Unary,
)
from guard.values.convert import convert
from guard.values.errors import ConversionError, EvaluationError, FinalError
from guard.values.types import ANY, BOOL, NUMBER, STRING, ListOf, SetOf, TupleOf, Type
from guard.values.unify import common_type
from guard.values.unknown import Input, Kind
from guard.values.value import Value, object_of, tuple_of, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

Evaluate: TypeAlias = Callable[[Expr, Scope], Value]
_ARITHMETIC = frozenset("+-*/%")


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Where an expression was refused. What was tried already is not tried again."""

    problem: EvaluationError
    scope: Scope
    evaluate: Evaluate

    def part(self, expr: Expr, scope: Scope | None = None) -> Value:
        """The value of a part, or what is left of it when it is refused."""
        at = scope or self.scope
        if id(expr) in self.problem.through:
            return rest_of(expr, at, self.evaluate, self.problem)
        try:
            return self.evaluate(expr, at)
        except FinalError:
            raise
        except EvaluationError as own:
            return rest_of(expr, at, self.evaluate, own)


def rest_of(expr: Expr, scope: Scope, evaluate: Evaluate, problem: EvaluationError) -> Value:
    """What is left of an expression that was refused because of a problem."""
    if id(expr) not in problem.rests:
        problem.rests[id(expr)] = _rest_of(expr, _Refusal(problem, scope, evaluate))
    return problem.rests[id(expr)]


def of_type(type: Type, expr: Expr) -> Value:
    """A value of which only the type is known, for an expression that is refused."""
    term = Input(f"refused@{expr.range.source.path}:{expr.range.start}")
    return unknown(type, Kind.AT_APPLY, term, "the expression is refused")


def _rest_of(expr: Expr, refusal: _Refusal) -> Value:
    part = refusal.part
    match expr:
        case Parentheses(inner) | Template(parts=(Interpolation(inner),)):
            return part(inner)
        case Template():
            return of_type(STRING, expr)
        case Unary(operator) | Binary(operator):
            return of_type(NUMBER if operator in _ARITHMETIC else BOOL, expr)
        case TupleExpr(items):
            return tuple_of(map(part, items))
        case ObjectExpr():
            return _object(expr, part)
        case Conditional(_, then, otherwise):
            return of_type(common_type(part(then), part(otherwise)) or ANY, expr)
        case ForTuple() | ForObject():
            return _for(expr, refusal)
        case Splat(each=each):
            return _splat(expr, lambda item: part(each, refusal.scope.at_item(item)), refusal)
        case GetAttr() | Index():
            return _step(expr, part)
        case _:
            return of_type(ANY, expr)


def _key(value: Value) -> str | None:
    """The text of an object's key, if it is one and known."""
    try:
        text = convert(value, STRING).data
    except ConversionError:
        return None
    return text if isinstance(text, str) else None


def _object(expr: ObjectExpr, part: Callable[[Expr], Value]) -> Value:
    attributes = {}
    for item in expr.items:
        key = item.key.name if isinstance(item.key, Name) else _key(part(item.key))
        if key is None:
            return of_type(ANY, expr)
        attributes[key] = part(item.value)
    return object_of(attributes)


def _for(expr: ForTuple | ForObject, refusal: _Refusal) -> Value:
    try:
        scopes = _iterations(expr, refusal)
    except FinalError:
        raise
    except EvaluationError:
        scopes = None
    if scopes is None:
        return of_type(ANY, expr)
    if isinstance(expr, ForTuple):
        return tuple_of(refusal.part(expr.result, inner) for inner in scopes)
    groups: dict[str | None, list[Value]] = {}
    for inner in scopes:
        key = _key(refusal.part(expr.result_key, inner))
        groups.setdefault(key, []).append(refusal.part(expr.result_value, inner))
    attributes = {
        key: tuple_of(group) if expr.group else group[0] for key, group in groups.items() if key is not None
    }
    return of_type(ANY, expr) if None in groups else object_of(attributes)


def _iterations(expr: ForTuple | ForObject, refusal: _Refusal) -> list[Scope] | None:
    """The scopes of the elements that a `for` keeps, or None where they are not known."""
    collection = refusal.part(expr.collection)
    found = elements(collection, expr.collection.range)
    pairs = [] if found is None else list(kept(expr, found.pairs, refusal.scope, refusal.evaluate))
    if found is None or any(condition.is_unknown for _, condition in pairs):
        return None
    return [inner for inner, _ in pairs]


def _splat(expr: Splat, each: Callable[[Value], Value], refusal: _Refusal) -> Value:
    try:
        collection = refusal.evaluate(expr.object, refusal.scope)
    except FinalError:
        raise
    except EvaluationError:
        return of_type(ANY, expr)
    match collection.type:
        case ListOf(element) | SetOf(element):
            return of_type(ListOf(each(of_type(element, expr)).type), expr)
        case TupleOf(types):
            return tuple_of(each(of_type(type, expr)) for type in types)
    return tuple_of((each(of_type(collection.type, expr)),))


def _step(expr: GetAttr | Index, part: Callable[[Expr], Value]) -> Value:
    """An attribute or element of something that was refused in part."""
    if isinstance(expr.object, Name):
        return of_type(ANY, expr)
    whole = part(expr.object)
    try:
        if isinstance(expr, GetAttr):
            return traversal.attribute(whole, expr.name, expr.range)
        return traversal.index(whole, part(expr.key), expr.range)
    except EvaluationError:
        return of_type(ANY, expr)
