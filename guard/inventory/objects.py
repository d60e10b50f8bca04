"""What plans and states say of one remote object: its address and the few attributes that matter here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from guard.addresses import NO_KEY, InstanceKey, ResourceInstance
from guard.config.relevance import KEY_IN_TEMPLATE, KEY_TYPES, STACK_TYPES
from guard.inventory.jsonstream import JsonReader
from guard.inventory.model import Status
from guard.inventory.traversal import module_of, resource_instance, steps
from guard.records import dataclass

USER_TYPE = "aws_iam_user"
TYPES = KEY_TYPES | STACK_TYPES | {USER_TYPE}
IAM = "aws_iam_"
DEEPEST_MODULE = 100
ACCOUNT_ID_LENGTH = 12
_ACCOUNT_FIELD = 4
_USER_NAME = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)
_TEXTS = frozenset({"user", "status", "id", "name", "create_date", "arn", "template_body"})


@dataclass(frozen=True, slots=True)
class Attributes:
    """The attributes of a key or user that are read; nothing else of it is kept.

    user, status, id, created: of a key. name: of a user. account_id: from an ARN. None where absent or null.
    makes_keys: of a CloudFormation stack, whether its template names an access key.
    """

    user: str | None = None
    status: str | None = None
    id: str | None = None
    name: str | None = None
    created: datetime | None = None
    account_id: str | None = None
    makes_keys: bool = False


NO_ATTRIBUTES = Attributes()


@dataclass(frozen=True, slots=True)
class RemoteObject:
    """A managed object of IAM that exists.

    deposed: the key of a deposed object. provider: as the state names it, in raw states with the alias.
    """

    at: ResourceInstance
    address: str
    attributes: Attributes
    deposed: str | None = None
    provider: str | None = None


def read_attributes(reader: JsonReader) -> Attributes:
    """The attributes of an object that comes next; all absent for null."""
    texts: dict[str, str | None] = {}
    for name in reader.members():
        if name in _TEXTS:
            texts[name] = reader.text()
    template = KEY_IN_TEMPLATE in (texts.pop("template_body", None) or "")
    created = _date(texts.pop("create_date", None))
    account_id = account_of_arn(texts.pop("arn", None) or "")
    return Attributes(**texts, created=created, account_id=account_id, makes_keys=template)


def read_values(reader: JsonReader) -> Iterator[RemoteObject]:
    """The objects of IAM in the `values` of a state that come next.

    https://developer.hashicorp.com/terraform/internals/json-format#values-representation
    """
    for key in reader.members():
        if key == "root_module":
            yield from _read_module(reader, 0)


def _read_module(reader: JsonReader, depth: int) -> Iterator[RemoteObject]:
    if depth > DEEPEST_MODULE:
        raise reader.refusal(f"More than {DEEPEST_MODULE} modules lie within each other.")
    for key in reader.members():
        for _ in reader.items() if key in ("resources", "child_modules") else ():
            if key == "child_modules":
                yield from _read_module(reader, depth + 1)
            else:
                yield from _read_resource(reader)


def _read_resource(reader: JsonReader) -> Iterator[RemoteObject]:
    texts: dict[str, str | None] = {}
    attributes = NO_ATTRIBUTES
    at: ResourceInstance | None = None
    for key in reader.members():
        if key in ("address", "type", "deposed_key", "provider_name"):
            texts[key] = reader.text()
            at = at or resource_instance(texts.get("address") or "")
        elif key == "values" and (at is None or _is_ours(at)):
            attributes = read_attributes(reader)
    check_address(at, texts.get("type"), reader)
    if at is not None and _is_ours(at):
        yield RemoteObject(
            at, texts["address"] or "", attributes, texts.get("deposed_key"), texts.get("provider_name")
        )


def check_address(at: ResourceInstance | None, kind: str | None, reader: JsonReader) -> None:
    """Raise DocumentError where it is not known which key or user a resource of this type is."""
    if at is None and (kind is None or kind in TYPES):
        raise reader.refusal('A resource has no "address" that can be read.')


def _is_ours(at: ResourceInstance) -> bool:
    return at.mode == "managed" and (at.type.startswith(IAM) or at.type in KEY_TYPES)


def read_raw_resource(reader: JsonReader) -> Iterator[RemoteObject]:
    """The objects of a resource that comes next in a raw state of version 4."""
    texts: dict[str, str | None] = {}
    instances: list[tuple[InstanceKey, str | None, Attributes]] = []
    for key in reader.members():
        if key in ("module", "mode", "type", "name", "provider"):
            texts[key] = reader.text()
        elif key == "instances":
            instances = [_read_instance(reader) for _ in reader.items()]
    module = module_of(steps(texts.get("module") or ""))[0]
    for index, deposed, attributes in instances:
        at = ResourceInstance(
            module, texts.get("type") or "", texts.get("name") or "", index, texts.get("mode") or "managed"
        )
        if _is_ours(at):
            yield RemoteObject(at, str(at), attributes, deposed, texts.get("provider"))


def _read_instance(reader: JsonReader) -> tuple[InstanceKey, str | None, Attributes]:
    index: InstanceKey = NO_KEY
    deposed, attributes = None, NO_ATTRIBUTES
    for key in reader.members():
        match key:
            case "index_key":
                value = reader.value()
                index = value if isinstance(value, int | str) else NO_KEY
            case "deposed":
                deposed = reader.text()
            case "attributes" | "attributes_flat":
                attributes = read_attributes(reader)
    return index, deposed, attributes


def _date(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        return None


def account_of_arn(arn: str) -> str | None:
    """The account id in an ARN: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"""
    fields = arn.split(":")
    if fields[0] != "arn" or len(fields) <= _ACCOUNT_FIELD + 1:
        return None
    account = fields[_ACCOUNT_FIELD]
    return account if is_account_id(account) else None


def is_account_id(text: object) -> bool:
    return isinstance(text, str) and len(text) == ACCOUNT_ID_LENGTH and text.isascii() and text.isdigit()


def is_user_name(text: str) -> bool:
    """Whether IAM allows the name; what it does not is no name, but a mask (`***`, `(sensitive value)`).

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html
    """
    return bool(_USER_NAME.fullmatch(text))


def status_of(text: str | None) -> Status:
    """The status of a key that exists. A key without one was made when a status could not be set: Active."""
    if text is None:
        return Status.ACTIVE
    known = {status.value: status for status in (Status.ACTIVE, Status.INACTIVE, Status.EXPIRED)}
    return known.get(text, Status.UNKNOWN)
