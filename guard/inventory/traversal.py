"""Addresses and references as plans spell them, taken apart: `module.m["a"].aws_iam_user.x[0].id`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from guard.addresses import NO_KEY, ROOT_MODULE, WILDCARD, InstanceKey, ModuleInstance, ResourceInstance
from guard.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

_STEP = re.compile(
    r"\.?(?P<name>[^\W\d][\w-]*)|\[(?P<number>\d{1,18})\]|\[\"(?P<text>(?:[^\"\\]|\\.)*)\"\]|(?P<any>\[\*\])",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|\$\$(?=\{)|%%(?=\{)", re.DOTALL)
_SHORT_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_LARGEST_CODE_POINT = 0x10FFFF


@dataclass(frozen=True, slots=True)
class Index:
    """A step in brackets: an instance key."""

    key: InstanceKey


Step: TypeAlias = str | Index


def steps(text: str) -> tuple[Step, ...]:
    """The steps of an address or reference; empty if it is not spelled as one."""
    found: list[Step] = []
    place = 0
    while place < len(text):
        match = _STEP.match(text, place)
        if match is None:
            return ()
        found.append(_step(match))
        place = match.end()
    return tuple(found)


def _step(match: re.Match[str]) -> Step:
    if match["name"] is not None:
        return match["name"]
    if match["number"] is not None:
        return Index(int(match["number"]))
    return Index(WILDCARD if match["any"] else unquoted(match["text"]))


def unquoted(text: str) -> str:
    """The inverse of `guard.addresses.quoted`."""
    return _ESCAPE.sub(_unescape, text)


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        return chr(min(int(code, 16), _LARGEST_CODE_POINT))
    if match[3]:
        return _SHORT_ESCAPES.get(match[3], match[3])
    return match[0][0]


def resource_instance(address: str) -> ResourceInstance | None:
    """The resource instance that an absolute address names; None if it names none."""
    module, rest = module_of(steps(address))
    mode = "managed"
    if rest[:1] == ("data",):
        mode, rest = "data", rest[1:]
    match rest:
        case (str(kind), str(name)):
            return ResourceInstance(module, kind, name, NO_KEY, mode)
        case (str(kind), str(name), Index(key)):
            return ResourceInstance(module, kind, name, key, mode)
    return None


def module_of(path: tuple[Step, ...]) -> tuple[ModuleInstance, tuple[Step, ...]]:
    """The module instance that a path of steps begins with, and the steps after it."""
    module = ROOT_MODULE
    while len(path) > 1 and path[0] == "module" and isinstance(path[1], str):
        key: InstanceKey = NO_KEY
        name, path = path[1], path[2:]
        if path and isinstance(path[0], Index):
            key, path = path[0].key, path[1:]
        module = module.child(name, key)
    return module, path


def heads(references: Iterable[str]) -> tuple[tuple[Step, ...], ...]:
    """The references that an expression really holds.

    A plan lists each one followed by its own beginnings: `x.u["a"].id`, `x.u["a"]`, `x.u`.
    """
    found: list[tuple[Step, ...]] = []
    last: tuple[Step, ...] = ()
    for reference in references:
        path = steps(reference)
        if not (path and len(path) < len(last) and last[: len(path)] == path):
            found.append(path)
        last = path
    return tuple(found)
