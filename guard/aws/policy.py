"""The least IAM policy for an audit: the calls that it may make with the given options, and no other."""

from __future__ import annotations

from guard.records import dataclass

ACCOUNT = {
    "auto": (
        "iam:GenerateCredentialReport",
        "iam:GetAccountSummary",
        "iam:GetCredentialReport",
        "iam:ListAccountAliases",
        "iam:ListUsers",
    ),
    "users": ("iam:ListAccountAliases",),
}
USERS = ("iam:GetAccessKeyLastUsed", "iam:ListAccessKeys")
NAMED_USERS = ("iam:GetAccessKeyLastUsed", "iam:GetUser", "iam:ListAccessKeys")

_PARTITIONS = {
    "cn-": "aws-cn",
    "us-gov-": "aws-us-gov",
    "eusc-": "aws-eusc",
    "us-iso-": "aws-iso",
    "us-isob-": "aws-iso-b",
    "eu-isoe-": "aws-iso-e",
    "us-isof-": "aws-iso-f",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What an audit is asked to do.

    named_users: only some users, by name. organization: the accounts are listed by Organizations.
    role_name: the role assumed in other accounts, if there are any. partition: as ARNs name it.
    """

    named_users: bool = False
    organization: bool = False
    role_name: str | None = None
    partition: str = "aws"


def partition(region: str | None) -> str:
    """The partition of a region by its prefix; `aws` unless it has one of the others'."""
    found = (name for prefix, name in _PARTITIONS.items() if region and region.startswith(prefix))
    return next(found, "aws")


def policy(scope: Scope) -> dict[str, object]:
    """The policy document for the credentials that the audit reads with: those of --role-arn, if given.

    Which of these actions take a user as resource:
    https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
    """
    arn = f"arn:{scope.partition}:iam::*"
    statements = [
        _allow("Account", ACCOUNT["users" if scope.named_users else "auto"], "*"),
        _allow("AccessKeys", NAMED_USERS if scope.named_users else USERS, f"{arn}:user/*"),
    ]
    if scope.organization:
        statements.append(_allow("Organization", ("organizations:ListAccounts",), "*"))
    if scope.role_name:
        role = f"{arn}:role/{scope.role_name.lstrip('/')}"
        statements.append(_allow("OtherAccounts", ("sts:AssumeRole",), role))
    return {"Version": "2012-10-17", "Statement": statements}


def _allow(name: str, actions: tuple[str, ...], resource: str) -> dict[str, object]:
    return {"Sid": name, "Effect": "Allow", "Action": list(actions), "Resource": resource}
