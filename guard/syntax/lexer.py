"""Turns text in HCL native syntax into tokens.

The rules are those of HashiCorp's scanner, which is the only complete definition of the language:
https://github.com/hashicorp/hcl/blob/main/hclsyntax/scan_tokens.rl
"""

from __future__ import annotations

import re

from guard.records import dataclass, field
from guard.source import SourceFile, SourceRange
from guard.syntax.characters import SPACE, UNDECODABLE, WHY_BAD, continues_name
from guard.syntax.errors import SyntaxProblem

# The kinds of tokens. Operators and brackets are their own kind.
NAME = "name"
NUMBER = "number"
STRING = "string"  # a whole quoted string without escapes and templates
OPEN_QUOTE = '"'
CLOSE_QUOTE = "closing quote"
HEREDOC = "<<"
FLUSH_HEREDOC = "<<-"
CLOSE_HEREDOC = "end of heredoc"
TEXT = "text"  # a literal piece of a template
INTERPOLATION = "${"
DIRECTIVE = "%{"
CLOSE_TEMPLATE = "end of template sequence"
NEWLINE = "newline"
END = "end of file"

# Letters, digits and all that is not ASCII, written as what is left out: such a class compiles at once.
_IDENTIFIER = r"[^\x00-@\[-^`{-\x7f][^\x00-,./:-@\[-^`{-\x7f]*+"
_MAIN = re.compile(
    rf"""[ \t]*+(?:
      (?P<name>{_IDENTIFIER})
    | (?P<newline>\r?\n | (?:\#|//)[^\n]*+\n)
    | (?P<string>"[^"\\$%\r\n{UNDECODABLE}]*+")
    | (?P<number>[0-9](?:\.*+(?:[0-9]|[eE][+-]?[0-9]))*+)
    | (?P<symbol>==|!=|>=|<=|<(?!<-?{_IDENTIFIER}\r?\n)|&&|\|\||::|\.\.\.|=>|/(?![/*])|[\[\].,*%+\-=>!?:()])
    | (?P<comment>/\*|(?:\#|//)[^\n]*+)
    | (?P<brace>~?\}}|\{{)
    | (?P<heredoc><<(?P<flush>-?)(?P<marker>{_IDENTIFIER})\r?\n)
    | (?P<quote>")
    | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
# The kinds of tokens by the number of their group; a symbol is its own kind.
_KINDS = ("", NAME, NEWLINE, STRING, NUMBER, *[""] * 8)
_NAME, _LAST_PLAIN, _COMMENT, _END = (_MAIN.groupindex[name] for name in ("name", "symbol", "comment", "end"))
_QUOTED = re.compile(
    r"""
      (?P<text>(?:[^"$%\\\r\n]|\\[^\r\n])[^"$%\\\r\n]*+(?:\\[^\r\n][^"$%\\\r\n]*+)*+ | \$\$\{~? | %%\{~?)
    | (?P<open>[$%]\{~?)
    | (?P<symbol>[$%])
    | (?P<close>")
    """,
    re.VERBOSE,
)
# A heredoc and a bare template have one text token per line at most.
_LINES = re.compile(r"(?P<open>[$%]\{~?)|(?P<text>(?:\$\$\{~?|%%\{~?|[$%]|[^$%\r\n]++)?(?P<line_end>\r?\n)?)")


@dataclass(slots=True)
class _Heredoc:
    """A heredoc that is being read; whether the next character starts a line of it."""

    marker: str
    line_start: bool = True


@dataclass(slots=True)
class Lexer:
    """Reads tokens from a stretch of text into three parallel lists.

    open: what encloses the next character, innermost last: `{`, `${` (a template sequence), `"`,
    a heredoc, or the bottom: `main` or `bare` (the text is a template as a whole).
    """

    source: SourceFile
    at: int
    end: int
    bare: bool = False
    kinds: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    open: list[str | _Heredoc] = field(default_factory=list)

    def run(self) -> None:
        """Read to the end; raises SyntaxProblem where no token can be."""
        self.open.append("bare" if self.bare else "main")
        while self._more():
            pass
        self._emit(END, self.end, self.end)

    def skip(self) -> int:
        """Read the one token, string or heredoc that starts here; returns the offset of its end."""
        self.open.append("main")
        self._step()
        # The end of a heredoc comes with the newline after it as a token of its own.
        return self.starts[-1] if self.kinds[-1] == NEWLINE else self.at

    def run_header(self) -> None:
        """Read up to the opening brace of the block that starts here, or to what cannot be a header."""
        self.open.append("main")
        while self._step() and self.kinds[-1] in {NAME, STRING, CLOSE_QUOTE}:
            pass
        self._emit(END, self.at, self.at)

    def _step(self) -> bool:
        """Read one token, or a string or heredoc to its end; false at the end of the text."""
        if not self._main(one=True):
            return False
        while len(self.open) > 1 and self.open[1] != "{":
            if not self._more():
                raise self.problem(
                    "Unterminated template string", "No closing marker was found for the string."
                )
        return True

    def problem(self, summary: str, detail: str, start: int | None = None) -> SyntaxProblem:
        place = self.at if start is None else start
        return SyntaxProblem(summary, detail, SourceRange(self.source, place, min(place + 1, self.end)))

    def _more(self) -> bool:
        """Read on in the mode at hand; false at the end of the text."""
        match self.open[-1]:
            case '"':
                return self._quoted()
            case _Heredoc() as heredoc:
                return self._heredoc(heredoc)
            case "bare":
                return self._bare()
            case _:
                return self._main()

    def _emit(self, kind: str, start: int, end: int) -> None:
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)
        self.at = end

    def _main(self, one: bool = False) -> bool:
        text, end, at = self.source.text, self.end, self.at
        kinds, starts, ends, ascii = self.kinds, self.starts, self.ends, self.source.text.isascii()
        while found := _MAIN.match(text, at, end):
            group = found.lastindex
            assert group is not None
            start, at = found.span(group)
            kind = _KINDS[group] or text[start:at]
            if group == _NAME and not ascii:
                at = self._name_end(start, at)
            elif group > _LAST_PLAIN:
                self.at = at
                if group == _COMMENT:
                    at = self._comment(start)
                    continue
                if group != _END:
                    self._enter(found, start)
                return group != _END
            kinds.append(kind)
            starts.append(start)
            ends.append(at)
            if one:
                break
        else:
            self.at = at
            raise self._no_token()
        self.at = at
        return True

    def _enter(self, found: re.Match[str], start: int) -> None:
        """A token that opens or closes a nested piece of text."""
        sign = self.source.text[start : self.at]
        if sign == '"':
            self.open.append(OPEN_QUOTE)
            self._emit(OPEN_QUOTE, start, self.at)
        elif sign == "{":
            self.open.append("{")
            self._emit("{", start, self.at)
        elif sign.startswith("<<"):
            marker = found["marker"]
            if not marker.isascii() and self._name_end(*found.span("marker")) != found.end("marker"):
                raise self.problem(
                    "Invalid expression", "The marker of a heredoc must be an identifier.", start
                )
            self.open.append(_Heredoc(marker))
            self._emit(FLUSH_HEREDOC if found["flush"] else HEREDOC, start, found.end())
        else:
            top = self.open[-1]
            if len(self.open) > 1:
                self.open.pop()
            self._emit(CLOSE_TEMPLATE if top == "${" or sign == "~}" else "}", start, self.at)

    def _comment(self, start: int) -> int:
        """The end of a comment that no newline belongs to."""
        if not self.source.text.startswith("/*", start):
            return self.at
        close = self.source.text.find("*/", start + 2, self.end)
        if close < 0:
            raise self.problem(
                "Unterminated comment", "There is no */ for this comment before the end.", start
            )
        return close + 2

    def _name_end(self, start: int, end: int) -> int:
        """The end of an identifier that may hold characters beyond ASCII."""
        text, at = self.source.text, start
        while at < end and continues_name(text[at], first=at == start):
            at += 1
        if at == start:
            self.at = start
            raise self._no_token()
        return at

    def _no_token(self) -> SyntaxProblem:
        found = re.compile(r"[ \t]*").match(self.source.text, self.at, self.end)
        self.at = found.end() if found else self.at
        character = self.source.text[self.at]
        summary, detail = WHY_BAD.get(
            character, ("Invalid character", "This character is not used within the language.")
        )
        return self.problem(summary, detail)

    def _quoted(self) -> bool:
        found = _QUOTED.match(self.source.text, self.at, self.end)
        if found is None:
            raise self._unclosed()
        start, end = found.span()
        if found.lastgroup == "open":
            self._open_template(start, end)
        elif found.lastgroup == "close":
            self.open.pop()
            self._emit(CLOSE_QUOTE, start, end)
        else:
            self._emit_text(start, end)
        return True

    def _unclosed(self) -> SyntaxProblem:
        if self.at >= self.end:
            return self.problem("Unterminated template string", "No closing marker was found for the string.")
        if self.source.text[self.at] == "\\":
            return self.problem(
                "Invalid escape sequence", "A backslash must be followed by an escape selector."
            )
        return self.problem(
            "Invalid multi-line string",
            "Quoted strings may not be split over multiple lines. Write \\n for a newline, or use a heredoc.",
        )

    def _heredoc(self, heredoc: _Heredoc) -> bool:
        found = _LINES.match(self.source.text, self.at, self.end)
        assert found is not None
        start, end = found.span()
        if found["open"]:
            heredoc.line_start = False
            self._open_template(start, end)
        elif start == end or (end == self.end and not found["line_end"]):
            raise self.problem(
                "Unterminated template string", f'There is no line "{heredoc.marker}" to end this text.'
            )
        elif heredoc.line_start and found["line_end"] and _marks_end(found, heredoc):
            self.open.pop()
            self._emit(CLOSE_HEREDOC, start, found.start("line_end"))
            self._emit(NEWLINE, found.start("line_end"), end)
        else:
            heredoc.line_start = bool(found["line_end"])
            self._emit_text(start, end)
        return True

    def _bare(self) -> bool:
        found = _LINES.match(self.source.text, self.at, self.end)
        assert found is not None
        start, end = found.span()
        if found["open"]:
            self._open_template(start, end)
            return True
        if not found["line_end"] and self.source.text.startswith("\r", end, self.end):
            # HashiCorp's scanner gives up at a lone carriage return, and takes the rest as text.
            end = self.end
        if start < end:
            self._emit_text(start, end)
        return start < end

    def _open_template(self, start: int, end: int) -> None:
        self.open.append("${")
        self._emit(self.source.text[start : start + 2], start, end)

    def _emit_text(self, start: int, end: int) -> None:
        bad = self.source.text.find(UNDECODABLE, start, end)
        if bad >= 0:
            raise self.problem(*WHY_BAD[UNDECODABLE], start=bad)
        self._emit(TEXT, start, end)


def _marks_end(line: re.Match[str], heredoc: _Heredoc) -> bool:
    return (line["text"] or "").strip(SPACE) == heredoc.marker
