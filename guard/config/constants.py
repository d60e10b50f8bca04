"""Expressions that refer to nothing: defaults, flags, names."""

from __future__ import annotations

from fractions import Fraction

from guard.syntax.nodes import (
    Body,
    Expr,
    Literal,
    Name,
    ObjectExpr,
    Parentheses,
    Template,
    Text,
    TupleExpr,
    Unary,
)
from guard.values.errors import EvaluationError
from guard.values.text import nfc
from guard.values.value import NULL, Value, boolean, number, object_of, string, tuple_of


def plain_text(expr: Expr) -> str | None:
    """The text of a string literal without interpolation, else None."""
    if not isinstance(expr, Template):
        return None
    if not all(isinstance(part, Text) for part in expr.parts):
        return None
    return "".join(part.value for part in expr.parts if isinstance(part, Text))


def flag(body: Body, name: str, *, default: bool = False) -> bool:
    """A literal true or false argument."""
    attribute = body.attribute(name)
    if attribute is None:
        return default
    match attribute.expr:
        case Literal(bool(value)):
            return value
    return {"true": True, "false": False}.get(plain_text(attribute.expr) or "", default)


def constant(expr: Expr) -> Value:
    """The value of an expression of literals; raises EvaluationError for anything that needs evaluating.

    Defaults of optional attributes may refer to nothing and call nothing.
    """
    match expr:
        case Literal(value):
            return _literal(value)
        case Template() if (text := plain_text(expr)) is not None:
            return string(nfc(text))
        case Parentheses(inner):
            return constant(inner)
        case Unary("-", Literal(int() | Fraction() as value)):
            return number(-value)
        case TupleExpr(items):
            return tuple_of(map(constant, items))
        case ObjectExpr(items):
            return object_of({_key(item.key): constant(item.value) for item in items})
    raise EvaluationError("Invalid default value", "A default must be a constant value here.", expr.range)


def _literal(value: int | Fraction | bool | None) -> Value:
    if value is None:
        return NULL
    return boolean(value) if isinstance(value, bool) else number(value)


def _key(key: Expr) -> str:
    text = key.name if isinstance(key, Name) else plain_text(key)
    if text is None:
        raise EvaluationError("Invalid default value", "Keys must be constant here.", key.range)
    return nfc(text)
