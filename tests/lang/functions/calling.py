"""Evaluates recorded expressions that are nothing but calls of functions on literals, and compares.

A stand-in for the evaluator that knows no references but the `local` values of the recordings' prelude.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from decimal import Decimal
from pathlib import Path
from typing import Any

from guard.lang.budget import Budget
from guard.lang.functions.call import call
from guard.lang.functions.context import Files
from guard.lang.functions.json_writer import json_pieces
from guard.lang.functions.template_rules import refusal_of_template
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
from guard.values.unknown import Input, Kind, Refinement
from guard.values.value import (
    SENSITIVE,
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
from tests.truth.expressions import FOLDER, Topic, read, topics


class NotACallError(Exception):
    """The expression needs the real evaluator."""


def world(directory: Path = Path("/nowhere")) -> Files:
    """What functions may use: a directory that is the workspace, too."""
    return Files(Budget(), directory, directory)


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
    "tpl": string("hi ${name}:%{ for x in l } ${x}%{ endfor }"),
    "tplnum": string("${1 + 2}"),
    "tplbad": string("${"),
    "tplsens": string("x").marked(SENSITIVE),
}
NEED_THE_EVALUATOR = {"try", "can", "core::try", "core::can"}


def evaluate(text: str, where: Files | None = None) -> Value:
    """The value of an expression made of calls and literals."""
    return _value(read_expression(SourceFile("main.tf", text)), where or world())


def _value(expr: Expr, where: Files) -> Value:
    match expr:
        case Literal():
            return _literal(expr)
        case Parentheses(expr=inner):
            return _value(inner, where)
        case Unary(operator="-", operand=Literal() as operand):
            return number(negate(_literal(operand).number))
        case TupleExpr(items=items):
            return tuple_of(_value(item, where) for item in items)
        case ObjectExpr(items=items):
            return object_of(dict(_item(item, where) for item in items))
        case Template(parts=parts):
            return _template(parts, where)
        case GetAttr(object=Name(name="local"), name=name) if name in LOCALS:
            return LOCALS[name]
        case Call(name="templatestring", arguments=[given, *_]) if refusal_of_template(given):
            problem = f'Invalid value for "template" parameter: {refusal_of_template(given)}.'
            raise EvaluationError("Invalid function argument", problem, expr.range)
        case Call(name=name, arguments=arguments, expand_final=False) if name not in NEED_THE_EVALUATOR:
            return call(name, [_value(item, where) for item in arguments], where, expr.range)
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


def _item(item: ObjectItem, where: Files) -> tuple[str, Value]:
    key = string(item.key.name) if isinstance(item.key, Name) else _value(item.key, where)
    return convert(key, STRING).text, _value(item.value, where)


def _template(parts: tuple[Any, ...], where: Files) -> Value:
    if len(parts) == 1 and isinstance(parts[0], Interpolation):
        return _value(parts[0].expr, where)
    return joined(_part(part, where) for part in parts)


def _part(part: Any, where: Files) -> str | Value:
    match part:
        case Text(value=text):
            return text
        case Interpolation(expr=expr):
            return convert(_value(expr, where), STRING)
        case _:
            raise NotACallError(part)


# --- comparing with the recordings -------------------------------------------------------------


def answer(text: str, where: Files | None = None) -> Mapping[str, Any]:
    """What we make of an expression, in the form of the recordings."""
    try:
        value = evaluate(text, where)
    except EvaluationError as refused:
        detail = refused.diagnostic.detail.split("\n")[0]
        return {"error": f"{refused.diagnostic.summary}: {detail}"}
    if not wholly_known(value):
        return {"unknown": True}
    written = "".join(map(str, json_pieces(value, Budget())))
    return {"v": json.loads(written, parse_float=Decimal)}


def call_with(name: str, *arguments: Value, where: Files | None = None) -> Value:
    """The result of a call with these values."""
    source = SourceFile("main.tf", name)
    return call(name, arguments, where or world(), SourceRange(source, 0, len(name)))


def recorded_calls(names: str, without: Set[str] = frozenset()) -> list[tuple[str, Mapping[str, Any]]]:
    """The recorded expressions that are a call of one of these functions, with Terraform's answers.

    Not those refused for a sensitive argument, for which we show no reason: they are asked for elsewhere.
    """
    wanted = set(names.split())
    return [
        (expression, expected)
        for topic in topics()
        if not topic.files
        for expression, expected in _calls(topic)
        if expression.split("(")[0] in wanted and expression not in without
        if not ("error" in expected and "sensitive(" in expression)
    ]


def recorded_in(name: str) -> tuple[Topic, list[tuple[str, Mapping[str, Any]]]]:
    """A topic with files, and its expressions that are calls, with Terraform's answers."""
    topic = read(FOLDER / f"{name}.json")
    return topic, _calls(topic)


def _calls(topic: Topic) -> list[tuple[str, Mapping[str, Any]]]:
    return [
        (case["expr"], {key: case[key] for key in case if key != "expr"})
        for case in topic.cases
        if _is_call(case["expr"])
    ]


def _is_call(text: str) -> bool:
    try:
        return _all_calls(read_expression(SourceFile("main.tf", text)))
    except SyntaxProblem:
        return False


def _all_calls(expr: Any) -> bool:
    match expr:
        case Literal() | Text():
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
            return all(
                (isinstance(item.key, Name) or _all_calls(item.key)) and _all_calls(item.value)
                for item in items
            )
        case Call(name=name, arguments=arguments, expand_final=False):
            return name not in NEED_THE_EVALUATOR and all(map(_all_calls, arguments))
        case _:
            return False
