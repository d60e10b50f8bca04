"""Reads what follows a term: attributes, indexes, splats."""

from __future__ import annotations

from guard.syntax.cursor import Cursor
from guard.syntax.lexer import NAME, NUMBER
from guard.syntax.nodes import Expr, GetAttr, Index, Splat, SplatItem
from guard.syntax.numbers import read_number


def read_steps(cursor: Cursor, object: Expr, start: int) -> Expr:
    """The term with every `.name`, `.0`, `[key]`, `.*` and `[*]` that follows it."""
    while True:
        if cursor.kind == ".":
            cursor.advance()
            object = (
                _attribute_splat(cursor, object, start) if cursor.kind == "*" else _dot(cursor, object, start)
            )
        elif cursor.kind == "[":
            object = _bracket(cursor, object, start)
        else:
            return object


def _dot(cursor: Cursor, object: Expr, start: int) -> Expr:
    """`.name`, or the legacy index `.0`; the dot is read already."""
    height = cursor.height
    if cursor.kind == NUMBER:
        if "." in cursor.text:
            raise cursor.problem(
                "Invalid legacy index syntax",
                "Two legacy indexes cannot be chained. Use the proper index syntax instead, like [0][1].",
            )
        key = read_number(cursor)
        cursor.grown(height)
        return Index(object, key, cursor.range(start))
    if cursor.kind == "*":
        raise cursor.problem(
            "Nested splat expression not allowed",
            "A splat expression (*) cannot be used inside another attribute-only splat expression.",
        )
    cursor.expect(NAME, "Invalid attribute name", "An attribute name is required after a dot.")
    name = cursor.take()
    cursor.grown(height)
    return GetAttr(object, name, cursor.range(start))


def _attribute_splat(cursor: Cursor, object: Expr, start: int) -> Splat:
    marker, height = cursor.start, cursor.height
    cursor.advance()
    each: Expr = SplatItem(cursor.range(marker))
    cursor.height = 0
    while cursor.kind == ".":
        cursor.advance()
        each = _dot(cursor, each, marker)
    cursor.grown(max(height, cursor.height))
    return Splat(object, each, False, cursor.range(start))


def _bracket(cursor: Cursor, object: Expr, start: int) -> Expr:
    height = cursor.height
    if cursor.next_is("*"):
        return _full_splat(cursor, object, start)
    outside = cursor.enter(newlines_count=False)
    key = cursor.expression()
    cursor.expect(
        "]", "Missing close bracket on index", 'The index operator must end with a closing bracket ("]").'
    )
    cursor.leave(outside)
    cursor.grown(max(height, cursor.height))
    return Index(object, key, cursor.range(start))


def _full_splat(cursor: Cursor, object: Expr, start: int) -> Splat:
    marker, height = cursor.start, cursor.height
    cursor.advance()
    cursor.advance()
    cursor.expect(
        "]",
        "Missing close bracket on splat index",
        'The star for a full splat operator must be immediately followed by a closing bracket ("]").',
    )
    cursor.advance()
    item = SplatItem(cursor.range(marker))
    cursor.height = 0
    cursor.deeper()
    each = read_steps(cursor, item, marker)
    cursor.shallower()
    cursor.grown(max(height, cursor.height))
    return Splat(object, each, True, cursor.range(start))
