"""What the bytes of one configuration file give away."""

from __future__ import annotations

import os
import re

from guard.records import dataclass, field

# The types of all resources that make keys, or stacks that may, hold one of these.
NEEDLES = (b"iam_access_key", b"cloudformation_stack")

_ESCAPE = re.compile(rb"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|/)")
_LOCAL = re.compile(rb'"(\.\.?/[^"\r\n]*)"')
_PLAIN_SOURCE = re.compile(rb'source"?\s*[=:]\s*"[^"\\$%\r\n]*"[ \t]*(?:[\r\n,}#]|//|/\*|\Z)')
_GIVEN_SOURCE = re.compile(rb'source"?\s*[=:]\s*"([^"\r\n]*)"')
_ANY_SOURCE = re.compile(rb'source"?\s*(?:/\*|[=:])')
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # what Windows PowerShell writes; Terraform refuses it
_IN_NAMES = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
_LAST_CODE = 0x10FFFF


@dataclass(slots=True)
class Traces:
    """What the files of a directory give away together.

    key: one names something that makes keys. remote: one may call a module from a registry or repository.
    sources: strings that may be local module sources. modules: those that stand as a source.
    doubtful: a module source is an expression, or this cannot be told: the text is not UTF-8, for one.
    """

    key: bool = False
    remote: bool = False
    doubtful: bool = False
    sources: set[str] = field(default_factory=set)
    modules: set[str] = field(default_factory=set)


def examine(data: bytes | bytearray, size: int, name: str, traces: Traces) -> None:
    """Add what the first `size` bytes of `data`, the file of this name, give away."""
    if bytes(data[: min(size, 2)]).startswith(_UTF_16) or 0 in data[: min(size, 2)]:
        traces.doubtful = True
    if data.find(b"\\", 0, size) >= 0:
        plain = unescaped(bytes(data[:size]))
        data, size = plain, len(plain)
    if not traces.key:
        traces.key = any(data.find(needle, 0, size) >= 0 for needle in NEEDLES)
    if data.find(b"./", 0, size) >= 0:
        traces.sources.update(os.fsdecode(bytes(found[1])) for found in _LOCAL.finditer(data, 0, size))
    if data.find(b"module", 0, size) >= 0:
        for found in _GIVEN_SOURCE.finditer(data, 0, size):
            _add_source(bytes(found[1]), traces)
        if not traces.doubtful and _may_compute_source(data, size):
            from guard.syntax.module_sources import module_sources

            sources = module_sources(bytes(data[:size]), name)
            traces.doubtful = None in sources
            traces.sources.update(source for source in sources if source and source.startswith(("./", "../")))


def _add_source(source: bytes, traces: Traces) -> None:
    """Note a plain source: a directory, or a module elsewhere (`namespace/name/provider`, a URL, `git::…`).

    A provider has a source too, mostly `namespace/name`. One with a host is taken for a module.
    """
    if source.startswith((b"./", b"../")):
        traces.modules.add(os.fsdecode(source))
    elif source.count(b"/") > 1 or b":" in source:
        traces.remote = True


def unescaped(data: bytes) -> bytes:
    r"""The bytes with `\u`, `\U` and `\/` escapes decoded wherever they stand, also where they are none."""
    return _ESCAPE.sub(_character, data) if b"\\u" in data or b"\\U" in data or b"\\/" in data else data


def _character(found: re.Match[bytes]) -> bytes:
    digits = found[1] or found[2]
    code = int(digits, 16) if digits else ord("/")
    return chr(code).encode("utf-8", "surrogatepass") if code <= _LAST_CODE else found[0]


def _may_compute_source(data: bytes | bytearray, size: int) -> bool:
    """Whether something named `source` is given more than a plain string."""
    at = data.find(b"source", 0, size)
    while at >= 0:
        alone = at == 0 or data[at - 1] not in _IN_NAMES
        if alone and _ANY_SOURCE.match(data, at, size) and not _PLAIN_SOURCE.match(data, at, size):
            return True
        at = data.find(b"source", at + 1, size)
    return False
