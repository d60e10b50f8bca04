"""What the fake AWS answers: one function per API action, in a table."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.audit.fake_accounts import LONG_AGO, NOW, Account, AwsFailureError, stamp

if TYPE_CHECKING:
    from tests.audit.fake_aws import World

NEVER = {"ServiceName": "N/A", "Region": "N/A"}


def list_account_aliases(world: World, account: Account, params: dict[str, str]) -> object:
    return {"AccountAliases": [account.alias] if account.alias else [], "IsTruncated": False}


def get_account_summary(world: World, account: Account, params: dict[str, str]) -> object:
    numbers = {"Users": len(account.users), "AccountAccessKeysPresent": int(bool(account.root_keys))}
    return {"SummaryMap": {"entry": [{"key": name, "value": value} for name, value in numbers.items()]}}


def list_users(world: World, account: Account, params: dict[str, str]) -> object:
    users = [
        {
            "Path": account.paths.get(name, "/"),
            "UserName": name,
            "UserId": "AIDA",
            "Arn": account.arn(name),
            "CreateDate": account.made.get(name, LONG_AGO),
        }
        for name in sorted(account.users)
    ]
    return _paged(world, "Users", users, params)


def get_user(world: World, account: Account, params: dict[str, str]) -> object:
    name = next((name for name in account.users if name == params["UserName"]), None)
    if name is None:
        raise AwsFailureError("NoSuchEntity", 404)
    path, date = account.paths.get(name, "/"), account.made.get(name, LONG_AGO)
    return {
        "User": {
            "Path": path,
            "UserName": name,
            "UserId": "AIDA",
            "Arn": account.arn(name),
            "CreateDate": date,
        }
    }


def list_access_keys(world: World, account: Account, params: dict[str, str]) -> object:
    name = params["UserName"]
    if name not in account.users:
        raise AwsFailureError("NoSuchEntity", 404, f"The user with name {name} cannot be found.")
    keys = [
        {"UserName": name, "AccessKeyId": key.id, "Status": key.status}
        | ({"CreateDate": stamp(key.created)} if key.created else {})
        for key in account.users[name]
    ]
    return _paged(world, "AccessKeyMetadata", keys, params)


def get_access_key_last_used(world: World, account: Account, params: dict[str, str]) -> object:
    for name, keys in account.users.items():
        for key in keys:
            if key.id == params["AccessKeyId"]:
                use = {"LastUsedDate": stamp(key.used)} if key.used else {}
                use |= {"ServiceName": key.service, "Region": key.region} if key.used else NEVER
                return {"UserName": name, "AccessKeyLastUsed": use}
    raise AwsFailureError("AccessDenied", 403)


def generate_credential_report(world: World, account: Account, params: dict[str, str]) -> object:
    if account.report is None:
        account.report = account.make_report()
        account.report_time = datetime.now(UTC) - account.report_age
        return {
            "State": "STARTED",
            "Description": "No report exists. Starting a new report generation task",
        }
    return {"State": "INPROGRESS" if account.report_polls else "COMPLETE"}


def get_credential_report(world: World, account: Account, params: dict[str, str]) -> object:
    if account.report is None:
        raise AwsFailureError("ReportNotPresent", 410)
    if account.report_polls:
        account.report_polls -= 1
        raise AwsFailureError("ReportInProgress", 404)
    content = base64.b64encode(account.report).decode()
    return {"Content": content, "ReportFormat": "text/csv", "GeneratedTime": stamp(account.report_time)}


def _paged(world: World, name: str, items: list[dict[str, object]], params: dict[str, str]) -> object:
    start = int(params.get("Marker", "0"))
    end = start + min(int(params.get("MaxItems", "100")), world.page)
    more = {"Marker": "1" if world.stuck else str(end)} if end < len(items) else {}
    if world.circling:
        more = {"Marker": str(1 - start)}
    said = {} if world.unsaid else {"IsTruncated": bool(more)}
    return {name: items[start:end], **said, **more}


def get_caller_identity(world: World, account: Account, params: dict[str, str]) -> object:
    arn = f"arn:{account.partition}:sts::{account.id}:assumed-role/ci/session"
    return {"UserId": "AROA", "Account": account.id, "Arn": arn}


def assume_role(world: World, account: Account, params: dict[str, str]) -> object:
    match = re.fullmatch(r"arn:[a-z-]+:iam::(\d{12}):role/(.+)", params["RoleArn"])
    assert match
    target = world.accounts.get(match[1])
    if target is None or match[2] not in target.roles or params.get("ExternalId") != target.external_id:
        raise AwsFailureError(
            "AccessDenied", 403, f"not authorized to perform: sts:AssumeRole on {params['RoleArn']}"
        )
    key_id = f"ASIA{len(world.tokens):016d}"
    world.tokens[key_id] = world.elsewhere or target.id
    expiration = stamp(NOW + timedelta(hours=1))
    secrets = {"SecretAccessKey": "s", "SessionToken": "t", "Expiration": expiration}
    return {
        "Credentials": {"AccessKeyId": key_id, **secrets},
        "AssumedRoleUser": {
            "AssumedRoleId": "AROA:x",
            "Arn": params["RoleArn"].replace(target.id, world.tokens[key_id]),
        },
    }


def list_accounts(world: World, account: Account, params: dict[str, str]) -> object:
    accounts = [
        {"Id": one.id, "Name": one.name, "State": one.state, "Status": one.state}
        for one in world.accounts.values()
    ]
    start = int(params.get("NextToken", "0"))
    end = start + min(20, world.page)
    more = {"NextToken": "20" if world.stuck else str(end)} if end < len(accounts) else {}
    if world.circling:
        more = {"NextToken": str(1 - start)}
    return {"Accounts": accounts[start:end], **more}


ANSWERS: dict[str, Callable[[World, Account, dict[str, str]], object]] = {
    "ListAccountAliases": list_account_aliases,
    "GetAccountSummary": get_account_summary,
    "ListUsers": list_users,
    "GetUser": get_user,
    "ListAccessKeys": list_access_keys,
    "GetAccessKeyLastUsed": get_access_key_last_used,
    "GenerateCredentialReport": generate_credential_report,
    "GetCredentialReport": get_credential_report,
    "GetCallerIdentity": get_caller_identity,
    "AssumeRole": assume_role,
    "ListAccounts": list_accounts,
}
