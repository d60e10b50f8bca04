"""Reads expressions in native syntax: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#expressions"""

from __future__ import annotations

from guard.syntax.constructors import read_braces, read_brackets
from guard.syntax.cursor import Cursor
from guard.syntax.lexer import (
    FLUSH_HEREDOC,
    HEREDOC,
    NAME,
    NUMBER,
    OPEN_QUOTE,
    STRING,
)
from guard.syntax.nodes import (
    Binary,
    Call,
    Conditional,
    Expr,
    Literal,
    Name,
    Parentheses,
    Template,
    Text,
    Unary,
)
from guard.syntax.numbers import read_number
from guard.syntax.templates import read_heredoc, read_quoted
from guard.syntax.traversals import read_steps

_PRECEDENCE = {
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    ">": 4,
    ">=": 4,
    "<": 4,
    "<=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
}
_KEYWORDS = {"true": True, "false": False, "null": None}


def read_one(cursor: Cursor) -> Expr:
    """One expression, as much as belongs to it: the grammar that a cursor carries."""
    cursor.deeper()
    start = cursor.start
    expr = _binary(cursor, 1)
    if cursor.kind == "?":
        expr = _conditional(cursor, expr, start)
    cursor.shallower()
    return expr


def _conditional(cursor: Cursor, condition: Expr, start: int) -> Expr:
    height = cursor.height
    cursor.advance()
    then = read_one(cursor)
    height = max(height, cursor.height)
    cursor.expect(
        ":",
        "Missing false expression in conditional",
        "The conditional operator (...?...:...) requires a false expression, delimited by a colon.",
    )
    cursor.advance()
    otherwise = read_one(cursor)
    cursor.grown(max(height, cursor.height))
    return Conditional(condition, then, otherwise, cursor.range(start))


def _binary(cursor: Cursor, lowest: int) -> Expr:
    """Operands joined by operators that bind at least as tightly as `lowest`; all associate to the left."""
    start = cursor.start
    left = _operand(cursor)
    while (binds := _PRECEDENCE.get(cursor.kind, 0)) >= lowest:
        height = cursor.height
        operator = cursor.take()
        right = _binary(cursor, binds + 1)
        cursor.grown(max(height, cursor.height))
        left = Binary(operator, left, right, cursor.range(start))
    return left


def _operand(cursor: Cursor) -> Expr:
    start = cursor.start
    if cursor.kind in {"-", "!"}:
        cursor.deeper()
        operator = cursor.take()
        operand = _operand(cursor)
        cursor.shallower()
        cursor.grown(cursor.height)
        return Unary(operator, operand, cursor.range(start))
    return read_steps(cursor, _term(cursor), start)


def _term(cursor: Cursor) -> Expr:
    start, kind = cursor.start, cursor.kind
    cursor.height = 0
    if kind == NAME:
        return _name(cursor, start)
    if kind == STRING:
        text = cursor.take()[1:-1]
        place = cursor.range(start)
        return Template((Text(text, cursor.range(start + 1, place.end - 1)),) if text else (), place)
    if kind == NUMBER:
        return read_number(cursor)
    if kind == OPEN_QUOTE:
        return read_quoted(cursor)
    if kind in {HEREDOC, FLUSH_HEREDOC}:
        return read_heredoc(cursor)
    if kind == "(":
        return _parentheses(cursor, start)
    if kind == "[":
        return read_brackets(cursor)
    if kind == "{":
        return read_braces(cursor)
    raise _no_expression(cursor)


def _no_expression(cursor: Cursor) -> Exception:
    if cursor.at_end:
        return cursor.problem(
            "Missing expression", "Expected the start of an expression, but found the end of the file."
        )
    return cursor.problem(
        "Invalid expression", "Expected the start of an expression, but found an invalid expression token."
    )


def _parentheses(cursor: Cursor, start: int) -> Parentheses:
    outside = cursor.enter(newlines_count=False)
    expr = read_one(cursor)
    cursor.expect(
        ")", "Unbalanced parentheses", "Expected a closing parenthesis to terminate the expression."
    )
    cursor.leave(outside)
    cursor.grown(cursor.height)
    return Parentheses(expr, cursor.range(start))


def _name(cursor: Cursor, start: int) -> Expr:
    name = cursor.take()
    if cursor.kind in {"(", "::"}:
        return _call(cursor, name, start)
    if name in _KEYWORDS:
        return Literal(_KEYWORDS[name], cursor.range(start))
    return Name(name, cursor.range(start))


def _call(cursor: Cursor, name: str, start: int) -> Call:
    while cursor.kind == "::":
        cursor.advance()
        cursor.expect(NAME, "Missing function name", "The symbol :: must be followed by a function name.")
        name += "::" + cursor.take()
    cursor.expect(
        "(", "Missing open parenthesis", "A function's name must be followed by an open parenthesis."
    )
    outside = cursor.enter(newlines_count=False)
    arguments: list[Expr] = []
    height, expand = 0, False
    while cursor.kind != ")" and not expand:
        arguments.append(read_one(cursor))
        height = max(height, cursor.height)
        if cursor.kind == "...":
            expand = True
            cursor.advance()
            cursor.expect(
                ")",
                "Missing closing parenthesis",
                "An expanded function argument (with ...) must be followed by a closing parenthesis.",
            )
        elif cursor.kind != ")":
            _argument_separator(cursor, start)
    cursor.leave(outside)
    cursor.grown(height)
    return Call(name, tuple(arguments), expand, cursor.range(start))


def _argument_separator(cursor: Cursor, start: int) -> None:
    if cursor.at_end:
        raise cursor.problem(
            "Unterminated function call",
            "There is no closing parenthesis for this function call before the end of the file.",
            cursor.range(start),
        )
    cursor.expect(
        ",",
        "Missing argument separator",
        "A comma is required to separate each function argument from the next.",
    )
    cursor.advance()
