"""Base64 as Go's base64.StdEncoding reads it: https://pkg.go.dev/encoding/base64"""

from __future__ import annotations

import base64
import re

_VALID = re.compile(rb"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_LETTER = re.compile(rb"[A-Za-z0-9+/]")
_LINE_ENDS = b"\r\n"
_GROUP = 4
_LEAST = 2


class CorruptBase64Error(Exception):
    """offset: of the byte that Go names, which is not always the first wrong one."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def decode_base64(text: str) -> bytes:
    """The bytes: line ends do not count, padding must be right. Raises CorruptBase64Error."""
    data = text.encode()
    plain = data.translate(None, _LINE_ENDS)
    if not _VALID.fullmatch(plain):
        raise CorruptBase64Error(_offset(data))
    return base64.b64decode(plain)


def _offset(data: bytes) -> int:
    in_group = 0
    for position in range(len(data)):
        byte = data[position : position + 1]
        if byte in (b"\r", b"\n"):
            continue
        if byte == b"=":
            return _padding(data, position, in_group)
        if not _LETTER.match(byte):
            return position
        in_group = (in_group + 1) % _GROUP
    return len(data) - in_group


def _padding(data: bytes, position: int, in_group: int) -> int:
    """What is wrong at or behind the first `=`."""
    if in_group < _LEAST:
        return position
    position += 1
    if in_group == _LEAST:
        position = _after_line_ends(data, position)
        if position == len(data):
            return position
        if data[position : position + 1] != b"=":
            return position - 1
        position += 1
    return _after_line_ends(data, position)


def _after_line_ends(data: bytes, position: int) -> int:
    while position < len(data) and data[position] in _LINE_ENDS:
        position += 1
    return position
