"""The comments of a file in native syntax, as the lexer sees them: text in strings and heredocs is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guard.records import dataclass
from guard.source import SourceFile, SourceRange
from guard.syntax.lexer import NEWLINE, Lexer

_COMMENT = re.compile(r"(?:\#|//)[^\n]*+|/\*(?s:.*?)\*/")
_MARKS = re.compile(r"[ \t\r]*+(?:/\*|\*(?!/)|//|\#)*+[ \t]*+")


@dataclass(frozen=True, slots=True)
class Comment:
    """range: with its marks. beside: whether there is code before it on its line."""

    range: SourceRange
    beside: bool

    @property
    def lines(self) -> Iterator[SourceRange]:
        """What is written on each of its lines, without the marks of a comment."""
        source, start = self.range.source, self.range.start
        for text in self.range.text.removesuffix("*/").split("\n"):
            marks = _MARKS.match(text)
            first = start + (marks.end() if marks else 0)
            yield SourceRange(source, first, max(first, start + len(text.rstrip())))
            start += len(text) + 1


def comments(source: SourceFile) -> tuple[Comment, ...]:
    """All comments, in order; raises SyntaxProblem where the file has no tokens."""
    lexer = Lexer(source, 0, len(source.text))
    lexer.run()
    found: list[Comment] = []
    last = 0
    for kind, start, end in zip(lexer.kinds, lexer.starts, lexer.ends, strict=True):
        if kind != NEWLINE:  # a comment up to the end of a line is part of a newline
            found += (
                _comment(source, *item.span(), code=last)
                for item in _COMMENT.finditer(source.text, last, start)
            )
            last = end
    return tuple(found)


def _comment(source: SourceFile, start: int, end: int, code: int) -> Comment:
    """code: where the code before the comment ends."""
    beside = code > 0 and "\n" not in source.text[code:start]
    return Comment(SourceRange(source, start, end), beside)
