"""`resource_changes` of a plan to the changes of keys and users.

https://developer.hashicorp.com/terraform/internals/json-format#change-representation
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from guard.addresses import ResourceInstance
from guard.inventory.jsonstream import Json, JsonReader
from guard.inventory.objects import NO_ATTRIBUTES, TYPES, Attributes, check_address, read_attributes
from guard.inventory.traversal import resource_instance
from guard.records import dataclass


class Action(Enum):
    """What a change does, by the `actions` of the plan.

    The two that forget leave the old object alive in AWS: the first is Terraform's (1.7), the second
    OpenTofu's (1.12), both for `lifecycle { destroy = false }`.
    """

    NO_OP = ("no-op",)
    CREATE = ("create",)
    READ = ("read",)
    UPDATE = ("update",)
    DELETE = ("delete",)
    DELETE_CREATE = ("delete", "create")
    CREATE_DELETE = ("create", "delete")
    FORGET = ("forget",)
    CREATE_FORGET = ("create", "forget")
    FORGET_CREATE = ("forget", "create")
    OTHER = ()


@dataclass(frozen=True, slots=True)
class ResourceChange:
    """A change of a key or a user.

    unknown: the attributes that are known after apply only. masked: those marked as sensitive.
    deposed: the key of the deposed object that it is about.
    """

    at: ResourceInstance
    address: str
    action: Action
    before: Attributes
    after: Attributes
    unknown: frozenset[str]
    masked: frozenset[str]
    deposed: str | None


@dataclass(slots=True)
class _Body:
    action: Action = Action.OTHER
    before: Attributes = NO_ATTRIBUTES
    after: Attributes = NO_ATTRIBUTES
    unknown: frozenset[str] = frozenset()
    masked: frozenset[str] = frozenset()


def read_changes(reader: JsonReader) -> Iterator[ResourceChange]:
    """The changes of keys and users in an array that comes next; all others are left out."""
    for _ in reader.items():
        change = read_change(reader)
        if change is not None:
            yield change


def read_change(reader: JsonReader) -> ResourceChange | None:
    """The change that comes next; None if it is of something else than a key or a user."""
    texts: dict[str, str | None] = {}
    at: ResourceInstance | None = None
    body = _Body()
    for name in reader.members():
        if name in ("address", "type", "deposed"):
            texts[name] = reader.text()
            at = at or resource_instance(texts.get("address") or "")
        elif name == "change" and not (at and at.type not in TYPES):
            body = _read_body(reader)
    check_address(at, texts.get("type"), reader)
    if at is None or at.mode != "managed" or at.type not in TYPES:
        return None
    return ResourceChange(
        at,
        texts["address"] or "",
        body.action,
        body.before,
        body.after,
        body.unknown,
        body.masked,
        texts.get("deposed"),
    )


def _read_body(reader: JsonReader) -> _Body:
    body = _Body()
    for name in reader.members():
        match name:
            case "actions":
                body.action = _action(reader.value())
            case "before":
                body.before = read_attributes(reader)
            case "after":
                body.after = read_attributes(reader)
            case "after_unknown":
                body.unknown = reader.flags(_FLAGS)
            case "before_sensitive" | "after_sensitive":
                body.masked |= reader.flags(_FLAGS)
    return body


def _action(value: Json) -> Action:
    return next((action for action in Action if value == list(action.value)), Action.OTHER)


_FLAGS = frozenset({"user", "status"})
