"""Decodes the escape sequences in the texts of templates."""

from __future__ import annotations

import re

from guard.syntax.cursor import Cursor
from guard.syntax.errors import SyntaxProblem

_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{0,4}|U[0-9A-Fa-f]{0,8}|.)", re.DOTALL)
_DOUBLED = re.compile(r"\$(?:\$\{?)?|%(?:%\{?)?")
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_SHORT, _LONG = 6, 10
_LAST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


def unescape_line(text: str, _: Cursor | None = None) -> str:
    """A piece of a heredoc or bare template: only `$${` and `%%{` mean something."""
    if "$${" not in text and "%%{" not in text:
        return text
    return _DOUBLED.sub(lambda found: found[0][1:] if found[0].endswith("{") else found[0], text)


def unescape(text: str, cursor: Cursor) -> str:
    """A piece of a quoted string, at which the cursor stands; raises SyntaxProblem."""
    if "\\" not in text:
        return unescape_line(text)
    parts: list[str] = []
    at = 0
    for found in _ESCAPE.finditer(text):
        parts += text[at : found.start()], _decoded(found, cursor)
        at = found.end()
    return "".join([*parts, text[at:]])


def _decoded(found: re.Match[str], cursor: Cursor) -> str:
    escape = found[0]
    if escape[1] not in "uU":
        if escape[1] not in _SIMPLE:
            raise _problem(
                found, cursor, f'The symbol "{escape[1]}" is not a valid escape sequence selector.'
            )
        return _SIMPLE[escape[1]]
    wanted = _SHORT if escape[1] == "u" else _LONG
    if len(escape) != wanted:
        raise _problem(found, cursor, f"\\{escape[1]} must be followed by {wanted - 2} hexadecimal digits.")
    code = int(escape[2:], 16)
    if code > _LAST or code in _SURROGATES:
        raise _problem(found, cursor, f"Cannot encode character U+{code:04x} in UTF-8.")
    return chr(code)


def _problem(found: re.Match[str], cursor: Cursor, detail: str) -> SyntaxProblem:
    start = cursor.start
    place = cursor.range(start + found.start(), start + found.end())
    return cursor.problem("Invalid escape sequence", detail, place)
