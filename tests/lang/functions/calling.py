"""Evaluates recorded expressions that are nothing but calls of functions on literals, and compares.

A stand-in for the evaluator that knows no references but the `local` values of the recordings' prelude.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from guard.lang.budget import Budget
from guard.lang.functions.call import call
from guard.lang.functions.json_writer import json_pieces
from guard.source import SourceFile, SourceRange
from guard.syntax.errors import SyntaxProblem
from guard.syntax.nodes import (
    Call,
    Expr,
    GetAttr,
    Interpolation,
    Literal,
    Name,
    ObjectExpr,
    ObjectItem,
    Parentheses,
    Template,
    Text,
    TupleExpr,
    Unary,
)
from guard.syntax.reader import read_expression
from guard.values.convert import convert
from guard.values.errors import EvaluationError
from guard.values.joined import joined
from guard.values.numbers import negate, rounded
from guard.values.types import ANY, BOOL, NUMBER, STRING, ListOf, MapOf, SetOf, Type
from guard.values.value import (
    SENSITIVE,
    Input,
    Kind,
    Refinement,
    Value,
    boolean,
    null,
    number,
    object_of,
    string,
    tuple_of,
    unknown,
    wholly_known,
)
from tests.truth.expressions import topics


class NotACallError(Exception):
    """The expression needs the real evaluator."""


@dataclass
class World:
    """What functions may use of the world, for tests: a directory and a counter."""

    working_directory: Path = Path("/nowhere")
    boundary: Path = Path("/nowhere")
    budget: Budget = field(default_factory=Budget)
    counter: Any = field(default_factory=itertools.count)

    def fresh(self) -> int:
        return next(self.counter)

    def render(self, template: str, name: str, variables: Value) -> Value:
        raise NotACallError(template, name, variables)


def at_apply(type: Type, name: str, *, not_null: bool = False) -> Value:
    why = "terraform_data.u.id is known only at apply"
    return unknown(type, Kind.AT_APPLY, Input(name), why, refinement=Refinement(not_null=not_null))


NEED_THE_EVALUATOR = {"try", "can", "templatefile", "templatestring", "core::try", "core::can"}
LOCALS = {
    "unk": at_apply(STRING, "unk", not_null=True),
    "unkl": at_apply(ListOf(STRING), "unkl", not_null=True),
    "unkd": at_apply(ANY, "unkd"),
    "unkn": at_apply(NUMBER, "unkn"),
    "unkb": at_apply(BOOL, "unkb"),
    "unks": at_apply(SetOf(STRING), "unks"),
    "unkm": at_apply(MapOf(STRING), "unkm"),
    "sens": string("s3cret").marked(SENSITIVE),
}


def evaluate(text: str, world: World | None = None) -> Value:
    """The value of an expression made of calls and literals."""
    return _value(read_expression(SourceFile("main.tf", text)), world or World())


def _value(expr: Expr, world: World) -> Value:
    match expr:
        case Literal():
            return _literal(expr)
        case Parentheses(expr=inner):
            return _value(inner, world)
        case Unary(operator="-", operand=Literal() as operand):
            return number(negate(_literal(operand).number))
        case TupleExpr(items=items):
            return tuple_of(_value(item, world) for item in items)
        case ObjectExpr(items=items):
            return object_of(dict(_item(item, world) for item in items))
        case Template(parts=parts):
            return _template(parts, world)
        case GetAttr(object=Name(name="local"), name=name) if name in LOCALS:
            return LOCALS[name]
        case Call(name=name, arguments=arguments, expand_final=False) if name not in NEED_THE_EVALUATOR:
            return call(name, [_value(item, world) for item in arguments], world, expr.range)
        case _:
            raise NotACallError(expr)


def _literal(expr: Literal) -> Value:
    match expr.value:
        case None:
            return null()
        case bool(truth):
            return boolean(truth)
        case amount:
            return number(rounded(amount))


def _item(item: ObjectItem, world: World) -> tuple[str, Value]:
    key = string(item.key.name) if isinstance(item.key, Name) else _value(item.key, world)
    return convert(key, STRING).text, _value(item.value, world)


def _template(parts: tuple[Any, ...], world: World) -> Value:
    if len(parts) == 1 and isinstance(parts[0], Interpolation):
        return _value(parts[0].expr, world)
    return joined(_part(part, world) for part in parts)


def _part(part: Any, world: World) -> str | Value:
    match part:
        case Text(value=text):
            return text
        case Interpolation(expr=expr):
            return convert(_value(expr, world), STRING)
        case _:
            raise NotACallError(part)


# --- comparing with the recordings -------------------------------------------------------------


def answer(text: str, world: World | None = None) -> Mapping[str, Any]:
    """What we make of an expression, in the form of the recordings."""
    try:
        value = evaluate(text, world)
    except EvaluationError as refused:
        detail = refused.diagnostic.detail.split("\n")[0]
        return {"error": f"{refused.diagnostic.summary}: {detail}"}
    if not wholly_known(value):
        return {"unknown": True}
    written = "".join(map(str, json_pieces(value, Budget())))
    return {"v": json.loads(written, parse_float=Decimal)}


def call_with(name: str, *arguments: Value, world: World | None = None) -> Value:
    """The result of a call with these values."""
    source = SourceFile("main.tf", name)
    return call(name, arguments, world or World(), SourceRange(source, 0, len(name)))


def recorded_calls(names: str, without: Set[str] = frozenset()) -> list[tuple[str, Mapping[str, Any]]]:
    """The recorded expressions that are a call of one of these functions, with Terraform's answers."""
    wanted = set(names.split())
    return [
        (expression, expected)
        for expression, expected in _recorded()
        if expression.split("(")[0] in wanted and expression not in without
    ]


@cache
def _recorded() -> list[tuple[str, Mapping[str, Any]]]:
    found = []
    for topic in topics():
        for case in topic.cases if not topic.files else ():
            if _is_call(case["expr"]):
                found.append((case["expr"], {key: case[key] for key in case if key != "expr"}))
    return found


def _is_call(text: str) -> bool:
    try:
        return _all_calls(read_expression(SourceFile("main.tf", text)))
    except SyntaxProblem:
        return False


def _all_calls(expr: Any) -> bool:
    match expr:
        case Literal() | Name() | Text():
            return True
        case GetAttr(object=Name(name="local"), name=name):
            return name in LOCALS
        case Parentheses(expr=inner) | Interpolation(expr=inner):
            return _all_calls(inner)
        case Unary(operator="-", operand=Literal()):
            return True
        case TupleExpr(items=items) | Template(parts=items):
            return all(map(_all_calls, items))
        case ObjectExpr(items=items):
            return all(_all_calls(item.key) and _all_calls(item.value) for item in items)
        case Call(name=name, arguments=arguments, expand_final=False):
            return name not in NEED_THE_EVALUATOR and all(map(_all_calls, arguments))
        case _:
            return False
