"""A value written as YAML, letter for letter as libyaml's emitter does for Terraform.

https://github.com/zclconf/go-cty-yaml/blob/v1.1.0/encode.go: strings in double quotes, texts of several
lines as literal blocks where their letters allow it, lines folded behind column 80.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from guard.lang.budget import Budget
from guard.values.numbers import format_number
from guard.values.value import Value

_WIDTH = 80
_INDENT = 2
_LONGEST_KEY = 128
_BREAKS = "\r\n\u0085\u2028\u2029"
_NO_LITERAL = re.compile(f" [{_BREAKS}]| $", re.DOTALL)
_SPECIAL = re.compile("[^\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]")
_ESCAPED = re.compile(f'[{_BREAKS}"\\\\]|{_SPECIAL.pattern}')
_ESCAPES = {
    "\0": "0",
    "\a": "a",
    "\b": "b",
    "\t": "t",
    "\n": "n",
    "\v": "v",
    "\f": "f",
    "\r": "r",
    "\x1b": "e",
    '"': '"',
    "\\": "\\",
    "\u0085": "N",
    "\u00a0": "_",
    "\u2028": "L",
    "\u2029": "P",
}
_BOM = "\ufeff"


def write_yaml(value: Value, budget: Budget) -> str:
    """The document that describes a known value."""
    return _Emitter(budget).document(value)


class _Emitter:
    """Puts pieces together and knows where in a line it is.

    indention: nothing but indentation and indicators such as `-` is in the line so far.
    whitespace: the last thing written was a space or an indicator that counts as one.
    open_ended: the document so far could go on, so that its end must be marked.
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._pieces: list[str] = []
        self._column = 0
        self._indent = -1
        self._whitespace = True
        self._indention = True
        self._open_ended = False

    def document(self, value: Value) -> str:
        todo: list[Iterator[tuple[Value, bool]]] = [iter([(value, False)])]
        while todo:
            item = next(todo[-1], None)
            if item is None:
                todo.pop()
                continue
            part, in_mapping = item
            self._budget.spend(1)
            if not isinstance(part.data, tuple | Mapping):
                self._scalar(part, is_root=part is value)
            elif not part.data:
                self._indicator("{}" if isinstance(part.data, Mapping) else "[]", space=True)
            elif isinstance(part.data, Mapping):
                todo.append(self._mapping(part))
            else:
                todo.append(self._sequence(part, in_mapping))
        self._new_line(0)
        if self._open_ended:
            self._indicator("...", space=True)
            self._new_line(0)
        return "".join(self._pieces)

    # --- what is written -----------------------------------------------------------------------

    def _put(self, text: str) -> None:
        """Write text that has no line break."""
        self._budget.allow_text(len(text))
        self._pieces.append(text)
        self._column += len(text)

    def _break(self) -> None:
        self._pieces.append("\n")
        self._column = 0

    def _new_line(self, indent: int) -> None:
        """Go to the indentation, on this line if nothing else is on it yet."""
        at_start = self._column == indent and self._whitespace
        if not self._indention or (self._column >= indent and not at_start):
            self._break()
        self._put(" " * (indent - self._column))
        self._whitespace = self._indention = True

    def _indicator(self, text: str, *, space: bool = False, starts: bool = False) -> None:
        """space: one must stand before it. starts: the line is as if nothing were on it."""
        if space and not self._whitespace:
            self._put(" ")
        self._put(text)
        self._whitespace = False
        self._indention = self._indention and starts
        self._open_ended = False

    # --- containers ----------------------------------------------------------------------------

    def _deeper(self, *, indentless: bool = False) -> int:
        """The indentation of what a block holds; returns the one to go back to."""
        before = self._indent
        if before < 0:
            self._indent = 0
        elif not indentless:
            self._indent += _INDENT
        return before

    def _sequence(self, value: Value, in_mapping: bool) -> Iterator[tuple[Value, bool]]:
        before = self._deeper(indentless=in_mapping and not self._indention)
        for part in value.elements:
            self._new_line(self._indent)
            self._indicator("-", space=True, starts=True)
            yield part, False
        self._indent = before

    def _mapping(self, value: Value) -> Iterator[tuple[Value, bool]]:
        before = self._deeper()
        for key, part in value.mapping.items():
            self._new_line(self._indent)
            if len(key.encode()) <= _LONGEST_KEY and not any(letter in key for letter in _BREAKS):
                self._quoted(key, folds=False)
                self._indicator(":")
            else:
                self._indicator("?", space=True, starts=True)
                self._text(key)
                self._new_line(self._indent)
                self._indicator(":", space=True, starts=True)
            yield part, True
        self._indent = before

    # --- scalars -------------------------------------------------------------------------------

    def _scalar(self, value: Value, *, is_root: bool) -> None:
        match value.data:
            case str(text):
                self._text(text)
                return
            case None:
                plain = "null"
            case bool(truth):
                plain = "true" if truth else "false"
            case _:
                plain = format_number(value.number)
        if not self._whitespace:
            self._put(" ")
        self._put(plain)
        self._whitespace = self._indention = False
        self._open_ended = self._open_ended or is_root

    def _text(self, text: str) -> None:
        if "\n" in text and not _NO_LITERAL.search(text) and not _SPECIAL.search(text):
            self._literal(text)
        else:
            self._quoted(text, folds=True)

    def _scalar_indent(self) -> int:
        return _INDENT if self._indent < 0 else self._indent + _INDENT

    def _quoted(self, text: str, *, folds: bool) -> None:
        """Text in double quotes. folds: a line may end at a space behind column 80."""
        self._indicator('"', space=True)
        escapes_all = text.startswith(_BOM)
        after_space = False
        for index, letter in enumerate(text):
            if escapes_all or _ESCAPED.match(letter):
                self._put(_escape(letter))
            elif letter == " " and folds and not after_space and self._folds_here(text, index):
                self._new_line(self._scalar_indent())
                if text[index + 1] == " ":
                    self._put("\\")
            else:
                self._put(letter)
            after_space = letter == " " and not escapes_all
        self._indicator('"')

    def _folds_here(self, text: str, index: int) -> bool:
        return self._column > _WIDTH and 0 < index < len(text) - 1

    def _literal(self, text: str) -> None:
        self._indicator("|", space=True)
        if text[0] == " " or text[0] in _BREAKS:
            self._indicator(str(_INDENT))
        ends = len(text) - len(text.rstrip(_BREAKS))
        if ends == 0:
            self._indicator("-")
        elif ends > 1 or ends == len(text):
            self._indicator("+")
        self._break()
        self._indention = self._whitespace = True
        at_start = True
        for line in re.split(f"([{_BREAKS}])", text):
            if line in _BREAKS and line:
                self._put_break(line)
                self._indention = at_start = True
            elif line:
                if at_start:
                    self._new_line(self._scalar_indent())
                self._put(line)
                self._indention = at_start = False

    def _put_break(self, letter: str) -> None:
        self._pieces.append(letter)
        self._column = 0


def _escape(letter: str) -> str:
    if letter in _ESCAPES:
        return f"\\{_ESCAPES[letter]}"
    code = ord(letter)
    if code <= 0xFF:  # noqa: PLR2004 - one byte
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if letter <= "\uffff" else f"\\U{code:08X}"
