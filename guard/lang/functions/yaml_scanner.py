"""ruamel.yaml's scanner with libyaml's rules where the two differ: tabs, anchors, plain scalars.

https://github.com/zclconf/go-cty-yaml/blob/v1.1.0/scannerc.go
"""

from __future__ import annotations

from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner, ScannerError
from ruamel.yaml.tokens import ScalarToken, TagToken, Token

from guard.records import dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_END = "\0"
_BLANKS = " \t"
_BREAKS = "\r\n\x85\u2028\u2029"
_FLOW_INDICATORS = ",?[]{}"


@dataclass(slots=True)
class _Gap:
    """What lies between two words of a plain scalar: blanks, or the line breaks."""

    blanks: str = ""
    breaks: list[str] = field(default_factory=list)

    def folded(self) -> str:
        """What the gap contributes to the text: one line break becomes a space."""
        if not self.breaks:
            return self.blanks
        first, *others = self.breaks
        if first == "\n":
            return "".join(others) or " "
        return "".join(self.breaks)


class LibyamlReader(Reader):
    """Counts the lines by all line breaks of YAML 1.1."""

    forward = Reader.forward_1_1


class LibyamlScanner(Scanner):
    @property
    def scanner_processing_version(self) -> tuple[int, int]:
        return (1, 1)

    def scan_directive(self) -> Any:
        start = self.reader.get_mark()
        directive = super().scan_directive()
        if directive.name not in ("YAML", "TAG"):
            raise ScannerError("while scanning a directive", start, "found unknown directive name", start)
        return directive

    def scan_to_next_token(self) -> None:
        """Skip blanks, breaks and comments. Tabs count as blanks where no block can start."""
        reader = self.reader
        if reader.index == 0 and reader.peek() == "\ufeff":
            reader.forward()
        while True:
            tabs_too = self.flow_level or not self.allow_simple_key
            while reader.peek() == " " or (tabs_too and reader.peek() == "\t"):
                reader.forward()
            self._skip_comment()
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def _skip_comment(self) -> None:
        if self.reader.peek() == "#":
            while self.reader.peek() not in _BREAKS + _END:
                self.reader.forward()

    def scan_directive_name(self, start_mark: Any) -> str:
        length = 0
        while _is_name(self.reader.peek(length)):
            length += 1
        name = str(self.reader.prefix(length))
        self.reader.forward(length)
        if name and self.reader.peek() in _BLANKS + _BREAKS + _END:
            return name
        problem = (
            "found unexpected non-alphabetical character"
            if name
            else "could not find expected directive name"
        )
        raise ScannerError("while scanning a directive", start_mark, problem, self.reader.get_mark())

    def scan_anchor(self, token: Any) -> Any:
        """An anchor or alias: its name has ASCII letters, digits, `_` and `-` only."""
        start = self.reader.get_mark()
        self.reader.forward()
        length = 0
        while _is_name(self.reader.peek(length)):
            length += 1
        name = self.reader.prefix(length)
        self.reader.forward(length)
        if not name or self.reader.peek() not in f"{_END}{_BLANKS}{_BREAKS}?:,]}}%@`":
            problem = "did not find expected alphabetic or numeric character"
            raise ScannerError("while scanning an anchor", start, problem, self.reader.get_mark())
        return token(name, start, self.reader.get_mark())

    def scan_tag(self) -> Token:
        """`!<uri>`, `!handle!suffix`, `!suffix`, or `!` alone, which has no handle."""
        reader, start = self.reader, self.reader.get_mark()
        if reader.peek(1) == "<":
            reader.forward(2)
            handle, suffix = None, self.scan_tag_uri("tag", start)
            if reader.peek() != ">":
                raise self._bad_tag(start, "did not find the expected '>'")
            reader.forward()
        else:
            length = 1
            while _is_name(reader.peek(length)):
                length += 1
            handle = reader.prefix(length + 1 if reader.peek(length) == "!" else 1)
            reader.forward(len(handle))
            if handle == "!" and reader.peek() in _BLANKS + _BREAKS + _END:
                handle, suffix = None, "!"
            elif handle == "!" and not _is_uri(reader.peek()):
                raise self._bad_tag(start, "did not find expected whitespace or line break")
            else:
                suffix = self.scan_tag_uri("tag", start)
        if reader.peek() not in _BLANKS + _BREAKS + _END:
            raise self._bad_tag(start, "did not find expected whitespace or line break")
        return TagToken((handle, suffix), start, reader.get_mark())

    def _bad_tag(self, start: Any, problem: str) -> ScannerError:
        return ScannerError("while scanning a tag", start, problem, self.reader.get_mark())

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:
        """Whether the last line breaks are kept, and the indentation, as far as the header tells."""
        keeps: bool | None = None
        increment: int | None = None
        for _ in range(2):
            letter = self.reader.peek()
            if keeps is None and letter in "+-":
                keeps = letter == "+"
            elif increment is None and letter in "0123456789":
                increment = int(letter)
            else:
                break
            self.reader.forward()
        if increment == 0:
            problem = "found an indentation indicator equal to 0"
            raise ScannerError("while scanning a block scalar", start_mark, problem, self.reader.get_mark())
        return keeps, increment

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> None:
        reader = self.reader
        while reader.peek() in _BLANKS:
            reader.forward()
        self._skip_comment()
        if reader.peek() not in _BREAKS + _END:
            problem = "did not find expected comment or line break"
            raise ScannerError("while scanning a block scalar", start_mark, problem, reader.get_mark())
        self.scan_line_break()

    def scan_block_scalar_indentation(self) -> tuple[list[str], int, Any]:
        """The blank lines before the text, the deepest indentation so far, and where they end."""
        breaks: list[str] = []
        deepest, end = 0, self.reader.get_mark()
        while True:
            while self.reader.peek() == " ":
                self.reader.forward()
            deepest = max(deepest, self.reader.column)
            self._refuse_tab(self.reader.column + 1)
            if self.reader.peek() not in _BREAKS:
                return breaks, deepest, end
            breaks.append(self.scan_line_break())
            end = self.reader.get_mark()

    def scan_block_scalar_breaks(self, indent: int) -> Any:
        found = super().scan_block_scalar_breaks(indent)
        self._refuse_tab(indent)
        return found

    def _refuse_tab(self, indent: int) -> None:
        if self.reader.peek() == "\t" and self.reader.column < indent:
            mark = self.reader.get_mark()
            problem = "found a tab character where an indentation space is expected"
            raise ScannerError("while scanning a block scalar", mark, problem, mark)

    def scan_plain(self) -> Token:
        start = end = self.reader.get_mark()
        indent = self.indent + 1
        text: list[str] = []
        gap = _Gap()
        while not self._ends_document() and self.reader.peek() != "#":
            length = self._word_length()
            if length:
                text += gap.folded(), self.reader.prefix(length)
                self.reader.forward(length)
                end = self.reader.get_mark()
                gap = _Gap()
            if self.reader.peek() not in _BLANKS + _BREAKS:
                break
            self._read_gap(gap, indent, start)
            if not self.flow_level and self.reader.column < indent:
                break
        if gap.breaks:
            self.allow_simple_key = True
        return ScalarToken("".join(text), True, start, end)

    def _ends_document(self) -> bool:
        reader = self.reader
        if reader.column or reader.prefix(3) not in ("---", "..."):
            return False
        return reader.peek(3) in _BLANKS + _BREAKS + _END

    def _word_length(self) -> int:
        length = 0
        letter = self.reader.peek()
        while letter not in _BLANKS + _BREAKS + _END:
            following = self.reader.peek(length + 1)
            if letter == ":" and following in _BLANKS + _BREAKS + _END:
                break
            if self.flow_level and letter in _FLOW_INDICATORS:
                break
            length += 1
            letter = following
        return length

    def _read_gap(self, gap: _Gap, indent: int, start: Any) -> None:
        reader = self.reader
        while reader.peek() in _BLANKS + _BREAKS:
            letter = reader.peek()
            if letter in _BREAKS:
                gap.blanks = ""
                gap.breaks.append(self.scan_line_break())
                continue
            if gap.breaks and letter == "\t" and reader.column < indent:
                problem = "found a tab character that violates indentation"
                raise ScannerError("while scanning a plain scalar", start, problem, reader.get_mark())
            if not gap.breaks:
                gap.blanks += letter
            reader.forward()


def _is_uri(letter: str) -> bool:
    return _is_name(letter) or letter in ";/?:@&=+$,.!~*'()[]%"


def _is_name(letter: str) -> bool:
    return letter.isascii() and (letter.isalnum() or letter in "_-")
