"""Turns a source text in HCL native syntax into our tree: the reader of record.

Grammar: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

from __future__ import annotations

from collections.abc import Callable

from guard.source import SourceFile, SourceRange
from guard.syntax.cursor import Cursor, room_to_recurse
from guard.syntax.errors import SyntaxProblem
from guard.syntax.expressions import read_one
from guard.syntax.lexer import END, NAME, NEWLINE, OPEN_QUOTE, STRING, Lexer
from guard.syntax.nodes import Attribute, Block, Body, Expr, Template
from guard.syntax.templates import read_label, read_whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    _T = TypeVar("_T")

_ITEM_REQUIRED = "Argument or block definition required"
_INVALID_SINGLE = "Invalid single-argument block definition"


def read_body(source: SourceFile) -> Body:
    """A whole file; raises SyntaxProblem."""
    return _reading(source, 0, None, _file)


def read_block(source: SourceFile, start: int, end: int) -> Block:
    """The one block that stands in this stretch of a file; raises SyntaxProblem."""
    return _reading(source, start, end, _only_block)


def read_header(source: SourceFile, start: int) -> tuple[str, tuple[str, ...], SourceRange, int]:
    """The header of the block that starts here: type, labels, its range, and where the brace is."""
    lexer = Lexer(source, start, len(source.text))
    lexer.run_header()
    cursor = Cursor(lexer, read_one)
    cursor.expect(NAME, _ITEM_REQUIRED, "An argument or block definition is required here.")
    end = cursor.end
    type = cursor.take()
    if cursor.kind == "=":
        raise cursor.problem(
            "Unsupported argument",
            f'An argument named "{type}" is not expected here.',
            cursor.range(start, end),
        )
    labels = _labels(cursor)
    return type, labels, cursor.range(start), cursor.start


def read_expression(
    source: SourceFile, start: int = 0, end: int | None = None, whole: SourceRange | None = None
) -> Expr:
    """An expression that fills this stretch of text, newlines not counted; raises SyntaxProblem.

    whole: as for `read_template`.
    """
    return _reading(source, start, end, _only_expression, newlines_count=False, whole=whole)


def read_template(
    source: SourceFile, start: int = 0, end: int | None = None, whole: SourceRange | None = None
) -> Template:
    """A stretch of text that is a template as a whole, as `templatefile` and JSON strings are.

    whole: the range of every node, for a text that was decoded from a place in another file.
    """
    return _reading(source, start, end, read_whole, bare=True, whole=whole)


def _reading(
    source: SourceFile,
    start: int,
    end: int | None,
    read: Callable[[Cursor], _T],
    *,
    bare: bool = False,
    newlines_count: bool = True,
    whole: SourceRange | None = None,
) -> _T:
    """Lex the stretch and let `read` make something of it."""
    lexer = Lexer(source, start, len(source.text) if end is None else end, bare)
    try:
        lexer.run()
        with room_to_recurse():
            return read(Cursor(lexer, read_one, newlines_count, whole))
    except SyntaxProblem as problem:
        if whole is None:
            raise
        raise SyntaxProblem(problem.diagnostic.summary, problem.diagnostic.detail, whole) from problem


def _file(cursor: Cursor) -> Body:
    return _body(cursor, END, 0)


def _only_block(cursor: Cursor) -> Block:
    start = cursor.start
    item = _item(cursor)
    if not isinstance(item, Block) or not cursor.at_end:
        raise cursor.problem(_ITEM_REQUIRED, "A block is required here.", cursor.range(start, cursor.end))
    return item


def _only_expression(cursor: Cursor) -> Expr:
    expr = read_one(cursor)
    cursor.expect(
        END,
        "Extra characters after expression",
        "An expression was successfully parsed, but extra characters were found after it.",
    )
    return expr


def _body(cursor: Cursor, closer: str, start: int) -> Body:
    """Arguments and blocks up to the closing token, which is not stepped over."""
    attributes: dict[str, Attribute] = {}
    blocks: list[Block] = []
    while cursor.kind != closer:
        if cursor.kind == NEWLINE:
            cursor.advance()
        elif cursor.kind == NAME:
            item = _item(cursor)
            if isinstance(item, Block):
                blocks.append(item)
            else:
                _add(attributes, item, cursor)
        else:
            raise _no_item(cursor, start)
    return Body(tuple(attributes.values()), tuple(blocks), cursor.range(start, cursor.end))


def _add(attributes: dict[str, Attribute], item: Attribute, cursor: Cursor) -> None:
    if item.name in attributes:
        raise cursor.problem(
            "Attribute redefined",
            f'The argument "{item.name}" was already set at {attributes[item.name].name_range}. Each argument'
            " may be set only once.",
            item.name_range,
        )
    attributes[item.name] = item


def _no_item(cursor: Cursor, start: int) -> SyntaxProblem:
    if cursor.at_end:
        return cursor.problem(
            "Unclosed configuration block",
            "There is no closing brace for this block before the end of the file. This may be caused by"
            " incorrect brace nesting elsewhere in this file.",
            cursor.range(start, start + 1),
        )
    if cursor.kind in {OPEN_QUOTE, STRING}:
        return cursor.problem("Invalid argument name", "Argument names must not be quoted.")
    return cursor.problem(_ITEM_REQUIRED, "An argument or block definition is required here.")


def _item(cursor: Cursor) -> Attribute | Block:
    """An argument or a block, with the newline that ends it."""
    start, name_end = cursor.start, cursor.end
    name = cursor.take()
    if cursor.kind == "=":
        return _attribute(cursor, name, cursor.range(start, name_end), ends_line=True)
    if cursor.kind in {OPEN_QUOTE, STRING, NAME, "{"}:
        return _block(cursor, name, start)
    raise cursor.problem(
        _ITEM_REQUIRED,
        'An argument or block definition is required here. To set an argument, use the equals sign "=" to'
        " introduce the argument value.",
        cursor.range(start, name_end),
    )


def _attribute(cursor: Cursor, name: str, place: SourceRange, ends_line: bool) -> Attribute:
    cursor.advance()
    expr = read_one(cursor)
    made = Attribute(name, expr, cursor.range(place.start), place)
    if ends_line:
        if cursor.kind == ",":
            raise cursor.problem(
                "Unexpected comma after argument",
                "Argument definitions must be separated by newlines, not commas.",
            )
        _end_line(cursor, "Missing newline after argument", "An argument definition must end with a newline.")
    return made


def _end_line(cursor: Cursor, summary: str, detail: str) -> None:
    if not cursor.at_end:
        cursor.expect(NEWLINE, summary, detail)
        cursor.advance()


def _block(cursor: Cursor, type: str, start: int) -> Block:
    labels = _labels(cursor)
    header = cursor.range(start)
    cursor.deeper()
    brace = cursor.start
    cursor.advance()
    read = _body if cursor.kind in {NEWLINE, "}", END} else _single
    body = read(cursor, "}", brace)
    cursor.shallower()
    cursor.advance()
    place = cursor.range(start)
    _end_line(cursor, "Missing newline after block definition", "A block definition must end with a newline.")
    return Block(type, labels, body, header, place)


def _labels(cursor: Cursor) -> tuple[str, ...]:
    """The labels up to the opening brace."""
    labels: list[str] = []
    while cursor.kind != "{":
        if cursor.kind == NAME:
            labels.append(cursor.take())
        elif cursor.kind == STRING:
            labels.append(cursor.take()[1:-1])
        elif cursor.kind == OPEN_QUOTE:
            labels.append(read_label(cursor))
        else:
            raise cursor.problem("Invalid block definition", _LABEL_DETAILS.get(cursor.kind, _LABEL_DETAIL))
    return tuple(labels)


_LABEL_DETAIL = 'Either a quoted string block label or an opening brace ("{") is expected here.'
_LABEL_DETAILS = {
    "=": 'The equals sign "=" indicates an argument definition, and must not be used when defining a block.',
    NEWLINE: 'A block definition must have block content delimited by "{" and "}", on the same line.',
}


def _single(cursor: Cursor, closer: str, brace: int) -> Body:
    """The one argument of a block on one line, up to the closing brace."""
    cursor.expect(NAME, _ITEM_REQUIRED, "An argument or block definition is required here.")
    place = cursor.range(cursor.start, cursor.end)
    name = cursor.take()
    if cursor.kind in {OPEN_QUOTE, STRING, NAME, "{"}:
        raise cursor.problem(
            "Argument definition required",
            "A single-line block definition can contain only a single argument. To define a nested block,"
            " place it on a line of its own within its parent block.",
            place,
        )
    cursor.expect(
        "=", _ITEM_REQUIRED, 'To set an argument, use the equals sign "=" to introduce the argument value.'
    )
    attribute = _attribute(cursor, name, place, ends_line=False)
    if cursor.at_end:
        raise _no_item(cursor, brace)
    cursor.expect(closer, _INVALID_SINGLE, _SINGLE_DETAILS.get(cursor.kind, _SINGLE_DETAIL))
    return Body((attribute,), (), cursor.range(brace, cursor.end))


_SINGLE_DETAIL = (
    "A single-line block definition must end with a closing brace immediately after its single argument."
)
_SINGLE_DETAILS = {
    ",": "Single-line block syntax can include only one argument definition. Put each on its own line.",
    NEWLINE: "A block with its argument definition on the same line must also be closed on that line.",
}
