"""Which names an expression refers to, without evaluating it."""

from __future__ import annotations

from collections.abc import Iterator

from guard.syntax.nodes import (
    Binary,
    Call,
    Conditional,
    Expr,
    ForObject,
    ForTuple,
    GetAttr,
    Index,
    Interpolation,
    Literal,
    Name,
    ObjectExpr,
    Parentheses,
    Splat,
    Template,
    TemplateFor,
    TemplateIf,
    TemplatePart,
    TupleExpr,
    Unary,
)

NO_NAMES: frozenset[str] = frozenset()


def references(expr: Expr, bound: frozenset[str] = NO_NAMES) -> Iterator[Expr]:
    """The longest references in an expression: names with the attributes and literal indexes that follow.

    Names bound by an enclosing `for` are left out.
    """
    match expr:
        case Name(name):
            if name not in bound:
                yield expr
        case GetAttr() | Index():
            yield from _traversal(expr, bound)
        case Template(parts):
            yield from _in_template(parts, bound)
        case ForTuple() | ForObject():
            yield from _in_for(expr, bound)
        case _:
            for child in _children(expr):
                yield from references(child, bound)


def _traversal(expr: GetAttr | Index, bound: frozenset[str]) -> Iterator[Expr]:
    if _is_traversal(expr):
        if first_name(expr) not in bound:
            yield expr
        return
    yield from references(expr.object, bound)
    if isinstance(expr, Index):
        yield from references(expr.key, bound)


def _is_traversal(expr: Expr) -> bool:
    while isinstance(expr, GetAttr | Index):
        if isinstance(expr, Index) and not _is_literal(expr.key):
            return False
        expr = expr.object
    return isinstance(expr, Name)


def _is_literal(key: Expr) -> bool:
    return isinstance(key, Literal) or (
        isinstance(key, Template) and not any(isinstance(part, Interpolation) for part in key.parts)
    )


def function_calls(expr: Expr) -> Iterator[Call]:
    """The function calls in an expression, outermost first; those inside of templates included."""
    if isinstance(expr, Call):
        yield expr
    for child in _children(expr) or _parts(expr):
        yield from function_calls(child)


def _parts(expr: Expr) -> tuple[Expr, ...]:
    """The expressions directly inside of those that bind names or hold text."""
    match expr:
        case Template(parts):
            return tuple(part.expr for part in parts if isinstance(part, Interpolation))
        case ForTuple(collection=collection, result=result):
            return (collection, result)
        case ForObject(collection=collection, result_key=key, result_value=value):
            return (collection, key, value)
        case GetAttr(object=inner):
            return (inner,)
        case Index(object=inner, key=key):
            return (inner, key)
        case _:
            return ()


def first_name(expr: Expr) -> str:
    """The name that a reference starts with."""
    while isinstance(expr, GetAttr | Index):
        expr = expr.object
    assert isinstance(expr, Name)
    return expr.name


def _in_template(parts: tuple[TemplatePart, ...], bound: frozenset[str]) -> Iterator[Expr]:
    for part in parts:
        match part:
            case Interpolation(expr):
                yield from references(expr, bound)
            case TemplateIf(condition, then, otherwise):
                yield from references(condition, bound)
                yield from _in_template((*then, *otherwise), bound)
            case TemplateFor(key, value, collection, body):
                yield from references(collection, bound)
                yield from _in_template(body, bound | {value} | ({key} if key else NO_NAMES))


def _in_for(expr: ForTuple | ForObject, bound: frozenset[str]) -> Iterator[Expr]:
    yield from references(expr.collection, bound)
    inner = bound | {expr.value} | ({expr.key} if expr.key else NO_NAMES)
    if isinstance(expr, ForTuple):
        yield from references(expr.result, inner)
    else:
        yield from references(expr.result_key, inner)
        yield from references(expr.result_value, inner)
    if expr.condition is not None:
        yield from references(expr.condition, inner)


def _children(expr: Expr) -> tuple[Expr, ...]:
    match expr:
        case Call(_, arguments):
            return arguments
        case Unary(_, operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Conditional(condition, then, otherwise):
            return (condition, then, otherwise)
        case Parentheses(inner):
            return (inner,)
        case TupleExpr(items):
            return items
        case ObjectExpr(items):
            return tuple(
                part
                for item in items
                for part in ((item.value,) if isinstance(item.key, Name) else (item.key, item.value))
            )
        case Splat(object, each):
            return (object, each)
        case _:
            return ()
