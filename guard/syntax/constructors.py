"""Reads what stands in brackets and braces: tuples, objects, and `for` expressions."""

from __future__ import annotations

from guard.syntax.cursor import Cursor
from guard.syntax.lexer import NAME, NEWLINE
from guard.syntax.nodes import (
    Expr,
    ForObject,
    ForTuple,
    Literal,
    Name,
    ObjectExpr,
    ObjectItem,
    TupleExpr,
)

_KEYWORDS = {True: "true", False: "false", None: "null"}
_INVALID_FOR = "Invalid 'for' expression"


def read_brackets(cursor: Cursor) -> TupleExpr | ForTuple:
    """A tuple, or a `for` that makes one."""
    start = cursor.start
    outside = cursor.enter(newlines_count=False)
    if cursor.is_name("for"):
        made = _for(cursor, start, outside, "]")
        assert isinstance(made, ForTuple)
        return made
    items: list[Expr] = []
    height = 0
    while cursor.kind != "]":
        items.append(cursor.expression())
        height = max(height, cursor.height)
        if cursor.kind != "]":
            _comma(cursor, start)
    cursor.leave(outside)
    cursor.grown(height)
    return TupleExpr(tuple(items), cursor.range(start))


def _comma(cursor: Cursor, start: int) -> None:
    if cursor.at_end:
        raise cursor.problem(
            "Unterminated tuple constructor expression",
            "There is no corresponding closing bracket before the end of the file.",
            cursor.range(start, start + 1),
        )
    cursor.expect(",", "Missing item separator", "Expected a comma to mark the beginning of the next item.")
    cursor.advance()


def read_braces(cursor: Cursor) -> ObjectExpr | ForObject:
    """An object, or a `for` that makes one. A first key named `for` is always taken as the latter."""
    start = cursor.start
    if cursor.next_name_is("for"):
        outside = cursor.enter(newlines_count=False)
        made = _for(cursor, start, outside, "}")
        assert isinstance(made, ForObject)
        return made
    outside = cursor.enter(newlines_count=True)
    items: list[ObjectItem] = []
    height = 0
    while cursor.kind != "}":
        if cursor.kind == NEWLINE:
            cursor.advance()
            continue
        items.append(_item(cursor, start))
        height = max(height, cursor.height)
        if cursor.kind != "}":
            _separator(cursor, start)
    cursor.leave(outside)
    cursor.grown(height)
    return ObjectExpr(tuple(items), cursor.range(start))


def _item(cursor: Cursor, start: int) -> ObjectItem:
    key = cursor.expression()
    height = cursor.height
    if isinstance(key, Literal) and (key.value is None or isinstance(key.value, bool)):
        key = Name(_KEYWORDS[key.value], key.range)
    if cursor.kind not in {"=", ":"}:
        raise _no_equals(cursor, start)
    cursor.advance()
    value = cursor.expression()
    cursor.height = max(height, cursor.height)
    return ObjectItem(key, value)


def _no_equals(cursor: Cursor, start: int) -> Exception:
    if cursor.at_end:
        return _unterminated(cursor, start)
    if cursor.kind in {NEWLINE, ","}:
        return cursor.problem(
            "Missing attribute value", 'Expected an attribute value, introduced by an equals sign ("=").'
        )
    return cursor.problem(
        "Missing key/value separator",
        'Expected an equals sign ("=") to mark the beginning of the attribute value. Write a name that holds'
        " periods or spaces in quotes.",
    )


def _separator(cursor: Cursor, start: int) -> None:
    if cursor.at_end:
        raise _unterminated(cursor, start)
    if cursor.kind not in {",", NEWLINE}:
        raise cursor.problem(
            "Missing attribute separator",
            "Expected a newline or comma to mark the beginning of the next attribute.",
        )
    cursor.advance()


def _unterminated(cursor: Cursor, start: int) -> Exception:
    return cursor.problem(
        "Unterminated object constructor expression",
        "There is no corresponding closing brace before the end of the file.",
        cursor.range(start, start + 1),
    )


def _for(cursor: Cursor, start: int, outside: bool, closer: str) -> ForTuple | ForObject:
    """From `for` to the closing bracket."""
    cursor.advance()
    key, value = read_for_names(cursor, _INVALID_FOR, "For expression")
    collection = cursor.expression()
    heights = [cursor.height]
    cursor.expect(":", _INVALID_FOR, "For expression requires a colon after the collection expression.")
    cursor.advance()
    results = [cursor.expression()]
    heights.append(cursor.height)
    if cursor.kind == "=>":
        cursor.advance()
        results.append(cursor.expression())
        heights.append(cursor.height)
    group = cursor.kind == "..."
    if group:
        cursor.advance()
    condition = None
    if cursor.is_name("if"):
        cursor.advance()
        condition = cursor.expression()
        heights.append(cursor.height)
    cursor.expect(closer, _INVALID_FOR, "Extra characters after the end of the 'for' expression.")
    _check_results(cursor, results, group, closer)
    cursor.leave(outside)
    cursor.grown(max(heights))
    place = cursor.range(start)
    if closer == "]":
        return ForTuple(key, value, collection, results[0], condition, place)
    return ForObject(key, value, collection, results[0], results[1], group, condition, place)


def _check_results(cursor: Cursor, results: list[Expr], group: bool, closer: str) -> None:
    if closer == "}":
        if len(results) == 1:
            raise cursor.problem(
                _INVALID_FOR, "Key expression is required when building an object.", results[0].range
            )
    elif len(results) > 1:
        raise cursor.problem(
            _INVALID_FOR, "Key expression is not valid when building a tuple.", results[0].range
        )
    elif group:
        raise cursor.problem(_INVALID_FOR, "Grouping ellipsis (...) cannot be used when building a tuple.")


def read_for_names(cursor: Cursor, summary: str, what: str) -> tuple[str | None, str]:
    """The names between `for` and `in`, and `in` itself: the key's if there are two, and the value's."""
    cursor.expect(NAME, summary, f"{what} requires variable name after 'for'.")
    key, value = None, cursor.take()
    if cursor.kind == ",":
        cursor.advance()
        cursor.expect(NAME, summary, f"{what} requires value variable name after comma.")
        key, value = value, cursor.take()
    if not cursor.is_name("in"):
        raise cursor.problem(summary, f"{what} requires the 'in' keyword after its name declarations.")
    cursor.advance()
    return key, value
