"""Addresses of module and resource instances, written as Terraform writes them.

https://developer.hashicorp.com/terraform/cli/state/resource-addressing
"""

from __future__ import annotations

import re
from enum import Enum

from guard.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias


class Special(Enum):
    """Instance keys that are not values: none at all, or not known which (and how many)."""

    NO_KEY = ""
    WILDCARD = "*"


NO_KEY = Special.NO_KEY
WILDCARD = Special.WILDCARD

# Ends the address of an instance when it is not known which one of its resource it is.
SOME_INSTANCE = "[?]"

InstanceKey: TypeAlias = Special | int | str

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def key_suffix(key: InstanceKey) -> str:
    """`` for no key, `[0]`, `["a"]`, `[*]`: the part of an address that tells the instance."""
    match key:
        case Special.NO_KEY:
            return ""
        case Special.WILDCARD:
            return "[*]"
        case int():
            return f"[{key}]"
        case str():
            return f'["{quoted(key)}"]'


_OPEN_KEY = re.compile('"\\0([^\\0]*)\\0-?[0-9]+"')


def legible(address: str) -> str:
    """The address for people: in the place of a key that is not known stands what it comes from."""
    return _OPEN_KEY.sub(lambda match: match[1].replace("$${", "${"), address)


def covers(one: str, other: str) -> bool:
    """Whether an address may be another one, whose keys may be known better: `a.b[*]` covers `a.b["x"]`."""
    first, *rest = _OPEN_KEY.sub("*", one).replace("[*]", "[\0]").split("\0")
    if not rest:
        return one == other
    at = len(first)
    for part in rest[:-1]:
        found = other.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return other.startswith(first) and other.endswith(rest[-1]) and at + len(rest[-1]) <= len(other)


def quoted(text: str) -> str:
    """The inside of an HCL string literal: quotes, escapes and template starts made harmless."""
    return text.translate(_ESCAPES).replace("${", "$${").replace("%{", "%%{")


@dataclass(frozen=True, slots=True)
class ModuleInstance:
    """A module instance: the calls that lead to it from the root module, with their keys."""

    steps: tuple[tuple[str, InstanceKey], ...] = ()

    def child(self, name: str, key: InstanceKey = NO_KEY) -> ModuleInstance:
        return ModuleInstance((*self.steps, (name, key)))

    def __str__(self) -> str:
        return ".".join(f"module.{name}{key_suffix(key)}" for name, key in self.steps)


ROOT_MODULE = ModuleInstance()


@dataclass(frozen=True, slots=True)
class ResourceInstance:
    """A resource instance. mode is `managed` or `data`."""

    module: ModuleInstance
    type: str
    name: str
    key: InstanceKey = NO_KEY
    mode: str = "managed"

    def __str__(self) -> str:
        prefix = f"{self.module}." if self.module.steps else ""
        data = "data." if self.mode == "data" else ""
        return f"{prefix}{data}{self.type}.{self.name}{key_suffix(self.key)}"
