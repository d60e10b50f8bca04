"""Reads templates: quoted strings, heredocs and texts that are a template as a whole.

First the flat row of pieces, in which `~` and the indentation of `<<-` are settled; then the tree that
the directives span. Both follow HashiCorp's parser, whose rules work on its own pieces of text (one
for each line of a heredoc): https://github.com/hashicorp/hcl/blob/main/hclsyntax/parser_template.go
"""

from __future__ import annotations

from guard.records import dataclass
from guard.syntax.characters import SPACE
from guard.syntax.constructors import read_for_names
from guard.syntax.cursor import Cursor
from guard.syntax.escapes import unescape, unescape_line
from guard.syntax.lexer import (
    CLOSE_HEREDOC,
    CLOSE_QUOTE,
    CLOSE_TEMPLATE,
    DIRECTIVE,
    END,
    FLUSH_HEREDOC,
    INTERPOLATION,
    NAME,
    OPEN_QUOTE,
    TEXT,
)
from guard.syntax.nodes import Expr, Interpolation, Template, TemplateFor, TemplateIf, TemplatePart, Text


@dataclass(slots=True)
class _Text:
    value: str
    start: int
    end: int


@dataclass(slots=True)
class _Directive:
    """`%{ if … }`, `%{ for … }`, and the ones that end them: keyword is else, endif or endfor."""

    keyword: str
    start: int
    end: int
    expr: Expr | None = None
    key: str | None = None
    value: str = ""
    height: int = 0


@dataclass(slots=True)
class _Row:
    """The pieces of a template; trim: the text that follows loses the space at its start."""

    pieces: list[_Text | _Directive | Interpolation]
    trim: bool = False
    height: int = 0


def read_quoted(cursor: Cursor) -> Template:
    """A quoted string that holds escapes or templates."""
    return _read(cursor, CLOSE_QUOTE)


def read_heredoc(cursor: Cursor) -> Template:
    return _read(cursor, CLOSE_HEREDOC)


def read_whole(cursor: Cursor) -> Template:
    """A text that is a template from its start to its end."""
    cursor.deeper()
    start = cursor.start
    return _template(cursor, _row(cursor, END), start)


def read_label(cursor: Cursor) -> str:
    """A quoted block label, in which templates are not allowed."""
    cursor.advance()
    parts = []
    while cursor.kind == TEXT:
        parts.append(unescape(cursor.text, cursor))
        cursor.advance()
    if cursor.kind in {INTERPOLATION, DIRECTIVE}:
        sign = cursor.text[0]
        raise cursor.problem(
            "Invalid string literal",
            f'Template sequences are not allowed in this string. To include a literal "{sign}", double it'
            f' (as "{sign}{sign}") to escape it.',
        )
    cursor.expect(CLOSE_QUOTE, "Unterminated string literal", "Unable to find the closing quote mark.")
    cursor.advance()
    return "".join(parts)


def _read(cursor: Cursor, closer: str) -> Template:
    cursor.deeper()
    start, flush = cursor.start, cursor.kind == FLUSH_HEREDOC
    cursor.advance()
    row = _row(cursor, closer)
    cursor.advance()
    if flush:
        _unindent(row.pieces)
    template = _template(cursor, row, start)
    cursor.shallower()
    return template


def _row(cursor: Cursor, closer: str) -> _Row:
    """The pieces up to the closing token."""
    row = _Row([])
    decode = unescape if closer == CLOSE_QUOTE else unescape_line
    while cursor.kind != closer:
        if cursor.kind == TEXT:
            value = decode(cursor.text, cursor)
            trimmed = value.lstrip(SPACE) if row.trim else value
            row.pieces.append(_Text(trimmed, cursor.start, cursor.end))
            row.trim = False
            cursor.advance()
        else:
            # The lexer has refused what is not closed.
            assert cursor.kind in {INTERPOLATION, DIRECTIVE}
            _sequence(cursor, row)
    return row


def _sequence(cursor: Cursor, row: _Row) -> None:
    """`${ … }` or `%{ … }`, with what its `~` do to the texts beside it."""
    previous = row.pieces[-1] if row.pieces else None
    if cursor.text.endswith("~") and isinstance(previous, _Text):
        previous.value = previous.value.rstrip(SPACE)
    start, interpolation = cursor.start, cursor.kind == INTERPOLATION
    outside = cursor.enter(newlines_count=False)
    if interpolation:
        expr = cursor.expression()
        _expect_close(cursor, start)
        piece: _Directive | Interpolation = Interpolation(expr, cursor.range(start, cursor.end))
    else:
        piece = _directive(cursor, start)
        cursor.expect(
            CLOSE_TEMPLATE,
            f"Extra characters in {piece.keyword} marker",
            "Expected a closing brace to end the sequence, but found extra characters.",
        )
        piece.end = cursor.end
        cursor.height = piece.height
    row.height = max(row.height, cursor.height)
    row.trim = cursor.text == "~}"
    row.pieces.append(piece)
    cursor.leave(outside)


def _expect_close(cursor: Cursor, start: int) -> None:
    if cursor.kind in {END, CLOSE_QUOTE, OPEN_QUOTE}:
        raise cursor.problem(
            "Unclosed template interpolation sequence",
            "This interpolation sequence has no closing brace. Quotes or brackets in it may not match.",
            cursor.range(start, start + 2),
        )
    cursor.expect(
        CLOSE_TEMPLATE,
        "Extra characters after interpolation expression",
        "Expected a closing brace to end the interpolation expression, but found extra characters. If the"
        ' sequence belongs to another language, escape it by starting with "$${" instead of just "${".',
    )


def _directive(cursor: Cursor, start: int) -> _Directive:
    cursor.expect(
        NAME,
        "Invalid template directive",
        'A template directive keyword ("if", "for", etc) is expected at the beginning of a %{ sequence.',
    )
    place = cursor.range(cursor.start, cursor.end)
    made = _Directive(cursor.take(), start, start)
    if made.keyword == "if":
        made.expr, made.height = cursor.expression(), cursor.height
    elif made.keyword == "for":
        made.key, made.value = read_for_names(cursor, "Invalid 'for' directive", "For directive")
        made.expr, made.height = cursor.expression(), cursor.height
    elif made.keyword not in {"else", "endif", "endfor"}:
        raise cursor.problem(
            "Invalid template control keyword",
            f'"{made.keyword}" is not a valid template control keyword.',
            place,
        )
    return made


def _unindent(pieces: list[_Text | _Directive | Interpolation]) -> None:
    """Take the common indentation off the lines of a `<<-` heredoc; blank lines do not count and stay."""
    fewest: int | None = None
    starts: list[_Text] = []
    line_start = True
    for piece in pieces:
        text = piece.value if isinstance(piece, _Text) else ""
        if line_start:
            spaces = len(text) - len(text.lstrip(SPACE))
            if not (spaces == len(text) and text.endswith("\n")):
                fewest = spaces if fewest is None else min(fewest, spaces)
                if isinstance(piece, _Text):
                    starts.append(piece)
        line_start = text.endswith("\n")
    for start in starts:
        start.value = _without(start.value, fewest or 0)


def _without(text: str, spaces: int) -> str:
    """The text after so many spaces, each with the combining marks that follow it: Go counts graphemes."""
    rest = text[spaces:]
    if spaces and rest and not rest[0].isascii():
        from unicodedata import category

        while rest and (category(rest[0]) in {"Mn", "Me", "Mc"} or rest[0] == "\u200d"):
            rest = rest[1:]
    return rest


# --- the tree ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """A directive that is not ended yet: its parts, and those before its else."""

    directive: _Directive | None
    parts: list[TemplatePart]
    then: list[TemplatePart] | None = None


def _template(cursor: Cursor, row: _Row, start: int) -> Template:
    """The tree of a row of pieces."""
    stack = [_Open(None, [])]
    deepest = 0
    for piece in _melded(row.pieces):
        if isinstance(piece, Interpolation):
            stack[-1].parts.append(piece)
        elif isinstance(piece, _Text):
            stack[-1].parts.append(Text(piece.value, cursor.range(piece.start, piece.end)))
        elif piece.expr is not None:
            stack.append(_Open(piece, []))
            deepest = max(deepest, len(stack))
            cursor.grown(deepest + row.height)
        else:
            _end_directive(cursor, stack, piece)
    if stack[-1].directive:
        keyword = stack[-1].directive.keyword
        raise cursor.problem(
            "Unexpected end of template",
            f"The {keyword} directive is missing its corresponding end{keyword} directive.",
            cursor.range(stack[-1].directive.start, stack[-1].directive.end),
        )
    cursor.grown(deepest + row.height)
    return Template(tuple(stack[0].parts), cursor.range(start))


def _melded(pieces: list[_Text | _Directive | Interpolation]) -> list[_Text | _Directive | Interpolation]:
    """The pieces with neighbouring texts made one."""
    melded: list[_Text | _Directive | Interpolation] = []
    run: list[_Text] = []
    for piece in [*pieces, None]:
        if isinstance(piece, _Text):
            run.append(piece)
            continue
        if run:
            melded.append(_Text("".join(text.value for text in run), run[0].start, run[-1].end))
            run = []
        if piece is not None:
            melded.append(piece)
    return melded


def _end_directive(cursor: Cursor, stack: list[_Open], end: _Directive) -> None:
    """An else, endif or endfor."""
    inner = stack[-1]
    opened = inner.directive
    if opened and opened.keyword == "if" and end.keyword == "else" and inner.then is None:
        inner.then, inner.parts = inner.parts, []
    elif opened and opened.expr and end.keyword == f"end{opened.keyword}":
        stack.pop()
        stack[-1].parts.append(_made(opened, inner, opened.expr, cursor, end.end))
    else:
        raise cursor.problem(
            f"Unexpected {end.keyword} directive",
            "The control directives within this template are unbalanced.",
            cursor.range(end.start, end.end),
        )


def _made(opened: _Directive, inner: _Open, expr: Expr, cursor: Cursor, end: int) -> TemplateIf | TemplateFor:
    place = cursor.range(opened.start, end)
    if opened.keyword == "for":
        return TemplateFor(opened.key, opened.value, expr, tuple(inner.parts), place)
    if inner.then is None:
        return TemplateIf(expr, tuple(inner.parts), (), place)
    return TemplateIf(expr, tuple(inner.then), tuple(inner.parts), place)
