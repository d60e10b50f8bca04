"""The place in a list of tokens where a parser stands, and how deep it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from guard.source import SourceFile, SourceRange
from guard.syntax.errors import SyntaxProblem
from guard.syntax.lexer import END, NAME, NEWLINE, Lexer
from guard.syntax.nodes import Expr

# No path from the root of a tree to a leaf is longer than about this, so that whoever walks a tree
# may recurse. Terraform has no limit; people stay below 30.
DEPTH = 400
# So many are read within seconds; people stay below 100,000 in a block.
_TOKENS = 400_000
_FRAMES_PER_LEVEL = 16


class Cursor:
    """Reads tokens one by one; where newlines do not count, it steps over them.

    kind, start: the kind of the current token and where it starts.
    previous_end: where the token before it ended, newlines that were stepped over left aside.
    height: how deep the expression read last is; see `grown`.
    whole: when set, every range is this one: the text was decoded and its offsets mean nothing.
    """

    __slots__ = (
        "_at",
        "_depth",
        "_ends",
        "_grammar",
        "_kinds",
        "_skip",
        "_starts",
        "height",
        "kind",
        "previous_end",
        "source",
        "start",
        "whole",
    )

    def __init__(
        self,
        tokens: Lexer,
        grammar: Callable[[Cursor], Expr],
        newlines_count: bool = True,
        whole: SourceRange | None = None,
    ) -> None:
        self.source: SourceFile = tokens.source
        self.whole = whole
        self.height = 0
        self._kinds = tokens.kinds
        self._starts = tokens.starts
        self._ends = tokens.ends
        self._grammar = grammar
        self._skip = not newlines_count
        self._depth = 0
        self._at = -1
        self.advance()
        if len(self._kinds) > _TOKENS:
            raise self.problem(
                "Too long", f"This has more than {_TOKENS:,} words and signs, which this tool does not read."
            )

    @property
    def end(self) -> int:
        """Where the current token ends."""
        return self._ends[self._at]

    @property
    def text(self) -> str:
        return self.source.text[self.start : self._ends[self._at]]

    def advance(self) -> None:
        at = self._at
        self.previous_end = self._ends[at]
        at += 1
        if self._skip:
            while self._kinds[at] == NEWLINE:
                at += 1
        self._at = at
        self.kind = self._kinds[at]
        self.start = self._starts[at]

    def take(self) -> str:
        """The text of the current token; steps over it."""
        text = self.text
        self.advance()
        return text

    def is_name(self, text: str) -> bool:
        return self.kind == NAME and self.text == text

    def expression(self) -> Expr:
        return self._grammar(self)

    def range(self, start: int, end: int | None = None) -> SourceRange:
        """From start to the end of the previous token, unless an end is given."""
        if self.whole:
            return self.whole
        return SourceRange(self.source, start, self.previous_end if end is None else end)

    # --- newlines: whether they count depends on the innermost bracket ----------------------------

    def enter(self, newlines_count: bool) -> bool:
        """Step over an opening bracket into its inside; returns what `leave` needs."""
        outside, self._skip = self._skip, not newlines_count
        self.advance()
        return outside

    def leave(self, outside: bool) -> None:
        """Step over a closing bracket, back to how newlines were taken outside."""
        self._skip = outside
        self.advance()

    def next_is(self, kind: str) -> bool:
        """Whether the token after the current one is of this kind."""
        kinds, at = self._kinds, self._at + 1
        while self._skip and kinds[at] == NEWLINE:
            at += 1
        return kinds[at] == kind

    def next_name_is(self, text: str) -> bool:
        """Whether this name follows the current token, newlines not counted."""
        kinds, at = self._kinds, self._at + 1
        while kinds[at] == NEWLINE:
            at += 1
        return kinds[at] == NAME and self.source.text[self._starts[at] : self._ends[at]] == text

    # --- depth ------------------------------------------------------------------------------------

    def deeper(self) -> None:
        """One level further in; `shallower` is called on the way out."""
        self._depth += 1
        if self._depth > DEPTH:
            raise self._too_deep()

    def shallower(self) -> None:
        self._depth -= 1

    def grown(self, height: int) -> None:
        """A node was made over parts of at most this height."""
        self.height = height + 1
        if height >= DEPTH:
            raise self._too_deep()

    def _too_deep(self) -> SyntaxProblem:
        return self.problem(
            "Nested too deeply",
            f"This is nested more than {DEPTH} levels deep, which this tool does not read.",
        )

    # --- problems ---------------------------------------------------------------------------------

    def problem(self, summary: str, detail: str, subject: SourceRange | None = None) -> SyntaxProblem:
        """A problem at the current token, unless another place is given."""
        return SyntaxProblem(summary, detail, subject or self.range(self.start, self.end))

    def expect(self, kind: str, summary: str, detail: str) -> None:
        """Refuse the current token unless it is of this kind; does not step over it."""
        if self.kind != kind:
            raise self.problem(summary, detail)

    @property
    def at_end(self) -> bool:
        return self.kind == END


@contextmanager
def room_to_recurse() -> Iterator[None]:
    """Lets the parser go `DEPTH` levels deep from wherever it is called.

    The parser's functions call each other directly, so that depth costs memory, not C stack.
    """
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(limit + DEPTH * _FRAMES_PER_LEVEL)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
