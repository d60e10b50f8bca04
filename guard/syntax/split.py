"""Finds the top-level blocks of a file in native syntax without reading what is in them.

Strings, templates, heredocs and comments are stepped over as the lexer would; the common forms by
regular expressions, the others by the lexer itself, so that both agree on where they end.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from guard.records import dataclass, field
from guard.source import SourceFile, SourceRange
from guard.syntax.characters import SPACE
from guard.syntax.errors import SyntaxProblem
from guard.syntax.lexer import Lexer
from guard.syntax.nodes import Block
from guard.syntax.reader import read_block, read_header


@dataclass(frozen=True, slots=True)
class RawBlock:
    """A top-level block whose body was not read yet.

    header: from the type to the last label. range: from the type to the closing brace.
    (In JSON: the last label, or the type when there is none, and the object.)
    reader: makes the block of it.
    """

    type: str
    labels: tuple[str, ...]
    header: SourceRange
    range: SourceRange
    reader: Callable[[RawBlock], Block] = field(repr=False, compare=False)

    def read(self) -> Block:
        """The block as nodes, with ranges in the same file; raises SyntaxProblem."""
        return self.reader(self)


def _read(raw: RawBlock) -> Block:
    return read_block(raw.range.source, raw.range.start, raw.range.end)


# An interpolation or directive without braces, comments, escapes and newlines of its own.
_INSIDE = r'[^{}"\r\n#/<\\]*+'
_SEQUENCE = rf'[$%]\{{{_INSIDE}(?:(?:"[^"\\$%\r\n]*+"|/(?![/*])|<(?!<)){_INSIDE})*+\}}'
_SPECIAL = rf"\$\$\{{|%%\{{|{_SEQUENCE}|[$%](?!\{{)"
_STRING = rf'"[^"\\$%\r\n]*+(?:(?:\\[^\r\n]|{_SPECIAL})[^"\\$%\r\n]*+)*+"'
_PLAIN = r'[^"{}#/<]*+'
_RUN = re.compile(rf"{_PLAIN}(?:(?:{_STRING}|//[^\n]*+|\#[^\n]*+|/(?![/*])|<(?!<)){_PLAIN})*+")
_HEREDOC = re.compile(r"<<-?([A-Za-z_][A-Za-z0-9_-]*+)\r?\n")
_LINE = re.compile(rf"[^$%\r\n]*+(?:(?:{_SPECIAL})[^$%\r\n]*+)*+\r?\n")
_BLANK = re.compile(r"(?:[ \t\n]|\r\n|(?:\#|//)[^\n]*+|/\*(?s:.*?)\*/)*+")
_LABEL = r'(?:[A-Za-z_][A-Za-z0-9_-]*+|"[^"\\$%\r\n\uffff]*+")'
_HEADER = re.compile(rf"([A-Za-z_][A-Za-z0-9_-]*+)((?:[ \t]++{_LABEL})*+)[ \t]*+\{{")
_LABELS = re.compile(_LABEL)
_LINE_END = re.compile(r"(?:[ \t]|/\*(?s:.*?)\*/)*+(?:\r?\n|(?:\#|//)[^\n]*+|\Z)")


def split(source: SourceFile) -> tuple[RawBlock, ...]:
    """The top-level blocks, in order.

    Raises SyntaxProblem when the file cannot be split, and for an argument at the top level, which
    Terraform refuses in configuration files. What is wrong inside a block shows when it is read; only a
    block that must be closed on the line where its argument ends is read here: a heredoc ends it unseen.
    """
    blocks: list[RawBlock] = []
    at = _after(_BLANK, source.text, 0)
    while at < len(source.text):
        type, labels, header, brace = _header(source, at)
        end = _block_end(source, brace)
        block = RawBlock(type, labels, header, SourceRange(source, at, end), _read)
        if _must_end_its_line(source.text, brace, end):
            block.read()
        blocks.append(block)
        at = _after(_BLANK, source.text, _line_end(source, end))
    return tuple(blocks)


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where a pattern that matches everywhere ends."""
    found = pattern.match(text, at)
    assert found is not None
    return found.end()


def _header(source: SourceFile, at: int) -> tuple[str, tuple[str, ...], SourceRange, int]:
    """The type and labels of the block that starts here, their range, and where its brace is."""
    found = _HEADER.match(source.text, at)
    if found is None:
        return read_header(source, at)
    labels = _LABELS.findall(found[2])
    header = SourceRange(source, at, found.end(2))
    return found[1], tuple(label.strip('"') for label in labels), header, found.end() - 1


def _block_end(source: SourceFile, brace: int) -> int:
    """The offset after the brace that closes the one at this offset."""
    text, at, depth = source.text, brace, 0
    while (at := _after(_RUN, text, at)) < len(text):
        match text[at]:
            case "{":
                depth += 1
                at += 1
            case "}":
                depth -= 1
                at += 1
                if depth == 0:
                    return at
            case "<":
                at = _heredoc_end(source, at)
            case "/":
                at = _comment_end(source, at)
            case _:
                at = Lexer(source, at, len(text)).skip()
    raise SyntaxProblem(
        "Unclosed configuration block",
        "There is no closing brace for this block before the end of the file. This may be caused by incorrect"
        " brace nesting elsewhere in this file.",
        SourceRange(source, brace, brace + 1),
    )


def _must_end_its_line(text: str, brace: int, end: int) -> bool:
    """Whether the block has its argument on the line of its brace, and goes on on other lines."""
    return _LINE_END.match(text, brace + 1, end) is None and "\n" in text[brace:end]


def _comment_end(source: SourceFile, at: int) -> int:
    close = source.text.find("*/", at + 2)
    if close < 0:
        raise SyntaxProblem(
            "Unterminated comment",
            "There is no */ for this comment before the end of the file.",
            SourceRange(source, at, at + 2),
        )
    return close + 2


def _heredoc_end(source: SourceFile, at: int) -> int:
    """Where the heredoc that may start at this `<<` ends; after the `<` if none does."""
    text = source.text
    opened = _HEREDOC.match(text, at)
    line = opened and _LINE.match(text, opened.end())
    while opened and line:
        if line[0].strip(SPACE) == opened[1]:
            return line.end()
        line = _LINE.match(text, line.end())
    return Lexer(source, at, len(text)).skip()


def _line_end(source: SourceFile, at: int) -> int:
    found = _LINE_END.match(source.text, at)
    if found is None:
        raise SyntaxProblem(
            "Missing newline after block definition",
            "A block definition must end with a newline.",
            SourceRange(source, at, at + 1),
        )
    return found.end()
