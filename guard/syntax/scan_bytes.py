"""What the bytes of one configuration file give away."""

from __future__ import annotations

import os
import re

from guard.records import dataclass, field
from guard.syntax.module_paths import is_local

# The types of all resources that make keys, or stacks that may, hold one of these.
NEEDLES = (b"iam_access_key", b"cloudformation_stack")

_ESCAPE = re.compile(rb"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|/)")
_PLAIN_SOURCE = re.compile(rb'source"?\s*[=:]\s*"([^"\\$%\r\n]*)"[ \t]*(?:[\r\n,}#]|//|/\*|\Z)')
_ANY_SOURCE = re.compile(rb'source"?\s*(?:/\*|[=:])')
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # what Windows PowerShell writes; Terraform refuses it
_IN_NAMES = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
_LAST_CODE = 0x10FFFF


@dataclass(slots=True)
class Traces:
    """What the files of a directory give away together.

    key: one names something that makes keys. remote: one may call a module from a registry or repository.
    sources: texts that stand as the source of something, and may be that of a local module.
    doubtful: a module source is an expression, or this cannot be told: the text is not UTF-8, for one.
    """

    key: bool = False
    remote: bool = False
    doubtful: bool = False
    sources: set[str] = field(default_factory=set)


def examine(data: bytes | bytearray, size: int, name: str, traces: Traces) -> None:
    """Add what the first `size` bytes of `data`, the file of this name, give away."""
    if data.startswith(_UTF_16, 0, size) or data.find(0, 0, min(size, 2)) >= 0:
        traces.doubtful = True
    plain, end = data, size
    escape = data.find(b"\\", 0, size)
    if escape >= 0 and _ESCAPE.search(data, escape, size):
        plain = unescaped(bytes(data[:size]))
        end = len(plain)
    if not traces.key:
        traces.key = plain.find(NEEDLES[0], 0, end) >= 0 or plain.find(NEEDLES[1], 0, end) >= 0
    if plain.find(b"module", 0, end) < 0:
        return
    if plain is data:
        _add_sources(data, size, name, traces)
    elif plain.find(b"source", 0, end) >= 0:  # what was decoded may look like the end of a text, and is none
        _add_sources_of_blocks(bytes(data[:size]), name, traces)


def _add_sources(data: bytes | bytearray, size: int, name: str, traces: Traces) -> None:
    """Add the sources of a file that may call modules; one that is no plain text needs its blocks read."""
    at = data.find(b"source", 0, size)
    while at >= 0:
        if at == 0 or data[at - 1] not in _IN_NAMES:
            plain = _PLAIN_SOURCE.match(data, at, size)
            if plain:
                _add_source(os.fsdecode(bytes(plain[1])), traces)
            elif _ANY_SOURCE.match(data, at, size):
                _add_sources_of_blocks(bytes(data[:size]), name, traces)
                return
        at = data.find(b"source", at + 1, size)


def _add_sources_of_blocks(data: bytes, name: str, traces: Traces) -> None:
    from guard.syntax.module_sources import module_sources

    for source in module_sources(data, name):
        if source is None:
            traces.doubtful = True
        else:
            _add_source(source, traces)


def _add_source(source: str, traces: Traces) -> None:
    """Note a source: a directory, or a module elsewhere (`namespace/name/provider`, a URL, `git::…`).

    A provider has a source too, mostly `namespace/name`. One with a host is taken for a module; so is what
    has but one slash after a host, or in front.
    """
    if is_local(source):
        traces.sources.add(source)
        return
    namespace, slash, rest = source.partition("/")
    if ":" in source or "/" in rest or (slash and (not namespace or "." in namespace)):
        traces.remote = True


def unescaped(data: bytes) -> bytes:
    r"""The bytes with `\u`, `\U` and `\/` escapes decoded wherever they stand, also where they are none."""
    return _ESCAPE.sub(_character, data)


def _character(found: re.Match[bytes]) -> bytes:
    digits = found[1] or found[2]
    code = int(digits, 16) if digits else ord("/")
    return chr(code).encode("utf-8", "surrogatepass") if code <= _LAST_CODE else found[0]
