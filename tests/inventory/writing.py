"""Plans and states as Terraform writes them, put together for tests."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from guard.inventory.contents import FileReading
from guard.inventory.document import open_document
from guard.inventory.files import read_file
from guard.inventory.traversal import resource_instance
from guard.ledger import user_verdicts

SECRET = "CANARYsecret"
AWS = "registry.terraform.io/hashicorp/aws"


def key(user: str | None, status: str | None = "Active", key_id: str | None = None) -> dict[str, Any]:
    """The attributes of a key; of one that exists (it has an id) with its secret, as in real plans."""
    values: dict[str, Any] = {"pgp_key": None, "status": status, "user": user}
    if key_id:
        values |= {"id": key_id, "create_date": "2026-01-02T03:04:05Z", "secret": SECRET}
        values |= {"ses_smtp_password_v4": SECRET, "encrypted_secret": SECRET}
    return {name: value for name, value in values.items() if value is not None or name == "pgp_key"}


def change(
    address: str,
    actions: list[str],
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    unknown: tuple[str, ...] = (),
    **more: Any,
) -> dict[str, Any]:
    """An entry of `resource_changes`; more goes into it, and with `change_` before its name into the change."""
    at = resource_instance(address)
    assert at is not None, address
    inner = {
        name.removeprefix("change_"): value for name, value in more.items() if name.startswith("change_")
    }
    outer = {name: value for name, value in more.items() if not name.startswith("change_")}
    result: dict[str, Any] = {"address": address, "mode": at.mode, "type": at.type, "name": at.name}
    result |= {"provider_name": AWS} | outer
    result["change"] = {
        "actions": actions,
        "before": before,
        "after": after,
        "after_unknown": dict.fromkeys(("id", "secret", *unknown), True),
        "before_sensitive": {"secret": True},
        "after_sensitive": {"secret": True},
    } | inner
    return result


def resource(address: str, provider: str = "aws", **expressions: Any) -> dict[str, Any]:
    """A resource block of the configuration; expressions: references as a list, or a constant.

    `for_each` and `count` are meta-arguments.
    """
    kind, name = address.split(".")
    written = {name: expression(value) for name, value in expressions.items()}
    meta = {f"{name}_expression": written.pop(name) for name in ("for_each", "count") if name in written}
    result = {
        "address": address,
        "mode": "managed",
        "type": kind,
        "name": name,
        "provider_config_key": provider,
    }
    return result | {"expressions": written, "schema_version": 0} | meta


def expression(value: Any) -> dict[str, Any]:
    return {"references": value} if isinstance(value, list) else {"constant_value": value}


def call(module: dict[str, Any], **arguments: Any) -> dict[str, Any]:
    """A module call; `for_each` and `count` are meta-arguments."""
    written = {name: expression(value) for name, value in arguments.items()}
    meta = {f"{name}_expression": written.pop(name) for name in ("for_each", "count") if name in written}
    return {"source": "./m", "expressions": written, "module": module} | meta


def plan(
    changes: list[dict[str, Any]] | None = None,
    resources: list[dict[str, Any]] | None = None,
    *,
    providers: dict[str, Any] | None = None,
    calls: dict[str, Any] | None = None,
    variables: dict[str, Any] | None = None,
    prior: list[dict[str, Any]] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A whole plan in the order in which Terraform writes its parts."""
    result: dict[str, Any] = {"format_version": "1.2", "terraform_version": "1.11.4"}
    if variables is not None:
        result["variables"] = {name: {"value": value} for name, value in variables.items()}
    result["planned_values"] = {"root_module": {}}
    if changes is not None:
        result["resource_changes"] = changes
    if prior is not None:
        result["prior_state"] = {"format_version": "1.0", "values": {"root_module": {"resources": prior}}}
    result["configuration"] = {
        "provider_config": {"aws": {"name": "aws", "full_name": AWS}} if providers is None else providers,
        "root_module": {"resources": resources or [], "module_calls": calls or {}},
    }
    return result | {"applyable": True, "complete": True, "errored": False} | more


def provider(alias: str | None = None, module: str | None = None, **arguments: Any) -> dict[str, Any]:
    """A provider configuration; `assume_role` and `assume_role_with_web_identity`: a list of role ARNs."""
    result: dict[str, Any] = {"name": "aws", "full_name": AWS}
    result |= {"alias": alias} if alias else {}
    result |= {"module_address": module} if module else {}
    written = {}
    for name, value in arguments.items():
        if name.startswith("assume_role"):
            written[name] = [{"role_arn": expression(role)} for role in value]
        else:
            written[name] = expression(value)
    return result | ({"expressions": written} if written else {})


def stored(address: str, values: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A resource of a state as JSON, or of the prior state of a plan."""
    at = resource_instance(address)
    assert at is not None, address
    result = {"address": address, "mode": at.mode, "type": at.type, "name": at.name, "provider_name": AWS}
    return result | {"schema_version": 0, "values": values, "sensitive_values": {"secret": True}} | more


def read(document: Any) -> FileReading:
    text = document if isinstance(document, bytes) else json.dumps(document).encode()
    with open_document("-", BytesIO(text)) as opened:
        return read_file(opened)


def users(reading: FileReading) -> dict[str, tuple[str, int, int | None]]:
    """The verdict and the number of active keys of each user, `account/name`."""
    return {
        f"{user.account.name}/{user.label}": (user.verdict.word, user.active.low, user.active.high)
        for user in user_verdicts(reading.keys, 1)
    }
